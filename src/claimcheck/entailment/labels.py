"""What the labels of sentence-pair models are called, by those who publish them, and what they mean here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.errors import EngineError
from claimcheck.model import Stance

from .files import FOREIGN

#: Lower-case, words apart. Sources: the label sets of SNLI and MultiNLI, FEVER, SciFact and VitaminC.
NAMES = {
    Stance.SUPPORTS: frozenset({"supports", "support", "supported", "entailment", "entails", "entail", "entailed"}),
    Stance.CONTRADICTS: frozenset(
        {"contradicts", "contradict", "contradicted", "contradiction", "refutes", "refute", "refuted"}
    ),
    Stance.NEUTRAL: frozenset({"neutral", "nei", "not enough info", "not enough information", "not enough evidence"}),
}


def stances(names: Sequence[str], model: str) -> tuple[Stance, ...]:
    """
    The stance that each of a model's labels stands for.

    Args:
        names: The labels, in the order of the model's outputs.
        model: The model, for the error.
    Raises:
        EngineError: If the labels are not three that mean the three stances.

    >>> stances(["ENTAILMENT", "NOT_ENOUGH_INFO", "REFUTES"], "a model")
    (<Stance.SUPPORTS: 'supports'>, <Stance.NEUTRAL: 'neutral'>, <Stance.CONTRADICTS: 'contradicts'>)
    """
    found = [next((s for s, known in NAMES.items() if _plain(name) in known), None) for name in names]
    meant = tuple(stance for stance in found if stance is not None)
    if len(names) != len(Stance) or set(meant) != set(Stance):
        listed = ", ".join(repr(name) for name in names)
        msg = f"{model}: its labels are {listed}; expected three that mean supports, contradicts and neutral"
        raise EngineError(msg, hint="name them so in the model's id2label or labels", code=FOREIGN)
    return meant


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.casefold().strip()))
