"""Claim memory: the same claim is recognised in other words, another claim is not."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Checker, Corpus, Document, Label, Stance
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.memory import ClaimMemory, Entry, Grounds, entry_id, same_claim
from claimcheck.checker.memory_file import entries_of, entry_object, memory_text, read_memory
from claimcheck.checker.reviews import entries_of_reviews, label_of
from claimcheck.errors import ConfigError
from claimcheck.language.aliases import Aliases
from claimcheck.model import Remembered
from claimcheck.render.check_html import html_text
from claimcheck.render.claim_review import memory_reviews
from claimcheck.render.objects import schema, verdict_object

DAY = dt.date(2026, 5, 3)


def entry(claim, label=Label.CONTRADICTED, checked=DAY, **more):
    known = Remembered(id=more.pop("id", entry_id(claim, checked)), claim=claim, label=label, checked=checked, **more)
    return Entry(remembered=known)


# ------------------------------------------------------------------------ one claim

SAME = [
    ("Otto Weiss met Clara Falk in 2009", "In 2009, Otto Weiss met Clara Falk."),
    ("Otto Weiss wrote the book in 1950", "The book was written by Otto Weiss in 1950"),
    ("Otto Weiss beat Clara Falk in the final", "Clara Falk lost to Otto Weiss in the final"),
    ("Unemployment rose to 5 percent in March 2020", "Unemployment increased to five per cent in March 2020"),
    ("The bridge cost 6 million dollars", "The bridge cost six million dollars"),
    ("Otto Weiss was born in Vienna in 1901", "In 1901 Weiss was born in Vienna"),
]
OTHER = [
    ("Otto Weiss met Clara Falk in 2009", "Otto Weiss met Clara Falk in 2008"),
    ("Otto Weiss met Clara Falk in 2009", "Otto Weiss met Ivo Falk in 2009"),
    ("Otto Weiss met Clara Falk in 2009", "Otto Weiss did not meet Clara Falk in 2009"),
    ("Otto Weiss met Clara Falk in 2009", "Otto Weiss planned to meet Clara Falk in 2009"),
    ("Otto Weiss met Clara Falk in 2009", "Otto Weiss met Clara Falk in Oslo in 2009"),
    ("Otto Weiss met Clara Falk in 2009", "Otto Weiss met Clara Falk"),
    ("Otto Weiss beat Clara Falk in the final", "Clara Falk beat Otto Weiss in the final"),
    ("The bridge cost 6 million dollars", "The bridge cost 9 million dollars"),
    ("The bridge cost 6 million dollars", "The bridge cost 6 million euros"),
    ("Unemployment rose to 5 percent in March 2020", "Unemployment fell to 5 percent in March 2020"),
    ("The minister resigned on 3 May 2019", "The minister resigned in May 2019"),
    ("More than 40 people died in the fire", "40 people died in the fire"),
    ("Anna Lind said that the bridge is safe", "The bridge is safe"),
    ("Anna Lind said that the bridge is safe", "Otto Weiss said that the bridge is safe"),
    ("Otto Weiss is the father of Clara Weiss", "Otto Weiss is the brother of Clara Weiss"),
]


@pytest.mark.parametrize("pair", SAME)
def test_the_same_claim_in_other_words(pair):
    one, other = map(parse_claim, pair)
    assert same_claim(one, other)
    assert same_claim(other, one)


@pytest.mark.parametrize("pair", OTHER)
def test_another_claim_however_alike(pair):
    one, other = map(parse_claim, pair)
    assert not same_claim(one, other)
    assert not same_claim(other, one)


YEARS = st.integers(1900, 2020)
PEOPLE = st.sampled_from(["Otto Weiss", "Clara Falk", "Ivo Falk", "Anna Lind", "Clara Weiss"])
EVENTS = st.tuples(PEOPLE, PEOPLE, YEARS).filter(lambda e: e[0] != e[1])


@settings(max_examples=30, deadline=None)
@given(EVENTS, EVENTS)
def test_only_equal_people_and_years_are_one_claim(one, other):
    first = parse_claim("{} wrote to {} in {}".format(*one))
    second = parse_claim("In {2}, {0} wrote to {1}.".format(*other))
    assert (one == other) == same_claim(first, second)


# --------------------------------------------------------------------------- recall


def test_what_was_found_comes_back_latest_first():
    old, new = entry(SAME[0][0], Label.SUPPORTED, dt.date(2020, 1, 1)), entry(SAME[0][0], who="A. Lind")
    memory = ClaimMemory([old, entry(OTHER[0][1]), new, entry("It rains.")])
    assert (new.remembered, old.remembered) == memory.recall(SAME[0][1])
    assert () == memory.recall("Otto Weiss met Clara Falk in 2007")
    assert () == ClaimMemory().recall(SAME[0][0])


def test_a_relative_date_counts_from_the_day_of_the_check():
    memory = ClaimMemory([entry("Otto Weiss met Clara Falk yesterday")])
    assert 1 == len(memory.recall("Otto Weiss met Clara Falk on 2 May 2026"))
    assert () == memory.recall("Otto Weiss met Clara Falk on 3 May 2026")


def test_an_alias_is_followed_in_memory_too():
    memory = ClaimMemory([entry("JFK met Clara Falk in 1961")], aliases=Aliases.of({"JFK": "Otto Kern"}))
    assert 1 == len(memory.recall("Otto Kern met Clara Falk in 1961"))


def test_an_entry_that_cannot_be_read_is_passed_over():
    memory = ClaimMemory([entry("Who met Clara Falk?"), entry("Otto Weiss met Clara Falk in 2009")])
    assert 1 == len(memory.recall("Otto Weiss met Clara Falk in 2009"))


# -------------------------------------------------------------------------- verdicts


@pytest.fixture(scope="module")
def corpus():
    corpus = Corpus.memory()
    corpus.add(
        Document(id="a.txt", text="Otto Weiss met Clara Falk in Oslo in 2009. The bridge cost 6 million dollars.")
    )
    return corpus


def test_what_is_remembered_stands_beside_the_evidence_and_decides_nothing(corpus):
    claim = "Otto Weiss met Clara Falk in 2009"
    plain = Checker(corpus, method="slots").verify(claim)
    verdict = Checker(corpus, method="slots", memory=[entry(claim, url="https://example.org/1")]).verify(claim)
    assert () == plain.remembered
    assert (plain.label, plain.confidence, plain.evidence) == (verdict.label, verdict.confidence, verdict.evidence)
    made = verdict_object(verdict)
    assert [] == verdict_object(plain)["memory"]
    known = {"id": entry_id(claim, DAY), "claim": claim, "verdict": "contradicted", "checked": "2026-05-03"}
    assert [known | {"who": "", "url": "https://example.org/1", "note": ""}] == made["memory"]
    pytest.importorskip("jsonschema").validate(made, schema("verdict"))


def test_a_draft_is_told_in_a_note_that_counts_in_context(corpus):
    checker = Checker(corpus, method="slots", memory=[entry("In 2009 Weiss met Clara Falk", note="not in our archive")])
    report = checker.check("Otto Weiss is a lawyer. He met Clara Falk in 2009. The bridge cost 9 million dollars.")
    notes = [d for d in report.diagnostics if d.code == "CC-M01"]
    assert ["checked on 3 May 2026: contradicted (not in our archive)"] == [d.message for d in notes]
    assert "He met Clara Falk in 2009." == notes[0].text
    assert "CC-C02" in {d.code for d in report.diagnostics}
    assert [] == [d for d in Checker(corpus, method="slots").check(report.text).diagnostics if d.code == "CC-M01"]


def test_a_page_shows_the_note_at_the_claim_and_the_verdict_of_the_sources(corpus):
    checker = Checker(corpus, method="slots", memory=[entry("In 2009 Weiss met Clara Falk")])
    page = html_text([checker.check("Otto Weiss met Clara Falk in 2009.")])
    assert 'class="supported"' in page
    assert '<sup class="tag">supported</sup>' in page
    assert 1 == page.count("Checked on 3 May 2026: contradicted")
    assert "CC-M01" not in page


# ----------------------------------------------------------------------------- files

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
ENTRIES = st.builds(
    Entry,
    remembered=st.builds(
        Remembered,
        id=TEXTS,
        claim=TEXTS,
        label=st.sampled_from(Label),
        checked=st.none() | st.dates(),
        who=st.just("") | TEXTS,
        url=st.just("") | TEXTS,
        note=st.just("") | TEXTS,
    ),
    evidence=st.lists(
        st.builds(
            Grounds,
            document=TEXTS,
            start=st.integers(0, 99),
            end=st.integers(99, 200),
            text=TEXTS,
            stance=st.sampled_from(Stance),
        ),
        max_size=2,
    ).map(tuple),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(st.lists(ENTRIES, max_size=4, unique_by=lambda e: e.remembered.id))
def test_a_file_of_entries_reads_as_it_was_written(entries):
    assert entries == entries_of(memory_text(entries), "memory.jsonl")


@given(st.lists(ENTRIES, max_size=4, unique_by=lambda e: e.remembered.id))
def test_claim_reviews_carry_everything_but_the_evidence_both_ways(entries):
    read, left_out = entries_of_reviews(json.dumps(list(memory_reviews(entries))), "reviews.json")
    assert [] == left_out
    for before, after in zip(entries, read, strict=True):
        known = before.remembered
        assert " ".join(known.claim.split()) == after.remembered.claim
        assert (known.id, known.label, known.checked) == (
            after.remembered.id,
            after.remembered.label,
            after.remembered.checked,
        )
        assert (known.who, known.url, known.note) == (after.remembered.who, after.remembered.url, after.remembered.note)


def test_nothing_is_invented_in_a_review():
    (review,) = memory_reviews([entry("It rained.", Label.NOT_ENOUGH_EVIDENCE, None)])
    assert {"@context", "@type", "identifier", "claimReviewed", "reviewRating"} == set(review)
    assert {"@type": "Rating", "alternateName": "Not enough evidence"} == review["reviewRating"]


def test_lines_of_the_labelled_claims_are_entries():
    line = {"id": "a-1", "claim": "It rained.", "verdict": "supported", "tags": ["nei"]}
    line["evidence"] = [{"document": "a.md", "start": 0, "end": 2, "text": "It", "stance": "supports"}]
    (read,) = entries_of(json.dumps(line) + "\n\n", "claims.jsonl")
    assert line == entry_object(read)


@pytest.mark.parametrize(
    "case",
    [
        ("{bad", "line 1"),
        ("[]", "it is no object"),
        ('{"verdict": "supported"}', "claim is missing"),
        ('{"claim": " ", "verdict": "supported"}', "the claim is empty"),
        ('{"claim": "It rained."}', "verdict is missing"),
        ('{"claim": "It rained.", "verdict": "true"}', "'true' is not a valid Label"),
        ('{"claim": "It rained.", "verdict": "supported", "checked": "May"}', "May"),
        ('{"claim": "It rained.", "verdict": "supported", "evidence": [{}]}', "document is missing"),
        ('{"claim": 1, "verdict": "supported"}', "claim is no text"),
    ],
)
def test_a_line_that_is_no_entry_is_refused_with_its_place(tmp_path, case):
    line, reason = case
    path = tmp_path / "memory.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 1") as caught:
        read_memory(path)
    assert ("CC-E09", True) == (caught.value.error_code, reason in caught.value.message)


@pytest.mark.parametrize(
    ("rating", "label"),
    [
        ({"alternateName": "False"}, Label.CONTRADICTED),
        ({"alternateName": "TRUE!"}, Label.SUPPORTED),
        ({"alternateName": "Unproven", "ratingValue": 5, "bestRating": 5, "worstRating": 1}, Label.NOT_ENOUGH_EVIDENCE),
        ({"ratingValue": "1", "bestRating": "5", "worstRating": "1"}, Label.CONTRADICTED),
        ({"ratingValue": 5, "bestRating": 5, "worstRating": 1}, Label.SUPPORTED),
        ({"ratingValue": 3, "bestRating": 5, "worstRating": 1}, None),
        ({"ratingValue": 1, "bestRating": 1, "worstRating": 1}, None),
        ({"alternateName": "Half true"}, None),
        ({}, None),
        ("False", None),
    ],
)
def test_a_rating_amounts_to_a_verdict_only_where_it_says_the_same(rating, label):
    assert label is label_of(rating)


def test_reviews_are_found_in_feeds_and_graphs_and_others_are_left_out():
    review = {
        "@type": "ClaimReview",
        "claimReviewed": "It  rained.",
        "datePublished": "2026-05-03T10:00:00Z",
        "author": [{"@type": "Organization", "name": "The Desk"}, {"name": "A. Lind"}],
        "reviewRating": {"alternateName": "False"},
    }
    half = review | {"reviewRating": {"alternateName": "Half true"}}
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [review, {"@type": ["ClaimReview"], "url": "x"}]}, half]}
    entries, left_out = entries_of_reviews(json.dumps({"@graph": [feed]}), "feed.json")
    (known,) = (e.remembered for e in entries)
    assert ("It rained.", DAY, "The Desk, A. Lind", "") == (known.claim, known.checked, known.who, known.url)
    assert ["it says no claim", "its rating is 'Half true'"] == [item.reason for item in left_out]
    with pytest.raises(ConfigError, match="is not JSON"):
        entries_of_reviews("<html>", "page.html")
