"""
Peak memory of a verdict on one long article in an index.

Usage: ``python benchmarks/long_article.py [--mib N]``.  A text of our own making is read by the language model once and
stored again and again as one article of N MiB, with as many entities; then a process of its own gives a verdict on one
claim from it, by the slots, and tells its peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import growth_text as made
from attrs import evolve

from claimcheck import Checker, Corpus, Document
from claimcheck.index import SqliteIndex, prepare, rows, serial
from claimcheck.language import read

#: Code points that are read by the language model.
BLOCK = 100_000
CLAIM = "Ada Falk opened the bridge in Oslo in 1932"


def make(path: Path, mib: int) -> None:
    """Store the article."""
    text = made.plain(made.paragraphs(BLOCK)) + "\n"
    document = Document(id="long.txt", text=text)
    reading = read(document)
    once = prepare(document, reading, digest="long")
    times = mib * 2**20 // len(text)
    entities = [evolve(e, id=e.id if not n else f"{e.id}.{n}") for n in range(times) for e in reading.entities]
    known = serial.pack([serial.unstructure(entity, "") for entity in entities])
    head = (*once.head[:-1], known)
    sentences = tuple(
        evolve(sentence, start=sentence.start + n * len(text)) for n in range(times) for sentence in once.sentences
    )
    whole = evolve(
        once,
        head=head,
        text=text * times,
        sentences=sentences,
        counts=(once.counts[0] * times, len(entities), once.counts[2] * times),
        checksum=rows.checksum(head, text * times, once.title_terms, sentences),
    )
    with SqliteIndex.open(path) as index:
        index.put_rows(whole)
        index.seal()


def verdict(path: Path) -> dict[str, object]:
    """The figures of a verdict in this process."""
    began = time.process_time()
    with Corpus.open(path, read_only=True) as corpus:
        found = Checker(corpus, entailment=None, method="slots").verify(CLAIM)
        sentences = corpus.info().sentences
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "sentences": sentences,
        "verdict": found.label.value,
        "evidence": len(found.evidence),
        "processor_seconds": round(time.process_time() - began, 1),
        "peak_mib": round(peak / (2**20 if sys.platform == "darwin" else 2**10)),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=50)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.index:
        print(json.dumps({"mib": options.mib, **verdict(options.index)}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.claimcheck"
        make(path, options.mib)
        command = [sys.executable, __file__, "--mib", str(options.mib), "--index", str(path)]
        subprocess.run(command, check=True)  # noqa: S603 - this file


if __name__ == "__main__":
    main()
