"""The names that labels go by in data sets: ours, FEVER's, AVeriTeC's. They live here alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimcheck.errors import EvaluationDataError
from claimcheck.model import Label

from .rows import require

FEVER = {
    Label.SUPPORTED: "SUPPORTS",
    Label.CONTRADICTED: "REFUTES",
    Label.NOT_ENOUGH_EVIDENCE: "NOT ENOUGH INFO",
}
AVERITEC = {
    Label.SUPPORTED: "Supported",
    Label.CONTRADICTED: "Refuted",
    Label.NOT_ENOUGH_EVIDENCE: "Not Enough Evidence",
    Label.CONFLICTING: "Conflicting Evidence/Cherrypicking",
}
_NAMES = {
    **{name.lower(): label for names in (FEVER, AVERITEC) for label, name in names.items()},
    **{label.value: label for label in Label},
    "nei": Label.NOT_ENOUGH_EVIDENCE,
}


def label_of(where: str, row: Mapping[str, Any], *, hint: str) -> Label:
    """
    The label of a row, under "verdict" or "label".

    Args:
        where: The row's place, for people.
        row: One object of a data set.
        hint: What a row looks like.
    Raises:
        EvaluationDataError: If there is none, or none that is known.
    """
    name = row.get("verdict", row.get("label"))
    require(isinstance(name, str), where, 'the key "verdict" (or "label") is missing', hint)
    label = _NAMES.get(str(name).strip().lower())
    if label is None:
        msg = f"{where}: {name!r} is not a label"
        raise EvaluationDataError(msg, hint=f"use one of {', '.join(Label)}, or FEVER's or AVeriTeC's names")
    return label
