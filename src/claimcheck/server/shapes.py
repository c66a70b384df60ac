"""The bodies of requests and answers, as FastAPI checks and documents them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _In(BaseModel):
    """What comes in: a field that is not known is a mistake, said so."""

    model_config = ConfigDict(extra="forbid")


class ErrorDetail(BaseModel):
    """An error: a code that does not change, what is wrong, and what to do."""

    code: str = Field(pattern="^CC-E[0-9]{2}$")
    message: str
    hint: str


class ErrorBody(BaseModel):
    """The body of every answer that refuses."""

    error: ErrorDetail


class SignIn(_In):
    """A token to sign in with."""

    token: str = Field(min_length=1, max_length=200)


class Me(BaseModel):
    """Who is asking, ``null`` for somebody who has not signed in; ``csrf`` goes into the header X-CSRF-Token."""

    user: str | None
    role: Literal["reader", "editor", "admin"] | None
    csrf: str | None
    tokens_required: bool


class VerifyIn(_In):
    """Claims to verify."""

    claims: list[str] = Field(min_length=1)
    as_of: dt.date | None = None


class DraftIn(_In):
    """A draft as text; ``media_type`` says what it is, the name's ending when it is missing."""

    name: str = Field(default="draft", max_length=500)
    text: str
    media_type: Literal["text/plain", "text/markdown", "text/html"] | None = None


class Started(BaseModel):
    """A check that has begun."""

    id: str
    name: str


class CheckBrief(BaseModel):
    """A check in brief; ``sha256`` is that of the draft's bytes."""

    id: str
    name: str
    created: str
    author: str
    state: Literal["waiting", "running", "done", "failed"]
    sha256: str
    versions: dict[str, Any]
    summary: dict[str, Any]


class CheckPage(BaseModel):
    """Checks, newest first; ``next`` goes into ``before`` for the next page."""

    checks: list[CheckBrief]
    next: int | None


class DecisionIn(_In):
    """A decision: ``override`` names the verdict that is right, ``comment`` says something."""

    action: Literal["accept", "override", "comment"]
    verdict: Literal["supported", "contradicted", "conflicting", "not_enough_evidence"] | None = None
    comment: str = Field(default="", max_length=5000)


class Decision(BaseModel):
    """A decision as it is kept: who, when, and the verdict and evidence that it was made on."""

    number: int
    claim: int
    action: str
    verdict: str | None
    comment: str
    who: str
    when: str
    found: str | None
    evidence_hash: str | None
    versions: dict[str, Any]


class CheckWhole(CheckBrief):
    """
    A check with all that is known of it: the data of its events, and the decisions.

    ``draft`` is ``null`` until the draft was read, ``done`` until the check has come to its end, ``error`` unless it
    failed.
    """

    draft: dict[str, Any] | None
    claims: list[dict[str, Any]]
    quotations: list[dict[str, Any]]
    progress: dict[str, int] | None
    done: dict[str, Any] | None
    error: ErrorDetail | None
    decisions: list[Decision]
    last_event: int


class DocumentBrief(BaseModel):
    """An article in brief."""

    id: str
    title: str
    published: str | None
    source: str
    sentences: int
    characters: int


class Stretch(BaseModel):
    """A part of a text, ``[start, end)`` in code points, and what it is."""

    start: int
    end: int
    kind: str


class SentencePlace(Stretch):
    """A sentence of an article."""

    number: int


class DocumentWhole(BaseModel):
    """An article: its stored text, what is known about it, and where its sentences stand in it."""

    id: str
    title: str
    published: str | None
    source: str
    characters: int
    sha256: str
    url: str
    media_type: str
    metadata: dict[str, str]
    text: str
    blocks: list[Stretch]
    sentences: list[SentencePlace]


class DocumentPage(BaseModel):
    """Articles in the order of their ids, and how many there are in all."""

    documents: list[DocumentBrief]
    total: int
    offset: int


class DocumentAdded(BaseModel):
    """An article that was read and stored."""

    id: str


class Removed(BaseModel):
    """What was removed."""

    removed: str


class AuditLine(BaseModel):
    """One line of the audit log."""

    number: int
    made: str
    who: str
    role: str
    action: str
    target: str
    detail: dict[str, Any]


class AuditPage(BaseModel):
    """Lines of the audit log, newest first; ``next`` goes into ``before`` for the next page."""

    lines: list[AuditLine]
    next: int | None


class Health(BaseModel):
    """Whether the server works; it is ``starting`` until the first process that checks is ready."""

    status: Literal["ok", "starting"]
    version: str
