"""Dates that no sentence gives: what the article's own date and its subject can answer, and what they cannot."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Label

S, N = Label.SUPPORTED, Label.NOT_ENOUGH_EVIDENCE
LATER = dt.date(1990, 5, 2)


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("The bridge in Bremen collapsed in 1986", S),
        ("The bridge in Bremen collapsed in March 1986", N),
        ("The bridge in Bremen collapsed on 3 March 1986", N),
        ("The bridge in Bremen collapsed in the 1980s", N),
    ],
)
def test_an_article_about_a_year_gives_its_events_the_year_and_no_month_of_it(claim, label, verdict_of):
    text = "The great flood of 1986. The bridge in Bremen collapsed."
    assert label is verdict_of(claim, text, title="The flood of 1986", published=LATER).label
