"""Dates and quantities in plain words, for the notes of the slot table."""

from __future__ import annotations

import datetime as dt
import functools

from claimcheck.language.edtf import MONTHS
from claimcheck.language.wordlists import read_list
from claimcheck.model import DateRange, Granularity, Quantity, QuantityKind

_DAY = dt.timedelta(days=1)
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def date_words(date: DateRange) -> str:
    """
    The date as a reader would write it.

    >>> date_words(DateRange(month=6, day=12))
    '12 June'
    """
    about = "about " if date.approximate else ""
    if date.earliest and date.latest:
        return about + _range_words(date.earliest, date.latest, date.granularity)
    unit = date.granularity
    if date.earliest:
        if date.bound == "after":
            return f"after {about}{_unit_words(date.earliest - _DAY, unit)}"
        return f"since {about}{_unit_words(date.earliest, unit)}"
    if date.latest:
        if date.bound == "before":
            return f"before {about}{_unit_words(date.latest + _DAY, unit)}"
        return f"until {about}{_unit_words(date.latest, unit)}"
    limit = f"{date.bound} " if date.bound else ""
    if date.month is None:
        return f"{limit}an open date"
    day = f"{date.day} " if date.day else ""
    return f"{limit}{about}{day}{MONTHS[date.month - 1]}"


def _range_words(first: dt.date, last: dt.date, granularity: Granularity) -> str:
    if granularity is Granularity.DECADE:
        return f"the {first.year}s"
    if granularity in {Granularity.YEAR, Granularity.MONTH, Granularity.DAY}:
        return _unit_words(first, granularity)
    return f"{_unit_words(first, _unit_of(first, last))} to {_unit_words(last, _unit_of(first, last))}"


def _unit_of(first: dt.date, last: dt.date) -> Granularity:
    """The coarsest unit whose borders the range keeps."""
    after = last + _DAY if last < dt.date.max else last
    if first.day != 1 or after.day != 1:
        return Granularity.DAY
    return Granularity.YEAR if first.month == after.month == 1 else Granularity.MONTH


def _unit_words(day: dt.date, unit: Granularity) -> str:
    if unit is Granularity.DAY:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{MONTHS[day.month - 1]} {day.year}" if unit is Granularity.MONTH else str(day.year)


def quantity_words(quantity: Quantity) -> str:
    """
    The quantity as a reader would write it.

    >>> quantity_words(Quantity(value=40, low=40, high=None, unit="performer"))
    'at least 40 performers'
    """
    if quantity.kind is QuantityKind.SCORE:
        return quantity.unit.replace(" ", ", ")
    if quantity.low is None or quantity.high is None:
        limit = "" if quantity.low is quantity.high else "at most " if quantity.low is None else "at least "
        end = quantity.low if quantity.high is None else quantity.high
        return limit + _with_unit(quantity, number_words(quantity.value if end is None else end))
    about = "about " if quantity.approximate else ""
    if quantity.approximate or quantity.low == quantity.high:
        return about + _with_unit(quantity, number_words(quantity.value))
    return _with_unit(quantity, f"{number_words(quantity.low)} to {number_words(quantity.high)}")


def number_words(value: float) -> str:
    """
    A number with thousands apart, large round ones with their scale.

    >>> number_words(4_500_000)
    '4.5 million'
    """
    for size, word in _SCALES:
        scaled = value / size
        if abs(scaled) >= 1 and round(scaled, 2) == scaled:
            return f"{scaled:g} {word}"
    return f"{int(value):,}" if value == int(value) else f"{round(value, 2):,}"


def _with_unit(quantity: Quantity, number: str) -> str:
    unit = quantity.unit
    if quantity.kind is QuantityKind.ORDINAL:
        return f"number {number} {unit}".strip()
    if quantity.kind is QuantityKind.MONEY and unit in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[unit] + number
    if quantity.kind is QuantityKind.PERCENT:
        return f"{number} percent"
    old = " old" if quantity.kind is QuantityKind.AGE else ""
    return f"{number} {plural(unit, quantity.value)}{old}".rstrip()


@functools.cache
def _symbols() -> frozenset[str]:
    """The units that are symbols."""
    units = read_list("quantities")["units"]["rows"]
    return frozenset(s for row in units for s in (*row.get("symbols", ()), *row.get("attached", ())))


def plural(unit: str, value: float) -> str:
    """*unit*, in the plural unless *value* is one or the unit is a symbol."""
    irregular = read_list("quantities")["plurals"]["words"]
    if not unit or value == 1 or unit in _symbols() or not unit.islower():
        return unit
    if unit in irregular:
        return str(irregular[unit])
    if unit.endswith(("s", "x", "ch", "sh")):
        return unit + "es"
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return unit[:-1] + "ies"
    return unit + "s"
