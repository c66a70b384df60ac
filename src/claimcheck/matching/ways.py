"""
How a claim is taken: the statements it stands or falls with, and the ways to read each of them.

What only says how something is put ("is going to", "has to") gives way to the thing itself; "X said that P" is also P.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import country
from claimcheck.model import Claim, Modality, Polarity, Slot, Statement

from .origin import origin
from .pair import told_between_commas
from .relations import CLAUSES, COPULAS, classes

#: Steps down from a main clause to one that hangs on its subject, on its object, or on a phrase with a preposition.
_PHRASES = 3
#: Verbs that before "to" only say how the next verb is put, and the form that they have then ("" for any).
_PUTTING = {"be": "", "go": "going", "have": "", "use": "used"}


def main_statements(claim: Claim) -> tuple[Statement, ...]:
    """The statements that the claim stands or falls with: its main clauses, and what a clause between commas adds."""
    found = [s for s in claim.statements if s.depth == 0] or claim.statements[:1]
    added = [s for s in claim.statements if s not in found and _is_added(claim, s)]
    return tuple(part for s in (*found, *added) for part in (_announced(s, claim.statements) or (s,)))


def _is_added(claim: Claim, statement: Statement) -> bool:
    """Whether a relative clause tells more rather than which one is meant: "X, who led the bank until 1998, ..."."""
    near = statement.depth <= _PHRASES and statement.form in CLAUSES
    return near and told_between_commas(statement, claim.text[: statement.span.start])


def of_each(statement: Statement) -> tuple[Statement, ...]:
    """A statement of several subjects or objects as one of each; none when it can only be meant of all together."""
    if statement.quantities or statement.exclusive or statement.form not in CLAUSES or statement.lemma in COPULAS:
        return ()
    for slot, other in ((Slot.SUBJECT, Slot.OBJECT), (Slot.OBJECT, Slot.SUBJECT)):
        shared = [a for a in statement.in_slot(slot) if not a.link and not a.clause]
        beside = [a for a in statement.in_slot(other) if not a.link and not a.clause]
        if len(shared) > 1 and beside and all(a.entities for a in shared):
            rest = [a for a in statement.arguments if a not in shared]
            return tuple(evolve(statement, arguments=(one, *rest)) for one in shared)
    return ()


def _announced(statement: Statement, parts: Sequence[Statement]) -> tuple[Statement, ...]:
    """
    The verbs below one that only says how they are put.

    "X is to open a mill and hire 900 people" and "is going to" announce them, "has to" requires them, and "used to"
    puts them in the past.
    """
    clauses = [a for a in statement.in_slot(Slot.OBJECT) if a.clause and not a.link]
    if not clauses or not clauses[0].span.text.lower().startswith("to ") or not _only_puts(statement):
        return ()
    named = {a.span for a in statement.arguments if not a.clause}
    below = [
        s
        for s in parts
        if s.depth == statement.depth + 1
        and s.form in CLAUSES
        and s.relation.start > statement.relation.end
        and any(a.span in named for a in s.arguments)
    ]
    if statement.lemma in {"be", "go"}:
        mark = statement.cue
        below = [evolve(s, modality=Modality.PLANNED, polarity=statement.polarity, cue=mark) for s in below]
    return tuple(
        evolve(s, depth=statement.depth, times=(*s.times, *(t for t in statement.times if t not in s.times)))
        for s in below
    )


def _only_puts(statement: Statement) -> bool:
    """Whether a verb only says how the one below it is put: "is to", "is going to", "has to", "used to"."""
    form = _PUTTING.get(statement.lemma)
    return form == "" or form == statement.relation.text.lower()


def readings(statement: Statement, parts: Sequence[Statement]) -> tuple[Statement, ...]:
    """
    The ways to take one main clause.

    "X said that P" is also P, attributed to X; "X was the father of Y" is the family tie itself and nothing else.
    """
    if statement.lemma in COPULAS:
        ties = [s for s in parts if s.form == "kinship" and statement.span.contains(s.relation)]
        if ties and any(a.slot is Slot.OBJECT and a.head == ties[0].relation.text.lower() for a in statement.arguments):
            return (evolve(ties[0], polarity=statement.polarity, modality=statement.modality, cue=statement.cue),)
    turned = _name_first(statement)
    if turned is not None:
        return (turned, statement)
    of_land = origin(statement)
    if of_land is not None:
        return (of_land, statement)
    if "take_place" in classes(statement) or _tells_when(statement):
        subject = next(iter(statement.in_slot(Slot.SUBJECT)), None)
        event = next((s for s in parts if s.form == "nominal" and subject and s.lemma == subject.head), None)
        if event is not None:
            return (_merged(event, statement), statement)
    plain = statement.polarity is Polarity.POSITIVE and statement.modality is Modality.ACTUAL
    if lexicon.is_reporting(statement.lemma) and plain:
        said = [s for s in parts if s.attribution is not None and s.attribution.cue == statement.relation]
        if said:
            inner = min(said, key=lambda s: s.depth)
            return (evolve(inner, times=(*inner.times, *statement.times)), statement)
    turned = _turned(statement)
    return (turned, statement) if turned is not None else (statement,)


def _tells_when(statement: Statement) -> bool:
    """Whether a copula only says when or where its subject was: "the vote was on Wednesday"."""
    told = [a for a in statement.arguments if a.slot is not Slot.SUBJECT]
    placed = all(a.slot is Slot.PLACE for a in told)
    return statement.lemma == "be" and placed and bool(told or statement.times) and not statement.quantities


def _turned(statement: Statement) -> Statement | None:
    """A copula turned round, when its subject is a role: "the founder of X was Y" is "Y was the founder of X"."""
    roles, named = statement.in_slot(Slot.SUBJECT), statement.in_slot(Slot.OBJECT)
    if statement.lemma != "be" or len(roles) != 1 or len(named) != 1 or roles[0].clause or named[0].clause:
        return None
    role, name = roles[0], named[0]
    taken = lexicon.agent_classes(role.head) or lexicon.is_role(role.head)
    if name.link or not name.entities or not name.entities[0] or role.entities[:1] == name.entities[:1] or not taken:
        return None
    if name.head in role.words or lexicon.is_role(name.head) or country(name.head):
        return None
    rest = (a for a in statement.arguments if a is not role and a is not name)
    return evolve(statement, arguments=(evolve(name, slot=Slot.SUBJECT), evolve(role, slot=Slot.OBJECT), *rest))


def _name_first(statement: Statement) -> Statement | None:
    """The clause as "Y is the mayor of X" when it says "the mayor of X is Y"; ``None`` for every other one."""
    subjects, objects = statement.in_slot(Slot.SUBJECT), statement.in_slot(Slot.OBJECT)
    if statement.lemma not in COPULAS or len(subjects) != 1 or len(objects) != 1:
        return None
    role, name = subjects[0], objects[0]
    named = bool(name.entities and name.entities[0]) and not name.link and not name.clause
    if not named or (role.entities and role.entities[0]) or not lexicon.is_role(role.head):
        return None
    rest = [a for a in statement.arguments if a is not role and a is not name]
    return evolve(statement, arguments=(evolve(name, slot=Slot.SUBJECT), evolve(role, slot=Slot.OBJECT), *rest))


def _merged(event: Statement, verb: Statement) -> Statement:
    """An event noun with what its light verb adds: "the explosion took place on 26 April"."""
    added = tuple(a for a in verb.arguments if a.slot is not Slot.SUBJECT and not a.clause and a.head not in verb.lemma)
    return evolve(
        event,
        arguments=(*event.arguments, *(a for a in added if a.link or a.slot is Slot.PLACE)),
        times=(*event.times, *verb.times),
        quantities=(*event.quantities, *verb.quantities),
        polarity=verb.polarity,
        modality=verb.modality,
        cue=verb.cue,
    )
