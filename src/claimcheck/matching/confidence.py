"""
Confidence: from scores to probabilities.

A plain monotone map for now: the scores were not fitted to labelled data, and every result says
``calibrated: false``.
"""

from __future__ import annotations

import math

from claimcheck.model import Probabilities

#: Whether the map was fitted to labelled data.
CALIBRATED = False
#: Centre and slope of the logistic map from score to probability.
CENTRE = 0.55
SLOPE = 7.0
#: How much doubt a near sentence leaves when nothing decides, for each point of its score, and at most.
DOUBT = 1.6
MOST_DOUBT = 0.62
#: No result is surer than this.
CEILING = 0.98


def probability(score: float) -> float:
    """Map a score (0-1) to the probability that the stance holds, 0-1, rising with the score."""
    return min(CEILING, 1.0 / (1.0 + math.exp(-SLOPE * (score - CENTRE))))


def probabilities(support: float, contradiction: float, nearest: float = 0.0) -> Probabilities:
    """
    The probabilities of the three outcomes from the best score on each side; 0 is no such evidence.

    They sum to 1.  With no evidence on either side, the nearest sentence tells how much is left open: the more of
    the claim it has, the likelier it is that the reading missed something.

    Args:
        support: Best score of the sentences that support the claim.
        contradiction: Best score of those that contradict it.
        nearest: Best score of those that do neither.
    """
    if not support and not contradiction:
        doubt = min(MOST_DOUBT, DOUBT * nearest)
        half = round(doubt / 2, 6)
        return Probabilities(supported=half, contradicted=half, not_enough_evidence=1.0 - 2 * half)
    supported = probability(support) if support else 0.01
    contradicted = probability(contradiction) if contradiction else 0.01
    both, neither = supported * contradicted, (1 - supported) * (1 - contradicted)
    alone = supported - both, contradicted - both
    total = alone[0] + alone[1] + neither
    first, second = round(alone[0] / total, 6), round(alone[1] / total, 6)
    return Probabilities(supported=first, contradicted=second, not_enough_evidence=max(0.0, 1.0 - first - second))
