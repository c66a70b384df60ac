"""
Plain numbers in a text, with their currency, scale, unit and the words that widen them.

What a number counts, and what stands before it, is read in `quantities`.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache

from attrs import evolve, frozen

from claimcheck.model import QuantityKind

from .numbers import number_expression, parse_number
from .units import Unit, units
from .word_tables import any_of, just_before, window_after, window_before
from .wordlists import read_list

NOT_ATTACHED = r"(?<![\w$€£¥#/.,:\u2019'-])"


@frozen(kw_only=True)
class Item:
    """
    A number with its unit, as it stands.

    Args:
        start: First code point, a currency sign included.
        end: One past the last, the unit included.
        value: The number; percent are 0-100.
        low: Least value that the words admit, when they are vague or a range; else the value.
        high: Most, likewise.
        unit: Canonical unit, ``""`` for a bare number.
        kind: What sort of quantity.
        approximate: Whether the words are vague.
        bare: Whether a counted noun may follow.
        hedge: Words after the number that widen it ("or so", "or more"), lower-case.
        scaled: Factor of a scale word in it (1e6 for "4.5 million"), which the left side of a range takes over.
    """

    start: int
    end: int
    value: float
    low: float
    high: float | None
    unit: str = ""
    kind: QuantityKind = QuantityKind.COUNT
    approximate: bool = False
    bare: bool = False
    hedge: str = ""
    scaled: float = 1.0


def exact_item(start: int, end: int, value: float, unit: str, kind: QuantityKind) -> Item:
    """An item that admits its value only."""
    return Item(start=start, end=end, value=value, low=value, high=value, unit=unit, kind=kind)


@cache
def _number_pattern() -> re.Pattern[str]:
    signs = any_of(symbol for row in read_list("quantities")["currencies"]["rows"] for symbol in row["symbols"])
    return re.compile(
        rf"(?:(?<![\w])(?P<currency>{signs})\s?|(?<![\w$€£¥#/.,:])(?<![A-Za-z0-9][-–])(?<!\d[–])|(?<=\d[-–]))(?P<number>{number_expression()})",
        re.IGNORECASE,
    )


@cache
def _suffixes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Abbreviated scales, words that widen the number before them, and hours of the day."""
    lists = read_list("quantities")
    numbers, hedges = lists["numbers"], lists["hedges"]
    abbreviations = any_of([*numbers["abbreviations"], *numbers["money_abbreviations"]])
    after = any_of([*hedges["after"], *hedges["at_least"], *hedges["at_most"]])
    times = any_of(lists["nouns"]["times_of_day"])
    return (
        re.compile(rf"\s?(?P<abbreviation>{abbreviations})(?!\w)"),
        re.compile(rf"\s?(?P<hedge>{after})(?!\w)", re.IGNORECASE),
        re.compile(rf"\s?(?:{times})(?!\w)|:\d|\s?-?\d{{3,}}-|['’]\d", re.IGNORECASE),
    )


@cache
def _currencies() -> Mapping[str, str]:
    return {symbol: row["unit"] for row in read_list("quantities")["currencies"]["rows"] for symbol in row["symbols"]}


@cache
def _unit_patterns() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """Spelled-out units and currencies, symbols, and the unit that each stands for."""
    lists = read_list("quantities")
    words: dict[str, str] = {}
    for row in lists["currencies"]["rows"]:
        words |= {word: row["unit"] for word in row["words"] if "from" not in row}
    for row in lists["units"]["rows"]:
        words |= dict.fromkeys(row["words"], row["unit"])
    symbols = {s: row["unit"] for row in lists["units"]["rows"] for s in row.get("symbols", [])}
    attached = {s: row["unit"] for row in lists["units"]["rows"] for s in row.get("attached", [])}
    spelled = re.compile(rf"(?:\s+|-)(?P<word>{any_of(words)})(?!\w)", re.IGNORECASE)
    signs = re.compile(rf"(?:\s?(?P<symbol>{any_of(symbols)})|(?P<attached>{any_of(attached)}))(?![\w])")
    return spelled, signs, words | symbols | attached


def unit_after(text: str, end: int, *, of: bool = False) -> tuple[Unit, int] | None:
    """The unit that follows a number at *end*, and where it ends; after "of" too for "dozens of miles"."""
    spelled, signs, names = _unit_patterns()
    link = re.match(r"\s+of(?=\s)", window_after(text, end)) if of else None
    start = end + (len(link[0]) if link else 0)
    if match := signs.match(text, start):
        return units()[names[match["symbol"] or match["attached"]]], match.end()
    if match := spelled.match(text, start):
        name = names[" ".join(match["word"].lower().split())]
        return units().get(name) or Unit(name=name, kind=QuantityKind.MONEY), match.end()
    return None


def plain_numbers(text: str) -> Iterator[Item]:
    """The numbers in *text* that count or measure, in text order."""
    position = 0
    pattern = _number_pattern()
    while match := pattern.search(text, position):
        item = _number(text, match)
        position = max(item.end if item else match.end(), match.start() + 1)
        if item:
            yield item


def _number(text: str, match: re.Match[str]) -> Item | None:
    """Read on from a number: scale, "or so", unit."""
    value, end, start = parse_number(match["number"]), match.end(), match.start()
    if math.isnan(value) or math.isinf(value) or not _is_quantity(text, match):
        return None
    abbreviations, widening, times = _suffixes()
    if times.match(text, end):
        return None
    currency = _currency(match["currency"])
    scaled = _scale_in(match["number"])
    if abbreviation := abbreviations.match(text, end):
        factor = _factor(text, abbreviation, money=bool(currency))
        value, scaled = value * factor, max(scaled, factor)
        end = abbreviation.end() if factor > 1 else end
    hedge = ""
    if widened := widening.match(text, end):
        hedge, end = widened["hedge"].lower(), widened.end()
    unit = None if currency else _money_word(text, end, value) or unit_after(text, end)
    if unit:
        end = unit[1]
        if not hedge and (widened := widening.match(text, end)):
            hedge, end = widened["hedge"].lower(), widened.end()
    elif match["number"][-1].isdigit() and end == match.end() and re.match(r"[^\W\d_]|-[A-Z]", text[end : end + 2]):
        return None
    name, kind = (currency, QuantityKind.MONEY) if currency else _named(unit)
    item = Item(
        start=start,
        end=end,
        value=value,
        low=value,
        high=value,
        unit=name,
        kind=kind,
        bare=not name,
        hedge=" ".join(hedge.split()),
        scaled=scaled,
    )
    return signed(text, item) if is_temperature(item) else item


def is_temperature(item: Item) -> bool:
    """Whether *item* is in degrees, which go below zero."""
    unit = units().get(item.unit)
    return unit is not None and (unit.dimension == "temperature" or unit.name == "degree")


def signed(text: str, item: Item) -> Item:
    """*item*, below zero where a minus stands before it."""
    minus = _minus(text, item.start)
    if not minus:
        return item
    return evolve(item, start=item.start - minus, value=-item.value, low=-item.value, high=-item.value)


def _named(unit: tuple[Unit, int] | None) -> tuple[str, QuantityKind]:
    return (unit[0].name, unit[0].kind) if unit else ("", QuantityKind.COUNT)


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    """A number that counts or measures: no name ("Flight 93"), no part of a telephone number or a version."""
    lists = read_list("quantities")["nouns"]
    before, after = window_before(text, match.start()), window_after(text, match.end())
    if not match["currency"] and just_before(any_of(lists["designators"]), link=r"\s*").search(before):
        return False
    if match["number"].lower() == "one":
        return not _stands_for_somebody(before, after)
    if re.search(r"\d[-–]\Z", before) and re.fullmatch(r"\d{4,}", match["number"]):
        return False
    return not re.match(r"[.,/:]\d|\.\w|-\d{4}", after)


@cache
def _pronoun_one() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = read_list("quantities")["numbers"]
    after = re.compile(rf"\s*[.,;:?!)]|\s+(?:{any_of(lists['one_before'])})\b|['’]s|-|\Z", re.IGNORECASE)
    return just_before(any_of(lists["one_after"]), link=r"[\s-]+"), after


def _stands_for_somebody(before: str, after: str) -> bool:
    """Whether "one" is a pronoun: "no one", "one another", "the one who"."""
    word_before, word_after = _pronoun_one()
    return bool(word_before.search(before) or word_after.match(after))


def _currency(symbol: str | None) -> str:
    if not symbol:
        return ""
    folded = {key.lower(): unit for key, unit in _currencies().items()}
    return folded[symbol.lower()]


def _scale_in(words: str) -> float:
    """What the last words of a number are worth together when they are its only scales: "three hundred thousand"."""
    sizes: dict[str, float] = {"hundred": 100.0} | read_list("quantities")["numbers"]["scales"]
    parts = re.findall(r"[a-z]+|[^\sa-z-]+", words.lower())
    tail = list(itertools.takewhile(lambda part: part in sizes, reversed(parts)))
    if any(part in sizes for part in parts[: len(parts) - len(tail)]):
        return max(sizes[part] for part in parts if part in sizes)
    return math.prod(sizes[part] for part in tail)


def _factor(text: str, match: re.Match[str], *, money: bool) -> float:
    """What an abbreviated scale is worth: "m" is a million of money or of counted people, else metres."""
    numbers = read_list("quantities")["numbers"]
    word = match["abbreviation"]
    if word in numbers["abbreviations"]:
        return float(numbers["abbreviations"][word])
    spelled, _, names = _unit_patterns()
    following = spelled.match(text, match.end())
    of_money = following and names[" ".join(following["word"].lower().split())] not in units()
    counted = read_list("dates")["not_years"]["counted"]
    people = counted[: counted.index("hectares")]
    of_people = re.match(rf"\s+(?:{any_of(people)})(?!\w)", window_after(text, match.end()), re.IGNORECASE)
    return float(numbers["money_abbreviations"][word]) if money or of_money or of_people else 1.0


def _money_word(text: str, end: int, value: float) -> tuple[Unit, int] | None:
    """Currencies whose name has another meaning too, when the amount is large."""
    for row in read_list("quantities")["currencies"]["rows"]:
        if value >= row.get("from", math.inf) and (
            match := re.match(rf"\s+(?:{any_of(row['words'])})(?!\w)", window_after(text, end), re.IGNORECASE)
        ):
            return Unit(name=row["unit"], kind=QuantityKind.MONEY), end + match.end()
    return None


def _minus(text: str, start: int) -> int:
    """Length of a minus sign or the word before *start*, 0 when there is none."""
    match = re.search(r"(?:(?<!\S)[-−]|\bminus\s)\Z", window_before(text, start), re.IGNORECASE)
    return len(match[0]) if match else 0
