"""Configuration files: the nearest one, and what stands in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from claimcheck.errors import ConfigError
from claimcheck.paths import reason_of, refusal

#: A Python project's own file, where the keys stand in the table ``[tool.claimcheck]``.
PROJECT = "pyproject.toml"
#: A file for nothing else, where they stand at the top.
OWN = "claimcheck.toml"
SECTION = "claimcheck"


@frozen(kw_only=True)
class ConfigFile:
    """A file with its keys, as they stand there."""

    path: Path
    table: Mapping[str, Any]


def nearest_file(folder: Path) -> ConfigFile | None:
    """
    The configuration for whoever works in *folder*: in it, or else in the nearest folder above.

    Of two files in one folder ``pyproject.toml`` counts, if it has the table ``[tool.claimcheck]``.

    Raises:
        ConfigError: If a file on the way is not TOML, or cannot be read.
    """
    for place in (folder, *folder.parents):
        for name in (PROJECT, OWN):
            if not refusal(place / name) and (place / name).is_file() and (found := _table(place / name)) is not None:
                return found
    return None


def named_file(path: Path) -> ConfigFile:
    """
    The configuration in *path*.

    Raises:
        ConfigError: If it is not there, is not TOML, or is a ``pyproject.toml`` without our table.
    """
    if reason := refusal(path):
        msg = f"the configuration file {path} cannot be read: {reason}"
        raise ConfigError(msg, hint="check the path in --config")
    if not path.is_file():
        msg = f"there is no configuration file {path}"
        raise ConfigError(msg, hint="check the path in --config")
    found = _table(path)
    if found is None:
        msg = f"{path} has no table [tool.{SECTION}]"
        raise ConfigError(msg, hint=f"write the keys there, or in a file called {OWN}")
    return evolve(found, path=path.absolute())


def _table(path: Path) -> ConfigFile | None:
    """What is ours in *path*, ``None`` when nothing is."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        msg = f"{path} is not TOML: {error}"
        raise ConfigError(msg, hint="mend the file, or leave it out with --isolated") from error
    except OSError as error:
        msg = f"{path} cannot be read: {reason_of(error)}"
        raise ConfigError(msg, hint="check its permissions, or leave it out with --isolated") from error
    if path.name != PROJECT:
        return ConfigFile(path=path, table=content)
    tools = content.get("tool")
    ours = tools.get(SECTION) if isinstance(tools, dict) else None
    if ours is None:
        return None
    if not isinstance(ours, dict):
        msg = f"tool.{SECTION} in {path} is no table"
        raise ConfigError(msg, hint=f"write it as [tool.{SECTION}]")
    return ConfigFile(path=path, table=ours)
