"""Comparisons: "A is larger than B", "A rose higher with B than with C", which only another comparison bears out."""

from __future__ import annotations

import re

from claimcheck.model import Statement

from .sides import Source

_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
#: Words that hold a relative against somebody without "than": "his elder brother".
_BY_AGE = re.compile(r"\b(?:elder|older|younger|senior|junior)\b", re.IGNORECASE)


def compares(claim: Statement) -> bool:
    """Whether a claim holds one thing against another: a "than" that is not part of an amount ("more than 40")."""
    text = claim.span.text
    amounts = [(q.span.start - claim.span.start, q.span.end - claim.span.start) for q in claim.quantities]
    return any(not any(start <= m.start() < end for start, end in amounts) for m in _THAN.finditer(text))


def compared(source: Source) -> bool:
    """Whether a sentence holds one thing against another."""
    text = source.sentence.span.text
    return _THAN.search(text) is not None or _BY_AGE.search(text) is not None
