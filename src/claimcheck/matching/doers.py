"""
Who else it was: whom the source names as the doer, or tells apart from whom the claim says that he is.

"Brandt accused Weber" leaves open whom Falk accused, and whoever lost to the incumbent is not the incumbent.  Such a
sentence is no support, whatever it means otherwise.
"""

from __future__ import annotations

from claimcheck.language.names import NameRelation
from claimcheck.model import Argument, Slot

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


def set_apart(pair: Pair, argument: Argument) -> Argument | None:
    """What the source's verb has beside whom the claim says that it is: who lost to the incumbent is not he."""
    subject = sole(pair.claim, Slot.SUBJECT)
    if pair.claim.lemma not in COPULAS or argument.slot is not Slot.OBJECT or argument.link or subject is None:
        return None
    head = pair.mine.head(subject)
    if head is None or not definite(argument) or pair.source.form not in CLAUSES or pair.source.lemma in COPULAS:
        return None
    own = [a for a in pair.source.arguments if not a.clause]
    holders = [
        a for a in own if (e := pair.theirs.side.head(a)) and compare_entities(head, e) is not NameRelation.DIFFERENT
    ]
    others = (a for a in own if a.head == argument.head and definite(a) and a not in holders)
    return next((a for a in others for h in holders if a.slot is not h.slot and a.link in _OTHERS), None)


def said_to_be(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether an apposition of the sentence says that the two are one."""
    appositions = (s.arguments for s in pair.theirs.statements if s.form == "apposition")
    said = (sides for sides in appositions if any(a.span.overlaps(other.span) for a in sides))
    return any(lexical.best(argument.head, a.words) for sides in said for a in sides)
