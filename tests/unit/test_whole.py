"""Distinctions: who is "the first ..." in a sentence that has all the words of the description."""

from __future__ import annotations

import pytest

from claimcheck import Label
from claimcheck.matching.whole import quotation_of

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE

RACE = "the race for small wooden boats from Moss to Bremen with her sister in winter"


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (f"Ida Brandt was the first doctor to win {RACE}.", f"Clara Weiss was the first doctor to win {RACE}", C),
        (f"Ida Brandt was the first doctor to win {RACE}.", f"Ida Brandt was the first doctor to win {RACE}", S),
        # who won, and nobody says that she was the first
        (f"Ida Brandt, a doctor, won {RACE}.", f"Clara Weiss was the first doctor to win {RACE}", N),
    ],
)
def test_a_distinction_has_one_holder_where_the_source_gives_it(text, claim, label, label_of):
    assert label is label_of(claim, text)


def test_whoever_is_part_of_a_description_does_not_hold_it(verdict_of):
    text = "Otto Falk boxed in Bremen against the first woman, Ida Brandt, in 1990."
    verdict = verdict_of("Clara Weiss was the first woman to box against Otto Falk in Bremen", text)
    assert (C, "Clara Weiss is not Ida Brandt") == (verdict.label, verdict.reason)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk called the plan “sheer madness” in May.", "Clara Weiss called the plan “sheer madness”", C),
        ("Otto Falk called the plan “sheer madness” in May.", "Otto Falk called the plan “sheer madness”", S),
    ],
)
def test_two_words_between_quotation_marks_have_a_speaker(text, claim, label, label_of):
    assert label is label_of(claim, text)


def test_of_several_quotations_the_longest_counts():
    assert ("a", "harbour", "of", "our", "own") == quotation_of("“A harbour of our own”, said Falk, is “wanted now”")
