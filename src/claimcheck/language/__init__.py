"""Reading: from text to sentences, names, dates, quantities and statements."""

from __future__ import annotations

from .reading import read, read_claim

__all__ = ["read", "read_claim"]
