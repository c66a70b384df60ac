"""
Verdict: all evidence for all parts of a claim, put together.

A claim is supported when each of its parts is, contradicted when one of them is.  Firm contradictions stand against
support as *conflicting*; another date or another person on another occasion does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from claimcheck.model import (
    Claim,
    Evidence,
    Label,
    Probabilities,
    QuantityKind,
    Slot,
    SlotAlignment,
    Stance,
    Statement,
    Verdict,
    Warned,
)

from . import confidence
from .finding import Finding
from .namesakes import ambiguous_names
from .passing import other_office
from .rivals import rival_figures
from .rows import Row
from .sides import Side, Source
from .stance import judge_sentence
from .taken import PINNED
from .ways import main_statements, of_each, readings
from .weigh import MEANING, weigh

#: Evidence shown for a verdict, at most.
SHOWN = 10
#: Neutral sentences shown when nothing decides.
NEAREST = 3
#: A contradiction that scores so much more than the best support is followed.
CLEAR = 0.12
#: A sentence with so much of the claim, by weight, speaks of all of it.
WHOLE = 0.95
#: A contradiction must score this share of the support to stand against it.
RIVAL = 0.9


@frozen(kw_only=True)
class Look:
    """
    What was made of one candidate sentence for one statement of a claim.

    Args:
        source: The sentence.
        slots: By the slots alone; ``None`` when the sentence states nothing.
        weighed: The same with its probabilities, weighed with what the entailment model said if it was asked.
    """

    source: Source
    slots: Finding | None
    weighed: Finding | None


@frozen(kw_only=True)
class PartVerdict:
    """
    The outcome for one statement of the claim.

    Args:
        statement: The one.
        ways: How it was taken: see `readings`.
        label: The outcome.
        findings: What it rests on: supports, contradictions, then the nearest of the rest, each the best first.
        chances: The probabilities of the outcome.
        looks: All candidate sentences, in the order in which search put them forward.
    """

    statement: Statement
    ways: tuple[Statement, ...]
    label: Label
    findings: tuple[Finding, ...]
    chances: Probabilities
    looks: tuple[Look, ...]


def judge_claim(claim: Claim, sources: Iterable[Source], *, warnings: Sequence[Warned] = ()) -> Verdict:
    """
    The verdict on a claim that has been read.

    Args:
        claim: With its reading.
        sources: Candidate sentences, best first.
        warnings: Passed on.
    """
    return verdict_of(claim, judge_parts(claim, sources), warnings=warnings)


def judge_parts(claim: Claim, sources: Iterable[Source]) -> tuple[PartVerdict, ...]:
    """The outcomes for the statements that a claim, which has been read, stands or falls with."""
    assert claim.reading is not None
    mine = Side.of(claim.reading)
    pool = list(sources)
    main = main_statements(claim)
    parts = [judge_part(s, claim.text, mine, pool, claim.statements, alone=len(main) == 1) for s in main]
    parts = [one for part in parts for one in _one_by_one(claim, mine, pool, part)]
    return (*parts, *_wrong_descriptions(claim, mine, pool, parts))


def _one_by_one(claim: Claim, mine: Side, pool: Sequence[Source], part: PartVerdict) -> list[PartVerdict]:
    """
    What is said of several, taken of each where no one sentence speaks of all: "Falk and Brandt met Weiss".

    Only for support: that one of them did it in the sources' words leaves room for the other.
    """
    if part.label is not Label.NOT_ENOUGH_EVIDENCE:
        return [part]
    each = of_each(part.statement)
    judged = [judge_part(s, claim.text, mine, pool, claim.statements, alone=False) for s in each]
    borne_out = bool(judged) and all(one.label is Label.SUPPORTED for one in judged)
    return judged if borne_out else [part]


def _wrong_descriptions(
    claim: Claim, mine: Side, pool: Sequence[Source], main: Sequence[PartVerdict]
) -> list[PartVerdict]:
    """What the claim says in passing ("the Dutch designer X"): it need not be supported, but it can be wrong."""
    passing = [s for s in claim.statements if s.form == "apposition"]
    judged = [judge_part(s, claim.text, mine, pool, claim.statements, alone=False) for s in passing]
    wrong = [p for p in judged if p.label is Label.CONTRADICTED and p.findings[0].rule == "role"]
    wrong = [p for p in wrong if p.findings[0].alignment.claim.form == "apposition"]
    borne_out = [f for p in main if p.label is Label.SUPPORTED for f in p.findings if f.stance is Stance.SUPPORTS]
    offices = ((p, other_office(p.statement, mine, borne_out, pool, claim.statements)) for p in judged)
    return wrong or [_other_office(part, finding) for part, finding in offices if finding is not None]


def _other_office(part: PartVerdict, finding: Finding) -> PartVerdict:
    """The outcome for a description, when the person has another office."""
    label = Label.CONTRADICTED if finding.stance is Stance.CONTRADICTS else Label.NOT_ENOUGH_EVIDENCE
    chances = confidence.verdict_probabilities(part_features(label, [finding]), judged=False)
    return evolve(part, label=label, findings=(finding,), chances=chances)


def abstaining(verdict: Verdict, least: float) -> Verdict:
    """*verdict*; not enough evidence in the place of a label that is less sure than *least*, its evidence kept."""
    if verdict.label is Label.NOT_ENOUGH_EVIDENCE or verdict.confidence >= least:
        return verdict
    doubt = f"{verdict.label.value.replace('_', ' ')} at {verdict.confidence:.2f}, which is below {least:.2f}"
    return evolve(
        verdict,
        label=Label.NOT_ENOUGH_EVIDENCE,
        confidence=verdict.probabilities.not_enough_evidence,
        reason=f"not sure enough: {doubt}: {verdict.reason}",
    )


def judge_part(
    statement: Statement,
    text: str,
    mine: Side,
    sources: Sequence[Source],
    parts: Sequence[Statement],
    *,
    alone: bool = True,
) -> PartVerdict:
    """The outcome for one statement of the claim *text*, or the only one, over all candidate sentences."""
    ways = readings(statement, parts)
    looks = tuple(_look(ways, text, mine, source, parts, alone=alone) for source in sources)
    found = [look.weighed for look in looks if look.weighed is not None]
    supports = _side(found, Stance.SUPPORTS)
    contradicts = _side(found, Stance.CONTRADICTS)
    if supports:
        contradicts = [f for f in contradicts if not _of_another_age(f)]
    if supports and contradicts and _outweighed(supports[0], contradicts[0]):
        supports = []
    standing = [f for f in contradicts if not supports or _stands_against(f, supports)]
    held, against = rival_figures(found)
    if held and against:
        supports, standing = _side(held, Stance.SUPPORTS), _side(against, Stance.CONTRADICTS)
    if supports and standing:
        label = Label.CONFLICTING
    elif supports:
        label = Label.SUPPORTED
    elif standing:
        label = Label.CONTRADICTED
    else:
        label = Label.NOT_ENOUGH_EVIDENCE
    findings = (*supports, *standing, *_side(found, Stance.NEUTRAL)[:NEAREST])
    return PartVerdict(
        statement=statement,
        ways=ways,
        label=label,
        findings=findings,
        chances=confidence.verdict_probabilities(
            part_features(label, findings), judged=any(source.judged is not None for source in sources)
        ),
        looks=looks,
    )


def part_features(label: Label, findings: Sequence[Finding]) -> dict[str, float]:
    """
    What the probabilities of a part are made from.

    Args:
        label: Its outcome.
        findings: Those behind it, the one that decides first.
    """
    known = [f.chances for f in findings if f.chances is not None]
    if label not in {Label.SUPPORTED, Label.CONTRADICTED}:
        return confidence.claim_features(known, outcome=label.value)
    first = findings[0]
    how = "by meaning" if first.rule == MEANING else "firmly" if first.firm else "loosely"
    return confidence.claim_features(
        known,
        outcome=f"{label.value} {how}",
        score=0.0 if first.rule == MEANING else first.score,
        chance=_chance(first) if first.chances is not None else 0.5,
        whole=first.alignment.coverage >= WHOLE,
    )


def _look(
    ways: Sequence[Statement], text: str, mine: Side, source: Source, parts: Sequence[Statement], *, alone: bool
) -> Look:
    finding = judge_sentence(ways, text, mine, source, parts)
    weighed = weigh(finding, source.judged, alone=alone) if finding is not None else None
    return Look(source=source, slots=finding, weighed=weighed)


def _outweighed(support: Finding, contradiction: Finding) -> bool:
    """Whether a contradiction in so many words stands against a support that leans on its surroundings."""
    margin = -CLEAR if contradiction.firm and not support.firm else CLEAR
    return contradiction.score > support.score + margin


def _side(found: Sequence[Finding], stance: Stance) -> list[Finding]:
    return sorted(
        (f for f in found if f.stance is stance),
        key=lambda f: (-round(f.score, 6), f.source.document.id, f.source.sentence.index),
    )


def _stands_against(contradiction: Finding, supports: Sequence[Finding]) -> bool:
    """Whether a contradiction is about the very thing that other sources support."""
    return not why_it_falls(contradiction, supports)


def _of_another_age(contradiction: Finding) -> bool:
    """Whether a contradiction only gives another age, of which everybody has many, and not at a shared date."""
    alignment = contradiction.alignment
    ages = {q.span for q in alignment.source.quantities if q.value.kind is QuantityKind.AGE}
    dated = any(r.slot is Slot.TIME and r.near and r.coverage >= PINNED for r in alignment.rows)
    return not dated and contradiction.rule == "quantity" and any(r.source in ages for r in alignment.differing)


def why_it_falls(contradiction: Finding, supports: Sequence[Finding]) -> str:
    """Why a contradiction does not stand against *supports*, the best first; "" when it does."""
    if _of_another_age(contradiction):
        return "it may speak of another time: nobody stays of one age"
    if not contradiction.firm:
        return "it may speak of another occasion than the sentences that support"
    if contradiction.score < RIVAL * supports[0].score:
        return "it fits the claim less well than the sentences that support"
    if (contradiction.source.document.id, contradiction.source.sentence.index) in {
        (f.source.document.id, f.source.sentence.index) for f in supports
    }:
        return "the same sentence supports"
    same_page = any(f.source.document.id == contradiction.source.document.id for f in supports)
    if same_page and contradiction.rule not in {"polarity", "relation"}:
        return "another sentence of the same document supports"
    return ""


def _combine(labels: Sequence[Label]) -> Label:
    if not labels:
        return Label.NOT_ENOUGH_EVIDENCE
    for label in (Label.CONTRADICTED, Label.CONFLICTING, Label.NOT_ENOUGH_EVIDENCE):
        if label in labels:
            return label
    return Label.SUPPORTED


# --------------------------------------------------------------------------- records


def verdict_of(claim: Claim, parts: Sequence[PartVerdict], *, warnings: Sequence[Warned] = ()) -> Verdict:
    """The verdict on *claim* from the outcomes for its statements, as `judge_parts` gives them."""
    label = _combine([p.label for p in parts])
    deciding = [p for p in parts if p.label is label]
    chances = _together([p.chances for p in parts])
    evidence = _evidence([f for p in (*deciding, *parts) for f in p.findings], label)
    sure = {
        Label.SUPPORTED: chances.supported,
        Label.CONTRADICTED: chances.contradicted,
        Label.NOT_ENOUGH_EVIDENCE: chances.not_enough_evidence,
        Label.CONFLICTING: _both_sides(evidence),
    }[label]
    return Verdict(
        claim=claim,
        label=label,
        confidence=round(sure, 4),
        probabilities=chances,
        calibrated=confidence.CALIBRATED,
        evidence=evidence,
        reason=_reason(label, deciding, len(parts)),
        warnings=(*warnings, *_named(claim, label, deciding)),
    )


def _named(claim: Claim, label: Label, deciding: Sequence[PartVerdict]) -> tuple[Warned, ...]:
    """Whom the claim's bare names were taken for, where that could have been somebody else."""
    if label is Label.NOT_ENOUGH_EVIDENCE or claim.reading is None:
        return ()
    pool = [look.source for part in deciding for look in part.looks]
    return ambiguous_names([p.findings[0] for p in deciding if p.findings], Side.of(claim.reading), pool)


def _together(parts: Sequence[Probabilities]) -> Probabilities:
    """Of all parts: supported as the least supported one, contradicted as the most contradicted one."""
    if not parts:
        return Probabilities(supported=0.0, contradicted=0.0, not_enough_evidence=1.0)
    contradicted = max(p.contradicted for p in parts)
    supported = min(*(p.supported for p in parts), 1.0 - contradicted)
    return Probabilities(
        supported=supported, contradicted=contradicted, not_enough_evidence=max(0.0, 1.0 - supported - contradicted)
    )


def _both_sides(evidence: Sequence[Evidence]) -> float:
    """The probability that sources disagree: that of the weaker side's surest sentence."""
    sides = (Stance.SUPPORTS, Stance.CONTRADICTS)
    return min(max((e.confidence for e in evidence if e.stance is side), default=0.0) for side in sides)


def _reason(label: Label, deciding: Sequence[PartVerdict], parts: int) -> str:
    findings = [f for p in deciding for f in p.findings]
    first = findings[0].reason if findings else "no source speaks of this"
    if label is Label.CONFLICTING:
        against = next((f.reason for f in findings if f.stance is Stance.CONTRADICTS), "")
        return f"sources disagree: one supports the claim, another does not: {against}"
    if parts > 1 and label is not Label.SUPPORTED:
        return f"{len(deciding)} of the claim's {parts} parts: {first}"
    if parts > 1:
        return f"all {parts} parts of the claim are supported: {first}"
    return first


def _evidence(findings: Sequence[Finding], label: Label) -> tuple[Evidence, ...]:
    seen: set[tuple[str, int]] = set()
    made: list[Evidence] = []
    for finding in sorted(findings, key=lambda f: (f.stance is Stance.NEUTRAL, not _decides(f, label), -f.score)):
        key = (finding.source.document.id, finding.source.sentence.index)
        if key in seen:
            continue
        seen.add(key)
        made.append(evidence_of(finding))
    return tuple(made[:SHOWN])


def _decides(finding: Finding, label: Label) -> bool:
    wanted = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.CONTRADICTS}
    return label is Label.CONFLICTING or finding.stance is wanted.get(label)


def _chance(finding: Finding) -> float:
    """The probability that the finding's stance is right."""
    assert finding.chances is not None
    return finding.chances.by_stance()[finding.stance]


def evidence_of(finding: Finding) -> Evidence:
    """The record of one finding."""
    source = finding.source
    said = finding.alignment.source.attribution
    speaker = source.side.entity(said.entity) if said is not None and said.entity else None
    return Evidence(
        document=source.document.id,
        span=source.sentence.span,
        stance=finding.stance,
        score=round(finding.score, 4),
        confidence=round(_chance(finding), 4),
        alignment=tuple(
            slot_alignment(r) for r in finding.alignment.rows if r.claim is not None or r.source is not None
        ),
        reason=finding.reason,
        rule=finding.rule,
        attribution=(speaker.name if speaker is not None else said.speaker.text) if said is not None else None,
        cluster=source.cluster,
        title=source.document.title,
        published=source.document.published,
        kind=source.sentence.kind,
        meaning=source.judged,
    )


def slot_alignment(row: Row) -> SlotAlignment:
    """The public form of a row."""
    return SlotAlignment(slot=row.slot, relation=row.relation, claim=row.claim, source=row.source, note=row.note)
