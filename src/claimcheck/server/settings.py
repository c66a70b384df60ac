"""What the server is told on the command line, and what follows from it."""

from __future__ import annotations

import datetime as dt
import ipaddress
from urllib.parse import urlsplit

from attrs import frozen

from claimcheck.checker.pairs import Method
from claimcheck.errors import ConfigError

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8765
_LOCAL = "localhost"


@frozen(kw_only=True)
class Limits:
    """
    What one user, one request and one draft may take.

    Args:
        upload: Bytes of a request's body.
        text: Code points of a draft's text.
        claims: Claims of one request to verify.
        seconds: For a request to arrive and be answered; streams of events are not counted.
        check_seconds: For one check.
        silence: Seconds that one step of a check may take before its process is ended.
        reads: Requests a minute, of one user or address.
        works: Checks, verifications and uploads a minute, of one user or address.
        guesses: Wrong tokens a minute and address.
        checks: Checks under way and waiting, of all users.
        streams: Streams of events of one user or address at a time.
        connections: Connections of all users at a time.
    """

    upload: int = 2 * 1024 * 1024
    text: int = 400_000
    claims: int = 50
    seconds: float = 60.0
    check_seconds: float = 900.0
    silence: float = 90.0
    reads: int = 3000
    works: int = 60
    guesses: int = 10
    checks: int = 50
    streams: int = 50
    connections: int = 600


@frozen(kw_only=True)
class Settings:
    """
    What is served, where, and to whom.

    Args:
        index: The index file, which also keeps the history.
        documents_fixed: Why documents cannot be added or removed here, "" when they can.
        host: The address to bind.
        port: Its port; 0 is any that is free.
        token_file: Who may come in, ``None`` when it is open to everybody on this machine.
        public_url: Where people reach it, when that is not the address it is bound to.
        proxy: Address of a reverse proxy whose ``X-Forwarded-For`` is believed.
        workers: Processes that check.
        as_of: Ignore articles published after this day.
        method: What judges.
        entailment: The entailment model.
        min_confidence: Abstain below it.
        limits: What one may take.
    """

    index: str
    documents_fixed: str = ""
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    token_file: str | None = None
    public_url: str = ""
    proxy: str = ""
    workers: int = 1
    as_of: dt.date | None = None
    method: Method = Method.BOTH
    entailment: str | None = "default"
    min_confidence: float = 0.0
    limits: Limits = Limits()

    @property
    def public_origin(self) -> str:
        """Scheme, host and port of the public address, lower-case, "" when there is none."""
        parts = urlsplit(self.public_url.lower())
        return f"{parts.scheme}://{parts.netloc}" if self.public_url else ""

    @property
    def https(self) -> bool:
        """Whether people reach it by https alone."""
        return self.public_origin.startswith("https://")

    def knows_host(self, name: str) -> bool:
        """
        Whether the server goes by the host *name*, given without a port.

        An address in figures cannot be rebound to another one; a name can, so only known names are answered.
        """
        name = name.lower().rstrip(".")
        return is_address(name) or name in {_LOCAL, self.host.lower(), urlsplit(self.public_origin).hostname}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach *host*."""
    return host.lower() == _LOCAL or (is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def is_address(host: str) -> bool:
    """Whether *host* is an address in figures, in brackets or not."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def checked_url(url: str) -> str:
    """
    *url* as a public address.

    Raises:
        ConfigError: If it is none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        msg = f"{url!r} is no public address"
        raise ConfigError(msg, hint="write it as https://check.example.org, without a path")
    return url.rstrip("/")
