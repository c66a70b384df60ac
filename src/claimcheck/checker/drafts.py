"""Drafts: a text that is being written, with the way back from what was read to its file."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

from attrs import evolve, field, frozen

from claimcheck import documents
from claimcheck.documents import encoding
from claimcheck.documents.offsets import TextBuilder, line_starts, source_span
from claimcheck.errors import DocumentError
from claimcheck.model import Document, OffsetMap, Span
from claimcheck.paths import reason_of

from .diagnostics import Place, place_in

#: Largest draft, in bytes: an article or a book's chapter, not an archive.
MAX_DRAFT = 8 * 1024 * 1024
#: A comment for claimcheck; one is not longer than a paragraph.
COMMENT = re.compile(r"<!--\s*claimcheck:(?P<order>(?:(?!-->).){0,2000})-->", re.DOTALL)
_DATA = "application/jsonl"


@frozen(kw_only=True)
class Draft:
    """
    A draft to check.

    Args:
        path: Its name in the findings.
        text: The file's text.
        document: What is read of it: clean text, layout, and the map back to the file.
    """

    path: str
    text: str
    document: Document
    _lines: tuple[int, ...] = field(init=False, repr=False, eq=False)

    @_lines.default
    def _(self) -> tuple[int, ...]:
        return line_starts(self.text)

    def place(self, start: int, end: int) -> Place:
        """The place in the file of the stored code points ``[start, end)``."""
        return self.place_in_file(*source_span(self.document.offsets, start, end))

    def place_of(self, span: Span) -> Place:
        """The place in the file of a span of the stored text."""
        return self.place(span.start, span.end)

    def place_in_file(self, start: int, end: int) -> Place:
        """The place of the file's code points ``[start, end)``."""
        return place_in(self._lines, start, end)

    def words(self, place: Place) -> str:
        """What the file has there."""
        return self.text[place.start : place.end]


def load_draft(path: str | os.PathLike[str], *, date: dt.date | None = None) -> Draft:
    """
    Read the draft in a file: Markdown, HTML, Word (with the extra ``docx``) or plain text, as its suffix says.

    Args:
        path: The file; its name in the findings is *path* as it was given.
        date: The draft's date where it gives none itself.
    Raises:
        DocumentError: If it cannot be read, or is no text.
    """
    name = os.fspath(path)
    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_DRAFT + 1)
    except (OSError, ValueError) as error:
        msg = f"{name}: {reason_of(error)}"
        raise DocumentError(msg, hint="check the path of the draft") from error
    return draft_of_bytes(data, name=name, date=date)


def draft_of_bytes(data: bytes, *, name: str, date: dt.date | None = None) -> Draft:
    """
    The draft that *data* hold.

    Args:
        data: The bytes of the file.
        name: The file's name; its suffix says what it is.
        date: The draft's date where it gives none itself.
    Raises:
        DocumentError: If it is too large, empty or no text.
    """
    if len(data) > MAX_DRAFT:
        raise _too_large(name)
    suffix = Path(name).suffix.lower()
    if suffix == ".docx":
        from claimcheck.documents import docx  # noqa: PLC0415 - few drafts are Word files

        document = docx.read(data, document_id=name)
        return _dated(Draft(path=name, text=document.text, document=document), date)
    media_type = documents.MEDIA_TYPES.get(suffix, "text/plain")
    if media_type == _DATA:
        msg = f"{name}: JSON Lines are no draft"
        raise DocumentError(msg, hint="put articles into a corpus, and claims into verify --claims")
    loaded = documents.load_bytes(data, document_id=name, media_type=media_type)
    if loaded.faults:
        raise loaded.faults[0]
    decoded = encoding.decode(data, html=media_type == "text/html")
    assert decoded is not None  # else there were a fault
    document = loaded.documents[0]
    if media_type == "text/plain":
        document = _without_comments(document)
    return _dated(Draft(path=name, text=decoded.text, document=document), date)


def draft_of_text(text: str, *, name: str = "draft", date: dt.date | None = None) -> Draft:
    """
    A plain text as a draft.

    Raises:
        DocumentError: If it is empty, or larger than `MAX_DRAFT`.
    """
    _require_text(text, name)
    return _dated(Draft(path=name, text=text, document=_without_comments(Document(id=name, text=text))), date)


def draft_of_document(document: Document, *, date: dt.date | None = None) -> Draft:
    """
    A document as a draft: places count in its text, because the file that it was read from is not there.

    Args:
        document: What is checked.
        date: The draft's date where it gives none itself.
    Raises:
        DocumentError: If it is empty, or larger than `MAX_DRAFT`.
    """
    if document.media_type == "text/plain" and not document.layout:
        draft = draft_of_text(document.text, name=document.id, date=document.published or date)
        read = draft.document
        return evolve(draft, document=evolve(document, text=read.text, offsets=read.offsets, published=read.published))
    _require_text(document.text, document.id)
    return _dated(Draft(path=document.id, text=document.text, document=evolve(document, offsets=OffsetMap())), date)


def _require_text(text: str, name: str) -> None:
    if len(text) > MAX_DRAFT:
        raise _too_large(name)
    if not text.strip():
        msg = f"{name}: the draft is empty"
        raise DocumentError(msg, hint="write something first")


def _too_large(name: str) -> DocumentError:
    msg = f"{name}: the draft is larger than the {MAX_DRAFT:,} bytes that are read"
    return DocumentError(msg, hint="split it, or put it into a corpus as an article")


def _without_comments(document: Document) -> Document:
    """A plain text without its comments for claimcheck, which other loaders leave out by themselves."""
    found = [m.span() for m in COMMENT.finditer(document.text)]
    if not found:
        return document
    builder = TextBuilder(document.text)
    at = 0
    for start, end in found:
        builder.keep(at, start)
        at = end
    builder.keep(at, len(document.text))
    text, offsets = builder.finish()
    return evolve(document, text=text, offsets=offsets)


def _dated(draft: Draft, date: dt.date | None) -> Draft:
    if draft.document.published is not None or date is None:
        return draft
    return evolve(draft, document=evolve(draft.document, published=date))
