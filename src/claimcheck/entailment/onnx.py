"""
The default engine: an ONNX model on the CPU with onnxruntime.

The inputs are those of BERT and its kin (``input_ids``, and ``attention_mask`` and ``token_type_ids`` where the model
asks for them; int64, one sequence a run), the output is ``logits``, one row of three.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from claimcheck.errors import ConfigError, EngineError

from .files import CARD, DAMAGED, FAILED, FOREIGN, MODEL, SHIPPED, TOKENIZER, ModelCard, read_card, read_checked
from .judging import KEPT, PairModel
from .labels import stances
from .windows import Encoder, Window, parsed_tokenizer

#: The output that is read.
OUTPUT = "logits"

_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_PROBE = Window(ids=(0, 0), types=(0, 0), start=0, end=0)
_ERRORS_ONLY = 3
#: What this makes takes onnxruntime longer on a CPU than the nodes that it replaces: about a tenth of a run.
_SLOW = ["SkipLayerNormFusion"]


class OnnxEntailment(PairModel):
    """
    Judges pairs with the ONNX model of a folder.

    Args:
        folder: Holds ``model.onnx``, ``tokenizer.json`` and ``model.json``; the shipped model when ``None``.
        threads: Windows that are judged at the same time, each on one processor; ``None`` is all processors.
            The results do not depend on it.
        kept: Results that are kept at hand.
    Raises:
        ConfigError: If *threads* is less than 1.
        EngineError: If a file is missing or damaged, or the model is none that judges pairs.
    """

    def __init__(self, folder: Path | None = None, *, threads: int | None = None, kept: int = KEPT) -> None:
        hint = "reinstall claimcheck-editorial" if folder is None else "name the folder of a complete model"
        folder = folder or SHIPPED
        card = read_card(folder, hint)
        labels = stances(card.labels, str(folder / CARD))
        super().__init__(
            name=card.identity,
            encoder=_encoder(folder, card, hint),
            labels=labels,
            temperature=card.temperature,
            threads=_processors(threads),
            kept=kept,
        )
        path = folder / MODEL
        self._session = _session(path, read_checked(path, card.sha256[MODEL], hint))
        self._inputs = tuple(one.name for one in self._session.get_inputs())
        self._check_model(path)

    def _logits(self, window: Window) -> Sequence[float]:
        ids = np.array([window.ids], dtype=np.int64)
        values = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.array([window.types], dtype=np.int64),
        }
        try:
            (logits,) = self._session.run([OUTPUT], {name: values[name] for name in self._inputs})
        except Exception as error:  # onnxruntime's errors have no base of their own
            msg = f"the entailment model {self.name} fails: {error}"
            raise EngineError(msg, hint="please report it, with the pair that was judged", code=FAILED) from error
        row: list[float] = np.asarray(logits, dtype=np.float64).reshape(-1).tolist()
        return row

    def _check_model(self, path: Path) -> None:
        """Run the model once, so that one that does not judge pairs is found out here."""
        outputs = [one.name for one in self._session.get_outputs()]
        found = f"inputs {', '.join(self._inputs)}, outputs {', '.join(outputs)}"
        if OUTPUT in outputs and "input_ids" in self._inputs and set(self._inputs) <= _INPUTS:
            count = len(self._logits(_PROBE))
            if count == len(self._labels):
                return
            found = f"{count} logits"
        msg = f"{path}: expected inputs input_ids, attention_mask, token_type_ids and three {OUTPUT}, found {found}"
        raise EngineError(msg, hint="export a three-way sequence classification model", code=FOREIGN)


def _encoder(folder: Path, card: ModelCard, hint: str) -> Encoder:
    path = folder / TOKENIZER
    data = read_checked(path, card.sha256[TOKENIZER], hint)
    return Encoder(parsed_tokenizer(path, data, hint), max_tokens=card.max_tokens, overlap=card.overlap)


def _session(path: Path, data: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = _ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
    except Exception as error:  # onnxruntime's errors have no base of their own
        msg = f"{path}: expected an ONNX model, found something else: {error}"
        raise EngineError(msg, hint="export the model again", code=DAMAGED) from error


def _processors(threads: int | None) -> int:
    if threads is None:
        return os.cpu_count() or 1
    if threads < 1:
        msg = f"threads must be 1 or more, not {threads}"
        raise ConfigError(msg, hint="leave it out to use all processors")
    return threads
