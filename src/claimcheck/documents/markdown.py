"""
Markdown: the file's text without its inline markup.

Front matter and block syntax stay in the stored text, so that a file without emphasis, links and the like is
stored as it is; the layout tells text from syntax.  markdown-it-py (CommonMark and tables) finds the blocks.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from attrs import define, frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimcheck.model import Block, Document

from .encoding import Decoded
from .front_matter import split
from .markdown_inline import Edit, Image, Markup, footnotes_of, scan
from .metadata import describe
from .offsets import TextBuilder, line_starts, to_stored

_LONGEST_PARAGRAPH = 1 << 15
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
    """What was found in the file, in its offsets: parts of known kind, and changes to the text."""

    parts: list[Block]
    edits: list[Edit]


def read(decoded: Decoded, *, document_id: str) -> Document:
    """The document of a Markdown file, with what its front matter says about it."""
    source = decoded.text
    front = split(source)
    found = _Found([], [])
    if front.end:
        found.parts.append(Block(start=0, end=front.end, kind="hidden"))
    _blocks(source, front.end, found)
    builder = TextBuilder(source)
    at = 0
    for edit in found.edits:
        builder.keep(at, edit.start)
        builder.put(edit.text, edit.start, edit.end)
        at = edit.end
    builder.keep(at, len(source))
    text, offsets = builder.finish()
    parts = [
        Block(start=to_stored(offsets, part.start), end=to_stored(offsets, part.end), kind=part.kind)
        for part in found.parts
    ]
    layout = _complete(text, parts)
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


def _complete(text: str, parts: list[Block]) -> tuple[Block, ...]:
    """*parts* without empty ones, and whatever syntax stands between them as hidden parts."""
    layout: list[Block] = []
    at = 0
    for part in [*parts, Block(start=len(text), end=len(text), kind="")]:
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
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _blocks(source: str, start: int, found: _Found) -> None:
    """Add what the blocks of ``source[start:]`` are to *found*."""
    lines = [start + place for place in line_starts(source[start:])]
    lines.append(len(source))
    env: dict[str, object] = footnotes_of(source[start:])
    tokens = _parser().parse(source[start:], env)
    cells: dict[int, int] = {}
    lists = 0
    for opening, token in pairwise([None, *tokens]):
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
    markup = scan(content, env) if len(content) <= _LONGEST_PARAGRAPH else Markup()
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
    for image in markup.images:
        first = rest.rfind("\n", 0, image.start) + 1
        last = rest.find("\n", image.end)
        line = rest[first : last if last >= 0 else len(rest)]
        (inside if line.strip() else own).append(image)
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
    markup = scan(block, {}, html_only=True) if len(block) <= _LONGEST_PARAGRAPH else None
    if markup is None:
        return
    edits = [Edit(start + edit.start, start + edit.end, edit.text) for edit in markup.edits]
    found.edits.extend(_apart(edits))
    found.parts.append(Block(start=start, end=start + len(block.rstrip()), kind="paragraph"))
