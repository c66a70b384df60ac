"""
Fuzz one target, or more: ``python -m fuzz TARGET ... --seconds 60``.

Each target runs in a process of its own, with bounds on the memory and on the time of one input.  What is found is
kept under ``build/fuzz/``: the corpus that has grown, and the input of a finding, which `--replay` runs again.  The
hours and runs are added to docs/figures/fuzz.json.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from fuzz import harness, http, ledger, lsp

#: Targets that are processes of claimcheck, told from outside.
PROCESSES = {"http": http.fuzz, "lsp": lsp.fuzz}
WORK = Path("build/fuzz")
#: Seconds that one input may take, and MiB that the process may have: a model and its vocabulary take 1,000.
SLOWEST, MEMORY = 20, 2_500
#: Longest input, in bytes.
LONGEST = 4_096
#: Words of the seeds that the fuzzer tries to insert.
MOST_WORDS = 400


def main() -> int:
    """Fuzz what the command line names; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    names = [*harness.targets(), *PROCESSES]
    parser.add_argument("targets", nargs="+", metavar="TARGET", choices=[*names, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--replay", type=Path, help="run this input once instead")
    asked = parser.parse_args()
    names = names if "all" in asked.targets else asked.targets
    if asked.replay:
        for name in set(names) - set(PROCESSES):
            harness.outcome(harness.load(name), asked.replay.read_bytes())
        return 0
    return max(fuzz(name, asked.seconds) for name in names)


def fuzz(name: str, seconds: int) -> int:
    """Fuzz the target *name*, say what came of it, and return the exit status."""
    log = WORK / f"{name}.log"
    WORK.mkdir(parents=True, exist_ok=True)
    started, before = time.monotonic(), _cpu()
    status = PROCESSES[name](seconds, log) if name in PROCESSES else watched(name, seconds, log)
    said = log.read_text(errors="replace")
    runs = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\t|(\d+) generated", said, re.MULTILINE)
    number = sum(int(next(filter(None, run))) for run in runs) if name in PROCESSES else _last(runs)
    ledger.note(name, _cpu() - before, number, found=status != 0)
    found = f"FOUND something, see {log}" if status else "nothing found"
    print(f"{name}: {_cpu() - before:.0f} s of CPU in {time.monotonic() - started:.0f} s, {number:,} runs, {found}")
    return int(status != 0)


def _last(runs: list[tuple[str, ...]]) -> int:
    return int(next(filter(None, runs[-1]))) if runs else 0


def watched(name: str, seconds: int, log: Path) -> int:
    """Run the process that fuzzes a target guided by coverage; its status."""
    corpus = WORK / name
    corpus.mkdir(parents=True, exist_ok=True)
    words = WORK / f"{name}.dict"
    words.write_text("".join(f'"{word}"\n' for word in _words(name)), encoding="ascii")
    options = {
        "max_total_time": seconds,
        "timeout": SLOWEST,
        "rss_limit_mb": MEMORY,
        "max_len": LONGEST,
        "dict": words,
        "artifact_prefix": f"{WORK / name}-",
        "print_final_stats": 1,
    }
    command = [sys.executable, "-m", "fuzz.watch", name, *(f"-{key}={value}" for key, value in options.items())]
    with log.open("w") as file:
        return subprocess.run(
            [*command, corpus, harness.SEEDS / name], stdout=file, stderr=subprocess.STDOUT, check=False
        ).returncode


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _words(name: str) -> list[str]:
    """The words of the seeds, as a dictionary of libFuzzer has them."""
    found = {word for seed in harness.seeds(name) for word in re.findall(rb"\w+|[^\w\s]+", seed)}
    return ["".join(f"\\x{byte:02x}" for byte in word) for word in sorted(found)[:MOST_WORDS]]


if __name__ == "__main__":
    sys.exit(main())
