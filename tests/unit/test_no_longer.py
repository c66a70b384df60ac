"""What was so before, almost, or only by the word of whom it is about."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
LED = "Anna Weber, who had led the union since 1998, was succeeded in March by her deputy, Vera Novak."
MINE = "The mine, which once employed 3,000 people, shut for good last month."
COST = "The project, which was to have cost 40 million crowns, ended up costing 65 million."
DOUBLED = "Prices for coffee have almost doubled since January."
BRIBE = '"I have never taken a bribe," Otto Falk told reporters on Tuesday.'
TERM = "He served as foreign minister from 1996 until his resignation in 1999."


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        ("Anna Weber leads the union", LED, N),
        ("Anna Weber led the union", LED, S),
        ("The mine employs 3,000 people", MINE, N),
        ("The mine employed 3,000 people", MINE, S),
        ("The mine employs 3,000 people", "The mine, which employs 3,000 people, is to shut next month.", S),
        ("The project cost 40 million crowns", COST, C),
        ("The project cost 65 million crowns", COST, S),
        ("Coffee prices have halved since January", DOUBLED, C),
        ("Coffee prices have doubled since January", DOUBLED, S),
        ("He was foreign minister until 1999", TERM, S),
        ("He was foreign minister until 2001", TERM, N),
        # the first to do it has done it
        ("Sweden recognized the state", "Sweden became the first country in the region to recognize the state.", S),
        # and what was not shown is open
        ("Coffee prevents the disease", "The study did not prove that coffee prevents the disease.", N),
        ("Coffee prevents the disease", "The study proved that coffee prevents the disease.", S),
        # one side's word, and somebody's own
        ("The driver was innocent", "The driver's lawyer said that the driver was innocent.", N),
        ("The driver was innocent", "The judge said that the driver was innocent.", S),
        ("Otto Falk took a bribe", BRIBE, N),
        ("Otto Falk said that he had taken a bribe", '"I have never taken a bribe," Otto Falk said.', C),
        # what was ended after so long lasted so long
        ("The fire burned for 11 hours", "The fire was put out after 11 hours.", N),
        ("The actress lived to be 91", "The actress died on Thursday at the age of 91.", N),
        # "older" is not "oldest"
        ("Older coins had been found in Bern", "They have found a coin, the oldest ever found in Bern.", N),
        # who turned something down, and what for
        ("Anna Weber stayed in Bern", "Anna Weber turned down an offer from Rome last year to stay in Bern.", N),
        # the opposite, of something else
        (
            "Most schools were closed on Tuesday",
            "Snow kept most schools closed on Tuesday, but the airport reopened.",
            S,
        ),
        # losing something is being without it
        ("The village lost its power", "The storm left the village without power.", N),
    ],
)
def test_what_was_so_is_no_longer(claim, source, label, label_of):
    assert label is label_of(claim, source)


def test_all_of_several_are_more_than_some(label_of):
    source = "Two of the three rebel groups signed the deal."
    assert N is label_of("All the rebel groups signed the deal", source)
    assert S is label_of("Two rebel groups signed the deal", source)
