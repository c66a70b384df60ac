"""What a relative date means: "last month", "two years ago", "the following day"."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping

from claimcheck.model import DateRange, Granularity

from .date_grammar import weekday_numbers
from .date_steps import OPEN, Context, day_range, shift, shift_days, unit_days
from .edtf import date_range
from .numbers import parse_number
from .wordlists import read_list

_UNIT_NAMES = {"centurie": "century", "weekend": "week", "morning": "day", "evening": "day", "night": "day"}
_WEEK = 7  # days
_GRANULARITY = {
    "day": Granularity.DAY,
    "month": Granularity.MONTH,
    "year": Granularity.YEAR,
    "decade": Granularity.DECADE,
    "century": Granularity.CENTURY,
}


def _weekday(parts: Mapping[str, str], context: Context) -> DateRange:
    """
    A weekday: the one that has just been, that day included, or the one to come, as the words near it say.

    "Tuesday last week" is the one of that week, which begins on Monday.
    """
    step, weekday = parts.get("step", ""), weekday_numbers()[parts["weekday"]]
    if step.startswith(("the", "that")):
        return _text_weekday(weekday, step, context.previous)
    anchor = context.anchor
    if anchor is None:
        return OPEN
    if "of_week" in parts:
        weeks = {"last": -1, "this": 0, "next": 1}[parts["of_week"]]
        return day_range(shift_days(anchor, weekday - anchor.weekday() + _WEEK * weeks))
    back, ahead = (anchor.weekday() - weekday) % 7, (weekday - anchor.weekday()) % 7
    if step.endswith(("last", "past")):
        return day_range(shift_days(anchor, -(back or 7)))
    if step.endswith(("next", "coming")):
        return day_range(shift_days(anchor, ahead or 7))
    return day_range(shift_days(anchor, ahead if context.tense == "future" else -back))


def _text_weekday(weekday: int, step: str, previous: DateRange | None) -> DateRange:
    if previous is None or previous.earliest is None or previous.latest is None:
        return OPEN
    if step.endswith("previous"):
        return day_range(shift_days(previous.earliest, -((previous.earliest.weekday() - weekday) % 7 or 7)))
    ahead = (weekday - previous.latest.weekday()) % 7
    if step.endswith("following"):
        return day_range(shift_days(previous.latest, ahead or 7))
    return day_range(previous.latest) if ahead == 0 else OPEN


def _deictic(parts: Mapping[str, str], context: Context) -> DateRange:
    if context.anchor is None:
        return OPEN
    days = read_list("dates")["relative"]["days"][re.sub(r"\s+", " ", parts["word"])]
    return day_range(shift_days(context.anchor, days))


def _step(parts: Mapping[str, str], context: Context) -> DateRange:
    """Read "last month" and "this year" as calendar units, "the past year" as the twelve months that end today."""
    step, unit = re.sub(r"\s+", " ", parts["step"]), _unit(parts["unit"])
    if context.anchor is None:
        return _open(unit)
    if step.endswith(("past", "coming")):
        return _window(1, unit, context.anchor, ahead=step.endswith("coming"))
    count = read_list("dates")["relative"]["steps"][step]
    if parts["unit"] == "weekend":
        return _weekend(context.anchor, count, context.tense)
    return _calendar_unit(shift(context.anchor, count, unit), unit)


def _weekend(anchor: dt.date, count: int, tense: str) -> DateRange:
    """Read "this weekend", early in the week, as the last one where the words around it are in the past."""
    saturday = shift_days(anchor, 5 - anchor.weekday())
    if count < 0 or (count == 0 and tense == "past" and saturday > anchor):
        saturday = shift_days(saturday, -7)
    elif count > 0 and saturday <= anchor:
        saturday = shift_days(saturday, 7)
    return date_range(saturday, shift_days(saturday, 1))


def _window_of(parts: Mapping[str, str], context: Context) -> DateRange:
    """Read "the past two years" and "the next five days"."""
    if context.anchor is None:
        return DateRange(granularity=Granularity.RANGE)
    _, most = _count(parts)
    return _window(most, _unit(parts["unit"]), context.anchor, ahead=parts["step"] in {"next", "coming"})


def _window(count: float, unit: str, anchor: dt.date, *, ahead: bool) -> DateRange:
    return date_range(anchor, shift(anchor, count, unit)) if ahead else date_range(shift(anchor, -count, unit), anchor)


def _text_step(parts: Mapping[str, str], context: Context) -> DateRange:
    """Read "the following month" and "that year", which count from the date that the text named before."""
    if parts["unit"] in weekday_numbers():
        return _text_weekday(weekday_numbers()[parts["unit"]], _step_word(parts["step"]), context.previous)
    count = read_list("dates")["relative"]["text_steps"][re.sub(r"\s+", " ", parts["step"])]
    return counted_from(context.previous, count, count, _unit(parts["unit"]))


def _step_word(step: str) -> str:
    """The word by which `_text_weekday` tells following from previous."""
    count = read_list("dates")["relative"]["text_steps"][re.sub(r"\s+", " ", step)]
    return "the previous" if count < 0 else "the following" if count > 0 else "that"


def _side(parts: Mapping[str, str], context: Context) -> DateRange:
    count = -1 if parts["side"] == "before" else 1
    return counted_from(context.previous, count, count, parts["unit"])


def _distance(parts: Mapping[str, str], context: Context) -> DateRange:
    """Read "almost two decades ago" and "three days earlier"."""
    least, most = _count(parts)
    unit = _unit(parts["unit"])
    hedge = re.sub(r"\s+", " ", parts.get("hedge", ""))
    low, high = read_list("dates")["ago"]["hedges"].get(hedge, (1.0, 1.0))
    vague = hedge not in {"", "exactly", "just", "only"} or least != most
    sign = -1 if {"back", "text_back"} & parts.keys() else 1
    ends = sorted((sign * least * low, sign * most * high))
    if {"text_back", "text_ahead"} & parts.keys():
        return counted_from(context.previous, ends[0], ends[1], unit, approximate=vague)
    if context.anchor is None:
        return _open(unit, approximate=vague)
    if parts.get("exact") and not vague:
        return day_range(shift(context.anchor, ends[0], unit))
    if unit in {"hour", "minute"}:
        return date_range(shift_days(context.anchor, math.floor(ends[0] / 24 if unit == "hour" else 0)), context.anchor)
    if vague or unit in {"decade", "century"}:
        return _wide(context.anchor, ends[0], ends[1], unit, approximate=vague)
    return _around(context.anchor, ends[0], unit)


def _long_ago(parts: Mapping[str, str], context: Context) -> DateRange:
    """Read "decades ago": at least two of them."""
    if context.anchor is None:
        return OPEN
    unit = _unit(parts["unit"])
    latest = unit_days(shift(context.anchor, -2, unit), unit)[1]
    return date_range(None, latest, granularity=_GRANULARITY.get(unit, Granularity.DAY), approximate=True)


def _wide(anchor: dt.date, low: float, high: float, unit: str, *, approximate: bool = False) -> DateRange:
    """
    From *low* to *high* units away, in whole years (or months, or weeks) of the calendar.

    A plain "two decades ago" may be a tenth off, for decades are counted in round figures.
    """
    finer = {"decade": "year", "century": "decade"}.get(unit, unit)
    if low == high:
        low, high = sorted((low * 0.9, high * 1.1))
    earliest = unit_days(shift(anchor, low, unit), finer)[0]
    return date_range(earliest, unit_days(shift(anchor, high, unit), finer)[1], approximate=approximate)


def _around(anchor: dt.date, count: float, unit: str) -> DateRange:
    """
    The calendar unit that a distance leads into, and a little of the next one when it leads to its edge.

    "Two years ago" in June is the whole year; in January it can also be the autumn before it.
    """
    there = shift(anchor, count, unit)
    stray = read_list("dates")["ago"]["stray"][unit]
    if count % 1 and unit == "year":
        unit = "month"
    if unit == "week":
        return date_range(shift_days(there, -stray), shift_days(there, stray))
    first, last = unit_days(there, unit)
    return date_range(min(first, shift_days(there, -stray)), max(last, shift_days(there, stray)))


def counted_from(
    previous: DateRange | None, low: float, high: float, unit: str, *, approximate: bool = False
) -> DateRange:
    """Count from the date that the text named before; a finer unit than it was named in stays open."""
    if previous is None or previous.earliest is None or previous.latest is None or unit in {"hour", "minute"}:
        return _open(unit, approximate=approximate)
    length = (previous.latest - previous.earliest).days
    first, last = unit_days(previous.earliest, unit)
    if length > max((last - first).days, _WEEK):
        return _open(unit, approximate=approximate)
    if unit == "day":
        start = previous.latest if low > 0 else previous.earliest
        return date_range(shift(start, low, unit), shift(start, high, unit), approximate=approximate)
    if unit in {"decade", "century"}:
        early, late = _wide(previous.earliest, low, high, unit), _wide(previous.latest, low, high, unit)
        return date_range(early.earliest, late.latest, approximate=approximate)
    earliest = unit_days(shift(previous.earliest, low, unit), unit)[0]
    latest = unit_days(shift(previous.latest, high, unit), unit)[1]
    return date_range(earliest, latest, approximate=approximate)


def _open(unit: str, *, approximate: bool = False) -> DateRange:
    """A date of that unit that nothing anchors."""
    return DateRange(granularity=_GRANULARITY.get(unit, Granularity.RANGE), approximate=approximate)


def _calendar_unit(day: dt.date, unit: str) -> DateRange:
    return date_range(*unit_days(day, unit), granularity=_GRANULARITY.get(unit, Granularity.RANGE))


def _unit(word: str) -> str:
    return _UNIT_NAMES.get(word, word)


def _count(parts: Mapping[str, str]) -> tuple[float, float]:
    """Least and most of a count, which may be vague ("a few")."""
    words = re.sub(r"\s+", " ", parts["count"])
    vague = read_list("dates")["ago"]["vague"].get(words)
    if vague:
        return vague[0], vague[1]
    value = 1.0 if words in {"a", "an"} else parse_number(words)
    if math.isnan(value) or value > dt.MAXYEAR:
        raise ValueError(words)
    value += 0.5 if "half" in parts else 0.0
    return value, value


RELATIVE_READERS: Mapping[str, Callable[[Mapping[str, str], Context], DateRange]] = {
    "weekday": _weekday,
    "deictic": _deictic,
    "step": _step,
    "window": _window_of,
    "text_step": _text_step,
    "side": _side,
    "distance": _distance,
    "long_ago": _long_ago,
}
