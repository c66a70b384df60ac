"""Metrics against gold labels, and the data set formats they come in."""

from __future__ import annotations

from .claims import ClaimScores, score, score_by_tag
from .documents import document_set, load_documents
from .formats import EXPORT_FORMATS, export_text, gold_of, load_gold
from .gold import GoldClaim, GoldEvidence, Outcome, Place
from .metrics import Scores
from .pairs import GoldPair, PairOutcome, is_pair_set, judge_pair_set, pairs_of, pairs_report, score_pairs
from .phenomena import is_phenomenon_set, limited, load_phenomena, phenomena_report, verify_items
from .retrieval import documents_report, judge_document_set
from .rows import read_rows, sample
from .run import evaluate, report_object

__all__ = [
    "EXPORT_FORMATS",
    "ClaimScores",
    "GoldClaim",
    "GoldEvidence",
    "GoldPair",
    "Outcome",
    "PairOutcome",
    "Place",
    "Scores",
    "document_set",
    "documents_report",
    "evaluate",
    "export_text",
    "gold_of",
    "is_pair_set",
    "is_phenomenon_set",
    "judge_document_set",
    "judge_pair_set",
    "limited",
    "load_documents",
    "load_gold",
    "load_phenomena",
    "pairs_of",
    "pairs_report",
    "phenomena_report",
    "read_rows",
    "report_object",
    "sample",
    "score",
    "score_by_tag",
    "score_pairs",
    "verify_items",
]
