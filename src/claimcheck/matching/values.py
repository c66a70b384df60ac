"""
Compare dates with dates and quantities with quantities.

Both functions know nothing of the statement around the values: whether they belong to the same event or measure is
for the caller to know.  Each gives the relation and a note in plain words that names both values.
"""

from __future__ import annotations

import datetime as dt
import functools
import math

from claimcheck.language.date_steps import slack_days
from claimcheck.language.units import comparable, convert
from claimcheck.language.wordlists import read_list
from claimcheck.model import DateRange, Granularity, Quantity, QuantityKind, SlotRelation

from .wording import date_words, quantity_words

__all__ = ["compare_dates", "compare_quantities"]

_LEAP_YEAR = 2000
_DAYS_IN_YEAR = 366
_EXACT = 1e-9


@functools.lru_cache(maxsize=8_192)
def compare_dates(claim: DateRange, source: DateRange) -> tuple[SlotRelation, str]:
    """
    How the source's date stands to the claim's.

    The claim's date is the range of days it admits, so "in 2000" admits 24 October 2000 and "since 1991" admits 2005.
    An approximate date that misses the other by no more than `slack_days` overlaps it instead of differing.

    Args:
        claim: The date that the claim gives.
        source: The date that the source gives.
    Returns:
        ``agrees`` for the same days, ``entails`` when the source's lie inside the claim's, ``overlaps`` when they
        share some or the source is coarser, ``differs`` when they share none, ``unknown`` when one is not anchored
        and month and day cannot settle it; and a note.
    """
    names = date_words(claim), date_words(source)
    if not claim.anchored or not source.anchored:
        return _compare_calendar(claim, source, names)
    first, last = _ends(claim)
    source_first, source_last = _ends(source)
    if _compare_limits(claim, source):
        return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"
    if (first, last) == (source_first, source_last):
        if source.approximate and not claim.approximate:
            return SlotRelation.OVERLAPS, f"{names[1]} may be {names[0]}"
        return SlotRelation.AGREES, f"both say {names[0]}" if names[0] == names[1] else f"{names[1]} is {names[0]}"
    spans = claim.granularity is source.granularity is Granularity.RANGE and not (
        claim.approximate or source.approximate
    )
    if spans and not claim.bound and not source.bound:
        return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"
    doubt = slack_days(source) if source.approximate and not claim.approximate else 0
    if first <= source_first - doubt and source_last + doubt <= last:
        return SlotRelation.ENTAILS, f"{names[1]} lies in {names[0]}"
    if source_first <= last and first <= source_last:
        coarser = source_first <= first and last <= source_last
        note = f"{names[1]} is less exact than {names[0]}" if coarser else f"{names[1]} and {names[0]} share some days"
        return SlotRelation.OVERLAPS, note
    slack = slack_days(claim) + slack_days(source)
    if source_first - slack <= last and first <= source_last + slack:
        return SlotRelation.OVERLAPS, f"{names[1]} is near {names[0]}"
    return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"


def _ends(date: DateRange) -> tuple[float, float]:
    """First and last day as day numbers, open ends as infinity."""
    first = -math.inf if date.earliest is None else float(date.earliest.toordinal())
    return first, math.inf if date.latest is None else float(date.latest.toordinal())


def _compare_calendar(claim: DateRange, source: DateRange, names: tuple[str, str]) -> tuple[SlotRelation, str]:
    """Compare by month and day, when the year of at least one is not known."""
    if claim.bound and claim.bound == source.bound and _limit(claim) == _limit(source) is not None:
        return SlotRelation.AGREES, f"both say {names[0]}"
    if claim.bound or source.bound or not (_has_month(claim) and _has_month(source)):
        return SlotRelation.UNKNOWN, f"{names[0]} cannot be placed against {names[1]}"
    claim_days, source_days = _calendar_days(claim), _calendar_days(source)
    if not claim_days & source_days:
        near = claim.approximate or source.approximate
        if near and _near(claim_days, source_days, slack_days(claim) + slack_days(source)):
            return SlotRelation.OVERLAPS, f"{names[1]} is near {names[0]}"
        return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"
    if claim_days == source_days and claim.anchored == source.anchored:
        return SlotRelation.AGREES, f"both say {names[0]}"
    if source_days <= claim_days and not claim.anchored:
        return SlotRelation.ENTAILS, f"{names[1]} lies in {names[0]}"
    return SlotRelation.OVERLAPS, f"{names[1]} is less exact than {names[0]}"


def _limit(date: DateRange) -> tuple[int, int | None] | None:
    """Month of the limit that a date sets with "since" or "until", and its day where it has one."""
    end = date.earliest if date.bound == "since" else date.latest if date.bound == "until" else None
    month, day = (end.month, end.day) if end is not None else (date.month, date.day)
    return None if month is None else (month, day if date.granularity is Granularity.DAY else None)


def _has_month(date: DateRange) -> bool:
    return date.month is not None or (date.earliest is not None and date.latest is not None)


def _calendar_days(date: DateRange) -> frozenset[int]:
    """The days of a leap year, numbered from 1, that the date can fall on."""
    if date.earliest is not None and date.latest is not None:
        length = (date.latest - date.earliest).days + 1
        start = _day_of_year(date.earliest.month, date.earliest.day)
        return frozenset((start + offset - 1) % _DAYS_IN_YEAR + 1 for offset in range(min(length, _DAYS_IN_YEAR)))
    assert date.month is not None
    if date.day is not None:
        return frozenset([_day_of_year(date.month, date.day)])
    first = _day_of_year(date.month, 1)
    last = _day_of_year(date.month + 1, 1) if date.month < dt.date.max.month else _DAYS_IN_YEAR + 1
    return frozenset(range(first, last))


def _day_of_year(month: int, day: int) -> int:
    """The day's number in a leap year."""
    return dt.date(_LEAP_YEAR, month, day).timetuple().tm_yday


def _near(first: frozenset[int], second: frozenset[int], slack: int) -> bool:
    return any(min(abs(a - b), _DAYS_IN_YEAR - abs(a - b)) <= slack for a in first for b in second)


# --------------------------------------------------------------------------------- quantities


@functools.lru_cache(maxsize=8_192)
def compare_quantities(claim: Quantity, source: Quantity) -> tuple[SlotRelation, str]:
    """
    How the source's quantity stands to the claim's.

    The claim's wording says what it admits: "more than 40" admits 53, "about 90 percent" admits 88 and not 50.  A
    rounded figure admits the more exact one that rounds to it ("4.5 million" and 4,512,000), and a figure in another
    unit is compared to the precision that both are written with ("26 miles" and "42 km").  A hedge alone makes no
    difference: "90 percent" agrees with "about 90 percent".

    Args:
        claim: The quantity that the claim gives.
        source: The quantity that the source gives.
    Returns:
        ``agrees``, ``entails`` when the claim admits all that the source admits, ``overlaps`` when it admits some of
        it, ``differs`` when it admits none, ``unknown`` when kind or unit cannot be compared; and a note.
    """
    names = quantity_words(claim), quantity_words(source)
    if not comparable(claim, source):
        return SlotRelation.UNKNOWN, f"{names[0]} cannot be compared with {names[1]}"
    if claim.kind is QuantityKind.SCORE:
        return _compare_scores(claim, source, names)
    same = f"both say {names[0]}" if names[0] == names[1] else f"{names[1]} is {names[0]}"
    here = _in_unit(source, claim)
    if _alike(claim, here):
        return SlotRelation.AGREES, same
    tolerance = _precision(claim, source) if here is source else _converted_precision(claim, source, here)
    low, high = _limits(claim)
    source_low, source_high = _limits(here)
    if source_low > high + tolerance or low > source_high + tolerance:
        return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"
    ranges = low < high and source_low < source_high and not (_is_around(claim) or _is_around(source))
    closed = math.inf not in (high, source_high) or _is_short_of(claim) or _is_short_of(here)
    if ranges and closed and min(high, source_high) <= max(low, source_low):
        return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"
    exact = low == high and source_low == source_high
    if exact and (here is not source or _rounds_to(claim, source)):
        return SlotRelation.AGREES, f"{names[1]} is {names[0]}, rounded"
    if low <= source_low and source_high <= high:
        return SlotRelation.ENTAILS, f"{names[0]} admits {names[1]}"
    return SlotRelation.OVERLAPS, f"{names[1]} may be {names[0]}"


def _is_short_of(quantity: Quantity) -> bool:
    """Whether a figure is not reached: "almost 30"."""
    return quantity.approximate and quantity.value == quantity.high


def _is_around(quantity: Quantity) -> bool:
    """Whether a figure may be missed on either side: "about 30", not "almost 30"."""
    return quantity.approximate and quantity.value not in {quantity.low, quantity.high}


def _compare_limits(claim: DateRange, source: DateRange) -> bool:
    """Whether two limits of one kind ("since 1945", "until 2020"), or the end of a range, name different days."""
    kinds = {date.bound for date in (claim, source) if date.granularity is not Granularity.RANGE or date.bound}
    if claim.approximate or source.approximate or len(kinds) != 1 or not kinds <= {"since", "until"}:
        return False
    if "until" in kinds:
        return _other_end(claim.latest, source.latest, (12, 31))
    return bool(claim.bound and source.bound) and _other_end(claim.earliest, source.earliest, (1, 1))


def _other_end(mine: dt.date | None, other: dt.date | None, outer: tuple[int, int]) -> bool:
    """Whether two days differ as far as both are given; the *outer* day of a year, or of a month, gives no more."""
    if mine is None or other is None:
        return False
    if outer in {(mine.month, mine.day), (other.month, other.day)}:
        return mine.year != other.year
    inner = dt.timedelta(days=-1 if outer == (1, 1) else 1)
    if any((day + inner).month != day.month for day in (mine, other)):
        return (mine.year, mine.month) != (other.year, other.month)
    return mine != other


def _compare_scores(claim: Quantity, source: Quantity, names: tuple[str, str]) -> tuple[SlotRelation, str]:
    """The same score, the same seen from the other side, or another."""
    if claim.unit == source.unit:
        return SlotRelation.AGREES, f"both say {names[0]}"
    turned = " ".join("-".join(reversed(pair.split("-"))) for pair in source.unit.split())
    if claim.unit == turned:
        return SlotRelation.OVERLAPS, f"{names[1]} is {names[0]} seen from the other side"
    return SlotRelation.DIFFERS, f"{names[0]} is not {names[1]}"


def _in_unit(source: Quantity, claim: Quantity) -> Quantity:
    """The source's quantity in the claim's unit, where that is another measure and not another name."""
    measured = {QuantityKind.MEASURE, QuantityKind.DURATION, QuantityKind.AGE}
    if source.unit == claim.unit or not {source.kind, claim.kind} <= measured:
        return source
    return convert(source, claim.unit)


def _alike(claim: Quantity, source: Quantity) -> bool:
    """Whether both give the same value, the one perhaps with a hedge, and no limit on one side only."""
    same_value = math.isclose(claim.value, source.value, rel_tol=_EXACT, abs_tol=_EXACT)
    shape = (claim.low is None, claim.high is None) == (source.low is None, source.high is None)
    if not (same_value and shape):
        return False
    first, second = _limits(claim), _limits(source)
    ends = zip(first, second, strict=True)
    if all(math.isclose(a, b, rel_tol=_EXACT, abs_tol=_EXACT) or a == b for a, b in ends):
        return True
    return (claim.approximate or first[0] == first[1]) and (source.approximate or second[0] == second[1])


def _limits(quantity: Quantity) -> tuple[float, float]:
    low = -math.inf if quantity.low is None else quantity.low
    return low, math.inf if quantity.high is None else quantity.high


def _step(value: float) -> float:
    """The unit of the last digit that a figure is written with: 100,000 for 4.5 million, 0.1 for 4.5, 1 for 45."""
    digits, _, exponent = f"{abs(value):.12e}".partition("e")
    written = digits.rstrip("0").rstrip(".")
    decimals = len(written.partition(".")[2])
    return float(10.0 ** (int(exponent) - decimals)) if value else 1.0


def _precision(claim: Quantity, source: Quantity) -> float:
    """By how much the rounder figure of the two may miss the more exact one: half its last digit, within limits."""
    rules = read_list("quantities")["rounding"]
    allowed = 0.0
    for rough, fine in ((claim, source), (source, claim)):
        step = _step(rough.value)
        small = abs(rough.value) < rules["least"]
        if small and rough.kind.value not in rules["kinds"]:
            continue
        step = min(step, 1.0) if small else step
        if _step(fine.value) < step:
            allowed = max(allowed, min(step / 2, rules["most_relative"] * abs(rough.value)))
    return allowed * (1 + _EXACT)


def _rounds_to(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim's figure is the rounder one."""
    return _step(claim.value) > _step(source.value)


def _converted_precision(claim: Quantity, source: Quantity, here: Quantity) -> float:
    """The tolerance between figures in different units: half the last digit of both, within limits."""
    most: float = read_list("quantities")["rounding"]["most_relative"]
    scale = abs(here.value / source.value) if source.value else 0.0
    if claim.unit.startswith("°"):
        return min(_step(claim.value), 1.0) / 2 + min(_step(source.value), 1.0) / 2 * _degree_size(claim, source)
    own = min(_step(claim.value) / 2, most * abs(claim.value))
    other = min(_step(source.value) / 2, most * abs(source.value)) * scale
    return max(own, other)


def _degree_size(claim: Quantity, source: Quantity) -> float:
    """How many degrees of the claim's scale make one of the source's."""
    one = Quantity(value=1.0, low=1.0, high=1.0, unit=source.unit, kind=source.kind)
    none = Quantity(value=0.0, low=0.0, high=0.0, unit=source.unit, kind=source.kind)
    return abs(convert(one, claim.unit).value - convert(none, claim.unit).value)
