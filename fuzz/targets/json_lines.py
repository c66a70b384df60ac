"""Articles in JSON Lines."""

from __future__ import annotations

from claimcheck import documents
from fuzz.targets.text import sound


def run(data: bytes) -> None:
    """Load *data* as JSON Lines."""
    loaded = documents.load_bytes(data, document_id="a", media_type="application/jsonl", max_bytes=1 << 16)
    assert loaded.documents or loaded.faults
    for document in loaded.documents:
        sound(document)
        document.id.encode("utf-8")
        assert document.text.strip()
