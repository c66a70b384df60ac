"""The proof that an index is sound: the file, the hashes, every span, and the search tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from claimcheck.errors import ClaimcheckError

from . import rows, serial
from .protocol import CheckFault, CheckReport

#: Faults of the file that are listed; more say nothing new.
_MOST_FAULTS = 100


def check(connection: sqlite3.Connection, *, read_only: bool) -> CheckReport:
    """
    Examine a whole index, one document at a time.

    Args:
        connection: The open index.
        read_only: Leave out FTS5's own check, which SQLite counts as writing.
    Returns:
        What was proved and what is wrong; never an exception for a damaged file.
    """
    checker = _Checker(connection)
    checker.step(checker.file)
    checker.step(checker.documents)
    checker.step(checker.counts)
    if not read_only:
        checker.step(checker.full_text)
    return CheckReport(
        documents=checker.document_count,
        sentences=checker.sentence_count,
        spans=checker.span_count,
        faults=tuple(checker.faults),
    )


class _Checker:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.faults: list[CheckFault] = []
        self.document_count = self.sentence_count = self.span_count = 0

    def step(self, examine: Callable[[], None]) -> None:
        """One part of the check on one state of the index; what SQLite cannot read is a fault."""
        try:
            self.connection.execute("BEGIN")
            examine()
        except sqlite3.Error as error:
            self.fault(f"the file is damaged: {error}")
        finally:
            with suppress(sqlite3.Error):
                self.connection.execute("COMMIT")

    def fault(self, message: str, document: str = "") -> None:
        self.faults.append(CheckFault(document=document, message=message))

    def file(self) -> None:
        """SQLite's own checks: pages, indexes, types, and references between tables."""
        for (message,) in self.connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})"):
            if message != "ok":
                self.fault(f"the file is damaged: {message}")
        for table, _, parent, _ in self.connection.execute("PRAGMA foreign_key_check"):
            self.fault(f"a row of table {table} belongs to no row of table {parent}")

    def documents(self) -> None:
        """Each document's checksum, and each of its spans."""
        numbers = self.connection.execute("SELECT number FROM documents ORDER BY id").fetchall()
        for (number,) in numbers:
            self.document_count += 1
            row = self.connection.execute(
                "SELECT id, digest, title, published, source, anchor, warnings, rest,"
                " sentences, characters, checksum, text FROM documents WHERE number = ?",
                (number,),
            ).fetchone()
            if row is None:
                self.fault(f"document number {number} is listed but not there")
            else:
                self._document(number, row)

    def _document(self, number: int, row: Sequence[Any]) -> None:
        *head, sentences, characters, checksum, text = row
        document_id, _, title, published, source, anchor, warnings, rest = head
        entities = self._rows("entities", "number, id, name, kind, rest", "document", number)
        found = list(self._sentences(number))
        self.sentence_count += len(found)
        if checksum != rows.checksum(head, text, entities, found) or characters != len(text):
            self.fault("its text or what was read from it is not what was stored", document_id)
        if sentences != len(found):
            self.fault(f"it has {len(found)} sentences, not {sentences}", document_id)
        try:
            rows.make_document((document_id, title, published, source, rest, text))
            rows.make_warnings(warnings, text)
            rows.make_date(anchor)
            for entity in entities:
                rows.make_entity(entity)
        except (ClaimcheckError, ValueError, TypeError, KeyError) as error:
            self.fault(f"it cannot be read: {error}", document_id)
        for sentence in found:
            self._spans(document_id, sentence, text)

    def _spans(self, document_id: str, found: rows.SentenceRows, text: str) -> None:
        """Read one sentence, cutting each of its spans from the text, and write it again with each span compared."""
        try:
            sentence = rows.make_sentence(found.columns, found.mentions, found.statements, text)
            self.span_count += serial.count_spans(sentence, text)
        except (ClaimcheckError, ValueError, TypeError, KeyError) as error:
            self.fault(f"sentence {found.columns[0]!r} cannot be read: {error}", document_id)

    def _sentences(self, document: int) -> Iterator[rows.SentenceRows]:
        for identity, *columns in self.connection.execute(
            "SELECT id, number, start, end, kind, paragraph, copy_of, terms, years, rest"
            " FROM sentences WHERE document = ? ORDER BY number",
            (document,),
        ):
            yield rows.SentenceRows(
                columns=tuple(columns),
                terms=tuple(columns[6].split()),
                years=tuple(columns[7].split()),
                mentions=self._rows("mentions", "number, start, end, entity, how, rest", "sentence", identity),
                statements=self._rows("statements", "number, start, end, lemma, rest", "sentence", identity),
            )

    def _rows(self, table: str, columns: str, owner: str, number: int) -> tuple[Any, ...]:
        query = f"SELECT {columns} FROM {table} WHERE {owner} = ? ORDER BY number"  # noqa: S608 - names of ours
        return tuple(self.connection.execute(query, (number,)).fetchall())

    def counts(self) -> None:
        """The totals and the table of frequencies against what is there."""
        meta = dict(self.connection.execute("SELECT key, value FROM meta").fetchall())
        for table in ("documents", "sentences"):
            found = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            if found != meta.get(table):
                self.fault(f"there are {found} {table}, but {meta.get(table)} were counted")
        total = self.connection.execute("SELECT total(sentences) FROM frequencies").fetchone()[0]
        if total != meta.get("terms"):
            self.fault(f"the frequencies add up to {total:.0f}, but {meta.get('terms')} terms were counted")
        differing = self.connection.execute(
            "SELECT count(*) FROM (SELECT term, doc FROM vocabulary EXCEPT SELECT term, sentences FROM frequencies)"
        ).fetchone()[0]
        missing = self.connection.execute(
            "SELECT count(*) FROM (SELECT term, sentences FROM frequencies EXCEPT SELECT term, doc FROM vocabulary)"
        ).fetchone()[0]
        if differing or missing:
            self.fault(f"{max(differing, missing)} terms are not as frequent as the table of frequencies says")

    def full_text(self) -> None:
        """FTS5's check of its index against the sentences."""
        self.connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
