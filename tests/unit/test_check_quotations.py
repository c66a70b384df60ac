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
    passage = quotations._Passage(source=None, words=(), pairs=pairs, quoted=True)  # noqa: SLF001
    if quotations._alike(passage, words):  # noqa: SLF001
        assert quotations._may_be_alike(mine, theirs)  # noqa: SLF001
