"""
How verdicts compare with gold labels.

Every measure is over `Outcome` records; a claim that could not be checked counts as
wrong, and is left out only where a probability is needed.  A measure that is not defined
for the claims at hand is ``None``, never a number made up for the occasion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from claimcheck.model import Label, Stance, Verdict

from .gold import GoldEvidence, Outcome, Place

RECALL_AT = (1, 3, 5)
"""The ranks at which evidence recall is taken."""

FEVER_EVIDENCE = 5
"""How many pieces of evidence the FEVER score looks at."""

BINS = 10
"""How many equal bins of confidence the expected calibration error uses."""

_STANCES = {
    Label.SUPPORTED: frozenset({Stance.SUPPORTS}),
    Label.CONTRADICTED: frozenset({Stance.CONTRADICTS}),
    Label.CONFLICTING: frozenset({Stance.SUPPORTS, Stance.CONTRADICTS}),
    Label.NOT_ENOUGH_EVIDENCE: frozenset(Stance),
}


@frozen(kw_only=True)
class LabelScores:
    """Precision, recall and F1 of one label, with how often it is gold and how often it was given."""

    label: Label
    gold: int
    given: int
    precision: float | None
    recall: float | None
    f1: float | None


@frozen(kw_only=True)
class Bin:
    """One bin of a reliability table: verdicts whose confidence lies in ``[low, high)``, the last bin closed."""

    low: float
    high: float
    claims: int
    confidence: float | None
    accuracy: float | None


@frozen(kw_only=True)
class Scores:
    """
    All measures over one set of outcomes.

    Args:
        claims: How many claims.
        unread: How many of them could not be checked.
        accuracy: Share of right verdicts.
        macro_f1: Mean F1 over the labels that occur in the gold data.
        labels: Each label's own measures.
        evidence_recall: By rank *k*: share of the claims with gold evidence for which a piece of it is among the
            first *k*, with its gold stance (or, where the data gives none, the stance its label calls for).
        fever_score: Share of claims with the right label and, unless that is "not enough evidence", one whole
            gold set among the first five (Thorne et al. 2018, "FEVER", section 4).
        contradiction_precision: Share of the verdicts "contradicted" that are right.
        brier: Mean squared error of the three probabilities, 0 to 2 (Brier 1950); gold "conflicting" left out.
        ece: Expected calibration error over ten equal bins (Naeini et al. 2015; Guo et al. 2017).
        reliability: The bins.
        confusion: How often each gold label was given each label, ``None`` for claims not checked.
    """

    claims: int
    unread: int
    accuracy: float
    macro_f1: float
    labels: tuple[LabelScores, ...]
    evidence_recall: tuple[tuple[int, float | None], ...]
    fever_score: float
    contradiction_precision: float | None
    brier: float | None
    ece: float | None
    reliability: tuple[Bin, ...]
    confusion: tuple[tuple[Label, Label | None, int], ...]


def score(outcomes: Iterable[Outcome]) -> Scores:
    """
    Every measure over *outcomes*.

    Raises:
        ValueError: If there are none.
    """
    known = list(outcomes)
    if not known:
        msg = "there is nothing to score: no claims"
        raise ValueError(msg)
    confusion = Counter((outcome.gold.label, outcome.given) for outcome in known)
    labels = tuple(_label_scores(label, confusion) for label in Label)
    gold_f1 = [row.f1 or 0.0 for row in labels if row.gold]
    bins = reliability(known)
    return Scores(
        claims=len(known),
        unread=sum(outcome.given is None for outcome in known),
        accuracy=_share(known, _is_right) or 0.0,
        macro_f1=sum(gold_f1) / len(gold_f1),
        labels=tuple(row for row in labels if row.gold or row.given),
        evidence_recall=tuple((k, evidence_recall(known, k)) for k in RECALL_AT),
        fever_score=_share(known, is_fever_right) or 0.0,
        contradiction_precision=next(row.precision for row in labels if row.label is Label.CONTRADICTED),
        brier=brier(known),
        ece=expected_calibration_error(bins),
        reliability=bins,
        confusion=tuple((gold, given, n) for (gold, given), n in sorted(confusion.items(), key=_by_label)),
    )


def score_by_tag(outcomes: Iterable[Outcome]) -> dict[str, Scores]:
    """Every measure for the claims of each tag; tags in alphabetical order. A claim counts under each of its tags."""
    tagged: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for tag in outcome.gold.tags:
            tagged.setdefault(tag, []).append(outcome)
    return {tag: score(tagged[tag]) for tag in sorted(tagged)}


def evidence_recall(outcomes: Sequence[Outcome], k: int) -> float | None:
    """Share of the claims with gold evidence for which some of it, with the right stance, is among the first *k*."""
    with_gold = [outcome for outcome in outcomes if any(outcome.gold.evidence)]
    return _share(with_gold, lambda outcome: any(_is_right_place(place, outcome) for place in outcome.places[:k]))


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


def brier(outcomes: Sequence[Outcome]) -> float | None:
    """Mean over claims of the summed squared error of the three probabilities (the multi-class Brier score)."""
    errors = [
        sum((chance - (label is outcome.gold.label)) ** 2 for label, chance in _chances(outcome.result).items())
        for outcome in outcomes
        if isinstance(outcome.result, Verdict) and outcome.gold.label is not Label.CONFLICTING
    ]
    return sum(errors) / len(errors) if errors else None


def _chances(verdict: Verdict) -> Mapping[Label, float]:
    chances = verdict.probabilities
    return {
        Label.SUPPORTED: chances.supported,
        Label.CONTRADICTED: chances.contradicted,
        Label.NOT_ENOUGH_EVIDENCE: chances.not_enough_evidence,
    }


def reliability(outcomes: Sequence[Outcome]) -> tuple[Bin, ...]:
    """Confidence against accuracy in ten equal bins, those without claims included."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for outcome in outcomes:
        if isinstance(outcome.result, Verdict):
            confidence = outcome.result.confidence
            held[min(BINS - 1, int(confidence * BINS))].append((confidence, outcome.right))
    return tuple(_bin(number, pairs) for number, pairs in enumerate(held))


def _bin(number: int, pairs: Sequence[tuple[float, bool]]) -> Bin:
    count = len(pairs)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        claims=count,
        confidence=sum(confidence for confidence, _ in pairs) / count if count else None,
        accuracy=sum(right for _, right in pairs) / count if count else None,
    )


def expected_calibration_error(bins: Iterable[Bin]) -> float | None:
    """Mean gap between confidence and accuracy over *bins*, each weighted by its claims."""
    filled = [(b.claims, abs((b.confidence or 0.0) - (b.accuracy or 0.0))) for b in bins if b.claims]
    total = sum(claims for claims, _ in filled)
    return sum(claims * gap for claims, gap in filled) / total if total else None


def _label_scores(label: Label, confusion: Mapping[tuple[Label, Label | None], int]) -> LabelScores:
    gold = sum(n for (wanted, _), n in confusion.items() if wanted is label)
    given = sum(n for (_, got), n in confusion.items() if got is label)
    hits = confusion.get((label, label), 0)
    return LabelScores(
        label=label,
        gold=gold,
        given=given,
        precision=hits / given if given else None,
        recall=hits / gold if gold else None,
        f1=2 * hits / (gold + given) if gold + given else None,
    )


def _share(outcomes: Sequence[Outcome], test: Callable[[Outcome], bool]) -> float | None:
    return sum(map(test, outcomes)) / len(outcomes) if outcomes else None


def _is_right(outcome: Outcome) -> bool:
    return outcome.right


def _by_label(item: tuple[tuple[Label, Label | None], int]) -> tuple[str, str]:
    (gold, given), _ = item
    return gold.value, given.value if given else ""
