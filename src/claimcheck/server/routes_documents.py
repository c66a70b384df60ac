"""The articles of the index: listed, read, added, removed."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from claimcheck.errors import ClaimcheckError

from .articles import missing
from .asking import answer_of
from .faults import CONFLICT, refused
from .messages import AddDocument
from .newsroom import Admin, Editor, Limit, Newsroom, Reader, Room, errors, json_answer
from .shapes import DocumentAdded, DocumentPage, DocumentWhole, Removed
from .tokens import Role
from .uploads import BODY, TEXTS, read_upload

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])

Replace = Annotated[bool, Query(description="Replace an article of the same id; needs the role admin.")]
DocumentId = Annotated[str, Path(min_length=1, max_length=1000)]


@router.get("", responses=errors(401), response_model=DocumentPage)
def documents(
    room: Room,
    _reader: Reader,
    q: Annotated[str, Query(max_length=200, description="Words that the article must hold, as they stand.")] = "",
    limit: Limit = 50,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Articles in the order of their ids, all or those that hold some words."""
    found, total = room.articles.page(words=q.strip(), limit=limit, offset=offset)
    return json_answer({"documents": found, "total": total, "offset": offset})


@router.post(
    "",
    status_code=201,
    responses=errors(401, 403, 409, 415, 504),
    response_model=DocumentAdded,
    openapi_extra={"requestBody": BODY},
)
async def add(
    request: Request,
    room: Room,
    editor: Editor,
    replace: Replace = False,  # noqa: FBT002 - a query parameter
) -> DocumentAdded:
    """Add an article, Markdown, HTML or plain text; its id is the file's name. It counts from the next check on."""
    _refuse_fixed(room)
    upload = await read_upload(request, TEXTS)
    if upload.name in room.adding:
        raise _taken(upload.name)
    room.adding.add(upload.name)
    try:
        held = await run_in_threadpool(room.articles.holds, upload.name)
        if held and not (replace and editor.role.may(Role.ADMIN)):
            raise _taken(upload.name)
        await answer_of(room, AddDocument(id=upload.name, data=upload.data, media_type=upload.media_type))
    finally:
        room.adding.discard(upload.name)
    detail = {"sha256": hashlib.sha256(upload.data).hexdigest(), "replaced": held}
    await run_in_threadpool(room.history.log, editor, "document added", upload.name, detail)
    return DocumentAdded(id=upload.name)


@router.get("/{document_id:path}", responses=errors(401, 404), response_model=DocumentWhole)
def document(room: Room, _reader: Reader, document_id: DocumentId) -> Response:
    """One article: its text, what is known about it, and where its sentences stand."""
    return json_answer(room.articles.whole(document_id))


@router.delete("/{document_id:path}", responses=errors(401, 403, 404, 409), response_model=Removed)
def remove(room: Room, admin: Admin, document_id: DocumentId) -> Removed:
    """Remove an article from the index. Checks that were made with it stay as they are."""
    _refuse_fixed(room)
    if not room.articles.remove(document_id):
        raise missing(document_id)
    room.history.log(admin, "document removed", document_id, {})
    return Removed(removed=document_id)


def _taken(name: str) -> ClaimcheckError:
    hint = "give it another name; an admin can replace it with ?replace=true"
    return refused(CONFLICT, f"there is a document {name!r} already", hint)


def _refuse_fixed(room: Newsroom) -> None:
    if room.settings.documents_fixed:
        raise refused(CONFLICT, room.settings.documents_fixed, "change the folder and start the server again")
