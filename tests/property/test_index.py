"""What goes into the index comes out of it, and the tables of the search stay true."""

from __future__ import annotations

import datetime as dt
import json

import hypothesis.strategies as st
from attrs import evolve
from hypothesis import given, settings

from claimcheck.index import Query, SqliteIndex, serial
from claimcheck.index.analysis import fold, name_mark, sentence_terms, terms_of, title_terms
from claimcheck.model import (
    Argument,
    Attribution,
    Block,
    DateRange,
    Document,
    Entity,
    EntityKind,
    Granularity,
    Mention,
    Modality,
    OffsetMap,
    Polarity,
    Quantity,
    QuantityKind,
    QuantityMention,
    Reading,
    Sentence,
    SentenceKind,
    Slot,
    Span,
    Statement,
    TimeMention,
    Warned,
)

# Everything but halves of surrogate pairs, which are no characters.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
WORDS = st.lists(
    st.sampled_from(
        ["kim", "jong", "il", "un", "Clinton", "meet", "zürich", "北京", "o'neill", "co-op", "1,000", "—", "\0"]
    ),
    max_size=6,
)
DATES = st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1))
SHORT = st.text("abcé é'\n\0", max_size=5)


def words() -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(WORDS.map(tuple), st.lists(TEXT, max_size=3).map(tuple))


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return Span.of(text, start, draw(st.integers(start, len(text))))


@st.composite
def date_ranges(draw: st.DrawFn) -> DateRange:
    first, last = sorted((draw(DATES), draw(DATES)))
    return DateRange(
        earliest=draw(st.sampled_from([first, None])),
        latest=draw(st.sampled_from([last, None])),
        granularity=draw(st.sampled_from(Granularity)),
        approximate=draw(st.booleans()),
        edtf=draw(SHORT),
        month=draw(st.none() | st.integers(1, 12)),
        bound=draw(st.sampled_from(["", "before"])),
    )


def records(text: str) -> dict[str, st.SearchStrategy]:
    span = spans(text)
    number = st.floats(allow_nan=False, allow_infinity=False)
    times = st.lists(st.builds(TimeMention, span=span, value=date_ranges()), max_size=2).map(tuple)
    quantity = st.builds(
        Quantity,
        value=number,
        low=st.none() | number,
        high=st.none() | number,
        unit=SHORT,
        kind=st.sampled_from(QuantityKind),
        approximate=st.booleans(),
    )
    quantities = st.lists(st.builds(QuantityMention, span=span, value=quantity), max_size=2).map(tuple)
    argument = st.builds(
        Argument,
        slot=st.sampled_from([Slot.SUBJECT, Slot.OBJECT, Slot.PLACE]),
        span=span,
        head=SHORT,
        words=words(),
        link=SHORT,
        entities=words(),
        clause=st.booleans(),
        negated=st.booleans(),
    )
    statement = st.builds(
        Statement,
        span=span,
        relation=span,
        lemma=SHORT,
        form=st.sampled_from(["active", "copula"]),
        arguments=st.lists(argument, max_size=3).map(tuple),
        times=times,
        quantities=quantities,
        polarity=st.sampled_from(Polarity),
        modality=st.sampled_from(Modality),
        cue=st.none() | span,
        attribution=st.none() | st.builds(Attribution, speaker=span, entity=SHORT, cue=span),
        exclusive=words(),
    )
    mention = st.builds(Mention, span=span, entity=SHORT, how=st.sampled_from(["name", "pronoun"]), candidates=words())
    sentence = st.builds(
        Sentence,
        index=st.just(0),
        span=span,
        kind=st.sampled_from(SentenceKind),
        paragraph=st.integers(0, 9),
        words=words(),
        mentions=st.lists(mention, max_size=3).map(tuple),
        statements=st.lists(statement, max_size=2).map(tuple),
        times=times,
        quantities=quantities,
        copy_of=st.none() | st.integers(0, 9),
    )
    warned = st.builds(Warned, code=st.just("CC-W01"), message=SHORT, span=st.none() | span)
    return {"sentence": sentence, "warned": warned}


@st.composite
def articles(draw: st.DrawFn) -> tuple[Document, Reading]:
    text = draw(TEXT)
    made = records(text)
    warnings = st.lists(made["warned"], max_size=2).map(tuple)
    integers = st.lists(st.integers(0, 99), max_size=3).map(tuple)
    document = Document(
        id=draw(st.sampled_from(["a.txt", "b/c.html", "ü#1", "'; --"])),
        text=text,
        title=draw(TEXT),
        published=draw(st.none() | DATES),
        source=draw(SHORT),
        url=draw(SHORT),
        layout=draw(st.lists(st.builds(Block, start=st.just(0), end=st.just(0), kind=SHORT), max_size=2).map(tuple)),
        offsets=draw(st.builds(OffsetMap, stored=integers, source=integers)),
        metadata=draw(st.lists(st.tuples(SHORT, SHORT), max_size=2).map(tuple)),
        warnings=draw(warnings),
    )
    sentences = draw(st.lists(made["sentence"], max_size=4))
    entity = st.builds(Entity, id=SHORT, name=SHORT, kind=st.sampled_from(EntityKind), aliases=words(), roles=words())
    reading = Reading(
        sentences=tuple(evolve(sentence, index=number) for number, sentence in enumerate(sentences)),
        entities=tuple(draw(st.lists(entity, max_size=3))),
        anchor=draw(st.none() | DATES),
        warnings=draw(warnings),
    )
    return document, reading


@given(articles())
def test_records_survive_json(article):
    document, reading = article
    for record in (document, *reading.sentences, *reading.warnings):
        data = json.loads(serial.dumps(serial.unstructure(record, document.text)))
        assert record == serial.structure(data, type(record), document.text)
        assert data == serial.unpack(serial.pack(data))


@settings(max_examples=40, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=5), st.data())
def test_the_index_gives_back_what_was_put_and_stays_sound(put, data):
    with SqliteIndex.open(":memory:") as index:
        expected = {}
        for document, reading in put:
            index.put(document, reading, digest=document.title)
            expected[document.id] = (document, reading)
        for document_id in data.draw(st.sets(st.sampled_from(sorted(expected)))):
            assert index.delete(document_id)
            del expected[document_id]
        assert sorted(expected) == [info.id for info in index.documents()]
        for document_id, (document, reading) in expected.items():
            assert document == index.get(document_id)
            assert reading == index.reading(document_id)
            assert document.title == index.digest(document_id)
            numbers = list(range(len(reading.sentences), -1, -1))
            assert reading.sentences[::-1] == index.sentences(document_id, numbers)
        report = index.check()
        assert () == report.faults
        assert sum(len(reading.sentences) for _, reading in expected.values()) == report.sentences


@settings(max_examples=40, deadline=None)
@given(st.lists(articles(), max_size=4), st.lists(words(), max_size=3), words(), st.lists(st.integers(1900, 2030)))
def test_candidates_hold_a_term_of_the_query_and_stand_in_order(put, entities, terms, years):
    query = Query(entities=tuple(entities), terms=terms, years=tuple(years))
    with SqliteIndex.open(":memory:") as index:
        for document, reading in put:
            index.put(document, reading, digest="")
        found = list(index.candidates(query, 50))
        held = {
            (info.id, sentence.index): set(title_terms(info.title)).union(
                *sentence_terms(sentence, {entity.id: entity for entity in index.entities(info.id)})
            )
            for info in index.documents()
            for sentence in index.reading(info.id).sentences
        }
    wanted = set(terms_of(terms)).union(*map(terms_of, entities), map(name_mark, entities))
    places = [(candidate.document, candidate.sentence) for candidate in found]
    assert sorted(found, key=lambda c: (-c.score, c.document, c.sentence)) == found
    assert len(set(places)) == len(places)
    assert {place for place, words_held in held.items() if words_held & wanted} <= set(places)
    if not years:
        assert {place for place, words_held in held.items() if words_held & wanted} == set(places)


@given(st.text(max_size=40))
def test_terms_are_safe_for_the_full_text_index(word):
    for term in fold(word):
        assert all(c.isalnum() or c == "_" for c in term if c.isascii())
        assert term
        assert fold(term) == (term,) or not term.isascii()
