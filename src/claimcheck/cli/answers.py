"""A file of results that a long batch is resumed from: what it answers is not asked again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BufferedRandom
from pathlib import Path
from typing import Any

from attrs import field, frozen

from claimcheck.checker.locking import lock
from claimcheck.errors import ConfigError
from claimcheck.model import Claim, Failure, Label
from claimcheck.paths import reason_of
from claimcheck.render.objects import json_line

#: Code of a file of results that cannot be written or is none.
UNUSABLE = "CC-E08"

#: What every line begins with.
_LEAD = b'{"schema_version"'


@frozen(kw_only=True)
class Answers:
    """
    What a file of results holds, open to be added to.

    Args:
        labels: Of the results that were there, ``None`` for a claim that could not be checked.
    """

    labels: tuple[Label | None, ...]
    _stream: BufferedRandom
    _known: frozenset[bytes] = field(repr=False)

    def unanswered(self, items: Iterable[Claim | Failure]) -> Iterator[Claim | Failure]:
        """Those of *items* that the file held no answer to; a claim is known by its id and its text."""
        return (item for item in items if _key(item.id, item.text) not in self._known)

    def append(self, result: Mapping[str, Any]) -> None:
        """
        Write one result, as a line of JSON.

        Of a line that cannot be written as a whole nothing stays.

        Raises:
            ConfigError: If it cannot be written.
        """
        end = self._stream.tell()
        try:
            self._stream.write((json_line(result) + "\n").encode())
            self._stream.flush()
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._stream.fileno(), end)
            self._stream.raw.close()  # what is buffered is not to be tried again
            raise _unusable(self._stream.name, error) from error


@contextmanager
def answers(path: str) -> Iterator[Answers]:
    """
    The file of results at *path*, made when there is none; a last line that was cut short is removed.

    Raises:
        ConfigError: If it cannot be read or written, holds something else, or another process writes to it.
    """
    try:
        stream = Path(path).open("a+b")  # noqa: SIM115 - closed below
    except OSError as error:
        raise _unusable(path, error) from error
    with stream:
        try:
            lock(stream)
        except OSError as error:
            msg = f"another process is writing to the results file {path}"
            raise ConfigError(msg, hint="wait until it has finished, or end it", code=UNUSABLE) from error
        stream.seek(0)
        labels: list[Label | None] = []
        known: set[bytes] = set()
        end = 0
        for number, line in enumerate(stream, start=1):
            if not line.endswith(b"\n") and (line.startswith(_LEAD) or _LEAD.startswith(line)):
                break  # the process was killed as it wrote it
            end += len(line)
            key, label = _line(path, number, line)
            known.add(key)
            labels.append(label)
        stream.truncate(end)
        yield Answers(labels=tuple(labels), stream=stream, known=frozenset(known))


def _line(path: str, number: int, line: bytes) -> tuple[bytes, Label | None]:
    try:
        found = json.loads(line)
        label = None if "error" in found else Label(found["verdict"])
        return _key(found["id"], found["claim"]), label
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        msg = f"{path}, line {number}: not a result of verify"
        raise ConfigError(msg, hint="name another file for --results, or a new one", code=UNUSABLE) from error


def _key(identifier: str, text: str) -> bytes:
    """Few bytes for each claim: there can be a million."""
    # As `json_line` writes it: halves of surrogate pairs come back as they were.
    return hashlib.blake2b(json.dumps([identifier, text]).encode(), digest_size=16).digest()


def _unusable(path: str, error: OSError) -> ConfigError:
    msg = f"the results file {path} cannot be used: {reason_of(error)}"
    return ConfigError(msg, hint="check the path, its permissions and the disk's free space", code=UNUSABLE)
