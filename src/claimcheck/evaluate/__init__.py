"""Metrics against gold labels, and the data set formats they come in."""

from __future__ import annotations

from .claims import ClaimScores, score, score_by_tag
from .formats import EXPORT_FORMATS, export_text, load_gold
from .gold import GoldClaim, GoldEvidence, Outcome, Place
from .metrics import Scores
from .run import evaluate, report_object

__all__ = [
    "EXPORT_FORMATS",
    "ClaimScores",
    "GoldClaim",
    "GoldEvidence",
    "Outcome",
    "Place",
    "Scores",
    "evaluate",
    "export_text",
    "load_gold",
    "report_object",
    "score",
    "score_by_tag",
]
