"""Windows of the entailment model: no sequence too long, and no character of the evidence left out."""

from __future__ import annotations

import functools
from itertools import pairwise

from claimcheck.entailment.files import SHIPPED, TOKENIZER
from claimcheck.entailment.protocol import Pair
from claimcheck.entailment.windows import Encoder, parsed_tokenizer
from fuzz.harness import parts_of

MAX_TOKENS, OVERLAP = 64, 12


@functools.cache
def _encoder() -> Encoder:
    path = SHIPPED / TOKENIZER
    return Encoder(parsed_tokenizer(path, path.read_bytes(), ""), max_tokens=MAX_TOKENS, overlap=OVERLAP)


def run(data: bytes) -> None:
    """Cut a pair into windows: claim, title and evidence, told apart by the byte 0x1E."""
    claim, title, evidence = parts_of(data, 3)
    windows = _encoder().encode(Pair(claim=claim, evidence=evidence, title=title))
    assert windows
    assert windows[0].start == 0
    assert windows[-1].end == len(evidence)
    for window in windows:
        assert len(window.ids) == len(window.types) <= MAX_TOKENS
        assert 0 <= window.start <= window.end <= len(evidence)
    for before, after in pairwise(windows):
        assert after.start <= before.end <= after.end
        assert before.start <= after.start
