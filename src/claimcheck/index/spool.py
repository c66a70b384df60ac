"""The rows of a long article on their way into an index: in a file, so that memory does not grow with the article."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import IO

from attrs import define, field

from claimcheck.errors import StoredIndexError
from claimcheck.paths import reason_of

from .rows import SentenceRow, sentence_line

#: Bytes that are kept in memory before there is a file.
IN_MEMORY = 8 * 2**20


def _file() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


@define(eq=False)
class Spool:
    """
    Rows of sentences in the order in which they were added; they can be gone through any number of times.

    What does not fit into memory lies in a file without a name, which is gone with the process, however that ends.
    Pickled, a spool takes its rows along; they are in memory as a whole then, as bytes.
    """

    _lines: IO[bytes] = field(factory=_file, init=False)
    _count: int = field(default=0, init=False)

    def append(self, row: SentenceRow, /) -> None:
        """
        Put *row* at the end; not while the rows are gone through.

        Raises:
            StoredIndexError: If there is no room for it.
        """
        self._write(sentence_line(row) + b"\n")
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[SentenceRow]:
        self._lines.seek(0)
        for line in self._lines:
            start, length, terms, marks, rest = json.loads(line)
            yield SentenceRow(start=start, length=length, terms=terms, marks=marks, rest=bytes.fromhex(rest))

    def __getstate__(self) -> tuple[int, bytes]:
        self._lines.seek(0)
        return self._count, self._lines.read()

    def __setstate__(self, state: tuple[int, bytes]) -> None:
        self._count, lines = state
        self._lines = _file()
        self._write(lines)

    def _write(self, lines: bytes) -> None:
        try:
            self._lines.write(lines)
        except OSError as error:
            msg = f"no room for what was read of a long article: {reason_of(error)}"
            hint = "free some space where temporary files are kept, or name another folder in TMPDIR"
            raise StoredIndexError(msg, hint=hint, code="CC-E24") from error
