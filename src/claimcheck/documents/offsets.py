"""
Offsets: from the stored text back to the file's text.

An `OffsetMap` is an alignment of two texts in pieces.  Piece *i* covers
``stored[i]:stored[i + 1]`` of the stored text and ``source[i]:source[i + 1]`` of the
file's text; the last entry only marks both ends.  A piece of equal lengths is copied
character by character; one without stored characters was left out (a tag, an emphasis
mark); any other was replaced as a whole (an entity, a run of white space).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from claimcheck.model import Document, OffsetMap, Position

_LINE_END = re.compile(r"\r\n|\r|\n")
#: Pieces of a text that is built which are joined at once.
_PAGE = 4096


def line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which the lines of *text* start, whichever of the three usual line ends it has."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))


def is_identity(offsets: OffsetMap) -> bool:
    """Whether stored text and file text are the same."""
    return not offsets.stored


def to_source(offsets: OffsetMap, position: int) -> int:
    """
    The place in the file's text of the code point at *position* of the stored text.

    A code point of a replaced piece maps to where that piece starts; a position at or after the end of the
    stored text maps to the end of the file's text.
    """
    if is_identity(offsets):
        return position
    piece = bisect_right(offsets.stored, position) - 1
    if piece + 1 >= len(offsets.stored):
        return offsets.source[-1]
    start = offsets.source[piece]
    return start + position - offsets.stored[piece] if _copied(offsets, piece) else start


def source_span(offsets: OffsetMap, start: int, end: int) -> tuple[int, int]:
    """
    The stretch of the file's text that holds the stored code points ``[start, end)``.

    It begins with the first and ends with the last of them, whole entities included; tags at its edges are
    left out.  An empty span maps to an empty span.
    """
    first = to_source(offsets, start)
    if end <= start:
        return first, first
    if is_identity(offsets):
        return start, end
    piece = bisect_right(offsets.stored, end - 1) - 1
    if piece + 1 >= len(offsets.stored):
        return first, offsets.source[-1]
    if _copied(offsets, piece):
        return first, offsets.source[piece] + end - offsets.stored[piece]
    return first, offsets.source[piece + 1]


def to_stored(offsets: OffsetMap, position: int) -> int:
    """
    The place in the stored text of the code point at *position* of the file's text.

    What was left out maps to the next stored code point, what was replaced to the start of its replacement.
    """
    if is_identity(offsets):
        return position
    piece = bisect_right(offsets.source, position) - 1
    if piece + 1 >= len(offsets.source):
        return offsets.stored[-1]
    start = offsets.stored[piece]
    return start + position - offsets.source[piece] if _copied(offsets, piece) else start


def position(document: Document, start: int, end: int) -> Position:
    """
    The place in the file of the stored code points ``[start, end)``.

    Returns:
        Code points of the file's decoded text, and the line and column (from 1) of the first.
    """
    first, last = source_span(document.offsets, start, end)
    if is_identity(document.offsets):
        line, line_start = _line_of(document.text, first)
    else:
        lines = document.offsets.lines or (0,)
        line = bisect_right(lines, first)
        line_start = lines[line - 1]
    return Position(start=first, end=last, line=line, column=first - line_start + 1)


def _line_of(text: str, place: int) -> tuple[int, int]:
    """Number (from 1) and start of the line that *place* is on."""
    starts = [found.end() for found in _LINE_END.finditer(text, 0, place + 1) if found.end() <= place]
    return len(starts) + 1, starts[-1] if starts else 0


def _copied(offsets: OffsetMap, piece: int) -> bool:
    """Whether a piece was copied character by character."""
    stored = offsets.stored[piece + 1] - offsets.stored[piece]
    return stored == offsets.source[piece + 1] - offsets.source[piece]


class TextBuilder:
    """
    Builds a stored text from a file's text, and the map between them.

    Stretches are given in the order of the file; what is not given is left out.

    Args:
        source: The file's text.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._pages: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._at = 0
        self._stored = array("q", [0])  # as tuples of numbers they take five times the room
        self._starts = array("q", [0])
        self._copying = True

    @property
    def length(self) -> int:
        """Code points stored so far."""
        return self._length

    def keep(self, start: int, end: int) -> None:
        """Copy ``[start, end)`` of the file's text."""
        if end > start:
            self._open(start, copying=True)
            self._add(self._source[start:end], end)

    def put(self, text: str, start: int, end: int) -> None:
        """Store *text* in place of ``[start, end)`` of the file's text."""
        if text == self._source[start:end]:
            self.keep(start, end)
        elif text:
            self._open(start, copying=False)
            self._add(text, end)

    def finish(self) -> tuple[str, OffsetMap]:
        """The stored text and its map; the map of an unchanged text is empty."""
        text = "".join((*self._pages, *self._parts))
        self._pages.clear()
        self._parts.clear()
        if text == self._source:
            return text, OffsetMap()
        self._piece(self._at)
        self._piece(len(self._source))
        return text, OffsetMap(stored=tuple(self._stored), source=tuple(self._starts), lines=line_starts(self._source))

    def _open(self, start: int, *, copying: bool) -> None:
        if start != self._at:
            self._piece(self._at)
            self._piece(start)
        elif not (copying and self._copying):
            self._piece(start)
        self._copying = copying

    def _piece(self, start: int) -> None:
        """Begin a piece; one that was begun at the same place is the same."""
        if self._stored[-1] != self._length or self._starts[-1] != start:
            self._stored.append(self._length)
            self._starts.append(start)

    def _add(self, text: str, end: int) -> None:
        self._parts.append(text)
        if len(self._parts) == _PAGE:  # many small strings take far more room than what they say
            self._pages.append("".join(self._parts))
            self._parts.clear()
        self._length += len(text)
        self._at = end
