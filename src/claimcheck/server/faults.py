"""From errors to answers: the status of each code, and the JSON object that the command line's errors are, too."""

from __future__ import annotations

from typing import Any

from claimcheck.errors import (
    ClaimcheckError,
    ClaimParseError,
    ConfigError,
    DocumentError,
    IndexLockedError,
    RequestError,
    StoredIndexError,
)
from claimcheck.render.objects import json_line

#: HTTP status by code; the codes of `claimcheck.errors.RequestError` and `ServerError`.
STATUS = {
    "CC-E70": 400,
    "CC-E71": 401,
    "CC-E72": 403,
    "CC-E73": 403,
    "CC-E74": 404,
    "CC-E75": 409,
    "CC-E76": 413,
    "CC-E77": 429,
    "CC-E78": 415,
    "CC-E79": 408,
    "CC-E64": 503,
    "CC-E65": 503,
    "CC-E66": 504,
    "CC-E67": 422,
}


def status_of(error: ClaimcheckError) -> int:
    """The HTTP status of *error*."""
    known = STATUS.get(error.error_code)
    if known is not None:
        return known
    if isinstance(error, IndexLockedError) or error.error_code == IndexLockedError.code:
        return 503
    if isinstance(error, ClaimParseError | ConfigError | DocumentError | RequestError):
        return 422
    if error.error_code.startswith(("CC-E0", "CC-E1", "CC-E5")) and not isinstance(error, StoredIndexError):
        return 422
    return 500


def error_object(error: ClaimcheckError) -> dict[str, Any]:
    """The body of an answer that refuses."""
    return {"error": {"code": error.error_code, "message": error.message, "hint": error.hint}}


def error_bytes(error: ClaimcheckError) -> bytes:
    """The same, to be sent."""
    return json_line(error_object(error)).encode()


def refused(code: str, message: str, hint: str = "") -> RequestError:
    """An error about a request."""
    return RequestError(message, hint=hint, code=code)
