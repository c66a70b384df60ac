"""Patterns and windows for finding the words of a list in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_FIGURE = re.compile(r"[\d¼-¾⅐-⅞]")
_WORD = re.compile(r"[^\W\d_]+")


def any_of(words: Iterable[str]) -> str:
    """
    The regular expression that matches any of *words*, the longest first.

    A space in a word stands for any white space.
    """
    return _alternatives(tuple(words))


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def telling_words(words: Iterable[str]) -> frozenset[str]:
    """One word of each of *words*, the longest, in singular and plural: what a text must hold to be worth reading."""
    longest = {max(_WORD.findall(word.lower()), key=len) for word in words}
    return frozenset(longest | {word + "s" for word in longest})


def holds(text: str, words: frozenset[str]) -> bool:
    """Whether *text* holds a figure or one of *words*, which `telling_words` gave."""
    return bool(_FIGURE.search(text)) or not words.isdisjoint(_WORD.findall(text.lower()))


@cache
def just_before(words: str, *, link: str = r"\s+") -> re.Pattern[str]:
    """
    The pattern for *words* (a regular expression) that stand at the very end of a text.

    It is meant for a short window of text, for it is tried at each place of the window.

    Args:
        words: Alternatives, as `any_of` gives them.
        link: What stands between the words and the end.
    """
    return re.compile(rf"(?<![\w'’])(?P<words>{words}){link}\Z", re.IGNORECASE)


def window_before(text: str, start: int, *, size: int = 40, first: int = 0) -> str:
    """At most *size* code points of *text* that stand before *start*, from *first* on."""
    return text[max(first, start - size) : start]


def window_after(text: str, end: int, *, size: int = 40) -> str:
    """At most *size* code points of *text* that stand from *end* on."""
    return text[end : end + size]
