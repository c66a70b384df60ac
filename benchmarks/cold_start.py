"""
Seconds for ``claimcheck verify`` on a folder with an empty cache, and again with a full one.

Usage: ``python benchmarks/cold_start.py [FOLDER] [--claim TEXT] [--times N]``.  Each run is a process of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "space"
CLAIM = "Yuri Gagarin orbited the Earth in April 1961"


def verify(folder: Path, claim: str, cache: str) -> float:
    """Seconds of one run."""
    command = [sys.executable, "-m", "claimcheck", "verify", claim, "--corpus", str(folder), "--fail-on", "never"]
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        command, env={**os.environ, "CLAIMCHECK_CACHE": cache}, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--claim", default=CLAIM)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    cold, warm = [], []
    for _ in range(options.times):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(verify(options.folder, options.claim, cache))
            warm.append(verify(options.folder, options.claim, cache))
    files = [f for f in options.folder.rglob("*") if f.is_file()]
    size = sum(f.stat().st_size for f in files)
    print(f"{len(files)} files, {size:,} bytes, median of {options.times} runs, wall time")
    print(f"empty cache  {statistics.median(cold):5.2f} s")
    print(f"full cache   {statistics.median(warm):5.2f} s")


if __name__ == "__main__":
    main()
