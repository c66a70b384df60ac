"""Reading: from text to sentences, names, dates, quantities and statements."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .reading import read, read_claim, read_claims, read_many, read_sections

__all__ = ["read", "read_claim", "read_claims", "read_many", "read_sections"]


def __getattr__(name: str) -> Any:
    """Load what reads on first use: who only looks words up does not need it."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(".reading", __name__), name)
