"""An index whose shards are in processes elsewhere: each question goes to all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import evolve

from claimcheck.checker.sources import BEFORE
from claimcheck.errors import ClaimcheckError, StoredIndexError
from claimcheck.index import (
    CheckReport,
    Closing,
    DocumentInfo,
    DocumentRows,
    Filters,
    Found,
    Index,
    IndexInfo,
    Part,
    PartedIndex,
    Query,
    part_of,
    prepare,
)
from claimcheck.index.plan import Statistics, Step
from claimcheck.index.query import Posting
from claimcheck.index.search import answer_of
from claimcheck.index.shards import MISSING
from claimcheck.model import Document, Entity, Reading, Sentence

if TYPE_CHECKING:
    from .hosts import Loaded

_Answer = TypeVar("_Answer")

#: Seconds after which a shard that does not answer counts as missing; Ray restarts a dead one in less.
PATIENCE = 60.0
#: The same while its process starts: many at a time, on machines that may be busy.
PATIENCE_AT_START = 300.0
#: The same while it stores an article, which may be a very long one.
PATIENCE_TO_STORE = 300.0
#: Shards that are asked at the same time by one process.
MOST_AT_ONCE = 32


class RemoteShard(Closing):
    """
    A shard in a process elsewhere; see `claimcheck.index.protocol.Index`.

    When the process dies, Ray starts it again and asks again.  A shard that stays away, or does not answer in time,
    ends in a `StoredIndexError` with the code ``CC-E26``.

    Args:
        host: Ray's handle of a `claimcheck.cluster.hosts.ShardHost`.
        name: What the shard is called when it cannot be reached.
        patience: Seconds to wait for an answer.
    """

    def __init__(self, host: Any, name: str, *, patience: float = PATIENCE) -> None:
        self._host = host
        self._name = name
        self._patience = patience

    def start(self) -> str:
        """Open the shard, and say what is installed where it is."""
        return str(self._answer(self._host.start.remote(), patience=PATIENCE_AT_START))

    def _call(self, name: str, *arguments: Any) -> Any:
        return self._answer(self._host.call.remote(name, *arguments))

    def _answer(self, reference: Any, *, patience: float | None = None) -> Any:
        import ray  # noqa: PLC0415 - the extra; whoever has a host has it
        from ray.exceptions import RayError, RayTaskError  # noqa: PLC0415

        try:
            return ray.get(reference, timeout=patience or self._patience)
        except RayTaskError as error:
            if isinstance(error.cause, ClaimcheckError):
                raise error.cause from None
            raise
        except RayError as error:
            msg = f"{self._name} does not answer: {type(error).__name__}"
            raise StoredIndexError(msg, hint="see with: ray status, which machines are there", code=MISSING) from error

    # ----------------------------------------------------------------- writing

    def put(self, document: Document, reading: Reading, *, digest: str) -> None:
        """Store *document* with its *reading*, in place of an earlier one of the same id."""
        self.put_rows(prepare(document, reading, digest=digest))

    def put_rows(self, prepared: DocumentRows) -> None:
        """The same for a document that was made ready before."""
        self._answer(self._host.call.remote("put_rows", prepared), patience=PATIENCE_TO_STORE)

    def delete(self, document_id: str) -> bool:
        """Remove a document; say whether it was there."""
        return bool(self._call("delete", document_id))

    def finish(self) -> None:
        """Make the shard's file complete in itself, after writing."""
        self._answer(self._host.finish.remote())

    def end(self) -> None:
        """End the host, whoever holds it: its name is free for another writer at once."""
        import ray  # noqa: PLC0415 - as above

        ray.kill(self._host, no_restart=True)

    # ----------------------------------------------------------------- reading

    @property
    def name(self) -> str:
        """What it is called when it cannot be searched."""
        return self._name

    @property
    def generation(self) -> int:
        """A number that grows with every change."""
        return int(self._call("generation"))

    def snapshot(self) -> AbstractContextManager[Index]:
        """Not to be had from a shard elsewhere."""
        msg = "a shard in a cluster has no snapshots: open its folder without the cluster"
        raise NotImplementedError(msg)

    def load(self, wanted: Mapping[str, Sequence[int]]) -> dict[str, Loaded]:
        """Several documents with some of their sentences, in one call."""
        return cast("dict[str, Loaded]", self._answer(self._host.load.remote(wanted)))

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if it is stored."""
        return cast("Document | None", self._call("get", document_id))

    def digest(self, document_id: str) -> str | None:
        """The digest a document was put with, if it is stored."""
        return cast("str | None", self._call("digest", document_id))

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""
        return cast("tuple[Sentence, ...]", self._call("sentences", document_id, tuple(numbers)))

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names; empty when it is not stored."""
        return cast("tuple[Entity, ...]", self._call("entities", document_id))

    def reading(self, document_id: str) -> Reading | None:
        """All that was read from a document, if it is stored."""
        return cast("Reading | None", self._call("reading", document_id))

    def documents(self) -> Iterator[DocumentInfo]:
        """The stored documents in the order of their ids; those of one shard come all at once."""
        return iter(self._call("documents"))

    def info(self) -> IndexInfo:
        """Counts, size and versions."""
        return cast("IndexInfo", self._call("info"))

    def check(self) -> CheckReport:
        """Prove every span and hash, and the soundness of the file."""
        return cast("CheckReport", self._call("check"))

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """Its size, and the frequencies of *terms*."""
        return cast("Statistics", self._call("statistics", list(terms)))

    def lookup(self, step: Step, filters: Filters, limit: int) -> Sequence[Posting]:
        """The sentences of a step of a plan: all, or, where there are very many, *limit* of the most promising ones."""
        return cast("Sequence[Posting]", self._call("lookup", step, filters, limit))

    def candidates(self, query: Query, k: int, *, filters: Filters | None = None) -> Found:
        """The *k* sentences of this shard that fit *query* best, best first."""
        return PartedIndex([self]).candidates(query, k, filters=filters)

    def close(self) -> None:
        """Let go of the host, which ends when nobody holds it any more."""
        self._host = None


class ClusterIndex(PartedIndex):
    """
    Shards elsewhere as one index.

    A search asks all shards for their frequencies at once, adds them up, asks all for the sentences of each step of
    the plan, and orders what they found by one score: the same as for one file.  Then it fetches the documents of
    the candidates, with the sentences before each, in one call a shard; they are at hand until the next search.

    Args:
        shards: In the order of their numbers.
        name: What the whole is called.
        leave: Called when it is closed.
    """

    def __init__(
        self, shards: Sequence[RemoteShard], *, name: str = "", leave: Callable[[], None] | None = None
    ) -> None:
        self._shards = tuple(shards)
        self._leave = leave
        self._threads = ThreadPoolExecutor(min(len(shards), MOST_AT_ONCE), thread_name_prefix="claimcheck-shards")
        self._at_hand: dict[str, Loaded] = {}
        super().__init__(shards, ask=self._at_once, name=name)

    @property
    def shards(self) -> tuple[RemoteShard, ...]:
        """The shards, in the order of their numbers."""
        return self._shards

    def _at_once(
        self, parts: Sequence[Part], question: Callable[[Part], _Answer]
    ) -> Sequence[_Answer | StoredIndexError]:
        return list(self._threads.map(lambda part: answer_of(part, question), parts))

    def candidates(self, query: Query, k: int, *, filters: Filters | None = None) -> Found:
        """
        The *k* sentences that fit *query* best, best first, and the names of the shards that were not searched.

        Raises:
            StoredIndexError: If no shard can be searched.
            ValueError: If *k* is not positive.
        """
        found = super().candidates(query, k, filters=filters)
        wanted: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for candidate in found:
            numbers = range(max(0, candidate.sentence - BEFORE), candidate.sentence + 1)
            wanted[part_of(candidate.document, len(self._shards))][candidate.document].update(numbers)
        asked = [self._shards[number] for number in wanted]
        by_name = {self._shards[number].name: _sorted(documents) for number, documents in wanted.items()}
        answers = self._at_once(asked, lambda shard: cast("RemoteShard", shard).load(by_name[shard.name]))
        at_hand: dict[str, Loaded] = {}
        lost = set(found.missing)
        for shard, answer in zip(asked, answers, strict=True):
            if isinstance(answer, StoredIndexError):
                lost.add(shard.name)
            else:
                at_hand |= answer
        self._at_hand = at_hand
        left = tuple(candidate for candidate in found if candidate.document in at_hand)
        return evolve(found, candidates=left, missing=tuple(sorted(lost)))

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if it is stored."""
        loaded = self._at_hand.get(document_id)
        return loaded.document if loaded is not None else super().get(document_id)

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names; empty when it is not stored."""
        loaded = self._at_hand.get(document_id)
        return loaded.entities if loaded is not None else super().entities(document_id)

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""
        loaded = self._at_hand.get(document_id)
        if loaded is not None and all(number in loaded.sentences for number in numbers):
            return tuple(loaded.sentences[number] for number in numbers)
        return super().sentences(document_id, numbers)

    def close(self) -> None:
        """Let go of all shards; nothing else may be called afterwards."""
        self._threads.shutdown()
        super().close()
        if self._leave is not None:
            self._leave()


def _sorted(documents: Mapping[str, Iterable[int]]) -> dict[str, tuple[int, ...]]:
    return {identifier: tuple(sorted(numbers)) for identifier, numbers in documents.items()}
