"""Training pairs as a newspaper gives them: the date over the article and not in the sentence."""

from __future__ import annotations

import re

import pytest

newsroom = pytest.importorskip("training.newsroom")
pairs = pytest.importorskip("training.pairs")

EVIDENCE = "The bridge of Sill was opened on 24 March 1932 by the mayor."


def pair(claim, evidence=EVIDENCE, label="SUPPORTS"):
    return pairs.TrainingPair(claim=claim, evidence=evidence, label=label, source="fever")


def moved(one, seeds=60):
    """What becomes of a pair under many seeds, where something becomes of it."""
    return [got for seed in range(seeds) for got in newsroom.dated([one], seed) if got != one]


def test_the_date_is_moved_to_the_head():
    found = {(got.evidence, got.label) for got in moved(pair("A mayor opened the bridge"))}
    assert {("24 March 1932: The bridge of Sill was opened by the mayor.", "SUPPORTS")} == found


def test_a_day_that_is_not_given_is_drawn_within_the_year():
    found = {got.evidence for got in moved(pair("A mayor opened it", "The bridge was opened in 1932 by the mayor."))}
    assert len(found) > 1
    assert all(re.fullmatch(r"\d+ \w+ 1932: The bridge was opened by the mayor\.", text) for text in found)


def test_a_claim_of_another_year_is_refuted_and_one_of_the_same_is_not():
    found = moved(pair("The bridge was opened in 1932"))
    assert {"SUPPORTS", "REFUTES"} == {got.label for got in found}
    for got in found:
        assert ("1932" in got.claim) is (got.label == "SUPPORTS")


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge was opened in 1932", "The bridge of 1932 replaced the one of 1830."),
        ("The bridge was opened in 1933", EVIDENCE),
        ("The bridge was opened in 1932", "The bridge was opened by the mayor."),
        ("Falk built the bridge", "Otto Falk (born 3 May 1900) built the bridge."),
    ],
)
def test_what_cannot_be_moved_without_a_doubt_stays(claim, evidence):
    assert [] == moved(pair(claim, evidence))


def test_about_half_of_the_claims_are_kept_for_calibration():
    mine = sum(newsroom.for_training(f"claim-{number}") for number in range(1000))
    assert 400 < mine < 600
