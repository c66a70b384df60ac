"""Shared fixtures: the shipped corpus, read once a session."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from claimcheck import Checker, Corpus

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """Indexes made on the fly go to a folder of the session, never to the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("CLAIMCHECK_CACHE")
    os.environ["CLAIMCHECK_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["CLAIMCHECK_CACHE"]
    else:
        os.environ["CLAIMCHECK_CACHE"] = before


@pytest.fixture(scope="session")
def shipped(_cache):
    """The shipped corpus."""
    with Corpus.of(ROOT / "corpus", jobs=2) as corpus:
        yield corpus


@pytest.fixture(scope="session")
def checker(shipped):
    """A checker over the shipped corpus."""
    return Checker(shipped)


@pytest.fixture
def no_network(monkeypatch):
    """Whoever opens a socket or looks up a host fails."""

    def refuse(*_):
        pytest.fail("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
