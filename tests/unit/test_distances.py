"""Dates that are counted from another, in claims that do not say from which."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Two years later Otto Falk sold the mill.", "Otto Falk sold the mill two years after the fire."),
        (
            "Four months earlier Anna Falk had founded a newspaper in Bremen.",
            "Four months before the strike Anna Falk founded a newspaper in Bremen.",
        ),
        (
            "Three days earlier Karl Brandt and Emil Vogt had crossed the Rhine.",
            "Three days before them Karl Brandt and Emil Vogt had crossed the Rhine.",
        ),
        ("A week later Clara Weiss left Oslo.", "One week later Clara Weiss left Oslo."),
    ],
)
def test_the_same_distance_is_the_same_date(claim, evidence, stance_of):
    assert "supports" == stance_of(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        # to the other side
        ("Two years earlier Otto Falk sold the mill.", "Otto Falk sold the mill two years after the fire."),
        # another length, perhaps from elsewhere
        ("Two years later Otto Falk sold the mill.", "Otto Falk sold the mill five years after the fire."),
        ("Two years later Otto Falk sold the mill.", "Otto Falk sold the mill two months after the fire."),
        # a length, and no distance
        ("Two years later Otto Falk ran the mill.", "Otto Falk ran the mill for two years."),
        # of another event
        (
            "Three days earlier Clara Weiss left Oslo.",
            "Clara Weiss left Oslo and died in Bremen three days before him.",
        ),
    ],
)
def test_another_distance_settles_nothing(claim, evidence, stance_of):
    assert "neutral" == stance_of(claim, evidence)


def test_who_else_it_was_is_told_by_meaning_at_the_same_distance_only():
    claim = "Three days earlier Karl Brandt and Otto Falk had reached the North Col."

    def verdict(days):
        corpus = Corpus.memory()
        sentence = f"{days} days before them Karl Brandt and Emil Vogt had reached the North Col."
        corpus.add(Document(id="1.txt", text=f"Otto Falk stayed in the camp. {sentence}"))
        return Checker(corpus).verify(claim)

    same, other = verdict("Three"), verdict("Five")
    assert Label.NOT_ENOUGH_EVIDENCE is other.label  # perhaps on another day
    assert Label.SUPPORTED is not same.label
    assert same.probabilities.contradicted > other.probabilities.contradicted
