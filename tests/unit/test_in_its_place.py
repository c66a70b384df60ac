"""Words count where they stand: what another statement, another place or another figure has is not the claim's."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
DAY = dt.date(2015, 1, 13)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # what only the sentence before has, where this one has something else in its place
        ("A dealer was arrested. Two men were convicted of the theft.", "The dealer was convicted of the theft", N),
        ("The council wants a vote. The coalition lost its majority.", "The coalition lost a vote", N),
        ("An avalanche came down. It was the worst since 2003, when five people died in a storm.",
         "Five people died in the avalanche", N),
        ("The painting was lost in 1999. The work was found on Monday.", "The painting was found on Monday", S),
        # what no word of the page says
        ("The coalition shrank. The Green Union walked out.", "The Green Union left the coalition over taxes", N),
        # a predicate is not lent from elsewhere
        ("A French jury met on Monday. Tanabe is the third winner from Kobe.",
         "Tanabe is French", N),
        # somebody else's age
        ("Tanabe, 72, is the third winner from Kobe; Moreau is the first woman.", "Moreau is 72", N),
        ("Gagarin, 27, was a lieutenant when he took off.", "Gagarin was 29 when he took off", C),
        # those of another statement
        ("About 30,000 doses had been given; the remaining 70,000 were destroyed.", "70,000 doses were given", C),
        # a place of the same kind elsewhere
        ("The jug, stolen from the museum in Brno, is in Milan.", "The jug was stolen from a museum in Milan", N),
        ("The jug, stolen from the museum in Brno, was found in Milan.", "The jug was stolen from a museum in Brno", S),
        # figures and dates in pairs
        ("Unemployment fell to 4 percent in April from 5 percent in March.", "Unemployment was 4 percent in March", N),
        # once more
        ("Mr. Okoro was elected in 1986.", "Okoro was re-elected in 1990", N),
        ("Mr. Okoro was re-elected in 1990.", "Okoro was re-elected in 1990", S),
        ("Mr. Okoro was re-elected in 1990.", "Okoro was re-elected in 1991", C),
    ],
)  # fmt: skip
def test_what_stands_elsewhere_is_not_lent(label_of, text, claim, label):
    assert label == label_of(claim, text, published=DAY)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Edith Maas voted against the closure of the pool.", "Edith Maas voted against closing the pool", S),
        ("Edith Maas voted against the closure of the pool.", "Edith Maas voted in favour of closing the pool", C),
        ("Edith Maas voted in favor of the closure.", "Edith Maas voted for the closure", S),
        ("The firm said it had found no evidence that the vaccine caused the illness.",
         "The firm said the vaccine caused the illness", N),
        ("Moreau is the first woman to receive the prize since 1994.", "No woman had received the prize since 1994", N),
        ("Rovers beat City 3-1 to win the cup.", "City beat Rovers", N),
        ("Rovers beat City 3-1 to win the cup.", "Rovers beat City", S),
        ("Roy Dunning lost to Okoro in 1990.", "Roy Dunning beat Okoro in 1990", C),
        ("Roy Dunning beat Okoro in 1990.", "Roy Dunning beat Okoro in 1990", S),
    ],
)  # fmt: skip
def test_for_and_against_and_who_beat_whom(label_of, text, claim, label):
    assert label == label_of(claim, text, published=DAY)
