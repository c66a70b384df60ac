"""
Readings of claims and drafts, and what the entailment model said of pairs, kept between runs.

A claim that was read before is not read again, and a pair that was judged before is not judged again: neither the
language model nor the entailment model is loaded then.  A result is found under a key of its whole input and of
everything else that decides it (`claimcheck.checker.versions`), so that what comes out is what would be computed.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

import claimcheck
from claimcheck.entailment import Entailment, Inference, Pair, identity, load_entailment
from claimcheck.errors import ClaimcheckError, SpanError
from claimcheck.index import ANALYSIS_VERSION, serial
from claimcheck.model import Document, Failure, Probabilities, Reading

from . import versions
from .cache import cache_folder
from .results import FILE, ResultStore, key_of

_READS = ("model", "language")
_JUDGES = "entailment"
_SHAPES = (ClaimcheckError, TypeError, ValueError, KeyError, AttributeError)
"""What comes of data that do not have the shape that they should have."""


@attrs.frozen(kw_only=True)
class _Asked:
    """
    A reading that is asked for.

    Args:
        parts: What decides it.
        text: What is read.
    """

    parts: tuple[str, ...]
    text: str


class Kept:
    """
    What was computed before, in *store*.

    Args:
        store: Where it is kept.
    """

    def __init__(self, store: ResultStore) -> None:
        self._store = store

    @classmethod
    def of_user(cls) -> Kept | None:
        """What is kept in the user's cache folder, ``None`` when nothing is to be kept."""
        folder = cache_folder()
        return cls(ResultStore(folder / FILE)) if folder is not None else None

    # -------------------------------------------------------------------- readings

    def read_claim(self, text: str, *, anchor: dt.date | None = None) -> Reading:
        """The same as `claimcheck.language.read_claim`."""
        (reading,) = self.read_claims([(text, anchor)])
        return reading

    def read_claims(self, claims: Sequence[tuple[str, dt.date | None]]) -> list[Reading]:
        """The same as `claimcheck.language.read_claims`."""
        asked = [
            _Asked(parts=("claim", text, anchor.isoformat() if anchor is not None else ""), text=text)
            for text, anchor in claims
        ]
        return self._readings(asked, lambda missing: _language().read_claims([claims[number] for number in missing]))

    def read(self, document: Document) -> Reading:
        """The same as `claimcheck.language.read`."""
        asked = _Asked(
            parts=("document", serial.dumps(serial.unstructure(document, document.text))), text=document.text
        )
        (reading,) = self._readings([asked], lambda _: [_language().read(document)])
        return reading

    def _readings(self, asked: Sequence[_Asked], read: Callable[[Sequence[int]], Sequence[Reading]]) -> list[Reading]:
        """The readings that were *asked* for; *read* gives those that are not kept, by their places."""
        version = _reading_version()
        if not version:
            return list(read(range(len(asked))))
        keys = [key_of(version, *one.parts) for one in asked]
        kept = self._store.get(list(dict.fromkeys(keys)))
        readings: dict[int, Reading] = {}
        for number, (key, one) in enumerate(zip(keys, asked, strict=True)):
            if key in kept:
                with suppress(*_SHAPES):  # written by other code under the same version: read again
                    readings[number] = serial.structure(kept[key], Reading, one.text)
        missing = [number for number in range(len(asked)) if number not in readings]
        new = dict(zip(missing, read(missing), strict=True)) if missing else {}
        made = {}
        for number, reading in new.items():
            with suppress(SpanError):
                made[keys[number]] = serial.unstructure(reading, asked[number].text)
        if made:
            self._store.put(made)
        return [(readings | new)[number] for number in range(len(asked))]

    # ------------------------------------------------------------------ judgements

    def entailment(self, spec: Entailment | Path | str | None) -> Entailment | None:
        """
        The model that *spec* names, as `claimcheck.entailment.load_entailment` gives it.

        One whose files say what it is, is loaded when a pair comes that was not judged before.

        Raises:
            ConfigError: If *spec* names no model.
            EngineError: If the model is missing or damaged, as far as that shows before it is loaded.
        """
        known = identity(spec)
        if known is None:
            return load_entailment(spec)
        return KeptEntailment(self._store, known.name, _judging_version(known.digest), lambda: load_entailment(spec))


class KeptEntailment:
    """
    An entailment model that is asked only for what is not in *store*.

    Args:
        store: Where results are kept.
        name: The model's.
        version: Everything besides the pair that decides what the model says of it.
        load: Gives the model.
    """

    def __init__(self, store: ResultStore, name: str, version: str, load: Callable[[], Entailment | None]) -> None:
        self._store = store
        self._name = name
        self._version = version
        self._load = functools.cache(load)

    @property
    def name(self) -> str:
        """The model and its version."""
        return self._name

    def judge(self, pairs: Sequence[Pair]) -> list[Inference | Failure]:
        """
        Judge *pairs*, in order; a pair that cannot be judged gives a `Failure` in its place.

        Raises:
            EngineError: If the model is needed and missing or damaged, or fails.
        """
        keys = [key_of(self._version, "pair", pair.title, pair.evidence, pair.claim) for pair in pairs]
        results = {}
        for key, data in self._store.get(list(dict.fromkeys(keys))).items():
            try:
                results[key] = _result(data)
            except _SHAPES:
                continue  # written by other code under the same version: judged again
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in results}
        if missing:
            model = self._load()
            assert model is not None
            new = dict(zip(missing, model.judge(list(missing.values())), strict=True))
            self._store.put({key: attrs.asdict(result) for key, result in new.items()})
            results.update(new)
        return [results[key] for key in keys]


def _result(data: dict[str, Any]) -> Inference | Failure:
    if "code" in data:
        return Failure(**data)
    first, last = data["window"]
    return Inference(
        probabilities=Probabilities(**data["probabilities"]), windows=int(data["windows"]), window=(first, last)
    )


def _language() -> Any:
    from claimcheck.language import reading  # noqa: PLC0415 - loads the language model's code

    return reading


def _reading_version() -> str:
    """What decides a reading besides its text, ``""`` when nobody can tell: then nothing is kept."""
    name, version = versions.language_model()
    if not version:
        return ""
    engines = versions.installed("spacy", "thinc", "numpy", "rapidfuzz")
    return json.dumps(
        [claimcheck.__version__, ANALYSIS_VERSION, name, version, engines, versions.machine(), versions.code(*_READS)]
    )


def _judging_version(digest: str) -> str:
    """What decides a judgement besides its pair."""
    engines = versions.installed("onnxruntime", "tokenizers", "numpy")
    code = versions.code(_JUDGES, only="*.py")
    return json.dumps([claimcheck.__version__, digest, engines, versions.machine(), code])
