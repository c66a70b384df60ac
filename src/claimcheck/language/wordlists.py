"""
Reading the word lists in ``data/``.

A list file is TOML whose long tables stand in literal strings, one entry a line (or a block a class), because that
reads and diffs well and loads an order of magnitude faster than nested arrays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from claimcheck.errors import EngineError


@cache
def read_list(name: str) -> dict[str, Any]:
    """
    The content of ``data/<name>.toml``, read once; it is shared, and nobody changes it.

    Raises:
        EngineError: If the file is missing or damaged.
    """
    path = files(__package__) / "data" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        msg = f"the word list {name}.toml cannot be read: {error}"
        raise EngineError(msg, hint="reinstall claimcheck: one of its data files is missing or damaged") from error


def words_of(text: str) -> tuple[str, ...]:
    """The entries of a list such as ``"a, b, c"``, line ends counting as commas."""
    return tuple(filter(None, map(str.strip, text.replace("\n", ",").split(","))))


def rows_of(text: str) -> Iterator[tuple[str, ...]]:
    """The fields of each ``a | b | c`` line, stripped; empty lines are skipped."""
    for line in text.splitlines():
        if line.strip():
            yield tuple(map(str.strip, line.split("|")))


def blocks_of(text: str) -> Iterator[dict[str, str]]:
    """The ``key = value`` lines of each block; blocks are parted by empty lines."""
    for block in text.strip().split("\n\n"):
        yield dict(line.split(" = ", 1) for line in block.splitlines())


def normalise(words: str) -> str:
    """*words* in lower case with single spaces and straight apostrophes: the form in which lists are searched."""
    return " ".join(words.replace("’", "'").lower().split())
