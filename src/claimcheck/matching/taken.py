"""
Whether the place that somebody else holds in the source is the very one that the claim speaks of.

That one met X says nothing about Y, and that one was born in 1950 says nothing about another.  A place is taken when
the relation leaves room for one only (the founder of the museum), when words single it out ("first", "only"), when
the same doer did it at the same place and time, or when two of one name are mixed up.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.language import lexicon
from claimcheck.model import Argument, Granularity, Slot, Statement

from .relations import classes
from .rows import Alignment, Row

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


def place_taken(alignment: Alignment, row: Row, coverage: float) -> bool:
    """
    Whether the differing participant of *row* excludes the claim's one.

    Args:
        alignment: The two statements.
        row: The row of the participant.
        coverage: Share of the rest of the claim that agrees.
    """
    counted = [r for r in alignment.rows if r.weight and r is not row]
    if any(r.coverage < TOPICAL for r in counted if not r.dated):
        return False
    if any(r.slot in {Slot.TIME, Slot.QUANTITY} and not r.near and not r.dated for r in counted):
        return False
    shared = not set(alignment.claim.exclusive).isdisjoint(alignment.source.exclusive)
    if shared and coverage >= SAME_DISTINCTION:
        return True
    pins = [r for r in counted if r.specific and r.near and r.coverage >= PINNED]
    if row.namesake and pins and (len(pins) > 1 or coverage >= WORDY):
        return True
    return _only_one(alignment, row) or _same_doing(row, counted, pins)


def _only_one(alignment: Alignment, row: Row) -> bool:
    """Whether the relation leaves one participant only in that slot ("founded by", "won")."""
    others = (a for a in alignment.claim.arguments if a.slot in {Slot.SUBJECT, Slot.OBJECT} and not a.link)
    if not all(definite(a) for a in others if a.span != row.claim):
        return False
    return any(row.slot in lexicon.relation_class(name).single for name in shared_classes(alignment))


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
