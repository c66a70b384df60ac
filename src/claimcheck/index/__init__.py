"""The store: documents, sentences and what was read from them, and the search for candidates."""

from __future__ import annotations

from .analysis import ANALYSIS_VERSION
from .closing import Closing
from .parts import PartedIndex, part_of
from .protocol import CheckFault, CheckReport, DocumentInfo, Index, IndexInfo, Part
from .query import Candidate, Filters, Found, Query
from .rows import DocumentRows, prepare, prepare_on
from .schema import FORMAT_VERSION
from .shards import MOST_SHARDS, ShardFolder, is_shard_folder
from .spool import Spool
from .sqlite import SqliteIndex

__all__ = [
    "ANALYSIS_VERSION",
    "FORMAT_VERSION",
    "MOST_SHARDS",
    "Candidate",
    "CheckFault",
    "CheckReport",
    "Closing",
    "DocumentInfo",
    "DocumentRows",
    "Filters",
    "Found",
    "Index",
    "IndexInfo",
    "Part",
    "PartedIndex",
    "Query",
    "ShardFolder",
    "Spool",
    "SqliteIndex",
    "is_shard_folder",
    "part_of",
    "prepare",
    "prepare_on",
]
