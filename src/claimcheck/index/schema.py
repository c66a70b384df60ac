"""
The tables of the embedded index, the opening of its file, and its errors.

One SQLite file holds everything.  ``PRAGMA application_id`` says that it is a claimcheck index and
``PRAGMA user_version`` which format its tables have.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from claimcheck.errors import IndexFormatError, IndexLockedError, IndexVersionError, StoredIndexError
from claimcheck.paths import refusal

from .analysis import ANALYSIS_VERSION

#: ``application_id`` in the file's header: "CLMC".
APPLICATION_ID = 0x434C4D43
#: Version of the tables.  A file with another one is not opened.
FORMAT_VERSION = 2
#: FTS5's own score, for choosing among very many: words, marks, title.
RANK = "bm25(1.0, 1.0, 0.5)"
#: Oldest SQLite that can be used (STRICT tables, 2021-11-27).
OLDEST_SQLITE = (3, 37, 0)
#: Path that stands for an index in memory.
MEMORY = ":memory:"

#: What is counted as documents come and go, each a row of ``meta``.
COUNTERS = ("documents", "sentences", "mentions", "entities", "statements", "terms", "generation")

# The long columns stand last, so that the short ones can be read without them.  The sentences of a document have
# consecutive ids from its ``first`` one on.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    source TEXT NOT NULL,
    anchor TEXT,
    first INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    entities INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    title_terms TEXT NOT NULL,
    checksum TEXT NOT NULL,
    warnings TEXT,
    rest BLOB NOT NULL,
    known BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    terms TEXT NOT NULL,
    marks TEXT NOT NULL,
    rest BLOB NOT NULL
) STRICT;

CREATE TABLE frequencies (
    term TEXT PRIMARY KEY, sentences INTEGER NOT NULL, titled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW searched AS
    SELECT s.id, s.terms, s.marks, d.title_terms AS title
    FROM sentences s JOIN documents d ON d.number = s.document;
CREATE VIRTUAL TABLE search USING fts5 (
    terms, marks, title, content = 'searched', content_rowid = 'id', tokenize = "ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, col);
"""


def connect(path: str, *, read_only: bool, timeout: float) -> tuple[sqlite3.Connection, bool]:
    """
    Open the index at *path*, and make it first when there is none.

    A file or folder that may not be written is opened for reading only.

    Args:
        path: The file, or ``":memory:"``.
        read_only: Do not write, and fail when there is no index.
        timeout: Seconds to wait for another process that is writing.
    Returns:
        The connection, without automatic transactions, and whether it can only read.
    Raises:
        IndexFormatError: If the file is not a claimcheck index, or is damaged.
        IndexVersionError: If another version of claimcheck wrote it.
        IndexLockedError: If another process keeps it locked.
        StoredIndexError: If it cannot be opened for another reason.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        msg = f"SQLite {sqlite3.sqlite_version} is too old for the index"
        raise StoredIndexError(msg, hint="use a Python built with SQLite 3.37 or newer, with FTS5")
    _refuse_unusable(path)
    read_only = read_only or _write_protected(path)
    _check_place(path, read_only=read_only)
    with storage_errors(path):
        if not read_only:
            refuse_other(path, _check_versions, timeout=timeout)
        connection = _open(path, read_only=read_only, timeout=timeout)
        try:
            if not read_only:
                _create_if_empty(connection)
            _check_versions(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection, read_only


def refuse_missing(path: str) -> None:
    """
    Refuse to go on without an index.

    Raises:
        StoredIndexError: If there is no file at *path*.
    """
    _refuse_unusable(path)
    if not Path(path).is_file():
        msg = f"there is no index {path}"
        raise StoredIndexError(msg, hint="make one with: claimcheck index add --index FILE PATH")


def refuse_other(path: str, check: Callable[[sqlite3.Connection, str], object], *, timeout: float) -> None:
    """
    Put a file to the *check* before anything is set in it: what is refused may be somebody else's, and stays as it is.

    Args:
        path: The file; where there is none, or an empty one, nothing is refused.
        check: Called with the open file and *path*; it raises what is to be raised.
        timeout: Seconds to wait for another process that is writing.
    """
    if path == MEMORY or not Path(path).exists():
        return
    # A reader leaves a log beside the file to its owner; where there is none, a writer leaves no files of its own.
    with closing(_opener(path, timeout)("mode=ro" if _has_log(path) else "mode=rw")) as connection:
        if not _is_empty(connection):
            check(connection, path)


def copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory of an index in memory."""
    other = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
    connection.backup(other)
    return other


def _write_protected(path: str) -> bool:
    file = Path(path)
    return path != MEMORY and file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _refuse_unusable(path: str) -> None:
    if reason := refusal(path):
        msg = f"cannot open index {path}: {reason}"
        raise StoredIndexError(msg, hint="name another file, or check the permissions of the folders above it")


def _check_place(path: str, *, read_only: bool) -> None:
    if path == MEMORY:
        return
    file = Path(path)
    if file.is_dir():
        msg = f"{path} is a folder, not an index file"
        raise IndexFormatError(msg, hint="name a file for the index; a folder of articles is a corpus")
    if not file.parent.is_dir():
        msg = f"cannot open index {path}: there is no folder {file.parent}"
        raise StoredIndexError(msg, hint="make the folder first")
    if read_only:
        refuse_missing(path)


def _open(path: str, *, read_only: bool, timeout: float) -> sqlite3.Connection:
    open_as = _opener(path, timeout)
    if path == MEMORY:
        connection = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
    elif read_only:
        connection = _open_to_read(open_as, path)
    else:
        connection = open_as("mode=rwc")
    try:
        connection.execute("PRAGMA cache_size = -16384")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _opener(path: str, timeout: float) -> Callable[[str], sqlite3.Connection]:
    """What opens the file in a given mode."""

    def open_as(mode: str) -> sqlite3.Connection:
        uri = f"{Path(path).absolute().as_uri()}?{mode}"
        # The index's own lock keeps threads apart.
        return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)

    return open_as


def _has_log(path: str) -> bool:
    """Whether there are changes beside the file that it does not hold yet."""
    try:
        return os.stat(f"{path}-wal").st_size > 0  # noqa: PTH116 - it takes what `Path` would refuse
    except (OSError, ValueError):
        return False


def _open_to_read(open_as: Callable[[str], sqlite3.Connection], path: str) -> sqlite3.Connection:
    """
    Open for reading: beside a writer where that is possible, else as a file that does not change.

    A WAL database needs its shared-memory file even to be read; in a folder that may not be written SQLite
    can only do without when it may take the file as unchanging.
    """
    connection = open_as("mode=ro")
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        connection.close()
        if primary_code(error) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY} or _has_log(path):
            raise
        connection = open_as("mode=ro&immutable=1")
    return connection


def _create_if_empty(connection: sqlite3.Connection) -> None:
    if not _is_empty(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_empty(connection):  # another process may have been faster
            for statement in TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO search (search, rank) VALUES ('rank', ?)", (RANK,))
            connection.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?)",
                [("analysis", ANALYSIS_VERSION), *((counter, 0) for counter in COUNTERS)],
            )
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _is_empty(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return tables == 0 and _header(connection) == (0, 0)


def _header(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return application, version


def versions(connection: sqlite3.Connection, path: str) -> tuple[int, bool]:
    """
    The format of an index file, and whether it is wholly of today, search terms too.

    Raises:
        IndexFormatError: If it is no index.
        IndexVersionError: If a newer version of claimcheck wrote it.
    """
    application, version = _header(connection)
    if application != APPLICATION_ID:
        msg = f"{path} is not a claimcheck index"
        raise IndexFormatError(msg, hint="name another file, or a new one to make an index there")
    if version > FORMAT_VERSION:
        msg = f"{path} has index format {version}, this claimcheck reads format {FORMAT_VERSION}"
        raise IndexVersionError(msg, hint="upgrade claimcheck, or build the index anew in another file")
    row = connection.execute("SELECT value FROM meta WHERE key = 'analysis'").fetchone()
    return version, version == FORMAT_VERSION and row is not None and row[0] == ANALYSIS_VERSION


def _check_versions(connection: sqlite3.Connection, path: str) -> None:
    _, is_current = versions(connection, path)
    if not is_current:
        msg = f"{path} was written by another version of claimcheck, whose search terms differ"
        raise IndexVersionError(msg, hint=f"take it over, history and all: claimcheck index migrate --index {path}")


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code of *error*, -1 when it has none."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1


@contextmanager
def storage_errors(path: str) -> Iterator[None]:
    """Turn SQLite's errors into ours, each with a code and a hint."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    except UnicodeDecodeError as error:  # in what SQLite says of a file whose table definitions are damaged
        msg = f"index {path} is damaged: {error.reason}"
        raise IndexFormatError(msg, hint="restore it from a copy, or build it anew in another file") from error


def _translated(error: sqlite3.Error, path: str) -> StoredIndexError:
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return IndexLockedError(
                f"index {path} is locked: another process is writing it",
                hint="wait until it has finished, or end it, then try again",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return IndexLockedError(
                f"index {path} may not be written",
                hint="check the permissions of the file and its folder, or copy it to where you may write",
            )
        case sqlite3.SQLITE_FULL:
            return StoredIndexError(
                f"no space left on the disk of index {path}; documents stored before are safe",
                hint="free some space, then run the same command again: it goes on where it stopped",
                code="CC-E24",
            )
        case sqlite3.SQLITE_NOTADB:
            return IndexFormatError(
                f"{path} is not a claimcheck index", hint="name another file, or a new one to make an index there"
            )
        case sqlite3.SQLITE_CORRUPT:
            return IndexFormatError(
                f"index {path} is damaged: {error}", hint="restore it from a copy, or build it anew in another file"
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StoredIndexError(
                f"cannot open index {path}", hint="check that the folder exists and that you may read and write there"
            )
        case sqlite3.SQLITE_IOERR:
            return StoredIndexError(
                f"cannot read or write index {path}: {error}", hint="check the disk and its free space", code="CC-E25"
            )
        case _:
            return StoredIndexError(f"cannot use index {path}: {error}", hint="check it with: claimcheck index check")
