"""
From words to search terms, and from a query to the sentences that fit it best.

The cost of a search lies in how many postings it reads, so a large index is never asked for "any of these words".
First come sentences that hold two of the four rarest parts of the query (an entity is one part), then two of the
six rarest, then any part within a budget of postings; whatever comes back is ordered by one score of ours.

The score is BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") over distinct terms: a
sentence is too short for a second occurrence of a word to mean more.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from attrs import frozen

from claimcheck.model import Sentence, TimeMention

from .protocol import Candidate, Query

#: Version of the way words become search terms, here and in `claimcheck.language.terms`; kept in the index, which
#: only fits queries of the same version.
ANALYSIS_VERSION = "1"

#: A date that spans more years than this is too vague to search by.
MOST_YEARS = 12
#: BM25's constants for newswire (Anserini's defaults); there is no term frequency here, so k1 only scales b.
K1, B = 0.9, 0.4
#: Weight of the terms of an entity that is there with its whole name.
ENTITY_WEIGHT = 2.0
#: Weight of a year.
YEAR_WEIGHT = 0.75
#: Weight of a term that only the document's title has.
TITLE_WEIGHT = 1.0
#: How much rarer an entity counts than its rarest name token when the rarest parts are chosen.
ENTITY_RARITY = 4.0
#: Postings that may be read without thinking: below this, any of the words will do.
FREE_POSTINGS = 20_000
#: Above it, at most this share of the sentences.
POSTINGS_SHARE = 1 / 50
#: Sentences that are fetched to be scored, at least.
FETCHED = 200
#: Terms of one query that are looked up, the rarest.
MOST_TERMS = 64

_WORD = re.compile(r"\w+")


# ------------------------------------------------------------------------- terms


@functools.lru_cache(maxsize=1 << 16)
def fold(word: str) -> tuple[str, ...]:
    """
    The search terms of one word: case and accents folded, split at everything that is neither letter nor digit.

    A term holds no ASCII but ``[a-z0-9_]``, so that FTS5's ``ascii`` tokeniser leaves it whole.
    """
    plain = word.lower()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(character for character in parts if not unicodedata.combining(character)).lower()
    return tuple(_WORD.findall(plain))


def terms_of(words: Iterable[str]) -> tuple[str, ...]:
    """The search terms of *words*, in order."""
    return tuple(term for word in words for term in fold(word))


def years_of(times: Iterable[TimeMention]) -> tuple[str, ...]:
    """A term such as ``y2009`` for each year that one of *times* covers, in order; vague dates give none."""
    years: set[int] = set()
    for time in times:
        first, last = time.value.earliest, time.value.latest
        if first is not None and last is not None and last.year - first.year < MOST_YEARS:
            years.update(range(first.year, last.year + 1))
    return tuple(year_term(year) for year in sorted(years))


def year_term(year: int) -> str:
    """The search term of a year."""
    return f"y{year}"


def sentence_terms(sentence: Sentence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The search terms of a sentence: those of its words, and those of its years."""
    times = itertools.chain(sentence.times, *(statement.times for statement in sentence.statements))
    return terms_of(sentence.words), years_of(times)


# ------------------------------------------------------------------------- search


@frozen(kw_only=True)
class Totals:
    """The size of an index: sentences, and search terms in all of them."""

    sentences: int
    terms: int

    @property
    def mean_length(self) -> float:
        """Terms in a sentence, on average."""
        return self.terms / self.sentences if self.sentences else 1.0


@frozen(kw_only=True)
class Posting:
    """A sentence that a lookup found: its row, its place, its terms and those of its document's title."""

    row: int
    document: str
    sentence: int
    terms: frozenset[str]
    title: frozenset[str]


#: Any one group is enough; of a group all terms are needed.
Groups = Sequence[frozenset[str]]


class Postings(Protocol):
    """What the search needs from a store."""

    def totals(self) -> Totals:
        """The size of the index."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """The number of sentences that hold each of *terms*; a term that none holds is left out."""

    def lookup(self, groups: Groups, limit: int) -> Sequence[Posting]:
        """At most *limit* sentences that hold all terms of at least one group, the most promising ones."""


@frozen(kw_only=True)
class _Part:
    """A part of a query, an entity or a single term, with the number of sentences that can hold it."""

    terms: frozenset[str]
    frequency: int
    rarity: float


@frozen(kw_only=True)
class _Terms:
    """A query as search terms."""

    entities: tuple[frozenset[str], ...]
    words: frozenset[str]
    years: frozenset[str]

    @classmethod
    def of(cls, query: Query) -> _Terms:
        entities = dict.fromkeys(frozenset(terms_of(tokens)) for tokens in query.entities)
        named = frozenset(itertools.chain.from_iterable(entities))
        return cls(
            entities=tuple(entity for entity in entities if entity),
            words=frozenset(terms_of(query.terms)) - named,
            years=frozenset(year_term(year) for year in query.years),
        )

    @property
    def all(self) -> frozenset[str]:
        return self.words.union(self.years, *self.entities)


def search(postings: Postings, query: Query, k: int) -> list[Candidate]:
    """
    The *k* sentences that fit *query* best, best first; equal scores stand in the order of document and sentence.

    Args:
        postings: The store.
        query: What to look for; words are folded here as they were for the index.
        k: How many.
    """
    terms = _Terms.of(query)
    frequencies = postings.frequencies(sorted(terms.all))
    totals = postings.totals()
    found: dict[int, Posting] = {}
    for groups in _stages(_parts(terms, frequencies), frequencies, totals):
        for posting in postings.lookup(groups, max(FETCHED, 2 * k)):
            found[posting.row] = posting
        if len(found) >= k:
            break
    weigh = _Scorer(terms, frequencies, totals)
    scored = [
        Candidate(document=posting.document, sentence=posting.sentence, score=weigh(posting))
        for posting in found.values()
    ]
    scored.sort(key=lambda candidate: (-candidate.score, candidate.document, candidate.sentence))
    return scored[:k]


def _parts(terms: _Terms, frequencies: Mapping[str, int]) -> list[_Part]:
    """The parts of the query that the index knows, rarest first."""
    parts: dict[frozenset[str], _Part] = {}
    for entity in terms.entities:
        known = frozenset(term for term in entity if term in frequencies)
        if known:
            frequency = min(frequencies[term] for term in known)
            parts[known] = _Part(terms=known, frequency=frequency, rarity=frequency / ENTITY_RARITY)
    for term in terms.words | terms.years:
        if term in frequencies:
            part = _Part(terms=frozenset((term,)), frequency=frequencies[term], rarity=float(frequencies[term]))
            parts.setdefault(part.terms, part)
    return sorted(parts.values(), key=lambda part: (part.rarity, sorted(part.terms)))


def _stages(parts: list[_Part], frequencies: Mapping[str, int], totals: Totals) -> Iterator[Groups]:
    """What to look up, one stage after the other, until there is enough."""
    singles = sorted(frequencies, key=lambda term: (frequencies[term], term))[:MOST_TERMS]
    if not singles:
        return
    if sum(frequencies[term] for term in singles) <= FREE_POSTINGS:
        yield [frozenset((term,)) for term in singles]
        return
    budget = max(FREE_POSTINGS, int(totals.sentences * POSTINGS_SHARE))
    for rarest in (parts[:4], parts[:6]):
        pairs = list(itertools.combinations(rarest, 2))
        cheap = [pair for pair in pairs if min(part.frequency for part in pair) <= budget]
        groups = dict.fromkeys(one.terms | other.terms for one, other in cheap or pairs)
        if groups:
            yield list(groups)
    spent = list(itertools.accumulate(frequencies[term] for term in singles))
    affordable = [term for term, cost in zip(singles, spent, strict=True) if cost <= budget]
    yield [frozenset((term,)) for term in affordable or singles[:1]]


def _idf(frequency: int, sentences: int) -> float:
    return math.log1p((sentences - frequency + 0.5) / (frequency + 0.5))


class _Scorer:
    """The score of a sentence for one query: see the top of the module."""

    def __init__(self, terms: _Terms, frequencies: Mapping[str, int], totals: Totals) -> None:
        self._terms = terms
        self._mean = totals.mean_length
        self._value = {
            term: _idf(frequencies.get(term, 0), totals.sentences) * (YEAR_WEIGHT if term in terms.years else 1.0)
            for term in sorted(terms.all)
        }

    def __call__(self, posting: Posting) -> float:
        whole = [entity for entity in self._terms.entities if entity <= posting.terms]
        named = frozenset(itertools.chain.from_iterable(whole))
        total = in_title = 0.0
        for term, value in self._value.items():
            if term in posting.terms:
                total += value * (ENTITY_WEIGHT if term in named else 1.0)
            elif term in posting.title:
                in_title += value
        length = 1 - B + B * len(posting.terms) / self._mean
        return total * (K1 + 1) / (1 + K1 * length) + TITLE_WEIGHT * in_title
