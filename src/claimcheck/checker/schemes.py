"""
Corpora that are opened by an address with a scheme, such as ``ray://HOST:PORT/FOLDER``.

What opens them is found by entry points of the group ``claimcheck.corpora``, so that this room need not know what lies
above it, and others can add schemes of their own: the name is the scheme, the object takes the whole address and gives
a `claimcheck.Corpus`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.errors import ConfigError, EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .corpus import Corpus

GROUP = "claimcheck.corpora"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.ASCII)


def scheme_of(path: str | os.PathLike[str]) -> str:
    """The scheme of an address, ``""`` for the path of a file or folder."""
    found = _SCHEME.match(path) if isinstance(path, str) else None
    return found[1] if found is not None and not Path(path).exists() else ""


def opener(scheme: str) -> Callable[[str], Corpus]:
    """
    What opens the corpora of a *scheme*.

    Raises:
        ConfigError: If nothing does.
        EngineError: If it cannot be loaded.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes long to import, and few need it

    known = entry_points(group=GROUP)
    if scheme not in known.names:
        others = ", ".join(f"{name}://" for name in sorted(known.names)) or "none"
        msg = f"nothing opens addresses that begin with {scheme}:// (known: {others})"
        raise ConfigError(msg, hint="name a file or a folder of shards, or install what opens them")
    try:
        found: Callable[[str], Corpus] = known[scheme].load()
    except (ImportError, AttributeError) as error:
        msg = f"what opens addresses that begin with {scheme}:// cannot be loaded: {error}"
        raise EngineError(msg, hint=f"update or remove {known[scheme].value}") from error
    return found
