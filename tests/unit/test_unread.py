"""A word of the claim that no slot holds, and the source does not have, keeps the slots from supporting it."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The council approved the plan unanimously", "The council approved the plan on Monday."),
        ("The council approved the plan again", "The council approved the plan on Monday."),
        ("The council still opposes the plan", "The council opposes the plan."),
        ("The tickets were printed abroad", "The tickets were printed in the spring."),
        ("Anna Weber was already a citizen in 1990", "Anna Weber was a citizen in 1990."),
        ("Otto Falk winds the clock every day", "Otto Falk climbs the tower and winds the clock."),
        ("The train left at 8:15", "The train left at 8:50, 35 minutes late."),
    ],
)
def test_what_the_source_does_not_say_is_open(claim, source, label_of):
    assert N is label_of(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The council approved the plan unanimously", "The council unanimously approved the plan on Monday."),
        ("Anna Weber herself also signed the letter", "Anna Weber signed the letter on Monday."),
        ("Otto Falk did not thank anybody", "Otto Falk thanked nobody in his speech."),
        ("The council approved the plan", "The council approved the plan on Monday."),
    ],
)
def test_what_it_says_or_need_not_say_supports(claim, source, label_of):
    assert S is label_of(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Nobody survived longer in the water than Anna Weber", "Anna Weber died in the water."),
        ("Anna Weber was not yet a citizen when the bridge opened", "Anna Weber is a citizen."),
    ],
)
def test_what_was_compared_or_timed_is_not_denied(claim, source, label_of):
    assert C is not label_of(claim, source)
