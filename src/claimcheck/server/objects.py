"""What the events of a check say, as JSON objects; offsets count in the stored text of the draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.checker.check import Planned, Step
from claimcheck.checker.diagnostics import CheckedClaim, CheckReport, Diagnostic, Place
from claimcheck.documents.offsets import to_stored
from claimcheck.model import Evidence, OffsetMap
from claimcheck.render.check_objects import check_object, diagnostic_object
from claimcheck.render.objects import evidence_object, json_line, verdict_object

from .history import Event


def draft_event(plan: Planned) -> Event:
    """The draft as it was read: its text, and each sentence, whether it will be verified or why not."""
    document = plan.draft.document
    return _event(
        "draft",
        {
            "name": plan.draft.path,
            "title": document.title,
            "published": document.published.isoformat() if document.published else None,
            "media_type": document.media_type,
            "text": document.text,
            "blocks": [{"start": b.start, "end": b.end, "kind": b.kind} for b in document.layout],
            "claims": [
                {
                    "number": s.index,
                    "start": s.span.start,
                    "end": s.span.end,
                    "checkable": s.index not in plan.refused,
                    "paragraph": s.paragraph,
                    "part": s.kind.value,
                }
                | _refusal(plan, s.index)
                for s in plan.reading.sentences
            ],
        },
    )


def _refusal(plan: Planned, number: int) -> dict[str, str]:
    refused = plan.refused.get(number)
    return {"kind": refused.kind.value, "reason": refused.reason} if refused is not None else {}


def step_event(plan: Planned, step: Step) -> Event:
    """A sentence with its verdict, one that was set aside after all, or a finding about a quotation."""
    offsets = plan.draft.document.offsets
    found = diagnostic_object(step.diagnostic) if step.diagnostic is not None else None
    if step.claim is not None:
        claim = step.claim
        span = next(s.span for s in plan.reading.sentences if s.index == step.number)
        return _event(
            "claim",
            {
                "number": step.number,
                "start": span.start,
                "end": span.end,
                "checkable": True,
                "line": claim.place.line,
                "column": claim.place.column,
                "result": _result(claim),
                "finding": found,
                "focus": _stored(offsets, claim.focus),
                "evidence_hash": evidence_hash(claim.verdict.evidence),
            },
            claim=step.number,
        )
    if step.aside is not None:
        data = {"number": step.number, "checkable": False, "kind": step.aside.kind, "reason": step.aside.reason}
        return _event("claim", data, claim=step.number)
    assert step.diagnostic is not None
    return _event(
        "quotation",
        {
            "number": step.number,
            **(_stored(offsets, step.diagnostic.place) or {}),
            "finding": found,
            "focus": _stored(offsets, step.diagnostic.focus),
            "evidence_hash": evidence_hash(step.diagnostic.evidence),
        },
        claim=step.number,
    )


def progress_event(done: int, total: int) -> Event:
    """How far the check is, in sentences that are verified."""
    return _event("progress", {"done": done, "total": total})


def done_event(report: CheckReport, seconds: float, versions: Mapping[str, Any]) -> Event:
    """The end of a check: its figures, and which findings comments in the draft take out."""
    return _event(
        "done",
        {
            "summary": summary_of(report),
            "suppressed": [
                {"fingerprint": s.diagnostic.fingerprint, "by": s.by, "reason": s.reason} for s in report.suppressed
            ],
            "notes": [diagnostic_object(d) for d in report.diagnostics if _about_comment(d)],
            "seconds": round(seconds, 3),
            "versions": dict(versions),
        },
    )


def summary_of(report: CheckReport) -> dict[str, Any]:
    """The figures of a check, as `claimcheck check --format json` gives them."""
    summary: dict[str, Any] = check_object([report])["summary"]
    return summary


def evidence_hash(evidence: Iterable[Evidence]) -> str:
    """SHA-256 of what a verdict rests on: documents, offsets, words and stances, in their order."""
    rows = [[e.document, e.span.start, e.span.end, e.span.text, e.stance.value] for e in evidence]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _about_comment(diagnostic: Diagnostic) -> bool:
    return diagnostic.code.startswith("CC-W")


def _result(claim: CheckedClaim) -> dict[str, Any]:
    """The object of ``verify``, its evidence with what stands around it."""
    around = [{"prefix": c.before, "suffix": c.after} for c in claim.contexts]
    evidence = claim.verdict.evidence
    around += [{"prefix": "", "suffix": ""}] * (len(evidence) - len(around))
    objects = [evidence_object(e) | a for e, a in zip(evidence, around, strict=False)]
    return verdict_object(claim.verdict) | {"evidence": objects}


def _stored(offsets: OffsetMap, place: Place | None) -> dict[str, int] | None:
    """A place in the draft's file, in its stored text."""
    if place is None:
        return None
    return {"start": to_stored(offsets, place.start), "end": to_stored(offsets, place.end)}


def _event(kind: str, data: Mapping[str, Any], *, claim: int | None = None) -> Event:
    return Event(kind=kind, data=json_line(data), claim=claim)
