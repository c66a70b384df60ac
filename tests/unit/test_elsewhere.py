"""What is found in another clause, under another word or beside somebody else does not bear a claim out."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # another clause of the sentence in the place of the verb's own
        ("Prowse urged his supporters to stay at home, but polls showed that most of them had voted for Quint.",
         "Prowse urged his supporters to vote for Quint", N),
        ("Prowse urged his supporters to vote for Quint.", "Prowse urged his supporters to vote for Quint", S),
        ("Quint promised to renegotiate, though not cancel, the lease of the port.",
         "Quint promised to cancel the lease of the port", N),
        # a noun has no clause that says when
        ("The marriage of Ilse Crane and Emil Vogt ended in 1940, and she mourned Hans Ott, who died in 1971.",
         "Crane was married to Vogt when he died", N),
        # a description is of the one that it stands beside
        ("She followed Health Minister Jonas Bielis in October and Transport Minister Algis Norkus in January.",
         "Algis Norkus was health minister", N),
        # what is denied, and by the verb that stands next to it
        ("The insurers denied a report that they had demanded an inspection of the valve.",
         "The insurers said they had demanded an inspection of the valve", N),
        ("Petrauskas said he regretted her decision and denied that he had asked her to go.",
         "Petrauskas asked her to go", N),
        ("The mill denied the purchase of the farm.", "The mill bought the farm", N),
        ("The mill confirmed the purchase of the farm.", "The mill bought the farm", S),
        # the first since then
        ("Helene Moreau is the first woman to win the prize since 1994.",
         "Helene Moreau is the first woman to win the prize", C),
        ("Helene Moreau is the first woman to win the prize since 1994.",
         "Helene Moreau is the first woman since 1994 to win the prize", S),
        ("Helene Moreau is the first woman to win the prize.", "Helene Moreau is the first woman to win the prize", S),
        ("The Turm is the tallest tower built in Basel since 1994.", "The Turm is the tallest tower built in Basel", N),
        # a work's title is nobody's words
        ('In 1927 Crane made her debut in "Carmen".', 'Emil Vogt sang in "Carmen"', N),
        # what was there as well is said where it was found
        ("The jug was found on Monday. Its frame is missing.", "The jug was found with its frame", N),
        ("The jug was found with its frame on Monday.", "The jug was found with its frame", S),
        # names that the parser takes for adverbs
        ("Falke-2 was built by Matrel and is to replace Falke-1.", "Matrel also built Falke-1", N),
        ("Falke-2 was built by Matrel.", "Matrel also built Falke-2", S),
        # who does something else in the sentence
        ("The police chased the thief through Bremen in May 1999, when Otto Falk saw Clara Weiss.",
         "Otto Falk chased Clara Weiss in Bremen in May 1999", N),
        ("Otto Falk paints. Clara Weiss sang in May, and Falk slept.", "Clara Weiss sang for Otto Falk in May", N),
        ("Clara Weiss sang for Otto Falk in May, and Brandt slept.", "Clara Weiss sang for Otto Falk in May", S),
        # something else of the same owner, and another thing that is had
        ("Police arrested the mayor's mother in Bremen.", "Police arrested the friend of the mayor in Bremen", N),
        ("Police arrested the mayor's mother in Bremen.", "Police arrested the mother of the mayor in Bremen", S),
        ("The bank has assets of about $40 million.", "The bank has debts of $40 million", N),
        ("The bank has debts of about $40 million.", "The bank has debts of $40 million", S),
        # before somebody
        ("Anna Falk led the museum in Bremen, the first woman to do so.",
         "Before Anna Falk a woman led the museum in Bremen", N),
        # figures of somebody else
        ("Jamal Reyes scored twice before Owen Pratt pulled one back.", "Jamal Reyes scored two goals", N),
    ],
)  # fmt: skip
def test_it_must_be_said_in_its_place(label_of, text, claim, label):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("The council's vote was on Tuesday", S),
        ("The council's vote was on Wednesday", C),
        ("The vote was on 13 January 2015", S),
        ("The vote was in Bern", N),
    ],
)
def test_when_an_event_was_is_when_it_took_place(label_of, claim, label):
    text = "The city council of Dorfen voted 7 to 4 on Tuesday to close the pool."
    assert label == label_of(claim, text, published=dt.date(2015, 1, 13))
