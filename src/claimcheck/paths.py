"""Paths that the system refuses, and why."""

from __future__ import annotations

import os

_NOTHING_THERE = (FileNotFoundError, NotADirectoryError)


def refusal(path: str | os.PathLike[str]) -> str:
    """
    Why the system refuses to look at *path*, ``""`` when it does not: a name that is too long or holds a NUL, a folder
    on the way that may not be entered, links that go round in a circle.

    That nothing is there is no reason.

    >>> refusal("a" * 4096) != "", refusal("there is no such file")
    (True, '')
    """
    error = _fault(path)
    return "" if error is None or isinstance(error, _NOTHING_THERE) else reason_of(error)


def absent(path: str | os.PathLike[str]) -> bool:
    """
    Whether nothing is at *path*; what the system refuses may be there.

    >>> absent("there is no such file"), absent(".")
    (True, False)
    """
    return isinstance(_fault(path), _NOTHING_THERE)


def reason_of(error: OSError | ValueError) -> str:
    """Why the system refused a path, lower-case; a name that it cannot even be asked for is a `ValueError`."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _fault(path: str | os.PathLike[str]) -> OSError | ValueError | None:
    """What the system says when it is asked to look at *path*."""
    try:
        os.stat(path)  # noqa: PTH116 - it takes what `Path` would refuse
    except (OSError, ValueError) as error:
        return error
    return None
