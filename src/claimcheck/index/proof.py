"""The proof that a document is the one that was stored: a disk can change a word, and nobody may be quoted with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from claimcheck.errors import IndexFormatError

from . import rows

#: What a document's checksum covers, in its order, and what is needed to find the rest.
COLUMNS = "id, digest, title, published, source, anchor, warnings, rest, known, title_terms"
#: The columns of a sentence as `claimcheck.index.rows.SentenceRow` has them.
SENTENCE = "start, length, terms, marks, rest"


def is_whole(connection: sqlite3.Connection, document_id: str) -> bool:
    """Whether text, offsets and values of a stored document have the checksum that they were stored with."""
    row = connection.execute(
        f"SELECT {COLUMNS}, first, sentences, characters, checksum, text FROM documents WHERE id = ?",  # noqa: S608
        (document_id,),
    ).fetchone()
    if row is None:
        return False
    *head, title_terms, first, count, characters, checksum, text = row
    try:
        found = rows.checksum(head, text, title_terms, sentence_rows(connection, first, count))
    except (AttributeError, TypeError, ValueError, OverflowError):  # a value of another kind than was stored
        return False
    return bool(found == checksum and len(text) == characters)


def require_whole(connection: sqlite3.Connection, document_id: str, path: str) -> None:
    """
    Refuse a document that is not as it was stored.

    Raises:
        IndexFormatError: If it is not.
    """
    if not is_whole(connection, document_id):
        msg = f"index {path} is damaged: document {document_id!r} is not what was stored"
        hint = "see what else is with: claimcheck index check; then remove that document and add it again"
        raise IndexFormatError(msg, hint=hint)


def sentence_rows(connection: sqlite3.Connection, first: int, count: int) -> Iterator[rows.SentenceRow]:
    """The rows of *count* sentences from the id *first* on, one at a time."""
    found: Iterator[Sequence[Any]] = connection.execute(
        f"SELECT {SENTENCE} FROM sentences WHERE id >= ? AND id < ? ORDER BY id",  # noqa: S608 - names of ours
        (first, first + count),
    )
    for start, length, terms, marks, rest in found:
        yield rows.SentenceRow(start=start, length=length, terms=terms, marks=marks, rest=rest)
