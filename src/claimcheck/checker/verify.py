"""The checker: claims in, verdicts out, in the same order."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from claimcheck.documents.offsets import position
from claimcheck.errors import ClaimcheckError, DocumentError, NotCheckableError
from claimcheck.index import Query
from claimcheck.language import terms
from claimcheck.language.statements import predicate_phrases
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.verdict import judge_claim
from claimcheck.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Failure,
    Judgement,
    Label,
    Reading,
    Sentence,
    Stance,
    Verdict,
)

from .claims import parse_claim
from .corpus import Corpus

#: Candidate sentences that are aligned with a claim.
CANDIDATES = 40
#: Sentences before a candidate that are read with it.
BEFORE = 2
#: Documents whose text and names are kept at hand.
KEPT = 256
#: Code points at the start of an article that say what it is about.
OPENING = 600
#: A date that runs over more years than these is too vague to look for.
MOST_YEARS = 11
#: Longest evidence text for `Checker.judge`, in code points.
MAX_EVIDENCE = 200_000

_WORD = re.compile(r"[^\W_]+")
_STANCES = {
    Label.SUPPORTED: Stance.SUPPORTS,
    Label.CONTRADICTED: Stance.CONTRADICTS,
    Label.CONFLICTING: Stance.NEUTRAL,
    Label.NOT_ENOUGH_EVIDENCE: Stance.NEUTRAL,
}


class Checker:
    """
    Checks claims against a corpus.

    Args:
        corpus: What the claims are checked against; ``None`` is enough for `judge`.
        as_of: Ignore sources published after this day.

    >>> from claimcheck import Checker, Corpus, Document
    >>> corpus = Corpus.memory()
    >>> report = corpus.add(Document(id="note.txt", text="The minister resigned in March 2009."))
    >>> Checker(corpus).verify("The minister resigned in 2009").label
    <Label.SUPPORTED: 'supported'>
    """

    def __init__(self, corpus: Corpus | None = None, *, as_of: dt.date | None = None) -> None:
        self._corpus = corpus
        self._as_of = as_of
        self._document = functools.lru_cache(maxsize=KEPT)(self._load_document)
        self._sentence = functools.lru_cache(maxsize=16 * KEPT)(self._load_sentence)

    # ---------------------------------------------------------------------- claims

    def verify(self, claim: Claim | str) -> Verdict:
        """
        Match *claim* against the corpus and say what the sources show.

        Args:
            claim: Text or parsed claim; several parts give several statements.
        Returns:
            The verdict, its evidence ordered by confidence, highest first.
        Raises:
            ClaimParseError: If no statement can be read from *claim*.
        """
        if isinstance(claim, str):
            claim = Claim(text=claim)
        if claim.reading is None:
            claim = parse_claim(claim.text, identifier=claim.id, as_of=self._as_of)
        assert claim.reading is not None
        verdict = judge_claim(claim, self._sources(claim.reading), warnings=claim.reading.warnings)
        return evolve(verdict, evidence=tuple(self._placed(e) for e in verdict.evidence))

    def verify_many(self, claims: Iterable[Claim | str]) -> Iterator[Verdict | Failure]:
        """Verify claims one by one, in order; a claim that cannot be read gives a `Failure` in its place."""
        for claim in claims:
            text, identifier = (claim, "") if isinstance(claim, str) else (claim.text, claim.id)
            try:
                yield self.verify(claim)
            except ClaimcheckError as error:
                yield _failure(identifier, text, error)

    # ----------------------------------------------------------------------- pairs

    def judge(self, claim: str, evidence: str, *, identifier: str = "") -> Judgement:
        """
        Judge one pair without a corpus.

        Args:
            claim: One statement.
            evidence: The text it is held against, a sentence or a few paragraphs.
            identifier: Given back with the result.
        Returns:
            The stance of the evidence, and the probabilities of the three stances, which sum to 1.
        Raises:
            ClaimParseError: If the claim cannot be read; one that is no checkable statement is judged neutral.
            DocumentError: If the evidence is empty or too long.
        """
        try:
            parsed = parse_claim(claim, identifier=identifier)
        except NotCheckableError as error:
            return _neutral(identifier, error.message)
        verdict = judge_claim(parsed, _sources_of(_evidence_document(evidence)))
        chances = verdict.probabilities
        first = verdict.evidence[0] if verdict.evidence else None
        return Judgement(
            id=identifier,
            label=_STANCES[verdict.label],
            probabilities={
                Stance.SUPPORTS.value: chances.supported,
                Stance.CONTRADICTS.value: chances.contradicted,
                Stance.NEUTRAL.value: chances.not_enough_evidence,
            },
            alignment=first.alignment if first is not None else (),
            reason=verdict.reason,
        )

    def judge_many(self, pairs: Iterable[tuple[str, str, str]]) -> Iterator[Judgement | Failure]:
        """Judge ``(id, claim, evidence)`` triples one by one, in order; what cannot be read gives a `Failure`."""
        for identifier, claim, evidence in pairs:
            try:
                yield self.judge(claim, evidence, identifier=identifier)
            except ClaimcheckError as error:
                yield _failure(identifier, claim, error)

    # --------------------------------------------------------------------- sources

    def _sources(self, reading: Reading) -> list[Source]:
        if self._corpus is None:
            return []
        found: list[Source] = []
        clusters: dict[str, int] = {}
        for candidate in self._corpus.candidates(query_of(reading), CANDIDATES):
            loaded = self._document(candidate.document)
            if loaded is None or self._too_new(loaded[0]):
                continue
            document, entities = loaded
            numbers = range(max(0, candidate.sentence - BEFORE), candidate.sentence + 1)
            sentences = [s for n in numbers if (s := self._sentence(candidate.document, n)) is not None]
            key = " ".join(sentences[-1].span.text.casefold().split())
            cluster = clusters.setdefault(key, len(clusters))
            found.append(_source(document, entities, sentences, cluster))
        return found

    def _too_new(self, document: Document) -> bool:
        return self._as_of is not None and document.published is not None and document.published > self._as_of

    def _load_document(self, identifier: str) -> tuple[Document, dict[str, Entity]] | None:
        assert self._corpus is not None
        document = self._corpus.get(identifier)
        if document is None:
            return None
        return document, {e.id: e for e in self._corpus.entities(identifier)}

    def _load_sentence(self, identifier: str, number: int) -> Sentence | None:
        assert self._corpus is not None
        return next(iter(self._corpus.sentences(identifier, (number,))), None)

    def _placed(self, evidence: Evidence) -> Evidence:
        loaded = self._document(evidence.document)
        if loaded is None:
            return evidence
        return evolve(evidence, position=position(loaded[0], evidence.span.start, evidence.span.end))


def query_of(reading: Reading) -> Query:
    """What to look for: the claim's names, words and years."""
    entities = tuple(terms.name_terms(e.name) for e in reading.entities)
    words: dict[str, None] = {}
    years: set[int] = set()
    for sentence in reading.sentences:
        words.update(dict.fromkeys(sentence.words))
        for statement in sentence.statements:
            words.update(dict.fromkeys(terms.class_terms(predicate_phrases(statement))))
        for time in sentence.times:
            first, last = time.value.earliest, time.value.latest
            if first is not None and last is not None and last.year - first.year <= MOST_YEARS:
                years.update(range(first.year, last.year + 1))
    return Query(entities=tuple(e for e in entities if e), terms=tuple(words), years=tuple(sorted(years)))


def _source(document: Document, entities: dict[str, Entity], sentences: Sequence[Sentence], cluster: int) -> Source:
    sentence = sentences[-1]
    return Source(
        document=document,
        sentence=sentence,
        side=Side(entities=entities, mentions=tuple(m for s in sentences for m in s.mentions)),
        before=tuple(sentences[:-1]),
        anchor=document.published,
        cluster=cluster,
        page=_stems(document.text),
        topics=_stems(f"{document.title}\n{document.text[:OPENING]}"),
    )


@functools.lru_cache(maxsize=2 * KEPT)
def _stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(form for word in set(_WORD.findall(text)) for form in terms.search_forms(word))


def _evidence_document(text: str) -> Document:
    if not text.strip():
        msg = "the evidence is empty"
        raise DocumentError(msg, hint="give the sentence that the claim is held against")
    if len(text) > MAX_EVIDENCE:
        msg = f"the evidence has {len(text):,} characters, more than the {MAX_EVIDENCE:,} that a pair may have"
        raise DocumentError(msg, hint="put long texts into a corpus and use verify")
    return Document(id="evidence", text=text)


def _sources_of(document: Document) -> list[Source]:
    from claimcheck.language.reading import read  # noqa: PLC0415 - loads the language model's code

    reading = read(document)
    document = evolve(document, published=document.published or reading.anchor)
    entities = {e.id: e for e in reading.entities}
    return [
        _source(document, entities, reading.sentences[max(0, n - BEFORE) : n + 1], n)
        for n in range(len(reading.sentences))
    ]


def _neutral(identifier: str, reason: str) -> Judgement:
    """Nothing bears on what cannot be checked."""
    chances = {Stance.SUPPORTS.value: 0.0, Stance.CONTRADICTS.value: 0.0, Stance.NEUTRAL.value: 1.0}
    return Judgement(id=identifier, label=Stance.NEUTRAL, probabilities=chances, reason=reason)


def _failure(identifier: str, text: str, error: ClaimcheckError) -> Failure:
    return Failure(id=identifier, text=text, code=error.error_code, message=error.message, hint=error.hint)
