"""``claimcheck check``: drafts in, findings out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from attrs import field, frozen

import claimcheck
from claimcheck.checker.baseline import (
    Baseline,
    accepted,
    baseline_text,
    read_baseline,
    report_on,
    used_entries,
    without_accepted,
)
from claimcheck.checker.diagnostics import CheckReport
from claimcheck.checker.drafts import draft_of_bytes, load_draft
from claimcheck.checker.filters import filtered
from claimcheck.checker.pairs import Method
from claimcheck.checker.rules import WEIGHT, Severity, checked_prefix
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Label
from claimcheck.render.check_formats import FORMATS
from claimcheck.render.check_text import diagnostic_text, summary_text

from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    fail_options,
    output_options,
)
from .streams import Output, report_error

_LEAST = {
    Label.CONTRADICTED: Severity.ERROR,
    Label.CONFLICTING: Severity.WARNING,
    Label.NOT_ENOUGH_EVIDENCE: Severity.NOTE,
}


def _prefixes(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(checked_prefix(part) for value in values for part in value.split(",") if part.strip())


@click.command("check")
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
@corpus_options
@as_of_option(
    "Ignore articles published after this day (YYYY-MM-DD); relative dates of drafts without a date count from it."
)
@click.option(
    "--method",
    type=click.Choice([Method.SLOTS.value, Method.BOTH.value]),
    default=Method.SLOTS.value,
    show_default=True,
    help="What judges: the slots alone, or both the slots and the entailment model.",
)
@entailment_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0.0, 1.0),
    default=0.0,
    show_default=True,
    help="Leave out errors and warnings that are less sure than this.",
)
@click.option(
    "--select", metavar="CODES", multiple=True, callback=_prefixes, help="Only findings whose codes begin so."
)
@click.option(
    "--ignore", metavar="CODES", multiple=True, callback=_prefixes, help="No findings whose codes begin so: CC-I,CC-W11"
)
@click.option(
    "--stdin-name", metavar="NAME", default="draft.md", show_default=True, help="What a draft from - is called."
)
@fail_options
@output_options("text", *FORMATS)
def command(
    *,
    drafts: tuple[str, ...],
    articles: CorpusOptions,
    as_of: dt.date | None,
    method: str,
    entailment: str | None,
    min_confidence: float,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    write_baseline: bool,
    reason: str | None,
    who: str,
    stdin_name: str,
    fail_on: Label | None,
    output: OutputOptions,
) -> int:
    """
    Check drafts: every sentence that sources can settle, and every quotation.

    A DRAFT is a Markdown, HTML or plain text file; - is standard input. Each finding has its exact place in the
    file, a code that says what kind of fault it is, and the sentence of the source that it rests on. Questions,
    opinions, predictions and the like are set aside.

    \b
    Examples:
      claimcheck check draft.md --corpus articles/
      claimcheck check draft.md --index newsroom.claimcheck --ignore CC-I --fail-on conflicting
      claimcheck check draft.md --corpus articles/ --format html --output report.html
    """  # noqa: D301 - click reads the backspace
    known = _baseline(baseline, write=write_baseline, reason=reason)
    with articles.opened(output) as corpus, output.opened() as out:
        checker = claimcheck.Checker(corpus, as_of=as_of, entailment=entailment, method=method)
        run = _Run(
            checker=checker,
            as_of=as_of,
            stdin_name=stdin_name,
            select=select,
            ignore=ignore,
            least=min_confidence,
            baseline=known,
            says_stale=not write_baseline,
        )
        reports = list(_written(run.reports(drafts), out, output))
        if output.format != "text":
            for text in FORMATS[output.format](reports):
                out.write(text)
        elif not output.quiet:
            out.write(summary_text(reports, output.look))
    if write_baseline and known is not None:
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        new = [accepted(d, reason=reason or "", who=who, date=today) for r in reports for d in r.diagnostics]
        with Output(known.path) as file:
            file.write(baseline_text([*new, *used_entries(known, reports)]))
        return 2 if run.failed else 0
    return 2 if run.failed else int(any(_fails(report, fail_on) for report in reports))


def _baseline(path: str | None, *, write: bool, reason: str | None) -> Baseline | None:
    """The baseline to go by; an empty one where it is about to be written for the first time."""
    if write and (path is None or not reason):
        msg = "--write-baseline needs --baseline FILE and --reason TEXT"
        raise click.UsageError(msg)
    if path is None:
        return None
    if write and not Path(path).exists():
        return Baseline(path=path)
    return read_baseline(path)


@frozen(kw_only=True)
class _Run:
    """One run over some drafts."""

    checker: claimcheck.Checker
    as_of: dt.date | None
    stdin_name: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    least: float
    baseline: Baseline | None
    says_stale: bool
    failed: list[str] = field(factory=list)

    def reports(self, drafts: tuple[str, ...]) -> Iterator[CheckReport]:
        """A report for each draft that can be read; the others are reported as errors."""
        seen: list[CheckReport] = []
        for path in drafts:
            try:
                report = self._checked(path)
            except ClaimcheckError as error:
                self.failed.append(path)
                report_error(error.error_code, error.message, error.hint)
            else:
                if self.baseline is not None:
                    report = without_accepted(report, self.baseline)
                seen.append(report)
                yield self._wanted(report)
        if self.baseline is not None and self.says_stale:
            about = self._wanted(report_on(self.baseline, seen))
            if about.diagnostics:
                yield about

    def _wanted(self, report: CheckReport) -> CheckReport:
        return filtered(report, select=self.select, ignore=self.ignore, min_confidence=self.least)

    def _checked(self, path: str) -> CheckReport:
        if path == "-":
            draft = draft_of_bytes(sys.stdin.buffer.read(), name=self.stdin_name, date=self.as_of)
        else:
            draft = load_draft(path, date=self.as_of)
        return self.checker.check(draft)


def _written(reports: Iterator[CheckReport], out: Output, output: OutputOptions) -> Iterator[CheckReport]:
    """*reports*, in text each written as soon as it is known."""
    for report in reports:
        if output.format == "text":
            for diagnostic in report.diagnostics:
                out.write(diagnostic_text(diagnostic, output.look))
        yield report


def _fails(report: CheckReport, fail_on: Label | None) -> bool:
    """Whether a finding weighs at least as much as *fail_on*."""
    return fail_on is not None and any(WEIGHT[d.severity] >= WEIGHT[_LEAST[fail_on]] for d in report.diagnostics)
