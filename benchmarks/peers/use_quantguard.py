"""rag-quantguard: the quantities of the claim against those of the evidence; it has nothing to say of other claims."""

from __future__ import annotations

from adapter import ABSTAINS, CONTRADICTS, SUPPORTS, UNSUPPORTED, Judge, serve
from quantguard import QuantitativeGuard

FITS = {"VERIFIED", "APPROXIMATE"}


def make() -> Judge:
    """Its guard, as it is."""
    guard = QuantitativeGuard()

    def judge(claim: str, evidence: str) -> str:
        found = {result.status.value for result in guard.verify(claim, [evidence]).results}
        if "CONTRADICTED" in found:
            return CONTRADICTS
        if found and found <= FITS:
            return SUPPORTS
        return UNSUPPORTED if "UNSUPPORTED" in found else ABSTAINS

    return judge


if __name__ == "__main__":
    serve(make)
