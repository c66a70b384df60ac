from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.evaluate import GoldClaim, GoldEvidence, Outcome, Place, export_text, score, score_by_tag
from claimcheck.evaluate.claims import RECALL_AT, is_fever_right
from claimcheck.model import Claim, Evidence, Failure, Label, Probabilities, Span, Stance, Verdict

S, C, N, X = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE, Label.CONFLICTING
STANCE = {S: Stance.SUPPORTS, C: Stance.CONTRADICTS, N: Stance.NEUTRAL, X: Stance.SUPPORTS}


def verdict(label, confidence=0.8, chances=None, evidence=()):
    supported, contradicted, rest = chances or {S: (0.8, 0.1, 0.1), C: (0.1, 0.8, 0.1)}.get(label, (0.1, 0.1, 0.8))
    return Verdict(
        claim=Claim(text="x"),
        label=label,
        confidence=confidence,
        probabilities=Probabilities(supported=supported, contradicted=contradicted, not_enough_evidence=rest),
        evidence=evidence,
    )


def place(document, sentence, stance=Stance.SUPPORTS):
    return Place(document=document, start=sentence * 10, end=sentence * 10 + 9, sentence=sentence, stance=stance)


def outcome(gold, given, *, sets=(), places=(), tags=(), **options):
    result = verdict(given, **options) if given else Failure(id="1", text="x", code="CC-E01", message="no")
    return Outcome(gold=GoldClaim(id="1", text="x", label=gold, evidence=sets, tags=tags), result=result, places=places)


def sentence(document, number):
    return GoldEvidence(document=document, sentence=number)


# ---------------------------------------------------------------------- by hand


def test_accuracy_precision_and_f1_by_hand():
    scores = score([outcome(S, S), outcome(S, C), outcome(C, C), outcome(N, None)])
    assert (4, 1, 0.5) == (scores.claims, scores.unread, scores.accuracy)
    rows = {row.label: row for row in scores.labels}
    assert (1.0, 0.5) == (rows[S].precision, rows[S].recall)
    assert (0.5, 1.0) == (rows[C].precision, rows[C].recall)
    assert (None, 0.0) == (rows[N].precision, rows[N].recall)
    assert (2 / 3 + 2 / 3 + 0) / 3 == pytest.approx(scores.macro_f1)
    assert scores.contradiction_precision == 0.5


def test_a_label_that_is_only_given_does_not_enter_macro_f1():
    scores = score([outcome(S, S), outcome(S, X), outcome(C, C)])
    assert (2 / 3 + 1) / 2 == pytest.approx(scores.macro_f1)
    assert X in {row.label for row in scores.labels}


def test_contradiction_precision_is_undefined_without_contradictions():
    assert score([outcome(S, S)]).contradiction_precision is None


def test_brier_by_hand_leaves_out_what_has_no_probability():
    outcomes = [outcome(S, S, chances=(0.7, 0.2, 0.1)), outcome(S, None), outcome(X, S)]
    assert 0.09 + 0.04 + 0.01 == pytest.approx(score(outcomes).brier)
    assert score([outcome(S, None)]).brier is None


def test_calibration_error_by_hand():
    outcomes = [
        outcome(S, S, confidence=0.95),
        outcome(S, C, confidence=0.95),
        outcome(C, C, confidence=0.42),
        outcome(C, C, confidence=1.0),
    ]
    bins = [([0.95, 0.95, 1.0], 2), ([0.42], 1)]
    expected = sum(abs(sum(confidences) - right) for confidences, right in bins) / 4
    scores = score(outcomes)
    assert expected == pytest.approx(scores.ece)
    assert [0, 0, 0, 0, 1, 0, 0, 0, 0, 3] == [b.claims for b in scores.reliability]


def test_evidence_recall_needs_the_place_the_stance_and_the_rank():
    sets = ((GoldEvidence(document="a.md", start=5, end=12),),)
    right, wrong = place("a.md", 1), place("b.md", 1)
    against = place("a.md", 1, Stance.CONTRADICTS)
    assert [1.0, 1.0, 1.0] == recalls(S, sets, (right,))
    assert [0.0, 1.0, 1.0] == recalls(S, sets, (wrong, right))
    assert [0.0, 0.0, 1.0] == recalls(S, sets, (wrong, wrong, wrong, right))
    assert [0.0, 0.0, 0.0] == recalls(S, sets, (against,))
    assert [1.0, 1.0, 1.0] == recalls(C, sets, (against,))
    assert [1.0, 1.0, 1.0] == recalls(X, sets, (against,))
    assert [None, None, None] == recalls(N, (), (right,))


def test_gold_stance_goes_before_the_label():
    sets = ((GoldEvidence(document="a.md", start=10, end=12, stance=Stance.CONTRADICTS),),)
    assert [0.0, 0.0, 0.0] == recalls(X, sets, (place("a.md", 1),))


def recalls(label, sets, places):
    return [value for _, value in score([outcome(label, S, sets=sets, places=places)]).evidence_recall]


def test_touching_spans_do_not_overlap():
    gold = GoldEvidence(document="a.md", start=0, end=10)
    assert not gold.found_in(place("a.md", 1))
    assert gold.found_in(Place(document="a.md", start=9, end=11, stance=Stance.SUPPORTS))


def test_tags_are_scored_apart():
    outcomes = [outcome(S, S, tags=("date", "money")), outcome(S, C, tags=("date",)), outcome(C, C)]
    by_tag = score_by_tag(outcomes)
    assert ["date", "money"] == list(by_tag)
    assert (2, 0.5) == (by_tag["date"].claims, by_tag["date"].accuracy)
    assert (1, 1.0) == (by_tag["money"].claims, by_tag["money"].accuracy)


def test_no_claims_cannot_be_scored():
    with pytest.raises(ValueError, match="nothing to score"):
        score([])


# ------------------------------------------------------------ against the definition


def official_fever_score(instances, max_evidence=5):
    """The FEVER score as its definition has it, over instances in the task's own shape."""
    strict = 0
    for instance in instances:
        if instance["label"].upper() != instance["predicted_label"].upper():
            continue
        if instance["label"].upper() == "NOT ENOUGH INFO":
            strict += 1
            continue
        predicted = instance["predicted_evidence"][:max_evidence]
        groups = [[[page, line] for _, _, page, line in group] for group in instance["evidence"]]
        strict += any(all(item in predicted for item in group) for group in groups)
    return strict / len(instances)


documents = st.sampled_from(["a", "b/c.md", "d.txt"])
numbers = st.integers(0, 3)
three_labels = st.sampled_from([S, C, N])


@st.composite
def outcomes_with_sentences(draw):
    gold = draw(three_labels)
    piece = st.builds(lambda d, n: GoldEvidence(document=PurePosixPath(d).stem, sentence=n), documents, numbers)
    sets = () if gold is N else tuple(draw(st.lists(st.lists(piece, min_size=1, max_size=3).map(tuple), max_size=3)))
    places = tuple(draw(st.lists(st.builds(place, documents, numbers), max_size=8)))
    return outcome(gold, draw(three_labels), sets=sets, places=places)


@given(st.lists(outcomes_with_sentences(), min_size=1, max_size=12))
def test_fever_score_equals_the_official_definition(outcomes):
    instances = [json.loads(line) for line in export_text(outcomes, "fever").splitlines()]
    assert official_fever_score(instances) == pytest.approx(score(outcomes).fever_score)
    assert [official_fever_score([i]) == 1.0 for i in instances] == [is_fever_right(o) for o in outcomes]


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        (((sentence("a", 0), sentence("a", 1)),), False),
        (((sentence("a", 0), sentence("a", 2)),), True),
        (((sentence("a", 0), sentence("a", 1)), (sentence("a", 2),)), True),
        (((sentence("a", 3),),), False),
        ((), False),
    ],
)
def test_fever_score_needs_a_whole_set_among_the_first_five(sets, expected):
    places = tuple(place("a", n) for n in (0, 2, 4, 5, 6, 3))
    assert expected == is_fever_right(outcome(S, S, sets=sets, places=places))


# ------------------------------------------------------------------------ invariants

labels = st.sampled_from(list(Label))
any_outcome = st.builds(
    outcome, labels, st.none() | labels, confidence=st.floats(0, 1), tags=st.lists(st.sampled_from("ab")).map(tuple)
)


@given(st.lists(any_outcome, min_size=1, max_size=20))
def test_measures_stay_in_their_ranges(outcomes):
    scores = score(outcomes)
    shares = [scores.accuracy, scores.macro_f1, scores.fever_score, scores.contradiction_precision, scores.ece]
    assert all(value is None or 0 <= value <= 1 + 1e-9 for value in shares)
    assert scores.brier is None or 0 <= scores.brier <= 2
    assert len(outcomes) == sum(n for _, _, n in scores.confusion)
    assert scores.fever_score <= scores.accuracy
    assert [k for k, _ in scores.evidence_recall] == list(RECALL_AT)


@given(st.lists(any_outcome, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(outcomes, random):
    shuffled = random.sample(outcomes, len(outcomes))
    first, second = score(outcomes), score(shuffled)
    assert (first.accuracy, first.macro_f1, first.confusion) == (second.accuracy, second.macro_f1, second.confusion)
    assert first.ece == pytest.approx(second.ece)


def test_averitec_export_names_labels_and_answers():
    text = "The bridge opened in 1932."
    evidence = Evidence(
        document="a.md", span=Span(start=0, end=26, text=text), stance=Stance.SUPPORTS, score=1.0, confidence=1.0
    )
    outcomes = [outcome(S, S, evidence=(evidence,)), outcome(X, X), outcome(N, None)]
    items = json.loads(export_text(outcomes, "averitec"))
    assert ["Supported", "Conflicting Evidence/Cherrypicking", "Not Enough Evidence"] == [
        i["pred_label"] for i in items
    ]
    assert [{"question": "x", "answer": text, "url": "a.md"}] == items[0]["evidence"]
    assert [0, 1, 2] == [item["claim_id"] for item in items]


def test_fever_export_takes_the_likelier_side_of_a_conflict():
    outcomes = [outcome(S, X, chances=(0.4, 0.5, 0.1)), outcome(S, X, chances=(0.5, 0.4, 0.1)), outcome(S, None)]
    lines = [json.loads(line) for line in export_text(outcomes, "fever").splitlines()]
    assert ["REFUTES", "SUPPORTS", "NOT ENOUGH INFO"] == [line["predicted_label"] for line in lines]
