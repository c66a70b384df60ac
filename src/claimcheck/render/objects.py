"""
Records as JSON: the contract that programs read.

Keys are only ever added within one `SCHEMA_VERSION`; readers ignore those they do not
know.  Positions are half-open, in code points; ``start`` and ``end`` of evidence count in
the stored text, those under ``file`` in the file's own text.  The shape is written down in
``schema/*.schema.json`` (JSON Schema 2020-12).
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from claimcheck.errors import ClaimcheckError
from claimcheck.model import (
    Claim,
    DateRange,
    Evidence,
    Failure,
    Judgement,
    Probabilities,
    Quantity,
    Reading,
    Remembered,
    SlotAlignment,
    Span,
    Statement,
    Verdict,
    Warned,
)

from .slots import SlotRow, slot_rows
from .sources import counted_sources

SCHEMA_VERSION = "1"

# Valid inside a JSON string, but taken for a line's end or refused by some readers.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def json_line(value: Mapping[str, Any]) -> str:
    """
    One JSON object on one line, without the line's end.

    Characters that some reader takes for a line's end are escaped, as are halves of
    surrogate pairs, so that the line can always be written as UTF-8.
    """
    return _escaped(json.dumps(value, ensure_ascii=False, allow_nan=False))


def json_text(value: Any) -> str:
    """Any JSON value, indented for people, without the last line's end."""
    return _escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def _escaped(line: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


@functools.cache
def schema(name: str) -> Any:
    """
    The published JSON Schema of one kind of object.

    Args:
        name: ``"verdict"`` for the objects of `verify`, ``"check"`` and ``"judgement"`` for those of the others.
    """
    file = resources.files(__package__) / "schema" / f"{name}.schema.json"
    return json.loads(file.read_text(encoding="utf-8"))


def verdict_object(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the JSON object of one claim."""
    chances = verdict.probabilities
    articles, sources = counted_sources(verdict)
    return {
        "schema_version": SCHEMA_VERSION,
        "id": verdict.claim.id,
        "claim": verdict.claim.text,
        "verdict": verdict.label.value,
        "confidence": finite(verdict.confidence),
        "calibrated": verdict.calibrated,
        "probabilities": {
            "supported": finite(chances.supported),
            "contradicted": finite(chances.contradicted),
            "not_enough_evidence": finite(chances.not_enough_evidence),
        },
        "reason": verdict.reason,
        "articles": articles,
        "sources": sources,
        "evidence": [evidence_object(evidence) for evidence in verdict.evidence],
        "statements": statement_objects(verdict.claim),
        "warnings": [warning_object(warning) for warning in verdict.warnings],
        "memory": [remembered_object(known) for known in verdict.remembered],
    }


def remembered_object(known: Remembered) -> dict[str, Any]:
    """What people found about a claim before, as a JSON object."""
    return {
        "id": known.id,
        "claim": known.claim,
        "verdict": known.label.value,
        "checked": known.checked.isoformat() if known.checked else None,
        "who": known.who,
        "url": known.url,
        "note": known.note,
    }


def failure_object(failure: Failure) -> dict[str, Any]:
    """What stands in the place of a result that could not be had."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": failure.id,
        "claim": failure.text,
        "error": {"code": failure.code, "message": failure.message, "hint": failure.hint},
    }


def error_object(error: ClaimcheckError) -> dict[str, str]:
    """An error as a JSON object."""
    return {"code": error.error_code, "message": error.message, "hint": error.hint}


def judgement_object(judgement: Judgement) -> dict[str, Any]:
    """The judgement of one claim/evidence pair as a JSON object."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": judgement.id,
        "label": judgement.label.value,
        "probabilities": {
            stance: finite(judgement.probabilities.get(stance, 0.0))
            for stance in ("supports", "contradicts", "neutral")
        },
        "reason": judgement.reason,
        "windows": judgement.windows,
        "slots": [alignment_object(row) for row in judgement.alignment],
    }


def claim_object(claim: Claim) -> dict[str, Any]:
    """What was read from a claim: its statements, slot by slot."""
    warnings = claim.reading.warnings if claim.reading else ()
    return {
        "schema_version": SCHEMA_VERSION,
        "id": claim.id,
        "claim": claim.text,
        "statements": statement_objects(claim),
        "warnings": [warning_object(warning) for warning in warnings],
    }


def statement_objects(claim: Claim) -> list[dict[str, Any]]:
    """The statements of a claim as JSON objects, with the place of every slot in the claim."""
    reading = claim.reading
    return [statement_object(statement, reading) for statement in claim.statements] if reading else []


def warning_object(warning: Warned) -> dict[str, Any]:
    """A warning as a JSON object."""
    return {"code": warning.code, "message": warning.message, "span": _place(warning.span)}


def finite(value: float | None) -> float | None:
    """*value* rounded to six decimals; ``None`` for what JSON cannot hold (infinite, not a number)."""
    if value is None or not math.isfinite(value):
        return None
    return round(value, 6)


def evidence_object(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence as a JSON object."""
    position = evidence.position
    return {
        "document": evidence.document,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "text": evidence.span.text,
        "stance": evidence.stance.value,
        "confidence": finite(evidence.confidence),
        "score": finite(evidence.score),
        "reason": evidence.reason,
        "rule": evidence.rule,
        "attribution": evidence.attribution,
        "cluster": evidence.cluster,
        "title": evidence.title,
        "published": evidence.published.isoformat() if evidence.published else None,
        "kind": evidence.kind.value,
        "file": position
        and {
            "start": position.start,
            "end": position.end,
            "line": position.line,
            "column": position.column,
        },
        "meaning": evidence.meaning and stances_object(evidence.meaning),
        "slots": [alignment_object(row) for row in evidence.alignment],
    }


def stances_object(chances: Probabilities) -> dict[str, float | None]:
    """Probabilities by stance."""
    return {stance.value: finite(chance) for stance, chance in chances.by_stance().items()}


def alignment_object(row: SlotAlignment) -> dict[str, Any]:
    """One row of a slot table."""
    return {
        "slot": row.slot.value,
        "claim": row.claim.text if row.claim else None,
        "source": row.source.text if row.source else None,
        "relation": row.relation.value,
        "note": row.note,
        "claim_span": _place(row.claim),
        "source_span": _place(row.source),
    }


def statement_object(statement: Statement, reading: Reading) -> dict[str, Any]:
    """One statement with its slots."""
    return {
        **_span(statement.span),
        "lemma": statement.lemma,
        "form": statement.form,
        "polarity": statement.polarity.value,
        "modality": statement.modality.value,
        "exclusive": list(statement.exclusive),
        "slots": [_slot(row) for row in slot_rows(statement, reading)],
    }


def _slot(row: SlotRow) -> dict[str, Any]:
    value = (row.time and _date(row.time)) or (row.quantity and _quantity(row.quantity))
    return {
        "slot": row.slot.value,
        "text": row.span.text if row.span else None,
        "start": row.span.start if row.span else None,
        "end": row.span.end if row.span else None,
        "meaning": row.meaning,
        "entities": list(row.entities),
        "value": value,
    }


def _date(value: DateRange) -> dict[str, Any]:
    return {
        "edtf": value.edtf,
        "from": value.earliest.isoformat() if value.earliest else None,
        "to": value.latest.isoformat() if value.latest else None,
        "granularity": value.granularity.value,
        "approximate": value.approximate,
        "bound": value.bound,
    }


def _quantity(value: Quantity) -> dict[str, Any]:
    return {
        "value": finite(value.value),
        "low": finite(value.low),
        "high": finite(value.high),
        "unit": value.unit,
        "kind": value.kind.value,
        "approximate": value.approximate,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _place(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None
