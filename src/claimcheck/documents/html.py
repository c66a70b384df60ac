"""
HTML, second half: from the parts of the page to the stored text of the article.

The article is what ``<article>`` holds, else ``<main>``, else the page; menus, scripts, forms and the like are
left out.  Blocks are separated by blank lines, white space inside them is collapsed, entities are decoded, and
the offset map leads each stored code point back to the file.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from claimcheck.model import Block, Document

from .encoding import Decoded
from .html_parts import Page, Part, Piece, parse
from .metadata import as_text, clean, parse_date
from .offsets import TextBuilder

_SPACE = re.compile(r"[ \t\n\r\f]+")
_TOKEN = re.compile(
    r"(?P<space>[ \t\n\r\f]+)|(?P<entity>&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,31};?))"
)
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publishdate",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
)


def read(decoded: Decoded, *, document_id: str) -> Document:
    """The article of an HTML file, with what its head says about it."""
    page = parse(decoded.text)
    parts = _article(page)
    builder = TextBuilder(decoded.text)
    layout = []
    previous = 0
    for part in parts:
        writer = _Writer(page.text, builder, previous)
        start = writer.write(part)
        if builder.length > start:
            layout.append(Block(start=start, end=builder.length, kind=_kind(part, page.text)))
            previous = writer.end
    text, offsets = builder.finish()
    linked = _linked_data(page.json_ld)
    headline = next((text[block.start : block.end] for block in layout if block.kind == "headline"), "")
    metas = dict(reversed(page.metas))
    return Document(
        id=document_id,
        text=text,
        title=_first(headline, as_text(linked.get("headline")), metas.get("og:title", ""), page.title),
        published=_published(page, linked, metas),
        source=_first(_name(linked.get("publisher")), metas.get("og:site_name", "")),
        url=_first(page.canonical, metas.get("og:url", ""), as_text(linked.get("url"))),
        media_type="text/html",
        encoding=decoded.encoding,
        layout=tuple(layout),
        offsets=offsets,
        metadata=_metadata(linked, metas),
        warnings=decoded.warnings,
    )


# ------------------------------------------------------------------ which parts


def _article(page: Page) -> list[Part]:
    """The parts that make up the article."""
    parts = page.parts
    outside_forms = [part for part in parts if not part.context.form]
    if _size(outside_forms) * 4 >= _size(parts):  # else the whole page stands in one form
        parts = outside_forms
    in_articles = [part for part in parts if part.context.article]
    if _size(in_articles) * 4 >= _size(parts):
        return _with_headline(_largest(in_articles), parts)
    in_main = [part for part in parts if part.context.main]
    if in_main:
        return _with_headline(in_main, parts)
    return [part for part in parts if not part.context.header or part.context.kind == "headline"]


def _largest(parts: list[Part]) -> list[Part]:
    """The parts of the article that holds most of the text, or all when no article does (a running report)."""
    sizes: Counter[int] = Counter()
    for part in parts:
        sizes[part.context.article] += _size([part])
    if not sizes:
        return parts
    number, size = sizes.most_common(1)[0]
    return [part for part in parts if part.context.article == number] if size * 2 >= sizes.total() else parts


def _with_headline(chosen: list[Part], parts: list[Part]) -> list[Part]:
    """*chosen* with the page's own headline before it when it has none."""
    if not chosen or any(part.context.kind == "headline" for part in chosen):
        return chosen
    first = chosen[0].pieces[0].start
    before = [part for part in parts if part.context.kind == "headline" and part.pieces[0].start < first]
    return before[-1:] + chosen


def _size(parts: list[Part]) -> int:
    return sum(piece.end - piece.start for part in parts for piece in part.pieces)


def _kind(part: Part, text: str) -> str:
    """The kind of a block: that of the inline element which holds all of its text, else of its block element."""
    inline = {piece.context.inline for piece in part.pieces if text[piece.start : piece.end].strip()}
    return next(iter(inline)) if len(inline) == 1 and inline != {""} else part.context.kind


# ------------------------------------------------------------------ their text


class _Writer:
    """
    Writes one part to the stored text.

    Args:
        text: The file's text.
        builder: Takes the stored text.
        end: Where the text stored before ends in the file.
    """

    def __init__(self, text: str, builder: TextBuilder, end: int) -> None:
        self._text = text
        self._builder = builder
        self._gap = "\n\n" if builder.length else ""
        self._started = False
        self._start = 0
        self.end = end

    def write(self, part: Part) -> int:
        """
        Write the pieces of *part*, white space at its edges left out.

        Returns:
            Where its stored text starts.
        """
        self._start = self._builder.length
        for piece in part.pieces:
            if piece.line_break:
                self._space("\n")
            else:
                self._piece(piece)
        return self._start

    def _piece(self, piece: Piece) -> None:
        at = piece.start
        for found in _TOKEN.finditer(self._text, piece.start, piece.end):
            self._copy(at, found.start())
            at = found.end()
            if found["space"]:
                self._white(found, verbatim=piece.context.verbatim)
            else:
                self._put(clean(html.unescape(found.group())), found.start(), found.end())
        self._copy(at, piece.end)

    def _white(self, found: re.Match[str], *, verbatim: bool) -> None:
        if verbatim and self._started:
            self._put(found.group(), found.start(), found.end())
        else:
            self._space(" ")

    def _space(self, space: str) -> None:
        """Remember white space until more text follows."""
        if self._started and self._gap != "\n":
            self._gap = space

    def _copy(self, start: int, end: int) -> None:
        if end > start:
            self._bridge(start)
            self._builder.keep(start, end)
            self.end = end

    def _put(self, text: str, start: int, end: int) -> None:
        if text:
            self._bridge(start)
            self._builder.put(text, start, end)
            self.end = end

    def _bridge(self, start: int) -> None:
        """Store what separates the text before from the text at *start*."""
        if self._gap:
            self._builder.put(self._gap, self.end, start)
        if not self._started:
            self._start = self._builder.length
            self._started = True
        self._gap = ""


# ------------------------------------------------------------------ metadata


def _published(page: Page, linked: dict[str, Any], metas: dict[str, str]) -> Any:
    """The publication date: from linked data, then from the head, then from a marked ``<time>``."""
    candidates = [as_text(linked.get("datePublished"))]
    candidates += [metas[name] for name in _DATE_NAMES if name in metas]
    candidates += [time for time, named in page.times if named]
    candidates += [time for time, named in page.times[:1] if not named]
    return next((date for date in map(parse_date, candidates) if date is not None), None)


def _linked_data(scripts: list[str]) -> dict[str, Any]:
    """The article's own object among the linked data of the page, else an empty one."""
    best: dict[str, Any] = {}
    for script in scripts:
        try:
            value = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _objects(value):
            if _is_article(node):
                return node
            if not best and "datePublished" in node:
                best = node
    return best


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The top objects of linked data, those of a ``@graph`` among them."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            waiting.append(item.get("@graph"))


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(("Article", "Report", "Posting")) for name in names)


def _name(value: Any) -> str:
    """The name of a person or organisation, of several joined with commas."""
    return ", ".join(filter(None, map(_one_name, value if isinstance(value, list) else [value])))


def _one_name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return as_text(value) if isinstance(value, str) else ""


def _metadata(linked: dict[str, Any], metas: dict[str, str]) -> tuple[tuple[str, str], ...]:
    fields = {
        "author": _first(_name(linked.get("author")), metas.get("author", "")),
        "description": _first(metas.get("description", ""), metas.get("og:description", "")),
        "modified": _first(as_text(linked.get("dateModified")), metas.get("article:modified_time", "")),
    }
    return tuple((key, value) for key, value in fields.items() if value)


def _first(*values: str) -> str:
    """The first value that is not blank, on one line."""
    return next((clean(_SPACE.sub(" ", value)).strip() for value in values if value.strip()), "")
