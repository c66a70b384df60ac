"""What runs on the machines of a cluster: hosts of shards, verifiers of claims, readers of articles."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import frozen

import claimcheck
from claimcheck.checker import Checker, Corpus, versions
from claimcheck.checker.ingest import Item, Reader, read_item
from claimcheck.errors import ClusterError, StoredIndexError
from claimcheck.index import ShardFolder, SqliteIndex
from claimcheck.model import Claim, Document, Entity, Failure, Sentence, Verdict

from .remote import ClusterIndex, RemoteShard
from .settings import Settings

#: Rooms whose code and data decide what is read, found and judged, and how machines talk about it.
_ROOMS = ("model", "documents", "language", "index", "entailment", "matching", "checker", "cluster")


#: Code of machines that have different versions installed.
OTHER_BUILD = "CC-E83"


@functools.cache
def build() -> str:
    """What is installed here: machines of which this differs would give different verdicts on the same claim."""
    model = " ".join(versions.language_model()).rstrip()
    return f"claimcheck {claimcheck.__version__} ({versions.code(*_ROOMS)[:12]}), {model}"


def require_build(found: str, expected: str) -> None:
    """
    Refuse to work beside machines that have something else installed.

    Raises:
        ClusterError: If *found* is not what is *expected*.
    """
    if found != expected:
        msg = f"machines of the cluster differ: one has {found}, another {expected}"
        raise ClusterError(msg, hint="install the same version of claimcheck on all of them", code=OTHER_BUILD)


@frozen(kw_only=True)
class Loaded:
    """What a checker needs of a document: the record, whom it names, and some of its sentences by number."""

    document: Document
    entities: tuple[Entity, ...]
    sentences: Mapping[int, Sentence]


class ShardHost:
    """
    One shard of an index.

    Args:
        folder: The folder of shards.
        number: Of the shard, counted from 0.
        writes: Whether this is the one that writes to it; else it opens the file for reading only.
    """

    def __init__(self, folder: str, number: int, *, writes: bool = False) -> None:
        self._folder = folder
        self._number = number
        self._writes = writes
        self._index: SqliteIndex | None = None

    def start(self) -> str:
        """
        Open the shard, and say what is installed here.

        Raises:
            StoredIndexError: If the shard is missing or cannot be used.
        """
        self._opened()
        return build()

    def call(self, name: str, *arguments: Any) -> Any:
        """
        What a method or property of `claimcheck.index.Index` gives, in full where that is an iterator.

        Raises:
            StoredIndexError: If the shard is missing or cannot be used.
        """
        found = getattr(self._opened(), name)
        result = found(*arguments) if callable(found) else found
        return list(result) if name == "documents" else result

    def load(self, wanted: Mapping[str, Sequence[int]]) -> dict[str, Loaded]:
        """
        Several documents at once, each with the sentences of these numbers; those that are not there are left out.

        Raises:
            StoredIndexError: If the shard is missing or cannot be used.
        """
        index = self._opened()
        loaded = {}
        for identifier, numbers in wanted.items():
            document = index.get(identifier)
            if document is not None:
                sentences = {sentence.index: sentence for sentence in index.sentences(identifier, numbers)}
                entities = index.entities(identifier)
                loaded[identifier] = Loaded(document=document, entities=entities, sentences=sentences)
        return loaded

    def finish(self) -> None:
        """Make the file complete in itself, unless somebody is reading it just now: then its log stays beside it."""
        if self._index is not None:
            with suppress(StoredIndexError):
                self._index.seal()
            self._index.close()
            self._index = None

    def _opened(self) -> SqliteIndex:
        if self._index is None:
            folder = ShardFolder.load(Path(self._folder))
            self._index = folder.open_shard(self._number, read_only=not self._writes)
        return self._index


@frozen(kw_only=True)
class Brief:
    """
    What a verifier needs to know.

    Args:
        shards: What is searched, in the order of their numbers.
        settings: How claims are checked.
        expected: What must be installed where it is done.
    """

    shards: tuple[RemoteShard, ...]
    settings: Settings
    expected: str


class Verifier:
    """A checker with its model, over shards that are elsewhere; it is made of the first brief that comes."""

    def __init__(self) -> None:
        self._checker: Checker | None = None

    def verify(self, claims: Sequence[Claim], brief: Brief) -> list[Verdict | Failure]:
        """
        Verify *claims*, in order; one that cannot be read gives a `Failure` in its place.

        Raises:
            ClusterError: If something else is installed here than is expected.
            ConfigError: If there is no such model.
            EngineError: If the model is missing or damaged.
        """
        if self._checker is None:
            require_build(build(), brief.expected)
            self._checker = brief.settings.checker(Corpus(ClusterIndex(brief.shards)))
        return list(self._checker.verify_many(claims))


def read_article(item: Item, reader: Reader | None, expected: str) -> Item:
    """
    *item* made ready to be stored, or with the fault that stopped it.

    Raises:
        ClusterError: If something else than what is *expected* is installed here.
        EngineError: If the language model cannot be used.
    """
    require_build(build(), expected)
    return read_item(item, reader)
