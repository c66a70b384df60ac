"""Figures of a model on labelled pairs: accuracy, macro-F1, calibration; by set, as the sets' labels allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from attrs import frozen

from training.encoder import PairEncoder
from training.fit import Encoded, encode, loss_of, tensors
from training.lean import INPUTS
from training.pairs import LABELS, TrainingPair, read_pairs

#: Longest input of the encoder, in tokens.
LONGEST = 510
#: Logits of shape [pairs, 3] for encoded pairs.
Judge = Callable[[Sequence[Encoded]], np.ndarray]


@frozen(kw_only=True)
class Figures:
    """Of one set: how many pairs, accuracy and macro-F1 over the labels that it has, expected calibration error."""

    name: str
    pairs: int
    accuracy: float
    macro_f1: float
    ece: float


def torch_judge(model: PairEncoder) -> Judge:
    """A judge that runs *model* in full precision."""

    def judge(pairs: Sequence[Encoded]) -> np.ndarray:
        found = np.zeros((len(pairs), 3), dtype=np.float32)
        order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
        with torch.inference_mode():
            for start in range(0, len(order), 32):
                chosen = order[start : start + 32]
                found[chosen] = model(*tensors([pairs[n] for n in chosen])).numpy()
        return found

    return judge


def onnx_judge(path: Path) -> Judge:
    """A judge that runs the exported model at *path*, one pair at a time as the package does."""
    session = onnxruntime.InferenceSession(path)

    def judge(pairs: Sequence[Encoded]) -> np.ndarray:
        found = np.zeros((len(pairs), 3), dtype=np.float32)
        for n, pair in enumerate(pairs):
            ids, types, _ = tensors([pair])
            found[n] = session.run(["logits"], dict(zip(INPUTS, (ids.numpy(), types.numpy()), strict=True)))[0][0]
        return found

    return judge


def assess(
    judge: Judge, folder: Path, *, temperature: float = 1.0, claim_only: bool = False, limit: int | None = None
) -> Iterator[Figures]:
    """Figures for each ``*.dev.jsonl`` of *folder*, or of its first *limit* pairs."""
    for path in sorted(folder.glob("*.dev.jsonl")):
        pairs = list(read_pairs(path))[:limit]
        logits = judge(encode(pairs, LONGEST, claim_only=claim_only)) / temperature
        yield figures(path.name.split(".")[0], pairs, logits)


def fit_temperature(judge: Judge, pairs: Sequence[TrainingPair]) -> float:
    """The temperature that makes the likelihood of *pairs* greatest (Guo et al. 2017)."""
    encoded = encode(pairs, LONGEST)
    logits = torch.from_numpy(judge(encoded))
    losses = {t / 20: loss_of(logits * 20 / t, encoded, 0.0).item() for t in range(10, 61)}
    return min(losses, key=losses.__getitem__)


def figures(name: str, pairs: Sequence[TrainingPair], logits: np.ndarray) -> Figures:
    """
    The figures of one set.

    A set without NEI, or without REFUTES, is judged on its own labels: the probabilities of the others are left out
    or, for "not entailed", added up.
    """
    gold = ["NEI" if pair.label == "NOT" else pair.label for pair in pairs]
    labels = [label for label in LABELS if label in gold]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    if labels == ["SUPPORTS", "NEI"]:
        odds = np.stack([odds[:, 0], np.zeros(len(odds)), odds[:, 1] + odds[:, 2]], axis=1)
    shares = odds[:, [LABELS.index(label) for label in labels]]
    shares /= shares.sum(axis=1, keepdims=True)
    guess = [labels[n] for n in shares.argmax(axis=1)]
    right = np.array([g == t for g, t in zip(guess, gold, strict=True)])
    return Figures(
        name=name,
        pairs=len(pairs),
        accuracy=float(right.mean()),
        macro_f1=_macro_f1(gold, guess, labels),
        ece=_ece(shares.max(axis=1), right),
    )


def _macro_f1(gold: Sequence[str], guess: Sequence[str], labels: Sequence[str]) -> float:
    hits = Counter(g for g, t in zip(guess, gold, strict=True) if g == t)
    seen, said = Counter(gold), Counter(guess)
    return sum(2 * hits[x] / max(1, seen[x] + said[x]) for x in labels) / len(labels)


def _ece(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over *bins* of equal width (Guo et al. 2017)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(confidence[place == b].sum() - right[place == b].sum()) for b in range(bins)) / len(right)
