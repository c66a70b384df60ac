"""A lock for files that are read, changed and written anew as a whole."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claimcheck.errors import ConfigError
from claimcheck.paths import reason_of

#: Seconds to wait for others, and between two looks.
PATIENCE, PAUSE = 30.0, 0.02


@contextmanager
def only_writer(path: str | os.PathLike[str]) -> Iterator[None]:
    """
    Let no other process that asks the same change the file *path* meanwhile.

    The folder of the file is locked (``flock``), not the file, which another one replaces; so nothing is left behind,
    and the lock is gone with the process, however that ends.  A folder that is not there is not locked.

    Args:
        path: The file, which need not be there.
    Raises:
        ConfigError: If another process holds the lock for more than `PATIENCE` seconds, or there is no locking there.
    """
    try:
        folder = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
    except OSError:  # reading or writing the file says why
        yield
        return
    try:
        _wait_for(lambda: lock(folder), os.fspath(path))
        yield
    finally:
        os.close(folder)


def lock(file: int | IO[bytes]) -> None:
    """
    Keep an open file or folder from all others that ask for it, until it is closed; does not wait.

    A system without ``flock`` keeps nobody out.

    Raises:
        BlockingIOError: If another process holds it.
        OSError: If it cannot be locked.
    """
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _wait_for(take: Callable[[], None], name: str) -> None:
    """Try to *take* the lock of the file *name* until that works."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            take()
        except BlockingIOError as error:
            if time.monotonic() > until:
                msg = f"{name} is being changed by another process"
                raise ConfigError(msg, hint="wait until it has finished, then try again", code="CC-E08") from error
            time.sleep(PAUSE)
        except OSError as error:
            msg = f"{name} cannot be changed safely: its folder cannot be locked: {reason_of(error)}"
            raise ConfigError(msg, hint="keep it on a local disk", code="CC-E08") from error
        else:
            return
