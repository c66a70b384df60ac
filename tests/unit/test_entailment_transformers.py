"""A Hugging Face folder as the entailment model; `make test-transformers` runs this with the extra."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from claimcheck.entailment import Inference, Pair, load_entailment
from claimcheck.errors import EngineError
from claimcheck.model import Failure

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tiny_entailment as tiny

torch = pytest.importorskip("torch", reason="needs the extra: make test-transformers")
transformers = pytest.importorskip("transformers", reason="needs the extra: make test-transformers")

CLAIM = "Falk resigned in 2009"
PAIRS = [
    Pair(claim=CLAIM, evidence="Falk never resigned.", title="The treaty"),
    Pair(claim=CLAIM, evidence="He signed the treaty. Falk resigned, never in 2009! " * 9),
    Pair(claim=CLAIM, evidence=""),
]
LABELS = {0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"}


def write(folder, *, kind="Bert", labels=LABELS):
    """Save a tiny model with random weights, as its makers would."""
    torch.manual_seed(0)
    sizes = {
        "vocab_size": len(tiny.VOCABULARY),
        "max_position_embeddings": tiny.MAX_TOKENS,
        "initializer_range": 0.5,
    }
    if kind == "Bert":
        sizes |= {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    else:
        sizes |= {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 32}
    config = getattr(transformers, f"{kind}Config")(
        id2label=labels, label2id={v: k for k, v in labels.items()}, **sizes
    )
    getattr(transformers, f"{kind}ForSequenceClassification")(config).save_pretrained(folder)
    tiny.tokenizer().save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 24}))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tiny"))


@pytest.mark.usefixtures("no_network")
def test_folder_is_loaded_and_judges_without_a_network(folder):
    model = load_entailment(folder)
    short, long, empty = model.judge(PAIRS)
    assert [Inference, Inference, Failure] == [type(short), type(long), type(empty)]
    assert (1, True) == (short.windows, long.windows > 5)
    assert repr(model.judge(PAIRS)) == repr(load_entailment(folder, threads=1).judge(PAIRS))


def test_probabilities_are_the_model_s_own(folder):
    pair = Pair(claim=CLAIM, evidence="Falk never resigned.")
    (found,) = load_entailment(folder).judge([pair])
    made = tiny.tokenizer()
    made.no_truncation()
    made.no_padding()
    plain = transformers.PreTrainedTokenizerFast(tokenizer_object=made)
    inputs = plain(pair.evidence, pair.claim, return_tensors="pt", return_token_type_ids=True)
    model = transformers.BertForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        no, open_, yes = model(**inputs).logits[0].softmax(-1).tolist()
    chances = found.probabilities
    assert pytest.approx((yes, no, open_), abs=1e-6) == (
        chances.supported,
        chances.contradicted,
        chances.not_enough_evidence,
    )


def test_model_without_segments(tmp_path):
    (found,) = load_entailment(write(tmp_path, kind="DistilBert")).judge(PAIRS[:1])
    assert isinstance(found, Inference)


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_missing_file_is_named(tmp_path, name):
    (write(tmp_path) / name).unlink()
    with pytest.raises(EngineError, match=name) as caught:
        load_entailment(tmp_path)
    assert caught.value.error_code == "CC-E34"


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json", "model.safetensors", "config.json"])
def test_damaged_file_is_an_error(tmp_path, name):
    path = write(tmp_path) / name
    path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(EngineError, match=str(tmp_path)) as caught:
        load_entailment(tmp_path)
    assert caught.value.error_code == "CC-E35"


def test_labels_that_mean_something_else_are_named(tmp_path):
    with pytest.raises(EngineError, match="'joy', 'anger', 'fear'"):
        load_entailment(write(tmp_path, labels={0: "joy", 1: "anger", 2: "fear"}))


def test_model_that_was_not_trained_to_classify(tmp_path):
    config = transformers.BertConfig.from_pretrained(write(tmp_path))
    transformers.BertModel(config).save_pretrained(tmp_path)
    config.save_pretrained(tmp_path)
    with pytest.raises(EngineError, match="weights are missing: classifier"):
        load_entailment(tmp_path)


def test_model_smaller_than_its_tokenizer_fails_clearly(tmp_path):
    made = tiny.tokenizer()
    made.add_tokens(["zzz"])
    made.save(str(write(tmp_path) / "tokenizer.json"))
    with pytest.raises(EngineError, match="fails") as caught:
        load_entailment(tmp_path).judge([Pair(claim=CLAIM, evidence="falk zzz")])
    assert caught.value.error_code == "CC-E37"
