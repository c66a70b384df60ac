"""
Judging pairs, whatever engine runs the model: windows, threads, probabilities, and results kept at hand.

Every window is run by itself, never in a batch.  An int8 model takes the scale of its activations from the whole
batch, so that in a batch the result of a pair would depend on the pairs beside it, and on what was kept from
before.  Nor is a batch faster on a CPU, where one sequence fills a core: nothing is spent on padding.
"""

from __future__ import annotations

import hashlib
import math
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from claimcheck.errors import EngineError, PairError
from claimcheck.model import Failure, Probabilities, Stance

from .files import DAMAGED
from .protocol import Inference, Pair
from .windows import Encoder, Window

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: Results that a model keeps at hand.
KEPT = 65_536


class Kept:
    """
    Results by content, at most *size* of them: the one that was not asked for longest goes first.

    Several threads may use it at once.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._results: OrderedDict[bytes, Inference] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes) -> Inference | None:
        """The result under *key*, if it is still there."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: bytes, result: Inference) -> None:
        """Keep *result* under *key*."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            if len(self._results) > self._size:
                self._results.popitem(last=False)


class PairModel(ABC):
    """
    A sequence classification model that judges pairs.

    Args:
        name: The model and its version.
        encoder: Makes the windows.
        labels: What each of the model's three outputs stands for.
        temperature: The outputs are divided by it before they become probabilities.
        threads: Windows that are judged at the same time.
        kept: Results that are kept at hand.
    """

    def __init__(
        self,
        *,
        name: str,
        encoder: Encoder,
        labels: Sequence[Stance],
        temperature: float = 1.0,
        threads: int = 1,
        kept: int = KEPT,
    ) -> None:
        self._name = name
        self._encoder = encoder
        self._labels = tuple(labels)
        self._temperature = temperature
        self._threads = threads
        self._kept = Kept(kept)

    @property
    def name(self) -> str:
        """The model and its version."""
        return self._name

    @abstractmethod
    def _logits(self, window: Window) -> Sequence[float]:
        """The model's three outputs for one window; several threads may call it at once."""

    def judge(self, pairs: Sequence[Pair]) -> list[Inference | Failure]:
        """
        Judge *pairs*, in order; a pair that cannot be judged gives a `Failure` in its place.

        Evidence that is too long for the model is judged in overlapping windows, and the one that is least
        neutral decides: a text supports or contradicts a claim as soon as one passage does, and what the
        other passages leave open takes nothing from that.

        Raises:
            EngineError: If the model itself fails.
        """
        keys = [self._key(pair) for pair in pairs]
        results: dict[bytes, Inference | Failure] = {}
        new: dict[bytes, Pair] = {}
        for key, pair in zip(keys, pairs, strict=True):
            known = self._kept.get(key)
            if known is None:
                new[key] = pair
            else:
                results[key] = known
        encoded = self._map(self._encoded, list(new.values()))
        chances = iter(
            self._map(self._chances, [w for windows in encoded if isinstance(windows, list) for w in windows])
        )
        for key, windows in zip(new, encoded, strict=True):
            if isinstance(windows, Failure):
                results[key] = windows
            else:
                results[key] = found = _decided(windows, [next(chances) for _ in windows])
                self._kept.put(key, found)
        return [results[key] for key in keys]

    def _key(self, pair: Pair) -> bytes:
        digest = hashlib.blake2b(digest_size=16)
        for text in (self._name, pair.title, pair.evidence, pair.claim):
            data = text.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "little") + data)
        return digest.digest()

    def _map(self, function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
        if self._threads == 1 or len(items) < 2:
            return [function(item) for item in items]
        with ThreadPoolExecutor(min(self._threads, len(items)), "claimcheck-entailment") as pool:
            return list(pool.map(function, items))

    def _encoded(self, pair: Pair) -> list[Window] | Failure:
        try:
            return self._encoder.encode(pair)
        except PairError as error:
            return Failure(id="", text=pair.claim, code=error.error_code, message=error.message, hint=error.hint)

    def _chances(self, window: Window) -> Probabilities:
        """The softmax of the model's outputs."""
        logits = [value / self._temperature for value in self._logits(window)]
        if not all(math.isfinite(value) for value in logits):
            msg = f"the entailment model {self._name} gives outputs that are no numbers"
            raise EngineError(msg, hint="the model is damaged; install it again", code=DAMAGED)
        weights = [math.exp(value - max(logits)) for value in logits]
        shares = {label: weight / sum(weights) for label, weight in zip(self._labels, weights, strict=True)}
        return Probabilities(
            supported=shares[Stance.SUPPORTS],
            contradicted=shares[Stance.CONTRADICTS],
            not_enough_evidence=shares[Stance.NEUTRAL],
        )


def _decided(windows: Sequence[Window], chances: Sequence[Probabilities]) -> Inference:
    """The least neutral window, the first of equals."""
    at = min(range(len(windows)), key=lambda i: chances[i].not_enough_evidence)
    return Inference(probabilities=chances[at], windows=len(windows), window=(windows[at].start, windows[at].end))
