"""Sets by phenomenon: their items, their faults, and verdicts that are those of `verify`."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from claimcheck import Checker, Claim, Corpus, Failure, Label, Verdict
from claimcheck.checker.pairs import Method
from claimcheck.entailment import Inference
from claimcheck.errors import EvaluationDataError
from claimcheck.evaluate import is_phenomenon_set, limited, load_phenomena, phenomena_report, verify_items
from claimcheck.model import Probabilities

FOLDER = Path(__file__).resolve().parents[1] / "phenomena"
ITEM = {"id": "a", "passage": "Ivo Brandt founded the museum in 1921.", "supported": "Ivo Brandt founded the museum"}


class Model:
    """Says what it was told to of a sentence that holds a word, and is neutral about the others."""

    name = "by words"

    def __init__(self, **by_word):
        self.by_word = by_word
        self.asked = []

    def judge(self, pairs):
        self.asked.append(len(pairs))
        return [Inference(probabilities=self._chances(pair.evidence), windows=1, window=(0, 1)) for pair in pairs]

    def _chances(self, evidence):
        supported, contradicted = next((v for word, v in self.by_word.items() if word in evidence), (0.1, 0.1))
        return Probabilities(
            supported=supported, contradicted=contradicted, not_enough_evidence=1 - supported - contradicted
        )


@pytest.fixture
def write(tmp_path):
    def call(name, *rows):
        path = tmp_path / name
        path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        return path

    return call


@pytest.fixture(scope="module")
def dataset():
    return load_phenomena(FOLDER)


@pytest.fixture(scope="module")
def outcomes(dataset):
    return verify_items(dataset.items, model=None, method=Method.SLOTS)


# --------------------------------------------------------------------------------- rows


def test_a_folder_gives_the_items_of_its_files(dataset):
    assert () == dataset.faults
    assert [("conflicting-sources", "1", 2), *[("years", f"years-{n}", 1) for n in (1, 2, 3)]] == [
        (item.phenomenon, item.id, len(item.documents)) for item in dataset.items
    ]
    first = dataset.items[0]
    assert {"1-supported": Label.SUPPORTED, "1-conflicting": Label.CONFLICTING} == {
        gold.id: gold.label for gold in first.claims if gold.label is not Label.NOT_ENOUGH_EVIDENCE
    }
    assert ["1984-03-02", "1984-03-09"] == [document.published.isoformat() for document in first.documents]
    assert "2010-12-31" == dataset.items[-1].as_of.isoformat()


def test_the_kind_is_told_from_the_rows(write):
    assert is_phenomenon_set(FOLDER)
    assert is_phenomenon_set(write("a.jsonl", "{bad\n", ITEM))
    assert not is_phenomenon_set(write("b.jsonl", {"claim": "a", "verdict": "supported", "passage": "extra"}))


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{bad\n", "line 2: not valid JSON"),
        ("[1]\n", "line 2: a JSON object is needed"),
        ({"id": "b", "supported": "A claim"}, 'line 2: the key "passage" must hold a text'),
        (ITEM | {"id": "b", "passage": []}, 'line 2: "passage" must not be an empty list'),
        (ITEM | {"id": "b", "passage": ["text"]}, 'line 2: a "passage" of several'),
        (ITEM | {"id": "b", "passage": "half \ud800"}, 'line 2: the key "passage" must hold a text'),
        (ITEM | {"id": "b", "supported": " "}, 'line 2: the key "supported" must hold a text'),
        (ITEM | {"id": "b", "title": 3}, 'line 2: the "title" must be a text'),
        (ITEM | {"id": "b", "published": "May"}, """line 2: the key "published" must hold a day, not 'May'"""),
        (ITEM | {"id": "b", "as_of": 2009}, 'line 2: the key "as_of" must hold a day, not 2009'),
        ({"id": "b", "passage": "Text."}, "line 2: there is no claim under any of"),
        (ITEM, "line 2: the id 'a' was used before"),
    ],
)
def test_a_bad_line_is_a_fault_and_the_others_are_kept(write, bad, words):
    found = load_phenomena(write("ages.jsonl", ITEM, bad, ITEM | {"id": "z"}))
    assert ["a", "z"] == [item.id for item in found.items]
    (fault,) = found.faults
    assert f"ages.jsonl, {words}" in fault.message
    assert "CC-E40" == fault.error_code
    assert fault.hint


def test_what_holds_no_items_is_refused(write, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(EvaluationDataError, match=r"holds no items; the first fault: ages.jsonl, line 1"):
        load_phenomena(write("ages.jsonl", "{bad\n"))
    with pytest.raises(EvaluationDataError, match=r"holds no \.jsonl file"):
        load_phenomena(empty)


def test_a_limit_draws_the_same_claims_every_time(dataset):
    few = limited(dataset.items, 4)
    assert 4 == sum(len(item.claims) for item in few)
    assert few == limited(dataset.items, 4)
    assert dataset.items == limited(dataset.items, None)


# ----------------------------------------------------------------------------- verdicts


def test_verdicts_are_those_of_verify_on_a_corpus_of_the_item(dataset, outcomes):
    found = {outcome.gold.tags[0] + outcome.gold.id: outcome.result for outcome in outcomes}
    for item in dataset.items:
        with Corpus.memory() as corpus:
            corpus.add(*item.documents)
            for gold in item.claims:
                (alone,) = Checker(corpus, as_of=item.as_of, entailment=None).verify_many(
                    [Claim(text=gold.text, id=gold.id)]
                )
                assert alone == found[item.phenomenon + gold.id]


def test_right_wrong_and_unread_claims(outcomes):
    given = {outcome.gold.id: outcome.given for outcome in outcomes}
    assert Label.SUPPORTED is given["years-1-supported"]
    assert Label.CONTRADICTED is given["years-1-contradicted"]
    assert Label.CONFLICTING is given["1-conflicting"]
    assert given["years-2-open"] is None  # a question
    assert Label.NOT_ENOUGH_EVIDENCE is given["years-3-supported"]  # the passage is of a later day


def test_the_model_is_asked_twice_for_all_claims(dataset):
    model = Model(Weiss=(0.05, 0.9))
    by_meaning = verify_items(dataset.items[1:2], model=model, method=Method.MEANING)
    assert 2 == len(model.asked)  # of each sentence alone, then of the other views of those that may settle a claim
    assert {Label.CONTRADICTED} == {outcome.given for outcome in by_meaning}
    assert pytest.approx(0.9) == by_meaning[0].result.confidence
    both = verify_items(dataset.items[1:2], model=Model(Weiss=(0.9, 0.05)), method=Method.BOTH)
    assert [p.meaning.supported for p in both[0].result.evidence if "Weiss" in p.span.text] == [0.9]
    silent = Model()
    slots = verify_items(dataset.items[1:2], model=silent, method=Method.SLOTS)
    assert silent.asked == []
    assert all(isinstance(o.result, Verdict) and o.result.evidence[0].meaning is None for o in slots[:2])


def test_what_cannot_be_read_is_a_failure_in_its_place(dataset):
    item = attrs.evolve(dataset.items[1], claims=(attrs.evolve(dataset.items[1].claims[0], text="\ud800 x"),))
    (outcome,) = verify_items([item], model=None, method=Method.SLOTS)
    assert isinstance(outcome.result, Failure)


# ------------------------------------------------------------------------------- report


def test_the_report_has_each_phenomenon_and_all(dataset, outcomes):
    report = phenomena_report(outcomes, dataset, name="tests", method="slots", show_wrong=True)
    assert ("phenomena", 4, 11, 1) == (
        report["kind"],
        report["items"],
        report["scores"]["claims"],
        report["scores"]["unread"],
    )
    parts = report["by_phenomenon"]
    assert {"conflicting-sources": 3, "years": 8} == {name: scores["claims"] for name, scores in parts.items()}
    right = sum(scores["accuracy"] * scores["claims"] for scores in parts.values())
    assert pytest.approx(right / 11, abs=1e-5) == report["scores"]["accuracy"]
    low, high = parts["years"]["accuracy_interval"]
    assert low <= parts["years"]["accuracy"] <= high
    wrong = {entry["id"]: entry for entry in report["wrong"]}
    assert "CC-E02" in wrong["years-2-open"]["error"]
    assert "Nora Lind resigned" in wrong["years-3-supported"]["evidence"]
    assert json.dumps(report)
