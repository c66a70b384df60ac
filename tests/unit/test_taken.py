"""Whether somebody else in the claim's place excludes the claim's one, or leaves room for both."""

from __future__ import annotations

import pytest

from claimcheck import Label

C, N = Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # a doer without a name may have done it twice, one with a name did it to one at that place and time
        (
            "The mayor gave the prize to Otto Falk in Bremen in May 1999.",
            "The mayor gave the prize to Clara Weiss in Bremen in May 1999",
            N,
        ),
        (
            "Ida Brandt gave the prize to Otto Falk in Bremen in May 1999.",
            "Ida Brandt gave the prize to Clara Weiss in Bremen in May 1999",
            C,
        ),
    ],
)
def test_one_occasion_has_room_for_one_only_if_it_is_surely_the_same(text, claim, label, label_of):
    assert label is label_of(claim, text)


@pytest.mark.parametrize(("office", "label"), [("the prime minister", C), ("the president", N), ("the painter", N)])
def test_an_office_of_one_is_taken_from_whom_the_source_gives_another(office, label, label_of):
    text = f"Ida Brandt was president in 1999. Clara Weiss, {office}, sang in Bremen."
    assert label is label_of("Clara Weiss was president in 1999", text)
