"""``claimcheck check``: drafts in, findings out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import click
from attrs import field, frozen

import claimcheck
from claimcheck.checker.baseline import Baseline, report_on, without_accepted
from claimcheck.checker.diagnostics import CheckReport
from claimcheck.checker.drafts import draft_of_bytes, load_draft
from claimcheck.checker.rules import CHECKED_BEFORE, WEIGHT, Severity
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.model import Label
from claimcheck.render.check_formats import FORMATS
from claimcheck.render.check_text import diagnostic_text, summary_text

from .check_options import BaselineOptions, Wanted, baseline_options, wanted_options
from .configured import ConfiguredCommand, configured
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    fail_options,
    memory_option,
    method_option,
    output_options,
)
from .streams import Output, report_error, standard_input
from .watch import changes

_LEAST = {
    Label.CONTRADICTED: Severity.ERROR,
    Label.CONFLICTING: Severity.WARNING,
    Label.NOT_ENOUGH_EVIDENCE: Severity.NOTE,
}


@click.command("check", cls=ConfiguredCommand)
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
@corpus_options
@as_of_option("Ignore articles published after this day (YYYY-MM-DD); it also dates drafts that have no date.")
@method_option
@entailment_option
@memory_option
@wanted_options
@baseline_options
@click.option(
    "--stdin-name", metavar="NAME", default="draft.md", show_default=True, help="What a draft from - is called."
)
@click.option("--watch", is_flag=True, help="Check a draft again whenever its file changes, until Ctrl-C.")
@fail_options
@output_options("text", *FORMATS)
def command(
    *,
    drafts: tuple[str, ...],
    articles: CorpusOptions,
    as_of: dt.date | None,
    method: str,
    entailment: str | None,
    memory: str | None,
    wanted: Wanted,
    accepting: BaselineOptions,
    stdin_name: str,
    watch: bool,
    fail_on: Label | None,
    output: OutputOptions,
) -> int:
    """
    Check drafts, sentence by sentence.

    Every sentence that sources can settle is verified, and every quotation compared word for word. A DRAFT is a
    Markdown, HTML, plain text or Word file; - is standard input. Each finding has its exact place in the file, a code
    that says what kind of fault it is, and the sentence of the source that it rests on. Questions, opinions,
    predictions and the like are set aside.

    \b
    Examples:
      claimcheck check draft.md --corpus articles/
      claimcheck check draft.md --index newsroom.claimcheck --ignore CC-I --fail-on conflicting
      claimcheck check draft.md --corpus articles/ --format html --output report.html
    """  # noqa: D301 - click reads the backspace
    if watch and ("-" in drafts or output.format != "text" or accepting.write_baseline):
        msg = "--watch is for files and for text, and writes no baseline"
        raise click.UsageError(msg)
    if watch and output.output not in {None, "-"}:
        msg = "--watch never comes to the end at which the file of --output appears"
        raise ConfigError(msg, hint="leave out one of both; what a shell redirects (> FILE) is written at once")
    known = accepting.read()
    reports: list[CheckReport] = []
    with articles.opened(output) as corpus, output.opened() as out:
        checker = claimcheck.Checker(
            corpus,
            as_of=as_of,
            entailment=entailment,
            method=method,
            aliases=configured("aliases"),
            memory=memory,
            cache=True,
        )
        run = _Run(checker=checker, as_of=as_of, stdin_name=stdin_name, baseline=known)
        for changed in changes(drafts) if watch else [drafts]:
            checked = run.reports(changed, stale=not accepting.write_baseline)
            reports = list(_written(map(wanted.of, checked), out, output))
            _write_rest(reports, out, output)
    if accepting.write_baseline and known is not None:
        accepting.write(known, reports)
        return 2 if run.failed else 0
    return 2 if run.failed else int(any(_fails(report, fail_on) for report in reports))


@frozen(kw_only=True)
class _Run:
    """One run over some drafts."""

    checker: claimcheck.Checker
    as_of: dt.date | None
    stdin_name: str
    baseline: Baseline | None
    failed: list[str] = field(factory=list)

    def reports(self, drafts: Sequence[str], *, stale: bool) -> Iterator[CheckReport]:
        """
        A report for each draft that can be read; the others are reported as errors.

        Args:
            drafts: Their paths.
            stale: Whether a last report says which entries of the baseline fit nothing any more.
        """
        seen: list[CheckReport] = []
        for path in drafts:
            try:
                report = self._checked(path)
            except ClaimcheckError as error:
                self.failed.append(path)
                report_error(error.error_code, error.message, error.hint)
            else:
                seen.append(without_accepted(report, self.baseline) if self.baseline is not None else report)
                yield seen[-1]
        if self.baseline is not None and stale:
            about = report_on(self.baseline, seen)
            if about.diagnostics:
                yield about

    def _checked(self, path: str) -> CheckReport:
        if path == "-":
            draft = draft_of_bytes(standard_input().read(), name=self.stdin_name, date=self.as_of)
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


def _write_rest(reports: list[CheckReport], out: Output, output: OutputOptions) -> None:
    """What can only be written when all drafts have been checked."""
    if output.format != "text":
        for text in FORMATS[output.format](reports):
            out.write(text)
    elif not output.quiet:
        out.write(summary_text(reports, output.look))


def _fails(report: CheckReport, fail_on: Label | None) -> bool:
    """Whether a finding weighs at least as much as *fail_on*."""
    weighty = (d for d in report.diagnostics if d.code != CHECKED_BEFORE)
    return fail_on is not None and any(WEIGHT[d.severity] >= WEIGHT[_LEAST[fail_on]] for d in weighty)
