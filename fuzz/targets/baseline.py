"""Baselines of accepted findings."""

from __future__ import annotations

import tempfile
from pathlib import Path

from claimcheck.checker.baseline import baseline_text, read_baseline, report_on
from claimcheck.checker.diagnostics import CheckReport
from claimcheck.model import Document
from claimcheck.render.check_formats import FORMATS
from fuzz.harness import well_formed_json


def run(data: bytes) -> None:
    """Read *data* as a baseline, and report what is stale in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "baseline.json")
        file.write_bytes(data)
        baseline = read_baseline(file)
        well_formed_json(baseline_text(baseline.entries))
        file.write_text(baseline_text(baseline.entries), encoding="utf-8")
        assert set(read_baseline(file).entries) <= set(baseline.entries)
    drafts = [CheckReport(path=e.path, text="", document=Document(id="a", text="")) for e in baseline.entries]
    report = report_on(baseline, drafts)
    for diagnostic in report.diagnostics:
        place = diagnostic.place
        assert baseline.text[place.start : place.end] == diagnostic.text
    well_formed_json("".join(FORMATS["sarif"]([report])))
