"""Finding, in a corpus, the sentences that a claim is held against."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from claimcheck.index import Candidate, Filters, Found, Query
from claimcheck.language.aliases import Aliases
from claimcheck.matching.sides import Source
from claimcheck.model import Document, Entity, Sentence

from .copies import clusters
from .corpus import Corpus
from .sources import BEFORE, KEPT, source_of, with_aliases

#: Candidates that are looked at however well they fit: sources that disagree may use few of the claim's words.
ALWAYS = 4
#: How often is searched where articles change between the search and their reading.
TIMES = 3


@frozen(kw_only=True)
class Sources:
    """
    What was found.

    Args:
        found: Sentences with what surrounds them, best first.
        missing: The names of the parts of the corpus that were not searched.
    """

    found: tuple[Source, ...] = ()
    missing: Sequence[str] = ()

    def outside(self, *texts: str) -> Sources:
        """Those that do not stand in a document of one of *texts*."""
        return evolve(self, found=tuple(s for s in self.found if s.document.text not in texts))


class Finder:
    """
    Finds sentences of a corpus; the documents and sentences that were met last are kept at hand until it changes.

    Args:
        corpus: What is searched; nothing is found without one.
        aliases: Names that are one.
        as_of: What was published after this day is left out.
    """

    def __init__(self, corpus: Corpus | None, *, aliases: Aliases, as_of: dt.date | None) -> None:
        self._corpus = corpus
        self._aliases = aliases
        self._as_of = as_of
        self._generation = 0
        self._loaded = functools.lru_cache(maxsize=KEPT)(self._load_document)
        self._passage = functools.lru_cache(maxsize=8 * KEPT)(self._load_passage)

    @property
    def generation(self) -> int:
        """The state of the corpus as it was last seen: what was found in another one is no longer true."""
        return self._generation

    def refresh(self) -> None:
        """
        See whether the corpus has changed.

        Raises:
            StoredIndexError: If it cannot be read.
        """
        if self._corpus is not None:
            self._generation = self._corpus.generation

    def document(self, identifier: str) -> Document | None:
        """The document with that id, if there is one."""
        loaded = self._loaded(identifier, self._generation) if self._corpus is not None else None
        return loaded[0] if loaded is not None else None

    def sources(self, query: Query, most: int, *, least: float = 0.0) -> Sources:
        """
        The sentences that fit *query*.

        Args:
            query: What to look for.
            most: How many, at most.
            least: Share of the best one's score that the others must have, but for the first of them, which are remote
                without it.
        """
        for _ in range(TIMES):
            all_of_them = self._candidates(query, most, Filters(published_until=self._as_of))
            enough = least * max((candidate.score for candidate in all_of_them), default=0.0)
            candidates = _worth(all_of_them, enough)
            found = list(self._read(candidates, enough))
            if len(found) == len(candidates):
                break
        numbered = clusters([source.sentence.span.text for source in found])
        for source, cluster in zip(found, numbered, strict=True):
            source.cluster = cluster
        return Sources(found=tuple(with_aliases(s, self._aliases) for s in found), missing=candidates.missing)

    def _read(self, candidates: Found, enough: float) -> Iterator[Source]:
        """The candidates with the sentences before them; those that have changed since the search are left out."""
        for candidate, document, entities in self._documents_of(candidates):
            read = self._passage(candidate.document, candidate.sentence, candidates.generation)
            if read and all(document.text[s.span.start : s.span.end] == s.span.text for s in read):
                yield source_of(document, entities, read, remote=candidate.score < enough)

    def left_out(self, query: Query, most: int) -> tuple[str, ...]:
        """The documents that hold candidates and are not looked at, because they were published too late."""
        candidates = self._documents_of(self._candidates(query, most))
        found = (document for _, document, _ in candidates if self._too_new(document))
        return tuple(dict.fromkeys(document.id for document in found))

    def _candidates(self, query: Query, most: int, filters: Filters | None = None) -> Found:
        if self._corpus is None:
            return Found()
        found = self._corpus.candidates(query, most, filters=filters)
        self._generation = found.generation
        return found

    def _documents_of(self, found: Found) -> Iterator[tuple[Candidate, Document, dict[str, Entity]]]:
        """The candidates of a search, each with its document and whom that names."""
        for candidate in found:
            loaded = self._loaded(candidate.document, found.generation)
            if loaded is not None:
                yield candidate, *loaded

    def _too_new(self, document: Document) -> bool:
        return self._as_of is not None and document.published is not None and document.published > self._as_of

    def _load_document(self, identifier: str, _generation: int) -> tuple[Document, dict[str, Entity]] | None:
        assert self._corpus is not None
        document = self._corpus.get(identifier)
        if document is None:
            return None
        return document, {e.id: e for e in self._corpus.entities(identifier)}

    def _load_passage(self, identifier: str, number: int, _generation: int) -> tuple[Sentence, ...]:
        """A sentence after those before it, or nothing when one of them is not there."""
        assert self._corpus is not None
        numbers = range(max(0, number - BEFORE), number + 1)
        read = self._corpus.sentences(identifier, numbers)
        return read if len(read) == len(numbers) else ()


def _worth(found: Found, enough: float) -> Found:
    """The first candidates, and of the others those whose score is *enough*."""
    worth = (one for place, one in enumerate(found) if place < ALWAYS or one.score >= enough)
    return evolve(found, candidates=tuple(worth))
