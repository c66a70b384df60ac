"""
Who may come in: names, roles and the hashes of tokens, in a TOML file that people can read.

A token is 256 random bits, so that a plain SHA-256 of it cannot be turned back; the token itself is kept nowhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
import re
import secrets
import threading
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from attrs import field, frozen

from claimcheck.errors import TokenFileError
from claimcheck.paths import absent, reason_of

#: What tokens begin with, so that they can be found where they should not be.
PREFIX = "cct_"
#: Longest token that is looked at.
MAX_TOKEN = 200
_NAME = re.compile(r"[^\W_][\w .@+-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")
_HINT = "make entries with: claimcheck serve token NAME --role ROLE --token-file FILE"


class Role(StrEnum):
    """What somebody may do; each role may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Whether this role is *needed* or more."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@frozen(kw_only=True)
class Entry:
    """One token: whose it is, what it allows, and its SHA-256."""

    name: str
    role: Role
    digest: str = field(repr=False)


def digest_of(token: str) -> str:
    """SHA-256 of a token, hexadecimal."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def read_tokens(path: str) -> tuple[Entry, ...]:
    """
    The entries of a token file.

    Raises:
        TokenFileError: If it cannot be read, or an entry is wrong.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"cannot read the token file {path}: {reason_of(error)}"
        raise TokenFileError(msg, hint=_HINT) from error
    except (ValueError, RecursionError) as error:
        msg = f"the token file {path} is not valid: {error}"
        raise TokenFileError(msg, hint=_HINT) from error
    rows = data.get("token", [])
    if not isinstance(rows, list) or set(data) - {"token"}:
        msg = f"the token file {path} holds something else than [[token]] entries"
        raise TokenFileError(msg, hint=_HINT)
    entries = tuple(_entry(row, path, number) for number, row in enumerate(rows, start=1))
    _refuse_twins(entries, path)
    return entries


def _entry(row: object, path: str, number: int) -> Entry:
    found = row if isinstance(row, dict) else {}
    name, role, digest = (str(found.get(key, "")) for key in ("name", "role", "sha256"))
    if _NAME.fullmatch(name) and role in list(Role) and _HASH.fullmatch(digest):
        return Entry(name=name, role=Role(role), digest=digest)
    msg = f"entry {number} of the token file {path} has no proper name, role and sha256"
    raise TokenFileError(msg, hint=_HINT)


def _refuse_twins(entries: Iterable[Entry], path: str) -> None:
    names: set[str] = set()
    for entry in entries:
        if entry.name in names:
            msg = f"the token file {path} has two entries for {entry.name!r}"
            raise TokenFileError(msg, hint="remove one: a name stands for one person in the history")
        names.add(entry.name)


def add_token(path: str, name: str, role: Role) -> str:
    """
    Make a token and append its hash to the file, which is made when there is none, readable by its owner alone.

    Returns:
        The token, which cannot be had again.
    Raises:
        TokenFileError: If the name is taken or no name, or the file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        msg = f"{name!r} is no name for a token"
        raise TokenFileError(msg, hint="letters, digits, spaces and . @ + - are allowed, 64 at most")
    if not absent(path) and any(entry.name == name for entry in read_tokens(path)):
        msg = f"the token file {path} has an entry for {name!r} already"
        raise TokenFileError(msg, hint="remove that entry first, which ends the old token, or take another name")
    token = PREFIX + secrets.token_urlsafe(32)
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    lines = ("[[token]]", f'name = "{name}"', f'role = "{role.value}"', f'sha256 = "{digest_of(token)}"')
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write("\n".join((f"# made on {day}", *lines)) + "\n\n")
    except OSError as error:
        msg = f"cannot write the token file {path}: {reason_of(error)}"
        raise TokenFileError(msg, hint="check that its folder exists and that you may write there") from error
    return token


class Tokens:
    """
    The token file while the server runs: a change to it counts from the next request on.

    Args:
        path: The file.
    Raises:
        TokenFileError: If it cannot be read, or is empty.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = self._state()  # before the file is read: a change in between is seen at the next request
        self._entries = read_tokens(path)
        if not self._entries:
            msg = f"the token file {path} has no entries: nobody could come in"
            raise TokenFileError(msg, hint=_HINT)

    def find(self, token: str) -> Entry | None:
        """The entry of *token*, if it has one; every entry is compared, each in constant time."""
        if not token or len(token) > MAX_TOKEN:
            return None
        wanted = digest_of(token)
        found = None
        for entry in self._current():
            if hmac.compare_digest(entry.digest, wanted):
                found = entry
        return found

    def holds(self, entry: Entry) -> bool:
        """Whether *entry* still stands in the file as it is now."""
        return entry in self._current()

    def _current(self) -> tuple[Entry, ...]:
        with self._lock:
            state = self._state()
            if state != self._seen:
                try:
                    self._entries = read_tokens(self._path)
                except TokenFileError:
                    self._entries = ()  # nobody comes in by a file that cannot be read
                self._seen = state
            return self._entries

    def _state(self) -> tuple[int, int, int]:
        try:
            found = Path(self._path).stat()
        except OSError:
            return 0, 0, 0
        return found.st_ino, found.st_mtime_ns, found.st_size
