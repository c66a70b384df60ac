"""
Confidence: from what was found to probabilities, by a small model that was fitted to labelled data.

Two multinomial logistic regressions (Platt 1999, for three classes), each in two versions: on the alignment alone, and
on the alignment with what the entailment model says.  *evidence* turns the features of one sentence into the
probabilities of its stance; *claim* turns the surest sentence on either side, and what decided, into those of the
verdict.  The weights
stand in ``data/confidence.json``, which says what they were fitted to; ``training/calibrate.py`` writes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from attrs import frozen

from claimcheck.model import Probabilities

#: Whether the probabilities were fitted to labelled data.
CALIBRATED = True
#: No odds are taken for longer than these (natural logarithm).
LONGEST_ODDS = 7.0
#: Digits that are kept of a probability.
_DIGITS = 6


Weights = dict[str, dict[str, dict[str, dict[str, float]]]]


@frozen(kw_only=True)
class Scale:
    """Weights of the features for *supports* and for *contradicts*; neutral is what both are measured against."""

    supports: Mapping[str, float]
    contradicts: Mapping[str, float]

    def probabilities(self, features: Mapping[str, float]) -> Probabilities:
        """The probabilities of the three outcomes; a feature without a weight counts for nothing."""
        odds = [
            math.exp(sum(side.get(name, 0.0) * value for name, value in features.items()))
            for side in (self.supports, self.contradicts)
        ]
        total = 1.0 + sum(odds)
        supported, contradicted = (round(o / total, _DIGITS) for o in odds)
        return Probabilities(
            supported=supported,
            contradicted=contradicted,
            not_enough_evidence=max(0.0, 1.0 - supported - contradicted),
        )


@cache
def scale(level: str, *, judged: bool) -> Scale:
    """
    The weights of one level.

    Args:
        level: ``"evidence"`` or ``"claim"``.
        judged: Whether the entailment model was asked too.
    """
    rows = weights()[level]["both" if judged else "alignment"]
    return Scale(supports=rows["supports"], contradicts=rows["contradicts"])


@cache
def weights() -> Weights:
    """What ``data/confidence.json`` holds, by level, version, outcome and feature."""
    text = files("claimcheck.matching").joinpath("data/confidence.json").read_text(encoding="utf-8")
    found: Weights = json.loads(text)["weights"]
    return found


def log_odds(probability: float, other: float) -> float:
    """How much likelier one is than the other, as a natural logarithm within `LONGEST_ODDS`."""
    least = math.exp(-LONGEST_ODDS)
    odds = math.log(max(probability, least) / max(other, least))
    return max(-LONGEST_ODDS, min(LONGEST_ODDS, odds))


def claim_features(
    found: Sequence[Probabilities], *, outcome: str = "", score: float = 0.0, chance: float = 0.5, whole: bool = False
) -> dict[str, float]:
    """
    The features of a claim.

    Args:
        found: The probabilities of the sentences about it: the surest on either side counts.
        outcome: What the sentences come to, and how: ``"supported firmly"``, ``"contradicted by meaning"`` ...
        score: Of the sentence that decides, 0 when meaning or nothing does.
        chance: The probability of that sentence's stance; even when nothing decides.
        whole: Whether that sentence speaks of all that the claim does.
    """
    support = max((p.supported for p in found), default=0.0)
    contradiction = max((p.contradicted for p in found), default=0.0)
    known = {
        "one": 1.0,
        "support": log_odds(support, 1 - support),
        "contradiction": log_odds(contradiction, 1 - contradiction),
    }
    if outcome:
        side = outcome.split(maxsplit=1)[0]
        known[outcome] = 1.0
        known[f"{side} score"] = score
        known[f"{side} chance"] = log_odds(chance, 1 - chance)
        known[f"{side} whole"] = float(whole)
    return known


def verdict_probabilities(features: Mapping[str, float], *, judged: bool) -> Probabilities:
    """The probabilities of the verdict on one statement of a claim, from its `claim_features`."""
    return scale("claim", judged=judged).probabilities(features)
