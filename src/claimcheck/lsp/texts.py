"""
The texts that are open in the editor, and the positions of the protocol.

An LSP position is a line and a number of code units in it, of the encoding that client and server agreed on; lines end
with LF, CR LF or CR and with nothing else.  Everywhere inside, a place is a code point of the text.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from attrs import evolve, field, frozen

from claimcheck.documents import MEDIA_TYPES
from claimcheck.documents.offsets import line_starts

#: From the editor's name of a language to the suffix of a file that is read that way.
SUFFIXES = {
    "markdown": ".md",
    "gfm": ".md",
    "mdx": ".md",
    "quarto": ".md",
    "rmd": ".md",
    "html": ".html",
    "xhtml": ".html",
    "plaintext": ".txt",
    "text": ".txt",
    "txt": ".txt",
}
_LINE_ENDS = "\r\n"


@frozen(order=True)
class Position:
    """A place as the protocol says it: line, and code units in it, both from 0."""

    line: int
    character: int


#: Two positions, the second one past the end.
Range = tuple[Position, Position]
#: A stretch of text and what stands there now; all of the text where no range is given.
Change = tuple[Range | None, str]


@frozen
class Units:
    """
    How a client counts.

    Args:
        encoding: ``utf-8``, ``utf-16`` or ``utf-32``.
    """

    encoding: str = "utf-16"

    def count(self, text: str) -> int:
        """The code units of *text*."""
        if self.encoding == "utf-32" or text.isascii():
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode(errors="surrogatepass"))
        return len(text) + sum(character > "\uffff" for character in text)

    def code_points(self, text: str, units: int) -> int:
        """The code points of *text* that fit into its first *units* code units."""
        if self.encoding == "utf-32" or text.isascii():
            return min(max(units, 0), len(text))
        left = units
        for number, character in enumerate(text):
            left -= self.count(character)
            if left < 0:
                return number
        return len(text)


@frozen(kw_only=True)
class Text:
    """
    A text in one version.

    Args:
        content: The text.
        units: How the client counts in it.
    """

    content: str
    units: Units
    _lines: tuple[int, ...] = field(init=False, repr=False, eq=False)

    @_lines.default
    def _(self) -> tuple[int, ...]:
        return line_starts(self.content)

    def position(self, offset: int) -> Position:
        """The position of the code point at *offset*."""
        line = bisect_right(self._lines, offset) - 1
        return Position(line, self.units.count(self.content[self._lines[line] : offset]))

    def range(self, start: int, end: int) -> Range:
        """The positions of the code points ``[start, end)``."""
        return self.position(start), self.position(end)

    def offset(self, position: Position) -> int:
        """The code point at *position*; one outside of its line or of the text is taken to be at the end."""
        if position.line >= len(self._lines):
            return len(self.content)
        start = self._lines[position.line]
        end = self._lines[position.line + 1] if position.line + 1 < len(self._lines) else len(self.content)
        line = self.content[start:end].rstrip(_LINE_ENDS)
        return start + self.units.code_points(line, position.character)

    def changed(self, changes: Iterable[Change]) -> Text:
        """The text after *changes*, each of which counts in what the one before it left."""
        text = self
        for where, new in changes:
            start, end = (text.offset(where[0]), text.offset(where[1])) if where else (0, len(text.content))
            text = evolve(self, content=text.content[:start] + new + text.content[max(start, end) :])
        return text


@frozen(kw_only=True)
class OpenText:
    """
    A text that is open in the editor.

    Args:
        uri: Its name there.
        language: What the editor says it is.
        version: Counted by the editor.
        text: As it is there, saved or not.
    """

    uri: str
    language: str
    version: int
    text: Text

    @property
    def name(self) -> str | None:
        """A file name whose suffix says how the text is read, ``None`` for what is no draft."""
        path = PurePosixPath(unquote(_parts(self.uri).path))
        suffix = SUFFIXES.get(self.language.lower())
        if suffix is None and MEDIA_TYPES.get(path.suffix.lower(), "").startswith("text/"):
            suffix = path.suffix
        return f"{path.stem or 'draft'}{suffix}" if suffix else None

    @property
    def path(self) -> str | None:
        """The file, ``None`` when it is none on this machine."""
        return path_of(self.uri)


def path_of(uri: str) -> str | None:
    """The path in a ``file:`` URI, ``None`` for another URI."""
    parts = _parts(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if os.name == "nt" and path[:1] == "/":
        path = path[1:]
    return path or None


def _parts(uri: str) -> SplitResult:
    """The parts of a URI; one that is none is all path."""
    try:
        return urlsplit(uri)
    except ValueError:
        return SplitResult(scheme="", netloc="", path=uri, query="", fragment="")
