"""
Figures of speed, memory and crashes in the documentation, each by its command.

Usage: ``python benchmarks/speed.py [--only NAME ...] [--stale]``.

Runs the programs of this folder one after the other and keeps what each printed, with the machine's load at its start,
in docs/figures/speed.json; docs/generate.py puts it into the pages where ``<!-- speed: NAME -->`` stands.  ``--stale``
runs only those whose stamp (benchmarks/stamps.py) is not that of today.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen
from stamps import FIGURES, MEANING, READING, REPOSITORY, Stamp, changed, speed_stamp

PATH = FIGURES / "speed.json"


@frozen(kw_only=True)
class Run:
    """
    One program and what it measures.

    Args:
        arguments: Of the program; ``PAIRS`` stands for the folder of the pair sets.
        parts: Of the house, whose change makes the figures stale.
        needs: A package that the usual environment does not have: left out, and said so, where it is missing.
    """

    arguments: tuple[str, ...] = ()
    parts: tuple[str, ...] = (*READING, *MEANING)
    needs: str = ""

    def command(self, name: str) -> str:
        """The command as a reader types it."""
        return " ".join(("python", f"benchmarks/{name}.py", *self.arguments))


RUNS = {
    "reading": Run(parts=("model", "documents", "language")),
    "cold_start": Run(parts=(*READING, *MEANING, "cli")),
    "memory": Run(),
    "verify": Run(parts=READING),
    "judge": Run(arguments=("PAIRS/fever.dev.jsonl",), parts=MEANING),
    "editing": Run(parts=(*READING, *MEANING, "cli", "lsp")),
    "serve": Run(parts=(*READING, *MEANING, "server")),
    "ingest": Run(parts=("model", "documents", "language", "index", "checker")),
    "cluster": Run(parts=(*READING, *MEANING, "cluster"), needs="ray"),
    "crash": Run(parts=("model", "documents", "language", "index", "checker", "server")),
    "long_article": Run(parts=READING),
}


def stamp_of(name: str) -> Stamp:
    """The stamp of one program's figures as things are now."""
    return speed_stamp(REPOSITORY / "benchmarks" / f"{name}.py", RUNS[name].parts)


def record(name: str, pairs: Path) -> dict[str, Any]:
    """Run one program and keep what it printed."""
    run = RUNS[name]
    load = os.getloadavg()[0]
    arguments = [argument.replace("PAIRS", str(pairs)) for argument in run.arguments]
    command = [sys.executable, str(REPOSITORY / "benchmarks" / f"{name}.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - programs of ours
    return {
        "command": run.command(name),
        "printed": [line.rstrip() for line in done.stdout.rstrip().splitlines()],
        "processors": os.cpu_count(),
        "load": round(load, 1),
        "measured": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "stamp": stamp_of(name),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=Path("../shared/pairs"), help="folder of NAME.dev.jsonl")
    parser.add_argument("--only", nargs="*", choices=list(RUNS), help="names of the programs to run")
    parser.add_argument("--stale", action="store_true", help="only those whose figures are stale")
    options = parser.parse_args(arguments)
    known: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}
    for name in options.only or RUNS:
        if options.stale and name in known and not changed(known[name]["stamp"], stamp_of(name)):
            continue
        if RUNS[name].needs and importlib.util.find_spec(RUNS[name].needs) is None:
            print(f"== {name}: left out, it needs {RUNS[name].needs}", flush=True)
            continue
        print(f"== {name}", flush=True)
        known[name] = record(name, options.pairs)
        print("\n".join(known[name]["printed"]), flush=True)
        PATH.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
