"""Options that several commands share, each group handed over as one record."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

import claimcheck
from claimcheck.checker.pairs import Method
from claimcheck.checker.schemes import scheme_of
from claimcheck.config.values import NEVER, model
from claimcheck.entailment import DEFAULT
from claimcheck.errors import CorpusError, SkippedDocumentWarning
from claimcheck.model import Label
from claimcheck.paths import absent
from claimcheck.render.display import Look

from .progress import progress
from .streams import Output, report_warning, wants_color

if TYPE_CHECKING:
    from claimcheck.cluster import Cluster

Command = Callable[..., Any]

MIN_WIDTH, DEFAULT_WIDTH, MAX_WIDTH = 40, 80, 100

# What weighs more stands higher.
_SEVERITY = {Label.CONTRADICTED: 3, Label.CONFLICTING: 2, Label.NOT_ENOUGH_EVIDENCE: 1, Label.SUPPORTED: 0}


@frozen(kw_only=True)
class OutputOptions:
    """
    How and where results are shown.

    Args:
        format: ``text``, ``json`` or ``jsonl``.
        output: A file, ``None`` for standard output.
        color: ``auto``, ``always`` or ``never``.
        plain: No box drawing and no symbols.
        width: Columns, ``None`` for those of the terminal.
        quiet: Neither progress nor warnings.
    """

    format: str
    output: str | None
    color: str
    plain: bool
    width: int | None
    quiet: bool

    @property
    def look(self) -> Look:
        """How the screen is to look, here and now."""
        to_stdout = self.output in {None, "-"}
        color = wants_color(self.color, sys.stdout, os.environ) if to_stdout else self.color == "always"
        columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
        width = self.width or min(max(columns, MIN_WIDTH), MAX_WIDTH)
        return Look(width=width, color=color, plain=self.plain)

    def opened(self) -> Output:
        """Where results go."""
        return Output(self.output)

    def warn(self, code: str, message: str, hint: str = "") -> None:
        """A warning, unless it is to be quiet."""
        if not self.quiet:
            report_warning(code, message, hint)


@frozen(kw_only=True)
class CorpusOptions:
    """
    Which articles to look in.

    Args:
        corpus: Files and folders, indexed on the fly.
        index: An index file.
        jobs: Processes that read articles.
        no_progress: No progress bar.
    """

    corpus: tuple[str, ...]
    index: str | None
    jobs: int
    no_progress: bool

    @contextmanager
    def opened(self, output: OutputOptions) -> Iterator[claimcheck.Corpus]:
        """
        The corpus, open for reading; articles that had to be left out are warned about.

        Raises:
            CorpusError: If there is none, or a path leads nowhere.
            click.UsageError: If both a corpus and an index were named.
        """
        self.require()
        corpus = open_index(self.index, read_only=True) if self.index else self._made(output)
        with corpus:
            warn_of_faults(corpus, output)
            yield corpus

    def require(self) -> None:
        """
        Refuse what cannot be opened, without opening it.

        Raises:
            CorpusError: If there is no corpus.
            click.UsageError: If both a corpus and an index were named.
        """
        if self.corpus and self.index:
            msg = "--corpus and --index exclude each other"
            raise click.UsageError(msg)
        if not self.corpus and not self.index:
            _default_corpus()

    def _made(self, output: OutputOptions) -> claimcheck.Corpus:
        paths = self.paths()
        with progress("reading articles", shown=self.shows_progress(output)) as advance:
            return claimcheck.Corpus.of(*paths, jobs=self.jobs, on_progress=advance)

    def paths(self) -> tuple[str, ...]:
        """
        The files and folders, ``corpus`` when none was named.

        Raises:
            CorpusError: If none was named, and there is no such folder.
        """
        return self.corpus or _default_corpus()

    def shows_progress(self, output: OutputOptions) -> bool:
        """Whether a progress bar is wanted, if standard error is a terminal."""
        return not (self.no_progress or output.quiet)


def warn_of_faults(corpus: claimcheck.Corpus, output: OutputOptions) -> None:
    """Say which articles or shards a corpus had to leave out."""
    for fault in corpus.faults:
        output.warn(SkippedDocumentWarning.code, f"left out: {fault.message}", fault.hint)


def cluster_option(command: Command) -> Command:
    """``--cluster``, given to the command as ``cluster``."""
    return click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on all machines of the Ray cluster whose head is at HOST:PORT; --index then names a folder of "
        "shards. Needs the extra: pip install 'claimcheck-editorial[cluster]'",
    )(command)


@contextmanager
def joined_cluster(address: str) -> Iterator[Cluster]:
    """
    The cluster at *address*; what Ray prints meanwhile goes to standard error, for results have the other.

    Raises:
        ClusterError: If it cannot be joined.
    """
    from claimcheck.cluster import Cluster  # noqa: PLC0415 - only --cluster needs it

    with redirect_stdout(sys.stderr), Cluster.connect(address) as cluster:
        yield cluster


def open_index(path: str, *, read_only: bool) -> claimcheck.Corpus:
    """
    The corpus of an index file that must be there, or at an address; what opens that may print to standard error only.

    Raises:
        CorpusError: If there is no such file.
    """
    if scheme_of(path):
        with redirect_stdout(sys.stderr):
            return claimcheck.Corpus.open(path, read_only=read_only)
    if absent(path):
        msg = f"there is no index at {path}"
        raise CorpusError(msg, hint=f"make one: claimcheck index add --index {path} ARTICLES")
    return claimcheck.Corpus.open(path, read_only=read_only)


def _default_corpus() -> tuple[str, ...]:
    if Path("corpus").is_dir():
        return ("corpus",)
    msg = "no corpus was named, and there is no folder called corpus here"
    raise CorpusError(msg, hint="name a folder of articles with --corpus, or an index file with --index")


# ------------------------------------------------------------------------- decorators


def output_options(*formats: str) -> Callable[[Command], Command]:
    """Options for the shape and place of results, given to the command as ``output``; the first format is default."""
    options = (
        click.option("--format", type=click.Choice(formats), default=formats[0], show_default=True, help="Shape."),
        click.option("--output", metavar="FILE", help="Write to FILE, which appears when it is complete."),
        click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            show_default=True,
            help="Colour in text; NO_COLOR and FORCE_COLOR are heeded.",
        ),
        click.option("--plain", is_flag=True, help="No box drawing and no symbols, for screen readers and logs."),
        click.option("--width", type=click.IntRange(MIN_WIDTH, 1000), help="Columns of text."),
        click.option("--quiet", "-q", is_flag=True, help="Neither progress nor warnings."),
    )
    return grouped("output", OutputOptions, options)


def corpus_options(command: Command) -> Command:
    """Options that name the articles, given to the command as ``articles``."""
    options = (
        click.option(
            "--corpus",
            metavar="PATH",
            multiple=True,
            help="A file or folder of articles, indexed on the fly and kept in the cache; may be repeated."
            "  [default: ./corpus]",
        ),
        click.option(
            "--index", metavar="FILE", help="An index made with: claimcheck index add; a file or a folder of shards."
        ),
        *work_options(),
    )
    return grouped("articles", CorpusOptions, options)(command)


def work_options() -> tuple[Callable[[Command], Command], ...]:
    """Options for long work."""
    return (
        click.option(
            "--jobs",
            type=click.IntRange(min=0),
            default=1,
            show_default=True,
            callback=_jobs,
            help="Processes that read articles; 0 is one a processor. The result is the same.",
        ),
        click.option("--no-progress", is_flag=True, help="No progress bar."),
    )


def entailment_option(command: Command) -> Command:
    """``--entailment``, handed over as what `claimcheck.Checker` takes."""
    return click.option(
        "--entailment",
        metavar="MODEL",
        default=DEFAULT,
        callback=_entailment,
        help="The entailment model: default (the one in the package), none, a folder with a model, "
        "or the name of an installed one.",
    )(command)


def min_confidence_option(command: Command) -> Command:
    """``--min-confidence``, given to the command as ``min_confidence``."""
    return click.option(
        "--min-confidence",
        metavar="P",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Abstain below this confidence, 0 to 1: say not enough evidence instead.",
    )(command)


def memory_option(command: Command) -> Command:
    """``--memory``, given to the command as ``memory``."""
    return click.option(
        "--memory",
        metavar="FILE",
        help="Claims that were checked before; a claim that repeats one is told so. See claimcheck memory.",
    )(command)


def _entailment(_context: click.Context, _parameter: click.Parameter, value: str) -> str | None:
    return model(value)


def as_of_option(help_text: str) -> Callable[[Command], Command]:
    """The option for the day that counts as today, given to the command as ``as_of``."""
    return day_option("--as-of", help_text)


def day_option(name: str, help_text: str) -> Callable[[Command], Command]:
    """An option for a day."""
    day = click.DateTime(["%Y-%m-%d"])
    return click.option(name, metavar="DATE", type=day, callback=_day, help=help_text)


def method_option(command: Command) -> Command:
    """``--method`` of what judges claims."""
    return click.option(
        "--method",
        type=click.Choice([Method.SLOTS.value, Method.BOTH.value]),
        default=Method.BOTH.value,
        show_default=True,
        help="What judges: the slots weighed with the entailment model, or the slots alone.",
    )(command)


def fail_options(command: Command) -> Command:
    """Options for the exit status, given to the command as ``fail_on`` (a label or ``None``)."""
    levels = [label.value for label in sorted(_SEVERITY, key=_SEVERITY.__getitem__, reverse=True)[:-1]]
    option = click.option(
        "--fail-on",
        type=click.Choice([*levels, NEVER]),
        default=Label.CONTRADICTED.value,
        show_default=True,
        help="Exit with 1 when a verdict is this or weightier.",
    )
    zero = click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdicts are; errors still give 2.")

    @functools.wraps(command)
    def call(*args: Any, fail_on: str, exit_zero: bool, **rest: Any) -> Any:
        return command(*args, fail_on=None if exit_zero or fail_on == NEVER else Label(fail_on), **rest)

    return option(zero(call))


def is_finding(label: Label, fail_on: Label | None) -> bool:
    """Whether a verdict weighs at least as much as *fail_on*."""
    return fail_on is not None and _SEVERITY[label] >= _SEVERITY[fail_on]


def grouped(name: str, record: type[Any], options: tuple[Any, ...]) -> Callable[[Command], Command]:
    """Put *options* on a command and hand their values over as one *record*."""

    def decorate(command: Command) -> Command:
        fields = [attribute.name for attribute in record.__attrs_attrs__]

        @functools.wraps(command)
        def call(*args: Any, **values: Any) -> Any:
            group = record(**{key: values.pop(key) for key in fields})
            return command(*args, **{name: group}, **values)

        decorated: Command = call
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def _jobs(_ctx: click.Context, _option: click.Parameter, value: int) -> int:
    return value or os.cpu_count() or 1


def _day(_ctx: click.Context, _option: click.Parameter, value: Any) -> Any:
    return value.date() if value is not None else None
