"""The command line on two nodes, each run in a process of its own, some of them killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from .conftest import ARTICLES, batch

#: Claims of a batch that is interrupted.
COUNT = 72

pytest.importorskip("ray", reason="needs the extra cluster: make test-cluster")


@pytest.fixture
def run(nodes):
    """The command line with the address of the cluster."""

    def call(*arguments, check=True):
        command = [sys.executable, "-m", "claimcheck", *map(str, arguments), "--cluster", nodes.address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
        assert not check or done.returncode in {0, 1}, done.stderr
        return done

    return call


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for article in ARTICLES:
        (folder / article.id).write_text(article.text)
    return folder


def test_articles_are_added_and_claims_verified(run, articles, tmp_path):
    index = tmp_path / "archive.shards"
    added = run("index", "add", "--index", index, "--shards", 2, articles)
    assert f"{len(ARTICLES)} added, 0 updated, 0 unchanged\n" == added.stdout
    claims = tmp_path / "claims.jsonl"
    claims.write_text("".join(json.dumps({"id": c.id, "claim": c.text}) + "\n" for c in batch(5)) + "not json\n")
    options = ("verify", "--claims", claims, "--index", index, "--format", "jsonl")
    there = run(*options, check=False)
    here = [sys.executable, "-m", "claimcheck", *map(str, options)]
    assert subprocess.run(here, capture_output=True, text=True, check=False).stdout == there.stdout
    assert 6 == len(there.stdout.splitlines())
    assert 2 == there.returncode
    assert "Traceback" not in there.stderr


def test_a_killed_run_goes_on_where_it_stopped(run, nodes, shards_of, tmp_path):
    claims, results = tmp_path / "claims.jsonl", tmp_path / "results.jsonl"
    claims.write_text("".join(json.dumps({"id": c.id, "claim": c.text}) + "\n" for c in batch(COUNT)))
    options = [
        *("verify", "--claims", str(claims), "--index", str(shards_of(2)), "--results", str(results)),
        *("--fail-on", "never", "--entailment", "none", "--quiet"),
    ]
    command = [sys.executable, "-m", "claimcheck", *options, "--cluster", nodes.address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        until = time.monotonic() + 300
        while time.monotonic() < until and not (results.exists() and results.stat().st_size > 0):
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
    before = results.read_bytes().splitlines(keepends=True)
    assert 0 < len(before) < COUNT
    run(*options, check=False)
    lines = results.read_bytes().splitlines(keepends=True)
    whole = [line for line in before if line.endswith(b"\n")]
    assert whole == lines[: len(whole)]
    assert [claim.id for claim in batch(COUNT)] == [json.loads(line)["id"] for line in lines]


def test_a_corpus_of_files_is_refused(run):
    done = run("verify", "The bridge was opened", "--corpus", "articles", check=False)
    assert 2 == done.returncode
    assert "--cluster needs --index" in done.stderr
