"""What is shown for the sentence under the pointer: the verdict, the reason, and the slots beside the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimcheck.checker.diagnostics import Aside, CheckedClaim, Diagnostic, Place
from claimcheck.checker.rules import rule
from claimcheck.model import Evidence, Label, SlotAlignment
from claimcheck.render.display import percent, sentence
from claimcheck.render.markup import SPECIAL, markdown

from .texts import Range
from .worker import Checked, key_of

#: Pieces of evidence that are shown.
MOST = 2

_ESCAPED = re.compile(rf"\\([{SPECIAL}])")
_LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(<[^>]*>\)")
_LABELS = {
    Label.SUPPORTED: "Supported",
    Label.CONTRADICTED: "Contradicted",
    Label.CONFLICTING: "Conflicting sources",
    Label.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
}


def hover_of(checked: Checked, offset: int) -> tuple[str, Range] | None:
    """
    What to show for the code point at *offset* of the text, as Markdown, and the stretch it is about.

    Returns:
        ``None`` where no sentence stands.
    """
    report = checked.report
    if report is None:
        return None
    findings = [d for d in report.diagnostics if _holds(d.place, offset)]
    claim = next((c for c in report.claims if _holds(c.place, offset)), None)
    aside = next((a for a in report.aside if _holds(a.place, offset)), None)
    lines = [*(_finding(d) for d in findings)]
    if claim is not None:
        lines += _claim(checked, claim)
        place = claim.place
    elif aside is not None:
        lines += [line for d in findings for e in d.evidence[:MOST] for line in _evidence(checked, e)]
        lines.append(_aside(aside))
        place = aside.place
    elif findings:
        lines += [line for d in findings for e in d.evidence[:MOST] for line in _evidence(checked, e)]
        place = findings[0].place
    else:
        return None
    return "\n\n".join(lines), checked.text.text.range(place.start, place.end)


def _holds(place: Place, offset: int) -> bool:
    return place.start <= offset < place.end


def _finding(found: Diagnostic) -> str:
    return f"**{found.code} {rule(found.code).name}**: {markdown(sentence(found.message))}"


def _aside(aside: Aside) -> str:
    return f"*Set aside*: {markdown(sentence(aside.reason))}"


def _claim(checked: Checked, claim: CheckedClaim) -> Iterator[str]:
    verdict = claim.verdict
    yield f"**{_LABELS[verdict.label]}**, {percent(verdict.confidence)}. {markdown(sentence(verdict.reason))}".rstrip()
    for evidence in verdict.evidence[:MOST]:
        yield from _evidence(checked, evidence)


def _evidence(checked: Checked, evidence: Evidence) -> Iterator[str]:
    """A sentence of a source, where it stands, and the slots."""
    date = f", {evidence.published.isoformat()}" if evidence.published else ""
    said = f", as said by {markdown(evidence.attribution)}" if evidence.attribution else ""
    yield f"> “{markdown(evidence.span.text)}”\n>\n> {_where(checked, evidence)}{date}{said}: {evidence.stance.value}"
    if evidence.alignment:
        head = "| slot | draft | source | |\n|---|---|---|---|"
        yield "\n".join([head, *map(_row, evidence.alignment)])


def _where(checked: Checked, evidence: Evidence) -> str:
    """The document, as a link where it is on disk."""
    name = markdown(evidence.document)
    place = checked.places.get(key_of(evidence))
    if place is None:
        return name
    line = place.range[0].line + 1
    return f"[{name}:{line}](<{place.uri}#L{line}>)"


def _row(row: SlotAlignment) -> str:
    draft, source = (markdown(span.text) if span is not None and span.text else "–" for span in (row.claim, row.source))
    note = f": {markdown(row.note)}" if row.note else ""
    return f"| {row.slot.value} | {draft} | {source} | {row.relation.value}{note} |"


def plain(shown: str) -> str:
    """What `hover_of` gave, for a client that shows no Markdown."""
    bare = shown.replace("**", "").replace("|---|---|---|---|\n", "")
    without_links = _LINK.sub(r"\1", bare)
    return _ESCAPED.sub(r"\1", without_links)
