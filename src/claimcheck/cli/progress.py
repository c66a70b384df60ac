"""Progress bars on standard error, for terminals only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from .streams import is_terminal

Advance = Callable[[int, int | None, str], None]
"""Called with the number done, the total known so far (or none), and the name of what was done last."""


class Rate(ProgressColumn):
    """How many are done a second, or a minute where that is less than one."""

    def render(self, task: Task) -> Text:
        """The rate, of the last half minute."""
        return Text(rate_text(task.speed))


def rate_text(speed: float | None) -> str:
    """
    A rate for people.

    >>> rate_text(12.34), rate_text(0.2), rate_text(None)
    ('12.3/s', '12/min', '')
    """
    if not speed:
        return ""
    return f"{speed:,.1f}/s" if speed >= 1 else f"{60 * speed:,.0f}/min"


@contextmanager
def progress(what: str, *, shown: bool) -> Iterator[Advance]:
    """
    A bar with rate and time left that goes away when the work is done.

    Args:
        what: The work, for example "reading articles".
        shown: Whether a bar is wanted; there is one only if standard error is a terminal, too.
    Returns:
        What the work calls to move the bar.
    """
    if not (shown and is_terminal(sys.stderr)):
        yield _nothing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def advance(done: int, total: int | None, _name: str) -> None:
            bar.update(task, completed=done, total=total)

        yield advance


def _nothing(_done: int, _total: int | None, _name: str) -> None:
    """No bar, nothing to move."""
