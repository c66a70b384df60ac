import pytest

from claimcheck import Checker, Corpus, Document, Label, Stance
from claimcheck.checker.pairs import Method
from claimcheck.entailment import Inference
from claimcheck.language import read_claim
from claimcheck.matching.align import align
from claimcheck.matching.confidence import scale
from claimcheck.matching.sides import Side, Source
from claimcheck.matching.stance import decide
from claimcheck.matching.weigh import features
from claimcheck.model import Failure, Probabilities

CLAIM = "Clara Weiss accepted the Harbour Prize"
SAME = "Clara Weiss accepted the Harbour Prize in 1998."
OTHER = "Clara Weiss wanted nothing to do with the Harbour Prize."


class Says:
    """A model that says the same of every pair, and remembers what it was asked."""

    name = "says-1"

    def __init__(self, supports, contradicts):
        self.asked = []
        self.chances = Probabilities(
            supported=supports, contradicted=contradicts, not_enough_evidence=1 - supports - contradicts
        )

    def judge(self, pairs):
        self.asked += pairs
        return [Inference(probabilities=self.chances, windows=1, window=(0, len(p.evidence))) for p in pairs]


class Fails(Says):
    def judge(self, pairs):
        return [Failure(id="", text=p.claim, code="CC-E53", message="no word is known") for p in pairs]


def corpus_of(text):
    corpus = Corpus.memory()
    corpus.add(Document(id="note.txt", text=text, title="A prize"))
    return corpus


def verdict(text, model):
    return Checker(corpus_of(text), entailment=model, method="both").verify(CLAIM)


def test_what_the_slots_leave_open_goes_the_way_of_the_model():
    assert Label.NOT_ENOUGH_EVIDENCE is verdict(OTHER, None).label
    likely, unlikely = (verdict(OTHER, Says(said, 0.99 - said)) for said in (0.98, 0.01))
    assert unlikely.label is Label.CONTRADICTED
    assert likely.probabilities.contradicted < unlikely.probabilities.contradicted
    assert likely.evidence[0].meaning.supported == 0.98


def test_a_sure_model_against_agreeing_slots_lowers_the_confidence():
    agreed, doubted = verdict(SAME, Says(0.98, 0.01)), verdict(SAME, Says(0.01, 0.01))
    assert Label.SUPPORTED is agreed.label
    assert doubted.probabilities.supported < agreed.probabilities.supported


def test_what_the_slots_say_alone_is_left_open_when_the_model_finds_that_it_is_not_said():
    found = verdict(SAME, Says(0.01, 0.01))
    assert Label.NOT_ENOUGH_EVIDENCE is found.label
    assert found.reason.endswith("but by its meaning it does not say so")


def test_the_model_reads_the_headline_and_a_sentence_spoken_out():
    model = Says(0.3, 0.3)
    corpus = corpus_of("Clara Weiss is a painter. She sent the Harbour Prize back.")
    Checker(corpus, entailment=model, method="both").verify(CLAIM)
    assert ("A prize", "Clara Weiss sent the Harbour Prize back.") in {(p.title, p.evidence) for p in model.asked}


def test_what_the_model_says_of_a_sentence_is_the_mean_over_its_views():
    class Doubts(Says):
        def judge(self, pairs):
            sure, open_ = Says(0.75, 0.125), Says(0.25, 0.125)
            return [(open_ if "painter" in pair.evidence else sure).judge([pair])[0] for pair in pairs]

    corpus = corpus_of("Clara Weiss is a painter. She sent the Harbour Prize back.")
    explained = Checker(corpus, entailment=Doubts(0.5, 0.5), method="both").explain(CLAIM)
    found = next(c for c in explained.parts[0].candidates if c.sentence.span.text.startswith("She"))
    assert 2 <= len(found.asked)
    share = sum("painter" in view for view in found.asked) / len(found.asked)
    assert pytest.approx(0.75 - 0.5 * share) == found.meaning.supported


@pytest.mark.parametrize(("said", "read"), [(0.1, 1), (0.3, 2)])
def test_a_sentence_that_is_surely_silent_is_read_in_one_view_only(said, read):
    model = Says(said, 0.1)
    corpus = corpus_of("Clara Weiss is a painter. She sent the Harbour Prize back.")
    explained = Checker(corpus, entailment=model, method="both").explain(CLAIM)
    found = next(c for c in explained.parts[0].candidates if c.sentence.span.text.startswith("She"))
    assert read == len(found.asked)
    assert set(found.asked) == {pair.evidence for pair in model.asked if "sent" in pair.evidence}


def test_a_sentence_that_the_model_cannot_judge_is_left_to_the_slots():
    assert verdict(SAME, None).label is verdict(SAME, Fails(0.5, 0.2)).label


def test_the_evidence_is_quoted_as_it_stands():
    found = verdict(f"Clara Weiss is a painter. {SAME.replace('Clara Weiss', 'She')}", Says(0.98, 0.01))
    assert found.evidence[0].span.text == SAME.replace("Clara Weiss", "She")


@pytest.mark.parametrize(("method", "stance"), [("meaning", Stance.CONTRADICTS), ("slots", Stance.SUPPORTS)])
def test_a_pair_is_judged_by_what_the_caller_names(method, stance):
    checker = Checker(entailment=Says(0.01, 0.98))
    assert stance is checker.judge(CLAIM, SAME, method=method).label


def test_a_claim_without_a_statement_is_judged_by_meaning():
    judgement = Checker(entailment=Says(0.97, 0.01)).judge("Harbour Prize, 1998", SAME, method=Method.BOTH)
    assert (Stance.SUPPORTS, 1) == (judgement.label, judgement.windows)


def test_failures_of_the_model_stand_in_their_place():
    results = list(Checker(entailment=Fails(0.2, 0.2)).judge_many([("a", CLAIM, SAME)], method="meaning"))
    assert [("a", CLAIM, "CC-E53")] == [(r.id, r.text, r.code) for r in results]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Clara Weiss accepted the Harbour Prize in 1997", SAME),
        ("Clara Weiss accepted the Harbour Prize in 1997", OTHER),
        ("Clara Weiss accepted 300 crowns", "Clara Weiss was given some money."),
        ("Otto Falk accepted the Harbour Prize", SAME),
        ("Clara Weiss did not accept the Harbour Prize", SAME),
        ("Clara Weiss did not accept the Harbour Prize in Bremen", SAME),
        ("Clara Weiss accepted the Harbour Prize", "Clara Weiss did not accept the Harbour Prize."),
    ],
)
def test_meaning_makes_no_support_against_arithmetic_and_identity(claim, source):
    checker = Checker(corpus_of(source), entailment=Says(0.98, 0.01), method="both")
    assert Label.SUPPORTED is not checker.verify(claim).label


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Clara Weiss took the Harbour Prize in 1998", "Clara Weiss came home with the Harbour Prize in 1998."),
        ("Clara Weiss did not refuse the Harbour Prize", SAME),
    ],
)
def test_meaning_may_carry_a_support_that_nothing_stands_against(claim, source):
    known, unknown = (
        Checker(corpus_of(source), entailment=Says(said, 0.01), method="both").verify(claim) for said in (0.98, 0.01)
    )
    assert known.probabilities.supported > max(0.2, unknown.probabilities.supported)


@pytest.mark.parametrize("said", [(0.98, 0.01), (0.01, 0.98)])
def test_what_is_only_planned_stays_open_whatever_the_model_says(said):
    checker = Checker(
        corpus_of("Clara Weiss plans to accept the Harbour Prize."), entailment=Says(*said), method="both"
    )
    assert Label.NOT_ENOUGH_EVIDENCE is checker.verify(CLAIM).label


@pytest.mark.parametrize("source", [OTHER, "Clara Weiss lost the Harbour Prize in 1990."])
def test_a_sentence_of_another_time_does_not_contradict_by_meaning(source):
    checker = Checker(corpus_of(source), entailment=Says(0.01, 0.98), method="both")
    assert Label.NOT_ENOUGH_EVIDENCE is checker.verify("Clara Weiss accepted the Harbour Prize in 1998").label


@pytest.mark.parametrize(
    ("claim", "weighed"),
    [
        ("Clara Weiss accepted the Harbour Prize in 1997", {"excluded value"}),
        ("Otto Falk accepted the Harbour Prize in 1998", {"excluded name"}),
        ("Otto Falk accepted the Harbour Prize in 1997", {"excluded name", "excluded value"}),
        ("Clara Weiss accepted the Harbour Prize in 1998", set()),
    ],
)
def test_what_the_model_excludes_is_weighed_by_what_the_slots_find_to_differ(claim, weighed):
    mine, theirs = read_claim(claim), read_claim(SAME)
    source = Source(document=Document(id="e", text=SAME), sentence=theirs.sentences[0], side=Side.of(theirs))
    parts = mine.sentences[0].statements
    finding = decide(align(parts[0], Side.of(mine), source.statements[0], source, parts), source)
    known = features(finding, Probabilities(supported=0.1, contradicted=0.8, not_enough_evidence=0.1))
    assert weighed == {name for name in ("excluded name", "excluded value") if known[name]}


def test_every_weight_has_its_feature_and_every_feature_its_weight():
    mine, theirs = read_claim(CLAIM), read_claim(SAME)
    source = Source(document=Document(id="e", text=SAME), sentence=theirs.sentences[0], side=Side.of(theirs))
    statement = mine.sentences[0].statements[0]
    finding = decide(align(statement, Side.of(mine), source.statements[0], source), source)
    for judged in (None, Probabilities(supported=0.1, contradicted=0.8, not_enough_evidence=0.1)):
        fitted = scale("evidence", judged=judged is not None)
        assert set(fitted.supports) == set(fitted.contradicts) == set(features(finding, judged))
