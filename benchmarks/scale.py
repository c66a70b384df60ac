"""
Search and storing at 10,000, 100,000, 1,000,000 and 5,000,000 sentences, ours and others' side by side in one run.

Usage: ``python benchmarks/scale.py [--sizes N ...] [--folder FOLDER] [--questions N] [--jobs N] [--keep]``.

The articles are of our own making (`scale_corpus`).  The indexes are made in FOLDER and stay there, so that a second
run only measures.  All engines are asked the same question one after the other, in one process; their times are CPU
times of the thread.  tantivy, bm25s and groundrails (``pip install tantivy bm25s``, ``pip install --no-deps groundrails
loguru rank_bm25``) are measured where they are installed.  ``--keep`` writes what was measured into
docs/figures/scale.json, from which docs/tables.py makes the tables, the plot and the cost model of docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scale_corpus import Question, Writer, questions
from scale_engines import Engine, engines, measured, ours, spread
from scale_store import beside_a_writer, changed, cold_open, copied, told
from stamps import FIGURES, Stamp, files_digest, speed_stamp
from stamps import changed as changed_since

from claimcheck import Claim
from claimcheck.checker import Checker, Corpus
from claimcheck.checker.claims import parse_claims
from claimcheck.entailment import DEFAULT
from claimcheck.index import SqliteIndex

PATH = FIGURES / "scale.json"
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
#: Shares of the terms that are other words in the harder questions.
REPLACED = (0.25, 0.5)
#: Claims that are verified, without the model and with it.
CLAIMS, WITH_MODEL = 200, 60
#: Rooms and programs whose change makes the figures stale.
PARTS = ("model", "language", "index", "matching", "checker", "entailment")
PROGRAMS = ("scale", "scale_corpus", "scale_engines", "scale_store")


def stamp_of_scale() -> Stamp:
    """The stamp of the figures as things are now."""
    programs = [Path(__file__).with_name(f"{name}.py") for name in PROGRAMS]
    return speed_stamp(programs[0], PARTS) | {"script": files_digest(programs)}


def made(path: Path, sentences: int, jobs: int) -> dict[str, Any]:
    """What making the index took, in a process of its own; it is made unless it is there."""
    if not told(path).is_file():
        path.unlink(missing_ok=True)
        program = Path(__file__).with_name("scale_store.py")
        command = [sys.executable, str(program), str(path), str(sentences), str(jobs)]
        subprocess.run(command, check=True)  # noqa: S603 - our own program
    return dict(json.loads(told(path).read_text(encoding="utf-8")))


def verdicts(path: Path, asked: Sequence[Question], entailment: str | None) -> dict[str, float]:
    """CPU milliseconds of this process for whole verdicts on claims that have been read."""
    with Corpus.open(path, read_only=True) as corpus:
        checker = Checker(corpus, entailment=entailment, method="slots" if entailment is None else "both")
        return spread(_timed(lambda question: checker.verify(question.claim), asked))


def readings(asked: Sequence[Question]) -> dict[str, float]:
    """CPU milliseconds to read the text of a claim by itself, and among 32; each only once, for it is kept then."""
    texts = [question.claim.text for question in asked]
    alone = _timed(lambda text: parse_claims([(Claim(text=text), None)]), texts[::2])
    rest = texts[1::2]
    began = time.process_time()
    for first in range(0, len(rest), 32):
        parse_claims([(Claim(text=text), None) for text in rest[first : first + 32]])
    return {"alone": spread(alone)["p50"], "among_32": round(1e3 * (time.process_time() - began) / len(rest), 2)}


def _timed(work: Callable[[Any], object], items: Sequence[Any]) -> list[float]:
    """CPU milliseconds of *work* on each of *items*, without the first tenth, which load what all need."""
    times = []
    for item in items:
        began = time.process_time()
        work(item)
        times.append(1e3 * (time.process_time() - began))
    return times[len(times) // 10 :]


def measure(folder: Path, sentences: int, count: int, jobs: int, writer: Writer) -> dict[str, Any]:
    """All figures for one size."""
    path = folder / f"{sentences}.claimcheck"
    building = made(path, sentences, jobs)
    with SqliteIndex.open(path, read_only=True) as index:
        info = index.info()
        characters = sum(found.characters for found in index.documents())
        all_engines = engines(index, path, sentences, writer)
        plain = questions(writer, info.documents, count)
        named = [question for question in plain if question.name]
        found: dict[str, Any] = {
            "sentences": info.sentences,
            "documents": info.documents,
            "building": building,
            "bytes_over_text": round((info.bytes - characters) / info.sentences),
            "candidates": {"0": measured(all_engines, plain)},
            "by_name": measured({"claimcheck": Engine(ours(index, by_name=True))}, named)["claimcheck"],
        }
        few = {name: engine for name, engine in all_engines.items() if name in {"claimcheck", "tantivy", "bm25s"}}
        for share in REPLACED:
            asked = questions(writer, info.documents, count, replaced=share)
            found["candidates"][str(share)] = measured(few, asked)
        del all_engines, few
    found["opening"] = cold_open(path, plain[:5])
    found["reading"] = readings(plain[:CLAIMS])
    found["verdict"] = verdicts(path, plain[-CLAIMS:], None)
    found["with_model"] = verdicts(path, plain[-WITH_MODEL:], DEFAULT)
    with copied(path) as copy:
        found["changing"] = changed(copy, writer, info.documents + 1_000)
        found["beside_a_writer"] = beside_a_writer(copy, writer, info.documents)
    return found


def main() -> None:
    """Print the figures of each size as a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="write the figures into docs/figures/scale.json")
    parser.add_argument("--stale", action="store_true", help="only if those there are stale")
    options = parser.parse_args()
    if options.stale and PATH.exists():
        known = json.loads(PATH.read_text(encoding="utf-8"))
        if not changed_since(known["stamp"], stamp_of_scale()):
            return
    writer, sizes, load = Writer(), {}, os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        for sentences in options.sizes:
            found = measure(folder, sentences, options.questions, options.jobs, writer)
            sizes[str(sentences)] = found
            print(json.dumps(found), flush=True)
    if options.keep:
        kept = {
            "load": round(load, 1),
            "measured": dt.datetime.now(tz=dt.UTC).date().isoformat(),
            "processors": os.cpu_count(),
            "sizes": sizes,
            "stamp": stamp_of_scale(),
        }
        PATH.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
