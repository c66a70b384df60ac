"""
Work that is begun before it is asked for, and what came of earlier work.

A draft is checked one sentence after the other.  Search and slots are Python's work, on one processor at a time; the
entailment model's is not.  So while the slots of one sentence are compared, a thread hands the model those that come
next.  What comes out is the same, and so is the order.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

from claimcheck.model import Verdict

_Result = TypeVar("_Result")


class Ahead(Generic[_Result]):
    """
    Work under way, by key, in one thread that begins with the first of it.

    For one caller, in one thread.
    """

    def __init__(self) -> None:
        self._begun: dict[Hashable, Future[_Result]] = {}
        self._thread = ThreadPoolExecutor(1, "claimcheck-ahead")

    def __contains__(self, key: Hashable) -> bool:
        return key in self._begun

    def begin(self, key: Hashable, work: Callable[[], _Result]) -> None:
        """Do *work* when that begun before is done."""
        self._begun[key] = self._thread.submit(work)

    def take(self, key: Hashable) -> _Result | None:
        """
        What came of the work under *key*, waited for and given once; ``None`` when there is none.

        Raises:
            ClaimcheckError: What the work raised.
        """
        begun = self._begun.pop(key, None)
        return begun.result() if begun is not None else None

    def close(self) -> None:
        """Drop what has not begun; what is under way comes to its end, unheard."""
        self._thread.shutdown(wait=False, cancel_futures=True)


class Verdicts:
    """
    Verdicts by what was verified, at most *size* of them: the one that was not asked for longest goes first.

    Several threads may use it at once.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._found: OrderedDict[Hashable, Verdict] = OrderedDict()
        self._lock = Lock()
        self.made = 0
        """How many were put there so far."""

    def __contains__(self, key: Hashable) -> bool:
        return key in self._found

    def get(self, key: Hashable) -> Verdict | None:
        """The verdict under *key*, if it is still there."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, verdict: Verdict) -> None:
        """Keep *verdict* under *key*."""
        with self._lock:
            self.made += 1
            self._found[key] = verdict
            self._found.move_to_end(key)
            if len(self._found) > self._size:
                self._found.popitem(last=False)
