"""The sentence-pair model behind a small protocol."""

from __future__ import annotations

from .load import DEFAULT, Identity, identity, load_entailment
from .protocol import Entailment, Inference, Pair, title_of

__all__ = ["DEFAULT", "Entailment", "Identity", "Inference", "Pair", "identity", "load_entailment", "title_of"]
