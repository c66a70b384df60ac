"""No command but ``serve`` talks to a network: each is run in processes that refuse it and write down who tried."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
ARTICLE = (
    "---\ntitle: Harbour bridge turns sixty\npublished: 1992-03-20\nurl: http://news.example.invalid/bridge\n---\n\n"
    "The harbour bridge was opened on 19 March 1932 by Premier Jack Lang. ![The bridge](http://img.example.invalid/a.png)\n"
)
CLAIM = "The harbour bridge was opened in 1941"
PATIENCE = 300


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "articles").mkdir()
    for number in range(4):
        (tmp_path / "articles" / f"bridge-{number}.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "draft.html").write_text(f'<link href="http://x.example.invalid/"><p>{CLAIM}.</p>', encoding="utf-8")
    (tmp_path / "pairs.jsonl").write_text(
        json.dumps({"id": "1", "claim": CLAIM, "evidence": CLAIM, "label": "SUPPORTS"}), encoding="utf-8"
    )
    return tmp_path


def guarded(desk, *arguments, data=""):
    """A process that is refused any network; what it wrote, and what it tried."""
    log = desk / "network.log"
    path = os.pathsep.join((str(TESTS / "network_guard"), str(TESTS.parent / "src")))
    environment = {**os.environ, "PYTHONPATH": path, "NETWORK_LOG": str(log), "CLAIMCHECK_CACHE": str(desk / "cache")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=desk,
        env=environment,
        input=data,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done, log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('news.example.invalid', 80)",
        "import urllib.request; urllib.request.urlopen('http://news.example.invalid/')",
        "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
    ],
)
def test_the_guard_sees_and_stops_an_attempt(desk, attempt):
    done, tried = guarded(desk, "-c", attempt)
    assert 0 != done.returncode
    assert "no network here" in done.stderr
    assert tried


def test_no_command_tries_to_leave_the_machine(desk):
    commands = [
        ["index", "add", "--index", "i.claimcheck", "articles", "--jobs", "2"],
        ["index", "check", "--index", "i.claimcheck"],
        ["verify", CLAIM, "--index", "i.claimcheck", "--exit-zero"],
        ["verify", CLAIM, "--corpus", "articles", "--exit-zero", "--format", "json"],
        ["check", "draft.html", "--index", "i.claimcheck", "--exit-zero", "--format", "sarif"],
        ["report", CLAIM, "--index", "i.claimcheck", "--output", "report.html"],
        ["explain", CLAIM, "--index", "i.claimcheck"],
        ["judge", "--pairs", "pairs.jsonl"],
        ["parse", CLAIM],
        ["memory", "add", CLAIM, "--verdict", "contradicted", "--memory", "checked.jsonl"],
        ["evaluate", "pairs.jsonl"],
        ["config", "show"],
    ]
    program = "import sys; from claimcheck.cli import main; print([main(c) for c in {!r}], file=sys.stderr)"
    done, tried = guarded(desk, "-c", program.format(commands))
    assert (0, "") == (done.returncode, tried)
    assert [0] * len(commands) == json.loads(done.stderr.splitlines()[-1]), done.stderr
    assert "contradicted" in done.stdout


@pytest.mark.parametrize(
    ("command", "package"), [("lsp", "pygls"), ("mcp", "mcp")], ids=["language server", "assistants' server"]
)
def test_what_serves_a_program_on_this_machine_uses_its_standard_streams_alone(desk, command, package):
    pytest.importorskip(package)
    first = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"processId": None, "rootUri": None, "capabilities": {}, "protocolVersion": "2025-06-18"}
        | {"clientInfo": {"name": "test", "version": "1"}},
    }
    text = json.dumps(first)
    data = f"Content-Length: {len(text)}\r\n\r\n{text}" if command == "lsp" else f"{text}\n"
    done, tried = guarded(desk, "-m", "claimcheck", command, "--corpus", "articles", data=data)
    assert "" == tried
    assert '"result"' in done.stdout, done.stderr
