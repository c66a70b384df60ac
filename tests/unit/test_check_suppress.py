"""Comments and baselines that take findings out, and what is said about those that do not."""

from __future__ import annotations

import json

import pytest

from claimcheck import Checker, Corpus, Document
from claimcheck.checker.baseline import (
    Accepted,
    accepted,
    baseline_text,
    read_baseline,
    report_on,
    used_entries,
    without_accepted,
)
from claimcheck.checker.drafts import draft_of_bytes
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
