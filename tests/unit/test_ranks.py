"""Ordinals: the second round is not the third, and no round at all is neither."""

import pytest

from claimcheck import Label

S, N = Label.SUPPORTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("Falk finished in second place", "Falk finished in third place.", "contradicts"),
        ("Falk stopped the bout in the second round", "Falk stopped the bout in the third round.", "contradicts"),
        ("Falk stopped the bout in the third round", "Falk stopped the bout in the third round.", "supports"),
        ("Falk stopped the bout in the second round", "Falk stopped the bout.", "neutral"),
        ("It was the 14th expedition of the club", "It was the club's 15th expedition.", "contradicts"),
        ("Falk was elected to a second term", "Falk won a second term.", "supports"),
        ("Falk won his fifth title", "Falk won his sixth title.", "contradicts"),
        # another thing's
        ("Falk scored the second goal", "Falk scored the second goal in the third minute.", "supports"),
        # a rank of the sentence, though not of its own clause
        (
            "The bomb under the bridge destroyed the last train",
            "The bomb under the bridge failed to explode, and the last train went over it.",
            "contradicts",
        ),
        # of a name
        ("Falk died in the Second World War", "Falk died in the Second World War.", "supports"),
        # an office that is over
        (
            "Luna, once head of the police, opposed the reform",
            "Senator Teodoro Luna, a former police chief, opposed the reform.",
            "supports",
        ),
    ],
)
def test_ranks(stance_of, claim, source, expected):
    assert expected == stance_of(claim, source)


def test_an_ordinal_that_agrees_is_quoted(verdict_of):
    (found,) = verdict_of("Falk won in the third round", "Falk won in the third round of the fight.").evidence
    assert ["both say “third”"] == [row.note for row in found.alignment if row.slot.value == "quantity"]


def test_a_rank_that_the_source_does_not_give_is_the_reason(verdict_of):
    verdict = verdict_of("The first probe reached the moon", "The probe reached the moon.")
    assert "the source does not say “first”" == verdict.reason


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        (
            "Clara Weiss was the first person to swim the channel",
            "Clara Weiss was the first woman to swim the channel.",
            N,
        ),
        ("Clara Weiss was the first mayor of Oslo", "Clara Weiss was the first Black mayor of Oslo.", N),
        ("It is the largest bank in Norway", "It is the largest private bank in Norway.", N),
        ("It is the oldest museum in Norway", "It is the oldest surviving museum in Norway.", S),
        ("Otto Falk was the first European to climb it", "Otto Falk was the first Swede to climb it.", N),
    ],
)
def test_the_first_of_fewer_is_not_the_first_of_all(claim, source, label, label_of):
    assert label is label_of(claim, source)
