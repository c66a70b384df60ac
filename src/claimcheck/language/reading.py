"""
Reading: one document or claim through every room of `claimcheck.language`.

Claims and articles go through the same code; a claim is a document of one paragraph without a date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from claimcheck.model import (
    Block,
    DateRange,
    Document,
    Entity,
    Mention,
    QuantityKind,
    QuantityMention,
    Reading,
    Sentence,
    SentenceKind,
    Span,
    Statement,
    TimeMention,
    Warned,
)

from . import sentences
from .arguments import is_content
from .coreference import resolve
from .dates import find_dates
from .discourse import Piece
from .given_names import gender_of
from .names import Known, NameMention, find_names, find_surnames, gather
from .pipeline import MAX_CHARACTERS, Parse, parse
from .quantities import convert, find_quantities
from .statements import predicate_phrases, read_statements
from .terms import class_terms, search_forms

#: Blocks that are kept as sentences but say nothing about the world.
SILENT = frozenset({SentenceKind.BOILERPLATE, SentenceKind.BYLINE, SentenceKind.DATELINE})
_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")
_YEAR = re.compile(r"\b(1\d{3}|20\d{2})\b")
_PLAIN_DAY = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]+\.?(?: \d{1,2}(?:st|nd|rd|th)?)?")
_STEPS = frozenset({("hour", "minute"), ("minute", "second"), ("day", "hour")})
_OPEN, _CLOSE = "“«", "”»"


def read(document: Document) -> Reading:
    """
    Read *document*: sentences, names, dates, quantities and statements, all with exact spans.

    Raises:
        EngineError: If the language model is missing or damaged.
    """
    anchor = document.published or sentences.published_in_text(document)
    pieces = list(_pieces(document))
    return _assemble(document, pieces, anchor)


def read_claim(text: str, *, anchor: dt.date | None = None) -> Reading:
    """
    Read a claim as a document of one paragraph.

    Args:
        text: The claim; offsets in the reading count from its first code point.
        anchor: The day that relative dates in it count from; ``None`` leaves them open.
    """
    paragraph = Block(start=0, end=len(text), kind="paragraph")
    document = Document(id="claim", text=text, published=anchor, layout=(paragraph,))
    return _assemble(document, list(_pieces(document)), anchor)


# ---------------------------------------------------------------------------- pieces


def _pieces(document: Document) -> Iterator[Piece]:
    """Cut the document into sentences and parse them, paragraph by paragraph."""
    blocks = [b for b in sentences.blocks(document) if b.kind != "hidden" and document.text[b.start : b.end].strip()]
    units: list[tuple[int, int, SentenceKind, int]] = []
    for number, block in enumerate(blocks):
        units.extend(_units(document, block, number))
    index = 0
    parses = parse(document.text[start:end] for start, end, _, _ in units)
    for number, ((start, _, kind, paragraph), parsed) in enumerate(zip(units, parses, strict=True)):
        quoted = _quoted(parsed)
        for first, last in _token_ranges(parsed, whole=kind is not SentenceKind.BODY):
            yield Piece(
                index=index,
                parse=parsed,
                number=number,
                first=first,
                last=last,
                base=start,
                kind=kind,
                paragraph=paragraph,
                quoted=quoted,
            )
            index += 1


def _units(document: Document, block: Block, number: int) -> Iterator[tuple[int, int, SentenceKind, int]]:
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
            while start < end and text[start].isspace():
                start += 1
    while end - start > MAX_CHARACTERS:
        cut = max((m.end() for m in _BREAK.finditer(text, start + 1, start + MAX_CHARACTERS)), default=0)
        cut = cut if cut > start else start + MAX_CHARACTERS
        yield start, cut, kind, number
        start = cut
    if start < end:
        yield start, end, kind, number


def _token_ranges(parsed: Parse, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Token ranges of the sentences of one parse."""
    tokens = parsed.tokens
    if not tokens:
        return
    bounds = sentences.sentence_bounds(parsed.text, [] if whole and len(tokens) < 40 else list(parsed.starts))
    first = 0
    for start, end in bounds:
        while first < len(tokens) and tokens[first].end <= start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        low, high = first, last
        while low < high and tokens[low].pos == "SPACE":
            low += 1
        while high > low and tokens[high - 1].pos == "SPACE":
            high -= 1
        if low < high:
            yield low, high
        first = last


def _quoted(parsed: Parse) -> tuple[bool, ...]:
    """For each token whether it stands inside quotation marks."""
    if not any(c in parsed.text for c in f'"{_OPEN}'):
        return ()
    inside = False
    found: list[bool] = []
    for token in parsed.tokens:
        mark = parsed.text[token.start]
        if mark == '"':
            inside = not inside
            found.append(False)
        elif mark in _OPEN or mark in _CLOSE:
            inside = mark in _OPEN
            found.append(False)
        else:
            found.append(inside)
    return tuple(found)


# -------------------------------------------------------------------------- assembly


def _assemble(document: Document, pieces: Sequence[Piece], anchor: dt.date | None) -> Reading:
    speaking = [p for p in pieces if p.kind not in SILENT]
    named = [p for p in pieces if p.kind not in SILENT - {SentenceKind.DATELINE}]
    _find_names(named)
    cast = gather([name for piece in named for name in piece.names])
    kin = resolve(speaking, cast)
    copies = sentences.copies([_sentence_text(document, p) for p in pieces])
    known = {k.id: k for k in cast.known}
    made: list[Sentence] = []
    warnings: list[Warned] = []
    lately: dict[int, int] = {}
    for piece, copy in zip(pieces, copies, strict=True):
        span = _sentence_span(document, piece)
        sentence = Sentence(index=piece.index, span=span, kind=piece.kind, paragraph=piece.paragraph, copy_of=copy)
        if piece.kind not in SILENT:
            times = _times(span, anchor, lately.get(piece.paragraph, 0))
            years = [int(m[1]) for t in times if (m := _YEAR.search(t.span.text))]
            if years:
                lately[piece.paragraph] = years[-1]
            quantities = _quantities(document, piece, span, times)
            statements = read_statements(piece, times, quantities, kin)
            mentions = tuple(_mentions(document, piece))
            warnings.extend(_open_times(times))
            sentence = evolve(
                sentence,
                words=_search_words(piece, mentions, statements, known),
                mentions=mentions,
                statements=statements,
                times=times,
                quantities=quantities,
            )
        made.append(sentence)
    entities = tuple(
        Entity(id=k.id, name=k.name, kind=k.kind, aliases=tuple(k.aliases), roles=tuple(k.roles)) for k in cast.known
    )
    return Reading(sentences=tuple(made), entities=entities, anchor=anchor, warnings=tuple(warnings))


def _find_names(pieces: Sequence[Piece]) -> None:
    """Find the names parse by parse and hand them to the sentences they stand in."""
    found: dict[int, list[NameMention]] = {}
    for piece in pieces:
        if piece.number not in found:
            found[piece.number] = find_names(piece.parse, piece.number)
    named = (n for names in found.values() for n in names if len(n.words) > 1)
    people = (n for n in named if n.label == "PERSON" or gender_of(n.words[0]))
    surnames = frozenset(n.words[-1] for n in people if len(n.words[-1]) > 2)
    done: set[int] = set()
    for piece in pieces:
        if surnames and piece.number not in done:
            found[piece.number] = find_surnames(piece.parse, piece.number, found[piece.number], surnames)
            done.add(piece.number)
        piece.names = [n for n in found[piece.number] if piece.first <= n.first and n.last <= piece.last]


def _sentence_span(document: Document, piece: Piece) -> Span:
    first, last = piece.tokens[0], piece.tokens[-1]
    return document.span(piece.base + first.start, piece.base + last.end)


def _sentence_text(document: Document, piece: Piece) -> str:
    return _sentence_span(document, piece).text


def _times(span: Span, anchor: dt.date | None, lately: int) -> tuple[TimeMention, ...]:
    times = find_dates(span.text, anchor=anchor, base=span.start)
    if lately and anchor is not None and lately < anchor.year - 1 and not any(_YEAR.search(t.span.text) for t in times):
        times = [_without_year(t) if _PLAIN_DAY.fullmatch(t.span.text) else t for t in times]
    return _same_year(times, anchor)


def _without_year(time: TimeMention) -> TimeMention:
    """Leave the year open: the paragraph has just spoken of a year long past, or of today."""
    value = time.value
    if value.earliest is None or value.latest is None or value.earliest.month != value.latest.month:
        return time
    day = value.earliest.day if value.earliest == value.latest else None
    open_value = evolve(value, earliest=None, latest=None, edtf="", month=value.earliest.month, day=day)
    return evolve(time, value=open_value)


def _same_year(times: Sequence[TimeMention], anchor: dt.date | None) -> tuple[TimeMention, ...]:
    """In a look back, a day or month without a year belongs to the year that the sentence has named before it."""
    found: list[TimeMention] = []
    year = 0
    for time in times:
        named = _YEAR.search(time.span.text)
        value = time.value
        if named is not None:
            year = int(named[1])
        elif year and anchor is not None and year < anchor.year and _PLAIN_DAY.fullmatch(time.span.text):
            value = _in_year(value, year)
        found.append(evolve(time, value=value))
    return tuple(found)


def _in_year(value: DateRange, year: int) -> DateRange:
    """The same day or days in another year; unchanged when they run over two years."""
    first, last = value.earliest, value.latest
    if first is None or last is None or first.year != last.year or first.year == year:
        return value
    try:
        moved = first.replace(year=year), last.replace(year=year)
    except ValueError:  # 29 February
        moved = first, last
    return evolve(value, earliest=moved[0], latest=moved[1], edtf=_edtf(*moved))


def _edtf(first: dt.date, last: dt.date) -> str:
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + dt.timedelta(days=1)).day == 1 and first.month == last.month:
        return f"{first.year:04d}-{first.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _quantities(
    document: Document, piece: Piece, span: Span, times: Sequence[TimeMention]
) -> tuple[QuantityMention, ...]:
    offset = span.start - piece.base
    nouns = [(t.start - offset, t.end - offset, t.lemma) for t in piece.tokens if t.pos in {"NOUN", "PROPN"}]
    dates = [(t.span.start - span.start, t.span.end - span.start) for t in times]
    dates += [(n.start - offset, n.end - offset) for n in piece.names]
    dates += [
        (t.start - offset, t.end - offset)
        for t in piece.tokens
        if t.tag == "CD" and t.i > piece.first and piece.parse.tokens[t.i - 1].pos == "PROPN"
    ]
    return tuple(_joined(document, find_quantities(span.text, nouns=nouns, dates=dates, base=span.start)))


def _joined(document: Document, quantities: Sequence[QuantityMention]) -> Iterator[QuantityMention]:
    """Put "3 minutes 59.4 seconds" together, in the smaller unit."""
    waiting: QuantityMention | None = None
    for quantity in quantities:
        if waiting is not None and _continues(document, waiting, quantity):
            first = convert(waiting.value, quantity.value.unit)
            total = first.value + quantity.value.value
            span = document.span(waiting.span.start, quantity.span.end)
            waiting = QuantityMention(span=span, value=evolve(quantity.value, value=total, low=total, high=total))
            continue
        if waiting is not None:
            yield waiting
        waiting = quantity
    if waiting is not None:
        yield waiting


def _continues(document: Document, first: QuantityMention, second: QuantityMention) -> bool:
    kinds = {first.value.kind, second.value.kind}
    between = document.text[first.span.end : second.span.start].strip()
    plain = first.value.low == first.value.high and second.value.low == second.value.high
    units = first.value.unit, second.value.unit
    return kinds == {QuantityKind.DURATION} and between in {"", "and", ","} and plain and units in _STEPS


def _open_times(times: Sequence[TimeMention]) -> Iterator[Warned]:
    for time in times:
        if not time.value.anchored:
            yield Warned(
                code="CC-W01",
                message=f"{time.span.text!r} cannot be dated: the text gives no date to count from",
                span=time.span,
            )


def _mentions(document: Document, piece: Piece) -> Iterator[Mention]:
    seen: set[int] = set()
    for i in sorted(piece.resolved):
        resolved = piece.resolved[i]
        if id(resolved) in seen:
            continue
        seen.add(id(resolved))
        start = piece.parse.tokens[resolved.first].start
        end = piece.parse.tokens[resolved.last - 1].end
        yield Mention(
            span=document.span(piece.base + start, piece.base + end),
            entity=resolved.known.id if resolved.known is not None else "",
            how=resolved.how,
            candidates=tuple(k.id for k in resolved.candidates),
        )


def _search_words(
    piece: Piece, mentions: Sequence[Mention], statements: Sequence[Statement], known: dict[str, Known]
) -> tuple[str, ...]:
    """What search looks at: lemmas, the names that mentions stand for, and the classes of the predicates."""
    words: dict[str, None] = {}
    for token in piece.tokens:
        if is_content(token):
            for word in search_forms(token.lemma if token.pos != "PROPN" else token.low):
                words[word] = None
    for mention in mentions:
        for entity in (mention.entity, *mention.candidates):
            if entity:
                for word in known[entity].words:
                    for part in search_forms(word):
                        words[part] = None
    for statement in statements:
        for word in class_terms(predicate_phrases(statement)):
            words[word] = None
    return tuple(words)
