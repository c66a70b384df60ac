from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from attrs import evolve

from claimcheck.checker import Corpus
from claimcheck.checker.ingest import AddReport
from claimcheck.errors import (
    ConfigError,
    CorpusError,
    DocumentError,
    DuplicateIdError,
    EngineError,
    IndexLockedError,
    SpanError,
    StoredIndexError,
)
from claimcheck.index import Query
from claimcheck.model import Document

HERE = str(Path(__file__).parents[1])
sys.path.insert(0, HERE)
import tiny_reader  # noqa: E402 - beside the tests, also for the processes that a test starts


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path):
    """Three plain articles, one of them below, and a file of two."""
    root = tmp_path / "articles"
    (root / "old").mkdir(parents=True)
    (root / "a.txt").write_text("Ada Falk crossed the ice in 1987. She was the first.")
    (root / "b.txt").write_text("Bo Lind sailed home in 1991.")
    (root / "old" / "c.txt").write_text("The harbour froze. Nobody left.")
    lines = [{"id": "l1", "text": "Wire one arrived."}, {"id": "l2", "text": "Wire two arrived."}]
    (root / "wires.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return root


@pytest.fixture
def corpus(tmp_path):
    with Corpus.open(tmp_path / "news.claimcheck", reader=tiny_reader.read_but) as corpus:
        yield corpus


def ids(corpus):
    return [info.id for info in corpus.documents()]


ALL = ["a.txt", "b.txt", "l1", "l2", "old/c.txt"]


def dump(path):
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


# ----------------------------------------------------------------------------------- add


def test_add_a_folder(corpus, folder):
    assert AddReport(added=5) == corpus.add(folder)
    assert ALL == ids(corpus)
    assert "Bo Lind sailed home in 1991." == corpus.get("b.txt").text
    assert tiny_reader.read(corpus.get("b.txt")) == corpus.reading("b.txt")
    assert [("b.txt", 0)] == [(c.document, c.sentence) for c in corpus.candidates(Query(entities=(("bo", "lind"),)))]
    assert corpus.check().ok


def test_add_files_and_documents(corpus, folder):
    document = Document(id="mine", text="I wrote this.")
    assert AddReport(added=2) == corpus.add(str(folder / "a.txt"), document)
    assert ["a.txt", "mine"] == ids(corpus)
    assert document == corpus.get("mine")


def test_what_has_not_changed_is_not_read_again(corpus, folder):
    document = Document(id="mine", text="I wrote this.")
    corpus.add(folder, document)

    def refuse(_):
        pytest.fail("an unchanged article was read again")

    corpus._reader = refuse  # noqa: SLF001
    assert AddReport(unchanged=6) == corpus.add(folder, document)


def test_what_has_changed_is_updated(corpus, folder):
    document = Document(id="mine", text="I wrote this.")
    corpus.add(folder, document)
    (folder / "b.txt").write_text("Bo Lind stayed.")
    wires = folder / "wires.jsonl"
    wires.write_text(wires.read_text().replace("two", "2"))
    report = corpus.add(folder, evolve(document, title="Mine"))
    assert AddReport(updated=3, unchanged=3) == report
    assert "Bo Lind stayed." == corpus.get("b.txt").text
    assert "Wire 2 arrived." == corpus.get("l2").text
    assert corpus.check().ok


def test_remove(corpus, folder):
    corpus.add(folder)
    assert ("a.txt", "l1") == corpus.remove("a.txt", "unknown", "l1")
    assert ["b.txt", "l2", "old/c.txt"] == ids(corpus)
    assert AddReport(added=2, unchanged=3) == corpus.add(folder)


@pytest.mark.parametrize("jobs", [1, 2])
def test_faults_are_collected_and_the_rest_goes_on(corpus, folder, jobs):
    (folder / "a1.txt").write_text("This is UNREADABLE.")
    (folder / "a2.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0binary\0")
    (folder / "a3.txt").write_text("A BUG shows.")
    (folder / "a4.txt").write_text("This is MISQUOTED.")
    (folder / "b1.jsonl").write_text('{"id": "l0", "text": "Fine."}\n{broken\n')
    report = corpus.add(folder, jobs=jobs)
    assert sorted([*ALL, "l0"]) == ids(corpus)
    assert 6 == report.added
    assert [DocumentError, DocumentError, DocumentError, SpanError, DocumentError] == [*map(type, report.faults)]
    assert ["a1.txt", "a2.txt", "a3.txt"] == [str(fault).split(":")[0] for fault in report.faults[:3]]
    assert all(fault.error_code for fault in report.faults)
    assert corpus.check().ok


def test_an_id_that_is_no_text_is_refused(corpus):
    report = corpus.add(Document(id="half \ud83d", text="Fine."), Document(id="whole", text="Fine."))
    assert ["whole"] == ids(corpus)
    assert [DocumentError] == [*map(type, report.faults)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_later_of_two_documents_with_one_id_is_left_out(corpus, folder, tmp_path, jobs):
    other = tmp_path / "more" / "a.txt"
    other.parent.mkdir()
    other.write_text("Another article.")
    report = corpus.add(folder, other.parent, jobs=jobs)
    (fault,) = report.faults
    assert isinstance(fault, DuplicateIdError)
    assert "a.txt" in str(fault)
    assert corpus.get("a.txt").text.startswith("Ada Falk")


def test_a_path_that_leads_nowhere_stops_before_anything_is_stored(corpus, folder, tmp_path):
    with pytest.raises(CorpusError):
        corpus.add(folder, tmp_path / "nowhere")
    assert [] == ids(corpus)


def test_larger_articles_are_left_out(corpus, folder):
    (folder / "long.txt").write_text("Ada Falk came. " * 100)
    report = corpus.add(folder, max_bytes=1000)
    assert ["long.txt"] == [str(fault).split(":")[0] for fault in report.faults]
    assert 1 == corpus.add(folder, max_bytes=2000).added
    with pytest.raises(ConfigError, match="at least 1 byte"):
        corpus.add(folder, max_bytes=0)


def test_jobs_must_be_positive(corpus, folder):
    with pytest.raises(ConfigError, match="at least 1"):
        corpus.add(folder, jobs=0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress(corpus, folder, jobs):
    told = []
    corpus.add(folder, jobs=jobs, on_progress=lambda *what: told.append(what))
    assert ["a.txt", "b.txt", "old/c.txt", "l1", "l2"] == [document_id for _, _, document_id in told]
    assert [1, 2, 3, 4, 5] == [done for done, _, _ in told]
    assert all(done <= total for done, total, _ in told)
    assert 5 == told[-1][1]


def test_the_index_is_the_same_for_any_number_of_jobs(folder, tmp_path):
    for number in range(40):
        (folder / f"n{number}.txt").write_text(
            f"Number {number} came in {1950 + number}. Ada Falk saw it." * (number % 7 + 1)
        )
    paths = [tmp_path / "one", tmp_path / "two"]
    for path, jobs in zip(paths, (1, 3), strict=True):
        with Corpus.open(path, reader=tiny_reader.read) as corpus:
            assert AddReport(added=45) == corpus.add(folder, jobs=jobs)
    assert dump(paths[0]) == dump(paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_dead_reading_process_is_an_error_and_nothing_stored_is_lost(corpus, folder):
    (folder / "z.txt").write_text("This one is DEADLY.")
    with pytest.raises(EngineError) as caught:
        corpus.add(
            folder / "a.txt", *[Document(id=f"{n:03}", text="Fine.") for n in range(30)], folder / "z.txt", jobs=2
        )
    assert caught.value.hint
    assert "a.txt" in ids(corpus)
    assert corpus.check().ok


def test_ctrl_c_loses_nothing_that_was_reported(corpus, folder):
    reported = []

    def interrupt(_done, _total, document_id):
        reported.append(document_id)
        if len(reported) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.add(folder, jobs=2, on_progress=interrupt)
    assert sorted(reported) == ids(corpus)
    assert corpus.check().ok
    assert AddReport(added=2, unchanged=3) == corpus.add(folder)


def alive(pid):
    """Whether a process runs; one that has ended and was not asked for does not."""
    try:
        return "Z" != Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the children of a process")
def test_reading_processes_end_with_the_one_that_is_killed(tmp_path):
    """Regression: after kill -9 each of them stayed for ever, with the language model in memory."""
    code = textwrap.dedent(INGEST.format(here=HERE, path=str(tmp_path / "news.claimcheck"), jobs=2))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    tasks = Path(f"/proc/{process.pid}/task").iterdir()
    children = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    readers = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    process.kill()
    process.wait()
    assert readers
    for _ in range(300):
        if not any(map(alive, readers)):
            break
        time.sleep(0.1)
    assert not any(map(alive, readers))
    process.stdout.close()


INGEST = """
    import signal
    import sys
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background ignores it
    sys.path.insert(0, {here!r})
    import tiny_reader
    from claimcheck.checker import Corpus
    from claimcheck.model import Document

    documents = [
        Document(id=f"d{{n:04}}", text="Ada Falk crossed the ice. She was the first. " * 20) for n in range(2000)
    ]
    if __name__ == "__main__":
        with Corpus.open({path!r}, reader=tiny_reader.read_slowly) as corpus:
            corpus.add(*documents, jobs={jobs}, on_progress=lambda done, total, name: print(name, flush=True))
"""


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGINT])
def test_a_process_killed_in_the_middle_leaves_complete_documents(tmp_path, signal_number):
    path = tmp_path / "news.claimcheck"
    code = textwrap.dedent(INGEST.format(here=HERE, path=str(path), jobs=1))
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    reported = [process.stdout.readline().strip() for _ in range(12)]
    process.send_signal(signal_number)
    reported += process.stdout.read().split()
    assert process.wait() != 0
    with Corpus.open(path, reader=tiny_reader.read) as corpus:
        found = ids(corpus)
        assert set(reported) <= set(found)
        assert len(found) <= len(reported) + 1
        assert {40} == {info.sentences for info in corpus.documents()}
        assert corpus.check().ok


FOLDER = """
    import sys
    sys.path.insert(0, {here!r})
    import tiny_reader
    from claimcheck.checker import Corpus

    with Corpus.open({path!r}, reader=tiny_reader.read) as corpus:
        corpus.add({folder!r}, on_progress=lambda done, total, name: print(name, flush=True))
"""


def test_twenty_kills_lose_nothing_that_was_reported(tmp_path):
    folder, path = tmp_path / "articles", tmp_path / "news.claimcheck"
    folder.mkdir()
    for number in range(200):
        (folder / f"d{number:03}.txt").write_text(f"Ada Falk came in {1900 + number % 100}. She was the first. " * 5)
    command = [sys.executable, "-c", textwrap.dedent(FOLDER.format(here=HERE, path=str(path), folder=str(folder)))]
    reported = set()
    for kill in range(20):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            reported.update(process.stdout.readline().strip() for _ in range(2 + 8 * kill))
            process.kill()
            reported.update(process.stdout.read().split())
        with Corpus.open(path, reader=tiny_reader.read) as corpus:
            assert reported - {""} <= set(ids(corpus))
            assert {10} == {info.sentences for info in corpus.documents()}
            assert () == corpus.check().faults
    with Corpus.open(path, reader=tiny_reader.read) as corpus:
        report = corpus.add(folder)
        assert 200 == report.added + report.unchanged
        assert () == corpus.check().faults


# ------------------------------------------------------------------------------------ of


def test_a_corpus_of_a_folder_is_kept(folder, cache):
    with Corpus.of(folder, reader=tiny_reader.read) as corpus:
        assert ALL == ids(corpus)
        assert corpus.info().read_only
        with pytest.raises(IndexLockedError):
            corpus.add(Document(id="x", text="Y."))
    (kept,) = cache.iterdir()
    before = kept.read_bytes()

    def refuse(*_):
        pytest.fail("a cached article was read again")

    with Corpus.of(folder, reader=tiny_reader.read, on_progress=refuse) as corpus:
        assert ALL == ids(corpus)
    assert [kept] == list(cache.iterdir())
    assert before == kept.read_bytes()


def test_a_corpus_of_changed_articles_is_read_again(folder):
    Corpus.of(folder, reader=tiny_reader.read).close()
    (folder / "b.txt").write_text("Bo Lind stayed.")
    with Corpus.of(folder, reader=tiny_reader.read) as corpus:
        assert "Bo Lind stayed." == corpus.get("b.txt").text


def test_a_corpus_of_several_paths(folder):
    with Corpus.of(folder / "old", folder / "a.txt", reader=tiny_reader.read) as corpus:
        assert ["a.txt", "c.txt"] == ids(corpus)


def test_faults_are_told_again_when_the_index_comes_from_the_cache(folder):
    (folder / "empty.txt").write_text(" \n")
    (folder / "wires2.jsonl").write_text('{"id": "a.txt", "text": "The same id."}')
    told = []
    for _ in range(2):
        with Corpus.of(folder, reader=tiny_reader.read) as corpus:
            assert ALL == ids(corpus)
            told.append([(type(fault), str(fault), fault.hint, fault.error_code) for fault in corpus.faults])
    assert {DocumentError, DuplicateIdError} == {kind for kind, *_ in told[0]}
    assert told[0] == told[1]


def test_a_damaged_cached_index_is_made_again(folder, cache):
    Corpus.of(folder, reader=tiny_reader.read).close()
    (kept,) = cache.iterdir()
    kept.write_bytes(b"rubbish " * 999)
    with Corpus.of(folder, reader=tiny_reader.read) as corpus:
        assert ALL == ids(corpus)
        assert corpus.check().ok


def test_a_corpus_of_nothing_readable_is_an_error_and_leaves_nothing(tmp_path, cache):
    (tmp_path / "empty.txt").write_text("  ")
    with pytest.raises(CorpusError, match="none of the 1 articles"):
        Corpus.of(tmp_path / "empty.txt", reader=tiny_reader.read)
    assert [] == list(cache.iterdir())
    with pytest.raises(CorpusError):
        Corpus.of(tmp_path / "nowhere", reader=tiny_reader.read)
    with pytest.raises(ConfigError):
        Corpus.of(reader=tiny_reader.read)


def test_an_interrupted_build_leaves_nothing(folder, cache):
    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Corpus.of(folder, reader=tiny_reader.read, on_progress=interrupt)
    assert [] == list(cache.iterdir())


def test_a_cache_that_cannot_be_written_is_said(folder, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path / "file" / "below"))
    with pytest.raises(StoredIndexError) as caught:
        Corpus.of(folder, reader=tiny_reader.read)
    assert "CLAIMCHECK_CACHE" in caught.value.hint


def test_old_cached_indexes_are_removed(folder, cache):
    Corpus.of(folder, reader=tiny_reader.read).close()
    (kept,) = cache.iterdir()
    foreign = cache / "notes.txt"
    foreign.touch()
    left = cache / "x.unfinished"
    left.touch()
    long_ago = time.time() - 90 * 86_400
    for file in (kept, foreign, left):
        os.utime(file, (long_ago, long_ago))
    (folder / "b.txt").write_text("Bo Lind stayed.")
    Corpus.of(folder, reader=tiny_reader.read).close()
    assert not kept.exists()
    assert not left.exists()
    assert foreign.exists()


def test_importing_the_corpus_is_light():
    code = "import sys, claimcheck.checker; print([m for m in ('spacy', 'numpy', 'platformdirs') if m in sys.modules])"
    assert (
        "[]" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    )
