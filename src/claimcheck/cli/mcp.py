"""``claimcheck mcp``: tools for writing assistants."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator
from contextlib import contextmanager

import click

import claimcheck
from claimcheck.checker.memory_file import read_memory
from claimcheck.errors import ConfigError
from claimcheck.mcp.tools import Tools

from .configured import ConfiguredCommand, configured
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    memory_option,
    method_option,
)
from .streams import standard_input


@click.command("mcp", cls=ConfiguredCommand)
@corpus_options
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@method_option
@entailment_option
@memory_option
def command(
    *, articles: CorpusOptions, as_of: dt.date | None, method: str, entailment: str | None, memory: str | None
) -> int:
    """
    Serve a writing assistant: verify, check and open_source as tools.

    Speaks the Model Context Protocol on standard input and output, and is started by the assistant's program. The
    answers are the JSON objects of verify and check. Nothing leaves this machine but what the assistant asks for and is
    told.

    \b
    Example:
      claimcheck mcp --index newsroom.claimcheck
    """  # noqa: D301 - click reads the backspace
    try:
        server = importlib.import_module("claimcheck.mcp.server")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mcp":
            raise
        msg = "serving an assistant needs the package mcp, which is not installed"
        raise ConfigError(msg, hint="install it: pip install 'claimcheck-editorial[mcp]'") from error
    entries = read_memory(memory) if memory is not None else ()
    aliases = configured("aliases")
    articles.require()
    standard_input()

    @contextmanager
    def opened() -> Iterator[Tools]:
        with articles.opened(_OUTPUT) as corpus:
            yield Tools(
                corpus,
                claimcheck.Checker(
                    corpus, as_of=as_of, entailment=entailment, method=method, aliases=aliases, memory=entries
                ),
            )

    status: int = server.run(opened)
    return status


#: Warnings go to standard error, plainly; results to nobody but the assistant.
_OUTPUT = OutputOptions(format="text", output=None, color="never", plain=True, width=None, quiet=False)
