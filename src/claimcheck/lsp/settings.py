"""What the user can set: on the command line, as initialization options, and in the editor's configuration."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, fields, frozen

from claimcheck.checker.pairs import Method
from claimcheck.checker.rules import checked_prefix
from claimcheck.errors import ConfigError

#: Name of the section in an editor's configuration.
SECTION = "claimcheck"
#: What stands for a code in the address of the rules.
CODE = "{code}"
#: Longest wait after a change, in seconds.
MAX_DELAY = 60.0


@frozen(kw_only=True)
class Settings:
    """
    What drafts are checked against, and how.

    Args:
        corpus: Files and folders of articles, indexed on the fly.
        index: An index file, instead of a corpus.
        articles: Folders that the articles of the index came from, so that they can be opened.
        as_of: Ignore articles published after this day; relative dates of drafts without a date count from it.
        method: What judges: ``slots`` or ``both``.
        min_confidence: Errors and warnings that are less sure are left out.
        baseline: A file of accepted findings.
        select: Only findings whose codes begin so.
        ignore: No findings whose codes begin so.
        reasons: Reasons that are offered for ignoring a finding.
        rules_url: Where the page of a rule is, with ``{code}`` for its code in lower case.
        delay: Seconds without a change after which a draft is checked.
    """

    corpus: tuple[str, ...] = ()
    index: str | None = None
    articles: tuple[str, ...] = ()
    as_of: dt.date | None = None
    method: Method = Method.BOTH
    min_confidence: float = 0.0
    baseline: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    rules_url: str = ""
    delay: float = 0.4

    def under(self, root: Path) -> Settings:
        """The same with absolute paths: relative ones count from *root*, and ``~`` is the user's home."""

        def absolute(path: str) -> str:
            return str(root / Path(path).expanduser())

        return evolve(
            self,
            corpus=tuple(map(absolute, self.corpus)),
            articles=tuple(map(absolute, self.articles)),
            index=absolute(self.index) if self.index else None,
            baseline=absolute(self.baseline) if self.baseline else None,
        )


def with_options(settings: Settings, options: Any) -> Settings:
    """
    *settings* with the values that *options* give; an option that is null changes nothing.

    Args:
        settings: What is in force otherwise.
        options: What the editor sent: an object with some of the names of `Settings`, or one with the section
            ``claimcheck`` that holds them.
    Raises:
        ConfigError: If a name is unknown or a value does not make sense.
    """
    if options is None:
        return settings
    if isinstance(options, Mapping) and SECTION in options:
        options = options[SECTION]
    if not isinstance(options, Mapping):
        msg = f"the settings of {SECTION} are no object, but {options!r}"
        raise ConfigError(msg, hint='write them as {"corpus": "articles/"}')
    values = {_name(key): value for key, value in options.items() if value is not None}
    read = {name: _READERS[name](name, value) for name, value in values.items()}
    if "index" in read and "corpus" not in read:
        read["corpus"] = ()
    if "corpus" in read and "index" not in read:
        read["index"] = None
    changed = evolve(settings, **read)
    if changed.corpus and changed.index:
        msg = "corpus and index exclude each other"
        raise ConfigError(msg, hint="name a folder of articles, or an index file")
    return changed


def _name(key: str) -> str:
    name = str(key).replace("-", "_")
    known = [a.name for a in fields(Settings)]
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        msg = f"there is no setting {key!r}"
        raise ConfigError(msg, hint=f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}")
    return name


# ---------------------------------------------------------------------------- values


def _wrong(name: str, value: Any, wanted: str) -> ConfigError:
    return ConfigError(f"{name} cannot be {value!r}", hint=f"{name} is {wanted}")


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, value, "a text")
    return value


def _address(name: str, value: Any) -> str:
    if _text(name, value) and CODE not in value:
        raise _wrong(name, value, f"an address with {CODE} in it")
    return str(value)


def _path(name: str, value: Any) -> str | None:
    return _text(name, value) or None


def _texts(name: str, value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise _wrong(name, value, "a text or a list of texts")
    return tuple(item for item in items if item.strip())


def _prefixes(name: str, value: Any) -> tuple[str, ...]:
    return tuple(checked_prefix(item) for item in _texts(name, value))


def _day(name: str, value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_text(name, value)) if value else None
    except ValueError as error:
        raise _wrong(name, value, "a day as YYYY-MM-DD") from error


def _method(name: str, value: Any) -> Method:
    known = [Method.SLOTS, Method.BOTH]
    if value not in known:
        raise _wrong(name, value, " or ".join(known))
    return Method(value)


def _number(most: float) -> Callable[[str, Any], float]:
    def read(name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise _wrong(name, value, f"a number from 0 to {most:g}")
        return float(value)

    return read


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "corpus": _texts,
    "index": _path,
    "articles": _texts,
    "as_of": _day,
    "method": _method,
    "min_confidence": _number(1.0),
    "baseline": _path,
    "select": _prefixes,
    "ignore": _prefixes,
    "reasons": _texts,
    "rules_url": _address,
    "delay": _number(MAX_DELAY),
}
