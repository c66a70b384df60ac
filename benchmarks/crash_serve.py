"""
The rounds of `crash` that kill ``claimcheck serve`` while articles, removals, checks and decisions come in.

What the server has answered with success must be there when it is started again on the same index: articles and
decisions, and the events of a check as they were told.  Needs the extra ``server`` and httpx.
"""

from __future__ import annotations

import itertools
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import crash_work as work
import httpx
from attrs import define, field
from crash import PATIENCE, Tally

from claimcheck.checker import Corpus

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from newsroom_server import Server, begun, events

#: Most seconds that a server works before it is killed, after its first answer.
LONGEST = 4.0
DRAFT = "Ada Falk crossed the ice in 1950. Bo Lind left the harbour in 1987. Cleo Marsh reached the valley."

_OPTIONS = ("--workers", 1, "--method", "slots", "--rate", 6000)


@define
class Answers:
    """What servers have answered with success, one after another on the same index."""

    articles: dict[str, str] = field(factory=dict)
    removed: set[str] = field(factory=set)
    on_the_way: set[str] = field(factory=set)
    checks: dict[str, tuple[list[Any], list[Any]]] = field(factory=dict)
    count: int = 0


def serving(_kind: str, folder: Path, chance: random.Random, rounds: int) -> Tally:
    """Rounds of ``serve``."""
    tally, answers, numbers = Tally(), Answers(), itertools.count()
    path = folder / work.INDEX
    with Corpus.open(path):
        pass
    while tally.rounds < rounds:
        with Server(folder, "--index", path, *_OPTIONS) as server:
            server.ready()
            before = answers.count
            tally.corrupt += [f"round {tally.rounds}: {what}" for what in _not_as_told(server, answers)]
            work_under_way = [
                _started(_send_articles, server, answers, numbers),
                _started(_send_drafts, server, answers),
            ]
            while answers.count == before and any(thread.is_alive() for thread in work_under_way):
                time.sleep(0.05)
            time.sleep(chance.uniform(0, LONGEST))
            children = server.children()
            server.process.kill()
            tally.killed_at_work += server.process.wait() == -signal.SIGKILL
            for thread in work_under_way:
                thread.join()
        tally.rounds += 1
        if not _gone(children):
            tally.corrupt.append(f"round {tally.rounds}: a process of the server lives on")
        _prove(path, answers, tally)
    tally.acknowledged = answers.count
    with Server(folder, "--index", path, *_OPTIONS) as server:
        tally.corrupt += [f"at the end: {what}" for what in _not_as_told(server, answers)]
    return tally


def _started(work_: Callable[..., None], *arguments: Any) -> threading.Thread:
    """A thread that works until the server breaks off."""

    def until_killed() -> None:
        with suppress(httpx.TransportError):
            work_(*arguments)

    thread = threading.Thread(target=until_killed)
    thread.start()
    return thread


def _send_articles(server: Server, answers: Answers, numbers: itertools.count[int]) -> None:
    """Add articles, and remove every third one again."""
    with server.local() as client:
        for number in numbers:
            name, text = f"{work.name(number)}.txt", _text(number)
            answers.on_the_way.add(name)
            answer = client.post("/api/v1/documents", json={"name": name, "text": text})
            if answer.status_code != httpx.codes.CREATED:
                raise SystemExit(answer.text)
            answers.articles[name] = text
            answers.count += 1
            if number % 3 == 0:
                answers.on_the_way.add(name)
                del answers.articles[name]
                client.delete(f"/api/v1/documents/{name}").raise_for_status()
                answers.removed.add(name)
                answers.count += 1


def _text(number: int) -> str:
    """The first sentences of an article, which are read quickly."""
    return ".".join(work.article(number, 0).text.split(".")[:4]) + "."


def _send_drafts(server: Server, answers: Answers) -> None:
    """Have drafts checked, and decide on the first finding of each."""
    with server.local() as client:
        while True:
            check = begun(client, DRAFT)
            told = events(client, check)
            answers.checks[check] = (told, [])
            answers.count += 1
            number = next(data["number"] for _, kind, data in told if kind == "claim")
            where = f"/api/v1/checks/{check}/claims/{number}/decisions"
            decision = client.post(where, json={"action": "comment", "comment": "kept"})
            answers.checks[check][1].append(decision.raise_for_status().json())
            answers.count += 1


def _prove(path: Path, answers: Answers, tally: Tally) -> None:
    """Compare the index with what was answered."""
    with Corpus.open(path) as corpus:
        tally.corrupt += [f"round {tally.rounds}: {fault.message}" for fault in corpus.check().faults]
        found = {info.id: corpus.get(info.id) for info in corpus.documents()}
    for name, text in answers.articles.items():
        if name not in found:
            tally.lost.append(f"round {tally.rounds}: {name}")
        elif (document := found[name]) is None or document.text != text:
            tally.corrupt.append(f"round {tally.rounds}: {name}")
    for name, document in found.items():
        expected = _text(int(name[1:5]))
        if name in answers.removed or name not in answers.on_the_way or document is None or document.text != expected:
            tally.corrupt.append(f"round {tally.rounds}: {name} must not be there so")


def _not_as_told(server: Server, answers: Answers) -> list[str]:
    """What a server that was started again tells otherwise than the one before it."""
    wrong = []
    with server.client() as client:
        for check, (told, decisions) in answers.checks.items():
            whole = client.get(f"/api/v1/checks/{check}")
            if events(client, check) != told:
                wrong.append(f"the events of check {check}")
            if whole.status_code != httpx.codes.OK or any(one not in whole.json()["decisions"] for one in decisions):
                wrong.append(f"the decisions on check {check}")
    return wrong


def _gone(children: list[int]) -> bool:
    """Whether processes end soon."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        states = [_state(child) for child in children]
        if all(state in {"", "Z"} for state in states):
            return True
        time.sleep(0.1)
    return False


def _state(child: int) -> str:
    """The letter that /proc has for a process, "" when there is none."""
    try:
        return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
