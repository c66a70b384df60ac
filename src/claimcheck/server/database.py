"""One SQLite file, read by many threads and written by one at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from claimcheck.errors import IndexLockedError
from claimcheck.index import schema

#: Seconds to wait for another process that is writing the index.
PATIENCE = 30.0
#: Connections that are kept for the next readers.
MOST_IDLE = 40


class Database:
    """
    The index's file, for the tables of the history and for lists of documents.

    Args:
        path: The index file, which must be there: a wrong name would otherwise serve an empty newsroom.
    Raises:
        StoredIndexError: If it is missing, or cannot be opened or written; its subclasses say why.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        schema.refuse_missing(path)
        self._writer, read_only = schema.connect(path, read_only=False, timeout=PATIENCE)
        if read_only:
            self._writer.close()
            msg = f"index {path} may not be written, and the server keeps its history there"
            raise IndexLockedError(msg, hint="check the permissions of the file and its folder")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: on the disk as a whole when the block ends, or undone."""
        with self._writing, schema.storage_errors(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One transaction that reads, on a connection of its own: it waits for no writer."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._opened()
        try:
            with schema.storage_errors(self.path):
                connection.execute("BEGIN")
                try:
                    yield connection
                finally:
                    with suppress(sqlite3.Error):
                        connection.execute("COMMIT")
        finally:
            if self._closed or len(self._idle) >= MOST_IDLE:
                connection.close()
            else:
                self._idle.append(connection)

    def _opened(self) -> sqlite3.Connection:
        connection, _ = schema.connect(self.path, read_only=True, timeout=PATIENCE)
        return connection

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        with self._writing:
            self._writer.close()
        while self._idle:
            self._idle.pop().close()
