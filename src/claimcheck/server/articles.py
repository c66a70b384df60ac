"""Lists of the articles of the index, and the place of each sentence, for the page that shows them."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from claimcheck.errors import RequestError
from claimcheck.index import SqliteIndex, proof, rows, schema
from claimcheck.model import Document

from .database import PATIENCE, Database
from .faults import NOT_FOUND

_BRIEF = "id, title, published, source, sentences, characters"
_FOUND = "instr(lower(id || char(10) || title || char(10) || source || char(10) || text), ?)"


def state(path: str) -> tuple[Any, ...]:
    """What is another after an article of the index at *path* has come, gone or changed."""
    connection, _ = schema.connect(path, read_only=True, timeout=5.0)
    try:
        with schema.storage_errors(path):
            return _state(connection)
    finally:
        connection.close()


def _state(connection: sqlite3.Connection) -> tuple[Any, ...]:
    counts = connection.execute("SELECT value FROM meta WHERE key IN ('documents', 'sentences', 'terms') ORDER BY key")
    last = connection.execute("SELECT number, digest FROM documents ORDER BY number DESC LIMIT 1")
    return (*(row[0] for row in counts.fetchall()), *(last.fetchone() or ()))


class Articles:
    """The articles of the index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, *, words: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
        """
        Articles in the order of their ids.

        Args:
            words: What their id, title, source or text must hold, without regard to case; "" for all.
            limit: Most of them.
            offset: How many to pass over.
        Returns:
            The page, and how many there are in all.
        """
        condition, values = (f" WHERE {_FOUND} > 0", (words.lower(),)) if words else ("", ())
        with self._database.reading() as connection:
            total = connection.execute(f"SELECT count(*) FROM documents{condition}", values).fetchone()[0]  # noqa: S608
            found = connection.execute(
                f"SELECT {_BRIEF} FROM documents{condition} ORDER BY id LIMIT ? OFFSET ?",  # noqa: S608
                (*values, limit, offset),
            ).fetchall()
        return [dict(zip(_BRIEF.split(", "), row, strict=True)) for row in found], total

    def whole(self, identifier: str) -> dict[str, Any]:
        """
        One article: its text, what is known about it, and where its sentences stand.

        Raises:
            RequestError: If there is none of that id.
            IndexFormatError: If it is not what was stored.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT first, {_BRIEF}, digest, rest, text FROM documents WHERE id = ?",  # noqa: S608
                (identifier,),
            ).fetchone()
            if row is None:
                raise missing(identifier)
            proof.require_whole(connection, identifier, self._database.path)
            stored = [sentence.columns for sentence in proof.sentence_rows(connection, row[0], row[5])]
        brief = dict(zip(_BRIEF.split(", "), row[1:7], strict=True))
        document = _document(row)
        sentences = [rows.make_sentence(number, columns, document.text) for number, columns in enumerate(stored)]
        return {
            **{key: value for key, value in brief.items() if key != "sentences"},
            "sha256": row[7],
            "url": document.url,
            "media_type": document.media_type,
            "metadata": dict(document.metadata),
            "text": document.text,
            "blocks": [{"start": b.start, "end": b.end, "kind": b.kind} for b in document.layout],
            "sentences": [
                {"number": s.index, "start": s.span.start, "end": s.span.end, "kind": s.kind.value} for s in sentences
            ],
        }

    def holds(self, identifier: str) -> bool:
        """Whether there is an article of that id."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM documents WHERE id = ?", (identifier,)).fetchone() is not None

    def remove(self, identifier: str) -> bool:
        """Remove an article; say whether it was there."""
        with SqliteIndex.open(self._database.path, timeout=PATIENCE) as index:
            return index.delete(identifier)

    def count(self) -> int:
        """How many there are."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def missing(identifier: str) -> RequestError:
    """The error about an article that is not there."""
    msg = f"there is no document {json.dumps(identifier[:200], ensure_ascii=False)}"
    return RequestError(msg, hint="see the list of documents", code=NOT_FOUND)


def _document(row: tuple[Any, ...]) -> Document:
    return rows.make_document((row[1], row[2], row[3], row[4], row[8], row[9]))
