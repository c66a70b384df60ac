"""The lookups of the search in SQLite's full-text index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from . import serial
from .search import Groups, Posting, Totals


class SqlitePostings:
    """The lookups of the search in SQLite's full-text index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def totals(self) -> Totals:
        """The size of the index."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta").fetchall())
        return Totals(sentences=meta["sentences"], terms=meta["terms"])

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """The number of sentences that hold each of *terms*; a term that none holds is left out."""
        return dict(
            self._connection.execute(
                "SELECT term, sentences FROM frequencies WHERE term IN (SELECT value FROM json_each(?))",
                (serial.dumps(list(terms)),),
            ).fetchall()
        )

    def lookup(self, groups: Groups, limit: int) -> Sequence[Posting]:
        """At most *limit* sentences that hold all terms of at least one group, by FTS5's own rank."""
        expression = " OR ".join("(" + " AND ".join(f'"{term}"' for term in sorted(group)) + ")" for group in groups)
        found = self._connection.execute(
            "SELECT s.id, d.id, s.number, s.terms, s.years, d.title_terms"
            " FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank, rowid LIMIT ?) f"
            " JOIN sentences s ON s.id = f.rowid JOIN documents d ON d.number = s.document",
            (expression, limit),
        )
        return [
            Posting(
                row=row,
                document=document,
                sentence=sentence,
                terms=frozenset(terms.split()).union(years.split()),
                title=frozenset(title.split()),
            )
            for row, document, sentence, terms, years, title in found
        ]
