"""Opening the socket and running the server, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from claimcheck.errors import ServerError
from claimcheck.paths import reason_of

from .app import application, open_newsroom
from .newsroom import Newsroom
from .settings import Settings, is_loopback

#: Seconds that a connection may take to send the head of a request, and that it may stay open between two.
HEAD_SECONDS, IDLE_SECONDS = 15.0, 20
#: Seconds that answers under way are given when the server stops.
_GRACE = 10
#: Connections that wait to be taken.
_BACKLOG = 512
#: Bytes of the head of a request.
_HEAD = 32 * 1024


def run(settings: Settings, *, announce: Callable[[str], None]) -> int:
    """
    Serve until SIGTERM or Ctrl-C.

    Args:
        settings: What, where and to whom.
        announce: Told the address once it is bound; a public one may differ.
    Returns:
        0, after a stop that left nothing half done.
    Raises:
        ServerError: If it may not or cannot bind the address.
        StoredIndexError: If the index cannot be used.
        TokenFileError: If the token file cannot be used.
    """
    refuse_open_door(settings)
    bound = _bound(settings.host, settings.port)
    with bound:
        room = open_newsroom(settings)
        host, port = bound.getsockname()[:2]
        config = uvicorn.Config(
            application(room),
            http=_Protocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=bool(settings.proxy),
            forwarded_allow_ips=settings.proxy or None,
            limit_concurrency=settings.limits.connections,
            backlog=_BACKLOG,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=_GRACE,
            h11_max_incomplete_event_size=_HEAD,
        )
        server = _Server(config, room)
        shown = f"[{host}]" if ":" in host else host
        announce(f"http://{shown}:{port}")
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        server.run(sockets=[bound])
    return 0


def refuse_open_door(settings: Settings) -> None:
    """
    Refuse an address that others can reach when anybody may come in.

    Raises:
        ServerError: If it is such a one (``CC-E61``).
    """
    if settings.token_file is None and not is_loopback(settings.host):
        msg = f"{settings.host} can be reached from other machines, and no tokens are asked for"
        hint = "name a file of tokens with --token-file (make one: claimcheck serve token NAME --role ROLE)"
        raise ServerError(msg, hint=hint, code="CC-E61")


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        made = socket.socket(family, kind)
    except OSError as error:
        raise _unbindable(host, port, error) from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)  # who comes before all is loaded waits
    except OSError as error:
        made.close()
        raise _unbindable(host, port, error) from error
    return made


def _unbindable(host: str, port: int, error: OSError) -> ServerError:
    msg = f"cannot serve at {host}, port {port}: {reason_of(error)}"
    return ServerError(msg, hint="name another with --host and --port; port 0 is any that is free", code="CC-E62")


class _Server(uvicorn.Server):
    """uvicorn's server, whose stop ends the work first and leaves an exit status of its own."""

    def __init__(self, config: uvicorn.Config, room: Newsroom) -> None:
        super().__init__(config)
        self._room = room

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End checks and streams, then the connections."""
        await asyncio.to_thread(self._room.stop)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGTERM and Ctrl-C, which are not raised again afterwards."""
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


class _Protocol(H11Protocol):
    """uvicorn's protocol, which also gives up on a connection that does not send the head of a request."""

    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a head, once it has begun."""
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        super().data_received(data)

    def handle_events(self) -> None:
        """Stop waiting when there is a head."""
        super().handle_events()
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._head is None:
            self._head = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
