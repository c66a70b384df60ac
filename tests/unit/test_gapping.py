"""What a second conjunct says with the verb of the first."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label
from claimcheck.language.reading import read_claim


def said(text):
    """What each clause says: its participants, dates and quantities, in the order of the text."""
    statements = [s for one in read_claim(text).sentences for s in one.statements if s.form != "nominal"]
    spans = [[v.span for v in (*s.arguments, *s.times, *s.quantities)] for s in statements]
    return [[s.text for s in dict.fromkeys(sorted(found, key=lambda s: s.start))] for found in spans]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Otto Falk met Clara Weiss in 2009 and Karl Brandt in 2011",
            [["Otto Falk", "Clara Weiss", "2009"], ["Otto Falk", "Karl Brandt", "2011"]],
        ),
        (
            "In 2009 Otto Falk met Clara Weiss and in 2011 Karl Brandt",
            [["2009", "Otto Falk", "Clara Weiss"], ["Otto Falk", "2011", "Karl Brandt"]],
        ),
        (
            "Otto Falk visited Oslo in 1999, Bremen in 2001 and Paris in 2003",
            [["Otto Falk", "Oslo", "1999"], ["Otto Falk", "Bremen", "2001"], ["Otto Falk", "Paris", "2003"]],
        ),
        (
            "Otto Falk led the bank until 1998 and the museum until 2006",
            [["Otto Falk", "the bank", "1998"], ["Otto Falk", "the museum", "2006"]],
        ),
        (
            "The bridge cost $4 million and the tunnel $9 million",
            [["The bridge", "$4 million"], ["the tunnel", "$9 million"]],
        ),
        ("Otto Falk won gold and Clara Weiss silver", [["Otto Falk", "gold"], ["Clara Weiss", "silver"]]),
        (
            "The firm signed a treaty with Norway in 2001 and Denmark in 2003",
            [["The firm", "a treaty with Norway", "2001"], ["The firm", "a treaty", "Denmark", "2003"]],
        ),
        (
            "Otto Falk met Clara Weiss in Oslo in 2009 and Karl Brandt in 2011",
            [["Otto Falk", "Clara Weiss", "Oslo", "2009"], ["Otto Falk", "Karl Brandt", "2011"]],
        ),
        # one thing said of several
        (
            "Otto Falk met Clara Weiss, Karl Brandt and Emil Vogt in Oslo in 2009",
            [["Otto Falk", "Clara Weiss", "Karl Brandt", "Emil Vogt", "Oslo", "2009"]],
        ),
        (
            "Otto Falk was born in Oslo in 1950 and died in Bremen in 2001",
            [["Otto Falk", "Oslo", "1950"], ["Otto Falk", "Bremen", "2001"]],
        ),
        ("Otto Falk lived in Oslo between 1990 and 1998", [["Otto Falk", "Oslo", "1990 and 1998"]]),
        # what follows a comma tells more of it
        (
            "In 2009 Otto Falk opened a mill, a gift from Clara Weiss in Oslo",
            [["2009", "Otto Falk", "a mill"], ["a mill", "a gift from Clara Weiss in Oslo"]],
        ),
    ],
)
def test_each_conjunct_says_its_own(text, parts):
    assert said(text) == parts


SOURCE = (
    "Otto Falk met Clara Weiss in Oslo in 2009. Karl Brandt met her in Bremen in 2011. "
    "Falk led the bank from 1990 to 1998 and the museum from 1999 to 2004."
)


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Clara Weiss met Otto Falk in 2009 and Karl Brandt in 2011", Label.SUPPORTED),
        ("Clara Weiss met Otto Falk in 2009 and Karl Brandt in 2012", Label.CONTRADICTED),
        ("Clara Weiss met Otto Falk in 2009 and Emil Vogt in 2011", Label.NOT_ENOUGH_EVIDENCE),
        ("Otto Falk led the bank until 1998 and the museum until 2004", Label.SUPPORTED),
        ("Otto Falk led the museum from 1999 to 2004", Label.SUPPORTED),
        ("Otto Falk led the museum until 1998", Label.CONTRADICTED),
        # said of several, in one sentence each
        ("Otto Falk and Karl Brandt met Clara Weiss", Label.SUPPORTED),
        ("Clara Weiss met Otto Falk and Karl Brandt", Label.SUPPORTED),
        ("Otto Falk and Karl Brandt met Clara Weiss in 2009", Label.NOT_ENOUGH_EVIDENCE),
        ("Otto Falk and Emil Vogt met Clara Weiss", Label.NOT_ENOUGH_EVIDENCE),
        ("Otto Falk and Karl Brandt met", Label.NOT_ENOUGH_EVIDENCE),
        # what a clause between commas adds is part of the claim, with dates of its own
        ("Otto Falk, who led the bank until 1998, met Clara Weiss in Oslo", Label.SUPPORTED),
        ("Otto Falk, who led the bank until 2001, met Clara Weiss in Oslo", Label.CONTRADICTED),
        ("Otto Falk, who founded the bank, met Clara Weiss in Oslo", Label.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_a_claim_of_several_parts_stands_with_each(claim, label):
    corpus = Corpus.memory()
    corpus.add(Document(id="1.txt", text=SOURCE))
    assert label == Checker(corpus, entailment=None).verify(claim).label
