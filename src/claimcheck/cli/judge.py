"""``claimcheck judge``: claim/evidence pairs, without a corpus."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

import click

import claimcheck
from claimcheck.checker.pairs import Method, Row
from claimcheck.model import Failure, Judgement
from claimcheck.render.objects import failure_object, judgement_object
from claimcheck.render.text import failure_text, judgement_text

from .inputs import Pair, in_order, read_pairs, single_pair
from .options import OutputOptions, entailment_option, output_options
from .progress import progress
from .results import Tally, shaped

Item = Pair | Failure
Result = Judgement | Failure


@click.command("judge")
@click.argument("texts", nargs=-1, metavar="[CLAIM EVIDENCE]")
@click.option(
    "--pairs",
    metavar="FILE",
    help="Pairs in JSON Lines (id, claim, evidence, and perhaps title); - is standard input.",
)
@click.option(
    "--method",
    type=click.Choice([m.value for m in Method]),
    default=Method.MEANING.value,
    show_default=True,
    help="What judges: the model by meaning, the slots, or both weighed against each other.",
)
@entailment_option
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@output_options("text", "json", "jsonl")
def command(
    *,
    texts: tuple[str, ...],
    pairs: str | None,
    method: str,
    entailment: str | None,
    no_progress: bool,
    output: OutputOptions,
) -> int:
    """
    Judge claim/evidence pairs, without a corpus.

    Says for each pair whether the evidence supports the claim, contradicts it, or does neither.

    \b
    Examples:
      claimcheck judge "The bridge opened in 1932" "It was opened to traffic in March 1932."
      claimcheck judge --pairs pairs.jsonl --format jsonl
    """  # noqa: D301 - click reads the backspace
    items = _items(texts, pairs)
    single = pairs is None
    tally = Tally()
    checker = claimcheck.Checker(entailment=entailment)
    with output.opened() as out, closing(items):
        shown = not (no_progress or output.quiet or out.is_terminal or single)
        with progress("judging pairs", shown=shown) as advance:
            texts_out = shaped(
                tally.watch(in_order(items, lambda sound: checker.judge_many(_rows(sound), method=method))),
                output_format=output.format,
                single=single,
                look=output.look,
                to_object=_object,
                to_text=lambda item, result: _text(item, result, output, "" if single else item.id),
            )
            for text in texts_out:
                out.write(text)
                advance(tally.done, None, "")
    tally.report("pairs", single=single)
    return 2 if tally.failed else 0


def _items(texts: tuple[str, ...], pairs: str | None) -> Generator[Item, None, None]:
    if pairs is not None and not texts:
        return read_pairs(pairs)
    if pairs is None and len(texts) == 2:
        claim, evidence = texts
        return single_pair(claim, evidence)
    msg = "give one CLAIM and one EVIDENCE text, or --pairs FILE"
    raise click.UsageError(msg)


def _rows(pairs: Iterable[Pair]) -> Iterator[Row]:
    for pair in pairs:
        yield pair.id, pair.claim, pair.evidence, pair.title


def _object(result: Result) -> Mapping[str, Any]:
    return failure_object(result) if isinstance(result, Failure) else judgement_object(result)


def _text(item: Item, result: Result, output: OutputOptions, number: str) -> str:
    if isinstance(result, Judgement) and isinstance(item, Pair):
        return judgement_text(result, item.claim, item.evidence, output.look, number=number)
    return failure_text(result, output.look, number=number) if number and isinstance(result, Failure) else ""
