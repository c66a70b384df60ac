"""The configuration in force: defaults, the file, the environment, each value with where it came from."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from attrs import frozen

from claimcheck.errors import ConfigError

from .files import ConfigFile, named_file, nearest_file
from .keys import KEYS, PREFIX, Key, find_key

#: Variables that begin like ours and are no settings.
OTHER_VARIABLES = frozenset({"CLAIMCHECK_CACHE", "CLAIMCHECK_SPACY_MODEL"})
#: Pairs of keys of which only one can hold: the one that was said last, or nearer to the user.
RIVALS = {"corpus": "index", "index": "corpus"}


class Origin(StrEnum):
    """Where a value came from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


@frozen(kw_only=True)
class Setting:
    """
    A value and where it came from.

    Args:
        key: What it is the value of.
        value: Checked; paths are absolute when they came from a file.
        origin: Default, file or environment.
        source: The path of the file or the name of the variable, ``""`` for a default.
    """

    key: Key
    value: Any
    origin: Origin = Origin.DEFAULT
    source: str = ""


@frozen(kw_only=True)
class Configuration:
    """
    The configuration in force.

    Args:
        file: The file that was read, ``None`` for none.
        settings: One for each key, in their order.
    """

    file: Path | None
    settings: tuple[Setting, ...]

    def __getitem__(self, name: str) -> Setting:
        """The setting of that name."""
        key = find_key(name)
        return next(setting for setting in self.settings if setting.key is key)

    @property
    def given(self) -> Mapping[str, Any]:
        """What is no default, by the name of the parameter: ``min_confidence``."""
        return {s.key.parameter: s.value for s in self.settings if s.origin is not Origin.DEFAULT}


def configuration(
    *,
    environment: Mapping[str, str],
    folder: Path,
    file: Path | None = None,
    isolated: bool = False,
) -> Configuration:
    """
    Find out what is configured.

    Args:
        environment: Normally `os.environ`.
        folder: Where to begin to look for a file.
        file: The file to read instead of the nearest.
        isolated: Read no file.
    Raises:
        ConfigError: If a key is unknown, a value does not make sense, or a file cannot be read.
    """
    if file is not None and isolated:
        msg = "--config and --isolated exclude each other"
        raise ConfigError(msg, hint="leave one of them out")
    found = None if isolated else named_file(file) if file is not None else nearest_file(folder.absolute())
    held: dict[str, Setting] = {}
    for layer in (list(_from_file(found)) if found else [], list(_from_environment(environment))):
        _refuse_rivals(layer)
        for setting in layer:
            held.pop(RIVALS.get(setting.key.name, ""), None)
        held.update({setting.key.name: setting for setting in layer})
    settings = tuple(held.get(key.name) or Setting(key=key, value=key.default) for key in KEYS)
    return Configuration(file=found.path if found else None, settings=settings)


def _from_file(found: ConfigFile) -> Iterator[Setting]:
    seen: set[str] = set()
    for name, raw in found.table.items():
        try:
            setting = _written(name, raw, found.path, seen)
        except ConfigError as error:
            msg = f"{found.path}: {error.message}"
            raise ConfigError(msg, hint=error.hint) from error
        yield setting


def _written(name: str, raw: Any, path: Path, seen: set[str]) -> Setting:
    """One setting of a file; *seen* are the keys before it."""
    key = find_key(name)
    if key.name in seen:
        msg = f"{key.name} is given twice"
        raise ConfigError(msg, hint="leave one of them out")
    seen.add(key.name)
    value = key.place(key.read(key.name, raw), path.parent)
    return Setting(key=key, value=value, origin=Origin.FILE, source=str(path))


def _from_environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    known = {key.variable: key for key in KEYS if key.variable}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name in OTHER_VARIABLES:
            continue
        key = known.get(name)
        if key is None:
            _refuse_misspelt(name, known)
        elif environment[name]:
            assert key.written is not None
            value = key.read(name, key.written(environment[name]))
            yield Setting(key=key, value=value, origin=Origin.ENVIRONMENT, source=name)


def _refuse_misspelt(name: str, known: Mapping[str, Key]) -> None:
    """Refuse a variable whose name is nearly one of ours; any other may be somebody else's."""
    ours = [variable.removeprefix(PREFIX) for variable in (*known, *sorted(OTHER_VARIABLES))]
    near = difflib.get_close_matches(name.removeprefix(PREFIX), ours, n=1, cutoff=0.75)
    if near:
        msg = f"there is no environment variable {name}"
        raise ConfigError(msg, hint=f"did you mean {PREFIX}{near[0]}?")


def _refuse_rivals(layer: list[Setting]) -> None:
    """Refuse two keys from one place of which only one can hold."""
    names = {setting.key.name: setting for setting in layer if setting.value}
    for setting in names.values():
        if RIVALS.get(setting.key.name) in names:
            msg = f"corpus and index exclude each other, in {setting.source}"
            raise ConfigError(msg, hint="name a folder of articles, or an index file")
