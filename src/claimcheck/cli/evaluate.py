"""``claimcheck evaluate``: verdicts against gold labels."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

import click

import claimcheck
from claimcheck.evaluate import EXPORT_FORMATS, evaluate, export_text, load_gold, report_object
from claimcheck.model import Reading
from claimcheck.render.objects import json_text
from claimcheck.render.screens import scores_text

from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    output_options,
)
from .progress import progress
from .streams import Output


@click.command("evaluate")
@click.argument("dataset", metavar="DATASET")
@corpus_options
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@entailment_option
@click.option("--export", metavar="FILE", help="Write the verdicts to FILE for another scorer.")
@click.option(
    "--export-format",
    type=click.Choice(EXPORT_FORMATS),
    default=EXPORT_FORMATS[0],
    show_default=True,
    help="Its shape.",
)
@click.option("--show", type=click.Choice(["wrong"]), help="List the claims that went wrong, too.")
@output_options("text", "json")
def command(
    *,
    dataset: str,
    articles: CorpusOptions,
    as_of: dt.date | None,
    entailment: str | None,
    export: str | None,
    export_format: str,
    show: str | None,
    output: OutputOptions,
) -> int:
    """
    Measure verdicts against the gold labels of a data set.

    DATASET is JSON Lines (ours or FEVER's) or AVeriTeC's JSON. Measured are accuracy, macro F1, evidence recall,
    the FEVER score, the precision of contradictions, the Brier score and the calibration error, over all claims
    and for each tag.

    \b
    Examples:
      claimcheck evaluate claims/dev.jsonl --corpus corpus/
      claimcheck evaluate claims/dev.jsonl --corpus corpus/ --show wrong --export out.jsonl
    """  # noqa: D301 - click reads the backspace
    gold = load_gold(Path(dataset))
    with articles.opened(output) as corpus:
        checker = claimcheck.Checker(corpus, as_of=as_of, entailment=entailment)
        with progress("verifying claims", shown=articles.shows_progress(output)) as advance:
            outcomes = evaluate(
                checker, gold, locate=_Sentences(corpus).at, on_progress=lambda done, total: advance(done, total, "")
            )
    if export is not None:
        with Output(export) as file:
            file.write(export_text(outcomes, export_format))
    report = report_object(outcomes, dataset=Path(dataset).name, show_wrong=show == "wrong")
    with output.opened() as out:
        out.write(json_text(report) + "\n" if output.format == "json" else scores_text(report, output.look))
    return 0


class _Sentences:
    """Numbers of sentences by their place, for the documents looked at last."""

    def __init__(self, corpus: claimcheck.Corpus) -> None:
        self._reading = functools.lru_cache(maxsize=64)(corpus.reading)

    def at(self, document: str, start: int, end: int) -> int | None:
        """The number of the first sentence that shares a code point with ``[start, end)``."""
        reading: Reading | None = self._reading(document)
        if reading is None:
            return None
        hits = (s.index for s in reading.sentences if s.span.start < end and start < s.span.end)
        return next(hits, None)
