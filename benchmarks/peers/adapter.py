"""
What every adapter shares: pairs in, answers out, one JSON object a line.

An adapter runs in the virtual environment of its peer, where claimcheck is not installed, so it needs nothing but the
standard library.  Peers print what they like; their standard output goes to standard error.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

SUPPORTS, CONTRADICTS = "supports", "contradicts"
UNSUPPORTED = "unsupported"
"""The peer finds no support, and has no word for contradiction or does not use it here."""
ABSTAINS = "abstains"
"""The peer finds nothing in the claim that it could check."""

Judge = Callable[[str, str], str]
"""Claim and evidence to one of the four answers."""


def serve(make: Callable[[], Judge]) -> None:
    """
    Answer the pairs of standard input; the last line says how long it took, and what failed.

    A pair that makes the peer fail counts as one that it abstains from.  Its own start is not timed.
    """
    out, sys.stdout = sys.stdout, sys.stderr
    pairs = [json.loads(line) for line in sys.stdin]
    judge = make()
    errors: list[str] = []
    started = time.perf_counter()
    for pair in pairs:
        try:
            answer = judge(pair["claim"], pair["evidence"])
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is a result
            errors.append(f"{type(error).__name__}: {error}"[:200])
            answer = ABSTAINS
        out.write(json.dumps({"answer": answer}) + "\n")
    seconds = time.perf_counter() - started
    out.write(
        json.dumps({"seconds": seconds, "errors": len(errors), "last_error": errors[-1] if errors else ""}) + "\n"
    )
