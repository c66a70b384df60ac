"""The rows of a data set file, and which of them are taken."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from claimcheck.errors import EvaluationDataError
from claimcheck.paths import reason_of

from .metrics import SEED

_Item = TypeVar("_Item")
_HINT = "write one JSON object a line"

Row = tuple[str, Mapping[str, Any]]
"""The place of an object, for people, and the object."""


def read_rows(path: Path) -> list[Row]:
    """
    The objects of a file, a JSON array or JSON Lines.

    Args:
        path: A UTF-8 file.
    Raises:
        EvaluationDataError: If the file is missing or empty, or an item is no JSON object; it names the line.
    """
    data = _bytes_of(path)
    is_array = data.lstrip(b" \t\r\n").startswith(b"[")
    items = _array_items(path.name, data) if is_array else _line_items(path.name, data)
    rows = []
    for where, item in items:
        require(isinstance(item, dict), where, "a JSON object is needed", _HINT)
        rows.append((where, item))
    if not rows:
        msg = f"the data set {path} holds no claims"
        raise EvaluationDataError(msg, hint=_HINT)
    return rows


def sound_rows(path: Path, *, lines: int | None = None) -> tuple[list[Row], list[EvaluationDataError]]:
    """
    The objects of a JSON Lines file, and the faults of the lines that are none.

    Args:
        path: A UTF-8 file.
        lines: Look at so many lines only.
    Raises:
        EvaluationDataError: If the file cannot be read.
    """
    rows: list[Row] = []
    faults: list[EvaluationDataError] = []
    for where, raw in islice(_lines(path.name, _bytes_of(path)), lines):
        try:
            item = _parsed(where, raw)
            require(isinstance(item, dict), where, "a JSON object is needed", _HINT)
        except EvaluationDataError as error:
            faults.append(error)
        else:
            rows.append((where, item))
    return rows, faults


def sample(items: Sequence[_Item], limit: int | None) -> list[_Item]:
    """The first *limit* of *items* after a shuffle that is the same every time; all as they stand without one."""
    if limit is None:
        return list(items)
    shuffled = list(items)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - reproducible, not secret
    return shuffled[:limit]


def require(condition: bool, where: str, message: str, hint: str) -> None:  # noqa: FBT001
    """
    Raise unless *condition* holds.

    Raises:
        EvaluationDataError: With the place and the message.
    """
    if not condition:
        msg = f"{where}: {message}"
        raise EvaluationDataError(msg, hint=hint)


def claim_of(where: str, row: Mapping[str, Any], *, hint: str) -> str:
    """
    The text of a row's claim.

    Raises:
        EvaluationDataError: If there is none.
    """
    text = row.get("claim")
    require(isinstance(text, str) and bool(text.strip()), where, 'the key "claim" must hold the text of a claim', hint)
    return str(text)


def id_of(where: str, row: Mapping[str, Any], *, default: str, hint: str) -> str:
    """
    The id of a row, *default* when it has none.

    Raises:
        EvaluationDataError: If it is neither a text nor a whole number.
    """
    given = row.get("id")
    require(given is None or isinstance(given, str | int), where, '"id" must be a text or a whole number', hint)
    return default if given is None else str(given)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except (OSError, ValueError) as error:
        msg = f"the data set {path} cannot be read: {reason_of(error)}"
        raise EvaluationDataError(msg, hint="give the path of a JSON Lines file or of an AVeriTeC JSON file") from error


def _line_items(name: str, data: bytes) -> Iterable[tuple[str, Any]]:
    for where, raw in _lines(name, data):
        yield where, _parsed(where, raw)


def _lines(name: str, data: bytes) -> Iterable[tuple[str, bytes]]:
    """The lines that are not empty, each with its place."""
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if raw.strip():
            yield f"{name}, line {number}", raw


def _array_items(name: str, data: bytes) -> Iterable[tuple[str, Any]]:
    for number, item in enumerate(_parsed(name, data), start=1):
        yield f"{name}, item {number}", item


def _parsed(where: str, raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        msg = f"{where}: byte {error.start + 1} is not UTF-8"
        raise EvaluationDataError(msg, hint="save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        msg = f"{where}: not valid JSON: {error}"
        raise EvaluationDataError(msg, hint=_HINT) from error
