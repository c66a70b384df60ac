"""Opposites: from what on the opposite of what a claim says goes against it."""

import pytest


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        # of the same
        ("Halden rejected the plan", "Halden accepted the plan for the harbour.", "contradicts"),
        ("The mine at Halden was closed in May", "The mine at Halden was opened in May.", "contradicts"),
        ("Otto Falk survived the fire", "Otto Falk died in the fire.", "contradicts"),
        ("Otto Falk was convicted of fraud", "Otto Falk was acquitted of fraud in Bremen.", "contradicts"),
        ("The Tern sank off Halden", "The Tern, in no danger of sinking, was towed to Halden.", "contradicts"),
        # of something else
        (
            "Otto Falk lost his medal because of a drug",
            "Otto Falk was stripped of his medal after a drug was found in his urine.",
            "neutral",
        ),
        ("Clara Weiss lost her seat", "Clara Weiss, whose party won the election, resigned from her seat.", "neutral"),
        ("The mayor kept the house", "The mayor of Bremen lost the election and left the house.", "neutral"),
        ("Otto Falk raised the rent", "Otto Falk said that the bank had lowered its rates and his rent.", "neutral"),
        # how long it was is not contradicted by its end
        ("The war lasted 13 days", "The army surrendered on Thursday, ending a war of 13 days.", "neutral"),
        ("The strike in Halden lasted three weeks", "The strike in Halden ended after three weeks.", "neutral"),
        ("The talks lasted two days", "The talks closed on Friday after two days.", "neutral"),
        ("The siege lasted for 80 days", "The siege ended on 2 May, after 80 days.", "neutral"),
        ("The strike in Halden continues", "The strike in Halden has ended.", "contradicts"),
        ("The talks lasted two days", "The talks went on for two days.", "supports"),
        ("The talks lasted three days", "The talks went on for two days.", "contradicts"),
        # of two opposites neither may be so
        ("The runner did not finish the race", "The runner refused to start the race.", "neutral"),
        ("Halden did not accept the plan", "Halden did not reject the plan.", "neutral"),
        ("Halden did not win the match", "Halden did not lose the match.", "neutral"),
        ("The bank did not buy Halden", "The bank did not sell Halden.", "neutral"),
        ("Halden did not accept the plan", "Halden accepted the plan.", "contradicts"),
    ],
)
def test_the_opposite_of_the_same(stance_of, claim, source, expected):
    assert expected == stance_of(claim, source)
