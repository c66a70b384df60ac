"""
The work that `crash` interrupts: one process, which prints a line for everything that it has been told is stored.

Usage: ``python benchmarks/crash_work.py KIND FOLDER [--jobs N]``.  The articles are of our own making, each known by
its number and its state, so that whoever looks afterwards knows what must be there.  They are read by the small reader
of the tests: what is tried out here is storing, not reading.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import tiny_reader
from claimcheck.checker import Corpus, results
from claimcheck.model import Document, Reading

#: Articles of one corpus, and results of one run.
ARTICLES, RESULTS = 60, 2_000
#: Names inside the folder of a round.
INDEX, CACHE, KEPT, FILES = "news.claimcheck", "cache", "results.sqlite", "articles"

_NAMES = ("Ada Falk", "Bo Lind", "Cleo Marsh", "Dora Quist", "Egil Rask", "Finn Storm")
_VERBS = ("crossed", "measured", "photographed", "described", "left", "reached")
_THINGS = ("the ice", "the harbour", "the old observatory", "the northern mill", "the valley")


@functools.cache
def article(number: int, state: int) -> Document:
    """Article *number* in one of its states: other words, and another number of sentences."""
    chance = random.Random(f"{number} {state}")
    sentences = [
        f"{chance.choice(_NAMES)} {chance.choice(_VERBS)} {chance.choice(_THINGS)} in {chance.randint(1900, 2020)}."
        for _ in range(chance.randint(5, 30))
    ]
    return Document(id=name(number), text=" ".join(sentences), title=f"{_NAMES[number % 6]}, part {state}")


@functools.cache
def reading(number: int, state: int) -> Reading:
    """What is read from `article`."""
    return tiny_reader.read(article(number, state))


def name(number: int) -> str:
    """The id of an article."""
    return f"a{number:04}"


def result(number: int) -> tuple[bytes, Any]:
    """Result *number* and its key."""
    return results.key_of("result", str(number)), {"number": number, "words": ["word"] * (number % 400)}


# -------------------------------------------------------------------------------- kinds


def add(folder: Path, jobs: int, *, state: int) -> None:
    """Add all articles in a state, or update those that are in another."""
    with Corpus.open(folder / INDEX, reader=tiny_reader.read) as corpus:
        corpus.add(
            *(article(number, state) for number in range(ARTICLES)),
            jobs=jobs,
            on_progress=lambda _done, _total, identifier: tell(identifier),
        )


def index(folder: Path, jobs: int) -> None:
    """Add all articles to a new index."""
    add(folder, jobs, state=0)


def update(folder: Path, jobs: int) -> None:
    """Update all articles of an index."""
    add(folder, jobs, state=1)


def remove(folder: Path, _jobs: int) -> None:
    """Remove every other article."""
    with Corpus.open(folder / INDEX, reader=tiny_reader.read) as corpus:
        for number in range(0, ARTICLES, 2):
            corpus.remove(name(number))
            tell(name(number))


def cache(folder: Path, jobs: int) -> None:
    """Make the index of a folder on the fly; ``CLAIMCHECK_CACHE`` says where it is kept."""
    with Corpus.of(
        folder / FILES,
        reader=tiny_reader.read,
        jobs=jobs,
        on_progress=lambda _done, _total, identifier: tell(identifier),
    ):
        pass


def kept(folder: Path, _jobs: int) -> None:
    """Keep results, a few at a time."""
    store = results.ResultStore(folder / KEPT)
    for first in range(0, RESULTS, 10):
        store.put(dict(result(number) for number in range(first, first + 10)))
        tell(str(first))
    store.close()


KINDS: dict[str, Callable[[Path, int], None]] = {
    "index": index,
    "update": update,
    "remove": remove,
    "cache": cache,
    "kept": kept,
}


def tell(what: str) -> None:
    """Say at once what is stored."""
    print(what, flush=True)


def main() -> None:
    """Do the work of one kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    KINDS[options.kind](options.folder, options.jobs)


if __name__ == "__main__":
    main()
