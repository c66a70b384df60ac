"""
Verdicts as drafts of ClaimReview mark-up (schema.org), in JSON-LD, and the reviews of a claim memory.

Only what is known is written: who reviews, where the review is published and who made the claim are for a person to
fill in, and every review says that it is a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.checker.diagnostics import CheckedClaim, CheckReport
from claimcheck.checker.memory import Entry
from claimcheck.model import Document, Evidence, Label, Stance

_RATINGS = {
    Label.CONTRADICTED: (1, "Contradicted"),
    Label.CONFLICTING: (3, "Conflicting"),
    Label.SUPPORTED: (5, "Supported"),
}
_OPEN = "Not enough evidence"
_DESCRIPTION = (
    "A draft by claimcheck, to be read and completed by a person: author and url of the review, its date, and the "
    "author of the claim are not known to it."
)


def claim_reviews(reports: Iterable[CheckReport]) -> Iterator[dict[str, Any]]:
    """A draft for each claim that the sources decide."""
    for report in reports:
        for claim in report.claims:
            if claim.verdict.label in _RATINGS:
                yield _review(report.document, claim)


def memory_reviews(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """A review for each entry of a claim memory, with the author, date and address that it has, and no others."""
    for entry in entries:
        known = entry.remembered
        value, name = _RATINGS.get(known.label, (None, _OPEN))
        rating: dict[str, Any] = {"@type": "Rating", "alternateName": name}
        if value is not None:
            rating |= {"ratingValue": value, "bestRating": 5, "worstRating": 1}
        review: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "identifier": known.id,
            "claimReviewed": known.claim,
            "reviewRating": rating,
        }
        if known.checked is not None:
            review["datePublished"] = known.checked.isoformat()
        if known.who:
            review["author"] = {"@type": "Person", "name": known.who}
        review |= {key: value for key, value in (("url", known.url), ("reviewBody", known.note)) if value}
        cited = [{"@type": "CreativeWork", "name": e.document, "text": e.text} for e in entry.evidence]
        yield review | ({"citation": cited} if cited else {})


def _review(document: Document, claim: CheckedClaim) -> dict[str, Any]:
    verdict = claim.verdict
    value, name = _RATINGS[verdict.label]
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "description": _DESCRIPTION,
        "claimReviewed": " ".join(verdict.claim.text.split()),
        "reviewBody": verdict.reason,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": name,
        },
        "itemReviewed": _claim(document),
    }
    sources = [_source(e) for e in verdict.evidence if e.stance is not Stance.NEUTRAL]
    return review | ({"citation": sources} if sources else {})


def _claim(document: Document) -> dict[str, Any]:
    """The claim as an item: where and when it appeared, as far as the draft itself says."""
    item: dict[str, Any] = {"@type": "Claim"}
    appearance: dict[str, Any] = {"@type": "CreativeWork"}
    if document.title:
        appearance["headline"] = document.title
    if document.url:
        appearance["url"] = document.url
    if document.published is not None:
        item["datePublished"] = document.published.isoformat()
    return item | ({"appearance": appearance} if len(appearance) > 1 else {})


def _source(evidence: Evidence) -> dict[str, Any]:
    source: dict[str, Any] = {"@type": "CreativeWork", "name": evidence.title or evidence.document}
    if evidence.published is not None:
        source["datePublished"] = evidence.published.isoformat()
    return source | {"text": evidence.span.text}
