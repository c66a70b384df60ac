"""What all routes work with, and who may use them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources
from typing import Annotated, Any

from attrs import define, field
from fastapi import Depends, Query, Request, Response, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from claimcheck.render.objects import json_line

from .articles import Articles
from .database import Database
from .faults import NOT_ALLOWED, refused
from .gate import Keys, refuse_faster, sign_in_first
from .history import History
from .hub import Hub
from .limits import Rate, Slots
from .metrics import Metrics
from .sessions import Principal
from .settings import Settings
from .shapes import ErrorBody
from .tokens import Role
from .workers import Workers


@define(kw_only=True, eq=False)
class Newsroom:
    """The parts of a server; ``adding`` holds the names of the articles that are being added."""

    settings: Settings
    keys: Keys
    database: Database
    history: History
    articles: Articles
    workers: Workers
    metrics: Metrics
    streams: Slots
    guesses: Rate
    hub: Hub | None = None
    adding: set[str] = field(factory=set)

    def wrong_token(self, address: str) -> None:
        """
        Write into the audit log that somebody tried a wrong token.

        Raises:
            RequestError: If that comes too often from this address; it is not logged any more then.
        """
        refuse_faster(self.guesses, address)
        self.history.log(Principal(name="", role=Role.READER), "wrong token", address, {})

    def stop(self) -> None:
        """End the work: what is under way is kept as cut short, and every stream is told."""
        if self.hub is None or self.hub.closed:
            return
        for check in self.history.cut_short("the server was stopped before the check was done"):
            self.hub.tell(check)
        self.hub.close()


def newsroom_of(request: Request) -> Newsroom:
    """The newsroom that a request is for."""
    room: Newsroom = request.app.state.newsroom
    return room


Room = Annotated[Newsroom, Depends(newsroom_of)]

_bearer = HTTPBearer(auto_error=False, description="A token, as `claimcheck serve token` made it.")
_cookie = APIKeyCookie(
    name="claimcheck", auto_error=False, description="The session of the page; writing needs X-CSRF-Token too."
)


_Bearer = Annotated[Any, Security(_bearer)]  # for the OpenAPI document: the gate has looked at them already
_Cookie = Annotated[Any, Security(_cookie)]


def _needs(role: Role) -> Callable[..., Principal]:
    def principal(request: Request, _b: _Bearer, _c: _Cookie) -> Principal:
        found: Principal | None = request.state.principal
        if found is None:
            raise sign_in_first()
        if not found.role.may(role):
            hint = f"this needs the role {role.value}; yours is {found.role.value}"
            raise refused(NOT_ALLOWED, "you may not do this", hint)
        return found

    return principal


Reader = Annotated[Principal, Depends(_needs(Role.READER))]
Editor = Annotated[Principal, Depends(_needs(Role.EDITOR))]
Admin = Annotated[Principal, Depends(_needs(Role.ADMIN))]

Limit = Annotated[int, Query(ge=1, le=200, description="Most entries of the page.")]
Before = Annotated[int | None, Query(ge=0, le=2**63 - 1, description="The `next` of the page before.")]

_MEANINGS = {
    400: "The request cannot be read, or lacks something.",
    401: "A token is needed, or the one that was sent is not known.",
    403: "The role is not enough, or the request comes from another site or without X-CSRF-Token.",
    404: "There is nothing of that id.",
    405: "There is no such method here.",
    408: "The request took too long to arrive.",
    409: "It cannot be done as things are.",
    413: "The body is too large.",
    415: "A body or file of this kind is not taken.",
    421: "The request was meant for another host.",
    422: "What was sent makes no sense; the error says why.",
    429: "Too many requests; Retry-After says how long to wait.",
    500: "A fault of the server.",
    503: "The server is busy, starting or stopping.",
    504: "The work took longer than it may.",
}
#: What every route can refuse with.
_ALWAYS = (400, 408, 413, 421, 422, 429, 500, 503)


def errors(*more: int) -> dict[int | str, dict[str, Any]]:
    """The documentation of the errors of a route: those of every route, and *more*."""
    return {status: {"model": ErrorBody, "description": _MEANINGS[status]} for status in sorted({*_ALWAYS, *more})}


def json_answer(value: Mapping[str, Any]) -> Response:
    """An answer of what the database gave, whose shape is known: it is not checked a second time."""
    return Response(json_line(value), media_type="application/json")


def page_files() -> dict[str, bytes]:
    """The files of the page by name: what is not among them cannot be asked for."""
    folder = resources.files(__package__) / "page"
    if not folder.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
