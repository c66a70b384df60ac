"""
Layout: which part of the page a stretch of text is.

Blocks are paragraphs, headlines, captions and the like.  A file's markup gives some of them away
(`Document.layout`); in plain text, and for paragraphs of unknown kind, the look of the lines and the cues in
``data/layout.toml`` decide.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from attrs import frozen

from claimcheck.model import Block, Document

from .wordlists import read_list

_PARAGRAPH = "paragraph"
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_END = r"(?:\r\n|\r(?!\n)|\n)"  # CR LF is one line end, never two
_BLANK = re.compile(rf"{_END}(?:[^\S\r\n]*{_END})+|\u2029")
_SPACES = re.compile(r"\s+")
_CLOSERS = "\"'”’»)]*_"
_ENDS = ".!?…"
_STOPS = f"{_ENDS}:;,—–-"

#: A line of wrapped text is no longer than this, and the widest of them no shorter than the second.
_WIDEST, _NARROWEST = 100, 40
#: The longest block that can be anything but a paragraph, in code points.
_LONGEST_CUE = 700
_LONGEST_HEADLINE, _HEADLINE_WORDS, _HEADLINES = 200, 25, 4
_LONGEST_SUBHEADING, _SUBHEADING_WORDS = 90, 12
#: A repeated block of fewer words is a habit of speech, not a caption.
_COPIED_WORDS = 5
#: How far from the top the publication date is looked for, in blocks.
_TOP = 10


@frozen(kw_only=True)
class Rule:
    """A cue: blocks of up to *words* words that *pattern* matches as a whole are of that kind."""

    kind: str
    pattern: re.Pattern[str]
    words: int
    passes: str
    fails: str


@functools.cache
def table() -> dict[str, Any]:
    """The data file of this room, as it is."""
    return read_list("layout")


@functools.cache
def rules() -> tuple[Rule, ...]:
    """The cues of the data file, in its order."""
    return tuple(
        Rule(
            kind=rule["kind"],
            pattern=re.compile(_filled(rule["pattern"])),
            words=rule["words"],
            passes=rule["pass"],
            fails=rule["fail"],
        )
        for rule in table()["rule"]
    )


def cued(text: str) -> str:
    """The kind that the words of a block give away, ``""`` when they do not."""
    if len(text) > _LONGEST_CUE:
        return ""
    line = " ".join(text.split())
    words = line.count(" ") + 1
    for rule in rules():
        if words <= rule.words and rule.pattern.fullmatch(line):
            return rule.kind
    return ""


def blocks(document: Document) -> tuple[Block, ...]:
    """
    The parts of the page, in text order, not overlapping, white space at their edges left out.

    Together they hold everything but white space, the marks of list items and what the markup hides.
    """
    text = document.text
    found: list[Block] = []
    at = 0
    for part in document.layout:
        found += _plain(text, at, part.start)
        if part.kind == _PARAGRAPH:
            found += _split(text, part.start, part.end)
        elif part.kind != "hidden":
            found += _trimmed(text, part.start, part.end, part.kind)
        at = max(at, part.end)
    found += _plain(text, at, len(text))
    return tuple(_classified(document, found))


def split_dateline(text: str) -> int:
    """
    The length of the dateline that opens a paragraph ("GENEVA, Oct. 24 (AP) — "), dash and space included.

    Returns:
        0 when there is none.  A place in ordinary letters counts only with a date or an agency.
    """
    found = _opening().match(text[:_LONGEST_HEADLINE])
    return found.end() if found is not None else 0


def published_in_text(document: Document) -> dt.date | None:
    """
    The publication date that the article itself states near its top, ``None`` when it states none in full.

    Only lines that are nothing but a date or a byline, and the dateline of the first paragraph, are believed.
    """
    paragraphs = 0
    for block in blocks(document)[:_TOP]:
        text = document.text[block.start : block.end]
        if block.kind in {"dateline", "byline"}:
            date = _full_date(text)
        elif block.kind == _PARAGRAPH and not paragraphs:
            paragraphs += 1
            date = _full_date(text[: split_dateline(text)])
        else:
            continue
        if date is not None:
            return date
    return None


# ------------------------------------------------------------------------ data


@functools.cache
def _fragments() -> dict[str, str]:
    filled: dict[str, str] = {}
    for name, pattern in table()["fragments"].items():
        filled[name] = _fill(pattern, filled)
    return filled


def _filled(pattern: str) -> str:
    return _fill(pattern, _fragments())


def _fill(pattern: str, fragments: dict[str, str]) -> str:
    """*pattern* with ``{name}`` replaced by the fragments of that name."""
    return re.sub(r"\{([a-z]+)\}", lambda found: f"(?:{fragments[found.group(1)]})", pattern)


@functools.cache
def _opening() -> re.Pattern[str]:
    """What a dateline at the start of a paragraph looks like."""
    cue = table()["opening"]
    date, agency = _filled(r"{date}"), _filled(r"{agency}")
    agency = rf"\s?\({agency}(?:\s?/[^)]{{1,30}})?\)"
    date = rf"(?:,\s{date}|\s\({date}\)|\s{date})\.?"
    capitals, ordinary = cue["capitals"], cue["ordinary"]
    capital = rf"{capitals}(?:{date}(?:\s\([^)]{{1,30}}\))?|{agency})?"
    small = rf"{ordinary}(?:{date}(?:{agency})?|{agency})"
    head = rf"(?:{capital}|{small}|\({_filled('{agency}')}\))"
    return re.compile(rf"\s*{head}(?:{cue['dash']})(?=[A-Z0-9\"'“‘«])")


@functools.cache
def _bullets() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Marks that begin a list item by themselves, and marks that do so in company."""
    marks = table()["bullets"]
    return re.compile(marks["always"]), re.compile(marks["together"])


@functools.cache
def _dates() -> tuple[re.Pattern[str], ...]:
    month = r"(?P<month>[A-Z][a-z]{2,8})\.?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"(?P<year>\d{4})"
    return (
        re.compile(rf"\b{month}\s{{1,4}}{day},?\s{{1,4}}{year}\b"),
        re.compile(rf"\b{day}\s{{1,4}}(?:of\s)?{month},?\s{{1,4}}{year}\b"),
        re.compile(rf"\b{year}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    )


def _full_date(text: str) -> dt.date | None:
    """The first date with day, month and year in *text*."""
    found = [match for pattern in _dates() for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        name = match["month"]
        short = table()["dates"]["months"]
        month = int(name) if name.isdigit() else {m: n for n, m in enumerate(short, 1)}.get(name[:3].lower(), 0)
        try:
            return dt.date(int(match["year"]), month, int(match["day"]))
        except ValueError:
            continue
    return None


# ----------------------------------------------------------------------- lines


def _plain(text: str, start: int, end: int) -> list[Block]:
    """The paragraphs of plain text: apart where a line is blank, and at line ends where lines are paragraphs."""
    if not text[start:end].strip():
        return []
    groups = [_lines(text, first, last) for first, last in _paragraphs(text, start, end)]
    width = _width([last - first for group in groups for first, last in group])
    found: list[Block] = []
    for group in groups:
        found += _joined(text, group, width)
    return found


def _split(text: str, start: int, end: int) -> list[Block]:
    """A paragraph of the markup, apart where a line is blank (preformatted text)."""
    return [block for first, last in _paragraphs(text, start, end) for block in _trimmed(text, first, last, _PARAGRAPH)]


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between blank lines."""
    for found in _BLANK.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines that hold more than white space, without the white space at their edges."""
    lines = _LINE.finditer(text, start, end)
    parts = (part for line in lines for part in _trimmed(text, line.start(), line.end(), _PARAGRAPH))
    return [(part.start, part.end) for part in parts]


def _trimmed(text: str, start: int, end: int, kind: str) -> list[Block]:
    part = text[start:end]
    bare = part.strip()
    if not bare:
        return []
    start += len(part) - len(part.lstrip())
    return [Block(start=start, end=start + len(bare), kind=kind)]


def _width(lengths: list[int]) -> int:
    """The column at which the lines were wrapped, 0 when lines are paragraphs."""
    long = sum(length > _WIDEST for length in lengths)
    if long * 20 > len(lengths):
        return 0
    width = max((length for length in lengths if length <= _WIDEST), default=0)
    return width if width >= _NARROWEST else 0


def _joined(text: str, lines: list[tuple[int, int]], width: int) -> list[Block]:
    """The lines between two blank lines, wrapped ones joined."""
    found: list[Block] = []
    wrapped = width > 0 and _runs_on(text, lines)
    for number, line in enumerate(lines):
        before = lines[number - 1]
        first = bool(found) and found[-1].start == before[0]
        if found and _continues(text, before, line, width if wrapped else 0, first=first):
            found[-1] = Block(start=found[-1].start, end=line[1], kind=_PARAGRAPH)
        else:
            found.append(Block(start=line[0], end=line[1], kind=_PARAGRAPH))
    return found


def _runs_on(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether at least half of the lines but the last end within a sentence."""
    open_ends = sum(not _ends_sentence(text[first:last]) for first, last in lines[:-1])
    return len(lines) > 1 and open_ends * 2 >= len(lines) - 1


def _continues(text: str, before: tuple[int, int], line: tuple[int, int], width: int, *, first: bool) -> bool:
    """Whether *line* goes on with the line *before*: its first word did not fit there, or its sentence is open."""
    if any(mark.match(text, line[0], line[1]) for mark in _bullets()):
        return False
    last_line = text[before[0] : before[1]]
    open_end = last_line[-1:] not in _STOPS and not _ends_sentence(last_line)
    if open_end and text[line[0]].islower():
        return True
    if not width or len(last_line) > _WIDEST or (open_end and first and _titled(last_line)):
        return False
    word = text[line[0] : line[1]].split(maxsplit=1)[0]
    return len(last_line) + 1 + len(word) > width


def _titled(line: str) -> bool:
    """Whether most words of a line begin with a capital, as those of a headline do."""
    words = [word for word in line.split() if word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) * 10 >= len(words) * 7


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS + " ")[-1:] in _ENDS and bool(text)


# ----------------------------------------------------------------------- kinds


def _classified(document: Document, found: list[Block]) -> list[Block]:
    """*found* with what paragraphs turn out to be; a text of one paragraph is just that."""
    if len(found) < 2:
        return found
    texts = [_normal(document.text[block.start : block.end]) for block in found]
    repeated = Counter(texts)
    title = _normal(document.title)
    kinds = [block.kind for block in found]
    for number, block in enumerate(found):
        if block.kind == _PARAGRAPH:
            text = document.text[block.start : block.end]
            kinds[number] = "headline" if title and texts[number] == title else cued(text) or _PARAGRAPH
    _mark_headlines(document.text, found, kinds)
    headlines = {text for text, kind in zip(texts, kinds, strict=True) if kind == "headline"}
    for number, kind in enumerate(kinds):
        if kind == _PARAGRAPH and texts[number] in headlines:
            kinds[number] = "headline"
        elif kind == _PARAGRAPH and repeated[texts[number]] > 1 and texts[number].count(" ") + 1 >= _COPIED_WORDS:
            kinds[number] = "caption"
    _mark_subheadings(document.text, found, kinds)
    return _with_items(document.text, found, kinds)


def _mark_headlines(text: str, found: list[Block], kinds: list[str]) -> None:
    """The short open lines above the first paragraph are headlines, when there is a paragraph below them."""
    if "headline" in kinds:
        return
    for number, block in enumerate(found):
        if kinds[number] == _PARAGRAPH and not _may_head(text[block.start : block.end]):
            top = number
            break
    else:
        return
    open_lines = [number for number in range(top) if kinds[number] == _PARAGRAPH]
    if len(open_lines) <= _HEADLINES:
        for number in open_lines:
            kinds[number] = "headline"


def _may_head(line: str) -> bool:
    """Whether a block is short and ends like a headline."""
    first = line.lstrip("\"'“‘«([¿¡")[:1]
    return (
        len(line) <= _LONGEST_HEADLINE
        and line.count(" ") < _HEADLINE_WORDS
        and (first.isupper() or first.isdigit())
        and line.rstrip(_CLOSERS)[-1:] not in {".", "…", ":", ";", ","}
    )


def _mark_subheadings(text: str, found: list[Block], kinds: list[str]) -> None:
    """A short open line between paragraphs is a subheading."""
    for number in range(1, len(found) - 1):
        line = text[found[number].start : found[number].end]
        if (
            kinds[number] == _PARAGRAPH
            and len(line) <= _LONGEST_SUBHEADING
            and line.count(" ") < _SUBHEADING_WORDS
            and (line[0].isupper() or line[0].isdigit())
            and line[-1] not in _STOPS + _CLOSERS
            and kinds[number + 1] == _PARAGRAPH
            and _ends_sentence(text[found[number + 1].start : found[number + 1].end])
        ):
            kinds[number] = "subheading"


def _with_items(text: str, found: list[Block], kinds: list[str]) -> list[Block]:
    """The blocks with their kinds; list items lose their marks."""
    always, together = _bullets()
    alone = [always.match(text, block.start, block.end) for block in found]
    marks = [mark or together.match(text, block.start, block.end) for mark, block in zip(alone, found, strict=True)]
    items = {number for number, mark in enumerate(alone) if mark}
    for one, other in pairwise(range(len(found))):
        first, second = marks[one], marks[other]
        if first and second and _family(first.group()) == _family(second.group()):
            items |= {one, other}
    made = []
    for number, (block, kind) in enumerate(zip(found, kinds, strict=True)):
        mark = marks[number]
        if number in items and mark and mark.end() < block.end and kind in {_PARAGRAPH, "subheading", "headline"}:
            made.append(Block(start=mark.end(), end=block.end, kind="list_item"))
        else:
            made.append(Block(start=block.start, end=block.end, kind=kind))
    return made


def _family(mark: str) -> str:
    """What the marks of one list have in common: they count, or they are the same sign."""
    sign = mark.strip(" \t().")
    return "1" if sign.isdigit() else "a" if sign.isalpha() else sign


def _normal(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold()
