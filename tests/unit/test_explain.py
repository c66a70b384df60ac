"""Explanations: the verdict of `verify`, every candidate with its reason, and figures that add up."""

from __future__ import annotations

import datetime as dt
import json
import math
import re

import attrs
import pytest

from claimcheck import Checker, Corpus, Document, Label, Stance
from claimcheck.checker.explain import Use
from claimcheck.entailment import Inference
from claimcheck.errors import ClaimParseError, DocumentError
from claimcheck.matching import verdict as matching_verdict
from claimcheck.model import Probabilities
from claimcheck.render.display import Look
from claimcheck.render.explain_objects import explanation_object
from claimcheck.render.explain_text import explanation_text

CLAIMS = [
    "Clara Weiss opened the Harbour Bridge in 1998",
    "Clara Weiss opened the Harbour Bridge in 1997",
    "Clara Weiss opened the Harbour Bridge in 1998 and Otto Falk praised the Harbour Bridge",
    "Twelve people died in the fire at the Osk mill on 1 March 1984",
    "The engineer Otto Falk sang for Clara Weiss",
]


class Model:
    """Takes every sentence with “Weiss” for a support, and leaves the others open."""

    name = "weiss-1"

    def judge(self, pairs):
        return [Inference(probabilities=_chances("Weiss" in p.evidence), windows=1, window=(0, 1)) for p in pairs]


def _chances(supports):
    return Probabilities(
        supported=0.9 if supports else 0.05, contradicted=0.05, not_enough_evidence=0.05 if supports else 0.9
    )


@pytest.fixture(scope="module")
def corpus():
    documents = [
        Document(
            id="bridge.txt",
            title="Bridge opens at last",
            text="OSLO — Clara Weiss opened the Harbour Bridge on 4 May 1998.\n\nOtto Falk, the engineer, stayed away.",
            published=dt.date(1998, 5, 5),
        ),
        Document(
            id="later.txt",
            text="In 1999 she said that she had opened the Harbour Bridge.\n\nClara Weiss opened the Harbour Bridge.",
            published=dt.date(2003, 2, 1),
        ),
        Document(id="fire.txt", text="Twelve people died in the fire at the Osk mill on 1 March 1984."),
        Document(id="count.txt", text="Nine people died in the fire at the Osk mill on 1 March 1984."),
    ]
    with Corpus.memory() as made:
        made.add(*documents)
        yield made


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("method", ["slots", "both"])
def test_the_verdict_is_that_of_verify(corpus, claim, method):
    checker = Checker(corpus, entailment=Model(), method=method)
    explanation = checker.explain(claim)
    assert checker.verify(claim) == explanation.verdict
    assert (method, "weiss-1" if method == "both" else "") == (explanation.method, explanation.model)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("method", ["slots", "both"])
def test_features_add_up_to_the_probabilities(corpus, claim, method):
    explanation = Checker(corpus, entailment=Model(), method=method).explain(claim)
    steps = [step for part in explanation.parts for c in part.candidates for step in (c.slots, c.weighed) if step]
    assert steps
    for step in steps:
        odds = [math.exp(sum(getattr(f, side) for f in step.features)) for side in ("supports", "contradicts")]
        total = 1 + sum(odds)
        assert pytest.approx(0 if step.barred else odds[0] / total, abs=1e-5) == step.probabilities.supported
        assert step.probabilities.contradicted in (0, pytest.approx(odds[1] / total, abs=1e-5))


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_candidate_is_there_with_a_reason(corpus, claim):
    checker = Checker(corpus, entailment=None)
    explanation = checker.explain(claim)
    found = checker.sources(explanation.claim)
    for part in explanation.parts:
        assert sorted(c.rank for c in part.candidates) == list(range(1, len(found) + 1))
        assert all(c.why for c in part.candidates)
        for candidate in part.candidates:
            source = found[candidate.rank - 1]
            assert (source.document.id, source.sentence) == (candidate.document, candidate.sentence)
    deciding = {(c.document, c.sentence.span) for p in explanation.parts for c in p.candidates if c.use is Use.DECIDES}
    assert deciding <= {(e.document, e.span) for e in explanation.verdict.evidence}


def test_what_takes_a_side_and_does_not_count_says_why(corpus):
    explanation = Checker(corpus, entailment=None).explain("Clara Weiss opened the Harbour Bridge in 1998")
    (part,) = explanation.parts
    assert Label.SUPPORTED is part.label
    assert Use.DECIDES is part.candidates[0].use
    assert [Stance.SUPPORTS] == [c.weighed.stance for c in part.candidates if c.use is Use.DECIDES]
    uses = [list(Use).index(c.use) for c in part.candidates]
    assert sorted(uses) == uses


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"firm": False}, "it may speak of another occasion than the sentences that support"),
        ({"score": 0.1}, "it fits the claim less well than the sentences that support"),
        ({}, ""),
    ],
)
def test_the_reason_is_the_rule(corpus, changes, reason):
    checker = Checker(corpus, entailment=None)
    claim = checker.explain("Twelve people died in the fire at the Osk mill on 1 March 1984").claim
    (part,) = matching_verdict.judge_parts(claim, checker.sources(claim))
    assert Label.CONFLICTING is part.label
    supports = [f for f in part.findings if f.stance is Stance.SUPPORTS]
    against = next(f for f in part.findings if f.stance is Stance.CONTRADICTS)
    assert reason == matching_verdict.why_it_falls(attrs.evolve(against, **changes), supports)


def test_articles_of_a_later_day_are_named(corpus):
    explanation = Checker(corpus, as_of=dt.date(2000, 1, 1), entailment=None).explain(CLAIMS[0])
    assert ("later.txt",) == explanation.too_new
    assert "later.txt" not in {c.document for part in explanation.parts for c in part.candidates}


def test_a_given_text_takes_the_place_of_the_corpus(corpus):
    source = Document(
        id="given", text="Otto Falk arrived. He resigned on Tuesday.", published=dt.date(2009, 8, 6), title="Falk"
    )
    explanation = Checker(corpus, entailment=None).explain("Otto Falk resigned on 4 August 2009", source=source)
    assert Label.SUPPORTED is explanation.verdict.label
    assert {"given"} == {c.document for c in explanation.parts[0].candidates}
    assert 20 == explanation.verdict.evidence[0].position.column
    alone = Checker().explain("The minister resigned in 2009", source="The minister resigned in 2004.")
    assert Label.CONTRADICTED is alone.verdict.label
    with pytest.raises(DocumentError):
        Checker().explain("The minister resigned in 2009", source=" ")
    with pytest.raises(ClaimParseError):
        Checker().explain("", source="The minister resigned.")


# ------------------------------------------------------------------------------ screens


@pytest.fixture(scope="module")
def explanation(corpus):
    return Checker(corpus, entailment=Model(), method="both").explain(CLAIMS[0])


def test_the_screen_shows_every_step(explanation):
    text = explanation_text(explanation, Look(width=80), candidates=1)
    for words in (
        "✓ Supported",
        "The claim, statement 1 of 1",
        "Searched for",
        "Part 1 of 1",
        "Decides: supports  candidate",
        "The source, statement 1 of",
        "Aligned  “opened” with “opened”",
        "coverage",
        "slots ",
        "model ",
        "weighed ",
        "The other candidates",
    ):
        assert words in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_colour_changes_no_word_and_plain_draws_no_line(explanation):
    colour = explanation_text(explanation, Look(width=80, color=True), candidates=2)
    bare = explanation_text(explanation, Look(width=80), candidates=2)
    assert "\x1b[" in colour
    assert "\x1b" not in bare
    without_carets = re.sub(r"\n *│[ ^]*\^[ ^]*(?=\n)", "", bare)
    assert without_carets.split() == re.sub(r"\x1b\[[0-9;]*m", "", colour).split()
    plain = explanation_text(explanation, Look(width=80, plain=True), candidates=2)
    assert not set("─│✓") & set(plain)


def test_the_object_is_json_and_gives_details_of_the_first_ones(explanation):
    made = json.loads(json.dumps(explanation_object(explanation, candidates=1), allow_nan=False))
    first, *others = made["parts"][0]["candidates"]
    assert {"statements", "alignment", "slots", "meaning", "weighed"} <= set(first)
    assert others
    assert not any("alignment" in other for other in others)
    assert ("supported", "both", "weiss-1") == (made["verdict"], made["method"], made["model"])
    rows = first["alignment"]["rows"]
    assert {"slot", "claim", "source", "relation", "coverage", "weight", "near"} <= set(rows[0])
    assert explanation.parts[0].candidates[0].sentence.span.text == first["text"]


def test_another_age_is_set_aside_with_its_reason():
    corpus = Corpus.memory()
    for number, age in enumerate((27, 34)):
        corpus.add(Document(id=f"{number}.txt", text=f"Otto Falk was {age} years old."))
    explained = Checker(corpus, entailment=None).explain("Otto Falk was 27 years old")
    told = [candidate.why for part in explained.parts for candidate in part.candidates]
    assert "it may speak of another time: nobody stays of one age" in told
