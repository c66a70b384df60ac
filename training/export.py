"""
From a checkpoint to the shipped files: ONNX, eight-bit integers, tokenizer, description.

Weights of the matrices are quantised per channel to eight bits, activations as they come ("dynamic quantisation",
Jacob et al. 2018); word vectors too; then the graph is written for one sequence a run (`training.lean`).
``model.json`` says what the files are and gives their hashes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import PairEncoder, base_folder
from training.fit import CHECKPOINT
from training.lean import INPUTS, lean

BATCH_INPUTS = (*INPUTS, "attention_mask")
FORMAT = 1


def load_checkpoint(folder: Path) -> PairEncoder:
    """The encoder as *folder*'s checkpoint has it, ready to judge."""
    model = PairEncoder()
    model.load_state_dict(torch.load(folder / CHECKPOINT, weights_only=True)["model"])
    return model.eval()


def mean(model: PairEncoder, other: PairEncoder) -> PairEncoder:
    """The encoder half-way between two that were trained one from the other (Wortsman et al. 2022, "Model soups")."""
    theirs = other.state_dict()
    model.load_state_dict({name: (value + theirs[name]) / 2 for name, value in model.state_dict().items()})
    return model.eval()


def export(model: PairEncoder, path: Path) -> None:
    """Write *model* in full precision as ONNX to *path*; pairs and tokens may be of any number."""
    example = tuple(torch.ones(2, 7, dtype=torch.int64) for _ in BATCH_INPUTS)
    axes = {name: {0: "pairs", 1: "tokens"} for name in BATCH_INPUTS} | {"logits": {0: "pairs"}}
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=list(BATCH_INPUTS),
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(full: Path, small: Path) -> None:
    """Write *full* with eight-bit weights to *small*."""
    quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)


def ship(model: PairEncoder, folder: Path, *, name: str, version: str, temperature: float, max_tokens: int) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``model.json`` to *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch) / "full.onnx", Path(scratch) / "small.onnx"
        export(model, full)
        quantise(full, small)
        lean(small, folder / "model.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    description = {
        "format": FORMAT,
        "name": name,
        "version": version,
        "labels": ["supports", "contradicts", "neutral"],
        "max_tokens": max_tokens,
        "overlap": max_tokens // 4,
        "temperature": round(temperature, 4),
        "sha256": {file: _digest(folder / file) for file in ("model.onnx", "tokenizer.json")},
    }
    (folder / "model.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
