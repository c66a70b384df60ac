"""
Adding articles with one process and with two: sentences a second, their ratio, and what is not reading.

Usage: ``python benchmarks/ingest.py [FOLDER] [--times N] [--rounds N]``.

The articles of FOLDER (corpus/ when nothing is said) are added N times under other names, to a new index each time, as
``claimcheck index add`` does it.  Each round adds them with one process and then with two.  What is not reading is told
apart in one process: the processor time of all that follows the reading, up to the commit.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from claimcheck import Corpus, Document
from claimcheck.documents import discover, load_file
from claimcheck.documents.front_matter import article_start
from claimcheck.language.reading import read
from claimcheck.model import Reading

ROOT = Path(__file__).resolve().parent.parent


def articles(folder: Path, times: int) -> list[Document]:
    """The articles of *folder*, each so many times, with a mark in each paragraph: none was read a short while ago."""
    originals = [d for source in discover(folder) for d in load_file(source).documents]
    found = []
    for turn in range(times):
        for original in originals:
            paragraphs = original.text[article_start(original.text) :].split("\n\n")
            text = "\n\n".join(f"{paragraph} [{turn}]" for paragraph in paragraphs)
            found.append(
                Document(id=f"{turn}/{original.id}", text=text, title=original.title, published=original.published)
            )
    return found


def seconds(documents: Sequence[Document], jobs: int) -> tuple[float, int]:
    """Seconds by the clock to add all, and how many sentences there are then."""
    with tempfile.TemporaryDirectory() as place, Corpus.open(Path(place) / "index.claimcheck") as corpus:
        began = time.perf_counter()
        corpus.add(*documents, jobs=jobs)
        return time.perf_counter() - began, corpus.info().sentences


def share_besides_reading(documents: Sequence[Document]) -> float:
    """Share of the processor time of adding that is not reading."""
    spent = 0.0

    def timed(document: Document) -> Reading:
        nonlocal spent
        began = time.process_time()
        reading = read(document)
        spent += time.process_time() - began
        return reading

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "index.claimcheck"
        with Corpus.open(path, reader=timed) as corpus:
            began = time.process_time()
            corpus.add(*documents)
            whole = time.process_time() - began
    return 1 - spent / whole


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--times", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    documents = articles(options.folder, options.times)
    seconds(documents[:2], 1)  # loads the model
    rounds = []
    for _ in range(options.rounds):
        (one, sentences), (two, _) = seconds(documents, 1), seconds(documents, 2)
        rounds.append((sentences / one, sentences / two))
    one, two = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(b / a for a, b in rounds)
    print(f"{len(documents)} articles, {sentences} sentences, median of {options.rounds} rounds")
    print(f"--jobs 1         {one:6.0f} sentences a second")
    print(f"--jobs 2         {two:6.0f}   ratio {ratio:.2f}, goal 1.7")
    print(f"besides reading  {share_besides_reading(documents[::4]):6.1%}   of processor time, goal 15 %")


if __name__ == "__main__":
    main()
