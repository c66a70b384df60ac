"""What several sentences come to together."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label
from claimcheck.model import Slot


def verdict_on(claim, *texts):
    corpus = Corpus.memory()
    for number, text in enumerate(texts):
        corpus.add(Document(id=f"{number}.txt", text=text))
    return Checker(corpus, entailment=None).verify(claim)


@pytest.mark.parametrize(
    ("texts", "claim", "label"),
    [
        (("Marta Lind died in 1931.", "Marta Lind died in 1934."), "Marta Lind died in 1931", Label.CONFLICTING),
        (
            ("Otto Falk signed the treaty.", "Otto Falk did not sign the treaty."),
            "Otto Falk signed the treaty",
            Label.CONFLICTING,
        ),
        (
            ("The flood killed 53 people in Bremen.", "The flood killed 12 people in Bremen."),
            "The flood killed 53 people in Bremen",
            Label.CONFLICTING,
        ),
        # a visit in another year does not speak against this one
        (
            ("Otto Falk visited Ghana in 2004.", "Otto Falk visited Ghana in 2006."),
            "Otto Falk visited Ghana in 2004",
            Label.SUPPORTED,
        ),
        # nor does another age speak against this one, unless at the same date
        (("Otto Falk was 27 years old.", "Otto Falk was 34 years old."), "Otto Falk was 27 years old", Label.SUPPORTED),
        (("Otto Falk was 34 years old.",), "Otto Falk was 27 years old", Label.CONTRADICTED),
        (
            ("In March 1961 Otto Falk was 27 years old.", "In March 1961 Otto Falk was 34 years old."),
            "In March 1961 Otto Falk was 27 years old",
            Label.CONFLICTING,
        ),
        # all parts must hold, one wrong part is enough
        (
            ("Otto Falk bought a house.", "Otto Falk sold a boat."),
            "Otto Falk bought a house and sold a boat",
            Label.SUPPORTED,
        ),
        (
            ("Otto Falk bought a house.", "Otto Falk did not sell a boat."),
            "Otto Falk bought a house and sold a boat",
            Label.CONTRADICTED,
        ),
        (("Otto Falk bought a house.",), "Otto Falk bought a house and painted a boat", Label.NOT_ENOUGH_EVIDENCE),
        # a description in passing can be wrong
        (
            ("Otto Falk, a Russian historian, wrote the book.",),
            "The Chinese historian Otto Falk wrote the book",
            Label.CONTRADICTED,
        ),
        (
            ("Marta Lind was born in 1931.", "Marta Lind was born in 1934."),
            "Marta Lind was born in 1931",
            Label.CONFLICTING,
        ),
        (
            ("Clara Weiss won the 1988 election in Norway.", "Otto Falk won the 1988 election in Norway."),
            "Clara Weiss won the 1988 election in Norway",
            Label.CONFLICTING,
        ),
    ],
)
def test_verdicts_over_several_sources(texts, claim, label):
    assert label is verdict_on(claim, *texts).label


def test_a_reason_names_both_values():
    assert "1934 is not 1931" == verdict_on("Marta Lind was born in 1934", "Marta Lind was born in 1931.").reason


@pytest.mark.parametrize(
    ("text", "claim", "reason"),
    [
        ("Clara Weiss was Danish.", "Clara Weiss was Norwegian", "Norwegian is not Danish"),
        (
            "Otto Falk was finance minister in 1999.",
            "Otto Falk was foreign minister in 1999",
            "“foreign” is not “finance”",
        ),
        (
            "Otto Falk is the older brother of Clara Weiss.",
            "Otto Falk is the younger brother of Clara Weiss",
            "“younger” is the opposite of “older”",
        ),
        (
            "The bank did business without a licence.",
            "The bank did business with a licence",
            "“with” is the opposite of “without”",
        ),
    ],
)
def test_a_reason_names_the_words_that_differ(text, claim, reason):
    assert (Label.CONTRADICTED, reason) == ((verdict := verdict_on(claim, text)).label, verdict.reason)


def test_a_family_tie_shows_the_noun_of_the_source():
    claim, text = "Clara Weiss is the daughter of Otto Falk", "Otto Falk is the father of Clara Weiss."
    (found,) = verdict_on(claim, text).evidence
    assert ["father"] == [row.source.text for row in found.alignment if row.slot is Slot.RELATION]


def test_opposite_predicates_are_named_in_the_table():
    (found,) = verdict_on("Otto Falk rejected the offer", "Otto Falk accepted the offer.").evidence
    assert "“accepted” is the opposite of “rejected”" in [row.note for row in found.alignment]


def test_the_score_of_evidence_is_a_share():
    (found,) = verdict_on("Otto Falk rejected the offer", "Otto Falk rejected the offer.").evidence
    assert 0.9 < found.score <= 1.0


def test_a_reason_names_a_month_without_a_day_or_a_year():
    assert "March is not May" == verdict_on("The bridge was closed in March", "The bridge was closed in May.").reason


def test_of_two_sentences_that_say_half_of_it_the_one_with_its_verb_comes_first():
    verdict = verdict_on("Otto Falk sang in the park", "Otto Falk slept in the park.", "Otto Falk sang.")
    assert (Label.NOT_ENOUGH_EVIDENCE, "Otto Falk sang.") == (verdict.label, verdict.evidence[0].span.text)


def test_the_speaker_of_evidence_is_named():
    verdict = verdict_on("Ivo Brandt signed the treaty", "Otto Falk claimed that Ivo Brandt signed the treaty.")
    assert "Otto Falk" == verdict.evidence[0].attribution
