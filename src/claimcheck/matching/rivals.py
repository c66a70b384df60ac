"""
Rival figures: one thing counted or measured twice, by different people, with different results.

Nobody's estimate refutes another's.  A claim that gives one of them as the figure, without saying whose it is, is
neither borne out nor wrong: the sources disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.model import Slot, SlotRelation, Stance

from .finding import Finding
from .weigh import weigh

_SAME = frozenset({SlotRelation.AGREES, SlotRelation.ENTAILS})
#: Share of the score of the one figure that the other must reach.
RIVAL = 0.9


def rival_figures(found: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """
    What gives the claim's figure and what gives another, when different holders do; else two empty lists.

    On one page both must say whose figure it is: an article takes its earlier figure back by giving a later one.

    Args:
        found: What every sentence does to one statement of the claim.
    """
    given = [f if f.held is None else _at_its_word(f.held) for f in found if f.held is None or _is_estimate(f.held)]
    same = [f for f in given if f.stance is Stance.SUPPORTS and _has_figure(f)]
    other = [f for f in given if f.stance is Stance.CONTRADICTS and f.rule == "quantity" and f.firm]
    pairs = [(a, b) for a in same for b in other if _rivals(a, b)]
    return (
        [f for f in same if any(f is a for a, _ in pairs)],
        [f for f in other if any(f is b for _, b in pairs)],
    )


def _at_its_word(held: Finding) -> Finding:
    """What is only reported, weighed as if the source stood behind it."""
    return evolve(held, chances=weigh(held, held.source.judged).chances)


def _rivals(first: Finding, second: Finding) -> bool:
    if first.alignment.claim.attribution is not None or second.score < RIVAL * first.score:
        return False
    mine, theirs = _holder(first), _holder(second)
    if first.source.document.id == second.source.document.id:
        return bool(mine) and bool(theirs) and mine != theirs
    return bool(mine or theirs) and mine != theirs


def _holder(finding: Finding) -> str:
    """Whose figure the sentence says it is, "" when it says it itself."""
    said = finding.alignment.source.attribution
    if said is None:
        return ""
    entity = finding.source.side.entity(said.entity)
    return (entity.name if entity is not None else said.speaker.text).casefold()


def _is_estimate(held: Finding) -> bool:
    """Whether somebody holds what is reported to be so, and does not fear, wish or doubt it."""
    said = held.alignment.source.attribution
    return said is not None and said.lemma in lexicon.cues("estimating")


def _has_figure(finding: Finding) -> bool:
    figures = [r for r in finding.alignment.rows if r.slot is Slot.QUANTITY and r.weight]
    return bool(figures) and all(r.near and r.relation in _SAME for r in figures)
