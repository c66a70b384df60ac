"""Readers of single values: from TOML, from an editor's JSON, or from the text of an environment variable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from claimcheck.checker.pairs import Method
from claimcheck.checker.rules import checked_prefix
from claimcheck.checker.schemes import scheme_of
from claimcheck.errors import ConfigError
from claimcheck.language.aliases import Aliases
from claimcheck.model import Label

#: What stands for a code in the address of the rules.
CODE = "{code}"
#: Level of ``fail-on`` at which nothing fails.
NEVER = "never"
#: What a user says for no entailment model.
NO_MODEL = "none"

#: Makes a checked value of a raw one; the name is that of the setting, for the error.
Reader = Callable[[str, Any], Any]


def wrong(name: str, value: Any, wanted: str) -> ConfigError:
    """The error for a value that does not make sense."""
    return ConfigError(f"{name} cannot be {value!r}", hint=f"{name} is {wanted}")


def text(name: str, value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise wrong(name, value, "a text")
    return value


def address(name: str, value: Any) -> str:
    """The address of something about a code, ``""`` for none."""
    if text(name, value) and CODE not in value:
        raise wrong(name, value, f"an address with {CODE} in it")
    return str(value)


def path(name: str, value: Any) -> str | None:
    """A path, ``None`` for an empty text."""
    return text(name, value) or None


def at_home(path: str) -> Path:
    """
    *path* with the user's home for ``~``.

    Raises:
        ConfigError: If it names the home of a user whom this machine does not know.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        msg = f"{path} begins with the home of nobody whom this machine knows"
        raise ConfigError(msg, hint="write the whole path, or ./ before the name") from error


def in_folder(path: str, folder: Path) -> str:
    """
    *path* made absolute, where a relative one counts from *folder*; an address with a scheme stays as it is.

    Raises:
        ConfigError: If it names the home of a user whom this machine does not know.
    """
    return path if scheme_of(path) else str(folder / at_home(path))


def texts(name: str, value: Any) -> tuple[str, ...]:
    """One text or a list of texts; blank ones are left out."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise wrong(name, value, "a text or a list of texts")
    return tuple(item for item in items if item.strip())


def prefixes(name: str, value: Any) -> tuple[str, ...]:
    """Beginnings of the codes of rules."""
    return tuple(checked_prefix(item) for item in texts(name, value))


def day(name: str, value: Any) -> dt.date | None:
    """A day: TOML's own date, or a text; ``None`` for an empty one."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(text(name, value)) if value else None
    except ValueError as error:
        raise wrong(name, value, "a day as YYYY-MM-DD") from error


def method(name: str, value: Any) -> Method:
    """What judges claims."""
    return Method(one_of([Method.SLOTS.value, Method.BOTH.value])(name, value))


def level(name: str, value: Any) -> str:
    """A verdict at which a command exits with 1, or ``never``."""
    return one_of([*(label.value for label in Label if label is not Label.SUPPORTED), NEVER])(name, value)


def output_format(name: str, value: Any) -> str:
    """A format that at least one command can write."""
    from claimcheck.render.check_formats import FORMATS  # noqa: PLC0415 - most configurations name none

    return one_of(["text", *FORMATS])(name, value)


def one_of(known: Collection[str]) -> Callable[[str, Any], str]:
    """A reader for one of the words *known*."""

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise wrong(name, value, f"{', '.join(list(known)[:-1])} or {list(known)[-1]}")
        return str(value)

    return read


def number(most: float) -> Callable[[str, Any], float]:
    """A reader for a number from 0 to *most*."""

    def read(name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise wrong(name, value, f"a number from 0 to {most:g}")
        return float(value)

    return read


def aliases(name: str, value: Any) -> Aliases:
    """A table of names with their other names."""
    if not isinstance(value, Mapping) or not all(isinstance(other, str | list | tuple) for other in value.values()):
        raise wrong(name, value, 'a table such as {"the Fed" = "Federal Reserve"}')
    return Aliases.of(value)


def count(name: str, value: Any) -> int:
    """A whole number from 0 on."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(name, value, "a whole number, 0 or more")
    return value


# ------------------------------------------------------- from an environment variable


def as_number(written: str) -> Any:
    """The number that a text gives, or the text itself for the reader to refuse."""
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written


def parts(separator: str) -> Callable[[str], list[str]]:
    """Splits a text at *separator*."""
    return lambda written: [part.strip() for part in written.split(separator)]


# ----------------------------------------------------------------------- for showing


def plain(value: Any) -> Any:
    """*value* as JSON can hold it, and as it would be written in a file."""
    if isinstance(value, Aliases):
        return {group.forms[0]: list(group.forms[1:]) for group in value.groups}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, str) else value


def model(name: str) -> str | None:
    """What `claimcheck.Checker` takes for the *name* of an entailment model: nothing for `NO_MODEL`."""
    return None if name == NO_MODEL else name
