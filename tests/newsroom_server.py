"""A newsroom's server for tests: the real command as a process on a free port of this machine, and httpx."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import httpx

#: Seconds that the slowest machine may take.
PATIENCE = 120
SOURCES = Path(__file__).resolve().parents[1] / "src"
BRIDGE = """---
title: The bridge
published: 1950-06-01
source: The Sill Gazette
---

The Sill bridge was opened on 24 March 1932 by Mayor Otto Weiss. It cost 6 million dollars.

Otto Weiss died in 1950. "After seventeen long years of waiting the river is ours again," Weiss said at the opening.
"""
FLOOD = """---
title: The flood
published: 1961-09-12
---

A flood destroyed the mill of Sill on 3 September 1961. Greta Holm rescued eleven people.
"""
HOSTILE = """---
title: <script>alert(1)</script>
published: 1970-01-01
---

The <img src=x onerror=alert(1)> choir of Sill was founded in 1911 by Greta Holm.
"""
DRAFT = (
    "# Ninety years\n\n"
    "The Sill bridge was opened in 1934 by Mayor Otto Weiss. \N{GRINNING FACE} Otto Weiss died in 1950. "
    "Was it worth it?\n\n"
    "Greta Holm rescued eleven people in 1961.\n"
)
ARTICLES = {"bridge.md": BRIDGE, "flood.md": FLOOD, "choir.md": HOSTILE}

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_ADDRESS = re.compile(r"claimcheck is at (\S+)/ ")


class Server:
    """
    A server that runs.

    Args:
        folder: Its working folder.
        arguments: Of ``claimcheck serve``, beside the port.
    """

    def __init__(self, folder, *arguments):
        environment = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "claimcheck", "serve", "--port", "0", *map(str, arguments)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._address = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self.url = ""
        self._reader.start()
        if not self._address.wait(PATIENCE) or not self.url:
            self.kill()
            raise AssertionError("".join(self.said))

    def _read(self):
        for line in self.process.stderr:
            self.said.append(line)
            if found := _ADDRESS.search(line):
                self.url = found[1]
                self._address.set()
        self._address.set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()

    @property
    def port(self):
        return httpx.URL(self.url).port

    def client(self, token=None, **options):
        """A client, with a token or as a program without one."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE, **options)

    def local(self):
        """A client of a server without tokens, with what writing needs."""
        with self.client() as asking:
            csrf = asking.get("/api/v1/me").json()["csrf"]
        client = self.client()
        client.headers["X-CSRF-Token"] = csrf
        return client

    def ready(self):
        """Wait until the models are loaded."""
        with self.client() as client:
            for _ in range(PATIENCE * 5):
                if client.get("/health").json()["status"] == "ok":
                    return self
                threading.Event().wait(0.2)
        raise AssertionError("".join(self.said))

    def children(self):
        """The processes that check."""
        found = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            found += [int(pid) for pid in (task / "children").read_text().split()]
        return [pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def stop(self, how=signal.SIGTERM):
        """End it, and give the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def kill(self):
        """End it without a word."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)


def events(client, check, *, after=None, until=(), found=None):
    """
    The events of a check as ``(number, kind, data)``, to the end of the stream.

    Args:
        client: That asks.
        check: The id.
        after: Number of the last event that was received.
        until: Kinds at which to stop reading.
        found: A list to add them to as they come.
    """
    found = [] if found is None else found
    headers = {"Last-Event-ID": str(after)} if after is not None else {}
    with client.stream("GET", f"/api/v1/checks/{check}/events", headers=headers) as answer:
        if answer.status_code == 204:
            return found
        assert 200 == answer.status_code, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        event = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if line:
                event[name] = value
                continue
            if "event" in event:
                found.append((int(event["id"]), event["event"], json.loads(event["data"])))
                if event["event"] in until:
                    return found
            event = {}
    return found


def begun(client, text, name="draft.md"):
    """The id of a check that was begun."""
    answer = client.post("/api/v1/checks", json={"name": name, "text": text})
    assert 201 == answer.status_code, answer.text
    return answer.json()["id"]


def refusal(answer):
    """Status and code of an answer that refuses, in the one shape that refusals have."""
    error = answer.json()["error"]
    assert {"code", "message", "hint"} == set(error)
    assert error["message"]
    return answer.status_code, error["code"]


def word_file(body, *, head="", **parts):
    """The bytes of a Word file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINKS)
        archive.writestr(
            "word/document.xml", f'{head}<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def paragraph(text):
    """A paragraph of it."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
