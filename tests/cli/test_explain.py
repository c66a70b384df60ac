"""`claimcheck explain`, over a corpus and over one sentence."""

from __future__ import annotations

import json

import pytest

ARTICLE = "Clara Weiss opened the Harbour Bridge on 4 May 1998.\n\nOtto Falk stayed away."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "articles"


def test_a_claim_is_explained_against_a_corpus(run, folder):
    ran = run("explain", "Clara Weiss opened the Harbour Bridge in 1997", "--corpus", folder)
    assert (0, "") == (ran.status, ran.err)
    for words in ("✗ Contradicted", "Decides: contradicts", "bridge.txt:1:1", "1997 is not 4 May 1998"):
        assert words in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "\x1b[" in run("explain", "Clara Weiss left", "--corpus", folder, "--color", "always").out


def test_json_says_the_same_as_verify(run, folder):
    claim = "Clara Weiss opened the Harbour Bridge in 1998"
    made = json.loads(run("explain", claim, "--corpus", folder, "--format", "json", "--candidates", 0).out)
    verdict = json.loads(run("verify", claim, "--corpus", folder, "--format", "json").out)
    for key in ("schema_version", "claim", "verdict", "confidence", "probabilities", "reason", "statements"):
        assert verdict[key] == made[key]
    assert "alignment" not in made["parts"][0]["candidates"][0]


def test_one_sentence_takes_the_place_of_a_corpus(run):
    arguments = ("explain", "Otto Falk resigned on 4 August 2009", "--source", "Otto Falk resigned on Tuesday.")
    assert "? Not enough evidence" in run(*arguments).out
    dated = run(*arguments, "--published", "2009-08-06", "--title", "A mayor goes")
    assert "✓ Supported" in dated.out
    assert "A mayor goes" in dated.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--source", "x", "--corpus", "y"), "--source takes the place of a corpus"),
        (("--source", "x", "--index", "y"), "--source takes the place of a corpus"),
        (("--title", "x"), "--title and --published belong to --source"),
        (("--published", "2009-08-06"), "--title and --published belong to --source"),
        (("--source", " "), "the evidence is empty"),
    ],
)
def test_options_that_do_not_fit_are_refused(run, arguments, message):
    ran = run("explain", "Otto Falk resigned", *arguments)
    assert (2, True) == (ran.status, message in ran.err)


def test_a_claim_that_cannot_be_read_is_an_error(run):
    ran = run("explain", "Did Otto Falk resign?", "--source", "Otto Falk resigned.")
    assert (2, "") == (ran.status, ran.out)
    assert "error[CC-E02]" in ran.err
