"""The proof that an index is sound: the file, the hashes, every span, and the search tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from claimcheck.errors import ClaimcheckError

from . import rows, serial
from .proof import COLUMNS, is_whole, sentence_rows
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


#: What reading a damaged value ends in.
UNREADABLE = (ClaimcheckError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


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
        """SQLite's own checks: pages, indexes, types; and that each sentence has its place in a document."""
        for (message,) in self.connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})"):
            if message != "ok":
                self.fault(f"the file is damaged: {message}")
        (lost,) = self.connection.execute(
            "SELECT count(*) FROM sentences s LEFT JOIN documents d ON d.number = s.document"
            " WHERE d.number IS NULL OR s.id < d.first OR s.id >= d.first + d.sentences"
        ).fetchone()
        if lost:
            self.fault(f"{lost} of the sentences belong to no document")

    def documents(self) -> None:
        """Each document's checksum, and each of its spans."""
        numbers = self.connection.execute("SELECT number FROM documents ORDER BY id").fetchall()
        for (number,) in numbers:
            self.document_count += 1
            row = self.connection.execute(
                f"SELECT {COLUMNS}, first, sentences, characters, checksum, text FROM documents WHERE number = ?",  # noqa: S608
                (number,),
            ).fetchone()
            if row is None:
                self.fault(f"document number {number} is listed but not there")
            else:
                self._document(row)

    def _document(self, row: Sequence[Any]) -> None:
        document_id, _, title, published, source, anchor, warnings, rest, known, _, first, sentences, *_, text = row
        if not is_whole(self.connection, document_id):
            self.fault("its text or what was read from it is not what was stored", document_id)
        try:
            rows.make_document((document_id, title, published, source, rest, text))
            rows.make_warnings(warnings, text)
            rows.make_date(anchor)
            rows.make_entities(known)
        except UNREADABLE as error:
            self.fault(f"it cannot be read: {error}", document_id)
        found = 0
        for found, sentence in enumerate(sentence_rows(self.connection, first, sentences), start=1):
            self._spans(document_id, found - 1, sentence, text)
        self.sentence_count += found
        if sentences != found:
            self.fault(f"it has {found} sentences, not {sentences}", document_id)

    def _spans(self, document_id: str, number: int, row: rows.SentenceRow, text: str) -> None:
        """Read one sentence, cutting each of its spans from the text, and compare each of them."""
        try:
            sentence = rows.make_sentence(number, row.columns, text)
            self.span_count += serial.count_spans(sentence, text)
        except UNREADABLE as error:
            self.fault(f"sentence {number} cannot be read: {error}", document_id)

    def counts(self) -> None:
        """The totals and the table of frequencies against what is there."""
        meta = dict(self.connection.execute("SELECT key, value FROM meta").fetchall())
        found = self.connection.execute(
            "SELECT count(*), total(mentions), total(entities), total(statements) FROM documents"
        ).fetchone()
        found = (*found, self.connection.execute("SELECT count(*) FROM sentences").fetchone()[0])
        for what, number in zip(("documents", "mentions", "entities", "statements", "sentences"), found, strict=True):
            if number != meta.get(what):
                self.fault(f"there are {number:.0f} {what}, but {meta.get(what)} were counted")
        total = self.connection.execute("SELECT total(sentences) FROM frequencies").fetchone()[0]
        if total != meta.get("terms"):
            self.fault(f"the frequencies add up to {total:.0f}, but {meta.get('terms')} terms were counted")
        counted = "SELECT term, sentences, titled FROM frequencies"
        there = (
            "SELECT term, total(CASE col WHEN 'title' THEN 0 ELSE doc END), total(CASE col WHEN 'title' THEN doc END)"
            " FROM vocabulary GROUP BY term"
        )
        differing = max(
            self.connection.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchone()[0]  # noqa: S608
            for one, other in ((counted, there), (there, counted))
        )
        if differing:
            self.fault(f"{differing} terms are not as frequent as the table of frequencies says")

    def full_text(self) -> None:
        """FTS5's check of its index against the sentences."""
        self.connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
