"""How claims are checked, as a record that travels to the machines that do it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import field, frozen

from claimcheck.checker import Checker, Corpus
from claimcheck.checker.memory import Entry
from claimcheck.checker.memory_file import read_memory
from claimcheck.checker.pairs import Method
from claimcheck.entailment import DEFAULT, load_entailment
from claimcheck.language.aliases import NO_ALIASES, Aliases


@frozen(kw_only=True)
class Settings:
    """
    What `claimcheck.Checker` takes, for each machine to make its own.

    Args:
        as_of: Ignore sources published after this day.
        entailment: ``"default"``, a folder that is at the same path on all machines, the name of a plug-in that is
            installed on all of them, or ``None`` for no model.
        method: ``"both"`` or ``"slots"``.
        min_confidence: Abstain below it.
        aliases: Names that are one.
        memory: Claims that were checked before.
    """

    as_of: dt.date | None = None
    entailment: str | None = DEFAULT
    method: Method = field(default=Method.BOTH, converter=Method)
    min_confidence: float = 0.0
    aliases: Aliases = NO_ALIASES
    memory: tuple[Entry, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        aliases: Aliases | Mapping[str, str | Sequence[str]] | None = None,
        memory: os.PathLike[str] | str | None = None,
        **others: Any,
    ) -> Self:
        """
        Settings from what people write: aliases as a table, the memory as its file.

        Raises:
            ConfigError: If the memory cannot be read, or the aliases contradict each other.
        """
        return cls(
            aliases=aliases if isinstance(aliases, Aliases) else Aliases.of(aliases or {}),
            memory=tuple(read_memory(memory)) if memory is not None else (),
            **others,
        )

    def checker(self, corpus: Corpus) -> Checker:
        """
        A checker over *corpus* whose model keeps to one processor: there is one checker for each.

        Raises:
            ConfigError: If there is no such model.
            EngineError: If the model is missing or damaged.
        """
        return Checker(
            corpus,
            as_of=self.as_of,
            entailment=load_entailment(self.entailment, threads=1) if self.method is not Method.SLOTS else None,
            method=self.method,
            min_confidence=self.min_confidence,
            aliases=self.aliases,
            memory=self.memory,
        )
