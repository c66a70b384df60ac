"""
Weighing one sentence: what the slots say and what the entailment model says, as probabilities of its stance.

The slots know which year, which Clara Falk, which number; the model knows that "turned down" is not "accepted" and
that two sentences without a shared word can say the same.  A sentence is on the side that a fitted model in
`confidence`, weighing both, is sure enough of.  However alike two sentences sound, a sentence that the slots leave open
supports no claim with another year, without its figure, about somebody else, or of the other polarity.
"""

from __future__ import annotations

from attrs import evolve

from claimcheck.model import Polarity, Probabilities, Slot, SlotRelation, Stance

from .confidence import log_odds, scale
from .relations import Bond
from .rows import STRONG_TIE, Alignment
from .stance import NEUTRAL_SCORE, Finding
from .taken import PINNED

#: A sentence that the slots leave open takes a side from this probability on; chosen on the tuned claims, by
#: cross-validation.
SUPPORTS_FROM = 0.45
CONTRADICTS_FROM = 0.6
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


def weigh(finding: Finding, judged: Probabilities | None) -> Finding:
    """
    *finding* with the probabilities of its stance, and on the side that these are sure enough of.

    Without the model the stance is what the slots say.
    """
    chances = scale("evidence", judged=judged is not None).probabilities(features(finding, judged))
    if judged is None or (finding.stance is Stance.NEUTRAL and _only_planned(finding)):
        return evolve(finding, chances=chances)
    chances = _within_limits(finding, chances)
    stance = _side(chances)
    if stance is finding.stance:
        return evolve(finding, chances=chances)
    if stance is Stance.NEUTRAL:
        score, rule, reason = NEUTRAL_SCORE * finding.score, "", DOUBTED.format(reason=finding.reason)
    else:
        score, rule, reason = chances.by_stance()[stance], MEANING, _REASONS[stance]
    return evolve(finding, chances=chances, stance=stance, score=score, rule=rule, reason=reason, firm=False)


def _within_limits(finding: Finding, chances: Probabilities) -> Probabilities:
    """*chances* without a side that no meaning can put the sentence on, where the slots have not."""
    if finding.stance is not Stance.SUPPORTS and barred(finding):
        chances = _without_support(chances)
    if finding.stance is not Stance.CONTRADICTS and _of_another_occasion(finding):
        chances = _without_contradiction(chances)
    return chances


def _only_planned(finding: Finding) -> bool:
    """Whether the source plans, expects or supposes the very thing, which neither bears it out nor denies it."""
    truth = [r for r in finding.alignment.rows if r.slot in {Slot.POLARITY, Slot.MODALITY} and not r.weight]
    tied = finding.alignment.tie.strength >= STRONG_TIE
    return tied and any(row.relation is SlotRelation.UNKNOWN for row in truth)


def barred(finding: Finding) -> str:
    """
    Why no meaning can make a support of *finding*, when the slots know better; ``""`` when one can.

    A denial needs most: nearly everything that is denied somewhere sounds like a denial of the claim.
    """
    alignment = finding.alignment
    claim, source = alignment.claim, alignment.source
    rows = [row for row in alignment.rows if row.weight]
    differing = [r for r in rows if r.relation is SlotRelation.DIFFERS and r.slot is not Slot.RELATION]
    missing = [r for r in rows if r.coverage < PINNED and r.slot in {Slot.TIME, Slot.QUANTITY}]
    if finding.stranger:
        return "the article does not name everybody whom the claim names"
    if differing:
        return differing[0].note or f"another {differing[0].slot.value}"
    if missing:
        return f"the {missing[0].slot.value} is not there"
    if (claim.polarity is source.polarity) is (alignment.tie.bond is Bond.OPPOSITE):
        return "one of the two is denied"
    denied = claim.polarity is Polarity.NEGATIVE
    if denied and (alignment.tie.strength < STRONG_TIE or any(r.coverage < PINNED for r in rows if r.specific)):
        return "what is denied is something else"
    return ""


def _of_another_occasion(finding: Finding) -> bool:
    """Whether the sentence is of another time than the claim, or its article of other people: it is silent."""
    times = [row for row in finding.alignment.rows if row.slot is Slot.TIME]
    return finding.stranger or any(row.coverage < PINNED for row in times)


def _without_contradiction(chances: Probabilities) -> Probabilities:
    """What *chances* give to contradiction goes to neither side."""
    return Probabilities(supported=chances.supported, contradicted=0.0, not_enough_evidence=1.0 - chances.supported)


def _without_support(chances: Probabilities) -> Probabilities:
    """What *chances* give to support goes to neither side."""
    return Probabilities(
        supported=0.0, contradicted=chances.contradicted, not_enough_evidence=1.0 - chances.contradicted
    )


def _side(chances: Probabilities) -> Stance:
    if chances.supported >= max(SUPPORTS_FROM, chances.contradicted):
        return Stance.SUPPORTS
    if chances.contradicted >= CONTRADICTS_FROM:
        return Stance.CONTRADICTS
    return Stance.NEUTRAL
