"""Hand-labelled claims about real articles, which lie beside the repository and never in it."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest

from claimcheck import Checker, Corpus, Failure, Label, Stance
from claimcheck.model import Claim

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = SHARED / "seeds"
GOLD = SHARED / "gold" / "seed_claims.dev.jsonl"

pytestmark = pytest.mark.skipif(
    not (SEEDS.is_dir() and GOLD.is_file()),
    reason="the folder “shared” with the labelled articles is not beside the repository",
)

LABELS = {
    "SUPPORTS": Label.SUPPORTED,
    "REFUTES": Label.CONTRADICTED,
    "NOT ENOUGH INFO": Label.NOT_ENOUGH_EVIDENCE,
}
#: Evidence of the right stance must be among so many.
SHOWN = 3


@pytest.fixture(scope="module")
def gold():
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def verdicts(gold):
    with Corpus.of(SEEDS, jobs=2) as corpus:
        claims = [Claim(text=g["claim"], id=g["id"]) for g in gold]
        yield list(zip(gold, Checker(corpus).verify_many(claims), strict=True))


def test_every_claim_gets_a_verdict(verdicts):
    assert [] == [g["id"] for g, verdict in verdicts if isinstance(verdict, Failure)]


def test_accuracy(verdicts):
    right = sum(LABELS[g["label"]] is verdict.label for g, verdict in verdicts)
    assert right / len(verdicts) >= 0.88


def test_precision_of_contradictions(verdicts):
    said = [g["label"] for g, verdict in verdicts if verdict.label is Label.CONTRADICTED]
    assert said.count("REFUTES") / len(said) >= 0.93


def test_gold_evidence_is_among_the_first(verdicts):
    decided = [(g, verdict) for g, verdict in verdicts if g["evidence"]]
    assert sum(shows_gold(g, verdict) for g, verdict in decided) / len(decided) >= 0.88


def shows_gold(gold, verdict):
    stance = Stance.SUPPORTS if gold["label"] == "SUPPORTS" else Stance.CONTRADICTS
    return any(
        shown.stance is stance
        and PurePosixPath(shown.document).name == wanted["document"]
        and shown.position.start < wanted["end"]
        and wanted["start"] < shown.position.end
        for shown in verdict.evidence[:SHOWN]
        for wanted in gold["evidence"]
    )


def test_every_span_is_exact_in_its_file(verdicts):
    for _, verdict in verdicts:
        for evidence in verdict.evidence:
            text = (SEEDS / evidence.document).read_text(encoding="utf-8")
            place = evidence.position
            assert evidence.span.text == text[place.start : place.end]
