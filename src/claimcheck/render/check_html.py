"""
A checked draft as one HTML page: the draft with its claims marked, and beside it what the sources say.

The page is a file of its own: no scripts, nothing loaded from elsewhere.  Claims are links to their findings and back,
so that it works with a keyboard, a screen reader and on paper; every mark has its verdict in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from claimcheck.checker.diagnostics import CheckedClaim, CheckReport, Context, Diagnostic, beginning_in
from claimcheck.checker.rules import CHECKED_BEFORE, WEIGHT, rule
from claimcheck.documents.offsets import to_stored
from claimcheck.model import Evidence, Label, Stance

from . import markup
from .display import LABEL_WORDS, counted, percent, sentence

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CLASSES = {
    Label.SUPPORTED: "supported",
    Label.CONTRADICTED: "error",
    Label.CONFLICTING: "warning",
    Label.NOT_ENOUGH_EVIDENCE: "note",
}
_STANCES = {
    Stance.SUPPORTS: "Supports",
    Stance.CONTRADICTS: "Contradicts",
    Stance.NEUTRAL: "Closest, decides nothing",
}
#: Pieces of evidence that are shown for a claim.
SHOWN = 3


def html_text(reports: Iterable[CheckReport]) -> str:
    """One page for all drafts of a run."""
    seen = [r for r in reports if r.document.text]
    style = (resources.files(__package__) / "style" / "report.css").read_text(encoding="utf-8")
    title = f"claimcheck: {seen[0].path}" if len(seen) == 1 else f"claimcheck: {counted(len(seen), 'draft')}"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#findings-1">Go to the findings</a>\n'
        f"<h1>{_text(title)}</h1>\n"
    )
    drafts = "".join(_draft(number, report) for number, report in enumerate(seen, start=1))
    return f"{head}{drafts}</body>\n</html>\n"


def _draft(number: int, report: CheckReport) -> str:
    labels = [c.verdict.label for c in report.claims]
    counts = ", ".join(f"{labels.count(label)} {words}" for label, words in LABEL_WORDS.items() if labels.count(label))
    summary = f"{counted(len(labels), 'claim')} checked" + (f": {counts}" if counts else "")
    return (
        f'<section aria-labelledby="draft-{number}">\n<h2 id="draft-{number}">{_text(report.path)}</h2>\n'
        f'<p class="summary">{summary}; {counted(len(report.aside), "sentence")} set aside.</p>\n'
        f'<div class="columns">\n<div class="draft">{"".join(_marked(number, report))}</div>\n'
        f'<div class="findings" id="findings-{number}">\n<h2>Findings</h2>\n'
        f"{''.join(_findings(number, report))}{_aside(report)}</div>\n</div>\n</section>\n"
    )


# ------------------------------------------------------------------------------ draft


def _marked(number: int, report: CheckReport) -> Iterator[str]:
    """The text of the draft without what is no text, its claims marked."""
    document = report.document
    hidden = [(b.start, b.end) for b in document.layout if b.kind == "hidden"]
    at = 0
    for index, claim in enumerate(report.claims, start=1):
        start = to_stored(document.offsets, claim.place.start)
        end = start + len(claim.verdict.claim.text)
        yield _between(document.text, at, start, hidden)
        kind = _kind(report, claim)
        yield (
            f'<mark id="c{number}-{index}" class="{kind}" data-start="{claim.place.start}" '
            f'data-end="{claim.place.end}"><a href="#f{number}-{index}">{_text(document.text[start:end])}</a></mark>'
            f'<sup class="tag">{_tag(report, claim)}</sup>'
        )
        at = end
    yield _between(document.text, at, len(document.text), hidden)


def _between(text: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    for first, last in hidden:
        if start < last and first < end:
            parts.append(text[start : max(start, first)].rstrip("\n"))
            start = last
    parts.append(text[start : max(start, end)])
    return _text("".join(parts))


def _own(report: CheckReport, claim: CheckedClaim) -> Diagnostic | None:
    """The weightiest finding about a claim, a quotation inside it included; what people found before is none."""
    found = (d for d in beginning_in(report.diagnostics, claim.place) if d.code != CHECKED_BEFORE)
    inside = [d for d in found if d.place.end <= claim.place.end]
    return max(inside, key=lambda d: WEIGHT[d.severity], default=None)


def _kind(report: CheckReport, claim: CheckedClaim) -> str:
    """The class of a claim: that of its weightiest finding, or of its verdict when there is none."""
    own = _own(report, claim)
    return own.severity.value if own is not None else _CLASSES[claim.verdict.label]


def _tag(report: CheckReport, claim: CheckedClaim) -> str:
    """The outcome in words: that of the verdict, or the rule that found something in a sentence the sources support."""
    own = _own(report, claim)
    return rule(own.code).name if own is not None and own.verdict is None else LABEL_WORDS[claim.verdict.label]


# --------------------------------------------------------------------------- findings


def _findings(number: int, report: CheckReport) -> Iterator[str]:
    """One article a claim, and one for each finding that is about no claim."""
    about = {d.place: d for d in report.diagnostics if d.verdict is not None}
    for index, claim in enumerate(report.claims, start=1):
        found = about.get(claim.place)
        verdict = claim.verdict
        head = f"{found.code} {rule(found.code).name}" if found else LABEL_WORDS[verdict.label].capitalize()
        message = found.message if found else verdict.reason
        yield (
            f'<article id="f{number}-{index}" class="{_kind(report, claim)}" tabindex="-1">\n<h3>{_text(head)}</h3>\n'
            f"<p>{_text(sentence(message))}</p>\n"
            f'<p class="where">line {claim.place.line}, column {claim.place.column} · '
            f"{percent(verdict.confidence)} confidence</p>\n"
            f"{_before(report, claim)}"
            f"{_sources(verdict.evidence[:SHOWN], claim.contexts)}"
            f'<p class="back"><a href="#c{number}-{index}">Back to the draft: '
            f"{_text(_beginning(claim.verdict.claim.text))}</a></p>\n</article>\n"
        )
    for diagnostic in report.diagnostics:
        if diagnostic.verdict is None and diagnostic.code != CHECKED_BEFORE:
            yield _other(diagnostic)


def _before(report: CheckReport, claim: CheckedClaim) -> str:
    """What people found about the claim before."""
    begun = beginning_in(report.diagnostics, claim.place)
    notes = (d for d in begun if d.code == CHECKED_BEFORE and d.place == claim.place)
    return "".join(f"<p>{_text(sentence(note.message))}</p>\n" for note in notes)


def _other(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    return (
        f'<article class="{diagnostic.severity.value}">\n'
        f"<h3>{_text(diagnostic.code)} {_text(rule(diagnostic.code).name)}</h3>\n"
        f"<p>{_text(sentence(diagnostic.message))}</p>\n<p>{_text(diagnostic.text)}</p>\n"
        f'<p class="where">line {place.line}, column {place.column}</p>\n'
        f"{_sources(diagnostic.evidence, diagnostic.contexts)}</article>\n"
    )


def _sources(evidence: Sequence[Evidence], contexts: Sequence[Context]) -> str:
    none = Context(before="", after="")
    shown = (_source(e, contexts[n] if n < len(contexts) else none) for n, e in enumerate(evidence))
    return "".join(shown)


def _source(evidence: Evidence, context: Context) -> str:
    where = evidence.document
    if evidence.position is not None:
        where += f", line {evidence.position.line}"
    date = f" · {evidence.published.isoformat()}" if evidence.published else ""
    title = f" · {evidence.title}" if evidence.title else ""
    return (
        f"<p>{_STANCES[evidence.stance]} ({percent(evidence.confidence)})</p>\n"
        f'<blockquote><span class="context">{_text(context.before)}</span><mark>{_text(evidence.span.text)}</mark>'
        f'<span class="context">{_text(context.after)}</span></blockquote>\n'
        f"<cite>{_text(where + title + date)}</cite>\n"
    )


def _aside(report: CheckReport) -> str:
    if not report.aside:
        return ""
    items = "".join(f"<li>{_text(_beginning(a.text))} – {_text(a.reason)}</li>\n" for a in report.aside)
    head = f"{counted(len(report.aside), 'sentence')} set aside"
    return f"<details>\n<summary>{head}</summary>\n<ul>\n{items}</ul>\n</details>\n"


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


def _text(text: str) -> str:
    """*text* as HTML; a carriage return, which HTML swallows, is kept."""
    return markup.text(text).replace("\r", "&#13;")
