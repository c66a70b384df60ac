"""The parts of a page and their sentences, without the language model."""

from __future__ import annotations

from claimcheck.language.sentences import blocks, copies, published_in_text, sentence_bounds, split_dateline
from claimcheck.model import Document
from fuzz.harness import text_of


def run(data: bytes) -> None:
    """Cut *data* into blocks, and those into sentences; its first byte says where a parser would cut."""
    text = text_of(data[1:])
    document = Document(id="a", text=text)
    step = data[0] % 16 + 1 if data else 1
    published_in_text(document)
    at = 0
    for block in blocks(document):
        assert at <= block.start < block.end <= len(text), block
        at = block.end
        part = text[block.start : block.end]
        assert 0 <= split_dateline(part) <= len(part)
        last = 0
        bounds = sentence_bounds(part, range(0, len(part), step))
        for start, end in bounds:
            assert last <= start < end <= len(part), (start, end)
            assert not part[last:start].strip(), (last, start)
            last = end
        assert not part[last:].strip()
        copies([part[start:end] for start, end in bounds])
