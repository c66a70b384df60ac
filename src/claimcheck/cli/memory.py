"""``claimcheck memory``: claims that people have checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from claimcheck.checker.claims import parse_claim
from claimcheck.checker.locking import only_writer
from claimcheck.checker.memory import Entry, entry_id, remembered_words
from claimcheck.checker.memory_file import entries_of, entry_object, memory_text, read_memory
from claimcheck.checker.reviews import entries_of_reviews
from claimcheck.errors import ConfigError
from claimcheck.model import Label, Remembered
from claimcheck.paths import absent, reason_of
from claimcheck.render.claim_review import memory_reviews
from claimcheck.render.display import counted, visible
from claimcheck.render.objects import json_line, json_text

from .configured import ConfiguredCommand
from .options import day_option
from .streams import Output, report_warning, say

#: Shapes of a file to import or export.
JSONL, CLAIMREVIEW = "jsonl", "claimreview"


@click.group("memory")
def command() -> None:
    """
    Keep claims that were checked, so that they are recognised.

    \b
    Example:
      claimcheck memory add "The bridge was opened in 1935" --verdict contradicted --memory checked.jsonl
      claimcheck check draft.md --corpus articles/ --memory checked.jsonl
    """  # noqa: D301 - click reads the backspace


def _memory_command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of this group, with the option ``--memory``."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        option = click.option("--memory", metavar="FILE", help="The file of the claim memory, in JSON Lines.")
        made: click.Command = command.command(name, cls=ConfiguredCommand)(option(function))
        return made

    return decorate


def _named(memory: str | None) -> str:
    if memory is None:
        msg = "no claim memory was named"
        raise ConfigError(msg, hint="name its file with --memory FILE, or in the configuration as memory")
    return memory


def _known(path: str) -> list[Entry]:
    """The entries of a file, none when it is yet to be made."""
    return [] if absent(path) else read_memory(path)


def _write(path: str, entries: Iterable[Entry]) -> None:
    with Output(path) as file:
        file.write(memory_text(entries))


@_memory_command("add")
@click.argument("claim", metavar="CLAIM")
@click.option("--verdict", type=click.Choice([label.value for label in Label]), required=True, help="What it is.")
@day_option("--date", "The day on which it was checked (YYYY-MM-DD); today when it is left out.")
@click.option("--who", metavar="NAME", default="", help="Who checked it.")
@click.option("--url", metavar="URL", default="", help="Where that is published.")
@click.option("--note", metavar="TEXT", default="", help="What was found, in your own words.")
def add(*, memory: str | None, claim: str, verdict: str, date: dt.date | None, who: str, url: str, note: str) -> int:
    """Remember CLAIM and what it was found to be; the file is made when there is none."""
    path = _named(memory)
    day = date or dt.datetime.now(tz=dt.UTC).date()
    parse_claim(claim, as_of=day)  # what cannot be read could never be recognised
    text = " ".join(claim.split())
    found = Remembered(
        id=entry_id(text, day), claim=text, label=Label(verdict), checked=day, who=who, url=url, note=note
    )
    with only_writer(path):
        _write(path, [*_known(path), Entry(remembered=found)])
    say(f"remembered as {found.id}")
    return 0


@_memory_command("list")
@click.option(
    "--format", "shape", type=click.Choice(("text", "jsonl")), default="text", show_default=True, help="Shape."
)
def list_entries(*, memory: str | None, shape: str) -> int:
    """List the claims that are remembered."""
    entries = read_memory(_named(memory))
    with Output(None) as out:
        for entry in entries:
            known = entry.remembered
            if shape == "jsonl":
                out.write(json_line(entry_object(entry)) + "\n")
            else:
                out.write(visible(f"{known.id}  {known.claim}  ({remembered_words(known)})") + "\n")
    return 0


@_memory_command("remove")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def remove(*, memory: str | None, ids: tuple[str, ...]) -> int:
    """Forget the claims with these ids."""
    path = _named(memory)
    with only_writer(path):
        entries = read_memory(path)
        there = {entry.remembered.id for entry in entries}
        missing = [identifier for identifier in ids if identifier not in there]
        if missing:
            msg = f"{path} has no claim with the id {missing[0]!r}"
            raise ConfigError(msg, hint="see the ids with: claimcheck memory list")
        _write(path, (entry for entry in entries if entry.remembered.id not in ids))
    say(f"forgot {counted(len(set(ids)), 'claim')}")
    return 0


@_memory_command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "shape",
    type=click.Choice((JSONL, CLAIMREVIEW)),
    help="Shape of the files.  [default: claimreview for .json and .jsonld, else jsonl]",
)
def import_files(*, memory: str | None, files: tuple[str, ...], shape: str | None) -> int:
    """
    Take in checked claims from files of JSON Lines, or of ClaimReview mark-up in JSON-LD.

    A claim with an id that is known takes the place of the known one. Reviews whose rating is no verdict of ours, such
    as "half true", are left out and named.
    """
    path = _named(memory)
    new: list[Entry] = []
    for name in files:
        text = _text_of(name)
        if (shape or (CLAIMREVIEW if Path(name).suffix in {".json", ".jsonld"} else JSONL)) == JSONL:
            new += entries_of(text, name)
            continue
        entries, left_out = entries_of_reviews(text, name)
        new += entries
        for review in left_out:
            report_warning("CC-W07", f"left out: {review.claim or 'a review'}: {review.reason}")
    with only_writer(path):
        _write(path, [*_known(path), *new])
    say(f"{counted(len(new), 'claim')} taken in")
    return 0


def _text_of(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else reason_of(error)
        msg = f"{name} cannot be read: {reason}"
        raise ConfigError(msg, hint="check the path") from error


@_memory_command("export")
@click.option(
    "--format", "shape", type=click.Choice((JSONL, CLAIMREVIEW)), default=JSONL, show_default=True, help="Shape."
)
@click.option("--output", metavar="FILE", help="Write to FILE, which appears when it is complete.")
def export(*, memory: str | None, shape: str, output: str | None) -> int:
    """Write the claims that are remembered for somebody else: as JSON Lines, or as ClaimReview mark-up."""
    entries = read_memory(_named(memory))
    with Output(output) as out:
        out.write(memory_text(entries) if shape == JSONL else json_text(list(memory_reviews(entries))) + "\n")
    return 0
