"""Shards and claims on two nodes: the same verdicts as one file, also when workers and a node are killed."""

from __future__ import annotations

import os
import sys

import pytest
from attrs import evolve

from claimcheck import Checker, Claim, Corpus, Document, Failure, Label
from claimcheck.cluster import Cluster, Settings, connect, jobs
from claimcheck.errors import ClusterError, ConfigError, CorpusError, EngineError, IndexLockedError, StoredIndexError
from claimcheck.index import Query, ShardFolder, part_of
from claimcheck.language.sections import SECTION

from .conftest import ARTICLES, HERE, TEXTS, batch, essence

ray = pytest.importorskip("ray", reason="needs the extra cluster: make test-cluster")

sys.path.insert(0, str(HERE))
import tiny_reader  # noqa: E402 - beside the tests, also for the processes of the nodes

QUERIES = [
    Query(entities=(("clara", "weiss"),), terms=("open", "bridge"), years=(1992,)),
    Query(terms=("harbour", "freeze", "arvik")),
    Query(terms=("museum",)),
]


@pytest.mark.parametrize("number", [1, 2, 8])
def test_any_number_of_shards_gives_the_candidates_and_verdicts_of_one_file(
    joined, one_file, shards_of, expected, number
):
    with joined.corpus(shards_of(number)) as corpus:
        for query in QUERIES:
            want, got = one_file.candidates(query, 12), corpus.candidates(query, 12)
            assert [(c.document, c.sentence) for c in want] == [(c.document, c.sentence) for c in got]
            assert [c.score for c in want] == pytest.approx([c.score for c in got], abs=1e-6)
            assert not got.partial
        found = [essence(one) for one in Checker(corpus).verify_many(TEXTS)]
        assert [one.id for one in one_file.documents()] == [one.id for one in corpus.documents()]
        assert one_file.info().sentences == corpus.info().sentences
        assert corpus.check().ok
    assert [expected[text] for text in TEXTS] == found
    assert {Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE} <= {one[0] for one in found}


@pytest.mark.usefixtures("joined")
def test_a_corpus_is_opened_by_its_address(nodes, shards_of, expected):
    with Corpus.open(f"ray://{nodes.address}{shards_of(2)}") as corpus:
        assert [expected[text] for text in TEXTS] == [essence(one) for one in Checker(corpus).verify_many(TEXTS)]
    assert ray.is_initialized()  # it was before, so it is not left
    with pytest.raises(StoredIndexError):
        Corpus.open(f"ray://{nodes.address}/no/such/folder")


def test_articles_are_read_by_the_cluster_as_they_are_here(joined, one_file, tmp_path):
    folder = tmp_path / "shards"
    report = joined.add(folder, *ARTICLES, shards=2)
    assert (len(ARTICLES), 0, ()) == (report.added, report.unchanged, report.faults)
    changed = evolve(ARTICLES[0], text="The bridge at Arvik was closed in 2001.")
    report = joined.add(folder, changed, *ARTICLES[1:])
    assert (0, 1, len(ARTICLES) - 1) == (report.added, report.updated, report.unchanged)
    with Corpus.open(folder, read_only=True) as corpus:
        assert corpus.check().ok
        assert changed.text == corpus.get(changed.id).text
        for article in ARTICLES[1:]:
            assert one_file.reading(article.id) == corpus.reading(article.id)
    assert ["shard-0000.claimcheck", "shard-0001.claimcheck", "shards.json"] == sorted(
        file.name for file in folder.iterdir()
    )


def test_an_article_that_is_read_in_sections_can_be_read_by_the_cluster(joined, tmp_path):
    text = "\n\n".join(["and so on " * 500] * (SECTION // 5000) + ["Clara Weiss opened the bridge at Arvik in 1992."])
    long = Document(id="long.txt", text=text)
    assert len(text) > SECTION
    assert 1 == joined.add(tmp_path / "shards", long, shards=2).added
    with Corpus.open(tmp_path / "shards", read_only=True) as corpus, Corpus.memory() as here:
        here.add(long)
        assert corpus.check().ok
        assert here.reading(long.id) == corpus.reading(long.id)


def test_an_article_that_ends_every_process_is_left_out(joined, tmp_path):
    articles = [Document(id=f"{n}.txt", text=f"Ada Falk crossed the ice in {1950 + n}.") for n in range(6)]
    articles[3] = Document(id="3.txt", text="This is DEADLY.")
    articles[4] = Document(id="4.txt", text="This is UNREADABLE.")
    report = joined.add(tmp_path / "shards", *articles, shards=1, reader=tiny_reader.read_but)
    assert 4 == report.added
    assert ["CC-E84", "CC-E11"] == [fault.error_code for fault in report.faults]


def test_a_worker_killed_in_the_middle_of_a_batch_changes_nothing(nodes, joined, shards_of, expected):
    claims = batch(64)
    killed = []

    def feed():
        for number, claim in enumerate(claims):
            if number in {20, 40}:
                kind = "Verifier" if number == 20 else "ShardHost"
                killed.append(kind)
                nodes.kill_worker(kind)
            yield claim

    with joined.corpus(shards_of(2)) as corpus:
        results = list(joined.verify_many(corpus, feed()))
    assert ["Verifier", "ShardHost"] == killed
    assert_answered_once(claims, results, expected)


def test_a_node_killed_in_the_middle_of_a_batch_changes_nothing(nodes, joined, shards_of, expected):
    claims = batch(64)

    def feed():
        for number, claim in enumerate(claims):
            if number == 24:
                nodes.kill_node()
            yield claim

    try:
        with joined.corpus(shards_of(2)) as corpus:
            results = list(joined.verify_many(corpus, feed()))
    finally:
        nodes.restore()
    assert_answered_once(claims, results, expected)


def assert_answered_once(claims, results, expected):
    assert [claim.id for claim in claims] == [one.id if isinstance(one, Failure) else one.claim.id for one in results]
    assert [expected[claim.text] for claim in claims] == [essence(one) for one in results]


def test_a_node_killed_while_articles_are_read_loses_none(nodes, joined, tmp_path):
    articles = [Document(id=f"{n}.txt", text=f"Ada Falk crossed the ice in {1950 + n}.") for n in range(40)]

    def progress(done, _total, _name):
        if done == 10:
            nodes.kill_node()

    try:
        folder = tmp_path / "shards"
        report = joined.add(folder, *articles, shards=2, reader=tiny_reader.read_slowly, on_progress=progress)
    finally:
        nodes.restore()
    assert (40, ()) == (report.added, report.faults)
    with Corpus.open(folder, read_only=True) as corpus:
        assert 40 == corpus.info().documents
        assert corpus.check().ok


class Frail:
    """A verifier that some claims are the end of."""

    def verify(self, claims, _brief):
        if any("DEADLY" in claim.text for claim in claims):
            os._exit(1)
        return [Failure(id=claim.id, text=claim.text, code="CC-E00", message="seen") for claim in claims]


def test_a_claim_that_ends_every_verifier_does_not_take_others_with_it(joined):
    del joined
    claims = [Claim(id=str(n), text="DEADLY" if n == 11 else "harmless") for n in range(30)]
    options = {"num_cpus": 0, "max_restarts": -1, "max_task_retries": 1}
    verifiers = [ray.remote(Frail).options(**options).remote() for _ in range(2)]
    results = list(jobs.handed_out(ray, verifiers, iter(claims), None))
    assert [claim.id for claim in claims] == [result.id for result in results]
    assert ["11"] == [result.id for result in results if result.code == "CC-E84"]
    assert 29 == sum(result.message == "seen" for result in results)


def test_a_missing_shard_is_said_and_the_rest_is_searched(joined, shards_of):
    shards = ShardFolder.load(shards_of(4))
    shards.path(1).unlink()
    claim = Claim(id="1", text=TEXTS[0])
    with joined.corpus(shards.folder) as corpus:
        assert ["CC-E26"] == [fault.error_code for fault in corpus.faults]
        found = corpus.candidates(QUERIES[2], 99)
        (verdict,) = joined.verify_many(corpus, [claim], settings=Settings(entailment=None))
    assert (str(shards.path(1)),) == found.missing
    assert found.candidates
    assert 1 not in {part_of(candidate.document, 4) for candidate in found}
    assert ["CC-W08"] == [warned.code for warned in verdict.warnings]
    assert str(shards.path(1)) in verdict.warnings[0].message
    with pytest.raises(StoredIndexError, match="shard 2 of 4 is missing"):
        joined.add(shards.folder, *ARTICLES)


def test_a_shard_whose_process_stays_away_is_said(joined, shards_of):
    with joined.corpus(shards_of(2)) as corpus:
        before = set(corpus.candidates(QUERIES[1], 99))
        ray.kill(corpus.index.shards[0]._host, no_restart=True)  # noqa: SLF001 - what a machine's end would do
        found = corpus.candidates(QUERIES[1], 99)
        ray.kill(corpus.index.shards[1]._host, no_restart=True)  # noqa: SLF001
        with pytest.raises(StoredIndexError, match="does not answer") as caught:
            corpus.candidates(QUERIES[1], 99)
    assert "CC-E26" == caught.value.error_code
    assert (corpus.index.shards[0].name,) == found.missing
    places = {(c.document, c.sentence) for c in before}
    assert {(c.document, c.sentence) for c in found} == {p for p in places if part_of(p[0], 2) == 1}


def test_a_shard_has_one_writer(joined, tmp_path):
    folder = ShardFolder.make(tmp_path / "shards", 2)
    writer = joined._shard(folder, 1, writes=True)  # noqa: SLF001 - somebody else's
    with pytest.raises(IndexLockedError, match="being written through this cluster"):
        joined.add(folder.folder, *ARTICLES[:1])
    writer.close()


def test_machines_with_another_version_are_refused(joined, shards_of, monkeypatch):
    monkeypatch.setattr(connect, "build", lambda: "claimcheck 0.0.0")
    with pytest.raises(ClusterError, match="machines of the cluster differ") as caught:
        joined.corpus(shards_of(1))
    assert "CC-E83" == caught.value.error_code


def test_what_is_not_there_is_said_before_anything_is_started(joined, tmp_path, one_file):
    with pytest.raises(StoredIndexError, match="is no index"):
        joined.corpus(tmp_path)
    with pytest.raises(CorpusError):
        joined.add(tmp_path / "shards", tmp_path / "no-articles", shards=2)
    assert not (tmp_path / "shards").exists()
    with pytest.raises(ConfigError, match="not in the cluster"):
        joined.verify_many(one_file, [])


def test_a_model_that_is_not_there_ends_the_batch(joined, shards_of):
    with joined.corpus(shards_of(1)) as corpus, pytest.raises(EngineError, match="no such folder"):
        list(joined.verify_many(corpus, batch(3), settings=Settings(entailment="/no/such/model")))


def test_a_process_is_in_one_cluster(joined):
    del joined
    with pytest.raises(ClusterError, match="in the Ray cluster at"):
        Cluster.connect("127.0.0.9:6379")
