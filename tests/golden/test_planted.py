"""
A draft of some 60 sentences with 25 planted errors, checked against the shipped corpus.

The figures are the present level, not the goal: at least 21 found, at most 2 false alarms.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from claimcheck.checker.drafts import load_draft
from claimcheck.checker.rules import Severity

PLANTED = Path(__file__).parent / "planted"
#: Errors found, of those planted, by kind; and findings where there is no error.
FOUND = {"figure": 5, "quotation": 4, "year": 5, "plan": 2, "role": 2, "name": 4}
FALSE_ALARMS = 0


@pytest.fixture(scope="module")
def draft():
    return load_draft(PLANTED / "draft.md")


@pytest.fixture(scope="module")
def planted(draft):
    rows = [json.loads(line) for line in (PLANTED / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        assert 1 == draft.text.count(row["text"])
        row["start"] = draft.text.index(row["text"])
        row["end"] = row["start"] + len(row["text"])
    return rows


@pytest.fixture(scope="module")
def report(checker, draft):
    return checker.check(draft)


def hits(found, row):
    return found.place.start < row["end"] and row["start"] < found.place.end


def test_planted_errors_are_found(report, planted):
    weighty = [d for d in report.diagnostics if d.severity is not Severity.NOTE]
    found = Counter(row["kind"] for row in planted if any(hits(d, row) for d in weighty))
    short = {kind: found[kind] for kind, least in FOUND.items() if found[kind] < least}
    assert {} == short
    assert 25 == len(planted)


def test_what_is_right_is_left_alone(report, planted):
    weighty = [d for d in report.diagnostics if d.severity is not Severity.NOTE]
    alarms = [(d.code, d.message, d.text) for d in weighty if not any(hits(d, row) for row in planted)]
    assert len(alarms) <= FALSE_ALARMS, alarms


def test_every_sentence_is_either_verified_or_set_aside_with_a_reason(report, draft):
    places = sorted((p.place.start, p.place.end) for p in (*report.claims, *report.aside))
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert [] == [a.text for a in report.aside if not a.reason]
    for claim in report.claims:
        assert claim.text == draft.text[claim.place.start : claim.place.end]
        for evidence in claim.verdict.evidence:
            assert evidence.position is not None
