"""The configuration on the command line, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

ARTICLE = "The harbour bridge was opened in 1932. The harbour bridge cost 6 million dollars."


@pytest.fixture
def desk(tmp_path):
    """A folder with articles, and a command line run in it."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "desk").mkdir()

    def run(*arguments, **variables):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMCHECK_")}
        ran = subprocess.run(
            [sys.executable, "-m", "claimcheck", *arguments],
            cwd=tmp_path / "desk",
            env={**clean, "CLAIMCHECK_CACHE": str(tmp_path / "cache"), **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return ran.returncode, ran.stdout, ran.stderr

    run.root = tmp_path
    return run


def test_a_file_is_heeded_by_every_command_that_verifies(desk):
    (desk.root / "claimcheck.toml").write_text(
        'corpus = "articles"\nfail-on = "never"\nmethod = "slots"\n', encoding="utf-8"
    )
    wrong = "The harbour bridge was opened in 1935."
    status, out, _ = desk("verify", wrong, "--format", "json")
    assert (0, "contradicted") == (status, json.loads(out)["verdict"])
    status, out, _ = desk("explain", wrong, "--format", "json")
    assert (0, "slots") == (status, json.loads(out)["method"])
    (desk.root / "desk" / "draft.md").write_text(f"{wrong}\n", encoding="utf-8")
    status, out, _ = desk("check", "draft.md")
    assert (0, True) == (status, out.startswith("draft.md:1:1: error[CC-C01]"))
    assert 1 == desk("check", "draft.md", "--fail-on", "contradicted")[0]
    gold = {"id": "1", "claim": wrong, "verdict": "contradicted"}
    (desk.root / "desk" / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    status, out, err = desk("evaluate", "gold.jsonl", "--format", "json")
    assert (0, 1) == (status, json.loads(out)["scores"]["claims"]), err
    status, _, err = desk("verify", wrong, "--isolated")
    assert (2, True) == (status, "no corpus was named" in err)


def test_what_is_configured_does_not_count_as_said(desk):
    (desk.root / "claimcheck.toml").write_text('corpus = "articles"\nas-of = 2026-01-01\n', encoding="utf-8")
    status, _, err = desk("verify", "The bridge was opened in 1932.", "--index", "none.claimcheck")
    assert (2, True) == (status, "there is no index at none.claimcheck" in err)
    status, out, err = desk("explain", "The bridge was opened in 1932.", "--source", "The bridge was opened in 1932.")
    assert (0, True) == (status, "upported" in out), err
    pair = {"id": "1", "claim": "It rains.", "evidence": "It rains.", "label": "supports"}
    (desk.root / "desk" / "pairs.jsonl").write_text(json.dumps(pair) + "\n", encoding="utf-8")
    assert 0 == desk("evaluate", "pairs.jsonl", "--method", "slots")[0]
    status, _, err = desk("evaluate", "pairs.jsonl", "--corpus", "../articles")
    assert (2, True) == (status, "--corpus is of no use for pairs" in err)


def test_show_says_where_each_value_came_from(desk):
    (desk.root / "pyproject.toml").write_text(
        '[tool.claimcheck]\ncorpus = "articles"\nformat = "sarif"\n', encoding="utf-8"
    )
    status, out, _ = desk("config", "show", "--format", "json", CLAIMCHECK_FAIL_ON="conflicting")
    shown = json.loads(out)
    path = str(desk.root / "pyproject.toml")
    assert (0, path) == (status, shown["file"])
    assert {"value": [str(desk.root / "articles")], "origin": "file", "source": path} == shown["settings"]["corpus"]
    assert {"value": "conflicting", "origin": "environment", "source": "CLAIMCHECK_FAIL_ON"} == shown["settings"][
        "fail-on"
    ]
    assert {"value": 0.4, "origin": "default", "source": None} == shown["settings"]["delay"]
    status, out, _ = desk("config", "show", CLAIMCHECK_FAIL_ON="conflicting")
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines()}
    assert ["conflicting", "CLAIMCHECK_FAIL_ON"] == lines["fail-on"]
    assert ["sarif", path] == lines["format"]
    assert (0, "file: none") == (status, desk("config", "show", "--isolated")[1].splitlines()[0])
    # a format that a command cannot write is none for it
    assert 0 == desk("verify", "The harbour bridge was opened in 1932.")[0]


def test_a_fault_is_said_once_and_help_is_there_all_the_same(desk):
    path = desk.root / "claimcheck.toml"
    path.write_text('corpos = "articles"\n', encoding="utf-8")
    status, out, err = desk("verify", "The bridge was opened in 1932.")
    assert (2, "") == (status, out)
    assert f"error[CC-E03]: {path}: there is no setting 'corpos'\nhint: did you mean corpus?\n" == err
    assert 0 == desk("verify", "--help")[0]
    assert 2 == desk("config", "show")[0]
    assert 2 == desk("lsp")[0]


def test_aliases_of_the_file_are_followed_and_explained(desk):
    (desk.root / "claimcheck.toml").write_text(
        'corpus = "articles"\nmethod = "slots"\n[aliases]\n"the Old Lady" = "harbour bridge"\n', encoding="utf-8"
    )
    status, out, _ = desk("verify", "The Old Lady was opened in 1935.")
    assert (1, True) == (status, "Old Lady is harbour bridge, by your alias" in " ".join(out.split()))
    status, out, _ = desk("explain", "The Old Lady was opened in 1932.", "--width", "200")
    assert (0, True) == (status, "harbour bridge (person), by your alias" in out or ", by your alias" in out)
    (desk.root / "claimcheck.toml").write_text("[aliases]\nFed = []\n", encoding="utf-8")
    status, _, err = desk("verify", "The Old Lady was opened in 1935.")
    assert (2, True) == (status, "the alias 'Fed' cannot be []" in err)
