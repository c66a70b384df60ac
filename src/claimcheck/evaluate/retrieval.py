"""
Document sets from end to end: find the sentences, judge the claims, and judge them again with the gold sentences given.

What is lost between the two is lost by the search, or by what it brings up besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import frozen

from claimcheck.checker import Checker, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.pairs import Method, stance_names
from claimcheck.checker.sources import failure_of
from claimcheck.entailment import Entailment
from claimcheck.errors import ClaimcheckError
from claimcheck.matching.sides import Source
from claimcheck.model import Failure, Judgement, Probabilities, Span, Stance, Verdict

from .claims import FEVER_EVIDENCE
from .documents import DocumentSet, SentenceId
from .gold import GoldClaim
from .metrics import Prediction, mean, measure
from .pairs import STANCES, own_labels, predicted
from .report import rounded, scores_object

RECALL_AT = (1, 3, 5, 10)
"""The ranks at which the recall of the search is taken."""

_NOTHING = Probabilities(supported=0.0, contradicted=0.0, not_enough_evidence=1.0)


@frozen(kw_only=True)
class Found:
    """
    What the checker came to by itself.

    Args:
        retrieved: The sentences of the search, best first, each once.
        evidence: The sentences put forward with their stances, surest first, each once.
        probabilities: Of the three stances of all evidence together, by name.
    """

    retrieved: tuple[SentenceId, ...]
    evidence: tuple[tuple[SentenceId, Stance], ...]
    probabilities: dict[str, float]

    @property
    def first(self) -> tuple[SentenceId, ...]:
        """The evidence, then what else was found: the first `FEVER_EVIDENCE` sentences."""
        return tuple(dict.fromkeys([*(place for place, _ in self.evidence), *self.retrieved]))[:FEVER_EVIDENCE]


@frozen(kw_only=True)
class DocumentOutcome:
    """
    A claim of a document set and what came of it.

    Args:
        gold: The claim.
        found: What the checker came to by itself, or why it did not.
        given: The judgement on the first gold set, ``None`` for a claim without one.
    """

    gold: GoldClaim
    found: Found | Failure
    given: Judgement | Failure | None

    @property
    def stance(self) -> Stance:
        """The right one."""
        return STANCES[self.gold.label]

    @property
    def gold_sets(self) -> tuple[frozenset[SentenceId], ...]:
        """The sentences that decide the claim; all of one set together do."""
        return tuple(frozenset((p.document, p.sentence or 0) for p in group) for group in self.gold.evidence)

    @property
    def gold_sentences(self) -> frozenset[SentenceId]:
        """The sentences of all sets."""
        return frozenset().union(*self.gold_sets)


def judge_document_set(
    claims: Sequence[GoldClaim],
    dataset: DocumentSet,
    corpus: Corpus,
    *,
    model: Entailment | None,
    method: Method,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[DocumentOutcome, ...]:
    """
    Check every claim against the corpus, and judge it by its gold sentences.

    Args:
        claims: Those of *dataset* to check.
        dataset: The claims and documents.
        corpus: Holds the documents.
        model: Judges by meaning; without one, the slots judge.
        method: What judges. By meaning, the least neutral of the sentences that the model judged decides.
        on_progress: Called with the number of claims done and the total after each claim.
    """
    method = Method.SLOTS if model is None else method
    searched = Method.SLOTS if method is Method.SLOTS else Method.BOTH
    checker = Checker(corpus, entailment=model, method=searched)
    judgements = iter(checker.judge_many(_given(claims, dataset), method=method))
    outcomes = []
    for done, gold in enumerate(claims, start=1):
        found = _find(checker, gold, dataset, method)
        outcomes.append(DocumentOutcome(gold=gold, found=found, given=next(judgements) if gold.evidence else None))
        if on_progress is not None:
            on_progress(done, len(claims))
    return tuple(outcomes)


def _given(claims: Iterable[GoldClaim], dataset: DocumentSet) -> Iterator[tuple[str, str, str, str]]:
    for gold in claims:
        if gold.evidence:
            text, title = dataset.text_of(gold.evidence[0])
            yield gold.id, gold.text, text, title


def _find(checker: Checker, gold: GoldClaim, dataset: DocumentSet, method: Method) -> Found | Failure:
    try:
        claim = parse_claim(gold.text, identifier=gold.id)
        sources = checker.sources(claim)
        if method is Method.MEANING:
            probabilities, evidence = by_meaning(sources)
        else:
            probabilities, evidence = _by_verdict(checker.verify(claim))
    except ClaimcheckError as error:
        return failure_of(gold.id, gold.text, error)
    retrieved = (dataset.sentences_at(s.document.id, s.sentence.span) for s in sources)
    put_forward: dict[SentenceId, Stance] = {}
    for piece in evidence:
        for place in dataset.sentences_at(piece.document, piece.span):
            put_forward.setdefault(place, piece.stance)
    return Found(
        retrieved=tuple(dict.fromkeys(place for places in retrieved for place in places)),
        evidence=tuple(put_forward.items()),
        probabilities=stance_names(probabilities),
    )


@frozen
class Piece:
    """A sentence put forward."""

    document: str
    span: Span
    stance: Stance


def _by_verdict(verdict: Verdict) -> tuple[Probabilities, list[Piece]]:
    return verdict.probabilities, [Piece(e.document, e.span, e.stance) for e in verdict.evidence]


def by_meaning(sources: Iterable[Source]) -> tuple[Probabilities, list[Piece]]:
    """The sentences that the model judged, the least neutral one first; it decides."""
    judged = [(source, source.judged) for source in sources if source.judged is not None]
    judged.sort(key=lambda pair: pair[1].not_enough_evidence)
    pieces = [Piece(s.document.id, s.sentence.span, likeliest(chances)) for s, chances in judged]
    return (judged[0][1] if judged else _NOTHING), pieces


def likeliest(probabilities: Probabilities) -> Stance:
    """The stance with the highest probability; of equals the first in the order of `STANCES`."""
    chances = stance_names(probabilities)
    return max(STANCES.values(), key=lambda stance: chances[stance])


# ------------------------------------------------------------------------------ measures


@frozen(kw_only=True)
class Selection:
    """Precision, recall and F1 of sentences."""

    precision: float | None
    recall: float | None
    f1: float | None


def predictions(outcomes: Sequence[DocumentOutcome]) -> list[Prediction]:
    """What was predicted for each claim with our own search, among the labels that the set has."""
    labels = own_labels(outcome.stance for outcome in outcomes)
    return [
        Prediction(gold=outcome.stance)
        if isinstance(outcome.found, Failure)
        else predicted(outcome.stance, outcome.found.probabilities, labels)
        for outcome in outcomes
    ]


def predictions_given(outcomes: Sequence[DocumentOutcome]) -> list[Prediction]:
    """What was predicted for each claim that has gold sentences, with these given."""
    labels = own_labels(outcome.stance for outcome in outcomes)
    return [
        Prediction(gold=outcome.stance)
        if isinstance(outcome.given, Failure)
        else predicted(outcome.stance, outcome.given.probabilities, labels)
        for outcome in outcomes
        if outcome.given is not None
    ]


def recall_at(outcomes: Sequence[DocumentOutcome], k: int) -> float | None:
    """Share of the claims with gold sentences for which one is among the first *k* of the search."""
    return mean(
        [
            not outcome.gold_sentences.isdisjoint(outcome.found.retrieved[:k])
            if isinstance(outcome.found, Found)
            else False
            for outcome in outcomes
            if outcome.gold_sets
        ]
    )


def fever_score(outcomes: Sequence[DocumentOutcome], *, whole_set: bool) -> float | None:
    """
    Share of claims with the right label and, unless that is NEI, gold evidence among the first five sentences.

    Args:
        outcomes: The claims.
        whole_set: Whether a whole gold set is needed, as in the FEVER score (Thorne et al. 2018, "FEVER: a
            Large-scale Dataset for Fact Extraction and VERification", section 4); else one gold sentence is enough.
    """
    judged = zip(outcomes, predictions(outcomes), strict=True)
    return mean([prediction.right and _shown(outcome, whole_set=whole_set) for outcome, prediction in judged])


def _shown(outcome: DocumentOutcome, *, whole_set: bool) -> bool:
    if outcome.stance is Stance.NEUTRAL:
        return True
    first = set(outcome.found.first) if isinstance(outcome.found, Found) else set()
    return any(group <= first if whole_set else group & first for group in outcome.gold_sets)


def sentence_selection(outcomes: Sequence[DocumentOutcome], *, labelled: bool) -> Selection:
    """
    How well the sentences that support or contradict are told from the others, as SciFact counts it.

    A sentence is right when it is in a gold set of its document all of which was put forward; with *labelled*,
    its document must be given the right label, too (Wadden et al. 2020, "Fact or Fiction: Verifying Scientific
    Claims", sentence-level evaluation).  A document's label is the stance of the surest sentence in it.
    """
    given = right = 0
    for outcome in outcomes:
        evidence = outcome.found.evidence if isinstance(outcome.found, Found) else ()
        chosen = [(place, stance) for place, stance in evidence if stance is not Stance.NEUTRAL]
        places = {place for place, _ in chosen}
        labels: dict[str, Stance] = {}
        for (document, _), stance in chosen:
            labels.setdefault(document, stance)
        whole: set[SentenceId] = set().union(*(group for group in outcome.gold_sets if group <= places))
        given += len(chosen)
        right += sum(not labelled or labels[document] is outcome.stance for document, _ in whole)
    wanted = sum(len(outcome.gold_sentences) for outcome in outcomes)
    return Selection(
        precision=right / given if given else None,
        recall=right / wanted if wanted else None,
        f1=2 * right / (given + wanted) if given + wanted else None,
    )


# -------------------------------------------------------------------------------- report


def documents_report(
    outcomes: Sequence[DocumentOutcome], dataset: DocumentSet, *, name: str, method: Method | str
) -> dict[str, Any]:
    """
    An evaluation of a document set as a JSON object.

    Args:
        outcomes: What `judge_document_set` returned.
        dataset: The claims and documents.
        name: Of the data set, for the record.
        method: What judged, likewise.
    """
    own = predictions(outcomes)
    given = predictions_given(outcomes)
    with_gold = [p for p, outcome in zip(own, outcomes, strict=True) if outcome.given is not None]
    return {
        "schema_version": "1",
        "kind": "documents",
        "dataset": name,
        "method": str(method),
        "documents": len(dataset.documents),
        "sentences": sum(len(split.sentences) for split in dataset.documents.values()),
        "retrieval": {
            "claims": len(with_gold),
            "recall": {str(k): rounded(recall_at(outcomes, k)) for k in RECALL_AT},
        },
        "scores": scores_object(measure(own, contradicted=Stance.CONTRADICTS)),
        "with_gold_sentences": _scores_or_none(given),
        "same_claims": _scores_or_none(with_gold),
        "fever_score": rounded(fever_score(outcomes, whole_set=True)),
        "fever_score_one_sentence": rounded(fever_score(outcomes, whole_set=False)),
        "sentence_selection": _selection_object(sentence_selection(outcomes, labelled=False)),
        "sentence_selection_and_label": _selection_object(sentence_selection(outcomes, labelled=True)),
    }


def _scores_or_none(known: Sequence[Prediction]) -> dict[str, Any] | None:
    return scores_object(measure(known, contradicted=Stance.CONTRADICTS)) if known else None


def _selection_object(selection: Selection) -> dict[str, float | None]:
    return {
        "precision": rounded(selection.precision),
        "recall": rounded(selection.recall),
        "f1": rounded(selection.f1),
    }
