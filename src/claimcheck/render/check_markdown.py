"""Findings in drafts as Markdown, for a comment or a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimcheck.checker.diagnostics import CheckReport, Diagnostic
from claimcheck.checker.rules import WEIGHT, rule
from claimcheck.model import Evidence, Label

from .display import neat, percent, sentence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_WORDS = {
    Label.SUPPORTED: "supported",
    Label.CONTRADICTED: "contradicted",
    Label.CONFLICTING: "conflicting",
    Label.NOT_ENOUGH_EVIDENCE: "not enough evidence",
}


def markdown_text(reports: Iterable[CheckReport]) -> str:
    """A report in Markdown: a table of figures, then the findings, the weightiest first."""
    seen = list(reports)
    lines = ["# claimcheck", "", *_table(seen)]
    for report in seen:
        lines += ["", f"## {_escaped(report.path)}", ""]
        found = sorted(report.diagnostics, key=lambda d: -WEIGHT[d.severity])
        lines += [line for diagnostic in found for line in _finding(diagnostic)] or ["No findings.", ""]
        lines.pop()
    return "\n".join(lines) + "\n"


def _table(reports: list[CheckReport]) -> Iterator[str]:
    yield f"| draft | claims | {' | '.join(_WORDS.values())} | set aside |"
    yield "|---|" + "---:|" * (len(_WORDS) + 2)
    for report in reports:
        labels = [c.verdict.label for c in report.claims]
        cells = [str(labels.count(label)) for label in _WORDS]
        yield f"| {_escaped(report.path)} | {len(labels)} | {' | '.join(cells)} | {len(report.aside)} |"


def _finding(diagnostic: Diagnostic) -> Iterator[str]:
    place = diagnostic.place
    name = rule(diagnostic.code).name
    yield f"- **{diagnostic.severity.value} {diagnostic.code}** ({name}), line {place.line}, column {place.column}"
    yield ""
    yield f"  > {_escaped(diagnostic.text)}"
    yield ""
    yield f"  {_escaped(sentence(diagnostic.message))}"
    for evidence in diagnostic.evidence:
        yield f"  - {_source(evidence)}"
    yield ""


def _source(evidence: Evidence) -> str:
    line = f", line {evidence.position.line}" if evidence.position is not None else ""
    date = f", {evidence.published.isoformat()}" if evidence.published else ""
    return (
        f"{evidence.stance.value} ({percent(evidence.confidence)}): “{_escaped(evidence.span.text)}” "
        f"({_escaped(evidence.document)}{line}{date})"
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", neat(text))
