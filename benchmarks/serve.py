"""
Milliseconds of ``claimcheck serve`` for many readers while drafts are being checked.

Usage: ``python benchmarks/serve.py [--corpus FOLDER] [--draft FILE] [--readers N] [--checks N] [--seconds S]``.  Starts
a server of its own on a free port of this machine, with an index in a temporary folder, and asks it as *readers*
(lists, checks, articles, each at random intervals, each on a connection of its own) while *checks* drafts are being
checked and followed as streams.  Needs the extra ``server`` and httpx.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from claimcheck.server.tokens import Role, add_token

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
DRAFT = ROOT / "tests" / "golden" / "planted" / "draft.md"
#: Tokens that the readers share, as people have several windows open.
TOKENS = 20
#: Seconds between two questions of a reader, on average.
PAUSE = 1.0


def start(folder: Path, corpus: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """The server and its address; *more* are arguments of it."""
    index = [
        sys.executable,
        "-m",
        "claimcheck",
        "index",
        "add",
        "--index",
        "newsroom.claimcheck",
        str(corpus.resolve()),
    ]
    subprocess.run(index, cwd=folder, check=True, capture_output=True)  # noqa: S603 - our own commands
    command = [sys.executable, "-m", "claimcheck", "serve", "--index", "newsroom.claimcheck"]
    server = subprocess.Popen(  # noqa: S603
        [*command, "--token-file", "tokens.toml", "--port", "0", *more], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    for line in server.stderr:
        if found := re.search(r"claimcheck is at (\S+)/ ", line):
            return server, found[1]
    message = "the server did not start"
    raise SystemExit(message)


class Figures:
    """What was measured."""

    def __init__(self) -> None:
        self.reads: list[float] = []
        self.errors: Counter[str] = Counter()
        self.first: list[float] = []
        self.whole: list[float] = []
        self.processor = 0.0

    def report(self, what: str) -> None:
        """Print the figures."""
        print(f"{what}: errors {dict(self.errors) or 'none'}")
        if len(self.reads) > 1:
            cuts = statistics.quantiles(self.reads, n=100)
            print(f"  {len(self.reads):,} answers, p50 {1000 * cuts[49]:.0f} ms, p95 {1000 * cuts[94]:.0f} ms")
            print(f"  {1000 * self.processor / len(self.reads):.1f} ms of processor time of the server for each answer")
        if self.first:
            print(
                f"  first result after {min(self.first):.1f} to {max(self.first):.1f} s (median {median(self.first)})"
            )
            print(
                f"  whole drafts after {min(self.whole):.1f} to {max(self.whole):.1f} s (median {median(self.whole)})"
            )


def processor_seconds(process: int) -> float:
    """Processor time that *process* has used, without its children; 0 where the system does not tell it this way."""
    file = Path(f"/proc/{process}/stat")
    if not file.exists():
        return 0.0
    fields = file.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def median(values: list[float]) -> str:
    """The median in seconds."""
    return f"{statistics.median(values):.1f} s"


def client_of(url: str, secret: str = "") -> httpx.AsyncClient:
    """A client; no certificates are loaded, which would take longer than what is measured."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=600, verify=False, trust_env=False)  # noqa: S501


async def read(url: str, secret: str, places: list[str], figures: Figures, end: float) -> None:
    """One reader."""
    async with client_of(url, secret) as client:
        await asyncio.sleep(random.random() * PAUSE)
        while time.monotonic() < end:
            began = time.perf_counter()
            try:
                answer = await client.get(random.choice(places))
                figures.reads.append(time.perf_counter() - began)
                if answer.status_code != httpx.codes.OK:
                    figures.errors[str(answer.status_code)] += 1
            except httpx.HTTPError as error:
                figures.errors[type(error).__name__] += 1
            await asyncio.sleep(random.expovariate(1 / PAUSE))


async def check(url: str, secret: str, text: str, figures: Figures) -> str:
    """One draft, from the upload to the last event; its id."""
    async with client_of(url, secret) as client:
        began = time.perf_counter()
        answer = await client.post("/api/v1/checks", json={"name": "draft.md", "text": text})
        identifier = str(answer.raise_for_status().json()["id"])
        first = None
        async with client.stream("GET", f"/api/v1/checks/{identifier}/events") as stream:
            async for line in stream.aiter_lines():
                if line == "event: claim" and first is None:
                    first = time.perf_counter() - began
                if line == "event: failed":
                    figures.errors["failed check"] += 1
        figures.first.append(first or 0.0)
        figures.whole.append(time.perf_counter() - began)
        return identifier


async def measure(url: str, server: int, tokens: list[str], text: str, options: argparse.Namespace) -> None:
    """One draft alone, the readers alone, then readers and drafts together; the last token is an editor's."""
    *tokens, editor = tokens
    async with client_of(url) as client:
        while (await client.get("/health")).json()["status"] != "ok":  # noqa: ASYNC110 - it is in another process
            await asyncio.sleep(0.2)
    alone = Figures()
    identifier = await check(url, editor, text, alone)
    alone.report("one draft alone")
    again = Figures()
    await check(url, editor, f"{text}\n\nA last line.\n", again)
    again.report("the same draft again, one line longer")
    async with client_of(url, editor) as client:
        found = (await client.get("/api/v1/documents")).json()["documents"]
    places = ["/api/v1/checks", "/api/v1/me", f"/api/v1/checks/{identifier}", "/api/v1/documents?limit=20"]
    places += [f"/api/v1/documents/{document['id']}" for document in found[:4]]
    for checks in (0, options.checks):
        figures, used = Figures(), processor_seconds(server)
        end = time.monotonic() + options.seconds
        drafts = [check(url, editor, f"{text}\n\nVersion {n}.\n", figures) for n in range(checks)]
        readers = [read(url, tokens[n % len(tokens)], places, figures, end) for n in range(options.readers)]
        await asyncio.gather(*drafts, *readers)
        figures.processor = processor_seconds(server) - used
        figures.report(f"{options.readers} readers, {checks} drafts at a time")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--draft", type=Path, default=DRAFT)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--checks", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = str(folder / "tokens.toml")
        tokens = [add_token(file, f"reader {n}", Role.READER) for n in range(TOKENS)]
        editor = add_token(file, "editor", Role.EDITOR)
        server, url = start(folder, options.corpus)
        try:
            text = options.draft.read_text(encoding="utf-8")
            print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {json.dumps(options.draft.name)}")
            asyncio.run(measure(url, server.pid, [*tokens, editor], text, options))
        finally:
            server.send_signal(signal.SIGTERM)
            print(f"exit status {server.wait(60)}")


if __name__ == "__main__":
    main()
