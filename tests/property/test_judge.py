"""What must hold for every pair: a changed claim loses its support, and probabilities sum to 1."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claimcheck import Checker, Failure, Stance

CHECKER = Checker(None, entailment=None)
SLOW = settings(deadline=None, max_examples=30)

PEOPLE = st.sampled_from(["Clara Weiss", "Otto Falk", "Ivo Brandt", "Marta Lind", "Anna Berg", "Lars Holm"])
YEARS = st.integers(min_value=1850, max_value=2020)
#: Past tense, base form.
VERBS = st.sampled_from(
    [
        ("signed the treaty", "sign the treaty"),
        ("opened the museum", "open the museum"),
        ("founded the theatre", "found the theatre"),
        ("won the election", "win the election"),
        ("wrote the novel", "write the novel"),
        ("visited Ghana", "visit Ghana"),
        ("resigned", "resign"),
    ]
)
#: With the noun that is counted.
COUNTED = st.sampled_from(
    [
        "The flood killed {} people",
        "The museum has {} paintings",
        "The bridge is {} metres long",
        "Otto Falk sold {} horses",
    ]
)


def stance(claim, evidence):
    return CHECKER.judge(claim, evidence).label


@SLOW
@given(PEOPLE, VERBS, YEARS)
def test_the_same_sentence_supports_itself(person, verb, year):
    assert stance(f"{person} {verb[0]} in {year}", f"{person} {verb[0]} in {year}.") is Stance.SUPPORTS


@SLOW
@given(PEOPLE, VERBS, YEARS, st.sampled_from(["did not {}", "never {}", "refused to {}"]))
def test_a_negated_claim_is_not_supported(person, verb, year, negation):
    form = verb[0] if negation.startswith("never") else verb[1]
    claim = f"{person} {negation.format(form)} in {year}"
    assert stance(claim, f"{person} {verb[0]} in {year}.") is not Stance.SUPPORTS


@SLOW
@given(
    PEOPLE, VERBS, YEARS, st.sampled_from(["did not {}", "failed to {}", "declined to {}", "planned to {}", "might {}"])
)
def test_what_was_not_done_is_not_supported(person, verb, year, negation):
    evidence = f"{person} {negation.format(verb[1])} in {year}."
    assert stance(f"{person} {verb[0]} in {year}", evidence) is not Stance.SUPPORTS


@SLOW
@given(PEOPLE, VERBS, YEARS, YEARS)
def test_another_year_is_not_supported(person, verb, year, other):
    assume(year != other)
    assert stance(f"{person} {verb[0]} in {other}", f"{person} {verb[0]} in {year}.") is not Stance.SUPPORTS


@SLOW
@given(COUNTED, st.integers(min_value=2, max_value=5000), st.integers(min_value=2, max_value=5000))
def test_another_number_is_not_supported(sentence, number, other):
    assume(abs(number - other) > max(number, other) / 10)  # closer, one can be the other rounded
    assert stance(sentence.format(other), f"{sentence.format(number)}.") is not Stance.SUPPORTS


@SLOW
@given(PEOPLE, PEOPLE, VERBS, YEARS)
def test_another_person_is_not_supported(person, other, verb, year):
    assume(person != other)
    assert stance(f"{other} {verb[0]} in {year}", f"{person} {verb[0]} in {year}.") is not Stance.SUPPORTS


@SLOW
@given(PEOPLE, PEOPLE, st.sampled_from(["beat", "taught", "succeeded", "killed"]))
def test_the_roles_exchanged_are_not_supported(person, other, verb):
    assume(person != other)
    assert stance(f"{other} {verb} {person}", f"{person} {verb} {other}.") is not Stance.SUPPORTS


WORDS = "Clara Weiss met Otto Falk not never in 1998 40 people said that he she signed the treaty . , if"
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(WORDS.split(" ")),
        max_size=14,
    ).map(" ".join),
)


@settings(deadline=None, max_examples=100)
@given(TEXTS, TEXTS)
def test_any_pair_gives_probabilities_or_a_reason(claim, evidence):
    (judgement,) = CHECKER.judge_many([("1", claim, evidence)])
    if isinstance(judgement, Failure):
        assert judgement.hint
        return
    assert sum(judgement.probabilities.values()) == pytest.approx(1.0)
    assert min(judgement.probabilities.values()) >= 0
