"""What storing costs at a size: making the file, opening it, adding, deleting, and reading while another one writes."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scale_corpus import Question, Writer, questions

from claimcheck.index import DocumentRows, Query, SqliteIndex, prepare

#: Articles that may wait for the one process that writes.
WAITING = 256
#: Articles that are added, and then deleted, one by one.
ADDED = 200
#: Seconds for which is read beside a writer.
BESIDE = 8.0

_OPEN = """
import sys, time
start = time.perf_counter()
from claimcheck.index import Query, SqliteIndex
loaded = time.perf_counter()
index = SqliteIndex.open(sys.argv[1], read_only=True)
opened = time.perf_counter()
index.candidates(Query(terms=tuple(sys.argv[2:])), 20)
print(1e3 * (opened - loaded), 1e3 * (time.perf_counter() - opened))
"""

_writer: Writer | None = None


# -------------------------------------------------------------------------------- making


def _start() -> None:
    global _writer  # noqa: PLW0603 - each process makes its words once
    _writer = Writer()


def _prepared(number: int) -> DocumentRows:
    assert _writer is not None
    document, reading = _writer.article(number)
    return prepare(document, reading, digest=str(number))


def build(path: Path, sentences: int, jobs: int) -> None:
    """Make the index at *path*, and beside it a file that says what that took."""
    began, worked, made = time.perf_counter(), time.process_time(), 0
    room, enough = threading.Semaphore(WAITING), threading.Event()

    def numbers() -> Iterator[int]:
        for number in itertools.count():
            room.acquire()
            if enough.is_set():
                return
            yield number

    with SqliteIndex.open(path, durable=False) as index, multiprocessing.Pool(jobs, initializer=_start) as pool:
        for rows in pool.imap(_prepared, numbers(), chunksize=16):
            index.put_rows(rows)
            made += len(rows.sentences)
            room.release()
            if made >= sentences:
                enough.set()
                room.release()
                pool.terminate()
                break
        index.seal()
    took = {
        "seconds": round(time.perf_counter() - began),
        "writing_us": round(1e6 * (time.process_time() - worked) / made),
        "peak_mib": _peak_mib(),
    }
    told(path).write_text(json.dumps(took), encoding="utf-8")


def _peak_mib() -> int:
    """The most memory that this process has had; `resource` would count that of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def told(path: Path) -> Path:
    """The file that says what making *path* took."""
    return path.with_suffix(".json")


# ------------------------------------------------------------------------------- opening


def cold_open(path: Path, asked: Sequence[Question]) -> dict[str, float]:
    """Milliseconds to open the file and to answer the first question, each time in a new process."""
    found = []
    for question in asked:
        command = [sys.executable, "-c", _OPEN, str(path), *question.terms]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
        found.append([float(one) for one in done.stdout.split()])
    opened, answered = (statistics.median(column) for column in zip(*found, strict=True))
    return {"open_ms": round(opened, 1), "first_ms": round(answered, 1)}


# ------------------------------------------------------------------- adding and deleting


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of an index, which is gone afterwards."""
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    try:
        yield copy
    finally:
        for file in path.parent.glob(f"{copy.name}*"):
            file.unlink()


def changed(path: Path, writer: Writer, first: int) -> dict[str, float]:
    """Milliseconds to add a new article, durably, and to delete it again."""
    rows = [prepare(*writer.article(first + number), digest="new") for number in range(ADDED)]
    with SqliteIndex.open(path) as index:
        began = time.perf_counter()
        for one in rows:
            index.put_rows(one)
        added = time.perf_counter()
        for one in rows:
            index.delete(one.id)
        deleted = time.perf_counter()
    return {"add_ms": round(1e3 * (added - began) / ADDED, 2), "delete_ms": round(1e3 * (deleted - added) / ADDED, 2)}


# ------------------------------------------------------------------ reading while written


def _write_on(path: str, first: int, stop: Any, count: Any) -> None:
    writer, number = Writer(), first
    with SqliteIndex.open(path) as index:
        count.value = 0
        while not stop.is_set():
            document, reading = writer.article(number)
            index.put(document, reading, digest="beside")
            number += 1
            count.value = number - first


def beside_a_writer(path: Path, writer: Writer, documents: int) -> dict[str, float]:
    """Milliseconds by the clock of searches while another process adds articles."""
    stop, count = multiprocessing.Event(), multiprocessing.Value("l", -1)
    process = multiprocessing.Process(target=_write_on, args=(str(path), 2 * documents, stop, count))
    process.start()
    times = []
    try:
        while count.value < 1:
            time.sleep(0.05)
        asked = iter(questions(writer, documents, 5_000))
        with SqliteIndex.open(path, read_only=True) as index:
            before, began = count.value, time.perf_counter()
            while time.perf_counter() - began < BESIDE:
                start = time.perf_counter()
                index.candidates(Query(terms=next(asked).terms), 20)
                times.append(1e3 * (time.perf_counter() - start))
            written = (count.value - before) / (time.perf_counter() - began)
    finally:
        stop.set()
        process.join()
    cuts = statistics.quantiles(times, n=20)
    return {
        "searches": len(times),
        "p50": round(statistics.median(times), 2),
        "p95": round(cuts[-1], 2),
        "written_a_second": round(written),
    }


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
