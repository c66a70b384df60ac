"""``claimcheck parse``: the normalised statements of a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from claimcheck.checker import parse_claim
from claimcheck.checker.sources import failure_of
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Claim, Failure
from claimcheck.render.objects import claim_object, failure_object
from claimcheck.render.screens import claim_text
from claimcheck.render.text import failure_text

from .inputs import in_order, read_claims
from .options import OutputOptions, as_of_option, output_options
from .results import Tally, shaped


@click.command("parse")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@as_of_option("The day that relative dates in the claim count from (YYYY-MM-DD).")
@output_options("text", "json", "jsonl")
def command(*, claims: tuple[str, ...], as_of: dt.date | None, output: OutputOptions) -> int:
    """
    Show what is read from a claim, slot by slot.

    Dates are shown in EDTF (ISO 8601-2), quantities with the values that their wording admits.

    \b
    Example:
      claimcheck parse "More than 40 nations signed the treaty in October 2000"
    """  # noqa: D301 - click reads the backspace
    single = len(claims) == 1
    tally = Tally()
    look = output.look
    with output.opened() as out:
        texts = shaped(
            tally.watch(in_order(read_claims(claims, None), lambda sound: _parsed(sound, as_of))),
            output_format=output.format,
            single=single,
            look=look,
            to_object=lambda result: failure_object(result) if isinstance(result, Failure) else claim_object(result),
            to_text=lambda _, result: (
                claim_text(result, look)
                if isinstance(result, Claim)
                else ("" if single else failure_text(result, look, number=result.id))
            ),
        )
        for text in texts:
            out.write(text)
    tally.report("claims", single=single)
    return 2 if tally.failed else 0


def _parsed(claims: Iterator[Claim], as_of: dt.date | None) -> Iterator[Claim | Failure]:
    for claim in claims:
        try:
            yield parse_claim(claim.text, identifier=claim.id, as_of=as_of)
        except ClaimcheckError as error:
            yield failure_of(claim.id, claim.text, error)
