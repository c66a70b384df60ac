"""What is true of another time, another part or another of two does not contradict."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


OPEN = [
    # undone since
    ("Anna Weber divorced Otto Falk", "Anna Weber married Otto Falk in 1990."),
    ("The court freed Anna Weber", "The court had jailed Anna Weber in 2008."),
    ("Anna Weber left the firm", "Anna Weber had joined the firm in 2008."),
    # another object
    ("Anna Weber denied the charge", "Anna Weber admitted a lesser charge."),
    # how many there were then
    ("The firm employs 300 people", "The firm employed 250 people in 1990."),
    # one more
    ("Three people died in the crash", "Two people died at once in the crash, a third on Tuesday."),
    # a part of it
    ("Prices rose by 3 percent", "Food prices rose by 5 percent."),
    ("The party won 30 percent of the vote", "The party won 40 percent of the vote in Lund."),
]


@pytest.mark.parametrize(("claim", "source"), OPEN)
def test_another_case_is_open(claim, source, label_of):
    assert N is label_of(claim, source)


@pytest.mark.parametrize(("claim", "source"), [pair for pair in OPEN if "charge" not in pair[0]])
def test_no_meaning_makes_it_a_contradiction(claim, source, label_of):
    assert C is not label_of(claim, source, method="both")


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Anna Weber left the firm in 2008", "Anna Weber joined the firm in 2008."),
        ("Anna Weber rejected the plan", "Anna Weber accepted the plan on Monday."),
        ("The museum closed in May", "The museum opened in May."),
        ("The firm employed 300 people in 1990", "The firm employed 250 people in 1990."),
        ("The fire killed three people", "The fire killed two people in Lund."),
        ("Food prices rose by 3 percent", "Food prices rose by 5 percent."),
        ("The party won 30 percent of the vote in Lund", "The party won 40 percent of the vote in Lund."),
    ],
)
def test_the_same_case_contradicts(claim, source, label_of):
    assert C is label_of(claim, source)
