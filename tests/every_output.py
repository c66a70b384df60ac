"""
Every output of claimcheck over a few articles, as SHA-256 sums in JSON: ``python every_output.py FOLDER JOBS``.

A program of its own, so that each run is a fresh process: with its own ``PYTHONHASHSEED``, its own number of
processes that read, and a cache folder of its own, so that nothing is kept from the run before.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from claimcheck.cli import main

ROOT = Path(__file__).resolve().parents[1]
#: Articles of several kinds: sources that disagree, figures, plans that were called off, quotations.
ARTICLES = (
    *("diplomacy/clinton-in-pyongyang.md", "culture/sartre-declines-the-nobel-prize.md"),
    *("health/chernobyl-forum-report.md", "health/chernobyl-twenty-years-rival-estimates.md"),
)
CLAIMS = (
    "Clinton met Kim Jong Il in 2009",
    "Chernobyl will cause 4,000 deaths",
    "Sartre accepted the Nobel Prize",
    "Nobody knows who painted the fence of the town hall",
)


def rows(index: Path) -> str:
    """Every row of every table of an index, those of the full-text search too, in their order."""
    total = hashlib.sha256()
    with closing(sqlite3.connect(index)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
        for (name,) in names:
            for row in sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))):
                total.update(f"{name} {row}\n".encode())
    return total.hexdigest()


def written(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def outputs(folder: Path, jobs: str) -> dict[str, str]:
    """The sums of everything, made in *folder*, which has to be empty."""
    os.chdir(folder)
    os.environ["CLAIMCHECK_CACHE"] = str(folder / "cache")
    Path("articles").mkdir()
    for name in ARTICLES:
        path = Path("articles", Path(name).name)
        path.write_bytes((ROOT / "corpus" / name).read_bytes())
    Path("draft.md").write_text("\n\n".join(f"{claim}." for claim in CLAIMS) + "\n", encoding="utf-8")
    index = ("--index", "index.claimcheck")
    runs = {
        "added.json": ("index", "add", *index, "articles", "--jobs", jobs, "--format", "json"),
        "listed.json": ("index", "list", *index, "--format", "json"),
        "verify.json": ("verify", *CLAIMS, *index, "--format", "json"),
        "verify.txt": ("verify", *CLAIMS, *index, "--plain"),
        "corpus.json": ("verify", *CLAIMS, "--corpus", "articles", "--jobs", jobs, "--format", "json"),
        "explain.json": ("explain", CLAIMS[0], *index, "--format", "json"),
        **{
            f"check.{shape}": ("check", "draft.md", *index, "--format", shape)
            for shape in ("sarif", "json", "html", "claimreview")
        },
        "report.html": ("report", *CLAIMS, *index),
    }
    found = {}
    for name, arguments in runs.items():
        status = main([*arguments, "--output", name])
        assert status in {0, 1}, (name, status)
        found[name] = written(Path(name))
    found["rows of the index"] = rows(Path("index.claimcheck"))
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(outputs(Path(sys.argv[1]), sys.argv[2])))
