"""
Pair sets: claims, each with the evidence text it is to be judged by.

Public sets differ in the labels they have.  A set is scored on its own: without NEI (or without another label) the
probabilities of its labels are taken among themselves; where only "supports" and "not supported" are told apart,
contradicted and neutral are added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

from attrs import frozen

from claimcheck.checker.pairs import Method
from claimcheck.entailment import title_of
from claimcheck.errors import EvaluationDataError
from claimcheck.model import Failure, Judgement, Label, Stance

from .labels import label_of
from .metrics import Prediction, Scores, measure
from .report import scores_object
from .rows import Row, claim_of, id_of, require

_SHAPE_HINT = 'a line looks like {"id": "1", "claim": "...", "evidence": "...", "label": "SUPPORTS"}'

STANCES = {
    Label.NOT_ENOUGH_EVIDENCE: Stance.NEUTRAL,
    Label.CONTRADICTED: Stance.CONTRADICTS,
    Label.SUPPORTED: Stance.SUPPORTS,
}
"""What a label says of one piece of evidence; of equal probabilities the first in this order is taken."""

_NOT_SUPPORTED = {Stance.SUPPORTS, Stance.NEUTRAL}


@frozen(kw_only=True)
class GoldPair:
    """
    A claim with its evidence and the right stance of it.

    Args:
        id: The data set's own, else the position from 1.
        claim: One statement.
        evidence: The text it is held against.
        stance: The right one.
        title: Of what the evidence stands in; ``""`` when the set does not say.
    """

    id: str
    claim: str
    evidence: str
    stance: Stance
    title: str = ""


@frozen(kw_only=True)
class PairOutcome:
    """A gold pair and what came of it: a judgement, or why there is none."""

    gold: GoldPair
    result: Judgement | Failure


class PairJudge(Protocol):
    """What an evaluation of pairs needs of a checker."""

    def judge_many(
        self, pairs: Iterable[tuple[str, str, str, str]], /, *, method: Method | str
    ) -> Iterator[Judgement | Failure]:
        """Judgements of ``(id, claim, evidence, title)`` in the order of *pairs*."""


def is_pair_set(rows: Sequence[Row]) -> bool:
    """Whether *rows* are of a pair set: the evidence of the first is a text."""
    return bool(rows) and isinstance(rows[0][1].get("evidence"), str)


def pairs_of(rows: Iterable[Row]) -> tuple[GoldPair, ...]:
    """
    The pairs of a data set.

    Raises:
        EvaluationDataError: If a row is none; it names the line.
    """
    return tuple(_pair(where, row, str(number)) for number, (where, row) in enumerate(rows, start=1))


def _pair(where: str, row: Mapping[str, Any], number: str) -> GoldPair:
    evidence, title = row.get("evidence"), title_of(row.get("title"))
    require(isinstance(evidence, str), where, 'the key "evidence" must hold a text', _SHAPE_HINT)
    require(title is not None, where, 'the "title" must be a text or a list of texts', _SHAPE_HINT)
    label = label_of(where, row, hint=_SHAPE_HINT)
    if label not in STANCES:
        msg = f"{where}: one piece of evidence cannot be {label.value!r}"
        raise EvaluationDataError(msg, hint="use SUPPORTS, REFUTES or NEI")
    return GoldPair(
        id=id_of(where, row, default=number, hint=_SHAPE_HINT),
        claim=claim_of(where, row, hint=_SHAPE_HINT),
        evidence=str(evidence),
        stance=STANCES[label],
        title=title or "",
    )


def judge_pair_set(
    checker: PairJudge,
    gold: Sequence[GoldPair],
    *,
    method: Method | str,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[PairOutcome, ...]:
    """
    Judge every gold pair.

    Args:
        checker: Judges the pairs; the model behind it is given some at a time.
        gold: The pairs with their right stances.
        method: What judges.
        on_progress: Called with the number of pairs done and the total after each pair.
    Returns:
        One outcome a pair, in the order of *gold*.
    """
    rows = ((pair.id, pair.claim, pair.evidence, pair.title) for pair in gold)
    outcomes = []
    for done, (pair, result) in enumerate(zip(gold, checker.judge_many(rows, method=method), strict=True), start=1):
        outcomes.append(PairOutcome(gold=pair, result=result))
        if on_progress is not None:
            on_progress(done, len(gold))
    return tuple(outcomes)


def predictions(outcomes: Sequence[PairOutcome]) -> list[Prediction]:
    """What was predicted for each pair, among the labels that the set has."""
    labels = own_labels(outcome.gold.stance for outcome in outcomes)
    return [
        Prediction(gold=outcome.gold.stance)
        if isinstance(outcome.result, Failure)
        else predicted(outcome.gold.stance, outcome.result.probabilities, labels)
        for outcome in outcomes
    ]


def own_labels(gold: Iterable[Stance]) -> tuple[Stance, ...]:
    """The labels of a set, in the order of `STANCES`."""
    held = set(gold)
    return tuple(stance for stance in STANCES.values() if stance in held)


def predicted(gold: Stance, probabilities: Mapping[str, float], labels: Sequence[Stance]) -> Prediction:
    """
    The prediction among *labels*, with the probabilities taken among these.

    Args:
        gold: The right one of *labels*.
        probabilities: Of all three stances, by name.
        labels: Those that the set has; the first of equals is given.
    """
    supported = probabilities[Stance.SUPPORTS]
    chances: dict[StrEnum, float]
    if set(labels) == _NOT_SUPPORTED:
        against = probabilities[Stance.CONTRADICTS] + probabilities[Stance.NEUTRAL]
        given = Stance.SUPPORTS if supported >= against else Stance.NEUTRAL
        chances = {Stance.NEUTRAL: 1 - supported, Stance.SUPPORTS: supported}
        return Prediction(gold=gold, given=given, confidence=max(chances.values()), chances=chances)
    given = max(labels, key=lambda label: probabilities[label])
    total = sum(probabilities[label] for label in labels)
    chances = {label: probabilities[label] / total if total else 0.0 for label in labels}
    return Prediction(gold=gold, given=given, confidence=chances[given], chances=chances)


def score_pairs(outcomes: Sequence[PairOutcome]) -> Scores:
    """
    Every measure over *outcomes*.

    Raises:
        ValueError: If there are none.
    """
    return measure(predictions(outcomes), contradicted=Stance.CONTRADICTS)


def pairs_report(
    outcomes: Sequence[PairOutcome], *, dataset: str, method: Method | str, show_wrong: bool = False
) -> dict[str, Any]:
    """
    An evaluation of a pair set as a JSON object.

    Args:
        outcomes: What `judge_pair_set` returned.
        dataset: Name of the data set, for the record.
        method: What judged, likewise.
        show_wrong: Whether to list the pairs that went wrong.
    """
    report: dict[str, Any] = {
        "schema_version": "1",
        "kind": "pairs",
        "dataset": dataset,
        "method": str(method),
        "scores": scores_object(score_pairs(outcomes)),
    }
    if show_wrong:
        judged = zip(outcomes, predictions(outcomes), strict=True)
        report["wrong"] = [_wrong_object(o, p) for o, p in judged if not p.right]
    return report


def _wrong_object(outcome: PairOutcome, prediction: Prediction) -> dict[str, Any]:
    result = outcome.result
    return {
        "id": outcome.gold.id,
        "claim": outcome.gold.claim,
        "evidence": outcome.gold.evidence,
        "gold": prediction.gold.value,
        "given": prediction.given.value if prediction.given else None,
        "error": f"{result.code}: {result.message}" if isinstance(result, Failure) else None,
        "reason": result.reason if isinstance(result, Judgement) else "",
    }
