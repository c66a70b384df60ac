"""``claimcheck serve``: the newsroom's server, and the tokens for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import os
from pathlib import Path
from typing import Any

import click
import platformdirs
from attrs import evolve

import claimcheck
from claimcheck.checker.pairs import Method
from claimcheck.errors import ConfigError, SkippedDocumentWarning
from claimcheck.server.settings import DEFAULT_HOST, DEFAULT_PORT, Limits, Settings, checked_url
from claimcheck.server.tokens import Role, add_token

from .options import (
    CorpusOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    method_option,
    min_confidence_option,
)
from .progress import progress
from .streams import report_warning, say

_MIB = 1024 * 1024
_PACKAGES = frozenset({"fastapi", "multipart", "prometheus_client", "python_multipart", "starlette", "uvicorn"})
_FIXED = "the articles of this server are those of a folder"


@click.group("serve", invoke_without_command=True)
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="The address to serve at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Its port; 0 is any free one.",
)
@corpus_options
@click.option(
    "--history",
    metavar="FILE",
    help="With --corpus: the index file that keeps the articles and the history."
    "  [default: one in the user's data folder]",
)
@click.option(
    "--token-file",
    metavar="FILE",
    help="Who may come in; made by claimcheck serve token. Needed to serve other machines.",
)
@click.option("--public-url", metavar="URL", help="Where people reach it, such as https://check.example.org.")
@click.option("--proxy", metavar="ADDRESS", help="A reverse proxy whose X-Forwarded-For is believed.")
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    default=0,
    help="Processes that check.  [default: one a processor, 4 at most]",
)
@click.option(
    "--max-upload", type=click.FloatRange(0.001, 8.0), default=2.0, show_default=True, help="Largest upload, in MiB."
)
@click.option(
    "--max-seconds",
    type=click.FloatRange(1.0, 86_400.0),
    default=900.0,
    show_default=True,
    help="Seconds that one check may take.",
)
@click.option(
    "--rate",
    type=click.IntRange(1, 100_000),
    default=60,
    show_default=True,
    help="Checks, verifications and uploads a minute of one user; fifty times as many may be read.",
)
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@method_option
@entailment_option
@min_confidence_option
@click.pass_context
def command(
    context: click.Context,
    *,
    host: str,
    port: int,
    articles: CorpusOptions,
    history: str | None,
    token_file: str | None,
    public_url: str | None,
    proxy: str | None,
    workers: int,
    max_upload: float,
    max_seconds: float,
    rate: int,
    as_of: dt.date | None,
    method: str,
    entailment: str | None,
    min_confidence: float,
) -> int:
    """
    Serve a newsroom: an HTTP API, and a page to check drafts on.

    Only this machine can reach it, unless --host says otherwise, which needs a file of tokens. Checks, decisions and
    the audit log are kept in the index file. Ends with Ctrl-C or SIGTERM; a check that is cut short says so.

    \b
    Examples:
      claimcheck serve --index newsroom.claimcheck
      claimcheck serve --index newsroom.claimcheck --host 0.0.0.0 --token-file tokens.toml
      claimcheck serve token anna --role editor --token-file tokens.toml
    """  # noqa: D301 - click reads the backspace
    if context.invoked_subcommand is not None:
        return 0
    if articles.corpus and articles.index:
        msg = "--corpus and --index exclude each other"
        raise click.UsageError(msg)
    if history and articles.index:
        msg = "--history goes with --corpus; an index keeps its own history"
        raise click.UsageError(msg)
    run = _server()
    settings = Settings(
        index="",
        host=host,
        port=port,
        token_file=token_file,
        public_url=checked_url(public_url) if public_url else "",
        proxy=proxy or "",
        workers=workers or min(4, os.cpu_count() or 1),
        as_of=as_of,
        method=Method(method),
        entailment=entailment,
        min_confidence=min_confidence,
        limits=evolve(Limits(), upload=int(max_upload * _MIB), check_seconds=max_seconds, works=rate, reads=50 * rate),
    )
    run.refuse_open_door(settings)
    if articles.index:
        settings = evolve(settings, index=articles.index)
    else:
        settings = evolve(settings, index=_index_of(articles, history), documents_fixed=_FIXED)
    status: int = run.run(settings, announce=lambda url: say(f"claimcheck is at {url}/ (Ctrl-C ends it)"))
    return status


@command.command("token")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What its owner may do.")
@click.option("--token-file", metavar="FILE", required=True, help="The file, which is made when there is none.")
def token(*, name: str, role: str, token_file: str) -> int:
    """
    Make a token and add its hash to a token file.

    The token is printed once and kept nowhere: hand it to NAME. A reader looks and verifies, an editor also checks
    drafts, decides, comments and adds articles, an admin also removes and reads the audit log. To end a token, remove
    its entry from the file; a running server heeds that at once.
    """
    made = add_token(token_file, name, Role(role))
    say(f"token of {name} ({role}), shown this once:")
    click.echo(made)
    return 0


def _server() -> Any:
    """The module that runs the server, which needs the extra."""
    try:
        return importlib.import_module("claimcheck.server.run")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _PACKAGES:
            raise
        msg = f"the server needs {error.name}, which is not installed"
        raise ConfigError(msg, hint="install it: pip install 'claimcheck-editorial[server]'") from error


def _index_of(articles: CorpusOptions, history: str | None) -> str:
    """
    The index file of folders of articles, brought up to date with them.

    Raises:
        CorpusError: If there are no articles.
    """
    paths = articles.paths()
    path = Path(history) if history else _default_history(paths)
    path.parent.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    with (
        claimcheck.Corpus.open(path) as corpus,
        progress("reading articles", shown=not articles.no_progress) as advance,
    ):

        def on_progress(done: int, total: int, name: str) -> None:
            seen.add(name)
            advance(done, total, name)

        report = corpus.add(*paths, jobs=articles.jobs, on_progress=on_progress)
        corpus.remove(*[info.id for info in corpus.documents() if info.id not in seen])
    for fault in report.faults:
        report_warning(SkippedDocumentWarning.code, f"left out: {fault.message}", fault.hint)
    say(f"the history is kept in {path}")
    return str(path)


def _default_history(paths: tuple[str, ...]) -> Path:
    """A file of its own for these folders, in the user's data folder."""
    named = "\0".join(str(Path(path).resolve()) for path in paths)
    digest = hashlib.sha256(named.encode(errors="surrogateescape")).hexdigest()[:16]
    return platformdirs.user_data_path("claimcheck", appauthor=False) / f"newsroom-{digest}.claimcheck"
