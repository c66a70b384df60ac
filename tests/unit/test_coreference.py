"""Who is meant: pronouns, surnames, kinship, titles and descriptions, and what the text leaves open."""

from __future__ import annotations

import pytest

from claimcheck import Document
from claimcheck.language import read

OPEN = None


def meant(text, words, *, last=True):
    """Whom the last (or first) mention *words* in *text* stands for, and how it was told."""
    reading = read(Document(id="d", text=text))
    found = [m for s in reading.sentences for m in s.mentions if m.span.text == words]
    mention = found[-1 if last else 0]
    entity = reading.entity(mention.entity)
    return (entity.name if entity else OPEN, mention.how)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # pronouns go by gender, and to the subject where the gender does not tell
        ("Clara Weiss met Otto Falk. She signed the treaty.", "She", "Clara Weiss"),
        ("Clara Weiss met Otto Falk. He signed the treaty.", "He", "Otto Falk"),
        ("Clara Weiss met Ida Falk. She signed the treaty.", "She", "Clara Weiss"),
        ("Otto Falk met Clara Weiss in Vienna. She said that he was late.", "he", "Otto Falk"),
        ("Otto Falk told Clara Weiss that he had signed the treaty.", "he", "Otto Falk"),
        # a given name that tells goes before a subject whose name does not
        ("Paavo Lind met Clara Weiss. She signed the treaty.", "She", "Clara Weiss"),
        ("Paavo Lind met Clara Weiss. He signed the treaty.", "He", "Paavo Lind"),
        ("Paavo Lind lost to Ida Falk. Nadia Coman won the cup. She was glad.", "She", "Nadia Coman"),
        ("Paavo Lind met Otto Falk. Nadia Coman won the cup. He was glad.", "He", "Otto Falk"),
        ("Otto Falk lost his hat.", "his", "Otto Falk"),
        ("Clara Weiss admired herself.", "herself", "Clara Weiss"),
        ("“I signed the treaty,” Clara Weiss said.", "I", "Clara Weiss"),
        ("France protested. Paris recalled its ambassador.", "its", "Paris"),
        # nobody of that gender, several people: open
        ("Clara Weiss left. He stayed.", "He", OPEN),
        ("Clara Weiss met her husband. They left.", "They", OPEN),
    ],
)
def test_pronouns(text, words, expected):
    assert (expected, "pronoun") == meant(text, words)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Clara Weiss met Otto Falk. Weiss smiled.", "Weiss", "Clara Weiss"),
        ("Clara Weiss met Otto Falk. Falk smiled.", "Falk", "Otto Falk"),
        ("Anna Berg met Lars Berg. Lars smiled.", "Lars", "Lars Berg"),
        ("Anna Berg met Lars Berg. Mr. Berg smiled.", "Berg", "Lars Berg"),
        ("Anna Berg met Lars Berg. Ms. Berg smiled.", "Berg", "Anna Berg"),
        # nobody is a relative of his own, however often he was spoken of
        ("Anna Berg met Ivo Berg. Ivo Berg sang. Berg’s father, Ivo Berg, wept.", "Berg", "Anna Berg"),
        ("Anna Berg met Ivo Berg. Anna Berg sang. Anna Berg, Berg’s daughter, wept.", "Berg", "Ivo Berg"),
    ],
)
def test_surnames(text, words, expected):
    assert (expected, "surname") == meant(text, words)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # somebody's kin are no others of that first name
        ("Otto Falk married Ida Brandt. His wife, Ida Brandt, died. His daughters, Ida and Anna, left.", "Ida", "Ida"),
        ("Otto Falk met Ida Brandt. Falk and his two girls, Anna and Ida, left.", "Ida", "Ida"),
        ("Otto Falk met Ida Brandt. His sister Ida left. Ida sang.", "Ida", "Ida"),
        # unless they bear the family's name, or are of it by marriage
        ("Otto Falk met Ida Falk. His two daughters, Anna and Ida, left.", "Ida", "Ida Falk"),
        ("Otto Falk met Ida Brandt. His wife, Ida, left.", "Ida", "Ida Brandt"),
        ("Ida Brandt is the sister of Otto Falk. His sister Ida left.", "Ida", "Ida Brandt"),
        ("Otto Falk met Ida Brandt. Ida left.", "Ida", "Ida Brandt"),
    ],
)
def test_a_first_name_among_kin(text, words, expected):
    assert expected == meant(text, words)[0]


def test_somebody_named_by_title_only_is_one_person():
    reading = read(Document(id="d", text="Anna Berg left. Mr. Berg stayed. Mr. Berg smiled."))
    assert ["Anna Berg", "Mr. Berg"] == sorted(e.name for e in reading.entities)


def test_a_name_that_stays_open_is_warned_of_once():
    text = "A fire broke out. Berg smiled. Berg left. Anna Berg met Lars Berg."
    reading = read(Document(id="d", text=text))
    assert ["CC-W03"] == [w.code for w in reading.warnings]


def test_a_surname_of_two_people_keeps_both_as_candidates():
    reading = read(Document(id="d", text="Anna Berg met Lars Berg. Berg smiled."))
    mention = reading.sentences[1].mentions[0]
    names = [reading.entity(c).name for c in mention.candidates]
    assert ["Anna Berg", "Lars Berg"] == sorted(names)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Clara Weiss was elected. Her father, Otto Falk, smiled. Her father then left.", "father", "Otto Falk"),
        ("Otto Falk's wife, Clara Weiss, smiled. His wife left.", "wife", "Clara Weiss"),
        ("Otto Falk is the father of Clara Weiss. She smiled. Her father left.", "father", "Otto Falk"),
        ("Otto Falk's wife, Clara Weiss, smiled. Falk died in 1931. His widow left.", "widow", "Clara Weiss"),
        ("Clara Weiss came with her husband, Otto Falk. Falk died. His widow left.", "widow", "Clara Weiss"),
        ("Clara Weiss met her husband.", "husband", OPEN),
        ("Clara Weiss came with her father, Otto Falk. Falk died. His widow left.", "widow", OPEN),
        ("Otto Falk's wife, Clara Weiss, smiled. Ivo Brandt died. His widow left.", "widow", OPEN),
    ],
)
def test_kinship(text, words, expected):
    assert (expected, "kinship") == meant(text, words)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("President Clara Weiss met Otto Falk. The president left.", "The president", "Clara Weiss"),
        ("Otto Falk, a Russian historian, met Clara Weiss. The historian left.", "The historian", "Otto Falk"),
        ("The European Space Agency grew. The agency was proud.", "The agency", "European Space Agency"),
    ],
)
def test_descriptions(text, words, expected):
    assert (expected, "description") == meant(text, words)


def test_an_acronym_in_brackets_stands_for_the_name():
    text = "The European Space Agency (ESA) launched the probe. ESA built it in 2001."
    assert "European Space Agency" == meant(text, "ESA")[0]


def test_a_description_of_nobody_in_the_text_stays_out():
    reading = read(Document(id="d", text="Otto Falk met Clara Weiss. The historian left."))
    assert [] == [m.entity for m in reading.sentences[1].mentions if m.entity]


def test_the_same_surname_means_other_people_in_other_documents():
    assert "Clara Weiss" == meant("Clara Weiss left. Weiss smiled.", "Weiss")[0]
    assert "Otto Weiss" == meant("Otto Weiss left. Weiss smiled.", "Weiss")[0]
