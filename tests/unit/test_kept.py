"""What is kept between runs: the same verdicts with and without it, and nothing is loaded for what is known."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimcheck import Checker, Corpus, Document
from claimcheck.checker import kept, versions
from claimcheck.checker.cache import cache_folder
from claimcheck.checker.kept import Kept, KeptEntailment
from claimcheck.checker.results import FILE, ResultStore
from claimcheck.checker.warm import warm_up
from claimcheck.entailment import Inference, Pair, identity, load_entailment
from claimcheck.errors import EngineError
from claimcheck.language import pipeline, read, read_claim
from claimcheck.model import Failure, Probabilities
from claimcheck.render.check_objects import check_object
from claimcheck.render.objects import verdict_object

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tiny_entailment as tiny

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = [json.loads(line)["claim"] for line in (ROOT / "claims" / "dev.jsonl").read_text().splitlines()]
DRAFT = "The harbour bridge was opened in 1941. “It is my bridge,” Jack Lang said on Tuesday.\n"
ARTICLE = "The harbour bridge was opened on 19 March 1932 by Premier Jack Lang. He met Otto Falk in Oslo."


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def corpus():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=ARTICLE, published=dt.date(1932, 3, 20)))
        yield corpus


class Counting:
    """A model that counts the pairs it is asked for, and cannot judge those without evidence."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def judge(self, pairs):
        self.asked += pairs
        failure = Failure(id="", text="x", code="CC-E51", message="the evidence is empty", hint="give one")
        sure = Probabilities(supported=1 / 3, contradicted=0.1 + 0.2, not_enough_evidence=1 - 1 / 3 - 0.1 - 0.2)
        return [Inference(probabilities=sure, windows=2, window=(3, 9)) if p.evidence else failure for p in pairs]


# -------------------------------------------------------------------------------- readings


def test_kept_readings_are_those_that_are_read(monkeypatch):
    claims = CLAIMS[::12]
    expected = [read_claim(text) for text in claims]
    for text in claims:
        Kept.of_user().read_claim(text)
    monkeypatch.setattr(kept, "_language", lambda: pytest.fail("a claim that is kept was read again"))
    assert expected == [Kept.of_user().read_claim(text) for text in claims]


def test_relative_dates_of_a_kept_claim_count_from_the_day_that_is_asked_for():
    text = "Otto Falk resigned last year"
    for year in (1999, 2009, 1999):
        reading = Kept.of_user().read_claim(text, anchor=dt.date(year, 5, 1))
        assert year - 1 == reading.sentences[0].times[0].value.earliest.year
    assert not Kept.of_user().read_claim(text).sentences[0].times[0].value.anchored


def test_a_draft_is_kept_with_all_that_decides_its_reading():
    drafts = [
        Document(id="a", text=DRAFT),
        Document(id="a", text=DRAFT, published=dt.date(2009, 8, 5)),
        Document(id="a", text=f"{DRAFT}\nHe left."),
    ]
    for _ in range(2):
        assert [read(draft) for draft in drafts] == [Kept.of_user().read(draft) for draft in drafts]


def test_a_reading_of_other_code_or_another_model_is_not_used(monkeypatch):
    Kept.of_user().read_claim("Otto Falk resigned in 2009")
    for name, value in (("code", lambda *_, **__: "other"), ("language_model", lambda: ("en_core_web_sm", "0.1"))):
        with monkeypatch.context() as patched:
            patched.setattr(versions, name, value)
            patched.setattr(kept, "_language", lambda: pytest.fail("read"))
            with pytest.raises(pytest.fail.Exception, match="read"):
                Kept.of_user().read_claim("Otto Falk resigned in 2009")


def test_nothing_is_kept_of_a_language_model_without_a_version(cache, monkeypatch):
    monkeypatch.setattr(versions, "language_model", lambda: ("my/pipeline", ""))
    Kept.of_user().read_claim("Otto Falk resigned in 2009")
    assert not cache.exists()


def test_a_kept_result_of_another_shape_is_made_again(monkeypatch):
    text = "Otto Falk resigned in 2009"
    expected = Kept.of_user().read_claim(text)
    for shape in ({"sentences": 3}, {"sentences": [{"span": [0, 999]}]}, [], {"more": 1}):
        with monkeypatch.context() as patched:
            patched.setattr(ResultStore, "get", lambda _self, keys, shape=shape: dict.fromkeys(keys, shape))
            assert expected == Kept.of_user().read_claim(text)


def test_a_process_is_warmed_up_though_the_reading_is_kept(monkeypatch, corpus):
    loaded = []
    original = pipeline._load  # noqa: SLF001
    monkeypatch.setattr(pipeline, "_load", lambda name: loaded.append(name) or original(name))
    for times in (1, 2):
        checker = Checker(corpus, cache=True, method="slots")
        del loaded[:]
        warm_up(checker)
        assert loaded
        assert {1: 2, 2: 1}[times] == len(loaded)  # the second time the checker reads nothing
        assert checker.verified > 0


# ------------------------------------------------------------------------------ judgements


def test_a_pair_is_judged_once_and_the_order_stays(tmp_path):
    model = Counting()
    store = ResultStore(tmp_path / FILE)
    pairs = [Pair(claim="a", evidence="x"), Pair(claim="b", evidence=""), Pair(claim="a", evidence="x", title="T")]
    expected = Counting().judge(pairs)
    first = KeptEntailment(store, "counting", "1", lambda: model)
    assert expected == first.judge(pairs)
    assert expected[::-1] == first.judge(pairs[::-1])
    again = KeptEntailment(ResultStore(tmp_path / FILE), "counting", "1", lambda: pytest.fail("loaded"))
    assert expected + expected[:1] == again.judge([*pairs, pairs[0]])
    assert pairs == model.asked
    other = KeptEntailment(store, "counting", "2", lambda: model)
    other.judge(pairs)
    assert 6 == len(model.asked)


def test_a_model_in_a_folder_is_the_same_kept_and_not(tmp_path):
    folder = tiny.write(tmp_path / "model")
    pairs = [Pair(claim="Falk resigned", evidence=f"Falk signed the treaty {n}. " * n) for n in range(6)]
    plain = load_entailment(folder)
    for _ in range(2):
        model = Kept.of_user().entailment(folder)
        assert plain.name == model.name
        assert plain.judge(pairs) == model.judge(pairs)


def test_only_a_model_whose_files_say_what_it_is_is_kept(tmp_path):
    model = Counting()
    assert model is Kept.of_user().entailment(model)
    assert None is Kept.of_user().entailment(None)
    assert None is identity(tmp_path)
    assert None is identity("some-plug-in")
    damaged = tiny.write(tmp_path / "damaged", format=7)
    with pytest.raises(EngineError):
        Kept.of_user().entailment(damaged)


def test_a_damaged_model_is_found_out_when_it_is_needed(tmp_path):
    folder = tiny.write(tmp_path / "model")
    (folder / "model.onnx").write_bytes(b"rubbish")
    model = Kept.of_user().entailment(folder)
    with pytest.raises(EngineError, match=r"model\.onnx"):
        model.judge([Pair(claim="Falk resigned", evidence="Falk signed the treaty.")])


# -------------------------------------------------------------------------------- verdicts


def test_verdicts_and_findings_are_the_same_with_and_without(corpus, cache):
    claims = ["The harbour bridge was opened in 1932", "The harbour bridge was opened in 1941", "Lang met Falk"]
    plain = Checker(corpus)
    expected = [verdict_object(plain.verify(claim)) for claim in claims]
    findings = check_object([plain.check(DRAFT)])
    for _ in range(2):
        checker = Checker(corpus, cache=True)
        assert expected == [verdict_object(checker.verify(claim)) for claim in claims]
        assert findings == check_object([checker.check(DRAFT)])
    assert (cache / FILE).is_file()


def test_a_checker_keeps_nothing_unless_it_is_asked_to(corpus, cache):
    Checker(corpus).verify("The harbour bridge was opened in 1932")
    assert not cache.exists()


def test_off_keeps_nothing_neither_results_nor_indexes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMCHECK_CACHE", "off")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(ARTICLE)
    (tmp_path / "articles" / "empty.txt").touch()
    assert None is cache_folder()
    with Corpus.of("articles") as corpus:
        assert 1 == len(corpus.faults)
        assert "supported" == Checker(corpus, cache=True).verify("The harbour bridge was opened in 1932").label
    assert ["articles"] == [path.name for path in tmp_path.iterdir()]


def test_the_second_time_no_model_is_loaded(tmp_path):
    """`spacy`, `onnxruntime` and `tokenizers` are not even imported, and the output is the same to the byte."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(ARTICLE)
    (tmp_path / "draft.txt").write_text(DRAFT)
    code = (
        "import sys\nfrom claimcheck.cli import main\n"
        "claim = 'The harbour bridge was opened in 1941'\n"
        "for command, what in (('verify', claim), ('explain', claim), ('check', 'draft.txt')):\n"
        "    sys.argv[1:] = [command, what, '--corpus', 'articles', '--format', 'json', '--no-progress']\n"
        "    main()\n"
        "print(sorted({'spacy', 'onnxruntime', 'tokenizers', 'numpy', 'torch'} & set(sys.modules)), file=sys.stderr)"
    )

    def ran(cache):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={**os.environ, "CLAIMCHECK_CACHE": cache},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout, done.stderr.splitlines()[-1]

    first, second, off = ran("cache"), ran("cache"), ran("off")
    assert "['numpy', 'onnxruntime', 'spacy', 'tokenizers']" == first[1] == off[1]
    assert "[]" == second[1]
    assert first[0] == second[0] == off[0]
    assert 3 <= first[0].count('"contradicted"')
