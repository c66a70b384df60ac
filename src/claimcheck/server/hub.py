"""Word from the threads that keep events to the streams that wait for them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Hub:
    """Wakes the streams of a check when something has happened in it; made and used in one event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.closed = False

    @contextmanager
    def listening(self, check: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever something happens in *check*."""
        event = asyncio.Event()
        self._waiting[check].add(event)
        try:
            yield event
        finally:
            self._waiting[check].discard(event)
            if not self._waiting[check]:
                del self._waiting[check]

    def tell(self, check: str) -> None:
        """Say, from any thread, that something has happened in *check*."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, check)

    def close(self) -> None:
        """Wake every stream, from any thread: the server stops."""
        self.closed = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_all)

    def _wake_all(self) -> None:
        for check in list(self._waiting):
            self._wake(check)

    def _wake(self, check: str) -> None:
        for event in self._waiting.get(check, ()):
            event.set()
