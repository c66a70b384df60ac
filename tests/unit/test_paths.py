"""A path that the system refuses is an error of ours, wherever it is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import claimcheck
from claimcheck.checker.baseline import read_baseline
from claimcheck.checker.drafts import load_draft
from claimcheck.checker.memory_file import read_memory
from claimcheck.checker.migrate import migrate
from claimcheck.config.files import named_file, nearest_file
from claimcheck.entailment import load_entailment
from claimcheck.errors import ClaimcheckError
from claimcheck.evaluate.phenomena import is_phenomenon_set
from claimcheck.index import SqliteIndex, is_shard_folder
from claimcheck.paths import refusal
from claimcheck.server.tokens import Role, add_token, read_tokens

LONG = "a" * 300


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMCHECK_CACHE", "off")
    (tmp_path / "file").touch()


OPENERS = {
    "index": SqliteIndex.open,
    "corpus": claimcheck.Corpus.open,
    "corpus to read": lambda path: claimcheck.Corpus.open(path, read_only=True),
    "shards": lambda path: claimcheck.Corpus.open(path, shards=2),
    "articles": claimcheck.Corpus.of,
    "added articles": lambda path: claimcheck.Corpus.memory().add(path),
    "older index": migrate,
    "memory": read_memory,
    "baseline": read_baseline,
    "draft": load_draft,
    "configuration": lambda path: named_file(Path(path)),
    "model": lambda path: load_entailment(f"./{path}"),
    "data set": lambda path: is_phenomenon_set(Path(path)),
    "tokens": read_tokens,
    "new token": lambda path: add_token(path, "desk", Role.READER),
}


@pytest.mark.parametrize("path", ["nul\0byte", LONG, f"{LONG}/b", "file/b", "half\ud800", "round"])
@pytest.mark.parametrize("opener", OPENERS)
def test_a_path_that_the_system_refuses_is_an_error_with_a_hint(opener, path, tmp_path):
    (tmp_path / "round").symlink_to("round")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ClaimcheckError) as caught:
        OPENERS[opener](path)
    assert caught.value.hint
    assert before == sorted(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["nul\0byte", LONG])
def test_what_is_only_looked_for_is_not_there(path, tmp_path):
    assert not is_shard_folder(tmp_path / path)
    assert nearest_file(tmp_path / path) is None


def test_the_cache_folder_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("The ship sank in 2009.")
    monkeypatch.setenv("CLAIMCHECK_CACHE", LONG)
    with pytest.raises(ClaimcheckError, match="cannot keep an index") as caught:
        claimcheck.Corpus.of("a.txt")
    assert "CLAIMCHECK_CACHE" in caught.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may go everywhere")
@pytest.mark.parametrize("opener", OPENERS)
def test_a_folder_that_may_not_be_entered(opener, tmp_path):
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o600)
    with pytest.raises(ClaimcheckError) as caught:
        OPENERS[opener]("shut/b")
    assert caught.value.hint
    assert "permission denied" == refusal(shut / "b")
