"""
Test the tests of a room: ``python -m mutation --most 500``.

mutmut changes one thing at a time in the room (an operator, a number, an argument) and runs the tests that come by
that function, the fastest first, until one fails.  A mutant that no test notices has survived.  Of all mutants a
sample is drawn, the same for the same code and seed, because all of them would take a day.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutmut.configuration import config
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name

#: Where mutmut works and keeps what came of each mutant, and the list of those that survived.
WORK = Path("mutants")
SURVIVORS = WORK / "survivors.txt"


def main() -> int:
    """Test a sample, say what came of it, and write the survivors down with what was changed."""
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("--most", type=int, default=500, help="mutants to test")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*", metavar="MUTANT", help="test these instead of a sample")
    asked = parser.parse_args()
    everything = sorted(mutants())
    drawn = asked.names or random.Random(asked.seed).sample(everything, min(asked.most, len(everything)))
    mutmut("run", "--max-children", "1", *drawn)
    found = results()
    survivors = sorted(name for name in drawn if found[name] != "killed")
    SURVIVORS.write_text("\n".join(mutmut("show", name, quiet=True) for name in survivors), encoding="utf-8")
    counts = Counter(found[name] for name in drawn)
    told = ", ".join(f"{number} {what}" for what, number in counts.most_common())
    print(f"{len(everything):,} mutants, {len(drawn)} tested: {told}; those that survived are in {SURVIVORS}")
    return 0


def mutmut(*arguments: str, quiet: bool = False) -> str:
    """Run mutmut, and return what it says where it is to be *quiet*."""
    done = subprocess.run([sys.executable, "-m", "mutmut", *arguments], check=True, text=True, capture_output=quiet)
    return done.stdout or ""


def mutants() -> list[str]:
    """The names of all mutants of the room."""
    names = []
    for path in sorted(Path("src").rglob("*.py")):
        if config().should_mutate(path):
            changed = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
            names += [get_mutant_name(path, name) for name in changed.mutant_names]
    return names


def results() -> dict[str, str]:
    """What came of each mutant that was tested."""
    found = {}
    for kept in WORK.rglob("*.meta"):
        for name, status in json.loads(kept.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            found[name] = status_by_exit_code[status]
    return found


if __name__ == "__main__":
    sys.exit(main())
