"""Findings as the protocol's diagnostics, and the pages that their codes lead to."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from urllib.parse import quote

from attrs import frozen
from lsprotocol import types

from claimcheck.checker.cache import cache_folder
from claimcheck.checker.diagnostics import Diagnostic
from claimcheck.checker.rules import Rule, Severity, rule
from claimcheck.config.values import CODE
from claimcheck.errors import ConfigError
from claimcheck.model import Evidence, Stance
from claimcheck.render.display import neat, percent, sentence, shortened

from .texts import Range
from .worker import Checked, key_of

#: What the diagnostics say they are from.
SOURCE = "claimcheck"
#: Code points of a source's sentence that are shown in a list.
SHORT = 240

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_STANCES = {Stance.SUPPORTS: "supports", Stance.CONTRADICTS: "contradicts", Stance.NEUTRAL: "is closest"}


@frozen(kw_only=True)
class Client:
    """
    What the client can do.

    Args:
        related: Whether it shows what a diagnostic is related to.
        markdown: Whether its hovers can be Markdown.
        shows_documents: Whether it opens a document when it is asked to.
        snippets: Whether an edit may have a gap to fill in.
        versions: Whether an edit may say which version of the text it is for.
        progress: Whether it shows progress that the server begins.
        configuration: Whether it can be asked for the user's configuration.
        pulls: Whether it asks for diagnostics itself.
        refreshes: Whether it can be told to ask again.
    """

    related: bool = False
    markdown: bool = False
    shows_documents: bool = False
    snippets: bool = False
    versions: bool = False
    progress: bool = False
    configuration: bool = False
    pulls: bool = False
    refreshes: bool = False


def diagnostics_of(checked: Checked, client: Client, rules_url: str = "") -> list[types.Diagnostic]:
    """
    The diagnostics of a checked text, in text order.

    Args:
        checked: What was found.
        client: What the client can do.
        rules_url: Where the page of a rule is, as in `Settings`; the one that the server writes when empty.
    """
    if checked.report is None:
        return []
    return [_diagnostic(checked, d, client, rules_url) for d in checked.report.diagnostics]


def diagnostic_range(checked: Checked, diagnostic: Diagnostic) -> types.Range:
    """Where *diagnostic* stands in the editor."""
    return protocol_range(checked.text.text.range(diagnostic.place.start, diagnostic.place.end))


def protocol_range(found: Range) -> types.Range:
    """*found* as the protocol has it."""
    start, end = (types.Position(line=p.line, character=p.character) for p in found)
    return types.Range(start=start, end=end)


def _diagnostic(checked: Checked, found: Diagnostic, client: Client, rules_url: str) -> types.Diagnostic:
    message = neat(found.message)
    if found.confidence is not None and found.severity is not Severity.NOTE:
        message += f" ({percent(found.confidence)})"
    related = list(_related(checked, found)) if client.related else []
    if not client.related or not all(key_of(e) in checked.places for e in found.evidence):
        message = "\n".join([message, *map(_said, found.evidence)])
    href = rules_url.replace(CODE, found.code.lower()) if rules_url else rule_page(found.code)
    return types.Diagnostic(
        range=diagnostic_range(checked, found),
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=types.CodeDescription(href=href) if href else None,
        source=SOURCE,
        message=message,
        related_information=related or None,
        data={"fingerprint": found.fingerprint},
    )


def _related(checked: Checked, found: Diagnostic) -> Iterator[types.DiagnosticRelatedInformation]:
    """The source's sentences, where they are on disk, then the words of the draft that differ."""
    for evidence in found.evidence:
        place = checked.places.get(key_of(evidence))
        if place is not None:
            yield types.DiagnosticRelatedInformation(
                location=types.Location(uri=place.uri, range=protocol_range(place.range)), message=_said(evidence)
            )
    if found.focus is not None:
        where = checked.text.text.range(found.focus.start, found.focus.end)
        yield types.DiagnosticRelatedInformation(
            location=types.Location(uri=checked.text.uri, range=protocol_range(where)),
            message="the words that differ",
        )


def _said(evidence: Evidence) -> str:
    """A piece of evidence on one line."""
    return f"{neat(evidence.document)} {_STANCES[evidence.stance]}: “{shortened(evidence.span.text, SHORT)}”"


# ------------------------------------------------------------------------------- pages


@functools.cache
def rule_page(code: str) -> str | None:
    """The URI of a page on that rule, which is written into the cache folder; ``None`` when it cannot be."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        page = folder.absolute() / "rules" / f"{quote(code)}.md"
        text = _page(rule(code))
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
    except (OSError, ConfigError):
        return None
    return page.as_uri()


def _page(wanted: Rule) -> str:
    return (
        f"# {wanted.code}: {wanted.name}\n\n{sentence(wanted.summary)} {sentence(wanted.advice)}\n\n"
        f"For example, the draft says:\n\n> {wanted.draft}\n\nand the source:\n\n> {wanted.source}\n\n"
        f"Severity: {wanted.severity.value}.\n"
    )
