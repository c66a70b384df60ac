"""Options of ``claimcheck check`` alone, each group handed over as one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import click
from attrs import frozen

from claimcheck.checker.baseline import Baseline, accepted, baseline_text, read_baseline, used_entries
from claimcheck.checker.diagnostics import CheckReport
from claimcheck.checker.filters import filtered
from claimcheck.checker.rules import checked_prefix
from claimcheck.paths import absent

from .options import grouped
from .streams import Output

Command = Callable[..., Any]


@frozen(kw_only=True)
class Wanted:
    """
    Which findings are wanted.

    Args:
        select: Beginnings of codes; all when empty.
        ignore: Beginnings of codes to leave out.
        min_confidence: Of errors and warnings.
    """

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    min_confidence: float

    def of(self, report: CheckReport) -> CheckReport:
        """*report* with these findings alone."""
        return filtered(report, select=self.select, ignore=self.ignore, min_confidence=self.min_confidence)


@frozen(kw_only=True)
class BaselineOptions:
    """
    The baseline to go by, or to write.

    Args:
        baseline: The file.
        write_baseline: Whether to write it.
        reason: Why the findings are accepted.
        who: Who accepts them.
    """

    baseline: str | None
    write_baseline: bool
    reason: str | None
    who: str

    def read(self) -> Baseline | None:
        """
        The baseline; an empty one where it is about to be written for the first time, ``None`` where none is named.

        Raises:
            click.UsageError: If it is to be written without a file or a reason.
            ConfigError: If it cannot be read.
        """
        if self.write_baseline and (self.baseline is None or not self.reason):
            msg = "--write-baseline needs --baseline FILE and --reason TEXT"
            raise click.UsageError(msg)
        if self.baseline is None:
            return None
        if self.write_baseline and absent(self.baseline):
            return Baseline(path=self.baseline)
        return read_baseline(self.baseline)

    def write(self, known: Baseline, reports: Sequence[CheckReport]) -> None:
        """Accept the findings of *reports*, beside the entries of *known* that still hold."""
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        found = (d for r in reports for d in r.diagnostics)
        new = [accepted(d, reason=self.reason or "", who=self.who, date=today) for d in found]
        with Output(known.path) as file:
            file.write(baseline_text([*new, *used_entries(known, reports)]))


def wanted_options(command: Command) -> Command:
    """Options that choose findings, given to the command as ``wanted``."""
    options = (
        click.option(
            "--select", metavar="CODES", multiple=True, callback=_prefixes, help="Only findings whose codes begin so."
        ),
        click.option(
            "--ignore",
            metavar="CODES",
            multiple=True,
            callback=_prefixes,
            help="No findings whose codes begin so, for example CC-I,CC-W11.",
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0.0, 1.0),
            default=0.0,
            show_default=True,
            help="Leave out errors and warnings that are less sure than this.",
        ),
    )
    return grouped("wanted", Wanted, options)(command)


def baseline_options(command: Command) -> Command:
    """Options for the baseline, given to the command as ``accepting``."""
    options = (
        click.option(
            "--baseline",
            metavar="FILE",
            help="Findings that are known and accepted; entries that fit none any more are reported.",
        ),
        click.option("--write-baseline", is_flag=True, help="Accept all findings: write them to the --baseline file."),
        click.option("--reason", metavar="TEXT", help="Why they are accepted; --write-baseline needs it."),
        click.option("--who", metavar="NAME", default="", help="Who accepts them."),
    )
    return grouped("accepting", BaselineOptions, options)(command)


def _prefixes(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(checked_prefix(part) for value in values for part in value.split(",") if part.strip())
