"""The lookups of the search in SQLite's full-text index."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterable, Sequence

from attrs import evolve

from . import serial
from .plan import Frequency, Group, Statistics, Step
from .query import Filters, Posting

#: Titles and sentences whose terms are kept at hand.
KEPT = 4_096
#: Sentences of one step that are all fetched; of more, FTS5's own score chooses.
ALL_FETCHED = 500


def statistics(connection: sqlite3.Connection, terms: Iterable[str]) -> Statistics:
    """The size of the index, and the frequencies of *terms*."""
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    found = connection.execute(
        "SELECT term, sentences, titled FROM frequencies WHERE term IN (SELECT value FROM json_each(?))",
        (serial.dumps(list(terms)),),
    )
    return Statistics(
        sentences=meta["sentences"],
        terms=meta["terms"],
        frequencies={term: Frequency(sentences=sentences, titled=titled) for term, sentences, titled in found},
        generation=meta["generation"],
    )


def lookup(connection: sqlite3.Connection, step: Step, filters: Filters, limit: int) -> Sequence[Posting]:
    """The sentences of *step*, or, where there are more than `ALL_FETCHED`, the most promising of them."""
    most = max(limit, ALL_FETCHED)
    numbers = _numbers(connection, step, filters, most + 1)
    if len(numbers) > most:
        numbers = _chosen(connection, step, filters, limit, most)
    found = connection.execute(
        "SELECT d.id, s.id - d.first, s.terms, s.marks, d.title_terms"
        " FROM json_each(?) j JOIN sentences s ON s.id = j.value JOIN documents d ON d.number = s.document",
        (serial.dumps(numbers),),
    )
    return [
        Posting(
            document=document,
            sentence=sentence,
            terms=_terms(f"{terms} {marks}"),
            title=_terms(title),
        )
        for document, sentence, terms, marks, title in found
    ]


@functools.lru_cache(maxsize=KEPT)
def _terms(joined: str) -> frozenset[str]:
    """The terms of a column: many sentences share a title, and many searches find the same sentences."""
    return frozenset(joined.split())


def _chosen(connection: sqlite3.Connection, step: Step, filters: Filters, limit: int, most: int) -> list[int]:
    """
    The ids of the most promising sentences of a *step* that has very many, at most *most* for each of its groups.

    Each group is asked for by itself, and where it is too large, for what has more of the query.  FTS5's own score
    chooses where nothing else does: it costs some hundredths of a millisecond for each sentence that it weighs.
    """
    chosen: dict[int, None] = {}
    for group in step:
        for asked in (group, evolve(group, any=group.closer)):
            numbers = _numbers(connection, (asked,), filters, most + 1)
            if len(numbers) <= most:
                chosen |= dict.fromkeys(numbers)
                break
            if not group.closer:
                break
    return list(chosen) or _numbers(connection, step, filters, limit, by_score=True)


def _numbers(
    connection: sqlite3.Connection, step: Step, filters: Filters, limit: int, *, by_score: bool = False
) -> list[int]:
    """The ids of at most *limit* sentences of *step*: the first ones, or those with the best score."""
    expression = " OR ".join(_expression(group) for group in step)
    order = " ORDER BY rank, rowid" if by_score else ""
    if filters.published_until is None:
        query = f"SELECT rowid FROM search WHERE search MATCH ?{order} LIMIT ?"  # noqa: S608 - our own words
        return [row for (row,) in connection.execute(query, (expression, limit))]
    query = (
        "SELECT f.rowid FROM search f CROSS JOIN sentences s ON s.id = f.rowid"  # noqa: S608 - our own words
        " CROSS JOIN documents d ON d.number = s.document"
        f" WHERE f.search MATCH ? AND (d.published IS NULL OR d.published <= ?){order} LIMIT ?"
    )
    until = filters.published_until.isoformat()
    return [row for (row,) in connection.execute(query, (expression, until, limit))]


def _expression(group: Group) -> str:
    """A group in the language of FTS5."""
    needed = [f'"{term}"' for term in sorted(group.must)]
    if group.any:
        needed.append("(" + " OR ".join(_all(terms) for terms in group.any) + ")")
    return "(" + " AND ".join(needed) + ")"


def _all(terms: frozenset[str]) -> str:
    quoted = " AND ".join(f'"{term}"' for term in sorted(terms))
    return f"({quoted})" if len(terms) > 1 else quoted
