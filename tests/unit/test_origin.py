"""Of what country somebody is, and the day of the week on which it was."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Checker, Corpus, Document, Label
from claimcheck.model import Slot, SlotRelation

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
WEDNESDAY = dt.date(2010, 10, 20)


def label_of(claim, text):
    corpus = Corpus.memory()
    corpus.add(Document(id="1.txt", text=text, published=WEDNESDAY + dt.timedelta(days=1)))
    return Checker(corpus, entailment=None).verify(claim).label


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Clara Weiss is the first Danish cook to get three stars.", "Clara Weiss comes from Denmark", S),
        ("Clara Weiss is the first Danish cook to get three stars.", "Clara Weiss is a citizen of Denmark", S),
        ("Clara Weiss is the first Danish cook to get three stars.", "Clara Weiss comes from Norway", N),
        ("Clara Weiss is Danish.", "Clara Weiss comes from Norway", C),
        ("Their guide, who is Georgian, dug himself out.", "The guide is a national of Georgia", S),
        ("Their guide, who is Georgian, dug himself out.", "The guide is a national of Estonia", C),
        # not of that country, but of somebody else or of something else
        ("The missing are a Czech teacher and an Estonian student.", "The guide is a national of Estonia", N),
        ("Clara Weiss is the author of a Danish grammar.", "Clara Weiss comes from Norway", N),
        ("Clara Weiss came to Denmark in May.", "Clara Weiss comes from Denmark", N),
    ],
)
def test_origin_is_told_by_a_demonym(text, claim, label):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk married Clara Weiss on Wednesday.", "Otto Falk married Clara Weiss on Wednesday", S),
        ("Otto Falk married Clara Weiss on Wednesday.", "Otto Falk married Clara Weiss on Friday", C),
        ("Otto Falk married Clara Weiss on 20 October 2010.", "Otto Falk married Clara Weiss on Wednesday", S),
        ("Otto Falk married Clara Weiss in October 2010.", "Otto Falk married Clara Weiss on Wednesday", N),
        (
            "Otto Falk returned to Bremen on Wednesday, 21 years after he had left it.",
            "Otto Falk left Bremen on Wednesday",
            N,
        ),
    ],
)
def test_a_weekday_is_compared_by_its_name(text, claim, label):
    assert label == label_of(claim, text)


def test_the_country_of_somebody_else_is_not_shown_as_agreeing(verdict_of):
    (found,) = verdict_of("Clara Weiss was American", "Otto Falk was American.").evidence
    shown = {row.slot: row.relation for row in found.alignment}
    assert SlotRelation.UNKNOWN is shown[Slot.OBJECT]
