"""Verdicts, judgements and failures as a screen for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimcheck.checker.memory import remembered_words
from claimcheck.matching.rows import BY_ALIAS
from claimcheck.model import (
    Evidence,
    Failure,
    Judgement,
    Label,
    SentenceKind,
    SlotAlignment,
    SlotRelation,
    Stance,
    Verdict,
    Warned,
)

from .display import Look, counted, percent, sentence, shortened
from .page import Page, Piece
from .sources import DECIDING, counted_sources

# Sign, words and style of each verdict; the words alone carry the meaning.
_LABELS = {
    Label.SUPPORTED: ("✓", "Supported", "good"),
    Label.CONTRADICTED: ("✗", "Contradicted", "bad"),
    Label.CONFLICTING: ("⇄", "Conflicting sources", "mixed"),
    Label.NOT_ENOUGH_EVIDENCE: ("?", "Not enough evidence", "open"),
}
_STANCES = {
    Stance.SUPPORTS: ("Supports", "good"),
    Stance.CONTRADICTS: ("Contradicts", "bad"),
    Stance.NEUTRAL: ("Close, but decides nothing", "open"),
}
_BRIEF_STANCES = {Stance.SUPPORTS: "supports", Stance.CONTRADICTS: "contradicts", Stance.NEUTRAL: "neutral"}
RELATION_STYLES = {
    SlotRelation.AGREES: "good",
    SlotRelation.ENTAILS: "good",
    SlotRelation.OVERLAPS: "mixed",
    SlotRelation.DIFFERS: "bad",
    SlotRelation.UNKNOWN: "quiet",
}
_SHOWN = {**DECIDING, Label.NOT_ENOUGH_EVIDENCE: (Stance.NEUTRAL, Stance.SUPPORTS, Stance.CONTRADICTS)}
_BRIEF_AT_MOST = 4


def verdict_text(verdict: Verdict, look: Look, *, number: str = "") -> str:
    """
    One verdict: the word, why, the deciding evidence with its slot table, then the rest in brief.

    Args:
        verdict: What `Checker.verify` returned.
        look: Width, colour and plainness.
        number: The claim's id when it stands among others, else empty.
    """
    page = Page(look)
    _claim_line(page, verdict.claim.text, number)
    label_line(page, verdict)
    if verdict.reason:
        page.write((sentence(verdict.reason), "plain"))
    _count_line(page, verdict)
    _memory_lines(page, verdict)
    shown = _deciding(verdict)
    for evidence in shown:
        page.blank()
        _full_evidence(page, evidence, said=verdict.reason)
    _brief_evidence(page, verdict.evidence, shown)
    warning_lines(page, verdict.warnings)
    return str(page)


def _memory_lines(page: Page, verdict: Verdict) -> None:
    """What people found about the claim before."""
    for known in verdict.remembered:
        as_put = "" if known.claim == verdict.claim.text else f", as “{known.claim}”"
        page.write((sentence(f"{remembered_words(known)}{as_put}"), "mixed"), hang=2)
        more = " · ".join(part for part in (known.note, known.url) if part)
        if more:
            page.write((more, "quiet"), indent=2, hang=2)


def failure_text(failure: Failure, look: Look, *, number: str = "") -> str:
    """What stands on the screen in the place of a result that could not be had."""
    page = Page(look)
    _claim_line(page, shortened(failure.text, 200) or "(empty)", number)
    sign = "" if look.plain else "! "
    page.write((f"{sign}Not checked", "mixed"), (f"  {failure.code}", "quiet"))
    page.write((sentence(failure.message), "plain"))
    if failure.hint:
        page.write((f"Hint: {sentence(failure.hint)}", "plain"), hang=6)
    return str(page)


def judgement_text(judgement: Judgement, claim: str, evidence: str, look: Look, *, number: str = "") -> str:
    """
    One claim/evidence pair: the stance with its probabilities, why, and the slot table.

    Args:
        judgement: What `Checker.judge` returned.
        claim: The claim's text.
        evidence: The evidence text.
        look: Width, colour and plainness.
        number: The pair's id when it stands among others, else empty.
    """
    page = Page(look)
    _claim_line(page, claim, number)
    words, style = _STANCES[judgement.label]
    if judgement.label is Stance.NEUTRAL:
        words = "Neutral"
    chances = ", ".join(f"{name} {percent(value)}" for name, value in sorted(judgement.probabilities.items()))
    page.write((words, style), (f"  {chances}", "quiet"))
    if judgement.reason:
        page.write((sentence(judgement.reason), "plain"))
    page.blank()
    page.quote(evidence, differing(judgement.alignment, 0), indent=2)
    _slot_table(page, judgement.alignment)
    return str(page)


def summary_text(results: Iterable[Label | None], look: Look) -> str:
    """
    How a batch came out, in one line.

    Args:
        results: The label of each claim, ``None`` for one that could not be checked.
        look: Width, colour and plainness.
    """
    labels = list(results)
    parts: list[Piece] = [(f"{counted(len(labels), 'claim')}: ", "strong")]
    for label, (_, words, style) in _LABELS.items():
        if number := labels.count(label):
            parts += [(f"{number:,} {words.lower()}", style), (", ", "plain")]
    if number := labels.count(None):
        parts += [(f"{number:,} not checked", "mixed"), (", ", "plain")]
    page = Page(look)
    page.write(*parts[:-1], hang=2)
    return str(page)


def separator(look: Look) -> str:
    """What stands between two claims of a batch."""
    page = Page(look)
    page.blank()
    if not look.plain:
        page.rule()
    return str(page)


def _claim_line(page: Page, text: str, number: str) -> None:
    label = f"{number}  " if number else ""
    page.write((label, "quiet"), (text, "strong"), hang=min(len(label), 12))


def label_line(page: Page, verdict: Verdict) -> None:
    """The verdict in words, and how sure it is."""
    sign, words, style = _LABELS[verdict.label]
    name = f"Verdict: {words.lower()}" if page.look.plain else f"{sign} {words}"
    doubt = "" if verdict.calibrated else ", not calibrated"
    page.write((name, style), (f"  {percent(verdict.confidence)} confidence{doubt}", "quiet"))


def _count_line(page: Page, verdict: Verdict) -> None:
    """How many articles decide, and how many sources they are, where there is more than one article."""
    articles, sources = counted_sources(verdict)
    if articles > 1:
        page.write((f"{counted(articles, 'article')}, {counted(sources, 'source')}", "quiet"))


def _deciding(verdict: Verdict) -> list[Evidence]:
    """The evidence to show in full: the best of each stance that made the verdict, or simply the nearest."""
    best = (next((e for e in verdict.evidence if e.stance is stance), None) for stance in _SHOWN[verdict.label])
    found = [evidence for evidence in best if evidence is not None]
    return found[:1] if verdict.label is Label.NOT_ENOUGH_EVIDENCE else found


def _full_evidence(page: Page, evidence: Evidence, *, said: str) -> None:
    words, style = _STANCES[evidence.stance]
    page.write((words, style), (f"  {percent(evidence.confidence)}", "quiet"), indent=2)
    if evidence.reason and evidence.reason != said:
        page.write((sentence(evidence.reason), "plain"), indent=2)
    page.quote(evidence.span.text, differing(evidence.alignment, evidence.span.start), indent=2)
    page.write((_place(evidence), "quiet"), indent=2, hang=2)
    _slot_table(page, evidence.alignment)


def differing(alignment: Sequence[SlotAlignment], start: int) -> list[tuple[int, int]]:
    """The stretches of the quoted sentence that differ from the claim, counted from its *start*."""
    return [
        (row.source.start - start, row.source.end - start)
        for row in alignment
        if row.relation is SlotRelation.DIFFERS and row.source is not None and row.source.start >= start
    ]


def _slot_table(page: Page, alignment: Sequence[SlotAlignment]) -> None:
    if not alignment:
        return
    page.blank()
    rows = [
        (
            (row.slot.value, "quiet"),
            (row.claim.text if row.claim else "", "plain"),
            (row.source.text if row.source else "", "plain"),
            (relation_words(row), RELATION_STYLES[row.relation]),
        )
        for row in alignment
    ]
    page.table(("slot", "claim", "source", "relation"), rows, indent=2)


def relation_words(row: SlotAlignment) -> str:
    """The relation in words, with the note where something does not simply agree."""
    if not row.note or (row.relation is SlotRelation.AGREES and not row.note.endswith(BY_ALIAS)):
        return row.relation.value
    return f"{row.relation.value}: {row.note}"


def _place(evidence: Evidence) -> str:
    """Where the evidence stands: document, line and column, part of the page, headline, date, speaker."""
    where = evidence.document
    if evidence.position is not None:
        where += f":{evidence.position.line}:{evidence.position.column}"
    kind = "" if evidence.kind is SentenceKind.BODY else evidence.kind.value.replace("_", " ")
    date = evidence.published.isoformat() if evidence.published else ""
    said = f"as said by {evidence.attribution}" if evidence.attribution else ""
    title = shortened(evidence.title, 60)
    return " · ".join(part for part in (where, kind, title, date, said) if part)


def _brief_evidence(page: Page, evidence: Sequence[Evidence], shown: Sequence[Evidence]) -> None:
    rest = [e for e in evidence if not any(e is other for other in shown)]
    if not rest:
        return
    clusters = {e.cluster for e in shown}
    page.blank()
    page.write(("Also found", "strong"))
    for item in rest[:_BRIEF_AT_MOST]:
        same = item.cluster in clusters and any(item.span.text == e.span.text for e in shown)
        words = "the same text again" if same else shortened(item.span.text, 2 * page.look.width - 30)
        stance = _BRIEF_STANCES[item.stance]
        page.write(
            (f"{stance} {percent(item.confidence)}  ", _STANCES[item.stance][1]), (words, "plain"), indent=2, hang=2
        )
        page.write((_place(item), "quiet"), indent=4, hang=2)
    if len(rest) > _BRIEF_AT_MOST:
        more = counted(len(rest) - _BRIEF_AT_MOST, "more place")
        page.write((f"and {more}; --format json lists them all", "quiet"), indent=2)


def warning_lines(page: Page, warnings: Sequence[Warned]) -> None:
    """What could not be settled, after an empty line."""
    if not warnings:
        return
    page.blank()
    for warning in warnings:
        page.write((f"{warning.code}  ", "mixed"), (sentence(warning.message), "plain"), hang=2)
