"""
Markdown: the file's text without its inline markup.

Front matter and block syntax stay in the stored text, so that a file without emphasis, links and the like is
stored as it is; the layout tells text from syntax.  markdown-it-py (CommonMark and tables) finds the blocks.

What the library makes of a file takes far more room than the file, so a long one is given to it in sections.  A
section ends before a block that might go on behind it, so that the blocks are those of the whole file; the links that
are defined anywhere are collected first.
"""

from __future__ import annotations

import functools
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Any

from attrs import define, field, frozen
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.token import Token

from claimcheck.model import Block, Document, OffsetMap

from .encoding import Decoded
from .front_matter import split
from .markdown_inline import Edit, Image, Markup, footnotes_of, scan
from .metadata import describe
from .offsets import TextBuilder, line_starts, to_stored

#: Code points of a file that the library is given at a time, or more where one block is longer.
SECTION = 1 << 20
#: Levels of quotations and lists in each other, of which a list takes two; below them marks are text.
NESTING = 40
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))")
#: What a definition of a link has.
_DEFINES = "]:"
#: How parts of a file begin and end that are no text.
_HIDDEN = (
    ("<!--", "-->"),
    ("<![cdata[", "]]>"),
    ("<!", ">"),
    ("<?", "?>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
)
_CELLS = frozenset({"th_open", "td_open"})


@frozen
class _Line:
    """A line of a block's content: where it starts in the content, and in the file."""

    content: int
    source: int
    length: int


@frozen
class _Content:
    """The content of a block: its lines and its kind."""

    lines: list[_Line]
    kind: str

    def place(self, offset: int) -> int:
        """Where the code point at *offset* of the content stands in the file."""
        line = self.lines[bisect_right(self.lines, offset, key=lambda line: line.content) - 1]
        return line.source + min(offset - line.content, line.length)

    def after(self, offset: int) -> int:
        """Where the stretch of the content that ends at *offset* ends in the file."""
        return self.place(offset - 1) + 1


@define
class _Found:
    """What was found in a section of the file, in the file's offsets: parts of known kind, and changes to the text."""

    parts: list[Block] = field(factory=list)
    edits: list[Edit] = field(factory=list)


@define
class _Parts:
    """The parts of known kind of all sections, in less room."""

    starts: array[int] = field(factory=lambda: array("q"))
    ends: array[int] = field(factory=lambda: array("q"))
    kinds: list[str] = field(factory=list)

    def add(self, part: Block) -> None:
        """Put *part* at the end."""
        self.starts.append(part.start)
        self.ends.append(part.end)
        self.kinds.append(part.kind)

    def stored(self, offsets: OffsetMap) -> Iterator[Block]:
        """The parts in the stored text."""
        for start, end, kind in zip(self.starts, self.ends, self.kinds, strict=True):
            yield Block(start=to_stored(offsets, start), end=to_stored(offsets, end), kind=kind)


@frozen
class _Section:
    """A section of the file: where its lines start, the last of them where it ends, its tokens, and its links."""

    lines: list[int]
    tokens: list[Token]
    links: dict[str, Any]


def read(decoded: Decoded, *, document_id: str) -> Document:
    """The document of a Markdown file, with what its front matter says about it."""
    source = decoded.text
    front = split(source)
    parts = _Parts()
    if front.end:
        parts.add(Block(start=0, end=front.end, kind="hidden"))
    builder = TextBuilder(source)
    at = 0
    for found in _blocks(source, front.end):
        for edit in found.edits:
            builder.keep(at, edit.start)
            builder.put(edit.text, edit.start, edit.end)
            at = edit.end
        for part in found.parts:
            parts.add(part)
    builder.keep(at, len(source))
    text, offsets = builder.finish()
    layout = _complete(text, parts.stored(offsets))
    described = describe(dict(front.fields))
    headline = next((text[part.start : part.end] for part in layout if part.kind == "headline"), "")
    return Document(
        id=document_id,
        text=text,
        title=described.title or " ".join(headline.split()),
        published=described.published,
        source=described.source,
        url=described.url,
        media_type="text/markdown",
        encoding=decoded.encoding,
        layout=layout,
        offsets=offsets,
        metadata=described.rest,
        warnings=(*decoded.warnings, *front.warnings),
    )


def _complete(text: str, parts: Iterable[Block]) -> tuple[Block, ...]:
    """*parts* without empty ones, and whatever syntax stands between them as hidden parts."""
    layout: list[Block] = []
    at = 0
    for part in chain(parts, [Block(start=len(text), end=len(text), kind="")]):
        gap = text[at : part.start]
        if gap.strip():
            start = at + len(gap) - len(gap.lstrip())
            layout.append(Block(start=start, end=start + len(gap.strip()), kind="hidden"))
        inside = text[part.start : part.end]
        if inside.strip():
            start = part.start + len(inside) - len(inside.lstrip())
            layout.append(Block(start=start, end=start + len(inside.strip()), kind=part.kind))
        at = max(at, part.end)
    return tuple(layout)


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.before("table", "deep", _deep)
    return parser


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's own signature
    """A paragraph of whatever is nested so deeply that the library would leave it out."""
    return not silent and state.level >= NESTING - 2 and paragraph(state, start, end, silent)


def _sections(source: str, start: int) -> Iterator[_Section]:
    """
    ``source[start:]`` in sections, each of whole blocks.

    A section is cut at a blank line, which no paragraph, heading, table or definition goes over.  The last block of a
    section is left to the next one, because a list or a block of code may.
    """
    size = SECTION
    while start < len(source):
        blank = _BLANK_LINE.search(source, start + size)
        end = blank.end() if blank is not None else len(source)
        section = source[start:end]
        known: dict[str, Any] = {}
        tokens = _parser().parse(section, known)
        lines = [start + place for place in line_starts(section)]
        if end < len(source) and tokens:
            last = max(n for n, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0)
            place = tokens[last].map
            assert place is not None
            end = lines[place[0]]
            if end == start:
                size *= 2
                continue
            del tokens[last:], lines[place[0] :]
        yield _Section([*lines, end], tokens, known.get("references", {}))
        start, size = end, SECTION


def _blocks(source: str, start: int) -> Iterator[_Found]:
    """What the blocks of ``source[start:]`` are, section by section."""
    env = footnotes_of(source, start)
    links: dict[str, Any] = env.setdefault("references", {})
    if len(source) - start > SECTION and _DEFINES in source:
        for section in _sections(source, start):
            _add_links(links, section)
    for section in _sections(source, start):
        _add_links(links, section)
        yield _found(source, section, env)


def _add_links(links: dict[str, Any], section: _Section) -> None:
    """Add the links that *section* defines to those known before, which stay as they are."""
    for name, link in section.links.items():
        links.setdefault(name, link)


def _found(source: str, section: _Section, env: dict[str, Any]) -> _Found:
    """What the blocks of *section* are; *env* holds the links of the whole file."""
    found = _Found()
    lines = section.lines
    cells: dict[int, int] = {}
    lists = 0
    for opening, token in pairwise([None, *section.tokens]):
        if token is None:
            continue
        lists += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.map is None or not token.content:
            continue
        if token.type == "html_block":
            _html_block(source, lines[token.map[0]], lines[token.map[1]], found)
        elif token.type == "inline":
            if opening is not None and opening.type in _CELLS:
                segments = _cell(source, lines, token, cells)
                kind = "list_item"
            else:
                segments = _segments(source, lines, token)
                kind = _kind(opening, in_list=lists > 0)
            if segments:
                _block(source, token.content, _Content(segments, kind), env, found)
    return found


def _kind(opening: Token | None, *, in_list: bool) -> str:
    """The kind of block that *opening* opens."""
    if opening is not None and opening.type == "heading_open":
        return "headline" if opening.tag == "h1" else "subheading"
    return "list_item" if in_list else "paragraph"


def _segments(source: str, lines: list[int], token: Token) -> list[_Line]:
    """Where the lines of the content of *token* stand in the file; empty when that cannot be told."""
    segments: list[_Line] = []
    content = 0
    assert token.map is not None
    for number, text in enumerate(token.content.split("\n"), start=token.map[0]):
        line = source[lines[number] : lines[number + 1]]
        indent, column = 0, _column(line, text)
        if column < 0:  # the spaces that the content begins with can be a part of a tab
            indent = len(text) - len(text.lstrip(" "))
            column = _column(line, text[indent:])
        if column < 0:
            return []
        segments.append(_Line(content + indent, lines[number] + column, len(text) - indent))
        content += len(text) + 1
    return segments


def _column(line: str, text: str) -> int:
    """Where in *line* its *text* starts, -1 when it is not there."""
    bare, trimmed = line.rstrip(), text.rstrip()
    return len(bare) - len(trimmed) if bare.endswith(trimmed) else line.rfind(text)


def _cell(source: str, lines: list[int], token: Token, cells: dict[int, int]) -> list[_Line]:
    """
    Where a table cell stands in the file: after the cells of its line that came before.

    A bar in its text is written with a backslash, which stands between two pieces and is left out.
    """
    assert token.map is not None
    number = token.map[0]
    written = token.content.replace("|", r"\|")
    place = source.find(written, cells.get(number, lines[number]), lines[number + 1])
    if place < 0:
        return []
    cells[number] = place + len(written)
    segments: list[_Line] = []
    content = 0
    for piece in re.split(r"(?=\|)", token.content):
        segments.append(_Line(content, place, len(piece)))
        content += len(piece)
        place += len(piece) + 1
    return segments


def _block(source: str, content: str, block: _Content, env: dict[str, object], found: _Found) -> None:
    """Add a block of running text, its inline markup and its pictures to *found*."""
    markup = scan(content, env)
    pictures, icons = _pictures(content, markup)
    edits = [*markup.edits, *(Edit(icon.start, icon.end) for icon in icons)]
    moved = [Edit(block.place(edit.start), block.after(edit.end), edit.text) for edit in edits]
    found.edits.extend(_apart([*moved, *_quotation_marks(source, block.lines)]))
    at = block.lines[0].source
    for picture in pictures:
        start, end = block.place(picture.start), block.after(picture.end)
        alt = block.place(picture.alt_start), block.after(picture.alt_end)
        found.parts.append(Block(start=at, end=start, kind=block.kind))
        if picture.alt_end > picture.alt_start:
            found.parts.append(Block(start=start, end=alt[0], kind="hidden"))
            found.parts.append(Block(start=alt[0], end=alt[1], kind="caption"))
            start = alt[1]
        found.parts.append(Block(start=start, end=end, kind="hidden"))
        at = end
    last = block.lines[-1]
    found.parts.append(Block(start=at, end=last.source + last.length, kind=block.kind))


def _quotation_marks(source: str, lines: list[_Line]) -> Iterator[Edit]:
    """Leave out the marks of a quotation that goes on in the next line of a block."""
    for line, following in pairwise(lines):
        between = source[line.source + line.length : following.source]
        if between.strip():
            yield Edit(following.source - len(between.lstrip()), following.source)


def _apart(edits: list[Edit]) -> list[Edit]:
    """*edits* in text order; one that overlaps an earlier one gives way."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _pictures(content: str, markup: Markup) -> tuple[list[Image], list[Image]]:
    """The pictures that stand on lines of their own, and those inside running text."""
    blank = list(content) if markup.images else []
    covered = [(edit.start, edit.end) for edit in markup.edits if not edit.text]
    for start, end in covered + [(image.start, image.end) for image in markup.images]:
        blank[start:end] = " " * (end - start)
    rest = "".join(blank)
    own: list[Image] = []
    inside: list[Image] = []
    last, bare = -1, False
    for image in markup.images:
        if image.start > last:
            first = rest.rfind("\n", 0, image.start) + 1
            last = rest.find("\n", image.end)
            last = last if last >= 0 else len(rest)
            bare = not rest[first:last].strip()
        (own if bare else inside).append(image)
    return own, inside


def _html_block(source: str, start: int, end: int, found: _Found) -> None:
    """Add the text of a block of HTML: its tags are left out of the stored text, scripts and comments are hidden."""
    block = source[start:end]
    opening = block.lstrip()[:9].lower()
    closing = next((closes for opens, closes in _HIDDEN if opening.startswith(opens)), None)
    if closing is not None:
        found_end = re.search(re.escape(closing), block, re.IGNORECASE)
        if found_end is None or not block[found_end.end() :].strip():
            return
        start, block = start + found_end.end(), block[found_end.end() :]  # text goes on after it
    markup = scan(block, {}, html_only=True)
    edits = [Edit(start + edit.start, start + edit.end, edit.text) for edit in markup.edits]
    found.edits.extend(_apart(edits))
    found.parts.append(Block(start=start, end=start + len(block.rstrip()), kind="paragraph"))
