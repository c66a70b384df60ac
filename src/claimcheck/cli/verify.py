"""``claimcheck verify``: what the sources show about claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import click

import claimcheck
from claimcheck.model import Claim, Failure, Label, Verdict
from claimcheck.render.objects import failure_object, verdict_object
from claimcheck.render.text import failure_text, summary_text, verdict_text

from .configured import ConfiguredCommand, configured
from .inputs import in_order, read_claims, require_file
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    fail_options,
    is_finding,
    memory_option,
    method_option,
    min_confidence_option,
    output_options,
)
from .progress import progress
from .results import Tally, shaped

Item = Claim | Failure
Result = Verdict | Failure


@click.command("verify", cls=ConfiguredCommand)
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--claims",
    "claims_file",
    metavar="FILE",
    help="Claims in JSON Lines (id, claim), in CSV with a column claim, or one a line; - is standard input.",
)
@corpus_options
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@method_option
@entailment_option
@min_confidence_option
@memory_option
@fail_options
@output_options("text", "json", "jsonl")
def command(
    *,
    claims: tuple[str, ...],
    claims_file: str | None,
    articles: CorpusOptions,
    as_of: dt.date | None,
    method: str,
    entailment: str | None,
    min_confidence: float,
    memory: str | None,
    fail_on: Label | None,
    output: OutputOptions,
) -> int:
    """
    Say what the sources show about claims.

    Each claim gets a verdict (supported, contradicted, conflicting or not enough evidence), the sentences
    behind it with their exact place, and a table that sets claim and source side by side.

    \b
    Examples:
      claimcheck verify "The bridge was opened in 1932" --corpus articles/
      claimcheck verify --claims claims.jsonl --corpus articles/ --format jsonl
      cat claims.txt | claimcheck verify --index newsroom.claimcheck -
    """  # noqa: D301 - click reads the backspace
    claims, claims_file = _sources(claims, claims_file)
    single = len(claims) == 1 and claims_file is None
    tally = _Verdicts(fail_on)
    look = output.look
    with articles.opened(output) as corpus, output.opened() as out:
        checker = claimcheck.Checker(
            corpus,
            as_of=as_of,
            entailment=entailment,
            method=method,
            min_confidence=min_confidence,
            cache=True,
            aliases=configured("aliases"),
            memory=memory,
        )
        shown = articles.shows_progress(output) and not out.is_terminal and not single
        with progress("verifying claims", shown=shown) as advance, closing(read_claims(claims, claims_file)) as items:
            texts = shaped(
                tally.watch(in_order(items, checker.verify_many)),
                output_format=output.format,
                single=single,
                look=look,
                to_object=_object,
                to_text=lambda item, result: _text(result, output, "" if single else item.id),
            )
            for text in texts:
                out.write(text)
                advance(tally.done, None, "")
        if output.format == "text" and not single:
            out.write("\n" + summary_text(tally.labels, look))
    tally.report("claims", single=single)
    return tally.status


def _sources(claims: tuple[str, ...], claims_file: str | None) -> tuple[tuple[str, ...], str | None]:
    """Claims and claims file, with a lone ``-`` read as standard input."""
    if claims == ("-",) and claims_file is None:
        return (), "-"
    if not claims and claims_file is None:
        msg = "there is nothing to verify: give a CLAIM, or --claims FILE"
        raise click.UsageError(msg)
    if claims_file is not None:
        require_file(claims_file, "claims")
    return claims, claims_file


class _Verdicts(Tally):
    """A tally that keeps the labels and knows the exit status."""

    def __init__(self, fail_on: Label | None) -> None:
        super().__init__()
        self._fail_on = fail_on
        self.labels: list[Label | None] = []

    def watch(self, results: Iterator[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:  # type: ignore[override]
        for item, result in super().watch(results):
            self.labels.append(result.label if isinstance(result, Verdict) else None)
            yield item, result

    @property
    def status(self) -> int:
        """2 if a claim could not be checked, 1 if there are findings, else 0."""
        if self.failures:
            return 2
        return int(any(label is not None and is_finding(label, self._fail_on) for label in self.labels))


def _object(result: Result) -> Mapping[str, Any]:
    return failure_object(result) if isinstance(result, Failure) else verdict_object(result)


def _text(result: Result, output: OutputOptions, number: str) -> str:
    if isinstance(result, Verdict):
        return verdict_text(result, output.look, number=number)
    return failure_text(result, output.look, number=number) if number else ""
