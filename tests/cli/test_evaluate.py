"""`claimcheck evaluate` over pair sets, document sets and sets by phenomenon, with a tiny model."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tiny_entailment as tiny

PHENOMENA = Path(__file__).resolve().parents[1] / "phenomena"
PAIRS = [
    {"claim": "Falk resigned", "evidence": "Falk resigned in 2009.", "label": "SUPPORTS"},
    {"claim": "Falk resigned", "evidence": "He never resigned.", "label": "REFUTES", "title": "Falk"},
    {"claim": "Falk resigned", "evidence": "The treaty, signed in 2009.", "label": "NEI", "title": ["A", "B"]},
]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A folder with the tiny model."""
    return tiny.write(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def write(tmp_path):
    def call(name, *rows):
        path = tmp_path / name
        path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        return path

    return call


def test_a_pair_set_needs_no_corpus(run, write, model, no_network):  # noqa: ARG001 - the fixture forbids sockets
    path = write("pairs.jsonl", *PAIRS)
    arguments = ("evaluate", path, "--method", "meaning", "--entailment", model)
    report = json.loads(run(*arguments, "--format", "json").out)
    assert ("pairs", "pairs.jsonl", "meaning") == (report["kind"], report["dataset"], report["method"])
    scores = report["scores"]
    assert (3, 0) == (scores["claims"], scores["unread"])
    low, high = scores["accuracy_interval"]
    assert low <= scores["accuracy"] <= high
    assert 3 == sum(held["claims"] for held in scores["reliability"])
    assert 1.0 == scores["curve"][-1]["coverage"]
    text = run(*arguments, "--show", "wrong").out
    for words in ("3 pairs", "judged by meaning", "in 95 % of resamples", "When only the surest", "0.9–1.0"):
        assert words in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_same_pairs_are_drawn_every_time(run, write, model):
    path = write("pairs.jsonl", *({**PAIRS[n % 3], "id": n} for n in range(30)))
    arguments = ("evaluate", path, "--method", "meaning", "--entailment", model, "--limit", 10, "--format", "json")
    first = run(*arguments)
    assert 10 == json.loads(first.out)["scores"]["claims"]
    assert first == run(*arguments)


def test_wrong_pairs_are_shown_with_their_evidence(run, write, model):
    path = write("pairs.jsonl", PAIRS[0], {**PAIRS[0], "evidence": " "}, {**PAIRS[0], "label": "NEI"})
    arguments = ("evaluate", path, "--method", "meaning", "--entailment", model, "--show", "wrong")
    wrong = json.loads(run(*arguments, "--format", "json").out)["wrong"]
    assert "CC-E51" in next(pair["error"] for pair in wrong if pair["evidence"] == " ")
    assert "1 could not be judged" in run(*arguments).out


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{bad\n", "pairs.jsonl, line 2: not valid JSON"),
        ({"claim": "a", "evidence": 3, "label": "NEI"}, 'pairs.jsonl, line 2: the key "evidence"'),
        ({"claim": "a", "evidence": "b"}, 'pairs.jsonl, line 2: the key "verdict" (or "label") is missing'),
        ({"claim": "a", "evidence": "b", "label": "?"}, "pairs.jsonl, line 2: '?' is not a label"),
    ],
)
def test_a_malformed_line_is_named(run, write, row, message):
    ran = run("evaluate", write("pairs.jsonl", PAIRS[0], row), "--method", "slots")
    assert (2, True) == (ran.status, f"error[CC-E40]: {message}" in ran.err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--corpus", "x"), "--corpus is of no use for pairs"),
        (("--index", "x"), "--index is of no use for pairs"),
        (("--as-of", "2020-01-01"), "--as-of is of no use for pairs"),
        (("--export", "x"), "--export is of no use for pairs"),
    ],
)
def test_options_of_no_use_are_refused(run, write, arguments, message):
    ran = run("evaluate", write("pairs.jsonl", *PAIRS), *arguments)
    assert (2, True) == (ran.status, message in ran.err)


def test_claims_are_not_verified_by_meaning_alone(run, write):
    path = write("claims.jsonl", {"claim": "Falk resigned", "verdict": "supported"})
    assert "--method is of no use for claims" in run("evaluate", path, "--method", "meaning").err


def test_a_document_set_is_searched_and_kept(run, write, model, tmp_path):
    documents = write("corpus.jsonl", {"doc_id": "falk", "title": "Falk", "sentences": ["Falk resigned in 2009."]})
    gold = {"label": "SUPPORTS", "evidence": [{"doc_id": "falk", "sentences": [0]}]}
    path = write("claims.jsonl", {"claim": "Falk resigned in 2009"} | gold)
    index = tmp_path / "kept.claimcheck"
    arguments = ("evaluate", path, "--documents", documents, "--index", index, "--entailment", model)
    ran = run(*arguments, "--method", "meaning", "--format", "json")
    report = json.loads(ran.out)
    assert ("documents", 1, 1) == (report["kind"], report["documents"], report["sentences"])
    assert 1.0 == report["retrieval"]["recall"]["1"]
    assert index.exists()
    assert ran == run(*arguments, "--method", "meaning", "--format", "json")
    text = run(*arguments, "--method", "meaning").out
    for words in ("1 claim", "1 sentence of 1 document", "recall@10", "own search", "selection F1"):
        assert words in text
    assert "--show is of no use for documents" in run(*arguments, "--show", "wrong").err
    other = write("other.jsonl", {"doc_id": "other", "sentences": ["Falk resigned."]})
    claims = write("others.jsonl", {"claim": "Falk resigned", "label": "NEI", "evidence": []})
    ran = run("evaluate", claims, "--documents", other, "--index", index, "--entailment", model)
    assert (2, True) == (ran.status, "holds other documents, 'falk' among them" in ran.err)


def test_a_folder_of_phenomena_needs_no_corpus(run, model):
    report = json.loads(run("evaluate", PHENOMENA, "--entailment", "none", "--format", "json").out)
    assert ("phenomena", "phenomena", "slots", 4) == tuple(
        report[key] for key in ("kind", "dataset", "method", "items")
    )
    assert ["conflicting-sources", "years"] == list(report["by_phenomenon"])
    ran = run("evaluate", PHENOMENA, "--method", "both", "--entailment", model, "--show", "wrong")
    assert 0 == ran.status
    for words in (
        "11 claims  phenomena, judged by both",
        "in 95 % of resamples",
        "conflicting-sources",
        "years-2-open",
    ):
        assert words in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_one_phenomenon_is_judged_by_meaning(run, model):
    file = PHENOMENA / "years.jsonl"
    arguments = ("evaluate", file, "--method", "meaning", "--entailment", model, "--limit", 3, "--format", "json")
    report = json.loads(run(*arguments).out)
    assert ("meaning", 3, ["years"]) == (report["method"], report["scores"]["claims"], list(report["by_phenomenon"]))


def test_a_malformed_item_is_reported_and_the_others_go_on(run, write):
    item = {"id": "a", "passage": "Otto Falk resigned in 2009.", "supported": "Otto Falk resigned"}
    path = write("resigning.jsonl", {"id": "b", "passage": ""}, item, "{bad\n")
    ran = run("evaluate", path, "--format", "json")
    report = json.loads(ran.out)
    assert (2, 1) == (ran.status, report["scores"]["claims"])
    assert ["CC-E40", "CC-E40"] == [error["code"] for error in report["errors"]]
    assert "2 of the lines could not be read; the first: resigning.jsonl, line" in ran.err
    text = run("evaluate", path).out
    assert "2 lines could not be read and are left out" in text
    assert "not valid JSON" in text


@pytest.mark.parametrize("option", ["--corpus", "--index", "--export"])
def test_options_of_no_use_for_passages_are_refused(run, option):
    assert f"{option} is of no use for passages" in run("evaluate", PHENOMENA, option, "x").err
