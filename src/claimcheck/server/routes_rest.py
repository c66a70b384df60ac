"""Verifying claims, the audit log, the server's own state, and the page."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

import claimcheck
from claimcheck.render.objects import json_line

from .asking import answer_of
from .faults import NOT_FOUND, TOO_LARGE, refused
from .gate import PAGE_POLICY
from .messages import VerifyClaims
from .metrics import TYPE
from .newsroom import Admin, Before, Limit, Reader, Room, errors, json_answer, page_files
from .shapes import AuditPage, Health, VerifyIn

router = APIRouter()

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
}


@router.post(
    "/api/v1/verify",
    tags=["claims"],
    responses={**errors(401, 403, 504), 200: {"description": "One object a claim, in order; see the JSON reference."}},
    response_model=list[dict[str, Any]],
)
async def verify(room: Room, _reader: Reader, body: VerifyIn) -> Response:
    """Verify claims: for each the object of `claimcheck verify --format json`, an `error` where one cannot be read."""
    most = room.settings.limits.claims
    if len(body.claims) > most:
        raise refused(TOO_LARGE, f"{len(body.claims)} claims are more than the {most} that are taken", "send fewer")
    found = await answer_of(room, VerifyClaims(claims=tuple(body.claims), as_of=body.as_of))
    return Response(f"[{','.join(map(json_line, found))}]", media_type="application/json")


@router.get("/api/v1/audit", tags=["audit"], responses=errors(401, 403), response_model=AuditPage)
def audit(room: Room, _admin: Admin, limit: Limit = 100, before: Before = None) -> Response:
    """The audit log, newest first: who did what and when, with verdicts, hashes of evidence, and versions."""
    lines, more = room.history.audit(limit=limit, before=before)
    return json_answer({"lines": lines, "next": more})


@router.get("/health", tags=["server"], responses=errors(), response_model=Health)
async def health(room: Room) -> Health:
    """Whether the server works; no token is needed."""
    return Health(status="ok" if room.workers.ready else "starting", version=claimcheck.__version__)


@router.get(
    "/metrics",
    tags=["server"],
    responses={
        **errors(401),
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Figures."},
    },
    response_class=Response,
)
def metrics(room: Room, _reader: Reader) -> Response:
    """Figures for Prometheus."""
    return Response(room.metrics.text(), headers={"content-type": TYPE})


@router.get("/", include_in_schema=False)
async def page() -> Response:
    """The newsroom page."""
    return _file("index.html")


@router.get("/static/{name}", include_in_schema=False)
async def static(name: str) -> Response:
    """A file of the page."""
    return _file(name)


_files: dict[str, bytes] = {}


def _file(name: str) -> Response:
    if not _files:
        _files.update(page_files())
    data = _files.get(name)
    if data is None:
        raise refused(NOT_FOUND, "there is no such file of the page", "begin at /")
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    headers = {"content-type": kind, "content-security-policy": PAGE_POLICY, "cache-control": "no-cache"}
    return Response(data, headers=headers)
