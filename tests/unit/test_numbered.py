"""Things of one kind that a number tells apart: what is said of one says nothing of another."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Reactor 4 exploded in 1986.", "Reactor 3 exploded in 1986", N),
        ("Reactor 4 exploded in 1986.", "Reactor 3 exploded in 1987", N),
        ("Reactor 4 exploded in 1986.", "Reactor 4 exploded in 1986", S),
        ("Reactor 4 exploded in 1986.", "Reactor 4 exploded in 1987", C),
        ("Reactors 3 and 4 exploded in 1986.", "Reactor 4 exploded in 1986", S),
        ("The bridge number 5 was opened in 1905.", "The bridge number 6 was opened in 1900", N),
        ("Bridge No. 5 was opened in 1905.", "Bridge No. 6 was opened in 1900", N),
        ("Bridge No. 5 was opened in 1905.", "Bridge No. 5 was opened in 1900", C),
        ("Building 7 collapsed on 4 June 2002.", "Building 6 collapsed on 5 June 2002", N),
        ("Line 3 of the metro opened in 1999.", "Line 4 of the metro opened in 2001", N),
        ("Gate 4A was closed in May.", "Gate 4B was closed in June", N),
        ("The mayor opened Room 12 in 1999.", "The mayor opened Room 14 in 2001", N),
        # what is counted has no number of its own
        ("The other 20 men left the camp in 1999.", "The other 30 men left the camp in 1999", C),
        ("The fire killed 20 men in 1999.", "The fire killed 30 men in 1999", C),
        ("The man, aged 20, was arrested in 1999.", "The man, aged 20, was arrested in 1998", C),
    ],
)
def test_what_is_said_of_one_number_says_nothing_of_another(label_of, text, claim, label):
    assert label == label_of(claim, text)
