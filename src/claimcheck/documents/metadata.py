"""Metadata: title, date, publisher and address of an article, whatever the format calls them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_tz

from attrs import frozen

_TITLE = ("title", "headline")
_PUBLISHED = ("published", "date", "published_at", "publication_date", "datepublished", "pubdate")
_SOURCE = ("source", "publisher", "publication")
_URL = ("url", "link", "canonical")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_TIMESTAMP = re.compile(r"\d{9}")
_NUMBERS = re.compile(r"\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\b")


@frozen(kw_only=True)
class Described:
    """What the metadata of an article say; ``rest`` is what has no field of its own."""

    title: str = ""
    published: dt.date | None = None
    source: str = ""
    url: str = ""
    rest: tuple[tuple[str, str], ...] = ()


def describe(fields: Mapping[str, str]) -> Described:
    """
    Sort *fields* into those that every document has and the rest.

    A date that cannot be read stays in the rest, under its own name.
    """
    left = {key: value for key, value in fields.items() if value.strip()}
    title = _take(left, _TITLE)
    source = _take(left, _SOURCE)
    url = _take(left, _URL)
    published = None
    for key in _present(left, _PUBLISHED):
        date = parse_date(left[key])
        if date is not None:
            published = date
            del left[key]
            break
    return Described(title=title, published=published, source=source, url=url, rest=tuple(left.items()))


def parse_date(text: str) -> dt.date | None:
    """
    The day that a metadata field names, as written there, in its own time zone.

    Reads ISO 8601, RFC 2822, "November 6, 2000", "6 Nov. 2000" and numbers whose order is certain
    ("2000/11/06", "25/12/2000"); anything else, a bare year among it, gives ``None``.
    """
    text = text.strip()[:100]
    for attempt in (_iso, _written, _rfc2822, _numbers):
        date = attempt(text)
        if date is not None:
            return date
    return None


def as_text(value: object) -> str:
    """A metadata value as text: text as it is, a list of plain values with commas, the rest as JSON."""
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(as_text(item) for item in value)
    return clean(json.dumps(value, ensure_ascii=False))


def clean(text: str) -> str:
    """*text* without what no file can hold: NUL and lone surrogates become U+FFFD; offsets stay."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


def _present(fields: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """The keys of *fields* that are one of *names*, whatever their case, in the order of *names*."""
    by_name = {key.lower(): key for key in reversed(list(fields))}
    return [by_name[name] for name in names if name in by_name]


def _take(fields: dict[str, str], names: Iterable[str]) -> str:
    """Remove the first of *names* from *fields* and return its value on one line."""
    for key in _present(fields, names):
        return " ".join(fields.pop(key).split())
    return ""


def _iso(text: str) -> dt.date | None:
    if _TIMESTAMP.match(text):  # milliseconds, of which Python would make a date and a time
        return None
    for end in (len(text), 10):
        try:
            return dt.datetime.fromisoformat(text[:end]).date()
        except ValueError:
            continue
    return None


def _rfc2822(text: str) -> dt.date | None:
    parts = parsedate_tz(text)
    return _date(parts[0], parts[1], parts[2]) if parts else None


def _written(text: str) -> dt.date | None:
    lower = text.lower()
    for pattern, month, day in ((_MONTH_FIRST, 1, 2), (_DAY_FIRST, 2, 1)):
        for found in pattern.finditer(lower):
            number = _MONTHS.get(found.group(month))
            date = _date(int(found.group(3)), number, int(found.group(day))) if number else None
            if date is not None:
                return date
    return None


def _numbers(text: str) -> dt.date | None:
    found = _NUMBERS.match(text)
    if found is None:
        return None
    first, second, third = (int(part) for part in found.groups())
    if first > 999:
        return _date(first, second, third)
    if third > 999 and (first > 12 or first == second):
        return _date(third, second, first)
    if third > 999 and second > 12:
        return _date(third, first, second)
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None
