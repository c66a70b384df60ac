"""
A weekday that no date goes with: "on Tuesday" in a claim that does not say of which week.

It is compared by its name alone: the source's Tuesday is the claim's, and its Friday is not.
"""

from __future__ import annotations

from claimcheck.language.date_grammar import weekday_numbers
from claimcheck.model import SlotRelation, TimeMention

#: What may stand beside a weekday without saying of which week it is.
_PLAIN = frozenset({"on", "morning", "afternoon", "evening", "night", "early", "late", "last", "this"})


def weekday_of(time: TimeMention) -> int | None:
    """The number of the weekday, Monday being 0, of a date that is a bare weekday; ``None`` for every other date."""
    if time.value.anchored or time.value.month is not None or time.value.bound:
        return None
    words = time.span.text.lower().replace(".", " ").split()
    found = [number for word in words if (number := weekday_numbers().get(word)) is not None]
    rest = [word for word in words if word not in weekday_numbers() and word not in _PLAIN]
    return found[0] if len(found) == 1 and not rest else None


def compare_weekdays(claim: TimeMention, source: TimeMention) -> tuple[SlotRelation, str]:
    """
    How a date of the source stands to the bare weekday of the claim.

    Args:
        claim: A date for which `weekday_of` gives a number.
        source: Any date.
    Returns:
        ``agrees`` or ``differs`` when the source gives a weekday or one day, else ``unknown``; and a note.
    """
    day, value = weekday_of(claim), source.value
    bare = weekday_of(source)
    if bare is None and value.earliest is not None and value.earliest == value.latest and not value.approximate:
        bare = value.earliest.weekday()
    if bare is None or day is None or value.bound:
        return SlotRelation.UNKNOWN, f"{source.span.text} cannot be placed against {claim.span.text}"
    if bare == day:
        return SlotRelation.AGREES, f"both say {claim.span.text}"
    return SlotRelation.DIFFERS, f"{claim.span.text} is not {source.span.text}"
