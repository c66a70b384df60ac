"""Shared fixtures: the shipped corpus, read once a session, whatever the number of processes that run tests."""

from __future__ import annotations

import os
import socket
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from claimcheck import Checker, Corpus, Document

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """What is kept goes to a folder of the session, shared by its processes, never to the user's cache."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache"
    folder.mkdir(exist_ok=True)
    before = os.environ.get("CLAIMCHECK_CACHE")
    os.environ["CLAIMCHECK_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["CLAIMCHECK_CACHE"]
    else:
        os.environ["CLAIMCHECK_CACHE"] = before


@contextmanager
def one_at_a_time(folder):
    """Other processes wait here; the lock goes with the process, however it ends."""
    with closing(sqlite3.connect(folder / "lock", timeout=900)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture(scope="session")
def shipped(_cache):
    """The shipped corpus: the first process that needs it reads it, the others open what that one kept."""
    with one_at_a_time(_cache):
        corpus = Corpus.of(ROOT / "corpus", jobs=2)
    with corpus:
        yield corpus


@pytest.fixture(scope="session")
def checker(shipped):
    """A checker over the shipped corpus; what one process has read and judged serves the others."""
    return Checker(shipped, cache=True)


@pytest.fixture
def no_network(monkeypatch):
    """Whoever opens a socket or looks up a host fails."""

    def refuse(*_):
        pytest.fail("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(scope="session")
def stance_of():
    """The stance of a piece of evidence towards a claim, as text, by the slots alone."""
    checker = Checker(entailment=None)
    return lambda claim, evidence: checker.judge(claim, evidence, method="slots").label.value


@pytest.fixture
def verdict_of():
    """The verdict on a claim against articles of plain text, by the slots alone unless another method is named."""

    def verdict(claim, *texts, title="", published=None, method="slots"):
        corpus = Corpus.memory()
        for number, text in enumerate(texts, start=1):
            corpus.add(Document(id=f"{number}.txt", text=text, title=title, published=published))
        return Checker(corpus, method=method).verify(claim)

    return verdict


@pytest.fixture
def label_of(verdict_of):
    """The label of a claim against one article of plain text, by the slots alone unless another method is named."""
    return lambda claim, text, published=None, **how: verdict_of(claim, text, published=published, **how).label
