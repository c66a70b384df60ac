"""
The slot table: one row for each slot of the claim, and what a row weighs.

The weights and shares are judgements, not fitted: a name or a value pins an event more than a word does, and what
stands in the same statement counts more than what stands near it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from attrs import frozen

from claimcheck.model import Slot, SlotRelation, Span, Statement

from .relations import Tie

#: What a slot weighs in the share of the claim that is covered.
WEIGHT_ENTITY = 2.0
WEIGHT_VALUE = 1.6
WEIGHT_RELATION = 1.5
WEIGHT_WORD = 1.0

#: How much counts what was found only in the rest of the sentence, in what the article is about, or on its page.
IN_SENTENCE = 0.85
IN_TOPIC = 0.72
IN_CONTEXT = 0.6
#: How much counts a participant found in the other's role.
WRONG_SLOT = 0.4
#: From this strength of the predicates' tie on, a slot that differs can contradict.
STRONG_TIE = 0.85

#: A slot is covered as it stands from the first share on, in other words from the second.
_AS_IT_STANDS = 0.97
_IN_OTHER_WORDS = 0.8

#: The relations from the best answer to the worst: of several values the best one counts.
ORDER = {
    SlotRelation.AGREES: 0,
    SlotRelation.ENTAILS: 1,
    SlotRelation.OVERLAPS: 2,
    SlotRelation.DIFFERS: 3,
    SlotRelation.UNKNOWN: 4,
}


#: How a note ends that says by which alias a name was found.
BY_ALIAS = "by your alias"


@frozen(kw_only=True, slots=False)  # of a frozen record, slots double the time it takes to make one
class Row:
    """
    One line of the slot table, with what the decision needs.

    Args:
        slot: The slot of the claim.
        relation: How the source's slot stands to it.
        coverage: Share of the claim's slot that was found, 0-1.
        weight: What the slot weighs; 0 for polarity and modality, which decide and do not count.
        claim: The claim's words.
        source: The source's words.
        note: Why, in plain words.
        specific: Whether it pins the event (a name, a value).
        near: Whether it was found in the same statement.
        dated: Whether only the date of the article answers it.
        clause: Whether it is a whole clause.
        core: Whether it is the subject or the object.
        rule: The kind of difference, "" when there is none.
        namesake: Whether the two that differ share a part of their names.
        stray: Why its words belong to something else in the source, "" when they may be those of the claim.
        summed: Whether figures of the source come to the claim's together, so that none of them differs from it.
        misplaced: Whether that is sure: whatever the sentence means, it is no support.
    """

    slot: Slot
    relation: SlotRelation
    coverage: float
    weight: float
    claim: Span | None = None
    source: Span | None = None
    note: str = ""
    specific: bool = False
    near: bool = True
    dated: bool = False
    clause: bool = False
    core: bool = False
    rule: str = ""
    namesake: bool = False
    stray: str = ""
    summed: bool = False
    misplaced: bool = False


def open_row(slot: Slot, claim: Span, weight: float) -> Row:
    """The row of a specific part of the claim for which nothing has been found yet."""
    return Row(slot=slot, relation=SlotRelation.UNKNOWN, coverage=0.0, weight=weight, claim=claim, specific=True)


def plain_truth_row(claim: Statement, source: Statement) -> Row:
    """The row of polarity, which weighs nothing, when both sides put it alike."""
    return Row(
        slot=Slot.POLARITY,
        relation=SlotRelation.AGREES,
        coverage=1.0,
        weight=0.0,
        claim=claim.cue,
        source=source.cue,
    )


@frozen(kw_only=True, slots=False)
class Alignment:
    """A claim statement beside a source statement."""

    claim: Statement
    source: Statement
    tie: Tie
    rows: tuple[Row, ...]

    @functools.cached_property
    def coverage(self) -> float:
        """The weighted share of the claim that the source accounts for, 0-1."""
        return share(self.rows)

    @functools.cached_property
    def truth(self) -> Row:
        """The row that says whether the source puts it as the claim does: affirmed, denied, planned."""
        return next(r for r in self.rows if r.slot in {Slot.POLARITY, Slot.MODALITY} and not r.weight)

    @functools.cached_property
    def differing(self) -> tuple[Row, ...]:
        """The rows in which the two exclude each other."""
        return tuple(r for r in self.rows if r.relation is SlotRelation.DIFFERS)


def share(rows: Sequence[Row]) -> float:
    """The weighted share of the claim's slots that was found, 0-1; 0 when nothing weighs anything."""
    total = sum(r.weight for r in rows)
    return sum(r.weight * r.coverage for r in rows) / total if total else 0.0


def grade(coverage: float) -> SlotRelation:
    """The relation that a share of a slot's words stands for."""
    if coverage >= _AS_IT_STANDS:
        return SlotRelation.AGREES
    if coverage >= _IN_OTHER_WORDS:
        return SlotRelation.ENTAILS
    return SlotRelation.OVERLAPS if coverage > 0 else SlotRelation.UNKNOWN
