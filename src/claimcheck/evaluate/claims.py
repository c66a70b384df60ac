"""How the verdicts on claims compare with the gold ones: the labels, and the evidence that was put forward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

import attrs

from claimcheck.model import Label, Stance, Verdict

from .gold import GoldEvidence, Outcome, Place
from .metrics import Prediction, Scores, mean, measure

RECALL_AT = (1, 3, 5)
"""The ranks at which evidence recall is taken."""

FEVER_EVIDENCE = 5
"""How many pieces of evidence the FEVER score looks at."""

_STANCES = {
    Label.SUPPORTED: frozenset({Stance.SUPPORTS}),
    Label.CONTRADICTED: frozenset({Stance.CONTRADICTS}),
    Label.CONFLICTING: frozenset({Stance.SUPPORTS, Stance.CONTRADICTS}),
    Label.NOT_ENOUGH_EVIDENCE: frozenset(Stance),
}


@attrs.frozen(kw_only=True)
class ClaimScores(Scores):
    """
    All measures over one set of outcomes: those of the labels, and those of the evidence.

    Args:
        evidence_recall: By rank *k*: share of the claims with gold evidence for which a piece of it is among the
            first *k*, with its gold stance (or, where the data gives none, the stance its label calls for).
        fever_score: Share of claims with the right label and, unless that is "not enough evidence", one whole
            gold set among the first five (Thorne et al. 2018, "FEVER", section 4).
    """

    evidence_recall: tuple[tuple[int, float | None], ...]
    fever_score: float


def score(outcomes: Iterable[Outcome]) -> ClaimScores:
    """
    Every measure over *outcomes*.

    Raises:
        ValueError: If there are none.
    """
    known = list(outcomes)
    scores = measure(map(prediction_of, known), contradicted=Label.CONTRADICTED)
    return ClaimScores(
        **attrs.asdict(scores, recurse=False),
        evidence_recall=tuple((k, evidence_recall(known, k)) for k in RECALL_AT),
        fever_score=mean([is_fever_right(outcome) for outcome in known]) or 0.0,
    )


def score_by_tag(outcomes: Iterable[Outcome]) -> dict[str, ClaimScores]:
    """Every measure for the claims of each tag; tags in alphabetical order. A claim counts under each of its tags."""
    tagged: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for tag in outcome.gold.tags:
            tagged.setdefault(tag, []).append(outcome)
    return {tag: score(tagged[tag]) for tag in sorted(tagged)}


def prediction_of(outcome: Outcome) -> Prediction:
    """What was predicted for one claim."""
    verdict = outcome.result
    if not isinstance(verdict, Verdict):
        return Prediction(gold=outcome.gold.label)
    chances: dict[StrEnum, float] = {
        Label.SUPPORTED: verdict.probabilities.supported,
        Label.CONTRADICTED: verdict.probabilities.contradicted,
        Label.NOT_ENOUGH_EVIDENCE: verdict.probabilities.not_enough_evidence,
    }
    return Prediction(gold=outcome.gold.label, given=verdict.label, confidence=verdict.confidence, chances=chances)


def evidence_recall(outcomes: Sequence[Outcome], k: int) -> float | None:
    """Share of the claims with gold evidence for which some of it, with the right stance, is among the first *k*."""
    with_gold = [outcome for outcome in outcomes if any(outcome.gold.evidence)]
    return mean([any(_is_right_place(place, outcome) for place in outcome.places[:k]) for outcome in with_gold])


def _is_right_place(place: Place, outcome: Outcome) -> bool:
    wanted = (piece for group in outcome.gold.evidence for piece in group if piece.found_in(place))
    return any(place.stance in _wanted_stances(piece, outcome) for piece in wanted)


def _wanted_stances(piece: GoldEvidence, outcome: Outcome) -> frozenset[Stance]:
    return _STANCES[outcome.gold.label] if piece.stance is None else frozenset({piece.stance})


def is_fever_right(outcome: Outcome) -> bool:
    """Whether a claim counts for the FEVER score: label right and one whole gold set among the first five pieces."""
    if not outcome.right:
        return False
    if outcome.gold.label is Label.NOT_ENOUGH_EVIDENCE:
        return True
    given = outcome.places[:FEVER_EVIDENCE]
    return any(all(any(piece.found_in(place) for place in given) for piece in group) for group in outcome.gold.evidence)
