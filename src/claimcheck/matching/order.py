"""
The order of two events: "A before B" beside "A after B", beside "B before A", and beside nothing about the two.

What a claim puts before or after its own event says something only together with that word.  A source that has both
events, but says nothing of their order, leaves it open; one that has them the other way round denies it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.model import Argument, Entity, EntityKind, Polarity, SlotRelation, Span, Statement

from . import words as lexical
from .content import word_units
from .pair import Pair
from .phrases import ORDERING, parts_of
from .relations import LIGHT, compare_relations
from .rows import STRONG_TIE, Row
from .sides import compare_entities

#: Share of the words and names of one event from which another description is of the same.
_SAME_EVENT = 0.5
#: The same when their heads agree as well, and when the two are put on the same side.
_SAME_HEAD = 0.3
#: How much counts an event of the claim whose place in time the source does not give: too little for support.
UNPLACED = 0.3


@frozen(kw_only=True)
class _Event:
    """Another event in the source, and on which side of the source's own it stands ("before" it comes later)."""

    link: str
    span: Span
    words: Sequence[str]
    parts: Mapping[str, Sequence[str]]
    entities: Sequence[Entity]
    statement: Statement | None


def placed(pair: Pair, argument: Argument, row: Row) -> Row:
    """
    The row of what the claim puts before or after its own event, by what the source says of the order of the two.

    Args:
        pair: The two statements.
        argument: The claim's participant: a clause ("before he died") or a noun ("before the war").
        row: Its row, with what was found of its words.
    Returns:
        The row, which differs when the source has the two the other way round, and counts for little when the source
        puts a clause of the claim nowhere.
    """
    if argument.link not in ORDERING or row.relation is SlotRelation.DIFFERS:
        return row
    if Polarity.NEGATIVE in {pair.claim.polarity, pair.source.polarity}:
        return row
    found = [(share, sure, e) for e in _events(pair) for share, sure in [_likeness(pair, argument, e)] if share]
    best = max((share for share, sure, _ in found if sure), default=0.0)
    links = {event.link: event for share, sure, event in found if sure and share == best}
    if argument.link in links or (links and pair.tie.strength < STRONG_TIE):
        return row
    if not links:
        if _is_somebody(pair, argument):
            note = f"the source does not say “{argument.link} {argument.span.text}”"
            return evolve(row, coverage=min(row.coverage, UNPLACED), note=note)
        unsure = argument.clause or any(event.link != argument.link for _, _, event in found)
        return evolve(row, coverage=min(row.coverage, UNPLACED)) if unsure else row
    event = links[ORDERING[argument.link]]
    note = f"“{argument.link}” is the opposite of “{event.link}”"
    differs = evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, specific=True, near=True)
    return evolve(differs, source=event.span, note=note, rule="time")


def _is_somebody(pair: Pair, argument: Argument) -> bool:
    """Whether it was before or after somebody, who came earlier or later: "before Anna Falk"."""
    head = pair.mine.head(argument)
    return head is not None and head.kind is EntityKind.PERSON


def _events(pair: Pair) -> list[_Event]:
    """What the source puts before or after its own statement: in it, or around it."""
    side, found = pair.theirs.side, []
    for argument in pair.source.arguments:
        if argument.link in ORDERING:
            inside = _stated(argument, pair.theirs.statements) if argument.clause else None
            found.append(
                _Event(
                    link=argument.link,
                    span=argument.span,
                    words=argument.words,
                    parts=parts_of(argument),
                    entities=side.inner(argument),
                    statement=inside,
                )
            )
    for other in pair.theirs.statements:
        for argument in other.arguments:
            if argument.clause and argument.link in ORDERING and _stated(argument, [pair.source]) is not None:
                rest = [a for a in other.arguments if a is not argument and not a.span.contains(argument.span)]
                found.append(
                    _Event(
                        link=ORDERING[argument.link],
                        span=other.span,
                        words=[*other.lemma.split(), *(w for a in rest for w in a.words)],
                        parts={},
                        entities=[e for a in rest for e in side.inner(a)],
                        statement=other,
                    )
                )
    return found


def _stated(argument: Argument, statements: Sequence[Statement]) -> Statement | None:
    """The statement that a clause makes."""
    inside = (s for s in statements if s.lemma.split()[0] == argument.head and argument.span.contains(s.relation))
    return next(inside, None)


def _likeness(pair: Pair, argument: Argument, event: _Event) -> tuple[float, bool]:
    """How much of the claim's event an event of the source has, and whether the two are surely one."""
    named = pair.mine.inner(argument)
    if any(_other_person(e, event.entities) for e in named) or _of_another(argument, event):
        return 0.0, False
    units = [w for w in word_units(pair, argument) if w not in LIGHT]
    found = [lexical.best(w, event.words) >= lexical.FOUND for w in units]
    found += [any(compare_entities(e, o) is not NameRelation.DIFFERENT for o in event.entities) for e in named]
    share = sum(found) / len(found) if found else 0.0
    heads = _same_head(pair, argument, event)
    least = _SAME_HEAD if heads or event.link == argument.link else _SAME_EVENT
    return (share, heads is not None) if share >= least else (0.0, False)


def _same_head(pair: Pair, argument: Argument, event: _Event) -> bool | None:
    """Whether the two events have one predicate, or one noun; ``None`` when they exclude each other."""
    mine = _stated(argument, pair.parts) if argument.clause else None
    theirs = event.statement
    if mine is None and theirs is not None and any(e.kind is EntityKind.PERSON for e in pair.mine.inner(argument)):
        # "before Falk" is before Falk did the same
        return True if compare_relations(pair.claim, theirs).strength >= STRONG_TIE else None
    if mine is None:
        return lexical.best(argument.head, event.words) >= lexical.FOUND
    if theirs is None or mine.lemma in LIGHT:
        return False
    if lexicon.are_antonyms(mine.lemma, theirs.lemma):
        return None
    return compare_relations(mine, theirs).strength >= STRONG_TIE


def _of_another(argument: Argument, event: _Event) -> bool:
    """Whether both have a phrase with one preposition, of unlike words: "of the theatre", "of the museum"."""
    mine = parts_of(argument)
    shared = (mine.keys() & event.parts.keys()) - {""}
    return any(not any(lexical.best(w, event.parts[link]) for w in mine[link]) for link in shared)


def _other_person(entity: Entity, others: Sequence[Entity]) -> bool:
    """Whether the source's event is that of somebody else than the claim's *entity*."""
    if entity.kind is not EntityKind.PERSON:
        return False
    people = [e for e in others if e.kind is EntityKind.PERSON]
    return bool(people) and all(compare_entities(entity, e) is NameRelation.DIFFERENT for e in people)
