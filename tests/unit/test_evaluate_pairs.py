"""Pair sets: their rows, and the scores on the labels that they have."""

from __future__ import annotations

import json
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import EvaluationDataError
from claimcheck.evaluate import (
    GoldPair,
    PairOutcome,
    is_pair_set,
    judge_pair_set,
    pairs_of,
    pairs_report,
    read_rows,
    sample,
    score_pairs,
)
from claimcheck.model import Failure, Judgement, Stance

NAMES = {"SUPPORTS": Stance.SUPPORTS, "REFUTES": Stance.CONTRADICTS, "NEI": Stance.NEUTRAL}


@pytest.fixture
def write(tmp_path):
    def call(*rows):
        path = tmp_path / "set.jsonl"
        path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        return path

    return call


def row(**changes):
    return {"claim": "a", "evidence": "b", "label": "SUPPORTS"} | changes


def outcome(label, chances):
    """A pair with the probabilities of supports, contradicts and neutral."""
    stances = dict(zip(("supports", "contradicts", "neutral"), chances, strict=True))
    likeliest = Stance(max(stances, key=stances.__getitem__))
    return PairOutcome(
        gold=GoldPair(id="1", claim="a", evidence="b", stance=NAMES[label]),
        result=Judgement(id="1", label=likeliest, probabilities=stances, reason=""),
    )


# --------------------------------------------------------------------------------- rows


def test_rows_with_titles_and_without_ids(write):
    titles = {}, {"title": "T"}, {"title": ["T", "U"]}, {"title": None}
    rows = read_rows(write(*(row(**title) for title in titles), row(id=7, label="not enough info")))
    assert is_pair_set(rows)
    pairs = pairs_of(rows)
    assert ["", "T", "T, U", "", ""] == [pair.title for pair in pairs]
    assert ["1", "2", "3", "4", "7"] == [pair.id for pair in pairs]
    assert Stance.NEUTRAL is pairs[-1].stance


def test_evidence_in_lists_is_no_pair_set(write):
    assert not is_pair_set(read_rows(write(row(evidence=[]))))


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{bad\n", "line 2: not valid JSON"),
        ("[1]\n", "line 2: a JSON object is needed"),
        (row(evidence=3), 'line 2: the key "evidence"'),
        (row(claim=" "), 'line 2: the key "claim"'),
        (row(label="maybe"), "line 2: 'maybe' is not a label"),
        (row(label="conflicting"), "line 2: one piece of evidence cannot be 'conflicting'"),
        (row(title=3), 'line 2: the "title"'),
        (row(id=1.5), 'line 2: "id"'),
    ],
)
def test_a_bad_row_is_named_by_its_line(write, bad, words):
    path = write(row(), bad)
    with pytest.raises(EvaluationDataError, match="set.jsonl, " + words.replace("[", r"\[")):
        pairs_of(read_rows(path))


def test_a_sample_is_the_same_every_time():
    assert list(range(20)) == sample(range(20), None)
    assert sample(range(20), 5) == sample(range(20), 10)[:5] != list(range(5))


# ------------------------------------------------------------------------------- scores


def test_two_labels_are_scored_between_themselves():
    outcomes = [outcome("SUPPORTS", (0.3, 0.1, 0.6)), outcome("REFUTES", (0.2, 0.1, 0.7))]
    scores = score_pairs(outcomes)
    assert (0.5, None) == (scores.accuracy, scores.contradiction_precision)
    # 0.3 and 0.1 become 0.75 and 0.25; 0.2 and 0.1 become 2/3 and 1/3.
    assert (2 * 0.25**2 + 2 * (2 / 3) ** 2) / 2 == pytest.approx(scores.brier)
    assert (abs(0.75 - 1) + abs(2 / 3 - 0)) / 2 == pytest.approx(scores.ece)


def test_without_refutes_what_is_not_supported_is_added_up():
    outcomes = [outcome("SUPPORTS", (0.45, 0.35, 0.2)), outcome("NEI", (0.4, 0.35, 0.25))]
    scores = score_pairs(outcomes)
    assert 0.5 == scores.accuracy
    assert (2 * 0.55**2 + 2 * 0.4**2) / 2 == pytest.approx(scores.brier)
    # Both are called "not supported", with 0.55 and 0.6.
    assert (abs(0.55 - 0) + abs(0.6 - 1)) / 2 == pytest.approx(scores.ece)


def test_what_could_not_be_judged_is_wrong():
    failure = Failure(id="1", text="a", code="CC-E51", message="the evidence is empty")
    gold = GoldPair(id="1", claim="a", evidence=" ", stance=Stance.SUPPORTS)
    outcomes = [PairOutcome(gold=gold, result=failure), outcome("SUPPORTS", (0.8, 0.1, 0.1))]
    assert (1, 0.5) == (score_pairs(outcomes).unread, score_pairs(outcomes).accuracy)
    (wrong,) = pairs_report(outcomes, dataset="x", method="meaning", show_wrong=True)["wrong"]
    assert (None, "CC-E51: the evidence is empty") == (wrong["given"], wrong["error"])


class Echo:
    """Judges by the first word of the evidence, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def judge_many(self, pairs, *, method):
        for pair in pairs:
            self.asked.append((*pair, method))
            chances = {stance.value: float(stance.value == pair[2].split()[0]) for stance in Stance}
            yield Judgement(id=pair[0], label=Stance(pair[2].split()[0]), probabilities=chances, reason="")


def test_pairs_are_judged_in_order():
    gold = [
        GoldPair(id=str(n), claim="a", evidence=f"{stance.value} it", stance=stance, title=f"T{n}")
        for n, stance in enumerate(Stance)
    ]
    judge, seen = Echo(), []
    outcomes = judge_pair_set(judge, gold, method="meaning", on_progress=lambda done, total: seen.append((done, total)))
    assert 1.0 == score_pairs(outcomes).accuracy
    assert [(p.id, "a", p.evidence, p.title, "meaning") for p in gold] == judge.asked
    assert [(1, 3), (2, 3), (3, 3)] == seen


def reference(rows):
    """Accuracy, macro F1 and calibration error as the scorer shared by all measures them, derived anew."""
    labels = sorted({label for label, _ in rows})
    confusion, bins = Counter(), defaultdict(list)
    for gold, (supports, contradicts, neutral) in rows:
        share = {"SUPPORTS": supports, "REFUTES": contradicts, "NEI": neutral}
        if labels == ["NEI", "SUPPORTS"]:
            guess = "SUPPORTS" if supports >= contradicts + neutral else "NEI"
            sure = max(supports, 1 - supports)
        else:
            guess = next(label for label in labels if share[label] == max(share[other] for other in labels))
            sure = share[guess] / max(1e-9, sum(share[label] for label in labels))
        confusion[gold, guess] += 1
        bins[min(9, int(sure * 10))].append((sure, gold == guess))
    right = sum(n for (gold, guess), n in confusion.items() if gold == guess)
    f1s = []
    for label in labels:
        hits = confusion[label, label]
        missed = sum(n for (gold, guess), n in confusion.items() if (gold == label) != (guess == label))
        f1s.append(2 * hits / max(1, 2 * hits + missed))
    gaps = (abs(sum(sure for sure, _ in held) - sum(hit for _, hit in held)) for held in bins.values())
    return right / len(rows), sum(f1s) / len(labels), sum(gaps) / len(rows)


#: Probabilities in hundredths that sum to one, so that equal ones occur.
shares = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
chances = shares.map(lambda cut: (cut[0] / 100, (cut[1] - cut[0]) / 100, (100 - cut[1]) / 100))
label_sets = st.sampled_from(
    [("SUPPORTS", "REFUTES", "NEI"), ("SUPPORTS", "REFUTES"), ("SUPPORTS", "NEI"), ("REFUTES", "NEI"), ("SUPPORTS",)]
)


@given(label_sets.flatmap(lambda labels: st.lists(st.tuples(st.sampled_from(labels), chances), min_size=1)))
@settings(max_examples=60)
def test_scores_equal_those_of_the_shared_scorer(rows):
    scores = score_pairs([outcome(label, values) for label, values in rows])
    assert reference(rows) == pytest.approx((scores.accuracy, scores.macro_f1, scores.ece))
