"""Content words compared: the same word, a word of the same sense, a narrower one, or its opposite."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from claimcheck.language import lexicon
from claimcheck.language.names import country
from claimcheck.language.terms import stem

SAME = 1.0
STEM = 0.95
SENSE = 0.9
NARROWER = 0.85
#: From this likeness on a claim's word counts as found.
FOUND = 0.8


@functools.lru_cache(maxsize=200_000)
def likeness(claim: str, source: str) -> float:
    """
    How well *source* stands for *claim*, 0-1: both lemmas, lower-case.

    A narrower source word stands for a broader claim word ("historian" for "scholar"), not the reverse.
    """
    if claim == source:
        return SAME
    lands = country(claim), country(source)
    if any(lands):
        return STEM if lands[0] == lands[1] else 0.0
    if len(claim) > 3 and stem(claim) == stem(source):
        return STEM
    if (
        lexicon.same_sense(claim, source)
        or claim in lexicon.derivations(source)
        or source in lexicon.derivations(claim)
    ):
        return SENSE
    if lexicon.relation_classes(claim) & lexicon.relation_classes(source):
        return SENSE
    if claim in lexicon.broader(source):
        return NARROWER
    return 0.0


def best(claim: str, source: Iterable[str]) -> tuple[float, str]:
    """The likeliest of several source words, and how likely."""
    found, word = 0.0, ""
    for other in source:
        value = likeness(claim, other)
        if value > found:
            found, word = value, other
            if value == SAME:
                break
    return found, word


def opposite(claim: str, source: Iterable[str]) -> str:
    """A word of *source* that excludes *claim*, or ""."""
    return next((word for word in source if lexicon.are_antonyms(claim, word)), "")
