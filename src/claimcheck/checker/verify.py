"""The checker: claims in, verdicts out, in the same order."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from claimcheck.documents.offsets import position
from claimcheck.entailment import DEFAULT, Entailment, load_entailment
from claimcheck.errors import ClaimcheckError
from claimcheck.index import Query
from claimcheck.language import terms
from claimcheck.language.statements import predicate_phrases
from claimcheck.matching.sides import Source
from claimcheck.matching.verdict import abstaining, judge_claim
from claimcheck.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Failure,
    Judgement,
    Reading,
    Sentence,
    Verdict,
)

from .claims import parse_claim
from .copies import clusters
from .corpus import Corpus
from .pairs import BEFORE, Method, Row, judge_pairs
from .sources import KEPT, error_of, failure_of, judged, source_of

#: Candidate sentences that are aligned with a claim.
CANDIDATES = 40
#: A date that runs over more years than these is too vague to look for.
MOST_YEARS = 11


class Checker:
    """
    Checks claims against a corpus.

    Args:
        corpus: What the claims are checked against; ``None`` is enough for `judge`.
        as_of: Ignore sources published after this day.
        entailment: The model that judges by meaning: ``"default"`` for the one in the package, a folder, the name of an
            installed plug-in, an object with ``judge``; ``None`` for none.
        method: What `verify` goes by: ``"slots"``, or ``"both"`` to weigh what the model says of each sentence too.
        min_confidence: Below it, 0 to 1, `verify` abstains: what is not sure enough is not enough evidence.

    >>> from claimcheck import Checker, Corpus, Document
    >>> corpus = Corpus.memory()
    >>> report = corpus.add(Document(id="note.txt", text="The minister resigned in March 2009."))
    >>> Checker(corpus).verify("The minister resigned in 2009").label
    <Label.SUPPORTED: 'supported'>
    """

    def __init__(
        self,
        corpus: Corpus | None = None,
        *,
        as_of: dt.date | None = None,
        entailment: Entailment | Path | str | None = DEFAULT,
        method: Method | str = Method.SLOTS,
        min_confidence: float = 0.0,
    ) -> None:
        self._corpus = corpus
        self._as_of = as_of
        self._spec = entailment
        self._method = Method(method)
        self._min_confidence = min_confidence
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
        return self.verdict(claim, self.sources(claim))

    def verdict(self, claim: Claim, sources: Sequence[Source]) -> Verdict:
        """The verdict on *claim*, which has been read, from the *sources* that were found for it and judged."""
        assert claim.reading is not None
        verdict = judge_claim(claim, sources, warnings=claim.reading.warnings)
        verdict = abstaining(verdict, self._min_confidence)
        return evolve(verdict, evidence=tuple(self._placed(e) for e in verdict.evidence))

    def verify_many(self, claims: Iterable[Claim | str]) -> Iterator[Verdict | Failure]:
        """Verify claims one by one, in order; a claim that cannot be read gives a `Failure` in its place."""
        for claim in claims:
            text, identifier = (claim, "") if isinstance(claim, str) else (claim.text, claim.id)
            try:
                yield self.verify(claim)
            except ClaimcheckError as error:
                yield failure_of(identifier, text, error)

    # ----------------------------------------------------------------------- pairs

    def judge(
        self,
        claim: str,
        evidence: str,
        *,
        title: str = "",
        identifier: str = "",
        method: Method | str = Method.MEANING,
    ) -> Judgement:
        """
        Judge one pair without a corpus.

        Args:
            claim: One statement.
            evidence: The text it is held against, a sentence or a few paragraphs.
            title: Of what the evidence stands in, which often names whom the evidence calls "he".
            identifier: Given back with the result.
            method: ``"meaning"`` (the model alone: fast), ``"slots"`` or ``"both"``.
        Returns:
            The stance of the evidence, and the probabilities of the three stances, which sum to 1.
        Raises:
            ClaimParseError: If the claim cannot be read; one that is no checkable statement is judged neutral.
            DocumentError: If the evidence is empty or too long.
        """
        (result,) = judge_pairs([(identifier, claim, evidence, title)], self.entailment, Method(method))
        if isinstance(result, Failure):
            raise error_of(result)
        return result

    def judge_many(
        self, pairs: Iterable[Row], *, method: Method | str = Method.MEANING
    ) -> Iterator[Judgement | Failure]:
        """
        Judge ``(id, claim, evidence)`` or ``(id, claim, evidence, title)`` one by one, in order.

        What cannot be judged gives a `Failure` in its place.
        """
        return judge_pairs(pairs, self.entailment, Method(method))

    # --------------------------------------------------------------------- sources

    @functools.cached_property
    def entailment(self) -> Entailment | None:
        """The model, loaded when it is first asked for."""
        return load_entailment(self._spec)

    def sources(self, claim: Claim) -> list[Source]:
        """The sentences that *claim*, which has been read, is held against: best first, the first of them judged."""
        model = None if self._method is Method.SLOTS else self.entailment
        return judged(claim, self.found(claim), model)

    def found(self, claim: Claim) -> list[Source]:
        """The same sentences, none of them judged by the model."""
        assert claim.reading is not None
        if self._corpus is None:
            return []
        found = []
        for candidate in self._corpus.candidates(query_of(claim.reading), CANDIDATES):
            loaded = self._document(candidate.document)
            if loaded is None or self._too_new(loaded[0]):
                continue
            numbers = range(max(0, candidate.sentence - BEFORE), candidate.sentence + 1)
            sentences = [s for n in numbers if (s := self._sentence(candidate.document, n)) is not None]
            found.append((*loaded, sentences))
        numbered = clusters([sentences[-1].span.text for _, _, sentences in found])
        return [source_of(*one, cluster) for one, cluster in zip(found, numbered, strict=True)]

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
