"""What needs no understanding: the most frequent label, shared words, and a model that never sees the evidence."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from claimcheck.evaluate import GoldPair, pairs_of, read_rows, sample
from claimcheck.evaluate.pairs import own_labels
from claimcheck.model import Stance

#: Pairs of one train file that a baseline is fitted to, at most.
FITTED = 5000

_WORD = re.compile(r"\w+")
#: Words of fewer letters are left out, unless they are numbers.
SHORTEST = 4


@frozen
class Training:
    """The pairs that a baseline is fitted to, and the files that they are from."""

    pairs: tuple[GoldPair, ...]
    files: tuple[str, ...]


def training_for(folder: Path, name: str, labels: Sequence[Stance]) -> Training:
    """
    What the baselines of one set are fitted to: its own train file, or else all train files with its labels.

    Args:
        folder: Holds the files ``NAME.train.jsonl``.
        name: Of the set.
        labels: Its labels.
    """
    own = folder / f"{name}.train.jsonl"
    paths = [own] if own.exists() else sorted(folder.glob("*.train.jsonl"))
    loaded = {path.name: sample(pairs_of(read_rows(path)), FITTED) for path in paths}
    if not own.exists():
        loaded = {file: pairs for file, pairs in loaded.items() if own_labels(p.stance for p in pairs) == tuple(labels)}
    return Training(tuple(pair for pairs in loaded.values() for pair in pairs), tuple(loaded))


def majority(training: Training) -> Stance:
    """The most frequent label."""
    return Counter(pair.stance for pair in training.pairs).most_common(1)[0][0]


def overlap(pair: GoldPair) -> float:
    """The share of the claim's words that stand in the evidence or its title."""
    words = _words(pair.claim)
    return len(words & _words(f"{pair.title} {pair.evidence}")) / len(words) if words else 0.0


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if len(word) >= SHORTEST or word.isdigit()}


@frozen
class Threshold:
    """From this overlap on the evidence supports the claim; below it stands the commonest other label."""

    least: float
    below: Stance

    def judge(self, pair: GoldPair) -> Stance:
        """The label of *pair*."""
        return Stance.SUPPORTS if overlap(pair) >= self.least else self.below


def fitted_threshold(training: Training) -> Threshold:
    """The threshold that gets most of *training* right."""
    below = Counter(p.stance for p in training.pairs if p.stance is not Stance.SUPPORTS).most_common(1)[0][0]
    scored = sorted(((overlap(pair), pair.stance) for pair in training.pairs), key=lambda item: -item[0])
    right = sum(stance is below for _, stance in scored)
    best, least = right, float("inf")
    for number, (share, stance) in enumerate(scored):
        right += (stance is Stance.SUPPORTS) - (stance is below)
        is_last_of_equals = number + 1 == len(scored) or scored[number + 1][0] < share
        if is_last_of_equals and right > best:
            best, least = right, share
    return Threshold(least=least, below=below)


def claim_only(folder: Path, pairs: Sequence[GoldPair]) -> list[dict[str, float]]:
    """
    The probabilities of the three stances by a model that was trained, and is asked, without evidence.

    Args:
        folder: The folder ``claim-only`` of a run of ``python -m training``.
        pairs: What it is asked.
    Raises:
        ImportError: If torch is not installed.
        FileNotFoundError: If the folder holds no checkpoint.
    """
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import numpy as np  # noqa: PLC0415 - comes with torch
    from training.assess import LONGEST, torch_judge  # noqa: PLC0415 - needs torch
    from training.export import load_checkpoint  # noqa: PLC0415
    from training.fit import encode  # noqa: PLC0415
    from training.pairs import TrainingPair  # noqa: PLC0415

    asked = [TrainingPair(claim=pair.claim, evidence="", label="NEI", source="") for pair in pairs]
    logits = torch_judge(load_checkpoint(folder))(encode(asked, LONGEST, claim_only=True))
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = odds / odds.sum(axis=1, keepdims=True)
    names = (Stance.SUPPORTS.value, Stance.CONTRADICTS.value, Stance.NEUTRAL.value)
    return [dict(zip(names, map(float, row), strict=True)) for row in shares]
