"""
Dates in Extended Date/Time Format, levels 0 and 1 (ISO 8601-2:2019), to and from `DateRange`.

Written here: ``2009``, ``2000-10``, ``2000-10-24``, ``1968-21`` (a season), ``199X`` (a decade), ``18XX`` (a
century), ``1994/1999``, ``1991/..`` and ``../2005`` (an open end), each with ``~`` when approximate.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache

from claimcheck.errors import ConfigError
from claimcheck.model import DateRange, Granularity

from .wordlists import read_list

#: The months as texts write them: those of `calendar` are in the language that the program is set to.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<doubt>[~?%])?", re.ASCII)
_DIGITS = re.compile(r"(?P<digits>\d{2,3})(?P<open>X{1,2})(?P<doubt>[~?%])?", re.ASCII)
_DAY = dt.timedelta(days=1)


def date_range(
    earliest: dt.date | None,
    latest: dt.date | None,
    *,
    granularity: Granularity = Granularity.RANGE,
    approximate: bool = False,
    bound: str = "",
) -> DateRange:
    """
    The range of days from *earliest* to *latest*, written out as EDTF.

    Args:
        earliest: First day, ``None`` for an open end.
        latest: Last day, likewise.
        granularity: How finely the text gives it; a range that is exactly one day, month or year is given as that,
            and one open end takes the finest unit that the other end falls on.
        approximate: Whether the text hedges.
        bound: ``"before"``, ``"after"``, ``"since"``, ``"until"`` or ``""``.
    """
    granularity = _fitting(earliest, latest, granularity)
    return DateRange(
        earliest=earliest,
        latest=latest,
        granularity=granularity,
        approximate=approximate,
        edtf=_written(earliest, latest, granularity, "~" if approximate else ""),
        bound=bound,
    )


def parse_edtf(edtf: str) -> DateRange:
    """
    Read a date in Extended Date/Time Format.

    Args:
        edtf: Level 0 or 1 without times of day, ``""`` for an unanchored date.
    Returns:
        The range of days it stands for; an open start reads as bound ``"until"``, an open end as ``"since"``.
    Raises:
        ConfigError: If it is not such a date.

    >>> parse_edtf("2000-10").latest
    datetime.date(2000, 10, 31)
    """
    if not edtf:
        return DateRange()
    try:
        start, slash, end = edtf.partition("/")
        return _interval(start, end) if slash else _point(start)
    except (ValueError, OverflowError) as error:
        message = f"{edtf!r} is not a date in Extended Date/Time Format"
        raise ConfigError(message, hint="write a date such as 2009, 2000-10, 2000-10-24 or 1994/1999") from error


def at_limit(value: DateRange) -> DateRange:
    """
    The date that *value* names as its limit: 1977 of "until 1977" and "since 1977"; *value* when it is no such limit.

    >>> at_limit(parse_edtf("../1977")).edtf
    '1977'
    """
    if value.bound not in {"since", "until"} or not value.edtf:
        return value
    return parse_edtf(value.edtf.replace("..", "").strip("/"))


def month_days(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def season_days(year: int, name: str) -> tuple[dt.date, dt.date]:
    """
    First and last day of the season *name* of *year* on the northern hemisphere.

    A winter may be the one that ends or the one that begins in *year*: its days cover both.
    """
    _, first_month, first_day, last_month, last_day = read_list("dates")["seasons"][name]
    last_year = year + 1 if name == "winter" else year
    return dt.date(year, first_month, first_day), dt.date(last_year, last_month, last_day)


@cache
def _season_codes() -> dict[int, str]:
    seasons = read_list("dates")["seasons"]
    return {row[0]: name for name, row in reversed(seasons.items()) if isinstance(row, list)}


def _point(text: str) -> DateRange:
    earliest, latest, granularity, doubt = _days_of(text)
    return date_range(earliest, latest, granularity=granularity, approximate=doubt)


def _days_of(text: str) -> tuple[dt.date, dt.date, Granularity, bool]:
    """First day, last day, granularity and doubt of a date that is no interval."""
    if match := _DIGITS.fullmatch(text):
        width = 10 ** len(match["open"])
        year = int(match["digits"]) * width
        if not 1 <= year <= dt.MAXYEAR - width + 1 or len(match["digits"] + match["open"]) != len("YYYY"):
            raise ValueError(text)
        granularity = Granularity.DECADE if match["open"] == "X" else Granularity.CENTURY
        return dt.date(year, 1, 1), dt.date(year + width - 1, 12, 31), granularity, bool(match["doubt"])
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, doubt = int(match["year"]), bool(match["doubt"])
    if not match["month"]:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), Granularity.YEAR, doubt
    month = int(match["month"])
    if match["day"]:
        day = dt.date(year, month, int(match["day"]))
        return day, day, Granularity.DAY, doubt
    if month in _season_codes():
        return *season_days(year, _season_codes()[month]), Granularity.SEASON, doubt
    return *month_days(year, month), Granularity.MONTH, doubt


def _interval(start: str, end: str) -> DateRange:
    first = None if start in {"", ".."} else _point(start)
    last = None if end in {"", ".."} else _point(end)
    if first and last and first.earliest and last.latest:
        if first.earliest > last.latest:
            raise ValueError(start)
        return date_range(first.earliest, last.latest, approximate=first.approximate or last.approximate)
    if first:
        return date_range(
            first.earliest, None, granularity=first.granularity, approximate=first.approximate, bound="since"
        )
    if last:
        return date_range(None, last.latest, granularity=last.granularity, approximate=last.approximate, bound="until")
    raise ValueError(end)


def _fitting(earliest: dt.date | None, latest: dt.date | None, granularity: Granularity) -> Granularity:
    """The granularity that the range can be written out with."""
    if earliest and latest:
        return _exact_unit(earliest, latest) if granularity is Granularity.RANGE else granularity
    first_day = earliest or (latest + _DAY if latest and latest < dt.date.max else None)
    if first_day is None or first_day.day != 1:
        return Granularity.DAY
    if first_day.month == 1 and granularity not in {Granularity.DAY, Granularity.MONTH}:
        return Granularity.YEAR
    return Granularity.DAY if granularity is Granularity.DAY else Granularity.MONTH


def _exact_unit(earliest: dt.date, latest: dt.date) -> Granularity:
    if earliest == latest:
        return Granularity.DAY
    if (earliest, latest) == month_days(earliest.year, earliest.month):
        return Granularity.MONTH
    if (earliest, latest) == (dt.date(earliest.year, 1, 1), dt.date(earliest.year, 12, 31)):
        return Granularity.YEAR
    return Granularity.RANGE


def _written(earliest: dt.date | None, latest: dt.date | None, granularity: Granularity, doubt: str) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest and latest:
        single = _single(earliest, granularity)
        if single and _spans(single, earliest, latest):
            return single + doubt
        granularity = _shortest(earliest, latest)
    start = _single(earliest, granularity) + doubt if earliest else ".."
    end = _single(latest, granularity) + doubt if latest else ".."
    return f"{start}/{end}"


def _single(day: dt.date, granularity: Granularity) -> str:
    """The unit of *granularity* that *day* falls in, ``""`` where it has no name."""
    year = f"{day.year:04d}"
    if granularity is Granularity.SEASON:
        codes = (code for code, name in _season_codes().items() if season_starts(day, name))
        return f"{year}-{next(codes, 99)}"
    return {
        Granularity.DAY: day.isoformat(),
        Granularity.MONTH: f"{year}-{day.month:02d}",
        Granularity.YEAR: year,
        Granularity.DECADE: f"{year[:3]}X",
        Granularity.CENTURY: f"{year[:2]}XX",
    }.get(granularity, "")


def season_starts(day: dt.date, name: str) -> bool:
    """Whether the season *name* starts on *day*."""
    _, month, first, *_ = read_list("dates")["seasons"][name]
    return bool((day.month, day.day) == (month, first))


def _spans(single: str, earliest: dt.date, latest: dt.date) -> bool:
    try:
        return _days_of(single)[:2] == (earliest, latest)
    except (ValueError, OverflowError):
        return False


def _shortest(earliest: dt.date, latest: dt.date) -> Granularity:
    after = latest + _DAY if latest < dt.date.max else latest
    if earliest.day != 1 or after.day != 1:
        return Granularity.DAY
    return Granularity.YEAR if earliest.month == after.month == 1 else Granularity.MONTH
