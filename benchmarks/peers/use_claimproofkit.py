"""claimproofkit: share of the claim's terms in the passage; differing numbers, negation and antonyms contradict."""

from __future__ import annotations

from adapter import ABSTAINS, CONTRADICTS, SUPPORTS, UNSUPPORTED, Judge, serve
from claimproofkit import Claim, ClaimType, ClaimVerifier, EvidencePassage, SupportStatus

ANSWERS = {
    SupportStatus.DIRECTLY_SUPPORTED: SUPPORTS,
    SupportStatus.SUPPORTED_BY_INFERENCE: SUPPORTS,
    SupportStatus.PARTIALLY_SUPPORTED: UNSUPPORTED,
    SupportStatus.UNSUPPORTED: UNSUPPORTED,
    SupportStatus.CONTRADICTED: CONTRADICTS,
}


def make() -> Judge:
    """Its verifier, as it is."""
    verifier = ClaimVerifier()

    def judge(claim: str, evidence: str) -> str:
        asked = Claim(id="claim", text=claim, type=ClaimType.FACTUAL)
        passage = EvidencePassage(id="passage", source="evidence", text=evidence)
        return ANSWERS.get(verifier.verify(asked, [passage]).status, ABSTAINS)

    return judge


if __name__ == "__main__":
    serve(make)
