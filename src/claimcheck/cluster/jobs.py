"""The work that is shared out: articles to read, claims to verify.  Ray decides where, and tries again."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import frozen

from claimcheck.checker.ingest import Item, Pool, Reader
from claimcheck.errors import ClaimcheckError, DocumentError
from claimcheck.model import Claim, Failure, Verdict

from .hosts import Brief, Verifier, build, read_article
from .remote import RemoteShard
from .settings import Settings

#: Articles on their way for each processor, so that none runs dry and memory stays bounded.
WAITING = 4
#: Claims that a verifier takes at once.
CLAIMS_AT_ONCE = 8
#: Batches for each verifier that may be under way, or done and waiting for an earlier one.
BATCHES = 4
#: Times that Ray has an article read again when the process that read it dies.
READ_AGAIN = 3
#: Times that Ray has claims verified again.  Some are spent, about one in two seconds, on asking a machine that is gone
#: until the cluster notices.
VERIFIED_AGAIN = 10
#: Code of work that ends the process that does it, each time.
DEADLY = "CC-E84"

Result = Verdict | Failure


def reading(ray: Any, reader: Reader | None, *, at_once: int, expected: str) -> Pool:
    """
    What reads articles as tasks of the cluster, one processor each.

    Args:
        ray: The module.
        reader: What reads a document.
        at_once: Articles that are on their way at a time.
        expected: What must be installed where they are read.
    """
    task = ray.remote(num_cpus=1, max_retries=READ_AGAIN)(read_article)

    def pool(items: Iterator[Item]) -> Iterator[Item]:
        waiting: deque[tuple[Item, Any]] = deque()
        for item in items:
            waiting.append((item, task.remote(item, reader, expected) if item.document is not None else None))
            if len(waiting) >= at_once:
                yield _received(ray, *waiting.popleft())
        while waiting:
            yield _received(ray, *waiting.popleft())

    return pool


def _received(ray: Any, item: Item, reference: Any) -> Item:
    """What came of an article; one that ends every process that reads it is left out."""
    if reference is None:
        return item
    try:
        done: Item = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, ClaimcheckError):
            raise error.cause from None
        raise
    except ray.exceptions.RayError as error:
        msg = f"{item.id}: the process that read it died, {READ_AGAIN + 1} times: {type(error).__name__}"
        fault = DocumentError(msg, hint="it may need more memory than a machine of the cluster has", code=DEADLY)
        return Item(id=item.id, fault=fault)
    return done


@frozen(kw_only=True)
class _Batch:
    """Claims with the place of the first among all."""

    first: int
    claims: tuple[Claim, ...]


def verified(
    ray: Any, shards: Sequence[RemoteShard], claims: Iterable[Claim], settings: Settings, *, workers: int
) -> Iterator[Result]:
    """
    The results of *claims*, in their order.

    Args:
        ray: The module.
        shards: What is searched.
        claims: Read as they are needed.
        settings: How they are checked.
        workers: Verifiers that are started.
    """
    options = {
        "num_cpus": 0,
        "max_restarts": -1,
        "max_task_retries": VERIFIED_AGAIN,
        "scheduling_strategy": "SPREAD",
    }
    verifiers = [ray.remote(Verifier).options(**options).remote() for _ in range(workers)]
    brief = ray.put(Brief(shards=tuple(shards), settings=settings, expected=build()))
    return handed_out(ray, verifiers, claims, brief)


def handed_out(ray: Any, verifiers: Sequence[Any], claims: Iterable[Claim], brief: Any) -> Iterator[Result]:
    """
    The results of *claims*, in their order.

    Args:
        ray: The module.
        verifiers: Actors with the method ``verify`` of `claimcheck.cluster.hosts.Verifier`.
        claims: Read as they are needed.
        brief: What that method takes besides claims.
    """
    return _Desk(ray, verifiers, claims, brief).results()


class _Desk:
    """Hands claims out to verifiers, and results in, in order."""

    def __init__(self, ray: Any, verifiers: Sequence[Any], claims: Iterable[Claim], brief: Any) -> None:
        self._ray = ray
        self._brief = brief
        self._idle = list(verifiers)
        self._most = BATCHES * len(verifiers) * CLAIMS_AT_ONCE
        self._fresh = _batches(claims)
        self._again: deque[_Batch] = deque()
        self._running: dict[Any, tuple[_Batch, Any]] = {}
        self._done: dict[int, Result] = {}
        self._next = 0

    def results(self) -> Iterator[Result]:
        """All results, each as soon as those before it are there."""
        while True:
            self._hand_out()
            if not self._running:
                return
            (ready,), _ = self._ray.wait(list(self._running), num_returns=1)
            self._take_in(ready)
            while self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1

    def _hand_out(self) -> None:
        while self._idle:
            waiting = len(self._done) + sum(len(batch.claims) for batch, _ in self._running.values())
            batch = self._again.popleft() if self._again else None
            if batch is None and waiting < self._most:
                batch = next(self._fresh, None)
            if batch is None:
                return
            verifier = self._idle.pop()
            self._running[verifier.verify.remote(batch.claims, self._brief)] = batch, verifier

    def _take_in(self, reference: Any) -> None:
        batch, verifier = self._running.pop(reference)
        self._idle.append(verifier)
        try:
            results = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, ClaimcheckError):
                raise error.cause from None
            raise
        except self._ray.exceptions.RayError as error:
            results = self._given_up(batch, error)
        self._done.update(zip(itertools.count(batch.first), results, strict=False))

    def _given_up(self, batch: _Batch, error: Exception) -> Sequence[Result]:
        """What Ray has given up: the claims one by one, so that one of them does not take the others with it."""
        if len(batch.claims) > 1:
            singly = enumerate(batch.claims, start=batch.first)
            self._again.extend(_Batch(first=place, claims=(claim,)) for place, claim in singly)
            return ()
        (claim,) = batch.claims
        msg = f"the process that verified it died, time and again: {type(error).__name__}"
        hint = "it may need more memory than a machine of the cluster has; try it alone, without the cluster"
        return (Failure(id=claim.id, text=claim.text, code=DEADLY, message=msg, hint=hint),)


def _batches(claims: Iterable[Claim]) -> Iterator[_Batch]:
    rest, first = iter(claims), 0
    while batch := tuple(itertools.islice(rest, CLAIMS_AT_ONCE)):
        yield _Batch(first=first, claims=batch)
        first += len(batch)
