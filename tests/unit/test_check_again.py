"""Checking a draft again: what is kept at hand, what the draft was before, and how a check is stopped."""

import pytest

from claimcheck import Checker, Corpus, Document

SOURCE = "The Sill bridge was opened on 24 March 1932 by Mayor Otto Weiss. Weiss died in 1950."
DRAFT = "Otto Weiss opened the Sill bridge in 1932. He died in 1951."


@pytest.fixture(scope="module")
def corpus():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=SOURCE))
        yield corpus


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        pytest.param(DRAFT, 0, id="nothing"),
        pytest.param(DRAFT.replace("1951", "1950"), 1, id="one sentence"),
        pytest.param(f"Anna Lind met Paul Ude in Rome. {DRAFT}", 1, id="a sentence with new names before the others"),
        pytest.param(DRAFT.replace("Otto Weiss", "Karl Lind"), 2, id="whom the next sentence means"),
    ],
)
def test_only_what_has_changed_is_verified_again(corpus, changed, anew):
    checker = Checker(corpus)
    checker.check(DRAFT)
    assert 2 == checker.verified
    checker.check(changed)
    assert 2 + anew == checker.verified


def test_a_remembered_verdict_is_the_same_as_a_new_one(corpus):
    changed = f"Anna Lind met Paul Ude in Rome. {DRAFT}"
    checker = Checker(corpus)
    checker.check(DRAFT)
    assert Checker(corpus).check(changed) == checker.check(changed)


def test_an_older_state_of_the_draft_is_no_source():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="draft.txt", text="Otto Weiss died in 1950."))
        checker = Checker(corpus)
        assert ["CC-C01"] == [d.code for d in checker.check("Otto Weiss died in 1951.").diagnostics]
        assert ["CC-I01"] == [d.code for d in checker.check("Otto Weiss died in 1951.", own="draft.txt").diagnostics]


def test_a_check_can_be_stopped_between_two_sentences(corpus):
    seen = []

    def stop(sentence):
        seen.append(sentence)
        if len(seen) > 1:
            raise KeyboardInterrupt

    checker = Checker(corpus)
    with pytest.raises(KeyboardInterrupt):
        checker.check(DRAFT, before_each=stop)
    assert ["Otto Weiss opened the Sill bridge in 1932.", "He died in 1951."] == seen
    assert 1 == checker.verified
