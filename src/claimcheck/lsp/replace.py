"""A date or a figure of the draft in the words of the source that contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from claimcheck.checker.diagnostics import Diagnostic
from claimcheck.checker.drafts import Draft
from claimcheck.documents.offsets import to_stored
from claimcheck.language.wordlists import read_list
from claimcheck.model import Evidence, Slot, SlotAlignment, SlotRelation, Stance

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
#: What stands in a calendar date beside numbers and months.
_SMALL = frozenset({"of", "the", "st", "nd", "rd", "th"})


@frozen(kw_only=True)
class Replacement:
    """
    New words for a stretch of the draft's file.

    Args:
        start: First code point of the file.
        end: One past the last.
        old: The words there.
        new: The words of the source.
        document: The source.
    """

    start: int
    end: int
    old: str
    new: str
    document: str


def replacements(draft: Draft, diagnostic: Diagnostic) -> tuple[Replacement, ...]:
    """
    What the draft's date or figure can be replaced by, a row for each value that the sources give.

    There is none where more than one slot differs, or where the source's words mean something else elsewhere: "last
    Tuesday", "a year later".
    """
    if diagnostic.verdict is None:
        return ()
    home = to_stored(draft.document.offsets, diagnostic.place.start)
    found: dict[str, Replacement] = {}
    for evidence in diagnostic.evidence:
        for row in _differing(evidence):
            new = _words(row)
            if new is None or row.claim is None:
                continue
            start, end = home + row.claim.start, home + row.claim.end
            place = draft.place(start, end)
            if draft.document.text[start:end] == row.claim.text == draft.words(place):
                found.setdefault(
                    new,
                    Replacement(
                        start=place.start, end=place.end, old=row.claim.text, new=new, document=evidence.document
                    ),
                )
    return tuple(found.values())


def _differing(evidence: Evidence) -> Iterator[SlotAlignment]:
    """The one row that differs, when it is a date or a figure."""
    if evidence.stance is Stance.SUPPORTS:
        return
    rows = [row for row in evidence.alignment if row.relation is SlotRelation.DIFFERS]
    if len(rows) == 1 and rows[0].slot in {Slot.TIME, Slot.QUANTITY}:
        yield rows[0]


def _words(row: SlotAlignment) -> str | None:
    """The source's words for the draft's, ``None`` when they cannot stand there."""
    if row.claim is None or row.source is None or not row.claim.text:
        return None
    old, new = row.claim.text, " ".join(row.source.text.split())
    if row.slot is Slot.QUANTITY:
        return new if bool(_DIGIT.search(old)) == bool(_DIGIT.search(new)) and new != old else None
    years = _YEAR.findall(new)
    if len(years) != 1 or not _calendar(new):
        return None
    if _YEAR.fullmatch(old):
        return years[0] if years[0] != old else None
    return new if _calendar(old) and new != old else None


def _calendar(words: str) -> bool:
    """Whether *words* are a date of the calendar and nothing else."""
    months = {form for row in read_list("dates")["months"]["names"] for form in row}
    return all(word.lower() in months or word.lower() in _SMALL for word in _LETTERS.findall(words))
