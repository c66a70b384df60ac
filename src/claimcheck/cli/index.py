"""``claimcheck index``: an index of articles that lasts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import click

import claimcheck
from claimcheck.checker.migrate import migrate
from claimcheck.checker.schemes import scheme_of
from claimcheck.documents import MAX_BYTES
from claimcheck.errors import ClaimcheckError, ConfigError, CorpusError, IndexFormatError
from claimcheck.index import MOST_SHARDS, CheckReport, DocumentInfo, IndexInfo
from claimcheck.render.display import counted
from claimcheck.render.objects import SCHEMA_VERSION, error_object, json_line, json_text
from claimcheck.render.screens import check_text, documents_text, info_text

from .options import OutputOptions, cluster_option, joined_cluster, open_index, output_options, work_options
from .progress import progress
from .streams import report_error

_MIB = 2**20


@click.group("index")
def command() -> None:
    """
    Keep an index of articles.

    \b
    Example:
      claimcheck index add --index newsroom.claimcheck articles/
      claimcheck verify "The bridge was opened in 1932" --index newsroom.claimcheck
    """  # noqa: D301 - click reads the backspace


def _index_command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of this group, with the option ``--index``."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        option = click.option(
            "--index", "path", metavar="FILE", required=True, help="The index: a file, or a folder of shards."
        )
        made: click.Command = command.command(name)(option(function))
        return made

    return decorate


def _with_work_options(function: Callable[..., Any]) -> Callable[..., Any]:
    return functools.reduce(lambda made, option: option(made), reversed(work_options()), function)


@_index_command("add")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--shards",
    metavar="N",
    type=click.IntRange(min=1, max=MOST_SHARDS),
    help="When there is no index, make it a folder of N files, which many machines can share.",
)
@cluster_option
@_with_work_options
@click.option(
    "--max-article",
    type=click.IntRange(min=1, max=4096),
    default=MAX_BYTES // _MIB,
    show_default=True,
    metavar="MIB",
    help="Leave out articles that are larger.",
)
@output_options("text", "json")
def add(
    *,
    path: str,
    paths: tuple[str, ...],
    shards: int | None,
    cluster: str | None,
    jobs: int,
    no_progress: bool,
    max_article: int,
    output: OutputOptions,
) -> int:
    """
    Add or update articles; the index is made when there is none. What has not changed is skipped.

    With --cluster, all machines of a Ray cluster read; the folder of shards must be at the same path on all of them.
    """
    most = max_article * _MIB
    with progress("reading articles", shown=not (no_progress or output.quiet)) as advance:
        if cluster is not None:
            with joined_cluster(cluster) as joined:
                report = joined.add(path, *paths, shards=shards, on_progress=advance, max_bytes=most)
        else:
            if scheme_of(path):
                msg = f"{path} is an address, and a corpus there is for reading only"
                raise ConfigError(msg, hint="add to the folder: --cluster HOST:PORT --index FOLDER")
            with claimcheck.Corpus.open(path, shards=shards) as corpus:
                report = corpus.add(*paths, jobs=jobs, on_progress=advance, max_bytes=most)
    _report_faults(report.faults)
    if output.format == "json":
        counts = {name: getattr(report, name) for name in ("added", "updated", "unchanged")}
        _write_object({**counts, "faults": [error_object(fault) for fault in report.faults]}, output)
    else:
        left_out = f", {len(report.faults):,} left out" if report.faults else ""
        line = f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged{left_out}\n"
        _write(line, output)
    return 2 if report.faults else 0


@_index_command("remove")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@output_options("text", "json")
def remove(*, path: str, ids: tuple[str, ...], output: OutputOptions) -> int:
    """Remove articles by id, as shown by list."""
    with open_index(path, read_only=False) as corpus:
        removed = corpus.remove(*ids)
    missing = [document_id for document_id in ids if document_id not in removed]
    for document_id in missing:
        report_error(CorpusError.code, f"the index holds no document {document_id!r}", "see: claimcheck index list")
    if output.format == "json":
        _write_object({"removed": list(removed), "missing": missing}, output)
    else:
        _write(f"{counted(len(removed), 'document')} removed\n", output)
    return 2 if missing else 0


@_index_command("list")
@output_options("text", "json", "jsonl")
def list_documents(*, path: str, output: OutputOptions) -> int:
    """List the articles of an index."""
    with open_index(path, read_only=True) as corpus:
        _write_documents(corpus.documents(), output)
    return 0


@_index_command("info")
@output_options("text", "json")
def info(*, path: str, output: OutputOptions) -> int:
    """Show what an index holds."""
    with open_index(path, read_only=True) as corpus:
        found = corpus.info()
    _write_record(found, info_text, output)
    return 0


@_index_command("check")
@output_options("text", "json")
def check(*, path: str, output: OutputOptions) -> int:
    """Prove every span and hash of an index. Exits with 2 when something is wrong."""
    with open_index(path, read_only=True) as corpus:
        report = corpus.check()
    _write_record(report, check_text, output)
    if report.ok:
        return 0
    hint = "make the index anew from the articles: claimcheck index add"
    report_error(IndexFormatError.code, f"the index has {counted(len(report.faults), 'fault')}", hint)
    return 2


@_index_command("migrate")
@_with_work_options
@output_options("text", "json")
def migrate_index(*, path: str, jobs: int, no_progress: bool, output: OutputOptions) -> int:
    """
    Take over an index that an older version wrote.

    Its articles are read anew from their stored texts; a newsroom's history is kept. The old file stays beside the
    new one, as FILE.before-migration. Nothing else may use the index meanwhile.
    """
    with progress("reading articles", shown=not (no_progress or output.quiet)) as advance:
        report = migrate(path, jobs=jobs, on_progress=advance)
    if output.format == "json":
        _write_object(_plain(report), output)
    elif report.kept:
        _write(f"{counted(report.documents, 'document')} taken over; the old file is {report.kept}\n", output)
    else:
        _write(f"{path} is of this version already\n", output)
    return 0


def _write_documents(documents: Iterable[DocumentInfo], output: OutputOptions) -> None:
    if output.format == "text":
        _write(documents_text(documents, output.look), output)
    elif output.format == "json":
        _write(json_text([_plain(document) for document in documents]) + "\n", output)
    else:
        with output.opened() as out:
            for document in documents:
                out.write(json_line(_plain(document)) + "\n")


def _write_record(record: IndexInfo | CheckReport, to_text: Callable[[Any, Any], str], output: OutputOptions) -> None:
    if output.format == "json":
        extra = {"ok": record.ok} if isinstance(record, CheckReport) else {}
        _write_object({**extra, **_plain(record)}, output)
    else:
        _write(to_text(record, output.look), output)


def _write_object(value: dict[str, Any], output: OutputOptions) -> None:
    _write(json_text({"schema_version": SCHEMA_VERSION, **value}) + "\n", output)


def _write(text: str, output: OutputOptions) -> None:
    with output.opened() as out:
        out.write(text)


def _plain(record: attrs.AttrsInstance) -> dict[str, Any]:
    """A record as JSON values; dates and times in ISO 8601."""
    return attrs.asdict(record, value_serializer=lambda _r, _a, v: v.isoformat() if hasattr(v, "isoformat") else v)


def _report_faults(faults: Iterable[ClaimcheckError]) -> None:
    for fault in faults:
        report_error(fault.error_code, fault.message, fault.hint)
