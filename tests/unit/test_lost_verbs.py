"""Verbs that the parser takes for an adjective, and the sentences that have none."""

from __future__ import annotations

import pytest

from claimcheck.language import read_claim
from claimcheck.language.pipeline import parse
from claimcheck.model import Slot


def main(text):
    """Subject, verb and object of the main statement."""
    said = read_claim(text).sentences[0].statements[0]
    return said.in_slot(Slot.SUBJECT)[0].head, said.lemma, said.in_slot(Slot.OBJECT)[0].head


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The petition, submitted to a court in Leeds, listed assets of 6 million pounds.",
            ("petition", "list", "asset"),
        ),
        ("The plan, presented to parliament in June, fixed prices of bread for two years.", ("plan", "fix", "price")),
        ("The treaty, signed in Oslo, limited catches to 40,000 tons.", ("treaty", "limit", "catch")),
        ("The mill, built by two brothers, painted carts and ploughs.", ("mill", "paint", "cart")),
        ("The expedition, led by two doctors, charted islands off the coast.", ("expedition", "chart", "island")),
        ("The contract, signed in Bonn, guaranteed deliveries of 40 ships.", ("contract", "guarantee", "delivery")),
    ],
)
def test_a_sentence_without_a_verb_gets_the_participle_after_the_comma(text, expected):
    assert expected == main(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mill, built by two brothers, sold painted carts.",
        "Otto Falk bought the mill, built in 1931, painted carts and ploughs.",
        "On sale: apples, picked in May, dried plums and nuts.",
        "The harbour, seen from the hill, the crowded boats in it.",
        "The mill, painted carts and ploughs.",
        "The old mill, built in 1931, and painted carts.",
    ],
)
def test_a_participle_stays_with_its_noun(text):
    (parsed,) = parse([text])
    verbs = [t.text for t in parsed.tokens if t.head is t and t.text in {"painted", "dried", "crowded"}]
    assert [] == verbs


@pytest.mark.parametrize(
    ("claim", "evidence", "stance"),
    [
        (
            "The petition listed debts of 31 million pounds.",
            "The petition, sent to a court, listed assets of 63 million pounds and debts of 61 million pounds.",
            "contradicts",
        ),
        (
            "The contract guaranteed payments of 3 million marks.",
            "The contract, signed in Bonn, guaranteed deliveries of 40 ships and payments of 3 million marks.",
            "supports",
        ),
        (
            "The treaty limited catches to 50,000 tons.",
            "The treaty, signed in Oslo, limited catches to 40,000 tons.",
            "contradicts",
        ),
        (
            "The order fixed wages at 4 dollars an hour.",
            "The order, given in March, fixed wages at 3 dollars an hour.",
            "contradicts",
        ),
        (
            "The plan fixed prices of bread for two years.",
            "The plan, presented to parliament in June, fixed prices of bread for two years.",
            "supports",
        ),
    ],
)
def test_what_it_says_is_compared(claim, evidence, stance, stance_of):
    assert stance == stance_of(claim, evidence)
