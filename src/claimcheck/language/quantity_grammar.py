"""
Where quantities stand in a text: the patterns, built from ``data/quantities.toml``.

Shares, scores, vague counts, decades of life and ordinals are found here, plain numbers in `quantity_numbers`.  Each
finder gives items: hedges, limits, ages and counted nouns around them are read in `quantities`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from claimcheck.model import QuantityKind

from .numbers import parse_number, small_numbers
from .quantity_numbers import NOT_ATTACHED, Item, exact_item, plain_numbers, unit_after
from .word_tables import any_of, holds, just_before, telling_words, window_after, window_before
from .wordlists import read_list

_MOST_SCORE = 999
_TEN = 10


def find_items(text: str, skip: Sequence[tuple[int, int]]) -> list[Item]:
    """
    The quantities in *text* outside *skip*, in text order, none inside another.

    Shares ("two in five"), scores, vague counts ("dozens of") and decades of life ("in his fifties") come before
    plain numbers, and those before ordinals.
    """
    if not holds(text, _telling()):
        return []
    kept: list[Item] = []
    taken = bytearray(len(text))
    for start, end in skip:
        taken[max(start, 0) : end] = b"\1" * len(taken[max(start, 0) : end])
    for finder in (_ages_in_decades, _shares, _scores, _vague, plain_numbers, _ordinals):
        for item in finder(text):
            if 1 not in taken[item.start : item.end]:
                kept.append(item)
                taken[item.start : item.end] = b"\1" * (item.end - item.start)
    return sorted(kept, key=lambda item: item.start)


@cache
def _telling() -> frozenset[str]:
    """What no quantity without figures goes without: a cheap test that spares many sentences the patterns."""
    lists = read_list("quantities")
    words = [*small_numbers(), *_ordinal_words(), *lists["shares"]["parts"], *lists["numbers"]["scales"]]
    words += [*lists["vague"]["words"], *lists["vague"]["plurals"], *lists["ages"]["decades"], "hundred", "dozen"]
    return telling_words([part for word in words for part in word.split("-")])


# -------------------------------------------------------------------------------------- shares


@cache
def _share_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = read_list("quantities")["shares"]
    small = any_of(word for word, value in small_numbers().items() if value)
    parts = any_of(word for word in lists["parts"] if not word.startswith("hal"))
    in_of = any_of(lists["links"])
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:{small})(?:[\s-](?:{small}))?)(?:\s(?:thousand|million))?"
    return (
        re.compile(rf"(?<![\w-])(?P<over>{small}|\d{{1,2}})[\s-](?P<part>{parts})\b(?!-)", re.IGNORECASE),
        re.compile(rf"(?<![\w-])an?\s(?P<part>{parts})\b(?!-)", re.IGNORECASE),
        re.compile(
            r"(?<![\w-])(?<!\band\s)(?<!\band\sa\s)(?:(?:(?:a|one)[\s-])?half\b(?!-)"
            r"(?=\s+(?:of|the|his|her|its|their|our|all|that|these|those)\b)|(?<=\bby\s)half\b(?!-)(?!\s+an?\b))",
            re.IGNORECASE,
        ),
        re.compile(
            rf"{NOT_ATTACHED}(?P<over>{number})\s+(?P<link>{in_of})\s+(?P<under>{number})(?![\w%.,:/-]*\d)\b",
            re.IGNORECASE,
        ),
    )


def _shares(text: str) -> Iterator[Item]:
    """Read "nine tenths", "a third of", "half of" and "two in five" as percent."""
    lists = read_list("quantities")["shares"]
    several, single, half, ratio = _share_patterns()
    for match in several.finditer(text):
        part, over = match["part"].lower(), parse_number(match["over"])
        plural = part.endswith("s")
        if plural == (over > 1) and (plural or not _noun_follows(text, match.end())):
            yield _share(match, over / lists["parts"][part])
    for match in single.finditer(text):
        before = just_before(any_of(lists["before"])).search(window_before(text, match.start()))
        of = re.match(
            r"\s+of\b(?!\s+an?\s+(?:thousand|million|billion|trillion|mile|century))", window_after(text, match.end())
        )
        if of or (before and not _noun_follows(text, match.end())):
            yield _share(match, 1 / lists["parts"][match["part"].lower()])
    for match in half.finditer(text):
        ordered = just_before(any_of(lists["half_not_after"])).search(window_before(text, match.start()))
        if not ordered and not re.match(
            rf"\s+(?:the\s+)?(?:{any_of(lists['half_not_before'])})\b", window_after(text, match.end()), re.IGNORECASE
        ):
            yield _share(match, 0.5)
    for match in ratio.finditer(text):
        over, under = parse_number(match["over"]), parse_number(match["under"])
        loose = match["link"].lower() == "in" and bool(unit_after(text, match.end()))
        if over < under and not loose and not math.isnan(over + under):
            yield _share(match, over / under)


def _share(match: re.Match[str], share: float) -> Item:
    return exact_item(match.start(), match.end(), round(100 * share, 6), "percent", QuantityKind.PERCENT)


def _noun_follows(text: str, end: int) -> bool:
    """Whether a word that can be a noun follows: "one third man", against "one third of"."""
    after = re.match(r"\s+([a-z]+)", window_after(text, end))
    stops = read_list("quantities")["nouns"]["stop"]
    return (
        bool(after)
        and after is not None
        and after[1] not in {*stops, "less", "more", "larger", "smaller", "higher", "lower"}
    )


# -------------------------------------------------------------------------------------- scores


@cache
def _score_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = read_list("quantities")["scores"]
    one = r"\d{1,3}[-–]\d{1,3}(?![\w%-]|[.,/:]\d|\s?%)"
    return (
        re.compile(rf"(?<![\w$€£¥#/.,:-]){one}(?:,\s{one})*"),
        re.compile(
            r"(?<![\w$€£¥#/.,:-])(?P<first>\d{1,3})\s(?:votes\s)?to\s(?P<second>\d{1,3}|nil|none|zero)(?![\w%-]|[.,/:]\d)"
        ),
        just_before(any_of(lists["before"])),
        re.compile(rf"[\s-](?:[a-z]+\s)?(?:{any_of(lists['after'])})\b", re.IGNORECASE),
        just_before(any_of(lists["to_before"])),
    )


def _scores(text: str) -> Iterator[Item]:
    """Read "3-1", "6-4, 6-3" and "95 to 3"; the unit holds the score with its sets apart by a space."""
    dashed, spelled, before, after, to_before = _score_patterns()
    for match in dashed.finditer(text):
        pairs = [[int(figure) for figure in re.split(r"[-–]", part)] for part in match[0].split(", ")]
        cue = before.search(window_before(text, match.start())) or after.match(window_after(text, match.end()))
        falling = all(first >= second for first, second in pairs)
        if (cue or falling or len(pairs) > 1) and not (unit_after(text, match.end()) and not cue):
            yield _score(match, [(first, second) for first, second in pairs])
    for match in spelled.finditer(text):
        if to_before.search(window_before(text, match.start())) and not unit_after(text, match.end()):
            second = int(match["second"]) if match["second"].isdigit() else 0
            if int(match["first"]) >= second:
                yield _score(match, [(int(match["first"]), second)])


def _score(match: re.Match[str], pairs: Sequence[tuple[int, int]]) -> Item:
    unit = " ".join(f"{first}-{second}" for first, second in pairs)
    return exact_item(match.start(), match.end(), float(min(pairs[0][0], _MOST_SCORE)), unit, QuantityKind.SCORE)


# --------------------------------------------------------------------------------- vague counts


@cache
def _vague_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = read_list("quantities")["vague"]
    plurals, scales = any_of(lists["plurals"]), "thousand|million|billion|trillion|hundred|dozen"
    return (
        re.compile(
            rf"(?<![\w-])(?P<first>{plurals})(?:\s+of\s+(?P<second>{plurals}))?\b(?=\s+of\b|\s*[.,;]|\s+[a-z]|\Z)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![\w-])(?P<some>{any_of(lists['some'])})\s+(?P<scale>{scales})\b", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?P<word>{any_of(lists['words'])})\b", re.IGNORECASE),
    )


def _vague(text: str) -> Iterator[Item]:
    """Read "hundreds of thousands of", "several hundred" and "a couple of" as approximate counts."""
    lists = read_list("quantities")["vague"]
    plurals, some, words = _vague_patterns()
    for match in plurals.finditer(text):
        size, most = (float(number) for number in lists["plurals"][match["first"].lower()])
        scale = lists["plurals"][match["second"].lower()][0] if match["second"] else 1.0
        if match["second"] and size >= scale and scale > 1:
            continue
        if _is_plain_word(text, match):
            continue
        limit = size * 10 if match["second"] else size * most
        low = (2 if size > _TEN else 1) * size * scale
        yield _loosely(text, match, low, low, limit * scale)
    sizes = {"hundred": 100.0, "dozen": 12.0} | read_list("quantities")["numbers"]["scales"]
    for match in some.finditer(text):
        low, high = lists["some"][" ".join(match["some"].lower().split())]
        size = sizes[match["scale"].lower()]
        yield _loosely(text, match, low * size, low * size, high * size)
    for match in words.finditer(text):
        word = " ".join(match["word"].lower().split())
        value, low, high = lists["words"][word]
        item = _loosely(text, match, float(value), float(low), float(high))
        yield _as_times(item) if word in lists["times"] else item


def _is_plain_word(text: str, match: re.Match[str]) -> bool:
    """Whether "tens" or "scores" count nothing ("the scores were level")."""
    follows = re.match(r"\s+of\b", window_after(text, match.end()))
    return match["first"].lower() in {"scores", "tens"} and not follows and not match["second"]


def _loosely(text: str, match: re.Match[str], value: float, low: float, high: float) -> Item:
    unit, end = unit_after(text, match.end(), of=True) or (None, match.end())
    return Item(
        start=match.start(),
        end=end,
        value=value,
        low=low,
        high=high,
        unit=unit.name if unit else "",
        kind=unit.kind if unit else QuantityKind.COUNT,
        approximate=low != high,
        bare=unit is None,
    )


def _as_times(item: Item) -> Item:
    return exact_item(item.start, item.end, item.value, "time", QuantityKind.COUNT)


# --------------------------------------------------------------------------------------- ages


@cache
def _decade_of_life() -> re.Pattern[str]:
    lists = read_list("quantities")["ages"]
    people = any_of(lists["people"])
    words = any_of(lists["decades"])
    return re.compile(
        rf"\b(?:{people})\s+(?P<part>(?:early|mid|late)(?:-|\s+))?(?P<decade>{words}|[1-9]0['’]?s)\b", re.IGNORECASE
    )


def _ages_in_decades(text: str) -> Iterator[Item]:
    """Read "in his 50s" and "in her late twenties" as a range of ages."""
    decades = read_list("quantities")["ages"]["decades"]
    for match in _decade_of_life().finditer(text):
        word = match["decade"].lower()
        low = float(decades[word] if word in decades else int(word[:2]))
        part = (match["part"] or "").strip(" -").lower()
        first, last = {"early": (0, 4), "mid": (3, 7), "late": (6, 9)}.get(part, (0, 9))
        start = match.start("part") if match["part"] else match.start("decade")
        yield Item(
            start=start,
            end=match.end(),
            value=low,
            low=low + first,
            high=low + last,
            unit="year",
            kind=QuantityKind.AGE,
            approximate=True,
        )


# ------------------------------------------------------------------------------------- ordinals


@cache
def _ordinal_words() -> Mapping[str, float]:
    lists = read_list("quantities")["ordinals"]
    ones = {word: float(value) for value, word in enumerate(lists["ones"], 1)}
    teens = {word: float(value) for value, word in enumerate(lists["teens"], 10)}
    round_tens = {word: 10.0 * value for value, word in enumerate(lists["tens"], 2)}
    tens = read_list("quantities")["numbers"]["tens"]
    compound = {f"{t}-{one}": 10.0 * n + v for n, t in enumerate(tens, 2) for one, v in ones.items()}
    return ones | teens | round_tens | compound | {lists["hundredth"]: 100.0}


@cache
def _ordinal_pattern() -> re.Pattern[str]:
    spelled = any_of(_ordinal_words())
    return re.compile(
        rf"(?<![\w.,$-])(?:(?P<figure>\d{{1,3}}(?:,\d{{3}})*)(?:st|nd|rd|th)|(?P<word>{spelled}))(?!\w)", re.IGNORECASE
    )


def _ordinals(text: str) -> Iterator[Item]:
    not_after = just_before(any_of(read_list("quantities")["ordinals"]["not_after"]))
    for match in _ordinal_pattern().finditer(text):
        if not_after.search(window_before(text, match.start())):
            continue
        if (match["word"] or "").lower() == "second" and _is_time(text, match):
            continue
        value = float(match["figure"].replace(",", "")) if match["figure"] else _ordinal_words()[match["word"].lower()]
        item = exact_item(match.start(), match.end(), value, "", QuantityKind.ORDINAL)
        yield Item(start=item.start, end=item.end, value=value, low=value, high=value, kind=item.kind, bare=True)


def _is_time(text: str, match: re.Match[str]) -> bool:
    """Whether it is a unit: "waited a second", "500 pictures a second", and not "a second term"."""
    before = window_before(text, match.start())
    lasting = just_before(any_of(read_list("quantities")["ordinals"]["lasting"]), link=r"\s+an?\s+")
    told = lasting.search(before) or re.search(r"\d\s+[a-z]+s\s+an?\s+\Z", before)
    return told is not None and not _noun_follows(text, match.end())
