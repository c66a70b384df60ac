"""
Peak memory while indexing n documents, and four times as many.

Usage: ``python benchmarks/memory.py [FOLDER] [--documents N]``.  The articles of FOLDER are added again and again
under new ids, each time with another first line, so that no two are alike.  Each run is a process of its own.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

import claimcheck
from claimcheck import documents

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def articles(folder: Path, count: int) -> Iterator[claimcheck.Document]:
    """The first *count* articles, going round."""
    sources = itertools.cycle(documents.discover(folder))
    for number, source in enumerate(itertools.islice(sources, count)):
        for article in documents.load_file(source).documents:
            yield evolve(article, id=f"{number:06}/{article.id}", layout=(), text=f"Copy {number}\n\n{article.text}")


def index(folder: Path, count: int) -> int:
    """Index and return this process's peak memory in bytes."""
    with tempfile.TemporaryDirectory() as place, claimcheck.Corpus.open(Path(place) / "index.claimcheck") as corpus:
        for article in articles(folder, count):
            corpus.add(article)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(index(options.folder, options.documents))
        return
    peaks = []
    for count in (options.documents, 4 * options.documents):
        command = [sys.executable, __file__, str(options.folder), "--documents", str(count), "--one"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this file
        peaks.append(int(done.stdout))
        print(f"{count:5} documents: peak {peaks[-1] / 2**20:6.0f} MiB")
    print(f"growth: {(peaks[1] - peaks[0]) / 2**20:+.1f} MiB")


if __name__ == "__main__":
    main()
