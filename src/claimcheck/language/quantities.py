"""
Quantities in a text: value, the range that the wording admits, unit and kind, with exact spans.

A span covers the number with its hedge or limit ("about", "more than", "between"), its currency and its unit of
measure, without the noun that it counts.  How far a hedge widens a number stands in ``data/quantities.toml``.

A score such as "6-4, 6-3" is kept in `Quantity.unit` ("6-4 6-3"), its value is the first figure.  An age is in
years unless its unit says otherwise.  The value of a range ("between 10 and 20") is its middle.

>>> find_quantities("About 90 percent of them left.")[0].value.high
99.0
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from attrs import evolve

from claimcheck.model import Quantity, QuantityKind, QuantityMention, Span

from . import lexicon
from .quantity_grammar import find_items
from .quantity_nouns import CountedNouns
from .quantity_numbers import Item, is_temperature, signed
from .units import comparable, convert
from .word_tables import any_of, just_before, window_after, window_before
from .wordlists import read_list

__all__ = ["comparable", "convert", "find_quantities", "join_units"]

_RANGE_LINK = re.compile(r"\s*(?:(?P<word>to|and|or|through)\b|[-–—])\s*", re.IGNORECASE)
#: Units that are written one after the other: "3 minutes 59 seconds".
_STEPS = frozenset({("hour", "minute"), ("minute", "second"), ("day", "hour")})
_NONE = re.compile(r"\b(?:(?P<no>no)|none(?=\s+of\b))\s+(?=[a-z])", re.IGNORECASE)
_STEPPED = {QuantityKind.COUNT, QuantityKind.DURATION, QuantityKind.AGE}


def find_quantities(
    text: str, *, nouns: Sequence[tuple[int, int, str]] = (), dates: Sequence[tuple[int, int]] = (), base: int = 0
) -> list[QuantityMention]:
    """
    All quantities in *text*, in text order.

    Args:
        text: A sentence, or any text.
        nouns: Start, end and lemma of the nouns in *text*, to name what is counted.
        dates: Stretches of *text* that are dates and no quantities.
        base: Offset of *text* in the stored text.
    Returns:
        The mentions; spans are offsets in the stored text.
    """
    counted = CountedNouns(text, nouns)
    items = find_items(text, dates)
    found: list[QuantityMention] = list(_nones(text, counted, dates, base))
    position = taken = 0
    while position < len(items):
        item, start = items[position], items[position].start
        following = items[position + 1] if position + 1 < len(items) else None
        if following and (paired := _paired(text, item, following)):
            item, start = paired
            position += 1
        elif following and item.bare and _is_change(text, item, following):
            item = evolve(item, unit=following.unit, kind=following.kind, bare=following.bare)
        mention = _mention(text, item, (taken, start), counted, base)
        if mention:
            found.append(mention)
            taken = mention.span.end - base
        position += 1
    return sorted(found, key=lambda mention: mention.span.start)


def join_units(sentence: Span, quantities: Sequence[QuantityMention]) -> tuple[QuantityMention, ...]:
    """
    The quantities of *sentence* with "3 minutes 59.4 seconds" put together, in the smaller unit.

    Args:
        sentence: The text that they were found in, at its place.
        quantities: In text order.
    """
    found: list[QuantityMention] = []
    for quantity in quantities:
        if found and _continues(sentence, found[-1], quantity):
            larger = found.pop()
            total = convert(larger.value, quantity.value.unit).value + quantity.value.value
            start, end = larger.span.start, quantity.span.end
            span = Span(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start])
            quantity = QuantityMention(span=span, value=evolve(quantity.value, value=total, low=total, high=total))  # noqa: PLW2901
        found.append(quantity)
    return tuple(found)


def _continues(sentence: Span, first: QuantityMention, second: QuantityMention) -> bool:
    """Whether *second* goes on where *first* ends, in the next smaller unit of time."""
    kinds = {first.value.kind, second.value.kind}
    between = sentence.text[first.span.end - sentence.start : second.span.start - sentence.start].strip()
    plain = first.value.low == first.value.high and second.value.low == second.value.high
    steps = (first.value.unit, second.value.unit) in _STEPS
    return kinds == {QuantityKind.DURATION} and between in {"", "and", ","} and plain and steps


def _mention(text: str, item: Item, room: tuple[int, int], counted: CountedNouns, base: int) -> QuantityMention | None:
    """The quantity of *item*; *room* is where the one before it ends, and where its own figures start."""
    start, value = _hedged(text, item, room)
    value, end = _aged(text, item, start, value)
    if item.bare and value.kind is not QuantityKind.AGE:
        value = evolve(value, unit=counted.after(item.end))
    if not value.unit and start == item.start and value.kind is QuantityKind.COUNT and _is_name(text, item):
        return None
    return QuantityMention(span=Span(start=base + start, end=base + end, text=text[start:end]), value=value)


def _is_name(text: str, item: Item) -> bool:
    """Figures right after a word with a capital: "Apollo 11", "Studio 54", and not "Another 20" or "In 20"."""
    before = re.search(r"\b(?P<word>[A-Z][\w’'-]*)\s\Z", window_before(text, item.start))
    if not before or not text[item.start : item.end].isdigit():
        return False
    lists = read_list("quantities")["nouns"]
    return before["word"].lower() not in {*lists["openers"], *lists["stop"]}


# --------------------------------------------------------------------------- ranges and hedges


def _paired(text: str, item: Item, following: Item) -> tuple[Item, int] | None:
    """The range "10-15 km", "from 3 to 5 per cent", "between 10 and 20" or "two or three", and where it starts."""
    link = _RANGE_LINK.fullmatch(text, item.end, following.start)
    if item.bare and is_temperature(following):
        item = signed(text, item)
    plain = {QuantityKind.ORDINAL, QuantityKind.SCORE}
    if not link or item.hedge or {item.kind, following.kind} & plain:
        return None
    shares_scale = following.scaled > 1 and item.scaled == 1 and item.value <= following.value / following.scaled
    left = item.value * (following.scaled if shares_scale else 1.0)
    if (item.unit or following.scaled > 1) and not shares_scale and _is_step(text, item, following):
        return None
    units = {item.unit, following.unit} - {""}
    if len(units) > 1 or left >= following.value or item.approximate or following.approximate:
        return None
    if item.unit and not following.unit and item.kind is not QuantityKind.MONEY:
        return None
    before = window_before(text, item.start)
    between = re.search(r"\bbetween\s+\Z", before, re.IGNORECASE)
    word = (link["word"] or "").lower()
    if (word == "and" and not between) or (between and word not in {"and", "to"}) or _is_change(text, item, following):
        return None
    kind, unit = (item.kind, item.unit) if item.unit else (following.kind, following.unit)
    middle = (left + following.value) / 2
    ranged = evolve(following, start=item.start, value=middle, low=left, high=following.value, kind=kind, unit=unit)
    start = item.start - (len(between[0]) if between else 0)
    return evolve(ranged, bare=item.bare and following.bare), start


def _is_change(text: str, item: Item, following: Item) -> bool:
    """Whether something went from one value to the other: "rose from 3 to 5 percent"."""
    if not re.fullmatch(r"\s+to\s+", text[item.end : following.start]):
        return False
    words = any_of(read_list("quantities")["changes"]["words"])
    before = window_before(text, item.start)
    return bool(re.search(rf"\b(?:{words})\b[^.;]*\bfrom\s+\Z", before, re.IGNORECASE))


def _is_step(text: str, item: Item, following: Item) -> bool:
    """Whether something went by one value to another, both whole in themselves: "rose 0.2 percent to 5.1 percent"."""
    if not re.fullmatch(r"\s+to\s+", text[item.end : following.start]):
        return False
    words = any_of(read_list("quantities")["changes"]["words"])
    return just_before(words, link=r"\s+(?:by\s+)?").search(window_before(text, item.start)) is not None


@cache
def _hedge_words() -> tuple[re.Pattern[str], dict[str, dict[str, float]], re.Pattern[str]]:
    """Hedges before a number, the rule of each, and the words after which "over" is a limit."""
    lists = read_list("quantities")["hedges"]
    rules = {word: row for row in lists["rows"] for word in row["words"]}
    before = just_before(any_of(rules), link=r"\s*(?:an?\s+|the\s+)?")
    return before, rules, just_before(any_of(lists["during_limit"]))


def _hedged(text: str, item: Item, room: tuple[int, int]) -> tuple[int, Quantity]:
    """Where the quantity starts with its hedge, and the range that the hedge makes of it."""
    first, start = room
    value = Quantity(
        value=item.value,
        low=item.low,
        high=item.high,
        unit=item.unit,
        kind=item.kind,
        approximate=item.approximate,
    )
    lists = read_list("quantities")["hedges"]
    if item.hedge in lists["at_least"]:
        value = evolve(value, high=None)
    elif item.hedge in lists["at_most"]:
        value = evolve(value, low=None)
    elif item.hedge:
        low, high = lists["after"][item.hedge]
        value = _widened(value, low, high)
    before, rules, limit = _hedge_words()
    match = before.search(window_before(text, start, first=first))
    if not match or item.kind in {QuantityKind.ORDINAL, QuantityKind.SCORE}:
        return start, value
    words = " ".join(match["words"].lower().split())
    begins = start - len(match[0])
    if (
        words in lists["during"]
        and item.kind is QuantityKind.DURATION
        and not limit.search(window_before(text, begins))
    ):
        return start, value
    rule = rules[words]
    if not rule.get("bound"):
        return begins, _widened(value, rule["low"], rule["high"])
    step = _least_step(value) if words in lists["strict"] else 0.0
    low = value.low + step if "low" in rule and value.low is not None else None
    high = value.high - step if "high" in rule and value.high is not None else None
    return begins, evolve(value, low=low, high=high)


def _least_step(value: Quantity) -> float:
    """By how much more than a number of things is at least more: by one of a few, by any amount else."""
    few = value.kind is QuantityKind.COUNT and value.value.is_integer() and value.value <= _few()
    return 1.0 if few else 0.0


@cache
def _few() -> int:
    return int(read_list("quantities")["hedges"]["few"])


def _widened(value: Quantity, low: float, high: float) -> Quantity:
    """*value* with the shares *low* and *high* of it admitted; a small whole number by one at least."""
    if value.low is None or value.high is None:
        return evolve(value, approximate=True)
    step = read_list("quantities")["hedges"]["step"] if value.kind in _STEPPED and value.value.is_integer() else 0.0
    down = max(abs(value.low) * (1 - low), step) if low < 1 else 0.0
    up = max(abs(value.high) * (high - 1), step) if high > 1 else 0.0
    most = value.high + up
    if value.kind is QuantityKind.PERCENT and value.high <= 100:
        most = min(most, 100.0)
    return evolve(value, low=round(value.low - down, 9), high=round(most, 9), approximate=True)


# --------------------------------------------------------------------------------------- ages


def _aged(text: str, item: Item, start: int, value: Quantity) -> tuple[Quantity, int]:
    """The quantity as an age when the words around it make it one, and where it ends."""
    if item.kind is QuantityKind.DURATION:
        after = any_of(read_list("quantities")["ages"]["after"])
        match = re.match(rf"(?:\s+|-)(?:{after})s?\b", window_after(text, item.end), re.IGNORECASE)
        if match:
            return evolve(value, kind=QuantityKind.AGE), item.end + len(match[0])
        if _age_before().search(window_before(text, start)):
            return evolve(value, kind=QuantityKind.AGE), item.end
        return value, item.end
    if item.bare and item.kind is QuantityKind.COUNT and _is_age(text, item, start):
        return evolve(value, kind=QuantityKind.AGE, unit="year"), item.end
    return value, item.end


@cache
def _age_before() -> re.Pattern[str]:
    return just_before(any_of(read_list("quantities")["ages"]["before"]))


@cache
def _age_cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns for "she is", "was", "when" and words of death around a bare number that is an age."""
    lists = read_list("quantities")["ages"]
    person = rf"(?:{any_of(lists['pronouns'])})(?:\s+(?:{any_of(lists['be'])})|['’]s)"
    return (
        just_before(person),
        just_before(any_of(lists["be_any"])),
        re.compile(rf"\s+(?:{any_of(lists['when'])})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of(lists['death'])})\b", re.IGNORECASE),
    )


@cache
def _named_before() -> re.Pattern[str]:
    """A word and a comma, as in "Falk, 53," and "Falk, then just 27,"."""
    return re.compile(
        rf"(?P<name>[^\W\d_][\w’'.-]*),\s(?:(?:{any_of(read_list('quantities')['ages']['adverbs'])})\s)*\Z"
    )


@cache
def _person_before() -> re.Pattern[str]:
    """The end of "a shy Norwegian of" and "a retired teacher of", with the noun that must be one for a person."""
    return re.compile(r"\b(?:a|an|the)\s(?:[\w-]+\s){0,3}?(?P<noun>[\w-]+)\sof\s\Z", re.IGNORECASE)


def _is_person(noun: str) -> bool:
    """Whether a noun stands for one person: "teacher", "girl", "Norwegian", not "crew"."""
    if noun.lower() in read_list("quantities")["ages"]["not_one"]:
        return False
    return lexicon.is_role(noun.lower()) or (noun[:1].isupper() and bool(lexicon.land_of(noun)))


@cache
def _now_before() -> re.Pattern[str]:
    """The opening of "Now 34, he"."""
    adverbs = any_of(read_list("quantities")["ages"]["adverbs"])
    return re.compile(rf"(?:\A|[.!?;]\s)(?:(?:{adverbs})\s)+\Z", re.IGNORECASE)


def _is_age(text: str, item: Item, start: int) -> bool:
    """Whether it is an age: "aged 53", "Falk, 53,", "a teacher of 53", "she is 53", "was 53 when", "lived to 82"."""
    if not 0 < item.value <= read_list("quantities")["ages"]["most"] or not item.value.is_integer():
        return False
    before, after = window_before(text, start, size=80), window_after(text, item.end)
    if _age_before().search(before):
        return True
    person, be, when, death = _age_cues()
    ends = re.match(r"\s*(?:[.,;:)!?]|\Z)", after)
    if (person.search(before) and (ends or re.match(r"\s+and\b", after))) or (be.search(before) and when.match(after)):
        return True
    if ends and (name := _named_before().search(before)):
        return text[start : item.end].isdigit() and name["name"][0].isupper()
    if ends and (described := _person_before().search(before)):
        return _is_person(described["noun"])
    if _now_before().search(before) and re.match(r",\s(?:he|she)\b", after):
        return True
    if re.search(r"\bat\s+(?:just\s+|only\s+)?\Z", before, re.IGNORECASE):
        follows = ends or re.match(r"\s+(?:he|she|they|in|from|of)\b", after)
        return bool(follows and death.search(before + " " + after))
    return False


# --------------------------------------------------------------------------------------- none


def _nones(text: str, counted: CountedNouns, dates: Sequence[tuple[int, int]], base: int) -> list[QuantityMention]:
    """Read "no survivors" and "none of the judges" as zero, where a noun in the plural is counted."""
    found = []
    for match in _NONE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in dates):
            continue
        word = match["no"] or match[0].strip()
        end = match.start() + len(word)
        unit = counted.after(end, plural=True)
        if unit:
            span = Span(start=base + match.start(), end=base + end, text=text[match.start() : end])
            found.append(QuantityMention(span=span, value=Quantity(value=0.0, low=0.0, high=0.0, unit=unit)))
    return found
