"""An index in several parts: each holds the documents that its number is drawn for, and all are searched as one."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from operator import attrgetter

from attrs import evolve

from claimcheck.model import Document, Entity, Reading, Sentence

from .closing import Closing
from .plan import Statistics, Step
from .protocol import CheckReport, DocumentInfo, Index, IndexInfo
from .query import Filters, Found, Posting, Query
from .rows import DocumentRows, prepare
from .search import Ask, in_turn, require_positive, search


def part_of(document_id: str, parts: int) -> int:
    """
    The number of the part that holds a document, of so many *parts*: SHA-256 of its id, modulo their number.

    >>> part_of("obama.txt", 8) == part_of("obama.txt", 8)
    True
    """
    drawn = hashlib.sha256(document_id.encode()).digest()[:8]
    return int.from_bytes(drawn, "big") % parts


class PartedIndex(Closing):
    """
    Several indexes as one; see `claimcheck.index.protocol.Index`.

    A document lies in the part that the SHA-256 of its id says, so the number of parts may not change.  A search that
    a part fails in goes on without it and says so; everything else that needs the part fails.

    Args:
        parts: The parts, in the order they were made with.  They are closed with the whole.
        ask: How they are asked in a search: one after the other when nothing is said.
        name: What the whole is called, the names of the parts when nothing is said.
    Raises:
        ValueError: If there are no parts.
    """

    def __init__(self, parts: Sequence[Index], *, ask: Ask = in_turn, name: str = "") -> None:
        if not parts:
            msg = "an index needs at least one part"
            raise ValueError(msg)
        self._parts = tuple(parts)
        self._ask = ask
        self._name = name or ", ".join(part.name for part in parts)

    def _of(self, document_id: str) -> Index:
        return self._parts[part_of(document_id, len(self._parts))]

    # ----------------------------------------------------------------- writing

    def put(self, document: Document, reading: Reading, *, digest: str) -> None:
        """Store *document* with its *reading*, in place of an earlier one of the same id."""
        self.put_rows(prepare(document, reading, digest=digest))

    def put_rows(self, prepared: DocumentRows) -> None:
        """The same for a document that was made ready before."""
        self._of(prepared.id).put_rows(prepared)

    def delete(self, document_id: str) -> bool:
        """Remove a document; say whether it was there."""
        return self._of(document_id).delete(document_id)

    # ----------------------------------------------------------------- reading

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name

    @property
    def generation(self) -> int:
        """A number that grows with every change."""
        return sum(part.generation for part in self._parts)

    @contextmanager
    def snapshot(self) -> Iterator[PartedIndex]:
        """The parts as they are now, each at its own moment: two documents in two parts can be of two states."""
        with ExitStack() as stack:
            yield PartedIndex([stack.enter_context(part.snapshot()) for part in self._parts], name=self._name)

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if it is stored."""
        return self._of(document_id).get(document_id)

    def digest(self, document_id: str) -> str | None:
        """The digest a document was put with, if it is stored."""
        return self._of(document_id).digest(document_id)

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""
        return self._of(document_id).sentences(document_id, numbers)

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names; empty when it is not stored."""
        return self._of(document_id).entities(document_id)

    def reading(self, document_id: str) -> Reading | None:
        """All that was read from a document, if it is stored."""
        return self._of(document_id).reading(document_id)

    def documents(self) -> Iterator[DocumentInfo]:
        """The stored documents in the order of their ids, without loading them all."""
        return heapq.merge(*(part.documents() for part in self._parts), key=attrgetter("id"))

    def info(self) -> IndexInfo:
        """The counts of all parts together; a term that two parts hold is counted twice."""
        infos = [part.info() for part in self._parts]
        updated = [info.updated for info in infos if info.updated is not None]
        counted = ("documents", "sentences", "mentions", "entities", "statements", "terms", "bytes", "generation")
        return evolve(
            infos[0],
            path=self.name,
            updated=max(updated, default=None),
            read_only=any(info.read_only for info in infos),
            **{name: sum(getattr(info, name) for info in infos) for name in counted},
        )

    def check(self) -> CheckReport:
        """Prove every span and hash of every part."""
        reports = [part.check() for part in self._parts]
        return CheckReport(
            documents=sum(report.documents for report in reports),
            sentences=sum(report.sentences for report in reports),
            spans=sum(report.spans for report in reports),
            faults=tuple(fault for report in reports for fault in report.faults),
        )

    # --------------------------------------------------------------- searching

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The size of all parts, and the frequencies of *terms* in them."""
        wanted = list(terms)
        return sum((part.statistics(wanted) for part in self._parts), start=Statistics())

    def lookup(self, step: Step, filters: Filters, limit: int) -> Sequence[Posting]:
        """The sentences of a step of a plan, up to *limit* of the most promising ones of each part."""
        return [posting for part in self._parts for posting in part.lookup(step, filters, limit)]

    def candidates(self, query: Query, k: int, *, filters: Filters | None = None) -> Found:
        """
        The *k* sentences that fit *query* best, best first, and the names of the parts that were not searched.

        Raises:
            StoredIndexError: If no part can be searched.
            ValueError: If *k* is not positive.
        """
        require_positive(k)
        return search(self._parts, query, k, filters=filters, ask=self._ask)

    # ----------------------------------------------------------------- closing

    def close(self) -> None:
        """Let go of all parts; nothing else may be called afterwards."""
        for part in self._parts:
            part.close()
