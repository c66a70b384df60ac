"""Comments and baselines that take findings out, and what is said about those that do not."""

from __future__ import annotations

import json

import pytest

from claimcheck import Checker, Corpus, Document
from claimcheck.checker.baseline import (
    Accepted,
    Baseline,
    accepted,
    baseline_text,
    read_baseline,
    report_on,
    used_entries,
    without_accepted,
)
from claimcheck.checker.drafts import draft_of_bytes, load_draft
from claimcheck.errors import ConfigError

WRONG = "The harbour bridge cost 9 million dollars."
RIGHT = "The harbour bridge cost 6 million dollars."


@pytest.fixture(scope="module")
def checker():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=RIGHT))
        yield Checker(corpus)


def check(checker, text, name="draft.md"):
    return checker.check(draft_of_bytes(text.encode(), name=name))


def codes(report):
    return [d.code for d in report.diagnostics]


@pytest.mark.parametrize("name", ["draft.md", "draft.txt", "draft.html"])
@pytest.mark.parametrize(
    "text",
    [
        f"{WRONG} <!-- claimcheck: ignore CC-C02 the ledger says so -->\n",
        f"<!-- claimcheck: ignore CC-C02 the ledger says so -->\n{WRONG}\n",
        f"<!-- claimcheck: ignore CC-C02 the ledger says so --> {WRONG}\n",
        "The harbour bridge cost <!-- claimcheck: ignore CC-C02, CC-C01: the ledger says so --> 9 million dollars.\n",
        f"{RIGHT} {WRONG} <!-- claimcheck: ignore CC-C the ledger\nsays so --> {RIGHT}\n",
    ],
)
def test_a_comment_with_a_reason_takes_the_finding_out(checker, name, text):
    report = check(checker, text, name)
    assert [] == codes(report)
    assert [("comment", "CC-C02", "the ledger says so")] == [
        (s.by, s.diagnostic.code, s.reason) for s in report.suppressed
    ]


def test_a_comment_counts_for_its_own_sentence_only(checker):
    report = check(checker, f"{WRONG} {WRONG} <!-- claimcheck: ignore CC-C02 the ledger says so -->\n")
    assert ["CC-C02"] == codes(report)
    assert 1 == report.diagnostics[0].place.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{WRONG} <!-- claimcheck: ignore CC-C02 -->\n", ["CC-W10"]),
        (f"{WRONG} <!-- claimcheck: ignore CC-C01 the ledger says so -->\n", ["CC-C02", "CC-W11"]),
        (f"{RIGHT} <!-- claimcheck: ignore CC-C02 the ledger says so -->\n", ["CC-W11"]),
        (f"{RIGHT} <!-- claimcheck: ignore CC-Z09 the ledger says so -->\n", ["CC-W12"]),
        (f"{RIGHT} <!-- claimcheck: ignroe CC-C02 the ledger says so -->\n", ["CC-W12"]),
        (f"{RIGHT} <!-- a comment for people -->\n", []),
    ],
)
def test_a_comment_that_does_not_do_its_work_is_a_finding(checker, text, expected):
    report = check(checker, text)
    assert expected == codes(report)
    for diagnostic in report.diagnostics:
        assert diagnostic.text == report.text[diagnostic.place.start : diagnostic.place.end]


def test_a_baseline_accepts_its_findings_and_says_which_entries_are_stale(checker, tmp_path):
    before = check(checker, f"{WRONG}\n")
    entry = accepted(before.diagnostics[0], reason="the ledger", who="an editor", date="2026-01-31")
    stale = Accepted(fingerprint="0" * 16, code="CC-C01", path="draft.md", claim="Gone.")
    elsewhere = Accepted(fingerprint="1" * 16, code="CC-C01", path="other.md", claim="Not checked.")
    file = tmp_path / "baseline.json"
    file.write_text(baseline_text([elsewhere, entry, stale, entry]), encoding="utf-8")
    known = read_baseline(file)
    report = without_accepted(check(checker, f"# A head\n\n{WRONG} {RIGHT}\n"), known)
    assert ([], [("baseline", "the ledger")]) == (codes(report), [(s.by, s.reason) for s in report.suppressed])
    about = report_on(known, [report])
    assert ["CC-W13"] == codes(about)
    assert "0" * 16 == about.diagnostics[0].text
    assert '"fingerprint": "0000000000000000",' == known.text.splitlines()[about.diagnostics[0].place.line - 1].strip()
    assert {entry, elsewhere} == set(used_entries(known, [report]))
    assert ["fingerprint", "code", "path", "claim", "reason", "who", "date"] == list(
        json.loads(known.text)["entries"][0]
    )


@pytest.mark.parametrize("text", ["", "[]", '{"entries": [1]}', '{"schema_version": "9", "entries": []}'])
def test_what_is_no_baseline_is_refused(tmp_path, text):
    file = tmp_path / "baseline.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        read_baseline(file)
    with pytest.raises(ConfigError, match="no such file"):
        read_baseline(tmp_path / "none.json")


def _two_drafts(tmp_path, monkeypatch):
    """Two drafts of one name that say the same, in the folder that the command is called in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    for path in ("draft.md", "old/draft.md"):
        (tmp_path / path).write_text(f"{WRONG}\n", encoding="utf-8")
    return "draft.md", "old/draft.md"


def _checked(checker, path):
    return checker.check(load_draft(path))


def test_an_entry_of_one_draft_hides_nothing_in_another(checker, tmp_path, monkeypatch):
    one, other = _two_drafts(tmp_path, monkeypatch)
    before = _checked(checker, one)
    entry = accepted(before.diagnostics[0], reason="the ledger", who="an editor", date="2026-01-31")
    known = Baseline(path="known.json", entries=(entry,))
    assert [] == codes(without_accepted(before, known))
    assert [] == codes(without_accepted(_checked(checker, f"./{one}"), known))
    assert [] == codes(without_accepted(_checked(checker, tmp_path / one), known))
    assert ["CC-C02"] == codes(without_accepted(_checked(checker, other), known))


def test_an_entry_counts_for_its_draft_from_another_folder_too(checker, tmp_path, monkeypatch):
    _, other = _two_drafts(tmp_path, monkeypatch)
    entry = accepted(_checked(checker, other).diagnostics[0], reason="the ledger", who="", date="2026-01-31")
    known = Baseline(path="known.json", entries=(entry,))
    monkeypatch.chdir(tmp_path / "old")
    report = without_accepted(_checked(checker, "draft.md"), known)
    assert [] == codes(report)
    assert (entry,) == used_entries(known, [report])
    right = without_accepted(check(checker, f"{RIGHT}\n"), known)
    assert () == used_entries(known, [right])


def test_the_same_finding_of_two_drafts_is_two_entries(checker, tmp_path, monkeypatch):
    drafts = _two_drafts(tmp_path, monkeypatch)
    found = [_checked(checker, path).diagnostics[0] for path in drafts]
    entries = [accepted(d, reason=f"for {d.path}", who="", date="2026-01-31") for d in found]
    file = tmp_path / "known.json"
    file.write_text(baseline_text(entries), encoding="utf-8")
    known = read_baseline(file)
    assert entries == list(known.entries)
    reports = [without_accepted(_checked(checker, path), known) for path in drafts]
    assert ["for draft.md", "for old/draft.md"] == [s.reason for r in reports for s in r.suppressed]
    assert [] == codes(report_on(known, reports))
    assert set(entries) == set(used_entries(known, reports[:1]))
    (tmp_path / drafts[1]).write_text(f"{RIGHT}\n", encoding="utf-8")
    (stale,) = report_on(known, [reports[0], without_accepted(_checked(checker, drafts[1]), known)]).diagnostics
    assert "no finding in old/draft.md" in stale.message
    assert stale.place.start == file.read_text(encoding="utf-8").rfind(entries[1].fingerprint)
