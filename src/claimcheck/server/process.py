"""
A process that checks.

It works at everything it was given in turns, one sentence at a time, so that a long draft keeps nobody waiting.  A
fault of one piece of work ends that piece alone; a process that hangs or dies is replaced by the server.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import signal
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from attrs import define, frozen

import claimcheck
from claimcheck import documents
from claimcheck.checker.check import Planned, Step
from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.checker.pairs import Method
from claimcheck.checker.warm import warm_up
from claimcheck.errors import ClaimcheckError, DocumentError
from claimcheck.index import ANALYSIS_VERSION, FORMAT_VERSION
from claimcheck.model import Failure as ClaimFailure
from claimcheck.render.check_formats import FORMATS
from claimcheck.render.objects import SCHEMA_VERSION, failure_object, verdict_object

from . import articles, messages, objects
from .database import PATIENCE
from .exports import TYPES
from .messages import AddDocument, Answer, Begin, Cancel, CheckDraft, Done, Events, Ready, Report, VerifyClaims, Work

#: Checkers for other days than the server's own that are kept.
_DAYS = 4
#: What the entailment model is warmed up with.
_FIRST = "The old bridge was opened in 1932."

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class Tools:
    """What a process works with: the index, and how to judge."""

    index: str
    as_of: dt.date | None = None
    method: Method = Method.BOTH
    entailment: str | None = "default"
    min_confidence: float = 0.0
    most_text: int = 400_000


def main(connection: Connection, current: Any, tools: Tools) -> None:
    """
    Work until the server hangs up.

    Args:
        connection: To the server.
        current: A shared integer: the number of what is being worked at.
        tools: What to work with.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        bench = _Bench(tools)
        connection.send(Ready(versions=bench.versions))
        _Turns(connection, current, bench).run()


class _Turns:
    """All work under way, a step of each in turn."""

    def __init__(self, connection: Connection, current: Any, bench: _Bench) -> None:
        self._connection = connection
        self._current = current
        self._bench = bench
        self._waiting: deque[tuple[int, Iterator[Answer]]] = deque()

    def run(self) -> None:
        """Take orders and work at them."""
        while True:
            while not self._waiting or self._connection.poll():
                self._take(self._connection.recv())
            number, answers = self._waiting.popleft()
            self._current.value = number
            if self._step(number, answers):
                self._waiting.append((number, answers))
            self._current.value = 0

    def _take(self, order: Begin | Cancel) -> None:
        if isinstance(order, Begin):
            self._waiting.append((order.number, self._bench.answers(order.number, order.work)))
        else:
            self._waiting = deque(w for w in self._waiting if w[0] != order.number)

    def _step(self, number: int, answers: Iterator[Answer]) -> bool:
        """One step; whether there are more."""
        try:
            answer = next(answers, None)
        except Exception as error:  # noqa: BLE001 - the other work goes on
            self._connection.send(_failure(number, error))
            return False
        if answer is not None:
            self._connection.send(answer)
        return answer is not None


def _failure(number: int, error: Exception) -> messages.Failure:
    if isinstance(error, ClaimcheckError):
        return messages.Failure(number=number, code=error.error_code, message=error.message, hint=error.hint)
    if isinstance(error, RecursionError | MemoryError):
        error = DocumentError("the text is nested too deeply, or too large", hint="simplify its mark-up")
        return _failure(number, error)
    _log.error("something in claimcheck went wrong", exc_info=error)
    hint = "please report it with the lines in the server's log"
    message = f"something in claimcheck went wrong: {type(error).__name__}"
    return messages.Failure(number=number, code="CC-E99", message=message, hint=hint)


@define
class _State:
    """Checkers by day, good for the index in one state."""

    state: object
    checkers: dict[dt.date | None, claimcheck.Checker]


class _Bench:
    """What the process works with."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._corpus = claimcheck.Corpus.open(tools.index, read_only=True)
        first = claimcheck.Checker(self._corpus, entailment=tools.entailment, method=tools.method)
        self._model = first.entailment if tools.method is not Method.SLOTS else None
        warm_up(first)
        first.judge(_FIRST, _FIRST, method=Method.SLOTS if self._model is None else Method.MEANING)
        self._state = _State(state=None, checkers={})
        self.versions: dict[str, Any] = {
            "claimcheck": claimcheck.__version__,
            "schema": SCHEMA_VERSION,
            "index": f"{FORMAT_VERSION}/{ANALYSIS_VERSION}",
            "model": self._model.name if self._model is not None else None,
            "method": tools.method.value,
        }

    def answers(self, number: int, work: Work) -> Iterator[Answer]:
        """The answers to *work*, as they come."""
        match work:
            case CheckDraft():
                return self._check(number, work)
            case VerifyClaims():
                return self._verify(number, work)
            case AddDocument():
                return self._add(number, work)

    def _check(self, number: int, work: CheckDraft) -> Iterator[Answer]:
        began = time.monotonic()
        draft = draft_of_bytes(work.data, name=work.name)
        if len(draft.document.text) > self._tools.most_text:
            msg = f"the draft has {len(draft.document.text):,} characters, more than {self._tools.most_text:,}"
            raise DocumentError(msg, hint="split it")
        steps = self._checker(None).check_steps(draft)
        plan = next(steps)
        assert isinstance(plan, Planned)
        total = sum(s.index not in plan.refused for s in plan.reading.sentences)
        yield Events(number=number, events=(objects.draft_event(plan), objects.progress_event(0, total)))
        done = 0
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                report = end.value
                break
            assert isinstance(step, Step)
            events = [objects.step_event(plan, step)]
            if step.claim is not None or step.aside is not None:
                done += 1
                events.append(objects.progress_event(done, total))
            yield Events(number=number, events=tuple(events))
        exports = {}
        for name in TYPES:
            exports[name] = "".join(FORMATS[name]([report]))
        last = objects.done_event(report, time.monotonic() - began, self.versions)
        result = Report(last=last, summary=objects.summary_of(report), exports=exports)
        yield Done(number=number, result=result)

    def _verify(self, number: int, work: VerifyClaims) -> Iterator[Answer]:
        found = []
        checker = self._checker(work.as_of)
        for claim in work.claims:
            (result,) = checker.verify_many([claim])
            found.append(failure_object(result) if isinstance(result, ClaimFailure) else verdict_object(result))
            yield Events(number=number, events=())  # somebody else's turn
        yield Done(number=number, result=found)

    def _add(self, number: int, work: AddDocument) -> Iterator[Answer]:
        loaded = documents.load_bytes(work.data, document_id=work.id, media_type=work.media_type)
        if loaded.faults:
            raise loaded.faults[0]
        with claimcheck.Corpus.open(self._tools.index, timeout=PATIENCE) as corpus:
            report = corpus.add(loaded.documents[0])
        if report.faults:
            raise report.faults[0]
        yield Done(number=number, result=work.id)

    def _checker(self, as_of: dt.date | None) -> claimcheck.Checker:
        """A checker for a day, with nothing in its memory of articles that have changed since."""
        state = articles.state(self._tools.index)
        if state != self._state.state:
            self._state = _State(state=state, checkers={})
        checkers = self._state.checkers
        day = as_of or self._tools.as_of
        if day not in checkers:
            while len(checkers) >= _DAYS:
                checkers.pop(next(itertools.islice(checkers, 0, 1)))
            tools = self._tools
            checkers[day] = claimcheck.Checker(
                self._corpus,
                as_of=day,
                entailment=self._model,
                method=tools.method if self._model is not None else Method.SLOTS,
                min_confidence=tools.min_confidence,
            )
        return checkers[day]
