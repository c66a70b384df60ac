"""
What the user can set: in the configuration that all commands share, on the command line, as initialization options,
and in the editor's own settings; what is named later wins.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, fields, frozen

from claimcheck.checker.pairs import Method
from claimcheck.config import Configuration, find_key
from claimcheck.config.values import in_folder
from claimcheck.entailment import DEFAULT
from claimcheck.errors import ConfigError
from claimcheck.language.aliases import NO_ALIASES, Aliases

#: Name of the section in an editor's configuration.
SECTION = "claimcheck"


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
        entailment: The entailment model: ``default``, ``none``, a folder, or the name of an installed one.
        min_confidence: Errors and warnings that are less sure are left out.
        baseline: A file of accepted findings.
        select: Only findings whose codes begin so.
        ignore: No findings whose codes begin so.
        memory: A file of claims that were checked before.
        aliases: Names that are one.
        reasons: Reasons that are offered for ignoring a finding.
        rules_url: Where the page of a rule is, with ``{code}`` for its code in lower case.
        delay: Seconds without a change after which a draft is checked.
    """

    corpus: tuple[str, ...] = ()
    index: str | None = None
    articles: tuple[str, ...] = ()
    as_of: dt.date | None = None
    method: Method = Method.BOTH
    entailment: str = DEFAULT
    min_confidence: float = 0.0
    baseline: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    memory: str | None = None
    aliases: Aliases = NO_ALIASES
    reasons: tuple[str, ...] = ()
    rules_url: str = ""
    delay: float = 0.4

    def under(self, root: Path) -> Settings:
        """
        The same with absolute paths: relative ones count from *root*, and ``~`` is the user's home.

        The address of an index on a cluster stays as it is, and so does a model that is no folder.

        Raises:
            ConfigError: If a path begins with the home of a user whom this machine does not know.
        """

        def absolute(path: str) -> str:
            return in_folder(path, root)

        return evolve(
            self,
            corpus=tuple(map(absolute, self.corpus)),
            articles=tuple(map(absolute, self.articles)),
            index=absolute(self.index) if self.index else None,
            entailment=find_key("entailment").place(self.entailment, root),
            baseline=absolute(self.baseline) if self.baseline else None,
            memory=absolute(self.memory) if self.memory else None,
        )


def configured(config: Configuration) -> Settings:
    """The settings that *config* gives; what only other commands use is left out."""
    known = {a.name for a in fields(Settings)}
    return Settings(**{name: value for name, value in config.given.items() if name in known})


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
    read = {name: find_key(name).read(name, value) for name, value in values.items()}
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
