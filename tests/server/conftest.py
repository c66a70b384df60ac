"""A small newsroom: three articles of our own, an index of them, and a server over it."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import pytest

pytest.importorskip("fastapi", reason="the extra server (fastapi) is not installed")
pytest.importorskip("uvicorn", reason="the extra server (uvicorn) is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from claimcheck import Corpus
from claimcheck.server.tokens import Role, add_token
from newsroom_server import ARTICLES, Server


@attrs.frozen(kw_only=True)
class Newsroom:
    """A server that asks for tokens."""

    server: Server
    tokens: dict[str, str]
    file: Path
    index: Path

    def client(self, role):
        return self.server.client(self.tokens.get(role))


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    """An index of the three articles; copy it before it is changed."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = tmp_path_factory.mktemp("index") / "newsroom.claimcheck"
    with Corpus.open(path) as corpus:
        report = corpus.add(folder)
    assert 3 == report.added
    return path


@pytest.fixture
def own_index(index, tmp_path):
    """A copy of the index for one test."""
    path = tmp_path / "newsroom.claimcheck"
    path.write_bytes(index.read_bytes())
    return path


@pytest.fixture(scope="session")
def newsroom(index, tmp_path_factory):
    """A server with a token for each role, and little room for uploads."""
    folder = tmp_path_factory.mktemp("newsroom")
    path = folder / "newsroom.claimcheck"
    path.write_bytes(index.read_bytes())
    file = folder / "tokens.toml"
    tokens = {role.value: add_token(str(file), f"the {role.value}", role) for role in Role}
    arguments = ("--index", path, "--token-file", file, "--rate", 6000, "--workers", 1, "--max-upload", 1)
    server = Server(folder, *arguments).ready()
    yield Newsroom(server=server, tokens=tokens, file=file, index=path)
    assert 0 == server.stop(), server.said
