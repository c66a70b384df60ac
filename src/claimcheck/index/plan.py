"""
What is looked up for a query, one step after the other.

The cost of a search lies in how many postings it reads, so a large index is never asked for "any of these words".
First come the sentences that hold the rarest of the query's names, then those that hold two of its four rarest parts
(a name is one part), then two of the six rarest, then any part within a budget of postings.  Decision 0007 has the
figures.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from .analysis import name_mark, terms_of, year_mark
from .query import Query

#: Sentences of a small index, and the postings that may be read there without thinking: any of the words will do.
SMALL, FREE_POSTINGS = 50_000, 20_000
#: Postings of a name that are all read, and those that may be read for the ones with another word of the query.
FEW_POSTINGS, NAME_POSTINGS = 300, 4_000
#: Postings of a part that is worth as much alone as two of the usual ones together.
RARE_POSTINGS = 20
#: Postings that two parts may have, the rarer of them; beyond, three are looked for together.
PAIR_POSTINGS = 50_000
#: Rarest parts of which a third is asked for where two are in very many sentences.
MOST_TRIPLED = 6
#: Postings that the last step may read.
LAST_POSTINGS = 3_000
#: So many times as many sentences as were asked for are enough after the steps that go by pairs.
ENOUGH = 4
#: Terms of one query that are looked up, the rarest.
MOST_TERMS = 64

Terms = frozenset[str]
"""Terms that a sentence must hold together, itself or in its document's title."""


@frozen(kw_only=True)
class Frequency:
    """How many sentences hold a term themselves, and how many have it in their document's title."""

    sentences: int = 0
    titled: int = 0

    @property
    def postings(self) -> int:
        """How many places a lookup has to read."""
        return self.sentences + self.titled


@frozen(kw_only=True)
class Statistics:
    """
    The size of an index, or of several together: `sum` them with an empty one as the start.

    Args:
        sentences: Number of sentences.
        terms: Terms and marks in all of them, each counted once a sentence.
        frequencies: Of the terms that were asked for; one that nothing holds is left out.
        generation: Counts the changes to it so far.
    """

    sentences: int = 0
    terms: int = 0
    frequencies: Mapping[str, Frequency] = field(factory=dict)
    generation: int = 0

    def __add__(self, other: Statistics) -> Statistics:
        """Both together."""
        together = dict(self.frequencies)
        for term, found in other.frequencies.items():
            mine = together.get(term, Frequency())
            together[term] = Frequency(sentences=mine.sentences + found.sentences, titled=mine.titled + found.titled)
        return Statistics(
            sentences=self.sentences + other.sentences,
            terms=self.terms + other.terms,
            frequencies=together,
            generation=self.generation + other.generation,
        )

    @property
    def mean_length(self) -> float:
        """Terms in a sentence, on average."""
        return self.terms / self.sentences if self.terms else 1.0

    def of(self, term: str) -> int:
        """The number of sentences that hold *term* themselves."""
        return self.frequencies[term].sentences if term in self.frequencies else 0

    def postings(self, terms: Terms) -> int:
        """Places to read for sentences that hold all of *terms*, at most."""
        return min(self.frequencies[term].postings for term in terms)


@frozen(kw_only=True)
class Group:
    """
    Sentences that hold all of ``must`` and, unless that is empty, all of one of ``any``.

    Args:
        must: All of them are needed.
        any: One of these is needed, whole.
        closer: Asked for in the place of ``any`` where that finds very many.
    """

    must: Terms = frozenset()
    any: tuple[Terms, ...] = ()
    closer: tuple[Terms, ...] = ()


#: One step of a plan: any one group is enough.
Step = tuple[Group, ...]


@frozen(kw_only=True)
class Sought:
    """
    A query as search terms.

    Args:
        names: The terms of each name.
        marks: The mark of each name, ``""`` for a name of one word.
        words: Terms of other words.
        years: Marks of years.
    """

    names: tuple[Terms, ...]
    marks: tuple[str, ...]
    words: Terms
    years: Terms

    @classmethod
    def of(cls, query: Query) -> Sought:
        """The terms of *query*."""
        names = {frozenset(terms_of(tokens)): name_mark(tokens) for tokens in query.entities}
        names.pop(frozenset(), None)
        named = frozenset(itertools.chain.from_iterable(names))
        return cls(
            names=tuple(names),
            marks=tuple(names.values()),
            words=frozenset(terms_of(query.terms)) - named,
            years=frozenset(year_mark(year) for year in query.years),
        )

    @property
    def all(self) -> Terms:
        """All terms and marks."""
        return self.words.union(self.years, *self.names, (mark for mark in self.marks if mark))


@frozen(kw_only=True)
class _Part:
    """A part of a query, a name or a single term, with the places to read for it."""

    terms: Terms
    postings: int
    is_name: bool = False


def steps(sought: Sought, statistics: Statistics) -> Iterator[tuple[Step, int]]:
    """
    What to look up, one step after the other, until there is enough.

    Args:
        sought: What to look for.
        statistics: Of the whole index, all its parts together.
    Returns:
        Each step with how many times as many sentences as were asked for are enough after it.
    """
    parts = _parts(sought, statistics)
    if not parts:
        return
    singles = _rarest(sought.all, statistics)
    free = FREE_POSTINGS if statistics.sentences <= SMALL else LAST_POSTINGS
    if sum(statistics.frequencies[term].postings for term in singles) <= free:
        yield (Group(any=tuple(frozenset((term,)) for term in singles)),), 1
        return
    for step in _by_name(parts):
        yield step, 1
    for rarest in (parts[:4], parts[:6]):
        rare = tuple(Group(must=part.terms) for part in rarest if part.postings <= RARE_POSTINGS)
        pairs = tuple(_pairs(rarest, parts[:MOST_TRIPLED]))
        if rarest[0].postings > PAIR_POSTINGS:
            pairs = tuple(evolve(group, any=group.closer, closer=()) for group in pairs if group.closer)
        if rare + pairs:
            yield rare + pairs, ENOUGH
    spent = itertools.accumulate(statistics.frequencies[term].postings for term in singles)
    affordable = [term for term, cost in zip(singles, spent, strict=True) if cost <= LAST_POSTINGS]
    yield (Group(any=tuple(frozenset((term,)) for term in affordable or singles[:1])),), ENOUGH


def _pairs(parts: Sequence[_Part], thirds: Sequence[_Part]) -> Iterator[Group]:
    """Sentences with two of *parts*, which stand rarest first; where they are very many, with one of *thirds* too."""
    for place in range(1, len(parts)):
        part, rarer = parts[place], parts[:place]
        triples = {other.terms | third.terms for other in rarer for third in thirds if third not in (part, other)}
        yield Group(
            must=part.terms, any=tuple(other.terms for other in rarer), closer=tuple(sorted(triples, key=sorted))
        )


def _by_name(parts: Sequence[_Part]) -> Iterator[Step]:
    """Sentences of the rarest name, those with another word of the query where there are many."""
    name = next((part for part in parts if part.is_name), None)
    if name is None or name.postings > NAME_POSTINGS:
        return
    few = name.postings <= FEW_POSTINGS
    others = [part.terms for part in parts if part is not name]
    pairs = (one | other for one, other in itertools.combinations(others[:MOST_TRIPLED], 2))
    yield (Group(must=name.terms, any=() if few else tuple(others), closer=tuple(pairs)),)


def _rarest(terms: Iterable[str], statistics: Statistics) -> list[str]:
    known = [term for term in terms if term in statistics.frequencies]
    return sorted(known, key=lambda term: (statistics.frequencies[term].postings, term))[:MOST_TERMS]


def _parts(sought: Sought, statistics: Statistics) -> list[_Part]:
    """The parts of the query that the index knows, rarest first."""
    parts: dict[Terms, _Part] = {}
    for name, mark in zip(sought.names, sought.marks, strict=True):
        known = frozenset(term for term in name if term in statistics.frequencies)
        terms = frozenset((mark,)) if mark in statistics.frequencies else known
        if terms:
            parts[terms] = _Part(terms=terms, postings=statistics.postings(terms), is_name=True)
    for term in _rarest(sought.words | sought.years, statistics):
        single = frozenset((term,))
        parts.setdefault(single, _Part(terms=single, postings=statistics.postings(single)))
    return sorted(parts.values(), key=lambda part: (part.postings, sorted(part.terms)))
