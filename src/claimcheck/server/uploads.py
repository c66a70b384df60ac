"""What is uploaded: drafts and articles, as JSON or as a file of a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from attrs import field, frozen
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from claimcheck.documents import MEDIA_TYPES
from claimcheck.documents.docx import MEDIA_TYPE as DOCX

from .faults import BAD_REQUEST, WRONG_KIND, refused
from .shapes import DraftIn

#: Longest name of an upload.
MAX_NAME = 200
#: Fields of a form beside its file.
_FIELDS = 4

TEXTS: Mapping[str, str] = {s: t for s, t in MEDIA_TYPES.items() if t != "application/jsonl"}
#: Kinds of drafts by the ending of their name.
DRAFTS: Mapping[str, str] = {**TEXTS, ".docx": DOCX}
_ENDINGS = {"text/plain": ".txt", "text/markdown": ".md", "text/html": ".html"}

#: The body of an upload, for the OpenAPI document.
BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": DraftIn.model_json_schema()},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
    },
}


@frozen(kw_only=True)
class Upload:
    """A file that came in; its name is safe to show and leads nowhere."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


async def read_upload(request: Request, kinds: Mapping[str, str]) -> Upload:
    """
    The file, or text, that a request brings.

    Args:
        request: With the whole body at hand.
        kinds: Media types that are taken, by the ending of the name.
    Raises:
        RequestError: If it is neither JSON nor a form, or of no such kind.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        upload = _of_json(await request.body())
    elif kind == "multipart/form-data":
        upload = await _of_form(request)
    else:
        hint = "send application/json with name and text, or multipart/form-data with a file"
        raise refused(WRONG_KIND, f"a body of type {kind[:80] or 'unknown'!r} is not taken", hint)
    if upload.media_type not in kinds.values():
        hint = f"names end in {', '.join(sorted(kinds))}"
        raise refused(WRONG_KIND, f"{upload.name}: a file of this kind is not taken", hint)
    return upload


def _of_json(body: bytes) -> Upload:
    try:
        draft = DraftIn.model_validate_json(body)
    except ValidationError as error:
        raise invalid(error) from error
    name = safe_name(draft.name)
    known = DRAFTS.get(_ending(name))
    media_type = draft.media_type or (known if known in _ENDINGS else "text/plain")
    if known != media_type:
        name += _ENDINGS[media_type]
    # A mark of our own says that it is UTF-8, whatever the page itself says.
    return Upload(name=name, media_type=media_type, data=draft.text.encode("utf-8-sig", errors="replace"))


async def _of_form(request: Request) -> Upload:
    try:
        async with request.form(max_files=1, max_fields=_FIELDS) as form:
            files = [value for value in form.values() if isinstance(value, UploadFile)]
            if len(files) != 1:
                raise refused(BAD_REQUEST, "the form holds no file", "send one file, in the field file")
            data, given = await files[0].read(), files[0].filename or "draft.txt"
    except HTTPException as error:
        raise refused(
            BAD_REQUEST, f"the form cannot be read: {error.detail}", "send one file, in the field file"
        ) from error
    name = safe_name(given)
    return Upload(name=name, media_type=DRAFTS.get(_ending(name), ""), data=data)


def safe_name(name: str) -> str:
    """*name* without folders, control characters and what hides in a line of text."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = " ".join("".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").split())
    short = kept.strip(" .") or "draft"
    if len(short) > MAX_NAME:
        ending = _ending(short)
        short = (short[: MAX_NAME - len(ending)] + ending).rstrip(" .")
    return short


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending in DRAFTS else ""


def invalid(error: ValidationError) -> Exception:
    """The error about a body whose first fault is that of *error*."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part)[:60] for part in first["loc"])
    return refused(
        BAD_REQUEST, f"{place or 'the body'}: {first['msg'].lower()}"[:300], "see /openapi.json for the body"
    )
