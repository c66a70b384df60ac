"""Tables, plot and cost model of docs/performance.md from docs/figures/scale.json, measured by benchmarks/scale.py."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).resolve().parent / "figures"
#: The archive and the list of claims of the cost model, and the sentences of one of its shards.
ARCHIVE, CLAIMS, SHARD = 100_000_000, 1_000_000, 5_000_000
#: Claims that are judged together by the model, in CPU milliseconds an hour.
_HOUR = 3.6e6


def _measured() -> dict[str, Any]:
    return dict(json.loads((FIGURES / "scale.json").read_text(encoding="utf-8")))


def _sizes() -> Iterator[Mapping[str, Any]]:
    yield from _measured()["sizes"].values()


def machine() -> str:
    """Where and when it was measured."""
    found = _measured()
    day = dt.date.fromisoformat(found["measured"])
    return f"({found['processors']} processors, load {found['load']} at the start, {day.day} {day:%B %Y})\n"


def candidates() -> list[Sequence[str]]:
    """The search of each engine at each size; its milliseconds, and its recall on easier and harder questions."""
    rows: list[Sequence[str]] = []
    for size in _sizes():
        for name, found in size["candidates"]["0"].items():
            harder = (size["candidates"][share].get(name) for share in ("0.25", "0.5"))
            recalls = [f"{one['recall']:.3f}" if one else "" for one in (found, *harder)]
            times = (f"{found[key]:.2f}" for key in ("p50", "p95", "p99"))
            rows.append((f"{size['sentences']:,}", name, str(found["questions"]), *times, *recalls))
    return rows


def verdicts() -> list[Sequence[str]]:
    """What a name makes of a search, and whole verdicts, at each size."""
    return [
        (
            f"{size['sentences']:,}",
            *(f"{size['by_name'][key]:.2f}" for key in ("p50", "p95", "recall")),
            *(f"{size['verdict'][key]:.1f}" for key in ("p50", "p95", "p99")),
            *(f"{size['with_model'][key]:.0f}" for key in ("p50", "p95")),
            f"{size['reading']['alone']:.1f}",
            f"{size['reading']['among_32']:.1f}",
        )
        for size in _sizes()
    ]


def storing() -> list[Sequence[str]]:
    """Disk, memory and time of storing, opening, changing, and reading beside a writer, at each size."""
    return [
        (
            f"{size['sentences']:,}",
            str(size["bytes_over_text"]),
            str(size["building"]["writing_us"]),
            str(size["building"]["peak_mib"]),
            f"{size['opening']['open_ms']:.1f}",
            f"{size['opening']['first_ms']:.0f}",
            f"{size['changing']['add_ms']:.1f}",
            f"{size['changing']['delete_ms']:.1f}",
            f"{size['beside_a_writer']['p50']:.1f}",
            f"{size['beside_a_writer']['p95']:.0f}",
            str(size["beside_a_writer"]["written_a_second"]),
        )
        for size in _sizes()
    ]


def costs() -> list[Sequence[str]]:
    """Processor hours and disk for a long list of claims over a large archive, and for ten times more of each."""
    size = min(_sizes(), key=lambda one: abs(one["sentences"] - SHARD))
    rows = []
    for claims, sentences in ((CLAIMS, ARCHIVE), (10 * CLAIMS, ARCHIVE), (CLAIMS, 10 * ARCHIVE)):
        shards = sentences / SHARD
        search = shards * size["candidates"]["0"]["claimcheck"]["mean"]
        named = shards * size["by_name"]["mean"]
        verdict = size["verdict"]["mean"] - size["by_name"]["mean"]
        model = size["with_model"]["mean"] - size["verdict"]["mean"]
        parts = (size["reading"]["among_32"], search, named, verdict, model)
        hours = (f"{claims * part / _HOUR:,.0f}" for part in parts)
        disk = sentences * size["bytes_over_text"] / 1e9
        rows.append((f"{claims:,}", f"{sentences:,}", *hours, f"{disk:,.0f}"))
    return rows


HEADS: Mapping[str, tuple[Sequence[str], Any]] = {
    "scale_candidates": (
        *(("sentences", "engine", "questions", "p50 ms", "p95", "p99", "recall at 20", "¼ replaced", "½ replaced"),),
        candidates,
    ),
    "scale_verdicts": (
        (
            *("sentences", "with a name p50 ms", "p95", "recall", "verdict p50 ms", "p95", "p99"),
            *("with the model p50 ms", "p95", "reading a claim ms", "among 32"),
        ),
        verdicts,
    ),
    "scale_storing": (
        (
            *("sentences", "bytes over the text", "writing µs", "peak MiB", "open ms", "first answer ms"),
            *("add ms", "delete ms", "read beside a writer p50 ms", "p95", "articles written a second"),
        ),
        storing,
    ),
    "scale_costs": (
        ("claims", "sentences", "reading claims", "search", "search by names", "verdicts", "model", "disk GB"),
        costs,
    ),
}


def draw(save: Any) -> None:
    """Draw scale.svg; *save* takes the figure and its name."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only the plots need it

    figure, axes = plt.subplots(figsize=(5.4, 4), layout="constrained")
    lines: dict[str, list[tuple[int, float]]] = {}
    for size in _sizes():
        for name, found in size["candidates"]["0"].items():
            lines.setdefault(name, []).append((size["sentences"], found["p50"]))
        lines.setdefault("claimcheck, with a name", []).append((size["sentences"], size["by_name"]["p50"]))
        lines.setdefault("claimcheck, whole verdict", []).append((size["sentences"], size["verdict"]["p50"]))
        lines.setdefault("claimcheck, with the model", []).append((size["sentences"], size["with_model"]["p50"]))
    for name, points in lines.items():
        style = {"linewidth": 2} if name.startswith("claimcheck") else {"linestyle": "--"}
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, label=name, **style)
    axes.set(xscale="log", yscale="log", xlabel="sentences", ylabel="milliseconds of processor time, median")
    axes.legend(fontsize=7, frameon=False)
    save(figure, "scale.svg", "scale.json")
