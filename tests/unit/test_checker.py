"""The checker: claims that cannot be read, batches, dates of publication, exact places, the same answer twice."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Checker, Claim, Corpus, Document, Failure, Judgement, Label, Stance, Verdict
from claimcheck.checker import parse_claim
from claimcheck.entailment import Inference
from claimcheck.errors import ClaimParseError, ConfigError, DocumentError, EngineError, NotCheckableError
from claimcheck.model import Probabilities

TEXT = (
    "Bridge opens at last\n\n"
    "OSLO — Clara Weiss opened the Harbour Bridge on 4 May 1998.\n\n"
    "Otto Falk, the engineer, did not attend the ceremony. “It’s my bridge,” he said."
)


@pytest.fixture(scope="module")
def bridge():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=TEXT, published=dt.date(1998, 5, 5)))
        corpus.add(Document(id="later.txt", text="Clara Weiss resigned in 2003.", published=dt.date(2003, 2, 1)))
        corpus.add(Document(id="undated.txt", text="Ivo Brandt founded the Weaver Museum in 1921."))
        yield corpus


@pytest.fixture(scope="module")
def checker(bridge):
    return Checker(bridge)


# ----------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("text", "error", "code"),
    [
        ("", ClaimParseError, "CC-E01"),
        (" \t\n\u00a0", ClaimParseError, "CC-E01"),
        ("Otto Falk left. " * 65_536, ClaimParseError, "CC-E05"),
        ("a" * 1_000_000, ClaimParseError, "CC-E05"),
        ("12345 !!!", ClaimParseError, "CC-E01"),
        ("🎉🎉🎉", ClaimParseError, "CC-E01"),
        ("Otto Falk", ClaimParseError, "CC-E01"),
        ("the the the the", ClaimParseError, "CC-E01"),
        ("وقع أوتو فالك المعاهدة", ClaimParseError, "CC-E01"),
        ("Did Otto Falk sign the treaty?", NotCheckableError, "CC-E02"),
        ("Otto Falk signed the treaty?", NotCheckableError, "CC-E02"),
        ("In my opinion Otto Falk is the best mayor", NotCheckableError, "CC-E02"),
        ("I think that Otto Falk is wonderful", NotCheckableError, "CC-E02"),
        ("Please sign the treaty.", NotCheckableError, "CC-E02"),
        ("Sign the treaty.", NotCheckableError, "CC-E02"),
        ("Otto Falk signed \ud800 the treaty", ClaimParseError, "CC-E01"),
    ],
)
def test_claims_that_cannot_be_checked_say_why(checker, text, error, code):
    with pytest.raises(error) as caught:
        checker.verify(text)
    assert code == caught.value.error_code
    assert caught.value.hint
    assert caught.value.message[0].islower()


@pytest.mark.parametrize(
    "text",
    [
        "Clara Weiss opened the Harbour Bridge 🎉",
        "\ufeffClara Weiss opened the Harbour Bridge\u200b",
        "  Clara Weiss opened the Harbour Bridge.\n",
        "\u202eClara Weiss opened the Harbour Bridge\u202c",
        "Clara Weiss opened the Harbour Bridge <b>today</b> & \\ ' \" %s {0}",
    ],
)
def test_odd_characters_beside_a_claim_shift_nothing(text):
    claim = parse_claim(text)
    assert "open" == claim.statements[0].lemma
    for statement in claim.statements:
        assert text[statement.span.start : statement.span.end] == statement.span.text


@pytest.mark.parametrize("text", ["Otto Falk\x00 signed\x07 the treaty", "\x1b[31mOtto Falk signed the treaty", "\x00"])
def test_control_characters_give_a_verdict_or_a_reason(checker, text):
    (result,) = checker.verify_many([text])
    assert isinstance(result, Verdict) or result.hint


def test_an_opinion_that_somebody_holds_can_be_checked():
    assert parse_claim("Otto Falk said that in my opinion the bridge is the best").statements


def test_what_somebody_is_told_to_do_can_be_checked():
    assert parse_claim("Otto Falk told Clara Weiss to sign the treaty").statements


def test_a_claim_keeps_its_id_and_text():
    claim = parse_claim("Clara Weiss resigned in 2003", identifier="c7")
    assert ("c7", "Clara Weiss resigned in 2003") == (claim.id, claim.text)


def test_as_of_anchors_the_claims_own_dates():
    claim = parse_claim("Clara Weiss opened the bridge yesterday", as_of=dt.date(1998, 5, 5))
    assert dt.date(1998, 5, 4) == claim.statements[0].times[0].value.earliest


# ------------------------------------------------------------------------------- batches


def test_a_batch_keeps_its_order_and_puts_a_failure_in_place(checker):
    claims = [
        Claim(text="Clara Weiss resigned in 2003", id="a"),
        Claim(text="", id="b"),
        "Did Clara Weiss resign?",
        Claim(text="Clara Weiss resigned in 1999", id="d"),
    ]
    results = list(checker.verify_many(claims))
    assert [Verdict, Failure, Failure, Verdict] == [type(r) for r in results]
    assert ["b", ""] == [r.id for r in results[1:3]]
    assert ["CC-E01", "CC-E02"] == [r.code for r in results[1:3]]
    assert ["", "Did Clara Weiss resign?"] == [r.text for r in results[1:3]]
    assert [Label.SUPPORTED, Label.CONTRADICTED] == [results[0].label, results[3].label]
    assert ["a", "d"] == [results[0].claim.id, results[3].claim.id]


def test_a_batch_is_read_one_by_one(checker):
    def claims():
        yield "Clara Weiss resigned in 2003"
        msg = "read too far"
        raise AssertionError(msg)

    assert Label.SUPPORTED is next(iter(checker.verify_many(claims()))).label


def test_an_error_of_the_claims_comes_after_the_answers_to_those_before_it(checker):
    def claims():
        yield from ["Clara Weiss resigned in 2003"] * 5
        msg = "no more"
        raise OSError(msg)

    results = checker.verify_many(claims())
    assert [Label.SUPPORTED] * 5 == [next(results).label for _ in range(5)]
    with pytest.raises(OSError, match="no more"):
        next(results)


def test_a_batch_gives_what_each_claim_gives_alone(checker):
    claims = ["Clara Weiss resigned in 1999", "", "Otto Falk attended the ceremony", "Ivo Brandt founded a museum"]
    claims += [f"Clara Weiss opened the Harbour Bridge in {year}" for year in range(1960, 2000)]
    together = list(checker.verify_many(claims))
    assert together == list(checker.verify_many(iter(claims)))
    for claim, verdict in zip(claims, together, strict=True):
        assert verdict == checker.verify(claim) if claim else verdict.code == "CC-E01"


class _Moody:
    """Answers one pair at a time, and fails where a claim names somebody."""

    name = "moody"

    def judge(self, pairs):
        if any("Falk" in pair.claim for pair in pairs):
            msg = "out of memory"
            raise EngineError(msg)
        nothing = Probabilities(supported=0.0, contradicted=0.0, not_enough_evidence=1.0)
        return [Inference(probabilities=nothing, windows=1, window=(0, len(pair.evidence))) for pair in pairs]


def test_a_claim_that_the_model_fails_on_takes_no_other_with_it(bridge):
    results = list(Checker(bridge, entailment=_Moody()).verify_many(["Clara Weiss left", "Otto Falk left"]))
    assert [Verdict, Failure] == [type(result) for result in results]


def test_a_batch_of_pairs_keeps_its_order(checker):
    pairs = [
        ("1", "Clara Weiss resigned", "Clara Weiss resigned."),
        ("2", "?", "Clara Weiss resigned."),
        ("3", "Clara Weiss resigned", " "),
        ("4", "Clara Weiss resigned", "Clara Weiss did not resign."),
    ]
    results = list(checker.judge_many(pairs))
    assert ["1", "2", "3", "4"] == [r.id for r in results]
    assert [Judgement, Failure, Failure, Judgement] == [type(r) for r in results]
    assert [Stance.SUPPORTS, Stance.CONTRADICTS] == [results[0].label, results[3].label]


def test_a_parsed_claim_is_not_read_again(checker):
    claim = parse_claim("Clara Weiss resigned in 2003", identifier="x")
    assert claim is checker.verify(claim).claim


# --------------------------------------------------------------------------------- as of


@pytest.mark.parametrize(
    ("as_of", "label"),
    [
        (None, Label.SUPPORTED),
        (dt.date(2003, 2, 1), Label.SUPPORTED),
        (dt.date(2003, 1, 31), Label.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_sources_of_a_later_day_are_not_there_yet(bridge, as_of, label):
    verdict = Checker(bridge, as_of=as_of).verify("Clara Weiss resigned in 2003")
    assert label is verdict.label
    assert ("later.txt" in {e.document for e in verdict.evidence}) == (label is Label.SUPPORTED)


def test_a_source_without_a_date_is_never_too_new(bridge):
    verdict = Checker(bridge, as_of=dt.date(1950, 1, 1)).verify("Ivo Brandt founded the Weaver Museum in 1921")
    assert Label.SUPPORTED is verdict.label


# ------------------------------------------------------------------------------ evidence


CLAIMS = [
    "Clara Weiss opened the Harbour Bridge in 1998",
    "Clara Weiss opened the Harbour Bridge in 1997",
    "Otto Falk attended the ceremony",
    "Ivo Brandt founded the Weaver Museum in 1921",
    "Ivo Brandt sold the Weaver Museum to a dentist",
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_evidence_is_exact_in_the_stored_text(checker, bridge, claim):
    for evidence in checker.verify(claim).evidence:
        text = bridge.get(evidence.document).text
        assert text[evidence.span.start : evidence.span.end] == evidence.span.text
        for row in evidence.alignment:
            if row.source is not None:
                assert text[row.source.start : row.source.end] == row.source.text
            if row.claim is not None:
                assert claim[row.claim.start : row.claim.end] == row.claim.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bridge.txt", "First line.\r\n\r\nÆrø — 🎉\r\nClara Weiss opened the Harbour Bridge on 4 May 1998.\r\n"),
        ("bridge.md", "---\ntitle: Notes\n---\n\nIt *rained*. Clara Weiss **opened** the Harbour Bridge in 1998.\n"),
        (
            "bridge.html",
            "<html><body><p>Rain &amp; wind.\nClara Weiss <b>opened</b> the Harbour Bridge in 1998.</p></body></html>",
        ),
    ],
)
def test_positions_are_exact_in_the_file(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode())
    with Corpus.memory() as corpus:
        corpus.add(path)
        verdict = Checker(corpus).verify("Clara Weiss opened the Harbour Bridge in 1998")
    assert Label.SUPPORTED is verdict.label
    place, text = verdict.evidence[0].position, path.read_bytes().decode()
    assert text[place.start :].startswith("Clara Weiss")
    assert text[: place.end].endswith("1998.")
    lines = text[: place.start].split("\n")
    assert (len(lines), len(lines[-1]) + 1) == (place.line, place.column)


def test_deciding_evidence_comes_first(checker):
    stances = [e.stance for e in checker.verify("Clara Weiss opened the Harbour Bridge in 1997").evidence]
    assert Stance.CONTRADICTS is stances[0]
    assert stances == sorted(stances, key=lambda s: s is Stance.NEUTRAL)


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_same_question_gets_the_same_answer(bridge, claim):
    assert Checker(bridge).verify(claim) == Checker(bridge).verify(claim)


def test_reading_anew_gives_the_same_answer():
    def answer():
        with Corpus.memory() as corpus:
            corpus.add(Document(id="bridge.txt", text=TEXT))
            return [Checker(corpus).verify(c) for c in CLAIMS]

    assert answer() == answer()


def test_copies_of_a_sentence_are_one_source():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="a.txt", text="Clara Weiss resigned in 2003."))
        corpus.add(Document(id="b.txt", text="Clara Weiss  resigned in 2003."))
        corpus.add(Document(id="c.txt", text="In 2003 Clara Weiss resigned."))
        evidence = Checker(corpus).verify("Clara Weiss resigned in 2003").evidence
    cluster = {e.document: e.cluster for e in evidence}
    assert cluster["a.txt"] == cluster["b.txt"] != cluster["c.txt"]


def test_an_empty_corpus_knows_nothing():
    with Corpus.memory() as corpus:
        verdict = Checker(corpus).verify("Clara Weiss resigned in 2003")
    assert (Label.NOT_ENOUGH_EVIDENCE, ()) == (verdict.label, verdict.evidence)


# --------------------------------------------------------------------------------- pairs


@pytest.mark.parametrize(
    ("evidence", "stance"),
    [
        ("Clara Weiss resigned in 2003.", Stance.SUPPORTS),
        ("Clara Weiss resigned in 1999.", Stance.CONTRADICTS),
        ("It rained all day.", Stance.NEUTRAL),
        ("🎉", Stance.NEUTRAL),
        ("Clara Weiss met Otto Falk.\n\nShe resigned in 2003.", Stance.SUPPORTS),
    ],
)
def test_the_stance_of_a_pair_is_the_likeliest(evidence, stance):
    judgement = Checker(None).judge("Clara Weiss resigned in 2003", evidence, identifier="p", method="slots")
    assert ("p", stance) == (judgement.id, judgement.label)
    assert {"supports", "contradicts", "neutral"} == set(judgement.probabilities)
    assert 1.0 == pytest.approx(sum(judgement.probabilities.values()))
    assert stance.value == max(judgement.probabilities, key=judgement.probabilities.__getitem__)


@pytest.mark.parametrize("evidence", ["", " \n", "Otto Falk left. " * 20_000])
def test_evidence_that_cannot_be_read_says_why(evidence):
    with pytest.raises(DocumentError) as caught:
        Checker(None).judge("Clara Weiss resigned in 2003", evidence, method="slots")
    assert caught.value.hint


@pytest.mark.parametrize("settings", [{"method": "slot"}, {"method": "meaning"}, {"min_confidence": 80}])
def test_a_setting_that_makes_no_sense_is_refused(settings):
    (name,) = settings
    with pytest.raises(ConfigError, match=f"{name} cannot be") as caught:
        Checker(None, **settings)
    assert caught.value.hint.startswith(f"{name} is ")


def test_a_method_of_judging_that_there_is_not_is_refused():
    with pytest.raises(ConfigError, match="method cannot be 'guess'"):
        Checker(None).judge("Clara Weiss resigned in 2003", "She did.", method="guess")


# ------------------------------------------------------------------------------ abstaining


def test_below_the_least_confidence_it_abstains_and_says_why(bridge):
    claim = "Clara Weiss opened the Harbour Bridge in 1998"
    sure = Checker(bridge).verify(claim)
    doubting = Checker(bridge, min_confidence=1.0).verify(claim)
    assert (Label.SUPPORTED, Label.NOT_ENOUGH_EVIDENCE) == (sure.label, doubting.label)
    assert sure.evidence == doubting.evidence
    assert sure.probabilities == doubting.probabilities
    assert doubting.confidence == doubting.probabilities.not_enough_evidence
    assert f"not sure enough: supported at {sure.confidence:.2f}" in doubting.reason


def test_a_verdict_that_is_sure_enough_stays(bridge):
    claim = "Clara Weiss opened the Harbour Bridge in 1998"
    sure = Checker(bridge).verify(claim)
    assert sure == Checker(bridge, min_confidence=sure.confidence).verify(claim)


def test_a_sentence_that_fits_far_less_well_than_the_best_is_not_looked_at():
    articles = {
        "fits.txt": "Clara Weiss opened the Harbour Bridge on 4 May 1998.",
        "word.txt": "Ivo Brandt painted a bridge.",
    } | {f"{n}.txt": f"Clara Weiss opened the Harbour Bridge in 1998, it was said {n} times." for n in range(5)}
    with Corpus.memory() as corpus:
        corpus.add(*(Document(id=name, text=text) for name, text in articles.items()))
        claim = parse_claim("Clara Weiss opened the Harbour Bridge in 1998")
        assert "word.txt" not in {source.document.id for source in Checker(corpus).found(claim)}
        claim = parse_claim("Otto Falk crossed a bridge")
        assert "word.txt" in {source.document.id for source in Checker(corpus).found(claim)}
