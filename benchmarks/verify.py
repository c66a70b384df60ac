"""
Milliseconds of one verdict without the entailment model, stage by stage, beside spaCy's own time on the same claims.

Usage: ``python benchmarks/verify.py [CLAIMS] [--corpus FOLDER]``.  One process, one claim after the
other, as `Checker.verify` takes them, in a process that was warmed up as those that go on running are
(`claimcheck.checker.warm`).  Every tenth claim warms up what is loaded on first use, and does not count; every other
claim is seen once.  Processor time, so that other work on the machine counts as little as possible.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from reading import TimedModel

import claimcheck
from claimcheck.checker import parse_claim
from claimcheck.checker.sources import judged
from claimcheck.checker.warm import warm_up
from claimcheck.errors import ClaimcheckError
from claimcheck.language import pipeline

ROOT = Path(__file__).resolve().parent.parent
GOAL = 15.0
STAGES = ("spaCy", "reading besides", "search", "slots and verdict")


def stages(checker: claimcheck.Checker, text: str, spacy: TimedModel, clock: Callable[[], float]) -> list[float]:
    """Seconds of each of `STAGES` for one claim."""
    spacy.spent = 0.0
    start = clock()
    claim = parse_claim(text)
    read = clock()
    found = checker.found(claim)
    searched = clock()
    checker.verdict(claim, judged(claim, found, None))
    return [spacy.spent, read - start - spacy.spent, searched - read, clock() - searched]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="?", type=Path, default=ROOT / "claims" / "dev.jsonl")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    options = parser.parse_args()
    texts = [json.loads(line)["claim"] for line in options.claims.read_text(encoding="utf-8").splitlines()]
    clock = time.process_time
    spacy = TimedModel(nlp=pipeline._load(pipeline.model_name()), clock=clock)  # noqa: SLF001
    pipeline._load = lambda _name: spacy  # type: ignore[assignment] # noqa: SLF001
    with claimcheck.Corpus.of(options.corpus) as corpus:
        checker = claimcheck.Checker(corpus, entailment=None)
        warm_up(checker)
        rows = []
        for number, text in [*enumerate(texts[::10], -len(texts)), *enumerate(texts)]:
            try:
                row = stages(checker, text, spacy, clock)
            except ClaimcheckError:  # a question, say: it gets no verdict
                continue
            if number >= 0 and number % 10:
                rows.append(row)
    report(rows)


def report(rows: list[list[float]]) -> None:
    """Print mean, median and 95th percentile of each stage."""
    print(f"{len(rows)} claims, milliseconds of processor time a claim")
    print(f"{'':18} {'mean':>6} {'median':>7} {'95 %':>6}")
    sums = [sum(row) for row in rows]
    for name, column in [*zip(STAGES, zip(*rows, strict=True), strict=True), ("together", sums)]:
        ordered = sorted(1000 * value for value in column)
        mean = sum(ordered) / len(ordered)
        print(f"{name:18} {mean:6.1f} {ordered[len(ordered) // 2]:7.1f} {ordered[int(0.95 * len(ordered))]:6.1f}")
    mean, parsing = 1000 * sum(sums) / len(rows), 1000 * sum(row[0] for row in rows) / len(rows)
    print(f"together / spaCy: {mean / parsing:.1f}; goal {GOAL:.0f} ms: {'met' if mean <= GOAL else 'not met'}")


if __name__ == "__main__":
    main()
