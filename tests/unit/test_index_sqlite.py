from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

from claimcheck.errors import (
    DocumentError,
    IndexFormatError,
    IndexLockedError,
    IndexVersionError,
    SpanError,
    StoredIndexError,
)
from claimcheck.index import FORMAT_VERSION, SqliteIndex
from claimcheck.index.older import OlderIndex
from claimcheck.model import Document, Reading, Sentence, Span

sys.path.insert(0, str(Path(__file__).parents[1]))
import tiny_reader

ARTICLE = Document(
    id="ice/polar.txt",
    text="Ada Falk crossed the ice in 1987. She was the first. Bo Lind followed in 1991.",
    title="Across the ice",
    published=dt.date(1992, 3, 4),
    source="The Gazette",
    metadata=(("desk", "science"),),
)
SHORT = Document(id="b.txt", text="Bo Lind sailed home.")


def store(index, *documents, digest="1"):
    for document in documents:
        index.put(document, tiny_reader.read(document), digest=digest)


def dump(path):
    with sqlite3.connect(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.claimcheck"


@pytest.fixture
def index(path):
    with SqliteIndex.open(path) as index:
        yield index


def test_what_is_put_survives_closing(path):
    with SqliteIndex.open(path) as index:
        store(index, ARTICLE, SHORT, digest="abc")
    with SqliteIndex.open(path) as index:
        assert ARTICLE == index.get(ARTICLE.id)
        assert tiny_reader.read(ARTICLE) == index.reading(ARTICLE.id)
        assert tiny_reader.read(ARTICLE).entities == index.entities(ARTICLE.id)
        assert "abc" == index.digest(ARTICLE.id)


def test_nothing_is_known_of_what_is_not_stored(index):
    assert index.get("x") is None
    assert index.digest("x") is None
    assert index.reading("x") is None
    assert () == index.sentences("x", [0])
    assert () == index.entities("x")
    assert not index.delete("x")


def test_sentences_come_in_the_order_asked_for(index):
    store(index, ARTICLE)
    assert [2, 0] == [sentence.index for sentence in index.sentences(ARTICLE.id, [2, 7, 0])]


def test_put_replaces(index):
    store(index, ARTICLE, SHORT)
    store(index, evolve(ARTICLE, text="All new. Nothing old."), digest="2")
    assert "All new. Nothing old." == index.get(ARTICLE.id).text
    assert "2" == index.digest(ARTICLE.id)
    assert 3 == index.info().sentences
    assert index.check().ok


def test_delete_leaves_nothing_behind(path):
    with SqliteIndex.open(path) as index:
        store(index, SHORT)
    before = dump(path)
    with SqliteIndex.open(path) as index:
        store(index, ARTICLE)
        assert index.delete(ARTICLE.id)
        assert index.check().ok
    after = dump(path)
    logical = [table for table in before if not table.startswith("search_")]
    before["meta"], after["meta"] = ([r for r in d["meta"] if r[0] != "generation"] for d in (before, after))
    assert {table: before[table] for table in logical} == {table: after[table] for table in logical}


def test_documents_are_listed_in_order_and_across_pages(index):
    many = [evolve(SHORT, id=f"{number:04}.txt") for number in range(600)]
    store(index, *reversed(many))
    assert [document.id for document in many] == [info.id for info in index.documents()]


def test_listing_goes_on_while_the_index_is_written(index):
    store(index, *(evolve(SHORT, id=f"{number:04}") for number in range(300)))
    for info in index.documents():
        index.delete(info.id)
    assert [] == list(index.documents())


def test_documents_info(index):
    store(index, ARTICLE)
    (info,) = index.documents()
    assert ("Across the ice", dt.date(1992, 3, 4), "The Gazette", 3, len(ARTICLE.text), "1") == (
        info.title,
        info.published,
        info.source,
        info.sentences,
        info.characters,
        info.digest,
    )


def test_info_counts(index, path):
    store(index, ARTICLE, SHORT)
    info = index.info()
    assert (2, 4, 4, 4) == (info.documents, info.sentences, info.mentions, info.statements)
    assert FORMAT_VERSION == info.format_version
    assert str(path) == info.path
    assert info.updated is not None
    assert info.bytes > 0


def test_the_same_documents_give_the_same_bytes(tmp_path):
    paths = [tmp_path / "a", tmp_path / "b"]
    for path in paths:
        with SqliteIndex.open(path) as index:
            store(index, ARTICLE, SHORT)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_control_characters_and_rare_scripts_stay_in_place(index):
    odd = Document(id="odd", text="Nul\0 and bell\a met 北京 and 🙂 (عربي).\r\nThe end.", title="\0")
    store(index, odd)
    assert odd == index.get("odd")
    assert tiny_reader.read(odd) == index.reading("odd")
    assert index.check().ok


def test_half_a_surrogate_pair_is_refused(index):
    store(index, SHORT)
    with pytest.raises(DocumentError, match="surrogate"):
        store(index, Document(id="bad", text="Half \ud83d."))
    assert ["b.txt"] == [info.id for info in index.documents()]


def test_a_span_that_misquotes_is_refused_and_the_old_document_stays(index):
    store(index, SHORT)
    wrong = Reading(sentences=(Sentence(index=0, span=Span(start=0, end=2, text="xx")),))
    with pytest.raises(SpanError):
        index.put(SHORT, wrong, digest="2")
    assert "1" == index.digest(SHORT.id)
    assert 1 == index.info().sentences


def test_an_interrupted_put_is_undone(index, monkeypatch):
    store(index, SHORT)

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SqliteIndex, "_count", interrupt)
        with pytest.raises(KeyboardInterrupt):
            store(index, ARTICLE)
    assert ["b.txt"] == [info.id for info in index.documents()]
    assert index.check().ok


def test_threads_take_turns(index):
    def put(number):
        store(index, *(evolve(ARTICLE, id=f"{number}/{part}") for part in range(5)))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 20 == index.info().documents
    assert index.check().ok


# ----------------------------------------------------------------------------- bad files


@pytest.mark.parametrize(
    "data", [b"not a database at all, but long enough to be looked at " * 40, b"short", b"\0" * 5000]
)
def test_another_file_is_not_an_index(path, data):
    path.write_bytes(data)
    with pytest.raises(IndexFormatError) as caught:
        SqliteIndex.open(path)
    assert "CC-E21" == caught.value.error_code
    assert caught.value.hint
    assert data == path.read_bytes()


def files(folder):
    """The bytes of all files of a folder, but of those that SQLite keeps for its locks."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}


def stop_in_the_middle(path, *statements):
    """Another program that works on a database in WAL mode and is killed; a log stays beside the file."""
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "[c.execute(s).fetchall() for s in sys.argv[2:]]; os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, path, "PRAGMA journal_mode = WAL", *statements], check=True)


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
@pytest.mark.parametrize("open_as", [SqliteIndex.open, OlderIndex])
def test_another_database_is_not_an_index_and_stays_as_it_is(path, journal, open_as):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("CREATE TABLE recipes (name)")
    before = files(path.parent)
    with pytest.raises(IndexFormatError):
        open_as(str(path))
    assert before == files(path.parent)


@pytest.mark.parametrize("open_as", [SqliteIndex.open, OlderIndex])
def test_the_log_of_another_database_stays_as_it_is(path, open_as):
    stop_in_the_middle(path, "CREATE TABLE recipes (name)")
    before = files(path.parent)
    assert f"{path.name}-wal" in before
    with pytest.raises(IndexFormatError):
        open_as(str(path))
    assert before == files(path.parent)


def test_an_index_of_another_version_stays_as_it_is(path):
    SqliteIndex.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
        connection.execute("PRAGMA journal_mode = DELETE")
    before = files(path.parent)
    with pytest.raises(IndexVersionError):
        SqliteIndex.open(path)
    assert before == files(path.parent)


def test_an_empty_file_becomes_an_index(path):
    path.touch()
    with SqliteIndex.open(path) as index:
        assert 0 == index.info().documents


def test_a_folder_is_not_an_index(tmp_path):
    with pytest.raises(IndexFormatError, match="folder"):
        SqliteIndex.open(tmp_path)


@pytest.mark.parametrize("options", [{}, {"read_only": True}])
def test_a_missing_place_is_said(tmp_path, options):
    with pytest.raises(StoredIndexError) as caught:
        SqliteIndex.open(tmp_path / "no" / "folder", **options)
    assert caught.value.hint
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    "change",
    [f"PRAGMA user_version = {FORMAT_VERSION + 1}", "UPDATE meta SET value = 'other' WHERE key = 'analysis'"],
)
def test_another_version_is_not_opened(path, change):
    SqliteIndex.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    with pytest.raises(IndexVersionError) as caught:
        SqliteIndex.open(path)
    assert "CC-E22" == caught.value.error_code
    assert caught.value.hint


def test_a_second_writer_is_told(path, index):
    store(index, SHORT)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with SqliteIndex.open(path, timeout=0.05) as waiting:
        with pytest.raises(IndexLockedError) as caught:
            store(waiting, ARTICLE)
        assert "CC-E23" == caught.value.error_code
        assert SHORT == waiting.get(SHORT.id)
        other.execute("ROLLBACK")
        store(waiting, ARTICLE)
    other.close()


def test_a_full_disk_keeps_what_was_stored(path):
    with SqliteIndex.open(path) as index:
        store(index, SHORT)
        pages = index._connection.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001
        index._connection.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001
        with pytest.raises(StoredIndexError) as caught:
            store(index, evolve(ARTICLE, text=ARTICLE.text * 500))
        assert "CC-E24" == caught.value.error_code
        assert ["b.txt"] == [info.id for info in index.documents()]
        assert index.check().ok


def test_reading_only(path):
    with SqliteIndex.open(path) as index:
        store(index, ARTICLE)
    with SqliteIndex.open(path, read_only=True) as index:
        assert index.info().read_only
        assert ARTICLE == index.get(ARTICLE.id)
        assert index.check().ok
        with pytest.raises(IndexLockedError, match="may not be written"):
            store(index, SHORT)


def test_a_sealed_index_is_one_file(path):
    index = SqliteIndex.open(path, durable=False)
    store(index, ARTICLE)
    index.seal()
    assert [path.name] == [file.name for file in path.parent.iterdir()]
    with SqliteIndex.open(path, read_only=True) as sealed:
        assert ARTICLE == sealed.get(ARTICLE.id)
        assert [path.name] == [file.name for file in path.parent.iterdir()]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written(path):
    with SqliteIndex.open(path) as index:
        store(index, ARTICLE)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with SqliteIndex.open(path) as index:
            assert index.info().read_only
            assert ARTICLE == index.get(ARTICLE.id)
    finally:
        path.parent.chmod(0o755)


def test_a_closed_index_says_so(path):
    index = SqliteIndex.open(path)
    index.close()
    index.close()
    with pytest.raises(StoredIndexError, match="closed"):
        index.get("x")


# --------------------------------------------------------------------------------- check


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE documents SET text = replace(text, 'ice', 'sea')", "not what was stored"),
        ("UPDATE documents SET published = '1999-01-01'", "not what was stored"),
        ("UPDATE sentences SET start = start + 1 WHERE id = 2", "not what was stored"),
        ("UPDATE sentences SET length = 9999 WHERE id = 3", "sentence 2 cannot be read"),
        ("UPDATE sentences SET rest = x'0102'", "cannot be read"),
        ("UPDATE documents SET rest = x'0102'", "cannot be read"),
        ("UPDATE documents SET known = x'0102'", "cannot be read"),
        ("UPDATE documents SET title_terms = 'other'", "not what was stored"),
        ("DELETE FROM sentences WHERE id = 3", "sentences"),
        ("INSERT INTO sentences VALUES (99, 7, 0, 1, '', '', x'')", "belong to no document"),
        ("UPDATE documents SET mentions = 0", "mentions"),
        ("UPDATE frequencies SET titled = 9 WHERE term = 'ice'", "frequent"),
        ("UPDATE frequencies SET sentences = 9 WHERE term = 'ice'", "frequent"),
        ("UPDATE meta SET value = 7 WHERE key = 'documents'", "counted"),
        ("INSERT INTO search (rowid, terms, marks, title) VALUES (1, 'extra', '', '')", "damaged"),
        ("UPDATE sentences SET terms = 'other' WHERE id = 2", "damaged"),
    ],
)
def test_check_finds(path, change, said):
    with SqliteIndex.open(path) as index:
        store(index, ARTICLE)
        assert index.check().ok
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    with SqliteIndex.open(path) as index:
        report = index.check()
    assert not report.ok
    assert said in " ".join(fault.message for fault in report.faults)


def test_check_counts_what_it_proved(index):
    store(index, ARTICLE, SHORT)
    report = index.check()
    # a sentence is itself a span, with one statement of three, and a mention or a date here and there
    assert (2, 4, 4 * 4 + 4 + 4) == (report.documents, report.sentences, report.spans)


def test_check_survives_damaged_pages(path):
    with SqliteIndex.open(path) as index:
        store(index, *(evolve(ARTICLE, id=str(number)) for number in range(200)))
        index.seal()
    data = bytearray(path.read_bytes())
    for page in range(8, len(data) // 4096, 3):
        data[page * 4096 + 100 : page * 4096 + 2000] = os.urandom(1900)
    path.write_bytes(data)
    with SqliteIndex.open(path) as index:
        assert not index.check().ok


def test_reading_a_damaged_document_is_an_error_of_ours(path):
    with SqliteIndex.open(path) as index:
        store(index, ARTICLE)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sentences SET length = 9999")
    with SqliteIndex.open(path) as index, pytest.raises(IndexFormatError):
        index.reading(ARTICLE.id)
