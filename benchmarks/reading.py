"""
What our reading adds to spaCy's own time, on the same text in the same run.

Usage: ``python benchmarks/reading.py [FOLDER] [--rounds N]``.  Every article of FOLDER (the repository's corpus
when none is named) is read; the time spent inside spaCy is taken out of the whole.  The best of N rounds counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import define

from claimcheck import documents
from claimcheck.language import pipeline, read
from claimcheck.model import Document

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
Clock = Callable[[], float]


@define
class TimedModel:
    """A spaCy pipeline that adds up the time spent in it."""

    nlp: Any
    clock: Clock
    spent: float = 0.0

    def pipe(self, texts: Iterable[str], **options: Any) -> Iterator[Any]:
        """The documents of `nlp.pipe`."""
        parsed = self.nlp.pipe(texts, **options)
        while True:
            start = self.clock()
            doc = next(parsed, None)
            self.spent += self.clock() - start
            if doc is None:
                return
            yield doc


def measure(articles: list[Document], clock: Clock) -> tuple[float, float]:
    """Seconds of one round: inside spaCy, and added by us."""
    model = TimedModel(nlp=pipeline._load(pipeline.model_name()), clock=clock)  # noqa: SLF001
    original = pipeline._load  # noqa: SLF001
    pipeline._load = lambda _name: model  # type: ignore[assignment] # noqa: SLF001
    try:
        start = clock()
        for article in articles:
            read(article)
        whole = clock() - start
    finally:
        pipeline._load = original  # noqa: SLF001
    return model.spent, whole - model.spent


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    articles = [d for source in documents.discover(options.folder) for d in documents.load_file(source).documents]
    words = sum(len(article.text.split()) for article in articles)
    read(articles[0])  # the models and word lists are loaded before the clock starts
    rounds = [measure(articles, time.process_time) for _ in range(options.rounds)]
    parsing, added = min(rounds, key=sum)
    print(f"{len(articles)} articles, {words:,} words, best of {options.rounds} rounds, processor time")
    print(f"spaCy        {parsing:7.2f} s  {words / parsing:9,.0f} words/s")
    print(f"added by us  {added:7.2f} s  {words / added:9,.0f} words/s")
    print(f"together     {parsing + added:7.2f} s  {words / (parsing + added):9,.0f} words/s")
    print(f"ratio added / spaCy: {added / parsing:.2f}")


if __name__ == "__main__":
    main()
