"""
Who else it was: whom the source names as the doer, or tells apart from whom the claim says that he is.

"Brandt accused Weber" leaves open whom Falk accused, and whoever lost to the incumbent is not the incumbent.  Such a
sentence is no support, whatever it means otherwise.
"""

from __future__ import annotations

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.model import Argument, Entity, Slot, Statement

from . import words as lexical
from .pair import Pair, sole
from .relations import CLAUSES, COPULAS, Bond
from .sides import compare_entities
from .taken import definite

#: Before a participant that is another one than the subject.
_OTHERS = frozenset({"", "to", "by", "with", "against", "over", "from"})


def done_by_another(pair: Pair, argument: Argument) -> Argument | None:
    """Whom the source names as the doer, where the claim's verb is the source's, and its doer is named otherwise."""
    if argument.slot is not Slot.SUBJECT or argument.link or pair.loose or pair.tie.bond is not Bond.SAME:
        return None
    head, there = pair.mine.head(argument), pair.core_of(argument)
    copula = not COPULAS.isdisjoint({pair.claim.lemma, pair.source.lemma})
    if head is None or not there or not all(a.words for a in there) or (copula and not _is_just_that(pair)):
        return None
    named = [pair.theirs.side.head(other) for other in there]
    if any(e is None or compare_entities(head, e) is not NameRelation.DIFFERENT for e in named):
        return None
    return None if any(said_to_be(pair, argument, other) for other in there) else there[0]


def _is_just_that(pair: Pair) -> bool:
    """Whether the source calls somebody in passing just what the claim says: "the incumbent, Otto Falk"."""
    if pair.source.form != "apposition":
        return False
    mine = [a for a in pair.claim.in_slot(Slot.OBJECT) if not a.link and definite(a)]
    theirs = [a for a in pair.source.in_slot(Slot.OBJECT) if not a.link and definite(a)]
    return any(a.head == b.head and set(a.words) <= set(b.words) for a in mine for b in theirs)


def done_to_the_doer(pair: Pair, argument: Argument) -> Argument | None:
    """
    Where the source has whom the claim names on the other side of its verb: "it was bought by Falk Foods".

    Of two names that change places it can be told that the source says otherwise; that is left to `exchanged`.
    """
    other = {Slot.SUBJECT: Slot.OBJECT, Slot.OBJECT: Slot.SUBJECT}.get(argument.slot)
    head = pair.mine.head(argument)
    if other is None or head is None or argument.link or pair.loose or pair.tie.bond is not Bond.SAME:
        return None
    if not {pair.claim.form, pair.source.form} <= CLAUSES or pair.claim.lemma in COPULAS:
        return None
    if any(pair.mine.head(a) is not None for a in pair.claim.in_slot(other)):
        return None
    named = [a for a in pair.source.arguments if not (a.link or a.clause) and _is(pair, head, a)]
    return named[0] if named and all(a.slot is other for a in named) else None


def _said_of(pair: Pair, argument: Argument) -> Entity | None:
    """Of whom the claim says that he is what the participant calls him; ``None`` where it says no such thing."""
    subject = sole(pair.claim, Slot.SUBJECT)
    if pair.claim.lemma not in COPULAS or argument.slot is not Slot.OBJECT or argument.link or subject is None:
        return None
    return pair.mine.head(subject)


def _is(pair: Pair, entity: Entity, argument: Argument) -> bool:
    """Whether a participant of the source names, or can name, whom the claim names."""
    found = pair.theirs.side.head(argument)
    return found is not None and compare_entities(entity, found) is not NameRelation.DIFFERENT


def given_to_another(pair: Pair, argument: Argument) -> Argument | None:
    """Whom the sentence calls what the claim calls somebody else in it: "Falk and the economist Anna Weber"."""
    head = _said_of(pair, argument)
    if head is None or not lexicon.is_role(argument.head) or pair.source.lemma in COPULAS:
        return None
    told = [s for s in pair.theirs.statements if s.lemma in COPULAS and _has_role(s, argument.head)]
    holders = [a for s in told for a in s.in_slot(Slot.SUBJECT)]
    if not holders or any(s.form != "apposition" for s in told) or not all(map(pair.theirs.side.head, holders)):
        return None
    return None if any(_is(pair, head, a) for a in holders) else holders[0]


def _has_role(statement: Statement, role: str) -> bool:
    """Whether somebody is called that, and he alone: "the economist"."""
    objects = (a for a in statement.in_slot(Slot.OBJECT) if not (a.link or a.clause))
    return any(a.head == role and role in a.span.text.lower().split() for a in objects)


def set_apart(pair: Pair, argument: Argument) -> Argument | None:
    """What the source's verb has beside whom the claim says that it is: who lost to the incumbent is not he."""
    head = _said_of(pair, argument)
    if head is None or not definite(argument) or pair.source.form not in CLAUSES or pair.source.lemma in COPULAS:
        return None
    own = [a for a in pair.source.arguments if not a.clause]
    holders = [a for a in own if _is(pair, head, a)]
    others = (a for a in own if a.head == argument.head and definite(a) and a not in holders)
    return next((a for a in others for h in holders if a.slot is not h.slot and a.link in _OTHERS), None)


def said_to_be(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether an apposition of the sentence says that the two are one."""
    appositions = (s.arguments for s in pair.theirs.statements if s.form == "apposition")
    said = (sides for sides in appositions if any(a.span.overlaps(other.span) for a in sides))
    return any(lexical.best(argument.head, a.words) for sides in said for a in sides)
