"""
HTML, first half: from the file's text to the parts of the page.

The tokens come from the standard library's parser, which knows where in the file each one stands.
A part is what a block element holds; its pieces are the stretches of the file that are its text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from html.parser import HTMLParser

from attrs import define, evolve, frozen

_DROPPED = frozenset(
    [
        "script",
        "style",
        "nav",
        "footer",
        "aside",
        "button",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
        "dialog",
        "canvas",
        "audio",
        "video",
        "head",
        "title",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_CLOSED_BY = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
_KINDS = {
    "h1": "headline",
    "h2": "subheading",
    "h3": "subheading",
    "h4": "subheading",
    "h5": "subheading",
    "h6": "subheading",
    "figcaption": "caption",
    "caption": "caption",
    "li": "list_item",
}
_DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"})
_HIDING_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_JSON_LD = "application/ld+json"
#: A reference to no character, with more digits than Python makes a decimal number of.
_HUGE_NUMBER = re.compile(r"&#[0-9]{600,}")


@frozen(kw_only=True)
class Context:
    """
    Where on the page a text stands.

    Args:
        kind: Kind of the block it is in.
        inline: Kind of the inline element it is in: ``byline``, ``dateline`` or ``""``.
        dropped: Whether it is no part of the article (a script, a menu).
        article: Number of the outermost ``<article>`` it is in, from 1; 0 is none.
        main: Whether it is in ``<main>``.
        header: Whether it is in a ``<header>``.
        form: Whether it is in a ``<form>``.
        verbatim: Whether its white space counts.
    """

    kind: str = "paragraph"
    inline: str = ""
    dropped: bool = False
    article: int = 0
    main: bool = False
    header: bool = False
    form: bool = False
    verbatim: bool = False


@frozen
class Piece:
    """A stretch of the file: its text, or a line break in place of a ``<br>``."""

    start: int
    end: int
    context: Context
    line_break: bool = False


@define
class Part:
    """The pieces of one block, in the order of the file."""

    context: Context
    pieces: list[Piece]


@define
class Page:
    """
    What an HTML file holds: its parts, and what its head says.

    ``text`` is the file's text, code point for code point, with unfinished markup blanked out.
    """

    text: str
    parts: list[Part]
    metas: list[tuple[str, str]]
    times: list[tuple[str, bool]]
    json_ld: list[str]
    title: str = ""
    canonical: str = ""


def parse(text: str) -> Page:
    """The parts of the HTML file *text*; its offsets are kept, whatever is wrong with the markup."""
    parser = _Parser(_defuse(text))
    parser.run()
    return parser.page


def _defuse(text: str) -> str:
    """
    *text* with constructs that never end made harmless, code point for code point.

    The parser would search to the end of the file for each of them, and give up on marked sections and on the
    numbers of characters that have thousands of digits: in hexadecimal those are as wrong, and it can read them.
    """
    text = text.replace("<![", "<!x")
    text = _HUGE_NUMBER.sub(lambda found: f"&#x{found[0][3:]}", text)
    closed = text.rfind("-->") + 3 if "-->" in text else 0
    text = text[:closed] + text[closed:].replace("<!--", "<!xx")
    last = text.rfind(">") + 1
    tail = text[last:]
    opened = re.search(r"<[A-Za-z/!?]", tail)
    if opened is not None:
        tail = tail[: opened.start()] + " " * (len(tail) - opened.start())
    return text[:last] + tail


class _Parser(HTMLParser):
    """Collects the parts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(text=text, parts=[], metas=[], times=[], json_ld=[])
        self._text = text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._stack: list[tuple[str, Context]] = []
        self._open: Counter[str] = Counter()
        self._articles = 0
        self._part: Part | None = None
        self._data: tuple[int, str] | None = None
        self._inside = ""

    def run(self) -> None:
        """Parse the whole text."""
        self.feed(self._text)
        self.close()
        self._flush(len(self._text))

    # ------------------------------------------------------------- tokens

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush(self._place())
        fields = {name: value or "" for name, value in reversed(attrs)}
        self._note(tag, fields)
        if tag == "br":
            self._break()
        if tag in _BLOCKS:
            self._close_implied(tag)
            self._part = None
        if tag in _VOID:
            return
        self._stack.append((tag, self._enter(tag, fields)))
        self._open[tag] += 1
        self._inside = _JSON_LD if tag == "script" and fields.get("type", "").strip().lower() == _JSON_LD else tag

    def handle_endtag(self, tag: str) -> None:
        self._flush(self._place())
        self._inside = ""
        if self._open[tag]:
            if tag in _BLOCKS:
                self._part = None
            while self._pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._flush(self._place())
        self._data = (self._place(), data)

    def handle_comment(self, data: str) -> None:
        del data
        self._flush(self._place())

    def handle_decl(self, decl: str) -> None:
        del decl
        self._flush(self._place())

    def handle_pi(self, data: str) -> None:
        del data
        self._flush(self._place())

    # ------------------------------------------------------------ helpers

    def _place(self) -> int:
        """Offset of the token being handled."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _context(self) -> Context:
        return self._stack[-1][1] if self._stack else Context()

    def _pop(self) -> str:
        tag, _ = self._stack.pop()
        self._open[tag] -= 1
        return tag

    def _close_implied(self, tag: str) -> None:
        """Close what the start of *tag* closes: an open paragraph, or its own sibling."""
        closed = _CLOSED_BY.get(tag, frozenset())
        while self._stack and (self._stack[-1][0] == "p" or self._stack[-1][0] in closed):
            self._pop()

    def _enter(self, tag: str, fields: dict[str, str]) -> Context:
        """The context inside an element."""
        outer = self._context()
        changes: dict[str, object] = {}
        if outer.dropped:
            return outer
        if tag in _DROPPED or _hides(tag, fields):
            changes["dropped"] = True
        if tag == "article" and not outer.article:
            self._articles += 1
            changes["article"] = self._articles
        if tag == "main" or fields.get("role") == "main":
            changes["main"] = True
        if tag in {"header", "form"}:
            changes[tag] = True
        if tag == "pre":
            changes["verbatim"] = True
        if tag in _KINDS:
            changes["kind"] = _KINDS[tag]
        if _is_byline(tag, fields):
            changes["kind" if tag in _BLOCKS else "inline"] = "byline"
        if tag == "time":
            changes["inline"] = "dateline"
        return evolve(outer, **changes) if changes else outer  # type: ignore[arg-type]

    def _note(self, tag: str, fields: dict[str, str]) -> None:
        """Remember what an element says about the article."""
        if tag == "meta":
            name = fields.get("property") or fields.get("name") or fields.get("itemprop") or ""
            self.page.metas.append((name.strip().lower(), fields.get("content", "").strip()))
        elif tag == "link" and "canonical" in fields.get("rel", "").lower().split():
            self.page.canonical = self.page.canonical or fields.get("href", "").strip()
        elif tag == "time" and fields.get("datetime"):
            named = "pubdate" in fields or "datepublished" in fields.get("itemprop", "").lower()
            self.page.times.append((fields["datetime"].strip(), named))

    def _flush(self, end: int) -> None:
        """Store the text that was read last; it reaches to *end* unless the parser skipped something."""
        if self._data is None:
            return
        (start, data), self._data = self._data, None
        if self._inside == _JSON_LD:
            self.page.json_ld.append(data)
            return
        if self._inside == "title" and not self.page.title:
            self.page.title = " ".join(data.split())
        context = self._context()
        if context.dropped:
            return
        if len(data) != end - start and html.unescape(self._text[start:end]) != data:
            end = start + len(data)
        self._append(Piece(start, end, context))

    def _break(self) -> None:
        """A ``<br>``: a line end; two in a row end the block."""
        if self._part is None:
            return
        pieces = self._part.pieces
        blank = pieces[-1]
        if blank.line_break or (
            len(pieces) > 1 and pieces[-2].line_break and not self._text[blank.start : blank.end].strip()
        ):
            self._part = None
        else:
            place = self._place()
            pieces.append(Piece(place, place, self._context(), line_break=True))

    def _append(self, piece: Piece) -> None:
        if self._part is None:
            if not self._text[piece.start : piece.end].strip():
                return
            self._part = Part(piece.context, [])
            self.page.parts.append(self._part)
        self._part.pieces.append(piece)


def _hides(tag: str, fields: dict[str, str]) -> bool:
    """Whether an element is not shown, or is no part of the article by its role."""
    return (
        "hidden" in fields
        or fields.get("aria-hidden") == "true"
        or fields.get("role", "").lower() in _DROPPED_ROLES
        or (tag != "body" and _HIDING_STYLE.search(fields.get("style", "")) is not None)
    )


def _is_byline(tag: str, fields: dict[str, str]) -> bool:
    """Whether an element is marked up as the author's line."""
    if fields.get("rel", "").lower() == "author" or fields.get("itemprop", "").lower() == "author":
        return True
    classes = fields.get("class", "").lower().split()
    return tag not in {"article", "main", "body", "section"} and any(
        name in {"author", "authors"} or name.startswith("byline") or name.endswith("byline") for name in classes
    )
