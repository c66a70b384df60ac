"""An evaluation from end to end: verify every gold claim, then measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import attrs

from claimcheck.model import Claim, Failure, Verdict

from .claims import score, score_by_tag
from .gold import GoldClaim, GoldEvidence, Outcome, Place
from .report import scores_object

Locate = Callable[[str, int, int], int | None]
"""Document, start and end to the number of the first sentence there, ``None`` when there is none."""


class Verifier(Protocol):
    """What an evaluation needs of a checker."""

    def verify_many(self, claims: Iterable[Claim | str], /) -> Iterator[Verdict | Failure]:
        """Verdicts in the order of *claims*."""


def evaluate(
    checker: Verifier,
    gold: Sequence[GoldClaim],
    *,
    locate: Locate | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """
    Verify every gold claim.

    Args:
        checker: Verifies the claims.
        gold: The claims with their right verdicts.
        locate: Gives sentence numbers, which FEVER's shapes need; without it only stretches of text are compared.
        on_progress: Called with the number of claims done and the total after each claim.
    Returns:
        One outcome a claim, in the order of *gold*.
    """
    find = locate or _nowhere
    claims = (Claim(text=claim.text, id=claim.id) for claim in gold)
    outcomes = []
    for done, (claim, result) in enumerate(zip(gold, checker.verify_many(claims), strict=True), start=1):
        places = _places(result, find) if isinstance(result, Verdict) else ()
        outcomes.append(Outcome(gold=_located(claim, find), result=result, places=places))
        if on_progress is not None:
            on_progress(done, len(gold))
    return tuple(outcomes)


def report_object(outcomes: Sequence[Outcome], *, dataset: str, show_wrong: bool = False) -> dict[str, Any]:
    """
    An evaluation as a JSON object: all measures over all claims and for each tag.

    Args:
        outcomes: What `evaluate` returned.
        dataset: Name of the data set, for the record.
        show_wrong: Whether to list the claims that went wrong.
    """
    report: dict[str, Any] = {
        "schema_version": "1",
        "dataset": dataset,
        "scores": scores_object(score(outcomes)),
        "by_tag": {tag: scores_object(scores) for tag, scores in score_by_tag(outcomes).items()},
    }
    if show_wrong:
        report["wrong"] = [wrong_object(outcome) for outcome in outcomes if not outcome.right]
    return report


def _places(verdict: Verdict, locate: Locate) -> tuple[Place, ...]:
    return tuple(
        Place(
            document=piece.document,
            start=piece.span.start,
            end=piece.span.end,
            stance=piece.stance,
            sentence=locate(piece.document, piece.span.start, piece.span.end),
        )
        for piece in verdict.evidence
    )


def _located(claim: GoldClaim, locate: Locate) -> GoldClaim:
    """The claim with the sentence numbers of its gold evidence, where they can be found."""
    return attrs.evolve(claim, evidence=tuple(tuple(_numbered(p, locate) for p in group) for group in claim.evidence))


def _numbered(piece: GoldEvidence, locate: Locate) -> GoldEvidence:
    if piece.sentence is not None or piece.start is None or piece.end is None:
        return piece
    return attrs.evolve(piece, sentence=locate(piece.document, piece.start, piece.end))


def _nowhere(_document: str, _start: int, _end: int) -> None:
    return None


def wrong_object(outcome: Outcome) -> dict[str, Any]:
    """A claim that went wrong, as a JSON object."""
    result = outcome.result
    return {
        "id": outcome.gold.id,
        "claim": outcome.gold.text,
        "gold": outcome.gold.label.value,
        "given": outcome.given.value if outcome.given else None,
        "error": f"{result.code}: {result.message}" if isinstance(result, Failure) else None,
        "reason": result.reason if isinstance(result, Verdict) else "",
        "tags": list(outcome.gold.tags),
    }
