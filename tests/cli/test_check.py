"""``claimcheck check`` from the command line."""

from __future__ import annotations

import json

import pytest

from claimcheck.render.check_formats import FORMATS

WRONG = "The harbour bridge cost 9 million dollars."
RIGHT = "The harbour bridge cost 6 million dollars."


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "bridge.txt").write_text(f"The harbour bridge was opened in 1932. {RIGHT}\n", encoding="utf-8")
    return folder


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(text, name="draft.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def plain(text):
    return " ".join(text.split())


def test_findings_in_text_and_in_the_exit_status(run, articles, draft):
    ran = run("check", draft(f"# Head\n\n{RIGHT} {WRONG} The ferry sank.\n"), "--corpus", articles)
    first, *rest = ran.out.splitlines()
    assert (1, "draft.md:3:44: error[CC-C02] $9 million is not $6 million") == (ran.status, first)
    assert any("contradicts" in line and "bridge.txt:1:40" in line for line in rest)
    assert "draft.md:3:87: note[CC-I01]" in ran.out
    assert "3 claims checked: 1 supported, 1 contradicted, 1 without enough evidence" in plain(ran.out)


@pytest.mark.parametrize(
    "case",
    [
        (RIGHT, [], 0),
        (WRONG, [], 1),
        (WRONG, ["--exit-zero"], 0),
        (WRONG, ["--fail-on", "never"], 0),
        (WRONG, ["--ignore", "CC-C02"], 0),
        (WRONG, ["--select", "CC-X,CC-I"], 0),
        (WRONG, ["--min-confidence", "1"], 0),
        ("The ferry sank.", [], 0),
        ("The ferry sank.", ["--fail-on", "not_enough_evidence"], 1),
        (f"{WRONG} <!-- claimcheck: ignore CC-C02 the ledger -->", [], 0),
        (f"{WRONG} <!-- claimcheck: ignore CC-C02 -->", ["--fail-on", "conflicting"], 1),
    ],
)
def test_exit_status(run, articles, draft, case):
    text, options, status = case
    assert status == run("check", draft(f"{text}\n"), "--corpus", articles, *options).status


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_can_be_written_to_a_file(run, articles, draft, tmp_path, name):
    ran = run("check", draft(f"{WRONG}\n"), "--corpus", articles, "--format", name, "--output", "report")
    written = (tmp_path / "report").read_text(encoding="utf-8")
    assert (1, "") == (ran.status, ran.out)
    assert "9 million" in written
    if name in {"json", "sarif", "claimreview"}:
        json.loads(written)


def test_standard_input_is_a_draft(run, articles):
    ran = run("check", "-", "--stdin-name", "mail.txt", "--corpus", articles, stdin=f"{WRONG}\r\n".encode())
    assert (1, True) == (ran.status, ran.out.startswith("mail.txt:1:1: error[CC-C02]"))


def test_a_draft_that_cannot_be_read_does_not_stop_the_others(run, articles, draft):
    ran = run("check", "none.md", draft(f"{WRONG}\n"), "--corpus", articles)
    assert (2, True) == (ran.status, "error[CC-E11]: none.md: no such file" in ran.err)
    assert "draft.md:1:1: error[CC-C02]" in ran.out


def test_a_baseline_is_written_with_a_reason_and_then_accepted(run, articles, draft, tmp_path):
    name = draft(f"{WRONG} The ferry sank.\n")
    options = ["--corpus", articles, "--baseline", "known.json"]
    assert 2 == run("check", name, *options).status
    assert 2 == run("check", name, *options, "--write-baseline").status
    assert 0 == run("check", name, *options, "--write-baseline", "--reason", "the ledger", "--who", "an editor").status
    entries = json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))["entries"]
    assert [("CC-C02", "the ledger", "an editor"), ("CC-I01", "the ledger", "an editor")] == [
        (e["code"], e["reason"], e["who"]) for e in entries
    ]
    known = run("check", name, *options)
    assert (0, True) == (known.status, "2 findings suppressed" in plain(known.out))
    stale = run("check", draft(f"{RIGHT}\n"), *options)
    assert (0, 2) == (stale.status, stale.out.count("warning[CC-W13]"))
    assert "known.json:" in stale.out


@pytest.mark.parametrize(
    "options",
    [[], ["draft.md", "--select", "CC-Z"], ["draft.md", "--min-confidence", "2"], ["draft.md", "--format", "xml"]],
)
def test_usage_errors(run, articles, draft, options):
    draft(f"{RIGHT}\n")
    ran = run("check", *options, "--corpus", articles)
    assert (2, "", True) == (ran.status, ran.out, "CC-E03" in ran.err)


def test_watch_checks_again_what_has_changed(run, articles, draft, monkeypatch):
    name = draft(f"{RIGHT}\n")
    waits = []

    def wait(_seconds):
        waits.append(1)
        if len(waits) == 2:
            draft(f"# A longer draft\n\n{WRONG}\n")
        elif len(waits) > 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("claimcheck.cli.watch.time.sleep", wait)
    ran = run("check", name, "--watch", "--corpus", articles)
    assert 130 == ran.status
    assert 2 == ran.out.count("1 claim checked")
    assert 1 == ran.out.count("error[CC-C02]")


@pytest.mark.parametrize("options", [["-", "--watch"], ["draft.md", "--watch", "--format", "json"]])
def test_watch_is_for_files_and_text(run, articles, draft, options):
    draft(f"{RIGHT}\n")
    assert 2 == run("check", *options, "--corpus", articles).status


def test_watch_refuses_a_file_that_would_never_appear(run, articles, draft, tmp_path, monkeypatch):
    monkeypatch.setattr("claimcheck.cli.watch.time.sleep", lambda _: pytest.fail("it watches"))
    ran = run("check", draft(f"{RIGHT}\n"), "--watch", "--output", "out.txt", "--corpus", articles)
    assert (2, "", False) == (ran.status, ran.out, (tmp_path / "out.txt").exists())
    assert "error[CC-E03]: --watch never comes to the end" in ran.err
    assert "hint: leave out one of both" in ran.err
