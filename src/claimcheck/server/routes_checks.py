"""Checks: begun with a draft, followed as a stream of events, decided on, exported."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from claimcheck.errors import ClaimcheckError

from .exports import TYPES, with_decisions
from .faults import BAD_REQUEST, TOO_MANY, refused
from .history import LAST, Event
from .messages import CheckDraft
from .newsroom import Admin, Before, Editor, Limit, Newsroom, Reader, Room, errors, json_answer
from .sessions import Principal
from .shapes import CheckPage, CheckWhole, Decision, DecisionIn, Removed, Started
from .uploads import BODY, DRAFTS, Upload, read_upload
from .workers import Check

router = APIRouter(prefix="/api/v1/checks", tags=["checks"])

#: Seconds between two signs of life in a stream in which nothing happens.
_HEARTBEAT = 15.0
#: Milliseconds after which the page asks again when a stream breaks off.
_RETRY = 2000

CheckId = Annotated[str, Path(min_length=1, max_length=64)]
ClaimNumber = Annotated[int, Path(ge=0, le=10**9)]


@router.post(
    "",
    status_code=201,
    responses=errors(401, 403, 415),
    response_model=Started,
    openapi_extra={"requestBody": BODY},
)
async def begin(request: Request, room: Room, editor: Editor) -> Started:
    """
    Check a draft: Markdown, HTML or plain text as JSON, or one of these or a Word file as a form.

    Work begins at once; its results come as events.
    """
    upload = await read_upload(request, DRAFTS)
    identifier = await run_in_threadpool(_begin, room, editor, upload)
    return Started(id=identifier, name=upload.name)


def _begin(room: Newsroom, editor: Principal, upload: Upload) -> str:
    """Keep the check, then have it worked at: one that was acknowledged is never forgotten."""
    room.workers.refuse_more()
    assert room.hub is not None
    identifier = room.history.begin(upload.name, editor, hashlib.sha256(upload.data).hexdigest())
    job = Check(
        work=CheckDraft(name=upload.name, data=upload.data),
        id=identifier,
        history=room.history,
        tell=room.hub.tell,
        ended=room.metrics.check,
    )
    try:
        room.workers.submit(job, seconds=room.settings.limits.check_seconds)
    except ClaimcheckError as error:
        job.failed(error)
        raise
    return identifier


@router.get("", responses=errors(401), response_model=CheckPage)
def checks(room: Room, _reader: Reader, limit: Limit = 50, before: Before = None) -> Response:
    """Checks, newest first."""
    found, more = room.history.checks(limit=limit, before=before)
    return json_answer({"checks": found, "next": more})


@router.get("/{check_id}", responses=errors(401, 404), response_model=CheckWhole)
def check(room: Room, _reader: Reader, check_id: CheckId) -> Response:
    """A check with its draft, all results so far, and the decisions."""
    brief, events, decisions = room.history.whole(check_id)
    return Response(_whole(brief, events, decisions), media_type="application/json")


def _whole(brief: dict[str, Any], events: list[Event], decisions: list[dict[str, Any]]) -> str:
    """The JSON of a check; the events are JSON already and are not read again."""

    def one(kind: str) -> str:
        return next((e.data for e in reversed(events) if e.kind == kind), "null")

    def all_of(kind: str) -> str:
        return f"[{','.join(e.data for e in events if e.kind == kind)}]"

    failed = next((json.dumps(json.loads(e.data)["error"]) for e in events if e.kind == "failed"), "null")
    parts = {
        "draft": one("draft"),
        "claims": all_of("claim"),
        "quotations": all_of("quotation"),
        "progress": one("progress"),
        "done": one("done"),
        "error": failed,
        "decisions": json.dumps(decisions),
        "last_event": str(events[-1].number if events else 0),
    }
    rest = ", ".join(f"{json.dumps(key)}: {value}" for key, value in parts.items())
    return f"{json.dumps(brief)[:-1]}, {rest}}}"


@router.get(
    "/{check_id}/events",
    responses={
        **errors(401, 404),
        200: {"content": {"text/event-stream": {}}, "description": "The events."},
        204: {"description": "The check is over, and all of its events were received."},
    },
    response_class=StreamingResponse,
)
async def events(
    room: Room,
    reader: Reader,
    check_id: CheckId,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> Response:
    """
    What happens in a check, as server-sent events: `draft`, `quotation`, `claim`, `progress`, and last `done` or
    `failed`.

    A stream that broke off goes on after the event whose number is in Last-Event-ID.
    """
    after = int(last_event_id) if last_event_id.isascii() and last_event_id.isdecimal() else 0
    if await run_in_threadpool(room.history.is_heard, check_id, after):
        return Response(status_code=204)
    if not room.streams.take(reader.name):
        raise refused(TOO_MANY, "too many streams are open at a time", "close some of them")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _stream(room, reader.name, check_id, after), media_type="text/event-stream", headers=headers
    )


async def _stream(room: Newsroom, who: str, check_id: str, after: int) -> AsyncIterator[bytes]:
    """The events of a check, those that are there and those that come, until its last."""
    hub = room.hub
    assert hub is not None
    try:
        yield f"retry: {_RETRY}\n\n".encode()
        with hub.listening(check_id) as happened:
            while True:
                happened.clear()
                stopping = hub.closed
                for event in await run_in_threadpool(room.history.events, check_id, after):
                    after = event.number
                    yield f"id: {event.number}\nevent: {event.kind}\ndata: {event.data}\n\n".encode()
                    if event.kind in LAST:
                        return
                if stopping:
                    return
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        await happened.wait()
                except TimeoutError:
                    yield b": still here\n\n"
    except ClaimcheckError:  # removed in the meantime
        return
    finally:
        room.streams.give(who)


@router.delete("/{check_id}", responses=errors(401, 403, 404), response_model=Removed)
def remove(room: Room, admin: Admin, check_id: CheckId) -> Removed:
    """Remove a check with its results and decisions. The audit log keeps that it was there."""
    room.history.remove(check_id, admin)
    if room.hub is not None:
        room.hub.tell(check_id)
    return Removed(removed=check_id)


@router.post(
    "/{check_id}/claims/{number}/decisions",
    status_code=201,
    responses=errors(401, 403, 404),
    response_model=Decision,
)
def decide(room: Room, editor: Editor, check_id: CheckId, number: ClaimNumber, body: DecisionIn) -> Decision:
    """Accept a verdict, override it, or comment on it. Nothing is overwritten: the latest decision counts."""
    if (body.action == "override") != (body.verdict is not None):
        raise refused(
            BAD_REQUEST, "a verdict goes with override, and with nothing else", "name the verdict that is right"
        )
    if body.action == "comment" and not body.comment.strip():
        raise refused(BAD_REQUEST, "the comment is empty", "write something")
    made = room.history.decide(
        check_id, number, editor, action=body.action, verdict=body.verdict, comment=body.comment.strip()
    )
    return Decision.model_validate(made)


@router.get(
    "/{check_id}/export",
    responses={
        **errors(401, 404, 409),
        200: {
            "content": {kind.partition(";")[0]: {} for kind, _ in TYPES.values()},
            "description": "The report as a file.",
        },
    },
    response_class=Response,
)
def export(
    room: Room,
    _reader: Reader,
    check_id: CheckId,
    format: Literal["markdown", "html", "json", "sarif", "claimreview"] = "html",  # noqa: A002 - its name in the address
) -> Response:
    """The report on a check that is done, with its decisions where the format can hold them."""
    brief, body, decisions = room.history.export(check_id, format)
    kind, ending = TYPES[format]
    name = f"{brief['name']}.{dt.date.fromisoformat(brief['created'][:10])}.{ending}"
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(with_decisions(format, body, decisions), media_type=kind, headers=headers)
