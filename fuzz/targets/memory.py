"""Files of a claim memory, and ClaimReview mark-up that is put into one."""

from __future__ import annotations

from claimcheck.checker.memory_file import entries_of, memory_text
from claimcheck.checker.reviews import entries_of_reviews
from claimcheck.errors import ClaimcheckError
from fuzz.harness import text_of


def run(data: bytes) -> None:
    """Read *data* as a claim memory, and as ClaimReview mark-up."""
    text = text_of(data)
    try:
        entries = entries_of(text, "memory")
    except ClaimcheckError:
        entries = []
    reviewed, left_out = entries_of_reviews(text, "reviews")
    assert all(isinstance(item.claim, str) for item in left_out)
    kept = memory_text([*entries, *reviewed])
    kept.encode("utf-8")
    once = {entry.remembered.id: entry for entry in [*entries, *reviewed]}
    assert entries_of(kept, "kept") == list(once.values())
