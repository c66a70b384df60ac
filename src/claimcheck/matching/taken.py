"""
Whether the place that somebody else holds in the source is the very one that the claim speaks of.

That one met X says nothing about Y, and that one was born in 1950 says nothing about another.  A place is taken when
the relation leaves room for one only (the founder of the museum), when words single it out ("first", "only"), when
the same doer did it at the same place and time, when one person at a time holds the office, or when two of one name
are mixed up.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, compare_names
from claimcheck.model import Argument, Granularity, Slot, Span, Statement

from .content import role_phrase
from .relations import COPULAS, classes
from .rows import IN_SENTENCE, Alignment, Row
from .sides import Source

#: A specific slot (a name, a value) counts as found from here on.
PINNED = 0.6
#: In a contradiction every slot must be found at least so far: said in the sentence, or what the article is about.
TOPICAL = 0.65
#: Share of the rest of a description from which "first", "only" or a superlative pins it.
SAME_DISTINCTION = 0.8
#: Share of the rest of the claim that pins an event by itself.
WORDY = 0.9
#: Determiners of what there can be more of.
_INDEFINITE = frozenset({"a", "an", "another", "some", "several", "many", "few", "no", "any", "two", "three", "more"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "both", "all", "every"})


def place_taken(alignment: Alignment, row: Row, coverage: float, source: Source) -> bool:
    """
    Whether the differing participant of *row* excludes the claim's one.

    Args:
        alignment: The two statements.
        row: The row of the participant.
        coverage: Share of the rest of the claim that agrees.
        source: The sentence.
    """
    counted = [r for r in alignment.rows if r.weight and r is not row]
    if any(r.coverage < TOPICAL for r in counted if not r.dated):
        return False
    if _office_taken(alignment, row, counted, source):
        return True
    if any(r.slot in {Slot.TIME, Slot.QUANTITY} and not r.near and not r.dated for r in counted):
        return False
    shared = not set(alignment.claim.exclusive).isdisjoint(alignment.source.exclusive)
    if shared and coverage >= SAME_DISTINCTION:
        return True
    pins = [r for r in counted if r.specific and r.near and r.coverage >= PINNED]
    if row.namesake and pins and (len(pins) > 1 or coverage >= WORDY):
        return True
    return _only_one(alignment, row, counted) or _same_doing(row, counted, pins)


def _only_one(alignment: Alignment, row: Row, counted: Sequence[Row]) -> bool:
    """
    Whether the relation leaves one participant only in that slot ("founded by", "won", "succeeded in 1950 by").

    A verb that can also be done to many ("replaced a mayor", "replaced four players") leaves room for others.
    """
    others = (a for a in alignment.claim.arguments if a.slot in {Slot.SUBJECT, Slot.OBJECT} and not a.link)
    if not all(definite(a) for a in others if a.span != row.claim):
        return False
    dated = any(r.slot is Slot.TIME and r.near and r.coverage >= PINNED for r in counted)
    records = [lexicon.relation_class(name) for name in shared_classes(alignment)]
    if any(row.slot in record.many for record in records):
        return False
    return any(row.slot in (record.single | record.single_then if dated else record.single) for record in records)


def _office_taken(alignment: Alignment, row: Row, counted: Sequence[Row], source: Source) -> bool:
    """
    Whether somebody else holds an office of one holder at the claim's time.

    Whose office it is must be said on both sides, or the source gives the claim's person another such office.
    """
    if row.slot is not Slot.SUBJECT or not {alignment.claim.lemma, alignment.source.lemma} <= COPULAS:
        return False
    office = next((a for a in alignment.claim.in_slot(Slot.OBJECT) if not a.link and not a.clause), None)
    other = next((a for a in alignment.source.in_slot(Slot.OBJECT) if not a.link and not a.clause), None)
    if office is None or other is None or alignment.source.cue is not None or row.claim is None:
        return False
    phrase = role_phrase(office)
    if phrase != role_phrase(other) or not lexicon.single_holder(phrase):
        return False
    said = [r for r in counted if r.near and r.claim == office.span and r.coverage >= IN_SENTENCE]
    if not said or not any(r.slot is Slot.TIME for r in counted):
        return False
    return bool(set(office.words) - set(phrase.split())) or _holds_another(row.claim, phrase, source)


def _holds_another(name: Span, office: str, source: Source) -> bool:
    """Whether the source's document gives the one of that name another office that one person at a time holds."""
    known = (e for e in source.side.entities.values() if compare_names(name.text, e.name) is not NameRelation.DIFFERENT)
    held = (" ".join(role.split()[-2:]) for e in known for role in e.roles)
    return any(role != office and lexicon.single_holder(role) for role in held)


def _same_doing(row: Row, counted: Sequence[Row], pins: Sequence[Row]) -> bool:
    """Whether one doer did it at one place or time, and more agrees: then it was done to, with or for one only."""
    doer = any(r.slot is Slot.SUBJECT for r in pins)
    rest = [r for r in counted if r.near and r.slot not in {Slot.SUBJECT, Slot.RELATION}]
    return row.slot is not Slot.SUBJECT and doer and len(pins) > 1 and len(rest) > 1


def shared_classes(alignment: Alignment) -> frozenset[str]:
    """The relation classes that both predicates belong to."""
    return classes(alignment.claim) & classes(alignment.source)


def definite(argument: Argument) -> bool:
    """Whether a participant is one known thing: "the novel", "his house", "Winter Harbour", not "a novel"."""
    if indefinite(argument):
        return False
    first = argument.span.text.split()[0]
    return first.lower() in _DEFINITE or bool(argument.entities) or first[:1].isupper() or "'" in argument.span.text


def indefinite(argument: Argument) -> bool:
    """Whether a participant is said to be one of several: "a novel", "some men"."""
    return argument.span.text.split()[0].lower() in _INDEFINITE


def place_of_event(alignment: Alignment, pins: Sequence[Row]) -> bool:
    """
    Whether a recurring event is pinned well enough for it to have had one place only.

    Two named participants pin it, or a day, or an event by its own name ("the summit between A and B").
    """
    held = [r for r in pins if r.slot is not Slot.TIME]
    core = [a for a in alignment.claim.arguments if a.slot is not Slot.PLACE and not a.link]
    events = {a.span for a in core if not (a.entities and a.entities[0])}
    if len(held) > 1 or any(r.claim in events for r in held):
        return True
    return bool(held) and exact_day(alignment.claim) and exact_day(alignment.source)


def exact_day(statement: Statement) -> bool:
    """Whether a statement gives the day."""
    return any(t.value.granularity is Granularity.DAY and t.value.earliest is not None for t in statement.times)
