"""
Days and months without a year where a text looks back.

"In November" of a news report is the November nearest to the day it appeared; in a paragraph about 1815 it is not.
A year named in the same sentence is taken over, unless it is told in passing ("Falk, elected in 1996, resigned in
May"); that one, like one named earlier in the paragraph, only leaves the year open.  A weekday is of no certain week
of a year gone by.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from attrs import evolve

from claimcheck.model import DateRange, Granularity, Span, TimeMention

from .date_grammar import weekday_numbers
from .edtf import date_range

_YEAR = re.compile(r"\b(1\d{3}|20\d{2})\b")
_PLAIN_DAY = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]+\.?(?: \d{1,2}(?:st|nd|rd|th)?)?")

_WORD = re.compile(r"[^\W\d_]+")
#: What opens and what closes words in passing.
_OPENING, _CLOSING = re.compile(r"[,(–—]"), re.compile(r"[,)–—]")


def last_year_named(times: Iterable[TimeMention]) -> int:
    """The last year that *times* write out, 0 when none does."""
    years = [int(m[1]) for t in times if (m := _YEAR.search(t.span.text))]
    return years[-1] if years else 0


def settle_years(
    sentence: Span, times: Sequence[TimeMention], anchor: dt.date | None, lately: int
) -> tuple[TimeMention, ...]:
    """
    The dates of one sentence, with the years of those that name none put right or left open.

    Args:
        sentence: The sentence.
        times: In text order, as they were anchored on *anchor*.
        anchor: The publication date.
        lately: The last year that the paragraph named before this sentence, 0 for none.
    """
    if lately and anchor is not None and lately < anchor.year - 1 and not last_year_named(times):
        times = [_without_year(t) if _PLAIN_DAY.fullmatch(t.span.text) else t for t in times]
    found: list[TimeMention] = []
    year, last = 0, sentence
    for time in times:
        named = last_year_named([time])
        settled = time
        if not named and year and anchor is not None and year < anchor.year and _PLAIN_DAY.fullmatch(time.span.text):
            if not _in_passing(sentence, last, time.span):
                settled = (
                    evolve(time, value=_in_year(time.value, year)) if not _is_weekday(time) else _without_year(time)
                )
            elif not _is_weekday(time):
                settled = _without_year(time)
        if named:
            year, last = named, time.span
        found.append(settled)
    return tuple(found)


def _in_passing(sentence: Span, year: Span, day: Span) -> bool:
    """Whether a year is told in words set off from those of the day: "Falk, elected in 1996, resigned in May"."""
    before = sentence.text[: year.start - sentence.start]
    between = sentence.text[year.end - sentence.start : day.start - sentence.start]
    opened = [match.start() for match in _OPENING.finditer(before)]
    return bool(opened) and bool(_WORD.search(before[: opened[0]])) and _CLOSING.search(between) is not None


def _is_weekday(time: TimeMention) -> bool:
    return any(word in weekday_numbers() for word in _WORD.findall(time.span.text.lower()))


def _without_year(time: TimeMention) -> TimeMention:
    """Leave the year open: the paragraph has just spoken of a year long past, or of today."""
    value = time.value
    if _is_weekday(time):
        return evolve(time, value=evolve(value, earliest=None, latest=None, edtf="", granularity=Granularity.DAY))
    if value.earliest is None or value.latest is None or value.earliest.month != value.latest.month:
        return time
    day = value.earliest.day if value.earliest == value.latest else None
    open_value = evolve(value, earliest=None, latest=None, edtf="", month=value.earliest.month, day=day)
    return evolve(time, value=open_value)


def _in_year(value: DateRange, year: int) -> DateRange:
    """The same day or days in another year; unchanged when they run over two years or that year has no such day."""
    first, last = value.earliest, value.latest
    if first is None or last is None or first.year != last.year or first.year == year:
        return value
    try:
        first, last = first.replace(year=year), last.replace(year=year)
    except ValueError:  # 29 February
        return value
    written = date_range(first, last, granularity=value.granularity, approximate=value.approximate)
    return evolve(value, earliest=first, latest=last, edtf=written.edtf)
