"""touchstone-mcp: a probability that the claim is made up, from numbers, names and words without a source."""

from __future__ import annotations

from adapter import SUPPORTS, UNSUPPORTED, Judge, serve
from clarethium_touchstone import Verifier

THRESHOLD = 0.5


def make() -> Judge:
    """Its verifier; what it calls out of its scope is flagged, too."""
    verifier = Verifier()

    def judge(claim: str, evidence: str) -> str:
        score = verifier.score(text=claim, source=evidence)
        return UNSUPPORTED if score.should_flag(THRESHOLD, fail_open=False) else SUPPORTS

    return judge


if __name__ == "__main__":
    serve(make)
