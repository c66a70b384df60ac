"""What is denied, and what only sounds so: thinking that not, failing to, stopping an event, other words."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (
            "Anna Falk said that she did not believe the well at Halden to be poisoned.",
            "Anna Falk thinks that the well at Halden is not poisoned",
            S,
        ),
        # the denial of knowing is not that of what is known: it was poisoned
        (
            "Anna Falk said that she did not know that the well at Halden was poisoned.",
            "Anna Falk knows that the well at Halden is not poisoned",
            C,
        ),
    ],
)
def test_who_does_not_think_so_thinks_not(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk could not reach Bremen on Sunday.", "Otto Falk reached Bremen on Sunday", C),
        ("Otto Falk could not win the race without the votes of Bremen.", "Otto Falk won the race", N),
        ("Otto Falk may not win the race in Bremen.", "Otto Falk won the race in Bremen", N),
        # refused or failed on a day is refused for good; the plain denial is of that day only
        (
            "The charge under the Falk bridge failed to explode on Sunday.",
            "The charge under the Falk bridge did not explode",
            S,
        ),
        ("Otto Falk did not speak to Clara Weiss on Sunday.", "Otto Falk did not speak to Clara Weiss", N),
        ("Otto Falk failed to reach Bremen on Sunday.", "Otto Falk never reached Bremen", N),
        # what was stopped did not come about
        (
            "Engineers stopped the launch of the satellite Tern on Monday.",
            "The satellite Tern was launched on Monday",
            C,
        ),
    ],
)
def test_what_did_not_come_about(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (
            "“They took the doors first,” Clara Weiss said in Bremen.",
            "“They took the roofs first,” said Clara Weiss",
            C,
        ),
        (
            "Clara Weiss spoke on Sunday of “a step, not a staircase”.",
            "Clara Weiss spoke of “a staircase, not a step”",
            C,
        ),
        (
            "“They took the doors first,” Clara Weiss said in Bremen.",
            "“They took the doors first,” said Clara Weiss",
            S,
        ),
        # what else somebody said says nothing of it
        ("“Nobody asked me,” Clara Weiss said in Bremen.", "“They took the roofs first,” said Clara Weiss", N),
        ("“They took the doors first,” Otto Falk said in Bremen.", "“They took the roofs first,” said Clara Weiss", N),
        # a reporter may change the person
        (
            "“I took my doors with me,” Clara Weiss said in Bremen.",
            "Clara Weiss said that “she took her doors with me”",
            N,
        ),
    ],
)
def test_other_words_in_the_same_quotation(text, claim, label, label_of):
    assert label == label_of(claim, text)
