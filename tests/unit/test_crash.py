"""A small share of what benchmarks/crash.py does: processes that are killed lose nothing and leave nothing by half."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import crash


@pytest.mark.parametrize("kind", ["update", "remove", "cache", "kept"])
def test_a_killed_process_loses_nothing_and_leaves_nothing_by_half(tmp_path, monkeypatch, kind):
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path / "cache"))
    tally = crash.rounds_of(kind)(kind, tmp_path, random.Random(kind), 2)
    assert ([], []) == (tally.lost, tally.corrupt)
    assert 2 == tally.rounds
    assert tally.killed_at_work
