"""Whom a pronoun may mean, which words are a title, and which Wednesday is expected: what must not contradict."""

import datetime as dt

import pytest

from claimcheck import Label

SAID = 'Luis Brandt came first. Mario Falk, who followed, brought stones. "I met a king, a queen and a fool," he said.'


def test_he_may_be_anybody_whom_the_sentences_before_name(label_of):
    assert Label.CONTRADICTED != label_of('Luis Brandt said, "I met a king, a queen and a fool"', SAID)
    assert Label.CONTRADICTED != label_of('Mario Falk said, "I met a king, a queen and a fool"', SAID)


def test_a_speaker_who_is_named_is_meant(label_of):
    text = 'Luis Brandt came first. "I met a king, a queen and a fool," Mario Falk said.'
    assert Label.CONTRADICTED == label_of('Luis Brandt said, "I met a king, a queen and a fool"', text)


def test_a_title_is_not_what_somebody_says(label_of):
    text = "Hector Brandt, an American journalist, wrote “Deep Down Dark,” which appeared in 2014."
    assert Label.NOT_ENOUGH_EVIDENCE == label_of("Hector Brandt won a prize for “Deep Down Dark”", text)
    assert Label.SUPPORTED == label_of("Hector Brandt wrote “Deep Down Dark”", text)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Falk expected the rescue to begin on October 13, 2010", Label.SUPPORTED),
        ("Falk expected the rescue to begin on October 6, 2010", Label.CONTRADICTED),
    ],
)
def test_what_is_expected_is_to_come(label_of, claim, expected):
    assert expected == label_of(claim, "Otto Falk expects the rescue to begin on Wednesday.", dt.date(2010, 10, 10))
