"""
Tables and plots of the documentation from docs/figures/scores.json, which benchmarks/accuracy.py measures.

Those of size are in docs/scale_tables.py.

``python docs/tables.py`` draws the plots (group "figures" of pyproject.toml: matplotlib); the tables are put into the
pages by docs/generate.py, between ``<!-- table: NAME -->`` and ``<!-- end -->``, and so is what the programs that
measure speed printed (docs/figures/speed.json), between ``<!-- speed: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import scale_tables

FIGURES = Path(__file__).resolve().parent / "figures"
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n\n).*?<!-- end -->", re.DOTALL)
_SPEED = re.compile(r"(<!-- speed: (\w+) -->\n\n).*?<!-- end -->", re.DOTALL)
#: The coverages at which abstaining is tabled.
COVERAGES = (0.2, 0.5, 0.7, 1.0)


def with_tables(page: str) -> str:
    """*page* with its tables and figures of speed brought up to date."""
    tabled = _TABLE.sub(lambda match: f"{match[1]}{TABLES[match[2]]()}\n<!-- end -->", page)
    return _SPEED.sub(lambda match: f"{match[1]}{printed(match[2])}\n<!-- end -->", tabled)


def printed(name: str) -> str:
    """What a program that measures speed printed, and where and when."""
    found = json.loads((FIGURES / "speed.json").read_text(encoding="utf-8"))[name]
    day = dt.date.fromisoformat(found["measured"])
    machine = f"{found['processors']} processors, load {found['load']} at the start, {day.day} {day:%B %Y}"
    lines = "\n".join(found["printed"])
    return f"```sh\n{found['command']}\n```\n\n```text\n{lines}\n```\n\n({machine})\n"


def _rows(kind: str) -> list[tuple[Mapping[str, Any], str, Mapping[str, Any]]]:
    """The measured rows of one kind: what the set is, the method, the scores."""
    sets = tomllib.loads((FIGURES / "sets.toml").read_text(encoding="utf-8"))["set"]
    scores = json.loads((FIGURES / "scores.json").read_text(encoding="utf-8"))
    return [
        (row, method, scores[row["name"]][method])
        for row in sets
        for method in row["methods"]
        if row["kind"] == kind and method in scores.get(row["name"], {})
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def claims_table() -> str:
    """The labelled claims, by part and method."""
    head = ("claims", "method", "n", "accuracy", "goal", "macro-F1", "evidence@3", "contradiction", "Brier", "ECE")
    rows = []
    for row, method, s in _rows("claims"):
        goal = f"{row['goal']:.2f}" if "goal" in row else ""
        values = (s["macro_f1"], s["evidence_recall"]["3"], s["contradiction_precision"], s["brier"], s["ece"])
        rows.append(
            (row["name"], f"`{method}`", str(s["claims"]), _spread(s), goal, *(_figure(value) for value in values))
        )
    return _table(head, rows)


def phenomena_table() -> str:
    """The claims by phenomenon, all together."""
    head = ("claims", "method", "n", "accuracy", "goal", "macro-F1", "contradiction", "Brier", "ECE")
    rows = []
    for row, method, s in _rows("phenomena"):
        goal = f"{row['goal']:.2f}" if "goal" in row else ""
        values = (s["macro_f1"], s["contradiction_precision"], s["brier"], s["ece"])
        rows.append(
            (row["name"], f"`{method}`", str(s["claims"]), _spread(s), goal, *(_figure(value) for value in values))
        )
    return _table(head, rows)


def by_phenomenon_table() -> str:
    """The claims by phenomenon that were held out: accuracy of each."""
    held_out = {method: s["by_phenomenon"] for row, method, s in _rows("phenomena") if row["name"].endswith("held out")}
    methods = list(held_out)
    names = sorted({name for parts in held_out.values() for name in parts})
    rows = [
        (name, str(held_out[methods[0]][name]["claims"]), *(_figure(held_out[m][name]["accuracy"]) for m in methods))
        for name in names
    ]
    return _table(("phenomenon", "claims", *(f"`{method}`" for method in methods)), rows)


def pairs_table() -> str:
    """The labelled pairs of other people, judged by meaning."""
    head = ("set (labels)", "n", "accuracy", "macro-F1", "ECE", "goal")
    rows = []
    for row, _, s in _rows("pairs"):
        goal = f"{row['goal']:.2f}" if "goal" in row else ""
        goal += " (macro-F1)" if row.get("goal_of") == "macro_f1" else ""
        name = f"{row['name']} ({row['labels']})"
        rows.append((name, str(s["claims"]), _spread(s), _figure(s["macro_f1"]), _figure(s["ece"]), goal))
    return _table(head, rows)


def abstaining_table() -> str:
    """What is right when only the surest are answered."""
    head = ("claims", "method", "answered", "from confidence", "accuracy", "contradicted", "of these right")
    rows = []
    for row, method, s in _rows("claims"):
        for wanted in COVERAGES:
            point = min(s["curve"], key=lambda p, wanted=wanted: abs(p["coverage"] - wanted))
            share = f"{point['coverage']:.0%}"
            values = _figure(point["threshold"]), _figure(point["accuracy"]), str(point["contradicted"])
            rows.append((row["name"], f"`{method}`", share, *values, _figure(point["contradiction_precision"])))
    return _table(head, rows)


def reliability_table() -> str:
    """Confidence against accuracy by bins, for the claims held out."""
    head = ("claims", "method", "confidence", "n", "mean confidence", "accuracy")
    rows = []
    for row, method, s in _rows("claims"):
        if row["name"] == "plain, held out":
            for one in s["reliability"]:
                if one["claims"]:
                    between = f"{one['low']:.1f} to {one['high']:.1f}"
                    mean, right = _figure(one["confidence"]), _figure(one["accuracy"])
                    rows.append((row["name"], f"`{method}`", between, str(one["claims"]), mean, right))
    return _table(head, rows)


def fuzz_table() -> str:
    """What was fuzzed, target by target."""
    sums = json.loads((FIGURES / "fuzz.json").read_text(encoding="utf-8"))
    rows = [
        (f"`{name}`", f"{one['seconds'] / 60:,.0f}", f"{one['runs']:,}", str(one["found"]), one["last"])
        for name, one in sums.items()
    ]
    hours, runs = sum(one["seconds"] for one in sums.values()) / 3600, sum(one["runs"] for one in sums.values())
    found = sum(one["found"] for one in sums.values())
    all_of_them = (f"all {len(sums)}", f"{hours:,.1f} hours", f"{runs:,}", str(found), "")
    head = ("target", "minutes of processor time", "runs", "runs that ended with a finding", "last")
    return _table(head, [*rows, all_of_them])


def _spread(scores: Mapping[str, Any]) -> str:
    low, high = scores["accuracy_interval"]
    return f"{scores['accuracy']:.3f} ({low:.2f} to {high:.2f})"


def _scale_table(name: str) -> str:
    head, rows = scale_tables.HEADS[name]
    return f"{_table(head, rows())}\n{scale_tables.machine()}"


TABLES = {
    **{name: functools.partial(_scale_table, name) for name in scale_tables.HEADS},
    "claims": claims_table,
    "phenomena": phenomena_table,
    "by_phenomenon": by_phenomenon_table,
    "pairs": pairs_table,
    "abstaining": abstaining_table,
    "reliability": reliability_table,
    "fuzz": fuzz_table,
}


# ---------------------------------------------------------------------------------- plots


def draw() -> None:
    """Write reliability.svg, risk-coverage.svg and scale.svg."""
    import matplotlib as mpl  # noqa: PLC0415 - only the plots need it

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "claimcheck", "font.size": 9, "axes.spines.top": False})
    rows = [(f"{row['name']}, {method}", s) for row, method, s in _rows("claims")]
    _reliability_plot(rows)
    _coverage_plot(rows)
    scale_tables.draw(_save)


def _reliability_plot(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(5, 4.6), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, linestyle="--")
    for name, scores in rows:
        bins = [one for one in scores["reliability"] if one["claims"]]
        axes.plot([b["confidence"] for b in bins], [b["accuracy"] for b in bins], marker="o", markersize=3, label=name)
    axes.set(xlabel="confidence", ylabel="accuracy", xlim=(0, 1), ylim=(0, 1), title="Reliability")
    axes.legend(fontsize=7, frameon=False, loc="upper left")
    _save(figure, "reliability.svg")


def _coverage_plot(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(5, 3.6), layout="constrained")
    for name, scores in rows:
        points = sorted(scores["curve"], key=lambda p: p["coverage"])
        axes.plot([p["coverage"] for p in points], [1 - p["accuracy"] for p in points], label=name)
    axes.set(xlabel="share of claims answered, surest first", ylabel="share of them wrong", ylim=(0, None))
    axes.set_title("Risk and coverage")
    axes.legend(fontsize=7, frameon=False)
    _save(figure, "risk-coverage.svg")


def _save(figure: Any, name: str, measured: str = "scores.json") -> None:
    scores = hashlib.sha256((FIGURES / measured).read_bytes()).hexdigest()  # benchmarks/stamps.py looks for it
    figure.savefig(FIGURES / name, metadata={"Date": None, "Creator": None, "Source": scores})


if __name__ == "__main__":
    draw()
