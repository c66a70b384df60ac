"""
Indexes made on the fly, kept in the user's cache folder by what they were made from.

The key covers the articles' bytes and everything that decides what is read from them: the code, the language model
and the versions of the index.  Articles of the same names and bytes have the same key wherever they lie.  A file
in the cache is complete (it is made under another name and renamed), and never changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import claimcheck
from claimcheck import documents
from claimcheck.documents import SourceFile
from claimcheck.errors import (
    ClaimcheckError,
    CorpusError,
    DocumentError,
    DuplicateIdError,
    IndexFormatError,
    IndexVersionError,
    StoredIndexError,
)
from claimcheck.index import ANALYSIS_VERSION, FORMAT_VERSION, SqliteIndex
from claimcheck.paths import reason_of, refusal

from . import versions
from .ingest import Progress, Reader, ingest
from .results import DAYS_KEPT, FILE, SECONDS_A_DAY

#: Environment variable that names another cache folder, or says that nothing is to be kept.
CACHE_VARIABLE, OFF = "CLAIMCHECK_CACHE", "off"
#: Days after which a file that was never finished is removed.
DAYS_UNFINISHED = 1

#: Rooms whose code and data decide what an index holds.
_ROOMS = ("documents", "language", "index")
#: How often articles are read that change meanwhile.
_TIMES_TO_READ = 3
_SUFFIX, _UNFINISHED = ".claimcheck", ".unfinished"


def cache_folder() -> Path | None:
    """The folder of what is kept: ``$CLAIMCHECK_CACHE``, else the user's own; ``None`` when that is ``off``."""
    named = os.environ.get(CACHE_VARIABLE)
    if named == OFF:
        return None
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - not needed to check claims against an index

    return platformdirs.user_cache_path("claimcheck", appauthor=False)


def cached_index(
    sources: list[SourceFile], *, reader: Reader | None, jobs: int, on_progress: Progress | None
) -> tuple[SqliteIndex, tuple[ClaimcheckError, ...]]:
    """
    The index of *sources*: opened when it is in the cache, else made.

    Returns:
        The index, for reading only, and the faults of the articles that are not in it.
    Raises:
        CorpusError: If none of the articles can be read.
        StoredIndexError: If the cache folder cannot be written.
    """
    folder = cache_folder()
    if folder is None:
        index = SqliteIndex.open(":memory:")
        return index, _fill(index, sources, reader=reader, jobs=jobs, on_progress=on_progress)
    for _ in range(_TIMES_TO_READ):
        key = _key(sources, reader)
        path = folder / f"{key}{_SUFFIX}"
        if reason := refusal(path):
            raise _unusable(folder, reason)
        if path.is_file():
            with suppress(IndexFormatError, IndexVersionError):  # damaged: made again below
                index = SqliteIndex.open(path, read_only=True)
                with suppress(OSError):
                    os.utime(path)  # used today
                return index, _load_faults(path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _prune(folder)
            made = _make(path, key, sources, reader=reader, jobs=jobs, on_progress=on_progress)
        except StoredIndexError:
            raise
        except OSError as error:
            raise _unusable(folder, reason_of(error)) from error
        if made:
            return SqliteIndex.open(path, read_only=True), _load_faults(path)
    msg = "the articles changed while they were read, again and again"
    raise CorpusError(msg, hint="try again when nobody writes to them, or keep an index of them: claimcheck index add")


def _unusable(folder: Path, reason: str) -> StoredIndexError:
    msg = f"cannot keep an index in {folder}: {reason}"
    return StoredIndexError(msg, hint=f"name a folder you may write to in {CACHE_VARIABLE}, or set it to {OFF}")


def _make(
    path: Path, key: str, sources: list[SourceFile], *, reader: Reader | None, jobs: int, on_progress: Progress | None
) -> bool:
    """Make the index under another name, then rename it, unless the articles are no longer those of *key*."""
    handle, name = tempfile.mkstemp(prefix=f"{path.stem}.", suffix=_UNFINISHED, dir=path.parent)
    os.close(handle)
    try:
        with SqliteIndex.open(name, durable=False) as index:
            faults = _fill(index, sources, reader=reader, jobs=jobs, on_progress=on_progress)
            index.seal()
        if _key(sources, reader) != key:
            return False
        _save_faults(path, faults)
        Path(name).replace(path)
        return True
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(name + ending).unlink(missing_ok=True)


def _fill(
    index: SqliteIndex, sources: list[SourceFile], *, reader: Reader | None, jobs: int, on_progress: Progress | None
) -> tuple[ClaimcheckError, ...]:
    """
    Read the articles into *index*, and say which could not be read and why.

    Raises:
        CorpusError: If none of them can be read.
    """
    report = ingest(index, sources, reader=reader, jobs=jobs, on_progress=on_progress)
    if report.added == 0:
        first = report.faults[0] if report.faults else None
        msg = f"none of the {len(sources)} articles can be read" + (f"; the first: {first}" if first else "")
        raise CorpusError(msg, hint=first.hint if first else "")
    return report.faults


# ---------------------------------------------------------------------------------- key


def _key(sources: Iterable[SourceFile], reader: Reader | None) -> str:
    """SHA-256 of everything that decides what the index holds."""
    total = hashlib.sha256()
    for part in _versions(reader):
        total.update(f"{part}\0".encode())
    for source in sources:
        try:
            digest = documents.digest(source)
        except DocumentError:
            digest = "unreadable"
        total.update(json.dumps([source.id, source.size, digest]).encode())
    return total.hexdigest()


def _versions(reader: Reader | None) -> Iterator[str]:
    yield claimcheck.__version__
    yield f"{FORMAT_VERSION}/{ANALYSIS_VERSION}"
    if reader is None:
        yield " ".join(versions.language_model()).rstrip()
    else:
        yield f"{reader.__module__}.{getattr(reader, '__qualname__', type(reader).__qualname__)}"
    yield versions.code(*_ROOMS)


# ------------------------------------------------------------------------------- faults


def _faults_path(path: Path) -> Path:
    return path.with_suffix(".faults.json")


def _save_faults(path: Path, faults: Iterable[ClaimcheckError]) -> None:
    """Keep the faults beside the index, so that they are reported whenever it is used."""
    data = [{"code": fault.error_code, "message": fault.message, "hint": fault.hint} for fault in faults]
    file = _faults_path(path)
    if data:
        handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(data, stream)
        Path(name).replace(file)
    else:
        file.unlink(missing_ok=True)


def _load_faults(path: Path) -> tuple[ClaimcheckError, ...]:
    try:
        data = json.loads(_faults_path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    kinds = {DuplicateIdError.code: DuplicateIdError}
    return tuple(
        kinds.get(fault["code"], DocumentError)(fault["message"], hint=fault["hint"], code=fault["code"])
        for fault in data
    )


def _prune(folder: Path) -> None:
    """Remove indexes that were not used for long, or on a day that has not come yet, and what was never finished."""
    now = time.time()
    for file in folder.iterdir():
        days = DAYS_UNFINISHED if _UNFINISHED in file.name else DAYS_KEPT
        ours = _UNFINISHED in file.name or file.name == FILE or file.name.endswith((_SUFFIX, ".faults.json"))
        with suppress(OSError):
            if ours and abs(now - file.stat().st_mtime) > days * SECONDS_A_DAY:
                file.unlink()
