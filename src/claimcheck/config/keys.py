"""The keys: everything that can be configured, each with what it means and how its value is read."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen

from claimcheck.errors import ConfigError
from claimcheck.language.aliases import NO_ALIASES
from claimcheck.paths import refusal

from . import values
from .values import Reader

#: What the names of environment variables begin with.
PREFIX = "CLAIMCHECK_"
#: Longest wait of the language server after a change, in seconds.
MAX_DELAY = 60.0


@frozen(kw_only=True)
class Key:
    """
    One thing that can be configured.

    Args:
        name: As it stands in a file, with hyphens.
        about: What it means, for the documentation.
        read: Checks a raw value.
        default: What holds when nothing is said.
        place: Makes a checked value independent of where the file is; paths are relative to its folder.
        written: Makes a raw value of the text of an environment variable; ``None`` when there is no such variable.
    """

    name: str
    about: str
    read: Reader
    default: Any = None
    place: Callable[[Any, Path], Any] = lambda value, _folder: value
    written: Callable[[str], Any] | None = str

    @property
    def parameter(self) -> str:
        """Its name as an option's parameter and in the settings of an editor."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """The environment variable, ``""`` when it has none."""
        return PREFIX + self.parameter.upper() if self.written is not None else ""


def _absolute(value: str | None, folder: Path) -> str | None:
    return values.in_folder(value, folder) if value else None


def _all_absolute(value: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    return tuple(values.in_folder(path, folder) for path in value)


def _model(value: str, folder: Path) -> str:
    """A model's name as it is, and a folder with one as an absolute path."""
    found = folder / values.at_home(value)
    return str(found) if not refusal(found) and found.is_dir() else value


_PATHS = values.parts(os.pathsep)
_WORDS = values.parts(",")

#: All keys, in the order in which they are shown.
KEYS: tuple[Key, ...] = (
    Key(
        name="corpus",
        about="files and folders of articles, indexed on the fly",
        read=values.texts,
        default=(),
        place=_all_absolute,
        written=_PATHS,
    ),
    Key(name="index", about="an index file, instead of a corpus", read=values.path, place=_absolute),
    Key(
        name="articles",
        about="where the articles of the index are, so that an editor can open them",
        read=values.texts,
        default=(),
        place=_all_absolute,
        written=_PATHS,
    ),
    Key(name="as-of", about="the day that counts as today; later articles are ignored", read=values.day),
    Key(name="method", about="what judges: `slots` or `both`", read=values.method, default="both"),
    Key(
        name="entailment",
        about="the entailment model: `default`, `none`, a folder, or the name of an installed one",
        read=values.text,
        default="default",
        place=_model,
    ),
    Key(
        name="min-confidence",
        about="0 to 1: less sure verdicts are not enough evidence, less sure findings are left out",
        read=values.number(1.0),
        default=0.0,
        written=values.as_number,
    ),
    Key(
        name="fail-on",
        about="the verdict from which on a command exits with 1, or `never`",
        read=values.level,
        default="contradicted",
    ),
    Key(
        name="format",
        about="shape of the results, for the commands that can write it",
        read=values.output_format,
        default="text",
    ),
    Key(
        name="jobs",
        about="processes that read articles; 0 is one a processor",
        read=values.count,
        default=1,
        written=values.as_number,
    ),
    Key(
        name="select",
        about="beginnings of codes: only these findings",
        read=values.prefixes,
        default=(),
        written=_WORDS,
    ),
    Key(
        name="ignore", about="beginnings of codes: not these findings", read=values.prefixes, default=(), written=_WORDS
    ),
    Key(name="baseline", about="a file of accepted findings", read=values.path, place=_absolute),
    Key(
        name="memory",
        about="a file of claims that were checked before, made by `claimcheck memory`",
        read=values.path,
        place=_absolute,
    ),
    Key(
        name="aliases",
        about="a table of names that are one, each with its other name or names",
        read=values.aliases,
        default=NO_ALIASES,
        written=None,
    ),
    Key(
        name="reasons",
        about="reasons that the editor offers for ignoring a finding",
        read=values.texts,
        default=(),
        written=None,
    ),
    Key(
        name="rules-url",
        about="where the page of a rule is, with `{code}` for the code in lower case",
        read=values.address,
        default="",
    ),
    Key(
        name="delay",
        about="seconds without a change before the language server checks a draft",
        read=values.number(MAX_DELAY),
        default=0.4,
        written=values.as_number,
    ),
)


def find_key(name: str) -> Key:
    """
    The key called *name*, with hyphens or underscores.

    Raises:
        ConfigError: If there is none.
    """
    wanted = name.replace("_", "-")
    for key in KEYS:
        if key.name == wanted:
            return key
    known = [key.name for key in KEYS]
    near = difflib.get_close_matches(wanted, known, n=1)
    msg = f"there is no setting {name!r}"
    raise ConfigError(msg, hint=f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}")
