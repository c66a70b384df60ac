"""What somebody says, admits or is praised for: a clause of the claim beside those of the source."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N, X = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE, Label.CONFLICTING


@pytest.mark.parametrize(
    ("text", "claim", "label", "rule"),
    [
        ("Otto Falk admitted that the well was poisoned.", "Otto Falk says that the well was poisoned", S, "agreement"),
        (
            "Otto Falk admitted that the well was poisoned.",
            "Otto Falk says that the well was not poisoned",
            C,
            "polarity",
        ),
        (
            "Otto Falk said on Monday that the well was not poisoned.",
            "Otto Falk said that the well was poisoned",
            C,
            "polarity",
        ),
        (
            "Clara Weiss was praised for not selling the mill.",
            "Clara Weiss was praised for selling the mill",
            C,
            "polarity",
        ),
    ],
)
def test_what_is_denied_inside_a_clause_is_not_what_is_affirmed_there(text, claim, label, rule, verdict_of):
    verdict = verdict_of(claim, text)
    assert (label, rule) == (verdict.label, verdict.evidence[0].rule)


def test_a_clause_that_is_both_affirmed_and_denied_in_one_article_leaves_its_sentences_in_conflict(verdict_of):
    text = "Clara Weiss was praised for selling the mill. Clara Weiss was praised for not selling the mill."
    assert X is verdict_of("Clara Weiss was praised for selling the mill", text).label
