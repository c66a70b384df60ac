"""Change a supported claim and its support must go; say it otherwise and its verdict must stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimcheck import Failure, Label
from claimcheck.evaluate.metamorphic import breaking, keeping

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def supported(checker):
    """The tuned claims that are supported, and found to be."""
    lines = (ROOT / "claims" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [c["claim"] for c in map(json.loads, lines) if c["verdict"] == "supported"]
    return [t for t in texts if checker.verify(t).label is Label.SUPPORTED]


def test_a_changed_claim_is_never_still_supported(supported, checker):
    variants = [(text, v) for text in supported for v in breaking(text)]
    verdicts = checker.verify_many(v.text for _, v in variants)
    still = [
        (v.kind, text, v.text)
        for (text, v), verdict in zip(variants, verdicts, strict=True)
        if not isinstance(verdict, Failure) and verdict.label is Label.SUPPORTED
    ]
    assert len(variants) >= 500
    assert [] == still


def test_the_same_claim_said_otherwise_keeps_its_verdict(supported, checker):
    variants = [(text, v) for text in supported for v in keeping(text)]
    verdicts = checker.verify_many(v.text for _, v in variants)
    lost = [
        (v.kind, text, v.text)
        for (text, v), verdict in zip(variants, verdicts, strict=True)
        if isinstance(verdict, Failure) or verdict.label is not Label.SUPPORTED
    ]
    assert len(variants) >= 40
    assert [] == lost
