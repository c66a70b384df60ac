"""Reading: from text to sentences, names, dates, quantities and statements."""

from __future__ import annotations

from .reading import read, read_claim, read_claims, read_many

__all__ = ["read", "read_claim", "read_claims", "read_many"]
