"""Paths that the system refuses, and why."""

from __future__ import annotations

import os


def refusal(path: str | os.PathLike[str]) -> str:
    """
    Why the system refuses to look at *path*, ``""`` when it does not: a name that is too long or holds a NUL, a folder
    on the way that may not be entered, links that go round in a circle.

    That nothing is there is no reason.

    >>> refusal("a" * 4096) != "", refusal("there is no such file")
    (True, '')
    """
    try:
        os.stat(path)  # noqa: PTH116 - it takes what `Path` would refuse
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:
        return reason_of(error)
    return ""


def reason_of(error: OSError | ValueError) -> str:
    """Why the system refused a path, lower-case; a name that it cannot even be asked for is a `ValueError`."""
    return (getattr(error, "strerror", None) or str(error)).lower()
