"""The process that fuzzes: ``python -m fuzz.watch TARGET`` and options of libFuzzer."""

from __future__ import annotations

import sys

import atheris

from fuzz import harness


def main() -> None:
    """Fuzz until libFuzzer has enough, or finds something."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["claimcheck"]):
        run = harness.load(name)
        for seed in harness.seeds(name):  # imports what is imported only when it is needed
            harness.outcome(run, seed)
    atheris.Setup(sys.argv, lambda data: harness.outcome(run, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
