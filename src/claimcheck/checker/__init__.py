"""The facade: a corpus, and the checking of claims against it."""

from __future__ import annotations

from .claims import parse_claim
from .corpus import Corpus
from .explain import Explanation
from .ingest import AddReport
from .verify import Checker

__all__ = ["AddReport", "Checker", "Corpus", "Explanation", "parse_claim"]
