"""
Every accuracy figure of the documentation, by its command: python benchmarks/accuracy.py --pairs ../shared/pairs

Each row of docs/figures/sets.toml is evaluated by ``claimcheck evaluate`` as a reader would do it, and what it printed
goes into docs/figures/scores.json; ``make docs`` makes the tables and the plots of it.  ``--only NAME ...`` measures
some rows anew and leaves the others, ``--stale`` those whose stamp (benchmarks/stamps.py) is not that of today.  Rows
whose data is not here are left as they are, and said so.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stamps import FIGURES, REPOSITORY, changed, row_stamp

#: What the tables and the plots need of a report.
KEPT = (
    *("claims", "unread", "accuracy", "accuracy_interval", "macro_f1", "contradiction_precision", "brier", "ece"),
    *("reliability", "curve", "evidence_recall", "fever_score"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows that were asked for; returns the exit status."""
    options = _options(arguments)
    rows = tomllib.loads((FIGURES / "sets.toml").read_text(encoding="utf-8"))["set"]
    path = FIGURES / "scores.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for row in rows:
        if options.only and row["name"] not in options.only:
            continue
        data = (options.pairs if row["kind"] == "pairs" else REPOSITORY / "claims") / row["file"]
        if not data.exists():
            print(f"left out: {row['name']}: there is no {row['file']}", file=sys.stderr)
            continue
        for method in row["methods"]:
            stamp = row_stamp(row, method, data)
            before = known.setdefault(row["name"], {}).get(method, {})
            if options.stale and not changed(before.get("stamp"), stamp):
                continue
            known[row["name"]][method] = _scores(row, data, method, options.limit) | {"stamp": stamp}
            path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            print(f"{row['name']} {method}: accuracy {known[row['name']][method]['accuracy']:.3f}", flush=True)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=Path("../shared/pairs"), help="folder of NAME.dev.jsonl")
    parser.add_argument("--limit", type=int, help="at most so many pairs of a set, drawn the same way every time")
    parser.add_argument("--only", nargs="*", help="names of the rows to measure")
    parser.add_argument("--stale", action="store_true", help="only rows that are older than what they measure")
    return parser.parse_args(arguments)


def _scores(row: Mapping[str, Any], data: Path, method: str, limit: int | None) -> dict[str, Any]:
    if "part" not in row:
        return _evaluated(row, data, REPOSITORY / row.get("corpus", "corpus"), method, limit)
    with tempfile.TemporaryDirectory() as folder:
        written = [sys.executable, "-m", "training.articles", row["part"], folder]
        written += ["--short"] if row.get("short") else []
        subprocess.run(written, cwd=REPOSITORY, check=True)  # noqa: S603
        return _evaluated(row, Path(folder) / "claims.jsonl", Path(folder) / "articles", method, limit)


def _evaluated(row: Mapping[str, Any], data: Path, corpus: Path, method: str, limit: int | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "claimcheck", "evaluate", str(data), "--method", method, "--format", "json"]
    command += ["--corpus", str(corpus)] if row["kind"] == "claims" else []
    most = row.get("limit") or (limit if row["kind"] == "pairs" else None)
    command += ["--limit", str(most)] if most else []
    done = subprocess.run([*command, "--no-progress"], capture_output=True, text=True, check=True)  # noqa: S603
    report = json.loads(done.stdout)
    kept = {key: report["scores"][key] for key in KEPT if key in report["scores"]}
    parts = {name: _brief(part) for name, part in report.get("by_phenomenon", {}).items()}
    return {**kept, "by_phenomenon": parts} if parts else kept


def _brief(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {key: scores[key] for key in ("claims", "accuracy", "contradiction_precision")}


if __name__ == "__main__":
    raise SystemExit(main())
