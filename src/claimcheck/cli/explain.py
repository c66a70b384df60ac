"""``claimcheck explain``: how the verdict on one claim came about."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext

import click

import claimcheck
from claimcheck.checker.pairs import EVIDENCE
from claimcheck.model import Document
from claimcheck.render.explain_objects import explanation_object
from claimcheck.render.explain_text import explanation_text
from claimcheck.render.objects import json_text

from .configured import ConfiguredCommand, configured, is_said
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    day_option,
    entailment_option,
    method_option,
    output_options,
)


@click.command("explain", cls=ConfiguredCommand)
@click.argument("claim", metavar="CLAIM")
@corpus_options
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@method_option
@entailment_option
@click.option("--source", metavar="TEXT", help="Hold CLAIM against this text, a sentence or a few, not a corpus.")
@click.option("--title", metavar="TEXT", default="", help="Headline of the text in --source.")
@day_option("--published", "Day of the text in --source (YYYY-MM-DD).")
@click.option(
    "--candidates",
    type=click.IntRange(min=0),
    metavar="N",
    default=3,
    show_default=True,
    help="How many candidates are shown in full; the others have a few lines each.",
)
@output_options("text", "json")
def command(
    *,
    claim: str,
    articles: CorpusOptions,
    as_of: dt.date | None,
    method: str,
    entailment: str | None,
    source: str | None,
    title: str,
    published: dt.date | None,
    candidates: int,
    output: OutputOptions,
) -> int:
    """
    Show how the verdict on a claim came about, step by step.

    For whoever mends a wrong verdict: what was read from the claim, what was searched for, and for each sentence
    that was found what was read from it, how it was aligned, what it weighs, and why it counts or does not.

    \b
    Examples:
      claimcheck explain "The bridge was opened in 1932" --corpus articles/
      claimcheck explain "The bridge was opened in 1932" --source "It was opened in 1935." --method both
    """  # noqa: D301 - click reads the backspace
    text = _text(source, title, published)
    if text is not None and is_said("corpus", "index"):
        msg = "--source takes the place of a corpus: leave out --corpus and --index"
        raise click.UsageError(msg)
    with nullcontext() if text is not None else articles.opened(output) as corpus, output.opened() as out:
        checker = claimcheck.Checker(
            corpus, as_of=as_of, entailment=entailment, method=method, aliases=configured("aliases"), cache=True
        )
        explanation = checker.explain(claim, source=text)
        if output.format == "json":
            out.write(json_text(explanation_object(explanation, candidates=candidates)) + "\n")
        else:
            out.write(explanation_text(explanation, output.look, candidates=candidates))
    return 0


def _text(source: str | None, title: str, published: dt.date | None) -> Document | None:
    """The text that was given in the place of a corpus."""
    if source is not None:
        return Document(id=EVIDENCE, text=source, title=title, published=published)
    if title or published:
        msg = "--title and --published belong to --source"
        raise click.UsageError(msg)
    return None
