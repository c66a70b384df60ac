"""Metrics against gold labels, and the data set formats they come in."""

from __future__ import annotations

from .formats import EXPORT_FORMATS, export_text, load_gold
from .gold import GoldClaim, GoldEvidence, Outcome, Place
from .metrics import Scores, score, score_by_tag
from .run import evaluate, report_object

__all__ = [
    "EXPORT_FORMATS",
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
