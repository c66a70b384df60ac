"""Whom a pronoun may mean, which words are a title, and which Wednesday is expected: what must not contradict."""

import datetime as dt

import pytest

from claimcheck import Checker, Corpus, Document


def verdict(claim, text, published=None):
    corpus = Corpus.memory()
    corpus.add(Document(id="a.txt", title="A report", text=text, published=published))
    return Checker(corpus, entailment=None, method="slots").verify(claim).label.value


SAID = 'Luis Brandt came first. Mario Falk, who followed, brought stones. "I met a king, a queen and a fool," he said.'


def test_he_may_be_anybody_whom_the_sentences_before_name():
    assert "contradicted" != verdict('Luis Brandt said, "I met a king, a queen and a fool"', SAID)
    assert "contradicted" != verdict('Mario Falk said, "I met a king, a queen and a fool"', SAID)


def test_a_speaker_who_is_named_is_meant():
    text = 'Luis Brandt came first. "I met a king, a queen and a fool," Mario Falk said.'
    assert "contradicted" == verdict('Luis Brandt said, "I met a king, a queen and a fool"', text)


def test_a_title_is_not_what_somebody_says():
    text = "Hector Brandt, an American journalist, wrote “Deep Down Dark,” which appeared in 2014."
    assert "not_enough_evidence" == verdict("Hector Brandt won a prize for “Deep Down Dark”", text)
    assert "supported" == verdict("Hector Brandt wrote “Deep Down Dark”", text)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Falk expected the rescue to begin on October 13, 2010", "supported"),
        ("Falk expected the rescue to begin on October 6, 2010", "contradicted"),
    ],
)
def test_what_is_expected_is_to_come(claim, expected):
    assert expected == verdict(claim, "Otto Falk expects the rescue to begin on Wednesday.", dt.date(2010, 10, 10))
