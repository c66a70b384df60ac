"""From the user's text to a claim that can be checked, or to the reason why not."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from claimcheck.errors import ClaimParseError, NotCheckableError
from claimcheck.model import Claim, Failure, Reading

from .sources import failure_of
from .worth import refusal

#: Longest claim, in code points: a claim is a sentence or two, not an article.
MAX_CLAIM = 2_000


class ReadClaim(Protocol):
    """What reads the text of a claim."""

    def __call__(self, text: str, /, *, anchor: dt.date | None = None) -> Reading:
        """The reading of *text*, whose relative dates count from *anchor*."""
        ...


class ReadClaims(Protocol):
    """What reads the texts of many claims."""

    def __call__(self, claims: Sequence[tuple[str, dt.date | None]], /) -> list[Reading]:
        """The reading of each text, whose relative dates count from the day beside it."""
        ...


def parse_claim(
    text: str, *, identifier: str = "", as_of: dt.date | None = None, read: ReadClaim | None = None
) -> Claim:
    """
    Read a claim.

    Args:
        text: One statement, or a few in one sentence. Offsets in the reading count from its first code point.
        identifier: Travels with the claim through a batch.
        as_of: The day that "yesterday" or "last year" in the claim count from.
        read: What reads it, `claimcheck.language.read_claim` when nothing is said.
    Returns:
        The claim with its reading; its statements are its parts.
    Raises:
        ClaimParseError: If it is empty, too long, or nothing can be read from it.
        NotCheckableError: If it is a question, an instruction, or an opinion put in the first person or as a duty
            ("should").
    """
    _refuse_unreadable(text)
    if read is not None:
        return _claim_of(text, identifier, read(text, anchor=as_of))
    from claimcheck.language.reading import read_claim  # noqa: PLC0415 - loads the language model's code

    return _claim_of(text, identifier, read_claim(text, anchor=as_of))


def parse_claims(
    claims: Sequence[tuple[Claim, dt.date | None]], *, read: ReadClaims | None = None
) -> list[Claim | Failure]:
    """
    Read many claims at once, which is faster.

    Args:
        claims: Each with the day that its "yesterday" counts from, as `parse_claim` takes it.
        read: What reads them, `claimcheck.language.read_claims` when nothing is said.
    Returns:
        Claims with their readings, in order; one that cannot be checked gives a `Failure` in its place.
    """
    if read is None:
        from claimcheck.language.reading import read_claims  # noqa: PLC0415 - loads the language model's code

        read = read_claims
    results: list[Claim | Failure] = []
    readable: list[tuple[str, dt.date | None]] = []
    for claim, as_of in claims:
        try:
            _refuse_unreadable(claim.text)
        except ClaimParseError as error:
            results.append(failure_of(claim.id, claim.text, error))
        else:
            results.append(claim)
            readable.append((claim.text, as_of))
    readings = iter(read(readable))
    return [result if isinstance(result, Failure) else _claim_or_failure(result, next(readings)) for result in results]


def _claim_or_failure(claim: Claim, reading: Reading) -> Claim | Failure:
    try:
        return _claim_of(claim.text, claim.id, reading)
    except ClaimParseError as error:
        return failure_of(claim.id, claim.text, error)


def _claim_of(text: str, identifier: str, reading: Reading) -> Claim:
    """
    The claim with its reading.

    Raises:
        ClaimParseError: If nothing in it can be checked.
    """
    _refuse_uncheckable(text, reading)
    claim = Claim(text=text, id=identifier, reading=reading)
    if not claim.statements:
        msg = "no statement can be read from the claim"
        hint = "write who did what, for example “The minister resigned in 2009”"
        raise ClaimParseError(msg, hint=hint, span=(0, len(text)))
    return claim


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        msg = "the claim is empty"
        raise ClaimParseError(msg, hint="write a statement, for example “The minister resigned in 2009”")
    if any(unicodedata.category(c) == "Cs" for c in text):
        msg = "the claim holds half a surrogate pair, which is no character"
        raise ClaimParseError(msg, hint="write the claim as UTF-8", span=(0, len(text)))
    if len(text) > MAX_CLAIM:
        msg = f"the claim has {len(text):,} characters, more than the {MAX_CLAIM:,} that one claim may have"
        raise ClaimParseError(msg, hint="check the sentences of a long text one by one", code="CC-E05")
    if not any(unicodedata.category(c).startswith("L") for c in text):
        msg = "the claim has no words"
        raise ClaimParseError(msg, hint="write a statement in English", span=(0, len(text)))


def _refuse_uncheckable(text: str, reading: Reading) -> None:
    refused = refusal(text, [s for sentence in reading.sentences for s in sentence.statements])
    if refused is not None:
        msg = f"the claim is {refused.reason}"
        raise NotCheckableError(msg, hint=refused.hint, span=(0, len(text)))
