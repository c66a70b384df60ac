"""Measures of predictions: by hand, and what must hold for any of them."""

from __future__ import annotations

import random
from collections import Counter

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.evaluate.metrics import (
    STEPS,
    Prediction,
    accuracy,
    bootstrap,
    brier,
    expected_calibration_error,
    macro_f1,
    measure,
    reliability,
    risk_coverage,
)
from claimcheck.model import Stance

S, C, N = Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NEUTRAL


def prediction(gold, given, confidence=0.8):
    if given is None:
        return Prediction(gold=gold)
    rest = (1 - confidence) / 2
    chances = {stance: confidence if stance is given else rest for stance in Stance}
    return Prediction(gold=gold, given=given, confidence=confidence, chances=chances)


def scored(known):
    return measure(known, contradicted=C)


predictions = st.lists(
    st.builds(
        prediction,
        st.sampled_from(list(Stance)),
        st.sampled_from([*Stance, None]),
        st.integers(34, 100).map(lambda percent: percent / 100),
    ),
    min_size=1,
    max_size=30,
)

# ------------------------------------------------------------------------------- by hand


def test_labels_by_hand():
    scores = scored([prediction(S, S), prediction(S, C), prediction(C, C), prediction(N, None)])
    assert (4, 1, 0.5) == (scores.claims, scores.unread, scores.accuracy)
    assert (2 / 3 + 2 / 3 + 0) / 3 == pytest.approx(scores.macro_f1)
    assert 0.5 == scores.contradiction_precision
    assert [(S, 2, 1, 1.0, 0.5), (C, 1, 2, 0.5, 1.0), (N, 1, 0, None, 0.0)] == [
        (row.label, row.gold, row.given, row.precision, row.recall) for row in scores.labels
    ]


def test_brier_by_hand():
    # 0.8, 0.1, 0.1 against 1, 0, 0; the same against 0, 1, 0; what has no probabilities is left out.
    known = [prediction(S, S), prediction(C, S), prediction(N, None)]
    assert ((0.04 + 0.01 + 0.01) + (0.64 + 0.81 + 0.01)) / 2 == pytest.approx(brier(known))
    assert brier([prediction(N, None)]) is None


def test_calibration_by_hand():
    known = [prediction(S, S, 0.95), prediction(S, C, 0.95), prediction(C, C, 0.42), prediction(C, C, 1.0)]
    bins = reliability(known)
    assert [0, 0, 0, 0, 1, 0, 0, 0, 0, 3] == [b.claims for b in bins]
    assert (abs(2.9 - 2) + abs(0.42 - 1)) / 4 == pytest.approx(expected_calibration_error(bins))


def test_risk_and_coverage_by_hand():
    known = [prediction(C, C, 0.9), prediction(S, C, 0.8), prediction(S, S, 0.7), prediction(S, None)]
    points = risk_coverage(known, contradicted=C)
    assert [(0.25, 0.9, 1.0, 1, 1.0), (0.5, 0.8, 0.5, 2, 0.5), (0.75, 0.7, 2 / 3, 2, 0.5)] == [
        (p.coverage, p.threshold, p.accuracy, p.contradicted, p.contradiction_precision) for p in points
    ]


def test_predictions_that_are_equally_sure_are_kept_together():
    (point,) = risk_coverage([prediction(S, S, 0.8), prediction(S, C, 0.8)], contradicted=C)
    assert (1.0, 0.5) == (point.coverage, point.accuracy)


def test_nothing_answered_is_no_curve():
    assert () == risk_coverage([prediction(S, None)], contradicted=C)
    with pytest.raises(ValueError, match="nothing to score"):
        scored([])


def test_intervals_shrink_with_the_number_of_claims():
    few, many = Counter({(S, S): 8, (S, C): 2}), Counter({(S, S): 800, (S, C): 200})
    (low, high), _ = bootstrap(few)
    (least, most), _ = bootstrap(many)
    assert most - least < (high - low) / 5
    # The standard error of 0.8 over 1000 is 0.0126; 95 % lie within 1.96 of them.
    assert (0.8 - 1.96 * 0.0126, 0.8 + 1.96 * 0.0126) == pytest.approx((least, most), abs=0.004)


def test_intervals_are_the_same_every_time():
    confusion = Counter({(S, S): 5, (C, S): 3, (C, None): 1})
    assert bootstrap(confusion) == bootstrap(Counter(dict(reversed(confusion.items()))))


# --------------------------------------------------------------------------- any of them


@given(predictions)
@settings(max_examples=40)
def test_accuracy_lies_in_its_interval_and_everything_in_its_range(known):
    scores = scored(known)
    low, high = scores.accuracy_interval
    assert 0 <= low <= scores.accuracy <= high <= 1
    assert 0 <= scores.macro_f1_interval[0] <= scores.macro_f1_interval[1] <= 1
    assert scores.ece is None or 0 <= scores.ece <= 1
    assert scores.brier is None or 0 <= scores.brier <= 2


@given(predictions, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_changes_nothing(known, rng: random.Random):
    shuffled = list(known)
    rng.shuffle(shuffled)
    one, other = scored(known), scored(shuffled)
    assert attrs.evolve(one, brier=None) == attrs.evolve(other, brier=None)
    assert one.brier == pytest.approx(other.brier)


@given(predictions)
@settings(max_examples=30)
def test_another_prediction_changes_something(known):
    known = [prediction(N, N), *known]
    worse = [prediction(N, S), *known[1:]]
    assert scored(worse).accuracy < scored(known).accuracy
    assert scored(worse).confusion != scored(known).confusion


@given(predictions)
@settings(max_examples=40)
def test_the_curve_ends_with_all_that_was_answered(known):
    answered = [p for p in known if p.given is not None]
    points = risk_coverage(known, contradicted=C)
    assert len(points) <= STEPS
    coverages = [p.coverage for p in points]
    assert coverages == sorted(set(coverages))
    if answered:
        assert (len(answered) / len(known), min(p.confidence for p in answered)) == (
            points[-1].coverage,
            points[-1].threshold,
        )
        assert sum(p.right for p in answered) / len(answered) == points[-1].accuracy


@given(predictions)
@settings(max_examples=40)
def test_accuracy_and_f1_of_the_perfect_and_the_wrong(known):
    right = Counter((p.gold, p.gold) for p in known)
    wrong = Counter((p.gold, None) for p in known)
    assert (1.0, 1.0) == (accuracy(right), macro_f1(right))
    assert (0.0, 0.0) == (accuracy(wrong), macro_f1(wrong))
