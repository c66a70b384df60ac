"""
DOCX: the paragraphs of a Word document, with the extra ``docx``.

A Word file has no text of its own to point into, so offsets, lines and columns count in the text that is made here: one
paragraph a line, an empty line between two.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from claimcheck.model import Block, Document

from .records import fault

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What an honest file stays below: parts, bytes when unpacked, and unpacked bytes for each packed one.
MOST_PARTS = 5_000
MOST_BYTES = 64 * 1024 * 1024
MOST_RATIO = 200

_GAP = "\n\n"
#: Elements of WordprocessingML (ISO/IEC 29500-1, 17): paragraphs, tables, and what the text of a paragraph is made of.
_PARAGRAPH, _TABLE, _RUN, _LINK, *_PIECES = (
    f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
    for name in ("p", "tbl", "r", "hyperlink", "br", "cr", "noBreakHyphen", "ptab", "t", "tab")
)
_STYLES = (
    ("title", "headline"),
    ("heading", "subheading"),
    ("subtitle", "subheading"),
    ("list", "list_item"),
    ("caption", "caption"),
)


def read(data: bytes, *, document_id: str) -> Document:
    """
    The document of a Word file.

    Raises:
        DocumentError: If the extra is not installed, or the file is no Word file, is empty, or unpacks to far more
            than it should.
    """
    _refuse_bombs(data, document_id)
    parts: list[str] = []
    layout: list[Block] = []
    at = 0
    title, paragraphs = _content(data, document_id)
    for text, kind in paragraphs:
        layout.append(Block(start=at, end=at + len(text), kind=kind))
        parts.append(text)
        at += len(text) + len(_GAP)
    if not parts:
        raise fault(document_id, "the document is empty", hint="check that its text is not in pictures or text boxes")
    headline = next((p for p, b in zip(parts, layout, strict=True) if b.kind == "headline"), "")
    return Document(
        id=document_id,
        text=_GAP.join(parts),
        title=title or headline,
        media_type=MEDIA_TYPE,
        layout=tuple(layout),
    )


def _refuse_bombs(data: bytes, document_id: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise fault(document_id, "this is not a Word file", hint="save it as .docx again") from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES or unpacked > MOST_RATIO * max(len(data), 1):
        message = f"the file unpacks to {unpacked:,} bytes in {len(parts):,} parts, more than a text can need"
        raise fault(document_id, message, hint="save the text alone, without pictures, as a new .docx file")


def _content(data: bytes, document_id: str) -> tuple[str, list[tuple[str, str]]]:
    """The title in a file's properties, and its paragraphs with the kind of block that each is."""
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        hint = "install it with the extra: pip install 'claimcheck-editorial[docx]'"
        raise fault(document_id, "reading Word files needs python-docx", hint=hint) from error
    try:
        opened = docx.Document(io.BytesIO(data))
        return str(opened.core_properties.title or "").strip(), list(_paragraphs(opened))
    except Exception as error:
        # The library lets through whatever its XML parser and its own look-ups raise.
        raise fault(document_id, f"this Word file cannot be read: {error}", hint="save it as .docx again") from error


def _paragraphs(opened: Any) -> Iterator[tuple[str, str]]:
    """The paragraphs that are not empty, in the order of the page, with the kind of block that each is."""
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - an extra

    kinds: dict[str | None, str] = {}
    for element in _elements(opened.element.body):
        text = " ".join(_text(element).split())
        if text:
            if element.style not in kinds:
                kinds[element.style] = _kind(Paragraph(element, opened))
            yield text, kinds[element.style]


def _elements(container: Any) -> Iterator[Any]:
    """
    The paragraphs in *container*, and in the cells of its tables.

    The library's own lists of what an element holds are searches for several names, whose time grows with the square of
    what they find.  Its lists of cells have one as often as it says that it goes over columns and rows, which can be
    more than any memory holds; here each cell comes once.
    """
    for element in container.iterchildren(_PARAGRAPH, _TABLE):
        if element.tag == _PARAGRAPH:
            yield element
            continue
        for row in element.tr_lst:
            for cell in row.tc_lst:
                if cell.vMerge != "continue":
                    yield from _elements(cell)


def _text(paragraph: Any) -> str:
    """The text of a paragraph, links included, with tabs and line breaks."""
    runs = (
        run
        for part in paragraph.iterchildren(_RUN, _LINK)
        for run in ([part] if part.tag == _RUN else part.iterchildren(_RUN))
    )
    return "".join(str(piece) for run in runs for piece in run.iterchildren(*_PIECES))


def _kind(paragraph: Any) -> str:
    style = str(getattr(paragraph.style, "name", "") or "").lower()
    return next((kind for start, kind in _STYLES if style.startswith(start)), "paragraph")
