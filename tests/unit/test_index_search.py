from __future__ import annotations

import datetime as dt
import random

import pytest
from attrs import evolve

from claimcheck.index import Filters, Query, SqliteIndex, postings
from claimcheck.index import plan as searching
from claimcheck.index import search as ordering
from claimcheck.index.analysis import fold, years_of
from claimcheck.model import DateRange, Document, Reading, Sentence, Span, TimeMention


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("Meet", ("meet",)),
        ("Zürich", ("zurich",)),
        ("STRASSE", ("strasse",)),
        ("straße", ("strasse",)),
        ("Seoul-based", ("seoul", "based")),
        ("O'Neill", ("o", "neill")),
        ("1,000", ("1", "000")),
        ("—", ()),
        ("", ()),
        ("北京", ("北京",)),
        ('"*^:(', ()),
    ],
)
def test_fold(word, terms):
    assert terms == fold(word)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (dt.date(2009, 1, 1), dt.date(2009, 12, 31), ("y2009",)),
        (dt.date(1999, 12, 31), dt.date(2001, 1, 1), ("y1999", "y2000", "y2001")),
        (dt.date(1901, 1, 1), dt.date(2000, 12, 31), ()),
        (dt.date(2009, 1, 1), None, ()),
        (None, None, ()),
    ],
)
def test_years_of(first, last, expected):
    time = TimeMention(span=Span(start=0, end=0, text=""), value=DateRange(earliest=first, latest=last))
    assert expected == years_of([time])


def put(index, document_id, sentences, *, title="", published=None):
    """Store a document of *sentences*, each given as its words; a word like y2009 is a date."""
    text = "\n".join(sentences)
    document = Document(id=document_id, text=text, title=title, published=published)
    read, start = [], 0
    for number, sentence in enumerate(sentences):
        span = document.span(start, start + len(sentence))
        words = sentence.split()
        times = tuple(
            TimeMention(
                span=span, value=DateRange(earliest=dt.date(int(w[1:]), 1, 1), latest=dt.date(int(w[1:]), 12, 31))
            )
            for w in words
            if w.startswith("y20")
        )
        read.append(
            Sentence(index=number, span=span, words=tuple(w for w in words if not w.startswith("y20")), times=times)
        )
        start = span.end + 1
    index.put(document, Reading(sentences=tuple(read)), digest="")


def places(found):
    return [(candidate.document, candidate.sentence) for candidate in found]


@pytest.fixture
def index():
    with SqliteIndex.open(":memory:") as index:
        yield index


@pytest.fixture
def summit(index):
    put(
        index,
        "summit",
        [
            "bill clinton meet kim jong il pyongyang y2009",
            "kim jong un visit factory y2013",
            "bill clinton speak y2009",
            "minister meet minister",
            "weather stay fine",
        ],
        title="A meeting in Pyongyang",
    )
    put(index, "other", ["kim jong il watch parade y2000", "clinton meet kim jong il y2000"])
    return index


def test_the_sentence_with_everything_comes_first(summit):
    query = Query(entities=(("Clinton",), ("Kim", "Jong", "Il")), terms=("meet",), years=(2009,))
    assert [("summit", 0), ("other", 1)] == places(summit.candidates(query, 2))


def test_a_name_in_the_title_counts_for_every_sentence_alike(index):
    put(index, "falk", ["ada falk cross the ice", "she win a prize"], title="Ada Falk")
    put(index, "lind", ["bo lind win a race", "ada falk cheer"], title="Bo Lind")
    found = places(index.candidates(Query(entities=(("ada", "falk"),), terms=("win", "prize")), 9))
    assert ("falk", 1) == found[0]
    assert found.index(("falk", 0)) < found.index(("lind", 1))


def test_a_name_in_the_title_is_found_where_no_sentence_has_a_word_of_weight(index):
    put(index, "falk", ["—"], title="Ada Falk")
    assert [("falk", 0)] == places(index.candidates(Query(entities=(("ada", "falk"),)), 9))


def test_documents_published_later_can_be_left_out(index):
    for day in (1, 2, 3):
        put(index, f"d{day}", ["harvest fail"], published=dt.date(2009, 5, day))
    put(index, "undated", ["harvest fail"])
    filters = Filters(published_until=dt.date(2009, 5, 2))
    found = index.candidates(Query(terms=("harvest",)), 9, filters=filters)
    assert [("d1", 0), ("d2", 0), ("undated", 0)] == places(found)


def test_another_year_does_not_hide_a_sentence(summit):
    query = Query(entities=(("Clinton",), ("Kim", "Jong", "Il")), terms=("meet",), years=(1955,))
    assert {("summit", 0), ("other", 1)} == set(places(summit.candidates(query, 2)))


def test_a_whole_name_counts_more_than_a_part(summit):
    found = places(summit.candidates(Query(entities=(("kim", "jong", "un"),)), 5))
    assert ("summit", 1) == found[0]
    assert {("summit", 0), ("other", 0), ("other", 1)} == set(found[1:])


def test_a_title_counts_a_little(index):
    for document_id, title in (("a", ""), ("b", "Flood in the north")):
        put(index, document_id, ["harvest fail", "nothing else"], title=title)
    assert [("b", 0), ("b", 1), ("a", 0)] == places(index.candidates(Query(terms=("harvest", "fail", "flood")), 5))


def test_equal_scores_stand_in_the_order_of_documents_and_sentences(index):
    for document_id in ("c", "a", "b"):
        put(index, document_id, ["same words", "same words"])
    expected = [("a", 0), ("a", 1), ("b", 0), ("b", 1), ("c", 0)]
    assert expected == places(index.candidates(Query(terms=("same", "words")), 5))


@pytest.mark.parametrize("query", [Query(), Query(terms=("unheard", "—", "")), Query(entities=((),), years=(1066,))])
def test_nothing_is_found_for_nothing(summit, query):
    assert [] == list(summit.candidates(query, 5))


def test_a_very_long_query_is_cut_not_refused(summit):
    terms = tuple(f"w{number}" for number in range(50_000))
    assert ("summit", 4) in places(summit.candidates(Query(terms=(*terms, "weather")), 5))


def test_k_must_be_positive(summit):
    with pytest.raises(ValueError, match="at least 1"):
        summit.candidates(Query(terms=("meet",)), 0)


def test_deleted_documents_are_not_found(summit):
    summit.delete("summit")
    assert {"other"} == {c.document for c in summit.candidates(Query(entities=(("kim",), ("clinton",))), 9)}


# The plan of a large index, on a small one: nothing is free, so that the stages are used.


@pytest.fixture
def large(index, monkeypatch):
    monkeypatch.setattr(searching, "FREE_POSTINGS", 40)
    random.seed(7)
    for document in range(60):
        filler = [
            " ".join(
                random.choices([f"word{n}" for n in range(300)], k=6) + random.choices(["say", "year", "meet"], k=3)
            )
            for _ in range(10)
        ]
        put(index, f"d{document:02}", filler)
    put(index, "needle", ["clinton meet kim jong il say", "clinton say year", "kim jong il meet year", "lone rarity"])
    return index


def test_a_large_index_is_asked_for_pairs_of_rare_parts_first(large, monkeypatch):
    asked = []
    original = postings.lookup

    def lookup(connection, step, filters, limit):
        asked.append(step)
        return original(connection, step, filters, limit)

    monkeypatch.setattr(postings, "lookup", lookup)
    monkeypatch.setattr(searching, "NAME_POSTINGS", 0)
    query = Query(entities=(("clinton",), ("kim", "jong", "il")), terms=("meet", "say", "year"))
    found = large.candidates(query, 1)
    assert [("needle", 0)] == places(found)
    assert [True] == [all(group.must for group in step) for step in asked]
    assert {frozenset(("clinton",)), frozenset(("kim", "jong", "il"))} <= {
        terms for group in asked[0] for terms in (group.must, *group.any)
    }


def test_a_large_index_is_asked_for_a_rare_name_first(large, monkeypatch):
    asked = []
    original = postings.lookup

    def lookup(connection, step, filters, limit):
        asked.append(step)
        return original(connection, step, filters, limit)

    monkeypatch.setattr(postings, "lookup", lookup)
    found = large.candidates(Query(entities=(("clinton",),), terms=("meet", "say")), 2)
    assert {("needle", 0), ("needle", 1)} == set(places(found))
    assert [frozenset(("clinton",))] == [group.must for step in asked for group in step]


def test_a_large_index_widens_until_there_is_enough(large, monkeypatch):
    monkeypatch.setattr(ordering, "GOOD", 2.0)  # nothing is so good that it is enough
    query = Query(entities=(("clinton",), ("kim", "jong", "il")), terms=("meet", "say", "rarity"))
    found = places(large.candidates(query, 400))
    assert ("needle", 0) == found[0]
    assert ("needle", 3) in found


def test_a_frequent_word_alone_is_still_found(large):
    assert 20 == len(large.candidates(Query(terms=("say",)), 20))


def test_the_plan_finds_what_an_exhaustive_search_finds_first(large, monkeypatch):
    queries = [Query(terms=(*random.choices([f"word{n}" for n in range(300)], k=4), "say")) for _ in range(50)]
    planned = [large.candidates(query, 3) for query in queries]
    monkeypatch.setattr(searching, "FREE_POSTINGS", 10**9)
    exhaustive = [large.candidates(query, 3) for query in queries]
    same = sum(places(a)[0] == places(b)[0] for a, b in zip(planned, exhaustive, strict=True))
    assert same >= 45


def test_a_word_that_few_sentences_have_finds_them_alone(large, monkeypatch):
    monkeypatch.setattr(ordering, "GOOD", 2.0)  # nothing is so good that it is enough
    monkeypatch.setattr(searching, "LAST_POSTINGS", 0)  # and nothing is found one word at a time
    put(large, "odd", ["oddity"])
    query = Query(terms=("rarity", "oddity", *(f"word{n}" for n in range(12))))
    assert {("needle", 3), ("odd", 0)} <= set(places(large.candidates(query, 400)))


def test_where_two_words_are_in_very_many_sentences_a_third_decides(large, monkeypatch):
    monkeypatch.setattr(postings, "ALL_FETCHED", 20)
    monkeypatch.setattr(ordering, "FETCHED", 20)
    put(large, "late", ["say year seldom"] * 3)
    group = searching.Group(
        must=frozenset({"say"}), any=(frozenset({"year"}),), closer=(frozenset({"year", "seldom"}),)
    )
    assert {("late", 0), ("late", 1), ("late", 2)} == {
        (found.document, found.sentence) for found in large.lookup((group,), Filters(), 20)
    }
    assert 20 == len(large.lookup((evolve(group, closer=()),), Filters(), 20))


def test_words_that_are_everywhere_are_looked_for_by_threes(large, monkeypatch):
    monkeypatch.setattr(searching, "PAIR_POSTINGS", 0)
    monkeypatch.setattr(searching, "LAST_POSTINGS", 0)
    put(large, "late", ["say year meet"])
    assert ("late", 0) == places(large.candidates(Query(terms=("say", "year", "meet")), 1))[0]
