"""
Where dates stand in a text: the patterns, built from ``data/dates.toml``.

A *core* is the part of a date that cannot be left out ("2009" in "the end of 2009").  What it means is settled in
`date_values`; what stands around it ("early", "since") is read in `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import frozen

from .numbers import number_expression
from .word_tables import any_of, holds, just_before, telling_words, window_after, window_before
from .wordlists import read_list

_YEAR = r"(?:1\d{3}|20\d{2}|2100)(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d\w]|[.:]\d|,\d{3}(?!\d))"
_TO = r"(?:\s?[-–—]\s?|\s+(?:to|through|thru|until|till)\s+)"
_UNITS = ("day", "week", "weekend", "month", "quarter", "year", "decade", "century")
_UNIT = r"(?:day|weekend|week|month|quarter|year|decade|centur(?:y|ie))"
_AFTER_DECADES = r"(?:1\d|20)\d0s(?:,\s+[1-9]0s)*(?:,|,?\s+(?:and|or|to))\s+\Z"
_EDGE = r"(?<![\w$€£¥#/.,-])"


@frozen(kw_only=True)
class Core:
    """
    A date found in a text, not yet understood.

    Args:
        start: First code point in the text.
        end: One past the last.
        kind: Which pattern found it.
        parts: What its named groups hold, lower-case; groups that hold nothing are left out.
    """

    start: int
    end: int
    kind: str
    parts: Mapping[str, str]

    @property
    def yearless(self) -> bool:
        """Whether it names a month or a day of a month, but no year."""
        return self.kind in {"day", "month", "named"} and not {"year", "relative_year"} & self.parts.keys()


@cache
def month_numbers() -> Mapping[str, int]:
    """Month names and abbreviations with their numbers."""
    return {name: number for number, row in enumerate(read_list("dates")["months"]["names"], 1) for name in row}


@cache
def weekday_numbers() -> Mapping[str, int]:
    """Names of the days of the week with their numbers, Monday 0."""
    return {name: number for number, row in enumerate(read_list("dates")["weekdays"]["names"]) for name in row}


@cache
def ordinal_words() -> Mapping[str, int]:
    """Centuries in words with their numbers."""
    return {word: number for number, word in enumerate(read_list("dates")["centuries"]["words"], 1)}


@cache
def named_days() -> Mapping[str, Mapping[str, Any]]:
    """Feast days with the rule for their date, by lower-case name."""
    return {word.lower(): row for row in read_list("dates")["named_days"]["rows"] for word in row["words"]}


def find_cores(text: str) -> list[Core]:
    """
    The dates in *text*, in text order, none inside another.

    Where two patterns match, the one that starts first wins, then the longer one.
    """
    if not holds(text, _telling()):
        return []
    found = _listed_days(text)
    listed = [range(core.start, core.end) for core in found]
    for kind, pattern in _patterns():
        check = _CHECKS.get(kind)
        for match in pattern.finditer(text):
            core = Core(start=match.start(), end=_end(match, kind), kind=kind, parts=_parts(match))
            taken = any(core.start < days.stop and days.start < core.end for days in listed)
            if not taken and (check is None or check(text, core)):
                found.append(core)
    found.sort(key=lambda core: (core.start, -core.end))
    kept: list[Core] = []
    for core in found:
        if not kept or core.start >= kept[-1].end:
            kept.append(core)
    return kept


def _parts(match: re.Match[str]) -> dict[str, str]:
    return {name: value.lower() for name, value in match.groupdict().items() if value}


def _listed_days(text: str) -> list[Core]:
    """
    The days of lists such as "June 3, 5 and 7, 2010", each a date of its own; they rise, and count nothing.

    Two that follow each other are a stretch, as "between June 3 and 7" is.
    """
    found = []
    for pattern in _list_patterns():
        for match in pattern.finditer(text):
            days = list(re.finditer(r"\d+(?:st|nd|rd|th)?", match["days"], re.IGNORECASE))
            numbers = [_number(day[0]) for day in days]
            between = re.search(r"\bbetween\s+(?:the\s+)?\Z", window_before(text, match.start()), re.IGNORECASE)
            stretch = len(numbers) == 2 and (between or numbers[0] + 1 == numbers[1])
            if stretch or numbers != sorted(set(numbers)) or _counts()[1].match(window_after(text, match.end())):
                continue
            parts = _parts(match)
            del parts["days"]
            for day in days:
                first, last = day is days[0], day is days[-1]
                start = match.start() if first else match.start("days") + day.start()
                end = match.end() if last else match.start("days") + day.end()
                found.append(Core(start=start, end=end, kind="day", parts=parts | {"day": day[0].lower()}))
                parts.pop("weekday", None)
    return found


@cache
def _list_patterns() -> Sequence[re.Pattern[str]]:
    """Days of a month, after the month and before it."""
    _, month, before, year = _day_expressions()
    days = rf"(?P<days>{_DAY}(?:,\s*{_DAY})*,?\s+(?:and|or)\s+{_DAY})"
    first = rf"{before}(?P<month>{month})\b\.?\s+{days}{year}"
    last = rf"{before}(?<![-.,$€£\d])(?:the\s+)?{days}\s+(?:of\s+)?(?P<month>{month})\b{year}"
    return [re.compile(expression, re.IGNORECASE) for expression in (first, last)]


def _end(match: re.Match[str], kind: str) -> int:
    """The end of a match, without the full stop of the sentence after a month that is written in full."""
    stopped = kind == "month" and match[0].endswith(".")
    full = stopped and match["month"].lower() in {row[0] for row in read_list("dates")["months"]["names"]}
    return match.end() - 1 if full else match.end()


@cache
def _telling() -> frozenset[str]:
    """What no date without figures goes without: a cheap test that spares most sentences the patterns."""
    lists = read_list("dates")
    seasons = [name for name, row in lists["seasons"].items() if isinstance(row, list)]
    named = [name for name in named_days() if not name[0].isdigit()]
    parts_of_day = ["morning", "afternoon", "evening", "night", "today", "tonight", "tomorrow", "yesterday"]
    words = [*month_numbers(), *weekday_numbers(), *_UNITS, *seasons, *named, *parts_of_day]
    return telling_words([*words, "centuries", "hour", "minute", *lists["decades"]["words"]])


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    expressions = [*_calendar_expressions(), *_period_expressions(), *_relative_expressions()]
    return [(kind, re.compile(expression, re.IGNORECASE)) for kind, expression in expressions]


def _calendar_expressions() -> list[tuple[str, str]]:
    """Dates that the calendar alone explains."""
    weekday, month, before, year = _day_expressions()
    named = any_of(named_days())
    days = rf"(?P<day>{_DAY})(?:{_TO}(?:(?P<month2>{month})\b\.?\s+)?(?P<day2>{_DAY})|\s+and\s+(?P<day_and>{_DAY}))?"
    plain_days = rf"(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY})|\s+and\s+(?P<day_and>{_DAY}))?"
    step = "last|next|this|this\\s+past|this\\s+coming"
    return [
        ("iso", rf"{_EDGE}(?P<year>\d{{4}})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"),
        ("numeric", rf"{_EDGE}(?P<a>\d{{1,2}})(?P<mark>[/.])(?P<b>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})(?![\w/])"),
        ("numeric", rf"{_EDGE}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<year>\d{{2}})(?![\w/])"),
        ("day", rf"{before}(?P<month>{month})\b\.?\s+{days}{year}"),
        ("day", rf"{before}(?<![-.,$€£\d])(?:the\s+)?{plain_days}\s+(?:of\s+)?(?P<month>{month})\b{year}"),
        ("month", rf"(?<!\w)(?P<month>{month})\b\.?{year}(?!\w)"),
        ("step_month", rf"(?<!\w)(?P<step>{step})\s+(?P<month>{month})\b"),
        ("named", rf"(?<![\w/])(?:(?P<step>last|next|this)\s+)?(?P<name>{named})(?![\w/]|['’]s?\w){year}"),
        (
            "weekday",
            (
                rf"(?<!\w)(?:(?P<step>{step}|the\s+following|the\s+previous|that)\s+)?(?P<weekday>{weekday})\b"
                r"(?:\s+(?:of\s+)?(?P<of_week>last|this|next)\s+week\b(?!['’]s\b|-))?"
            ),
        ),
        ("year", rf"(?<![\w$€£¥#/.,])(?P<year>{_YEAR})(?:\s?[-–—/]\s?(?P<year2>{_YEAR}|\d{{2}}(?![\d-])))?(?!\w)"),
    ]


def _day_expressions() -> tuple[str, str, str, str]:
    """The names of days and months, and what stands before and after a day of a month: weekday and year."""
    weekday, month = any_of(weekday_numbers()), any_of(month_numbers())
    before = rf"(?<!\w)(?:(?P<weekday>{weekday})\b\.?,?\s+(?:the\s+)?)?"
    steps = "last|this|next|that|the\\s+same|the\\s+following|the\\s+previous"
    year = rf"(?:(?:,\s*|\s+of\s+|\s+)(?P<year>{_YEAR})(?!-?\w)|,?(?:\s+of)?\s+(?P<relative_year>{steps})\s+year\b)?"
    return weekday, month, before, year


def _period_expressions() -> list[tuple[str, str]]:
    """Decades, centuries and seasons."""
    seasons = any_of(name for name, row in read_list("dates")["seasons"].items() if isinstance(row, list))
    step = "last|this|next|this\\s+past|this\\s+coming"
    centuries = rf"\d{{1,2}}(?:st|nd|rd|th)|{any_of(ordinal_words())}"
    another = rf"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?:{centuries})"
    return [
        ("decade", r"(?<![\w$€£.,])(?:the\s+)?(?P<decade>(?:1\d|20)\d0)['’]?s\b"),
        ("decade", r"(?<!\w)(?:the\s+)?['’‘](?P<short>[1-9]0)['’]?s\b"),
        (
            "decade",
            rf"(?<![\w])(?:(?P<article>the)\s+)?(?P<word>{any_of(read_list('dates')['decades']['words'])}|[1-9]0s)\b",
        ),
        ("century", rf"(?<!\w)(?:the\s+)?(?P<century>{centuries})(?:\s+|-)centur(?:y|ies)\b"),
        (  # "the 15th and 16th centuries", and not "his first and second century", which a batsman makes
            "century",
            (
                rf"(?<!\w)(?:the\s+)?(?P<century>{centuries})"
                rf"(?=(?:,\s+{another})*,?\s+(?:(?:and|or)\s+{another}\s+centuries|(?:to|through)\s+{another}\s+centur(?:y|ies))\b)"
            ),
        ),
        (
            "season",
            rf"(?<!\w)(?:the\s+)?(?P<season>{seasons})(?:\s+of)?,?\s+(?P<year>{_YEAR})(?:[-–/](?P<year2>\d{{2,4}})\b)?",
        ),
        ("season", rf"(?<!\w)(?P<step>{step}|that)\s+(?P<season>{seasons})\b"),
    ]


def _relative_expressions() -> list[tuple[str, str]]:
    """Dates that count from another date."""
    lists = read_list("dates")["relative"]
    ago = read_list("dates")["ago"]
    count = rf"(?P<count>{number_expression()}|an?|{any_of(ago['vague'])})"
    exact = rf"(?:\s+(?P<exact>{any_of(ago['exact'])}))?"
    from_anchor = rf"(?P<back>{any_of(ago['back'])}){exact}|(?P<ahead>{any_of(ago['ahead'])})"
    from_text = rf"(?P<text_back>{any_of(ago['text_back'])})|(?P<text_ahead>{any_of(ago['text_ahead'])})"
    time_unit = rf"(?P<unit>minute|hour|{_UNIT})s?"
    hedged, half = rf"(?<![\w-])(?:(?P<hedge>{any_of(ago['hedges'])})\s+)?{count}", r"(?P<half>\s+and\s+a\s+half)?"
    text_unit = rf"{_UNIT}|morning|evening|night|{any_of(weekday_numbers())}"
    return [
        ("deictic", rf"(?<!\w)(?P<word>{any_of(lists['days'])})\b"),
        ("step", rf"(?<!\w)(?P<step>{any_of(lists['steps'])})\s+(?P<unit>{_UNIT})\b(?!['’]s\b|-)"),
        (
            "window",
            rf"(?<!\w)(?:the\s+)?(?P<step>last|past|previous|next|coming)\s+{count}\s+(?P<unit>{_UNIT})s\b",
        ),
        ("text_step", rf"(?<!\w)(?P<step>{any_of(lists['text_steps'])})\s+(?P<unit>{text_unit})\b"),
        ("side", r"(?<!\w)the\s+(?P<unit>day|week|month|year)\s+(?P<side>before|after)(?=\s*(?:[.,;:)]|\Z))"),
        ("distance", rf"{hedged}[\s-]{time_unit}{half}\s+(?:{from_anchor}|{from_text})\b(?!\s+(?:than|to)\b)"),
        ("long_ago", r"(?<!\w)(?P<unit>year|decade|centurie|month|week|day)s\s+ago\b"),
    ]


# ------------------------------------------------------------------ what only looks like a date


def _is_date(text: str, core: Core) -> bool:
    """A year in figures, and not a number of people, a street number or the number of a flight."""
    lists = read_list("dates")["not_years"]
    before, after = window_before(text, core.start), window_after(text, core.end)
    if re.search(r"[A-Za-z]-\Z", before) and not re.search(
        r"\b(?:mid|pre|post|early|late|since)-\Z", before, re.IGNORECASE
    ):
        return False
    if re.search(r"\d[-–]\Z", before) or (
        re.match(r"[,.]\d|[:/]\d|\s?%|['’]?\"|\s(?:AD|BCE?)\b", after) and not re.match(r"\sAD\b", after)
    ):
        return False
    if re.match(rf"\s(?:[A-Z][\w.’'-]+\s){{1,3}}(?:{'|'.join(lists['addresses'])})\b", after):
        return False
    if _limit().search(before):
        return not _counts()[1].match(after)
    if re.search(rf"\b(?:{any_of(lists['prepositions'])})[\s-]+\Z", before, re.IGNORECASE):
        return not re.match(rf"[\s-]+(?:{any_of(_measures())})(?!\w)", after, re.IGNORECASE)
    if _counts()[0].search(before) or _counts()[1].match(after):
        return False
    if just_before(any_of(lists["counting"])).search(before) and re.match(r"\s[a-z]+s\b", after):
        return False
    if just_before(any_of(lists["hedges"])).search(before) and re.match(
        r"\s+(?!and\b|when\b|but\b|in\b|at\b)\w", after
    ):
        return False
    return _good_year_pair(core)


@cache
def _measures() -> Sequence[str]:
    counted: list[str] = read_list("dates")["not_years"]["counted"]
    return counted[counted.index("hectares") :]


@cache
def _limit() -> re.Pattern[str]:
    """Words that make the date after them a limit."""
    lists = read_list("dates")["bounds"]
    return just_before(any_of(word for bound in ("since", "before", "after", "until") for word in lists[bound]))


@cache
def _counts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words before and after four digits that make them a number."""
    lists = read_list("dates")["not_years"]
    after = re.compile(rf"[\s-]+(?:{any_of(lists['counted'])})(?!\w)", re.IGNORECASE)
    return just_before(any_of(lists["before"])), after


def _good_year_pair(core: Core) -> bool:
    """Whether "1914-18" rises; a pair such as "2000-10" may be a month, which is for `date_values` to say."""
    second = core.parts.get("year2", "")
    return len(second) != len("2000") or int(second) > int(core.parts["year"])


def _is_day(text: str, core: Core) -> bool:
    """Two days joined by "and" follow each other, and the month is no verb."""
    joined = core.parts.get("day_and")
    if joined and _number(joined) <= _number(core.parts["day"]):
        return False
    month = core.parts["month"]
    written = re.search(rf"\b{month}\b", text[core.start : core.end], re.IGNORECASE)
    doubtful = month in read_list("dates")["months"]["doubtful"]
    return not (doubtful and written is not None and written[0].islower() and "year" not in core.parts)


def _is_month(text: str, core: Core) -> bool:
    """A month alone is written with a capital; "May" also needs a word of time before it."""
    if "relative_year" in core.parts:
        return True
    name = core.parts["month"]
    lists = read_list("dates")["months"]
    doubtful = name in lists["doubtful"]
    if "year" in core.parts:
        return not (doubtful and text[core.start].islower())
    abbreviated = len(name) <= len("sept") and name not in {"may", "june", "july", "march", "april"}
    if abbreviated and text[core.end - 1] != ".":
        return False
    if not doubtful:
        return True
    if text[core.start].islower() or re.match(r"\s+[A-Z][a-z]", window_after(text, core.end)):
        return False
    return bool(
        re.search(rf"\b(?:{any_of(lists['time_words'])})[\s-]+\Z", window_before(text, core.start), re.IGNORECASE)
    )


def _is_weekday(text: str, core: Core) -> bool:
    """A day of the week in full, and not part of a name."""
    lists = read_list("dates")["weekdays"]
    shortened = text[core.end : core.end + 1] == "." and not text[core.start : core.end].islower()
    full = core.parts["weekday"].endswith("day") or shortened
    before = just_before(any_of(lists["not_after"])).search(window_before(text, core.start))
    after = re.match(rf"\s+(?:{any_of(lists['not_before'])})\b", window_after(text, core.end))
    return full and not before and not after


def _is_named(text: str, core: Core) -> bool:
    words = [*read_list("dates")["named_days"]["not_before"], *read_list("dates")["weekdays"]["not_before"]]
    capital = (
        text[core.start].isupper() or text[core.start].isdigit() or "step" in core.parts or " " in core.parts["name"]
    )
    return capital and not re.match(rf"\s+(?:{any_of(words)})\b", window_after(text, core.end))


def _is_decade(text: str, core: Core) -> bool:
    """Whether it is "the nineties", and neither somebody's nineties nor "nineties" alone."""
    word = core.parts.get("word")
    if not word:
        return True
    before = window_before(text, core.start)
    if re.search(rf"\b(?:{any_of(read_list('dates')['decades']['people'])})(?:\s+\w+)?[\s-]+\Z", before, re.IGNORECASE):
        return False
    if word[0].isdigit() and re.search(_AFTER_DECADES, before):
        return True
    return "article" in core.parts or bool(re.search(r"\bthe\s+(?:early|mid|late)[\s-]+\Z", before, re.IGNORECASE))


def _is_century(text: str, core: Core) -> bool:
    """A century that there was, after the year 1: no range of days can hold one before."""
    if re.match(r"\s(?:BCE?\b|B\.C\.)", window_after(text, core.end)):
        return False
    digits = re.match(r"\d+", core.parts["century"])
    return not digits or 1 <= int(digits[0]) <= len(ordinal_words())


def _is_step(text: str, core: Core) -> bool:
    """Whether a step can be a date; "the year" needs "the end of" or the like, which `dates` asks for."""
    return core.parts["unit"] != "day" and text[core.end : core.end + 1] != "-"


def _is_text_step(text: str, core: Core) -> bool:
    """Whether it is "that day", and not "that year-old"."""
    return text[core.end : core.end + 1] != "-"


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


_CHECKS: Mapping[str, Callable[[str, Core], bool]] = {
    "year": _is_date,
    "day": _is_day,
    "month": _is_month,
    "weekday": _is_weekday,
    "named": _is_named,
    "decade": _is_decade,
    "century": _is_century,
    "step": _is_step,
    "text_step": _is_text_step,
}
