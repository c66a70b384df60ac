"""Content words compared: the same word, a word of the same sense, a narrower one, or its opposite."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable

from attrs import field, frozen

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

    word: str
    land: str
    stem: str
    plain: str
    synonyms: frozenset[str]
    derivations: frozenset[str]
    classes: frozenset[str]
    broader: frozenset[str]
    #: Two words that share none of these are not alike.
    keys: frozenset[str] = field(init=False)

    @keys.default
    def _keys(self) -> frozenset[str]:
        marked = [f"stem {self.stem}", *(f"class {name}" for name in self.classes)]
        marked += [f"land {self.land}"] if self.land else []
        return frozenset({self.word, self.plain, *marked}) | self.synonyms | self.derivations | self.broader


@functools.lru_cache(maxsize=50_000)
def _known(word: str) -> _Word:
    return _Word(
        word=word,
        land=country(word),
        stem=stem(word),
        plain=normalise(word),
        synonyms=lexicon.synonyms(word),
        derivations=frozenset(lexicon.derivations(word)),
        classes=lexicon.relation_classes(word),
        broader=lexicon.broader(word),
    )


@functools.lru_cache(maxsize=2_048)
def _all_known(words: tuple[str, ...]) -> tuple[tuple[_Word, ...], frozenset[str]]:
    """What is known of each of the words, and the keys of them all."""
    known = tuple(_known(word) for word in dict.fromkeys(words))
    return known, frozenset().union(*(word.keys for word in known))


def alike(claim: str, source: tuple[str, ...]) -> dict[str, float]:
    """How well the words of a source sentence stand for *claim*: those that do at all."""
    keys = _known(claim).keys
    known, all_keys = _all_known(source)
    if keys.isdisjoint(all_keys):
        return {}
    graded = ((w.word, likeness(claim, w.word)) for w in known if not keys.isdisjoint(w.keys))
    return {word: value for word, value in graded if value}


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


def best(claim: str, source: Collection[str]) -> float:
    """How well the likeliest of several source words stands for *claim*."""
    return SAME if claim in source else max((likeness(claim, other) for other in source), default=0.0)


def opposite(claim: str, source: Iterable[str]) -> str:
    """A word of *source* that excludes *claim*, or ""."""
    return next((word for word in source if lexicon.are_antonyms(claim, word)), "")
