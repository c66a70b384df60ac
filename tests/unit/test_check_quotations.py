"""Quotations of a draft beside the words of the sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Checker, Corpus, Document
from claimcheck.checker import quotations
from claimcheck.checker.drafts import draft_of_bytes

SOURCE = (
    "Mayor Otto Weiss opened the harbour bridge on Monday. "
    "“This bridge will stand for a hundred years, and our children will cross it,” Weiss said.\n\n"
    "The engineer Clara Falk was more careful. “We do not know the river yet. It took two bridges before "
    "this one,” she said.\n\n"
    "The council wrote that the old ferry would go on running until the end of the summer season.\n"
)


@pytest.fixture(scope="module")
def checker():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=SOURCE))
        yield Checker(corpus)


def check(checker, text):
    report = checker.check(draft_of_bytes(text.encode(), name="draft.md"))
    return report, [d for d in report.diagnostics if d.code in {"CC-C09", "CC-C07", "CC-I03"}]


@pytest.mark.parametrize(
    "text",
    [
        "“This bridge will stand for a hundred years, and our children will cross it,” Mayor Otto Weiss said.",
        '"This bridge will stand for a hundred years," Mayor Otto Weiss said.',
        "Mayor Otto Weiss said that “our children will cross it”.",
        "“This bridge will stand for a hundred years ... our children will cross it,” Mayor Otto Weiss said.",
        "“[It] will stand for a hundred years, and our children will cross it,” Mayor Otto Weiss said.",
        "“We do not know the river yet. It took two bridges before this one,” Clara Falk said.",
        "‘We do not know the river yet,’ the engineer Clara Falk said.",
        "The “iron lady” of the harbour was late.",
    ],
)
def test_words_that_a_source_has_are_no_finding(checker, text):
    assert [] == check(checker, text)[1]


SPOKEN = (
    "“We do not know the river yet,” said Clara Falk, “and the ice of the winter has not helped us.”\n\n"
    "“The workers’ families have waited for years,” said Otto Weiss. “They were told, ‘You will all have a house by "
    "the spring,’ and nobody built them one.\n\n"
    "“I told the council so on the day that I was chosen,” he said.\n\n"
    "'It wasn't the weather that sank the ferry,' said Ida Brandt.\n\n"
    "“The café by the harbour has been closed for good,” said Paul Ude.\n\n"
    "The speech began without a greeting. Every child of the island shall learn to swim.\n\n"
    "No child shall be sent away from the school.\n"
)


@pytest.fixture(scope="module")
def spoken():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="spoken.txt", text=SPOKEN))
        yield Checker(corpus)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "“We do not know the river yet and the ice of the winter has not helped us,” Clara Falk said.",
            id="the source puts the speaker between",
        ),
        pytest.param(
            "“They were told, ‘You will all have a house by the spring,’ and nobody built them one. I told the council "
            "so on the day that I was chosen,” Otto Weiss said.",
            id="the source goes on in another paragraph",
        ),
        pytest.param(
            "“They were told, ‘You will all have a house by the spring,’ and nobody built them one.\n\n"
            "“I told the council so on the day that I was chosen,” Otto Weiss said.",
            id="both go on in another paragraph",
        ),
        pytest.param("“[E]very child of the island shall learn to swim.”", id="another capital"),
        pytest.param("“[W]e do not know the river yet,” Clara Falk said.", id="another capital in quotes"),
        pytest.param("“The workers’ famil[y] ha[s] waited for years,” Otto Weiss said.", id="another ending"),
        pytest.param(
            "“They were told, “You will all have a house by the spring,” and nobody built them one.”",
            id="the same marks inside",
        ),
        pytest.param(
            "\"They were told, 'You will all have a house by the spring,' and nobody built them one.\"", id="straight"
        ),
        pytest.param("“You will all have a house by the spring,” they were told.", id="a quotation in a quotation"),
        pytest.param("‘It wasn’t the weather that sank the ferry,’ Ida Brandt said.", id="single marks"),
        pytest.param(
            "‘The workers’ families have waited for years,’ Otto Weiss said.", id="an apostrophe before a space"
        ),
        pytest.param("'The workers' families have waited for years,' Otto Weiss said.", id="the same, straight"),
        pytest.param(
            '“We do not know the river yet," Clara Falk said. The ferry is old and was never mended.', id="mixed"
        ),
        pytest.param('"We do not know the river yet,” Clara Falk said. He called "nobody".', id="mixed the other way"),
        pytest.param("“The cafe\u0301 by the harbour has been closed for good,” Paul Ude said.", id="accents apart"),
        pytest.param("“The café by the har\u00adbour has been closed for good,” Paul Ude said.", id="a soft hyphen"),
        pytest.param(
            "“Every child of the island shall learn to swim. No child shall be sent away from the school.”",
            id="two paragraphs of a speech",
        ),
        pytest.param('The 27" screens were sold for less than the 32" ones.', id="inches"),
        pytest.param("In the ‘90s it was a good time for the workers’ unions.", id="years cut short"),
        pytest.param("„We do not know the river yet“, Clara Falk said, and went on to the harbour.", id="low marks"),
    ],
)
def test_the_same_words_written_in_another_way_are_no_finding(spoken, text):
    assert [] == check(spoken, text)[1]


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("“We do not know the wide river yet and the ice of the winter has not helped us.”", "wide"),
        ("“We do not know the river yet and the ice of the summer has not helped us.”", "summer"),
        ("“They were told, “You will all have a horse by the spring,” and nobody built them one.”", "horse"),
        ("'It wasn't the weather that sank the bridge,' Ida Brandt said.", "bridge"),
    ],
)
def test_other_words_are_a_misquotation_however_they_are_written(spoken, text, focus):
    report, (found,) = check(spoken, text)
    assert ("CC-C09", focus) == (found.code, found.focus and report.text[found.focus.start : found.focus.end])


@pytest.mark.parametrize(
    ("text", "focus", "there"),
    [
        ("“This bridge will stand for a thousand years,” Mayor Otto Weiss said.", "thousand", "“hundred”"),
        ("“This bridge will surely stand for a hundred years,” Otto Weiss said.", "surely", "does not have “surely”"),
        ("“We know the river. It took two bridges before this one,” Clara Falk said.", None, "leaves out “do not”"),
        ("“We do not know the river yet. It took *three* bridges before this one.”", "three", "“two”"),
    ],
)
def test_other_words_are_a_misquotation(checker, text, focus, there):
    report, (found,) = check(checker, text)
    assert "CC-C09" == found.code
    assert there in found.message
    assert focus == (found.focus and report.text[found.focus.start : found.focus.end])
    assert found.text == report.text[found.place.start : found.place.end]
    evidence = found.evidence[0]
    assert evidence.span.text == SOURCE[evidence.span.start : evidence.span.end]


def test_who_said_it_is_named(checker):
    _, (found,) = check(checker, "“This bridge will stand for a thousand years,” Mayor Otto Weiss said.")
    assert found.message.endswith("said by Otto Weiss")


def test_words_of_somebody_else_are_a_wrong_speaker(checker):
    report, _ = check(checker, "“This bridge will stand for a hundred years,” Clara Falk said.")
    assert ["CC-C07"] == [d.code for d in report.diagnostics]


def test_words_that_no_source_has_are_a_note_and_the_sentence_has_no_other(checker):
    report, _ = check(checker, "“Nobody has asked the fishermen of the village,” the engineer said.")
    assert ["CC-I03"] == [d.code for d in report.diagnostics]


def test_a_paraphrase_of_plain_text_is_not_called_a_misquotation(checker):
    _, found = check(checker, "“The old ferry will go on running until the end of the season,” the council said.")
    assert ["CC-I03"] == [d.code for d in found]


def test_a_sentence_inside_a_quotation_is_compared_not_verified(checker):
    report, _ = check(checker, "“We do not know the river yet. It took two bridges before this one,” Clara Falk said.")
    assert ["quotation"] == [a.kind for a in report.aside]


WORD = st.sampled_from(["stand", "bridge", "river", "years", "the", "of", "a"])


@given(st.lists(WORD, min_size=4, max_size=9), st.lists(WORD, max_size=14))
def test_no_passage_that_is_like_enough_is_left_out_before_it_is_aligned(mine, theirs):
    words = quotations._words(" ".join(mine))  # noqa: SLF001
    pairs = quotations._aligned(tuple(mine), tuple(theirs))  # noqa: SLF001
    passage = quotations._Passage(source=None, words=(), pairs=pairs, quoted=())  # noqa: SLF001
    if quotations._alike(passage, words):  # noqa: SLF001
        assert quotations._may_be_alike(mine, theirs)  # noqa: SLF001
