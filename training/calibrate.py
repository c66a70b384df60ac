"""
Fitting `claimcheck.matching.confidence`: how much the slots and the entailment model each weigh.

Two levels, each with and without the model.  *evidence* is fitted on the sentences that the checker finds for the
claims of ``claims/*.dev.jsonl``: gold sentences by their claim's label, sentences of other documents as neutral, which
most of what is found is.  (Fitted on labelled pairs, where most evidence is meant for its claim, it put a third of
its contradictions wrongly.)  *claim* is fitted on the outcomes of the claims.  Held-out claims stay out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from attrs import frozen

from claimcheck import Checker, ClaimcheckError, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.entailment import Entailment
from claimcheck.matching import confidence
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.stance import judge_sentence
from claimcheck.matching.verdict import main_statements, readings
from claimcheck.matching.weigh import features
from claimcheck.model import Claim
from training.pairs import LABELS

#: Pull of the weights towards zero (L2), for the mean loss.
PULL = 3e-4
VERDICTS = {"supported": "SUPPORTS", "contradicted": "REFUTES", "not_enough_evidence": "NEI"}
NEUTRAL = "NEI"


@frozen(kw_only=True)
class Example:
    """Features, and which of `LABELS` is right."""

    features: Mapping[str, float]
    label: str


@frozen(kw_only=True)
class Sentence:
    """A sentence that was found for a claim: its features, whether it is gold, whether no gold is in its document."""

    features: Mapping[str, float]
    gold: bool
    other: bool


@frozen(kw_only=True)
class Found:
    """The sentences found for one claim, and its label."""

    label: str
    sentences: tuple[Sentence, ...]


def calibrate(claims: Sequence[Path], corpus: Path, model: Entailment, out: Path) -> None:
    """Fit both levels, with and without *model*, and write them to *out*, the package's ``confidence.json``."""
    rows = [json.loads(line) for path in claims for line in path.read_text(encoding="utf-8").splitlines()]
    weights: dict[str, dict[str, object]] = {"evidence": {}, "claim": {}}
    fitted_to = f"what is found for {len(rows)} claims: {', '.join(path.name for path in claims)}; with {model.name}"
    for version, used in (("alignment", None), ("both", model)):
        found = list(_found(rows, Checker(Corpus.of(corpus), entailment=used)))
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


def _found(rows: Sequence[Mapping[str, Any]], checker: Checker) -> Iterator[Found]:
    """The sentences found for each claim of one part."""
    for row in rows:
        try:
            claim = parse_claim(row["claim"])
        except ClaimcheckError:
            continue
        if row["verdict"] in VERDICTS and len(main_statements(claim)) == 1:
            gold = {(e["document"], e["start"]) for e in row["evidence"]}
            sentences = []
            for source in checker.sources(claim):
                is_gold = (source.document.id, source.sentence.span.start) in gold
                other = source.document.id not in {document for document, _ in gold}
                sentences += [Sentence(features=f, gold=is_gold, other=other) for f in _features(claim, [source])]
            yield Found(label=VERDICTS[row["verdict"]], sentences=tuple(sentences))


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
        chances = [scale.probabilities(sentence.features) for sentence in one.sentences]
        yield Example(features=confidence.claim_features(chances), label=one.label)


def _features(claim: Claim, sources: Sequence[Source]) -> Iterator[Mapping[str, float]]:
    assert claim.reading is not None
    mine = Side.of(claim.reading)
    ways = readings(main_statements(claim)[0], claim.statements)
    for source in sources:
        finding = judge_sentence(ways, claim.text, mine, source, claim.statements)
        if finding is not None:
            yield features(finding, source.judged)
