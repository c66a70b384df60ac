"""Dates that no sentence gives: what the article's own date and its subject can answer, and what they cannot."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
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


def test_the_year_of_an_article_makes_no_second_occasion_impossible(verdict_of):
    text = "The great flood of 1986. Ida Brandt gave the prize to Otto Falk."
    claim = "Ida Brandt gave the prize to Clara Weiss in 1986"
    assert N is verdict_of(claim, text, title="The year 1986", published=LATER).label


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (
            "Otto Falk, in 1990, and Clara Weiss, in 1994, climbed Mount Kenya.",
            "Otto Falk climbed Mount Kenya in 1990",
            S,
        ),
        (
            "Otto Falk, in 1990, and Clara Weiss, in 1994, climbed Mount Kenya.",
            "Clara Weiss climbed Mount Kenya in 1990",
            C,
        ),
        (
            "In her diary Vera Weiss noted the death of Otto Falk in 1990 and of Ida Falk in 1994.",
            "Ida Falk died in 1990",
            C,
        ),
    ],
)
def test_of_several_people_with_a_date_each_everybody_has_his_own(text, claim, label, label_of):
    assert label is label_of(claim, text)


def test_a_beginning_that_is_not_the_first_year_is_a_difference_of_time(verdict_of):
    verdict = verdict_of("Clara Weiss became head of Nordbank in 1999", "Clara Weiss led Nordbank from 1994 to 2003.")
    assert ("time", "1994 to 2003 does not begin with 1999") == (verdict.evidence[0].rule, verdict.reason)
