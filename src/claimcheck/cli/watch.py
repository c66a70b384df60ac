"""Waiting for files to change, by looking at them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

#: Seconds between two looks.
PAUSE = 0.5

_State = tuple[int, int] | None


def changes(paths: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All *paths* at first, then again and again those whose files have changed since; without end."""
    before: dict[str, _State] = {}
    while True:
        now = {path: _state(path) for path in paths}
        changed = tuple(path for path in paths if path not in before or before[path] != now[path])
        if changed:
            yield changed
        before = now
        time.sleep(PAUSE)


def _state(path: str) -> _State:
    """Time and size of a file, ``None`` while there is none."""
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
