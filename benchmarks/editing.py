"""
Seconds that an author waits: the first finding and the whole draft of ``claimcheck check``, and one edited sentence.

Usage: ``python benchmarks/editing.py [--corpus FOLDER] [--draft FILE] [--edits N]``.  The draft is checked with the
entailment model, in a process that has loaded nothing, with an empty cache and again with a full one; then in a process
that is warm.  The language server is a real process, asked by a real client (pygls) on its standard streams: the draft
is opened, then one sentence after the other is edited, each in words that were not seen before, and the time runs from
the change to the diagnostics of that version.  Beside the time by the clock stands processor time, which other work on
the machine changes less.  Needs the extra ``lsp``.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from serve import processor_seconds

import claimcheck
from claimcheck.checker.check import Step

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
DRAFT = ROOT / "tests" / "golden" / "planted" / "draft.md"
#: Goals of the project, seconds.
FIRST, WHOLE, EDIT = 2.0, 10.0, 0.3


#: Seconds by the clock, and of processor time.
Both = tuple[float, float]


def whole_command(corpus: Path, draft: Path) -> Both:
    """Seconds of ``claimcheck check`` as a process."""
    command = [sys.executable, "-m", "claimcheck", "check", str(draft), "--corpus", str(corpus), "--exit-zero"]
    began, used = time.perf_counter(), _children()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - began, _children() - used


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def warm(corpus: Path, draft: str) -> tuple[Both, Both]:
    """Seconds to the first finding and to the last, in a process that has read and judged something else before."""
    with claimcheck.Corpus.of(corpus) as articles:
        checker = claimcheck.Checker(articles)
        checker.check("The old bridge was opened in 1932.")
        checker.judge("The old bridge was opened in 1932.", "The bridge opened in 1932.")
        began, used = time.perf_counter(), time.process_time()
        first = None
        for step in checker.check_steps(draft):
            if first is None and isinstance(step, Step) and step.diagnostic is not None:
                first = time.perf_counter() - began, time.process_time() - used
        whole = time.perf_counter() - began, time.process_time() - used
        return first or whole, whole


def edits(corpus: Path, text: str, count: int) -> tuple[Both, list[Both]]:
    """Seconds until the language server has checked the draft, and for each of *count* edited sentences."""
    sys.path.insert(0, str(ROOT / "tests"))
    from lsp_editor import Editor  # noqa: PLC0415 - needs the extra

    places = [match.start(1) for match in re.finditer(r"\b(?:in|of|on|from|to) (?:\w+ )?(\d{4})\b", text)]
    with tempfile.TemporaryDirectory() as name:
        editor = Editor(Path(name), options={"delay": 0}, arguments=["--corpus", str(corpus.resolve())])
        server = editor._client._server.pid  # noqa: SLF001 - the client has no other word for it
        uri = (Path(name) / "draft.md").as_uri()
        began, used = time.perf_counter(), processor_seconds(server)
        editor.open(uri, text)
        editor.diagnostics(uri)
        opened = time.perf_counter() - began, processor_seconds(server) - used
        found = []
        for number in range(count):
            place = places[number % len(places)]
            year = 1700 + (7 * number) % 97  # one that stands nowhere, so that nothing is known about the sentence
            text = f"{text[:place]}{year}{text[place + 4 :]}"
            began, used = time.perf_counter(), processor_seconds(server)
            editor.change(uri, number + 2, text)
            editor.diagnostics(uri, version=number + 2)
            found.append((time.perf_counter() - began, processor_seconds(server) - used))
        editor.quit()
    return opened, found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--draft", type=Path, default=DRAFT)
    parser.add_argument("--edits", type=int, default=30)
    options = parser.parse_args()
    text = options.draft.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["CLAIMCHECK_CACHE"] = cache
        claimcheck.Corpus.of(options.corpus).close()  # the articles are read once, and do not count
        cold, again = (whole_command(options.corpus, options.draft) for _ in range(2))
        first, whole = warm(options.corpus, text)
        opened, found = edits(options.corpus, text, options.edits)
    clock, processor = ([one[which] for one in found] for which in (0, 1))
    print(
        f"{options.draft.name}, {len(text.split()):,} words, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'seconds':52} {'clock':>7} {'processor':>10} {'goal':>6}")
    for what, (by_clock, used), goal in (
        ("check, a fresh process, nothing known of the draft", cold, None),
        ("check, a fresh process, the same draft again", again, None),
        ("first finding in a warm process", first, FIRST),
        ("whole draft in a warm process", whole, WHOLE),
        ("language server, from opening the draft, cold", opened, None),
        ("one edited sentence, median", (statistics.median(clock), statistics.median(processor)), EDIT),
        ("one edited sentence, 95 %", (_high(clock), _high(processor)), None),
    ):
        print(f"{what:52} {by_clock:7.2f} {used:10.2f} {goal or '':>6}")


def _high(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


if __name__ == "__main__":
    main()
