"""
The same claims on one node of a Ray cluster and on two: seconds, and their ratio, in one run.

Usage: ``python benchmarks/cluster.py [--claims FILE ...] [--corpus FOLDER] [--shards N] [--rounds N]``, in an
environment with the extra ``cluster`` (``make test-cluster`` makes one).  The nodes are processes of this machine
on loopback addresses, with one processor each by Ray's count: it takes two idle processors to measure anything.
Each round asks all claims on one node, then on two; what is started first is warmed up with a few of them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from ray.cluster_utils import Cluster as Nodes

from claimcheck import Claim, Corpus
from claimcheck.cluster import Cluster, jobs

REPOSITORY = Path(__file__).resolve().parents[1]
#: Each claim is asked once: of one that was asked before, the model's answers are kept by the process that gave them.
CLAIMS = [REPOSITORY / "claims" / name for name in ("dev.jsonl", "hard.dev.jsonl")]
NODE = {"num_cpus": 1, "object_store_memory": 100 * 2**20, "include_dashboard": False}


def seconds(addresses: Sequence[str], folder: Path, texts: Sequence[str]) -> float:
    """How long all claims take on nodes at these addresses, from the first answer after the warming up."""
    nodes = Nodes()
    try:
        for address in addresses:
            nodes.add_node(node_ip_address=address, **NODE)
        warm = len(addresses) * jobs.BATCHES * jobs.CLAIMS_AT_ONCE
        claims = [Claim(id=str(number), text=text) for number, text in enumerate([*texts[:warm], *texts])]
        with Cluster.connect(nodes.address) as cluster, cluster.corpus(folder) as corpus:
            results = cluster.verify_many(corpus, claims)
            for _ in range(warm):
                next(results)
            start = time.perf_counter()
            done = sum(1 for _ in results)
            taken = time.perf_counter() - start
        assert done == len(texts)
        return taken
    finally:
        nodes.shutdown()


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path, nargs="+", default=CLAIMS)
    parser.add_argument("--corpus", type=Path, default=REPOSITORY / "corpus")
    parser.add_argument("--shards", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "CLAIMCHECK_CACHE": "off"}
    lines = [line for path in options.claims for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["claim"] for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive.shards"
        with Corpus.open(folder, shards=options.shards) as corpus:
            corpus.add(options.corpus, jobs=2)
        rounds = [
            (seconds(("127.0.0.2",), folder, texts), seconds(("127.0.0.2", "127.0.0.3"), folder, texts))
            for _ in range(options.rounds)
        ]
    one, two = (statistics.median(found) for found in zip(*rounds, strict=True))
    figures = {"claims": len(texts), "one_node_s": one, "two_nodes_s": two, "ratio": one / two, "rounds": rounds}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
