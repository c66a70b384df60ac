"""Signing in and out, and who one is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from .faults import CONFLICT, refused
from .gate import SESSION_PATH, cookie_header, cookie_name, wrong_token
from .newsroom import Newsroom, Room, errors
from .sessions import Principal
from .shapes import Me, SignIn

router = APIRouter(tags=["session"])


@router.get("/api/v1/me", responses=errors(401), response_model=Me)
async def me(request: Request, room: Room) -> Me:
    """Who is asking: also for those who have not signed in."""
    return _me(request.state.principal, room)


@router.post(SESSION_PATH, responses=errors(401, 403, 409), response_model=Me)
async def sign_in(request: Request, response: Response, room: Room, body: SignIn) -> Me:
    """Sign in with a token: sets a cookie that scripts cannot read and that is not sent from other sites."""
    tokens = room.keys.tokens
    if tokens is None:
        raise refused(CONFLICT, "no tokens are asked for here", "go on without one")
    entry = tokens.find(body.token)
    if entry is None:
        await run_in_threadpool(room.wrong_token, request.client.host if request.client else "unknown")
        raise wrong_token()
    old = request.cookies.get(cookie_name(room.settings))
    if old:
        room.keys.sessions.end(old)
    key, principal = room.keys.sessions.begin(entry)
    response.headers["set-cookie"] = cookie_header(room.settings, key)
    return _me(principal, room)


@router.delete(SESSION_PATH, responses=errors(401, 403), status_code=204, response_class=Response)
async def sign_out(request: Request, room: Room) -> Response:
    """Sign out: the session ends here, whatever becomes of the cookie."""
    key = request.cookies.get(cookie_name(room.settings))
    if key:
        room.keys.sessions.end(key)
    return Response(status_code=204, headers={"set-cookie": cookie_header(room.settings, "")})


def _me(principal: Principal | None, room: Newsroom) -> Me:
    required = room.keys.tokens is not None
    if principal is None:
        return Me(user=None, role=None, csrf=None, tokens_required=required)
    csrf = principal.csrf or None
    return Me(user=principal.name, role=principal.role.value, csrf=csrf, tokens_required=required)
