"""What was fuzzed so far, target by target: docs/figures/fuzz.json, which docs/trust.md shows."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from claimcheck.checker.locking import only_writer

PATH = Path(__file__).resolve().parents[1] / "docs" / "figures" / "fuzz.json"


def totals() -> dict[str, dict[str, Any]]:
    """The sums of each target: seconds of processor time, runs, findings, and the day of the last."""
    return json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}


def note(name: str, seconds: float, runs: int, *, found: bool) -> None:
    """Add one run of the target *name* to the sums; several fuzzers may do so at once."""
    with only_writer(PATH):
        sums = totals()
        so_far = sums.get(name, {"seconds": 0, "runs": 0, "found": 0})
        sums[name] = {
            "seconds": round(so_far["seconds"] + seconds),
            "runs": so_far["runs"] + runs,
            "found": so_far["found"] + found,
            "last": dt.datetime.now(dt.UTC).date().isoformat(),
        }
        written = PATH.with_suffix(f".{os.getpid()}")
        written.write_text(json.dumps(dict(sorted(sums.items())), indent=1) + "\n", encoding="utf-8")
        written.replace(PATH)
