"""``claimcheck memory``, and what other commands make of it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from claimcheck.checker import locking

#: Takes in one file after the other, each by a command of its own.
IMPORTS = """
import sys
from claimcheck.cli import main
for name in sys.argv[1:]:
    assert 0 == main(["memory", "import", name, "--memory", "m.jsonl"])
"""
#: Takes the lock, says so, and keeps it until it is killed.
HOLDS = """
import sys
from claimcheck.checker.locking import only_writer
with only_writer("m.jsonl"):
    print("mine", flush=True)
    sys.stdin.read()
"""

CLAIM = "The harbour bridge was opened in 1935."


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    text = "The harbour bridge was opened in 1932. The harbour bridge cost 6 million dollars."
    (tmp_path / "articles" / "bridge.txt").write_text(text, encoding="utf-8")
    return tmp_path


def add(run, claim=CLAIM, *more):
    return run(
        "memory", "add", claim, "--verdict", "contradicted", "--date", "2026-05-03", "--memory", "m.jsonl", *more
    )


def entries(desk):
    return [json.loads(line) for line in (desk / "m.jsonl").read_text(encoding="utf-8").splitlines()]


def test_add_list_and_remove(run, desk):
    assert 0 == add(run, CLAIM, "--who", "A. Lind", "--note", "see the ledger").status
    assert 0 == add(run, "Otto Weiss met Clara Falk in 2009").status
    assert 0 == add(run, f"{CLAIM} ", "--who", "B. Ude").status  # the same claim on the same day: in its place
    first, second = entries(desk)
    assert (CLAIM, "contradicted", "2026-05-03", "B. Ude") == tuple(
        first[k] for k in ("claim", "verdict", "checked", "who")
    )
    listed = run("memory", "list", "--memory", "m.jsonl")
    assert f"{first['id']}  {CLAIM}  (checked on 3 May 2026 by B. Ude: contradicted)" == listed.out.splitlines()[0]
    rows = run("memory", "list", "--format", "jsonl", "--memory", "m.jsonl").out.splitlines()
    assert [first, second] == [json.loads(row) for row in rows]
    assert 0 == run("memory", "remove", first["id"], "--memory", "m.jsonl").status
    assert [second] == entries(desk)
    gone = run("memory", "remove", first["id"], "--memory", "m.jsonl")
    assert (2, True) == (gone.status, "has no claim with the id" in gone.err)
    assert [second] == entries(desk)


def test_nothing_is_lost_when_several_write_at_once(desk):
    names = [f"new{n}.jsonl" for n in range(40)]
    for name in names:
        line = {"id": name, "claim": CLAIM, "verdict": "contradicted"}
        (desk / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    command = [sys.executable, "-c", IMPORTS]
    writers = [subprocess.Popen([*command, *names[n::4]], stderr=subprocess.DEVNULL) for n in range(4)]
    assert [0] * 4 == [writer.wait() for writer in writers]
    assert sorted(names) == sorted(entry["id"] for entry in entries(desk))
    assert {"m.jsonl", "articles", *names} == {path.name for path in desk.iterdir()}


def test_two_adds_at_once_are_both_kept(desk):
    command = [sys.executable, "-m", "claimcheck", "memory", "add", "--verdict", "supported", "--memory", "m.jsonl"]
    claims = ["Otto Weiss met Clara Falk in 2009.", "The mill was sold in 1950."]
    writers = [subprocess.Popen([*command, claim], stderr=subprocess.DEVNULL) for claim in claims]
    assert [0, 0] == [writer.wait() for writer in writers]
    assert sorted(claims) == sorted(entry["claim"] for entry in entries(desk))


def test_who_writes_waits_for_another_and_not_for_a_dead_one(run, desk, monkeypatch):
    (desk / "new.jsonl").write_text(json.dumps({"claim": CLAIM, "verdict": "supported"}) + "\n", encoding="utf-8")
    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLDS], **pipes) as other:
        assert b"mine\n" == other.stdout.readline()
        ran = run("memory", "import", "new.jsonl", "--memory", "m.jsonl")
        assert (2, True) == (ran.status, ran.err.startswith("error[CC-E08]: m.jsonl is being changed by another"))
        assert not (desk / "m.jsonl").exists()
        other.kill()
    assert 0 == run("memory", "import", "new.jsonl", "--memory", "m.jsonl").status
    assert [CLAIM] == [entry["claim"] for entry in entries(desk)]


def test_verify_and_check_say_so_beside_the_evidence(run, desk):
    add(run)
    (desk / "claimcheck.toml").write_text(
        'memory = "m.jsonl"\ncorpus = "articles"\nmethod = "slots"\n', encoding="utf-8"
    )
    again = "In 1932 the harbour bridge was opened."
    add(run, again)
    ran = run("verify", "The harbour bridge was opened in 1932.")
    assert 0 == ran.status
    assert "Checked on 3 May 2026: contradicted, as “In 1932 the harbour bridge was opened.”" in " ".join(
        ran.out.split()
    )
    assert ran.out.startswith("The harbour bridge was opened in 1932.\n✓ Supported")
    made = json.loads(run("verify", "In 1935 the harbour bridge was opened", "--format", "json").out)
    assert ("contradicted", [CLAIM]) == (made["verdict"], [known["claim"] for known in made["memory"]])
    (desk / "draft.md").write_text(f"{again}\n", encoding="utf-8")
    ran = run("check", "draft.md", "--fail-on", "not_enough_evidence")
    assert (0, "draft.md:1:1: note[CC-M01] checked on 3 May 2026: contradicted") == (
        ran.status,
        ran.out.splitlines()[0],
    )
    assert "CC-M01" not in run("check", "draft.md", "--ignore", "CC-M").out
    assert "CC-M01" in run("check", "draft.md", "--format", "sarif").out


def test_import_and_export(run, desk):
    review = {"@type": "ClaimReview", "claimReviewed": CLAIM, "reviewRating": {"alternateName": "False"}}
    half = {"@type": "ClaimReview", "claimReviewed": "It is so.", "reviewRating": {"alternateName": "Half true"}}
    (desk / "reviews.json").write_text(json.dumps([review, half]), encoding="utf-8")
    ran = run("memory", "import", "reviews.json", "--memory", "m.jsonl")
    assert (0, True, True) == (
        ran.status,
        "CC-W07" in ran.err and "'Half true'" in ran.err,
        "1 claim taken in" in ran.err,
    )
    out = run("memory", "export", "--format", "claimreview", "--output", "out.json", "--memory", "m.jsonl")
    assert (0, "") == (out.status, out.out)
    (made,) = json.loads((desk / "out.json").read_text(encoding="utf-8"))
    assert {"author", "url", "datePublished"}.isdisjoint(made)
    lines = run("memory", "export", "--memory", "m.jsonl").out
    (desk / "copy.jsonl").write_text(lines, encoding="utf-8")
    assert 0 == run("memory", "import", "copy.jsonl", "--memory", "n.jsonl").status
    assert lines == (desk / "n.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "case",
    [
        (["list"], "no claim memory was named"),
        (["list", "--memory", "none.jsonl"], "the claim memory none.jsonl cannot be read"),
        (["list", "--memory", "bad.jsonl"], "bad.jsonl, line 1, is no checked claim"),
        (["add", "Who?", "--verdict", "supported", "--memory", "m.jsonl"], "the claim is"),
        (["import", "none.json", "--memory", "m.jsonl"], "none.json cannot be read"),
        (["import", "bad.jsonl", "--format", "claimreview", "--memory", "m.jsonl"], "is not JSON"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, desk, case):
    arguments, reason = case
    (desk / "bad.jsonl").write_text("{bad\n", encoding="utf-8")
    ran = run("memory", *arguments)
    assert (2, True) == (ran.status, reason in ran.err)
    assert not (desk / "m.jsonl").exists()


def test_a_broken_memory_stops_verify_before_it_starts(run, desk):
    (desk / "bad.jsonl").write_text("{bad\n", encoding="utf-8")
    ran = run("verify", CLAIM, "--corpus", "articles", "--memory", "bad.jsonl")
    assert (2, True) == (ran.status, ran.err.startswith("error[CC-E09]"))
