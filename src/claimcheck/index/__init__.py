"""The store: documents, sentences, mentions, entities and statements, and the search for candidates."""

from __future__ import annotations

from .protocol import Candidate, CheckFault, CheckReport, DocumentInfo, Index, IndexInfo, Query
from .schema import FORMAT_VERSION
from .search import ANALYSIS_VERSION
from .sqlite import SqliteIndex

__all__ = [
    "ANALYSIS_VERSION",
    "FORMAT_VERSION",
    "Candidate",
    "CheckFault",
    "CheckReport",
    "DocumentInfo",
    "Index",
    "IndexInfo",
    "Query",
    "SqliteIndex",
]
