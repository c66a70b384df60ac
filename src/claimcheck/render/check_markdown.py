"""Findings in drafts as Markdown, for a comment or a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimcheck.checker.diagnostics import CheckReport, Diagnostic
from claimcheck.checker.rules import WEIGHT, rule
from claimcheck.model import Evidence

from . import markup
from .display import LABEL_WORDS, percent, sentence


def markdown_text(reports: Iterable[CheckReport]) -> str:
    """A report in Markdown: a table of figures, then the findings, the weightiest first."""
    seen = list(reports)
    lines = ["# claimcheck", "", *_table(seen)]
    for report in seen:
        lines += ["", f"## {markup.markdown(report.path)}", ""]
        found = sorted(report.diagnostics, key=lambda d: -WEIGHT[d.severity])
        lines += [line for diagnostic in found for line in _finding(diagnostic)] or ["No findings.", ""]
        lines.pop()
    return "\n".join(lines) + "\n"


def _table(reports: list[CheckReport]) -> Iterator[str]:
    yield f"| draft | claims | {' | '.join(LABEL_WORDS.values())} | set aside |"
    yield "|---|" + "---:|" * (len(LABEL_WORDS) + 2)
    for report in reports:
        labels = [c.verdict.label for c in report.claims]
        cells = [str(labels.count(label)) for label in LABEL_WORDS]
        yield f"| {markup.markdown(report.path)} | {len(labels)} | {' | '.join(cells)} | {len(report.aside)} |"


def _finding(diagnostic: Diagnostic) -> Iterator[str]:
    place = diagnostic.place
    name = rule(diagnostic.code).name
    yield f"- **{diagnostic.severity.value} {diagnostic.code}** ({name}), line {place.line}, column {place.column}"
    yield ""
    yield f"  > {markup.markdown(diagnostic.text)}"
    yield ""
    yield f"  {markup.markdown(sentence(diagnostic.message))}"
    for evidence in diagnostic.evidence:
        yield f"  - {_source(evidence)}"
    yield ""


def _source(evidence: Evidence) -> str:
    line = f", line {evidence.position.line}" if evidence.position is not None else ""
    date = f", {evidence.published.isoformat()}" if evidence.published else ""
    return (
        f"{evidence.stance.value} ({percent(evidence.confidence)}): “{markup.markdown(evidence.span.text)}” "
        f"({markup.markdown(evidence.document)}{line}{date})"
    )
