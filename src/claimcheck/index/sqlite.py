"""The embedded index: one SQLite file, one transaction a document."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from claimcheck.errors import DocumentError, IndexFormatError
from claimcheck.model import Document, Entity, Reading, Sentence

from . import rows, schema, serial
from .check import check
from .postings import SqlitePostings
from .protocol import Candidate, CheckReport, DocumentInfo, IndexInfo, Query
from .search import ANALYSIS_VERSION, search

#: Documents listed by one query of `SqliteIndex.documents`.
_PAGE = 256

#: Columns of a sentence as `claimcheck.index.rows` knows them.
_SENTENCE = "number, start, end, kind, paragraph, copy_of, terms, years, rest"


class SqliteIndex:
    """
    The index in one SQLite file (WAL, ``synchronous=FULL``); see `claimcheck.index.protocol.Index`.

    Several processes may read while one writes; a second writer waits, then fails with `IndexLockedError`.  One
    object may be used by several threads, which then take turns.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, *, read_only: bool) -> None:
        self._connection = connection
        self._path = path
        self._read_only = read_only
        self._lock = threading.RLock()

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
        return cls(connection, name, read_only=read_only)

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
        try:
            prepared = rows.document_rows(document, reading, digest=digest)
        except UnicodeEncodeError as error:
            msg = f"document {document.id!r} holds half of a surrogate pair, which is no character"
            raise DocumentError(msg, hint="correct its \\u escapes or its encoding") from error
        with self._writing() as connection:
            self._remove(document.id)
            number = connection.execute(
                "INSERT INTO documents (id, digest, title, published, source, anchor, warnings, rest, sentences,"
                " characters, title_terms, checksum, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *prepared.head,
                    *(len(reading.sentences), len(document.text), prepared.title_terms, prepared.checksum),
                    document.text,
                ),
            ).lastrowid
            self._insert_entities(number, prepared.entities)
            self._insert_sentences(number, prepared.sentences)

    def delete(self, document_id: str) -> bool:
        """Remove a document; say whether it was there."""
        with self._writing():
            return self._remove(document_id)

    def _insert_entities(self, document: int | None, entities: Iterable[tuple[rows.Value, ...]]) -> None:
        self._connection.executemany(
            "INSERT INTO entities (document, number, id, name, kind, rest) VALUES (?, ?, ?, ?, ?, ?)",
            ((document, *entity) for entity in entities),
        )

    def _insert_sentences(self, document: int | None, sentences: Sequence[rows.SentenceRows]) -> None:
        connection = self._connection
        first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM sentences").fetchone()[0]
        numbered = list(enumerate(sentences, first))
        connection.executemany(
            f"INSERT INTO sentences (id, document, {_SENTENCE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            ((row, document, *sentence.columns) for row, sentence in numbered),
        )
        connection.executemany(
            "INSERT INTO mentions (sentence, number, start, end, entity, how, rest) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((row, *mention) for row, sentence in numbered for mention in sentence.mentions),
        )
        connection.executemany(
            "INSERT INTO statements (sentence, number, start, end, lemma, rest) VALUES (?, ?, ?, ?, ?, ?)",
            ((row, *statement) for row, sentence in numbered for statement in sentence.statements),
        )
        connection.execute(
            "INSERT INTO search (rowid, terms, years) SELECT id, terms, years FROM sentences WHERE document = ?",
            (document,),
        )
        self._count([{*sentence.terms, *sentence.years} for sentence in sentences], sign=1)

    def _remove(self, document_id: str) -> bool:
        """Take a document out, inside the transaction of the caller."""
        connection = self._connection
        found = connection.execute("SELECT number FROM documents WHERE id = ?", (document_id,)).fetchone()
        if found is None:
            return False
        held = connection.execute("SELECT terms, years FROM sentences WHERE document = ?", found)
        self._count([{*terms.split(), *years.split()} for terms, years in held], sign=-1)
        connection.execute(
            "INSERT INTO search (search, rowid, terms, years)"
            " SELECT 'delete', id, terms, years FROM sentences WHERE document = ?",
            found,
        )
        connection.execute("DELETE FROM documents WHERE number = ?", found)
        return True

    def _count(self, sentences: Sequence[set[str]], *, sign: int) -> None:
        """Keep the table of frequencies and the totals true as one document comes (*sign* 1) or goes (-1)."""
        counts = Counter(term for terms in sentences for term in terms)
        self._connection.executemany(
            "INSERT INTO frequencies (term, sentences) VALUES (?, ?)"
            " ON CONFLICT (term) DO UPDATE SET sentences = sentences + excluded.sentences",
            ((term, sign * count) for term, count in sorted(counts.items())),
        )
        if sign < 0:
            self._connection.executemany(
                "DELETE FROM frequencies WHERE term = ? AND sentences = 0", ((term,) for term in sorted(counts))
            )
        changes = {"documents": sign, "sentences": sign * len(sentences), "terms": sign * counts.total()}
        self._connection.executemany(
            "UPDATE meta SET value = value + ? WHERE key = ?", ((change, key) for key, change in changes.items())
        )

    # ----------------------------------------------------------------- reading

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if it is stored."""
        with self._consistent() as connection:
            row = connection.execute(
                "SELECT id, title, published, source, rest, text FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            return None if row is None else rows.make_document(row)

    def digest(self, document_id: str) -> str | None:
        """The digest a document was put with, if it is stored."""
        with self._consistent() as connection:
            row = connection.execute("SELECT digest FROM documents WHERE id = ?", (document_id,)).fetchone()
            return None if row is None else str(row[0])

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""
        with self._consistent() as connection:
            document = connection.execute("SELECT number, text FROM documents WHERE id = ?", (document_id,)).fetchone()
            if document is None:
                return ()
            chosen = connection.execute(
                f"SELECT id, {_SENTENCE} FROM sentences"  # noqa: S608
                " WHERE document = ? AND number IN (SELECT value FROM json_each(?))",
                (document[0], serial.dumps(list(numbers))),
            ).fetchall()
            found = {sentence.index: sentence for sentence in self._make(chosen, document[1])}
        return tuple(found[number] for number in numbers if number in found)

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names; empty when it is not stored."""
        with self._consistent() as connection:
            found = connection.execute(
                "SELECT e.number, e.id, e.name, e.kind, e.rest FROM entities e"
                " JOIN documents d ON d.number = e.document WHERE d.id = ? ORDER BY e.number",
                (document_id,),
            )
            return tuple(rows.make_entity(row) for row in found)

    def reading(self, document_id: str) -> Reading | None:
        """All that was read from a document, if it is stored."""
        with self._consistent() as connection:
            document = connection.execute(
                "SELECT number, anchor, warnings, text FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            if document is None:
                return None
            number, anchor, warnings, text = document
            everything = connection.execute(
                f"SELECT id, {_SENTENCE} FROM sentences WHERE document = ? ORDER BY number",  # noqa: S608
                (number,),
            ).fetchall()
            return Reading(
                sentences=tuple(self._make(everything, text)),
                entities=self.entities(document_id),
                anchor=rows.make_date(anchor),
                warnings=rows.make_warnings(warnings, text),
            )

    def _make(self, sentences: Sequence[tuple[Any, ...]], text: str) -> Iterator[Sentence]:
        """Sentences from rows ``(id, ...)``, with their mentions and statements."""
        wanted = serial.dumps([row[0] for row in sentences])
        mentions = self._children("mentions", "number, start, end, entity, how, rest", wanted)
        statements = self._children("statements", "number, start, end, lemma, rest", wanted)
        for row, *columns in sentences:
            yield rows.make_sentence(columns, mentions[row], statements[row], text)

    def _children(self, table: str, columns: str, sentences: str) -> Mapping[int, list[tuple[Any, ...]]]:
        """Rows of *table* by the sentence they belong to; *sentences* is a JSON list of row ids."""
        found = self._connection.execute(
            f"SELECT sentence, {columns} FROM {table}"  # noqa: S608 - names of ours
            " WHERE sentence IN (SELECT value FROM json_each(?)) ORDER BY sentence, number",
            (sentences,),
        )
        groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for sentence, *rest in found:
            groups[sentence].append(tuple(rest))
        return groups

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
            mentions, entities, statements, terms = connection.execute(
                "SELECT (SELECT count(*) FROM mentions), (SELECT count(*) FROM entities),"
                " (SELECT count(*) FROM statements), (SELECT count(*) FROM frequencies)"
            ).fetchone()
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            page = connection.execute("PRAGMA page_size").fetchone()[0]
        return IndexInfo(
            path=self._path,
            documents=meta["documents"],
            sentences=meta["sentences"],
            mentions=mentions,
            entities=entities,
            statements=statements,
            terms=terms,
            bytes=pages * page,
            format_version=schema.FORMAT_VERSION,
            analysis_version=ANALYSIS_VERSION,
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

    def candidates(self, query: Query, k: int) -> list[Candidate]:
        """
        The *k* sentences that fit *query* best, best first; equal scores in the order of document and sentence.

        Raises:
            ValueError: If *k* is not positive.
        """
        if k < 1:
            msg = f"the number of candidates must be at least 1, not {k}"
            raise ValueError(msg)
        with self._consistent() as connection:
            return search(SqlitePostings(connection), query, k)

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
            except (ValueError, KeyError) as error:
                msg = f"index {self._path} is damaged: {error}"
                raise IndexFormatError(msg, hint="see what is wrong with: claimcheck index check") from error
            finally:
                with suppress(sqlite3.Error):
                    self._connection.execute("COMMIT")
