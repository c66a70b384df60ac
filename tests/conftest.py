"""Shared fixtures: the shipped corpus, read once a session, and the folders that may be absent."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


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
    from claimcheck import Corpus

    with Corpus.of(ROOT / "corpus", jobs=2) as corpus:
        yield corpus


@pytest.fixture(scope="session")
def checker(shipped):
    """A checker over the shipped corpus."""
    from claimcheck import Checker

    return Checker(shipped)


def load_claims(name):
    """The claims of one file of claims/, as dictionaries."""
    lines = (ROOT / "claims" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
