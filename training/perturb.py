"""
Pairs that editors fear and public sets lack, made from supported pairs.

Each is a supported claim with one thing changed, or a piece of evidence that says less than the claim.  The labels
are those of the pairs (SUPPORTS, REFUTES, NEI) and NOT: "not supported, whether refuted or open", for changes such as
another person's name, where the answer depends on what else is true.  Perturbation after CheckList (Ribeiro et al.
2020) and contrast sets (Gardner et al. 2020); everything is drawn from the seed that the caller gives.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import frozen
from lemminflect import getInflection

from claimcheck.evaluate.metamorphic import breaking
from claimcheck.language.pipeline import Parse, parse
from claimcheck.language.wordlists import read_list
from training.pairs import TrainingPair

_WORD = re.compile(r"\w+")
#: What may stand between a subject and the base form, the participle or the gerund of what it did, and what follows.
_FRAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "VB": (
        *(("planned to", "NEI"), ("is expected to", "NEI"), ("hopes to", "NEI"), ("was invited to", "NEI")),
        *(("had been scheduled to", "NEI"), ("is due to", "NEI"), ("wanted to", "NEI"), ("promised to", "NEI")),
        *(("agreed to", "NEI"), ("offered to", "NEI"), ("was asked to", "NEI"), ("may", "NEI"), ("might", "NEI")),
        *(("is said to be preparing to", "NEI"), ("will", "NEI"), ("was ready to", "NEI"), ("tried to", "NEI")),
        *(("refused to", "REFUTES"), ("declined to", "REFUTES"), ("failed to", "REFUTES"), ("did not", "REFUTES")),
        *(("never did", "REFUTES"), ("was about to, but in the end did not,", "REFUTES")),
        *(("turned down an invitation to", "REFUTES"), ("decided not to", "REFUTES"), ("was unable to", "REFUTES")),
        *(("managed to", "SUPPORTS"), ("went on to", "SUPPORTS"), ("was able at last to", "SUPPORTS")),
        *(("was the first to", "SUPPORTS"), ("did", "SUPPORTS"), ("chose to", "SUPPORTS")),
    ),
    "VBG": (
        *(("came close to", "REFUTES"), ("was prevented from", "REFUTES"), ("avoided", "REFUTES")),
        *(("denied", "NOT"), ("denies ever", "NOT"), ("considered", "NEI"), ("has talked of", "NEI")),
        *(("was accused of", "NEI"), ("is suspected of", "NEI")),
        *(("succeeded in", "SUPPORTS"), ("ended up", "SUPPORTS")),
    ),
    "VBN": (
        *(("would have", "REFUTES"), ("could have", "NOT"), ("has not", "REFUTES"), ("might have", "NEI")),
        *(("almost certainly would have", "REFUTES"), ("had already", "SUPPORTS"), ("reportedly had", "NOT")),
        *(("is said to have", "NOT"), ("should have", "NOT"), ("had never", "REFUTES")),
    ),
}
_AFTER = ("", ".", ", officials said.", ", according to a spokesman.", ", the paper reported.")
#: The share of each kind that is kept, so that none of them drowns the others.
_KEPT = {"year": 0.5, "number": 0.7, "month": 1.0, "person": 0.4, "polarity": 0.35}


@frozen(kw_only=True)
class _Names:
    """The names of all claims by their entity type, to draw others from."""

    by_label: dict[str, list[str]]


def perturb(pairs: Sequence[TrainingPair], seed: int) -> Iterator[TrainingPair]:
    """All made pairs, of all kinds, from *pairs* with their evidence."""
    rng = random.Random(seed)  # noqa: S311 (reproducible, not secret)
    parsed = list(parse([pair.claim for pair in pairs]))
    names = _gather(parsed)
    exclusive = _antonyms()
    for pair, reading in zip(pairs, parsed, strict=True):
        if pair.label == "SUPPORTS":
            yield from _changed(pair, rng)
            yield from _renamed(pair, reading, names, rng)
            yield from _reversed(pair, reading, exclusive)
            yield from _framed(pair, reading, rng)
        elif pair.label == "REFUTES":
            yield from _denied(pair, rng)


def near_evidence(pairs: Sequence[TrainingPair], seed: int, share: float = 0.3) -> Iterator[TrainingPair]:
    """Claims with evidence about the same rare word that belongs to another claim: NEI."""
    rng = random.Random(seed)  # noqa: S311
    holders: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for word in {w for w in _WORD.findall(pair.evidence) if w[0].isupper()}:
            holders[word].append(number)
    for pair in pairs:
        if rng.random() > share:
            continue
        rare = sorted((w for w in set(_WORD.findall(pair.claim)) if 1 < len(holders.get(w, ())) < 60), key=str)
        if not rare:
            continue
        words = set(_WORD.findall(pair.claim.lower()))
        others = [pairs[n] for n in holders[rng.choice(rare)]]
        others = [o for o in others if o.claim != pair.claim and o.evidence != pair.evidence]
        others = [o for o in others if len(words & set(_WORD.findall(o.claim.lower()))) < 0.6 * len(words)]
        if others:
            other = rng.choice(others)
            yield TrainingPair(claim=pair.claim, evidence=other.evidence, label="NEI", source="made/near")


def _changed(pair: TrainingPair, rng: random.Random) -> Iterator[TrainingPair]:
    """Another year, number, month or polarity; a person whom nobody knows."""
    for variant in breaking(pair.claim):
        if rng.random() > _KEPT[variant.kind]:
            continue
        said = set(_WORD.findall(pair.evidence))
        if variant.kind in {"year", "number", "month"} and set(_WORD.findall(variant.text)) - said <= set(
            _WORD.findall(pair.claim)
        ):
            continue  # the new figure stands in the evidence, and may be true of something else in it
        lost = set(_WORD.findall(pair.claim)) - set(_WORD.findall(variant.text))
        if variant.kind in {"year", "month", "person"} and not lost & said:
            continue  # the claim did not rest on these words
        label = "NOT" if variant.kind == "person" else "REFUTES"
        yield _made(pair, variant.text, label, variant.kind)


def _denied(pair: TrainingPair, rng: random.Random) -> Iterator[TrainingPair]:
    """A refuted claim with "not" is supported: so that "not" alone says nothing."""
    for variant in breaking(pair.claim):
        if variant.kind == "polarity" and rng.random() < _KEPT["polarity"]:
            yield _made(pair, variant.text, "SUPPORTS", "denied")


def _gather(parsed: Sequence[Parse]) -> _Names:
    names: dict[str, set[str]] = defaultdict(set)
    for one in parsed:
        for name in one.names:
            if name.label in {"PERSON", "GPE", "ORG", "NORP", "LOC"}:
                names[name.label].add(_text(one, name.first, name.last))
    return _Names(by_label={label: sorted(all_of) for label, all_of in names.items()})


def _text(one: Parse, first: int, last: int) -> str:
    return one.text[one.tokens[first].start : one.tokens[last - 1].end].removesuffix("'s").removesuffix("’s")


def _renamed(pair: TrainingPair, one: Parse, names: _Names, rng: random.Random) -> Iterator[TrainingPair]:
    """Another name of the same kind, or another person of the same surname, where the evidence has the name."""
    candidates = [n for n in one.names if n.label in names.by_label and _text(one, n.first, n.last) in pair.evidence]
    if not candidates or rng.random() > 0.6:
        return
    chosen = rng.choice(candidates)
    name = _text(one, chosen.first, chosen.last)
    other = rng.choice(names.by_label[chosen.label])
    words = name.split()
    if chosen.label == "PERSON" and len(words) > 1 and rng.random() < 0.4:
        other = f"{other.split()[0]} {words[-1]}"
    if other in pair.evidence or set(other.lower().split()) <= set(name.lower().split()):
        return
    start = one.tokens[chosen.first].start
    yield _made(pair, pair.claim[:start] + other + pair.claim[start + len(name) :], "NOT", "name")


def _antonyms() -> dict[tuple[str, str], list[str]]:
    """Words that exclude each other: (part of speech, lemma) to lemmas."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for section in read_list("antonyms")["section"]:
        for line in section["pairs"].strip().splitlines():
            left, right = ([w.strip() for w in side.split(",")] for side in line.split("|"))
            for word in left:
                found[section["pos"], word] += [o for o in right if " " not in o]
            for word in right:
                found[section["pos"], word] += [o for o in left if " " not in o]
    return found


def _reversed(pair: TrainingPair, one: Parse, exclusive: dict[tuple[str, str], list[str]]) -> Iterator[TrainingPair]:
    """A word of the claim replaced by one that excludes it."""
    kinds = {"VERB": "verb", "ADJ": "adjective", "NOUN": "noun"}
    for token in one.tokens:
        others = exclusive.get((kinds.get(token.pos, ""), token.lemma))
        if others and token.text.islower():
            other = others[token.i % len(others)]
            forms = getInflection(other, tag=token.tag)
            if forms:
                yield _made(pair, pair.claim[: token.start] + forms[0] + pair.claim[token.end :], "REFUTES", "antonym")
                return


def _framed(pair: TrainingPair, one: Parse, rng: random.Random) -> Iterator[TrainingPair]:
    """What was planned, refused, denied or managed, as evidence for a claim that it was done; and the other way."""
    root = next((t for t in one.tokens if t.head is t), None)
    if root is None or root.tag != "VBD" or root.lemma in {"be", "have", "do"} or rng.random() > 0.8:
        return
    subject = root.child("nsubj")
    if subject is None or any(c.dep in {"aux", "neg", "conj", "prt", "auxpass"} for c in root.children):
        return
    if subject.subtree()[-1].i != root.i - 1 or subject.subtree()[0].i != 0:
        return
    for tag in rng.sample(sorted(_FRAMES), k=2):
        frame, label = rng.choice(_FRAMES[tag])
        forms = (root.lemma,) if tag == "VB" else getInflection(root.lemma, tag=tag)
        if not forms:
            continue
        claim = pair.claim
        said = f"{claim[: root.start]}{frame} {forms[0]}{claim[root.end :].rstrip('.')}{rng.choice(_AFTER)}"
        yield TrainingPair(claim=claim, evidence=said, label=label, source="made/frame")
        if label != "SUPPORTS" and rng.random() < 0.3:
            bare = said if said.endswith(".") else f"{said}."
            yield _made(pair, bare, "NOT", "framed claim")


def _made(pair: TrainingPair, claim: str, label: str, kind: str) -> TrainingPair:
    return TrainingPair(
        claim=claim, evidence=pair.evidence, title=pair.title, label=label, source=f"made/{kind.replace(' ', '-')}"
    )
