"""
What all targets share: from bytes to what a target needs, and what must hold whatever the bytes were.

A target lets errors of claimcheck through: `outcome` takes those as an answer, and everything else as a finding.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from claimcheck.errors import ClaimcheckError
from claimcheck.model import Span

#: Small files to begin with, a folder a target.
SEEDS = Path(__file__).resolve().parents[1] / "tests" / "fuzz"

Run = Callable[[bytes], None]


def targets() -> list[str]:
    """The names of all targets."""
    return sorted(path.stem for path in Path(__file__).with_name("targets").glob("[a-z]*.py"))


def load(name: str) -> Run:
    """What the target *name* does with bytes."""
    run: Run = importlib.import_module(f"fuzz.targets.{name}").run
    return run


def seeds(name: str) -> Iterator[bytes]:
    """The seeds of the target *name*."""
    for path in sorted((SEEDS / name).glob("*")):
        yield path.read_bytes()


def outcome(run: Run, data: bytes) -> None:
    """
    Run a target once.

    Raises:
        Exception: Whatever is a finding; an error of claimcheck that says what is wrong is none.
    """
    try:
        run(data)
    except ClaimcheckError as error:
        refused = error
    else:
        return
    assert refused.message
    assert refused.error_code.startswith("CC-E")
    assert refused.span is None or 0 <= refused.span[0] <= refused.span[1]


# ------------------------------------------------------------------- from bytes to input


def text_of(data: bytes) -> str:
    """*data* as text; bytes that are no UTF-8 become halves of surrogate pairs."""
    return data.decode("utf-8", errors="surrogateescape")


def parts_of(data: bytes, number: int) -> list[str]:
    """*data* as *number* texts, told apart by the byte 0x1E; what is missing is empty."""
    parts = [text_of(part) for part in data.split(b"\x1e", number - 1)]
    return parts + [""] * (number - len(parts))


# ------------------------------------------------------------------ what must always hold


def exact(record: Any, text: str, *, base: int = 0) -> None:
    """Assert that every span anywhere in *record* says what *text*, which starts at *base*, has there."""
    waiting = [record]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Span):
            assert base <= item.start <= item.end <= base + len(text), item
            assert text[item.start - base : item.end - base] == item.text, item
        elif isinstance(item, list | tuple):
            waiting.extend(item)
        elif attrs.has(type(item)):
            waiting.extend(getattr(item, a.name) for a in attrs.fields(type(item)))


def well_formed_json(text: str) -> Any:
    """The value of a JSON text that every reader takes: UTF-8, and no NaN."""
    text.encode("utf-8")
    return json.loads(text, parse_constant=_refuse)


def well_formed_xml(text: str) -> ET.Element:
    """The root of an XML text."""
    return ET.fromstring(text.encode("utf-8"))  # noqa: S314 - of our own making


def _refuse(word: str) -> None:
    msg = f"{word} is no JSON"
    raise AssertionError(msg)
