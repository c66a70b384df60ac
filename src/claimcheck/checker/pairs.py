"""Pairs of a claim and an evidence text, judged without a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice

from attrs import evolve, frozen

from claimcheck.entailment import Entailment, Inference, Pair
from claimcheck.errors import ClaimcheckError, ClaimParseError, ConfigError, DocumentError, NotCheckableError
from claimcheck.matching.sides import Source
from claimcheck.matching.verdict import judge_claim
from claimcheck.model import Document, Failure, Judgement, Label, Probabilities, Stance

from .claims import parse_claim
from .sources import BEFORE, failure_of, source_of

#: Longest evidence text that is read slot by slot, in code points.
MAX_EVIDENCE = 200_000
#: Id of the document that such a text is taken for.
EVIDENCE = "evidence"
#: Pairs that the model is given at a time.
BATCH = 64
_STANCES = {
    Label.SUPPORTED: Stance.SUPPORTS,
    Label.CONTRADICTED: Stance.CONTRADICTS,
    Label.CONFLICTING: Stance.NEUTRAL,
    Label.NOT_ENOUGH_EVIDENCE: Stance.NEUTRAL,
}

Row = tuple[str, str, str] | tuple[str, str, str, str]
"""Identifier, claim, evidence, and perhaps the title of what the evidence stands in."""


class Method(StrEnum):
    """What judges a pair: the model by meaning, the slots, or both weighed against each other."""

    MEANING = "meaning"
    SLOTS = "slots"
    BOTH = "both"


def method_of(name: Method | str, *known: Method) -> Method:
    """
    The method called *name*.

    Args:
        name: One of *known*.
        known: What can be said; all methods when empty.
    Raises:
        ConfigError: If it is another.
    """
    names = [method.value for method in known or Method]
    if name not in names:
        msg = f"method cannot be {name!r}"
        raise ConfigError(msg, hint=f"method is {', '.join(names[:-1])} or {names[-1]}")
    return Method(name)


@frozen
class _Case:
    """One pair to judge."""

    id: str
    claim: str
    evidence: str
    title: str = ""


def judge_pairs(pairs: Iterable[Row], model: Entailment | None, method: Method) -> Iterator[Judgement | Failure]:
    """Judge *pairs* in order; one that cannot be judged gives a `Failure` in its place. Without a model: by slots."""
    waiting = (_Case(*row) for row in pairs)
    while batch := list(islice(waiting, BATCH)):
        if model is None or method is Method.SLOTS:
            yield from (_by_slots(case, None) for case in batch)
            continue
        inferences = model.judge([Pair(claim=c.claim, evidence=c.evidence, title=c.title) for c in batch])
        for case, inference in zip(batch, inferences, strict=True):
            if isinstance(inference, Failure):
                refused = evolve(inference, id=case.id, text=case.claim)
                yield refused if method is Method.MEANING else _by_slots(case, None)
            elif method is Method.MEANING:
                yield _by_meaning(case.id, inference)
            else:
                yield _by_both(case, inference)


def _by_meaning(identifier: str, inference: Inference) -> Judgement:
    chances = stance_names(inference.probabilities)
    label = max(Stance, key=lambda stance: chances[stance.value])
    windows = f", in {inference.windows} overlapping windows" if inference.windows > 1 else ""
    return Judgement(
        id=identifier,
        label=label,
        probabilities=chances,
        reason=f"judged by meaning{windows}",
        windows=inference.windows,
    )


def _by_slots(case: _Case, judged: Probabilities | None) -> Judgement | Failure:
    """The judgement that the slots come to, weighed with what the model said when it was asked."""
    try:
        parsed = parse_claim(case.claim, identifier=case.id)
        sources = sources_of_text(Document(id=EVIDENCE, title=case.title, text=case.evidence))
    except NotCheckableError as error:
        return _neutral(case.id, error.message)
    except ClaimcheckError as error:
        return failure_of(case.id, case.claim, error)
    for source in sources:
        source.judged = judged
    verdict = judge_claim(parsed, sources)
    first = verdict.evidence[0] if verdict.evidence else None
    return Judgement(
        id=case.id,
        label=_STANCES[verdict.label],
        probabilities=stance_names(verdict.probabilities),
        alignment=first.alignment if first is not None else (),
        reason=verdict.reason,
    )


def _by_both(case: _Case, inference: Inference) -> Judgement | Failure:
    """Both; by meaning alone where no statement can be read from the claim."""
    weighed = _by_slots(case, inference.probabilities)
    if isinstance(weighed, Failure) and weighed.code == ClaimParseError.code:
        return _by_meaning(case.id, inference)
    return weighed if isinstance(weighed, Failure) else evolve(weighed, windows=inference.windows)


def stance_names(chances: Probabilities) -> dict[str, float]:
    """The probabilities of a verdict as those of the stances, by name."""
    return {stance.value: chance for stance, chance in chances.by_stance().items()}


def _neutral(identifier: str, reason: str) -> Judgement:
    """Nothing bears on what cannot be checked."""
    nothing = Probabilities(supported=0.0, contradicted=0.0, not_enough_evidence=1.0)
    return Judgement(id=identifier, label=Stance.NEUTRAL, probabilities=stance_names(nothing), reason=reason)


def sources_of_text(text: Document | str) -> list[Source]:
    """
    The sentences of one evidence text, read.

    Raises:
        DocumentError: If the text is empty or too long.
    """
    document = Document(id=EVIDENCE, text=text) if isinstance(text, str) else text
    if not document.text.strip():
        msg = "the evidence is empty"
        raise DocumentError(msg, hint="give the sentence that the claim is held against")
    if len(document.text) > MAX_EVIDENCE:
        msg = f"the evidence has {len(document.text):,} characters, more than the {MAX_EVIDENCE:,} that a pair may have"
        raise DocumentError(msg, hint="put long texts into a corpus and use verify")
    from claimcheck.language.reading import read  # noqa: PLC0415 - loads the language model's code

    reading = read(document)
    document = evolve(document, published=document.published or reading.anchor)
    entities = {e.id: e for e in reading.entities}
    return [
        source_of(document, entities, reading.sentences[max(0, n - BEFORE) : n + 1], n)
        for n in range(len(reading.sentences))
    ]
