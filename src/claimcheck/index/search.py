"""
The sentences that fit a query best: looked up by plan, in all parts of an index, ordered by one score of ours.

The score is BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") over distinct terms: a
sentence is too short for a second occurrence of a word to mean more.  A name in the title of the article counts for
all its sentences alike, whether they repeat it or say "he"; and what kind of doing a verb belongs to counts less than
its word, because many verbs belong to several.

The search stops as soon as there are enough candidates, or one that says most of what the query does: what the steps
before have missed shares too little with the query to say as much.  Small indexes are searched in one step.

Frequencies are those of all parts together and ties are broken by document and sentence, so that the same documents
give the same candidates however they are spread over parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from claimcheck.errors import StoredIndexError

from .plan import Sought, Statistics, Step, steps
from .protocol import Part
from .query import Candidate, Filters, Found, Posting, Query

#: BM25's constants for newswire (Anserini's defaults); there is no term frequency here, so k1 only scales b.
K1, B = 0.9, 0.4
#: Weight of the terms of a name that is there as a whole.
NAME_WEIGHT = 2.0
#: The same where the document's title has the name.
ABOUT_WEIGHT = 2.5
#: Weight of a year, and of what kind of doing a predicate is.
YEAR_WEIGHT, CLASS_WEIGHT = 0.75, 0.4
#: Weight of a term that only the document's title has.
TITLE_WEIGHT = 1.0
#: Sentences that are fetched to be scored, at least, from each part.
FETCHED = 200
#: Share of the score of a sentence that says all of the query from which on one is good enough to stop looking.
GOOD = 0.5

_CLASS = "c_"

_Answer = TypeVar("_Answer")


class Ask(Protocol):
    """How the parts of an index are asked the same question: one after the other, or all at once."""

    def __call__(
        self, parts: Sequence[Part], question: Callable[[Part], _Answer], /
    ) -> Sequence[_Answer | StoredIndexError]:
        """The answers in the order of *parts*; in the place of one that failed, its error."""


def in_turn(parts: Sequence[Part], question: Callable[[Part], _Answer]) -> Sequence[_Answer | StoredIndexError]:
    """Ask one part after the other."""
    return [answer_of(part, question) for part in parts]


def answer_of(part: Part, question: Callable[[Part], _Answer]) -> _Answer | StoredIndexError:
    """The answer of one part, or the error that stands in its place."""
    try:
        return question(part)
    except StoredIndexError as error:
        return error


def require_positive(k: int) -> None:
    """
    Refuse to look for nothing.

    Raises:
        ValueError: If *k* is not positive.
    """
    if k < 1:
        msg = f"the number of candidates must be at least 1, not {k}"
        raise ValueError(msg)


def search(parts: Sequence[Part], query: Query, k: int, *, filters: Filters | None = None, ask: Ask = in_turn) -> Found:
    """
    The *k* sentences that fit *query* best, best first; equal scores stand in the order of document and sentence.

    Args:
        parts: The index; several are searched as one.
        query: What to look for; words are folded here as they were for the index.
        k: How many.
        filters: What may not be among them.
        ask: How several parts are asked.
    Returns:
        The candidates, the names of the parts that could not be searched, and the generation of the others.
    Raises:
        StoredIndexError: If no part can be searched.
    """
    sought = Sought.of(query)
    team = _Team(parts, ask)
    statistics = team.statistics(sorted(sought.all))
    weigh = _Scorer(sought, statistics)
    found: dict[tuple[str, int], Candidate] = {}
    best = 0.0
    for step, enough in steps(sought, statistics):
        for posting in team.lookup(step, filters or Filters(), max(FETCHED, 2 * k)):
            place = (posting.document, posting.sentence)
            if place not in found:
                score = weigh(posting)
                best = max(best, score)
                found[place] = Candidate(document=posting.document, sentence=posting.sentence, score=score)
        if len(found) >= enough * k or best >= GOOD * weigh.whole:
            break
    ordered = sorted(found.values(), key=lambda one: (-one.score, one.document, one.sentence))
    return Found(candidates=tuple(ordered[:k]), missing=tuple(sorted(team.missing)), generation=statistics.generation)


class _Team:
    """Parts that are asked the same; one that fails is left out from then on, and named."""

    def __init__(self, parts: Sequence[Part], ask: Ask) -> None:
        self._parts = parts
        self._ask = ask
        self.missing: set[str] = set()

    def statistics(self, terms: Sequence[str]) -> Statistics:
        return sum(self._answers(lambda part: part.statistics(terms)), start=Statistics())

    def lookup(self, step: Step, filters: Filters, limit: int) -> list[Posting]:
        found = self._answers(lambda part: part.lookup(step, filters, limit))
        return [posting for postings in found for posting in postings]

    def _answers(self, question: Callable[[Part], _Answer]) -> Iterator[_Answer]:
        parts = self._present()
        for part, answer in zip(parts, self._ask(parts, question), strict=True):
            if isinstance(answer, StoredIndexError):
                self._leave_out(part, answer)
            else:
                yield answer

    def _present(self) -> list[Part]:
        return [part for part in self._parts if part.name not in self.missing]

    def _leave_out(self, part: Part, error: StoredIndexError) -> None:
        self.missing.add(part.name)
        if not self._present():
            raise error


def _idf(frequency: int, sentences: int) -> float:
    return math.log1p((sentences - frequency + 0.5) / (frequency + 0.5))


class _Scorer:
    """The score of a sentence for one query: see the top of the module."""

    def __init__(self, sought: Sought, statistics: Statistics) -> None:
        self._names = sought.names
        self._mean = statistics.mean_length
        terms = sorted(sought.words.union(sought.years, *sought.names))
        self._value = {
            term: _idf(statistics.of(term), statistics.sentences)
            * (YEAR_WEIGHT if term in sought.years else CLASS_WEIGHT if term.startswith(_CLASS) else 1.0)
            for term in terms
        }
        #: The score of a sentence of usual length that has every term, the names as a whole.
        self.whole = sum(
            value * (NAME_WEIGHT if any(term in name for name in self._names) else 1.0)
            for term, value in self._value.items()
        )

    def __call__(self, posting: Posting) -> float:
        said, title = posting.terms, posting.title
        whole = self._named_in(said)
        about = self._named_in(title)
        own = flat = 0.0
        for term, value in self._value.items():
            if term in about:
                flat += value * ABOUT_WEIGHT
            elif term in said:
                own += value * (NAME_WEIGHT if term in whole else 1.0)
            elif term in title:
                flat += value * TITLE_WEIGHT
        length = 1 - B + B * len(said) / self._mean
        return own * (K1 + 1) / (1 + K1 * length) + flat

    def _named_in(self, terms: frozenset[str]) -> frozenset[str]:
        """The terms of the names that are there as a whole."""
        return frozenset().union(*(name for name in self._names if name <= terms))
