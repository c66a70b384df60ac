"""``claimcheck lsp``: drafts are checked in the editor."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import sys
from typing import BinaryIO

import click

from claimcheck.checker.pairs import Method
from claimcheck.errors import ConfigError
from claimcheck.lsp.settings import Settings

from .options import as_of_option, method_option


@click.command("lsp")
@click.option("--corpus", metavar="PATH", multiple=True, help="A file or folder of articles; may be repeated.")
@click.option("--index", metavar="FILE", help="An index made with: claimcheck index add")
@click.option(
    "--articles", metavar="PATH", multiple=True, help="Where the articles of the index are, so that they can be opened."
)
@as_of_option(
    "Ignore articles published after this day (YYYY-MM-DD); relative dates of drafts without a date count from it."
)
@method_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0.0, 1.0),
    default=0.0,
    show_default=True,
    help="Leave out errors and warnings that are less sure than this.",
)
@click.option("--baseline", metavar="FILE", help="Findings that are accepted already, as check --write-baseline made.")
@click.option("--stdio", is_flag=True, hidden=True, help="Accepted because editors pass it; there is no other way.")
def command(
    *,
    corpus: tuple[str, ...],
    index: str | None,
    articles: tuple[str, ...],
    as_of: dt.date | None,
    method: str,
    min_confidence: float,
    baseline: str | None,
    stdio: bool,  # noqa: ARG001 - the only way there is
) -> int:
    """
    Serve an editor: drafts are checked while they are written.

    Speaks the Language Server Protocol on standard input and output. It is started by the editor, whose
    configuration (section "claimcheck") can set the same things and wins. Relative paths count from the editor's
    folder; without any, articles are looked for in its folder corpus.

    \b
    Example:
      claimcheck lsp --index newsroom.claimcheck --articles articles/
    """  # noqa: D301 - click reads the backspace
    if corpus and index:
        msg = "--corpus and --index exclude each other"
        raise click.UsageError(msg)
    try:
        features = importlib.import_module("claimcheck.lsp.features")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        msg = "the language server needs pygls, which is not installed"
        raise ConfigError(msg, hint="install it: pip install 'claimcheck-editorial[lsp]'") from error
    settings = Settings(
        corpus=corpus,
        index=index,
        articles=articles,
        as_of=as_of,
        method=Method(method),
        min_confidence=min_confidence,
        baseline=baseline,
    )
    with _own_output() as stdout:
        status: int = features.run(settings, stdin=sys.stdin.buffer, stdout=stdout)
    return status


def _own_output() -> BinaryIO:
    """Standard output for the protocol alone: what anything else prints goes to standard error."""
    sys.stdout.flush()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output
