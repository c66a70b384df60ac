"""What the server and its processes send each other: plain records, pickled by `multiprocessing`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import field, frozen

from .history import Event

# ---------------------------------------------------------------------- to a process


@frozen(kw_only=True)
class CheckDraft:
    """Check a draft: the bytes of its file, under a name whose suffix says what it is."""

    name: str
    data: bytes = field(repr=False)


@frozen(kw_only=True)
class VerifyClaims:
    """Verify claims, ignoring articles published after *as_of*."""

    claims: tuple[str, ...] = field(repr=False)
    as_of: dt.date | None = None


@frozen(kw_only=True)
class AddDocument:
    """Read an article and store it under *id*."""

    id: str
    data: bytes = field(repr=False)
    media_type: str


Work = CheckDraft | VerifyClaims | AddDocument


@frozen(kw_only=True)
class Begin:
    """Work at something, under a number that the answers carry."""

    number: int
    work: Work


@frozen(kw_only=True)
class Cancel:
    """Leave off."""

    number: int


# -------------------------------------------------------------------- from a process


@frozen(kw_only=True)
class Ready:
    """The process has loaded what it works with; *versions* say what that is."""

    versions: dict[str, Any]


@frozen(kw_only=True)
class Events:
    """Something happened in a check."""

    number: int
    events: tuple[Event, ...]


@frozen(kw_only=True)
class Done:
    """Work has come to its end."""

    number: int
    result: Any = None


@frozen(kw_only=True)
class Report:
    """What a check gives in the end: its last event, its figures, and the report in each format."""

    last: Event
    summary: dict[str, Any]
    exports: dict[str, str] = field(repr=False)


@frozen(kw_only=True)
class Failure:
    """Work that could not be brought to its end."""

    number: int
    code: str
    message: str
    hint: str


Answer = Ready | Events | Done | Failure
