"""The embedded index: one SQLite file, one transaction a document."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from claimcheck.errors import IndexFormatError
from claimcheck.model import Document, Entity, Reading, Sentence

from . import postings, proof, rows, schema, serial
from .analysis import ANALYSIS_VERSION
from .check import check
from .closing import Closing
from .plan import Statistics, Step
from .protocol import CheckReport, DocumentInfo, IndexInfo
from .query import Filters, Found, Posting, Query
from .search import require_positive, search

#: Documents listed by one query of `SqliteIndex.documents`.
_PAGE = 256

#: Columns of a document as `claimcheck.index.rows` knows them, and what is counted.
_DOCUMENT = (
    "id, digest, title, published, source, anchor, warnings, rest, known, first, sentences, mentions, entities,"
    " statements, characters, title_terms, checksum, text"
)


class SqliteIndex(Closing):
    """
    The index in one SQLite file (WAL, ``synchronous=FULL``); see `claimcheck.index.protocol.Index`.

    Several processes may read while one writes; a second writer waits, then fails with `IndexLockedError`.  One
    object may be used by several threads, which then take turns.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, *, read_only: bool, timeout: float = 5.0) -> None:
        self._connection = connection
        self._timeout = timeout
        self._path = path
        self._read_only = read_only
        self._lock = threading.RLock()
        self._proved: set[tuple[str, str]] = set()
        self._last_text: tuple[tuple[str, str], str] | None = None

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        timeout: float = 5.0,
        durable: bool = True,
    ) -> Self:
        """
        Open the index at *path*, and make it first when there is none.

        A file or folder that may not be written is opened for reading only.

        Args:
            path: The file, or ``":memory:"``.
            read_only: Never write; the index must be there.
            timeout: Seconds to wait for another process that is writing.
            durable: Wait for the disk after each document.  Without, a power cut can damage the file: only for
                one that is not used before it is complete, see `seal`.
        Raises:
            IndexFormatError: If the file is not a claimcheck index, or is damaged.
            IndexVersionError: If another version of claimcheck wrote it.
            IndexLockedError: If another process keeps it locked.
            StoredIndexError: If it cannot be opened for another reason.
        """
        name = os.fspath(path)
        connection, read_only = schema.connect(name, read_only=read_only, timeout=timeout)
        if not durable and not read_only:
            connection.execute("PRAGMA synchronous = OFF")
        return cls(connection, name, read_only=read_only, timeout=timeout)

    def close(self) -> None:
        """Let go of the file; nothing else may be called afterwards."""
        with self._lock, schema.storage_errors(self._path):
            self._connection.close()

    def seal(self) -> None:
        """
        Make the file complete in itself, without a log beside it, and leave it to the disk; then close it.

        Raises:
            StoredIndexError: If it cannot be written, or another process uses it.
        """
        with self._lock, schema.storage_errors(self._path):
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA journal_mode = DELETE")
            self._connection.close()
        with Path(self._path).open("rb+") as file:
            os.fsync(file.fileno())

    # ----------------------------------------------------------------- writing

    def put(self, document: Document, reading: Reading, *, digest: str) -> None:
        """
        Store *document* with its *reading*, in place of an earlier one of the same id.

        Either all of it is stored, durably, or nothing is.

        Args:
            document: The article.
            reading: What was read from it.
            digest: Of its source, for `digest`.
        Raises:
            SpanError: If a span of the reading does not say what the text says there.
            DocumentError: If the text holds half of a surrogate pair, which is no character.
            StoredIndexError: If it cannot be written; its subclasses say why.
        """
        self.put_rows(rows.prepare(document, reading, digest=digest))

    def put_rows(self, prepared: rows.DocumentRows) -> None:
        """
        Store what `claimcheck.index.rows.prepare` has made ready, in place of an earlier document of the same id.

        Raises:
            StoredIndexError: If it cannot be written; its subclasses say why.
        """
        with self._writing() as connection:
            self._remove(prepared.id)
            first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM sentences").fetchone()[0]
            number = connection.execute(
                f"INSERT INTO documents ({_DOCUMENT}) VALUES ({', '.join('?' * 18)})",  # noqa: S608 - names of ours
                (
                    *prepared.head,
                    *(first, len(prepared.sentences), *prepared.counts, len(prepared.text)),
                    *(prepared.title_terms, prepared.checksum, prepared.text),
                ),
            ).lastrowid
            connection.executemany(
                f"INSERT INTO sentences (id, document, {proof.SENTENCE}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                ((row, number, *sentence.columns) for row, sentence in enumerate(prepared.sentences, first)),
            )
            connection.executemany(
                "INSERT INTO search (rowid, terms, marks, title) VALUES (?, ?, ?, ?)",
                (
                    (row, sentence.terms, sentence.marks, prepared.title_terms)
                    for row, sentence in enumerate(prepared.sentences, first)
                ),
            )
            filed = Counter(term for sentence in prepared.sentences for term in sentence.filed)
            counts = (len(prepared.sentences), *prepared.counts)
            self._count(filed, prepared.title_terms.split(), counts, sign=1)

    def delete(self, document_id: str) -> bool:
        """Remove a document; say whether it was there."""
        with self._writing():
            return self._remove(document_id)

    def _remove(self, document_id: str) -> bool:
        """Take a document out, inside the transaction of the caller."""
        connection = self._connection
        found = connection.execute(
            "SELECT first, sentences, title_terms, mentions, entities, statements FROM documents WHERE id = ?",
            (document_id,),
        ).fetchone()
        if found is None:
            return False
        first, sentences, title, *counts = found
        place = (first, first + sentences)
        held = connection.execute("SELECT terms, marks FROM sentences WHERE id >= ? AND id < ? ORDER BY id", place)
        filed = Counter(term for terms, marks in held for term in {*terms.split(), *marks.split()})
        self._count(filed, title.split(), (sentences, *counts), sign=-1)
        connection.execute(
            "INSERT INTO search (search, rowid, terms, marks, title)"
            " SELECT 'delete', id, terms, marks, ? FROM sentences WHERE id >= ? AND id < ?",
            (title, *place),
        )
        connection.execute("DELETE FROM sentences WHERE id >= ? AND id < ?", place)
        connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        return True

    def _count(self, filed: Counter[str], title: Iterable[str], counts: Sequence[int], *, sign: int) -> None:
        """
        Keep the frequencies and the totals true as one document comes (*sign* 1) or goes (-1).

        Args:
            filed: In how many of its sentences each term or mark is.
            title: The terms of its title.
            counts: The number of its sentences, mentions, entities and statements.
            sign: Which of both.
        """
        sentences, mentions, entities, statements = counts
        titled = dict.fromkeys(title, sentences) if sentences else {}
        self._connection.executemany(
            "INSERT INTO frequencies (term, sentences, titled) VALUES (?, ?, ?) ON CONFLICT (term)"
            " DO UPDATE SET sentences = sentences + excluded.sentences, titled = titled + excluded.titled",
            (
                (term, sign * filed.get(term, 0), sign * titled.get(term, 0))
                for term in sorted(filed.keys() | titled.keys())
            ),
        )
        if sign < 0:
            self._connection.executemany(
                "DELETE FROM frequencies WHERE term = ? AND sentences = 0 AND titled = 0",
                ((term,) for term in sorted(filed.keys() | titled.keys())),
            )
        changes = {
            "documents": 1,
            "sentences": sentences,
            "mentions": mentions,
            "entities": entities,
            "statements": statements,
            "terms": filed.total(),
            "generation": sign,  # so that it grows either way
        }
        self._connection.executemany(
            "UPDATE meta SET value = value + ? WHERE key = ?", ((sign * change, key) for key, change in changes.items())
        )

    # ----------------------------------------------------------------- reading

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if it is stored."""
        with self._consistent() as connection:
            self._prove(document_id)
            row = connection.execute(
                "SELECT id, title, published, source, rest FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            return None if row is None else rows.make_document((*row, self._text_of(document_id)))

    def digest(self, document_id: str) -> str | None:
        """The digest a document was put with, if it is stored."""
        with self._consistent() as connection:
            row = connection.execute("SELECT digest FROM documents WHERE id = ?", (document_id,)).fetchone()
            return None if row is None else str(row[0])

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""
        with self._consistent() as connection:
            self._prove(document_id)
            document = connection.execute(
                "SELECT first, sentences FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            if document is None:
                return ()
            first, count = document
            text = self._text_of(document_id)
            chosen = connection.execute(
                f"SELECT id, {proof.SENTENCE} FROM sentences WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
                (serial.dumps([first + number for number in numbers if 0 <= number < count]),),
            ).fetchall()
            found = {row - first: rows.make_sentence(row - first, columns, text) for row, *columns in chosen}
        return tuple(found[number] for number in numbers if number in found)

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names; empty when it is not stored."""
        with self._consistent() as connection:
            self._prove(document_id)
            found = connection.execute("SELECT known FROM documents WHERE id = ?", (document_id,)).fetchone()
            return () if found is None else rows.make_entities(found[0])

    def reading(self, document_id: str) -> Reading | None:
        """All that was read from a document, if it is stored."""
        with self._consistent() as connection:
            self._prove(document_id)
            document = connection.execute(
                "SELECT first, sentences, anchor, warnings, known FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            if document is None:
                return None
            first, count, anchor, warnings, known = document
            text = self._text_of(document_id)
            everything = connection.execute(
                f"SELECT {proof.SENTENCE} FROM sentences WHERE id >= ? AND id < ? ORDER BY id",  # noqa: S608
                (first, first + count),
            )
            return Reading(
                sentences=tuple(rows.make_sentence(n, columns, text) for n, columns in enumerate(everything)),
                entities=rows.make_entities(known),
                anchor=rows.make_date(anchor),
                warnings=rows.make_warnings(warnings, text),
            )

    def _text_of(self, document_id: str) -> str:
        """
        The text of a document that is there.

        The last one is kept at hand: who asks for an article asks for its sentences next, one after the other, and a
        long text should not be there twice.
        """
        asked = "SELECT checksum FROM documents WHERE id = ?"
        key = (document_id, self._connection.execute(asked, (document_id,)).fetchone()[0])
        if self._last_text is None or self._last_text[0] != key:
            self._last_text = None  # the old one has gone before the new one comes
            asked = "SELECT text FROM documents WHERE id = ?"
            self._last_text = key, self._connection.execute(asked, (document_id,)).fetchone()[0]
        return self._last_text[1]

    def _prove(self, document_id: str) -> None:
        """
        Compare a document with its checksum before anything of it is given away, once for each state of it.

        Raises:
            IndexFormatError: If it is not what was stored.
        """
        if self._path == schema.MEMORY:
            return
        found = self._connection.execute("SELECT checksum FROM documents WHERE id = ?", (document_id,)).fetchone()
        if found is not None and (document_id, found[0]) not in self._proved:
            proof.require_whole(self._connection, document_id, self._path)
            self._proved.add((document_id, found[0]))

    def documents(self) -> Iterator[DocumentInfo]:
        """The stored documents in the order of their ids, without loading them all."""
        last = ""
        while True:
            with self._consistent() as connection:
                page = connection.execute(
                    "SELECT id, title, published, source, digest, sentences, characters FROM documents"
                    " WHERE id > ? ORDER BY id LIMIT ?",
                    (last, _PAGE),
                ).fetchall()
            for document_id, title, published, source, digest, sentences, characters in page:
                yield DocumentInfo(
                    id=document_id,
                    title=title,
                    published=rows.make_date(published),
                    source=source,
                    digest=digest,
                    sentences=sentences,
                    characters=characters,
                )
            if len(page) < _PAGE:
                return
            last = page[-1][0]

    def info(self) -> IndexInfo:
        """Counts, size and versions."""
        with self._consistent() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
            terms = connection.execute("SELECT count(*) FROM frequencies").fetchone()[0]
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            page = connection.execute("PRAGMA page_size").fetchone()[0]
            return IndexInfo(
                path=self._path,
                documents=meta["documents"],
                sentences=meta["sentences"],
                mentions=meta["mentions"],
                entities=meta["entities"],
                statements=meta["statements"],
                terms=terms,
                bytes=pages * page,
                format_version=schema.FORMAT_VERSION,
                analysis_version=ANALYSIS_VERSION,
                generation=meta["generation"],
                updated=self._updated(),
                read_only=self._read_only,
            )

    def _updated(self) -> dt.datetime | None:
        times = []
        for name in (self._path, f"{self._path}-wal"):
            with suppress(OSError):
                times.append(Path(name).stat().st_mtime)
        return dt.datetime.fromtimestamp(max(times), tz=dt.UTC) if times else None

    def check(self) -> CheckReport:
        """Prove every span and hash, and the soundness of the file."""
        with self._lock:
            return check(self._connection, read_only=self._read_only)

    # --------------------------------------------------------------- searching

    @property
    def name(self) -> str:
        """The file."""
        return self._path

    @property
    def generation(self) -> int:
        """A number that grows with every change."""
        with self._consistent() as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
            return int(found[0])

    @contextmanager
    def snapshot(self) -> Iterator[SqliteIndex]:
        """
        The index as it is now, for reading: what is put or deleted meanwhile does not show in it.

        It is a reader of its own, which no writer waits for; an index in memory is copied.
        """
        with self._lock, schema.storage_errors(self._path):
            if self._path == schema.MEMORY:
                connection = schema.copied(self._connection)
            else:
                connection, _ = schema.connect(self._path, read_only=True, timeout=self._timeout)
        view = type(self)(connection, self._path, read_only=True)
        with view:
            with schema.storage_errors(self._path):
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM meta").fetchone()  # from here on the state is fixed
            yield view

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """Its size, and the frequencies of *terms*."""
        with self._consistent() as connection:
            return postings.statistics(connection, terms)

    def lookup(self, step: Step, filters: Filters, limit: int) -> Sequence[Posting]:
        """The sentences of a step of a plan: all, or, where there are very many, *limit* of the most promising ones."""
        with self._consistent() as connection:
            return postings.lookup(connection, step, filters, limit)

    def candidates(self, query: Query, k: int, *, filters: Filters | None = None) -> Found:
        """
        The *k* sentences that fit *query* best, best first; equal scores in the order of document and sentence.

        Raises:
            ValueError: If *k* is not positive.
        """
        require_positive(k)
        with self._consistent():
            return search([self], query, k, filters=filters)

    # ------------------------------------------------------------ transactions

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: committed as a whole when the block ends, or undone."""
        with self._lock, schema.storage_errors(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite has undone it already after some errors
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _consistent(self) -> Iterator[sqlite3.Connection]:
        """One transaction that reads: all queries in the block see the same state."""
        with self._lock, schema.storage_errors(self._path):
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                msg = f"index {self._path} is damaged: {error}"
                raise IndexFormatError(msg, hint="see what is wrong with: claimcheck index check") from error
            finally:
                with suppress(sqlite3.Error):
                    self._connection.execute("COMMIT")
