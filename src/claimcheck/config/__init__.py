"""
Configuration: what the doors go by when nothing is said on the command line or by the editor.

One way for all of them: a file (``pyproject.toml`` or ``claimcheck.toml``), above it the environment
(``CLAIMCHECK_...``), above that what the door itself was told.
"""

from __future__ import annotations

from .keys import KEYS, Key, find_key
from .resolve import RIVALS, Configuration, Origin, Setting, configuration

__all__ = ["KEYS", "RIVALS", "Configuration", "Key", "Origin", "Setting", "configuration", "find_key"]
