"""
Reading: one document or claim through every room of `claimcheck.language`.

Claims and articles go through the same code; a claim is a document of one paragraph without a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, evolve, field

from claimcheck.errors import (
    AmbiguousDateWarning,
    AmbiguousNameWarning,
    LongSentenceWarning,
    UnanchoredDateWarning,
)
from claimcheck.model import (
    Block,
    DateRange,
    Document,
    Entity,
    Mention,
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
from .dates import find_dates, is_ambiguous
from .discourse import Kin, Piece
from .given_names import gender_of
from .look_back import last_year_named, settle_years
from .names import Known, NameMention, find_names, find_surnames, gather, in_score
from .pipeline import Parse, parse
from .predicates import predicate_phrases
from .quantities import find_quantities, join_units
from .sections import Unit, sections, units
from .statements import read_statements
from .terms import class_terms, search_forms

#: Blocks that are kept as sentences but say nothing about the world.
SILENT = frozenset({SentenceKind.BOILERPLATE, SentenceKind.BYLINE, SentenceKind.DATELINE})
#: Words and signs of the longest sentence that statements are read from: each is looked at beside the others, which
#: takes the square of the length.  No person writes a longer one.
LONGEST = 1_000
_OPEN, _CLOSE = "“«", "”»"


@define(kw_only=True)
class _Before:
    """What the sections of an article that were read hand on to those after them."""

    sentences: int = 0
    entities: int = 0
    said: set[str] = field(factory=set)


def read(document: Document) -> Reading:
    """
    Read *document*: sentences, names, dates, quantities and statements, all with exact spans.

    Raises:
        EngineError: If the language model is missing or damaged.
    """
    (reading,) = read_many([document])
    return reading


def read_sections(document: Document) -> Iterator[Reading]:
    """
    Read *document* as `read` does, a section at a time, so that memory does not grow with its length.

    Returns:
        A reading of each section in turn; numbers and ids go on from one to the next, so that together they are what
        `read` gives.  There is one for an article of usual length, and one without sentences for an empty one.
    Raises:
        EngineError: If the language model is missing or damaged.
    """
    found = units(document)
    parses = parse(document.text[start:end] for start, end, _, _ in found)
    return _in_sections(document, document.published or sentences.published_in_text(document), found, parses)


def read_claim(text: str, *, anchor: dt.date | None = None) -> Reading:
    """
    Read a claim as a document of one paragraph.

    Args:
        text: The claim; offsets in the reading count from its first code point.
        anchor: The day that relative dates in it count from; ``None`` leaves them open.
    """
    (reading,) = read_claims([(text, anchor)])
    return reading


def read_many(documents: Sequence[Document]) -> list[Reading]:
    """
    Read *documents*, each by itself, with one call of the language model: faster where they are short.

    Raises:
        EngineError: If the language model is missing or damaged.
    """
    return _read([(document, document.published or sentences.published_in_text(document)) for document in documents])


def read_claims(claims: Iterable[tuple[str, dt.date | None]]) -> list[Reading]:
    """Read claims, each given with the day that its relative dates count from, with one call of the language model."""
    return _read([(_claim_document(text, anchor), anchor) for text, anchor in claims])


def _claim_document(text: str, anchor: dt.date | None) -> Document:
    paragraph = Block(start=0, end=len(text), kind="paragraph")
    return Document(id="claim", text=text, published=anchor, layout=(paragraph,))


def _read(documents: Sequence[tuple[Document, dt.date | None]]) -> list[Reading]:
    """Read documents, each with its anchor."""
    found = [units(document) for document, _ in documents]
    texts = (
        document.text[start:end]
        for (document, _), ranges in zip(documents, found, strict=True)
        for start, end, _, _ in ranges
    )
    parses = parse(texts)
    return [
        _joined(list(_in_sections(document, anchor, ranges, parses)))
        for (document, anchor), ranges in zip(documents, found, strict=True)
    ]


def _in_sections(
    document: Document, anchor: dt.date | None, found: Sequence[Unit], parses: Iterator[Parse]
) -> Iterator[Reading]:
    """A reading of each section of *document*; *parses* may hold those of other documents after them."""
    before = _Before()
    for section in sections(found):
        yield _assemble(document, list(_pieces(section, parses, before.sentences)), anchor, before)


def _joined(readings: Sequence[Reading]) -> Reading:
    """The reading of a document from those of its sections."""
    if len(readings) == 1:
        return readings[0]
    return Reading(
        sentences=tuple(sentence for reading in readings for sentence in reading.sentences),
        entities=tuple(entity for reading in readings for entity in reading.entities),
        anchor=readings[0].anchor,
        warnings=tuple(warned for reading in readings for warned in reading.warnings),
    )


# ---------------------------------------------------------------------------- pieces


def _pieces(section: Sequence[Unit], parses: Iterator[Parse], index: int) -> Iterator[Piece]:
    """Cut the parsed units of a section into sentences, numbered from *index* on."""
    for number, (start, _, kind, paragraph) in enumerate(section):
        parsed = next(parses)
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


def _assemble(document: Document, pieces: Sequence[Piece], anchor: dt.date | None, before: _Before) -> Reading:
    speaking = [p for p in pieces if p.kind not in SILENT]
    named = [p for p in pieces if p.kind not in SILENT - {SentenceKind.DATELINE}]
    _find_names(named)
    cast = gather([name for piece in named for name in piece.names], before.entities)
    kin = resolve(speaking, cast)
    spans = [_sentence_span(document, p) for p in pieces]
    copies = sentences.copies([span.text for span in spans], before.sentences)
    known = {k.id: k for k in cast.known}
    made: list[Sentence] = []
    warnings: list[Warned] = []
    lately: dict[int, int] = {}
    previous: DateRange | None = None
    for piece, span, copy in zip(pieces, spans, copies, strict=True):
        sentence = Sentence(index=piece.index, span=span, kind=piece.kind, paragraph=piece.paragraph, copy_of=copy)
        if piece.kind not in SILENT:
            year = lately.get(piece.paragraph, 0)
            found = find_dates(span.text, anchor=anchor, base=span.start, previous=previous)
            times = settle_years(span, found, anchor, year)
            previous = next((t.value for t in reversed(times) if t.value.anchored), previous)
            lately[piece.paragraph] = last_year_named(times) or year
            quantities = _quantities(piece, span, times)
            statements = _statements(piece, times, quantities, kin, anchor)
            mentions = tuple(_mentions(document, piece))
            warnings.extend([_unread(span)] if statements is None else [])
            warnings.extend(_unsettled_times(times))
            warnings.extend(_unsettled_names(mentions, known, before.said))
            sentence = evolve(
                sentence,
                words=_search_words(piece, mentions, statements or (), known),
                mentions=mentions,
                statements=statements or (),
                times=times,
                quantities=quantities,
            )
        made.append(sentence)
    entities = tuple(
        Entity(id=k.id, name=k.name, kind=k.kind, aliases=tuple(k.aliases), roles=tuple(k.roles)) for k in cast.known
    )
    before.sentences += len(made)
    before.entities += len(entities)
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


def _quantities(piece: Piece, span: Span, times: Sequence[TimeMention]) -> tuple[QuantityMention, ...]:
    offset = span.start - piece.base
    nouns = [(t.start - offset, t.end - offset, t.lemma) for t in piece.tokens if t.pos in {"NOUN", "PROPN"}]
    dates = [(t.span.start - span.start, t.span.end - span.start) for t in times]
    dates += [(n.start - offset, n.end - offset) for n in piece.names]
    dates += [
        (t.start - offset, t.end - offset)
        for t in piece.tokens
        if t.tag == "CD"
        and t.i > piece.first
        and piece.parse.tokens[t.i - 1].pos == "PROPN"
        and not in_score(piece.parse.tokens, t.i)
    ]
    return join_units(span, find_quantities(span.text, nouns=nouns, dates=dates, base=span.start))


def _statements(
    piece: Piece,
    times: Sequence[TimeMention],
    quantities: Sequence[QuantityMention],
    kin: Sequence[Kin],
    anchor: dt.date | None,
) -> tuple[Statement, ...] | None:
    """What a sentence says, ``None`` when it is too long, or nested deeper than Python goes."""
    if piece.last - piece.first > LONGEST:
        return None
    try:
        return read_statements(piece, times, quantities, kin, anchor)
    except RecursionError:
        return None


def _unread(span: Span) -> Warned:
    message = "a sentence is longer, or nested deeper, than people write: no statements were read from it"
    return Warned(code=LongSentenceWarning.code, message=message, span=span)


def _unsettled_times(times: Sequence[TimeMention]) -> Iterator[Warned]:
    for time in times:
        if not time.value.anchored:
            message = f"{time.span.text!r} cannot be dated: the text gives no date to count from"
            yield Warned(code=UnanchoredDateWarning.code, message=message, span=time.span)
        elif is_ambiguous(time):
            message = f"{time.span.text!r} can be read in two ways, month or day first; both are kept"
            yield Warned(code=AmbiguousDateWarning.code, message=message, span=time.span)


def _unsettled_names(mentions: Sequence[Mention], known: dict[str, Known], said: set[str]) -> Iterator[Warned]:
    """A warning for each name that can mean several people, once a document: *said* are those so far."""
    for mention in mentions:
        if mention.entity or len(mention.candidates) < 2:
            continue
        people = " or ".join(sorted(known[c].name for c in mention.candidates))
        message = f"{mention.span.text!r} can mean {people}, and the text does not settle it"
        if message not in said:
            said.add(message)
            yield Warned(code=AmbiguousNameWarning.code, message=message, span=mention.span)


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
