"""Findings in drafts as a screen: a line that programs can read, and the evidence beneath it."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.checker.diagnostics import CheckReport, Diagnostic
from claimcheck.checker.rules import Severity
from claimcheck.model import Evidence, Label, Stance

from .display import Look, counted, percent
from .page import Page, Piece
from .text import differing

STYLES = {Severity.ERROR: "bad", Severity.WARNING: "mixed", Severity.NOTE: "open"}
_STANCES = {
    Stance.SUPPORTS: ("supports", "good"),
    Stance.CONTRADICTS: ("contradicts", "bad"),
    Stance.NEUTRAL: ("closest", "open"),
}
_LABELS = {
    Label.SUPPORTED: ("supported", "good"),
    Label.CONTRADICTED: ("contradicted", "bad"),
    Label.CONFLICTING: ("conflicting", "mixed"),
    Label.NOT_ENOUGH_EVIDENCE: ("without enough evidence", "open"),
}


def diagnostic_text(diagnostic: Diagnostic, look: Look) -> str:
    """
    One finding: ``path:line:col: severity[CODE] message``, the draft's words, and what the sources say.

    A note is its first line alone.
    """
    page = Page(look)
    place = diagnostic.place
    page.line(
        (f"{diagnostic.path}:{place.line}:{place.column}: ", "strong"),
        (f"{diagnostic.severity.value}[{diagnostic.code}]", STYLES[diagnostic.severity]),
        (f" {diagnostic.message}", "plain"),
    )
    if diagnostic.severity is Severity.NOTE:
        return str(page)
    page.quote(diagnostic.text, _focus(diagnostic), indent=4)
    for evidence in diagnostic.evidence:
        _evidence(page, evidence)
    page.blank()
    return str(page)


def summary_text(reports: Iterable[CheckReport], look: Look) -> str:
    """How the drafts came out, in a line or two."""
    seen = [r for r in reports if r.claims or r.aside]
    labels = [c.verdict.label for r in seen for c in r.claims]
    page = Page(look)
    lead = f"{counted(len(seen), 'draft')}, " if len(seen) != 1 else ""
    pieces: list[Piece] = [(f"{lead}{counted(len(labels), 'claim')} checked", "strong")]
    for number, (label, (words, style)) in enumerate((la, w) for la, w in _LABELS.items() if labels.count(la)):
        pieces += [(": " if number == 0 else ", ", "plain"), (f"{labels.count(label):,} {words}", style)]
    aside = sum(len(r.aside) for r in seen)
    if aside:
        pieces += [("; ", "plain"), (f"{counted(aside, 'sentence')} set aside", "quiet")]
    for count, words in (
        (sum(len(r.suppressed) for r in seen), "suppressed"),
        (sum(r.unsure for r in seen), "below --min-confidence"),
    ):
        if count:
            pieces += [("; ", "plain"), (f"{counted(count, 'finding')} {words}", "quiet")]
    page.write(*pieces, hang=2)
    return str(page)


def _focus(diagnostic: Diagnostic) -> list[tuple[int, int]]:
    """The words that differ, counted from the start of the quoted text."""
    focus, start = diagnostic.focus, diagnostic.place.start
    if focus is None or focus.start < start:
        return []
    return [(focus.start - start, focus.end - start)]


def _evidence(page: Page, evidence: Evidence) -> None:
    words, style = _STANCES[evidence.stance]
    where = evidence.document
    if evidence.position is not None:
        where += f":{evidence.position.line}:{evidence.position.column}"
    date = f" · {evidence.published.isoformat()}" if evidence.published else ""
    said = f" · as said by {evidence.attribution}" if evidence.attribution else ""
    page.line((words, style), (f" {percent(evidence.confidence)}  {where}{date}{said}", "quiet"), indent=6)
    page.quote(evidence.span.text, differing(evidence.alignment, evidence.span.start), indent=6)
