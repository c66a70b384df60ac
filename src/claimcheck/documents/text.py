"""Plain text: stored as it is."""

from __future__ import annotations

from claimcheck.model import Document

from .encoding import Decoded


def read(decoded: Decoded, *, document_id: str) -> Document:
    """The document of a plain text file: its text unchanged, line ends included."""
    return Document(
        id=document_id,
        text=decoded.text,
        media_type="text/plain",
        encoding=decoded.encoding,
        warnings=decoded.warnings,
    )
