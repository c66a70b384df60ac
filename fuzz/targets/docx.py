"""Word files: the bytes as they are, and as the text and the styles of a file that is one."""

from __future__ import annotations

import functools
import io
import zipfile

import docx as word

from claimcheck.documents import docx
from fuzz.targets.text import sound

PARTS = ("word/document.xml", "word/styles.xml", "docProps/core.xml", "[Content_Types].xml")


def run(data: bytes) -> None:
    """Read *data*, whose first byte says what it is put in place of."""
    if data[:2] == b"PK":
        sound(docx.read(data, document_id="a"))
    elif data:
        sound(docx.read(_with(PARTS[data[0] % len(PARTS)], data[1:]), document_id="a"))


@functools.cache
def _parts() -> dict[str, bytes]:
    made = io.BytesIO()
    word.Document().save(made)
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(name: str, data: bytes) -> bytes:
    """A Word file whose part *name* is *data*."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for part, content in (_parts() | {name: data}).items():
            archive.writestr(part, content)
    return made.getvalue()
