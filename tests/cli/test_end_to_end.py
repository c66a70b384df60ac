"""The command line over the real engine and a tiny corpus."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import jsonschema
import pytest

from claimcheck.render.objects import schema

ARTICLES = {
    "bridge.md": (
        "---\ntitle: Harbour bridge turns sixty\npublished: 1992-03-20\n---\n\n"
        "The harbour bridge was opened on 19 March 1932 by Premier Jack Lang.\n\n"
        "It did not close during the war. The arch spans 503 metres.\n"
    ),
    "city/mayor.txt": (
        "Mayor resigns\n\nMayor Helen Ostrow resigned on 4 May 1998 after twelve years in office.\n\n"
        "She never met Governor Paul Dane.\n"
    ),
}
SUPPORTED = "The harbour bridge was opened in 1932"
CONTRADICTED = "The harbour bridge was opened in 1941"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with a corpus and a cache of its own."""
    folder = tmp_path_factory.mktemp("newsroom")
    for name, text in ARTICLES.items():
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _here(home, monkeypatch):
    monkeypatch.chdir(home)
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(home / "cache"))


def jsonl(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def test_verify_supports_and_contradicts_with_exact_spans(run):
    ran = run("verify", SUPPORTED, CONTRADICTED, "--format", "jsonl")
    values = jsonl(ran)
    assert (1, ["supported", "contradicted"]) == (ran.status, [value["verdict"] for value in values])
    for value in values:
        jsonschema.validate(value, schema("verdict"))
        for evidence in value["evidence"]:
            text = ARTICLES[evidence["document"]]
            assert evidence["text"] == text[evidence["start"] : evidence["end"]]
            file = evidence["file"]
            assert evidence["text"] == text[file["start"] : file["end"]]
            assert file["line"] == text.count("\n", 0, file["start"]) + 1


def test_the_screen_shows_verdict_sentence_place_and_table(run):
    ran = run("verify", CONTRADICTED)
    for words in ("Contradicted", "19 March 1932", "bridge.md:6:1", "time", "1941", "differs"):
        assert words in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("", "CC-E01"),
        (" \n ", "CC-E01"),
        ("word " * 200_000, "CC-E"),
        ("🎉🎉🎉", "CC-E01"),
        ("The bridge\x00 was opened in 1932", "CC-E01"),
        ("Who opened the bridge?", "CC-E02"),
    ],
)
def test_claims_that_cannot_be_checked(run, claim, code):
    stdin = (json.dumps({"claim": SUPPORTED}) + "\n" + json.dumps({"claim": claim}) + "\n").encode()
    ran = run("verify", "--claims", "-", "--format", "jsonl", stdin=stdin)
    good, bad = jsonl(ran)
    assert (2, "supported", claim) == (ran.status, good["verdict"], bad["claim"])
    assert bad["error"]["code"].startswith(code)
    assert bad["error"]["message"]
    assert bad["error"]["hint"]


@pytest.mark.parametrize(
    "claim", ["🎉 The harbour bridge was opened in 1932", "تم افتتاح الجسر في عام 1932", "\u202ethe bridge was opened"]
)
def test_unusual_text_gets_a_verdict_or_an_error_and_a_clean_screen(run, claim):
    ran = run("verify", claim, "--fail-on", "never")
    assert ran.status in {0, 2}
    assert bool(ran.out) != bool(ran.err)
    assert not set("\x00\x1b\u202e") & set(ran.out + ran.err)


def test_as_of_hides_later_articles(run):
    (value,) = jsonl(run("verify", SUPPORTED, "--as-of", "1990-01-01", "--format", "jsonl"))
    assert "not_enough_evidence" == value["verdict"]


def test_parse_shows_slots_and_edtf(run):
    ran = run("parse", "More than 40 nations signed the treaty in October 2000")
    assert 0 == ran.status
    for words in ("subject", "sign", "2000-10", "at least 40"):
        assert words in ran.out
    (value,) = jsonl(run("parse", SUPPORTED, "--format", "jsonl"))
    assert SUPPORTED == value["claim"]
    for slot in value["statements"][0]["slots"]:
        assert slot["text"] is None or SUPPORTED[slot["start"] : slot["end"]] == slot["text"]


def test_judge_pairs(run):
    pairs = [
        {"id": "a", "claim": SUPPORTED, "evidence": "The harbour bridge was opened in 1932."},
        {"id": "b", "claim": CONTRADICTED, "evidence": "The harbour bridge was opened in 1932."},
    ]
    stdin = "".join(json.dumps(pair) + "\n" for pair in pairs).encode()
    ran = run("judge", "--pairs", "-", "--format", "jsonl", stdin=stdin)
    assert (0, ["supports", "contradicts"]) == (ran.status, [value["label"] for value in jsonl(ran)])
    for value in jsonl(ran):
        jsonschema.validate(value, schema("judgement"))
        assert pytest.approx(1.0, abs=1e-5) == sum(value["probabilities"].values())


def test_an_index_from_beginning_to_end(run, tmp_path):
    index = tmp_path / "news.claimcheck"
    (tmp_path / "photo.txt").write_bytes(b"\x00\x01\x02" * 100)
    added = run("index", "add", "--index", index, "corpus", tmp_path / "photo.txt")
    assert (2, True) == (added.status, "2 added, 0 updated, 0 unchanged, 1 left out" in added.out)
    assert "error[CC-E11]" in added.err
    again = json.loads(run("index", "add", "--index", index, "corpus", "--format", "json").out)
    assert (0, 2, []) == (again["added"], again["unchanged"], again["faults"])
    listed = run("index", "list", "--index", index, "--format", "jsonl")
    assert ["bridge.md", "city/mayor.txt"] == [document["id"] for document in jsonl(listed)]
    assert "1992-03-20" in run("index", "list", "--index", index).out
    assert 2 == json.loads(run("index", "info", "--index", index, "--format", "json").out)["documents"]
    assert "documents" in run("index", "info", "--index", index).out
    checked = run("index", "check", "--index", index)
    assert (0, True) == (checked.status, "The index is sound" in checked.out)
    assert "supported" == jsonl(run("verify", SUPPORTED, "--index", index, "--format", "jsonl"))[0]["verdict"]
    removed = run("index", "remove", "--index", index, "bridge.md", "no.md")
    assert (2, "1 document removed\n") == (removed.status, removed.out)
    assert "error[CC-E10]: the index holds no document 'no.md'" in removed.err
    after = jsonl(run("verify", SUPPORTED, "--index", index, "--format", "jsonl"))
    assert "not_enough_evidence" == after[0]["verdict"]


@pytest.mark.parametrize(
    "arguments",
    [("index", "list"), ("index", "info"), ("index", "check"), ("index", "remove", "x"), ("verify", SUPPORTED)],
)
@pytest.mark.parametrize(("content", "code"), [(b"not a database" * 100, "CC-E21"), (None, "CC-E10")])
def test_an_index_that_is_damaged_or_missing(run, tmp_path, arguments, content, code):
    index = tmp_path / "news.claimcheck"
    if content is not None:
        index.write_bytes(content)
    ran = run(*arguments, "--index", index)
    assert (2, "") == (ran.status, ran.out)
    assert ran.err.startswith(f"error[{code}]: ")


@pytest.mark.parametrize("path", ["missing", "empty"])
def test_a_corpus_that_is_missing_or_empty(run, tmp_path, path):
    (tmp_path / "empty").mkdir()
    ran = run("verify", SUPPORTED, "--corpus", tmp_path / path)
    assert (2, "") == (ran.status, ran.out)
    assert ran.err.startswith("error[CC-E10]: ")
    assert "\nhint: " in ran.err


def test_evaluate_with_spans_and_a_fever_export(run, tmp_path):
    text = ARTICLES["bridge.md"]
    sentence = "The harbour bridge was opened on 19 March 1932 by Premier Jack Lang."
    start = text.index(sentence)
    evidence = [{"document": "bridge.md", "start": start, "end": start + len(sentence), "text": sentence}]
    gold = [
        {"id": "1", "claim": SUPPORTED, "verdict": "supported", "evidence": evidence, "tags": ["date"]},
        {"id": "2", "claim": CONTRADICTED, "verdict": "contradicted", "evidence": evidence, "tags": ["date"]},
    ]
    path, export = tmp_path / "gold.jsonl", tmp_path / "fever.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in gold), encoding="utf-8")
    ran = run("evaluate", path, "--export", export, "--format", "json")
    scores = json.loads(ran.out)["scores"]
    assert (1.0, 1.0, 1.0) == (scores["accuracy"], scores["fever_score"], scores["evidence_recall"]["1"])
    first, _ = map(json.loads, export.read_text(encoding="utf-8").splitlines())
    _, _, page, number = first["evidence"][0][0]
    assert [page, number] in first["predicted_evidence"]


def test_the_same_input_gives_the_same_bytes(run):
    arguments = ("verify", SUPPORTED, CONTRADICTED, "--format", "json")
    assert run(*arguments).out == run(*arguments).out


# ------------------------------------------------------------------- as a process


@contextmanager
def process(*arguments, **options):
    """The command line in a process of its own, which is ended when it takes far too long."""
    with subprocess.Popen([sys.executable, "-m", "claimcheck", *arguments], **options) as running:
        limit = threading.Timer(120, running.kill)
        limit.start()
        try:
            yield running
        finally:
            limit.cancel()
            running.kill()


def redirected(redirection, *arguments):
    """A run with the *redirection* of a shell, such as ``>&-``."""
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-m", "claimcheck", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_a_reader_that_leaves_early_is_no_error(home):
    claims = home / "many.txt"
    claims.write_text(f"{SUPPORTED}\n" * 300, encoding="utf-8")
    options = ("--format", "jsonl", "--fail-on", "never")
    with process(
        "verify", "--claims", str(claims), *options, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        json.loads(running.stdout.readline())
        running.stdout.close()
        assert b"" == running.stderr.read()
        assert 0 == running.wait(timeout=60)


@pytest.mark.parametrize("arguments", [["--help"], ["verify", "--help"], ["--version"], ["config", "show"]])
def test_nobody_who_reads_is_no_error(arguments):
    read, write = os.pipe()
    os.close(read)
    with process(*arguments, stdout=write, stderr=subprocess.PIPE) as running:
        os.close(write)
        assert b"" == running.stderr.read()
        assert 0 == running.wait(timeout=60)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["config", "show"], ["verify", SUPPORTED], ["parse", SUPPORTED]]
)
@pytest.mark.parametrize("redirection", [">&-", ">&- <&-", ">&- 2>&- <&-"])
def test_results_that_cannot_be_written_are_an_error(arguments, redirection):
    ended = redirected(redirection, *arguments)
    assert 2 == ended.returncode
    if "2>" not in redirection:
        assert ended.stderr.startswith(b"error[CC-E08]: results cannot be written to standard output: bad file")
        assert b"Exception" not in ended.stderr


@pytest.mark.parametrize("redirection", ["2>&-", "<&-", "2>&- <&-"])
def test_a_run_needs_neither_input_nor_messages(redirection):
    ended = redirected(redirection, "verify", SUPPORTED)
    assert (0, b"") == (ended.returncode, ended.stderr)
    assert b"Supported" in ended.stdout
    assert 2 == redirected(redirection, "verify", "--no-such-option").returncode


@pytest.mark.parametrize(
    "arguments", [["verify", "--claims", "-"], ["judge", "--pairs", "-"], ["check", "-"], ["lsp"], ["mcp"]]
)
def test_input_that_is_closed_is_an_error(arguments):
    ended = redirected("<&-", *arguments)
    assert 2 == ended.returncode
    assert ended.stderr.startswith(b"error[CC-E03]: standard input cannot be read: bad file descriptor")
    assert b"Traceback" not in ended.stderr


@pytest.fixture
def _interruptible():
    """What a process is started from in the background ignores the signal, and would hand that down."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_results_flow_and_ctrl_c_gives_130():
    with process(
        "verify", "-", "--format", "jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdin.write(f"{SUPPORTED}\n{SUPPORTED}\n".encode())
        running.stdin.flush()
        assert "supported" == json.loads(running.stdout.readline())["verdict"]
        time.sleep(0.2)
        os.kill(running.pid, signal.SIGINT)
        assert b"interrupted" in running.stderr.read()
        assert 130 == running.wait(timeout=60)
