"""
The language server as a process: messages that no editor sends, and after each handful one that has an answer.

A message has the shape of the protocol and hostile values, or is a shape of its own.  The server must go on answering;
when the editor says so it ends, and with its own status.
"""

from __future__ import annotations

import json
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

METHODS = (
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/diagnostic",
    "workspace/didChangeConfiguration",
    "workspace/executeCommand",
    "$/cancelRequest",
    "$/setTrace",
    "no/such",
)
URIS = (
    "file:///a.md",
    "file:///b%00.md",
    "untitled:c",
    "file://[",
    "",
    "file:///../%2e%2e/x.html",
    "\ud800",
    "a" * 999,
)
TEXTS = (
    "",
    "The bridge was opened in 1932.\n",
    "a\r\r\n\u2028\U0001f309é\0\ud83c",
    "<!-- claimcheck: ignore",
    "x" * 9999,
)
NUMBERS = (0, 1, -1, 2, 2**31 - 1, 2**31, 2**63, 1.5)
#: Seconds that an answer may take.
PATIENCE = 60.0


def fuzz(seconds: int, log: Path) -> int:
    """Send messages for *seconds*, one server after the other; 1 when one of them stopped answering."""
    seed = int(time.time())  # another one each time, and in the log
    chance = random.Random(seed)  # noqa: S311 - no secret
    end, sent, servers = time.monotonic() + seconds, 0, 0
    with tempfile.TemporaryDirectory() as name, log.open("w") as out:
        print(f"seed {seed}", file=out, flush=True)
        root = Path(name)
        (root / "corpus").mkdir()
        (root / "corpus" / "bridge.txt").write_text("The bridge was opened in 1932.", encoding="utf-8")
        while time.monotonic() < end:
            server = _Server(root, out)
            servers += 1
            for _ in range(40):
                messages = [_message(chance) for _ in range(chance.randint(1, 8))]
                sent += len(messages)
                if not server.survives(messages):
                    out.write(f"\nno answer after {messages!r}\n")
                    return 1
            status = server.quit()
            if status != 0:
                out.write(f"\nended with {status}\n")
                return 1
        out.write(f"\nnumber_of_executed_units: {sent}\n{servers} servers\n")
    return 0


class _Server:
    """A server that was greeted."""

    def __init__(self, root: Path, out: Any) -> None:
        command = [sys.executable, "-m", "claimcheck", "lsp", "--method", "slots"]
        self._process = subprocess.Popen(
            command, cwd=root, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=out
        )
        self._answers: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._number = 0
        self._asked("initialize", {"capabilities": {}, "rootUri": root.as_uri(), "processId": None})
        self._send({"jsonrpc": "2.0", "method": "initialized", "params": {}})

    def survives(self, messages: list[bytes]) -> bool:
        """Whether the server answers after *messages*."""
        try:
            for message in messages:
                self._write(message)
            hover = {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}}
            return self._asked("textDocument/hover", hover)
        except OSError:
            return False

    def quit(self) -> int:
        """End it as the protocol wants it; its status."""
        self._asked("shutdown", None)
        self._send({"jsonrpc": "2.0", "method": "exit"})
        return self._process.wait(PATIENCE)

    def _asked(self, method: str, params: Any) -> bool:
        self._number += 1
        number = f"ours-{self._number}"
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                if self._answers.get(timeout=1.0) == number:
                    return True
            except queue.Empty:
                continue
        return False

    def _send(self, value: Any) -> None:
        self._write(_framed(json.dumps(value).encode()))

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def _listen(self) -> None:
        """Hand on the ids of the answers; what cannot be read as the protocol says ends it."""
        stream = self._process.stdout
        assert stream is not None
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass
            self._answers.put(json.loads(stream.read(length).decode("utf-8")).get("id"))


def _framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _message(chance: random.Random) -> bytes:
    """A message that no editor sends."""
    value: Any = {"jsonrpc": "2.0", "method": chance.choice(METHODS), "params": _params(chance)}
    if chance.random() < 0.5:
        value["id"] = chance.choice([1, 2, "a", -1, None])
    if chance.random() < 0.05:
        value = chance.choice([[], 1, None, "x", {}, {"id": 1}, {"jsonrpc": "1.0"}, [value, value]])
    body = json.dumps(value).encode()
    if chance.random() < 0.05:
        body = chance.choice([b"", b"{", b"\xff\xfe", body[:-1], b"[" * 5000])
    return _framed(body)


def _params(chance: random.Random) -> Any:
    """Parameters that have some of the names of the protocol."""
    uri, text = chance.choice(URIS), chance.choice(TEXTS)
    where = {"start": _position(chance), "end": _position(chance)}
    language = chance.choice(["markdown", "html", "plaintext", "\0", ""])
    params = {
        "textDocument": {"uri": uri, "languageId": language, "version": _odd(chance), "text": text},
        "position": _position(chance),
        "range": where,
        "contentChanges": [{"range": where, "text": text}, {"text": text}][: chance.randint(0, 2)],
        "context": {"diagnostics": [], "only": chance.choice([None, ["quickfix"], [1]])},
        "settings": {
            "claimcheck": {"corpus": chance.choice(["corpus", 5, [[]], "\0", "\ud800"]), "delay": _odd(chance)}
        },
        "command": chance.choice(["claimcheck.reload", "claimcheck.openSource", "x"]),
        "arguments": chance.choice([[], [5], [{"uri": uri, "range": where}], None]),
        "value": "verbose",
        "id": 1,
    }
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        params[chance.choice(list(params))] = chance.choice([None, [], {}, 5, "x", {"uri": 5}])
    return params


def _position(chance: random.Random) -> Any:
    return {"line": _odd(chance), "character": _odd(chance)}


def _odd(chance: random.Random) -> Any:
    return chance.choice(NUMBERS) if chance.random() < 0.1 else chance.randint(0, 40)
