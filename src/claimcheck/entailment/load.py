"""From what a user names to an entailment model. No engine is imported before it is needed."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

from attrs import frozen

from claimcheck.errors import ConfigError, EngineError
from claimcheck.paths import absent, refusal

from .files import CARD, MISSING, SHIPPED, read_card
from .protocol import Entailment

#: Spec of the model that the package ships.
DEFAULT = "default"
#: Entry points of this group are callables without arguments that give a model.
GROUP = "claimcheck.entailment"
#: What a Hugging Face folder holds.
CONFIG = "config.json"


@frozen(kw_only=True)
class Identity:
    """
    What a model is, as far as its files say so.

    Args:
        name: The name and version that it has when it is loaded.
        digest: SHA-256 of the file that describes it, which names the hashes of the others.
    """

    name: str
    digest: str


def identity(spec: Entailment | Path | str | None) -> Identity | None:
    """
    What the model is that *spec* names, without loading it.

    Args:
        spec: As `load_entailment` takes it.
    Returns:
        ``None`` when only loading can tell: it is no folder with an ONNX model, or something is wrong with it.
    """
    folder = SHIPPED if isinstance(spec, str) and spec == DEFAULT else spec
    if isinstance(folder, str):
        folder = Path(folder)
    if not isinstance(folder, Path):
        return None
    try:
        card = read_card(folder, "")
        return Identity(name=card.identity, digest=hashlib.sha256((folder / CARD).read_bytes()).hexdigest())
    except (OSError, EngineError):
        return None


def load_entailment(spec: Entailment | Path | str | None, *, threads: int | None = None) -> Entailment | None:
    """
    The entailment model that *spec* names.

    Args:
        spec: ``"default"`` for the model that the package ships; ``None`` for none; a folder with an ONNX model
            (``model.json``) or a Hugging Face sequence classification model (``config.json``); the name of an entry
            point in the group ``claimcheck.entailment``; or a model, which is taken as it is.
        threads: Pairs that are judged at the same time, for the models that claimcheck itself runs.
    Raises:
        ConfigError: If *spec* names no model.
        EngineError: If the model is missing or damaged, is none that judges pairs, or needs what is not installed.
    """
    if spec is None:
        return None
    if isinstance(spec, str) and spec == DEFAULT:
        return _onnx(None, threads)
    if isinstance(spec, Path):
        return _of_folder(spec, threads)
    if isinstance(spec, str):
        is_path = not absent(spec) or "/" in spec or "\\" in spec
        return _of_folder(Path(spec), threads) if is_path else _of_entry_point(spec)
    return _checked(spec, "the entailment model")


def _onnx(folder: Path | None, threads: int | None) -> Entailment:
    from .onnx import OnnxEntailment  # noqa: PLC0415 - the engine takes a tenth of a second to import

    return OnnxEntailment(folder, threads=threads)


def _of_folder(folder: Path, threads: int | None) -> Entailment:
    if reason := refusal(folder / CARD):
        msg = f"{folder}: {reason}"
        raise EngineError(msg, hint="name the folder of a complete model", code=MISSING)
    if (folder / CARD).is_file():
        return _onnx(folder, threads)
    if not (folder / CONFIG).is_file():
        found = "no such folder" if not folder.is_dir() else "a folder without either"
        msg = f"{folder}: expected an entailment model with {CARD} or {CONFIG}, found {found}"
        raise EngineError(msg, hint="name the folder of a complete model", code=MISSING)
    try:
        importlib.import_module("torch")
        importlib.import_module("transformers")
    except ImportError as error:
        msg = f"{folder}: a Hugging Face model needs the package {error.name}, which is not installed"
        raise EngineError(msg, hint="pip install 'claimcheck-editorial[transformers]'", code=MISSING) from error
    from .transformers import TransformersEntailment  # noqa: PLC0415 - needs the extra

    return TransformersEntailment(folder, threads=threads)


def _of_entry_point(name: str) -> Entailment:
    from importlib.metadata import entry_points  # noqa: PLC0415 - takes as long as all the rest here

    known = entry_points(group=GROUP)
    if name not in known.names:
        others = ", ".join(sorted(known.names)) or "none"
        msg = f"there is no entailment model {name!r} (installed besides {DEFAULT!r}: {others})"
        raise ConfigError(msg, hint="name an installed one, or a folder as a path, such as ./model")
    try:
        model = known[name].load()()
    except (ImportError, AttributeError, TypeError) as error:
        msg = f"the entailment model {name!r} cannot be loaded: {error}"
        raise EngineError(msg, hint=f"update or remove {known[name].value}", code=MISSING) from error
    return _checked(model, f"the entailment model {name!r}")


def _checked(model: object, what: str) -> Entailment:
    if isinstance(model, type) or not isinstance(model, Entailment) or not isinstance(model.name, str):
        msg = f"{what} has no name and judge: it is a {type(model).__name__}"
        raise ConfigError(msg, hint="give an object with a name and a method judge(pairs)")
    return model
