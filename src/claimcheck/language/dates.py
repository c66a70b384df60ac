"""
Dates in a text, as ranges of days with exact spans.

A span covers the words of the date with what shapes it ("the end of", "early", "almost ... ago"), without the
preposition ("in", "on", "from", "between") and without a limit ("since", "before"), which goes into
`DateRange.bound`.

>>> import datetime as dt
>>> [(m.span.text, m.value.edtf) for m in find_dates("He left in 1994.", anchor=None)]
[('1994', '1994')]
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from attrs import evolve, frozen

from claimcheck.model import DateRange, Granularity, Span, TimeMention

from .date_grammar import Core, find_cores, month_numbers
from .date_steps import Context, day_range, shift
from .date_values import date_value
from .edtf import date_range, parse_edtf
from .word_tables import any_of, just_before, window_after, window_before
from .wordlists import read_list

__all__ = ["find_dates", "is_ambiguous", "parse_edtf"]

_DAY = dt.timedelta(days=1)
_SENTENCE_END = re.compile(r"[.!?;]['\"”’)]*\s+(?=[A-Z“\"'‘(])|\n")
_LINK = r"\b(?:and|or|to|through|until|till)\b"
_JOINED = re.compile(rf"\s*(?:,(?:\s*{_LINK})?|{_LINK}|[-–—])\s*", re.IGNORECASE)
_RANGE_LINK = re.compile(r"\s*(?:(?P<word>to|through|thru|until|till|and)\b|[-–—])\s*", re.IGNORECASE)
_FROM = re.compile(r"\b(?P<word>from|between)\s+(?:the\s+)?\Z", re.IGNORECASE)
_COUNTING = {"text_step", "side", "distance", "long_ago", "window"}
_YEAR_DAYS = 366
#: Years of a text that are asked whether they open the sentence of a month, the nearest.
_OPENINGS = 20


@frozen(kw_only=True)
class _Shape:
    """What stands before a core and shapes it."""

    start: int
    part: dict[str, Any] | None = None
    so_far: str = ""
    hedged: bool = False


def find_dates(
    text: str, *, anchor: dt.date | None, base: int = 0, previous: DateRange | None = None
) -> list[TimeMention]:
    """
    All dates in *text*, in text order.

    Args:
        text: A sentence, or any text.
        anchor: The day that "yesterday" or "last year" count from; without it they stay open.
        base: Offset of *text* in the stored text.
        previous: The date named last before *text*, which "two years later" and "the next day" count from until
            *text* names one itself.
    Returns:
        The mentions with the days they can mean; spans are offsets in the stored text.
    """
    cores = _decades_together(text, _inherit_years(text, find_cores(text)))
    mentions: list[TimeMention] = []
    last = previous
    position = 0
    while position < len(cores):
        core = cores[position]
        context = Context(
            anchor=anchor,
            previous=last,
            tense=_tense(text, core),
            year=_year_at_hand(text, core, cores[:position]) if core.yearless else None,
        )
        value, shape = _shaped(text, core, context)
        if _is_bare_unit(core, shape):
            position += 1
            continue
        end = core.end
        following = cores[position + 1] if position + 1 < len(cores) else None
        paired = _paired(text, core, following, context, start=shape.start, value=value) if following else None
        if paired and following:
            value, end = paired, following.end
            position += 1
        if value.anchored or core.kind not in _COUNTING:
            last = value if value.anchored else None
        value = _bounded(value, _bound(text, shape.start, end), edge=(shape.part or {}).get("edge", ""))
        start = _after(text, shape.start, mentions[-1].span.end - base) if mentions else shape.start
        span = Span(start=base + start, end=base + end, text=text[start:end])
        mentions.append(TimeMention(span=span, value=value))
        position += 1
    return mentions


def _after(text: str, start: int, taken: int) -> int:
    """*start*, or where words go on after *taken* if the mention before reaches that far."""
    if start >= taken:
        return start
    return taken + len(text[taken:]) - len(text[taken:].lstrip())


def is_ambiguous(mention: TimeMention) -> bool:
    """Whether the date can be read in two ways, such as 03/04/2009: its range then covers both."""
    figures = re.fullmatch(r"(\d{1,2})/(\d{1,2})/\d+", mention.span.text)
    if not figures or figures[1] == figures[2]:
        return False
    return mention.value.earliest != mention.value.latest


# ------------------------------------------------------------------------- what stands around


def _shaped(text: str, core: Core, context: Context) -> tuple[DateRange, _Shape]:
    """The value of *core* with the words before it that shape it."""
    value = date_value(core, context)
    shape = _shape(text, core, single_day=value.earliest is not None and value.earliest == value.latest)
    if shape.part:
        value = _part(value, shape.part)
    if shape.so_far and context.anchor:
        value = _so_far(value, shape.so_far, context.anchor)
    if shape.hedged and value.earliest and value.latest:
        value = date_range(value.earliest, value.latest, granularity=value.granularity, approximate=True)
    elif shape.hedged:
        value = evolve(value, approximate=True)
    return value, shape


@cache
def _shaping() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for parts ("the end of"), for "earlier" and "later", and for hedges."""
    lists = read_list("dates")
    parts = any_of(word for row in lists["parts"]["rows"] for word in row["words"])
    so_far = any_of(lists["relative"]["so_far"])
    return (
        just_before(parts, link=r"(?:\s+(?:the\s+)?|-)"),
        just_before(so_far, link=r"\s+(?:in\s+)?(?:the\s+)?"),
        just_before(any_of(lists["hedges"]["words"]), link=r"\s*(?:the\s+)?"),
    )


@cache
def _part_rows() -> dict[str, dict[str, Any]]:
    return {word.lower(): row for row in read_list("dates")["parts"]["rows"] for word in row["words"]}


def _shape(text: str, core: Core, *, single_day: bool) -> _Shape:
    """Read leftwards from *core*; the hour of a day ("early Tuesday") does not shape it."""
    parts, so_far, hedges = _shaping()
    start, row, divided = core.start, None, ""
    if not single_day and (match := parts.search(window_before(text, start))):
        row = _part_rows()[re.sub(r"\s+", " ", match["words"].lower())]
        start -= len(match[0])
        article = re.search(r"\bthe\s+\Z", window_before(text, start), re.IGNORECASE)
        start -= len(article[0]) if article else 0
    elif not single_day and (match := so_far.search(window_before(text, start))):
        divided = match["words"].lower()
        start -= len(match[0])
    match = hedges.search(window_before(text, start))
    if match:
        start -= len(match[0])
    return _Shape(start=start, part=row, so_far=divided, hedged=match is not None)


def _is_bare_unit(core: Core, shape: _Shape) -> bool:
    """Whether a unit stands alone: "the year" is a date in "the end of the year" only."""
    return core.kind == "step" and core.parts["step"] == "the" and not (shape.part or shape.so_far)


def _part(value: DateRange, row: dict[str, Any]) -> DateRange:
    """The stretch of *value* that "early" or "the end of" means: whole years, months or days of it."""
    if value.earliest is None or value.latest is None:
        return evolve(value, granularity=Granularity.RANGE) if value.month is None else value
    low, high = row["part"]
    length = (value.latest - value.earliest).days + 1
    unit, size = ("year", _YEAR_DAYS - 1) if length > 2 * _YEAR_DAYS else ("month", 30)
    count = round(length / size)
    if length < _YEAR_DAYS - 1:
        unit, count = "day", length
    rounded = count if unit == "month" else 0
    first = round(low * count) if rounded else math.floor(low * count)
    last = round(high * count) if rounded else math.ceil(high * count)
    earliest = shift(value.earliest, first, unit)
    latest = min(shift(value.earliest, max(last, first + 1), unit) - _DAY, value.latest)
    return date_range(earliest, max(earliest, latest), approximate=value.approximate or not row.get("exact", False))


def _so_far(value: DateRange, word: str, anchor: dt.date) -> DateRange:
    """Cut the period at today: "earlier this year" ends today, "later this year" begins today."""
    if not (value.earliest and value.latest and value.earliest <= anchor <= value.latest):
        return value
    if word == "earlier":
        return date_range(value.earliest, anchor, approximate=value.approximate)
    return date_range(anchor, value.latest, approximate=value.approximate)


@cache
def _bounds() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Limits before a date, the bound of each, and the limits that follow a date (since, until)."""
    lists = read_list("dates")["bounds"]
    names = {word.lower(): bound for bound in ("since", "before", "after", "until") for word in lists[bound]}
    before = just_before(any_of(names), link=r"(?:\s+|(?<=-))(?:the\s+)?")
    follow = [re.compile(rf"\s*(?:{any_of(lists[key])})\b", re.IGNORECASE) for key in ("since_after", "until_after")]
    return before, names, follow[0], follow[1]


def _bound(text: str, start: int, end: int) -> str:
    """The bound that the words before or after the date ``[start, end)`` make of it, if any."""
    before, names, since_after, until_after = _bounds()
    window = window_before(text, start)
    if match := before.search(window):
        return names[re.sub(r"\s+", " ", match["words"].lower())]
    after = window_after(text, end)
    match = since_after.match(after)
    if match and (match[0].strip() != "on" or _FROM.search(window)):
        return "since"
    return "until" if until_after.match(after) else ""


def _bounded(value: DateRange, bound: str, *, edge: str) -> DateRange:
    """*value* as a limit; "before the end of 2000" still admits its last day, "after the start" its first."""
    if not bound:
        return value
    earliest, latest = value.earliest, value.latest
    if earliest is None and latest is None:
        return evolve(value, bound=bound)
    if bound == "since" or (bound == "after" and edge == "start"):
        latest = None
    elif bound == "after":
        earliest, latest = (latest + _DAY if latest and latest < dt.date.max else latest), None
    elif bound == "until" or edge == "end":
        earliest = None
    else:
        earliest, latest = None, (earliest - _DAY if earliest and earliest > dt.date.min else earliest)
    at_edge = (edge == "end" and latest is not None) or (edge == "start" and bound == "after")
    approximate = value.approximate and not at_edge
    return date_range(earliest, latest, granularity=value.granularity, approximate=approximate, bound=bound)


# -------------------------------------------------------------------------- ranges and years


def _paired(
    text: str, core: Core, following: Core, context: Context, *, start: int, value: DateRange
) -> DateRange | None:
    """The range that "from 1994 to 1999" or "between March and May 2003" means, if that is what stands there."""
    opening = _FROM.search(window_before(text, start))
    other, other_shape = _shaped(text, following, evolve(context, previous=value, tense=_tense(text, following)))
    link = _RANGE_LINK.fullmatch(text, core.end, max(core.end, other_shape.start))
    if not link or _is_bare_unit(following, other_shape):
        return None
    word, opened = (link["word"] or "").lower(), opening["word"].lower() if opening else ""
    if (word == "and") != (opened == "between") or (word in {"until", "till"} and not opened):
        return None
    if core.kind == following.kind == "weekday":
        value, other = _in_order(value, other, ahead=context.tense == "future")
    if value.earliest is None or other.latest is None or value.earliest > other.latest:
        return None
    return date_range(value.earliest, other.latest, approximate=value.approximate or other.approximate)


def _in_order(first: DateRange, second: DateRange, *, ahead: bool) -> tuple[DateRange, DateRange]:
    """Two weekdays, each the nearest, so that they follow each other: the first a week earlier, or the second later."""
    if first.earliest is None or second.latest is None or first.earliest <= second.latest:
        return first, second
    if ahead:
        return first, day_range(shift(second.latest, 1, "week"))
    return day_range(shift(first.earliest, -1, "week")), second


def _inherit_years(text: str, cores: Sequence[Core]) -> list[Core]:
    """Give "March" its year in "between March and May 2003", and "May" in "from March 2003 to May"."""
    found = list(cores)
    for position in range(len(found) - 2, -1, -1):
        core, following = found[position], found[position + 1]
        if core.yearless and following.parts.get("year") and _joined(text, core, following):
            found[position] = _with_year(core, int(following.parts["year"]) - _new_years(text, core, following))
    for position in range(1, len(found)):
        before, core = found[position - 1], found[position]
        if core.yearless and before.kind in {"day", "month"} and "year" in before.parts and _joined(text, before, core):
            found[position] = _with_year(core, int(before.parts["year"]) + _new_years(text, before, core))
    return found


def _new_years(text: str, first: Core, second: Core) -> int:
    """1 where a stretch runs over the end of a year ("from 30 December 1987 to 2 January"), else 0."""
    link = _RANGE_LINK.fullmatch(text, first.end, second.start)
    if not link or (link["word"] and link["word"].lower() == "and" and not _opens_range(text, first)):
        return 0
    months = [month_numbers()[core.parts["month"]] for core in (first, second) if "month" in core.parts]
    return int(months != sorted(months))


def _opens_range(text: str, core: Core) -> bool:
    """Whether "between" stands before a date."""
    opening = _FROM.search(window_before(text, core.start))
    return opening is not None and opening["word"].lower() == "between"


def _decades_together(text: str, cores: Sequence[Core]) -> list[Core]:
    """Mark decades that stand side by side: "the 1890s and 1900s" are twenty years."""
    found = list(cores)
    for position in range(len(found) - 1):
        first, second = found[position : position + 2]
        known = first.kind == second.kind == "decade" and "decade" in first.parts
        if known and _JOINED.fullmatch(text, first.end, second.start):
            found[position : position + 2] = [_beside(first, first), _beside(second, first)]
    return found


def _beside(core: Core, first: Core) -> Core:
    """*core* marked as one of several decades; "80s" are of the century of the *first*."""
    decade = core.parts.get("decade") or first.parts["decade"][:2] + core.parts.get("word", "")[:2]
    return evolve(core, parts={**core.parts, "decade": decade, "beside": "decade"}) if decade.isdigit() else core


def _joined(text: str, first: Core, second: Core) -> bool:
    kinds = {"day", "month", "named"}
    return {first.kind, second.kind} <= kinds and bool(_JOINED.fullmatch(text, first.end, second.start))


def _with_year(core: Core, year: int) -> Core:
    return evolve(core, parts={**core.parts, "year": str(year)})


def _year_at_hand(text: str, core: Core, earlier: Sequence[Core]) -> int | None:
    """The year that opens the sentence ("In 1994, ... in October"): a month after it is one of that year."""
    for year in reversed(earlier[-_OPENINGS:]):
        if year.kind != "year" or "year2" in year.parts:
            continue
        opening = re.search(r"(?:\A|[.!?]\s+)(?:In|During)\s\Z", window_before(text, year.start))
        if opening and not _SENTENCE_END.search(text, year.end, core.start):
            return int(year.parts["year"])
    return None


# -------------------------------------------------------------------------------------- tense


@cache
def _tense_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = read_list("dates")["tense"]
    return frozenset(lists["future"]), frozenset(lists["past"]), frozenset(lists["neutral"])


def _tense(text: str, core: Core) -> str:
    """Whether the nearest telling word of the sentence, before the date first, looks back or ahead."""
    before = _SENTENCE_END.split(window_before(text, core.start, size=80))[-1]
    after = _SENTENCE_END.split(window_after(text, core.end, size=80))[0]
    words = re.findall(r"[\w'’]+", before.lower())[::-1], re.findall(r"[\w'’]+", after.lower())
    for side in words:
        for number, word in enumerate(side):
            if side is words[0] and side[number + 1 : number + 2] in (["be"], ["being"]):
                continue  # "will be held": what stands before "be" tells
            tense = _tense_of(word, side[number - 1] if number else "")
            if tense:
                return "" if tense == "neutral" else tense
    return ""


def _tense_of(word: str, neighbour: str) -> str:
    future, past, neutral = _tense_words()
    if word == "set":
        return "future" if neighbour in {"to", "for"} else "past"
    if word in future or word.endswith(("'ll", "’ll")) or (word in {"is", "are"} and neighbour == "to"):
        return "future"
    if word in neutral:
        return "neutral"
    if word in past or (word.endswith("ed") and len(word) > len("need")):
        return "past"
    return ""
