"""Offices that a claim gives somebody in passing: another one of the same person on the same occasion is wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Checker, Corpus, Document, Label

SUPPORTED, CONTRADICTED, OPEN = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE

FINANCE = "Otto Falk, the finance minister, resigned in March 2019."
CHAIRMAN = "Otto Falk, the chairman and a well-known writer, resigned in March 2019."
CHIEF = f"{CHAIRMAN} Ivo Brandt, the chief executive, left in May."


def verdict_on(claim, text, published):
    corpus = Corpus.memory()
    corpus.add(Document(id="a.txt", text=text, published=published))
    return Checker(corpus, entailment=None).verify(claim)


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        (FINANCE, "Foreign Minister Otto Falk resigned in March 2019.", CONTRADICTED),
        (FINANCE, "Otto Falk, the foreign minister, resigned in March 2019.", CONTRADICTED),
        (CHIEF, "Otto Falk, the chief executive of the bank, resigned in March 2019.", CONTRADICTED),
        (
            f"{CHAIRMAN} Ivo Brandt, the chief executive of the club, left in May.",
            "Otto Falk, the chief executive of the bank, resigned in March 2019.",
            SUPPORTED,
        ),
        # the same office, or one that says no more
        (FINANCE, "Finance Minister Otto Falk resigned in March 2019.", SUPPORTED),
        (FINANCE, "Otto Falk, the minister, resigned in March 2019.", SUPPORTED),
        (FINANCE, "Otto Falk, a writer, resigned in March 2019.", SUPPORTED),
        # who chairs a company may lead it too
        (CHAIRMAN, "Otto Falk, the chief executive, resigned in March 2019.", SUPPORTED),
        # he held both, or had held the other one
        (
            f"{FINANCE} Foreign Minister Otto Falk had also led the party.",
            "Foreign Minister Otto Falk resigned in March 2019.",
            SUPPORTED,
        ),
        (
            "Otto Falk, the former finance minister, resigned in March 2019.",
            "Foreign Minister Otto Falk resigned in March 2019.",
            SUPPORTED,
        ),
        (
            "Otto Falk, the deputy prime minister, resigned in March 2019.",
            "Finance Minister Otto Falk resigned in March 2019.",
            SUPPORTED,
        ),
        # no date, or one long before the article was written: he may have been both
        (FINANCE, "Foreign Minister Otto Falk resigned.", OPEN),
        (
            "Otto Falk, the finance minister, was born in 1958.",
            "Foreign Minister Otto Falk was born in 1958.",
            OPEN,
        ),
    ],
)
def test_office_in_passing(text, claim, expected):
    verdict = verdict_on(claim, text, dt.date(2019, 6, 1))
    assert expected is verdict.label, verdict.reason
    if expected is CONTRADICTED:
        first = verdict.evidence[0]
        assert ("role", text.split(". ")[0].rstrip(".")) == (first.rule, first.span.text.rstrip("."))
        assert "is not" in first.reason


def test_who_holds_the_office_is_named():
    verdict = verdict_on("Otto Falk, the chief executive, resigned in March 2019.", CHIEF, dt.date(2019, 6, 1))
    assert "that is Ivo Brandt" in verdict.reason
