"""``claimcheck lsp``: drafts are checked in the editor."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

import click
from attrs import fields

from claimcheck.config.values import NO_MODEL
from claimcheck.errors import ConfigError
from claimcheck.lsp.settings import Settings, configured, with_options

from .configured import config_options, configuration_of, is_said
from .options import as_of_option, entailment_option, method_option
from .streams import standard_input

#: What can be set both here and in the editor.
_SETTINGS = frozenset(attribute.name for attribute in fields(Settings))


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
@entailment_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0.0, 1.0),
    default=0.0,
    show_default=True,
    help="Leave out errors and warnings that are less sure than this.",
)
@click.option("--baseline", metavar="FILE", help="Findings that are accepted already, as check --write-baseline made.")
@click.option("--stdio", is_flag=True, hidden=True, help="Accepted because editors pass it; there is no other way.")
@config_options
@click.pass_context
def command(context: click.Context, /, *, config_file: str | None, isolated: bool, **_options: Any) -> int:
    """
    Serve an editor: drafts are checked while they are written.

    Speaks the Language Server Protocol on standard input and output. It is started by the editor, whose
    configuration (section "claimcheck") can set the same things and wins. Relative paths count from the editor's
    folder, where the configuration file is looked for, too; without any corpus, articles are looked for in its folder
    corpus.

    \b
    Example:
      claimcheck lsp --index newsroom.claimcheck --articles articles/
    """  # noqa: D301 - click reads the backspace
    said = {name: value for name, value in context.params.items() if name in _SETTINGS and is_said(name)}
    if "entailment" in said:  # here None is "none", there it is nothing
        said["entailment"] = said["entailment"] or NO_MODEL
    if said.get("corpus") and said.get("index"):
        msg = "--corpus and --index exclude each other"
        raise click.UsageError(msg)
    try:
        features = importlib.import_module("claimcheck.lsp.features")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        msg = "the language server needs pygls, which is not installed"
        raise ConfigError(msg, hint="install it: pip install 'claimcheck-editorial[lsp]'") from error

    def settings_for(folder: Path) -> Settings:
        config = configuration_of({"config_file": config_file, "isolated": isolated}, folder)
        return with_options(configured(config), said)

    settings_for(Path.cwd())  # what is wrong is said at once
    stdin = standard_input()
    with _own_output() as stdout:
        status: int = features.run(settings_for, stdin=stdin, stdout=stdout)
    return status


def _own_output() -> BinaryIO:
    """Standard output for the protocol alone: what anything else prints goes to standard error."""
    sys.stdout.flush()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output
