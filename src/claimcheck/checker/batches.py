"""Many things taken a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def in_batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """
    *items* in lists of *size*, the last one shorter.

    Of what comes one by one, the first list holds one item and each twice as many as the one before, so that nobody
    waits long for the first answers.  What came before an error of *items* is given before that is raised.
    """
    waiting = iter(items)
    length = size if isinstance(items, Sequence) else 1
    while True:
        batch: list[_Item] = []
        try:
            for item in islice(waiting, length):
                batch.append(item)  # noqa: PERF402 - a list that an error leaves is wanted
        except Exception:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch
        length = min(2 * length, size)
