"""
A newsroom's day in short: articles come and go, claims are verified, drafts checked and pages read, all at once.

Usage: ``python benchmarks/soak.py [--minutes N] [--readers N] [--seed N]``.  Starts ``claimcheck serve`` on a free port
of this machine over a copy of the corpus and keeps at it with clients that each wait for an answer before they ask
again.  Prints errors, latencies by kind of request in the first and the last fifth of the time, memory of the server
and its processes at the start and the end, and whether the index is sound and holds every article that was
acknowledged afterwards.  Needs the extra ``server`` and httpx.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import httpx
from attrs import define, field
from serve import CORPUS, DRAFT, client_of, start

import claimcheck
from claimcheck.server.tokens import Role, add_token

CLAIMS = Path(__file__).resolve().parent.parent / "claims" / "dev.jsonl"
#: Share of the time at whose start and end latencies are compared.
EDGE = 0.2
_WELL = "The well of {place} was dug in {year} by {who}. It is {depth} metres deep."


@define
class Log:
    """What happened: ``(seconds since the start, kind, seconds it took)``, errors by kind, and the articles."""

    began: float
    took: list[tuple[float, str, float]] = field(factory=list)
    errors: Counter[str] = field(factory=Counter)
    #: Articles that were acknowledged, and not removed since.
    articles: dict[str, str] = field(factory=dict)

    async def ask(self, client: httpx.AsyncClient, kind: str, method: str, path: str, **rest: object) -> httpx.Response:
        """One request, told here."""
        began = time.monotonic()
        answer = await client.request(method, path, **rest)  # type: ignore[arg-type]
        self.took.append((began - self.began, kind, time.monotonic() - began))
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            self.errors[f"{kind}: {answer.status_code}"] += 1
        return answer


async def read_pages(client: httpx.AsyncClient, log: Log, dice: random.Random) -> None:
    """Somebody who looks around."""
    place = dice.choice(("/", "/api/v1/checks", "/api/v1/documents?limit=20", "/api/v1/documents?q=treaty", "/metrics"))
    await log.ask(client, "read", "GET", place)
    await asyncio.sleep(dice.expovariate(1.0))


async def verify(client: httpx.AsyncClient, log: Log, dice: random.Random, claims: list[str]) -> None:
    """A program that verifies claims."""
    await log.ask(client, "verify", "POST", "/api/v1/verify", json={"claims": dice.sample(claims, 2)})
    await asyncio.sleep(dice.expovariate(0.5))


async def write(client: httpx.AsyncClient, log: Log, dice: random.Random) -> None:
    """A desk whose articles come and go."""
    name = f"well-{dice.randrange(10**9)}.txt"
    text = _WELL.format(
        place=dice.choice(("Sill", "Orm", "Tarn")), year=dice.randrange(1500, 1900), who="Greta Holm", depth=9
    )
    if (await log.ask(client, "add", "POST", "/api/v1/documents", json={"name": name, "text": text})).is_success:
        log.articles[name] = text
    if len(log.articles) > 20:
        gone = dice.choice(sorted(log.articles))
        if (await log.ask(client, "remove", "DELETE", f"/api/v1/documents/{gone}")).is_success:
            del log.articles[gone]
    await asyncio.sleep(dice.expovariate(0.5))


async def check(client: httpx.AsyncClient, log: Log, dice: random.Random, paragraphs: list[str]) -> None:
    """An editor who checks drafts and follows them to their end."""
    draft = "\n\n".join(dice.sample(paragraphs, 2))
    answer = await log.ask(client, "begin a check", "POST", "/api/v1/checks", json={"name": "draft.md", "text": draft})
    if not answer.is_success:
        return
    began, last = time.monotonic(), ""
    async with client.stream("GET", f"/api/v1/checks/{answer.json()['id']}/events") as stream:
        async for line in stream.aiter_lines():
            last = line.removeprefix("event: ") if line.startswith("event: ") else last
    log.took.append((began - log.began, "whole check", time.monotonic() - began))
    if last != "done":
        log.errors[f"check ended with {last or 'nothing'}"] += 1
    await asyncio.sleep(dice.expovariate(0.2))


async def keep_at_it(work: object, log: Log, end: float) -> None:
    """Do *work* again and again; what breaks off is an error, and the next round begins."""
    while time.monotonic() < end:
        try:
            await work()  # type: ignore[operator]
        except (httpx.HTTPError, ValueError, KeyError) as error:
            log.errors[type(error).__name__] += 1


async def soak(url: str, token: str, options: argparse.Namespace, log: Log) -> None:
    """All clients at once."""
    claims = [json.loads(line)["claim"] for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
    paragraphs = [p for p in DRAFT.read_text(encoding="utf-8").split("\n\n")[1:] if len(p.split()) > 10]
    dice = random.Random(options.seed)
    async with client_of(url, token) as client:
        while (await client.get("/health")).json()["status"] != "ok":  # noqa: ASYNC110 - it is in another process
            await asyncio.sleep(0.2)
        log.began = time.monotonic()
        end = log.began + 60 * options.minutes
        one = [lambda: read_pages(client, log, dice)] * options.readers
        one += [lambda: verify(client, log, dice, claims), lambda: write(client, log, dice)]
        one += [lambda: check(client, log, dice, paragraphs)]
        await asyncio.gather(*(keep_at_it(work, log, end) for work in one))


def memory(process: int) -> float:
    """MiB that *process* and its children hold; 0 where the system does not tell it this way."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = folder.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if process in {int(folder.name), int(fields[1])}:
                total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        except OSError:
            continue
    return total


def latencies(log: Log, seconds: float) -> str:
    """p50, p95 and p99 of each kind of request, at the start and at the end."""
    edges: dict[tuple[str, int], list[float]] = defaultdict(list)
    for at, kind, took in log.took:
        for edge, inside in enumerate((at < EDGE * seconds, at >= (1 - EDGE) * seconds)):
            if inside:
                edges[kind, edge].append(1000 * took)
    lines = [f"{'milliseconds, p50 / p95 / p99':32} {'first fifth':>26} {'last fifth':>26}"]
    for kind in dict.fromkeys(kind for _, kind, _ in log.took):
        count = sum(k == kind for _, k, _ in log.took)
        cells = [_spread(edges[kind, edge]) for edge in (0, 1)]
        lines.append(f"{kind + f' ({count:,})':32} {cells[0]:>26} {cells[1]:>26}")
    return "\n".join(lines)


def _spread(values: list[float]) -> str:
    if len(values) < 2:
        return "-"
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return f"{cuts[49]:,.0f} / {cuts[94]:,.0f} / {cuts[98]:,.0f}"


def lost(index: Path, log: Log) -> int:
    """How many acknowledged articles are not in the index as they were sent."""
    with claimcheck.Corpus.open(index, read_only=True) as corpus:
        kept = {name: corpus.get(name) for name in log.articles}
        assert corpus.check().ok, corpus.check().faults
    return sum(kept[name] is None or kept[name].text != text for name, text in log.articles.items())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    log = Log(began=time.monotonic())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        token = add_token(str(folder / "tokens.toml"), "the soak", Role.ADMIN)
        server, url = start(folder, options.corpus, "--rate", "100000")
        try:
            print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {options.minutes:g} minutes")
            asyncio.run(_measured(server, url, token, options, log))
        finally:
            server.send_signal(signal.SIGTERM)
            status = server.wait(120)
        print(f"{len(log.took):,} requests, errors: {dict(log.errors) or 'none'}, exit status {status}")
        print(latencies(log, 60 * options.minutes))
        index = folder / "newsroom.claimcheck"
        print(f"articles lost: {lost(index, log)} of {len(log.articles)}; the index is sound")


async def _measured(server: subprocess.Popen[str], url: str, token: str, options: argparse.Namespace, log: Log) -> None:
    """Soak, with the memory at the start, once everybody is at work, and at the end."""
    work = asyncio.create_task(soak(url, token, options, log))
    await asyncio.sleep(60 * EDGE * options.minutes)
    before = memory(server.pid)
    await work
    print(
        f"memory of the server and its processes: {before:,.0f} MiB after a fifth, {memory(server.pid):,.0f} at the end"
    )


if __name__ == "__main__":
    sys.exit(main())
