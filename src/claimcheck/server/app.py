"""The application: its parts put together, its errors in one shape."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

import claimcheck
from claimcheck.errors import ClaimcheckError

from . import routes_checks, routes_documents, routes_rest, routes_session
from .articles import Articles
from .database import Database
from .faults import BAD_REQUEST, NOT_FOUND, error_object, headers_of, refused, status_of
from .gate import Gate, Keys
from .history import History
from .hub import Hub
from .limits import Rate, Slots
from .metrics import Metrics
from .newsroom import Newsroom
from .process import Tools
from .settings import Settings
from .tokens import Tokens
from .workers import Workers

_ABOUT = """\
Checks claims and drafts against a newsroom's own articles, with exact evidence.

Send a token as `Authorization: Bearer TOKEN`. Offsets are code points, half-open. Errors are
`{"error": {"code", "message", "hint"}}`; the codes are those of the command line.
"""


def open_newsroom(settings: Settings) -> Newsroom:
    """
    The parts of a server, its processes not yet started; checks that an earlier run left open are ended.

    Raises:
        StoredIndexError: If the index cannot be opened and written.
        TokenFileError: If the token file cannot be used.
    """
    tokens = Tokens(settings.token_file) if settings.token_file else None
    database = Database(settings.index)
    history = History(database)
    history.cut_short("the server stopped before the check was done")
    articles = Articles(database)
    limits = settings.limits
    tools = Tools(
        index=settings.index,
        as_of=settings.as_of,
        method=settings.method,
        entailment=settings.entailment,
        min_confidence=settings.min_confidence,
        most_text=limits.text,
    )
    workers = Workers(tools, count=settings.workers, silence=limits.silence, most=limits.checks)
    metrics = Metrics()
    metrics.watch("work", "Checks and questions under way and waiting.", lambda: workers.busy)
    metrics.watch("processes_ready", "Processes that are ready to check.", lambda: workers.ready)
    metrics.watch("documents", "Articles in the index.", articles.count)
    return Newsroom(
        settings=settings,
        keys=Keys.of(tokens, csrf=secrets.token_urlsafe(32)),
        database=database,
        history=history,
        articles=articles,
        workers=workers,
        metrics=metrics,
        streams=Slots(limits.streams),
        guesses=Rate(limits.guesses),
    )


def application(room: Newsroom) -> Gate:
    """The application of *room*, behind its gate."""
    return Gate(api(room), settings=room.settings, keys=room.keys, count=room.metrics.request, wrong=room.wrong_token)


def api(room: Newsroom | None = None) -> FastAPI:
    """The routes alone; without a newsroom, for their OpenAPI document."""
    app = FastAPI(
        title="claimcheck",
        version=claimcheck.__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.newsroom = room
    for routes in (routes_session, routes_checks, routes_documents, routes_rest):
        app.include_router(routes.router)
    app.add_exception_handler(ClaimcheckError, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse_shape)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(Exception, _refuse_fault)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    room: Newsroom = app.state.newsroom
    room.hub = Hub()
    room.workers.start()
    try:
        yield
    finally:
        room.stop()
        room.workers.close()
        room.database.close()


async def _refuse(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ClaimcheckError)
    return JSONResponse(error_object(error), status_code=status_of(error), headers=headers_of(error))


async def _refuse_shape(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part)[:60] for part in first["loc"])
    told = refused(BAD_REQUEST, f"{place}: {first['msg'].lower()}"[:300], "see /openapi.json for what is expected")
    return JSONResponse(error_object(told), status_code=422)


async def _refuse_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: NOT_FOUND, 405: BAD_REQUEST}.get(error.status_code, BAD_REQUEST)
    told = refused(code, str(error.detail).lower(), "see /openapi.json for what there is")
    return JSONResponse(error_object(told), status_code=error.status_code, headers=error.headers)


async def _refuse_fault(_request: Request, error: Exception) -> JSONResponse:
    """A fault of ours: its kind is said, its words stay in the log."""
    message = f"something in claimcheck went wrong: {type(error).__name__}"
    told = ClaimcheckError(message, hint="see the server's log", code="CC-E99")
    return JSONResponse(error_object(told), status_code=500)
