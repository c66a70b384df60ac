"""Configuration: files, environment variables, and the settings of an editor."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from claimcheck.config import KEYS, configuration
from claimcheck.config.values import plain
from claimcheck.errors import ClaimcheckError
from claimcheck.lsp.settings import Settings, configured, with_options
from fuzz.harness import parts_of

NAMES = ("claimcheck.toml", "pyproject.toml")


def run(data: bytes) -> None:
    """Configure by *data*: a file, the value of an environment variable and the settings of an editor."""
    file, value, sent = parts_of(data, 3)
    number = len(file) % len(KEYS)
    for name in NAMES:
        _file(name, file)
    if "\0" not in value and KEYS[number].variable:
        _settled(environment={KEYS[number].variable: value}, folder=Path("/"), isolated=True)
    try:
        options = json.loads(sent)
    except (ValueError, RecursionError):
        return
    with_options(Settings(), options).under(Path("/work"))


def _file(name: str, content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
        _settled(environment={}, folder=Path(folder), file=path)


def _settled(**options: object) -> None:
    try:
        found = configuration(**options)  # type: ignore[arg-type]
    except ClaimcheckError:
        return
    configured(found)
    json.dumps([plain(setting.value) for setting in found.settings])
