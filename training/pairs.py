"""
The labelled pairs: which sets, how much of each, and what each label teaches.

A set of two labels teaches the classes it knows: the third is left out of its loss.  Weights say how often a pair of
the set is drawn in one round over all; they balance subjects and lengths, and keep a set of one label small.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import asdict, frozen

from claimcheck.entailment import Pair
from claimcheck.entailment.protocol import lead_in

LABELS = ("SUPPORTS", "REFUTES", "NEI")
"""In the order of the model's logits: supports, contradicts, neutral."""
VERDICTS: Mapping[str, str] = {"supported": "SUPPORTS", "contradicted": "REFUTES", "not_enough_evidence": "NEI"}
"""The label of a pair whose evidence is all there is, by the verdict; sources in conflict give no pair."""
NOT = "NOT"
"""Not supported: refuted or open."""

TWO_WAY = frozenset({"fever", "fever_train10k", "feverous", "wikinli_contrast"})
"""Sets of SUPPORTS and REFUTES: silent on neutral."""
NOT_ENTAILED = frozenset({"med"})
"""Sets whose NEI means "not supported"."""

WEIGHTS: Mapping[str, float] = {
    "fever": 6.0,
    "fever_train10k": 4.0,
    "fever3_titled": 8.0,
    "feverous": 4.0,
    "wikinli_base": 4.0,
    "wikinli_contrast": 3.0,
    "wikinli_edit_premise": 8.0,
    "wikinli_edit_other": 4.0,
    "mnli": 8.0,
    "mnli_extra": 8.0,
    "snli": 8.0,
    "cad_nli": 8.0,
    "scifact": 10.0,
    "negation_nli": 14.0,
    "vitaminc_sample": 6.0,
    "breaking_nli": 0.5,
    "conj_nli": 0.5,
    "oie_nli": 0.2,
    "med": 1.0,
    "folio": 1.0,
    "made/written": 1.5,
    "own/found": 10.0,
    "own/passages": 20.0,
    "articles/found": 2.5,
    "articles/passage": 6.0,
    "articles/short": 10.0,
}
EVIDENCE_SETS = ("fever", "fever_train10k", "fever3_titled", "wikinli_edit_premise", "wikinli_base", "feverous")
"""Claims about the world with evidence: what perturbations are made from."""


@frozen(kw_only=True)
class TrainingPair:
    """A claim, its evidence, and one of SUPPORTS, REFUTES, NEI and NOT; ``source`` names the set."""

    claim: str
    evidence: str
    label: str
    source: str
    title: str = ""

    @property
    def premise(self) -> str:
        """The evidence as the model reads it: after its title, where it has one that it does not repeat."""
        return lead_in(Pair(claim=self.claim, evidence=self.evidence, title=self.title)) + self.evidence


def read_pairs(path: Path) -> Iterator[TrainingPair]:
    """The pairs of one file ``NAME.train.jsonl`` or ``NAME.dev.jsonl``."""
    source = path.name.split(".")[0]
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        title = row.get("title", "")
        title = ", ".join(title) if isinstance(title, list) else title
        label = NOT if source in NOT_ENTAILED and row["label"] == "NEI" else row["label"]
        yield TrainingPair(claim=row["claim"], evidence=row["evidence"], title=title, label=label, source=source)


def split(pairs: Sequence[TrainingPair]) -> tuple[list[TrainingPair], list[TrainingPair]]:
    """
    Pairs to train the encoder on, and pairs to calibrate with, which it never sees.

    One piece of evidence in twenty, by its hash, goes to the second with all its pairs; a made pair whose claim or
    evidence stands among these is in neither.
    """
    kept_out = [pair for pair in pairs if not pair.source.startswith("made/") and _drawn(pair.evidence)]
    known = {pair.claim for pair in kept_out} | {pair.evidence for pair in kept_out}
    return [p for p in pairs if p.evidence not in known and p.claim not in known], kept_out


def _drawn(text: str) -> bool:
    return hashlib.blake2b(text.encode(), digest_size=4).digest()[0] < 256 // 20


def round_of(pairs: Sequence[TrainingPair], seed: int) -> list[TrainingPair]:
    """One round: each pair as often as its set's weight says, the fraction by chance; in no order."""
    rng = random.Random(seed)  # noqa: S311 (reproducible, not secret)
    chosen = []
    for pair in pairs:
        weight = WEIGHTS.get(pair.source, 1.0)
        chosen += [pair] * (int(weight) + (rng.random() < weight % 1))
    rng.shuffle(chosen)
    return chosen


def allowed(pair: TrainingPair) -> tuple[float, float, float]:
    """1 for each class that the pair's set knows: the loss is taken among these."""
    return (1.0, 1.0, 0.0) if pair.source in TWO_WAY else (1.0, 1.0, 1.0)


def target(pair: TrainingPair) -> tuple[float, float, float]:
    """1 for each class that is right; for NOT, both that are not SUPPORTS."""
    if pair.label == NOT:
        return (0.0, 1.0, 1.0)
    supports, contradicts, neutral = (float(pair.label == label) for label in LABELS)
    return (supports, contradicts, neutral)


def write_pairs(path: Path, pairs: Sequence[TrainingPair]) -> None:
    """Write *pairs* as JSON Lines, to be read by `read_made`."""
    with path.open("w", encoding="utf-8") as file:
        for pair in pairs:
            file.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")


def read_made(path: Path) -> list[TrainingPair]:
    """The pairs that `write_pairs` wrote."""
    return [TrainingPair(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
