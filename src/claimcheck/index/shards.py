"""
A folder of shards: an index in several files, which many machines can search at once.

Each shard is the same file as an embedded index, made by the same code; a document lies in the one that the hash of
its id says (`claimcheck.index.parts.part_of`).  A small manifest says how many there are and of which versions, so
that a missing one is noticed and no document is put into the wrong one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn, cast

from attrs import field, frozen, validators

from claimcheck.errors import ConfigError, IndexFormatError, IndexVersionError, StoredIndexError
from claimcheck.paths import reason_of, refusal

from .analysis import ANALYSIS_VERSION
from .parts import PartedIndex
from .protocol import Index
from .schema import FORMAT_VERSION
from .sqlite import SqliteIndex

#: The manifest, and the version of what stands in it.
MANIFEST, MANIFEST_VERSION = "shards.json", 1
#: Shards that one folder may have.
MOST_SHARDS = 1024
#: Code of a shard that is missing, or cannot be reached.
MISSING = "CC-E26"

_PREFIX, _SUFFIX = "shard-", ".claimcheck"


@frozen(kw_only=True)
class ShardFolder:
    """
    A folder of shards.

    Args:
        folder: Where it is.
        shards: How many it has.
    """

    folder: Path
    shards: int = field(validator=[validators.ge(1), validators.le(MOST_SHARDS)])

    @classmethod
    def make(cls, folder: Path, shards: int) -> ShardFolder:
        """
        A new folder of empty shards; one that is there with as many is opened.

        Raises:
            ConfigError: If the number does not make sense, or the folder has another number of shards.
            IndexFormatError: If the folder holds something else.
            StoredIndexError: If it cannot be written.
        """
        if not 1 <= shards <= MOST_SHARDS:
            msg = f"an index can have 1 to {MOST_SHARDS} shards, not {shards}"
            raise ConfigError(msg)
        if reason := refusal(folder / MANIFEST):
            msg = f"cannot make index {folder}: {reason}"
            raise StoredIndexError(msg, hint="name another folder, or check the permissions of those above it")
        if (folder / MANIFEST).exists():
            found = cls.load(folder)
            if found.shards != shards:
                msg = f"index {folder} has {found.shards} shards, not {shards}"
                raise ConfigError(msg, hint="the number cannot change: leave it out, or build the index anew elsewhere")
            return found
        made = cls(folder=folder, shards=shards)
        made._fill()
        return made

    @classmethod
    def load(cls, folder: Path) -> ShardFolder:
        """
        The folder as its manifest describes it.

        Raises:
            IndexFormatError: If it has no manifest, or a damaged one.
            IndexVersionError: If another version of claimcheck made it.
            StoredIndexError: If the manifest cannot be read.
        """
        data = _manifest(folder / MANIFEST)
        versions = (data["format"], data["index_format"], data["analysis"])
        if versions != (MANIFEST_VERSION, FORMAT_VERSION, ANALYSIS_VERSION):
            msg = f"the shards of {folder} were made by another version of claimcheck"
            raise IndexVersionError(msg, hint="build them anew in another folder: claimcheck index add --shards")
        try:
            return cls(folder=folder, shards=data["shards"])
        except (TypeError, ValueError):
            _damaged(folder / MANIFEST, "its number of shards makes no sense")

    def _fill(self) -> None:
        """Make the folder, all shards, and then the manifest, so that a folder with one is complete."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if any(not file.name.startswith((_PREFIX, MANIFEST)) for file in self.folder.iterdir()):
                msg = f"{self.folder} is a folder of something else, not of shards"
                raise IndexFormatError(msg, hint="name a new folder for the index; a folder of articles is a corpus")
            for number in range(self.shards):
                with SqliteIndex.open(self.path(number)) as shard:
                    shard.seal()
            data = {
                "format": MANIFEST_VERSION,
                "shards": self.shards,
                "index_format": FORMAT_VERSION,
                "analysis": ANALYSIS_VERSION,
            }
            unfinished = self.folder / f"{MANIFEST}.unfinished"
            unfinished.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
            unfinished.replace(self.folder / MANIFEST)
        except StoredIndexError:
            raise
        except OSError as error:
            msg = f"cannot make index {self.folder}: {reason_of(error)}"
            raise StoredIndexError(msg, hint="check that you may write there, and the disk's free space") from error

    def path(self, number: int) -> Path:
        """The file of one shard, counted from 0."""
        return self.folder / f"{_PREFIX}{number:04}{_SUFFIX}"

    def open_shard(self, number: int, *, read_only: bool, timeout: float = 5.0) -> SqliteIndex:
        """
        One shard, counted from 0.

        Raises:
            StoredIndexError: If it is missing (``CC-E26``) or cannot be opened; its subclasses say why.
        """
        path = self.path(number)
        if not path.is_file():
            msg = f"shard {number + 1} of {self.shards} is missing: there is no file {path}"
            raise StoredIndexError(msg, hint="restore it from a copy, or build the index anew", code=MISSING)
        return SqliteIndex.open(path, read_only=read_only, timeout=timeout)

    def open(self, *, read_only: bool, timeout: float = 5.0) -> tuple[PartedIndex, tuple[StoredIndexError, ...]]:
        """
        All shards as one index, in this process.

        Args:
            read_only: Never write.  A shard that cannot be opened is then left out: each search names it.
            timeout: Seconds to wait for another process that is writing.
        Returns:
            The index, and why shards are left out.
        Raises:
            StoredIndexError: If none can be opened, or one cannot and is to be written.
        """
        parts: list[Index] = []
        faults: list[StoredIndexError] = []
        try:
            for number in range(self.shards):
                try:
                    parts.append(self.open_shard(number, read_only=read_only, timeout=timeout))
                except StoredIndexError as error:
                    if not read_only:
                        raise
                    faults.append(error)
                    parts.append(absent(str(self.path(number)), error))
        except BaseException:
            for part in parts:
                part.close()
            raise
        if len(faults) == self.shards:
            raise faults[0]
        return PartedIndex(parts, name=str(self.folder)), tuple(faults)


def absent(name: str, error: StoredIndexError) -> Index:
    """What takes the place of a shard that cannot be opened: all that is asked of it ends in *error*."""
    return cast("Index", _Absent(name, error))


class _Absent:
    def __init__(self, name: str, error: StoredIndexError) -> None:
        self.name = name
        self._error = error

    def close(self) -> None:
        """Nothing is open."""

    def __getattr__(self, _name: str) -> Any:
        raise self._error


def is_shard_folder(path: Path) -> bool:
    """Whether *path* is a folder of shards."""
    manifest = path / MANIFEST
    return not refusal(manifest) and manifest.is_file()


def _manifest(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        msg = f"{path.parent} is no index: it has no {path.name}"
        raise IndexFormatError(
            msg, hint="make one with: claimcheck index add --shards 8 --index FOLDER PATH"
        ) from error
    except OSError as error:
        msg = f"cannot read {path}: {reason_of(error)}"
        raise StoredIndexError(msg, hint="check its permissions and the disk") from error
    except ValueError:
        _damaged(path, "it is not JSON")
    if not isinstance(data, dict) or not {"format", "shards", "index_format", "analysis"} <= data.keys():
        _damaged(path, "it does not say what it should")
    return data


def _damaged(path: Path, why: str) -> NoReturn:
    msg = f"{path} is damaged: {why}"
    raise IndexFormatError(msg, hint="restore it from a copy, or build the index anew in another folder")
