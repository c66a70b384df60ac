"""
Fitting `claimcheck.matching.confidence`: how much the slots and the entailment model each weigh.

Two levels, each with and without the model.  *evidence* is fitted on the sentences that the checker finds for the
claims of ``claims/*dev.jsonl`` that the model was not trained on, and for those of the written articles of the part
*tune*: gold sentences by their claim's label, sentences of other documents as neutral, which most of what is found is;
and on those of ``claims/phenomena/dev`` whose passage is one sentence.  (Fitted on labelled pairs, where most evidence
is meant for its claim, it put a third of its contradictions wrongly.)  *claim* is fitted on the outcomes of the former
two.  Held-out claims stay out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from attrs import evolve, frozen

from claimcheck import Checker, ClaimcheckError, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.pairs import Method
from claimcheck.entailment import Entailment
from claimcheck.evaluate.phenomena import Item, load_phenomena
from claimcheck.matching import confidence
from claimcheck.matching.finding import Finding
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.stance import judge_sentence
from claimcheck.matching.verdict import judge_parts, main_statements, part_features, readings
from claimcheck.matching.weigh import features
from claimcheck.model import Claim
from training.articles import Article, read_articles
from training.newsroom import for_training
from training.pairs import LABELS, VERDICTS

#: Pull of the weights towards zero (L2), for the mean loss.
PULL = 3e-4
#: Every so many of the written articles to tune with are taken, from all their files: all of them take an hour.
EVERY = 3
NEUTRAL = "NEI"
Place = Callable[[Source], tuple[bool, bool]]
"""Of a sentence: whether it settles the claim, and whether nothing in its document does."""


@frozen(kw_only=True)
class Example:
    """Features, and which of `LABELS` is right."""

    features: Mapping[str, float]
    label: str


@frozen(kw_only=True)
class Found:
    """
    What is found for one claim of one part.

    Args:
        label: The right one.
        claim: With its reading.
        sources: The sentences.
        findings: What the slots make of each.
        places: Of each: whether it settles the claim, and whether nothing in its document does.
        counted: Whether the outcome is fitted to: the passages of the phenomena are harder than what editors check.
    """

    label: str
    claim: Claim
    sources: tuple[Source, ...]
    findings: tuple[Finding | None, ...]
    places: tuple[tuple[bool, bool], ...]
    counted: bool


def calibrate(claims: Sequence[Path], corpus: Path, phenomena: Path, model: Entailment, out: Path) -> None:
    """Fit both levels, with and without *model*, and write them to *out*, the package's ``confidence.json``."""
    rows = [json.loads(line) for path in claims for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if not for_training(row["id"])]
    items = [item for item in load_phenomena(phenomena).items if not for_training(item.id)]
    checker = Checker(Corpus.of(corpus), entailment=model, method=Method.BOTH)
    written = [article for article in read_articles() if article.part == "tune" and not article.short][::EVERY]
    judged = [*_found(rows, checker), *_found_in_articles(written, model), *_found_in_passages(items, model)]
    versions = {"alignment": [_without_model(one) for one in judged], "both": judged}
    names = ", ".join([*(path.name for path in claims), "phenomena"]) + " (the half not trained on), written articles"
    contents: dict[str, Any] = {"fitted_to": f"what is found for {len(judged)} claims: {names}; with {model.name}"}
    contents["weights"] = weights = {"evidence": {}, "claim": confidence.weights()["claim"]}
    for version, found in versions.items():
        examples = (e for one in found for e in _of_sentences(one, judged=version == "both"))
        weights["evidence"][version] = fit_scale(examples)
    _write(out, contents)
    weights["claim"] = {version: _never_against(fit_scale(_outcomes(found))) for version, found in versions.items()}
    _write(out, contents)


def _never_against(weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """*weights*, in which the evidence of a side never counts against it, though it may count for nothing."""
    for side, evidence in (("supports", "support"), ("contradicts", "contradiction")):
        weights[side][evidence] = max(0.0, weights[side][evidence])
    return weights


def _write(out: Path, contents: Mapping[str, Any]) -> None:
    """Write the weights, and take them from now on."""
    out.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")
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


def _found(rows: Sequence[Mapping[str, Any]], checker: Checker) -> Iterator[Found]:
    """The sentences found for each claim of one part."""
    for row in rows:
        if row["verdict"] in VERDICTS:
            place = _among(row["evidence"])
            yield from _found_for(row["claim"], VERDICTS[row["verdict"]], checker, place, counted=True)


def _found_in_articles(articles: Sequence[Article], model: Entailment) -> Iterator[Found]:
    """The same for written articles, all of them one corpus; what two sentences settle together, neither does alone."""
    with Corpus.memory() as corpus:
        corpus.add(*(article.document() for article in articles))
        checker = Checker(corpus, entailment=model, method=Method.BOTH)
        for article in articles:
            places = article.places()
            for claim in article.claims:
                alone = claim.evidence if len(claim.evidence) == 1 and claim.label != NEUTRAL else ()
                evidence = [{"document": article.name, "start": places[n][0], "end": places[n][1]} for n in alone]
                yield from _found_for(claim.text, claim.label, checker, _among(evidence), counted=True)


def _found_in_passages(items: Sequence[Item], model: Entailment) -> Iterator[Found]:
    """The same for passages, each a corpus of its own: a passage of one sentence is what settles its claims."""
    for item in items:
        with Corpus.memory() as corpus:
            corpus.add(*item.documents)
            checker = Checker(corpus, as_of=item.as_of, entailment=model, method=Method.BOTH)
            alone = sum(len(corpus.reading(document.id).sentences) for document in item.documents) == 1
            for gold in item.claims:
                if gold.label.value in VERDICTS:
                    label = VERDICTS[gold.label.value]
                    yield from _found_for(gold.text, label, checker, _all_are(settling=alone), counted=False)


def _all_are(*, settling: bool) -> Place:
    return lambda _: (settling, False)


def _among(evidence: Sequence[Mapping[str, Any]]) -> Place:
    documents = {e["document"] for e in evidence}

    def place(source: Source) -> tuple[bool, bool]:
        at, span = source.document.id, source.sentence.span
        settling = any(at == e["document"] and span.start < e["end"] and e["start"] < span.end for e in evidence)
        return settling, at not in documents

    return place


def _found_for(text: str, label: str, checker: Checker, place: Place, *, counted: bool) -> Iterator[Found]:
    """What is found for a claim of one part; *place* says whether a sentence settles it, or its document does not."""
    try:
        claim = parse_claim(text)
    except ClaimcheckError:
        return
    if len(main_statements(claim)) != 1:
        return
    assert claim.reading is not None
    mine = Side.of(claim.reading)
    ways = readings(main_statements(claim)[0], claim.statements)
    sources = tuple(checker.sources(claim))
    yield Found(
        label=label,
        claim=claim,
        sources=sources,
        findings=tuple(judge_sentence(ways, claim.text, mine, source, claim.statements) for source in sources),
        places=tuple(place(source) for source in sources),
        counted=counted,
    )


def _without_model(found: Found) -> Found:
    return evolve(found, sources=tuple(evolve(source, judged=None) for source in found.sources))


def _of_sentences(found: Found, *, judged: bool) -> Iterator[Example]:
    """
    Gold sentences, and sentences of other documents; the rest of a gold document may say the same again.

    With *judged* only those that the model was asked about: the rest are weighed without it.
    """
    has_gold = any(gold for gold, _ in found.places)
    for source, finding, (gold, other) in zip(found.sources, found.findings, found.places, strict=True):
        if finding is None or (judged and source.judged is None):
            continue
        if gold and found.label != NEUTRAL:
            yield Example(features=features(finding, source.judged), label=found.label)
        elif found.label == NEUTRAL or (has_gold and other):
            yield Example(features=features(finding, source.judged), label=NEUTRAL)


def _outcomes(found: Sequence[Found]) -> Iterator[Example]:
    """What the sentences of each claim come to, by the weights of the sentences that are in force."""
    for one in found:
        if one.counted:
            (part, *_) = judge_parts(one.claim, one.sources)
            yield Example(features=part_features(part.label, part.findings), label=one.label)
