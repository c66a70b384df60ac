"""
Measures of predictions against gold labels.

They are over `Prediction` records, wherever these come from: claims checked against a corpus, pairs, documents.  What
could not be judged counts as wrong, and is left out only where a probability is needed.  A measure that is not
defined for the predictions at hand is ``None``, never a number made up for the occasion.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from attrs import Factory, frozen

BINS = 10
"""How many equal bins of confidence the expected calibration error uses."""

STEPS = 10
"""How many equal steps of coverage the risk-coverage curve has."""

RESAMPLES = 1000
"""How many resamples the bootstrap draws."""

TAIL = 0.025
"""Share of the resamples that is cut off at either end of an interval: 95 % remain."""

SEED = 20261121
"""Of every random choice of an evaluation."""

Confusion = Mapping[tuple[StrEnum, StrEnum | None], int]
"""How often each gold label was given each label, ``None`` for what could not be judged."""


@frozen(kw_only=True)
class Prediction:
    """
    A gold label with what was predicted.

    Args:
        gold: The right label.
        given: The label that was given, ``None`` when there is none.
        confidence: The probability that it is right, ``None`` likewise.
        chances: The probabilities of the labels; empty likewise.
    """

    gold: StrEnum
    given: StrEnum | None = None
    confidence: float | None = None
    chances: Mapping[StrEnum, float] = Factory(dict)

    @property
    def right(self) -> bool:
        """Whether the right label was given."""
        return self.given is self.gold


@frozen(kw_only=True)
class LabelScores:
    """Precision, recall and F1 of one label, with how often it is gold and how often it was given."""

    label: StrEnum
    gold: int
    given: int
    precision: float | None
    recall: float | None
    f1: float | None


@frozen(kw_only=True)
class Bin:
    """One bin of a reliability table: predictions with a confidence in ``[low, high)``, the last bin closed."""

    low: float
    high: float
    claims: int
    confidence: float | None
    accuracy: float | None


@frozen(kw_only=True)
class Point:
    """
    What is right when only the surest predictions are kept, and the others are abstained from.

    Args:
        coverage: Share of all claims that is kept; all those as sure as the last one are.
        threshold: The lowest confidence among them.
        accuracy: Share of the right ones among them.
        contradicted: How many of them are "contradicted".
        contradiction_precision: Share of these that is right.
    """

    coverage: float
    threshold: float
    accuracy: float
    contradicted: int
    contradiction_precision: float | None


@frozen(kw_only=True)
class Scores:
    """
    All measures over one set of predictions.

    Args:
        claims: How many claims, or pairs of one.
        unread: How many of them could not be judged.
        accuracy: Share of right labels.
        accuracy_interval: 95 % of what it is in resamples (see `bootstrap`).
        macro_f1: Mean F1 over the labels that occur in the gold data.
        macro_f1_interval: 95 % of what it is in resamples.
        labels: Each label's own measures.
        contradiction_precision: Share of the labels "contradicted" that are right.
        brier: Mean squared error of the probabilities, 0 to 2 (Brier 1950); a gold label without one is left out.
        ece: Expected calibration error over ten equal bins (Naeini et al. 2015; Guo et al. 2017).
        reliability: The bins.
        curve: Risk and coverage, from the surest tenth to all.
        confusion: How often each gold label was given each label, ``None`` for what could not be judged.
    """

    claims: int
    unread: int
    accuracy: float
    accuracy_interval: tuple[float, float]
    macro_f1: float
    macro_f1_interval: tuple[float, float]
    labels: tuple[LabelScores, ...]
    contradiction_precision: float | None
    brier: float | None
    ece: float | None
    reliability: tuple[Bin, ...]
    curve: tuple[Point, ...]
    confusion: tuple[tuple[StrEnum, StrEnum | None, int], ...]


def measure(predictions: Iterable[Prediction], *, contradicted: StrEnum) -> Scores:
    """
    Every measure over *predictions*; their order does not matter.

    Args:
        predictions: At least one.
        contradicted: The label whose precision matters most.
    Raises:
        ValueError: If there are none.
    """
    known = list(predictions)
    if not known:
        msg = "there is nothing to score: no claims"
        raise ValueError(msg)
    confusion = Counter((prediction.gold, prediction.given) for prediction in known)
    intervals = bootstrap(confusion)
    bins = reliability(known)
    return Scores(
        claims=len(known),
        unread=sum(prediction.given is None for prediction in known),
        accuracy=accuracy(confusion),
        accuracy_interval=intervals[0],
        macro_f1=macro_f1(confusion),
        macro_f1_interval=intervals[1],
        labels=label_scores(confusion),
        contradiction_precision=precision(known, contradicted),
        brier=brier(known),
        ece=expected_calibration_error(bins),
        reliability=bins,
        curve=risk_coverage(known, contradicted=contradicted),
        confusion=tuple((gold, given, n) for (gold, given), n in sorted(confusion.items(), key=_by_label)),
    )


# ---------------------------------------------------------------------- right and wrong


def accuracy(confusion: Confusion) -> float:
    """Share of right labels."""
    return sum(n for (gold, given), n in confusion.items() if gold is given) / sum(confusion.values())


def macro_f1(confusion: Confusion) -> float:
    """Mean F1 over the labels that occur in the gold data."""
    gold, given = _totals(confusion)
    f1s = [2 * confusion.get((label, label), 0) / (n + given.get(label, 0)) for label, n in gold.items()]
    return sum(f1s) / len(f1s)


def label_scores(confusion: Confusion) -> tuple[LabelScores, ...]:
    """The measures of each label that is gold or was given, in the order of the labels' own kind."""
    gold, given = _totals(confusion)
    kinds = dict.fromkeys(type(label) for label in gold)
    return tuple(
        _label_scores(label, gold.get(label, 0), given.get(label, 0), confusion.get((label, label), 0))
        for kind in kinds
        for label in kind
        if label in gold or label in given
    )


def _totals(confusion: Confusion) -> tuple[dict[StrEnum, int], dict[StrEnum, int]]:
    """How often each label is gold, and how often it was given; in the order of the labels' names."""
    gold: dict[StrEnum, int] = {}
    given: dict[StrEnum, int] = {}
    for (wanted, got), n in sorted(confusion.items(), key=_by_label):
        gold[wanted] = gold.get(wanted, 0) + n
        if got is not None:
            given[got] = given.get(got, 0) + n
    return gold, given


def _label_scores(label: StrEnum, gold: int, given: int, hits: int) -> LabelScores:
    return LabelScores(
        label=label,
        gold=gold,
        given=given,
        precision=hits / given if given else None,
        recall=hits / gold if gold else None,
        f1=2 * hits / (gold + given),
    )


def precision(predictions: Iterable[Prediction], label: StrEnum) -> float | None:
    """Share of the predictions of *label* that are right."""
    return mean([prediction.right for prediction in predictions if prediction.given is label])


def bootstrap(confusion: Confusion) -> tuple[tuple[float, float], tuple[float, float]]:
    """
    The 95 % percentile intervals of accuracy and macro F1.

    Claims are drawn anew with replacement, as many as there are, `RESAMPLES` times (Efron and Tibshirani 1993,
    chapter 13).  Both measures depend on the confusion alone, so its cells are drawn; the same seed every time.
    """
    cells, weights = zip(*sorted(confusion.items(), key=_by_label), strict=True)
    rng = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    draws = [Counter(rng.choices(cells, weights, k=sum(weights))) for _ in range(RESAMPLES)]
    return _interval([accuracy(draw) for draw in draws]), _interval([macro_f1(draw) for draw in draws])


def _interval(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    cut = int(len(ordered) * TAIL)
    return ordered[cut], ordered[len(ordered) - 1 - cut]


# ------------------------------------------------------------------------- probabilities


def brier(predictions: Iterable[Prediction]) -> float | None:
    """Mean of the summed squared error of the probabilities (the multi-class Brier score)."""
    return mean(
        [
            sum((chance - (label is prediction.gold)) ** 2 for label, chance in prediction.chances.items())
            for prediction in predictions
            if prediction.gold in prediction.chances
        ]
    )


def reliability(predictions: Iterable[Prediction]) -> tuple[Bin, ...]:
    """Confidence against accuracy in ten equal bins, the empty ones included."""
    held: list[list[Prediction]] = [[] for _ in range(BINS)]
    for prediction in predictions:
        if prediction.confidence is not None:
            held[min(BINS - 1, int(prediction.confidence * BINS))].append(prediction)
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            claims=len(inside),
            confidence=mean(sorted(p.confidence for p in inside if p.confidence is not None)),
            accuracy=mean([p.right for p in inside]),
        )
        for number, inside in enumerate(held)
    )


def expected_calibration_error(bins: Iterable[Bin]) -> float | None:
    """Mean gap between confidence and accuracy over *bins*, each weighted by its claims."""
    filled = [(b.claims, abs((b.confidence or 0.0) - (b.accuracy or 0.0))) for b in bins if b.claims]
    total = sum(claims for claims, _ in filled)
    return sum(claims * gap for claims, gap in filled) / total if total else None


def risk_coverage(predictions: Iterable[Prediction], *, contradicted: StrEnum) -> tuple[Point, ...]:
    """
    What abstaining gains (El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification").

    One point for each tenth of the claims, the surest first; where the last one shares its confidence with others
    they are kept, too, so that the order of the data decides nothing.
    """
    known = list(predictions)
    sure = sorted((p.confidence for p in known if p.confidence is not None), reverse=True)
    ranks = [-(-len(known) * step // STEPS) for step in range(1, STEPS + 1)]
    thresholds = dict.fromkeys(sure[min(rank, len(sure)) - 1] for rank in ranks) if sure else {}
    return tuple(_point(known, threshold, contradicted) for threshold in thresholds)


def _point(predictions: Sequence[Prediction], threshold: float, contradicted: StrEnum) -> Point:
    kept = [p for p in predictions if p.confidence is not None and p.confidence >= threshold]
    return Point(
        coverage=len(kept) / len(predictions),
        threshold=threshold,
        accuracy=sum(p.right for p in kept) / len(kept),
        contradicted=sum(p.given is contradicted for p in kept),
        contradiction_precision=precision(kept, contradicted),
    )


def mean(values: Sequence[float]) -> float | None:
    """The mean of *values*, ``None`` of none."""
    return sum(values) / len(values) if values else None


def _by_label(item: tuple[tuple[StrEnum, StrEnum | None], int]) -> tuple[str, str]:
    (gold, given), _ = item
    return gold.value, given.value if given else ""
