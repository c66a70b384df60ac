"""How many died: one figure in many wordings, and several figures that do not refute each other."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label, Stance

S, C, N, X = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE, Label.CONFLICTING

FALK = "Otto Falk believed that the Arvan earthquake had killed about 7,000 people."
WEISS = "Clara Weiss thought that about 12,000 people had died in the Arvan earthquake."


def verdict_on(claim, *texts):
    corpus = Corpus.memory()
    for number, text in enumerate(texts):
        corpus.add(Document(id=f"{number}.txt", text=text))
    return Checker(corpus, entailment=None).verify(claim)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # one figure, however it is put
        ("The Halden fire claimed 40 lives.", "The Halden fire killed 40 people", S),
        ("The Halden fire cost 40 lives.", "40 people died in the Halden fire", S),
        ("Forty people lost their lives in the Halden fire.", "The Halden fire killed 40 people", S),
        ("Forty people were killed in the Halden fire.", "The Halden fire claimed 40 lives", S),
        ("The Halden fire caused 40 deaths.", "The Halden fire killed 40 people", S),
        ("The police put the death toll of the Halden fire at 40.", "The Halden fire killed 40 people", S),
        ("The death toll of the Halden fire stands at 40.", "Forty people died in the Halden fire", S),
        ("Forty people died in the Halden fire.", "The Halden fire killed 55 people", C),
        ("The Halden fire claimed 40 lives.", "55 people died in the Halden fire", C),
        ("The death toll of the Halden fire stands at 40.", "The Halden fire killed 55 people", C),
        ("About 40 people died in the Halden fire.", "The Halden fire claimed 42 lives", S),
        # who is named as its holder is asked for it
        (
            "The police put the death toll of the Halden fire at 40.",
            "The police put the toll of the Halden fire at 40",
            S,
        ),
        (
            "The eruption of Mount Arvan killed 7,000 people, Otto Falk concludes.",
            "Otto Falk puts the toll of Mount Arvan at 7,000",
            S,
        ),
        (
            "Otto Falk puts the death toll of the Arvan earthquake at 7,000.",
            "Otto Falk puts the death toll of the Arvan earthquake at 12,000",
            C,
        ),
        ("About 40 Ghanaians died in the Halden fire.", "About 40 people from Ghana died in the Halden fire", S),
        ("For Ghana he puts the toll of the great drought at 40.", "The great drought killed 40 Ghanaians", S),
        ("For Ghana he puts the toll of the great drought at 40.", "The great drought killed 55 Ghanaians", C),
        ("The great drought killed 40 people in Kenya.", "The great drought killed 55 Ghanaians", N),
        ("In Ghana, he believes, 40 people died in the great drought.", "The great drought killed 40 people", N),
        ("In the end 40 people died. The fire was in Halden.", "In the end 55 people died in the Arvan flood", N),
        ("The Halden fire killed 40 people.", "The toll of the Halden fire could be as high as 55", N),
        # the place of who gives it is not that of the dead
        ("The government of Ghana puts the toll of the great drought at 40.", "The great drought killed 55 people", C),
        # some of them only, or others
        ("Another 40 people died in the Halden fire.", "The Halden fire killed 55 people", N),
        ("Forty passengers died in the Halden fire.", "The Halden fire killed 55 people", N),
        ("At least 40 people died in the Halden fire.", "The Halden fire killed 55 people", N),
        ("In Bremen alone 40 people died in the great storm.", "The great storm killed 55 people", N),
        ("In Bremen alone 40 people died in the great storm.", "The great storm killed 40 people", N),
        ("The great drought hit Ghana; 40 people died there.", "The great drought killed 40 people in Ghana", S),
        ("The great drought hit Ghana; 40 people died there.", "The great drought killed 55 people in Ghana", C),
        ("The great drought hit Ghana; 40 people died there.", "The great drought killed 55 people", N),
        ("The great drought hit Ghana; 40 people died there.", "The great drought killed 55 people in Kenya", N),
        ("Forty people died in the Halden flood.", "The Halden fire killed 55 people", N),
        ("Forty people were injured in the Halden fire.", "The Halden fire killed 55 people", N),
        ("The Halden fire broke out at noon. The flood killed 40 people.", "The Halden fire killed 55 people", N),
        ("The new alarm prevented 40 deaths in the Halden fire.", "The Halden fire killed 40 people", N),
        ("The Halden fire spared 40 lives.", "The Halden fire killed 40 people", N),
        ("The Arvan earthquake killed 40 people.", "The Halden fire killed 55 people", N),
    ],
)
def test_a_toll_is_one_figure_in_many_wordings(text, claim, label):
    assert label is verdict_on(claim, text).label


@pytest.mark.parametrize(
    ("texts", "claim", "label"),
    [
        ((FALK, WEISS), "The Arvan earthquake killed about 7,000 people", X),
        ((FALK, WEISS), "About 12,000 people died in the Arvan earthquake", X),
        ((f"{FALK} {WEISS}",), "The Arvan earthquake killed about 7,000 people", X),
        ((FALK, "The Arvan earthquake killed 12,000 people."), "The Arvan earthquake killed about 7,000 people", X),
        (
            ("Otto Falk puts the toll of the Arvan earthquake at 7,000.", WEISS),
            "The Arvan earthquake killed 7,000 people",
            X,
        ),
        (
            (
                "Otto Falk believed that 40 people had died in Ghana in the great drought.",
                "The great drought killed 70 Ghanaians.",
            ),
            "The great drought killed 40 people in Ghana",
            X,
        ),
        (
            (
                "Otto Falk believed that 40 people had died in Ghana in the great drought.",
                "The great drought killed 70 people.",
            ),
            "The great drought killed 40 people in Ghana",
            N,
        ),
        (
            (
                "The great drought hit Ghana; Otto Falk thought that 40 people had died there.",
                "Clara Weiss thinks that the great drought killed 70 people in Ghana.",
            ),
            "The great drought killed 70 people in Ghana",
            X,
        ),
        # one estimate stays one
        ((FALK,), "The Arvan earthquake killed about 7,000 people", N),
        ((WEISS,), "The Arvan earthquake killed about 7,000 people", N),
        # neither holder has that figure
        ((FALK, WEISS), "The Arvan earthquake killed about 30,000 people", N),
        # the two do not differ, or one is of another thing
        (
            (FALK, "Clara Weiss thought that at least 5,000 people had died in the Arvan earthquake."),
            "The Arvan earthquake killed about 7,000 people",
            N,
        ),
        (
            (FALK, "Clara Weiss thought that about 12,000 people had died in the Sorn earthquake."),
            "The Arvan earthquake killed about 7,000 people",
            N,
        ),
        # fears and wishes are no figures
        (
            (FALK, "Clara Weiss feared that about 12,000 people had died in the Arvan earthquake."),
            "The Arvan earthquake killed about 7,000 people",
            N,
        ),
        # one holder changes his mind
        (
            (FALK, "Otto Falk believed that the Arvan earthquake had killed about 12,000 people."),
            "The Arvan earthquake killed about 7,000 people",
            N,
        ),
        # the claim says whose figure it is
        ((FALK, WEISS), "Otto Falk believed that the Arvan earthquake had killed about 7,000 people", S),
        ((FALK, WEISS), "Otto Falk believed that the Arvan earthquake had killed about 12,000 people", C),
    ],
)
def test_figures_of_several_holders_disagree(texts, claim, label):
    assert label is verdict_on(claim, *texts).label


def test_both_figures_are_shown():
    shown = verdict_on("The Arvan earthquake killed about 7,000 people", FALK, WEISS).evidence
    assert {(e.stance, e.attribution) for e in shown} == {
        (Stance.SUPPORTS, "Otto Falk"),
        (Stance.CONTRADICTS, "Clara Weiss"),
    }
