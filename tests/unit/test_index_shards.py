"""A folder of shards: the same verdicts as one file, and what is said when a shard is not what it should be."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from claimcheck import Checker, Corpus, Label
from claimcheck.errors import ConfigError, IndexFormatError, IndexVersionError, StoredIndexError
from claimcheck.index import Query, ShardFolder, part_of

sys.path.insert(0, str(Path(__file__).parents[1]))
import tiny_reader
from arvik import ARTICLES, CLAIMS


@pytest.fixture(scope="module")
def one_file():
    with Corpus.memory() as corpus:
        corpus.add(*ARTICLES)
        yield corpus


def verdicts(corpus):
    return [
        (v.label, v.confidence, [(e.document, e.span, e.stance, e.score) for e in v.evidence], v.warnings)
        for v in Checker(corpus).verify_many(CLAIMS)
    ]


@pytest.mark.parametrize("shards", [1, 2, 8])
def test_any_number_of_shards_gives_the_same_verdicts(tmp_path, one_file, shards):
    with Corpus.open(tmp_path / "shards", shards=shards) as corpus:
        corpus.add(*ARTICLES)
        expected, found = verdicts(one_file), verdicts(corpus)
    assert {Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE} <= {label for label, *_ in expected}
    assert expected == found


def put(folder, shards=4):
    corpus = Corpus.open(folder, shards=shards, reader=tiny_reader.read)
    corpus.add(*ARTICLES)
    corpus.close()
    return ShardFolder.load(folder)


def test_each_document_lies_in_the_shard_of_its_id_and_each_shard_is_an_index_file(tmp_path):
    shards = put(tmp_path / "shards")
    for number in range(4):
        with Corpus.open(shards.path(number), read_only=True) as corpus:
            held = {info.id for info in corpus.documents()}
            assert corpus.check().ok
        assert {one.id for one in ARTICLES if number == part_of(one.id, 4)} == held


def test_a_missing_shard_is_named_and_the_rest_is_searched(tmp_path):
    shards = put(tmp_path / "shards")
    shards.path(1).unlink()
    with Corpus.open(shards.folder, read_only=True) as corpus:
        found = corpus.candidates(Query(terms=("arvik", "museum")), 99)
        verdict = Checker(corpus, entailment=None).verify(CLAIMS[0])
        assert ["CC-E26"] == [fault.error_code for fault in corpus.faults]
    assert (str(shards.path(1)),) == found.missing
    assert {part_of(candidate.document, 4) for candidate in found} == {0, 2, 3}
    assert ["CC-W08"] == [warned.code for warned in verdict.warnings]
    assert "shard-0001" in verdict.warnings[0].message


@pytest.mark.parametrize("method", ["slots", "both"])
def test_each_sentence_of_a_draft_names_the_missing_shard_when_it_is_judged_ahead_or_at_hand_too(tmp_path, method):
    shards = put(tmp_path / "shards")
    shards.path(1).unlink()
    with Corpus.open(shards.folder, read_only=True) as corpus:
        checker = Checker(corpus, method=method)
        first, again = (checker.check(" ".join(f"{claim}." for claim in CLAIMS[:4])) for _ in range(2))
    assert first == again
    assert 4 == len(first.claims) == checker.verified
    assert [["CC-W08"]] * 4 == [[w.code for w in checked.verdict.warnings] for checked in first.claims]


def test_nothing_is_added_while_a_shard_is_missing(tmp_path):
    shards = put(tmp_path / "shards")
    shards.path(1).unlink()
    with pytest.raises(StoredIndexError, match="shard 2 of 4 is missing") as caught:
        Corpus.open(shards.folder)
    assert "CC-E26" == caught.value.error_code
    assert not shards.path(1).exists()


def test_a_shard_of_another_version_is_left_out(tmp_path):
    shards = put(tmp_path / "shards")
    with closing(sqlite3.connect(shards.path(2))) as connection, connection:
        connection.execute("UPDATE meta SET value = 'old' WHERE key = 'analysis'")
    with Corpus.open(shards.folder, read_only=True) as corpus:
        assert ["CC-E22"] == [fault.error_code for fault in corpus.faults]
        assert corpus.candidates(Query(terms=("arvik",)), 9).partial


def test_without_any_shard_nothing_is_opened(tmp_path):
    shards = put(tmp_path / "shards", 2)
    for number in range(2):
        shards.path(number).unlink()
    with pytest.raises(StoredIndexError, match="is missing"):
        Corpus.open(shards.folder, read_only=True)


def test_the_number_of_shards_cannot_change(tmp_path):
    put(tmp_path / "shards", 4)
    with pytest.raises(ConfigError, match="has 4 shards, not 5"):
        Corpus.open(tmp_path / "shards", shards=5)
    with pytest.raises(ConfigError, match="1 to 1024 shards, not 0"):
        Corpus.open(tmp_path / "others", shards=0)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ("not json", IndexFormatError),
        ("[]", IndexFormatError),
        ({"shards": 0}, IndexFormatError),
        ({"shards": "4"}, IndexFormatError),
        ({"format": 2}, IndexVersionError),
        ({"index_format": 1}, IndexVersionError),
        ({"analysis": "1"}, IndexVersionError),
    ],
)
def test_a_manifest_that_is_not_of_today_is_refused(tmp_path, changed, error):
    manifest = put(tmp_path / "shards").folder / "shards.json"
    if isinstance(changed, dict):
        changed = json.dumps(json.loads(manifest.read_text()) | changed)
    manifest.write_text(changed)
    with pytest.raises(error) as caught:
        Corpus.open(tmp_path / "shards")
    assert error is type(caught.value)
    assert caught.value.hint


def test_a_folder_of_articles_does_not_become_one_of_shards(tmp_path):
    (tmp_path / "bridge.txt").write_text("The bridge was opened in 1932.")
    with pytest.raises(IndexFormatError, match="folder of something else"):
        Corpus.open(tmp_path, shards=2)
    assert ["bridge.txt"] == [file.name for file in tmp_path.iterdir()]


def test_a_folder_whose_making_was_cut_short_is_finished(tmp_path):
    shards = ShardFolder.make(tmp_path / "shards", 3)
    (shards.folder / "shards.json").unlink()
    assert 3 == ShardFolder.make(tmp_path / "shards", 3).shards
