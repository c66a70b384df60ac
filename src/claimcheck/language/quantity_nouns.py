"""What a number counts: the head noun that follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .wordlists import read_list

_OF = re.compile(r"\s+of\b(?:\s+(?:all|the|its|his|her|their|our|my|your|these|those|them)\b)*", re.IGNORECASE)
_COMPOUND = re.compile(r"(?:['’]s?)?(?:\s+|-)")
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")


class CountedNouns:
    """
    The nouns of a text, to look up what a number counts.

    Args:
        text: The text.
        nouns: Start, end and lemma of its nouns; those outside the text are left out.
    """

    def __init__(self, text: str, nouns: Sequence[tuple[int, int, str]]) -> None:
        self._text = text
        self._nouns = sorted(noun for noun in nouns if 0 <= noun[0] < noun[1] <= len(text))

    def after(self, end: int, *, plural: bool = False) -> str:
        """
        The lemma of the head noun that follows, past adjectives: "performer" after "100,000 Swedish".

        Args:
            end: Where the number ends.
            plural: Whether the noun must stand in the plural.
        Returns:
            The lemma, lower-case, ``""`` when no noun follows in the same phrase.
        """
        of = _OF.match(self._text, end)
        start = of.end() if of else end
        head = None
        for noun in self._nouns:
            if noun[0] < start:
                continue
            joined = self._compound(head[1], noun[0]) if head else self._reaches(start, noun[0])
            if not joined:
                break
            head = noun
        if head is None or (plural and not self._is_plural(head)):
            return ""
        return head[2].lower()

    def _reaches(self, start: int, end: int) -> bool:
        """Whether only adjectives stand in between."""
        gap = self._text[start:end]
        words = re.findall(r"[\w’']+", gap)
        if len(words) > read_list("quantities")["nouns"]["reach"] or re.search(r"[^\w\s’'-]", gap):
            return False
        return not _stop_words() & {word.lower() for word in words}

    def _compound(self, start: int, end: int) -> bool:
        """Whether the next noun goes on: "opera house", "Falk's sons"."""
        gap = self._text[start:end]
        if _COMPOUND.fullmatch(gap):
            return True
        match = _POSSESSIVE.match(gap)
        return bool(match) and match is not None and self._reaches(start + match.end(), end)

    def _is_plural(self, noun: tuple[int, int, str]) -> bool:
        word = self._text[noun[0] : noun[1]].lower()
        return word != noun[2].lower() or word in read_list("dates")["not_years"]["counted"]


@cache
def _stop_words() -> frozenset[str]:
    lists = read_list("quantities")["nouns"]
    return frozenset([*lists["stop"], *lists["not_nones"]])
