"""
Results that are kept between runs, by key, in one SQLite file beside the cached indexes.

The file is a convenience and nothing else: whatever is wrong with it (locked, full, read-only, damaged) means that a
result is computed again.  Several processes may use it at once.  It is bounded in size, and what was not asked for
longest goes first.  Nothing is synchronised to disk: a file that a crash leaves damaged is made anew, and each result
carries a checksum, so that no wrong one ever comes out.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from claimcheck.index import serial

_Found = TypeVar("_Found")

#: Bytes that results may take together, and one alone.
MOST_BYTES, MOST_OF_ONE = 64 * 2**20, 4 * 2**20
#: Days after which a result, or an index in the same folder, that was not asked for is removed.
DAYS_KEPT = 30
SECONDS_A_DAY = 86_400
#: Name of the file, with the version of what is in it.
FILE = "results-1.sqlite"

_SECONDS_TO_WAIT = 1.0
_KEYS_AT_ONCE = 500
_CHECKSUM = 8
#: What SQLite says of a file that is none of its own, is damaged, or has other tables.
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA})
_SET_UP = (
    "PRAGMA journal_mode = MEMORY",  # a journal on disk could be taken for that of a file made anew
    "PRAGMA synchronous = OFF",
    "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)",
)
_OLDEST = """
    DELETE FROM results WHERE rowid IN (
        SELECT rowid FROM results ORDER BY used, rowid LIMIT (SELECT count(*) / 4 + 1 FROM results))
"""


class ResultStore:
    """
    Plain data by key in a file; several threads may use it.

    Args:
        path: The file, which is made when there is none.
        most_bytes: What the results in it may take together.
    """

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._usable = True

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """What is kept under *keys*; those that nothing is kept under are left out."""
        rows = self._tried(lambda connection: _rows(connection, keys)) if keys else None
        found = {}
        for key, value in rows or ():
            with suppress(ValueError):  # damaged: as if it were not there
                found[key] = _unpacked(key, value)
        return found

    def put(self, results: Mapping[bytes, Any]) -> None:
        """Keep plain data under keys."""
        today = _today()
        rows = [(key, today, _packed(key, data)) for key, data in results.items()]
        rows = [row for row in rows if len(row[2]) <= MOST_OF_ONE]
        if rows:
            self._tried(lambda connection: self._write(connection, rows))

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        with self._lock:
            self._drop()

    # ------------------------------------------------------------------------ inside

    def _write(self, connection: sqlite3.Connection, rows: Sequence[tuple[bytes, int, bytes]]) -> None:
        with connection:
            connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            while _bytes_used(connection) > self._most_bytes and connection.execute(_OLDEST).rowcount > 0:
                pass

    def _tried(self, work: Callable[[sqlite3.Connection], _Found]) -> _Found | None:
        """What *work* gives, ``None`` when the file cannot be used; a damaged one is made anew."""
        with self._lock:
            for _ in range(2):
                if not self._usable:
                    return None
                try:
                    return work(self._connection())
                except sqlite3.Error as error:
                    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
                    if code not in _DAMAGED:  # locked, full, read-only: perhaps not next time
                        return None
                    self._remove()
                except OSError:
                    self._usable = False
            self._usable = False
            return None

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # claims are for their author's eyes
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            self._opened = sqlite3.connect(self._path, timeout=_SECONDS_TO_WAIT, check_same_thread=False)
            for statement in _SET_UP:
                self._opened.execute(statement)
            with self._opened:
                self._opened.execute("DELETE FROM results WHERE used < ?", (_today() - DAYS_KEPT,))
        return self._opened

    def _remove(self) -> None:
        self._drop()
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            self._usable = False

    def _drop(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            with suppress(sqlite3.Error):
                opened.close()


def key_of(*parts: str) -> bytes:
    """The key of what is made from *parts*, for each order of them another."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def _rows(connection: sqlite3.Connection, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """The rows of *keys*, marked as used today."""
    rows = []
    for first in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[first : first + _KEYS_AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows += connection.execute(
            f"SELECT key, value, used FROM results WHERE key IN ({marks})",  # noqa: S608 - question marks
            some,
        ).fetchall()
    today = _today()
    old = [(today, key) for key, _, used in rows if used != today]
    if old:
        with suppress(sqlite3.OperationalError), connection:  # when it cannot be written, it can still be read
            connection.executemany("UPDATE results SET used = ? WHERE key = ?", old)
    return [(key, value) for key, value, _ in rows]


def _packed(key: bytes, data: Any) -> bytes:
    value = serial.pack(data)
    return _checksum(key, value) + value


def _unpacked(key: bytes, stored: object) -> Any:
    """
    The data in a row.

    Raises:
        ValueError: If it is not what was put there.
    """
    value = bytes(stored) if isinstance(stored, bytes) else b""
    if value[:_CHECKSUM] != _checksum(key, value[_CHECKSUM:]):
        msg = "a kept result is damaged"
        raise ValueError(msg)
    return serial.unpack(value[_CHECKSUM:])


def _checksum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + value, digest_size=_CHECKSUM).digest()


def _bytes_used(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _today() -> int:
    return int(time.time() // SECONDS_A_DAY)
