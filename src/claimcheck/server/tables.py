"""The tables of the newsroom's history, in the index's own file."""

from __future__ import annotations

import sqlite3

from claimcheck.errors import IndexVersionError

#: Version of these tables.
VERSION = 1

TABLES = """
CREATE TABLE newsroom (version INTEGER NOT NULL) STRICT;

CREATE TABLE newsroom_checks (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    author TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    digest TEXT NOT NULL,
    versions TEXT NOT NULL,
    summary TEXT NOT NULL
) STRICT;

CREATE TABLE newsroom_events (
    check_number INTEGER NOT NULL REFERENCES newsroom_checks (number) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    claim INTEGER,
    data TEXT NOT NULL,
    PRIMARY KEY (check_number, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE newsroom_exports (
    check_number INTEGER NOT NULL REFERENCES newsroom_checks (number) ON DELETE CASCADE,
    format TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (check_number, format)
) STRICT, WITHOUT ROWID;

CREATE TABLE newsroom_decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    check_number INTEGER NOT NULL REFERENCES newsroom_checks (number) ON DELETE CASCADE,
    claim INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('accept', 'override', 'comment')),
    verdict TEXT,
    comment TEXT NOT NULL,
    author TEXT NOT NULL,
    made TEXT NOT NULL,
    found TEXT,
    evidence_hash TEXT,
    versions TEXT NOT NULL
) STRICT;
CREATE INDEX newsroom_decisions_of ON newsroom_decisions (check_number, claim, number);

CREATE TABLE newsroom_audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    author TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
"""


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """
    Make the tables where there are none, inside the transaction of the caller.

    Raises:
        IndexVersionError: If another version of claimcheck made them.
    """
    there = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'newsroom'").fetchone()[0]
    if not there:
        for statement in TABLES.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("INSERT INTO newsroom (version) VALUES (?)", (VERSION,))
        return
    found = connection.execute("SELECT version FROM newsroom").fetchone()
    if found is None or found[0] != VERSION:
        msg = f"the history in {path} was written by another version of claimcheck"
        raise IndexVersionError(msg, hint="upgrade claimcheck, or serve another index file")
