"""Records to rows of the tables and back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from claimcheck.model import Document, Entity, Reading, Sentence, Warned

from . import serial
from .search import sentence_terms, terms_of

#: A value that SQLite stores.
Value = str | int | bytes | None


@frozen(kw_only=True)
class SentenceRows:
    """A sentence as columns (those of the table without ``id`` and ``document``), with its mentions and statements."""

    columns: tuple[Value, ...]
    terms: tuple[str, ...]
    years: tuple[str, ...]
    mentions: tuple[tuple[Value, ...], ...]
    statements: tuple[tuple[Value, ...], ...]


@frozen(kw_only=True)
class DocumentRows:
    """
    A document and its reading as columns.

    ``head`` is ``(id, digest, title, published, source, anchor, warnings, rest)``.
    """

    head: tuple[Value, ...]
    title_terms: str
    entities: tuple[tuple[Value, ...], ...]
    sentences: tuple[SentenceRows, ...]
    checksum: str


def document_rows(document: Document, reading: Reading, *, digest: str) -> DocumentRows:
    """
    All rows of a document.

    Raises:
        SpanError: If a span of the reading does not say what the document's text says there.
    """
    rest = serial.unstructure(document, document.text)
    for column in ("id", "text", "title", "published", "source"):
        rest.pop(column, None)
    warnings = [serial.unstructure(warned, document.text) for warned in reading.warnings]
    head = (
        *(document.id, digest, document.title, _iso(document.published), document.source, _iso(reading.anchor)),
        *(serial.dumps(warnings) if warnings else None, serial.pack(rest)),
    )
    entities = tuple(_entity_row(number, entity) for number, entity in enumerate(reading.entities))
    sentences = tuple(_sentence_rows(sentence, document.text) for sentence in reading.sentences)
    return DocumentRows(
        head=head,
        title_terms=" ".join(dict.fromkeys(terms_of(document.title.split()))),
        entities=entities,
        sentences=sentences,
        checksum=checksum(head, document.text, entities, sentences),
    )


def checksum(
    head: Sequence[Value], text: str, entities: Iterable[Sequence[Value]], sentences: Iterable[SentenceRows]
) -> str:
    """
    SHA-256 over a document's text and all its offsets and values.

    Each span is compared with the text before it is stored; so as long as this sum is right, each still says what
    was read.
    """
    total = hashlib.sha256(text.encode())
    total.update(_bytes(head))
    for entity in entities:
        total.update(_bytes(entity))
    for sentence in sentences:
        total.update(_bytes(sentence.columns))
        for row in (*sentence.mentions, *sentence.statements):
            total.update(_bytes(row))
    return total.hexdigest()


def _bytes(row: Sequence[Value]) -> bytes:
    return serial.dumps([value.hex() if isinstance(value, bytes) else value for value in row]).encode()


def _entity_row(number: int, entity: Entity) -> tuple[Value, ...]:
    rest = serial.unstructure(entity, "")
    head = (number, rest.pop("id"), rest.pop("name"), rest.pop("kind"))
    return (*head, serial.dumps(rest) if rest else None)


def _sentence_rows(sentence: Sentence, text: str) -> SentenceRows:
    rest = serial.unstructure(sentence, text)
    number = rest.pop("index")
    start, end = rest.pop("span")
    for column in ("kind", "paragraph", "copy_of"):
        rest.pop(column, None)
    terms, years = sentence_terms(sentence)
    if sentence.words == terms:  # the usual case: the terms are the words
        rest.pop("words", None)
    mentions = tuple(_mention_row(place, data) for place, data in enumerate(rest.pop("mentions", ())))
    statements = tuple(_statement_row(place, data) for place, data in enumerate(rest.pop("statements", ())))
    columns = (
        *(number, start, end, sentence.kind.value, sentence.paragraph, sentence.copy_of),
        *(" ".join(terms), " ".join(years)),
        serial.pack(rest) if rest else None,
    )
    return SentenceRows(columns=columns, terms=terms, years=years, mentions=mentions, statements=statements)


def _mention_row(number: int, data: dict[str, Any]) -> tuple[Value, ...]:
    start, end = data.pop("span")
    head = (number, start, end, data.pop("entity"), data.pop("how", "name"))
    return (*head, serial.dumps(data) if data else None)


def _statement_row(number: int, data: dict[str, Any]) -> tuple[Value, ...]:
    start, end = data.pop("span")
    return (number, start, end, data.pop("lemma"), serial.pack(data))


def make_document(row: Sequence[Any]) -> Document:
    """The document of a row ``(id, title, published, source, rest, text)``."""
    document_id, title, published, source, rest, text = row
    data = {**serial.unpack(rest), "id": document_id, "text": text, "title": title, "source": source}
    return serial.structure({**data, "published": published}, Document, text)


def make_entity(row: Sequence[Any]) -> Entity:
    """The entity of a row ``(number, id, name, kind, rest)``."""
    _, entity_id, name, kind, rest = row
    data = serial.loads(rest) if rest else {}
    return serial.structure({**data, "id": entity_id, "name": name, "kind": kind}, Entity, "")


def make_sentence(
    columns: Sequence[Any], mentions: Iterable[Sequence[Any]], statements: Iterable[Sequence[Any]], text: str
) -> Sentence:
    """The sentence of rows as in `SentenceRows`, its spans cut from *text*."""
    number, start, end, kind, paragraph, copy_of, terms, _years, rest = columns
    data: dict[str, Any] = {"words": terms.split(), "kind": kind, "paragraph": paragraph, "copy_of": copy_of}
    if rest is not None:
        data |= serial.unpack(rest)
    data |= {"index": number, "span": (start, end)}
    data["mentions"] = [
        {**(serial.loads(extra) if extra else {}), "span": (first, last), "entity": entity, "how": how}
        for _, first, last, entity, how, extra in mentions
    ]
    data["statements"] = [
        {**serial.unpack(extra), "span": (first, last), "lemma": lemma} for _, first, last, lemma, extra in statements
    ]
    return serial.structure(data, Sentence, text)


def make_warnings(data: str | None, text: str) -> tuple[Warned, ...]:
    """The warnings of a reading."""
    return tuple(serial.structure(warned, Warned, text) for warned in serial.loads(data)) if data else ()


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def make_date(data: str | None) -> dt.date | None:
    """A date of a column."""
    return dt.date.fromisoformat(data) if data else None
