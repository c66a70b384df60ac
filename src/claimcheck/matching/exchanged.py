"""
Exchanged roles: both participants are in the source, each in the other's place, and the relation is not mutual.

"A beat B" beside "B beat A", "A won against B", "A is the trainer of B", "A lent it to B".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.model import Argument, Entity, Slot, SlotRelation

from . import words as lexical
from .entities import named_in, opposed
from .pair import Pair, sole
from .phrases import compared_the_other_way
from .relations import COPULAS, Bond, classes, is_between_rivals
from .rows import IN_SENTENCE, Row
from .sides import compare_entities
from .taken import indefinite

#: Prepositions before whom somebody wins or loses against, and before whom something goes to or comes from.
_OPPONENTS = frozenset({"against", "over"})
_RECEIVERS = frozenset({"to", "from"})
#: Nouns for what two people are to each other, besides the agents of symmetric relations.
_MUTUAL = frozenset(
    {"colleague", "companion", "rival", "opponent", "contemporary", "peer", "twin", "counterpart", "enemy"}
)


def exchanged(pair: Pair, rows: Sequence[Row]) -> tuple[Row, ...]:
    """
    Mark exchanged roles: both participants are there, each in the other's slot, and the relation is not symmetric.

    Args:
        pair: The two statements.
        rows: The rows of the participants and all others.
    Returns:
        The rows; the subject's differs when the roles are exchanged.
    """
    beaten = _beaten_in_event(pair)
    if beaten:
        note = f"in the source it is “{pair.source.relation.text} {beaten[2].link} {beaten[2].span.text}”"
        return _marked(rows, beaten[0], beaten[1], note)
    if pair.tie.bond not in {Bond.SAME, Bond.CLASS}:
        return tuple(rows)
    compared = compared_the_other_way(pair)
    if compared:
        note = f"in the source it is “{compared[2].span.text}”"
        return _marked(rows, compared[0], compared[1], note)
    if pair.claim.lemma in COPULAS:
        return _exchanged_in_role(pair, rows)
    turned = _turned_round(pair)
    if turned:
        note = f"in the source it is {turned[0].link} {turned[1].span.text}"
        return _marked(rows, turned[0], turned[1], note)
    if pair.loose:
        return tuple(rows)
    subject = sole(pair.claim, Slot.SUBJECT)
    for target in _targets(pair) if subject is not None else ():
        if subject is not None and _stand_exchanged(pair, subject, target):
            names = [_called(pair, a) for a in (target, subject)]
            note = f"in the source {names[0]}, not {names[1]}, is the one who does it"
            return _marked(rows, subject, target, note)
    return tuple(rows)


def _beaten_in_event(pair: Pair) -> tuple[Argument, Argument, Argument] | None:
    """The claim's winner and loser, and whom the source's event is over: "a win over Falk" is not won by Falk."""
    if pair.source.form != "nominal" or pair.claim.form == "nominal":
        return None
    won = [record for record in map(lexicon.relation_class, classes(pair.source)) if record.contest]
    over = [a for a in pair.source.arguments if a.link in _OPPONENTS and not a.clause]
    doer = sole(pair.claim, Slot.SUBJECT)
    if len(won) != 1 or not over or doer is None:
        return None
    mine = classes(pair.claim)
    if mine.isdisjoint({won[0].id, *won[0].inverse}):
        return None
    for target in _targets(pair):
        winner, loser = (doer, target) if won[0].id in mine else (target, doer)
        if _surely(pair, winner, over[0]) >= IN_SENTENCE > _surely(pair, loser, over[0]):
            return winner, loser, over[0]
    return None


def _targets(pair: Pair) -> Iterator[Argument]:
    """
    To whom or what the claim's subject does it: its one object, its opponent, or to whom something goes.

    Whoever writes to somebody may be written to; a third participant that agrees makes it one occasion.
    """
    target = sole(pair.claim, Slot.OBJECT)
    if target is not None:
        yield target
    given = any(a.slot is Slot.OBJECT and not a.link for a in pair.claim.arguments)
    beaten = is_between_rivals(pair.claim)
    for other in pair.claim.arguments:
        if not other.clause and (other.link in _OPPONENTS or (other.link in _RECEIVERS and (given or beaten))):
            yield other


def _exchanged_in_role(pair: Pair, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of "X is the trainer of Y", the subject's differing when Y is the trainer of X in the source."""
    mine, theirs = sole(pair.claim, Slot.SUBJECT), sole(pair.source, Slot.SUBJECT)
    role = next((a for a in pair.claim.in_slot(Slot.OBJECT) if not a.link and lexicon.is_role(a.head)), None)
    other = next((a for a in pair.source.in_slot(Slot.OBJECT) if not a.link and lexicon.is_role(a.head)), None)
    if mine is None or theirs is None or role is None or other is None or pair.source.lemma not in COPULAS:
        return tuple(rows)
    same = role.head == other.head or pair.tie.name
    if not same or (pair.tie.name and lexicon.relation_class(pair.tie.name).symmetric) or _is_mutual(role.head):
        return tuple(rows)
    holder, found = pair.mine.head(mine), pair.theirs.side.head(theirs)
    if holder is None or found is None or compare_entities(holder, found) is not NameRelation.DIFFERENT:
        return tuple(rows)
    inside = [e for e in pair.mine.inner(role) if e is not holder]
    back = any(compare_entities(holder, e) is not NameRelation.DIFFERENT for e in pair.theirs.side.inner(other))
    if back and any(compare_entities(e, found) is not NameRelation.DIFFERENT for e in inside):
        note = f"in the source it is {found.name} who is {other.span.text}"
        return _marked(rows, mine, role, note)
    return tuple(rows)


def _is_mutual(noun: str) -> bool:
    """Whether two people are it to each other: friends, neighbours, colleagues."""
    return noun in _MUTUAL or any(lexicon.relation_class(name).symmetric for name in lexicon.agent_classes(noun))


def _marked(rows: Sequence[Row], first: Argument, second: Argument, note: str) -> tuple[Row, ...]:
    """The rows with that of the *first* participant differing, since *second* stands in its role."""
    made: list[Row] = []
    for row in rows:
        if (row.slot, row.claim) == (first.slot, first.span):
            made.append(evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, rule="roles", note=note, near=True))
        elif (row.slot, row.claim) == (second.slot, second.span):
            made.append(evolve(row, relation=SlotRelation.OVERLAPS, coverage=1.0, near=True))
        else:
            made.append(row)
    return tuple(made)


def _turned_round(pair: Pair) -> tuple[Argument, Argument] | None:
    """The claim's start and goal, when the source has the way from the goal to the start."""
    named = [(a, e) for a in pair.claim.arguments if a.link and (e := pair.mine.head(a)) is not None]
    for start, first in named:
        for goal, second in named:
            if start.link != "from" or not opposed(start.link, goal.link):
                continue
            back = [a for a in pair.source.arguments if opposed(a.link, start.link) and _is(pair, first, a)]
            forth = [a for a in pair.source.arguments if opposed(a.link, goal.link) and _is(pair, second, a)]
            if back and forth:
                return start, goal
    return None


def _is(pair: Pair, entity: Entity, argument: Argument) -> bool:
    return named_in(pair, entity, argument, capital=False) >= IN_SENTENCE


def _stand_exchanged(pair: Pair, subject: Argument, target: Argument) -> bool:
    """Whether the source has the claim's doer in the target's place, the target as its doer, and neither in place."""
    subjects = [a for a in pair.source.in_slot(Slot.SUBJECT) if not a.clause]
    places = [a for a in pair.source.arguments if a.slot is not Slot.SUBJECT and not a.clause]
    links = {target.link, *(_OPPONENTS | {""} if target.link in _OPPONENTS or not target.link else ())}
    places = [a for a in places if a.link in links]
    if not target.link:
        places = [a for a in places if not a.link and a.slot is Slot.OBJECT][:1] + [a for a in places if a.link]
    if not subjects or not places:
        return False
    crosswise = max(_surely(pair, subject, a) for a in places), _surely(pair, target, subjects[0])
    in_place = [_surely(pair, subject, a) for a in subjects] + [_surely(pair, target, a) for a in places]
    return min(crosswise) >= IN_SENTENCE and max(in_place) < IN_SENTENCE


def _surely(pair: Pair, argument: Argument, theirs: Argument) -> float:
    """How surely a participant of the source is the claim's, by its name or, where it has none, by its noun."""
    head, other = pair.mine.head(argument), pair.theirs.side.head(theirs)
    if head is not None and other is not None:
        return named_in(pair, head, theirs, capital=True)
    if (head is None) is not (other is None):  # only one reading took it for a name
        texts = {a.span.text.removeprefix("the ").removeprefix("The ") for a in (argument, theirs)}
        return float(len(texts) == 1 and all(text[:1].isupper() for text in texts))
    if not argument.words or indefinite(argument):
        return 0.0
    same = lexical.likeness(argument.head, theirs.head) >= lexical.FOUND
    return float(same and not _named_apart(pair, argument, theirs))


def _named_apart(pair: Pair, argument: Argument, theirs: Argument) -> bool:
    """Whether both descriptions have names in them, and no name is in both: the zoo in Bern and the zoo in Basel."""
    mine, others = pair.mine.inner(argument), pair.theirs.side.inner(theirs)
    return bool(mine and others) and not any(
        compare_entities(a, b) is not NameRelation.DIFFERENT for a in mine for b in others
    )


def _called(pair: Pair, argument: Argument) -> str:
    head = pair.mine.head(argument)
    return head.name if head is not None else argument.span.text
