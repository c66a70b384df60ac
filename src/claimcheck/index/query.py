"""The records of a search: what is looked for, what may not be found, and what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen


@frozen(kw_only=True)
class Query:
    """
    What to look for in the corpus.

    Args:
        entities: The name tokens of each entity ("kim", "jong", "il"); a sentence with all of them counts more.
        terms: Lemmas of the other content words.
        years: Years that the time of the statement covers.
    """

    entities: tuple[tuple[str, ...], ...] = ()
    terms: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@frozen(kw_only=True)
class Filters:
    """
    What may not be among the candidates.

    Args:
        published_until: Documents published after this day; those of unknown date may.
    """

    published_until: dt.date | None = None


@frozen(kw_only=True)
class Candidate:
    """
    A sentence worth comparing with a statement.

    Args:
        document: Id of the document.
        sentence: Number of the sentence within it.
        score: How well its terms fit; comparable within one query only.
    """

    document: str
    sentence: int
    score: float


@frozen(kw_only=True)
class Found:
    """
    The candidates of a search.

    Args:
        candidates: Best first.
        missing: Names of the parts of the index that could not be searched; what they hold is not among them.
        generation: Of the parts that were searched, together: another number for another state of the index.
    """

    candidates: tuple[Candidate, ...] = ()
    missing: tuple[str, ...] = ()
    generation: int = 0

    @property
    def partial(self) -> bool:
        """Whether a part of the index was not searched."""
        return bool(self.missing)

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self.candidates)

    def __len__(self) -> int:
        return len(self.candidates)


@frozen(kw_only=True, slots=False)  # a search makes hundreds, and slots double the time it takes
class Posting:
    """A sentence that a lookup found: its place, its terms and marks, and the terms of its document's title."""

    document: str
    sentence: int
    terms: frozenset[str]
    title: frozenset[str]
