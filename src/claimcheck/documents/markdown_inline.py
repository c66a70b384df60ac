"""
Inline Markdown: which characters of a paragraph are markup.

markdown-it-py does not record where inline tokens stand, so its own rules are wrapped: each wrapper notes what
the rule consumed.
"""

from __future__ import annotations

import functools
import html
import re
import string
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from attrs import define, frozen
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, escape, html_inline, image, link
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.token import Token

#: Elements of HTML, with those of older versions (the HTML Living Standard, "Index" and "Obsolete features").
_ELEMENTS = frozenset(
    (  # noqa: SIM905 - a list would take a line for each
        "a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body br button"
        " canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed"
        " fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i"
        " iframe img input ins kbd label legend li link main map mark marquee math menu menuitem meta meter nav nobr"
        " noframes noscript object ol optgroup option output p param path picture pre progress q rb rp rt rtc ruby s"
        " samp script search section select slot small source span strike strong style sub summary sup svg table tbody"
        " td template textarea tfoot th thead time title tr track tt u ul var video wbr"
    ).split()
)
#: Elements whose content is no text.
_CODE = frozenset({"script", "style"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_COMMENT, _COMMENT_END = "<!--", "-->"
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_FOOTNOTE_TEXT = re.compile(r"^[ >]{0,9}\[\^([^\]\s]{1,80})\]:", re.MULTILINE)
_FOOTNOTES = "footnotes"
_MARKS = re.compile(r"[*_`\[\]<&\\]")
#: What is left out as a whole, or to the end where it has none.
_UNREAD = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
#: Code points of a block that the library is given at a time.
LONGEST = 1 << 15
_Rule = Callable[[StateInline, bool], bool]
_NOTES = "claimcheck"


@frozen
class Edit:
    """*text* stands for what was ``[start, end)``."""

    start: int
    end: int
    text: str = ""

    def moved(self, by: int) -> Edit:
        """The same, so many code points further on."""
        return Edit(self.start + by, self.end + by, self.text) if by else self


@frozen
class Image:
    """A picture, and its description within it."""

    start: int
    end: int
    alt_start: int
    alt_end: int

    def moved(self, by: int) -> Image:
        """The same, so many code points further on."""
        return Image(self.start + by, self.end + by, self.alt_start + by, self.alt_end + by) if by else self


@frozen(kw_only=True)
class Markup:
    """The markup of a paragraph, in its own offsets."""

    edits: tuple[Edit, ...] = ()
    images: tuple[Image, ...] = ()


@define
class _Notes:
    """What the wrapped rules have noted so far."""

    edits: list[Edit]
    images: list[Image]
    marks: list[tuple[Token, int]]


def scan(content: str, env: dict[str, Any], *, html_only: bool = False) -> Markup:
    """
    The inline markup of *content*.

    Args:
        content: The text of one block.
        env: What the block parser left: the link references.
        html_only: Look for tags and entities alone.
    """
    found = [_scanned(content, start, end, env, html_only=html_only) for start, end in _pieces(content)]
    edits = chain.from_iterable(markup.edits for markup in found)
    return Markup(edits=tuple(edits), images=tuple(chain.from_iterable(markup.images for markup in found)))


def _pieces(content: str) -> Iterator[tuple[int, int]]:
    """
    All of *content*, in pieces where it is very long: after a line, a sentence or a word, and in no script or comment.

    Marks that belong together and stand in two pieces, which takes a paragraph without an end, are text.
    """
    code = _UNREAD.finditer(content) if len(content) > LONGEST else iter(())
    unread = next(code, None)
    start = 0
    while len(content) - start > LONGEST:
        most = start + LONGEST
        cuts = ((content.rfind(sign, start, most), len(sign)) for sign in ("\n", ". ", " "))
        end = next((cut + length for cut, length in cuts if cut >= 0), most)
        while unread is not None and unread.end() < end:
            unread = next(code, None)
        if unread is not None and unread.start() < end:
            end = unread.end()
        yield start, end
        start = end
    yield start, len(content)


def _scanned(content: str, start: int, end: int, env: dict[str, Any], *, html_only: bool) -> Markup:
    """The inline markup of a piece of *content*."""
    piece = content[start:end]
    if _MARKS.search(piece) is None:
        return Markup()
    notes = _Notes([], [], [])
    env = {**env, _NOTES: notes}
    tokens: list[Token] = []
    parser = _html_parser() if html_only else _parser()
    parser.inline.parse(piece, parser, env, tokens)
    edits = notes.edits + [Edit(place, place + 1) for token, place in notes.marks if not token.content]
    images = sorted(notes.images, key=lambda image: image.start)
    outside = [edit for edit in edits if not _within(edit, images)]
    return Markup(
        edits=tuple(edit.moved(start) for edit in sorted(outside, key=lambda edit: edit.start)),
        images=tuple(image.moved(start) for image in images),
    )


def _within(edit: Edit, images: Sequence[Image]) -> bool:
    """Whether *edit* is in one of the *images*, which are in order and not in each other."""
    before = bisect_right(images, edit.start, key=lambda image: image.start)
    return before > 0 and edit.end <= images[before - 1].end


def footnotes_of(source: str, start: int) -> dict[str, Any]:
    """What `scan` must know of ``source[start:]`` beside its link references: which footnotes it has."""
    return {_FOOTNOTES: frozenset(found[1] for found in _FOOTNOTE_TEXT.finditer(source, start))}


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline.ruler.before("link", "footnote", _noting(_footnote, _whole))
    for name, rule, note in _RULES:
        parser.inline.ruler.at(name, _noting(rule, note))
    parser.inline.ruler2.disable("fragments_join")  # emphasis marks keep a token each
    return parser


@functools.cache
def _html_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline.ruler.at("html_inline", _noting(_html, _whole))
    parser.inline.ruler.at("entity", _noting(entity, _entity))
    parser.inline.ruler.enableOnly(["text", "html_inline", "entity"])
    parser.inline.ruler2.enableOnly([])
    return parser


_Note = Callable[[_Notes, StateInline, int, int, int], None]


def _noting(rule: _Rule, note: _Note) -> _Rule:
    """*rule*, with *note* taken of what it consumed (its start and the first token it made)."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's own signature
        start, first = state.pos, len(state.tokens)
        notes: _Notes = state.env[_NOTES]
        before = len(notes.edits), len(notes.images), len(notes.marks)
        label = 0
        if rule is link and not silent and state.src[start] == "[":
            label = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003
        if not rule(state, silent):
            return False
        if not silent:
            if rule is image:
                del notes.edits[before[0] :], notes.images[before[1] :], notes.marks[before[2] :]
            note(notes, state, start, first, label)
        return True

    return noting


def _html(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's own signature
    """markdown-it's rule for tags and comments; what only looks like a tag ("<name> wrote") stays text."""
    if state.src.startswith(_COMMENT, state.pos):  # "--" inside is no end of it
        end = state.src.find(_COMMENT_END, state.pos, state.posMax)
        state.pos = end + len(_COMMENT_END) if end >= 0 else state.pos
        return end >= 0
    tag = _TAG.match(state.src, state.pos)
    start = state.pos
    if not html_inline(state, silent):
        return False
    if tag is None:
        return True
    name = tag[2].lower()
    if name not in _ELEMENTS and not tag[1] and not _is_component(state.src, start, state.pos, tag[2]):
        state.pos = start
        return False
    if name in _CODE and not tag[1]:
        end = state.src.lower().find(f"</{name}>", state.pos)
        state.pos = end if end >= 0 else state.pos
    return True


def _is_component(text: str, start: int, end: int, name: str) -> bool:
    """Whether a tag that HTML does not have has a value, its own end, or another tag that ends it."""
    return "=" in text[start:end] or text[end - 2] == "/" or text.find(f"</{name}>", end) >= 0


def _footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # as above
    """The mark of a footnote, and the same before its text."""
    del silent
    found = _FOOTNOTE.match(state.src, state.pos)
    if found is None or found[1] not in state.env.get(_FOOTNOTES, ()):
        return False
    at_start = not state.src[: state.pos].rpartition("\n")[2].strip()
    state.pos = found.end()
    if at_start and state.src.startswith(":", state.pos):
        state.pos += 1
    return True


def _whole(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del first, label
    notes.edits.append(Edit(start, state.pos))


def _ends(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del first, label
    notes.edits += [Edit(start, start + 1), Edit(state.pos - 1, state.pos)]


def _code(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del label
    made = state.tokens[first:]
    if made and made[-1].type == "code_inline":
        size = len(made[-1].markup)
        notes.edits += [Edit(start, start + size), Edit(state.pos - size, state.pos)]


def _emphasis(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del label
    marks = [token for token in state.tokens[first:] if token.type == "text" and len(token.content) == 1]
    notes.marks += zip(marks[-(state.pos - start) :], range(start, state.pos), strict=True)


def _link(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del first
    notes.edits += [Edit(start, start + 1), Edit(label, state.pos)]


def _image(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del first, label
    alt = start + 2
    notes.images.append(Image(start, state.pos, alt, alt + len(state.tokens[-1].content)))


def _escape(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del first, label
    if state.src[start + 1] in string.punctuation + "\n":
        notes.edits.append(Edit(start, start + 1))


def _entity(notes: _Notes, state: StateInline, start: int, first: int, label: int) -> None:
    del first, label
    written = state.src[start : state.pos]
    notes.edits.append(Edit(start, state.pos, html.unescape(written)))


_RULES: tuple[tuple[str, _Rule, _Note], ...] = (
    ("escape", escape, _escape),
    ("backticks", backtick, _code),
    ("emphasis", emphasis, _emphasis),
    ("link", link, _link),
    ("image", image, _image),
    ("autolink", autolink, _ends),
    ("html_inline", _html, _whole),
    ("entity", entity, _entity),
)
