"""
What a process killed at a random moment leaves behind: nothing acknowledged is lost, nothing is there by half.

Usage: ``python benchmarks/crash.py [--rounds N] [--what KIND,...] [--seed N]``.  A round starts a real process, kills
it with SIGKILL at a moment drawn between its first acknowledgement and the end, and then proves: the index is sound
(`index check`), each acknowledged document is there word for word with all that was read from it, no document is in a
state that nobody stored, and the next process goes on from there.  Work that got to its end must have made the same
index as work that nobody interrupted.  ``index``, ``update``, ``remove``, ``jobs`` (several reading processes),
``cache`` and ``kept`` run `crash_work`; ``command`` runs ``claimcheck index add`` with the language model; ``serve``
runs ``claimcheck serve`` and sends articles, removals and decisions.  Prints a table, and what was lost or corrupt.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import crash_work as work
from attrs import define, field

import tiny_reader
from claimcheck.checker import Corpus, results
from claimcheck.model import Document

KINDS = ("index", "update", "remove", "jobs", "cache", "kept", "command", "serve")
#: Seconds that orphans may take to notice that nobody wants their work.
PATIENCE = 20.0

_WORKER = Path(work.__file__)
_TABLES = ("documents", "sentences", "frequencies", "meta")


@define
class Tally:
    """What the rounds of one kind came to."""

    rounds: int = 0
    killed_at_work: int = 0
    acknowledged: int = 0
    lost: list[str] = field(factory=list)
    corrupt: list[str] = field(factory=list)
    finished: int = 0


class Run:
    """
    A process whose acknowledgements are heard while it works.

    Args:
        command: What is run.
        folder: Where; the cache is kept below it.
    """

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        environment = {**os.environ, "CLAIMCHECK_CACHE": str(folder / work.CACHE)}
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, cwd=folder
        )
        self.said: list[str] = []
        self._changed = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                self.said.append(line.strip())
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def kill_after(self, count: int, seconds: float) -> bool:
        """Kill it *seconds* after *count* acknowledgements; say whether it was still at work."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.said) >= count or not self._listener.is_alive(), PATIENCE * 10)
        time.sleep(seconds)
        self.process.kill()
        status = self.process.wait()
        self._listener.join(PATIENCE)
        return status == -signal.SIGKILL

    def finish(self) -> None:
        """Let it come to its end."""
        status = self.process.wait()
        self._listener.join(PATIENCE)
        if status:
            message = f"the work ended with status {status}"
            raise SystemExit(message)


# -------------------------------------------------------------------------------- proof


def digest(path: Path) -> str:
    """SHA-256 over the rows of an index: two with the same rows are the same to every reader."""
    total = hashlib.sha256()
    with closing(sqlite3.connect(path)) as connection:
        for table in _TABLES:
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608 - names of ours
                total.update(repr(row).encode())
    return total.hexdigest()


def faults(path: Path, allowed: Callable[[int], Sequence[Document | None]]) -> Iterator[tuple[str, str]]:
    """
    What is wrong with the index of `crash_work`: ``lost`` or ``corrupt``, and where.

    Args:
        path: The index.
        allowed: The states an article may be in after what was acknowledged; ``None`` is not there.
    """
    with Corpus.open(path, reader=tiny_reader.read) as corpus:
        for fault in corpus.check().faults:
            yield "corrupt", f"{fault.document}: {fault.message}"
        names = {info.id for info in corpus.documents()}
        for number in range(work.ARTICLES):
            states = allowed(number)
            found = corpus.get(work.name(number))
            if found not in states:
                yield ("lost" if found is None else "corrupt"), work.name(number)
            elif found is not None and corpus.reading(found.id) != work.reading(number, int(found.title[-1])):
                yield "corrupt", f"{found.id}: not all that was read from it"
            names.discard(work.name(number))
        for name in names:
            yield "corrupt", f"{name}: nobody stored it"


def allowed_after(kind: str, said: set[str]) -> Callable[[int], Sequence[Document | None]]:
    """The states of an article that may be found when *said* was acknowledged."""

    def states(number: int) -> Sequence[Document | None]:
        told = work.name(number) in said
        if kind in {"index", "jobs"}:
            return (work.article(number, 0),) if told else (work.article(number, 0), None)
        if kind == "update":
            return (work.article(number, 1),) if told else (work.article(number, 0), work.article(number, 1))
        gone = number % 2 == 0
        return (None,) if told else (work.article(number, 0), *((None,) if gone else ()))

    return states


# ------------------------------------------------------------------------------- storing


def storing(kind: str, folder: Path, chance: random.Random, rounds: int) -> Tally:
    """Rounds of ``index``, ``update``, ``remove`` and ``jobs``: one index after another, killed again and again."""
    tally = Tally()
    command = [sys.executable, str(_WORKER), "index" if kind == "jobs" else kind, ".", "--jobs", "12"[kind == "jobs"]]
    begun = _begun(kind, folder)
    whole = _finished(command, begun, folder / "whole")
    place, said, seconds = folder / "killed", set[str](), 0.01
    _copied(begun, place)
    while tally.rounds < rounds:
        run = Run(command, place)
        at_work = run.kill_after(chance.randint(1, work.ARTICLES // 2 - 1), chance.uniform(0, seconds))
        said.update(run.said)
        tally.rounds += 1
        tally.killed_at_work += at_work
        tally.acknowledged += len(run.said)
        for what, where in faults(place / work.INDEX, allowed_after(kind, said)):
            getattr(tally, what).append(f"round {tally.rounds}: {where}")
        if tally.rounds % 4 == 0 or not at_work:  # let it come to its end, and compare
            Run(command, place).finish()
            tally.finished += 1
            if digest(place / work.INDEX) != whole:
                tally.corrupt.append(f"round {tally.rounds}: the finished index is another one")
            _copied(begun, place)
            said = set()
    return tally


def _begun(kind: str, folder: Path) -> Path:
    """The folder that work begins with: empty, or with an index of all articles."""
    begun = folder / "begun"
    begun.mkdir()
    if kind in {"update", "remove"}:
        Run([sys.executable, str(_WORKER), "index", "."], begun).finish()
    return begun


def _finished(command: Sequence[str], begun: Path, place: Path) -> str:
    """The digest of the index that uninterrupted work makes."""
    _copied(begun, place)
    Run(command, place).finish()
    return digest(place / work.INDEX)


def _copied(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


# ----------------------------------------------------------------- what can be made again


def caching(_kind: str, folder: Path, chance: random.Random, rounds: int) -> Tally:
    """Rounds of ``cache``: an index made on the fly is there whole or not at all."""
    tally = Tally()
    articles = folder / work.FILES
    articles.mkdir()
    expected = {}
    for number in range(work.ARTICLES):
        expected[f"{work.name(number)}.txt"] = work.article(number, 0).text
        (articles / f"{work.name(number)}.txt").write_text(work.article(number, 0).text, encoding="utf-8")
    os.environ["CLAIMCHECK_CACHE"] = str(folder / work.CACHE)
    while tally.rounds < rounds:
        run = Run([sys.executable, str(_WORKER), "cache", "."], folder)
        tally.killed_at_work += run.kill_after(chance.randint(1, work.ARTICLES), chance.uniform(0, 0.05))
        tally.acknowledged += len(run.said)
        tally.rounds += 1
        with Corpus.of(articles, reader=tiny_reader.read) as corpus:
            found = {info.id: corpus.get(info.id) for info in corpus.documents()}
            if not corpus.check().ok or {name: one.text for name, one in found.items() if one} != expected:
                tally.corrupt.append(f"round {tally.rounds}: the index in the cache")
        tally.finished += 1
        shutil.rmtree(folder / work.CACHE)
    return tally


def keeping(_kind: str, folder: Path, chance: random.Random, rounds: int) -> Tally:
    """Rounds of ``kept``: a result comes out as it was put in, or not at all, and the file can be used on."""
    tally = Tally()
    wanted = dict(work.result(number) for number in range(work.RESULTS))
    while tally.rounds < rounds:
        run = Run([sys.executable, str(_WORKER), "kept", "."], folder)
        tally.killed_at_work += run.kill_after(chance.randint(1, work.RESULTS // 12), chance.uniform(0, 0.005))
        tally.acknowledged += len(run.said)
        tally.rounds += 1
        store = results.ResultStore(folder / work.KEPT)
        found = store.get(list(wanted))
        if any(data != wanted[key] for key, data in found.items()):
            tally.corrupt.append(f"round {tally.rounds}: a result that nobody kept")
        key, data = work.result(0)
        store.put({key: data})
        if store.get([key]) != {key: data}:
            tally.corrupt.append(f"round {tally.rounds}: the file cannot be used any more")
        store.close()
    return tally


# ------------------------------------------------------------------------ the real command


def commanding(_kind: str, folder: Path, chance: random.Random, rounds: int) -> Tally:
    """Rounds of ``command``: what a reader beside it saw in the index before the kill was acknowledged."""
    tally = Tally()
    articles, place = folder / work.FILES, folder / "killed"
    articles.mkdir()
    place.mkdir()
    for number in range(40):
        text = " ".join(work.article(number, 0).text.split(" ")[:120])
        (articles / f"{work.name(number)}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "claimcheck", "index", "add", "--index", work.INDEX, str(articles)]
    Run(command, folder).finish()
    with Corpus.open(folder / work.INDEX) as corpus:
        whole = {info.id: (corpus.get(info.id), corpus.reading(info.id)) for info in corpus.documents()}
    while tally.rounds < rounds:
        run = Run(command, place)
        seen = _seen(run, place / work.INDEX, chance.randint(1, 30))
        tally.killed_at_work += run.kill_after(0, chance.uniform(0, 0.1))
        tally.acknowledged += len(seen)
        tally.rounds += 1
        with Corpus.open(place / work.INDEX) as corpus:
            tally.corrupt += [f"round {tally.rounds}: {fault.message}" for fault in corpus.check().faults]
            found = {info.id: (corpus.get(info.id), corpus.reading(info.id)) for info in corpus.documents()}
        tally.lost += [f"round {tally.rounds}: {name}" for name in seen - found.keys()]
        tally.corrupt += [f"round {tally.rounds}: {name}" for name, one in found.items() if one != whole[name]]
        if tally.rounds % 4 == 0:
            Run(command, place).finish()
            tally.finished += 1
            if digest(place / work.INDEX) != digest(folder / work.INDEX):
                tally.corrupt.append(f"round {tally.rounds}: the finished index is another one")
            shutil.rmtree(place)
            place.mkdir()
    return tally


def _seen(run: Run, path: Path, count: int) -> set[str]:
    """The documents that a reader finds beside the writer, once there are *count* of them or the writer has ended."""
    seen: set[str] = set()
    while len(seen) < count and run.process.poll() is None:
        time.sleep(0.02)
        if path.is_file() and path.stat().st_size:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
                try:
                    seen = {row[0] for row in connection.execute("SELECT id FROM documents")}
                except sqlite3.OperationalError:  # the tables are being made
                    continue
    return seen


ROUNDS: dict[str, Callable[[str, Path, random.Random, int], Tally]] = {
    "index": storing,
    "update": storing,
    "remove": storing,
    "jobs": storing,
    "cache": caching,
    "kept": keeping,
    "command": commanding,
}


def main() -> None:
    """Print what the rounds came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200, help="over all kinds together")
    parser.add_argument("--what", default=",".join(KINDS), help="kinds, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kinds = options.what.split(",")
    if unknown := set(kinds) - set(KINDS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    print("\n".join(table(run(kinds, options.rounds, options.seed))))


def run(kinds: Sequence[str], rounds: int, seed: int) -> dict[str, Tally]:
    """What *rounds* shared out among *kinds* came to."""
    found = {}
    for number, kind in enumerate(kinds):
        share = rounds // len(kinds) + (number < rounds % len(kinds))
        with tempfile.TemporaryDirectory() as place:
            found[kind] = rounds_of(kind)(kind, Path(place), random.Random(f"{seed} {kind}"), share)
        print(f"{kind}: {found[kind]}", file=sys.stderr, flush=True)
    return found


def table(found: Mapping[str, Tally]) -> Iterator[str]:
    """The lines of a table of *found*, and below it each thing that was lost or corrupt."""
    yield f"{'kind':8}{'rounds':>8}{'killed at work':>16}{'acknowledged':>14}{'compared':>10}{'lost':>6}{'corrupt':>9}"
    rows = {
        kind: (t.rounds, t.killed_at_work, t.acknowledged, t.finished, len(t.lost), len(t.corrupt))
        for kind, t in found.items()
    }
    rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))
    for kind, (rounds, killed, acknowledged, finished, lost, corrupt) in rows.items():
        yield f"{kind:8}{rounds:8}{killed:16}{acknowledged:14}{finished:10}{lost:6}{corrupt:9}"
    for kind, tally in found.items():
        yield from (f"{kind}: lost: {what}" for what in tally.lost)
        yield from (f"{kind}: corrupt: {what}" for what in tally.corrupt)


def rounds_of(kind: str) -> Callable[[str, Path, random.Random, int], Tally]:
    """What does the rounds of a kind; the server's needs the extra ``server``, so only it imports that."""
    if kind != "serve":
        return ROUNDS[kind]
    import crash_serve  # noqa: PLC0415 - needs httpx and the extra

    return crash_serve.serving


if __name__ == "__main__":
    main()
