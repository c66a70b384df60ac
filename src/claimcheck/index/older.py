"""
Index files that older versions wrote: what can be taken over from them.

Search terms and readings differ from version to version and are made anew.  The articles themselves, their texts,
metadata and digests, have stood in the same columns from format 1 on, and tables that are not the index's own, such as
a newsroom's history, are copied as they are.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from types import TracebackType
from typing import Self

from claimcheck.errors import IndexFormatError, StoredIndexError
from claimcheck.model import Document
from claimcheck.paths import reason_of

from . import rows, schema

#: The index's own tables, in all formats, by how their names begin.
_OWN = ("meta", "documents", "entities", "sentences", "mentions", "statements", "frequencies", "search", "vocabulary")


class OlderIndex:
    """
    An index file of any format up to the one of today; an older one is held so that nobody else writes or reads it.

    Args:
        path: The file.
    Raises:
        IndexFormatError: If it is no index.
        IndexVersionError: If a newer version of claimcheck wrote it.
        IndexLockedError: If another process uses it, or it may not be written.
        StoredIndexError: If it is not there or cannot be opened.
    """

    def __init__(self, path: str) -> None:
        schema.refuse_missing(path)
        self._path = path
        with schema.storage_errors(path):
            schema.refuse_other(path, schema.versions, timeout=5.0)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=5.0)
            try:
                self.format, self.is_current = schema.versions(self._connection, path)
                if not self.is_current:
                    self._hold()
            except BaseException:
                self._connection.close()
                raise

    def _hold(self) -> None:
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Takes what a log beside it holds into the file, and fails while anybody else has the file open.
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.execute("BEGIN EXCLUSIVE")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")
        self._connection.close()

    def count(self) -> int:
        """How many articles it holds."""
        with schema.storage_errors(self._path):
            return int(self._connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def documents(self) -> Iterator[tuple[Document, str]]:
        """
        Its articles with their digests, in the order in which they were added.

        Raises:
            IndexFormatError: If one of them is damaged.
        """
        with schema.storage_errors(self._path):
            numbers = self._connection.execute("SELECT number FROM documents ORDER BY number").fetchall()
            for (number,) in numbers:
                *row, digest, characters = self._connection.execute(
                    "SELECT id, title, published, source, rest, text, digest, characters FROM documents"
                    " WHERE number = ?",
                    (number,),
                ).fetchone()
                try:
                    document = rows.make_document(row)
                except (ValueError, KeyError, TypeError) as error:
                    raise _damaged(self._path, row[0], str(error)) from error
                if len(document.text) != characters:
                    raise _damaged(self._path, row[0], f"it has {len(document.text)} characters, not {characters}")
                yield document, digest

    def copy_rest(self, path: str) -> None:
        """Copy the tables that are not the index's own to the index at *path*."""
        with schema.storage_errors(path), closing(sqlite3.connect(path, isolation_level=None)) as other:
            parts = self._connection.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name"
            ).fetchall()
            rest = [part for part in parts if not part[2].startswith((*_OWN, "sqlite_"))]
            other.execute("PRAGMA synchronous = FULL")
            other.execute("BEGIN IMMEDIATE")
            for kind, name, _, sql in rest:
                other.execute(sql)
                if kind == "table":
                    self._copy_rows(other, name)
            other.execute("COMMIT")

    def _copy_rows(self, other: sqlite3.Connection, name: str) -> None:
        found = self._connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name from the file's own schema
        marks = ", ".join("?" * len(found.description))
        other.executemany(f"INSERT INTO {name} VALUES ({marks})", found)  # noqa: S608
        with suppress(sqlite3.OperationalError):  # no table of the file counts its rows
            for (last,) in self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)):
                other.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
                other.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))

    def replace_by(self, path: str, *, kept: str) -> None:
        """
        Put the index at *path* in the place of this one, which stays as *kept*; there is a file at every moment.

        Raises:
            StoredIndexError: If the folder cannot be written.
        """
        try:
            os.link(self._path, kept)
            os.replace(path, self._path)  # noqa: PTH105 - one call for both
        except OSError as error:
            msg = f"cannot put the new index in the place of {self._path}: {reason_of(error)}"
            raise StoredIndexError(msg, hint="the old one is untouched; check the folder and its free space") from error


def _damaged(path: str, identifier: str, why: str) -> IndexFormatError:
    msg = f"index {path} is damaged: document {identifier!r}: {why}"
    return IndexFormatError(msg, hint="restore it from a copy, or build it anew in another file")
