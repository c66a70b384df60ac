"""
Units and sections: what of an article is parsed at once, and what of it is read together.

A unit is a paragraph, or a part of a very long one.  An article is read as a whole, so that a surname finds the full
name wherever it stands; what is kept while that is done takes some 350 bytes for each code point.  So what is far
longer than any newspaper's article, a book or a year of minutes, is read in sections, each by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimcheck.model import Block, Document, SentenceKind

from . import sentences
from .pipeline import MAX_CHARACTERS

#: Longest stretch of an article, in code points, that is read as a whole: some 40,000 words.
SECTION = 250_000

_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")

Unit = tuple[int, int, SentenceKind, int]
"""A range that is parsed at once, what it is, and the number of its paragraph."""


def units(document: Document) -> list[Unit]:
    """The ranges of *document* that are parsed, paragraph by paragraph."""
    blocks = [b for b in sentences.blocks(document) if b.kind != "hidden" and document.text[b.start : b.end].strip()]
    return [unit for number, block in enumerate(blocks) for unit in _units(document, block, number)]


def sections(found: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """
    The *found* units of an article, which are in text order, in sections of about the same length.

    There is one section for nearly every article; of several, each may be longer than `SECTION` by a unit.
    """
    characters = sum(end - start for start, end, _, _ in found)
    if characters <= SECTION:
        yield found
        return
    share = characters / -(-characters // SECTION)
    first = length = 0
    for number, (start, end, _, _) in enumerate(found, start=1):
        length += end - start
        if length >= share:
            yield found[first:number]
            first, length = number, 0
    if first < len(found):
        yield found[first:]


def _units(document: Document, block: Block, number: int) -> Iterator[Unit]:
    """Ranges to parse at once: a block, its dateline apart, cut where it is very long."""
    start, end = block.start, block.end
    text = document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    kind = SentenceKind.BODY if block.kind == "paragraph" else SentenceKind(block.kind)
    if block.kind == "paragraph":
        length = sentences.split_dateline(text[start:end])
        if length:
            yield start, start + len(text[start : start + length].rstrip()), SentenceKind.DATELINE, number
            start += length
    while end - start > MAX_CHARACTERS:
        cut = max((m.end() for m in _BREAK.finditer(text, start + 1, start + MAX_CHARACTERS)), default=0)
        cut = cut if cut > start else start + MAX_CHARACTERS
        yield start, cut, kind, number
        start = cut
    if start < end:
        yield start, end, kind, number
