"""Document sets: their files, the search for gold sentences, and the scores by hand."""

from __future__ import annotations

import json

import pytest

from claimcheck import Corpus
from claimcheck.checker.pairs import Method
from claimcheck.entailment import Inference
from claimcheck.errors import EvaluationDataError
from claimcheck.evaluate import document_set, documents_report, judge_document_set, load_documents, read_rows
from claimcheck.evaluate.gold import GoldClaim, GoldEvidence
from claimcheck.evaluate.retrieval import (
    DocumentOutcome,
    Found,
    fever_score,
    predictions,
    predictions_given,
    recall_at,
    sentence_selection,
)
from claimcheck.model import Failure, Judgement, Label, Probabilities, Span, Stance

S, C, N = Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NEUTRAL
DOCUMENTS = [
    {
        "doc_id": "bridge",
        "title": "Harbour bridge",
        "sentences": ["The harbour bridge was opened in 1932.", "It is long.", "John Harker opened the bridge."],
        "sections": ["History", "History", "People"],
    },
    {"doc_id": 7, "title": "Mayor", "sentences": ["Clara Weiss became mayor in 1990."]},
]
CLAIMS = [
    {
        "id": "a",
        "claim": "John Harker opened the harbour bridge",
        "label": "SUPPORTS",
        "evidence": [{"doc_id": "bridge", "sentences": [2]}],
    },
    {
        "id": "b",
        "claim": "Clara Weiss became mayor in 1980",
        "label": "REFUTES",
        "evidence": [{"doc_id": 7, "sentences": [0]}],
    },
    {"id": "c", "claim": "Clara Weiss plays chess", "label": "NEI", "evidence": []},
]


def lines(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def dataset(tmp_path):
    documents = load_documents(lines(tmp_path / "corpus.jsonl", *DOCUMENTS))
    return document_set(read_rows(lines(tmp_path / "claims.jsonl", *CLAIMS)), documents)


# --------------------------------------------------------------------------------- files


def test_sentences_are_joined_and_found_again(dataset):
    bridge = dataset.documents["bridge"]
    assert (
        "The harbour bridge was opened in 1932. It is long.\n\nJohn Harker opened the bridge." == bridge.document.text
    )
    for number, (start, sentence) in enumerate(zip(bridge.starts, bridge.sentences, strict=True)):
        assert sentence == bridge.document.text[start : start + len(sentence)]
        assert range(number, number + 1) == bridge.at(start, start + len(sentence))
        assert [("bridge", number)] == dataset.sentences_at("bridge", Span.of(bridge.document.text, start, start + 1))
    assert range(3) == bridge.at(5, len(bridge.document.text))
    assert [(0, 50), (52, 82)] == [(block.start, block.end) for block in bridge.document.layout]
    assert ("7", "Mayor") == (dataset.documents["7"].document.id, dataset.documents["7"].document.title)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"doc_id": None}, 'the key "doc_id"'),
        ({"doc_id": 7}, "'7' was used before"),
        ({"sentences": []}, '"sentences" must be'),
        ({"sentences": ["a", " "]}, '"sentences" must be'),
        ({"sections": ["one"]}, '"sections" must have one item'),
        ({"title": ["a"]}, 'the "title"'),
    ],
)
def test_a_bad_document_is_named_by_its_line(tmp_path, change, words):
    path = lines(tmp_path / "corpus.jsonl", DOCUMENTS[1], DOCUMENTS[0] | change)
    with pytest.raises(EvaluationDataError, match=f"corpus.jsonl, line 2: .*{words}"):
        load_documents(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"evidence": [{"doc_id": "other", "sentences": [0]}]}, "no document 'other'"),
        ({"evidence": [{"doc_id": "bridge", "sentences": [3]}]}, "no sentence 3"),
        ({"evidence": [{"doc_id": "bridge", "sentences": []}]}, 'evidence needs a "doc_id"'),
        ({"evidence": "bridge"}, '"evidence" must be a list'),
        ({"label": "conflicting"}, "no place in a document set"),
    ],
)
def test_a_bad_claim_is_named_by_its_line(tmp_path, dataset, change, words):
    rows = read_rows(lines(tmp_path / "bad.jsonl", CLAIMS[2], CLAIMS[0] | change))
    with pytest.raises(EvaluationDataError, match=f"bad.jsonl, line 2: .*{words}"):
        document_set(rows, dataset.documents)


# ------------------------------------------------------------------------------ measures


def outcome(label, chances, *, retrieved=(), evidence=(), gold=(), given=None):
    sets = tuple(tuple(GoldEvidence(document=d, sentence=n) for d, n in group) for group in gold)
    return DocumentOutcome(
        gold=GoldClaim(id="1", text="x", label=label, evidence=sets),
        found=Found(retrieved=tuple(retrieved), evidence=tuple(evidence), probabilities=by_name(chances)),
        given=given and Judgement(id="1", label=S, probabilities=by_name(given), reason=""),
    )


def by_name(chances):
    return dict(zip(("supports", "contradicts", "neutral"), chances, strict=True))


YES, NO, OPEN = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)


def test_recall_of_the_search_by_hand():
    one = outcome(Label.SUPPORTED, YES, retrieved=[("a", 1), ("a", 2)], gold=[[("a", 2)]])
    two = outcome(Label.SUPPORTED, YES, retrieved=[("a", 1)], gold=[[("b", 1), ("a", 1)]])
    without = outcome(Label.NOT_ENOUGH_EVIDENCE, OPEN, retrieved=[("a", 1)])
    assert [0.5, 1.0] == [recall_at([one, two, without], k) for k in (1, 3)]
    assert recall_at([without], 1) is None


def test_fever_score_by_hand():
    whole = outcome(Label.SUPPORTED, YES, retrieved=[("a", 1), ("a", 2)], gold=[[("a", 1), ("a", 2)]])
    half = outcome(Label.SUPPORTED, YES, retrieved=[("a", 1)], gold=[[("a", 1), ("a", 2)]])
    wrong = outcome(Label.SUPPORTED, NO, retrieved=[("a", 1)], gold=[[("a", 1)]])
    sixth = outcome(Label.SUPPORTED, YES, retrieved=[("a", n) for n in range(6)], gold=[[("a", 5)]])
    none = outcome(Label.NOT_ENOUGH_EVIDENCE, OPEN)
    other = outcome(Label.CONTRADICTED, NO, retrieved=[("b", 1)], gold=[[("a", 1)]])
    outcomes = [whole, half, wrong, sixth, none, other]
    assert 2 / 6 == fever_score(outcomes, whole_set=True)
    assert 3 / 6 == fever_score(outcomes, whole_set=False)


def test_evidence_goes_before_what_was_only_found():
    evidence = [(("a", 9), S)]
    sixth = outcome(Label.SUPPORTED, YES, retrieved=[("a", n) for n in range(10)], evidence=evidence, gold=[[("a", 9)]])
    assert (("a", 9), ("a", 0), ("a", 1), ("a", 2), ("a", 3)) == sixth.found.first
    assert 1.0 == fever_score([sixth], whole_set=True)


def test_selection_of_sentences_by_hand():
    # Two of the three put forward are the whole first set; one of the second set alone is not right.
    evidence = [(("a", 1), S), (("a", 2), C), (("b", 1), S), (("c", 1), N)]
    gold = [[("a", 1), ("a", 2)], [("b", 1), ("b", 2)]]
    one = outcome(Label.SUPPORTED, YES, evidence=evidence, gold=gold)
    found = sentence_selection([one], labelled=False)
    assert (2 / 3, 2 / 4, 2 * 2 / (3 + 4)) == (found.precision, found.recall, found.f1)
    assert found == sentence_selection([one], labelled=True)
    against = outcome(Label.CONTRADICTED, NO, evidence=evidence, gold=gold)
    assert 0.0 == sentence_selection([against], labelled=True).f1
    assert sentence_selection([outcome(Label.NOT_ENOUGH_EVIDENCE, OPEN)], labelled=False).f1 is None


def test_both_ways_are_scored_on_the_labels_of_the_set():
    outcomes = [
        outcome(Label.SUPPORTED, (0.3, 0.1, 0.6), gold=[[("a", 1)]], given=(0.1, 0.3, 0.6)),
        outcome(Label.CONTRADICTED, (0.3, 0.1, 0.6), gold=[[("a", 1)]], given=(0.1, 0.3, 0.6)),
    ]
    assert [S, S] == [p.given for p in predictions(outcomes)]
    assert [C, C] == [p.given for p in predictions_given(outcomes)]


# ------------------------------------------------------------------------ end to end


class Reader:
    """Supports what shares the most words, and contradicts another year."""

    name = "reader"

    def judge(self, pairs):
        return [Inference(probabilities=self._of(p), windows=1, window=(0, len(p.evidence))) for p in pairs]

    def _of(self, pair):
        words, known = set(pair.claim.lower().split()), set(f"{pair.evidence} {pair.title}".lower().strip(".").split())
        share = len(words & known) / len(words)
        against = 0.9 if share > 0.5 and "1980" in words - known else 0.0
        supported = 0.0 if against else min(0.95, share)
        return Probabilities(supported=supported, contradicted=against, not_enough_evidence=1 - supported - against)


@pytest.mark.parametrize("method", [Method.MEANING, Method.BOTH, Method.SLOTS])
def test_a_document_set_from_end_to_end(dataset, method):
    seen = []
    with Corpus.memory() as corpus:
        corpus.add(*(split.document for split in dataset.documents.values()))
        outcomes = judge_document_set(
            dataset.claims,
            dataset,
            corpus,
            model=Reader(),
            method=method,
            on_progress=lambda done, total: seen.append((done, total)),
        )
    assert [(1, 3), (2, 3), (3, 3)] == seen
    assert [("bridge", 2), ("7", 0)] == [outcome.found.retrieved[0] for outcome in outcomes[:2]]
    report = documents_report(outcomes, dataset, name="claims.jsonl", method=method)
    assert (2, 4, 2) == (report["documents"], report["sentences"], report["retrieval"]["claims"])
    assert {"1": 1.0, "3": 1.0, "5": 1.0, "10": 1.0} == report["retrieval"]["recall"]
    assert (3, 2, 2) == tuple(report[key]["claims"] for key in ("scores", "with_gold_sentences", "same_claims"))
    if method is Method.MEANING:
        assert 1.0 == report["same_claims"]["accuracy"] == report["with_gold_sentences"]["accuracy"]


def test_a_claim_that_cannot_be_read_is_wrong_and_finds_nothing(dataset):
    unread = GoldClaim(id="x", text="?", label=Label.SUPPORTED, evidence=dataset.claims[0].evidence)
    with Corpus.memory() as corpus:
        (found,) = judge_document_set([unread], dataset, corpus, model=Reader(), method=Method.MEANING)
    assert isinstance(found.found, Failure)
    report = documents_report([found], dataset, name="x", method=Method.MEANING)
    assert (1, 0.0, 0.0) == (
        report["scores"]["unread"],
        report["scores"]["accuracy"],
        report["retrieval"]["recall"]["10"],
    )
