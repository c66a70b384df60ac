"""Plain text: `documents.load_bytes`, and the places that a draft of it leads back to."""

from __future__ import annotations

from itertools import chain

from claimcheck import documents
from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.documents import offsets
from claimcheck.model import Document
from fuzz.harness import exact

SUFFIXES = {"text/plain": ".txt", "text/markdown": ".md", "text/html": ".html"}


def run(data: bytes) -> None:
    """Load *data* as plain text."""
    check(data, "text/plain")


def check(data: bytes, media_type: str) -> None:
    """Load *data*, and follow what was stored back to the file."""
    loaded = documents.load_bytes(data, document_id="a", media_type=media_type)
    assert bool(loaded.documents) != bool(loaded.faults)
    for document in loaded.documents:
        sound(document)
        draft = draft_of_bytes(data, name=f"a{SUFFIXES[media_type]}")
        assert draft.document.text == document.text or media_type == "text/plain"
        follow(draft.document, draft.text)


def sound(document: Document) -> None:
    """Assert what holds of every document."""
    exact(document.warnings, document.text)
    for text in (document.text, document.title, document.source, document.url, *chain(*document.metadata)):
        text.encode("utf-8")
    at = 0
    for block in document.layout:
        assert at <= block.start < block.end <= len(document.text), block
        at = block.end


def follow(document: Document, source: str) -> None:
    """Assert that the offset map of *document* leads to places of *source* in order, and copies say the same."""
    last = 0
    for place, letter in enumerate(document.text):
        start, end = offsets.source_span(document.offsets, place, place + 1)
        assert last <= start <= end <= len(source), place
        assert start == offsets.to_source(document.offsets, place)
        last = start
        if end - start == 1 and not source[start].isspace() and source[start] not in "<&\\":
            assert letter == source[start] or letter.isspace() or letter == "\ufffd", place
    assert offsets.to_source(document.offsets, len(document.text)) == len(source)
