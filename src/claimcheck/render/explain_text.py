"""An explanation as a screen: how a verdict came about, for whoever has to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.checker.explain import CandidateExplanation, Explanation, PartExplanation, Step, Use
from claimcheck.matching.rows import Alignment, Row
from claimcheck.matching.verdict import slot_alignment
from claimcheck.model import Label, Probabilities, SentenceKind, Stance

from .display import Look, counted, percent, sentence, shortened
from .page import Page, Piece
from .screens import write_statement
from .text import RELATION_STYLES, differing, label_line, relation_words, warning_lines

_STYLES = {Stance.SUPPORTS: "good", Stance.CONTRADICTS: "bad", Stance.NEUTRAL: "open"}
_LABEL_STYLES = {
    Label.SUPPORTED: "good",
    Label.CONTRADICTED: "bad",
    Label.CONFLICTING: "mixed",
    Label.NOT_ENOUGH_EVIDENCE: "open",
}


def explanation_text(explanation: Explanation, look: Look, *, candidates: int) -> str:
    """
    The claim's reading, what was searched for, and for each part of the claim the candidates, the first in full.

    Args:
        explanation: What `Checker.explain` returned.
        look: Width, colour and plainness.
        candidates: How many candidates of each part are shown in full.
    """
    page = Page(look)
    page.write((explanation.claim.text, "strong"))
    label_line(page, explanation.verdict)
    page.write((sentence(explanation.verdict.reason), "plain"))
    page.write((_judged_by(explanation), "quiet"))
    _claim(page, explanation)
    _search(page, explanation)
    for number, part in enumerate(explanation.parts, start=1):
        _part(page, part, f"Part {number} of {len(explanation.parts)}", candidates)
    return str(page)


def _judged_by(explanation: Explanation) -> str:
    by = "the slots" if not explanation.model else f"the slots and the model {explanation.model}"
    return f"Judged by {by}."


def _claim(page: Page, explanation: Explanation) -> None:
    claim = explanation.claim
    assert claim.reading is not None
    for number, statement in enumerate(claim.statements, start=1):
        page.blank()
        lead = f"The claim, statement {number} of {len(claim.statements)}"
        write_statement(page, lead, statement, claim.reading, indent=0)
    warning_lines(page, explanation.verdict.warnings)


def _search(page: Page, explanation: Explanation) -> None:
    query = explanation.query
    page.blank()
    page.write(("Searched for", "strong"))
    rows: list[tuple[Piece, Piece]] = [
        (("names", "quiet"), (", ".join(" ".join(name) for name in query.entities), "plain")),
        (("words", "quiet"), (", ".join(query.terms), "plain")),
        (("years", "quiet"), (", ".join(str(year) for year in query.years), "plain")),
    ]
    page.table(("what", "terms"), rows)
    if explanation.too_new:
        those = ", ".join(explanation.too_new)
        page.write((f"Left out, published too late: {those}", "mixed"), hang=2)


def _part(page: Page, part: PartExplanation, lead: str, full: int) -> None:
    page.blank()
    page.rule()
    label = part.label.value.replace("_", " ")
    page.write((f"{lead}: ", "strong"), (part.statement.span.text, "plain"), hang=2)
    page.write((sentence(label), _LABEL_STYLES[part.label]), (f"  {_label_chances(part.probabilities)}", "quiet"))
    for way in part.ways:
        if way != part.statement:
            page.write((f"Taken as the statement of “{way.relation.text}”: {way.span.text}", "quiet"), hang=2)
    page.write((f"{counted(len(part.candidates), 'candidate')} looked at.", "plain"))
    for candidate in part.candidates[:full]:
        _candidate(page, candidate, of=len(part.candidates))
    _others(page, part.candidates[full:])


def _label_chances(chances: Probabilities) -> str:
    return (
        f"supported {percent(chances.supported)}, contradicted {percent(chances.contradicted)}, "
        f"not enough evidence {percent(chances.not_enough_evidence)}"
    )


# --------------------------------------------------------------------------- candidates


def _candidate(page: Page, candidate: CandidateExplanation, *, of: int) -> None:
    span = candidate.sentence.span
    rows = [slot_alignment(row) for row in candidate.alignment.rows] if candidate.alignment else []
    page.blank()
    page.write(*_lead(candidate), (f"  candidate {candidate.rank} of {of}", "quiet"))
    page.write((sentence(candidate.why), "plain"))
    page.quote(span.text, differing(rows, span.start), indent=2)
    page.write((_place(candidate), "quiet"), indent=2, hang=2)
    for view in candidate.asked:
        if view != span.text:
            page.write(("The model was given: ", "quiet"), (view, "plain"), indent=2, hang=2)
    statements = candidate.sentence.statements
    for number, statement in enumerate(statements, start=1):
        page.blank()
        lead = f"The source, statement {number} of {len(statements)}"
        write_statement(page, lead, statement, candidate.reading, indent=2)
    if candidate.alignment is not None:
        _alignment(page, candidate.alignment)
    _features(page, candidate)
    _steps(page, candidate)


def _lead(candidate: CandidateExplanation) -> tuple[Piece, ...]:
    """What a candidate is to the outcome, and its stance."""
    if candidate.weighed is None or candidate.use is Use.NEUTRAL:
        return ((candidate.use.value.capitalize(), "open"),)
    stance = candidate.weighed.stance
    return (candidate.use.value.capitalize(), _STYLES[stance]), (f": {stance.value}", _STYLES[stance])


def _place(candidate: CandidateExplanation) -> str:
    kind = candidate.sentence.kind
    where = f"{candidate.document}:{candidate.position.line}:{candidate.position.column}"
    part = "" if kind is SentenceKind.BODY else kind.value.replace("_", " ")
    known = (where, part, shortened(candidate.title, 60), candidate.published)
    return " · ".join(piece for piece in known if piece)


def _alignment(page: Page, alignment: Alignment) -> None:
    page.blank()
    tie = alignment.tie
    bond = f"{tie.bond.value}{f', {tie.name}' if tie.name else ''}"
    page.write(
        ("Aligned  ", "strong"),
        (f"“{alignment.claim.relation.text}” with “{alignment.source.relation.text}” ({bond}), ", "quiet"),
        (f"{alignment.coverage:.2f} of the claim found", "quiet"),
        indent=2,
        hang=2,
    )
    headers = ("slot", "claim", "source", "relation", "found", "weight")
    page.table(headers, [_row(row) for row in alignment.rows], indent=2, figures=headers[4:])


def _row(row: Row) -> tuple[Piece, ...]:
    relation = relation_words(slot_alignment(row))
    if row.coverage and not row.near:
        relation += ", outside the statement"
    if row.dated:
        relation += ", by the article’s date"
    if row.rule:
        relation += f" [{row.rule}]"
    return (
        (row.slot.value, "quiet"),
        (row.claim.text if row.claim else "", "plain"),
        (row.source.text if row.source else "", "plain"),
        (relation, RELATION_STYLES[row.relation]),
        (f"{row.coverage:.2f}", "plain"),
        (f"{row.weight:.1f}", "quiet"),
    )


def _features(page: Page, candidate: CandidateExplanation) -> None:
    """What is known of the sentence, and what that adds to the odds of either side in the end."""
    if candidate.weighed is None:
        return
    page.blank()
    headers = ("feature", "value", "supports", "contradicts")
    rows = [
        (
            (feature.name, "quiet"),
            (f"{feature.value:.3f}", "plain"),
            (f"{feature.supports:+.3f}", "plain"),
            (f"{feature.contradicts:+.3f}", "plain"),
        )
        for feature in candidate.weighed.features
        if feature.value
    ]
    page.table(headers, rows, indent=2, figures=headers[1:])


def _steps(page: Page, candidate: CandidateExplanation) -> None:
    """The probabilities step by step: by the slots, by the model, weighed."""
    rows: list[tuple[Piece, ...]] = []
    if candidate.slots is not None:
        rows.append(_step("slots", candidate.slots))
    if candidate.meaning is not None:
        rows.append((("model", "quiet"), *_chances(candidate.meaning), ("", "plain"), ("", "plain")))
        if candidate.weighed is not None:
            rows.append(_step("weighed", candidate.weighed))
    if not rows:
        return
    page.blank()
    headers = ("by", "supports", "contradicts", "neutral", "stance", "score")
    page.table(headers, rows, indent=2, figures={*headers[1:4], "score"})
    said = [candidate.why]
    for name, step in (("By the slots: ", candidate.slots), ("Weighed: ", candidate.weighed)):
        if step is not None and step.reason not in said:
            said.append(step.reason)
            page.write((name, "quiet"), (sentence(step.reason), "plain"), indent=2, hang=2)
    if candidate.weighed is not None and candidate.weighed.barred:
        page.write(
            ("No support by meaning: ", "quiet"), (sentence(candidate.weighed.barred), "plain"), indent=2, hang=2
        )


def _step(name: str, step: Step) -> tuple[Piece, ...]:
    rule = f" [{step.rule}]" if step.rule else ""
    loose = "" if step.firm or step.stance is Stance.NEUTRAL else ", not firm"
    return (
        (name, "quiet"),
        *_chances(step.probabilities),
        (f"{step.stance.value}{rule}{loose}", _STYLES[step.stance]),
        (f"{step.score:.3f}", "plain"),
    )


def _chances(chances: Probabilities) -> tuple[Piece, Piece, Piece]:
    return (
        (f"{chances.supported:.3f}", "plain"),
        (f"{chances.contradicted:.3f}", "plain"),
        (f"{chances.not_enough_evidence:.3f}", "plain"),
    )


def _others(page: Page, candidates: Sequence[CandidateExplanation]) -> None:
    """The candidates that are not shown in full, each with what it is and why."""
    if not candidates:
        return
    page.blank()
    page.write(("The other candidates", "strong"))
    for candidate in candidates:
        words = shortened(candidate.sentence.span.text, 2 * page.look.width - 30)
        page.write((f"{candidate.rank}  ", "quiet"), *_lead(candidate), (f"  {words}", "plain"), indent=2, hang=4)
        page.write((sentence(candidate.why), "plain"), indent=6)
        page.write((_place(candidate), "quiet"), indent=6, hang=2)
