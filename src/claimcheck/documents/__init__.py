"""
Loading: from files to stored text with an offset map back to the file.

`discover` finds the files of a corpus, `load_file` and `load_bytes` read them.  Nothing is
raised for a document that cannot be read: it is reported as a fault, and the rest is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from claimcheck.errors import ConfigError, CorpusError, DocumentError
from claimcheck.model import Document
from claimcheck.paths import reason_of, refusal

from .encoding import decode
from .records import Loaded, SourceFile, fault, unexpected

__all__ = ["MAX_BYTES", "MEDIA_TYPES", "Loaded", "SourceFile", "digest", "discover", "load_bytes", "load_file"]

MAX_BYTES = 64 * 1024 * 1024
"""Largest article read when nothing else is said."""

MOST_ARTICLES = 8
"""A file of many articles, JSON Lines, may be so many times as large: all of it is in memory at once."""

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
"""What a file's suffix says it is."""

_CHUNK = 1 << 20


def discover(path: str | os.PathLike[str]) -> tuple[SourceFile, ...]:
    """
    The articles at *path*: one file, or all in a folder and the folders below it.

    Hidden files and folders and files with another suffix than those in `MEDIA_TYPES` are skipped in a
    folder; a file that is named by itself is taken whatever its suffix, as plain text if need be.

    Returns:
        The files, sorted by their path relative to the folder.
    Raises:
        CorpusError: If nothing is there, it cannot be listed, or it holds no articles.
    """
    root = Path(path).absolute()
    if reason := refusal(root):
        message = f"{path}: {reason}"
        raise CorpusError(message, hint="check the path of the corpus, and that it may be read")
    if root.is_file():
        return (_source(root, root.name),)
    if not root.is_dir():
        message = f"{path}: there is no such file or folder"
        raise CorpusError(message, hint="check the path of the corpus")
    found = sorted((_source(file, _relative(file, root)) for file in _walk(root)), key=lambda source: source.id)
    if not found:
        known = ", ".join(MEDIA_TYPES)
        message = f"{path}: the folder holds no articles"
        raise CorpusError(message, hint=f"articles are files that end in {known}")
    return tuple(found)


def digest(source: SourceFile) -> str:
    """
    SHA-256 of the file's bytes, hexadecimal.

    Raises:
        DocumentError: If the file cannot be read.
    """
    sha = hashlib.sha256()
    try:
        with source.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                sha.update(chunk)
    except (OSError, ValueError) as error:
        raise fault(source.id, reason_of(error), hint="check that the file is there and may be read") from error
    return sha.hexdigest()


def load_file(source: SourceFile, *, max_bytes: int = MAX_BYTES) -> Loaded:
    """
    Read the article, or articles, of one file.

    Args:
        source: The file, as `discover` found it.
        max_bytes: Largest file accepted; for JSON Lines, the longest article, and an eighth of the largest file.
    """
    most = _most_bytes(source.media_type, max_bytes)
    if source.size > most:
        return Loaded(faults=(_too_large(source.id, source.size, most),))
    try:
        with source.path.open("rb") as file:
            data = file.read(most + 1)  # it may have grown since it was found
    except (OSError, ValueError) as error:
        hint = "check that the file is there and may be read"
        return Loaded(faults=(fault(source.id, reason_of(error), hint=hint),))
    loaded = load_bytes(data, document_id=source.id, media_type=source.media_type, max_bytes=max_bytes)
    return evolve(loaded, digest=hashlib.sha256(data).hexdigest())


def load_bytes(data: bytes, *, document_id: str, media_type: str = "text/plain", max_bytes: int = MAX_BYTES) -> Loaded:
    """
    Read the article, or articles, that *data* hold.

    Args:
        data: The bytes of the file.
        document_id: Id of the document; for JSON Lines, of the file.
        media_type: One of the values of `MEDIA_TYPES`.
        max_bytes: Largest article accepted; a file of JSON Lines may have eight times as much.
    Raises:
        ConfigError: If the media type is not known.
    """
    if media_type not in MEDIA_TYPES.values():
        known = ", ".join(sorted(set(MEDIA_TYPES.values())))
        message = f"unknown media type {media_type!r}"
        raise ConfigError(message, hint=f"use one of {known}")
    most = _most_bytes(media_type, max_bytes)
    if len(data) > most:
        return Loaded(faults=(_too_large(document_id, len(data), most),))
    try:
        return _parsed(data, document_id, media_type, max_bytes)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one odd article must not stop an archive
        return Loaded(faults=(unexpected(document_id, error),))


def _parsed(data: bytes, document_id: str, media_type: str, max_bytes: int) -> Loaded:
    decoded = decode(data, html=media_type == "text/html")
    if decoded is None:
        hint = "save it as plain text, Markdown or HTML in UTF-8"
        return Loaded(faults=(fault(document_id, "this is not a text file", hint=hint),))
    from . import html, jsonl, markdown, text  # noqa: PLC0415  # only what is read is imported with its parser

    if media_type == "application/jsonl":
        return jsonl.read(decoded, document_id=document_id, max_bytes=max_bytes)
    if media_type == "text/html":
        return _unless_empty(html.read(decoded, document_id=document_id))
    if media_type == "text/markdown":
        return _unless_empty(markdown.read(decoded, document_id=document_id))
    return _unless_empty(text.read(decoded, document_id=document_id))


def _most_bytes(media_type: str, max_bytes: int) -> int:
    """The largest file of a media type, when an article may have *max_bytes*."""
    return max_bytes * MOST_ARTICLES if media_type == "application/jsonl" else max_bytes


def _unless_empty(document: Document) -> Loaded:
    """*document*, or a fault when there is nothing in it to read."""
    if _has_text(document):
        return Loaded(documents=(document,))
    hint = "remove the file, or check that the article is in it and not loaded by a script"
    return Loaded(faults=(fault(document.id, "the article is empty", hint=hint),))


def _has_text(document: Document) -> bool:
    """Whether anything but white space stands outside the hidden parts."""
    start = 0
    for block in document.layout:
        if block.kind == "hidden":
            if document.text[start : block.start].strip():
                return True
            start = block.end
    return bool(document.text[start:].strip())


def _walk(root: Path) -> Iterator[Path]:
    """The visible files below *root* whose suffix is known."""
    for folder, folders, files in os.walk(root, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            file = Path(folder, name)
            if not name.startswith(".") and file.suffix.lower() in MEDIA_TYPES and (refusal(file) or file.is_file()):
                yield file


def _refuse(error: OSError) -> None:
    message = f"{error.filename}: {reason_of(error)}"
    raise CorpusError(message, hint="check that the folder may be read") from error


def _source(file: Path, name: str) -> SourceFile:
    readable = os.fsencode(name).decode("utf-8", errors="replace")
    media_type = MEDIA_TYPES.get(file.suffix.lower(), "text/plain")
    try:
        size = file.stat().st_size
    except OSError:
        size = 0  # gone since it was listed: loading it will say so
    return SourceFile(path=file, id=readable, size=size, media_type=media_type)


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()


def _too_large(document_id: str, size: int, max_bytes: int) -> DocumentError:
    message = f"the file has {size} bytes, more than the {max_bytes} that are read"
    return fault(document_id, message, hint="split the file, or allow more with max_bytes or --max-article")
