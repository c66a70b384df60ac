"""Aliases: names that the user says are one, in claims and in articles."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Checker, Corpus, Document
from claimcheck.checker.queries import query_of
from claimcheck.errors import ConfigError
from claimcheck.language.aliases import NO_ALIASES, Aliases
from claimcheck.language.names import NameRelation
from claimcheck.language.reading import read_claim
from claimcheck.matching.sides import compare_entities
from claimcheck.model import Entity, EntityKind, Slot, SlotRelation

WORDS = st.sampled_from(["Anna", "Otto", "Berg", "Lind", "Sill", "Maro", "Tessin", "Fahl", "Bank", "Union"])
NAMES = st.lists(WORDS, min_size=1, max_size=3, unique=True).map(" ".join)


def entity(name, kind=EntityKind.PERSON):
    return Entity(id="e1", name=name, kind=kind)


def renamed(aliases, name):
    found, _ = aliases.in_sentences({"e1": entity(name)}, [])
    return found["e1"]


# ------------------------------------------------------------------------ the names


def test_a_name_has_all_forms_of_its_group_however_it_is_put():
    aliases = Aliases.of({"the Fed": "Federal Reserve", "JFK": ["John F. Kennedy", "Jack Kennedy"]})
    for name in ("Fed", "the Fed’s", "FED", "The Federal Reserve"):
        assert ("the Fed", "Federal Reserve") == aliases.forms(name)
    assert ("JFK", "John F. Kennedy", "Jack Kennedy") == aliases.forms("J.F.K.")
    for name in ("Fed Cup", "Kennedy", "Robert Kennedy", "Federal"):
        assert () == aliases.forms(name)


def test_entries_that_share_another_name_are_one():
    aliases = Aliases.of({"JFK": "John F. Kennedy", "Jack Kennedy": "John F. Kennedy", "RFK": "Robert Kennedy"})
    assert {"JFK", "Jack Kennedy", "John F. Kennedy"} == set(aliases.forms("JFK"))
    assert {"RFK", "Robert Kennedy"} == set(aliases.forms("RFK"))


@pytest.mark.parametrize(
    "names", [{"": "A"}, {"A": ""}, {"A": []}, {"A": [1]}, {"A": "the"}, {"Fed": "X", "the Fed": "Y"}]
)
def test_what_is_no_name_is_refused(names):
    if names == {"A": "the"}:
        assert Aliases.of(names)
        return
    with pytest.raises(ConfigError) as caught:
        Aliases.of(names)
    assert caught.value.hint


def test_words_are_found_as_they_are_written():
    aliases = Aliases.of({"the Fed": "Federal Reserve", "the central bank": "Federal Reserve"})
    assert "They fed the Fedex man." == aliases.written_out("They fed the Fedex man.")
    assert "Federal Reserve acts. The Federal Reserve's step." == aliases.written_out(
        "Central bank acts. The Fed's step."
    )


@given(st.dictionaries(NAMES, NAMES, max_size=4), NAMES, NAMES)
def test_an_alias_never_merges_two_others(names, one, other):
    try:
        aliases = Aliases.of(names)
    except ConfigError:
        aliases = NO_ALIASES
    before = compare_entities(entity(one), entity(other))
    after = compare_entities(renamed(aliases, one), renamed(aliases, other))
    ours, theirs = aliases.forms(one), aliases.forms(other)
    if not ours and not theirs:
        assert before is after
    elif ours and ours == theirs:
        assert NameRelation.SAME is after
    elif after is NameRelation.SAME:
        pairs = [(a, b) for a in (*ours, one) for b in (*theirs, other)]
        assert any(compare_entities(entity(a), entity(b)) is NameRelation.SAME for a, b in pairs)


@given(st.dictionaries(NAMES, NAMES, max_size=3))
def test_what_follows_the_aliases_follows_them_twice_alike(names):
    try:
        aliases = Aliases.of(names)
    except ConfigError:
        return
    for name in names:
        once = renamed(aliases, name)
        again, _ = aliases.in_sentences({"e1": once}, [])
        assert once == again["e1"]
        assert aliases.written_out(once.name) == once.name or once.name in aliases.written_out(once.name)


# ------------------------------------------------------------------------- readings


def test_words_that_were_read_as_no_name_become_one():
    aliases = Aliases.of({"the central bank": "Sill Reserve"})
    reading = aliases.in_reading(read_claim("In May the central bank raised its rates to 4 percent."))
    (statement,) = (s for sentence in reading.sentences for s in sentence.statements if s.lemma == "raise")
    (subject,) = statement.in_slot(Slot.SUBJECT)
    named = reading.entity(subject.entities[0])
    assert ("Sill Reserve", "central bank") == (named.name, named.said)
    for sentence in reading.sentences:
        assert all(
            m.span.text == "In May the central bank raised its rates to 4 percent."[m.span.start : m.span.end]
            for m in sentence.mentions
        )
    assert reading == aliases.in_reading(reading)


def test_a_document_that_says_whose_short_name_it_is_is_followed():
    text = "Anna Ford met Otto Berg in Oslo. Ford left the next day."
    reading = read_claim(text)
    after = Aliases.of({"Ford": "Ford Motor Company"}).in_reading(reading)
    assert reading == after


def test_without_aliases_nothing_changes():
    reading = read_claim("The Fed raised rates in 2022.")
    assert reading is NO_ALIASES.in_reading(reading)
    assert query_of(reading) == query_of(reading, NO_ALIASES)


# ------------------------------------------------------------------------- verdicts

ARTICLES = {
    "bank.txt": "The Sill Reserve raised its main rate to 4 percent in May 2021. It had cut the rate in 2019.",
    "man.txt": "Johann Friedrich Karst was born in Lund in 1931. Robert Karst was born in Oslo in 1940.",
    "other.txt": "The Maro Union lowered its main rate to 2 percent in May 2021.",
}
ALIASES = {"the Res": "Sill Reserve", "Hanno": ["Johann Friedrich Karst"], "the central bank": "Sill Reserve"}


@pytest.fixture(scope="module")
def articles():
    corpus = Corpus.memory()
    corpus.add(*(Document(id=name, text=text) for name, text in ARTICLES.items()))
    return corpus


@pytest.fixture(scope="module")
def with_aliases(articles):
    return Checker(articles, aliases=ALIASES, method="slots")


@pytest.fixture(scope="module")
def without(articles):
    return Checker(articles, method="slots")


@pytest.mark.parametrize(
    "case",
    [
        ("The Res raised its main rate in May 2021", "supported", "bank.txt"),
        ("The Res raised its main rate in May 2020", "contradicted", "bank.txt"),
        ("The central bank raised its main rate to 4 percent in 2021", "supported", "bank.txt"),
        ("Hanno was born in Lund in 1931", "supported", "man.txt"),
        ("Hanno was born in 1940", "contradicted", "man.txt"),
        ("Robert Karst was born in 1940", "supported", "man.txt"),
    ],
)
def test_a_claim_is_found_and_judged_by_any_of_its_names(with_aliases, case):
    claim, label, document = case
    verdict = with_aliases.verify(claim)
    assert (label, document) == (verdict.label.value, verdict.evidence[0].document)
    span = verdict.evidence[0].span
    assert ARTICLES[document][span.start : span.end] == span.text


def test_without_the_alias_the_sources_do_not_say(without):
    assert "not_enough_evidence" == without.verify("Hanno was born in Lund in 1931").label.value


@pytest.mark.parametrize(
    "claim", ["Sill Reserve raised its main rate in May 2021", "The Maro Union lowered its main rate to 2 percent"]
)
def test_claims_with_no_alias_have_the_same_verdict(with_aliases, without, claim):
    assert without.verify(claim) == with_aliases.verify(claim)


def test_an_alias_works_the_other_way_round():
    corpus = Corpus.memory()
    corpus.add(Document(id="a.txt", text="Hanno was born in Lund in 1931."))
    checker = Checker(corpus, aliases={"Hanno": "Johann Friedrich Karst"}, method="slots")
    for claim, label in (
        ("Johann Friedrich Karst was born in 1931", "supported"),
        ("Karst was born in 1931", "supported"),
        ("Robert Karst was born in 1940", "not_enough_evidence"),
    ):
        assert label == checker.verify(claim).label.value


def test_the_explanation_names_the_alias(with_aliases):
    explanation = with_aliases.explain("Hanno was born in Lund in 1931")
    assert ("johann", "friedrich", "karst") in explanation.query.entities
    (entity_read,) = (e for e in explanation.claim.reading.entities if e.said)
    assert ("Johann Friedrich Karst", "Hanno") == (entity_read.name, entity_read.said)
    (row,) = (r for r in explanation.verdict.evidence[0].alignment if r.claim is not None and r.claim.text == "Hanno")
    assert (SlotRelation.AGREES, "Hanno is Johann Friedrich Karst, by your alias") == (row.relation, row.note)
    given_text = with_aliases.explain("Hanno was born in 1931", source="Johann Friedrich Karst was born in 1931.")
    assert "supported" == given_text.verdict.label.value


def test_a_draft_is_read_with_the_aliases(with_aliases):
    report = with_aliases.check("Hanno was born in Lund in 1932.")
    assert ["CC-C01"] == [d.code for d in report.diagnostics]


def test_an_entity_that_was_said_otherwise_keeps_what_was_said():
    group = Aliases.of({"the Res": "Sill Reserve"})
    once = renamed(group, "Res")
    assert evolve(entity("Sill Reserve"), aliases=("Res",), said="Res") == once
