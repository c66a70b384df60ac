"""
An explanation as a JSON object.

It follows the engine step by step, so its keys change when the engine does; `verify` has the contract that lasts.
"""

from __future__ import annotations

from typing import Any

from claimcheck.checker.explain import CandidateExplanation, Explanation, PartExplanation, Step
from claimcheck.matching.rows import Alignment
from claimcheck.matching.verdict import slot_alignment
from claimcheck.model import Reading

from .objects import alignment_object, finite, stances_object, statement_object, verdict_object


def explanation_object(explanation: Explanation, *, candidates: int) -> dict[str, Any]:
    """
    The verdict's object, without its evidence, and how it came about.

    Args:
        explanation: What `Checker.explain` returned.
        candidates: How many candidates of each part are given in full.
    """
    claim = explanation.claim
    assert claim.reading is not None
    verdict = verdict_object(explanation.verdict)
    query = explanation.query
    return {
        **{key: value for key, value in verdict.items() if key != "evidence"},
        "method": explanation.method,
        "model": explanation.model or None,
        "query": {
            "names": [" ".join(name) for name in query.entities],
            "words": list(query.terms),
            "years": list(query.years),
        },
        "too_new": list(explanation.too_new),
        "parts": [_part(part, claim.reading, candidates) for part in explanation.parts],
    }


def _part(part: PartExplanation, reading: Reading, full: int) -> dict[str, Any]:
    return {
        "statement": statement_object(part.statement, reading),
        "taken_as": [statement_object(way, reading) for way in part.ways],
        "verdict": part.label.value,
        "probabilities": {
            "supported": finite(part.probabilities.supported),
            "contradicted": finite(part.probabilities.contradicted),
            "not_enough_evidence": finite(part.probabilities.not_enough_evidence),
        },
        "candidates": [
            _candidate(candidate) | (_details(candidate) if number < full else {})
            for number, candidate in enumerate(part.candidates)
        ],
    }


def _candidate(candidate: CandidateExplanation) -> dict[str, Any]:
    span = candidate.sentence.span
    return {
        "rank": candidate.rank,
        "use": candidate.use.value,
        "why": candidate.why,
        "stance": candidate.weighed.stance.value if candidate.weighed else None,
        "document": candidate.document,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "kind": candidate.sentence.kind.value,
        "title": candidate.title,
        "published": candidate.published or None,
        "line": candidate.position.line,
        "column": candidate.position.column,
    }


def _details(candidate: CandidateExplanation) -> dict[str, Any]:
    return {
        "statements": [statement_object(s, candidate.reading) for s in candidate.sentence.statements],
        "alignment": _alignment(candidate.alignment) if candidate.alignment else None,
        "slots": _step(candidate.slots),
        "meaning": stances_object(candidate.meaning) if candidate.meaning else None,
        "asked": list(candidate.asked),
        "weighed": _step(candidate.weighed),
    }


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return {
        "claim": alignment.claim.span.text,
        "source": alignment.source.span.text,
        "bond": alignment.tie.bond.value,
        "class": alignment.tie.name or None,
        "coverage": finite(alignment.coverage),
        "rows": [
            {
                **alignment_object(slot_alignment(row)),
                "coverage": finite(row.coverage),
                "weight": finite(row.weight),
                "specific": row.specific,
                "near": row.near,
                "dated": row.dated,
                "rule": row.rule,
            }
            for row in alignment.rows
        ],
    }


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "stance": step.stance.value,
        "score": finite(step.score),
        "rule": step.rule,
        "reason": step.reason,
        "firm": step.firm,
        "probabilities": stances_object(step.probabilities),
        "features": [
            {
                "name": feature.name,
                "value": finite(feature.value),
                "supports": finite(feature.supports),
                "contradicts": finite(feature.contradicts),
            }
            for feature in step.features
        ],
        "barred": step.barred,
    }
