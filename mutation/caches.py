"""
A plugin of pytest: each test begins with empty caches.

mutmut runs all tests once and then forks for each mutant, so that spaCy and what it said of each sentence are there
already.  What the room itself has kept by then would answer for the mutant; and of a function whose results are kept,
only the first test that needs one would count as its test.
"""

from __future__ import annotations

import functools
import sys

#: The room under test, and the one above it, which keeps what came of it.
ROOMS = ("claimcheck.matching.", "claimcheck.checker.")


def pytest_runtest_setup() -> None:
    """Empty every cache of the rooms."""
    for module in [module for name, module in sys.modules.items() if name.startswith(ROOMS)]:
        for value in vars(module).values():
            if isinstance(value, functools._lru_cache_wrapper):  # noqa: SLF001 - there is no public name for it
                value.cache_clear()
