"""From errors to answers: the status of each code, and the JSON object that the command line's errors are, too."""

from __future__ import annotations

from collections.abc import Mapping
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
from claimcheck.render import objects

# Codes of requests that are refused.
BAD_REQUEST = "CC-E70"
NOT_SIGNED_IN = "CC-E71"
NOT_ALLOWED = "CC-E72"
FOREIGN = "CC-E73"
NOT_FOUND = "CC-E74"
CONFLICT = "CC-E75"
TOO_LARGE = "CC-E76"
TOO_MANY = "CC-E77"
WRONG_KIND = "CC-E78"
TOO_SLOW = "CC-E79"
# Codes of work that could not be brought to its end.
CUT_SHORT = "CC-E64"
BUSY = "CC-E65"
OVERDUE = "CC-E66"
BROKEN = "CC-E67"

#: HTTP status by code; the codes of `claimcheck.errors.RequestError` and `ServerError`.
STATUS = {
    BAD_REQUEST: 400,
    NOT_SIGNED_IN: 401,
    NOT_ALLOWED: 403,
    FOREIGN: 403,
    NOT_FOUND: 404,
    CONFLICT: 409,
    TOO_LARGE: 413,
    TOO_MANY: 429,
    WRONG_KIND: 415,
    TOO_SLOW: 408,
    CUT_SHORT: 503,
    BUSY: 503,
    OVERDUE: 504,
    BROKEN: 422,
}


class RefusedError(RequestError):
    """
    A request that is refused.

    Args:
        message: Why.
        hint: What to do.
        code: One of the codes of this module.
        status: Of the answer, that of the code when 0.
        headers: Of the answer.
    """

    def __init__(
        self, message: str, *, hint: str, code: str, status: int = 0, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.status = status
        self.headers = dict(headers or {})


def status_of(error: ClaimcheckError) -> int:
    """The HTTP status of *error*."""
    if isinstance(error, RefusedError) and error.status:
        return error.status
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


def headers_of(error: ClaimcheckError) -> dict[str, str]:
    """The headers that belong to *error*."""
    return error.headers if isinstance(error, RefusedError) else {}


def error_object(error: ClaimcheckError) -> dict[str, Any]:
    """The body of an answer that refuses."""
    return {"error": objects.error_object(error)}


def error_bytes(error: ClaimcheckError) -> bytes:
    """The same, to be sent."""
    return objects.json_line(error_object(error)).encode()


def refused(
    code: str, message: str, hint: str = "", *, status: int = 0, headers: Mapping[str, str] | None = None
) -> RefusedError:
    """An error about a request; the code comes first, so that one reads what kind it is."""
    return RefusedError(message, hint=hint, code=code, status=status, headers=headers)
