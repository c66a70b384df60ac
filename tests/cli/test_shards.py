"""A folder of shards at the command line: whatever takes an index file takes it too."""

from __future__ import annotations

import json

import pytest

BRIDGE = "Clara Weiss opened the bridge at Arvik in 1998."


@pytest.fixture
def archive(run, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bridge.txt").write_text(BRIDGE)
    (articles / "harbour.txt").write_text("The harbour of Arvik froze in 1951.")
    ran = run("index", "add", "--index", tmp_path / "archive.shards", "--shards", 3, articles)
    assert (0, "2 added, 0 updated, 0 unchanged\n") == (ran.status, ran.out)
    return tmp_path / "archive.shards"


def test_it_is_used_like_a_file(run, archive, tmp_path):
    again = run("index", "add", "--index", archive, tmp_path / "articles")
    assert "0 added, 0 updated, 2 unchanged\n" == again.out
    listed = json.loads(run("index", "list", "--index", archive, "--format", "json").out)
    assert ["bridge.txt", "harbour.txt"] == [one["id"] for one in listed]
    info = json.loads(run("index", "info", "--index", archive, "--format", "json").out)
    assert (str(archive), 2, 2) == (info["path"], info["documents"], info["sentences"])
    assert 0 == run("index", "check", "--index", archive).status
    verdict = json.loads(run("verify", BRIDGE, "--index", archive, "--format", "json").out)
    assert ("supported", []) == (verdict["verdict"], verdict["warnings"])
    assert "1 document removed\n" == run("index", "remove", "--index", archive, "bridge.txt").out


def test_a_missing_shard_is_warned_of_twice(run, archive):
    (archive / "shard-0001.claimcheck").unlink()
    ran = run("verify", BRIDGE, "--index", archive, "--format", "json")
    assert "shard 2 of 3 is missing" in ran.err
    assert ["CC-W08"] == [warning["code"] for warning in json.loads(ran.out)["warnings"]]
    assert "could not be searched" in run("verify", BRIDGE, "--index", archive).out
    added = run("index", "add", "--index", archive, archive.parent / "articles")
    assert 2 == added.status
    assert "error[CC-E26]: shard 2 of 3 is missing" in added.err


def test_another_number_of_shards_is_refused(run, archive, tmp_path):
    ran = run("index", "add", "--index", archive, "--shards", 4, tmp_path / "articles")
    assert 2 == ran.status
    assert "has 3 shards, not 4" in ran.err


def test_an_index_file_does_not_become_a_folder(run, tmp_path):
    (tmp_path / "a.txt").write_text(BRIDGE)
    run("index", "add", "--index", tmp_path / "news.claimcheck", tmp_path / "a.txt")
    ran = run("index", "add", "--index", tmp_path / "news.claimcheck", "--shards", 2, tmp_path / "a.txt")
    assert 2 == ran.status
    assert "error[CC-E2" in ran.err


def test_a_cluster_needs_an_index_and_an_address(run, archive):
    assert "--cluster needs --index" in run("verify", BRIDGE, "--corpus", archive, "--cluster", "host:1").err
    assert "no address of a cluster" in run("verify", BRIDGE, "--index", archive, "--cluster", "host").err
