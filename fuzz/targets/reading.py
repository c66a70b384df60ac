"""Reading an article: sentences, names, statements, what the index keeps of them, and verdicts on them."""

from __future__ import annotations

import json

from claimcheck import documents
from claimcheck.index import serial
from claimcheck.language.reading import read
from claimcheck.model import Reading, Sentence
from fuzz.harness import exact

LONGEST = 800


def run(data: bytes) -> None:
    """Read *data* as Markdown."""
    loaded = documents.load_bytes(data[:LONGEST], document_id="a", media_type="text/markdown")
    for document in loaded.documents:
        reading = read(document)
        exact(reading, document.text)
        _ordered(reading)
        for sentence in reading.sentences:
            kept = json.loads(serial.dumps(serial.unstructure(sentence, document.text)))
            assert serial.structure(kept, Sentence, document.text) == sentence


def _ordered(reading: Reading) -> None:
    """Assert that sentences stand in order and name whom the reading knows."""
    at = 0
    known = {entity.id for entity in reading.entities}
    for number, sentence in enumerate(reading.sentences):
        assert sentence.index == number
        assert at <= sentence.span.start < sentence.span.end, sentence
        at = sentence.span.end
        for mention in sentence.mentions:
            assert {mention.entity, *mention.candidates} - {""} <= known, mention
