"""
Where the articles of a corpus are on disk, and where a piece of evidence stands there now.

A place is given only when the file says the very words of the evidence there: articles change after they were read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from claimcheck import documents
from claimcheck.documents import SourceFile, encoding
from claimcheck.documents.offsets import source_span
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Document, Evidence

from .texts import Range, Text, Units

#: Articles that are kept at hand.
_KEPT = 64


@frozen(kw_only=True)
class SourcePlace:
    """A stretch of an article's file."""

    uri: str
    range: Range


@frozen(kw_only=True)
class _Article:
    document: Document
    text: Text


class Sources:
    """
    The files that articles came from.

    Args:
        paths: The files and folders that they were read from.
        units: How the client counts.
    """

    def __init__(self, paths: Iterable[str], units: Units) -> None:
        self._files = _files(paths)
        self._ids = {str(file.path.resolve()): identifier for identifier, file in self._files.items()}
        self._units = units
        self._loaded = functools.lru_cache(maxsize=_KEPT)(self._load)

    def id_of(self, path: str | None) -> str:
        """The id of the article in the file *path*, "" when it is none of them."""
        return self._ids.get(str(Path(path).resolve()), "") if path else ""

    def place(self, evidence: Evidence) -> SourcePlace | None:
        """Where *evidence* stands, ``None`` when it is not on disk or no longer to be found."""
        file = self._files.get(evidence.document)
        if file is None:
            return None
        try:
            state = file.path.stat()
        except OSError:
            return None
        article = self._loaded(evidence.document, state.st_mtime_ns, state.st_size)
        start = _start(article.document.text, evidence) if article is not None else -1
        if article is None or start < 0:
            return None
        first, last = source_span(article.document.offsets, start, start + len(evidence.span.text))
        return SourcePlace(uri=file.path.as_uri(), range=article.text.range(first, last))

    def _load(self, identifier: str, _changed: int, _size: int) -> _Article | None:
        file = self._files[identifier]
        try:
            data = file.path.read_bytes()
        except OSError:
            return None
        decoded = encoding.decode(data, html=file.media_type == "text/html")
        loaded = documents.load_bytes(data, document_id=identifier, media_type=file.media_type)
        if decoded is None or not loaded.documents:
            return None
        return _Article(document=loaded.documents[0], text=Text(content=decoded.text, units=self._units))


def _files(paths: Iterable[str]) -> Mapping[str, SourceFile]:
    """The articles' files by the ids of their documents; JSON Lines are none, their texts do not stand in them so."""
    found: dict[str, SourceFile] = {}
    for path in paths:
        try:
            files = documents.discover(Path(path).resolve())
        except ClaimcheckError:  # said when the corpus is read
            continue
        for file in files:
            if file.media_type.startswith("text/"):
                found.setdefault(file.id, file)
    return found


def _start(text: str, evidence: Evidence) -> int:
    """Where the words of *evidence* start in *text*: where they did, or at the only place that has them, else -1."""
    words, start = evidence.span.text, evidence.span.start
    if text.startswith(words, start):
        return start
    first = text.find(words)
    return first if first == text.rfind(words) else -1
