"""Content words compared: the same word, a word of the same sense, a narrower one, or its opposite."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable

from attrs import frozen

from claimcheck.language import lexicon
from claimcheck.language.names import country
from claimcheck.language.terms import stem
from claimcheck.language.wordlists import normalise

SAME = 1.0
STEM = 0.95
SENSE = 0.9
NARROWER = 0.85
#: From this likeness on a claim's word counts as found.
FOUND = 0.8


@frozen
class _Word:
    """What is known of a word, looked up once."""

    land: str
    stem: str
    plain: str
    synonyms: frozenset[str]
    derivations: frozenset[str]
    classes: frozenset[str]
    broader: frozenset[str]


@functools.lru_cache(maxsize=50_000)
def _known(word: str) -> _Word:
    return _Word(
        land=country(word),
        stem=stem(word),
        plain=normalise(word),
        synonyms=lexicon.synonyms(word),
        derivations=frozenset(lexicon.derivations(word)),
        classes=lexicon.relation_classes(word),
        broader=lexicon.broader(word),
    )


@functools.lru_cache(maxsize=200_000)
def likeness(claim: str, source: str) -> float:
    """
    How well *source* stands for *claim*, 0-1: both lemmas, lower-case.

    A narrower source word stands for a broader claim word ("historian" for "scholar"), not the reverse.
    """
    if claim == source:
        return SAME
    mine, theirs = _known(claim), _known(source)
    if mine.land or theirs.land:
        return STEM if mine.land == theirs.land else 0.0
    if len(claim) > 3 and mine.stem == theirs.stem:
        return STEM
    if mine.plain == theirs.plain or theirs.plain in mine.synonyms:
        return SENSE
    if claim in theirs.derivations or source in mine.derivations or not mine.classes.isdisjoint(theirs.classes):
        return SENSE
    return NARROWER if claim in theirs.broader else 0.0


def best(claim: str, source: Collection[str]) -> tuple[float, str]:
    """The likeliest of several source words, and how likely."""
    if claim in source:
        return SAME, claim
    return _best(claim, tuple(source)) if source else (0.0, "")


@functools.lru_cache(maxsize=50_000)
def _best(claim: str, source: tuple[str, ...]) -> tuple[float, str]:
    found, word = 0.0, ""
    for other in source:
        value = likeness(claim, other)
        if value > found:
            found, word = value, other
    return found, word


def opposite(claim: str, source: Iterable[str]) -> str:
    """A word of *source* that excludes *claim*, or ""."""
    return next((word for word in source if lexicon.are_antonyms(claim, word)), "")
