"""What every index must do, whatever it is made of: each test runs on each of them."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from attrs import evolve

from claimcheck.errors import SpanError
from claimcheck.index import Filters, PartedIndex, Query, ShardFolder, SqliteIndex, prepare
from claimcheck.model import Document, Reading, Sentence, Span

sys.path.insert(0, str(Path(__file__).parents[1]))
import tiny_reader

NAMES = ("Ada Falk", "Bo Lind", "Cleo Marsh", "Dora Quist")


def article(number: int, *, text: str = "") -> Document:
    """Article *number*, or another state of it."""
    first, second = NAMES[number % 4], NAMES[(number + 1) % 4]
    text = text or f"{first} crossed the ice in {1950 + number}. {second} followed with dog{number}. They rested."
    return Document(id=f"{number:03}.txt", text=text, title=f"{first} and the ice")


def one_file(folder, **options):
    return SqliteIndex.open(folder / "one.claimcheck", **options)


def in_memory(_folder):
    return SqliteIndex.open(":memory:")


def three_parts(folder, **options):
    return PartedIndex([SqliteIndex.open(folder / f"{n}.claimcheck", **options) for n in range(3)])


def eight_parts(folder, **options):
    return PartedIndex([SqliteIndex.open(folder / f"{n}.claimcheck", **options) for n in range(8)])


def two_shards(folder, *, read_only=False):
    index, _ = ShardFolder.make(folder / "shards", 2).open(read_only=read_only)
    return index


KINDS = [one_file, in_memory, three_parts, eight_parts, two_shards]
LASTING = [one_file, three_parts, eight_parts, two_shards]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def index(request, tmp_path):
    with request.param(tmp_path) as index:
        yield index


def put(index, *documents, digest="1"):
    for document in documents:
        index.put(document, tiny_reader.read(document), digest=digest)


def places(found):
    return [(candidate.document, candidate.sentence) for candidate in found]


def test_what_is_put_comes_back(index):
    put(index, *map(article, range(20)), digest="abc")
    for number in range(20):
        document = article(number)
        assert document == index.get(document.id)
        assert tiny_reader.read(document) == index.reading(document.id)
        assert tiny_reader.read(document).entities == index.entities(document.id)
        assert "abc" == index.digest(document.id)
    assert [2, 0] == [sentence.index for sentence in index.sentences("003.txt", [2, 9, 0])]
    assert [f"{n:03}.txt" for n in range(20)] == [info.id for info in index.documents()]
    assert (20, 60) == (index.info().documents, index.info().sentences)


def test_nothing_is_known_of_what_is_not_there(index):
    assert (None, None, None) == (index.get("x"), index.digest("x"), index.reading("x"))
    assert ((), ()) == (index.sentences("x", [0]), index.entities("x"))
    assert not index.delete("x")
    assert 0 == len(index.candidates(Query(terms=("ice",)), 5))


def test_what_was_made_ready_elsewhere_is_the_same(index):
    document = article(1)
    index.put_rows(prepare(document, tiny_reader.read(document), digest="d"))
    assert (document, "d") == (index.get(document.id), index.digest(document.id))


def test_each_change_is_a_generation(index):
    seen = [index.generation]
    put(index, article(1))
    seen.append(index.generation)
    put(index, article(1, text="Other words."))
    seen.append(index.generation)
    index.delete("001.txt")
    seen.append(index.generation)
    assert sorted(set(seen)) == seen
    index.delete("001.txt")
    assert seen[-1] == index.generation


def test_a_refused_document_leaves_what_was_there(index):
    put(index, article(1))
    before = index.generation
    wrong = Span(start=0, end=3, text="xyz")
    with pytest.raises(SpanError):
        index.put(article(1, text="Not xyz."), Reading(sentences=(Sentence(index=0, span=wrong),)), digest="2")
    assert article(1) == index.get("001.txt")
    assert before == index.generation


def test_a_snapshot_stays_as_it_was(index):
    put(index, *map(article, range(6)))
    query = Query(entities=(("ada", "falk"),), terms=("ice",))
    before = index.candidates(query, 9)
    with index.snapshot() as then:
        index.delete("000.txt")
        put(index, article(1, text="All new."), article(8))
        assert before == then.candidates(query, 9)
        assert [f"{n:03}.txt" for n in range(6)] == [info.id for info in then.documents()]
        assert article(1) == then.get("001.txt")
        assert then.generation < index.generation
    assert ["001.txt", "002.txt"] == [info.id for info in index.documents()][:2]
    assert before != index.candidates(query, 9)


def test_readers_go_on_while_somebody_writes(index):
    put(index, *map(article, range(4)))
    faults = []

    def look():
        try:
            for _ in range(20):
                for candidate in index.candidates(Query(terms=("ice",)), 9):
                    assert index.get(candidate.document) is not None
        except Exception as error:  # noqa: BLE001 - shown below
            faults.append(error)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(4, 30):
        put(index, article(number))
    for thread in threads:
        thread.join()
    assert [] == faults


def test_frequencies_stay_true(index):
    put(index, *map(article, range(12)))
    for number in (3, 5):
        index.delete(f"{number:03}.txt")
    put(index, article(4, text="Nothing of that."))
    found = index.statistics(["ice", "dog3", "dog7", "nothing"])
    assert {"ice": (9, 28), "dog7": (1, 0), "nothing": (1, 0)} == {
        term: (one.sentences, one.titled) for term, one in found.frequencies.items()
    }
    assert index.info().sentences == found.sentences
    assert () == index.check().faults


def test_filters(index):
    put(index, *(evolve(article(n), published=tiny_reader.dt.date(2000, 1, 1 + n)) for n in range(8)))
    until = Filters(published_until=tiny_reader.dt.date(2000, 1, 3))
    found = index.candidates(Query(terms=("ice",)), 99, filters=until)
    assert {"000.txt", "001.txt", "002.txt"} == {candidate.document for candidate in found}


QUERIES = [
    Query(entities=(("ada", "falk"),), terms=("crossed", "ice"), years=(1954,)),
    Query(terms=("followed", "dog7")),
    Query(terms=("ice",)),
    Query(entities=(("bo", "lind"), ("cleo", "marsh"))),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("query", QUERIES)
def test_every_index_gives_the_same_candidates(tmp_path, kind, query):
    (tmp_path / "other").mkdir()
    with kind(tmp_path) as index, one_file(tmp_path / "other") as reference:
        put(index, *map(article, range(30)))
        put(reference, *map(article, reversed(range(30))))
        expected, found = reference.candidates(query, 12), index.candidates(query, 12)
    assert places(expected) == places(found)
    assert [candidate.score for candidate in expected] == pytest.approx([c.score for c in found], abs=1e-6)
    assert not found.partial


@pytest.mark.parametrize("kind", LASTING, ids=lambda kind: kind.__name__)
def test_what_is_put_survives_closing(tmp_path, kind):
    with kind(tmp_path) as index:
        put(index, *map(article, range(9)))
        generation = index.generation
    with kind(tmp_path, read_only=True) as index:
        assert generation == index.generation
        assert article(7) == index.get("007.txt")
        assert () == index.check().faults


def test_a_part_that_cannot_be_searched_is_named(tmp_path):
    parts = [SqliteIndex.open(tmp_path / f"{n}.claimcheck") for n in range(3)]
    with PartedIndex(parts) as index:
        put(index, *map(article, range(30)))
        query = Query(terms=("ice", "followed"))
        whole = set(places(index.candidates(query, 99)))
        parts[1].close()
        found = index.candidates(query, 99)
    assert found.partial
    assert (str(tmp_path / "1.claimcheck"),) == found.missing
    assert set(places(found)) < whole
