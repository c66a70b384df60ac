"""anchorcite with its lexical scorer: a passage of the evidence that covers the claim, or none."""

from __future__ import annotations

import logging

from adapter import SUPPORTS, UNSUPPORTED, Judge, serve
from anchorcite import CitationAnchorer, LexicalScorer


def make() -> Judge:
    """Its anchorer without a model."""
    logging.disable(logging.CRITICAL)
    anchorer = CitationAnchorer(scorer=LexicalScorer())
    return lambda claim, evidence: SUPPORTS if anchorer.anchor(claim, evidence) else UNSUPPORTED


if __name__ == "__main__":
    serve(make)
