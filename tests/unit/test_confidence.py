import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.matching.confidence import (
    LONGEST_ODDS,
    Scale,
    claim_features,
    log_odds,
    scale,
    verdict_probabilities,
    weights,
)
from claimcheck.model import Probabilities

CHANCES = st.floats(0, 1)


@given(CHANCES, CHANCES)
def test_log_odds_are_bounded_and_turn_with_their_sides(one, other):
    assert -LONGEST_ODDS <= log_odds(one, other) <= LONGEST_ODDS
    assert log_odds(one, other) == pytest.approx(-log_odds(other, one))


@given(
    st.dictionaries(st.sampled_from("abc"), st.floats(-20, 20)),
    st.dictionaries(st.sampled_from("abc"), st.floats(-20, 20)),
    st.dictionaries(st.sampled_from("abc"), st.floats(-20, 20)),
)
def test_probabilities_sum_to_1_whatever_the_features(supports, contradicts, features):
    chances = Scale(supports=supports, contradicts=contradicts).probabilities(features)
    assert 1.0 == pytest.approx(chances.supported + chances.contradicted + chances.not_enough_evidence)


def test_the_surest_sentence_on_either_side_counts():
    low = Probabilities(supported=0.1, contradicted=0.7, not_enough_evidence=0.2)
    high = Probabilities(supported=0.9, contradicted=0.05, not_enough_evidence=0.05)
    both = claim_features([low, high])
    assert both["support"] == claim_features([high])["support"]
    assert both["contradiction"] == claim_features([low])["contradiction"]


@pytest.mark.parametrize("level", ["evidence", "claim"])
@pytest.mark.parametrize("judged", [False, True])
def test_weights_are_shipped_for_every_use(level, judged):
    fitted = scale(level, judged=judged)
    assert set(fitted.supports) == set(fitted.contradicts)
    assert "one" in fitted.supports


def test_more_support_never_lowers_the_chance_of_supported():
    for version in weights()["claim"].values():
        assert version["supports"]["support"] >= 0
        assert version["contradicts"]["contradiction"] >= 0


@pytest.mark.parametrize("judged", [False, True])
@pytest.mark.parametrize(
    ("supported", "contradicted", "outcome", "likeliest"),
    [
        (0.97, 0.01, "supported firmly", "supported"),
        (0.01, 0.97, "contradicted firmly", "contradicted"),
        (0.02, 0.02, "not_enough_evidence", "not_enough_evidence"),
    ],
)
def test_what_decided_is_the_likeliest(judged, supported, contradicted, outcome, likeliest):
    surest = Probabilities(
        supported=supported, contradicted=contradicted, not_enough_evidence=1 - supported - contradicted
    )
    score, chance = (0.0, 0.5) if outcome == likeliest else (0.95, 0.97)
    features = claim_features([surest], outcome=outcome, score=score, chance=chance, whole=outcome != likeliest)
    found = verdict_probabilities(features, judged=judged)
    chances = {name: getattr(found, name) for name in ("supported", "contradicted", "not_enough_evidence")}
    assert likeliest == max(chances, key=chances.__getitem__)
