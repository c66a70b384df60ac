"""A Ray cluster of two nodes on loopback addresses of this machine, and archives to search in it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from claimcheck import Checker, Claim, Corpus
from claimcheck.cluster import Cluster

sys.path.insert(0, str(Path(__file__).parents[1]))
from arvik import ARTICLES, CLAIMS

HERE = Path(__file__).parents[1]

#: The small store is enough, and machines that test have little memory to spare.
NODE = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}
ADDRESSES = ("127.0.0.2", "127.0.0.3")

TEXTS = [*CLAIMS[:5], "Is that a claim?", *CLAIMS[5:]]


class Nodes:
    """Two nodes; the second can be killed and comes back."""

    def __init__(self, mark):
        from ray.cluster_utils import Cluster as Started  # noqa: PLC0415 - the extra may be missing

        self._mark = mark
        self._cluster = Started()
        self._cluster.add_node(node_ip_address=ADDRESSES[0], **NODE)
        self._second = None
        self.restore()

    @property
    def address(self):
        return self._cluster.address

    def restore(self):
        if self._second is None:
            self._second = self._cluster.add_node(node_ip_address=ADDRESSES[1], **NODE)

    def kill_node(self):
        self._cluster.remove_node(self._second, allow_graceful=False)
        self._second = None

    def kill_worker(self, title):
        """End one process that Ray calls *title*, of those that these nodes started."""
        (found, *_) = self.workers(title)
        os.kill(found, signal.SIGKILL)

    def workers(self, title):
        """The processes that Ray calls *title*, of those that these nodes started."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (folder / "cmdline").read_bytes().startswith(f"ray::{title}".encode()) and (
                    self._mark.encode() in (folder / "environ").read_bytes()
                ):
                    found.append(int(folder.name))
        return sorted(found)

    def stop(self):
        self._cluster.shutdown()


@pytest.fixture(scope="session")
def nodes(tmp_path_factory):
    mark = str(tmp_path_factory.mktemp("nodes"))
    with pytest.MonkeyPatch.context() as patch:
        # All processes of the nodes inherit these.
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_health_check_period_ms", "1000")  # that a node is gone shows sooner
        patch.setenv("RAY_health_check_failure_threshold", "3")
        patch.setenv("CLAIMCHECK_CACHE", "off")
        patch.setenv("CLAIMCHECK_TEST_MARK", mark)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]))
        started = Nodes(mark)
        try:
            yield started
        finally:
            started.stop()


@pytest.fixture(scope="session")
def joined(nodes):
    with Cluster.connect(nodes.address) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def one_file():
    """The articles in one index, which everything is compared with."""
    with Corpus.memory() as corpus:
        corpus.add(*ARTICLES)
        yield corpus


@pytest.fixture(scope="session")
def shards_of(one_file, tmp_path_factory):
    """The same articles in a folder of so many shards."""

    def make(number):
        folder = tmp_path_factory.mktemp("archive") / "shards"
        with Corpus.open(folder, shards=number) as corpus:
            for info in one_file.documents():
                corpus.index.put(one_file.get(info.id), one_file.reading(info.id), digest=info.digest)
        return folder

    return make


def batch(number):
    """So many claims, each with an id of its own."""
    return [Claim(id=f"c{n}", text=TEXTS[n % len(TEXTS)]) for n in range(number)]


@pytest.fixture(scope="session")
def expected(one_file):
    """What the embedded index says of a batch, by the text of the claim."""
    return dict(zip(TEXTS, map(essence, Checker(one_file).verify_many(TEXTS)), strict=True))


def essence(result):
    """A result without its claim, its scores rounded as far as they must agree."""
    if hasattr(result, "code"):
        return result.code, result.message
    evidence = [(e.document, e.span, e.stance, round(e.score, 6), round(e.confidence, 6)) for e in result.evidence]
    return result.label, round(result.confidence, 6), evidence, result.reason, result.warnings
