"""
The thread that checks.

One thread does all the work, so that the server always answers.  It opens the corpus, then checks the texts that wait,
each in its newest version only: a newer one stops the check of the older one between two sentences.  What came of it
is handed to one callback, which is called in this thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from attrs import define, field, frozen

import claimcheck
from claimcheck.checker.baseline import read_baseline, without_accepted
from claimcheck.checker.diagnostics import CheckReport
from claimcheck.checker.drafts import Draft
from claimcheck.checker.filters import filtered
from claimcheck.checker.warm import warm_up
from claimcheck.config.values import model
from claimcheck.errors import ClaimcheckError, CorpusError
from claimcheck.model import Evidence

from .drafts import draft_of
from .settings import Settings
from .sources import SourcePlace, Sources
from .texts import OpenText, Units

_log = logging.getLogger(__name__)

#: Where a piece of evidence stands: its document, and its code points there.
Key = tuple[str, int, int]


def key_of(evidence: Evidence) -> Key:
    """What `Checked.places` knows *evidence* by."""
    return evidence.document, evidence.span.start, evidence.span.end


@frozen(kw_only=True)
class Progressed:
    """The corpus is being read: *done* of *total* articles, the last of which was *name*."""

    done: int
    total: int
    name: str


@frozen(kw_only=True)
class Opened:
    """The corpus is open; *faults* say why articles are missing."""

    documents: int
    faults: tuple[ClaimcheckError, ...] = ()


@frozen(kw_only=True)
class Checked:
    """
    A text was checked.

    Args:
        text: In the version that was checked.
        draft: What was read of it, ``None`` for a text that is blank.
        report: What was found, ``None`` likewise.
        places: Where the evidence stands on disk.
        verified: Sentences that were verified; those whose verdict was at hand do not count.
    """

    text: OpenText
    draft: Draft | None = None
    report: CheckReport | None = None
    places: Mapping[Key, SourcePlace] = field(factory=dict, hash=False)
    verified: int = 0


@frozen(kw_only=True)
class Failed:
    """The corpus could not be opened, or *text* not be checked."""

    error: ClaimcheckError
    text: OpenText | None = None


@frozen(kw_only=True)
class Stopped:
    """The check of that version was given up: there is a newer one, or the text was closed."""

    text: OpenText


Outcome = Progressed | Opened | Checked | Failed | Stopped


class _StopError(Exception):
    """The work at hand is no longer wanted."""


@define(eq=False)
class _Job:
    text: OpenText
    stop: threading.Event = field(factory=threading.Event)


class Worker:
    """
    The thread, and what waits for it.

    Args:
        deliver: Called with each outcome, in the thread.
        units: How the client counts.
    """

    def __init__(self, deliver: Callable[[Outcome], None], units: Units) -> None:
        self._deliver = deliver
        self._bench = _Bench(units)
        self._waiting: dict[str, _Job] = {}
        self._running: _Job | None = None
        self._settings: Settings | None = None
        self._ready = False
        self._reopen = threading.Event()
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="claimcheck", daemon=True)
        self._thread.start()

    def configure(self, settings: Settings) -> None:
        """Work by *settings* from now on, with the corpus read anew; texts have to be submitted again."""
        with self._changed:
            self._settings = settings
            self._reopen.set()
            for job in (*self._waiting.values(), *([self._running] if self._running else [])):
                job.stop.set()
            self._changed.notify()

    def submit(self, text: OpenText) -> None:
        """Check *text*, instead of any other version of it, when there are settings to go by."""
        with self._changed:
            self.stop(text.uri)
            self._waiting[text.uri] = _Job(text)
            self._changed.notify()

    def stop(self, uri: str) -> None:
        """Give up on the check of that text, running or waiting."""
        with self._changed:
            if (waiting := self._waiting.get(uri)) is not None:
                waiting.stop.set()
            if self._running is not None and self._running.text.uri == uri:
                self._running.stop.set()

    def close(self, timeout: float = 5.0) -> None:
        """End the thread, which may take it up to *timeout* seconds."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            if self._running is not None:
                self._running.stop.set()
            self._reopen.set()
            self._changed.notify()
        self._thread.join(timeout)

    # ------------------------------------------------------------------ in the thread

    def _run(self) -> None:
        while (task := self._next()) is not None:
            try:
                outcome = self._open(task) if isinstance(task, Settings) else self._check(task)
                if outcome is not None:
                    self._deliver(outcome)
                if isinstance(outcome, Opened) and not self._is_asked():
                    self._bench.warm_up()
            except Exception:  # noqa: BLE001 - the thread must go on
                _log.exception("an outcome could not be delivered")
        self._bench.close()

    def _next(self) -> Settings | _Job | None:
        with self._changed:
            self._running = None
            self._changed.wait_for(lambda: self._closed or self._settings or (self._ready and self._waiting))
            if self._closed:
                return None
            if self._settings is not None:
                settings, self._settings = self._settings, None
                self._reopen.clear()
                self._ready = True
                return settings
            uri = next(iter(self._waiting))
            self._running = self._waiting.pop(uri)
            return self._running

    def _is_asked(self) -> bool:
        """Whether there is anything to do."""
        with self._changed:
            return self._closed or self._settings is not None or bool(self._waiting)

    def _open(self, settings: Settings) -> Outcome | None:
        """Open the corpus; ``None`` when other settings came in the meantime."""

        def progressed(done: int, total: int, name: str) -> None:
            if self._reopen.is_set():
                raise _StopError
            self._deliver(Progressed(done=done, total=total, name=name))

        try:
            return self._bench.open(settings, progressed)
        except _StopError:
            return None
        except Exception as error:  # noqa: BLE001 - the user is told
            return Failed(error=_told(error))

    def _check(self, job: _Job) -> Outcome:
        def before_each(_sentence: str) -> None:
            if job.stop.is_set():
                raise _StopError

        try:
            before_each("")
            return self._bench.check(job.text, before_each)
        except _StopError:
            return Stopped(text=job.text)
        except Exception as error:  # noqa: BLE001 - the user is told
            return Failed(error=_told(error), text=job.text)


def _told(error: Exception) -> ClaimcheckError:
    """*error* as one that can be shown."""
    if isinstance(error, ClaimcheckError):
        return error
    _log.error("something in claimcheck went wrong", exc_info=error)
    kind = f"{type(error).__name__}: {error}"
    hint = "please report it with the lines in the server's log"
    return ClaimcheckError(f"something in claimcheck went wrong: {kind}", hint=hint, code="CC-E99")


class _Bench:
    """What the thread works with: a corpus, a checker, the settings in force."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._settings = Settings()
        self._corpus: claimcheck.Corpus | None = None
        self._checker: claimcheck.Checker | None = None
        self._sources = Sources((), units)

    def open(self, settings: Settings, on_progress: Callable[[int, int, str], None]) -> Opened:
        """Open the corpus that *settings* name."""
        self.close()
        self._settings = settings
        if settings.index is not None:
            self._corpus = claimcheck.Corpus.open(settings.index, read_only=True)
        elif settings.corpus:
            self._corpus = claimcheck.Corpus.of(*settings.corpus, on_progress=on_progress)
        else:
            msg = "no corpus was named, and there is no folder called corpus here"
            raise CorpusError(msg, hint="name a folder of articles in the setting corpus, or an index file in index")
        self._checker = claimcheck.Checker(
            self._corpus,
            as_of=settings.as_of,
            entailment=model(settings.entailment),
            method=settings.method,
            aliases=settings.aliases,
            memory=settings.memory,
            cache=True,
        )
        self._sources = Sources(settings.articles if settings.index else settings.corpus, self._units)
        return Opened(documents=self._corpus.info().documents, faults=self._corpus.faults)

    def warm_up(self) -> None:
        """Load what the first check needs, while nobody waits for it; that check says what is wrong."""
        if self._checker is not None:
            with suppress(ClaimcheckError):
                warm_up(self._checker)

    def check(self, text: OpenText, before_each: Callable[[str], None]) -> Checked:
        """Check *text*; without a corpus nothing is found."""
        if self._checker is None or (draft := draft_of(text, date=self._settings.as_of)) is None:
            return Checked(text=text)
        verified = self._checker.verified
        own = self._sources.id_of(text.path)
        report = self._checker.check(draft, own=own, before_each=before_each)
        if self._settings.baseline is not None:
            report = without_accepted(report, read_baseline(self._settings.baseline), path=text.path or "")
        wanted = self._settings
        report = filtered(report, select=wanted.select, ignore=wanted.ignore, min_confidence=wanted.min_confidence)
        return Checked(
            text=text,
            draft=draft,
            report=report,
            places=self._places(report),
            verified=self._checker.verified - verified,
        )

    def close(self) -> None:
        """Let go of the corpus."""
        if self._corpus is not None:
            self._corpus.close()
        self._corpus = self._checker = None

    def _places(self, report: CheckReport) -> dict[Key, SourcePlace]:
        found = ((key_of(e), self._sources.place(e)) for e in _evidence(report))
        return {key: place for key, place in found if place is not None}


def _evidence(report: CheckReport) -> Iterable[Evidence]:
    """The evidence of *report* that is shown."""
    for claim in report.claims:
        yield from claim.verdict.evidence[: len(claim.contexts)]
    for diagnostic in report.diagnostics:
        yield from diagnostic.evidence
