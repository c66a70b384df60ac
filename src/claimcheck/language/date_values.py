"""What a date means: from the parts that `date_grammar` found to a range of days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping

from claimcheck.model import DateRange, Granularity

from .date_grammar import Core, month_numbers, named_days, ordinal_words, weekday_numbers
from .date_relative import RELATIVE_READERS, counted_from
from .date_steps import OPEN, Context, day_range, stepped_year
from .edtf import MONTHS, date_range, month_days, season_days
from .wordlists import read_list

_PIVOT = 50  # "24/10/00" is 2000, "24/10/60" is 1960


def date_value(core: Core, context: Context) -> DateRange:
    """The days that *core* can mean; both ends open when *context* does not anchor it."""
    try:
        return _READERS[core.kind](core.parts, context)
    except (ValueError, OverflowError):
        return OPEN


def _iso(parts: Mapping[str, str], _: Context) -> DateRange:
    return day_range(dt.date(int(parts["year"]), int(parts["month"]), int(parts["day"])))


def _numeric(parts: Mapping[str, str], _: Context) -> DateRange:
    """Day and month in figures; where either can be the month, the range covers both readings."""
    year = int(parts["year"])
    if len(parts["year"]) == len("00"):
        year += 2000 if year < _PIVOT else 1900
    a, b = int(parts["a"]), int(parts["b"])
    readings = []
    for month, day in ((b, a), (a, b)):
        if 1 <= month <= len(MONTHS) and 1 <= day <= calendar.monthrange(year, month)[1]:
            readings.append(dt.date(year, month, day))
    if not readings:
        return OPEN
    if parts.get("mark") == ".":  # day first, wherever it is written so
        return day_range(readings[0])
    return date_range(min(readings), max(readings))


def _day(parts: Mapping[str, str], context: Context) -> DateRange:
    """A day of a month, or a stretch of days, with or without a year."""
    month, day = month_numbers()[parts["month"]], _figure(parts["day"])
    last_month = month_numbers()[parts["month2"]] if "month2" in parts else month
    last_day = _figure(parts.get("day2") or parts.get("day_and") or parts["day"])
    year = _year(parts, context)
    if year is None and context.anchor is not None:
        weekday = weekday_numbers()[parts["weekday"]] if "weekday" in parts else None
        year = _nearest_year(month, day, context, weekday)
    if year is None:
        calendar_day = dt.date(2000, month, day)
        single = (last_month, last_day) == (month, day)
        return DateRange(
            granularity=Granularity.DAY if single else Granularity.RANGE,
            month=month if last_month == month else None,
            day=calendar_day.day if single else None,
        )
    last_year = year if (last_month, last_day) >= (month, day) else year + 1
    return date_range(dt.date(year, month, day), dt.date(last_year, last_month, last_day))


def _month(parts: Mapping[str, str], context: Context) -> DateRange:
    month = month_numbers()[parts["month"]]
    year = _year(parts, context)
    anchor = context.anchor
    if year is None and anchor is not None:
        if context.tense == "future":
            year = anchor.year + (month < anchor.month)
        else:
            year = anchor.year - (month > anchor.month)
    if year is None:
        return DateRange(granularity=Granularity.MONTH, month=month)
    return date_range(*month_days(year, month), granularity=Granularity.MONTH)


def _step_month(parts: Mapping[str, str], context: Context) -> DateRange:
    """Read "last October", the last one that is over, and "next October", the next to begin."""
    month, anchor = month_numbers()[parts["month"]], context.anchor
    if anchor is None:
        return DateRange(granularity=Granularity.MONTH, month=month)
    year = stepped_year(parts["step"], anchor, begins=month > anchor.month, over=month < anchor.month)
    return date_range(*month_days(year, month), granularity=Granularity.MONTH)


def _year_alone(parts: Mapping[str, str], _: Context) -> DateRange:
    """A year, a range of years, or a year and month in ISO form."""
    year, second = int(parts["year"]), parts.get("year2", "")
    if not second:
        return _year_range(year, year)
    last = int(second) if len(second) == len("2000") else year // 100 * 100 + int(second)
    if last > year:
        return _year_range(year, last)
    if len(second) == len("10") and 1 <= int(second) <= len(MONTHS):
        return date_range(*month_days(year, int(second)), granularity=Granularity.MONTH)
    if int(second) == (year + 1) % 100:
        return _year_range(year, year + 1)
    return _year_range(year, year)


def _decade(parts: Mapping[str, str], _: Context) -> DateRange:
    """A decade; "the 1800s" are a century unless they stand beside a decade, "the 2000s" a decade."""
    if "decade" in parts:
        year = int(parts["decade"])
        if year % 100 == 0 and year < 2000 and "beside" not in parts:
            return date_range(dt.date(year, 1, 1), dt.date(year + 99, 12, 31), granularity=Granularity.CENTURY)
    else:
        word = parts.get("short") or parts["word"]
        words = read_list("dates")["decades"]["words"]
        tens = words.index(word) + 1 if word in words else int(word[0])
        year = 1900 + 10 * tens
    return date_range(dt.date(year, 1, 1), dt.date(year + 9, 12, 31), granularity=Granularity.DECADE)


def _century(parts: Mapping[str, str], _: Context) -> DateRange:
    """The 19th century is 1800 to 1899, as EDTF and common use have it."""
    text = parts["century"]
    number = int(re.sub(r"\D", "", text)) if text[0].isdigit() else ordinal_words()[text]
    first = max(100 * (number - 1), dt.MINYEAR)
    return date_range(dt.date(first, 1, 1), dt.date(100 * number - 1, 12, 31), granularity=Granularity.CENTURY)


def _season(parts: Mapping[str, str], context: Context) -> DateRange:
    name = parts["season"]
    name = "autumn" if name == "fall" else name
    if "year2" in parts and name == "winter":
        year = int(parts["year"])
        return date_range(dt.date(year, 12, 1), dt.date(year + 1, 3, 20))
    if "year" in parts:
        return date_range(*season_days(int(parts["year"]), name), granularity=Granularity.SEASON)
    anchor = context.anchor
    if anchor is None or parts["step"] == "that":
        return DateRange(granularity=Granularity.SEASON)
    first, last = season_days(anchor.year, name)
    year = stepped_year(parts["step"], anchor, begins=first > anchor, over=last < anchor)
    return date_range(*season_days(year, name), granularity=Granularity.SEASON)


def _named(parts: Mapping[str, str], context: Context) -> DateRange:
    """A feast day; without year and anchor it keeps its month and day where these are fixed."""
    rule = named_days()[re.sub(r"\s+", " ", parts["name"])]
    if "exact" in rule:
        return day_range(dt.date(*rule["exact"]))
    year = _year(parts, context)
    if year is None and context.anchor is not None:
        anchor = context.anchor
        if "step" in parts:
            here = _feast(rule, anchor.year)
            year = stepped_year(parts["step"], anchor, begins=here > anchor, over=here < anchor)
        else:
            here = _feast(rule, anchor.year)
            year = _nearest_year(here.month, here.day, context, None)
    if year is not None:
        return day_range(_feast(rule, year))
    month, day = rule.get("fixed", (None, None))
    return DateRange(month=month, day=day)


def _feast(rule: Mapping[str, list[int] | int], year: int) -> dt.date:
    if isinstance(days := rule.get("easter"), int):
        return _easter(year) + dt.timedelta(days=days)
    if isinstance(nth := rule.get("nth"), list):
        month, weekday, which = nth
        first, last = month_days(year, month)
        if which < 0:
            return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    fixed = rule["fixed"]
    assert isinstance(fixed, list)
    return dt.date(year, fixed[0], fixed[1])


def _easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def _year_range(first: int, last: int) -> DateRange:
    return date_range(dt.date(first, 1, 1), dt.date(last, 12, 31))


def _figure(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _year(parts: Mapping[str, str], context: Context) -> int | None:
    """The year that the words give, or that the text has just named."""
    if "year" in parts:
        return int(parts["year"])
    relative = re.sub(r"\s+", " ", parts.get("relative_year", ""))
    if relative in {"last", "this", "next"}:
        return context.anchor.year + read_list("dates")["relative"]["steps"][relative] if context.anchor else None
    if relative:
        count = read_list("dates")["relative"]["text_steps"][relative]
        stepped = counted_from(context.previous, count, count, "year")
        return stepped.earliest.year if stepped.earliest else None
    return context.year


def _nearest_year(month: int, day: int, context: Context, weekday: int | None) -> int | None:
    """The year near the anchor whose *month* and *day* fit the tense and the day of the week."""
    anchor = context.anchor
    assert anchor is not None
    years = range(max(anchor.year - 6, dt.MINYEAR), min(anchor.year + 6, dt.MAXYEAR) + 1)
    days = [dt.date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    fitting = [d for d in days if weekday is None or d.weekday() == weekday] or days
    if context.tense == "past":
        fitting = [d for d in fitting if d <= anchor] or fitting
    elif context.tense == "future":
        fitting = [d for d in fitting if d >= anchor] or fitting
    return min(fitting, key=lambda d: abs(d - anchor)).year if fitting else None


_READERS: Mapping[str, Callable[[Mapping[str, str], Context], DateRange]] = {
    "iso": _iso,
    "numeric": _numeric,
    "day": _day,
    "month": _month,
    "step_month": _step_month,
    "year": _year_alone,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "named": _named,
    **RELATIVE_READERS,
}
