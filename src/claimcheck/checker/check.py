"""
Checking a draft: every sentence that sources can settle, verified where it stands.

The draft is read as an article is, so that pronouns, short names and relative dates mean in each sentence what they
mean there.  What comes back has its exact place in the draft's file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from itertools import chain, islice

from attrs import field, frozen

from claimcheck.matching.spoken import spoken_out
from claimcheck.model import (
    Claim,
    Document,
    Evidence,
    Label,
    Reading,
    Sentence,
    Slot,
    SlotRelation,
    Span,
    Stance,
    Verdict,
)

from .diagnostics import Aside, CheckedClaim, CheckReport, Context, Diagnostic, beginning_in, fingerprint, in_order
from .drafts import Draft
from .local import claim_of
from .memory import remembered_words
from .quotations import Quotation, Search, compare, quotations_of
from .rules import CHECKED_BEFORE, code_of_row, rule
from .sources import BEFORE, located, source_of
from .suppress import suppressed
from .worth import QUOTED, Refusal, unclear, unfit, vague

#: Code points of context on either side of a piece of evidence.
AROUND = 300
#: Pieces of evidence that are given with a finding.
SHOWN = 3
#: Sentences that are foreseen while another is verified.
AHEAD = 3
#: A source that only plans what the draft tells as done must say at least this share of the rest.
SAID = 0.7
#: The same of a source that differs in one detail and is not taken for a contradiction.
SAID_BUT_ONE = 0.75
_GOOD = frozenset({SlotRelation.AGREES, SlotRelation.ENTAILS})
_TRUTH = frozenset({Slot.MODALITY, Slot.POLARITY})

#: From a claim, the same sentence as it would be said alone, and the draft, to what the sources show.
Verify = Callable[[Claim, str, Document], Verdict]
#: The same claim and sentence, to be verified soon.
Foresee = Callable[[Claim, str], None]
#: From a document's id to the document.
Find = Callable[[str], Document | None]


@frozen(kw_only=True)
class Desk:
    """
    What a check needs from the checker.

    Args:
        verify: Says what the sources show about a claim.
        foresee: Told each claim before the claims that stand before it are verified, so that work on it can begin.
        find: Finds a document of the corpus.
        search: Finds sentences of the corpus, those of the draft itself left out.
    """

    verify: Verify
    foresee: Foresee
    find: Find
    search: Search


@frozen(kw_only=True)
class Planned:
    """
    What a check is about to do, known before the first sentence is verified.

    Args:
        draft: The draft.
        reading: What was read from its document.
        refused: By the number of a sentence, why it is set aside; the others are verified.
    """

    draft: Draft
    reading: Reading
    refused: Mapping[int, Refusal] = field(hash=False)


@frozen
class _Asked:
    """A sentence that is verified, as a claim, and as it would be said alone."""

    sentence: Sentence
    claim: Claim
    said: str


@frozen(kw_only=True)
class Step:
    """
    What became of one sentence, or of one quotation in it.

    Args:
        number: Of the sentence in the draft.
        claim: The sentence with its verdict, ``None`` when it was set aside after all, or for a quotation.
        aside: Why it was set aside after all.
        diagnostic: The finding, if there is one.
    """

    number: int
    claim: CheckedClaim | None = None
    aside: Aside | None = None
    diagnostic: Diagnostic | None = None


#: A check, one step at a time; what it returns is the report of them all.
Steps = Generator[Planned | Step, None, CheckReport]


def finished(steps: Steps) -> CheckReport:
    """The report of a check that is taken to its end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: CheckReport = end.value
            return report


def check_steps(draft: Draft, reading: Reading, desk: Desk) -> Steps:
    """
    Verify the sentences of *draft* one at a time, for those who show them as they come.

    Args:
        draft: The draft.
        reading: What was read from its document.
        desk: How to verify.
    Yields:
        First what is about to be done, then the findings about quotations, then each sentence that is verified.
    Returns:
        The report, with what comments in the draft take out taken out.
    """
    quotations = quotations_of(draft.document, reading)
    quoted: list[Diagnostic] = []
    refusals = {s.index: r for s in reading.sentences if (r := _refused(s, quotations)) is not None}
    yield Planned(draft=draft, reading=reading, refused=refusals)
    claims: list[CheckedClaim] = []
    aside: list[Aside] = []
    waiting = _asked(draft, reading, refusals, desk)
    waiting = chain(list(islice(waiting, 1)), waiting)  # work on the first begins while quotations are compared
    for quotation in quotations:
        diagnostic = _quoted(draft, reading, quotation, desk)
        if diagnostic is not None:
            quoted.append(diagnostic)
            yield Step(number=_number_at(reading, quotation.span.start), diagnostic=diagnostic)
    found = list(quoted)
    spoken: dict[int, set[str]] = {}  # by paragraph, the documents of the claim before
    for sentence in reading.sentences:
        if (refused := refusals.get(sentence.index)) is not None:
            aside.append(_aside(draft, sentence, refused))
            continue
        checked = _checked(draft, next(waiting), desk)
        if _adrift(checked.verdict, spoken.get(sentence.paragraph, set())) and (pronoun := vague(sentence)):
            aside.append(_aside(draft, sentence, unclear(pronoun)))
            yield Step(number=sentence.index, aside=aside[-1])
            continue
        spoken[sentence.paragraph] = {e.document for e in checked.verdict.evidence}
        claims.append(checked)
        diagnostic = diagnostic_of(draft.path, checked)
        if diagnostic is not None and _said_already(diagnostic, quoted):
            diagnostic = None
        if diagnostic is not None:
            found.append(diagnostic)
        found += checked_before(draft.path, checked)
        yield Step(number=sentence.index, claim=checked, diagnostic=diagnostic)
    report = CheckReport(
        path=draft.path,
        text=draft.text,
        document=draft.document,
        claims=tuple(claims),
        aside=tuple(aside),
        diagnostics=in_order(found),
    )
    return suppressed(draft, report)


def _refused(sentence: Sentence, quotations: Sequence[Quotation]) -> Refusal | None:
    """Why *sentence* is set aside before it is verified; *quotations* stand in text order."""
    before = bisect_right(quotations, sentence.span.start, key=lambda quotation: quotation.marked.start)
    inside = before > 0 and quotations[before - 1].marked.contains(sentence.span)
    return QUOTED if inside else unfit(sentence)


def _number_at(reading: Reading, place: int) -> int:
    """The number of the sentence that a code point of the stored text stands in, or of the last one before it."""
    before = bisect_right(reading.sentences, place, key=lambda sentence: sentence.span.start)
    return reading.sentences[before - 1].index if before else 0


def _aside(draft: Draft, sentence: Sentence, refused: Refusal) -> Aside:
    place = draft.place_of(sentence.span)
    return Aside(place=place, text=draft.words(place), kind=refused.kind.value, reason=refused.reason)


def _adrift(verdict: Verdict, documents: Collection[str]) -> bool:
    """Whether the source that contradicts a sentence is not one that bears on the claim before it."""
    against = _against(verdict)
    return against is not None and against.document not in documents


def _quoted(draft: Draft, reading: Reading, quotation: Quotation, desk: Desk) -> Diagnostic | None:
    """The finding about a quotation, if there is one."""
    finding = compare(quotation, reading, desk.search)
    if finding is None:
        return None
    place = draft.place_of(quotation.span)
    evidence = tuple(located(e, desk.find(e.document)) for e in finding.evidence)
    return Diagnostic(
        path=draft.path,
        place=place,
        text=draft.words(place),
        code=finding.code,
        severity=rule(finding.code).severity,
        message=finding.message,
        fingerprint=fingerprint(finding.code, quotation.span.text, *(e.span.text for e in evidence)),
        evidence=evidence,
        focus=draft.place_of(finding.focus) if finding.focus is not None else None,
        contexts=tuple(context_of(e, desk.find(e.document)) for e in evidence),
    )


def _said_already(diagnostic: Diagnostic, quoted: Sequence[Diagnostic]) -> bool:
    """Whether one of the findings about quotations, in text order, says as much of the same sentence, more exactly."""
    here = beginning_in(quoted, diagnostic.place)
    focus = diagnostic.focus
    if focus is not None and any(d.place.start <= focus.start and focus.end <= d.place.end for d in here):
        return True
    return any(diagnostic.code in {d.code, "CC-I01"} for d in here)


# ----------------------------------------------------------------------------- claims


def _asked(draft: Draft, reading: Reading, refusals: Mapping[int, Refusal], desk: Desk) -> Iterator[_Asked]:
    """The sentences that are verified, in order, each foreseen before those before it are given."""
    foreseen: deque[_Asked] = deque()
    for sentence in reading.sentences:
        if sentence.index in refusals:
            continue
        claim = claim_of(reading, sentence, identifier=str(sentence.index))
        foreseen.append(_Asked(sentence, claim, spoken_in(draft.document, reading, sentence)))
        desk.foresee(claim, foreseen[-1].said)
        if len(foreseen) > AHEAD:
            yield foreseen.popleft()
    yield from foreseen


def _checked(draft: Draft, asked: _Asked, desk: Desk) -> CheckedClaim:
    span = asked.sentence.span
    place = draft.place_of(span)
    verdict = desk.verify(asked.claim, asked.said, draft.document)
    focus = _focus(verdict)
    return CheckedClaim(
        place=place,
        text=draft.words(place),
        verdict=verdict,
        focus=draft.place(span.start + focus.start, span.start + focus.end) if focus else None,
        contexts=tuple(context_of(e, desk.find(e.document)) for e in verdict.evidence[:SHOWN]),
    )


def spoken_in(document: Document, reading: Reading, sentence: Sentence) -> str:
    """*sentence* as it would be said alone, for the entailment model."""
    before = reading.sentences[max(0, sentence.index - BEFORE) : sentence.index + 1]
    return spoken_out(source_of(document, {e.id: e for e in reading.entities}, before, 0))


def context_of(evidence: Evidence, document: Document | None) -> Context:
    """What stands around *evidence*, cut between words."""
    if document is None:
        return Context(before="", after="")
    start, end = evidence.span.start, evidence.span.end
    before, after = document.text[max(0, start - AROUND) : start], document.text[end : end + AROUND]
    if start > AROUND:
        before = before.partition(" ")[2]
    if end + AROUND < len(document.text):
        after = after.rpartition(" ")[0]
    return Context(before=before, after=after)


def _focus(verdict: Verdict) -> Span | None:
    """The words of the claim that differ in the first piece of evidence against it, or closest to it."""
    first = _against(verdict) or next(iter(verdict.evidence), None)
    if first is None or verdict.label is Label.SUPPORTED:
        return None
    rows = [r for r in first.alignment if r.relation is SlotRelation.DIFFERS and r.claim is not None and r.claim.text]
    return rows[0].claim if rows else None


def _against(verdict: Verdict) -> Evidence | None:
    return next((e for e in verdict.evidence if e.stance is Stance.CONTRADICTS), None)


# ------------------------------------------------------------------------ diagnostics


def diagnostic_of(path: str, checked: CheckedClaim) -> Diagnostic | None:
    """The finding that a verdict amounts to, ``None`` for a sentence that the sources support."""
    verdict = checked.verdict
    if verdict.label is Label.SUPPORTED:
        return None
    code, message, deciding = _finding(verdict)
    first = deciding[0] if deciding else None
    evidence = deciding or verdict.evidence
    order = [verdict.evidence.index(e) for e in evidence if e in verdict.evidence]
    return Diagnostic(
        path=path,
        place=checked.place,
        text=checked.text,
        code=code,
        severity=rule(code).severity,
        message=message,
        fingerprint=fingerprint(
            code, verdict.claim.text, first.rule if first else "", first.span.text if first else ""
        ),
        verdict=verdict,
        evidence=tuple(evidence[:SHOWN]),
        focus=checked.focus,
        contexts=tuple(checked.contexts[n] for n in order[:SHOWN] if n < len(checked.contexts)),
        confidence=verdict.confidence,
    )


def checked_before(path: str, checked: CheckedClaim) -> Iterator[Diagnostic]:
    """A note for each time that people checked this claim before, whatever the sources show now."""
    for known in checked.verdict.remembered:
        note = f" ({known.note})" if known.note else ""
        yield Diagnostic(
            path=path,
            place=checked.place,
            text=checked.text,
            code=CHECKED_BEFORE,
            severity=rule(CHECKED_BEFORE).severity,
            message=f"{remembered_words(known)}{note}",
            fingerprint=fingerprint(CHECKED_BEFORE, checked.verdict.claim.text, known.id),
        )


def _finding(verdict: Verdict) -> tuple[str, str, Sequence[Evidence]]:
    """Code, message and deciding evidence of a verdict other than supported."""
    if verdict.label is Label.CONTRADICTED:
        against = [e for e in verdict.evidence if e.stance is Stance.CONTRADICTS]
        first = against[0] if against else None
        return code_of_row(first.rule if first else ""), first.reason if first else verdict.reason, against
    if verdict.label is Label.CONFLICTING:
        sides = [e for e in verdict.evidence if e.stance is not Stance.NEUTRAL]
        return "CC-X01", verdict.reason, sides
    told = next((e for e in verdict.evidence if _only_planned(e)), None)
    if told is not None:
        note = next(r.note for r in told.alignment if r.slot is Slot.MODALITY and r.note)
        return "CC-I02", f"told as done, but {note}", (told,)
    if verdict.evidence and (note := _one_detail(verdict.evidence[0])):
        return "CC-I04", f"the closest source has another detail: {note}", verdict.evidence[:1]
    return "CC-I01", verdict.reason, ()


def _only_planned(evidence: Evidence) -> bool:
    """Whether the source says all of it, only not as done."""
    rows = [r for r in evidence.alignment if r.slot is not Slot.MODALITY]
    left_open = any(
        r.slot is Slot.MODALITY and r.relation is SlotRelation.UNKNOWN and r.note.startswith("the source only")
        for r in evidence.alignment
    )
    if not left_open or any(r.relation is SlotRelation.DIFFERS for r in rows):
        return False
    good = sum(r.relation in _GOOD for r in rows if r.claim is not None)
    return good >= SAID * sum(r.claim is not None for r in rows) and evidence.score > 0


def _one_detail(evidence: Evidence) -> str:
    """What differs in a source that says the same but for one detail, "" when it does not."""
    differing = [r for r in evidence.alignment if r.relation is SlotRelation.DIFFERS]
    if len(differing) != 1 or differing[0].claim is None or differing[0].slot in {*_TRUTH, Slot.RELATION}:
        return ""
    relation = next((r for r in evidence.alignment if r.slot is Slot.RELATION), None)
    rest = [r for r in evidence.alignment if r is not differing[0] and r is not relation and r.claim is not None]
    if relation is None or relation.relation not in _GOOD or not rest:
        return ""
    share = sum(r.relation in _GOOD for r in rest) / len(rest)
    return differing[0].note if share >= SAID_BUT_ONE else ""
