"""
A checked draft as JSON: the whole report, or one finding a line.

Places count in the draft's file: ``start`` and ``end`` in code points of its text without a byte-order mark, lines and
columns from 1.  The shape is written down in ``schema/check.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import claimcheck
from claimcheck.checker.diagnostics import CheckedClaim, CheckReport, Context, Diagnostic, Place, Suppressed
from claimcheck.checker.rules import Severity
from claimcheck.model import Label

from .objects import SCHEMA_VERSION, evidence_object, finite, verdict_object


def check_object(reports: Iterable[CheckReport]) -> dict[str, Any]:
    """All reports of one run as one JSON object."""
    seen = list(reports)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "claimcheck", "version": claimcheck.__version__},
        "offset_unit": "codepoint",
        "summary": _summary(seen),
        "drafts": [_draft(report) for report in seen],
    }


def diagnostic_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as a JSON object."""
    return {
        "schema_version": SCHEMA_VERSION,
        "path": diagnostic.path,
        **_place(diagnostic.place),
        "text": diagnostic.text,
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "fingerprint": diagnostic.fingerprint,
        "verdict": diagnostic.verdict.label.value if diagnostic.verdict else None,
        "confidence": finite(diagnostic.confidence),
        "focus": _place(diagnostic.focus) if diagnostic.focus else None,
        "evidence": [
            evidence_object(evidence) | _context(diagnostic.contexts, number)
            for number, evidence in enumerate(diagnostic.evidence)
        ],
    }


def _summary(reports: Sequence[CheckReport]) -> dict[str, Any]:
    found = [d for r in reports for d in r.diagnostics]
    labels = [c.verdict.label for r in reports for c in r.claims]
    return {
        "claims": {label.value: labels.count(label) for label in Label},
        "findings": {s.value: sum(d.severity is s for d in found) for s in Severity},
        "aside": sum(len(r.aside) for r in reports),
        "suppressed": sum(len(r.suppressed) for r in reports),
        "unsure": sum(r.unsure for r in reports),
    }


def _draft(report: CheckReport) -> dict[str, Any]:
    published = report.document.published
    return {
        "path": report.path,
        "title": report.document.title,
        "published": published.isoformat() if published else None,
        "claims": [_claim(claim) for claim in report.claims],
        "aside": [{**_place(a.place), "text": a.text, "kind": a.kind, "reason": a.reason} for a in report.aside],
        "diagnostics": [diagnostic_object(d) for d in report.diagnostics],
        "suppressed": [_suppressed(s) for s in report.suppressed],
    }


def _claim(claim: CheckedClaim) -> dict[str, Any]:
    return {**_place(claim.place), "text": claim.text, "result": verdict_object(claim.verdict)}


def _suppressed(item: Suppressed) -> dict[str, Any]:
    return {"by": item.by, "reason": item.reason, "diagnostic": diagnostic_object(item.diagnostic)}


def _place(place: Place) -> dict[str, int]:
    return {
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _context(contexts: Sequence[Context], number: int) -> dict[str, str]:
    if number >= len(contexts):
        return {"prefix": "", "suffix": ""}
    return {"prefix": contexts[number].before, "suffix": contexts[number].after}
