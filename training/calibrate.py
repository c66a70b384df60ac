"""
Fitting `claimcheck.matching.confidence`: how much the slots and the entailment model each weigh.

The evidence level is fitted on pairs that the entailment model never saw and on the sentences that the checker finds
for the claims of ``claims/*.dev.jsonl``; the claim level on the outcomes of those claims.  Held-out claims and all
dev files of the pair sets stay out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
from attrs import frozen

from claimcheck import Checker, ClaimcheckError, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.pairs import sources_of_text
from claimcheck.checker.sources import judged
from claimcheck.entailment import Entailment
from claimcheck.matching import confidence
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.stance import judge_sentence
from claimcheck.matching.verdict import main_statements, readings
from claimcheck.matching.weigh import features, weigh
from claimcheck.model import Claim, Probabilities
from training.pairs import LABELS, TrainingPair

#: Pairs used, of those kept out, and sentences of one claim that speak of something else.
PAIRS = 3000
OTHERS = 6
#: Pull of the weights towards zero (L2), for the mean loss.
PULL = 1e-4
SETS = frozenset(
    {"fever", "fever_train10k", "fever3_titled", "wikinli_edit_premise", "wikinli_base", "vitaminc_sample", "scifact"}
)


@frozen(kw_only=True)
class Example:
    """Features, and which of `LABELS` is right."""

    features: Mapping[str, float]
    label: str


def calibrate(
    kept_out: Sequence[TrainingPair], claims: Sequence[Path], corpus: Path, model: Entailment, out: Path
) -> None:
    """Fit both levels, with and without *model*, and write them to *out*, the package's ``confidence.json``."""
    rows = [json.loads(line) for path in claims for line in path.read_text(encoding="utf-8").splitlines()]
    weights: dict[str, dict[str, object]] = {"evidence": {}, "claim": {}}
    fitted_to = f"{PAIRS} pairs kept out of the training of {model.name}, and {len(rows)} claims of claims/"
    for version, used in (("alignment", None), ("both", model)):
        checker = Checker(Corpus.of(corpus), entailment=used)
        weights["evidence"][version] = fit_scale([*_of_pairs(kept_out, used), *_of_claims(rows, checker)])
        _write(out, fitted_to, weights)
        weights["claim"][version] = fit_scale(_outcomes(rows, checker))
        _write(out, fitted_to, weights)


def _write(out: Path, fitted_to: str, weights: Mapping[str, object]) -> None:
    out.write_text(json.dumps({"fitted_to": fitted_to, "weights": weights}, indent=1) + "\n", encoding="utf-8")
    confidence.weights.cache_clear()
    confidence.scale.cache_clear()


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


def _of_pairs(pairs: Sequence[TrainingPair], model: Entailment | None) -> Iterator[Example]:
    """Pairs of one sentence, each with its label."""
    usable = [p for p in pairs if p.source in SETS and p.label in LABELS]
    random.Random(1).shuffle(usable)  # noqa: S311 (reproducible, not secret)
    for pair in usable[:PAIRS]:
        try:
            claim = parse_claim(pair.claim)
        except ClaimcheckError:
            continue
        sources = sources_of_text(pair.evidence)
        if len(sources) == 1 and len(main_statements(claim)) == 1:
            for known in _features(claim, judged(claim, sources, model)):
                yield Example(features=known, label=pair.label)


def _of_claims(rows: Sequence[Mapping[str, object]], checker: Checker) -> Iterator[Example]:
    """The gold sentences of claims, and sentences found for claims that nothing settles."""
    stances = {"supported": "SUPPORTS", "contradicted": "REFUTES"}
    for row in rows:
        try:
            claim = parse_claim(str(row["claim"]))
        except ClaimcheckError:
            continue
        if len(main_statements(claim)) != 1:
            continue
        sources = checker.sources(claim)
        gold = {(e["document"], e["start"]) for e in row["evidence"]}  # type: ignore[attr-defined]
        if row["verdict"] in stances:
            chosen = [s for s in sources if (s.document.id, s.sentence.span.start) in gold]
            label = stances[str(row["verdict"])]
        elif row["verdict"] == "not_enough_evidence":
            chosen, label = sources[:OTHERS], "NEI"
        else:
            continue
        for known in _features(claim, chosen):
            yield Example(features=known, label=label)


def _features(claim: Claim, sources: Sequence[Source]) -> Iterator[Mapping[str, float]]:
    assert claim.reading is not None
    mine = Side.of(claim.reading)
    ways = readings(main_statements(claim)[0], claim.statements)
    for source in sources:
        finding = judge_sentence(ways, claim.text, mine, source, claim.statements)
        if finding is not None:
            yield features(finding, source.judged)


def _outcomes(rows: Sequence[Mapping[str, object]], checker: Checker) -> Iterator[Example]:
    """Claims of one part, with what their surest sentences say."""
    names = {"supported": "SUPPORTS", "contradicted": "REFUTES", "not_enough_evidence": "NEI"}
    for row in rows:
        if row["verdict"] not in names:
            continue
        try:
            claim = parse_claim(str(row["claim"]))
        except ClaimcheckError:
            continue
        assert claim.reading is not None
        if len(main_statements(claim)) != 1:
            continue
        mine = Side.of(claim.reading)
        ways = readings(main_statements(claim)[0], claim.statements)
        found: list[Probabilities] = []
        for source in checker.sources(claim):
            finding = judge_sentence(ways, claim.text, mine, source, claim.statements)
            if finding is not None:
                chances = weigh(finding, source.judged).chances
                assert chances is not None
                found.append(chances)
        yield Example(features=confidence.claim_features(found), label=names[str(row["verdict"])])
