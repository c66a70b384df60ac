"""A statement of a claim beside one of a source: its rows, its predicate, its words."""

from __future__ import annotations

import pytest

from claimcheck import Document
from claimcheck.language import read_claim
from claimcheck.matching.align import align, align_all
from claimcheck.matching.relations import Bond, compare_relations
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.words import FOUND, alike, likeness
from claimcheck.model import SlotRelation


def aligned(claim, evidence):
    """The first statement of the claim beside the first of the evidence."""
    mine, theirs = read_claim(claim), read_claim(evidence)
    source = Source(document=Document(id="e", text=evidence), sentence=theirs.sentences[0], side=Side.of(theirs))
    parts = mine.sentences[0].statements
    return align(parts[0], Side.of(mine), source.statements[0], source, parts)


def test_every_filled_slot_gives_a_row_with_both_spans():
    claim, evidence = "Otto Falk met Clara Weiss in Oslo in 1998", "Otto Falk met Clara Weiss in Oslo in 1998."
    rows = [r for r in aligned(claim, evidence).rows if r.weight]
    assert ["relation", "subject", "object", "place", "time"] == [r.slot.value for r in rows]
    for row in rows:
        assert claim[row.claim.start : row.claim.end] == row.claim.text
        assert evidence[row.source.start : row.source.end] == row.source.text


def test_the_same_words_are_covered_whole():
    alignment = aligned("Otto Falk met Clara Weiss in 1998", "Otto Falk met Clara Weiss in 1998.")
    assert 1.0 == pytest.approx(alignment.coverage)
    assert () == alignment.differing


def test_the_differing_slot_is_named():
    (row,) = aligned("Otto Falk met Clara Weiss in 1998", "Otto Falk met Clara Weiss in 1990.").differing
    assert ("time", SlotRelation.DIFFERS) == (row.slot.value, row.relation)


@pytest.mark.parametrize(
    ("claim", "verbs"),
    [
        ("Otto Falk signed the treaty", ["sign"]),  # what Clara Weiss painted answers nothing
        ("Otto Falk burned the treaty", ["sign", "paint"]),
    ],
)
def test_what_shares_the_predicate_answers_alone(claim, verbs):
    evidence = "Otto Falk signed the treaty, and Clara Weiss painted the house."
    mine, theirs = read_claim(claim), read_claim(evidence)
    source = Source(document=Document(id="e", text=evidence), sentence=theirs.sentences[0], side=Side.of(theirs))
    parts = mine.sentences[0].statements
    assert verbs == [a.source.lemma for a in align_all(parts[0], Side.of(mine), source, parts)]


@pytest.mark.parametrize(
    ("claim", "evidence", "bond"),
    [
        ("Otto Falk signed the treaty", "Otto Falk signed the paper.", Bond.SAME),
        ("Otto Falk killed the king", "Otto Falk assassinated the king.", Bond.ENTAILS),
        ("Otto Falk accepted the offer", "Otto Falk rejected the offer.", Bond.OPPOSITE),
        ("Otto Falk painted the house", "Otto Falk slept.", Bond.NONE),
    ],
)
def test_relations_compared(claim, evidence, bond):
    first, second = (read_claim(t).sentences[0].statements[0] for t in (claim, evidence))
    assert bond is compare_relations(first, second).bond


@pytest.mark.parametrize(
    ("claim", "source", "found"),
    [
        ("historian", "historian", True),
        ("war", "wars", True),
        ("big", "large", True),
        ("buy", "purchase", True),
        ("assassinate", "assassination", True),
        ("france", "french", True),
        # narrower stands for broader, not the reverse
        ("scholar", "historian", True),
        ("historian", "scholar", False),
        ("painter", "dentist", False),
        ("buy", "sell", False),
        ("france", "german", False),
    ],
)
def test_likeness_of_words(claim, source, found):
    assert found == (likeness(claim, source) >= FOUND)


def test_no_like_word_of_a_sentence_is_missed():
    """The words that are set aside unread are those that are not alike at all, and no others."""
    told = (
        "historian scholar buy purchase sell assassinate assassination kill killer murder france french paris german"
        " war wars big large small city town village mayor painter win winner winning victory loss defeat leave depart"
        " resign resignation quit elect election vote ship vessel boat don't lead leader head found founder begin start"
        " end finish build builder construction bridge die death dead sea fall drop rise increase turn down"
    )
    words = tuple(told.split())
    for claim in words:
        expected = {source: value for source in words if (value := likeness(claim, source))}
        assert expected == alike(claim, words)


@pytest.mark.parametrize(
    ("claim", "evidence", "slot", "words"),
    [
        ("Clara Weiss opened the fair in 1998", "Ida Brandt opened the fair in 1998.", "subject", "Ida Brandt"),
        ("Otto Falk met Clara Weiss in 1998", "Otto Falk met Clara Weiss in 1990.", "time", "1990"),
        (
            "Otto Falk was foreign minister in 1999",
            "Otto Falk was finance minister in 1999.",
            "object",
            "finance minister",
        ),
    ],
)
def test_what_differs_shows_the_words_of_the_source(claim, evidence, slot, words):
    assert [(slot, words)] == [(row.slot.value, row.source.text) for row in aligned(claim, evidence).differing]
