"""Words of a claim that are in the sentence, but belong to something else there."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


def label_of(claim, text):
    corpus = Corpus.memory()
    corpus.add(Document(id="1.txt", text=text))
    return Checker(corpus, entailment=None).verify(claim).label


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # another fills the place
        (
            "The barn in Halden, whose door was torn off by a gale, is being mended by a firm from Bremen.",
            "A firm from Bremen tore off the barn's door",
            N,
        ),
        (
            "In May only members will be let into the hall, the trustees decided; the pupils had scratched the floor.",
            "The pupils will be let into the hall in May",
            N,
        ),
        (
            "In May only members will be let into the hall, the trustees decided; the pupils had scratched the floor.",
            "The pupils will be let into the hall in June",
            N,
        ),
        (
            "“I have never hit a waiter,” Otto Falk said in Bremen of the cook’s complaint.",
            "Otto Falk hit the cook",
            N,
        ),
        (
            "The choice of Clara Weiss as head of the museum surprised its staff, who had backed Otto Falk.",
            "Otto Falk was chosen head of the museum",
            N,
        ),
        # it is the same one, put otherwise, or one of two
        ("Otto Falk and Clara Weiss landed in Bremen on Sunday.", "Otto Falk and Clara Weiss landed in Bremen", S),
        ("The firm, Falk Brothers, bought the mill in 2009.", "Falk Brothers bought the mill in 2009", S),
        ("A guard called Pickles found the cup in March.", "The cup was found by a man called Pickles", S),
        ("The mill was bought by Otto Falk, a baker.", "A baker bought the mill", S),
        ("The barn door was torn off by a gale from the west.", "A gale tore off the barn door", S),
        # what is only the ground of something else
        ("The captain had heard an explosion before the Tern sank.", "The Tern sank because of an explosion", N),
        ("The Tern sank because of an explosion.", "The Tern sank because of an explosion", S),
        # a comparison is more than its first half
        ("Wages rose by 6 percent and prices by 10.", "Wages rose faster than prices", N),
        ("Wages rose by 6 percent and prices by 10.", "Wages rose", S),
    ],
)
def test_words_count_in_their_own_place_only(text, claim, label):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk beat Karl Brandt by a stride in Bremen.", "Karl Brandt lost to Otto Falk by a stride", S),
        ("Otto Falk beat Karl Brandt in Bremen.", "Otto Falk lost to Karl Brandt in Bremen", C),
        ("Karl Brandt lost to Otto Falk in Bremen.", "Otto Falk beat Karl Brandt in Bremen", S),
        ("Karl Brandt lost to Otto Falk in Bremen.", "Karl Brandt beat Otto Falk in Bremen", C),
        ("Otto Falk bought the mill from Karl Brandt.", "Karl Brandt sold the mill", S),
        ("The attack on Halden surprised Bremen.", "Halden attacked Bremen", N),
        ("The army's attack on Halden surprised Bremen.", "The army attacked Halden", S),
    ],
)
def test_roles_stay_with_those_who_have_them(text, claim, label):
    assert label == label_of(claim, text)
