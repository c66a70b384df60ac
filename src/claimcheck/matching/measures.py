"""Figures that are no measure of each other: of another time, of a part, a difference, one side's of a score."""

from __future__ import annotations

import re

from claimcheck.language.numbers import small_numbers
from claimcheck.model import QuantityKind, Slot, Span, Statement

from .phrases import parts_of
from .relations import is_present
from .rows import Alignment, Row

#: What follows a figure that is a difference.
_MORE = re.compile(
    r"(?:\s+[^\W\d_]+)?\s+(?:more|less|fewer|higher|lower|larger|smaller|older|younger|taller|shorter|longer|faster|slower"
    r"|heavier|lighter|cheaper|bigger|wider|deeper|further|farther)\b",
    re.IGNORECASE,
)
#: What follows the first figure of a score.
_TO = re.compile(r"(?:\s+[^\W\d_]+)?\s+to\s+([^\W_]+)\b", re.IGNORECASE)
#: How a date looks back from the time of which the source speaks.
_BACK = re.compile(r"\b(?:ago|earlier|before|previous(?:ly)?)\b")


def of_other_measure(alignment: Alignment, row: Row) -> bool:
    """Whether a figure of the source that differs is not of what the claim's figure is of."""
    if row.rule != "quantity":
        return False
    if _is_difference(alignment.claim, row.claim) is not _is_difference(alignment.source, row.source):
        return True
    return _of_then(alignment) or _of_a_part(alignment, row) or _is_score(alignment, row)


def _of_then(alignment: Alignment) -> bool:
    """Whether the claim tells how much it is now, and the source how much it was at some time, or once before."""
    then = [t.span.text.lower() for t in alignment.source.times]
    if not alignment.claim.times and any(_BACK.search(text) for text in then):
        return True
    return is_present(alignment.claim) and bool(then) and not is_present(alignment.source)


def _is_difference(statement: Statement, figure: Span | None) -> bool:
    """Whether a figure is by how much one is more than another: "two years older", "50 euros less than"."""
    if figure is None or not statement.span.contains(figure):
        return False
    return _MORE.match(statement.span.text[figure.end - statement.span.start :]) is not None


def _is_score(alignment: Alignment, row: Row) -> bool:
    """Whether the source's figure is one side's of a score: "by four games to one"."""
    whole = alignment.source.span
    if row.source is None or not whole.contains(row.source):
        return False
    before = whole.text[: row.source.start - whole.start].lower().split()[-1:]
    match = _TO.match(whole.text[row.source.end - whole.start :])
    return match is not None and before != ["from"] and (match[1].isdigit() or match[1].lower() in small_numbers())


def _of_a_part(alignment: Alignment, row: Row) -> bool:
    """Whether the source's figure is of a part of what the claim speaks of: of food prices, of the vote in one town."""
    is_share = any(q.span == row.source and q.value.kind is QuantityKind.PERCENT for q in alignment.source.quantities)
    if is_share and _says_where(alignment.source) and not _says_where(alignment.claim):
        return True
    for mine in alignment.claim.arguments:
        if mine.link or mine.clause or mine.entities or len(mine.words) != 1 or len(mine.span.text.split()) != 1:
            continue
        alike = (a for a in alignment.source.in_slot(mine.slot) if a.head == mine.head and not a.link)
        if any(len(a.words) > 1 and a.span.text.lower().split()[-1][:4] == mine.head[:4] for a in alike):
            return True
    return False


def _says_where(statement: Statement) -> bool:
    """Whether a statement, or a phrase of it, is of one place: "the vote in Lund"."""
    return any(not a.clause and (a.slot is Slot.PLACE or "in" in parts_of(a)) for a in statement.arguments)
