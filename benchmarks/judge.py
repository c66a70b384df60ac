"""
How fast `judge` is: pairs a second of the shipped model, its share of the int8 peak, memory, and the cold start.

Usage: ``python benchmarks/judge.py PAIRS [--most N] [--threads N] [--rounds N]``.  PAIRS is JSON Lines with claim and
evidence.  One process; nothing is kept between rounds; the best round counts.  By the clock on the wall the machine
has to be idle; by processor time, times the number of threads, other work counts less.

The limit is measured, not looked up: the int8 products of the model's own shapes (those that quantisation made, one
sequence a run, as long as the average pair), run by the same engine on the same threads and nothing else.  What the
model needs besides them (attention, normalisation, quantisation of activations, tokens) is what is missing from 100 %.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime

from claimcheck.entailment import Pair
from claimcheck.entailment.onnx import OnnxEntailment

#: The products of one layer: inner and outer size of the weights, and how often; of a MiniLM with six layers.
SHAPES = ((384, 384, 4), (384, 1536, 1), (1536, 384, 1))
LAYERS = 6
GOAL_PAIRS, GOAL_MEGABYTES, GOAL_SECONDS = 300, 400, 1.5


def product(rows: int, inner: int, outer: int) -> onnxruntime.InferenceSession:
    """One int8 product of *rows* activations with weights, as a model of its own."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - only for the limit

    weights = np.random.default_rng(1).integers(-127, 127, (inner, outer), dtype=np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [rows, inner])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [rows, outer])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def limit(rows: int, threads: int, seconds: float = 2.0) -> float:
    """Sequences of *rows* tokens whose int8 products *threads* threads can do in a second of processor time each."""
    sessions = [(product(rows, inner, outer), inner, count) for inner, outer, count in SHAPES]
    inputs = {inner: np.ones((rows, inner), dtype=np.uint8) for inner, _, _ in SHAPES}

    def work(_number: int) -> float:
        done, start = 0, time.thread_time()
        while time.thread_time() < start + seconds:
            for session, inner, count in sessions:
                for _ in range(LAYERS * count):
                    session.run(None, {"x": inputs[inner]})
            done += 1
        return done / (time.thread_time() - start)

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(work, range(threads)))


def cold_start() -> float:
    """Seconds of ``claimcheck judge`` on one pair, in a process of its own; the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.jsonl"
        file.write_text(json.dumps({"claim": "Falk resigned", "evidence": "Falk stepped down."}) + "\n")
        command = [sys.executable, "-m", "claimcheck", "judge", "--pairs", str(file), "--format", "jsonl"]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
            times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--most", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.pairs.read_text(encoding="utf-8").splitlines()[: options.most]]
    pairs = [Pair(claim=row["claim"], evidence=row["evidence"]) for row in rows]
    model = OnnxEntailment(threads=options.threads, kept=0)
    model.judge(pairs[:50])
    best = ideal = 0.0
    for _ in range(options.rounds):
        start, processor = time.perf_counter(), time.process_time()
        model.judge(pairs)
        best = max(best, len(pairs) / (time.perf_counter() - start))
        ideal = max(ideal, options.threads * len(pairs) / (time.process_time() - processor))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    windows = [window for pair in pairs for window in model._encoder.encode(pair)]  # noqa: SLF001
    length = round(sum(len(window.ids) for window in windows) / len(windows))
    peak = limit(length, options.threads)
    cold = cold_start()
    print(
        f"{len(pairs)} pairs of {length} tokens on average, {options.threads} threads, best of {options.rounds} rounds"
    )
    print(f"pairs a second   {best:7.0f}   goal {GOAL_PAIRS}")
    print(f"by processors    {ideal:7.0f}   a second, if nothing else runs")
    print(f"int8 limit       {peak:7.0f}   the products alone; share by processors {ideal / peak:.0%}")
    print(f"peak memory      {memory:7.0f} MB   goal {GOAL_MEGABYTES}")
    print(f"cold start       {cold:7.2f} s   goal {GOAL_SECONDS}")


if __name__ == "__main__":
    main()
