"""Titles on their way to the model."""

from __future__ import annotations

import pytest

from claimcheck import Checker
from claimcheck.entailment import Inference, title_of
from claimcheck.model import Probabilities, Stance


class Listener:
    """Supports everything, and remembers what it was asked."""

    name = "listener"

    def __init__(self):
        self.asked = []

    def judge(self, pairs):
        self.asked += pairs
        sure = Probabilities(supported=0.8, contradicted=0.1, not_enough_evidence=0.1)
        return [Inference(probabilities=sure, windows=1, window=(0, len(p.evidence))) for p in pairs]


def test_a_title_reaches_the_model():
    model = Listener()
    checker = Checker(entailment=model)
    rows = [("1", "Falk resigned", "He resigned.", "Otto Falk"), ("2", "Falk resigned", "He resigned.")]
    results = list(checker.judge_many(rows, method="meaning"))
    assert [Stance.SUPPORTS] * 2 == [result.label for result in results]
    checker.judge("Falk resigned", "He left.", title="Otto Falk", method="meaning")
    assert ["Otto Falk", "", "Otto Falk"] == [pair.title for pair in model.asked]


@pytest.mark.parametrize(
    ("value", "title"), [("a", "a"), (["a", "b"], "a, b"), ([], ""), (None, ""), (7, None), (["a", 7], None)]
)
def test_titles_of_rows(value, title):
    assert title == title_of(value)
