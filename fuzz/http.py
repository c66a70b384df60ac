"""
The server by its OpenAPI document: schemathesis asks for what stands there and for what does not, in each role.

A server of its own runs over three small articles.  An answer of 500 or more, one that the document does not foresee,
and one of another shape than it says are findings.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claimcheck import Corpus
from claimcheck.server.tokens import Role, add_token

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from newsroom_server import ARTICLES, Server

#: What is held against every answer.  Two things are tested elsewhere, because the gate answers before what is asked
#: for is looked up: so many wrong tokens as here are soon refused with 429, and a GET with a body with 413.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def fuzz(seconds: int, log: Path) -> int:
    """Ask for *seconds* in each role, and write what was found to *log*; 1 when something was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        for article, text in ARTICLES.items():
            (folder / "articles" / article).write_text(text, encoding="utf-8")
        with Corpus.open(folder / "index") as corpus:
            corpus.add(folder / "articles")
        file = folder / "tokens.toml"
        tokens = {role: add_token(str(file), f"the {role.value}", role) for role in Role}
        arguments = ("--index", folder / "index", "--token-file", file, "--rate", 100_000, "--workers", 1)
        with Server(folder, *arguments).ready() as server, log.open("w") as out:
            return max(_asked(server.url, tokens[role], seconds, out) for role in Role)


def _asked(url: str, token: str, seconds: int, out: object) -> int:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{url}/openapi.json"]
    command += ["--header", f"Authorization: Bearer {token}", "--max-time", str(seconds), "--checks", ",".join(CHECKS)]
    command += ["--continue-on-failure", "--request-timeout", "60", "--seed", str(int(time.time())), "--no-color"]
    return subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False).returncode  # type: ignore[call-overload,no-any-return]
