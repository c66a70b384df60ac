"""Taking an index of an older version over: its articles are read anew, everything else is kept."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from claimcheck.errors import IndexFormatError, StoredIndexError
from claimcheck.index import SqliteIndex
from claimcheck.index.older import OlderIndex
from claimcheck.index.shards import is_shard_folder

from .ingest import Progress, Reader, reread

#: What is added to the name of a file that is being made, and of the one that was replaced.
_UNFINISHED, _KEPT = ".migrating", ".before-migration"


@frozen(kw_only=True)
class MigrateReport:
    """
    What became of an index.

    Args:
        documents: Articles it holds.
        old_format: The format that it had.
        kept: Where the old file is, "" when it was of today and nothing was done.
    """

    documents: int
    old_format: int
    kept: str


def migrate(
    path: str, *, reader: Reader | None = None, jobs: int = 1, on_progress: Progress | None = None
) -> MigrateReport:
    """
    Make an index that an older version of claimcheck wrote one of today.

    Every article is read anew from its stored text; its id, metadata and digest stay, so that adding the same files
    changes nothing, and so does a newsroom's history.  The new file is made beside the old one and takes its place
    when it is complete and proved; until then, whatever happens, the old one is untouched.

    Args:
        path: The index file.
        reader: What reads a document, `claimcheck.language.read` when nothing is said.
        jobs: Processes that read.
        on_progress: Called after each document.
    Returns:
        How many articles it holds, and where the old file is now.
    Raises:
        DocumentError: If an article cannot be read any more; nothing has changed then.
        IndexLockedError: If another process uses the index.
        StoredIndexError: If it is not there, is damaged, is from a newer version, or the folder cannot be written; or
            if it is a folder of shards, which cannot be taken over.
    """
    if is_shard_folder(Path(path)):
        msg = f"{path} is a folder of shards, which cannot be taken over"
        raise StoredIndexError(
            msg, hint="if it is of an older version, build it anew: claimcheck index add --shards 8 --index FOLDER PATH"
        )
    new, kept = f"{path}{_UNFINISHED}", f"{path}{_KEPT}"
    with OlderIndex(path) as old:
        if old.is_current:
            return MigrateReport(documents=old.count(), old_format=old.format, kept="")
        if Path(kept).exists() and Path(kept).samefile(path):
            Path(kept).unlink()  # a run that was ended just before it took the place
        if Path(kept).exists():
            msg = f"{kept} is in the way: an index was migrated before"
            raise StoredIndexError(msg, hint="move it away or remove it, then try again")
        _remove(new)
        try:
            with SqliteIndex.open(new, durable=False) as index:
                report = reread(
                    index, old.documents(), total=old.count(), reader=reader, jobs=jobs, on_progress=on_progress
                )
                if report.faults:
                    raise report.faults[0]
                index.seal()
            old.copy_rest(new)
            _prove(new, old.count())
            old.replace_by(new, kept=kept)
        finally:
            _remove(new)
        return MigrateReport(documents=report.added, old_format=old.format, kept=kept)


def _prove(path: str, documents: int) -> None:
    """Refuse a new index that is not sound or lacks an article."""
    with SqliteIndex.open(path) as index:
        found = index.check()
        index.seal()
    if not found.ok or found.documents != documents:
        msg = f"the new index has {found.documents} of {documents} documents and {len(found.faults)} faults"
        raise IndexFormatError(msg, hint="the old one is untouched; check the disk, then try again")


def _remove(path: str) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(path + ending).unlink(missing_ok=True)
