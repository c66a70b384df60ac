"""
A sequence classification model in a Hugging Face folder, with torch and transformers.

The only module that imports them; they come with the extra ``[transformers]``.  Everything is read from the folder:
``config.json``, ``model.safetensors`` (never a pickle) and ``tokenizer.json``; nothing is fetched, and no code that
a folder may hold is run.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForSequenceClassification
from transformers.utils import logging

from claimcheck.errors import EngineError

from .files import DAMAGED, FAILED, FOREIGN, TOKENIZER, read_file, unreadable
from .judging import KEPT, PairModel
from .labels import stances
from .windows import Encoder, Window, parsed_tokenizer

#: The weights.
WEIGHTS = "model.safetensors"
#: Sequences are at most so long, whatever the model takes: what it costs grows with the square.
MAX_TOKENS = 512
#: Tokens of evidence that two windows share.
OVERLAP = 64

_HINT = "save the model and its fast tokenizer with save_pretrained"


class TransformersEntailment(PairModel):
    """
    Judges pairs with the model of a Hugging Face folder.

    Its labels must mean the three stances: entailment, contradiction and neutral, or whatever else
    `claimcheck.entailment.labels` knows.

    Args:
        folder: Holds ``config.json``, ``model.safetensors`` and ``tokenizer.json``.
        threads: Processors that torch uses, in the whole process; ``None`` leaves that as it is.
        kept: Results that are kept at hand.
    Raises:
        EngineError: If a file is missing or damaged, or the labels mean something else.
    """

    def __init__(self, folder: Path, *, threads: int | None = None, kept: int = KEPT) -> None:
        weights = _digest(folder / WEIGHTS)
        path = folder / TOKENIZER
        tokenizer = parsed_tokenizer(path, read_file(path, _HINT), _HINT)
        self._model = _model(folder)
        config = self._model.config
        names = [str(config.id2label[at]) for at in range(config.num_labels)]
        super().__init__(
            name=f"{folder.resolve().name}-{weights[:12]}",
            encoder=Encoder(tokenizer, max_tokens=_max_tokens(folder, config), overlap=OVERLAP),
            labels=stances(names, str(folder)),
            kept=kept,
        )
        self._typed = "token_type_ids" in inspect.signature(self._model.forward).parameters
        if threads is not None:
            torch.set_num_threads(threads)

    def _logits(self, window: Window) -> Sequence[float]:
        ids = torch.tensor([window.ids])
        values = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if self._typed:
            values["token_type_ids"] = torch.tensor([window.types])
        try:
            with torch.inference_mode():
                row: list[float] = self._model(**values).logits[0].double().tolist()
        except (RuntimeError, IndexError) as error:
            msg = f"the entailment model {self.name} fails: {error}"
            raise EngineError(msg, hint="check that the tokenizer is the model's own", code=FAILED) from error
        return row


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error, _HINT) from error


@contextmanager
def _no_progress() -> Iterator[None]:
    """No bar on standard error while weights are loaded: only doors write there."""
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _model(folder: Path) -> Any:
    try:
        with _no_progress():
            model, report = AutoModelForSequenceClassification.from_pretrained(
                folder,
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
                dtype=torch.float32,
                output_loading_info=True,
            )
    except Exception as error:  # what transformers and safetensors raise has no base of its own
        msg = f"{folder}: expected a sequence classification model, found something else: {error}"
        raise EngineError(msg, hint=_HINT, code=DAMAGED) from error
    if report["missing_keys"]:
        msg = f"{folder / WEIGHTS}: weights are missing: {', '.join(sorted(report['missing_keys']))}"
        raise EngineError(msg, hint="name a model that was trained to classify pairs", code=FOREIGN)
    return model.eval()


def _max_tokens(folder: Path, config: Any) -> int:
    """The shortest of what the tokenizer says, what the positions allow, and `MAX_TOKENS`."""
    limits = [MAX_TOKENS, getattr(config, "max_position_embeddings", MAX_TOKENS)]
    path = folder / "tokenizer_config.json"
    if path.is_file():
        try:
            limits.append(int(json.loads(path.read_bytes()).get("model_max_length", MAX_TOKENS)))
        except (ValueError, TypeError, AttributeError) as error:
            msg = f"{path}: expected the settings of a tokenizer, found something else: {error}"
            raise EngineError(msg, hint=_HINT, code=DAMAGED) from error
    return min(limits)
