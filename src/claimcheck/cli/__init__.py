"""
The command line.

Results go to standard output, everything else to standard error, both in UTF-8.  Exit
status: 0 done and nothing at or above ``--fail-on``; 1 findings; 2 a usage, configuration,
corpus or index error, or a claim that could not be checked; 130 interrupted.
"""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Sequence

import click

import claimcheck
from claimcheck.errors import ClaimcheckError, ConfigError

from .streams import OutputClosedError, close_quietly, prepare_streams, report_error, say

OK, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130
"""The exit statuses."""

# One module a command, loaded when it is called: the help and the version stay fast.
_COMMANDS = {
    "verify": "Say what the sources show about claims.",
    "explain": "Show how the verdict on a claim came about, step by step.",
    "index": "Keep an index of articles.",
    "parse": "Show what is read from a claim, slot by slot.",
    "check": "Check drafts, sentence by sentence.",
    "lsp": "Serve an editor: drafts are checked while they are written.",
    "serve": "Serve a newsroom: an HTTP API, and a page to check drafts on.",
    "mcp": "Serve a writing assistant: verify, check and open_source as tools.",
    "judge": "Judge claim/evidence pairs, without a corpus.",
    "evaluate": "Measure verdicts against the gold labels of a data set.",
    "report": "Draw when articles were published, and the evidence for claims.",
    "memory": "Keep claims that were checked, so that they are recognised.",
    "config": "See what is configured.",
}


class _Commands(click.Group):
    """A group that knows its commands by name and loads a command's module when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f".{cmd_name}", __package__)
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted and not ctx.resilient_parsing:
        schema_version = importlib.import_module("claimcheck.render.objects").SCHEMA_VERSION
        click.echo(f"claimcheck {claimcheck.__version__} (JSON schema {schema_version})")
        ctx.exit(OK)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def _commands() -> None:
    """
    Check a claim against your own sources, offline, with exact evidence.

    \b
    Example:
      claimcheck verify "The bridge was opened in 1932" --corpus articles/

    \b
    Exit status: 0 done, nothing at or above --fail-on; 1 findings;
    2 usage, configuration, corpus or index error; 130 interrupted.

    What was read and judged is kept in a cache folder, so that it is fast next time; CLAIMCHECK_CACHE names another
    folder, and CLAIMCHECK_CACHE=off keeps nothing.
    """  # noqa: D301 - click reads the backspace


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Args:
        arguments: Without the program's name; those of the process when ``None``.
    Returns:
        The exit status.
    """
    try:
        prepare_streams()
        status = _run(arguments)
    except OutputClosedError:
        return OK
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    except ClaimcheckError as error:
        report_error(error.error_code, error.message, error.hint)
        return FAILED
    except click.ClickException as error:
        _report_usage(error)
        return FAILED
    except Exception as error:  # noqa: BLE001 - a fault of ours must not look like findings
        say(traceback.format_exc().rstrip())
        kind = f"{type(error).__name__}: {error}"
        report_error("CC-E99", f"something in claimcheck went wrong: {kind}", "please report it with the lines above")
        return FAILED
    return int(status or OK)


def _run(arguments: Sequence[str] | None) -> int | None:
    """Run a command; help and version, which click writes, fail as all results do."""
    try:
        status: int | None = _commands.main(args=arguments, prog_name="claimcheck", standalone_mode=False)
    except SystemExit as error:  # how click ends when nobody reads what it writes
        raise OutputClosedError from error
    except OSError:
        close_quietly()  # it raises what is to be said if standard output is at fault
        raise
    close_quietly()
    return status


def _report_usage(error: click.ClickException) -> None:
    """A fault in the arguments, said the way every other error is said."""
    message = error.format_message().rstrip(".")
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f"see {error.ctx.command_path} --help"
    report_error(ConfigError.code, message[:1].lower() + message[1:], hint)
