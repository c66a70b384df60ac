"""``claimcheck verify``: what the sources show about claims."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from typing import Any

import click

import claimcheck
from claimcheck.errors import ConfigError
from claimcheck.model import Claim, Failure, Label, Verdict
from claimcheck.render.objects import failure_object, verdict_object
from claimcheck.render.text import failure_text, summary_text, verdict_text

from .answers import Answers, answers
from .configured import ConfiguredCommand, configured
from .inputs import in_order, read_claims, require_file
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    cluster_option,
    corpus_options,
    entailment_option,
    fail_options,
    is_finding,
    joined_cluster,
    memory_option,
    method_option,
    min_confidence_option,
    output_options,
    warn_of_faults,
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
@cluster_option
@click.option(
    "--results",
    metavar="FILE",
    help="Also add each result to FILE, in JSON Lines, as soon as it is there; a claim that FILE answers already is "
    "left out, so that a long batch goes on where it stopped.",
)
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
    cluster: str | None,
    results: str | None,
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
      claimcheck verify --claims claims.jsonl --index archive.shards --cluster 192.0.2.1:6379 --results results.jsonl
    """  # noqa: D301 - click reads the backspace
    claims, claims_file = _sources(claims, claims_file)
    single = len(claims) == 1 and claims_file is None
    tally = _Verdicts(fail_on)
    look = output.look
    checking = {
        "as_of": as_of,
        "entailment": entailment,
        "method": method,
        "min_confidence": min_confidence,
        "aliases": configured("aliases"),
        "memory": memory,
    }
    written = output.opened()
    with (
        _verifying(cluster, articles, output, checking) as verify_many,
        answers(results) if results is not None else nullcontext() as kept,
        written as out,
    ):
        shown = articles.shows_progress(output) and not out.is_terminal and not single
        with progress("verifying claims", shown=shown) as advance, closing(read_claims(claims, claims_file)) as items:
            tally.labels.extend(kept.labels if kept is not None else ())
            asked = kept.unanswered(items) if kept is not None else items
            texts = shaped(
                _kept(tally.watch(in_order(asked, verify_many)), kept),
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


@contextmanager
def _verifying(
    cluster: str | None, articles: CorpusOptions, output: OutputOptions, checking: dict[str, Any]
) -> Iterator[Callable[[Iterator[Claim]], Iterator[Result]]]:
    """What verifies claims: a checker in this process, or all machines of a cluster."""
    if cluster is None:
        with articles.opened(output) as corpus:
            yield claimcheck.Checker(corpus, cache=True, **checking).verify_many
        return
    from claimcheck.cluster import Settings  # noqa: PLC0415 - only this needs it

    if articles.index is None:
        msg = "--cluster needs --index with a folder of shards"
        raise click.UsageError(msg)
    settings = Settings.of(**checking)
    with joined_cluster(cluster) as joined, joined.corpus(articles.index) as corpus:
        warn_of_faults(corpus, output)
        yield functools.partial(joined.verify_many, corpus, settings=settings)


def _kept(results: Iterator[tuple[Item, Result]], kept: Answers | None) -> Iterator[tuple[Item, Result]]:
    """The same results, each added to the file of results first; one that cannot be added is the last."""
    for item, result in results:
        try:
            if kept is not None:
                kept.append(_object(result))
        except ConfigError:
            yield item, result  # it took its time to find
            raise
        yield item, result


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
        if None in self.labels:
            return 2
        return int(any(label is not None and is_finding(label, self._fail_on) for label in self.labels))


def _object(result: Result) -> Mapping[str, Any]:
    return failure_object(result) if isinstance(result, Failure) else verdict_object(result)


def _text(result: Result, output: OutputOptions, number: str) -> str:
    if isinstance(result, Verdict):
        return verdict_text(result, output.look, number=number)
    return failure_text(result, output.look, number=number) if number else ""
