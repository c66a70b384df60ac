"""``verify --results``: a long batch goes on where it stopped, and each claim is answered once."""

from __future__ import annotations

import fcntl
import json
import resource

import pytest

CLAIMS = ["the bridge was opened", "the bridge was never opened", "is it a bridge?", "it is unheard of"]


@pytest.fixture
def claims(tmp_path):
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(json.dumps({"id": f"c{n}", "claim": text}) + "\n" for n, text in enumerate(CLAIMS)))
    return file


@pytest.fixture
def verify(run, engine, claims, tmp_path):
    del engine
    return lambda *more: run("verify", "--claims", claims, "--corpus", "x", "--results", tmp_path / "r.jsonl", *more)


def ids(file):
    return [json.loads(line)["id"] for line in file.read_text().splitlines()]


def test_results_are_added_and_not_asked_for_again(verify, tmp_path):
    whole = verify("--format", "jsonl")
    assert whole.out == (tmp_path / "r.jsonl").read_text()
    assert ["c0", "c1", "c2", "c3"] == ids(tmp_path / "r.jsonl")
    again = verify("--format", "jsonl")
    assert ("", 2) == (again.out, again.status)
    assert whole.out == (tmp_path / "r.jsonl").read_text()


@pytest.mark.parametrize("cut", [0, 1, -1])
def test_a_batch_that_was_cut_short_ends_as_if_it_had_not_been(verify, tmp_path, cut):
    verify()
    file = tmp_path / "r.jsonl"
    whole = file.read_bytes()
    lines = whole.splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:2]) + (lines[2][:cut] if cut else b""))
    assert 2 == verify().status
    assert whole == file.read_bytes()


def test_the_status_is_that_of_the_whole_batch(run, engine, tmp_path):
    del engine
    options = ("--corpus", "x", "--results", tmp_path / "r.jsonl")
    assert 1 == run("verify", "the bridge was never opened", *options).status
    assert 1 == run("verify", "the bridge was never opened", *options).status
    assert 0 == run("verify", "the bridge was never opened", *options, "--fail-on", "never").status


def test_another_claim_under_the_same_id_is_answered(verify, claims, tmp_path):
    verify()
    claims.write_text(json.dumps({"id": "c0", "claim": "another claim"}) + "\n")
    verify()
    assert ["c0", "c1", "c2", "c3", "c0"] == ids(tmp_path / "r.jsonl")


@pytest.mark.parametrize("text", ["dear diary\nno results today\n", "dear diary", "[]\n"])
def test_a_file_of_something_else_stays_as_it_is(verify, tmp_path, text):
    file = tmp_path / "r.jsonl"
    file.write_text(text)
    ran = verify()
    assert 2 == ran.status
    assert "r.jsonl, line 1: not a result of verify" in ran.err
    assert text == file.read_text()


def test_two_runs_do_not_share_a_file(verify, tmp_path):
    with (tmp_path / "r.jsonl").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        ran = verify()
    assert 2 == ran.status
    assert "another process is writing" in ran.err


def test_a_file_that_cannot_be_written_is_said_so(run, engine, tmp_path):
    del engine
    ran = run("verify", "the bridge was opened", "--corpus", "x", "--results", tmp_path / "no" / "r.jsonl")
    assert 2 == ran.status
    assert "error[CC-E08]: the results file" in ran.err


@pytest.fixture
def _small_files():
    """Files can hold no more than 1,000 bytes, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("_small_files")
@pytest.mark.parametrize("output_format", ["text", "jsonl"])
def test_on_a_full_disk_what_was_written_stays_readable_and_what_was_found_is_shown(verify, tmp_path, output_format):
    whole = verify("--format", output_format)
    assert 2 == whole.status
    assert whole.err.startswith("error[CC-E08]: the results file")
    assert "Traceback" not in whole.err
    written = ids(tmp_path / "r.jsonl")
    assert ["c0", "c1", "c2", "c3"][: len(written)] == written
    shown = [text for text in CLAIMS if text in whole.out]
    assert len(written) + 1 == len(shown)


def test_broken_lines_are_answered_once_too(run, engine, tmp_path):
    del engine
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"claim": "a"}\nnot json\n{"id": "1", "claim": "b"}\n{"claim": "x\\ud800y"}\n')
    options = ("--claims", claims, "--corpus", "x", "--results", tmp_path / "r.jsonl")
    run("verify", *options)
    whole = (tmp_path / "r.jsonl").read_bytes()
    assert 4 == len(whole.splitlines())
    run("verify", *options)
    assert whole == (tmp_path / "r.jsonl").read_bytes()
