"""
Peak memory while one long article is stored, and of a verdict on a claim from it.

Usage: ``python benchmarks/long_article.py [--mib N] [--read] [--check]``.  A text of our own making is read by the
language model once and stored again and again as one article of N MiB, with as many entities; then a process gives a
verdict on one claim from it, by the slots, and with ``--check`` the index is checked.  With ``--read`` all of a text of
N MiB is read by the language model from its file, as ``claimcheck index add`` does it: some two minutes for each MiB.
Each step is a process of its own, which prints a line.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import growth_text as made
from attrs import evolve

from claimcheck import Checker, Corpus, Document
from claimcheck.index import Spool, SqliteIndex, prepare, rows, serial
from claimcheck.language import read

#: Code points that are read by the language model.
BLOCK = 100_000
CLAIM = "Ada Falk opened the bridge in Oslo in 1932"
#: Where Linux says how much memory a process has had at most.
_STATUS = Path("/proc/self/status")
_INDEX, _TEXT = "long.claimcheck", "long.txt"


def store(folder: Path, mib: int) -> dict[str, object]:
    """Store the article from one block of it, which is read."""
    text = made.plain(made.paragraphs(BLOCK)) + "\n"
    document = Document(id=_TEXT, text=text)
    reading = read(document)
    once = prepare(document, reading, digest="long")
    times = mib * 2**20 // len(text)
    entities = (evolve(e, id=e.id if not n else f"{e.id}.{n}") for n in range(times) for e in reading.entities)
    known = [serial.dumps(serial.unstructure(entity, "")) for entity in entities]
    head = (*once.head[:-1], serial.pack_text(f"[{','.join(known)}]"))
    sentences = Spool()
    for n, sentence in itertools.product(range(times), once.sentences):
        sentences.append(evolve(sentence, start=sentence.start + n * len(text)))
    whole = evolve(
        once,
        head=head,
        text=text * times,
        sentences=sentences,
        counts=(once.counts[0] * times, len(known), once.counts[2] * times),
        checksum=rows.checksum(head, text * times, once.title_terms, sentences),
    )
    with SqliteIndex.open(folder / _INDEX) as index:
        index.put_rows(whole)
        index.seal()
    return {"sentences": len(sentences)}


def index(folder: Path, mib: int) -> dict[str, object]:
    """Read and store the article."""
    with (folder / _TEXT).open("w", encoding="utf-8") as file:
        parts, length = made.parts(), 0
        while length < mib * 2**20:
            length += file.write(next(parts) + "\n\n")
    with Corpus.open(folder / _INDEX) as corpus:
        corpus.add(folder / _TEXT)
        return {"sentences": corpus.info().sentences}


def check(folder: Path, _mib: int) -> dict[str, object]:
    """Prove the index."""
    with Corpus.open(folder / _INDEX) as corpus:
        return {"faults": len(corpus.check().faults)}


def verdict(folder: Path, _mib: int) -> dict[str, object]:
    """Give a verdict."""
    with Corpus.open(folder / _INDEX, read_only=True) as corpus:
        found = Checker(corpus, entailment=None, method="slots").verify(CLAIM)
    return {"verdict": found.label.value, "evidence": len(found.evidence)}


STEPS: dict[str, Callable[[Path, int], dict[str, object]]] = {
    "store": store,
    "index": index,
    "check": check,
    "verdict": verdict,
}


def peak() -> int:
    """The most memory that this process has had, in MiB."""
    if _STATUS.exists():  # the other figure counts what the process was before it became this program
        lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) // 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=50)
    parser.add_argument("--read", action="store_true", help="read all of the article")
    parser.add_argument("--check", action="store_true", help="check the index too")
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        found = STEPS[options.step](options.folder, options.mib)
        spent = {"processor_seconds": round(time.process_time(), 1), "peak_mib": peak()}
        print(json.dumps({"step": options.step, "mib": options.mib, **found, **spent}))
        return
    with tempfile.TemporaryDirectory() as folder:
        for step in ("index" if options.read else "store", "verdict", *(("check",) if options.check else ())):
            command = [sys.executable, __file__, "--mib", str(options.mib), "--step", step, "--folder", folder]
            subprocess.run(command, check=True)  # noqa: S603 - this file


if __name__ == "__main__":
    main()
