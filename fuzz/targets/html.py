"""HTML."""

from __future__ import annotations

from fuzz.targets.text import check


def run(data: bytes) -> None:
    """Load *data* as HTML."""
    check(data, "text/html")
