"""The same articles, claims and version give the same bytes: in every run, with any number of jobs and any seed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[1] / "every_output.py"
SOURCES = PROGRAM.parents[1] / "src"
PATIENCE = 600


def sums(folder, *, seed, jobs):
    """The SHA-256 sums of all outputs of a fresh process."""
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder), str(jobs)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return sums(tmp_path_factory.mktemp("first"), seed="0", jobs=1)


@pytest.mark.parametrize(("seed", "jobs"), [("1", 2), ("random", 1)])
def test_every_run_gives_the_same_bytes(first, tmp_path, seed, jobs):
    assert first == sums(tmp_path, seed=seed, jobs=jobs)


def test_a_folder_read_on_the_fly_gives_what_its_index_gives(first):
    assert first["verify.json"] == first["corpus.json"]
    assert len(set(first.values())) == len(first) - 1  # no two others are alike, so none is empty
