"""
Many machines: the shards of an index, the reading of articles and the checking of claims, spread over a Ray cluster.

Ray schedules, restarts and retries; this room says what is to be run.  It needs the extra ``cluster``, and imports Ray
when a cluster is connected to.
"""

from __future__ import annotations

from .connect import Cluster, open_corpus
from .settings import Settings

__all__ = ["Cluster", "Settings", "open_corpus"]
