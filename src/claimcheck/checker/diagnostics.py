"""The records of a checked draft: its claims with their verdicts, what was set aside, and the findings."""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from attrs import frozen

from claimcheck.model import Document, Evidence, Verdict

from .rules import Severity


@frozen(kw_only=True)
class Place:
    """
    A stretch of the draft's file.

    Args:
        start: First code point of the file's text, from 0.
        end: One past the last.
        line: Line of the first, from 1.
        column: Its column in code points, from 1.
        end_line: Line of the end.
        end_column: Column one past the last code point.
    """

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@frozen(kw_only=True)
class Context:
    """What stands before and after a piece of evidence in its document, on the same page."""

    before: str
    after: str


@frozen(kw_only=True)
class CheckedClaim:
    """
    A sentence of the draft that was held against the sources.

    Args:
        place: In the file.
        text: As the file has it.
        verdict: What the sources show; its claim's text is the sentence without markup.
        focus: The words that differ from the source, where some do.
        contexts: What surrounds the verdict's evidence, as many as could be had, in its order.
    """

    place: Place
    text: str
    verdict: Verdict
    focus: Place | None = None
    contexts: tuple[Context, ...] = ()


@frozen(kw_only=True)
class Aside:
    """A sentence that sources cannot settle, and why: ``kind`` is one of `claimcheck.checker.worth.Unfit`."""

    place: Place
    text: str
    kind: str
    reason: str


@frozen(kw_only=True)
class Diagnostic:
    """
    One finding.

    Args:
        path: The draft.
        place: In the file.
        text: The file's text there.
        code: Of the rule.
        severity: Error, warning or note.
        message: One sentence, lower-case.
        fingerprint: The same for the same finding after edits elsewhere in the draft.
        verdict: On the claim, ``None`` for what is about a quotation or a comment.
        evidence: What the message rests on, best first.
        focus: The words that differ, where they are known.
        contexts: What surrounds the evidence, in its order.
        confidence: Probability that the finding is right, ``None`` where there is none.
    """

    path: str
    place: Place
    text: str
    code: str
    severity: Severity
    message: str
    fingerprint: str
    verdict: Verdict | None = None
    evidence: tuple[Evidence, ...] = ()
    focus: Place | None = None
    contexts: tuple[Context, ...] = ()
    confidence: float | None = None


@frozen(kw_only=True)
class Suppressed:
    """A finding that a comment or the baseline takes out, and the reason given there."""

    diagnostic: Diagnostic
    by: str
    reason: str


@frozen(kw_only=True)
class CheckReport:
    """
    All that `Checker.check` says about one draft.

    Args:
        path: The draft.
        text: The file's text, which all places count in.
        document: The draft as it was read.
        claims: The sentences that were verified, in text order.
        aside: The sentences that were not, and why.
        diagnostics: The findings, in text order.
        suppressed: The findings that were taken out.
        unsure: How many findings were left out because their confidence was too low.
    """

    path: str
    text: str
    document: Document
    claims: tuple[CheckedClaim, ...] = ()
    aside: tuple[Aside, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    unsure: int = 0


def place_in(lines: Sequence[int], start: int, end: int) -> Place:
    """
    The place of ``[start, end)``.

    Args:
        lines: Offsets at which the lines of the text start.
        start: First code point.
        end: One past the last.
    """
    first, last = bisect_right(lines, start) - 1, bisect_right(lines, end) - 1
    return Place(
        start=start,
        end=end,
        line=first + 1,
        column=start - lines[first] + 1,
        end_line=last + 1,
        end_column=end - lines[last] + 1,
    )


def fingerprint(code: str, claim: str, *parts: str) -> str:
    """
    Sixteen hexadecimal digits that stand for a finding, wherever in the draft it is.

    Args:
        code: Of the rule.
        claim: The sentence; case, white space and punctuation do not count.
        parts: What else tells it from another finding: the slot, the evidence.
    """
    total = hashlib.sha256()
    for part in (code, *(_plain(p) for p in (claim, *parts))):
        total.update(f"{part}\0".encode(errors="surrogatepass"))
    return total.hexdigest()[:16]


def _plain(text: str) -> str:
    kept = (c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(kept).split())


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in text order; where several begin together, by code: errors, then what is unsettled, then warnings."""
    return tuple(sorted(found, key=lambda d: (d.place.start, d.code, d.place.end)))


def beginning_in(found: Sequence[Diagnostic], place: Place) -> Sequence[Diagnostic]:
    """Those of *found*, which stand in text order, that begin inside *place*."""
    first = bisect_left(found, place.start, key=lambda d: d.place.start)
    last = bisect_left(found, place.end, lo=first, key=lambda d: d.place.start)
    return found[first:last]
