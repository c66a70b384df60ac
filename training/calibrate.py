"""
Fitting `claimcheck.matching.confidence`: how much the slots and the entailment model each weigh.

Two levels, each with and without the model.  *evidence* is fitted on the sentences that the checker finds for the
claims of ``claims/*.dev.jsonl``: gold sentences by their claim's label, sentences of other documents as neutral, which
most of what is found is; and on those of ``claims/phenomena/dev`` whose passage is one sentence.  (Fitted on labelled
pairs, where most evidence is meant for its claim, it put a third of its contradictions wrongly.)  *claim* is fitted on
the outcomes of the claims.  Held-out claims stay out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from attrs import frozen

from claimcheck import Checker, ClaimcheckError, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.pairs import Method
from claimcheck.entailment import Entailment
from claimcheck.evaluate.phenomena import Item, load_phenomena
from claimcheck.matching import confidence
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.stance import judge_sentence
from claimcheck.matching.verdict import main_statements, readings
from claimcheck.matching.weigh import barred, features, without_support
from claimcheck.model import Probabilities, Stance
from training.pairs import LABELS

#: Pull of the weights towards zero (L2), for the mean loss.
PULL = 3e-4
VERDICTS = {"supported": "SUPPORTS", "contradicted": "REFUTES", "not_enough_evidence": "NEI"}
NEUTRAL = "NEI"
Place = Callable[[Source], tuple[bool, bool]]
"""Of a sentence: whether it settles the claim, and whether nothing in its document does."""


@frozen(kw_only=True)
class Example:
    """Features, and which of `LABELS` is right."""

    features: Mapping[str, float]
    label: str


@frozen(kw_only=True)
class Sentence:
    """
    A sentence that was found for a claim.

    Args:
        features: What is known of it.
        barred: Whether no meaning can make a support of it.
        gold: Whether it settles the claim.
        other: Whether nothing in its document does.
    """

    features: Mapping[str, float]
    barred: bool
    gold: bool
    other: bool


@frozen(kw_only=True)
class Found:
    """The sentences found for one claim, and its label."""

    label: str
    sentences: tuple[Sentence, ...]


def calibrate(claims: Sequence[Path], corpus: Path, phenomena: Path, model: Entailment, out: Path) -> None:
    """Fit both levels, with and without *model*, and write them to *out*, the package's ``confidence.json``."""
    rows = [json.loads(line) for path in claims for line in path.read_text(encoding="utf-8").splitlines()]
    items = load_phenomena(phenomena).items
    weights: dict[str, dict[str, object]] = {"evidence": {}, "claim": {}}
    names = ", ".join([*(path.name for path in claims), "phenomena"])
    asked = len(rows) + sum(len(item.claims) for item in items)
    fitted_to = f"what is found for {asked} claims: {names}; with {model.name}"
    for version, used in (("alignment", None), ("both", model)):
        found = [*_found(rows, _checker(Corpus.of(corpus), used)), *_found_in_passages(items, used)]
        weights["evidence"][version] = evidence = fit_scale(_of_claims(found))
        scale = confidence.Scale(supports=evidence["supports"], contradicts=evidence["contradicts"])
        weights["claim"][version] = fit_scale(_outcomes(found, scale))
    contents = {"fitted_to": fitted_to, "weights": weights}
    out.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")


def fit_scale(examples: Iterable[Example]) -> dict[str, dict[str, float]]:
    """Weights of a multinomial logistic regression with neutral as its base."""
    examples = list(examples)
    names = sorted({name for example in examples for name in example.features})
    x = torch.tensor([[e.features.get(name, 0.0) for name in names] for e in examples], dtype=torch.float64)
    y = torch.tensor([LABELS.index(e.label) for e in examples])
    weights = torch.zeros(len(names), 2, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = torch.cat([x @ weights, torch.zeros(len(x), 1, dtype=torch.float64)], dim=1)
        value = torch.nn.functional.cross_entropy(logits, y) + PULL * weights.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    found = weights.detach().tolist()
    return {
        side: {name: round(found[row][column], 4) for row, name in enumerate(names)}
        for column, side in enumerate(("supports", "contradicts"))
    }


def _checker(corpus: Corpus, model: Entailment | None, as_of: dt.date | None = None) -> Checker:
    return Checker(corpus, as_of=as_of, entailment=model, method=Method.SLOTS if model is None else Method.BOTH)


def _found(rows: Sequence[Mapping[str, Any]], checker: Checker) -> Iterator[Found]:
    """The sentences found for each claim of one part."""
    for row in rows:
        if row["verdict"] in VERDICTS:
            yield from _found_for(row["claim"], VERDICTS[row["verdict"]], checker, _among(row["evidence"]))


def _found_in_passages(items: Sequence[Item], model: Entailment | None) -> Iterator[Found]:
    """The same for passages, each a corpus of its own: a passage of one sentence is what settles its claims."""
    for item in items:
        with Corpus.memory() as corpus:
            corpus.add(*item.documents)
            checker = _checker(corpus, model, item.as_of)
            sentences = sum(len(corpus.reading(document.id).sentences) for document in item.documents)
            for gold in item.claims:
                if gold.label.value in VERDICTS:
                    label = VERDICTS[gold.label.value]
                    yield from _found_for(gold.text, label, checker, lambda _, alone=sentences == 1: (alone, False))


def _among(evidence: Sequence[Mapping[str, Any]]) -> Place:
    gold = {(e["document"], e["start"]) for e in evidence}
    documents = {document for document, _ in gold}

    def place(source: Source) -> tuple[bool, bool]:
        at = source.document.id
        return (at, source.sentence.span.start) in gold, at not in documents

    return place


def _found_for(text: str, label: str, checker: Checker, place: Place) -> Iterator[Found]:
    """What is found for a claim of one part; *place* says whether a sentence settles it, or its document does not."""
    try:
        claim = parse_claim(text)
    except ClaimcheckError:
        return
    assert claim.reading is not None
    if len(main_statements(claim)) != 1:
        return
    mine = Side.of(claim.reading)
    ways = readings(main_statements(claim)[0], claim.statements)
    sentences = []
    for source in checker.sources(claim):
        finding = judge_sentence(ways, claim.text, mine, source, claim.statements)
        if finding is not None:
            gold, other = place(source)
            bar = finding.stance is not Stance.SUPPORTS and bool(barred(finding))
            sentences.append(Sentence(features=features(finding, source.judged), barred=bar, gold=gold, other=other))
    yield Found(label=label, sentences=tuple(sentences))


def _of_claims(found: Sequence[Found]) -> Iterator[Example]:
    """Gold sentences, and sentences of other documents; the rest of a gold document may say the same again."""
    for one in found:
        has_gold = any(s.gold for s in one.sentences)
        for sentence in one.sentences:
            if sentence.gold and one.label != NEUTRAL:
                yield Example(features=sentence.features, label=one.label)
            elif one.label == NEUTRAL or (has_gold and sentence.other):
                yield Example(features=sentence.features, label=NEUTRAL)


def _outcomes(found: Sequence[Found], scale: confidence.Scale) -> Iterator[Example]:
    """What the surest sentences of each claim say."""
    for one in found:
        chances = [_chances(scale, sentence) for sentence in one.sentences]
        yield Example(features=confidence.claim_features(chances), label=one.label)


def _chances(scale: confidence.Scale, sentence: Sentence) -> Probabilities:
    chances = scale.probabilities(sentence.features)
    return without_support(chances) if sentence.barred else chances
