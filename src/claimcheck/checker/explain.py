"""
Explanations: a verdict with all that was found on the way to it.

Nothing is computed here that `verify` does not compute: the outcomes of the claim's parts come from `judge_parts`, the
features and their weights from where the probabilities are made.  What is added is the order, and a plain word for
why each candidate sentence counts or does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from attrs import frozen

from claimcheck.documents.offsets import position
from claimcheck.index import Query
from claimcheck.matching.confidence import scale
from claimcheck.matching.finding import Finding
from claimcheck.matching.rows import Alignment
from claimcheck.matching.sides import Source
from claimcheck.matching.verdict import Look, PartVerdict, judge_parts, verdict_of, why_it_falls
from claimcheck.matching.weigh import barred, features, weigh
from claimcheck.model import Claim, Label, Position, Probabilities, Reading, Sentence, Stance, Statement, Verdict

from .pairs import Method
from .sources import placed


class Use(StrEnum):
    """What a candidate sentence is to the outcome of one part of a claim."""

    DECIDES = "decides"
    COUNTS = "counts"
    SET_ASIDE = "set aside"
    NEUTRAL = "neutral"
    STATES_NOTHING = "states nothing"


@frozen(kw_only=True)
class Feature:
    """
    One number that is known of a sentence, and what it adds to the odds (natural logarithms) of either stance.

    Args:
        name: As in the file of weights.
        value: The number.
        supports: What it adds for *supports*, against neutral.
        contradicts: What it adds for *contradicts*, against neutral.
    """

    name: str
    value: float
    supports: float
    contradicts: float


@frozen(kw_only=True)
class Step:
    """
    What a sentence comes to at one step: by the slots alone, or weighed with the model.

    Args:
        stance: What it does to the claim.
        score: Raw, comparable within a run.
        rule: As in `claimcheck.model.Evidence`.
        reason: Why, in plain words.
        firm: Whether it is about the very same thing, or leans on what stands around it or on one occasion.
        probabilities: Of the three stances.
        features: What they were made from.
        barred: Why no meaning can make a support of it, ``""`` when one can.
    """

    stance: Stance
    score: float
    rule: str
    reason: str
    firm: bool
    probabilities: Probabilities
    features: tuple[Feature, ...]
    barred: str = ""


@frozen(kw_only=True)
class CandidateExplanation:
    """
    One sentence that was held against one part of a claim.

    Args:
        rank: Its place among the candidates, from 1.
        document: Id of its document.
        title: Of the document.
        published: Day of the document as text, ``""`` when unknown.
        position: Where it stands in the file.
        sentence: With its statements.
        reading: The sentence with the names that its document knows, for the slots of its statements.
        use: What it is to the outcome.
        why: Why, in plain words.
        slots: What it comes to by the slots alone, ``None`` when it states nothing.
        meaning: What the entailment model says, ``None`` when it was not asked.
        asked: The views in which the model was given the sentence; it says the mean of them.
        weighed: What it comes to in the end: as by the slots when the model was not asked.
        alignment: The best pair of statements, slot by slot.
    """

    rank: int
    document: str
    title: str
    published: str
    position: Position
    sentence: Sentence
    reading: Reading
    use: Use
    why: str
    slots: Step | None = None
    meaning: Probabilities | None = None
    asked: tuple[str, ...] = ()
    weighed: Step | None = None
    alignment: Alignment | None = None


@frozen(kw_only=True)
class PartExplanation:
    """
    One statement that the claim stands or falls with.

    Args:
        statement: The one.
        ways: How it was taken, when not simply as it stands.
        label: Its outcome.
        probabilities: Of the outcome.
        candidates: Those that decide and count first, in the order of the verdict; then the likeliest to matter.
    """

    statement: Statement
    ways: tuple[Statement, ...]
    label: Label
    probabilities: Probabilities
    candidates: tuple[CandidateExplanation, ...]


@frozen(kw_only=True)
class Explanation:
    """
    A verdict with all that was found on the way to it.

    Args:
        claim: With its reading.
        verdict: The same as that of `Checker.verify`.
        method: What judged.
        model: Name of the entailment model, ``""`` when it was not asked.
        query: What the search looked for.
        parts: The claim's statements with their candidates.
        too_new: Documents with candidates that were left out because of their date.
    """

    claim: Claim
    verdict: Verdict
    method: str
    model: str
    query: Query
    parts: tuple[PartExplanation, ...]
    too_new: tuple[str, ...] = ()


def explained(
    claim: Claim, sources: Sequence[Source], *, query: Query, method: Method, model: str, too_new: tuple[str, ...]
) -> Explanation:
    """
    The explanation of the verdict on *claim*, which has been read, from *sources*, which have been judged.

    Args:
        claim: With its reading.
        sources: Candidate sentences, best first.
        query: What the search looked for.
        method: What judges.
        model: Name of the entailment model, ``""`` when it was not asked.
        too_new: Documents that were left out because of their date.
    """
    assert claim.reading is not None
    parts = judge_parts(claim, sources)
    return Explanation(
        claim=claim,
        verdict=placed(verdict_of(claim, parts, warnings=claim.reading.warnings), sources),
        method=method.value,
        model=model,
        query=query,
        parts=tuple(_part(part) for part in parts),
        too_new=too_new,
    )


def _part(part: PartVerdict) -> PartExplanation:
    candidates = [_candidate(rank, look, part) for rank, look in enumerate(part.looks, start=1)]
    order = {id(finding): number for number, finding in enumerate(part.findings)}
    places = {
        candidate.rank: order.get(id(look.weighed), len(order))
        for candidate, look in zip(candidates, part.looks, strict=True)
    }
    return PartExplanation(
        statement=part.statement,
        ways=part.ways,
        label=part.label,
        probabilities=part.chances,
        candidates=tuple(sorted(candidates, key=lambda c: (list(Use).index(c.use), places[c.rank], *_likelihood(c)))),
    )


def _likelihood(candidate: CandidateExplanation) -> tuple[float, int]:
    """Sorts what was not chosen: the likeliest to take a side first."""
    open_chance = candidate.weighed.probabilities.not_enough_evidence if candidate.weighed is not None else 1.0
    return open_chance, candidate.rank


def _candidate(rank: int, look: Look, part: PartVerdict) -> CandidateExplanation:
    source = look.source
    document, sentence = source.document, source.sentence
    use, why = _use(look, part)
    return CandidateExplanation(
        rank=rank,
        document=document.id,
        title=document.title,
        published=document.published.isoformat() if document.published else "",
        position=position(document, sentence.span.start, sentence.span.end),
        sentence=sentence,
        reading=Reading(sentences=(sentence,), entities=tuple(source.side.entities.values()), anchor=source.anchor),
        use=use,
        why=why,
        slots=_step(look.slots, weigh(look.slots, None), None) if look.slots is not None else None,
        meaning=source.judged,
        asked=source.heard,
        weighed=_step(look.slots, look.weighed, source.judged) if look.slots and look.weighed else None,
        alignment=look.slots.alignment if look.slots is not None else None,
    )


def _step(by_slots: Finding, weighed: Finding, judged: Probabilities | None) -> Step:
    """The step from what the slots say to what it weighs."""
    assert weighed.chances is not None
    return Step(
        stance=weighed.stance,
        score=weighed.score,
        rule=weighed.rule,
        reason=weighed.reason,
        firm=weighed.firm,
        probabilities=weighed.chances,
        features=tuple(_features(by_slots, judged)),
        barred=barred(by_slots) if judged is not None else "",
    )


def _features(finding: Finding, judged: Probabilities | None) -> Iterator[Feature]:
    weights = scale("evidence", judged=judged is not None)
    for name, value in features(finding, judged).items():
        supports, contradicts = weights.supports.get(name, 0.0), weights.contradicts.get(name, 0.0)
        yield Feature(name=name, value=value, supports=supports * value, contradicts=contradicts * value)


def _use(look: Look, part: PartVerdict) -> tuple[Use, str]:
    """What a sentence is to the outcome, and why."""
    if look.weighed is None:
        kind = look.source.sentence.kind.value.replace("_", " ")
        return Use.STATES_NOTHING, f"no statement was read from this {kind}"
    finding = look.weighed
    if finding.stance is Stance.NEUTRAL:
        return Use.NEUTRAL, finding.reason
    if any(finding is other for other in part.findings):
        first = next(f for f in part.findings if f.stance is finding.stance)
        return (Use.DECIDES if finding is first else Use.COUNTS), finding.reason
    return Use.SET_ASIDE, _why_not(finding, part)


def _why_not(finding: Finding, part: PartVerdict) -> str:
    """Why a sentence that takes a side does not count."""
    if finding.stance is Stance.SUPPORTS:
        return "a contradiction that fits the claim clearly better is followed"
    supports = [f for f in part.findings if f.stance is Stance.SUPPORTS]
    return (why_it_falls(finding, supports) if supports else "") or "other sentences decide"
