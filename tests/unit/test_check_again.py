"""Checking a draft again: what is kept at hand, what the draft was before, and how a check is stopped."""

import threading

import pytest

from claimcheck import Checker, Corpus, Document
from claimcheck.checker.ahead import Ahead, Verdicts
from claimcheck.checker.check import Planned, Step
from claimcheck.entailment import Inference
from claimcheck.errors import EngineError
from claimcheck.model import Probabilities

SOURCE = "The Sill bridge was opened on 24 March 1932 by Mayor Otto Weiss. Weiss died in 1950."
DRAFT = "Otto Weiss opened the Sill bridge in 1932. He died in 1951."


@pytest.fixture(scope="module")
def corpus():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=SOURCE))
        yield corpus


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        pytest.param(DRAFT, 0, id="nothing"),
        pytest.param(DRAFT.replace("1951", "1950"), 1, id="one sentence"),
        pytest.param(f"Anna Lind met Paul Ude in Rome. {DRAFT}", 1, id="a sentence with new names before the others"),
        pytest.param(DRAFT.replace("Otto Weiss", "Karl Lind"), 2, id="whom the next sentence means"),
    ],
)
def test_only_what_has_changed_is_verified_again(corpus, changed, anew):
    checker = Checker(corpus)
    checker.check(DRAFT)
    assert 2 == checker.verified
    checker.check(changed)
    assert 2 + anew == checker.verified


def test_a_remembered_verdict_is_the_same_as_a_new_one(corpus):
    changed = f"Anna Lind met Paul Ude in Rome. {DRAFT}"
    checker = Checker(corpus)
    checker.check(DRAFT)
    assert Checker(corpus).check(changed) == checker.check(changed)


def test_what_is_searched_for_a_quotation_is_searched_once(corpus, monkeypatch):
    text = f"{DRAFT} “The river is ours to cross as we like,” Otto Weiss said."
    checker = Checker(corpus)
    expected = checker.check(text)
    monkeypatch.setattr(Corpus, "candidates", lambda *_, **__: pytest.fail("searched again"))
    assert expected == checker.check(text)


def test_an_older_state_of_the_draft_is_no_source():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="draft.txt", text="Otto Weiss died in 1950."))
        checker = Checker(corpus)
        assert ["CC-C01"] == [d.code for d in checker.check("Otto Weiss died in 1951.").diagnostics]
        assert ["CC-I01"] == [d.code for d in checker.check("Otto Weiss died in 1951.", own="draft.txt").diagnostics]


def test_a_check_can_be_stopped_between_two_sentences(corpus):
    seen = []

    def stop(sentence):
        seen.append(sentence)
        if len(seen) > 1:
            raise KeyboardInterrupt

    checker = Checker(corpus)
    with pytest.raises(KeyboardInterrupt):
        checker.check(DRAFT, before_each=stop)
    assert ["Otto Weiss opened the Sill bridge in 1932.", "He died in 1951."] == seen
    assert 1 == checker.verified


# ------------------------------------------------------------------------- judged ahead

LONG = (
    "Otto Weiss opened the Sill bridge in 1932. He died in 1951. Weiss built the Sill bridge. "
    "“The river is ours to cross as we like,” Otto Weiss said.\n\n"
    "Otto Weiss opened the Sill bridge in 1932. Weiss opened the bridge in 1933. He died in 1950.\n"
)


class Model:
    """A model whose answers depend on the pair, and that keeps what it was asked; it can be held up or fail."""

    name = "model"

    def __init__(self, *, wait=None, fails_at=""):
        self.asked = []
        self._wait = wait
        self._fails_at = fails_at

    def judge(self, pairs):
        self.asked.append([(p.claim, p.evidence) for p in pairs])
        if self._wait is not None:
            self._wait.wait(60)
        if self._fails_at and any(self._fails_at in p.claim for p in pairs):
            msg = "the model fails"
            raise EngineError(msg, hint="mend it", code="CC-E55")
        return [self._said(p) for p in pairs]

    def _said(self, pair):
        supported = len(pair.evidence) * len(pair.claim) % 7 / 10
        sure = Probabilities(supported=supported, contradicted=0.3, not_enough_evidence=0.7 - supported)
        return Inference(probabilities=sure, windows=1, window=(0, len(pair.evidence)))


@pytest.mark.parametrize("text", [DRAFT, LONG])
def test_what_is_judged_ahead_is_what_would_be_judged_in_its_turn(corpus, monkeypatch, text):
    ahead, in_turn = Model(), Model()
    expected = Checker(corpus, entailment=ahead).check(text)
    monkeypatch.setattr(Ahead, "begin", lambda *_: None)
    assert expected == Checker(corpus, entailment=in_turn).check(text)
    assert in_turn.asked == ahead.asked


def test_a_sentence_that_stands_there_twice_or_is_at_hand_is_judged_once(corpus):
    model = Model()
    checker = Checker(corpus, entailment=model)
    checker.check(LONG)
    pairs = [pair for asked in model.asked for pair in asked]
    assert "Otto Weiss opened the Sill bridge in 1932." in {claim for claim, _ in pairs}
    assert len(pairs) == len(set(pairs))
    asked, verified = len(model.asked), checker.verified
    checker.check(LONG)
    assert (asked, verified) == (len(model.asked), checker.verified)


def test_a_model_that_fails_ahead_fails_in_its_turn(corpus):
    steps = Checker(corpus, entailment=Model(fails_at="1951")).check_steps(DRAFT)
    assert [Planned, Step] == [type(next(steps)), type(next(steps))]
    with pytest.raises(EngineError, match="the model fails"):
        next(steps)


def test_a_model_that_is_not_there_is_told_where_a_sentence_is_verified(corpus, tmp_path):
    steps = Checker(corpus, entailment=tmp_path / "nowhere").check_steps(DRAFT)
    assert isinstance(next(steps), Planned)
    with pytest.raises(EngineError, match="nowhere"):
        next(steps)


def test_a_check_that_is_stopped_leaves_the_model_alone(corpus):
    wait = threading.Event()
    model = Model(wait=wait)

    def stop(_sentence):
        raise KeyboardInterrupt

    try:
        with pytest.raises(KeyboardInterrupt):
            Checker(corpus, entailment=model).check(LONG, before_each=stop)
    finally:
        wait.set()
    for thread in [t for t in threading.enumerate() if t.name.startswith("claimcheck-ahead")]:
        thread.join()
    assert len({claim for asked in model.asked for claim, _ in asked}) <= 1


def test_verdicts_are_dropped_when_there_are_too_many():
    verdicts = Verdicts(2)
    for key in "aab":
        verdicts.put(key, f"of {key}")
    assert "of a" == verdicts.get("a")
    verdicts.put("c", "of c")
    assert ["of a", None, "of c"] == [verdicts.get(key) for key in "abc"]
    assert 4 == verdicts.made


# ------------------------------------------------------------- a corpus that changes

OLD = "Karl Lind led the harbour board for years. Otto Weiss died in 1950."
NEW = "The lake froze over.\n\nA long winter followed it.\n\nOtto Weiss died in 1951."


def _lines(verdict):
    return [(e.document, e.position.line, e.span.text) for e in verdict.evidence]


@pytest.mark.parametrize("work", ["verify", "check", "explain"])
@pytest.mark.parametrize("writer", ["the same corpus", "another one"])
def test_a_checker_sees_that_an_article_has_changed(tmp_path, work, writer):
    def verdict_of(checker):
        if work == "check":
            return checker.check("Otto Weiss died in 1951.").claims[0].verdict
        result = getattr(checker, work)("Otto Weiss died in 1951.")
        return result.verdict if work == "explain" else result

    path = tmp_path / "news.claimcheck"
    with Corpus.open(path) as reading, Corpus.open(path) as other:
        writing = reading if writer == "the same corpus" else other
        writing.add(Document(id="weiss.txt", text=OLD))
        checker = Checker(reading)
        assert "contradicted" == verdict_of(checker).label
        writing.add(Document(id="weiss.txt", text=NEW))
        now = verdict_of(checker)
        assert "supported" == now.label
        assert [("weiss.txt", 5, "Otto Weiss died in 1951.")] == _lines(now)[:1]
        writing.remove("weiss.txt")
        assert "not_enough_evidence" == verdict_of(checker).label


def test_a_quotation_is_looked_for_again_when_the_corpus_has_changed():
    text = "“The river is ours to cross as we like,” Otto Weiss said."
    with Corpus.memory() as corpus:
        corpus.add(Document(id="weiss.txt", text="“The river is ours to cross as we please,” Otto Weiss said."))
        checker = Checker(corpus)
        assert "CC-C07" in [d.code for d in checker.check(text).diagnostics]
        corpus.add(Document(id="weiss.txt", text=f"The bridge was new. {text}"))
        assert () == checker.check(text).diagnostics


def test_an_article_that_changes_while_it_is_searched_is_searched_again(monkeypatch):
    with Corpus.memory() as corpus:
        corpus.add(Document(id="weiss.txt", text=OLD))
        searched = Corpus.candidates

        def changed_after(self, *args, **options):
            monkeypatch.setattr(Corpus, "candidates", searched)
            found = searched(self, *args, **options)
            corpus.add(Document(id="weiss.txt", text="Otto Weiss died in 1951."))
            return found

        monkeypatch.setattr(Corpus, "candidates", changed_after)
        verdict = Checker(corpus).verify("Otto Weiss died in 1951.")
        assert "supported" == verdict.label
        assert [("weiss.txt", 1, "Otto Weiss died in 1951.")] == _lines(verdict)
