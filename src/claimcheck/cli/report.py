"""``claimcheck report``: pictures of a corpus, and of the evidence for claims."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import click

import claimcheck
from claimcheck.render.pictures_page import pictures_page

from .configured import ConfiguredCommand, configured
from .inputs import in_order, read_claims, require_file
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    method_option,
)
from .progress import progress
from .results import Tally
from .streams import Output


@click.command("report", cls=ConfiguredCommand)
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("--claims", "claims_file", metavar="FILE", help="Claims, in the shapes that verify reads.")
@corpus_options
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@method_option
@entailment_option
@click.option("--output", metavar="FILE", help="Write to FILE, which appears when it is complete.")
@click.option("--quiet", "-q", is_flag=True, help="Neither progress nor warnings.")
def command(
    *,
    claims: tuple[str, ...],
    claims_file: str | None,
    articles: CorpusOptions,
    as_of: dt.date | None,
    method: str,
    entailment: str | None,
    output: str | None,
    quiet: bool,
) -> int:
    """
    Draw when articles were published, and the evidence for claims.

    One HTML page: how the corpus covers time and, where claims are given, a timeline of the sentences that support or
    contradict them, with the same in a table.

    \b
    Examples:
      claimcheck report --corpus articles/ --output corpus.html
      claimcheck report --claims claims.csv --index newsroom.claimcheck --output report.html
    """  # noqa: D301 - click reads the backspace
    if claims_file is not None:
        require_file(claims_file, "claims")
    shape = OutputOptions(format="text", output=output, color="never", plain=True, width=None, quiet=quiet)
    tally = Tally()
    with articles.opened(shape) as corpus, Output(output) as out:
        results = []
        if claims or claims_file is not None:
            checker = claimcheck.Checker(
                corpus, as_of=as_of, entailment=entailment, method=method, aliases=configured("aliases")
            )
            with (
                progress("verifying claims", shown=articles.shows_progress(shape)) as advance,
                closing(read_claims(claims, claims_file)) as items,
            ):
                for _, result in tally.watch(in_order(items, checker.verify_many)):
                    results.append(result)
                    advance(tally.done, None, "")
        out.write(pictures_page(list(corpus.documents()), results))
    tally.report("claims", single=False)
    return 2 if tally.failed else 0
