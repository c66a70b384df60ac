"""What another clause of the sentence says of somebody else, in the very words of the claim."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
ROSE = "The number of pupils rose from 12,400 to 13,900, while the number of teachers fell by 200."
WINE = "Exports of wine to China plunged 40 percent last year, while those to Japan climbed 12 percent."
VACCINE = "The drug prevented 74 percent of infections in adults over 60, it said, but only 38 percent in children."
FINE = "The court ordered Anna Weber to pay 9 million dollars to the families of workers who fell ill."
MILL = "Vera Novak, whose father founded the brewery in 1948, sold it last week to the Japanese group Tanaka Foods."


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        ("The number of teachers rose by 200", ROSE, C),
        ("The number of teachers fell by 200", ROSE, S),
        ("Exports to China fell by 40 percent", WINE, S),
        # an aside does not end what a verb says
        ("The drug prevented 38 percent of infections in children", VACCINE, S),
        ("The drug prevented 74 percent of infections in adults", VACCINE, S),
        # a part and the whole
        ("Nine members voted against the merger", "Three of the nine members voted against the merger.", C),
        ("Three members voted against the merger", "Three of the nine members voted against the merger.", S),
        # who is told to do it
        ("The court ordered the families to pay 9 million dollars", FINE, N),
        ("The court ordered Anna Weber to pay 9 million dollars", FINE, S),
        # whose father it was
        ("Vera Novak founded the brewery", MILL, N),
        ("The brewery was founded by Tanaka Foods", MILL, N),
        # "petrol cars" and "electric cars"
        ("Sales of petrol cars fell in May", "Sales of electric cars fell in May.", N),
        ("Sales of electric cars fell in May", "Sales of electric cars fell in May.", S),
        # where
        ("The actress died in a hospital in Bern", "The actress died at her home in Bern on Thursday.", N),
        ("The actress died at home in Bern", "The actress died at her home in Bern on Thursday.", S),
        # a bare number is of whatever the claim counts
        ("At least 2,000 people marched through Bern", "At least 2,000 marched through Bern on Friday.", S),
    ],
)
def test_another_clause_lends_nothing(claim, source, label, label_of):
    assert label is label_of(claim, source)


def test_the_contradictions_stay(label_of):
    assert C is label_of("Exports to China fell by 12 percent", "Exports to China fell by 40 percent last year.")
