"""Standard input, output and error: UTF-8 always, atomic files, quiet when a pipe closes."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, TextIO

from claimcheck.errors import ConfigError
from claimcheck.paths import reason_of
from claimcheck.render.display import visible


class OutputClosedError(Exception):
    """Nobody reads the results any more, as in ``claimcheck ... | head``."""


#: How each standard stream is opened when the caller has closed it: reading input and writing results must fail, as
#: they do with a closed stream, and messages are lost.
_WHEN_CLOSED = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))


def prepare_streams() -> None:
    """Make standard output and error UTF-8 with plain line ends, whatever the locale says; none of them is missing."""
    _replace_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _replace_closed() -> None:
    """
    Put something in the place of the streams that the caller has closed.

    Otherwise the next file that is opened, such as an index, would get the number of one of them.
    """
    for number, (name, flags, mode) in enumerate(_WHEN_CLOSED):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - it stays


def close_quietly() -> None:
    """
    Flush standard output.

    Raises:
        OutputClosedError: If nobody reads it.
    """
    with _output_faults("standard output", sys.stdout):
        sys.stdout.flush()


def standard_input() -> BinaryIO:
    """
    Standard input, for reading bytes.

    Raises:
        ConfigError: If it is closed.
    """
    try:
        os.read(sys.stdin.fileno(), 0)
    except io.UnsupportedOperation:  # a stand-in without a descriptor
        pass
    except OSError as error:
        msg = f"standard input cannot be read: {reason_of(error)}"
        raise ConfigError(msg, hint="give it a file or a pipe: claimcheck ... < FILE") from error
    return sys.stdin.buffer


def say(message: str) -> None:
    """A line to standard error; if that is closed there is nobody to tell."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(message + "\n")
        sys.stderr.flush()


def report_error(code: str, message: str, hint: str = "") -> None:
    """An error on standard error: ``error[CC-E10]: message`` and, in the next line, ``hint: ...``."""
    _report("error", "31", code, message, hint)


def report_warning(code: str, message: str, hint: str = "") -> None:
    """A warning on standard error, shaped like an error."""
    _report("warning", "33", code, message, hint)


def _report(kind: str, color: str, code: str, message: str, hint: str) -> None:
    lead = f"{kind}[{code}]:"
    if wants_color("auto", sys.stderr, os.environ):
        lead = f"\x1b[1;{color}m{lead}\x1b[0m"
    say(f"{lead} {visible(message)}")
    if hint:
        say(f"hint: {visible(hint)}")


def wants_color(choice: str, stream: IO[str], environment: Mapping[str, str]) -> bool:
    """
    Whether to use colour.

    ``always`` and ``never`` decide; else NO_COLOR (set and not empty) turns it off, else FORCE_COLOR or
    CLICOLOR_FORCE turns it on, else it is on for a terminal that is not dumb (see no-color.org, force-color.org).

    Args:
        choice: ``auto``, ``always`` or ``never``.
        stream: Where the text goes.
        environment: Normally `os.environ`.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE"):
        return True
    return is_terminal(stream) and environment.get("TERM") != "dumb"


def is_terminal(stream: IO[str]) -> bool:
    """Whether *stream* is a terminal; a closed one is not."""
    try:
        return stream.isatty()
    except ValueError:
        return False


class Output:
    """
    Where results go: standard output, or a file that appears, whole, when all is done.

    Args:
        path: The file; ``None`` or ``-`` for standard output.
    Raises:
        ConfigError: If the file cannot be written (``CC-E08``).
        OutputClosedError: If nobody reads standard output any more.
    """

    def __init__(self, path: str | None) -> None:
        self._path = None if path in {None, "-"} else Path(os.path.realpath(str(path)))
        self._part: Path | None = None
        self._stream: TextIO = sys.stdout

    def __enter__(self) -> Self:
        if self._path is not None:
            with _output_faults(str(self._path)):
                self._stream = self._opened(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._path is None:
            return
        try:
            with _output_faults(str(self._path), self._stream):
                self._stream.close()
                if self._part is not None and kind is None:
                    self._part.replace(self._path)
        finally:
            if self._part is not None:
                self._part.unlink(missing_ok=True)

    def write(self, text: str) -> None:
        """Write *text*, at once."""
        with _output_faults(str(self._path or "standard output"), self._stream):
            self._stream.write(text)
            self._stream.flush()

    @property
    def is_terminal(self) -> bool:
        """Whether the results go straight to a terminal."""
        return self._path is None and is_terminal(self._stream)

    def _opened(self, path: Path) -> TextIO:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():  # a device or a named pipe
            return path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        stream = part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        self._part = part
        if path.exists():
            shutil.copymode(path, part)
        return stream


@contextlib.contextmanager
def _output_faults(name: str, stream: TextIO | None = None) -> Iterator[None]:
    """Turn a closed pipe into `OutputClosedError`, any other fault of writing into a `ConfigError`."""
    try:
        yield
    except OSError as error:
        # What is still buffered must not fail again when the stream is closed, or flushed at exit.
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            raise OutputClosedError from error
        msg = f"results cannot be written to {name}: {reason_of(error)}"
        raise ConfigError(msg, code="CC-E08", hint="check the path, its permissions and the free space") from error
