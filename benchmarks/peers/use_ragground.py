"""ragground without its downloads: covered words and word pairs; numbers, negation and names that do not fit."""

from __future__ import annotations

import logging
from pathlib import Path

from adapter import ABSTAINS, CONTRADICTS, SUPPORTS, UNSUPPORTED, Judge, serve
from ragground.app import RAGGround


def make() -> Judge:
    """Its first tier."""
    logging.disable(logging.CRITICAL)
    app = RAGGround(auto_download=False, root=Path.home() / "ragground")

    def judge(claim: str, evidence: str) -> str:
        found = {part.status.value for part in app.verify(context=evidence, answer=claim).claims}
        if "CONTRADICTED" in found:
            return CONTRADICTS
        if found == {"VERIFIED"}:
            return SUPPORTS
        return UNSUPPORTED if "UNSUPPORTED" in found else ABSTAINS

    return judge


if __name__ == "__main__":
    serve(make)
