"""How often somebody may ask: token buckets, one a user or address."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

#: Buckets that are kept; the one unused for longest goes first, and was full again long ago.
MOST = 10_000


class Rate:
    """
    A rate for each of many.

    Args:
        minute: How often a minute; at once, as often as in ten seconds, but at least ten times (or *minute*).
        clock: Seconds, for tests.
    """

    def __init__(self, minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = minute / 60
        self._burst = float(max(minute / 6, min(10, minute)))
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> float:
        """Seconds that *who* has to wait, 0 when it may be now; only then it counts."""
        now = self._clock()
        with self._lock:
            left, then = self._buckets.pop(who, (self._burst, now))
            left = min(self._burst, left + (now - then) * self._rate)
            wait = 0.0 if left >= 1 else (1 - left) / self._rate
            self._buckets[who] = (left - 1 if wait == 0 else left, now)
            while len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
            return wait


class Slots:
    """
    At most so many at a time for each of many.

    Args:
        most: How many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: dict[str, int] = {}

    def take(self, who: str) -> bool:
        """Hold a slot, if there is one left."""
        with self._lock:
            held = self._held.get(who, 0)
            if held >= self._most:
                return False
            self._held[who] = held + 1
            return True

    def give(self, who: str) -> None:
        """Let go of a slot."""
        with self._lock:
            held = self._held.pop(who, 0) - 1
            if held > 0:
                self._held[who] = held
