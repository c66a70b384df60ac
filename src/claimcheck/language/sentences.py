"""
Sentences: where they begin and end, and which of them are copies.

`blocks`, `split_dateline` and `published_in_text` come from `layout`; this module cuts the text of a block.
A parser's guesses at sentence starts are mended by what newspapers do: abbreviations, initials and decimals do
not end a sentence, nor does a quotation that goes on with "said".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from attrs import frozen

from .layout import blocks, published_in_text, split_dateline, table

__all__ = ["blocks", "copies", "published_in_text", "sentence_bounds", "split_dateline"]

_OPENERS = "\"'“‘«„([¿¡*_"
_CLOSERS = "\"'”’»)]*_"
_END = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*")
_LAST_WORD = re.compile(r"[^\s\"“”‘«»()\[\]—–/]*$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIAL = re.compile(r"[A-Z]\.")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]+")
_LOOK_BACK = 40
_SPACES = re.compile(r"\s+")
_LONGEST_TAIL = 120
#: A repeated sentence of fewer words is not a copy but a habit.
_COPIED_WORDS = 5


@frozen(kw_only=True)
class _Words:
    """The word lists of the data file."""

    never: frozenset[str]
    perhaps: frozenset[str]
    numbered: frozenset[str]
    capital_only: frozenset[str]
    openers: frozenset[str]
    tail: re.Pattern[str]


@functools.cache
def _words() -> _Words:
    data = table()
    abbreviations = data["abbreviations"]
    verbs = "|".join(data["tails"]["verbs"])
    name = r"[^\W\d_][\w.'’-]{0,30}"
    return _Words(
        never=frozenset(abbreviations["never"]),
        perhaps=frozenset(abbreviations["perhaps"]),
        numbered=frozenset(abbreviations["numbered"]),
        capital_only=frozenset(abbreviations["capital_only"]),
        openers=frozenset(data["openers"]["words"]),
        tail=re.compile(rf"(?:(?:{name}\s){{1,4}}(?:{verbs})|(?:{verbs})\s{name})\b"),
    )


def sentence_bounds(text: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    """
    The sentences of one block.

    Args:
        text: The block.
        starts: Where a parser believes that sentences start, offsets in *text*, in any order.
    Returns:
        Half-open ranges in text order that do not overlap and hold everything but white space.
    """
    proposed = {_to_word(text, start) for start in starts if 0 < start < len(text)}
    cuts = [0]
    for found in _END.finditer(text):
        start = _to_word(text, found.end())
        if start < len(text) and _splits(text, found, start, proposed=start in proposed):
            cuts.append(start)
    bounds: list[tuple[int, int]] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        part = text[start:end]
        bare = part.strip()
        if not bare:
            continue
        first = start + len(part) - len(part.lstrip())
        if bounds and _hangs(text, bounds[-1], bare):
            bounds[-1] = (bounds[-1][0], first + len(bare))
        else:
            bounds.append((first, first + len(bare)))
    return bounds


def copies(texts: Sequence[str], start: int = 0) -> list[int | None]:
    """
    For each sentence the index of the first earlier one with the same words, else ``None``.

    White space and case do not count; sentences of fewer than five words are never copies.

    Args:
        texts: The sentences.
        start: Index of the first of them.
    """
    first: dict[str, int] = {}
    found: list[int | None] = []
    for index, text in enumerate(texts, start):
        key = _SPACES.sub(" ", text).strip().casefold()
        original = first.setdefault(key, index)
        found.append(original if original != index and key.count(" ") + 1 >= _COPIED_WORDS else None)
    return found


def _to_word(text: str, start: int) -> int:
    """*start*, moved past white space."""
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _splits(text: str, end: re.Match[str], start: int, *, proposed: bool) -> bool:
    """Whether a sentence ends with the stop *end* and the next one begins at *start*."""
    stop = end.group()
    ahead = start
    while ahead < len(text) and text[ahead] in _OPENERS:
        ahead += 1
    if ahead == len(text):
        return False
    following = text[ahead : ahead + _LONGEST_TAIL]
    spaced = start > end.end()
    if not spaced and not _glued(text, end, ahead):
        return False
    if not (following[0].isupper() or following[0].isdigit() or _brand(following)):
        return (
            proposed
            and spaced
            and stop[0] in _ENDS_ALONE
            and not following[0].isalnum()
            and following[0] not in _PAUSES
        )
    if following[0].isdigit() and not proposed and stop[0] != ".":
        return False
    if stop.startswith(".") and len(stop.rstrip(_CLOSERS)) == 1:
        return not _abbreviated(text, end.start(), following)
    if stop[0] in "!?…" or stop.startswith(".."):
        return _closes(stop, following, proposed=proposed)
    return True


_ENDS_ALONE = ".!?"
_PAUSES = "—–-,;:/&+%"


def _closes(stop: str, following: str, *, proposed: bool) -> bool:
    """Whether a question, a cry or three dots end the sentence before *following*."""
    if stop[-1] in _CLOSERS and _words().tail.match(following):
        return False
    if proposed:
        return True
    word = _NEXT_WORD.match(following)
    opener = word is not None and word.group() in _words().openers
    return opener or stop in {"!", "?"}


def _glued(text: str, end: re.Match[str], ahead: int) -> bool:
    """Whether a stop without a space after it still ends a sentence: "the end.Next came"."""
    before = text[max(end.start() - 2, 0) : end.start()]
    after = text[ahead : ahead + 2]
    return (
        end.group()[0] in _ENDS_ALONE
        and len(before) == 2
        and before.isalpha()
        and before.islower()
        and len(after) == 2
        and after[0].isupper()
        and after[1].islower()
        and "." not in _LAST_WORD.findall(text[max(end.start() - _LOOK_BACK, 0) : end.start()])[0]
    )


def _brand(following: str) -> bool:
    """Whether a word begins small and has a capital inside, as some names of goods do."""
    word = _NEXT_WORD.match(following)
    return word is not None and word.group()[0].islower() and any(c.isupper() for c in word.group()[1:3])


def _abbreviated(text: str, stop: int, following: str) -> bool:
    """Whether the single full stop at *stop* belongs to an abbreviation rather than to the sentence."""
    found = _LAST_WORD.search(text[max(stop - _LOOK_BACK, 0) : stop])
    word = found.group().lstrip("'’") if found else ""
    if not word:
        return False
    words = _words()
    small = word.lower()
    if small in words.numbered and following[0].isdigit():
        return True
    plain = small in words.capital_only and not word[0].isupper()
    if small in words.never and not plain:
        return True
    single = len(word) == 1 and word.isalpha() and word != "I"
    if not (single and word.isupper()) and not _DOTTED.fullmatch(word) and (plain or small not in words.perhaps):
        return False
    if small == "no" and not following[0].isdigit():
        return False
    opener = _NEXT_WORD.match(following)
    return opener is None or opener.group() not in words.openers or _INITIAL.match(following) is not None


def _hangs(text: str, before: tuple[int, int], part: str) -> bool:
    """Whether *part* is no sentence by itself, or what stands before it only numbers it."""
    return not any(c.isalnum() for c in part) or _ENUMERATOR.fullmatch(text, before[0], before[1]) is not None
