"""The corpus: the articles that claims are checked against."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self, cast

from claimcheck import documents
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.index import (
    CheckReport,
    Closing,
    DocumentInfo,
    Filters,
    Found,
    Index,
    IndexInfo,
    Query,
    ShardFolder,
    SqliteIndex,
    is_shard_folder,
)
from claimcheck.model import Document, Entity, Reading, Sentence

from . import cache
from .ingest import AddReport, Progress, Reader, Source, gather, ingest
from .schemes import opener, scheme_of


class Corpus(Closing):
    """
    Articles, what was read from them, and the search for sentences that bear on a claim.

    Use `open`, `memory` or `of` to make one; it is a context manager.

    Args:
        index: The store.
        reader: What reads a document, `claimcheck.language.read` when nothing is said.
        faults: Why some articles are missing from it.

    >>> corpus = Corpus.memory()
    >>> corpus.info().documents
    0
    """

    def __init__(self, index: Index, *, reader: Reader | None = None, faults: tuple[ClaimcheckError, ...] = ()) -> None:
        self._index = index
        self._reader = reader
        self._faults = faults

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        timeout: float = 5.0,
        reader: Reader | None = None,
        shards: int | None = None,
    ) -> Self:
        """
        The corpus in the index file *path*, which is made when there is none; or in a folder of shards.

        Args:
            path: The file, ``":memory:"``, or a folder of shards; or an address such as ``ray://HOST:PORT/FOLDER``, for
                a folder of shards on a cluster, which is for reading only.
            read_only: Never write; the file must be there.  A shard that cannot be opened is left out then: `faults`
                says so, and so does every search.
            timeout: Seconds to wait for another process that is writing.
            reader: What reads a document.
            shards: Make a folder of so many shards instead of a file, when there is none; their number cannot change.
        Raises:
            ConfigError: If the folder has another number of shards, or nothing opens such an address.
            IndexFormatError: If the file is not a claimcheck index, or is damaged.
            IndexVersionError: If another version of claimcheck wrote it.
            IndexLockedError: If another process keeps it locked.
            StoredIndexError: If it cannot be opened for another reason.
        """
        if scheme := scheme_of(path):
            if shards is not None or reader is not None:
                msg = f"{os.fspath(path)} is an address, and a corpus there is for reading only"
                raise ConfigError(msg, hint="articles are added with: claimcheck index add --cluster HOST:PORT")
            return cast("Self", opener(scheme)(os.fspath(path)))
        folder = Path(path)
        if shards is not None and not read_only:
            made = ShardFolder.make(folder, shards)
        elif is_shard_folder(folder):
            made = ShardFolder.load(folder)
        else:
            return cls(SqliteIndex.open(path, read_only=read_only, timeout=timeout), reader=reader)
        index, faults = made.open(read_only=read_only, timeout=timeout)
        return cls(index, reader=reader, faults=faults)

    @classmethod
    def memory(cls, *, reader: Reader | None = None) -> Self:
        """An empty corpus that is gone when it is closed."""
        return cls.open(":memory:", reader=reader)

    @classmethod
    def of(
        cls,
        *paths: str | os.PathLike[str],
        jobs: int = 1,
        on_progress: Progress | None = None,
        reader: Reader | None = None,
    ) -> Self:
        """
        The corpus of files and folders, for reading only.

        The index is made on the fly and kept in the user's cache folder (``CLAIMCHECK_CACHE`` names another) by
        the content of the articles, so that the next call is fast.  Articles that cannot be read are left out;
        `faults` says which.

        Args:
            paths: Files and folders.
            jobs: Processes that read.
            on_progress: Called after each document with the numbers done and known of so far, and its id.
            reader: What reads a document.
        Raises:
            ConfigError: If no path is given, or *jobs* is less than 1.
            CorpusError: If a path leads nowhere, or none of the articles can be read.
            EngineError: If the language model cannot be used, or a reading process dies.
            StoredIndexError: If the cache folder cannot be written.
        """
        sources = [source for path in paths for source in gather([Path(path)]) if not isinstance(source, Document)]
        if not sources:
            msg = "a corpus needs at least one file or folder"
            raise ConfigError(msg, hint="name a folder of articles")
        index, faults = cache.cached_index(sources, reader=reader, jobs=jobs, on_progress=on_progress)
        return cls(index, reader=reader, faults=faults)

    @property
    def index(self) -> Index:
        """The store."""
        return self._index

    @property
    def faults(self) -> tuple[ClaimcheckError, ...]:
        """Why some articles of `of`, or shards of a folder of them, are missing; empty for an index file."""
        return self._faults

    # ----------------------------------------------------------------- writing

    def add(
        self,
        *sources: Source,
        jobs: int = 1,
        max_bytes: int = documents.MAX_BYTES,
        on_progress: Progress | None = None,
    ) -> AddReport:
        """
        Add or update articles; those that have not changed are skipped.

        Each is stored, durably, as soon as it has been read: what a Ctrl-C or a crash leaves is complete articles.

        Args:
            sources: Files, folders, or documents.
            jobs: Processes that read; the index is the same for any number.
            max_bytes: Largest article that is read from a file; a file of JSON Lines may have eight times as much.
            on_progress: Called after each document with the numbers done and known of so far, and its id.
        Returns:
            How many were added, updated and unchanged, and why others were left out.
        Raises:
            ConfigError: If *jobs* or *max_bytes* is less than 1.
            CorpusError: If a path leads nowhere or to nothing readable; nothing has been added then.
            EngineError: If the language model cannot be used, or a reading process dies.
            StoredIndexError: If the index cannot be written.
        """
        return ingest(
            self._index,
            gather(sources),
            reader=self._reader,
            jobs=jobs,
            max_bytes=max_bytes,
            on_progress=on_progress,
        )

    def remove(self, *document_ids: str) -> tuple[str, ...]:
        """
        Remove articles.

        Returns:
            The ids among *document_ids* that were there.
        Raises:
            StoredIndexError: If the index cannot be written.
        """
        return tuple(document_id for document_id in document_ids if self._index.delete(document_id))

    # ----------------------------------------------------------------- reading

    def get(self, document_id: str) -> Document | None:
        """The document with that id, if there is one."""
        return self._index.get(document_id)

    def reading(self, document_id: str) -> Reading | None:
        """All that was read from a document, if there is one of that id."""
        return self._index.reading(document_id)

    def sentences(self, document_id: str, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """Sentences of one document by number, in the order of *numbers*; numbers it does not have are left out."""
        return self._index.sentences(document_id, numbers)

    def entities(self, document_id: str) -> tuple[Entity, ...]:
        """Who and what a document names."""
        return self._index.entities(document_id)

    def documents(self) -> Iterator[DocumentInfo]:
        """The articles in the order of their ids, without loading them all."""
        return self._index.documents()

    def info(self) -> IndexInfo:
        """Counts, size and versions."""
        return self._index.info()

    def check(self) -> CheckReport:
        """Prove every span and hash, and the soundness of the file."""
        return self._index.check()

    @property
    def generation(self) -> int:
        """
        Another number whenever an article has come, gone or changed.

        Raises:
            StoredIndexError: If the index cannot be read.
        """
        return self._index.candidates(Query(), 1).generation  # a search goes on without a shard that is missing

    def candidates(self, query: Query, k: int = 20, *, filters: Filters | None = None) -> Found:
        """The *k* sentences that fit *query* best, best first, and what part of the corpus was not searched."""
        return self._index.candidates(query, k, filters=filters)

    # ----------------------------------------------------------------- closing

    def close(self) -> None:
        """Let go of the index; nothing else may be called afterwards."""
        self._index.close()
