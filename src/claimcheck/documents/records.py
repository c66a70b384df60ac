"""The records that the loaders hand over, and how they report a file they cannot read."""

from __future__ import annotations

import logging
from pathlib import Path

from attrs import frozen

from claimcheck.errors import DocumentError
from claimcheck.model import Document

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class SourceFile:
    """
    A file to load.

    Args:
        path: Absolute path.
        id: Path relative to the corpus folder with ``/``, or the file's name when it was given by itself.
        size: Bytes.
        media_type: What its suffix says it is.
    """

    path: Path
    id: str
    size: int
    media_type: str


@frozen(kw_only=True)
class Loaded:
    """
    What could be read from a file, and what could not.

    Args:
        documents: The articles.
        faults: Why others are missing.
        digest: SHA-256 of the bytes that were read, hexadecimal; ``""`` where none were.
    """

    documents: tuple[Document, ...] = ()
    faults: tuple[DocumentError, ...] = ()
    digest: str = ""


def fault(document_id: str, message: str, *, hint: str = "") -> DocumentError:
    """An error that names the document it is about."""
    return DocumentError(f"{document_id}: {message}", hint=hint)


def unexpected(document_id: str, error: Exception, *, where: str = "") -> DocumentError:
    """What stands for an article that a loader failed on, which is a mistake of ours."""
    _log.warning("loading %s failed", document_id, exc_info=error)
    message = f"{where}loading failed: {type(error).__name__}: {error}"
    return fault(document_id, message, hint="please report this with the article")
