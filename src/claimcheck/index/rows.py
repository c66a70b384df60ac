"""Records to rows of the tables and back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any, Protocol

from attrs import define, evolve, field, frozen

from claimcheck.errors import DocumentError
from claimcheck.model import Document, Entity, Reading, Sentence, Warned

from . import serial
from .analysis import sentence_terms, title_terms

#: Code points that are hashed at once.
_AT_ONCE = 1 << 20

#: A value that SQLite stores.
Value = str | int | bytes | None


@frozen(kw_only=True)
class SentenceRow:
    """A sentence as columns: its place, its search terms and marks, and, packed, what was read from it."""

    start: int
    length: int
    terms: str
    marks: str
    rest: bytes

    @property
    def columns(self) -> tuple[Value, ...]:
        """Those of the table without ``id`` and ``document``."""
        return self.start, self.length, self.terms, self.marks, self.rest

    @property
    def filed(self) -> frozenset[str]:
        """The terms and marks it is filed under."""
        return frozenset(self.terms.split()).union(self.marks.split())


class SentenceRows(Protocol):
    """The rows of the sentences of one document: so many, gone through any number of times."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[SentenceRow]: ...


class Shelf(SentenceRows, Protocol):
    """The same while they are made: a list, or for a long article `claimcheck.index.spool.Spool`."""

    def append(self, row: SentenceRow, /) -> None:
        """Put *row* at the end."""


@frozen(kw_only=True)
class DocumentRows:
    """
    A document and its reading, ready to be stored.

    Args:
        head: The columns ``(id, digest, title, published, source, anchor, warnings, rest, known)``.
        text: The stored text.
        title_terms: The search terms of the title.
        sentences: In text order.
        counts: The number of mentions, entities and statements.
        checksum: Over all of it, see `checksum`.
    """

    head: tuple[Value, ...]
    text: str
    title_terms: str
    sentences: SentenceRows
    counts: tuple[int, int, int]
    checksum: str

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.head[0])


def prepare(document: Document, reading: Reading, *, digest: str) -> DocumentRows:
    """
    Make a document ready to be stored: what takes time and needs no index.

    Args:
        document: The article.
        reading: What was read from it.
        digest: Of its source.
    Raises:
        SpanError: If a span of the reading does not say what the document's text says there.
        DocumentError: If the text holds half of a surrogate pair, which is no character.
    """
    made: list[SentenceRow] = []
    rows = prepare_on(made, document, [reading], digest=digest)
    return evolve(rows, sentences=tuple(made))


def prepare_on(shelf: Shelf, document: Document, readings: Iterable[Reading], *, digest: str) -> DocumentRows:
    """
    `prepare` for an article that is read in sections; no more than one of them is in memory at a time.

    Args:
        shelf: Where the rows of the sentences are put; it becomes part of what is returned.
        document: The article.
        readings: What was read from its sections, in turn; at least one.
        digest: Of its source.
    Raises:
        SpanError: As for `prepare`.
        DocumentError: As for `prepare`.
    """
    try:
        gathered = _Gathered(text=document.text, shelf=shelf)
        for _ in map(gathered.take, readings):
            pass  # a loop over the readings themselves would hold each one while the next is read
        return _document_rows(document, gathered, digest)
    except UnicodeEncodeError as error:
        msg = f"document {document.id!r} holds half of a surrogate pair, which is no character"
        raise DocumentError(msg, hint="correct its \\u escapes or its encoding") from error


@define(kw_only=True)
class _Gathered:
    """What is known of an article when some of its sections have been read: its warnings and entities as JSON."""

    text: str
    shelf: Shelf
    anchor: dt.date | None = None
    warnings: list[str] = field(factory=list)
    known: list[str] = field(factory=list)
    mentions: int = 0
    statements: int = 0

    def take(self, reading: Reading) -> None:
        """Add the next section."""
        self.anchor = reading.anchor
        self.warnings += (serial.dumps(serial.unstructure(warned, self.text)) for warned in reading.warnings)
        self.known += (serial.dumps(serial.unstructure(entity, "")) for entity in reading.entities)
        entities = {entity.id: entity for entity in reading.entities}
        for sentence in reading.sentences:
            self.shelf.append(_sentence_row(sentence, self.text, entities))
            self.mentions += len(sentence.mentions)
            self.statements += len(sentence.statements)


def _document_rows(document: Document, gathered: _Gathered, digest: str) -> DocumentRows:
    rest = serial.unstructure(document, document.text)
    for column in ("id", "text", "title", "published", "source"):
        rest.pop(column, None)
    head = (
        *(document.id, digest, document.title, _iso(document.published), document.source, _iso(gathered.anchor)),
        *(f"[{','.join(gathered.warnings)}]" if gathered.warnings else None, serial.pack(rest)),
        serial.pack_text(f"[{','.join(gathered.known)}]"),
    )
    titled = " ".join(title_terms(document.title))
    return DocumentRows(
        head=head,
        text=document.text,
        title_terms=titled,
        sentences=gathered.shelf,
        counts=(gathered.mentions, len(gathered.known), gathered.statements),
        checksum=checksum(head, document.text, titled, gathered.shelf),
    )


def checksum(head: Sequence[Value], text: str, titled: str, sentences: Iterable[SentenceRow]) -> str:
    """
    SHA-256 over a document's text and all its offsets and values.

    Each span is compared with the text before it is stored; so as long as this sum is right, each still says what
    was read.
    """
    total = hashlib.sha256()
    for first in range(0, len(text), _AT_ONCE):
        total.update(text[first : first + _AT_ONCE].encode())
    total.update(_bytes((*head, titled)))
    for sentence in sentences:
        total.update(sentence_line(sentence))
    return total.hexdigest()


def sentence_line(row: SentenceRow) -> bytes:
    """A row as a line of JSON, without an end of line: what `checksum` is over, and written out because it is slow."""
    terms, marks = encode_basestring(row.terms), encode_basestring(row.marks)
    return f'[{row.start:d},{row.length:d},{terms},{marks},"{row.rest.hex()}"]'.encode()


def _bytes(row: Sequence[Value]) -> bytes:
    return serial.dumps([value.hex() if isinstance(value, bytes) else value for value in row]).encode()


def _sentence_row(sentence: Sentence, text: str, entities: Mapping[str, Entity]) -> SentenceRow:
    span = sentence.span
    rest = serial.unstructure(sentence, text, base=span.start)
    rest.pop("index")
    rest.pop("span")
    terms, marks = sentence_terms(sentence, entities)
    if sentence.words == terms:  # the usual case: the terms are the words
        rest.pop("words", None)
    else:
        rest["words"] = sentence.words
    return SentenceRow(
        start=span.start,
        length=span.end - span.start,
        terms=" ".join(terms),
        marks=" ".join(marks),
        rest=serial.pack(rest, near=span.text),
    )


def make_document(row: Sequence[Any]) -> Document:
    """The document of a row ``(id, title, published, source, rest, text)``."""
    document_id, title, published, source, rest, text = row
    data = {**serial.unpack(rest), "id": document_id, "text": text, "title": title, "source": source}
    return serial.structure({**data, "published": published}, Document, text)


def make_entities(known: bytes) -> tuple[Entity, ...]:
    """The entities of a document."""
    return serial.structure(serial.unpack(known), tuple[Entity, ...], "")


def make_sentence(number: int, columns: Sequence[Any], text: str) -> Sentence:
    """The sentence of the columns of a `SentenceRow`, its spans cut from *text*."""
    start, length, terms, _marks, rest = columns
    data: dict[str, Any] = {"words": terms.split()}
    data |= serial.unpack(rest, near=text[start : start + length])
    data |= {"index": number, "span": (0, length)}
    return serial.structure(data, Sentence, text, base=start)


def make_warnings(data: str | None, text: str) -> tuple[Warned, ...]:
    """The warnings of a reading."""
    return tuple(serial.structure(warned, Warned, text) for warned in serial.loads(data)) if data else ()


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def make_date(data: str | None) -> dt.date | None:
    """A date of a column."""
    return dt.date.fromisoformat(data) if data else None
