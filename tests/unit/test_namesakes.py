"""One surname, several people: which of them the claim's bare name was taken for."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label

MILL = "Otto Falk opened the mill in Oslo in 2009. Falk said it would employ 300 people."
MUSEUM = "Clara Falk opened the museum in Bremen in 2011. Falk thanked the donors."


def verdict_on(claim, *texts):
    corpus = Corpus.memory()
    corpus.add(*(Document(id=f"{n}.txt", text=text) for n, text in enumerate(texts, 1)))
    return Checker(corpus, entailment=None).verify(claim)


def notes(verdict):
    return [w.message for w in verdict.warnings if w.code == "CC-W03"]


@pytest.mark.parametrize(
    ("claim", "taken"),
    [
        (
            "Falk opened the mill in Oslo in 2009",
            "“Falk” was taken for Otto Falk, whom 1.txt names; 2.txt names Clara Falk",
        ),
        ("Falk opened the mill in 2010", "“Falk” was taken for Otto Falk, whom 1.txt names; 2.txt names Clara Falk"),
        ("Falk opened the museum in 2011", "“Falk” was taken for Clara Falk, whom 2.txt names; 1.txt names Otto Falk"),
    ],
)
def test_a_bare_surname_of_two_people_is_said_to_be_one_of_them(claim, taken):
    assert notes(verdict_on(claim, MILL, MUSEUM)) == [taken]


@pytest.mark.parametrize(
    ("claim", "texts"),
    [
        pytest.param("Otto Falk opened the mill in Oslo in 2009", (MILL, MUSEUM), id="a full name"),
        pytest.param("Falk opened the mill in Oslo in 2009", (MILL,), id="one bearer only"),
        pytest.param("Falk opened the mill in Oslo in 2009", (MILL, MILL.replace("300", "320")), id="the same bearer"),
        pytest.param("Falk closed the harbour", (MILL, MUSEUM), id="nothing decided"),
    ],
)
def test_what_is_plain_is_not_remarked_upon(claim, texts):
    assert notes(verdict_on(claim, *texts)) == []


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Mr. Falk opened the mill in Oslo in 2009", Label.SUPPORTED),
        ("Ms. Falk opened the mill in Oslo in 2009", Label.NOT_ENOUGH_EVIDENCE),
        ("Mrs. Falk thanked the donors", Label.SUPPORTED),
        ("Mr. Falk thanked the donors", Label.NOT_ENOUGH_EVIDENCE),
        ("Dr. Falk thanked the donors", Label.SUPPORTED),
    ],
)
def test_a_title_chooses_between_two_of_one_surname(claim, label):
    assert verdict_on(claim, MILL, MUSEUM).label is label
