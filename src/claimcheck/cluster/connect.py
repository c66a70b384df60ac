"""The facade of a cluster: connect, add articles, search, verify claims."""

from __future__ import annotations

import importlib
import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from claimcheck.checker import AddReport, Corpus
from claimcheck.checker.ingest import Progress, Reader, Source, gather, ingest
from claimcheck.documents import MAX_BYTES
from claimcheck.errors import ClusterError, ConfigError, IndexLockedError, StoredIndexError
from claimcheck.index import Closing, PartedIndex, ShardFolder
from claimcheck.model import Claim, Failure, Verdict
from claimcheck.paths import reason_of

from . import jobs
from .hosts import ShardHost, build, require_build
from .remote import ClusterIndex, RemoteShard
from .settings import Settings

#: Codes of what can be wrong with a cluster as a whole.
NOT_INSTALLED, NO_ANSWER = "CC-E81", "CC-E82"
#: How the addresses of corpora in a cluster begin.
SCHEME = "ray://"
#: Where Ray keeps the names of our actors.
NAMESPACE = "claimcheck"
#: Times that Ray asks again when the process of a shard dies over a question, or its machine does not answer: about
#: one in two seconds, until the cluster notices that it is gone and starts the process elsewhere.
ASKED_AGAIN = 30

_SECONDS_TO_KNOCK = 5.0
_STARTED_AT_ONCE = 32


class Cluster(Closing):
    """
    A Ray cluster that this process has joined.

    Use `connect` to make one; it is a context manager.

    Args:
        ray: The module.
        joined: Whether this object joined the cluster, and leaves it when it is closed.
    """

    def __init__(self, ray: Any, *, joined: bool) -> None:
        self._ray = ray
        self._joined = joined

    @classmethod
    def connect(cls, address: str) -> Self:
        """
        Join the cluster whose head is at *address*.

        This machine must be one of the cluster's nodes, as Ray wants it; a node may have no processors for Ray.

        Args:
            address: ``HOST:PORT``, as ``ray start --head`` prints it.
        Raises:
            ConfigError: If that is no address.
            ClusterError: If Ray is not installed (``CC-E81``), or nobody answers there (``CC-E82``).
        """
        host, port = _parsed(address)
        # Before Ray is imported: it must not report to its makers.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            ray = importlib.import_module("ray")
        except ImportError as error:
            msg = "a cluster needs Ray, which is not installed"
            raise ClusterError(
                msg, hint="install it: pip install 'claimcheck-editorial[cluster]'", code=NOT_INSTALLED
            ) from error
        if ray.is_initialized():
            here = ray.get_runtime_context().gcs_address
            if here != address:
                msg = f"this process is in the Ray cluster at {here} already"
                raise ClusterError(msg, hint="leave it first: ray.shutdown()")
            return cls(ray, joined=False)
        _knock(host, port, address)
        try:
            ray.init(
                address=address,
                namespace=NAMESPACE,
                log_to_driver=False,
                logging_level=logging.ERROR,
                # Ray would take a loopback address for that of the machine's network.
                _node_ip_address=host if host.startswith("127.") else None,
            )
        except (OSError, RuntimeError, ValueError) as error:
            msg = f"cannot join the Ray cluster at {address}: {str(error).strip().splitlines()[0]}"
            hint = f"start a node on this machine first: ray start --address {address} --num-cpus 0"
            raise ClusterError(msg, hint=hint, code=NO_ANSWER) from error
        return cls(ray, joined=True)

    # ---------------------------------------------------------------- articles

    def add(
        self,
        folder: str | os.PathLike[str],
        *sources: Source,
        shards: int | None = None,
        reader: Reader | None = None,
        max_bytes: int = MAX_BYTES,
        on_progress: Progress | None = None,
    ) -> AddReport:
        """
        Add or update articles; those that have not changed are skipped.

        They are found and loaded here, read by all processors of the cluster, and stored by one process for each
        shard.  What has been counted is stored durably: a run that is interrupted goes on where it stopped.

        Args:
            folder: The folder of shards, at the same path on all machines.
            sources: Files, folders, or documents.
            shards: Make the folder, with so many, when there is none.
            reader: What reads a document, importable on all machines; `claimcheck.language.read` when nothing is said.
            max_bytes: Largest article that is read from a file.
            on_progress: Called after each document with the numbers done and known of so far, and its id.
        Returns:
            How many were added, updated and unchanged, and why others were left out.
        Raises:
            ClusterError: If the machines have another version of claimcheck (``CC-E83``).
            CorpusError: If a path leads nowhere or to nothing readable; nothing has been added then.
            IndexLockedError: If somebody else is adding to the same folder through this cluster.
            StoredIndexError: If there is no such folder, or a shard is missing or cannot be written.
        """
        found = gather(sources)
        place = Path(folder).absolute()
        shard_folder = ShardFolder.load(place) if shards is None else ShardFolder.make(place, shards)
        parts, faults = self._shards(shard_folder, writes=True)
        try:
            if faults:
                raise faults[0]
            pool = jobs.reading(self._ray, reader, at_once=jobs.WAITING * self.processors, expected=build())
            return ingest(PartedIndex(parts), found, max_bytes=max_bytes, on_progress=on_progress, pool=pool)
        finally:
            for part in parts:
                with suppress(StoredIndexError):
                    part.finish()
                part.end()

    def corpus(self, folder: str | os.PathLike[str]) -> Corpus:
        """
        The corpus in a folder of shards, for reading: each shard is opened by a process somewhere in the cluster.

        A shard that cannot be opened is left out; `Corpus.faults` says why, and so does every search.

        Args:
            folder: The folder of shards, at the same path on all machines.
        Raises:
            ClusterError: If the machines have another version of claimcheck (``CC-E83``).
            StoredIndexError: If there is no such folder, or none of its shards can be opened.
        """
        return self._corpus(folder)

    def _corpus(self, folder: str | os.PathLike[str], leave: Callable[[], None] | None = None) -> Corpus:
        """The corpus in a folder; *leave* is called when it is closed."""
        place = Path(folder).absolute()
        parts, faults = self._shards(ShardFolder.load(place))
        return Corpus(ClusterIndex(parts, name=str(place), leave=leave), faults=faults)

    # ------------------------------------------------------------------ claims

    def verify_many(
        self, corpus: Corpus, claims: Iterable[Claim], *, settings: Settings | None = None
    ) -> Iterator[Verdict | Failure]:
        """
        Verify claims in all of the cluster at once; the results come in the order of the claims.

        There is a checker with its model for each processor of the cluster.  When one dies, Ray starts it again,
        elsewhere if need be, and it verifies its claims again; a claim that ends it time and again gives a `Failure`
        (``CC-E84``) in its place.

        Args:
            corpus: One that `corpus` gave.
            claims: Read as they are needed, a few ahead.
            settings: How they are checked.
        Raises:
            ClusterError: If the machines have another version of claimcheck (``CC-E83``).
            ConfigError: If *corpus* is none of a cluster, or there is no such model.
            EngineError: If the model is missing or damaged.
        """
        if not isinstance(corpus.index, ClusterIndex):
            msg = "the corpus is not in the cluster"
            raise ConfigError(msg, hint="open it with Cluster.corpus")
        shards = corpus.index.shards
        return jobs.verified(self._ray, shards, claims, settings or Settings(), workers=self.processors)

    @property
    def processors(self) -> int:
        """The processors that the cluster has for Ray, at least 1."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    # ------------------------------------------------------------------ inside

    def _shards(
        self, folder: ShardFolder, *, writes: bool = False
    ) -> tuple[list[RemoteShard], tuple[StoredIndexError, ...]]:
        """The shards of a folder, each with a process of its own, and why some cannot be used."""
        parts = [self._shard(folder, number, writes=writes) for number in range(folder.shards)]
        with ThreadPoolExecutor(min(len(parts), _STARTED_AT_ONCE)) as threads:
            answers = list(threads.map(_start, parts))
        faults = tuple(answer for answer in answers if isinstance(answer, StoredIndexError))
        for answer in answers:
            if isinstance(answer, str):
                require_build(answer, build())
        if len(faults) == len(parts):
            raise faults[0]
        return parts, faults

    def _shard(self, folder: ShardFolder, number: int, *, writes: bool) -> RemoteShard:
        path = str(folder.path(number))
        options = {
            # Small nodes have a processor or two: what waits for questions must not take one from what reads.
            "num_cpus": 0,
            "max_restarts": -1,
            "max_task_retries": ASKED_AGAIN,
            "scheduling_strategy": "SPREAD",
            "namespace": NAMESPACE,
        }
        if writes:
            options["name"] = f"writer of {path}"  # Ray has one of a name, so a shard has one writer
        try:
            host = self._ray.remote(ShardHost).options(**options).remote(str(folder.folder), number, writes=writes)
        except ValueError as error:
            msg = f"index {folder.folder} is being written through this cluster already"
            raise IndexLockedError(msg, hint="wait until that has finished, or end it, then try again") from error
        return RemoteShard(host, path)

    # ----------------------------------------------------------------- closing

    def close(self) -> None:
        """Leave the cluster; what was started in it for this process ends."""
        if self._joined:
            self._ray.shutdown()
            self._joined = False


def open_corpus(address: str) -> Corpus:
    """
    The corpus at ``ray://HOST:PORT/FOLDER``, for reading; closing it leaves the cluster.

    Raises:
        ConfigError: If that is no such address.
        ClusterError: As for `Cluster.connect`.
        StoredIndexError: As for `Cluster.corpus`.
    """
    head, _, folder = address.removeprefix(SCHEME).partition("/")
    if not folder:
        msg = f"{address} names no folder of shards"
        raise ConfigError(msg, hint=f"write {SCHEME}HOST:PORT/path/to/folder")
    cluster = Cluster.connect(head)
    try:
        return cluster._corpus(f"/{folder}", cluster.close)  # noqa: SLF001 - of this module
    except BaseException:
        cluster.close()
        raise


def _start(part: RemoteShard) -> str | StoredIndexError:
    try:
        return part.start()
    except StoredIndexError as error:
        return error


def _parsed(address: str) -> tuple[str, int]:
    if address.startswith(SCHEME):
        msg = f"{address} is an address of a corpus, or of Ray Client, which is not used"
        raise ConfigError(msg, hint="give HOST:PORT of the head, as ray start --head prints it")
    host, colon, port = address.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65_536):
        msg = f"{address!r} is no address of a cluster"
        raise ConfigError(msg, hint="give HOST:PORT of the head, as ray start --head prints it")
    return host, int(port)


def _knock(host: str, port: int, address: str) -> None:
    """
    See that somebody listens: Ray itself would try for minutes.

    Raises:
        ClusterError: If nobody does.
    """
    try:
        socket.create_connection((host.strip("[]"), port), timeout=_SECONDS_TO_KNOCK).close()
    except OSError as error:
        msg = f"no cluster answers at {address}: {reason_of(error)}"
        hint = "is it running there? ray start --head starts one and prints its address; see also the firewall"
        raise ClusterError(msg, hint=hint, code=NO_ANSWER) from error
