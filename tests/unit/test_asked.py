"""What is only asked, or not known, is neither so nor not so."""

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("The police are investigating whether Otto Falk stole the car.", "Otto Falk stole the car", N),
        ("The police are investigating whether Otto Falk stole the car.", "Otto Falk did not steal the car", N),
        ("Asked whether Otto Falk was her father, she laughed.", "Otto Falk was her father", N),
        ("Whether Otto Falk stole the car is not known.", "Otto Falk stole the car", N),
        ("The jury has to say whether Otto Falk broke in and stole the car.", "Otto Falk stole the car", N),
        ("It is not clear if Otto Falk stole the car.", "Otto Falk stole the car", N),
        ("Clara Weiss wondered if the bank had sold the mill in Halden.", "The bank sold the mill in Halden", N),
        (
            "Clara Weiss wondered if the bank had sold the mill in Halden.",
            "The bank did not sell the mill in Halden",
            N,
        ),
        ("The report leaves open whether the drug harms bees in Halden.", "The drug harms bees in Halden", N),
        ("The drug, it is too early to say whether it harms bees, came from Halden.", "The drug harms bees", N),
        # told all the same
        ("The police found that Otto Falk stole the car.", "Otto Falk stole the car", S),
        ("Otto Falk stole the car, and the police ask whether he stole the boat.", "Otto Falk stole the car", S),
        ("Otto Falk, who stole the car, was asked if he had a licence.", "Otto Falk stole the car", S),
        ("The police, who know whether he lied, say that Otto Falk stole the car.", "Otto Falk stole the car", S),
    ],
)
def test_a_question_settles_nothing(label_of, text, claim, label):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Clara Weiss said that the bank might close the mill.", "Clara Weiss said that the bank closed the mill", N),
        ("Clara Weiss asked whether the bank closed the mill.", "Clara Weiss said that the bank closed the mill", N),
        (
            "The panel wrote that it is unclear whether the drug harms bees.",
            "The panel wrote that the drug harms bees",
            N,
        ),
        ("Clara Weiss said that Otto Falk may have lied.", "Clara Weiss said that Otto Falk had lied", N),
        ("Clara Weiss said that the bank had closed the mill.", "Clara Weiss said that the bank closed the mill", S),
        (
            "Clara Weiss said that the bank will close the mill.",
            "Clara Weiss said that the bank will close the mill",
            S,
        ),
    ],
)
def test_what_somebody_left_open_he_did_not_say(label_of, text, claim, label):
    assert label == label_of(claim, text)
