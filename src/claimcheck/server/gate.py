"""
The gate: every request passes it before anything reads it.

It asks, in this order: is it meant for this server (``Host``), who is it from (token or session), does that one ask too
often, does a writing request come from our own page (``Origin``, ``Sec-Fetch-Site``, ``X-CSRF-Token``), and does its
body arrive in time and in size.  It puts the security headers on every answer.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import math
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import SplitResult, urlsplit

from attrs import frozen
from starlette.concurrency import run_in_threadpool

from claimcheck.errors import ClaimcheckError

from .faults import (
    BAD_REQUEST,
    FOREIGN,
    NOT_SIGNED_IN,
    TOO_LARGE,
    TOO_MANY,
    TOO_SLOW,
    error_bytes,
    headers_of,
    refused,
    status_of,
)
from .limits import Rate
from .sessions import LOCAL, Principal, Sessions
from .settings import Settings
from .tokens import Role, Tokens

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

SAFE = frozenset({"GET", "HEAD"})
KNOWN = SAFE | {"POST", "DELETE"}
SESSION_PATH = "/api/v1/session"
#: Bytes of the body of a sign-in.
_SMALL = 4096
#: Bytes and seconds that are taken of a body that nobody will read, so that its sender can read why.
_LEFT_OVER, _LINGER = 1 << 20, 1.0
#: Seconds that a reader may leave an answer untouched before the connection is given up.
_STALLED = 60.0

#: What the page may do: load its own files and talk to this server, nothing else.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_BEARER = {"WWW-Authenticate": "Bearer"}
_ALLOW = {"Allow": "DELETE, GET, POST"}
_HTTPS = (b"strict-transport-security", b"max-age=31536000")

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class Keys:
    """
    Who is let in.

    Args:
        tokens: The token file, ``None`` when everybody on this machine may come in.
        sessions: Of those who signed in on the page.
        local: Who works when there are no tokens.
    """

    tokens: Tokens | None
    sessions: Sessions
    local: Principal

    @classmethod
    def of(cls, tokens: Tokens | None, csrf: str) -> Keys:
        """The keys of a server; *csrf* is what writing requests carry when there are no tokens."""
        return cls(tokens=tokens, sessions=Sessions(), local=Principal(name=LOCAL, role=Role.ADMIN, csrf=csrf))


class Gate:
    """
    The gate in front of *app*.

    Args:
        app: What answers.
        settings: Of the server.
        keys: Who is let in.
        count: Told of each answer: its scope, its status, and its seconds.
        wrong: Told of each wrong token, with the address that it came from; it may refuse to hear of more.
    """

    def __init__(
        self,
        app: App,
        *,
        settings: Settings,
        keys: Keys,
        count: Callable[[Message, int, float], None],
        wrong: Callable[[str], None],
    ) -> None:
        self._app = app
        self._settings = settings
        self._keys = keys
        self._count = count
        self._wrong = wrong
        self._reads = Rate(settings.limits.reads)
        self._works = Rate(settings.limits.works)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _Answer(scope, send, self._settings, self._count)
        is_read = False
        try:
            request = _Request(scope)
            principal = await self._let_in(request)
            scope.setdefault("state", {})["principal"] = principal
            body = await self._body(request, receive)
            is_read = True
            await self._app(scope, _replay(body, receive), answer.send)
        except ClaimcheckError as error:
            if answer.began:
                raise
            await answer.refuse(error, None if is_read else receive)
        except Exception as error:
            if answer.began:
                raise
            _log.exception("a request could not be answered")
            kind = f"something in claimcheck went wrong: {type(error).__name__}"
            await answer.refuse(ClaimcheckError(kind, hint="see the server's log", code="CC-E99"))
        finally:
            answer.count()

    # ------------------------------------------------------------------------ who asks

    async def _let_in(self, request: _Request) -> Principal | None:
        if request.method not in KNOWN:
            message = f"there is no method {request.method[:20]!r} here"
            raise refused(BAD_REQUEST, message, "use GET, POST or DELETE", status=405, headers=_ALLOW)
        if not self._settings.knows_host(request.host_name):
            message = "this request was meant for another host"
            raise refused(FOREIGN, message, "name the address that people use with --public-url", status=421)
        if request.is_ambiguous:
            raise refused(
                BAD_REQUEST,
                "the length of this request is said in two ways",
                "send Content-Length or Transfer-Encoding, not both",
                headers={"Connection": "close"},  # what follows may be part of it
            )
        principal = await self._principal(request)
        who = principal.name if principal is not None and principal.name != LOCAL else f"@{request.address}"
        refuse_faster(self._reads if request.safe else self._works, who)
        if not request.safe:
            self._refuse_foreign(request, principal)
        return principal

    async def _principal(self, request: _Request) -> Principal | None:
        """Who asks, ``None`` for somebody unknown."""
        tokens = self._keys.tokens
        if tokens is None:
            return self._keys.local
        if request.bearer is not None:
            entry = tokens.find(request.bearer)
            if entry is None:
                await run_in_threadpool(self._wrong, request.address)
                raise wrong_token()
            return Principal(name=entry.name, role=entry.role)
        key = request.cookies.get(cookie_name(self._settings))
        return self._keys.sessions.find(key, tokens.holds) if key else None

    def _refuse_foreign(self, request: _Request, principal: Principal | None) -> None:
        """Refuse a writing request that another page made, or nobody we know."""
        if request.site not in {"", "same-origin", "none"} or not self._own(request):
            raise refused(FOREIGN, "this request comes from another site", "use the page of this server, or a token")
        if request.path == SESSION_PATH and request.method == "POST":
            return
        if principal is None:
            raise sign_in_first()
        if principal.csrf and not hmac.compare_digest(principal.csrf.encode(), request.csrf.encode()):
            hint = "send the csrf of GET /api/v1/me in the header X-CSRF-Token"
            raise refused(FOREIGN, "the header X-CSRF-Token is missing or wrong", hint)

    def _own(self, request: _Request) -> bool:
        """Whether the page that made the request, if one did, is ours."""
        origin = request.origin.lower()
        if not origin:
            return True
        parts = _split(origin)
        return origin == self._settings.public_origin or (
            parts.scheme in {"http", "https"} and parts.netloc == request.host.lower()
        )

    # --------------------------------------------------------------------------- bodies

    async def _body(self, request: _Request, receive: Receive) -> bytes:
        """The whole body, which has to come in time and in size."""
        limits = self._settings.limits
        most = _SMALL if request.path == SESSION_PATH else 0 if request.safe else limits.upload
        if request.length > most:
            raise too_large(most)
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(limits.seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        break
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise too_large(most)
                    if not message.get("more_body"):
                        break
        except TimeoutError:
            raise refused(TOO_SLOW, "the request took too long to arrive", "send it again") from None
        return b"".join(parts)


def refuse_faster(rate: Rate, who: str) -> None:
    """
    Count a request of *who*.

    Raises:
        RequestError: If *who* asks more often than *rate* lets (``CC-E77``).
    """
    seconds = rate.take(who)
    if seconds > 0:
        wait = str(math.ceil(seconds))
        hint = f"wait {wait} s, then go on more slowly"
        raise refused(TOO_MANY, "too many requests", hint, headers={"Retry-After": wait})


def wrong_token() -> ClaimcheckError:
    """The error about a token that nobody has."""
    hint = "ask for a new one: claimcheck serve token"
    return refused(NOT_SIGNED_IN, "this token is not known", hint, headers=_BEARER)


def sign_in_first() -> ClaimcheckError:
    """The error for somebody who is not known."""
    hint = "sign in, or send the header Authorization: Bearer TOKEN"
    return refused(NOT_SIGNED_IN, "this needs a token", hint, headers=_BEARER)


def too_large(most: int) -> ClaimcheckError:
    """The error about a body of more than *most* bytes."""
    return refused(TOO_LARGE, f"the body is larger than the {most:,} bytes that are taken", "split it, or leave it out")


def cookie_name(settings: Settings) -> str:
    """The cookie of a session; over https alone the browser itself keeps others from setting it."""
    return "__Host-claimcheck" if settings.https else "claimcheck"


def cookie_header(settings: Settings, value: str) -> str:
    """``Set-Cookie`` for a session; an empty value ends it."""
    age = "" if value else "; Max-Age=0"
    secure = "; Secure" if settings.https else ""
    return f"{cookie_name(settings)}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}"


class _Request:
    """The lines of a request that the gate looks at."""

    def __init__(self, scope: Message) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self._headers: list[tuple[bytes, bytes]] = scope["headers"]
        self.safe = self.method in SAFE
        self.host = self._one("host")
        self.host_name = _split(f"//{self.host}").hostname or "" if _is_host(self.host) else ""
        self.origin = self._one("origin")
        self.site = self._one("sec-fetch-site")
        self.csrf = self._one("x-csrf-token")
        client = scope.get("client")
        self.address: str = client[0] if client else "unknown"
        scheme, _, token = self._one("authorization").partition(" ")
        self.bearer = (token.strip() or None) if scheme.lower() == "bearer" else None
        names = {key for key, _ in self._headers}
        self.is_ambiguous = {b"content-length", b"transfer-encoding"} <= names
        length = self._one("content-length")
        self.length = int(length) if length.isdecimal() and length.isascii() else 0

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies; none when they cannot be read."""
        try:
            return {name: morsel.value for name, morsel in SimpleCookie(self._one("cookie")).items()}
        except CookieError:
            return {}

    def _one(self, name: str) -> str:
        """A header; "" when it is missing, and, because proxies differ over which one counts, when it comes twice."""
        found = [value for key, value in self._headers if key == name.encode()]
        return found[0].decode("latin-1").strip() if len(found) == 1 else ""


def _split(url: str) -> SplitResult:
    """The parts of *url*; none of what is no address, such as one with half a pair of brackets."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _is_host(host: str) -> bool:
    return bool(host) and not set(host) & set("/?#@\\ \t%")


class _Answer:
    """The answer to one request, with the headers that every answer has."""

    def __init__(
        self, scope: Message, send: Send, settings: Settings, count: Callable[[Message, int, float], None]
    ) -> None:
        self._scope = scope
        self._send = send
        self._count = count
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._headers = (*_HEADERS, _HTTPS) if settings.https else _HEADERS
        self._status = 500
        self.began = False

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.began = True
            self._status = message["status"]
            given = list(message.get("headers", ()))
            names = {key.lower() for key, _ in given}
            added = [pair for pair in self._headers if pair[0] not in names]
            if b"content-security-policy" not in names:
                added.append((b"content-security-policy", _POLICY.encode()))
            if b"cache-control" not in names:
                added.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*given, *added]}
        async with asyncio.timeout(_STALLED):
            await self._send(message)

    async def refuse(self, error: ClaimcheckError, unread: Receive | None = None) -> None:
        """Answer with an error; *unread* is where the body of the request still comes from."""
        body = error_bytes(error)
        status = status_of(error)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            *((name.lower().encode(), value.encode()) for name, value in headers_of(error).items()),
        ]
        if self._scope["method"] not in SAFE and not any(name == b"connection" for name, _ in headers):
            headers.append((b"connection", b"close"))  # the rest of the body is not read
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": unread is not None})
        if unread is not None:
            await _drained(unread)
            await self.send({"type": "http.response.body", "body": b""})

    def count(self) -> None:
        """Count the answer."""
        self._count(self._scope, self._status, self._loop.time() - self._start)


async def _drained(receive: Receive) -> None:
    """
    Take what is still on its way of a body that was refused.

    A connection that is closed with bytes unread is reset, and whoever sends them may never see the answer.
    """
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER):
            while size < _LEFT_OVER:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return


def _replay(body: bytes, receive: Receive) -> Receive:
    """A body that was read already, and after it whatever comes: the end of the connection."""
    waiting = [body]

    async def replayed() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replayed
