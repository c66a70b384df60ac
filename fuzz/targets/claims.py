"""Claims: from a text to statements, on the screen and as JSON."""

from __future__ import annotations

import datetime as dt

from claimcheck.checker.claims import parse_claim
from claimcheck.render.display import Look
from claimcheck.render.objects import claim_object, json_line
from claimcheck.render.screens import claim_text
from fuzz.harness import exact, text_of, well_formed_json

LONGEST = 400


def run(data: bytes) -> None:
    """Read *data* as a claim."""
    text = text_of(data[:LONGEST])
    claim = parse_claim(text, as_of=dt.date(2024, 2, 29))
    exact(claim, text)
    assert claim.statements
    well_formed_json(json_line(claim_object(claim)))
    claim_text(claim, Look(width=40)).encode("utf-8")
