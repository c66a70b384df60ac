"""A sentence-pair model of a few kilobytes in a folder, for the tests of `entailment`: random weights, real files."""

from __future__ import annotations

import hashlib
import json
import string

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

MAX_TOKENS = 32
OVERLAP = 6
LABELS = ["supports", "neutral", "contradicts"]
WORDS = ["falk", "resigned", "he", "in", "2009", "the", "treaty", "signed", "never", ".", ",", "!"]
LETTERS = string.ascii_lowercase + string.digits
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *LETTERS, *(f"##{letter}" for letter in LETTERS)]


def tokenizer():
    ids = {token: number for number, token in enumerate(dict.fromkeys(VOCABULARY))}
    made = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])],
    )
    # As in the files of published models; what is cut there would be cut in silence.
    made.enable_truncation(8)
    made.enable_padding(length=8)
    return made


def graph(*, outputs=3, inputs=("input_ids", "token_type_ids"), output="logits", seed=0):
    """Embeddings of tokens, of segments and of both, their mean, and a linear layer."""
    random = np.random.default_rng(seed)
    size = 8
    tensors = {
        "tokens": random.normal(size=(len(VOCABULARY), size)),
        "segments": random.normal(size=(2, size)),
        "weights": 8 * random.normal(size=(size, outputs)),
    }
    nodes = [
        helper.make_node("Gather", ["tokens", inputs[0]], ["a"]),
        helper.make_node("Gather", ["segments", inputs[1]], ["b"]),
        helper.make_node("Mul", ["a", "b"], ["c"]),
        helper.make_node("ReduceMean", ["c"], ["d"], axes=[1], keepdims=0),
        helper.make_node("MatMul", ["d", "weights"], [output]),
    ]
    made = helper.make_model(
        helper.make_graph(
            nodes,
            "tiny",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in inputs],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", outputs])],
            [numpy_helper.from_array(value.astype(np.float32), name) for name, value in tensors.items()],
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=9,
    )
    onnx.checker.check_model(made)
    return made.SerializeToString()


def write(folder, *, model=None, tokens=None, **card):
    """Write a model to *folder*; *card* replaces what ``model.json`` says, ``None`` leaves a key out."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "model.onnx": graph() if model is None else model,
        "tokenizer.json": tokenizer().to_str().encode() if tokens is None else tokens,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    values = {
        "format": 1,
        "name": "tiny",
        "version": "1",
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "labels": LABELS,
        "max_tokens": MAX_TOKENS,
        "overlap": OVERLAP,
        "temperature": 1.5,
        "trained": "never",
    } | card
    (folder / "model.json").write_text(json.dumps({k: v for k, v in values.items() if v is not None}))
    return folder
