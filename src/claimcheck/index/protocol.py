"""What every index must do, and the records that pass between an index and its callers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from attrs import field, frozen, validators

from claimcheck.model import Document, Entity, Reading, Sentence

from .plan import Statistics, Step
from .query import Filters, Found, Posting, Query
from .rows import DocumentRows


@frozen(kw_only=True)
class DocumentInfo:
    """A stored document in brief. ``characters`` counts the code points of its text."""

    id: str
    title: str
    published: dt.date | None
    source: str
    digest: str
    sentences: int
    characters: int


@frozen(kw_only=True)
class IndexInfo:
    """
    What an index holds.

    Args:
        path: The file, ``":memory:"`` for none.
        documents: Number of documents.
        sentences: Number of sentences.
        mentions: Number of mentions.
        entities: Number of entities, each counted once a document.
        statements: Number of statements.
        terms: Number of distinct search terms.
        bytes: Size of the file.
        format_version: Of the tables.
        analysis_version: Of the way words become search terms.
        generation: Counts the changes to it so far.
        updated: When the file was last written, UTC; ``None`` in memory.  No time is kept in the file itself, so
            that the same documents give the same bytes.
        read_only: Whether it was opened for reading only.
    """

    path: str
    documents: int
    sentences: int
    mentions: int
    entities: int
    statements: int
    terms: int
    bytes: int
    format_version: int
    analysis_version: str
    generation: int
    updated: dt.datetime | None
    read_only: bool


@frozen(kw_only=True)
class CheckFault:
    """Something wrong in an index. ``document`` is ``""`` when it is about the file as a whole."""

    document: str
    message: str


@frozen(kw_only=True)
class CheckReport:
    """
    What a check of an index proved.

    Args:
        documents: Documents examined.
        sentences: Sentences examined.
        spans: Spans proved to say what was read: of sentences, mentions, statements and all their parts.
        faults: What is wrong; empty for a sound index.
    """

    documents: int = field(validator=validators.ge(0))
    sentences: int = field(validator=validators.ge(0))
    spans: int = field(validator=validators.ge(0))
    faults: tuple[CheckFault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class Part(Protocol):
    """What the search needs from an index, or from each part of one that lies in several files or on many machines."""

    @property
    def name(self) -> str:
        """What it is called when it cannot be searched."""

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """
        Its size, and the frequencies of *terms*; those of several parts can be added up.

        Raises:
            StoredIndexError: If it cannot be read.
        """

    def lookup(self, step: Step, filters: Filters, limit: int) -> Sequence[Posting]:
        """
        The sentences of a step of a plan: all, or, where there are very many, *limit* of the most promising ones.

        Raises:
            StoredIndexError: If it cannot be read.
        """


class Index(Part, Protocol):
    """
    A store of documents with what was read from them, and the search for candidates.

    `put` and `delete` are atomic and return when the change is durable.  Every read sees one state of the index; those
    of a `snapshot` all see the same.  The tests in ``tests/unit/test_index_conformance.py`` are what this means.
    """

    def put(self, document: Document, reading: Reading, *, digest: str) -> None:
        """Store *document* with its *reading*, in place of an earlier one of the same id."""

    def put_rows(self, prepared: DocumentRows) -> None:
        """The same for a document that `claimcheck.index.prepare` has made ready, perhaps in another process."""

    def delete(self, document_id: str) -> bool:
        """Remove a document; say whether it was there."""

    @property
    def generation(self) -> int:
        """A number that grows with every `put`, and every `delete` of a document that was there."""

    def snapshot(self) -> AbstractContextManager[Index]:
        """The index as it is now, for reading: what is put or deleted meanwhile does not show in it."""

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if it is stored."""

    def digest(self, document_id: str) -> str | None:
        """The digest a document was put with, if it is stored."""

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names; empty when it is not stored."""

    def reading(self, document_id: str) -> Reading | None:
        """All that was read from a document, if it is stored."""

    def documents(self) -> Iterator[DocumentInfo]:
        """The stored documents in the order of their ids, without loading them all."""

    def info(self) -> IndexInfo:
        """Counts, size and versions."""

    def check(self) -> CheckReport:
        """Prove every span and hash, and the soundness of the file."""

    def candidates(self, query: Query, k: int, *, filters: Filters | None = None) -> Found:
        """
        The *k* sentences that fit *query* best, best first, and what part of the index was not searched.

        Raises:
            ValueError: If *k* is not positive.
        """

    def close(self) -> None:
        """Let go of the file; nothing else may be called afterwards."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
