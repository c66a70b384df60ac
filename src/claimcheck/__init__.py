"""
Check a claim against your own sources, offline, with exact evidence.

>>> import claimcheck
>>> claimcheck.Label.SUPPORTED
<Label.SUPPORTED: 'supported'>
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checker import Checker, Corpus
    from .errors import ClaimcheckError
    from .model import (
        Claim,
        Document,
        Evidence,
        Failure,
        Judgement,
        Label,
        Slot,
        Span,
        Stance,
        Statement,
        Verdict,
    )

__all__ = [
    "Checker",
    "Claim",
    "ClaimcheckError",
    "Corpus",
    "Document",
    "Evidence",
    "Failure",
    "Judgement",
    "Label",
    "Slot",
    "Span",
    "Stance",
    "Statement",
    "Verdict",
]

__version__ = "0.1.0"

logging.getLogger("claimcheck").addHandler(logging.NullHandler())

_ROOMS = {"Checker": "checker", "Corpus": "checker", "ClaimcheckError": "errors"}


def __getattr__(name: str) -> Any:
    """Load a public name from its room on first use, so that the import stays light."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(f".{_ROOMS.get(name, 'model')}", __name__), name)
