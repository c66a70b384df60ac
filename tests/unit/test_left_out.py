"""What a sentence takes out of what it says, and what it says in its place."""

from __future__ import annotations

import pytest

from claimcheck import Label
from claimcheck.language.reading import read_claim
from claimcheck.model import Polarity

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


def denied(text):
    """The words of each statement that is denied, without its subject."""
    statements = [s for one in read_claim(text).sentences for s in one.statements if s.polarity is Polarity.NEGATIVE]
    return [" ".join(v.span.text for v in (*s.arguments[1:], *s.times)) for s in statements]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Otto Falk played in Paris, but neither in Rome nor in Oslo", ["Rome", "Oslo"]),
        ("The shop sells milk, but neither bread nor cheese", ["bread", "cheese"]),
        ("The doctors stopped work in the day ward, but not in the night ward", ["work the night ward"]),
        ("The club won in 2008 and 2012, but not in 2010", ["2010"]),
        ("The train stops everywhere except at Lund", ["Lund"]),
        ("The train stops at all stations other than Lund", ["Lund"]),
        ("The law covers all workers with the exception of farm workers", ["farm workers"]),
        ("The club sold the striker rather than the goalkeeper", ["the goalkeeper"]),
        # nothing is taken out
        ("The bridge opened, but not until June", []),
        ("Apart from Rome, Otto Falk played in Oslo", []),
        ("Otto Falk walked rather than drove", []),
        ("The striker was stabbed in a bar in Oslo", []),
    ],
)
def test_what_is_taken_out_is_denied(text, out):
    assert out == denied(text)


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        ("Otto Falk played in Rome", "Otto Falk played in Paris, but neither in Rome nor in Oslo.", C),
        ("Otto Falk played in Paris", "Otto Falk played in Paris, but neither in Rome nor in Oslo.", S),
        ("Clara Weiss signed the letter", "The letter was signed by Otto Falk instead of Clara Weiss.", C),
        ("Clara Weiss signed the letter", "Otto Falk rather than Clara Weiss signed the letter.", N),
        ("Clara Weiss signed the letter", "Nobody but Clara Weiss signed the letter.", S),
        ("The doctors stopped work on Friday", "The doctors stopped work on Monday, but not on Friday.", C),
        ("The train stops at Lund", "The train stops everywhere except at Lund.", N),
        ("The law covers farm workers", "The law covers all workers with the exception of farm workers.", N),
        ("The museum is open on Tuesday", "The museum is open every day except Monday.", N),
        ("The museum is open on Monday", "The museum is open every day except Monday.", N),
        # not this, but that
        ("The prize went to Otto Falk", "The prize went not to Clara Weiss but to Otto Falk.", S),
        ("The prize went to Clara Weiss", "The prize went not to Clara Weiss but to Otto Falk.", C),
        ("The match was played in Bremen", "The match was not played in Oslo but in Bremen.", S),
        ("The match was played in Oslo", "The match was not played in Oslo but in Bremen.", C),
        ("The prize went to Clara Weiss", "The prize went not only to Clara Weiss but also to Otto Falk.", S),
    ],
)
def test_it_bears_out_nothing_of_what_it_takes_out(claim, source, label, label_of):
    assert label is label_of(claim, source)
