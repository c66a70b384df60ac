"""Reading never fails, and what it finds stands where it says."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Document
from claimcheck.language import read, read_claim
from claimcheck.language.names import NameRelation, compare_names, name_words

SENTENCES = [
    "Clara Weiss met Otto Falk in Vienna on 4 May 1998.",
    "She said that he had not signed the treaty.",
    "“It’s over,” Mr. Falk’s brother, Ivo, told reporters — twice.",
    "About 90 percent of the voters approved the plan.",
    "OSLO, June 3 (Reuters) — It rained.",
    "More News",
    "Neither the U.S. nor Russia paid $4.5bn.",
    "The visit was called off.",
    "# A headline\n\n- a point",
    "[Photo: the bridge, 1933]",
    "If so, why?",
    "None of it.",
]
WORDS = (
    "Clara Weiss Falk Mr. the a of to in by who whose that not never no 1998 May 40 percent met signed was said "
    "according father brother he she it , . ; : ? ! “ ” \" ' ’ — ( ) -- \n \n\n - * # U.S. Oct. first only if"
)
NAME_WORDS = (
    "Clara Otto Weiss Falk Kim Il Jong Un J. K. de van Mr. President the Bank of France French U.S. ESA Jr. Müller's"
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join),
    st.lists(st.sampled_from(SENTENCES), max_size=5).map(" ".join),
    st.lists(st.sampled_from(SENTENCES), max_size=5).map("\n\n".join),
)
NAMES = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from(NAME_WORDS.split(" ")), max_size=4).map(" ".join),
)


def assert_exact(text, reading):
    spans = []
    for sentence in reading.sentences:
        spans.append(sentence.span)
        inner = [m.span for m in (*sentence.mentions, *sentence.times, *sentence.quantities)]
        for statement in sentence.statements:
            inner += [statement.span, statement.relation]
            inner += [part.span for part in (*statement.arguments, *statement.times, *statement.quantities)]
            inner += [statement.cue] if statement.cue else []
            assert sentence.span.contains(statement.relation)
            if statement.attribution is not None:
                spans += [statement.attribution.speaker, statement.attribution.cue]
        assert all(sentence.span.contains(span) for span in inner)
        spans += inner
    for span in spans:
        assert text[span.start : span.end] == span.text


def assert_whole(reading):
    """Sentences are numbered, in order and apart; every name that is mentioned is known."""
    assert list(range(len(reading.sentences))) == [s.index for s in reading.sentences]
    for before, after in zip(reading.sentences, reading.sentences[1:], strict=False):
        assert before.span.end <= after.span.start
    known = {e.id for e in reading.entities} | {""}
    for sentence in reading.sentences:
        assert all({m.entity, *m.candidates} <= known for m in sentence.mentions)
        assert all(set(a.entities) <= known for s in sentence.statements for a in s.arguments)
        assert sentence.copy_of is None or sentence.copy_of < sentence.index


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text_is_read_and_every_span_is_exact(text):
    reading = read(Document(id="d", text=text))
    assert_exact(text, reading)
    assert_whole(reading)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_any_claim_is_read_and_every_span_is_exact(text):
    assert_exact(text, read_claim(text))


@pytest.mark.parametrize("seed", range(8))
def test_sentences_in_any_order(seed):
    shuffled = random.Random(seed).sample(SENTENCES, len(SENTENCES))
    for joint in (" ", "\n", "\n\n"):
        text = joint.join(shuffled)
        reading = read(Document(id="d", text=text))
        assert_exact(text, reading)
        assert_whole(reading)


@settings(deadline=None, max_examples=25)
@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    document = Document(id="d", text=text)
    assert read(document) == read(document)


@given(NAMES)
def test_a_name_is_the_same_as_itself(name):
    if name_words(name):
        assert compare_names(name, name) is NameRelation.SAME


@given(NAMES, NAMES)
def test_names_compare_alike_both_ways(first, second):
    assert compare_names(first, second) is compare_names(second, first)


@given(NAMES)
def test_words_of_a_name_are_their_own_words(name):
    words = name_words(name)
    assert all(word and word == word.casefold() for word in words)
