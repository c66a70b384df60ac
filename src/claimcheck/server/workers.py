"""
The processes that check, seen from the server.

One thread for each process hands out work and takes in what comes of it.  A process that says nothing for too long, or
dies, is ended and replaced; the work that it was at fails, the rest of its work is begun anew elsewhere.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Protocol

from attrs import define, field

from claimcheck.errors import ClaimcheckError, ServerError

from . import messages, process
from .faults import BROKEN, BUSY, OVERDUE
from .history import DONE, FAILED, Event, History, failed_event
from .messages import Begin, Cancel, Done, Events, Ready, Report, Work
from .process import Tools

#: Seconds between two looks at the clock.
_TICK = 0.2
#: Seconds that a process may take to begin, and after which a failed start is tried again.
_START, _PAUSE = 300.0, 2.0

_log = logging.getLogger(__name__)


class Job(Protocol):
    """Work, and what is done with what comes of it; everything is called in a thread of the workers."""

    work: Work

    def began(self, versions: dict[str, Any]) -> None:
        """A process takes it up."""

    def events(self, events: tuple[Event, ...]) -> None:
        """Something has happened."""

    def done(self, result: Any) -> None:
        """It has come to its end."""

    def failed(self, error: ClaimcheckError) -> None:
        """It could not be brought to its end."""


@define(eq=False)
class Asked:
    """Work that somebody waits for."""

    work: Work
    future: Future[Any] = field(factory=Future)

    def began(self, versions: dict[str, Any]) -> None:
        """Nothing is to be done."""

    def events(self, events: tuple[Event, ...]) -> None:
        """Nothing is to be done."""

    def done(self, result: Any) -> None:
        """Hand the result over, unless nobody waits any more."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_result(result)

    def failed(self, error: ClaimcheckError) -> None:
        """Hand the error over, unless nobody waits any more."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(error)


@define(eq=False)
class Check:
    """A check, whose events are kept, and told to those who look on."""

    work: Work
    id: str
    history: History
    tell: Callable[[str], None]
    ended: Callable[[str], None]
    _seen: set[tuple[str, int | None, str]] = field(factory=set, init=False)

    def began(self, versions: dict[str, Any]) -> None:
        """Keep that it is under way."""
        self.history.started(self.id, versions)

    def events(self, events: tuple[Event, ...]) -> None:
        """Keep the events that are new: a check that was begun anew says some of them again."""
        new = tuple(e for e in events if e.kind == "progress" or _key(e) not in self._seen)
        self._seen.update(map(_key, new))
        if new and self.history.append(self.id, new):
            self.tell(self.id)

    def done(self, result: Report) -> None:
        """Keep the report."""
        if self.history.finish(self.id, result.last, summary=result.summary, exports=result.exports):
            self.ended(DONE)
        self.tell(self.id)

    def failed(self, error: ClaimcheckError) -> None:
        """Keep why there is none."""
        if self.history.finish(self.id, failed_event(error)):
            self.ended(FAILED)
        self.tell(self.id)


@define(eq=False)
class _Task:
    number: int
    job: Job
    deadline: float
    begun: int = 0


class Workers:
    """
    The processes.

    Args:
        tools: What they work with.
        count: How many.
        silence: Seconds that one step may take.
        most: Pieces of work under way and waiting, in all.
    """

    def __init__(self, tools: Tools, *, count: int, silence: float, most: int) -> None:
        self._most = most
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._workers = [_Worker(tools, silence, self._again) for _ in range(count)]

    def start(self) -> None:
        """Begin; work can be handed in at once, and waits until a process is ready."""
        for worker in self._workers:
            worker.start()

    @property
    def ready(self) -> int:
        """How many processes have loaded what they need."""
        return sum(worker.ready.is_set() for worker in self._workers)

    @property
    def versions(self) -> dict[str, Any]:
        """What the processes work with, empty before the first is ready."""
        return next((w.versions for w in self._workers if w.versions), {})

    @property
    def busy(self) -> int:
        """Pieces of work under way and waiting."""
        return sum(worker.load for worker in self._workers)

    def refuse_more(self) -> None:
        """
        Say early that there is too much to do.

        Raises:
            ServerError: If there is (``CC-E65``).
        """
        busy = self.busy
        if busy >= self._most:
            msg = f"{busy} pieces of work are under way or waiting, which is as many as there may be"
            raise ServerError(msg, hint="try again in a minute", code=BUSY)

    def submit(self, job: Job, *, seconds: float) -> None:
        """
        Have *job* worked at, for *seconds* at most.

        Raises:
            ServerError: If there is too much to do already (``CC-E65``).
        """
        with self._lock:
            self.refuse_more()
            task = _Task(number=next(self._numbers), job=job, deadline=time.monotonic() + seconds)
            min(self._workers, key=lambda w: w.load).begin(task)

    def _again(self, task: _Task) -> None:
        with self._lock:
            min(self._workers, key=lambda w: w.load).begin(task)

    def close(self) -> None:
        """End the processes; work under way gets neither a result nor an error any more."""
        for worker in self._workers:
            worker.closing.set()
        for worker in self._workers:
            worker.close()


class _Worker(threading.Thread):
    """One process and the thread that talks to it."""

    def __init__(self, tools: Tools, silence: float, again: Callable[[_Task], None]) -> None:
        super().__init__(name="claimcheck-worker", daemon=True)
        self.ready = threading.Event()
        self.closing = threading.Event()
        self.versions: dict[str, Any] = {}
        self._tools = tools
        self._silence = silence
        self._again = again
        self._context = multiprocessing.get_context("spawn")
        self._tasks: dict[int, _Task] = {}
        self._guard = threading.RLock()
        self._connection: Connection | None = None
        self._orders: SimpleQueue[Begin | Cancel | None] = SimpleQueue()
        self._process: Any = None
        self._current: Any = None
        self._heard = 0.0

    @property
    def load(self) -> int:
        """Pieces of work that it has."""
        return len(self._tasks)

    def begin(self, task: _Task) -> None:
        """Take on work; this does not wait."""
        with self._guard:
            self._tasks[task.number] = task
            if self.ready.is_set():
                self._send(task)

    def close(self) -> None:
        """End the process and the thread."""
        self._kill()
        if self.is_alive():
            self.join(10.0)

    # ------------------------------------------------------------------ in the thread

    def run(self) -> None:
        """Keep a process going until the server stops."""
        while not self.closing.is_set():
            try:
                self._start()
                self._listen()
            except (EOFError, OSError):
                pass
            except Exception:  # noqa: BLE001 - the thread must go on
                _log.exception("a worker's thread stumbled")
            if not self.closing.is_set():
                self._replace()
        self._kill()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        self._current = self._context.Value("q", 0, lock=False)
        self._process = self._context.Process(
            target=process.main, args=(theirs, self._current, self._tools), name="claimcheck-check", daemon=True
        )
        self._process.start()
        theirs.close()
        self._connection, self._orders = ours, SimpleQueue()
        threading.Thread(target=_deliver, args=(ours, self._orders), name="claimcheck-orders", daemon=True).start()
        self._heard = time.monotonic()

    def _listen(self) -> None:
        assert self._connection is not None
        while not self.closing.is_set():
            if self._connection.poll(_TICK):
                self._take(self._connection.recv())
                self._heard = time.monotonic()
            now = time.monotonic()
            self._end_late(now)
            if not self._tasks and self.ready.is_set():
                self._heard = now
            elif now - self._heard > (self._silence if self.ready.is_set() else _START):
                return

    def _take(self, answer: messages.Answer) -> None:
        if isinstance(answer, Ready):
            with self._guard:
                self.versions = answer.versions
                self.ready.set()
                for waiting in list(self._tasks.values()):
                    self._send(waiting)
            return
        with self._guard:
            task = self._tasks.get(answer.number)
            if task is not None and not isinstance(answer, Events):
                del self._tasks[answer.number]
        if task is not None:
            self._hand_on(task, answer)

    def _hand_on(self, task: _Task, answer: Events | Done | messages.Failure) -> None:
        match answer:
            case Events():
                self._do(task, lambda: task.job.events(answer.events))
            case Done():
                self._do(task, lambda: task.job.done(answer.result))
            case messages.Failure():
                error = ClaimcheckError(answer.message, hint=answer.hint, code=answer.code)
                self._do(task, lambda: task.job.failed(error))

    def _do(self, task: _Task, what: Callable[[], None]) -> None:
        """Hand something to a job; one whose outcome cannot be kept is given up."""
        try:
            what()
        except Exception as error:  # noqa: BLE001 - the thread must go on
            _log.exception("an outcome could not be kept")
            self._drop(task)
            told = error if isinstance(error, ClaimcheckError) else _broken("an outcome could not be kept")
            with suppress(Exception):
                task.job.failed(told)

    def _end_late(self, now: float) -> None:
        for task in [t for t in list(self._tasks.values()) if t.deadline < now]:
            self._drop(task)
            msg = "the work took longer than it may"
            error = ServerError(msg, hint="split the text, or ask for longer when the server is started", code=OVERDUE)
            self._do(task, lambda t=task, e=error: t.job.failed(e))  # type: ignore[misc]

    def _drop(self, task: _Task) -> None:
        with self._guard:
            if self._tasks.pop(task.number, None) is not None:
                self._orders.put(Cancel(number=task.number))

    def _send(self, task: _Task) -> None:
        task.begun += 1
        self._do(task, lambda: task.job.began(self.versions))
        if task.number in self._tasks:
            self._orders.put(Begin(number=task.number, work=task.job.work))

    def _replace(self) -> None:
        """End the process; what it was at fails, the rest begins anew."""
        started = self.ready.is_set()
        guilty = self._current.value if self._current is not None else 0
        self.ready.clear()
        self._kill()
        with self._guard:
            tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            if task.number == guilty or task.begun > 1 or not started:
                error = _broken("the process that worked at this has died, or took too long over one step")
                self._do(task, lambda t=task, e=error: t.job.failed(e))  # type: ignore[misc]
            else:
                self._again(task)
        if not started:
            _log.error("a process that checks could not be started")
            self.closing.wait(_PAUSE)

    def _kill(self) -> None:
        if self._process is not None and self._process.pid is not None:
            self._process.kill()
            self._process.join(10.0)
        self._orders.put(None)
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _deliver(connection: Connection, orders: SimpleQueue[Begin | Cancel | None]) -> None:
    """Send orders in a thread of its own: a process that is busy may be slow to take a large one."""
    with suppress(OSError):  # a process that is gone is replaced, and its work begun anew
        while (order := orders.get()) is not None:
            connection.send(order)


def _key(event: Event) -> tuple[str, int | None, str]:
    """What an event is known by; one sentence can hold several quotations."""
    return event.kind, event.claim, event.data if event.kind == "quotation" else ""


def _broken(message: str) -> ServerError:
    return ServerError(message, hint="check the text; when it is an ordinary one, report this", code=BROKEN)
