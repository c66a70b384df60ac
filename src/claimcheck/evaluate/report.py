"""Measures as JSON objects."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from .metrics import Scores


def scores_object(scores: Scores) -> dict[str, Any]:
    """All measures by name: labels by theirs, figures rounded to six decimals."""
    values = attrs.asdict(scores, value_serializer=_plain)
    if "evidence_recall" in values:
        values["evidence_recall"] = {str(k): value for k, value in values["evidence_recall"]}
    values["confusion"] = [
        {"gold": gold.value, "given": given.value if given else None, "claims": claims}
        for gold, given, claims in scores.confusion
    ]
    return values


def _plain(_record: object, _attribute: object, value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return rounded(value) if isinstance(value, float) else value


def rounded(value: float | None) -> float | None:
    """*value* to six decimals."""
    return None if value is None else round(value, 6)
