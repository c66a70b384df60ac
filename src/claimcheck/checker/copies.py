"""
Copies: what one hand wrote and several papers printed counts as one source.

Sentences are copies when they share nearly all of their word pairs, or when one is the other cut short, and every
figure in them is the same: a report that gives another figure is another report (resemblance and containment after
Broder 1997, "On the resemblance and containment of documents"; over a few dozen sentences the exact measure costs less
than an estimate of it).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from attrs import frozen

#: Share of word pairs that copies have in common, of the pairs of both.
RESEMBLANCE = 0.7
#: The same of the pairs of the shorter one, when it has enough of them.
CONTAINMENT = 0.9
#: Word pairs from which on a shorter sentence can be told to be a part of a longer one.
ENOUGH = 8
#: Sentences whose shapes are kept at hand.
KEPT = 1_024

_WORD = re.compile(r"\w+")


@frozen(kw_only=True)
class _Shape:
    """The word pairs and the figures of a sentence."""

    pairs: frozenset[tuple[str, str]]
    figures: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Shape:
        words = _WORD.findall(text.casefold())
        padded = ["", *words, ""]
        unusual = (word for word in words if not word.isalpha())
        figures = tuple(sorted(word for word in unusual if any(character.isdigit() for character in word)))
        return cls(pairs=frozenset(itertools.pairwise(padded)), figures=figures)

    def copies(self, other: _Shape) -> bool:
        """Whether both, which have the same figures, were written by one hand."""
        common = len(self.pairs & other.pairs)
        shorter = min(len(self.pairs), len(other.pairs))
        return common >= RESEMBLANCE * len(self.pairs | other.pairs) or (
            shorter >= ENOUGH and common >= CONTAINMENT * shorter
        )


def clusters(texts: Sequence[str]) -> list[int]:
    """
    For each text the number of its group of copies, counted from 0 in the order in which the groups begin.

    A text belongs to the first group one of whose texts it copies.
    """
    groups: list[list[_Shape]] = []
    alike: dict[tuple[str, ...], list[int]] = {}  # by figures, the groups whose texts have them
    numbers = []
    for text in texts:
        shape = _shape_of(text)
        rivals = alike.setdefault(shape.figures, [])
        at = next((n for n in rivals if any(shape.copies(one) for one in groups[n])), len(groups))
        if at == len(groups):
            groups.append([])
            rivals.append(at)
        groups[at].append(shape)
        numbers.append(at)
    return numbers


@functools.lru_cache(maxsize=KEPT)
def _shape_of(text: str) -> _Shape:
    return _Shape.of(text)
