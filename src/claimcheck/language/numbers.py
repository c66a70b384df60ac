"""Numbers as newspapers write them: "4,512,000", "4.5 million", "one hundred and five", "2½", "half a dozen"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from .word_tables import any_of
from .wordlists import read_list

# No number has more groups of figures, or more words such as "million"; a text may go on and on with them.
# Groups are parted by a comma or a space that does not break; by a plain space only in what ends in "000", for two
# numbers may stand side by side.
_GROUPS = r"\d{1,3}(?:(?:,\d{3}){1,6}|(?:[\u00a0\u2009\u202f]\d{3}){1,6}|(?: \d{3}){0,5} 000)"
_FIGURES = rf"{_GROUPS}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_PARTING = re.compile(r"[,\s]")
_DOZEN = 12


@cache
def small_numbers() -> Mapping[str, int]:
    """The words from zero to ninety."""
    lists = read_list("quantities")["numbers"]
    counted = enumerate([*lists["ones"], *lists["teens"]])
    return {word: value for value, word in counted} | {w: 10 * n for n, w in enumerate(lists["tens"], start=2)}


@cache
def scales() -> Mapping[str, float]:
    """The words from thousand on."""
    found: dict[str, float] = read_list("quantities")["numbers"]["scales"]
    return found


@cache
def vulgar_fractions() -> Mapping[str, float]:
    """The characters such as "½"."""
    found: dict[str, float] = read_list("quantities")["numbers"]["fractions"]
    return found


@cache
def number_expression() -> str:
    """
    The regular expression for a number, without capturing groups and without guards at its ends.

    It is meant for `re.IGNORECASE`.
    """
    lists = read_list("quantities")["numbers"]
    ones, tens, teens = any_of(lists["ones"][1:]), any_of(lists["tens"]), any_of(lists["teens"])
    scale = any_of(scales())
    small = rf"(?:(?:{tens})(?:[\s-](?:{ones})\b)?|(?:{teens})|(?:{any_of(lists['ones'])}))\b"
    below_thousand = rf"(?:(?:{small}|an?)[\s-]hundred\b(?:\s(?:and\s)?{small})?|{small})"
    spelled = (
        rf"(?:{below_thousand}|an?(?=\s(?:{scale})\b))(?:[\s-](?:{scale})\b(?:\s(?:and\s)?{below_thousand})?){{0,6}}"
    )
    vulgar = "[" + "".join(vulgar_fractions()) + "]"
    figures = rf"(?:(?:{_FIGURES})(?:\s?{vulgar}|\s[1-7]/[2-8](?!\d))?|{vulgar})(?:[\s-](?:{scale})\b)?"
    and_a_half = rf"(?:{small}|\d+|an?\s(?:{scale})\b)\sand\sa\s(?:half|quarter)\b(?:\s(?:{scale})\b)?"
    part_of_scale = rf"(?:half\sa|a\shalf|half|a\squarter\sof\sa|three[\s-]quarters\sof\sa)[\s-](?:dozen|{scale})\b"
    dozens = rf"(?:an?|{small}|\d+)[\s-]dozen\b"
    return rf"(?:{part_of_scale}|{and_a_half}|{dozens}|{figures}|{spelled})"


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(rf"[1-7]/[2-8]|{_FIGURES}|[{''.join(vulgar_fractions())}]|[a-z]+")


def parse_number(words: str) -> float:
    """
    The value of a number that `number_expression` matches.

    Args:
        words: The number as the text writes it.
    Returns:
        Its value; ``nan`` when the words are no number.

    >>> parse_number("one hundred and five")
    105.0
    """
    total, current, scale = 0.0, None, 1.0
    for word in _word_pattern().findall(words.lower()):
        if word in scales():
            scale = scales()[word]
            total += (1.0 if current is None else current) * scale
            current = None
        elif word == "hundred":
            current = (1.0 if current is None else current) * 100
        elif word == "dozen":
            current = (1.0 if current is None else current) * _DOZEN
        elif word in {"half", "quarter", "quarters"} and current is None and total:
            total += scale * (0.5 if word == "half" else 0.25)
        elif word == "quarters":
            current = (current or 0.0) * 0.25
        else:
            value = _value(word)
            current = current if value is None else (current or 0.0) + value
    if current is None and total == 0.0:
        return math.nan
    return total + (current or 0.0)


def _value(word: str) -> float | None:
    """What one word or figure adds, ``None`` for words such as "and"."""
    if word[0].isdigit() and "/" not in word:
        return float(_PARTING.sub("", word))
    if "/" in word:
        over, under = word.split("/")
        return int(over) / int(under)
    if word in vulgar_fractions():
        return vulgar_fractions()[word]
    if word == "half":
        return 0.5
    if word == "quarter":
        return 0.25
    found = small_numbers().get(word)
    return None if found is None else float(found)
