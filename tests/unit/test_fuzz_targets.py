"""The targets of ``fuzz/`` hold for their seeds: what is fuzzed now and then keeps working in between."""

from __future__ import annotations

import pytest

from fuzz import harness


@pytest.mark.parametrize("name", harness.targets())
def test_a_target_holds_for_its_seeds(name):
    pytest.importorskip({"docx": "docx", "renderers": "jsonschema"}.get(name, "claimcheck"))
    seeds = list(harness.seeds(name))
    assert seeds
    assert sum(map(len, seeds)) < 10_000
    run = harness.load(name)
    for seed in seeds:
        harness.outcome(run, seed)


def test_what_is_wrong_is_found():
    with pytest.raises(AssertionError):
        harness.exact([harness.Span(start=0, end=1, text="a")], "b")
    with pytest.raises(AssertionError, match="NaN"):
        harness.well_formed_json("[NaN]")
