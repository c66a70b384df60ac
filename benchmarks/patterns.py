"""
How the time of every regular expression of the package grows with hostile text.

Every pattern that the package compiles is found by watching `re` while all modules are imported and all their tables
are built.  From the pattern's own pieces texts are made that begin as it wants them, repeat one thing *n* times, and
end as it does not expect.  What takes more than a moment is measured at *n* and 2 *n*: a pattern that looks through a
text once takes twice as long, one that starts anew at every place four times.  Each pattern is tried in a process of
its own that is killed when it does not come back.

`search` tries a pattern at every place, which is more than most callers ask for: a pattern that is tried at one place,
or on a window of forty characters, is steep here and harmless there.

Usage: ``python benchmarks/patterns.py [--all]``.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import inspect
import multiprocessing
import pkgutil
import random
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from attrs import frozen

import claimcheck

#: Modules that need an extra, or do something when they are imported.
LEFT_OUT = frozenset({"claimcheck.__main__", "claimcheck.entailment.transformers", "claimcheck.mcp.server"})
#: Repetitions at which a pattern is tried, and seconds below which nothing is said of its growth.
FIRST, MOMENT = 1_000, 0.001
#: Growth for twice the text from which on a pattern is told: a straight line has 2, a square 4.
STEEP = 3.0
#: Seconds after which a pattern is taken not to come back.
PATIENCE = 60
#: What is repeated and what ends a text, beside the pattern's own pieces.
USUAL = (" ", "\n", "a", "A", "1", "a ", "A ", "A. ", "1,", "-", "'", '"', "(", "<", "“", "$1", "é")
ENDS = ("", "\0", " a")
#: Texts at which a pattern is steep, after which it is not tried with more.
ENOUGH = 3


@frozen(kw_only=True)
class Found:
    """A pattern, where it is compiled first, and the worst that was seen: seconds, growth, and the text."""

    where: str
    pattern: str
    flags: int
    seconds: float = 0.0
    growth: float = 0.0
    text: str = ""


# ---------------------------------------------------------------------------- finding


def patterns() -> list[Found]:
    """Every pattern that the package compiles when it is imported or when its tables are built."""
    seen: dict[tuple[str, int], str] = {}
    root = str(Path(claimcheck.__file__).parent)
    compile_pattern = re._compile  # type: ignore[attr-defined]  # noqa: SLF001 - all ways to a pattern lead through it

    def watch(pattern: Any, flags: Any) -> Any:
        frame = inspect.currentframe()
        while frame is not None and frame.f_code.co_filename in {__file__, re.__file__}:
            frame = frame.f_back
        if frame is not None and frame.f_code.co_filename.startswith(root) and isinstance(pattern, str):
            place = f"{Path(frame.f_code.co_filename).relative_to(root)}:{frame.f_lineno}"
            seen.setdefault((pattern, int(flags)), place)
        return compile_pattern(pattern, flags)

    re._compile = watch  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        for found in pkgutil.walk_packages(claimcheck.__path__, "claimcheck."):
            if found.name not in LEFT_OUT:
                _build(importlib.import_module(found.name))
    finally:
        re._compile = compile_pattern  # type: ignore[attr-defined]  # noqa: SLF001
    return [Found(where=where, pattern=pattern, flags=flags) for (pattern, flags), where in seen.items()]


def _build(module: Any) -> None:
    """Call what a module keeps the results of and needs nothing for: its tables."""
    for value in vars(module).values():
        kept = isinstance(value, functools._lru_cache_wrapper)  # noqa: SLF001 - has no other name
        if kept and value.__module__ == module.__name__ and not inspect.signature(value).parameters:
            value()


# ----------------------------------------------------------------------------- texts


def texts(found: Found) -> list[tuple[str, str, str]]:
    """What to try a pattern with: a beginning, what is repeated, and an end."""
    tree = parser.parse(found.pattern, found.flags)
    chance = random.Random(0)
    made = {(start, body, end) for start, body in _pumps(tree, chance, "") for end in ENDS if body}
    letters = {chr(value) for op, value in _walk(tree) if op is codes.LITERAL}
    made |= {("", body, end) for body in (*USUAL, *sorted(letters)[:40]) for end in ENDS[:2]}
    return sorted(made)


def _walk(tree: Any) -> Iterator[tuple[Any, Any]]:
    for op, value in tree:
        yield op, value
        for part in _inside(op, value):
            yield from _walk(part)


def _inside(op: Any, value: Any) -> Sequence[Any]:
    """The trees inside one node."""
    if op is codes.BRANCH:
        return list(value[1])
    if op is codes.SUBPATTERN:
        return [value[3]]
    if op in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return [value[2]]
    if op in {codes.ASSERT, codes.ASSERT_NOT}:
        return [value[1]]
    return [value] if op is codes.ATOMIC_GROUP else []


def _pumps(tree: Any, chance: random.Random, before: str) -> Iterator[tuple[str, str]]:
    """Each repetition in *tree*: what may stand before it, and what it repeats."""
    for op, value in tree:
        if op in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT} and value[1] > 8:
            for _ in range(2):
                yield before, _drawn(value[2], chance)
        for part in _inside(op, value):
            yield from _pumps(part, chance, before)
        before += _drawn([(op, value)], chance)


def _drawn(tree: Any, chance: random.Random) -> str:
    """A text that *tree* is likely to match."""
    return "".join(_piece(op, value, chance) for op, value in tree)


def _piece(op: Any, value: Any, chance: random.Random) -> str:
    if op is codes.LITERAL:
        return chr(value)
    if op in {codes.ANY, codes.NOT_LITERAL}:
        return "x"
    if op is codes.IN:
        return _of_set(value, chance)
    if op is codes.BRANCH:
        return _drawn(chance.choice(value[1]), chance)
    if op in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return "".join(_drawn(value[2], chance) for _ in range(max(value[0], min(1, value[1]))))
    return "".join(_drawn(part, chance) for part in _inside(op, value) if op is not codes.ASSERT_NOT)


def _of_set(items: Any, chance: random.Random) -> str:
    """One character of a set, or one that is likely to be outside what a negated set leaves out."""
    pattern = {
        codes.CATEGORY_SPACE: " ",
        codes.CATEGORY_WORD: "a",
        codes.CATEGORY_DIGIT: "1",
        codes.CATEGORY_NOT_SPACE: "a",
        codes.CATEGORY_NOT_WORD: " ",
        codes.CATEGORY_NOT_DIGIT: "a",
    }
    if items[0][0] is codes.NEGATE:
        return chance.choice("aA1 ~")
    op, value = chance.choice(items)
    if op is codes.RANGE:
        return chr(value[0])
    return chr(value) if op is codes.LITERAL else pattern.get(value, "a")


# -------------------------------------------------------------------------- measuring


def measured(found: Found) -> Found:
    """*found* with the worst that a process of its own saw; an endless growth when that did not come back."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measure, args=(found, theirs))
    process.start()
    theirs.close()
    last, worst = "", (0.0, 0.0, "")
    try:
        while True:
            last, worst = ours.recv()
    except EOFError:
        process.join()
    if process.exitcode:
        worst = (PATIENCE, float("inf"), last)
    seconds, growth, text = worst
    return Found(where=found.where, pattern=found.pattern, flags=found.flags, seconds=seconds, growth=growth, text=text)


def _measure(found: Found, told: Connection) -> None:
    """Tell before each text what it is, and the worst so far: seconds, growth and text."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    compiled = re.compile(found.pattern, found.flags)
    worst, steep = (0.0, 0.0, ""), 0
    for start, body, end in texts(found):
        if steep == ENOUGH:
            break
        text = f"{start!r} + n * {body!r} + {end!r}"
        told.send((text, worst))
        signal.alarm(PATIENCE)

        def run(number: int, parts: tuple[str, str, str] = (start, body, end)) -> float:
            subject = parts[0] + parts[1] * number + parts[2]
            began = time.process_time()
            compiled.search(subject)
            return time.process_time() - began

        seconds = run(FIRST)
        if seconds < MOMENT:
            continue
        growth = min(run(2 * FIRST) / max(seconds, 1e-9) for seconds in (min(run(FIRST), seconds) for _ in range(2)))
        steep += growth >= STEEP
        worst = max(worst, (seconds, growth, text), key=lambda seen: (seen[1] >= STEEP, seen[0]))
    told.send(("", worst))


def main() -> int:
    """Print a table; 1 when a pattern did not come back."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--all", action="store_true", help="also those whose time grows as the text does")
    asked = options.parse_args()
    found = patterns()
    results = []
    for one in found:
        results.append(measured(one))
        print(f"\r{len(results)} of {len(found)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    steep = [one for one in results if one.growth >= STEEP]
    for one in sorted(results if asked.all else steep, key=lambda one: -one.seconds):
        print(f"{one.seconds:8.4f} s  x{one.growth:<5.1f} {one.where:34} {one.text}\n{'':20}{one.pattern[:160]!r}")
    lost = sum(one.growth == float("inf") for one in results)
    print(f"{len(found)} patterns at {FIRST} and {2 * FIRST} repetitions: {len(steep)} steep, {lost} did not come back")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
