"""An index of an older version is taken over without loss, or not touched at all."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from claimcheck import Corpus, Document
from claimcheck.checker import migrate as room
from claimcheck.checker.migrate import MigrateReport, migrate
from claimcheck.errors import IndexFormatError, IndexLockedError, IndexVersionError, StoredIndexError
from claimcheck.index import FORMAT_VERSION
from tiny_reader import read

#: The tables of format 1 that a document's row stood in.
FORMAT_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, title TEXT NOT NULL, published TEXT,
    source TEXT NOT NULL, anchor TEXT, sentences INTEGER NOT NULL, characters INTEGER NOT NULL,
    title_terms TEXT NOT NULL, checksum TEXT NOT NULL, warnings TEXT, rest BLOB NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE TABLE sentences (id INTEGER PRIMARY KEY, terms TEXT NOT NULL, years TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (terms, years, content = 'sentences', content_rowid = 'id');
"""
HISTORY = """
CREATE TABLE newsroom_audit (number INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL) STRICT;
CREATE TABLE newsroom_exports (body BLOB NOT NULL) STRICT;
CREATE INDEX newsroom_audit_of ON newsroom_audit (action);
INSERT INTO newsroom_audit (number, action) VALUES (3, 'check'), (7, 'decision: accept'), (9, 'gone');
DELETE FROM newsroom_audit WHERE number = 9;
INSERT INTO newsroom_exports VALUES (x'00ff10');
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of articles."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(5):
        head = f"---\ntitle: Well {number}\npublished: 1950-06-0{number + 1}\nurl: a/b\n---\n"
        text = f"{head}\nThe *well* of Sill \N{GRINNING FACE}.\n"
        (articles / f"well-{number}.md").write_text(text, encoding="utf-8")
    return articles


@pytest.fixture
def today(folder, tmp_path):
    """An index of today with a history in it."""
    path = tmp_path / "newsroom.claimcheck"
    with Corpus.open(path, reader=read) as corpus:
        assert 5 == corpus.add(folder).added
        corpus.remove("well-1.md")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(HISTORY)
    return path


def of_format_1(path):
    """The same documents in a file of format 1, without the readings, which nobody takes over."""
    with closing(sqlite3.connect(path)) as new:
        rows = new.execute(
            "SELECT number, id, digest, title, published, source, anchor, sentences, characters, title_terms, checksum,"
            " warnings, rest, text FROM documents"
        ).fetchall()
    path.unlink()
    with closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        old.executescript(FORMAT_1 + HISTORY)
        old.execute("INSERT INTO meta VALUES ('analysis', '1')")
        old.executemany(f"INSERT INTO documents VALUES ({', '.join('?' * 14)})", rows)
        old.execute("PRAGMA application_id = 0x434C4D43")
        old.execute("PRAGMA user_version = 1")
        old.commit()


def of_other_terms(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'analysis'")
        connection.commit()


def all_documents(path):
    with Corpus.open(path, read_only=True) as corpus:
        return [(corpus.get(info.id), info.digest) for info in corpus.documents()]


def history(path):
    with closing(sqlite3.connect(path)) as connection:
        return [
            connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for name in ("newsroom_audit", "newsroom_exports")
        ] + connection.execute("SELECT seq FROM sqlite_sequence").fetchall()


@pytest.mark.parametrize(("age", "old_format"), [(of_format_1, 1), (of_other_terms, FORMAT_VERSION)])
def test_an_older_index_is_taken_over_without_loss(today, folder, age, old_format):
    documents, kept_history = all_documents(today), history(today)
    age(today)
    old = today.read_bytes()
    with pytest.raises(IndexVersionError) as caught:
        Corpus.open(today)
    assert "index migrate" in caught.value.hint
    kept = f"{today}.before-migration"
    assert MigrateReport(documents=4, old_format=old_format, kept=kept) == migrate(str(today), reader=read)
    assert documents == all_documents(today)
    assert kept_history == history(today)
    assert len(old) == Path(kept).stat().st_size or old_format == 1
    with Corpus.open(today, reader=read) as corpus:
        assert corpus.check().ok
        report = corpus.add(folder)
    assert (1, 4) == (report.added, report.unchanged)  # the digests are those of the files
    assert [] == [f.name for f in today.parent.iterdir() if "migrating" in f.name]


def test_an_index_of_today_is_left_alone(today):
    before = today.read_bytes()
    assert MigrateReport(documents=4, old_format=FORMAT_VERSION, kept="") == migrate(str(today), reader=read)
    assert before == today.read_bytes()


def content(path):
    """Every row of every table; the file may have another journal mode afterwards."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
        return [connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names]


def refused(path, error, match, **options):
    """A migration that fails leaves the file as it was, and nothing beside it."""
    before, there = content(path), sorted(path.parent.iterdir())
    with pytest.raises(error, match=match):
        migrate(str(path), **{"reader": read, **options})
    assert (before, there) == (content(path), sorted(path.parent.iterdir()))


def test_an_article_that_cannot_be_read_stops_everything(today):
    of_other_terms(today)

    def fails_at_the_third(document):
        if document.id == "well-3.md":
            raise KeyError(document.id)
        return read(document)

    refused(today, ValueError, "well-3.md: reading failed", reader=fails_at_the_third)


def test_an_interruption_leaves_the_old_index(today, monkeypatch):
    of_other_terms(today)

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "_prove", interrupt)
    refused(today, KeyboardInterrupt, "^$")


def test_a_new_index_that_lacks_an_article_does_not_take_the_place(today, monkeypatch):
    of_other_terms(today)
    real = room.OlderIndex.documents
    monkeypatch.setattr(room.OlderIndex, "documents", lambda self: list(real(self))[1:])
    refused(today, IndexFormatError, "3 of 4 documents")


def test_an_index_in_use_is_not_taken_over(today):
    of_other_terms(today)
    with closing(sqlite3.connect(today)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(IndexLockedError):
            migrate(str(today), reader=read)
    migrate(str(today), reader=read)


def test_what_was_kept_before_is_not_overwritten(today):
    of_other_terms(today)
    Path(f"{today}.before-migration").write_text("precious")
    refused(today, StoredIndexError, "is in the way")


def test_a_run_that_was_killed_at_the_last_moment_is_done_again(today):
    of_other_terms(today)
    Path(f"{today}.before-migration").hardlink_to(today)
    Path(f"{today}.migrating").write_bytes(b"half of it")
    Path(f"{today}.migrating-wal").write_bytes(b"half of it")
    assert 4 == migrate(str(today), reader=read).documents
    assert 4 == len(all_documents(today))


def test_a_damaged_article_is_named(today):
    of_other_terms(today)
    with closing(sqlite3.connect(today)) as connection:
        connection.execute("UPDATE documents SET text = text || '!' WHERE id = 'well-2.md'")
        connection.commit()
    refused(today, IndexFormatError, r"well-2\.md")


@pytest.mark.parametrize("content", [b"", b"no index", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_index_is_refused(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(StoredIndexError):
        migrate(str(path), reader=read)
    assert content == path.read_bytes()
    with pytest.raises(StoredIndexError, match="there is no index"):
        migrate(str(tmp_path / "absent"), reader=read)


def test_a_folder_of_shards_is_refused_as_what_it_is(tmp_path):
    folder = tmp_path / "archive.shards"
    Corpus.open(folder, shards=2, reader=read).close()
    with pytest.raises(StoredIndexError, match="is a folder of shards") as caught:
        migrate(str(folder), reader=read)
    assert "index add --shards" in caught.value.hint


def test_an_index_of_a_newer_version_is_refused(today):
    with closing(sqlite3.connect(today)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
    refused(today, IndexVersionError, "upgrade|reads format")


def test_the_command_says_what_it_did(today, monkeypatch, capsys):
    from claimcheck.cli import main  # noqa: PLC0415 - the other tests need no command line

    of_other_terms(today)
    monkeypatch.setattr("claimcheck.language.read", read)
    assert 0 == main(["index", "migrate", "--index", str(today), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert (4, FORMAT_VERSION, f"{today}.before-migration") == (found["documents"], found["old_format"], found["kept"])
    assert 0 == main(["index", "migrate", "--index", str(today)])
    assert "is of this version already" in capsys.readouterr().out
    assert 2 == main(["index", "migrate", "--index", str(today.parent / "absent")])


def test_documents_that_are_no_files_keep_their_digests(tmp_path):
    path = tmp_path / "i.claimcheck"
    articles = [Document(id=f"{n}", text=f"Fine {n}. It rained.", metadata=(("desk", "news"),)) for n in range(3)]
    with Corpus.open(path, reader=read) as corpus:
        corpus.add(*articles)
    of_other_terms(path)
    migrate(str(path), reader=read)
    with Corpus.open(path, reader=read) as corpus:
        assert 3 == corpus.add(*articles).unchanged
