"""Full disks and damaged ones, files that change meanwhile, many at once: an error with a code, or the truth."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from claimcheck import Checker, Corpus, Document
from claimcheck.checker import ingest, results
from claimcheck.errors import ClaimcheckError, CorpusError, IndexFormatError, IndexLockedError, StoredIndexError
from claimcheck.index import Query, SqliteIndex

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import tiny_reader  # noqa: E402 - beside the tests, also for the processes that a test starts

FULL = {"CC-E24", "CC-E25"}
NAMES = ("Ada Falk", "Bo Lind", "Cleo Marsh", "Dora Quist")


def article(number, state=0, sentences=12):
    text = " ".join(
        f"{NAMES[(number + n) % 4]} crossed the ice of part {n} in {1900 + (number + state + n) % 100}."
        for n in range(sentences)
    )
    return Document(id=f"a{number:03}", text=text, title=f"Part {state}")


def stored(path, count=8, **options):
    with Corpus.open(path, reader=tiny_reader.read) as corpus:
        corpus.add(*(article(number, **options) for number in range(count)))
    return path


@contextmanager
def small_disk(folder, size="1m"):
    """A file system of its own; skips where it may not be made."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        yield lambda options: subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def claimcheck(*arguments, **options):
    command = [sys.executable, "-m", "claimcheck", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, **options)


# ------------------------------------------------------------------------------ full disk


def test_a_full_disk_keeps_what_was_stored_and_the_next_run_goes_on(tmp_path):
    articles = [article(number, sentences=100) for number in range(60)]
    with small_disk(tmp_path / "disk") as change:
        path, told = tmp_path / "disk" / "news.claimcheck", []
        with Corpus.open(path, reader=tiny_reader.read) as corpus, pytest.raises(StoredIndexError) as caught:
            corpus.add(*articles, on_progress=lambda _done, _total, name: told.append(name))
        assert caught.value.error_code in FULL
        assert caught.value.hint
        with Corpus.open(path, read_only=True) as corpus:
            assert told == [info.id for info in corpus.documents()]
            assert articles[0] == corpus.get("a000")
            assert () == corpus.check().faults
        change("size=64m")
        with Corpus.open(path, reader=tiny_reader.read) as corpus:
            report = corpus.add(*articles)
            assert (60 - len(told), len(told)) == (report.added, report.unchanged)
            assert () == corpus.check().faults
    assert 0 < len(told) < 60


def test_a_cache_on_a_full_disk_is_an_error_and_leaves_nothing(tmp_path, monkeypatch):
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(30):
        (articles / f"{number}.txt").write_text(article(number, sentences=100).text)
    with small_disk(tmp_path / "disk", "256k"):
        monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path / "disk"))
        with pytest.raises(StoredIndexError) as caught:
            Corpus.of(articles, reader=tiny_reader.read)
        assert caught.value.error_code in FULL
        assert [] == list((tmp_path / "disk").iterdir())


def test_results_are_not_kept_on_a_full_disk_and_nothing_fails(tmp_path):
    with small_disk(tmp_path / "disk", "64k"):
        store = results.ResultStore(tmp_path / "disk" / "results.sqlite")
        kept = {results.key_of(str(n)): {"n": n, "noise": random.Random(n).randbytes(3000).hex()} for n in range(60)}
        for key, data in kept.items():
            store.put({key: data})
        found = store.get(list(kept))
        store.close()
    assert len(found) < 60
    assert all(kept[key] == data for key, data in found.items())


def test_the_command_says_that_the_disk_is_full(tmp_path):
    (tmp_path / "article.txt").write_text("Ada Falk crossed the ice in 1950. " * 400)
    with small_disk(tmp_path / "disk", "180k"):
        done = claimcheck("index", "add", "--index", tmp_path / "disk" / "n.claimcheck", tmp_path / "article.txt")
    assert 2 == done.returncode
    assert "error[CC-E2" in done.stderr
    assert "Traceback" not in done.stderr


def test_results_that_do_not_fit_on_the_disk_are_an_error(tmp_path):
    index = stored(tmp_path / "news.claimcheck", count=80, sentences=1)
    with small_disk(tmp_path / "disk", "4k"):
        done = claimcheck(
            "index", "list", "--index", index, "--format", "json", "--output", tmp_path / "disk" / "o.json"
        )
        assert not any(file.suffix == ".json" for file in (tmp_path / "disk").iterdir())
    assert 2 == done.returncode
    assert "error[CC-E08]" in done.stderr


# ------------------------------------------------------------------------ read-only, locked


def test_a_read_only_file_system_can_be_searched_but_not_written(tmp_path):
    with small_disk(tmp_path / "disk", "4m") as change:
        path = stored(tmp_path / "disk" / "news.claimcheck")
        change("ro")
        with Corpus.open(path, reader=tiny_reader.read) as corpus:
            assert corpus.info().read_only
            assert article(3) == corpus.get("a003")
            assert corpus.check().ok
            with pytest.raises(IndexLockedError) as caught:
                corpus.add(article(99))
            assert caught.value.hint
        with pytest.raises(StoredIndexError):
            Corpus.open(tmp_path / "disk" / "new.claimcheck")


def test_a_locked_index_is_said_to_be_and_can_still_be_read(tmp_path):
    path = stored(tmp_path / "news.claimcheck")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Corpus.open(path, read_only=True) as corpus:
            assert article(1) == corpus.get("a001")
        with (
            Corpus.open(path, timeout=0.05, reader=tiny_reader.read) as corpus,
            pytest.raises(IndexLockedError) as caught,
        ):
            corpus.add(article(99))
        other.execute("ROLLBACK")
    assert "CC-E23" == caught.value.error_code


# --------------------------------------------------------------- files that change meanwhile


def test_a_file_that_is_removed_before_it_is_read_is_left_out(tmp_path):
    (tmp_path / "a.txt").write_text("Ada Falk came.")
    (tmp_path / "b.txt").write_text("Bo Lind went.")
    sources = ingest.gather([tmp_path])
    (tmp_path / "a.txt").unlink()
    with SqliteIndex.open(":memory:") as index:
        report = ingest.ingest(index, sources, reader=tiny_reader.read)
        assert ["b.txt"] == [info.id for info in index.documents()]
    (fault,) = report.faults
    assert "CC-E11" == fault.error_code
    assert "a.txt" in str(fault)


@pytest.fixture
def changing(tmp_path, monkeypatch):
    """A file that is written again each time it has been looked at, as often as is said."""
    file, before = tmp_path / "a.txt", ingest.documents.digest
    texts = []

    def look(source):
        found = before(source)
        if texts and source.path == file:
            file.write_text(texts.pop(0))
        return found

    monkeypatch.setattr(ingest.documents, "digest", look)
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path / "cache"))
    file.write_text("The mill burned down in 1887.")
    return file, texts


def test_a_file_that_changes_while_it_is_read_is_known_by_what_was_read(tmp_path, changing):
    """Regression: it was known by the state before, so that going back to it was taken for no change."""
    file, texts = changing
    texts.append("The mill burned down in 1888.")
    with Corpus.open(tmp_path / "news.claimcheck", reader=tiny_reader.read) as corpus:
        corpus.add(file)
        assert file.read_text() == corpus.get("a.txt").text
        file.write_text("The mill burned down in 1887.")
        assert 1 == corpus.add(file).updated
        assert file.read_text() == corpus.get("a.txt").text


def test_an_index_of_changing_files_is_not_kept_under_their_old_state(changing):
    """Regression: the new words were kept in the cache as the index of the old ones."""
    file, texts = changing
    old = file.read_text()
    texts.append("The mill burned down in 1888.")
    with Corpus.of(file, reader=tiny_reader.read) as corpus:
        assert "The mill burned down in 1888." == corpus.get("a.txt").text
    file.write_text(old)
    with Corpus.of(file, reader=tiny_reader.read) as corpus:
        assert old == corpus.get("a.txt").text


def test_files_that_never_rest_are_an_error(changing):
    file, texts = changing
    texts.extend(f"The mill burned down in {year}." for year in range(1800, 1900))
    with pytest.raises(CorpusError, match="changed while they were read") as caught:
        Corpus.of(file, reader=tiny_reader.read)
    assert caught.value.hint


# ------------------------------------------------------------------------------- damage


def everything(path):
    """What a reader is told of each document, or the code of the error in its place."""
    told = {}
    try:
        with Corpus.open(path, read_only=True) as corpus:
            corpus.check()
            for number in range(8):
                name = f"a{number:03}"
                for part in (corpus.get, corpus.reading, corpus.entities):
                    try:
                        told[name, part.__name__] = part(name)
                    except ClaimcheckError as error:
                        told[name, part.__name__] = error.error_code if error.hint else "no hint"
            for found in (corpus.info, lambda: list(corpus.documents())):
                try:
                    found()
                except ClaimcheckError as error:
                    told[str(found)] = error.error_code
            try:
                for candidate in corpus.candidates(Query(entities=(("ada", "falk"),), terms=("ice",)), 20):
                    (sentence,) = corpus.sentences(candidate.document, [candidate.sentence]) or (None,)
                    document = corpus.get(candidate.document)
                    if sentence is not None:
                        told["quoted", sentence.span] = document
            except ClaimcheckError as error:
                told["candidates"] = error.error_code
    except ClaimcheckError as error:
        told["open"] = error.error_code
    return told


def assert_true_or_refused(told):
    for key, found in told.items():
        if isinstance(found, str):
            assert found.startswith("CC-E2")
        elif key[0] == "quoted":
            span = key[1]
            assert found == article(int(found.id[1:]))
            assert span.text == found.text[span.start : span.end]
        elif key[1] == "get":
            assert found is None or found == article(int(key[0][1:]))
        elif key[1] == "reading" and found is not None:
            assert found == tiny_reader.read(article(int(key[0][1:])))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = stored(tmp_path_factory.mktemp("sound") / "news.claimcheck")
    with SqliteIndex.open(path) as index:
        index.seal()
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_are_found_or_change_nothing(tmp_path, sound, seed):
    """Regression: a word that the disk had changed was quoted as the source's."""
    chance = random.Random(seed)
    refused = 0
    for _ in range(10):
        data = bytearray(sound)
        for _ in range(chance.choice([1, 1, 8, 64])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path = tmp_path / "news.claimcheck"
        path.write_bytes(data)
        told = everything(path)
        assert_true_or_refused(told)
        refused += any(isinstance(found, str) for found in told.values())
    assert refused


@pytest.mark.parametrize("seed", range(8))
def test_a_truncated_index_is_refused_or_tells_the_truth(tmp_path, sound, seed):
    chance = random.Random(seed)
    path = tmp_path / "news.claimcheck"
    for _ in range(4):
        path.write_bytes(sound[: chance.randrange(1, len(sound))])
        assert_true_or_refused(everything(path))


def test_a_changed_word_is_not_quoted(tmp_path):
    path = stored(tmp_path / "news.claimcheck")
    with SqliteIndex.open(path) as index:
        index.seal()
    path.write_bytes(path.read_bytes().replace(b"in 1910.", b"in 1960."))
    with Corpus.open(path) as corpus, pytest.raises(IndexFormatError) as caught:
        Checker(corpus, entailment=None, method="slots").verify("Ada Falk crossed the ice in 1960")
    assert "CC-E21" == caught.value.error_code
    assert "index check" in caught.value.hint


# ------------------------------------------------------------------------- many at once

WRITE = """
import sys
sys.path[:0] = [{tests!r}, {here!r}]
import test_faults
from claimcheck import Corpus
import tiny_reader

with Corpus.open({path!r}, reader=tiny_reader.read, timeout=60) as corpus:
    print("open", flush=True)
    sys.stdin.readline()
    corpus.add(*(test_faults.article(n) for n in range({first}, {first} + 60)))
"""


def test_two_writers_both_get_their_articles_in(tmp_path):
    path = str(tmp_path / "news.claimcheck")
    processes = []
    for first in (0, 60):
        code = WRITE.format(tests=str(ROOT / "tests"), here=str(Path(__file__).parent), path=path, first=first)
        processes.append(
            subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
    for process in processes:
        assert "open\n" == process.stdout.readline()
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    assert [0, 0] == [process.wait(120) for process in processes]
    for process in processes:
        process.stdin.close()
        process.stdout.close()
    with Corpus.open(path) as corpus:
        assert [article(n) for n in range(120)] == [corpus.get(info.id) for info in corpus.documents()]
        assert () == corpus.check().faults


def test_twenty_readers_beside_a_writer_each_see_whole_documents(tmp_path):
    path = stored(tmp_path / "news.claimcheck", count=4)
    states = {state: [article(number, state) for number in range(4)] for state in range(8)}
    stop, faults, looks = threading.Event(), [], [0] * 20

    def look(reader):
        with SqliteIndex.open(path, read_only=True) as index:
            while not stop.is_set():
                number = (looks[reader] + reader) % 4
                with index.snapshot() as then:
                    document = then.get(f"a{number:03}")
                    if document not in [articles[number] for articles in states.values()]:
                        faults.append(document)
                    if then.reading(document.id) != tiny_reader.read(document):
                        faults.append(document.id)
                looks[reader] += 1

    readers = [threading.Thread(target=look, args=(reader,)) for reader in range(20)]
    for reader in readers:
        reader.start()
    with Corpus.open(path, reader=tiny_reader.read) as corpus:
        for state in range(1, 8):
            corpus.add(*states[state])
        while min(looks) < 2 and any(reader.is_alive() for reader in readers):
            time.sleep(0.01)
        stop.set()
        for reader in readers:
            reader.join()
        assert () == corpus.check().faults
    assert [] == faults
    assert min(looks) >= 2


# -------------------------------------------------------------------------------- clocks


def test_a_clock_that_jumps_keeps_what_is_in_use(tmp_path, monkeypatch):
    path = tmp_path / "results.sqlite"
    key, other = results.key_of("one"), results.key_of("two")
    for day, wanted in ((20_000, {}), (19_000, {key: 1, other: 2}), (90_000, {}), (20_000, {key: 1, other: 2})):
        monkeypatch.setattr(results, "_today", lambda day=day: day)
        store = results.ResultStore(path)
        assert wanted == store.get([key, other]), day
        store.put({key: 1, other: 2})
        assert {key: 1, other: 2} == store.get([key, other])
        store.close()


def test_files_from_the_future_do_not_stay_in_the_cache_for_ever(tmp_path, monkeypatch):
    """Regression: what a wrong clock had dated ahead was never removed."""
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text("Ada Falk came.")
    Corpus.of(tmp_path / "a.txt", reader=tiny_reader.read).close()
    (kept,) = (tmp_path / "cache").iterdir()
    ahead = time.time() + 400 * 86_400
    os.utime(kept, (ahead, ahead))
    (tmp_path / "a.txt").write_text("Ada Falk went.")
    Corpus.of(tmp_path / "a.txt", reader=tiny_reader.read).close()
    assert not kept.exists()
