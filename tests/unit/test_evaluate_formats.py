from __future__ import annotations

import json

import pytest

from claimcheck.errors import EvaluationDataError
from claimcheck.evaluate import GoldEvidence, evaluate, load_gold, report_object
from claimcheck.model import Claim, Evidence, Failure, Label, Probabilities, Span, Stance, Verdict


@pytest.fixture
def write(tmp_path):
    def call(*lines, name="gold.jsonl", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines).encode(encoding))
        return path

    return call


EVIDENCE = {"document": "a.md", "start": 3, "end": 6, "text": "abc"}


def test_our_own_lines(write):
    path = write(
        {"id": "c1", "claim": "One.", "verdict": "contradicted", "evidence": [EVIDENCE], "tags": ["date"]},
        "",
        {"claim": "Two.", "label": "conflicting", "evidence": [{**EVIDENCE, "stance": "supports", "text": ""}]},
    )
    first, second = load_gold(path)
    assert ("c1", "One.", Label.CONTRADICTED, ("date",)) == (first.id, first.text, first.label, first.tags)
    assert ((GoldEvidence(document="a.md", start=3, end=6, text="abc"),),) == first.evidence
    assert ("2", Label.CONFLICTING) == (second.id, second.label)
    assert Stance.SUPPORTS is second.evidence[0][0].stance


def test_pieces_of_one_set_belong_together(write):
    pieces = [{**EVIDENCE, "set": 1}, EVIDENCE, {**EVIDENCE, "set": 1}]
    (claim,) = load_gold(write({"claim": "One.", "verdict": "supported", "evidence": pieces}))
    assert [2, 1] == [len(group) for group in claim.evidence]


def test_fever_lines(write):
    path = write(
        {
            "id": 75397,
            "verifiable": "VERIFIABLE",
            "label": "SUPPORTS",
            "claim": "One.",
            "evidence": [[[1, 2, "A_page", 7], [1, 3, "B_page", 0]], [[1, 4, "A_page", 9]]],
        },
        {"id": 2, "label": "NOT ENOUGH INFO", "claim": "Two.", "evidence": [[[1, None, None, None]]]},
        {"id": 3, "label": "REFUTES", "claim": "Three.", "evidence": []},
    )
    first, second, third = load_gold(path)
    assert ("75397", Label.SUPPORTED) == (first.id, first.label)
    assert [[("A_page", 7), ("B_page", 0)], [("A_page", 9)]] == [
        [(p.document, p.sentence) for p in group] for group in first.evidence
    ]
    assert (Label.NOT_ENOUGH_EVIDENCE, ()) == (second.label, second.evidence)
    assert Label.CONTRADICTED is third.label


def test_averitec_array(write):
    items = [
        {"claim": f"Claim {n}.", "label": label, "questions": []}
        for n, label in enumerate(["Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"])
    ]
    gold = load_gold(write(items, name="dev.json"))
    expected = [Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE, Label.CONFLICTING]
    assert expected == [claim.label for claim in gold]
    assert ["1", "2", "3", "4"] == [claim.id for claim in gold]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{not json", "line 2: not valid JSON"),
        ("[" * 100_000, "line 2: not valid JSON"),
        ("1" * 5000, "line 2: not valid JSON"),
        ('"text"', "line 2: a JSON object is needed"),
        ({"verdict": "supported"}, 'line 2: the key "claim"'),
        ({"claim": "  ", "verdict": "supported"}, 'line 2: the key "claim"'),
        ({"claim": "x"}, 'line 2: the key "verdict"'),
        ({"claim": "x", "verdict": "true"}, "line 2: 'true' is not a label"),
        ({"claim": "x", "verdict": "supported", "tags": "date"}, 'line 2: "tags"'),
        ({"claim": "x", "verdict": "supported", "id": [1]}, 'line 2: "id"'),
        ({"claim": "x", "verdict": "supported", "evidence": {}}, 'line 2: "evidence"'),
        ({"claim": "x", "verdict": "supported", "evidence": [{"start": 0, "end": 1}]}, "line 2: evidence needs the id"),
        ({"claim": "x", "verdict": "supported", "evidence": [{**EVIDENCE, "start": 6}]}, "line 2: evidence needs"),
        ({"claim": "x", "verdict": "supported", "evidence": [{**EVIDENCE, "end": "6"}]}, "line 2: evidence needs"),
        ({"claim": "x", "verdict": "supported", "evidence": [{**EVIDENCE, "text": "ab"}]}, "2 code points long"),
        ({"claim": "x", "verdict": "supported", "evidence": [{**EVIDENCE, "stance": "for"}]}, "'for' is not a stance"),
        ({"claim": "x", "verdict": "supported", "evidence": [[["a", "b"]]]}, "lists of four"),
        ({"claim": "x", "verdict": "supported", "evidence": [[[1, 2, "page", "one"]]]}, "a page and a sentence number"),
        (
            {"id": "1", "claim": "again", "verdict": "supported"},
            "line 2: the id '1' was already used in gold.jsonl, line 1",
        ),
    ],
)
def test_malformed_gold_names_the_line(write, line, message):
    path = write({"id": "1", "claim": "x", "verdict": "supported"}, line)
    with pytest.raises(EvaluationDataError) as caught:
        load_gold(path)
    assert message in caught.value.message
    assert caught.value.hint


def test_missing_empty_and_badly_encoded_files(write, tmp_path):
    with pytest.raises(EvaluationDataError, match="cannot be read"):
        load_gold(tmp_path / "none.jsonl")
    with pytest.raises(EvaluationDataError, match="holds no claims"):
        load_gold(write(""))
    with pytest.raises(EvaluationDataError, match="line 1: byte 12 is not UTF-8"):
        load_gold(write('{"claim": "\xe9", "verdict": "supported"}', encoding="latin-1"))


def test_byte_order_mark_is_no_fault(write):
    assert 1 == len(load_gold(write({"claim": "x", "verdict": "supported"}, encoding="utf-8-sig")))


class FakeChecker:
    """Supports everything but questions, with the first ten characters of a document as evidence."""

    def verify_many(self, claims):
        for claim in claims:
            if claim.text.endswith("?"):
                yield Failure(id=claim.id, text=claim.text, code="CC-E02", message="the claim is a question")
                continue
            span = Span(start=0, end=10, text="0123456789")
            evidence = Evidence(document="b/page.md", span=span, stance=Stance.SUPPORTS, score=1.0, confidence=0.9)
            yield Verdict(
                claim=Claim(text=claim.text, id=claim.id),
                label=Label.SUPPORTED,
                confidence=0.9,
                probabilities=Probabilities(supported=0.9, contradicted=0.05, not_enough_evidence=0.05),
                evidence=(evidence,),
                reason="It says so.",
            )


def locate(document, start, _end):
    return start // 10 if document == "b/page.md" else None


def test_an_evaluation_from_end_to_end(write):
    path = write(
        {"id": 1, "claim": "One.", "label": "SUPPORTS", "evidence": [[[0, 0, "page", 0]]], "tags": ["date"]},
        {"id": 2, "claim": "Two.", "label": "REFUTES", "evidence": [{"document": "b/page.md", "start": 30, "end": 31}]},
        {"id": 3, "claim": "Three?", "label": "NOT ENOUGH INFO", "evidence": []},
    )
    steps = []
    outcomes = evaluate(FakeChecker(), load_gold(path), locate=locate, on_progress=lambda *step: steps.append(step))
    assert [(1, 3), (2, 3), (3, 3)] == steps
    assert [0, 3] == [outcome.gold.evidence[0][0].sentence for outcome in outcomes[:2]]
    report = report_object(outcomes, dataset="gold", show_wrong=True)
    json.dumps(report, allow_nan=False)
    assert (3, 1) == (report["scores"]["claims"], report["scores"]["unread"])
    assert pytest.approx(1 / 3, abs=1e-6) == report["scores"]["fever_score"]
    assert {"1": 0.5, "3": 0.5, "5": 0.5} == report["scores"]["evidence_recall"]
    assert [("2", "contradicted", "supported"), ("3", "not_enough_evidence", None)] == [
        (wrong["id"], wrong["gold"], wrong["given"]) for wrong in report["wrong"]
    ]
    assert "CC-E02: the claim is a question" == report["wrong"][1]["error"]
    assert ["date"] == list(report["by_tag"])
