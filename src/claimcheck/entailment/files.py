"""
A folder with an ONNX model: ``model.json`` says what the other files are, and they are checked against it.

Every file is read once: what is checked is what is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, fields, frozen
from attrs.validators import and_, deep_iterable, deep_mapping, ge, gt, in_, instance_of, le, lt, min_len

from claimcheck.errors import EngineError
from claimcheck.paths import reason_of

#: Folder of the model that the package ships.
SHIPPED = Path(__file__).parent / "data"
#: The one format of ``model.json`` there is so far.
FORMAT = 1
CARD, MODEL, TOKENIZER = "model.json", "model.onnx", "tokenizer.json"
"""The files of a model."""

MISSING, DAMAGED, FOREIGN, FAILED = "CC-E34", "CC-E35", "CC-E36", "CC-E37"
"""Codes of a model that is not there, is not as it was made, is none that can judge pairs, and fails at it."""


@frozen(kw_only=True)
class ModelCard:
    """
    What ``model.json`` says; other keys may stand beside these.

    Args:
        format: Of this file: `FORMAT`.
        name: Name of the model.
        version: Its version.
        sha256: File name -> SHA-256 of ``model.onnx`` and ``tokenizer.json``, in hexadecimal.
        labels: What the three outputs stand for, in order.
        max_tokens: Longest sequence that the model was trained on.
        overlap: Tokens of evidence that two windows share.
        temperature: The outputs are divided by it before they become probabilities.
    """

    format: int = field(validator=in_([FORMAT]))
    name: str = field(validator=and_(instance_of(str), min_len(1)))
    version: str = field(validator=and_(instance_of(str), min_len(1)))
    sha256: Mapping[str, str] = field(validator=deep_mapping(instance_of(str), instance_of(str), instance_of(dict)))
    labels: Sequence[str] = field(validator=deep_iterable(instance_of(str), instance_of(list)))
    max_tokens: int = field(validator=and_(instance_of(int), ge(16), le(8192)))
    overlap: int = field(validator=and_(instance_of(int), ge(0)))
    temperature: float = field(validator=and_(instance_of((int, float)), gt(0.0), lt(float("inf"))))

    @property
    def identity(self) -> str:
        """Name, version and the first digits of the model's hash, so that two models never share a name."""
        return f"{self.name}-{self.version}-{self.sha256[MODEL][:12]}"


def read_file(path: Path, hint: str) -> bytes:
    """
    The bytes of one file of a model.

    Raises:
        EngineError: If it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error, hint) from error


def unreadable(path: Path, error: OSError, hint: str) -> EngineError:
    """The error for a file of a model that cannot be read."""
    msg = f"{path}: a file of the entailment model cannot be read ({reason_of(error)})"
    return EngineError(msg, hint=hint, code=MISSING)


def read_card(folder: Path, hint: str) -> ModelCard:
    """
    What ``model.json`` in *folder* says.

    Raises:
        EngineError: If the file is missing, or is no such file of the one format there is.
    """
    path = folder / CARD
    data = read_file(path, hint)
    try:
        values = json.loads(data)
        card = ModelCard(**{one.name: values[one.name] for one in fields(ModelCard)})
        lacking = {MODEL, TOKENIZER} - set(card.sha256)
    except (ValueError, TypeError, KeyError) as error:
        why = f"no key {error}" if isinstance(error, KeyError) else error.args[0] if error.args else error
        msg = f"{path}: expected a model card of format {FORMAT}, found something else: {why}"
        raise EngineError(msg, hint=hint, code=FOREIGN) from error
    if lacking:
        msg = f"{path}: expected the SHA-256 of {MODEL} and {TOKENIZER}, found none of {' and '.join(sorted(lacking))}"
        raise EngineError(msg, hint=hint, code=FOREIGN)
    return card


def read_checked(path: Path, expected: str, hint: str) -> bytes:
    """
    The bytes of a file whose hash is known.

    Raises:
        EngineError: If it is missing, or is not the file that was meant.
    """
    data = read_file(path, hint)
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        msg = f"{path}: not the file that is expected (SHA-256 {found}, {len(data)} bytes; expected SHA-256 {expected})"
        raise EngineError(msg, hint=hint, code=DAMAGED)
    return data
