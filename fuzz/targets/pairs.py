"""Pairs of a claim and an evidence text, judged by the slots."""

from __future__ import annotations

from claimcheck import Checker, Failure
from claimcheck.render.display import Look
from claimcheck.render.objects import failure_object, json_line, judgement_object
from claimcheck.render.text import failure_text, judgement_text
from fuzz.harness import parts_of, well_formed_json

LONGEST = 400


def run(data: bytes) -> None:
    """Judge a pair: the claim and the evidence, told apart by the byte 0x1E."""
    claim, evidence = parts_of(data[:LONGEST], 2)
    found = Checker(None, entailment=None).judge(claim, evidence)
    if isinstance(found, Failure):
        well_formed_json(json_line(failure_object(found)))
        failure_text(found, Look()).encode("utf-8")
        return
    for row in found.alignment:
        assert row.claim is None or claim[row.claim.start : row.claim.end] == row.claim.text
        assert row.source is None or evidence[row.source.start : row.source.end] == row.source.text
    assert abs(sum(found.probabilities.values()) - 1) < 1e-6
    well_formed_json(json_line(judgement_object(found)))
    judgement_text(found, claim, evidence, Look(width=40)).encode("utf-8")
