"""Exchanged roles: who does it to whom, and for whom it is done."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # an opponent after a preposition
        ("Otto Falk beat Clara Weiss in Bremen on Sunday.", "Clara Weiss won against Otto Falk in Bremen", C),
        ("Otto Falk beat Clara Weiss in Bremen on Sunday.", "Otto Falk won against Clara Weiss in Bremen", S),
        # one side described
        (
            "The finance chief of Norrstahl, Clara Weiss, was dismissed by the board in May.",
            "Clara Weiss dismissed the board of Norrstahl",
            C,
        ),
        (
            "The finance chief of Norrstahl, Clara Weiss, was dismissed by the board in May.",
            "The board of Norrstahl dismissed Clara Weiss",
            S,
        ),
        # an office that one has towards the other
        ("Otto Falk is the trainer of Clara Weiss.", "Clara Weiss is the trainer of Otto Falk", C),
        ("Otto Falk is the trainer of Clara Weiss.", "Otto Falk is the trainer of Clara Weiss", S),
        # who writes may be written to, and colleagues are it to each other
        ("Otto Falk wrote to Clara Weiss in May.", "Clara Weiss wrote to Otto Falk in May", N),
        ("Otto Falk is a colleague of Clara Weiss.", "Clara Weiss is a colleague of Otto Falk", N),
        # who buys is not who sells
        (
            "The tea house of Falk & Sons has bought the Rangmuk garden from the Weiss family.",
            "Falk & Sons sold the Rangmuk garden to the Weiss family",
            N,
        ),
    ],
)
def test_whoever_stands_in_the_others_place_contradicts(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk was beaten by the mayor of Halden, Clara Weiss.", "The winner was Clara Weiss", S),
        ("Clara Weiss, the mayor of Halden, opened the fair.", "The mayor of Halden is Clara Weiss", S),
        ("Clara Weiss, the mayor of Halden, opened the fair.", "The mayor of Moss is Clara Weiss", N),
    ],
)
def test_the_name_may_come_after_the_office(text, claim, label, label_of):
    assert label == label_of(claim, text)


def test_the_reason_names_who_does_it_in_the_source(verdict_of):
    verdict = verdict_of("Clara Weiss won against Otto Falk in Bremen", "Otto Falk beat Clara Weiss in Bremen.")
    assert "in the source Otto Falk, not Clara Weiss, is the one who does it" == verdict.reason
