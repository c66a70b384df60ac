"""Long articles: read in sections, kept in a file on their way into an index, and the same as if read at once."""

from __future__ import annotations

import errno
import pickle
import sqlite3
from contextlib import closing

import pytest
from attrs import evolve

from claimcheck.checker import Checker, Corpus
from claimcheck.checker.ingest import ingest, read_item
from claimcheck.index import Spool, SqliteIndex
from claimcheck.index import spool as spooling
from claimcheck.index.rows import SentenceRow, prepare
from claimcheck.language import read, read_sections
from claimcheck.language import sections as cutting
from claimcheck.language.sections import sections, units
from claimcheck.model import Document, SentenceKind

#: Code points of a section in these tests, some five paragraphs.
SHORT = 900
_PARAGRAPHS = [
    f"{first} {last} opened the {thing} in {place} in {year}. {last} met Clara Weiss there on Tuesday, and “it is a"
    f" good {thing},” she said. The {thing} cost {year - 1900} million dollars."
    for first, last, thing, place, year in (
        ("Ada", "Falk", "bridge", "Oslo", 1932),
        ("Bo", "Lind", "library", "Riga", 1941),
        ("Dora", "Quist", "mill", "Ghent", 1955),
        ("Egil", "Rask", "harbour", "Bergen", 1967),
    )
]


@pytest.fixture(autouse=True)
def short_sections(monkeypatch):
    monkeypatch.setattr(cutting, "SECTION", SHORT)


@pytest.fixture(scope="module")
def document():
    parts = [f"{part} It was his {number}th work." for number, part in enumerate(_PARAGRAPHS * 4, start=1)]
    return Document(id="long.txt", text="\n\n".join(("GENEVA, Oct. 24, 1999 (AP) — The list follows here.", *parts)))


def made_rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("documents", "sentences", "frequencies", "meta")
        ]


@pytest.mark.parametrize("lengths", [[], [10], [SHORT], [SHORT, 1], [300] * 3, [300] * 10, [5 * SHORT], [1] * 2000])
def test_sections_hold_each_unit_once_and_are_no_longer_than_they_may_be(lengths):
    found = [(10_000 * n, 10_000 * n + length, SentenceKind.BODY, n) for n, length in enumerate(lengths)]
    cut = list(sections(found))
    assert found == [unit for section in cut for unit in section]
    assert (sum(lengths) <= SHORT) == (len(cut) == 1) or len(lengths) == 1
    for section in cut:
        assert sum(end - start for start, end, _, _ in section[:-1]) <= SHORT


def test_the_sections_of_an_article_are_numbered_on(document):
    readings = list(read_sections(document))
    assert len(readings) > 3
    whole = read(document)
    assert whole.sentences == tuple(s for reading in readings for s in reading.sentences)
    assert whole.entities == tuple(e for reading in readings for e in reading.entities)
    assert whole.warnings == tuple(w for reading in readings for w in reading.warnings)
    assert {whole.anchor} == {reading.anchor for reading in readings}
    assert list(range(len(whole.sentences))) == [s.index for s in whole.sentences]
    assert [f"e{n}" for n in range(len(whole.entities))] == [e.id for e in whole.entities]
    paragraphs = [s.paragraph for s in whole.sentences]
    assert sorted(paragraphs) == paragraphs
    for reading in readings:
        named = {m.entity for s in reading.sentences for m in s.mentions} - {""}
        assert named <= {e.id for e in reading.entities}
    assert all(document.text[s.span.start : s.span.end] == s.span.text for s in whole.sentences)


def test_a_repeated_sentence_is_a_copy_of_the_first_in_its_section(document):
    found = [reading.sentences for reading in read_sections(document)]
    copies = [(section, s) for section in found for s in section if s.copy_of is not None]
    assert copies
    for section, sentence in copies:
        original = section[sentence.copy_of - section[0].index]
        assert original.span.text.casefold() == sentence.span.text.casefold()


def test_an_article_of_usual_length_is_one_section(document, monkeypatch):
    monkeypatch.setattr(cutting, "SECTION", len(document.text))
    (reading,) = read_sections(document)
    assert read(document) == reading
    assert units(document) == next(sections(units(document)))


def test_an_empty_document_has_one_section_without_sentences():
    (reading,) = read_sections(Document(id="a", text="\n"))
    assert () == reading.sentences


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_article_makes_the_same_index_as_one_that_is_read_at_once(document, jobs, tmp_path):
    short = Document(id="short.txt", text="Ada Falk opened the mill in 1950.")
    with Corpus.open(tmp_path / "sections") as corpus:
        assert 2 == corpus.add(document, short, jobs=jobs).added
        assert corpus.check().ok
        digests = {name: corpus.index.digest(name) for name in (document.id, short.id)}
    with SqliteIndex.open(tmp_path / "whole") as index:
        for one in (document, short):
            reading = read(one)
            dated = evolve(one, published=reading.anchor)
            index.put_rows(prepare(dated, reading, digest=digests[one.id]))
    assert made_rows(tmp_path / "whole") == made_rows(tmp_path / "sections")


def test_a_verdict_is_found_in_any_section(document):
    with Corpus.memory() as corpus:
        corpus.add(document)
        checker = Checker(corpus, entailment=None, method="slots")
        assert "supported" == checker.verify("Egil Rask opened the harbour in Bergen in 1967").label
        assert "contradicted" == checker.verify("Egil Rask opened the harbour in Bergen in 1999").label


def row(number):
    return SentenceRow(start=number, length=2, terms="brücke “x”\n", marks="y1932", rest=bytes(range(256)) * 30)


@pytest.mark.parametrize("in_memory", [10, spooling.IN_MEMORY])
def test_a_spool_gives_its_rows_again_and_again(in_memory, monkeypatch):
    monkeypatch.setattr(spooling, "IN_MEMORY", in_memory)
    spool = Spool()
    assert [] == list(spool)
    for number in range(20):
        spool.append(row(number))
    assert 20 == len(spool)
    assert [row(number) for number in range(20)] == list(spool) == list(spool)


@pytest.mark.parametrize("in_memory", [10, spooling.IN_MEMORY])
def test_a_spool_takes_its_rows_along_to_another_process(in_memory, monkeypatch):
    monkeypatch.setattr(spooling, "IN_MEMORY", in_memory)
    spool = Spool()
    for number in range(20):
        spool.append(row(number))
    copy = pickle.loads(pickle.dumps(spool))
    copy.append(row(20))
    assert [row(number) for number in range(21)] == list(copy)
    assert [row(number) for number in range(20)] == list(spool)


def test_a_pool_reads_a_long_article_in_sections_too(document, tmp_path):
    def elsewhere(items):
        for item in items:
            done = read_item(item)
            assert isinstance(done.rows.sentences, Spool)
            yield pickle.loads(pickle.dumps(done))

    with Corpus.open(tmp_path / "here") as corpus:
        corpus.add(document)
    with SqliteIndex.open(tmp_path / "elsewhere") as index:
        assert 1 == ingest(index, [document], pool=elsewhere).added
    assert made_rows(tmp_path / "here") == made_rows(tmp_path / "elsewhere")


def test_a_full_disk_is_a_fault_of_the_long_article_alone(document, monkeypatch):
    class Full:
        def write(self, _data):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spooling.tempfile, "SpooledTemporaryFile", lambda **_options: Full())
    with Corpus.memory() as corpus:
        report = corpus.add(document, Document(id="short.txt", text="Ada Falk opened the mill in 1950."))
        assert (1, ["CC-E24"]) == (report.added, [fault.error_code for fault in report.faults])
        assert ["short.txt"] == [info.id for info in corpus.documents()]


def test_a_block_that_is_too_long_is_cut_behind_sentences_and_else_anywhere(monkeypatch):
    monkeypatch.setattr(cutting, "MAX_CHARACTERS", 40)
    text = "  Otto Falk left. Clara Weiss stayed. Ida Lind sang in Oslo. " + 50 * "x" + "  "
    cut = [text[start:end] for start, end, _, _ in units(Document(id="long.txt", text=text))]
    assert "".join(cut) == text.strip()
    assert cut[0] == "Otto Falk left. Clara Weiss stayed. "
    assert max(map(len, cut)) <= 40


def test_a_dateline_is_a_unit_of_its_own():
    text = "GENEVA, Oct. 24, 1999 (AP) — The list follows here."
    found = [(text[start:end], kind) for start, end, kind, _ in units(Document(id="d.txt", text=text))]
    assert [SentenceKind.DATELINE, SentenceKind.BODY] == [kind for _, kind in found]
    assert "The list follows here." == found[1][0]
