"""Who is asking: principals, and the sessions of those who signed in on the page."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from attrs import define, frozen

from .tokens import Entry, Role

#: Seconds without a request, and since the sign-in, after which a session is over.
IDLE, LONGEST = 12 * 3600.0, 7 * 86_400.0
#: Sessions that are kept; the one unused for longest goes first.
MOST = 10_000
#: Who works where no tokens are asked for.
LOCAL = "local"


@frozen(kw_only=True)
class Principal:
    """
    Somebody who was let in.

    Args:
        name: As in the token file; `LOCAL` where no tokens are asked for.
        role: What they may do.
        csrf: What a writing request has to carry in ``X-CSRF-Token``, "" for those who send their token each time.
    """

    name: str
    role: Role
    csrf: str = ""


@define
class _Session:
    entry: Entry
    csrf: str
    began: float
    used: float


class Sessions:
    """
    Sessions, by the SHA-256 of a random key that only the browser's cookie has.

    They are in memory alone: who signed in before a restart signs in again.

    Args:
        clock: Seconds, for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, entry: Entry) -> tuple[str, Principal]:
        """A new session: the cookie's value, and who it stands for."""
        key, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._sessions[_name(key)] = _Session(entry=entry, csrf=csrf, began=now, used=now)
            while len(self._sessions) > MOST:
                self._sessions.popitem(last=False)
        return key, Principal(name=entry.name, role=entry.role, csrf=csrf)

    def find(self, key: str, holds: Callable[[Entry], bool]) -> Principal | None:
        """
        Who a cookie's value stands for.

        Args:
            key: The value.
            holds: Says whether an entry of the token file still stands; a session ends with it.
        """
        name, now = _name(key), self._clock()
        with self._lock:
            session = self._sessions.get(name)
            if session is None:
                return None
            if now - session.used > IDLE or now - session.began > LONGEST or not holds(session.entry):
                del self._sessions[name]
                return None
            session.used = now
            self._sessions.move_to_end(name)
            return Principal(name=session.entry.name, role=session.entry.role, csrf=session.csrf)

    def end(self, key: str) -> None:
        """Forget a session."""
        with self._lock:
            self._sessions.pop(_name(key), None)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
