"""
Weighing one sentence: what the slots say and what the entailment model says, as probabilities of its stance.

The slots know which year, which Clara Falk, which number; the model knows that "turned down" is not "accepted" and
that two sentences without a shared word can say the same.  A fitted model in `confidence` weighs both.  What the slots
settle stands unless it is very unlikely by that; what they leave open goes to the side that it is sure enough of.
However alike two sentences sound, meaning makes no support of a sentence with another year, without the claim's figure,
or in an article that does not name whom the claim names.
"""

from __future__ import annotations

from attrs import evolve

from claimcheck.model import Polarity, Probabilities, Slot, SlotRelation, Stance

from .case import may_be_undone
from .confidence import log_odds, scale
from .contradiction import DENIED
from .finding import BEGUN, NEUTRAL_SCORE, Finding, only_begun
from .measures import of_other_measure
from .relations import COPULAS
from .rows import STRONG_TIE, Alignment
from .taken import PINNED
from .unread import bare_comparison

#: A sentence that the slots leave open takes a side from this probability on, and one that they put on a side stays
#: there from `HELD_FROM` on; chosen by cross-validation on the tuned claims and on written articles to tune with.
SUPPORTS_FROM = 0.4
CONTRADICTS_FROM = 0.6
HELD_FROM = 0.15
#: The same for a claim that denies, of a sentence that does not: most of what follows from it is affirmed.
DENIAL_FROM = 0.7
#: The rule of a sentence whose side the model has found.
MEANING = "meaning"
#: Slots that hold a value and not a name.
_VALUES = frozenset({Slot.TIME, Slot.QUANTITY})
#: The reason of a sentence on whose side the slots are, and its meaning is not.
DOUBTED = "{reason}, but by its meaning it does not say so"
_REASONS = {
    Stance.SUPPORTS: "says the same by its meaning, though not slot by slot",
    Stance.CONTRADICTS: "says otherwise by its meaning, though no single slot shows it",
}


def features(finding: Finding, judged: Probabilities | None) -> dict[str, float]:
    """
    What is known of one sentence, as numbers for `confidence`.

    Args:
        finding: What the alignment makes of it.
        judged: What the entailment model makes of it, when it was asked.
    """
    supports, contradicts = finding.stance is Stance.SUPPORTS, finding.stance is Stance.CONTRADICTS
    known = {
        "one": 1.0,
        "supports": float(supports),
        "support score": finding.score if supports else 0.0,
        "lent": float(supports and not finding.firm),
        "contradicts": float(contradicts),
        "contradiction score": finding.score if contradicts else 0.0,
        "loose": float(contradicts and not finding.firm),
        "coverage": finding.alignment.coverage,
        "tie": finding.alignment.tie.strength,
        "missing": _missing(finding.alignment),
        "differing": float(len(finding.alignment.differing)),
        "stranger": float(finding.stranger),
    }
    if judged is not None:
        known["entailed"] = log_odds(judged.supported, judged.not_enough_evidence)
        known["excluded"] = log_odds(judged.contradicted, judged.not_enough_evidence)
        known["entailed stranger"] = known["entailed"] * known["stranger"]
        known["entailed missing"] = known["entailed"] * known["missing"]
        known["excluded missing"] = known["excluded"] * known["missing"]
        slots = {row.slot for row in finding.alignment.differing}
        known["excluded value"] = known["excluded"] * bool(slots & _VALUES)
        known["excluded name"] = known["excluded"] * bool(slots - _VALUES - {Slot.RELATION})
    return known


def _missing(alignment: Alignment) -> float:
    """The share of the claim's names and values that the sentence does not have, by weight."""
    pins = [row for row in alignment.rows if row.specific and row.relation is not SlotRelation.DIFFERS]
    total = sum(row.weight for row in pins)
    return sum(row.weight for row in pins if row.coverage < PINNED) / total if total else 0.0


def weigh(finding: Finding, judged: Probabilities | None, *, alone: bool = True) -> Finding:
    """
    *finding* with the probabilities of its stance, and on the side that these put it on.

    Without the model the stance is what the slots say.

    Args:
        finding: What the slots make of a sentence.
        judged: What the entailment model makes of it and the claim, when it was asked.
        alone: Whether the finding is about all that the claim says: a sentence that says a part of it does not
            entail the whole, so that the model says nothing against what the slots found for the part.
    """
    chances = scale("evidence", judged=judged is not None).probabilities(features(finding, judged))
    if judged is None or (finding.stance is Stance.NEUTRAL and _only_planned(finding)):
        return evolve(finding, chances=chances)
    chances = _within_limits(finding, chances)
    stance = _side(chances, DENIAL_FROM if _denies_alone(finding.alignment) else SUPPORTS_FROM)
    least = HELD_FROM if alone else 0.0
    held = finding.stance is not Stance.NEUTRAL and chances.by_stance()[finding.stance] >= least
    if held or stance is finding.stance:
        return evolve(finding, chances=chances)
    if stance is Stance.NEUTRAL:
        score, rule, reason = NEUTRAL_SCORE * finding.score, "", DOUBTED.format(reason=finding.reason)
    else:
        score, rule, reason = chances.by_stance()[stance], MEANING, _REASONS[stance]
    return evolve(finding, chances=chances, stance=stance, score=score, rule=rule, reason=reason, firm=False)


def _within_limits(finding: Finding, chances: Probabilities) -> Probabilities:
    """*chances* without a side that no meaning can put the sentence on, where the slots have not."""
    if barred(finding):
        chances = _without_support(chances)
    if finding.stance is not Stance.CONTRADICTS and _of_another_occasion(finding):
        chances = _without_contradiction(chances)
    return chances


def _only_planned(finding: Finding) -> bool:
    """Whether the source plans, expects or supposes the very thing, which neither bears it out nor denies it."""
    alignment = finding.alignment
    return alignment.tie.strength >= STRONG_TIE and alignment.truth.relation is SlotRelation.UNKNOWN


def barred(finding: Finding) -> str:
    """Why no meaning can make a support of *finding*, when the slots know better; ``""`` when one can."""
    rows = [row for row in finding.alignment.rows if row.weight]
    differing = [r for r in rows if r.relation is SlotRelation.DIFFERS and r.slot is not Slot.RELATION]
    missing = [r for r in rows if r.coverage < PINNED and r.slot in {Slot.TIME, Slot.QUANTITY}]
    if finding.stance is Stance.SUPPORTS:
        return ""
    if finding.stance is Stance.CONTRADICTS:
        return finding.reason
    if finding.stranger:
        return "the article does not name everybody whom the claim names"
    if _mostly_affirmed(finding):
        return "the source affirms most of what the claim denies"
    if differing:
        return differing[0].note or f"another {differing[0].slot.value}"
    tied = finding.alignment.tie.strength >= STRONG_TIE or finding.alignment.claim.lemma in COPULAS
    misplaced = next((r.stray for r in rows if r.misplaced and (tied or r.slot is Slot.PLACE)), "")
    if only_begun(finding.alignment, finding.source):
        return BEGUN
    if misplaced:
        return misplaced
    if missing:
        return f"the {missing[0].slot.value} is not there"
    unread = bare_comparison(finding.alignment.claim, finding.source)
    return f"“{unread}” was not compared" if unread else ""


def _mostly_affirmed(finding: Finding) -> bool:
    """Whether the claim denies what the source says, though not all of it is said."""
    alignment = finding.alignment
    denies = alignment.claim.polarity is Polarity.NEGATIVE and alignment.tie.strength >= STRONG_TIE
    truth = alignment.truth
    differs = truth.slot is Slot.POLARITY and truth.relation is SlotRelation.DIFFERS
    return denies and differs and alignment.coverage >= DENIED


def _of_another_occasion(finding: Finding) -> bool:
    """Whether the sentence is of another time than the claim, or of others: it is silent."""
    alignment, rows = finding.alignment, finding.alignment.rows
    if finding.stranger or may_be_undone(alignment):
        return True
    if any(row.summed or of_other_measure(alignment, row) for row in rows):
        return True
    return any(row.slot is Slot.TIME and row.coverage < PINNED for row in rows)


def _without_contradiction(chances: Probabilities) -> Probabilities:
    """What *chances* give to contradiction goes to neither side."""
    return Probabilities(supported=chances.supported, contradicted=0.0, not_enough_evidence=1.0 - chances.supported)


def _without_support(chances: Probabilities) -> Probabilities:
    """What *chances* give to support goes to neither side."""
    return Probabilities(
        supported=0.0, contradicted=chances.contradicted, not_enough_evidence=1.0 - chances.contradicted
    )


def _denies_alone(alignment: Alignment) -> bool:
    """Whether the claim denies, and the sentence does not."""
    denies = alignment.claim.polarity is Polarity.NEGATIVE
    return denies and alignment.truth.relation is not SlotRelation.AGREES


def _side(chances: Probabilities, supports_from: float) -> Stance:
    if chances.supported >= max(supports_from, chances.contradicted):
        return Stance.SUPPORTS
    if chances.contradicted >= CONTRADICTS_FROM:
        return Stance.CONTRADICTS
    return Stance.NEUTRAL
