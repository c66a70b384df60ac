"""A command line run in this process, over a stand-in for the engine or over the real one."""

from __future__ import annotations

import datetime as dt
import io
import sys

import attrs
import pytest

import claimcheck
from claimcheck.cli import main
from claimcheck.errors import ClaimParseError, DocumentError
from claimcheck.model import (
    Claim,
    Evidence,
    Failure,
    Judgement,
    Label,
    Position,
    Probabilities,
    Slot,
    SlotAlignment,
    SlotRelation,
    Span,
    Stance,
    Verdict,
)

SOURCE = "The old bridge was opened in 1932."


@attrs.frozen(kw_only=True)
class Ran:
    """What a run of the command line left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsysbinary):
    """Run the command line in this process."""

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Ran(status=status, out=out.decode("utf-8"), err=err.decode("utf-8"))

    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return call


@pytest.fixture
def engine(monkeypatch):
    """A stand-in for the engine: the claim's words decide the verdict."""
    seen = {}

    class FakeCorpus:
        faults = ()

        def __init__(self, *paths, **options):
            seen.update(paths=paths, **options)

        @classmethod
        def of(cls, *paths, jobs=1, on_progress=None):
            corpus = cls(*paths, jobs=jobs)
            on_progress(1, 1, "bridge.txt")
            if "faulty" in paths:
                corpus.faults = (DocumentError("photo.txt is not a text file", hint="leave it out"),)
            return corpus

        def __enter__(self):
            return self

        def __exit__(self, *_):
            seen["closed"] = True

        def reading(self, _document_id):
            return None

    class FakeChecker:
        def __init__(
            self,
            corpus=None,
            *,
            as_of=None,
            entailment=None,
            method="slots",
            min_confidence=0.0,
            cache=False,
            aliases=None,
            memory=None,
        ):
            seen.update(corpus=corpus, as_of=as_of, entailment=entailment, method=method)
            seen.update(min_confidence=min_confidence, aliases=aliases, memory=memory, cache=cache)

        def verify_many(self, claims):
            for claim in claims:
                if "crash" in claim.text:
                    msg = "the engine stopped"
                    raise ClaimParseError(msg, hint="try again")
                yield _verdict(claim)

        def judge_many(self, rows, *, method):
            seen.update(method=method, titles=[])
            for pair_id, claim, evidence, title in rows:
                seen["titles"].append(title)
                if not evidence.strip():
                    yield Failure(id=pair_id, text=claim, code="CC-E11", message="the evidence is empty")
                    continue
                label = Stance.SUPPORTS if claim in evidence else Stance.NEUTRAL
                yield Judgement(
                    id=pair_id,
                    label=label,
                    probabilities={s.value: float(s is label) for s in Stance},
                    reason="The words are the same." if label is Stance.SUPPORTS else "Nothing fits.",
                )

    monkeypatch.setitem(vars(claimcheck), "Corpus", FakeCorpus)
    monkeypatch.setitem(vars(claimcheck), "Checker", FakeChecker)
    return seen


def _verdict(claim: Claim) -> Verdict | Failure:
    if not claim.text.strip():
        return Failure(id=claim.id, text=claim.text, code="CC-E01", message="the claim is empty", hint="write one")
    if claim.text.endswith("?"):
        return Failure(id=claim.id, text=claim.text, code="CC-E02", message="the claim is a question", hint="assert it")
    label = next((lab for word, lab in _WORDS.items() if word in claim.text), Label.SUPPORTED)
    chances = {
        Label.SUPPORTED: (0.9, 0.05, 0.05),
        Label.CONTRADICTED: (0.05, 0.9, 0.05),
        Label.CONFLICTING: (0.45, 0.45, 0.1),
        Label.NOT_ENOUGH_EVIDENCE: (0.1, 0.1, 0.8),
    }[label]
    return Verdict(
        claim=claim,
        label=label,
        confidence=0.9,
        probabilities=Probabilities(supported=chances[0], contradicted=chances[1], not_enough_evidence=chances[2]),
        evidence=() if label is Label.NOT_ENOUGH_EVIDENCE else (_evidence(label),),
        reason=f"The sources make it {label.value}.",
    )


_WORDS = {
    "never": Label.CONTRADICTED,
    "perhaps": Label.CONFLICTING,
    "unheard": Label.NOT_ENOUGH_EVIDENCE,
}


def _evidence(label: Label) -> Evidence:
    relation = SlotRelation.DIFFERS if label is Label.CONTRADICTED else SlotRelation.AGREES
    return Evidence(
        document="bridge.txt",
        span=Span(start=0, end=len(SOURCE), text=SOURCE),
        stance=Stance.CONTRADICTS if label is Label.CONTRADICTED else Stance.SUPPORTS,
        score=1.0,
        confidence=0.9,
        alignment=(
            SlotAlignment(slot=Slot.TIME, relation=relation, source=Span.of(SOURCE, 29, 33), note="1932 it is"),
        ),
        position=Position(start=0, end=len(SOURCE), line=1, column=1),
        title="A bridge",
        published=dt.date(1990, 5, 1),
    )
