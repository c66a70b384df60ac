"""
The records: what every room passes to the next.

All records are frozen, keyword-only and checked when they are made.  Offsets are
half-open ``[start, end)`` in Unicode code points of the *stored* text, so that
``document.text[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import field, frozen, validators

from .errors import SpanError

# --------------------------------------------------------------------------- enums


class Label(StrEnum):
    """The verdict on a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class Stance(StrEnum):
    """What one piece of evidence does to the claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


class Slot(StrEnum):
    """One role of a statement."""

    SUBJECT = "subject"
    RELATION = "relation"
    OBJECT = "object"
    TIME = "time"
    PLACE = "place"
    QUANTITY = "quantity"
    POLARITY = "polarity"
    MODALITY = "modality"
    ATTRIBUTION = "attribution"


class SlotRelation(StrEnum):
    """How the source's slot stands to the claim's slot."""

    AGREES = "agrees"
    ENTAILS = "entails"
    OVERLAPS = "overlaps"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether a statement is affirmed or negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """
    How a statement is put: as done, or only planned, possible, conditional, required or not realised.

    ``unrealised`` covers what came close, was turned down, called off, failed or was refused:
    the source says that it did *not* happen.
    """

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    REQUIRED = "required"
    UNREALISED = "unrealised"


class SentenceKind(StrEnum):
    """What part of a page a sentence is."""

    BODY = "body"
    HEADLINE = "headline"
    SUBHEADING = "subheading"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    LIST_ITEM = "list_item"
    BOILERPLATE = "boilerplate"


class EntityKind(StrEnum):
    """What sort of thing a name stands for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    EVENT = "event"
    WORK = "work"
    OTHER = "other"


class Granularity(StrEnum):
    """How finely a date is given."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class QuantityKind(StrEnum):
    """What is being counted or measured."""

    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    ORDINAL = "ordinal"
    SCORE = "score"


# ------------------------------------------------------------------- spans and values


@frozen(kw_only=True, order=True)
class Span:
    """
    A stretch of stored text.

    Args:
        start: First code point.
        end: One past the last code point.
        text: The text itself, ``end - start`` code points long.
    Raises:
        SpanError: If the length of *text* is not ``end - start``, or *start* is negative.
    """

    start: int
    end: int
    text: str

    def __attrs_post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            msg = f"a span of {self.end - self.start} code points cannot hold a text of {len(self.text)}"
            raise SpanError(msg, span=(self.start, self.end))

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span ``[start, end)`` of *text*."""
        if not 0 <= start <= end <= len(text):
            msg = f"span [{start}, {end}) lies outside a text of {len(text)} code points"
            raise SpanError(msg, span=(start, end))
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether *other* lies inside."""
        return self.start <= other.start and other.end <= self.end


@frozen(kw_only=True)
class DateRange:
    """
    A date as the range of days it can mean.

    ``earliest`` and ``latest`` are inclusive; ``None`` is an open end.  A date such as
    "2009" is the whole year, never 1 January.  Both ends open means that the text names a
    time that could not be anchored ("Tuesday" in a text without a date).

    Args:
        granularity: How finely the text gives it.
        approximate: Whether the text says "about", "around", "almost".
        edtf: The same in Extended Date/Time Format (ISO 8601-2:2019), ``""`` when unanchored.
        month: Month when only the month (or month and day) is known and the year is not.
        day: Day of the month, likewise.
        bound: ``"before"``, ``"after"``, ``"since"``, ``"until"`` or ``""``: the text uses the date as a limit.
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    granularity: Granularity = Granularity.DAY
    approximate: bool = False
    edtf: str = ""
    month: int | None = None
    day: int | None = None
    bound: str = ""

    def __attrs_post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            msg = f"a date range cannot end ({self.latest}) before it starts ({self.earliest})"
            raise SpanError(msg)

    @property
    def anchored(self) -> bool:
        """Whether at least one end is known."""
        return self.earliest is not None or self.latest is not None


@frozen(kw_only=True)
class Quantity:
    """
    A number with its unit and the range of values it admits.

    Args:
        value: The number as written out (0.9 is 90 for kind ``percent``: percent are kept as 0-100).
        low: Smallest value the wording admits; ``None`` is unbounded ("at most 40").
        high: Largest value the wording admits; ``None`` is unbounded ("more than 40").
        unit: Canonical unit ("km", "USD", "year", ...) or the counted noun's lemma ("performer"), or "".
        kind: What sort of quantity.
        approximate: Whether the text hedges ("about", "some", "or so", "nearly").
    """

    value: float
    low: float | None
    high: float | None
    unit: str = ""
    kind: QuantityKind = QuantityKind.COUNT
    approximate: bool = False


@frozen(kw_only=True)
class TimeMention:
    """A date as it stands in the text, and what it means."""

    span: Span
    value: DateRange


@frozen(kw_only=True)
class QuantityMention:
    """A quantity as it stands in the text, and what it means."""

    span: Span
    value: Quantity


# ----------------------------------------------------------------- names and statements


@frozen(kw_only=True, cache_hash=True)
class Entity:
    """
    Somebody or something a document names.

    Args:
        id: Unique within its document, for example ``"e3"``.
        name: The fullest name the document gives.
        kind: Person, organisation, place, ...
        aliases: Other names the document uses for it, shorter forms and acronyms among them.
        roles: Titles and descriptions the text gives it ("secretary of state", "historian"), lower-case.
        said: What the text calls it, where *name* is another name by an alias that the user gave; else ``""``.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    said: str = ""


@frozen(kw_only=True)
class Mention:
    """
    Words that stand for an entity.

    Args:
        span: The words.
        entity: Id of the entity, ``""`` when the text leaves it open.
        how: How it was resolved: ``name``, ``surname``, ``acronym``, ``pronoun``, ``kinship``, ``title`` or
            ``description``.
        candidates: Ids that the words could mean when they are ambiguous.
    """

    span: Span
    entity: str
    how: str = "name"
    candidates: tuple[str, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class Argument:
    """
    One participant, place or modifier of a statement.

    Args:
        slot: ``subject``, ``object`` or ``place``.
        span: The words, without the preposition.
        head: Lemma of the head word.
        words: Lemmas of all content words, the head among them, in text order.
        link: The preposition or conjunction that attaches it ("to", "with"), ``""`` for core arguments.
        entities: Ids of the entities it names, the head's first.
        clause: Whether it is a whole clause ("that the programme was complete").
        negated: Whether it is excluded ("no talks", "without Falk").
        quantifier: How much of it, as it is put: "all", "most", "not all", "few"; ``""`` when nothing is said.
    """

    slot: Slot
    span: Span
    head: str
    words: tuple[str, ...] = ()
    link: str = ""
    entities: tuple[str, ...] = ()
    clause: bool = False
    negated: bool = False
    quantifier: str = ""


@frozen(kw_only=True)
class Attribution:
    """Who is said to have said it; ``lemma`` is the reporting word's ("claim"), "" for bare quotation marks."""

    speaker: Span
    entity: str
    cue: Span
    lemma: str = ""


@frozen(kw_only=True, cache_hash=True)
class Statement:
    """
    A normalised assertion: who did what, to whom, when, where, how many.

    Args:
        span: The clause it was read from.
        relation: The words of the predicate.
        lemma: Its lemma with particle, for example ``"turn down"``; ``"be"`` for copula and apposition.
        form: How it was read: ``active``, ``passive``, ``nominal``, ``copula``, ``apposition``, ``kinship``, ``list``.
        arguments: Subjects, objects and places, in text order.
        times: When.
        quantities: How many, how much, how old.
        polarity: Affirmed or negated.
        modality: Done, planned, possible, ...
        cue: The words that give polarity or modality, when not plain.
        attribution: The speaker, when the text only reports it.
        exclusive: Words that let only one value be right ("first", "only", "sole"), lower-case.
        depth: 0 for the main clause and what is coordinated with it, 1 and more for what hangs below.
        apart: Whether the time and place of the clause around it are not its own: a relative or coordinated clause.
    """

    span: Span
    relation: Span
    lemma: str
    form: str = "active"
    arguments: tuple[Argument, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL
    cue: Span | None = None
    attribution: Attribution | None = None
    exclusive: tuple[str, ...] = ()
    depth: int = 0
    apart: bool = False

    def in_slot(self, slot: Slot) -> tuple[Argument, ...]:
        """The arguments of one slot, in text order."""
        return tuple(argument for argument in self.arguments if argument.slot is slot)


@frozen(kw_only=True)
class Sentence:
    """
    One sentence (or headline, caption, ...) with everything that was read from it.

    Args:
        index: Its number within the document, from 0.
        span: Its exact place.
        kind: What part of the page it is.
        paragraph: Number of the paragraph, from 0.
        words: Lemmas of its content words with the names that pronouns and surnames stand for: what search looks at.
        mentions: Names and pronouns, resolved where the text allows it.
        statements: What it asserts or reports.
        times: All dates in it.
        quantities: All quantities in it.
        copy_of: Index of the earlier sentence it repeats word for word (a caption printed twice), else ``None``.
    """

    index: int
    span: Span
    kind: SentenceKind = SentenceKind.BODY
    paragraph: int = 0
    words: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    copy_of: int | None = None


@frozen(kw_only=True)
class Warned:
    """Something worth knowing that did not stop the work. ``code`` is a ``CC-W..`` code."""

    code: str
    message: str
    span: Span | None = None


@frozen(kw_only=True)
class Reading:
    """
    All that was read from one document or claim.

    Args:
        sentences: In text order.
        entities: Who and what it names.
        anchor: The date that relative dates count from.
        warnings: What could not be settled.
    """

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    anchor: dt.date | None = None
    warnings: tuple[Warned, ...] = ()

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with that id, if any."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        return None


# ------------------------------------------------------------------------- documents


@frozen(kw_only=True)
class Block:
    """
    A part of a page whose kind the file's own markup gives away.

    ``kind`` is a `SentenceKind`, or ``"paragraph"`` for running text whose sentences are told apart by reading,
    or ``"hidden"`` for what is not text at all (front matter, image syntax).
    """

    start: int
    end: int
    kind: str


@frozen(kw_only=True)
class OffsetMap:
    """
    Where each code point of the stored text stands in the file's text.

    The stored text is made of pieces of the file's text; piece *i* starts at ``stored[i]`` in the stored
    text and at ``source[i]`` in the file's text, and the last entry marks both ends.  Empty tuples mean that
    the two are the same.  ``lines`` are the offsets at which the lines of the file's text start; it is empty
    when the texts are the same, because the stored text tells.
    """

    stored: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


@frozen(kw_only=True)
class Document:
    """
    An article as it is stored.

    Args:
        id: Path relative to the corpus folder with ``/``, or whatever the caller gave.
        text: The stored text, code points.
        title: Headline, ``""`` when unknown.
        published: Publication date, the anchor of its relative dates; ``None`` when unknown.
        source: Publisher or agency, ``""`` when unknown.
        url: Where it was published, ``""`` when unknown.
        media_type: ``text/plain``, ``text/markdown``, ``text/html`` or ``application/jsonl``.
        encoding: The encoding that the file was read with.
        layout: Parts that the markup gives away, in text order, not overlapping; empty for plain text.
        offsets: Map from the stored text to the file's text.
        metadata: Other front-matter or JSON fields, as ``(key, value)`` pairs of text.
        warnings: What was noticed while loading (a guessed encoding, say).
    """

    id: str = field(validator=validators.min_len(1))
    text: str
    title: str = ""
    published: dt.date | None = None
    source: str = ""
    url: str = ""
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    layout: tuple[Block, ...] = ()
    offsets: OffsetMap = OffsetMap()
    metadata: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Warned, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span ``[start, end)`` of the stored text."""
        return Span.of(self.text, start, end)


# ---------------------------------------------------------------- claims and verdicts


@frozen(kw_only=True)
class Claim:
    """
    The user's text, with an id that travels through batches.

    ``reading`` is what was read from it; its statements are the claim's parts.
    """

    text: str
    id: str = ""
    reading: Reading | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the claim, in text order."""
        if self.reading is None:
            return ()
        return tuple(s for sentence in self.reading.sentences for s in sentence.statements)


@frozen(kw_only=True)
class SlotAlignment:
    """
    One row of the slot table: claim words, source words, and how they stand to each other.

    ``note`` says in words why, for example "2000 is not 2009".
    """

    slot: Slot
    relation: SlotRelation
    claim: Span | None = None
    source: Span | None = None
    note: str = ""


@frozen(kw_only=True)
class Position:
    """Where a span stands in the file: code points there, and line and column counted from 1."""

    start: int
    end: int
    line: int
    column: int


@frozen(kw_only=True)
class Probabilities:
    """Probabilities of the three stances of the sources towards the claim; they sum to 1."""

    supported: float
    contradicted: float
    not_enough_evidence: float

    def __attrs_post_init__(self) -> None:
        total = self.supported + self.contradicted + self.not_enough_evidence
        if min(self.supported, self.contradicted, self.not_enough_evidence) < 0 or abs(total - 1) > 1e-6:
            msg = f"probabilities must not be negative and must sum to 1, not {total}"
            raise ValueError(msg)

    def by_stance(self) -> dict[Stance, float]:
        """The same, by what a source that bears out the outcome does to the claim."""
        return {
            Stance.SUPPORTS: self.supported,
            Stance.CONTRADICTS: self.contradicted,
            Stance.NEUTRAL: self.not_enough_evidence,
        }


@frozen(kw_only=True)
class Evidence:
    """
    A span put forward, and what it does to the claim.

    Args:
        document: Id of the document.
        span: The sentence, exact in the stored text.
        stance: Supports, contradicts or neutral.
        score: Raw, comparable within a run.
        confidence: Probability that the stance is right.
        alignment: The slot table.
        reason: One sentence that an editor can repeat to a colleague.
        rule: What decided: for a contradiction the kind of difference, such as ``"time"`` or ``"polarity"``;
            ``"agreement"`` for support, ``"meaning"`` when the entailment model decided, ``""`` for neither.
        attribution: Who the source says said it, else ``None``.
        cluster: Number of the group of copies it belongs to; equal numbers count as one source.
        position: Its place in the file.
        title: The document's headline.
        published: The document's date.
        kind: What part of the page it is.
        meaning: What the entailment model makes of it, ``None`` when it was not asked.
    """

    document: str
    span: Span
    stance: Stance
    score: float
    confidence: float = field(validator=[validators.ge(0.0), validators.le(1.0)])
    alignment: tuple[SlotAlignment, ...] = ()
    reason: str = ""
    rule: str = ""
    attribution: str | None = None
    cluster: int = 0
    position: Position | None = None
    title: str = ""
    published: dt.date | None = None
    kind: SentenceKind = SentenceKind.BODY
    meaning: Probabilities | None = None


@frozen(kw_only=True)
class Remembered:
    """
    What people found about a claim before.

    Args:
        id: Of the entry in their claim memory.
        claim: As it was put then.
        label: What it was found to be.
        checked: When, ``None`` when that is not known.
        who: Who checked it, ``""`` when nobody is named.
        url: Where that is published, ``""`` for nowhere.
        note: Their own words, ``""`` for none.
    """

    id: str
    claim: str
    label: Label
    checked: dt.date | None = None
    who: str = ""
    url: str = ""
    note: str = ""


@frozen(kw_only=True)
class Verdict:
    """
    What the sources say about a claim.

    Args:
        claim: The claim, with its reading.
        label: Supported, contradicted, conflicting or not enough evidence.
        confidence: Probability that the label is right.
        probabilities: Of the three outcomes.
        calibrated: Whether the probabilities were fitted to labelled data.
        evidence: Ordered by confidence, highest first, deciding evidence before the rest.
        reason: One or two sentences.
        warnings: What could not be settled.
        remembered: What people found about the same claim before, latest first; it decides nothing.
    """

    claim: Claim
    label: Label
    confidence: float = field(validator=[validators.ge(0.0), validators.le(1.0)])
    probabilities: Probabilities
    calibrated: bool = False
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    warnings: tuple[Warned, ...] = ()
    remembered: tuple[Remembered, ...] = ()


@frozen(kw_only=True)
class Failure:
    """A claim or pair in a batch that could not be judged: it takes the place of its result."""

    id: str
    text: str
    code: str
    message: str
    hint: str = ""


@frozen(kw_only=True)
class Judgement:
    """
    The stance of one evidence text towards one claim, without a corpus.

    ``windows`` is the number of overlapping windows in which the entailment model judged the evidence: 1 when it was
    judged whole, 0 when the model was not asked.
    """

    id: str
    label: Stance
    probabilities: dict[str, float]
    alignment: tuple[SlotAlignment, ...] = ()
    reason: str = ""
    windows: int = 0
