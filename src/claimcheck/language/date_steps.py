"""Steps through the calendar that keep within it, how far an approximate date strays, and what a date can lean on."""

from __future__ import annotations

import calendar
import datetime as dt
import math

from attrs import frozen

from claimcheck.model import DateRange, Granularity

from .edtf import date_range, month_days
from .wordlists import read_list

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@frozen(kw_only=True)
class Context:
    """
    What a date without a year, or one that counts from another, leans on.

    Args:
        anchor: The day that relative dates count from.
        previous: The date that the text named before.
        tense: ``"past"``, ``"future"`` or ``""``, as the words near it say.
        year: Year that the text has just named, for a month or a day without one.
    """

    anchor: dt.date | None = None
    previous: DateRange | None = None
    tense: str = ""
    year: int | None = None


OPEN = DateRange()  # a date that nothing anchors


def unit_days(day: dt.date, unit: str) -> tuple[dt.date, dt.date]:
    """First and last day of the calendar unit (day, week, month, quarter, year, decade, century) *day* falls in."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = shift_days(day, -day.weekday())
        return monday, shift_days(monday, 6)
    if unit in {"month", "quarter"}:
        first = day.month if unit == "month" else (day.month - 1) // 3 * 3 + 1
        return dt.date(day.year, first, 1), month_days(day.year, first + (2 if unit == "quarter" else 0))[1]
    width = {"year": 1, "decade": 10, "century": 100}[unit]
    year = day.year // width * width
    return dt.date(max(year, dt.MINYEAR), 1, 1), dt.date(min(year + width - 1, dt.MAXYEAR), 12, 31)


def shift_days(day: dt.date, days: float) -> dt.date:
    """*day* moved by a number of days, kept within the calendar."""
    number = min(max(day.toordinal() + round(days), dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def shift(day: dt.date, count: float, unit: str) -> dt.date:
    """*day* moved by *count* units, kept within the calendar; a month keeps the day where it can."""
    if unit not in _MONTHS:
        return shift_days(day, count * {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7}[unit])
    months = count * _MONTHS[unit]
    whole = math.floor(months)
    index = day.year * 12 + day.month - 1 + whole
    index = min(max(index, dt.MINYEAR * 12), dt.MAXYEAR * 12 + 11)
    year, month = index // 12, index % 12 + 1
    moved = dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return shift_days(moved, (months - whole) * 30)


def day_range(day: dt.date) -> DateRange:
    """The range that is one day."""
    return date_range(day, day, granularity=Granularity.DAY)


def stepped_year(step: str, anchor: dt.date, *, begins: bool, over: bool) -> int:
    """The year of the last, this or next month, season or feast, when this year's begins later or is over."""
    if step.endswith(("last", "past")):
        return anchor.year if over else anchor.year - 1
    if step.endswith(("next", "coming")):
        return anchor.year if begins else anchor.year + 1
    return anchor.year


def slack_days(date: DateRange) -> int:
    """
    Days that an approximate date may stray by at each end; 0 when it is not approximate.

    "About 2009" admits 2008 and 2010, "around 24 October" three days on each side, and a range half its length.
    """
    if not date.approximate:
        return 0
    if date.granularity is Granularity.RANGE and date.earliest and date.latest:
        return ((date.latest - date.earliest).days + 1) // 2
    days: int = read_list("dates")["slack"].get(date.granularity.value, read_list("dates")["slack"]["month"])
    return days
