"""
Pairs as a newspaper gives them: a sentence under the day it was printed, or after the sentence before it.

Encyclopaedia sentences name their year and their subject.  A newspaper sentence says neither: its day stands over the
article, and who "the agency" is, in the sentence before.  The package gives the model both (``views`` in
``claimcheck.matching.spoken``); here it learns to read them.  *dated* moves the date of public pairs from the evidence
to its head; *found_pairs* are the sentences that the checker finds for half of the tuned claims.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from claimcheck import Checker, ClaimcheckError, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.pairs import Method
from claimcheck.evaluate.phenomena import Item, load_phenomena
from claimcheck.matching.sides import Source
from claimcheck.matching.spoken import under_date, views
from claimcheck.model import Claim
from training.pairs import VERDICTS, TrainingPair

#: The share of public pairs that are given a date, and of these the share whose claim is given another year.
SHARE, SHIFTED = 0.2, 0.25
#: Sentences that are taken for one claim.
SENTENCES = 6
_MONTH = "|".join(calendar.month_name[1:])
_DATE = re.compile(
    rf",? ?\b(?:on|in)? ?(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH}),? |(?P<month2>{_MONTH}) (?:(?P<day2>\d{{1,2}}), )?|)"
    r"(?P<year>(?:1[6-9]|20)\d\d)\b,?(?=[ .])"
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")


def dated(pairs: Iterable[TrainingPair], seed: int) -> Iterator[TrainingPair]:
    """*pairs*, some of them with their date at the head of the evidence, or with a date that says nothing."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for pair in pairs:
        yield (rng.random() < SHARE and _moved(pair, rng)) or pair


def _moved(pair: TrainingPair, rng: random.Random) -> TrainingPair | None:
    years = set(_YEAR.findall(pair.evidence))
    claimed = set(_YEAR.findall(pair.claim))
    if not years and not claimed:
        return evolve(pair, evidence=under_date(pair.evidence, _day(rng.randint(1900, 2022), None, None, rng)))
    found = list(_DATE.finditer(pair.evidence))
    if len(years) != 1 or len(found) != 1 or claimed - years or "(" in pair.evidence:
        return None
    match = found[0]
    month, number = match["month"] or match["month2"], match["day"] or match["day2"]
    day = _day(int(match["year"]), month, number, rng)
    rest = f"{pair.evidence[: match.start()]}{pair.evidence[match.end() :]}".strip()
    moved = evolve(pair, evidence=under_date(rest[:1].upper() + rest[1:], day))
    if claimed and pair.label == "SUPPORTS" and rng.random() < SHIFTED:
        other = day.year + rng.choice((-1, 1)) * rng.choice((1, 1, 2, 3, 5, 9, 14, 30))
        return evolve(moved, claim=_YEAR.sub(str(other), pair.claim), label="REFUTES")
    return moved


def _day(year: int, month: str | None, number: str | None, rng: random.Random) -> dt.date:
    """A day of what is given, drawn where less than a day is."""
    of_year = list(calendar.month_name).index(month) if month else rng.randint(1, 12)
    last = calendar.monthrange(year, of_year)[1]
    return dt.date(year, of_year, min(last, int(number)) if number else rng.randint(1, last))


def for_training(identifier: str) -> bool:
    """Whether a tuned claim belongs to the half that is trained on; the other half is calibrated with."""
    return hashlib.blake2b(identifier.encode(), digest_size=4).digest()[0] % 2 == 0


def found_pairs(claims: Sequence[Path], corpus: Path, phenomena: Path) -> Iterator[TrainingPair]:
    """What is found for the half of the tuned claims that is trained on, each sentence in all its views."""
    checker = Checker(Corpus.of(corpus), method=Method.SLOTS)
    for path in claims:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row["verdict"] in VERDICTS and for_training(row["id"]):
                gold = {(e["document"], e["start"]) for e in row["evidence"]}
                yield from _of_claim(checker, row["claim"], VERDICTS[row["verdict"]], gold)
    for item in load_phenomena(phenomena).items:
        if len(item.documents) == 1 and for_training(item.id):
            yield from _of_passage(item)


def _of_claim(checker: Checker, text: str, label: str, gold: set[tuple[str, int]]) -> Iterator[TrainingPair]:
    try:
        claim = parse_claim(text)
    except ClaimcheckError:
        return
    documents = {document for document, _ in gold}
    for source in checker.sources(claim)[:SENTENCES]:
        place = source.document.id, source.sentence.span.start
        if place in gold or label == "NEI" or place[0] not in documents:  # the rest of a gold document may say it again
            yield from in_views(claim, source, label if place in gold else "NEI", "own/found")


def _of_passage(item: Item) -> Iterator[TrainingPair]:
    with Corpus.memory() as corpus:
        corpus.add(*item.documents)
        checker = Checker(corpus, as_of=item.as_of, method=Method.SLOTS)
        alone = sum(len(corpus.reading(document.id).sentences) for document in item.documents) == 1
        for gold in item.claims:
            if gold.label.value not in VERDICTS:
                continue
            label = VERDICTS[gold.label.value]
            document = item.documents[0]
            yield TrainingPair(
                claim=gold.text, evidence=document.text, title=document.title, label=label, source="own/passages"
            )
            try:
                claim = parse_claim(gold.text)
            except ClaimcheckError:
                continue
            for source in checker.sources(claim)[:1] if alone else ():
                yield from in_views(claim, source, label, "own/found")


def in_views(claim: Claim, source: Source, label: str, name: str) -> Iterator[TrainingPair]:
    """*claim* beside *source* in all its views, as pairs of the set *name*."""
    for view in views(source):
        yield TrainingPair(claim=claim.text, evidence=view, title=source.document.title, label=label, source=name)
