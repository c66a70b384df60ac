"""The sentence-pair model: windows, order, equal bytes, bad input, damaged and foreign files, and how it is named."""

from __future__ import annotations

import importlib.metadata
import itertools
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from claimcheck.entailment import Entailment, Inference, Pair, load_entailment
from claimcheck.entailment.judging import Kept, PairModel
from claimcheck.entailment.labels import stances
from claimcheck.entailment.onnx import SHIPPED, OnnxEntailment
from claimcheck.entailment.protocol import lead_in
from claimcheck.entailment.windows import Encoder
from claimcheck.errors import ConfigError, EngineError, PairError
from claimcheck.model import Failure, Probabilities, Stance

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tiny_entailment as tiny

CLAIM = "Falk resigned in 2009"
LONG = "He signed the treaty. Falk resigned, never in 2009! " * 9
ODD = [
    Pair(claim="", evidence="Falk resigned."),
    Pair(claim="Falk resigned", evidence=" \n\t "),
    Pair(claim="Falk resigned", evidence="\x00\x01\u200b"),
    Pair(claim="Falk resigned", evidence="ሰላም። ሰላም።", title="Falk"),
    Pair(claim="..., !", evidence="Falk resigned."),
    Pair(claim="falk " * 40, evidence="Falk resigned."),
]
ODD_CODES = ["CC-E51", "CC-E51", "CC-E51", "CC-E53", "CC-E53", "CC-E52"]

words = st.sampled_from([*tiny.WORDS, "Falk", "xyz", "ሰላም", "\x00", "\ud800", "\n\n", "x" * 30])
sides = st.lists(words, max_size=60).map(" ".join) | st.text(max_size=80)
pairs = st.builds(Pair, claim=st.lists(words, max_size=9).map(" ".join), evidence=sides, title=sides)
sound = st.builds(
    Pair,
    claim=st.just(CLAIM),
    evidence=sides.map(lambda text: f"Falk {text}"),
    title=st.lists(words, max_size=14).map(" ".join),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny.write(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="module")
def model(folder):
    return OnnxEntailment(folder, threads=1)


@pytest.fixture(scope="module")
def fresh(folder):
    """Keeps nothing, and judges with two threads."""
    return OnnxEntailment(folder, threads=2, kept=0)


@pytest.fixture(scope="module")
def encoder():
    return Encoder(tiny.tokenizer(), max_tokens=tiny.MAX_TOKENS, overlap=tiny.OVERLAP)


class Scripted(PairModel):
    """Gives the logits that *outputs* says for a window."""

    def __init__(self, encoder, outputs):
        labels = (Stance.SUPPORTS, Stance.NEUTRAL, Stance.CONTRADICTS)
        super().__init__(name="scripted", encoder=encoder, labels=labels)
        self.outputs = outputs
        self.calls = 0

    def _logits(self, window):
        self.calls += 1
        return self.outputs(window)


# ---------------------------------------------------------------------------- results


def test_model_is_what_the_protocol_asks_for(model):
    assert isinstance(model, Entailment)
    assert model.name.startswith("tiny-1-")


def test_name_tells_two_models_apart(model, tmp_path):
    other = OnnxEntailment(tiny.write(tmp_path, model=tiny.graph(seed=1)), threads=1)
    assert model.name != other.name


@given(batch=st.lists(pairs, max_size=8))
def test_a_batch_is_its_singles_in_order(fresh, batch):
    singles = [fresh.judge([pair])[0] for pair in batch]
    assert singles == fresh.judge(batch)


@given(pair=sound)
def test_probabilities_sum_to_one(model, pair):
    (found,) = model.judge([pair])
    chances = found.probabilities
    assert abs(chances.supported + chances.contradicted + chances.not_enough_evidence - 1) < 1e-12
    assert 0 <= found.window[0] <= found.window[1] <= len(pair.evidence)


@given(batch=st.lists(pairs, max_size=8))
def test_same_bytes_again_with_and_without_kept_results(model, fresh, batch):
    expected = repr(fresh.judge(batch))
    assert [expected] * 3 == [repr(fresh.judge(batch)), repr(model.judge(batch)), repr(model.judge(batch))]


def test_threads_may_share_a_model(folder, fresh):
    batch = [Pair(claim=CLAIM, evidence=f"{LONG} {number}") for number in range(12)]
    shared = OnnxEntailment(folder, threads=2, kept=4)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(shared.judge, [batch] * 8))
    assert [fresh.judge(batch)] * 8 == found


def test_labels_and_temperature_are_those_of_the_card(folder, tmp_path):
    pair = [Pair(claim=CLAIM, evidence="Falk never resigned.")]
    (one,) = OnnxEntailment(folder, threads=1).judge(pair)
    turned = OnnxEntailment(tiny.write(tmp_path / "a", labels=["REFUTES", "NEI", "entailment"]), threads=1)
    (other,) = turned.judge(pair)
    assert one.probabilities.supported == other.probabilities.contradicted
    (flat,) = OnnxEntailment(tiny.write(tmp_path / "b", temperature=1e9), threads=1).judge(pair)
    assert abs(flat.probabilities.supported - 1 / 3) < 1e-6


def test_outputs_that_are_no_numbers_are_an_error(encoder):
    with pytest.raises(EngineError, match="scripted gives outputs that are no numbers"):
        Scripted(encoder, lambda _: [0.0, float("nan"), 0.0]).judge([Pair(claim=CLAIM, evidence=LONG)])


# ---------------------------------------------------------------------------- windows


@given(pair=sound)
def test_windows_hold_every_character_of_the_evidence(encoder, pair):
    windows = encoder.encode(pair)
    assert (0, len(pair.evidence)) == (windows[0].start, windows[-1].end)
    for one, following in itertools.pairwise(windows):
        assert one.start <= following.start <= one.end <= following.end
    assert all(len(w.ids) == len(w.types) <= tiny.MAX_TOKENS for w in windows)


@given(pair=sound)
def test_windows_hold_every_token_and_the_whole_claim(encoder, pair):
    plain = tiny.tokenizer()
    plain.no_truncation()
    plain.no_padding()
    evidence = pair.evidence.replace("\ud800", "\ufffd")
    tokens = plain.encode(lead_in(pair).replace("\ud800", "\ufffd") + evidence, add_special_tokens=False).ids
    claim = plain.encode(CLAIM, add_special_tokens=False).ids
    windows = encoder.encode(pair)
    assert set(tokens) == {t for w in windows for t, kind in zip(w.ids, w.types, strict=True) if kind == 0} - {2, 3}
    assert all(list(w.ids[-len(claim) - 1 : -1]) == claim for w in windows)


def test_short_pair_is_one_sequence_as_the_tokenizer_makes_it(encoder):
    plain = tiny.tokenizer()
    plain.no_truncation()
    plain.no_padding()
    expected = plain.encode("Otto Falk. He resigned.", CLAIM)
    (window,) = encoder.encode(Pair(claim=CLAIM, evidence="He resigned.", title="Otto Falk"))
    assert (tuple(expected.ids), tuple(expected.type_ids)) == (window.ids, window.types)
    assert (0, len("He resigned.")) == (window.start, window.end)


def test_windows_end_with_a_sentence_and_begin_with_a_word(encoder):
    windows = encoder.encode(Pair(claim=CLAIM, evidence=LONG))
    assert len(windows) > 3
    assert {".", "!"} == {LONG[: w.end].rstrip()[-1] for w in windows}
    assert all(LONG[w.start - 1] == " " for w in windows[1:])


def test_title_stands_before_every_window(encoder):
    windows = encoder.encode(Pair(claim=CLAIM, evidence=LONG, title="The 2009 treaty"))
    tokens = [tiny.VOCABULARY[t] for w in windows for t in w.ids[1:5]]
    assert ["the", "2009", "treaty", "."] * len(windows) == tokens


def test_long_title_is_read_once_and_not_cut(encoder):
    title = "the treaty " * 20
    windows = encoder.encode(Pair(claim=CLAIM, evidence=LONG, title=title))
    assert (0, 0) == (windows[0].start, windows[0].end)
    assert len(LONG) == windows[-1].end


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", ""),
        ("  ", ""),
        ("Otto Falk", "Otto Falk. "),
        ("Did Falk\nresign?", "Did Falk resign? "),
        ("HE RESIGNED", ""),
    ],
)
def test_title_stands_before_the_evidence_unless_it_is_there(title, expected):
    assert expected == lead_in(Pair(claim=CLAIM, evidence="He resigned.", title=title))


def test_least_neutral_window_decides(encoder):
    pair = Pair(claim=CLAIM, evidence=f"{LONG} {'xyz ' * 5} {LONG}")
    marker = tiny.VOCABULARY.index("##z")
    (found,) = Scripted(encoder, lambda w: [0.0, 0.0 if marker in w.ids else 5.0, 2.0]).judge([pair])
    assert found.windows == len(encoder.encode(pair)) > 5
    assert "xyz" in pair.evidence[slice(*found.window)]
    assert found.probabilities.contradicted > 0.7


def test_very_long_evidence_is_judged_whole(model):
    evidence = ("He signed the treaty. " * 5000)[:100_000]
    (found,) = model.judge([Pair(claim=CLAIM, evidence=evidence)])
    assert found.windows > 1000


# -------------------------------------------------------------------------- bad input


def test_bad_pairs_fail_in_their_place_and_the_others_go_on(model):
    good = Pair(claim=CLAIM, evidence="Falk resigned.")
    batch = [one for odd in ODD for one in (odd, good)]
    found = model.judge(batch)
    assert ODD_CODES == [one.code for one in found[::2]]
    assert [odd.claim for odd in ODD] == [one.text for one in found[::2]]
    assert all(isinstance(one, Inference) for one in found[1::2])
    assert all(one.hint for one in found[::2])


def test_longest_claim_is_judged_and_a_longer_one_is_not(encoder):
    room = int(0.75 * (tiny.MAX_TOKENS - 3))
    assert len(encoder.encode(Pair(claim="falk " * room, evidence=LONG))) > 10
    with pytest.raises(PairError, match=f"{room + 1} tokens, at most {room}"):
        encoder.encode(Pair(claim="falk " * (room + 1), evidence=LONG))


def test_a_pair_holds_texts():
    with pytest.raises(TypeError):
        Pair(claim=CLAIM, evidence=None)


# ------------------------------------------------------------------------ kept results


def test_a_pair_is_judged_once(encoder):
    model = Scripted(encoder, lambda _: [0.0, 1.0, 2.0])
    pair = Pair(claim=CLAIM, evidence="Falk resigned.")
    found = model.judge([pair, pair])
    assert found == model.judge([pair, pair])
    assert model.calls == 1
    model.judge([Pair(claim=CLAIM, evidence="Falk resigned.", title="The treaty")])
    assert model.calls == 2


def test_what_was_not_asked_for_longest_goes_first():
    chances = Probabilities(supported=1.0, contradicted=0.0, not_enough_evidence=0.0)
    result = Inference(probabilities=chances, windows=1, window=(0, 1))
    kept = Kept(2)
    kept.put(b"a", result)
    kept.put(b"b", result)
    kept.get(b"a")
    kept.put(b"c", result)
    assert [result, None, result] == [kept.get(key) for key in (b"a", b"b", b"c")]


# --------------------------------------------------------- damaged, foreign and missing


def fault(folder):
    with pytest.raises(EngineError) as caught:
        OnnxEntailment(folder, threads=1)
    assert str(folder) in caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_changed_file_is_named_with_both_sums(tmp_path, name):
    path = tiny.write(tmp_path) / name
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    error = fault(tmp_path)
    assert error.error_code == "CC-E35"
    assert name in error.message
    assert json.loads((tmp_path / "model.json").read_text())["sha256"][name] in error.message


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json"])
def test_missing_file_is_named(tmp_path, name):
    (tiny.write(tmp_path) / name).unlink()
    error = fault(tmp_path)
    assert (error.error_code, True) == ("CC-E34", name in error.message)


@pytest.mark.parametrize(
    ("changes", "code", "found"),
    [
        ({"model": b"not a model"}, "CC-E35", "model.onnx: expected an ONNX model"),
        ({"model": tiny.graph()[:-200]}, "CC-E35", "model.onnx: expected an ONNX model"),
        ({"tokens": b"{}"}, "CC-E35", "tokenizer.json: expected a tokenizer"),
        ({"tokens": b"\xff"}, "CC-E35", "tokenizer.json: expected a tokenizer"),
        ({"model": tiny.graph(outputs=2)}, "CC-E36", "found 2 logits"),
        ({"model": tiny.graph(output="scores")}, "CC-E36", "outputs scores"),
        ({"model": tiny.graph(inputs=("x", "y"))}, "CC-E36", "found inputs x, y"),
        ({"labels": ["LABEL_0", "LABEL_1", "LABEL_2"]}, "CC-E36", "'LABEL_0', 'LABEL_1', 'LABEL_2'"),
        ({"labels": ["supports", "contradicts"]}, "CC-E36", "'supports', 'contradicts'"),
        ({"labels": ["supports", "entailment", "neutral"]}, "CC-E36", "'entailment'"),
        ({"labels": "three"}, "CC-E36", "labels"),
        ({"format": 2}, "CC-E36", "format"),
        ({"temperature": 0}, "CC-E36", "temperature"),
        ({"max_tokens": None}, "CC-E36", "no key 'max_tokens'"),
        ({"sha256": {}}, "CC-E36", "found none of model.onnx and tokenizer.json"),
        ({"sha256": {"model.onnx": 1}}, "CC-E36", "sha256"),
    ],
)
def test_damaged_and_foreign_models_say_what_was_found(tmp_path, changes, code, found):
    error = fault(tiny.write(tmp_path, **changes))
    assert (code, True) == (error.error_code, found in error.message), error.message


@pytest.mark.parametrize("content", ["", "[]", "{", '"text"'])
def test_card_that_is_none(tmp_path, content):
    (tiny.write(tmp_path) / "model.json").write_text(content)
    assert fault(tmp_path).error_code == "CC-E36"


def test_model_that_fails_at_a_pair_says_so(tmp_path):
    made = tiny.tokenizer()
    made.add_tokens(["zzz"])
    foreign = OnnxEntailment(tiny.write(tmp_path, tokens=made.to_str().encode()), threads=1)
    with pytest.raises(EngineError, match=r"the entailment model tiny-1-.* fails") as caught:
        foreign.judge([Pair(claim=CLAIM, evidence="falk zzz")])
    assert caught.value.error_code == "CC-E37"


def test_tokenizer_without_special_tokens():
    made = tiny.tokenizer()
    made.post_processor = None
    (window,) = Encoder(made, max_tokens=32, overlap=4).encode(Pair(claim="he", evidence="falk"))
    assert (0, 1) == window.types


def test_tokenizer_that_makes_no_pairs():
    with pytest.raises(EngineError, match="does not make sequences of two texts"):
        Encoder(Tokenizer(models.BPE()), max_tokens=32, overlap=4)


def test_threads_are_at_least_one(folder):
    with pytest.raises(ConfigError, match="not 0"):
        OnnxEntailment(folder, threads=0)


@pytest.mark.parametrize(
    "names",
    [
        ["entailment", "neutral", "contradiction"],
        ["SUPPORTS", "NOT ENOUGH INFO", "REFUTES"],
        ["Supported", "Not_Enough_Evidence", "refuted"],
        ["entails", " nei ", "CONTRADICT"],
    ],
)
def test_known_label_names(names):
    assert (Stance.SUPPORTS, Stance.NEUTRAL, Stance.CONTRADICTS) == stances(names, "a model")


# ------------------------------------------------------------------------------ loading


@pytest.mark.usefixtures("no_network")
def test_loading_and_judging_opens_no_socket(folder):
    model = load_entailment(str(folder), threads=2)
    found = model.judge([Pair(claim=CLAIM, evidence=LONG), *ODD])
    assert [Inference, *[Failure] * len(ODD)] == [type(one) for one in found]


def test_none_is_no_model():
    assert load_entailment(None) is None


def test_a_model_is_taken_as_it_is(model):
    assert model is load_entailment(model)


@pytest.mark.parametrize("spec", [3, object(), OnnxEntailment, SimpleNamespace(judge=list)])
def test_what_is_no_model_is_refused(spec):
    with pytest.raises(ConfigError, match="has no name and judge"):
        load_entailment(spec)


def test_folder_as_text_or_path(folder, model):
    assert [model.name] * 2 == [load_entailment(folder).name, load_entailment(str(folder)).name]


@pytest.mark.parametrize(("name", "found"), [("absent", "no such folder"), ("", "a folder without either")])
def test_folder_without_a_model(tmp_path, name, found):
    with pytest.raises(EngineError, match=found):
        load_entailment(tmp_path / name)


def test_hugging_face_folder_needs_the_extra(tmp_path, monkeypatch):
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(EngineError, match="the package torch") as caught:
        load_entailment(tmp_path)
    assert caught.value.hint == "pip install 'claimcheck-editorial[transformers]'"


def entry(value):
    return importlib.metadata.EntryPoint("mine", value, "claimcheck.entailment")


@pytest.fixture
def installed(monkeypatch):
    """Installs an entry point ``mine`` for the time of the test."""

    def install(value):
        points = importlib.metadata.EntryPoints([entry(value)])
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: points.select(group=group))

    return install


def test_name_of_an_entry_point(installed, encoder, monkeypatch):
    module = SimpleNamespace(make=lambda: Scripted(encoder, lambda _: [0.0, 1.0, 2.0]))
    monkeypatch.setitem(sys.modules, "tiny_plugin", module)
    installed("tiny_plugin:make")
    assert load_entailment("mine").name == "scripted"


@pytest.mark.parametrize(
    ("value", "error"),
    [("no_such_module:make", EngineError), ("json:no_such_name", EngineError), ("builtins:object", ConfigError)],
)
def test_entry_point_that_gives_no_model(installed, value, error):
    installed(value)
    with pytest.raises(error, match="the entailment model 'mine'"):
        load_entailment("mine")


def test_unknown_name_lists_the_known_ones(installed):
    installed("json:loads")
    with pytest.raises(ConfigError, match=r"'other' \(installed besides 'default': mine\)"):
        load_entailment("other")


# ------------------------------------------------------------------- the shipped model


def test_shipped_model_judges():
    model = load_entailment("default", threads=1)
    (yes, no) = model.judge(
        [
            Pair(
                claim="Otto Falk met Clara Weiss in 2009.",
                evidence="Otto Falk met Clara Weiss in March 2009.",
            ),
            Pair(claim="Otto Falk accepted the offer.", evidence="Otto Falk turned down the offer."),
        ]
    )
    assert yes.probabilities.supported > 0.5
    assert no.probabilities.contradicted > 0.5


def test_shipped_model_is_small():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 35_000_000
