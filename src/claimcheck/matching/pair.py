"""
The pair that is being aligned: a statement of the claim, a statement of a source, and what surrounds them.

Every row of the slot table is worked out from a `Pair`; it answers which slots of the two belong together.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from attrs import frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.model import (
    Argument,
    Entity,
    EntityKind,
    QuantityKind,
    QuantityMention,
    Slot,
    Span,
    Statement,
    TimeMention,
)

from . import words as lexical
from .relations import KEPT, Bond, Tie, compare_relations, is_contest, passive_classes
from .sides import Side, Source, compare_entities

#: Conjunctions whose clause has a date of its own, not one of the claim's event.
MARKED_TIMES = frozenset({"when", "after", "before", "while", "since", "until", "as", "once"})
#: Conjunctions whose clause is at another time than the one around it.
_ANOTHER_TIME = frozenset({"after", "before"})
#: Prepositions that attach the same participant in different phrasings.
_EXCHANGEABLE_LINKS = frozenset({"", "with", "of", "by", "as"})
#: What the same slot adds to the number of shared words when counterparts are chosen.
_SAME_SLOT = 0.5


@frozen(kw_only=True, eq=False, slots=False)
class Pair:
    """
    One statement of the claim beside one statement of a source sentence.

    Args:
        claim: The claim's statement.
        mine: The claim's names.
        source: The source's statement.
        theirs: The sentence it stands in.
        parts: All statements of the claim, for the clauses inside it.
        tie: How the two predicates stand to each other.
        loose: Whether subject and object may be exchanged.
    """

    claim: Statement
    mine: Side
    source: Statement
    theirs: Source
    parts: Sequence[Statement]
    tie: Tie
    loose: bool

    @classmethod
    def of(
        cls, claim: Statement, mine: Side, source: Statement, theirs: Source, *, parts: Sequence[Statement] = ()
    ) -> Pair:
        """The pair of two statements, with what is worked out from them."""
        tie = compare_relations(claim, source)
        if tie.bond in {Bond.INVERSE, Bond.OPPOSITE} and is_contest(tie.name, source):
            same = _same_subject(claim, mine, source, theirs)
            tie = Tie(bond=Bond.OPPOSITE if same else Bond.INVERSE, name=tie.name)
        elif tie.bond is Bond.INVERSE and _same_subject(claim, mine, source, theirs):
            tie = Tie(bond=Bond.NONE)  # who buys is not who sells
        return cls(
            claim=claim,
            mine=mine,
            source=source,
            theirs=theirs,
            parts=parts,
            tie=tie,
            loose=_is_loose(claim, source, tie),
        )

    @functools.cached_property
    def nested(self) -> Sequence[Statement]:
        """The statements inside the source's statement."""
        own = self.source
        return [s for s in self.theirs.statements if s.relation != own.relation and own.span.contains(s.span)]

    @functools.cached_property
    def conjuncts(self) -> Sequence[Statement]:
        """What the sentence says besides with the very verb of the source's statement: "40 in Oslo and 30 in Rome"."""
        own = self.source
        same = (s for s in self.theirs.statements if s.relation == own.relation and s is not own)
        return [s for s in same if s.apart is not own.apart or s.apart]

    # -------------------------------------------------------------------------- words

    def best(self, word: str) -> float:
        """How well the likeliest content word of the source's statement stands for the claim's *word*."""
        found = self.theirs.best(word, (w for a in self.source.arguments for w in a.words))
        return max(found, lexical.best(word, self.source.lemma.split()))

    def best_anywhere(self, word: str) -> float:
        """How well the likeliest content word of all statements of the sentence stands for the claim's *word*."""
        return max(self.theirs.alike(word).values(), default=0.0)

    # ------------------------------------------------------------------- participants

    def same_slot(self, argument: Argument) -> Iterator[Argument]:
        """The source's participants in the slot of a participant of the claim."""
        core = {Slot.SUBJECT, Slot.OBJECT}
        for theirs in self.source.arguments:
            if theirs.clause:
                continue
            links = {theirs.link, argument.link}
            if argument.slot is Slot.PLACE:
                if theirs.slot is Slot.PLACE and (len(links) == 1 or links <= {"in", "at"}):
                    yield theirs
            elif (theirs.slot is argument.slot and _links_fit(argument.link, theirs.link)) or (
                self.loose and {theirs.slot, argument.slot} <= core
            ):
                yield theirs

    def core_of(self, argument: Argument) -> list[Argument]:
        """The source's subjects or objects without a preposition that stand in the slot of *argument*."""
        return [a for a in self.same_slot(argument) if a.slot is argument.slot and not a.link]

    def counterpart(self, argument: Argument) -> Argument | None:
        """The source's participant that shares most words with the claim's."""
        known = [found for word in argument.words if (found := self.theirs.alike(word))]
        most: tuple[float, Argument | None] = (0.0, None)
        for theirs in self.source.arguments if known else ():
            shared = 0.0
            for found in known:
                shared += max((found[word] for word in theirs.words if word in found), default=0.0)
            shared += _SAME_SLOT if theirs.slot is argument.slot and shared else 0.0
            if shared > most[0] and not theirs.clause:
                most = (shared, theirs)
        return most[1]

    # ------------------------------------------------------------------------- values

    def lends(self, span: Span) -> bool:
        """
        Whether a date or place at *span* can be that of the source's statement: no boundary of a clause between them.

        What stands before several coordinated verbs is said of all of them; what was done before or after something
        else has a date of its own, though the date at the end of its clause may be that of the whole.
        """
        own = self.source.relation
        if not self.source.span.contains(span) and self.at_another_time():
            return False
        if self._left_out(span):
            return False
        for other in self.theirs.statements:
            inside = other.span.contains(own)
            if other.apart and inside != other.span.contains(span):
                joined = [
                    s for s in self.theirs.statements if s.depth == other.depth and s.span.start <= other.span.start
                ]
                first = min(s.relation.start for s in joined)
                if not (inside and len(joined) > 1 and span.end <= first):
                    return False
        return True

    def _left_out(self, span: Span) -> bool:
        """Whether the sentence says it of *span* that it is not so, beside the source's statement: "but not in May"."""
        turned = (s for s in self.conjuncts if s.apart and s.polarity is not self.source.polarity)
        own = _held(self.source)
        return any(one.contains(span) for s in turned for one in _held(s) - own)

    def at_another_time(self) -> bool:
        """Whether the source's statement is the clause of "after" or "before"."""
        source = self.source
        core = (a for a in source.arguments if a.slot in {Slot.SUBJECT, Slot.OBJECT} and not (a.link or a.clause))
        inside = [a.span.start for a in core if source.span.contains(a.span)]
        first = min([source.relation.start, *inside])
        before = self.theirs.document.text[self.theirs.sentence.span.start : first].lower().split()
        return not _ANOTHER_TIME.isdisjoint(before[-1:])

    def times(self) -> Sequence[TimeMention]:
        """The claim's own dates, and those of phrases below it that are no clauses of their own."""
        return _times(self.claim, tuple(self.parts))

    def quantities(self) -> Sequence[QuantityMention]:
        """The claim's own quantities, and those of phrases below it, without ordinals."""
        return _quantities(self.claim, tuple(self.parts))[0]

    def ordinals(self) -> Sequence[QuantityMention]:
        """The claim's own ordinals of something ("the third round"), and those of phrases below it."""
        return _quantities(self.claim, tuple(self.parts))[1]


@functools.lru_cache(maxsize=KEPT)
def _times(claim: Statement, parts: Sequence[Statement]) -> Sequence[TimeMention]:
    found = list(claim.times)
    marked = [a for a in claim.arguments if a.clause and a.link in MARKED_TIMES]
    for statement in _below(claim, parts):
        if not any(a.span.overlaps(statement.relation) for a in marked):
            found += [t for t in statement.times if t not in found]
    return tuple(found)


@functools.lru_cache(maxsize=KEPT)
def _quantities(
    claim: Statement, parts: Sequence[Statement]
) -> tuple[Sequence[QuantityMention], Sequence[QuantityMention]]:
    found = list(claim.quantities)
    for statement in _below(claim, parts):
        found += [q for q in statement.quantities if q not in found]
    ordinals = tuple(q for q in found if q.value.kind is QuantityKind.ORDINAL)
    return tuple(q for q in found if q not in ordinals), tuple(q for q in ordinals if q.value.unit)


def _below(claim: Statement, parts: Sequence[Statement]) -> Iterator[Statement]:
    """The claim's statements that hang below one of them."""
    for statement in parts:
        if statement is claim or not statement.depth or not claim.span.contains(statement.span):
            continue
        if not told_between_commas(statement, claim.span.text[: statement.span.start - claim.span.start]):
            yield statement


def told_between_commas(statement: Statement, before: str) -> bool:
    """Whether a clause tells more, with dates and figures of its own; *before* is the claim's text up to it."""
    return statement.apart and before.rstrip().endswith(",")


def sole(statement: Statement, slot: Slot) -> Argument | None:
    """The one participant in a slot, ``None`` when there are none or several."""
    found = [a for a in statement.in_slot(slot) if not a.clause and (slot is Slot.SUBJECT or not a.link)]
    return found[0] if len(found) == 1 else None


def _is_loose(claim: Statement, source: Statement, tie: Tie) -> bool:
    """Whether subject and object may be exchanged: of event nouns, family ties, inverse and symmetric relations."""
    if source.form in {"nominal", "kinship"} or claim.form == "nominal" or tie.bond is Bond.INVERSE:
        return True
    states = passive_classes(claim), passive_classes(source)
    if tie.name in states[0] ^ states[1]:
        return True  # "was held" and "took place"
    if tie.bond is Bond.OPPOSITE and bool(states[0]) is not bool(states[1]):
        return True  # "was destroyed" and "survived"
    return tie.name != "" and lexicon.relation_class(tie.name).symmetric


def _links_fit(claim: str, source: str) -> bool:
    return claim == source or {claim, source} <= _EXCHANGEABLE_LINKS or not claim or not source


def _doers(subject: Argument, side: Side) -> Sequence[Entity]:
    """Whom a subject names: its head, or the firms inside a description without one: "the mill of Falk & Sons"."""
    head = side.head(subject)
    firms = [e for e in side.inner(subject) if e.kind is EntityKind.ORGANISATION]
    return [head] if head is not None else firms


def _same_subject(claim: Statement, mine: Side, source: Statement, theirs: Source) -> bool:
    """Whether both statements have the same subject, by its name, or by all its words where one side has no name."""
    doing, done = claim.in_slot(Slot.SUBJECT), source.in_slot(Slot.SUBJECT)
    ours = [e for a in doing if (e := mine.head(a)) is not None]
    others = [e for a in done for e in _doers(a, theirs.side)]
    if ours and others:
        return any(compare_entities(a, b) is not NameRelation.DIFFERENT for a in ours for b in others)
    return any(a.words and a.head == b.head and set(a.words) <= set(b.words) for a in doing for b in done)


def _held(statement: Statement) -> set[Span]:
    """Where a statement's participants and dates stand."""
    return {a.span for a in statement.arguments} | {t.span for t in statement.times}
