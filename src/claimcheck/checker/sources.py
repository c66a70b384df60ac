"""Candidate sentences with what surrounds them, as `claimcheck.matching` takes them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs
from attrs import evolve

from claimcheck.documents.front_matter import article_start
from claimcheck.documents.offsets import position
from claimcheck.entailment import Entailment, Pair
from claimcheck.errors import ClaimcheckError, PartialSearchWarning
from claimcheck.language import terms
from claimcheck.language.aliases import Aliases
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.spoken import views
from claimcheck.model import Claim, Document, Entity, Evidence, Failure, Probabilities, Sentence, Verdict, Warned

#: Sentences before another that are read with it.
BEFORE = 2
#: Code points at the start of an article that say what it is about.
OPENING = 600
#: Documents whose stems are kept at hand.
KEPT = 256
#: Candidate sentences that the entailment model judges.
JUDGED = 8
#: A sentence that settles nothing with this probability, read alone, is not read in its other views.  By
#: cross-validation on the claims to tune with, half of the readings go and the verdicts stay as good.
SILENT = 0.75

_WORD = re.compile(r"[^\W_]+")


def source_of(
    document: Document,
    entities: dict[str, Entity],
    sentences: Sequence[Sentence],
    cluster: int = 0,
    *,
    remote: bool = False,
) -> Source:
    """The last of *sentences*, with those before it."""
    sentence = sentences[-1]
    return Source(
        document=document,
        sentence=sentence,
        side=Side(entities=entities, mentions=tuple(m for s in sentences for m in s.mentions)),
        before=tuple(sentences[:-1]),
        anchor=document.published,
        cluster=cluster,
        remote=remote,
        page=_stems(_article(document.text)),
        topics=_stems(_opening(document)),
    )


def with_aliases(source: Source, aliases: Aliases) -> Source:
    """*source* with the names that *aliases* make one."""
    if not aliases:
        return source
    sentences = (*source.before, source.sentence)
    entities, named = aliases.in_sentences(source.side.entities, sentences)
    return attrs.evolve(
        source,
        sentence=named[-1],
        before=tuple(named[:-1]),
        side=Side(entities=entities, mentions=tuple(m for s in named for m in s.mentions)),
        page=source.page | _named(_article(source.document.text), aliases),
        topics=source.topics | _named(_opening(source.document), aliases),
    )


def _opening(document: Document) -> str:
    """The headline and the first lines of an article: what it is about."""
    return f"{document.title}\n{_article(document.text)[:OPENING]}"


@functools.lru_cache(maxsize=KEPT)
def _article(text: str) -> str:
    """A document's text without its front matter, which may name books, people and years that the article does not."""
    return text[article_start(text) :]


@functools.lru_cache(maxsize=2 * KEPT)
def _named(text: str, aliases: Aliases) -> frozenset[str]:
    """The stems of the names that stand in *text* under an alias."""
    return frozenset(stem for name in aliases.named(text) for stem in terms.name_terms(name))


@functools.lru_cache(maxsize=2 * KEPT)
def _stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    words = set(map(re.Match.group, _WORD.finditer(text)))  # never all words of a long text at a time
    return frozenset().union(*map(terms.search_forms, words))


def judged(claim: Claim, sources: Sequence[Source], model: Entailment | None) -> list[Source]:
    """
    *sources*, the first `JUDGED` of them with what *model* says of them, over their views; as they are without one.

    Those that are remote are not among them.

    A sentence that the model cannot judge is left to the slots.
    """
    judge_all([(claim, sources)], model)
    return list(sources)


def judge_all(found: Iterable[tuple[Claim, Sequence[Source]]], model: Entailment | None) -> None:
    """
    The same for the sources of many claims, each of which belongs to one claim.

    *model* is called twice: with each sentence alone, then with the other views of those that may settle something.
    """
    if model is None:
        return
    asked = [(claim, source) for claim, sources in found for source in sources[:JUDGED] if not source.remote]
    said: dict[int, list[Probabilities]] = {id(source): [] for _, source in asked}
    _hear([(claim, source, views(source)[:1]) for claim, source in asked], model, said)
    heard = [(claim, source) for claim, source in asked if not _silent(said[id(source)])]
    _hear([(claim, source, views(source)[1:]) for claim, source in heard], model, said)
    for _, source in asked:
        source.judged = _mean(said[id(source)]) if said[id(source)] else None


def _hear(
    asked: Iterable[tuple[Claim, Source, Sequence[str]]],
    model: Entailment,
    said: Mapping[int, list[Probabilities]],
) -> None:
    """Add to *said*, by the id of the source, what *model* makes of each claim beside those views of a source."""
    rows = [(claim, source, view) for claim, source, told in asked for view in told]
    pairs = [Pair(claim=claim.text, evidence=view, title=source.document.title) for claim, source, view in rows]
    for (_, source, view), inference in zip(rows, model.judge(pairs), strict=True):
        if not isinstance(inference, Failure):
            said[id(source)].append(inference.probabilities)
            source.heard = (*source.heard, view)


def _silent(said: Sequence[Probabilities]) -> bool:
    """Whether the model is sure enough that a sentence settles nothing, from what it said of it so far."""
    return any(one.not_enough_evidence >= SILENT for one in said)


def _mean(said: Sequence[Probabilities]) -> Probabilities:
    """The mean of what the model says of several views of one sentence."""
    supported = sum(one.supported for one in said) / len(said)
    contradicted = sum(one.contradicted for one in said) / len(said)
    return Probabilities(
        supported=supported, contradicted=contradicted, not_enough_evidence=max(0.0, 1.0 - supported - contradicted)
    )


def partial(verdict: Verdict, missing: Sequence[str]) -> Verdict:
    """*verdict* with a warning for each of the parts of the corpus that were not searched for it."""
    warned = (
        Warned(
            code=PartialSearchWarning.code,
            message=f"the part {name} could not be searched: what it holds was not looked at",
        )
        for name in missing
    )
    return evolve(verdict, warnings=(*verdict.warnings, *warned)) if missing else verdict


def placed(verdict: Verdict, sources: Iterable[Source]) -> Verdict:
    """*verdict*, from *sources*, with the place in its file of every piece of evidence."""
    documents = {source.document.id: source.document for source in sources}
    return evolve(verdict, evidence=tuple(located(e, documents.get(e.document)) for e in verdict.evidence))


def located(evidence: Evidence, document: Document | None) -> Evidence:
    """*evidence* with its place in the file of its *document*, as it is without one."""
    if document is None:
        return evidence
    return evolve(evidence, position=position(document, evidence.span.start, evidence.span.end))


def failure_of(identifier: str, text: str, error: ClaimcheckError) -> Failure:
    """What stands in the place of a result that *error* prevented."""
    return Failure(id=identifier, text=text, code=error.error_code, message=error.message, hint=error.hint)


def error_of(failure: Failure) -> ClaimcheckError:
    """The error that *failure* stands for, of the class that its code falls in, for where there is no batch."""
    kinds = [ClaimcheckError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    exact = [kind for kind in kinds if kind.code == failure.code]
    group = [kind for kind in kinds if kind.code[:-1] == failure.code[:-1]]
    kind = (exact or group or kinds)[0]
    return kind(failure.message, hint=failure.hint, code=failure.code)
