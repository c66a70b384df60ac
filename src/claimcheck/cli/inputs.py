"""
Claims and pairs from arguments, files and standard input.

A line that cannot be read becomes a `Failure` in its place; the lines after it go on.
Files are read as they are needed, so that a pipe can be followed line by line.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from attrs import field, frozen

from claimcheck.entailment import title_of
from claimcheck.errors import ClaimcheckError, ClaimParseError, ConfigError
from claimcheck.model import Claim, Failure
from claimcheck.paths import reason_of

from .streams import standard_input

MALFORMED, DUPLICATE = "CC-E06", "CC-E07"
"""Codes of a line that does not have the shape of its file, and of an id used twice in a batch."""

#: Longest line of a file of claims or pairs, in bytes: more than the longest pair can need.
MAX_LINE = 4 * 1024 * 1024

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CLAIM_SHAPE = 'a line looks like {"id": "1", "claim": "..."}'
_PAIR_SHAPE = 'a line looks like {"id": "1", "claim": "...", "evidence": "..."}'


@frozen(kw_only=True)
class Pair:
    """A claim and the evidence text it is to be judged by; *title* says where the evidence stands, if anything."""

    id: str
    claim: str
    evidence: str
    title: str = ""


@frozen(kw_only=True)
class _Row:
    """
    One entry of a batch before it is checked.

    Args:
        where: Its place for people, for example "claims.csv, line 3".
        values: What was read, by name.
        id: The caller's id, ``None`` when there is none.
        fault: What is wrong with the entry as a whole, else ``None``.
    """

    where: str
    values: Mapping[str, Any] = field(factory=dict)
    id: str | None = None
    fault: ClaimcheckError | None = None


# -------------------------------------------------------------------------- what to do


def read_claims(arguments: Sequence[str], file: str | None) -> Generator[Claim | Failure, None, None]:
    """
    The claims to verify, in order: the arguments, then the file.

    Args:
        arguments: Claims given one by one; their ids are their positions.
        file: JSON Lines, CSV with a column ``claim``, or one claim a line; ``-`` is standard input.
    Raises:
        ConfigError: If the file cannot be read at all.
    """
    rows = (_Row(where=f"claim {n}", values={"claim": text}) for n, text in enumerate(arguments, start=1))
    for row_id, row, fault in _identified(itertools.chain(rows, _file_rows(file) if file else ())):
        text = row.values.get("claim")
        try:
            _raise_if(fault)
            claim = Claim(text=_checked(row.where, "claim", text, _CLAIM_SHAPE), id=row_id)
        except ClaimcheckError as error:
            yield _failure(row_id, text, error)
        else:
            yield claim


def read_pairs(file: str) -> Generator[Pair | Failure, None, None]:
    """
    The pairs to judge, in order.

    Args:
        file: JSON Lines with ``claim``, ``evidence`` and perhaps ``id`` and ``title``; ``-`` is standard input.
    Raises:
        ConfigError: If the file cannot be read at all.
    """
    with _opened(file, "pairs") as (name, stream):
        yield from _checked_pairs(_json_rows(name, enumerate(stream, start=1), _PAIR_SHAPE))


def single_pair(claim: str, evidence: str) -> Generator[Pair | Failure, None, None]:
    """One pair from the arguments."""
    yield from _checked_pairs([_Row(where="the pair", values={"claim": claim, "evidence": evidence})])


def _checked_pairs(rows: Iterable[_Row]) -> Iterator[Pair | Failure]:
    for row_id, row, fault in _identified(rows):
        claim, evidence = row.values.get("claim"), row.values.get("evidence")
        try:
            _raise_if(fault)
            pair = Pair(
                id=row_id,
                claim=_checked(row.where, "claim", claim, _PAIR_SHAPE),
                evidence=_checked(row.where, "evidence", evidence, _PAIR_SHAPE, controls=True),
                title=_checked(row.where, "title", title_of(row.values.get("title")), _PAIR_SHAPE, controls=True),
            )
        except ClaimcheckError as error:
            yield _failure(row_id, claim, error)
        else:
            yield pair


def in_order(
    items: Iterable[Any], work: Callable[[Iterator[Any]], Iterator[Any]]
) -> Generator[tuple[Any, Any], None, None]:
    """
    Run *work* over the sound items and put each failed one back in its place.

    Args:
        items: Things to do, or a `Failure` for what cannot be done.
        work: From items to results, one each and in order; it may read ahead.
    Returns:
        Each item with its result, in the order of *items*; a failure is its own result.
    """
    waiting: deque[Any] = deque()

    def sound() -> Iterator[Any]:
        for item in items:
            waiting.append(item)
            if not isinstance(item, Failure):
                yield item

    for result in work(sound()):
        while isinstance(waiting[0], Failure):
            failure = waiting.popleft()
            yield failure, failure
        yield waiting.popleft(), result
    for failure in waiting:
        yield failure, failure


# ----------------------------------------------------------------------------- checks


def _identified(rows: Iterable[_Row]) -> Iterator[tuple[str, _Row, ClaimcheckError | None]]:
    """Each row with its id (else its position, from 1) and what is wrong with it, a repeated id included."""
    places: dict[str, str] = {}
    for position, row in enumerate(rows, start=1):
        row_id = str(position) if row.id is None else row.id
        fault = row.fault
        if fault is None and row_id in places:
            msg = f"{row.where}: the id {row_id!r} was already used in {places[row_id]}"
            fault = ClaimParseError(msg, hint="give every claim an id of its own, or none", code=DUPLICATE)
        places.setdefault(row_id, row.where)
        yield row_id, row, fault


def _raise_if(fault: ClaimcheckError | None) -> None:
    if fault is not None:
        raise fault


def _checked(where: str, name: str, text: object, shape: str, *, controls: bool = False) -> str:
    """*text*, if it is one; control characters pass where *controls* says so. The checker judges the rest."""
    if not isinstance(text, str):
        msg = f"{where}: the {name} is missing or not a text"
        raise ClaimParseError(msg, code=MALFORMED, hint=shape)
    if not controls and (found := _CONTROLS.search(text)):
        msg = f"{where}: the {name} holds a control character (U+{ord(found[0]):04X}) at position {found.start()}"
        raise ClaimParseError(msg, hint="remove it", span=found.span())
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        msg = f"{where}: the {name} is not valid Unicode at position {error.start}"
        raise ClaimParseError(msg, hint="save the text as UTF-8", span=(error.start, error.end)) from error
    return text


def _failure(row_id: str, text: object, error: ClaimcheckError) -> Failure:
    shown = text if isinstance(text, str) else ""
    return Failure(id=row_id, text=shown, code=error.error_code, message=error.message, hint=error.hint)


# ------------------------------------------------------------------------------ files


def require_file(file: str, what: str) -> None:
    """
    Fail early when a file cannot be opened, before other work is done.

    Raises:
        ConfigError: If it cannot.
    """
    if file != "-":
        with _open(file, what):
            pass


@contextmanager
def _opened(file: str, what: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The lines of a file or of standard input, with its name for people; UTF-16 with a mark becomes UTF-8."""
    if file == "-":
        yield "standard input", _as_utf8(standard_input())
        return
    with _open(file, what) as stream:
        yield Path(file).name, _as_utf8(stream)


def _open(file: str, what: str) -> BinaryIO:
    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as error:
        msg = f"the {what} file {file} cannot be read: {reason_of(error)}"
        raise ConfigError(msg, hint=f"check the path, or use - for {what} on standard input") from error


def _as_utf8(stream: BinaryIO) -> Iterable[bytes]:
    first = stream.readline(MAX_LINE + 1)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return io.BytesIO((first + stream.read()).decode("utf-16", errors="replace").encode("utf-8"))
    lines = _bounded_lines(stream, first)
    return itertools.chain([next(lines).removeprefix(b"\xef\xbb\xbf")] if first else [], lines)


def _bounded_lines(stream: BinaryIO, line: bytes) -> Iterator[bytes]:
    """
    *line* and those that follow it; of one that is longer than `MAX_LINE` only one byte more.

    The rest of such a line is passed over a piece at a time, so that it need not fit into memory.
    """
    while line:
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE + 1)
        line = stream.readline(MAX_LINE + 1)


def _file_rows(file: str) -> Iterator[_Row]:
    """The rows of a claims file, whose shape is told from its suffix or else from its first line."""
    with _opened(file, "claims") as (name, stream):
        numbered = enumerate(stream, start=1)
        first = next(((n, line) for n, line in numbered if line.strip()), None)
        if first is None:
            return
        lines = itertools.chain([first], numbered)
        suffix = "" if file == "-" else Path(file).suffix.lower()
        start = first[1].lstrip()[:1]
        delimiter = _csv_delimiter(first[1])
        if suffix in {".csv", ".tsv"} or (delimiter and suffix not in {".txt", ".jsonl", ".ndjson", ".json"}):
            yield from _csv_rows(name, lines, delimiter)
        elif suffix in {".jsonl", ".ndjson"} or (start == b"{" and suffix != ".txt"):
            yield from _json_rows(name, lines, _CLAIM_SHAPE)
        elif suffix == ".json":
            msg = f"{name} is not JSON Lines"
            raise ConfigError(msg, hint=f"write one object a line; {_CLAIM_SHAPE}")
        else:
            yield from _text_rows(name, lines)


def _text_rows(name: str, lines: Iterable[tuple[int, bytes]]) -> Iterator[_Row]:
    for number, raw in lines:
        if raw.strip():
            where = f"{name}, line {number}"
            text, fault = _decoded(where, raw)
            yield _Row(where=where, values={"claim": text.strip()}, fault=fault)


def _json_rows(name: str, lines: Iterable[tuple[int, bytes]], shape: str) -> Iterator[_Row]:
    for number, raw in lines:
        if not raw.strip():
            continue
        where = f"{name}, line {number}"
        text, fault = _decoded(where, raw)
        if fault is None:
            try:
                item = json.loads(text)
            except (ValueError, RecursionError) as error:
                fault = ClaimParseError(f"{where}: not valid JSON: {error}", code=MALFORMED, hint=shape)
            else:
                yield _json_row(where, text, item, shape)
                continue
        yield _Row(where=where, values={"claim": text.strip()}, fault=fault)


def _json_row(where: str, text: str, item: Any, shape: str) -> _Row:
    if not isinstance(item, dict):
        fault = ClaimParseError(f"{where}: a JSON object is needed", code=MALFORMED, hint=shape)
        return _Row(where=where, values={"claim": text.strip()}, fault=fault)
    given = item.get("id")
    if given is None or (isinstance(given, str | int) and not isinstance(given, bool)):
        return _Row(where=where, values=item, id=None if given is None else str(given))
    fault = ClaimParseError(f'{where}: "id" must be a text or a whole number', code=MALFORMED, hint=shape)
    return _Row(where=where, values=item, fault=fault)


def _csv_rows(name: str, lines: Iterable[tuple[int, bytes]], delimiter: str) -> Iterator[_Row]:
    if not delimiter:
        msg = f"{name} has no column named claim"
        raise ConfigError(msg, hint="the first line names the columns: claim, and perhaps id")
    last = 0

    def texts() -> Iterator[str]:
        nonlocal last
        for number, raw in lines:
            last = number
            yield raw.decode("utf-8", errors="surrogateescape")

    reader = csv.reader(texts(), delimiter=delimiter, strict=True)
    try:
        columns = [cell.strip().lower() for cell in next(reader)]
    except csv.Error as error:
        msg = f"the first line of {name} is not valid CSV: {error}"
        raise ConfigError(msg, hint="the first line names the columns: claim, and perhaps id") from error
    while True:
        where = f"{name}, line {last + 1}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            fault = ClaimParseError(f"{where}: not valid CSV: {error}", code=MALFORMED, hint="quote cells with commas")
            yield _Row(where=where, values={"claim": ""}, fault=fault)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            values = dict(zip(columns, cells, strict=False))
            yield _Row(where=where, values=values, id=values.get("id", "").strip() or None)


def _csv_delimiter(line: bytes) -> str:
    """The delimiter of a header line (single words, one of them "claim"), "" when it is no such line."""
    text = line.decode("utf-8", errors="replace").strip().lower()
    for delimiter in ",;\t":
        cells = [cell.strip().strip('"') for cell in text.split(delimiter)]
        if "claim" in cells and all(cell.isidentifier() for cell in cells):
            return delimiter
    return ""


def _decoded(where: str, raw: bytes) -> tuple[str, ClaimParseError | None]:
    """A line as text, and what is wrong with its length or its encoding."""
    if len(raw) > MAX_LINE:
        msg = f"{where}: the line has more than {MAX_LINE:,} bytes"
        return "", ClaimParseError(msg, code=MALFORMED, hint="write one claim or pair on each line")
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        msg = f"{where}: byte {error.start + 1} of the line is not UTF-8"
        fault = ClaimParseError(msg, code=MALFORMED, hint="save the file as UTF-8")
        return raw.decode("utf-8", errors="replace"), fault
