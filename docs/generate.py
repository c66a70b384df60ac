"""
Write the pages and page parts of the documentation that the code itself can tell.

``python docs/generate.py`` writes them, ``python docs/generate.py --check`` only says which are stale and
exits with 1 then.  Four kinds are generated:

- the command reference, from the help of the commands;
- the JSON reference, from the schemas that ship in the package, and the code reference, from the exception tree;
- the tables of measured figures, by docs/tables.py;
- the output of example commands: a ``sh`` block after the line ``<!-- run -->`` is run, in a folder of the page's
  own that holds the repository's corpus and claims, and the ``text`` or ``json`` block right after it is replaced
  by what it printed.
"""

from __future__ import annotations

import ast
import difflib
import functools
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
from tables import with_tables

from claimcheck import cli, errors
from claimcheck.checker.rules import RULES, Rule

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
SOURCES = REPOSITORY / "src" / "claimcheck"
NOTE = "<!-- Written by docs/generate.py; run `make docs` after a change. -->\n\n"
WIDTH = 80

#: Codes that are given where an error is raised, more specific than the code of its class.
SPECIFIC_CODES = {
    "CC-E05": ("ClaimParseError", "A claim that is longer than one claim may be."),
    "CC-E06": ("ClaimParseError", "A line of a batch that does not have the shape of its file."),
    "CC-E07": ("ClaimParseError", "An id used twice in a batch."),
    "CC-E08": ("ConfigError", "Results that cannot be written to the file or stream that was named."),
    "CC-E09": ("ConfigError", "A line of a claim memory that is no checked claim, or a file that is none."),
    "CC-E24": ("StoredIndexError", "No space left on the disk of the index; what was stored before is safe."),
    "CC-E25": ("StoredIndexError", "The disk of the index cannot be read or written."),
    "CC-E26": ("StoredIndexError", "A shard of an index that is missing, or cannot be reached."),
    "CC-E31": ("EngineError", "The language model is not installed, or is not one that can be used."),
    "CC-E32": ("EngineError", "A file of the language model does not have the SHA-256 sum that it should have."),
    "CC-E33": ("EngineError", "A process that was reading articles has died."),
    "CC-E34": ("EngineError", "A file of an entailment model, or a package that it needs, is not there."),
    "CC-E35": ("EngineError", "A file of an entailment model is damaged, or is not the one that is expected."),
    "CC-E36": ("EngineError", "A model that does not judge pairs as supports, contradicts or neutral."),
    "CC-E37": ("EngineError", "An entailment model that fails at a pair."),
    "CC-E51": ("PairError", "A pair whose claim or evidence is empty."),
    "CC-E52": ("PairError", "A pair whose claim is too long for the entailment model."),
    "CC-E53": ("PairError", "A pair with a side that holds no word that the entailment model knows."),
    "CC-E61": ("ServerError", "An address that other machines can reach, and no file of tokens."),
    "CC-E62": ("ServerError", "An address or port that cannot be served at."),
    "CC-E64": ("ServerError", "A check that was cut short because the server stopped."),
    "CC-E65": ("ServerError", "More work under way and waiting than the server takes on."),
    "CC-E66": ("ServerError", "Work that took longer than it may."),
    "CC-E67": ("ServerError", "Work whose process died or hung, or whose outcome could not be kept."),
    "CC-E71": ("RequestError", "A request without a token, or with one that is not known (401)."),
    "CC-E72": ("RequestError", "A request that the role of the token does not allow (403)."),
    "CC-E73": ("RequestError", "A request from another site, for another host, or without X-CSRF-Token (403, 421)."),
    "CC-E74": ("RequestError", "A request for something that is not there (404)."),
    "CC-E75": ("RequestError", "A request that cannot be met as things are (409)."),
    "CC-E76": ("RequestError", "A body, or a list of claims, that is too large (413)."),
    "CC-E77": ("RequestError", "Too many requests, or too many streams at a time (429)."),
    "CC-E78": ("RequestError", "A body or a file of a kind that is not taken (415)."),
    "CC-E79": ("RequestError", "A request that took too long to arrive (408)."),
    "CC-E81": ("ClusterError", "Ray, which a cluster needs, is not installed."),
    "CC-E82": ("ClusterError", "No cluster answers at the address, or it cannot be joined."),
    "CC-E83": ("ClusterError", "Machines of a cluster that have different versions of claimcheck or of its models."),
    "CC-E84": ("(none)", "A claim or an article that each process died of that a cluster gave it to."),
    "CC-E99": ("(none)", "A fault in claimcheck itself; the command line prints where it happened."),
    "CC-W07": ("(none)", "A review of another fact-checker that was left out: its rating is no verdict of ours."),
    "CC-W06": ("(none)", "Front matter that is not valid YAML; it was read line by line."),
}

Page = Callable[[], str]


# ---------------------------------------------------------------------------- commands


def commands(
    command: click.Command | None = None, parents: tuple[click.Context, ...] = ()
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command with its full name and a context to ask for its help, parents first."""
    command = command or cli._commands  # noqa: SLF001 - the tree of commands has no other name
    name = "claimcheck" if not parents else str(command.name)
    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(
        command, info_name=name, parent=parents[-1] if parents else None, **(command.context_settings | width)
    )
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from commands(found, (*parents, context))


def commands_page() -> str:
    """The help of all commands."""
    parts = [
        NOTE,
        "# Commands\n\n",
        (
            "The help of every command, as `--help` prints it. Results go to standard output and everything else to\n"
            "standard error, both in UTF-8.\n\n"
        ),
        (
            "| exit status | meaning |\n|---|---|\n"
            "| 0 | done, and nothing at or above `--fail-on` |\n"
            "| 1 | done, with findings at or above `--fail-on` |\n"
            "| 2 | a usage, configuration, corpus or index error, or a claim that could not be checked |\n"
            "| 130 | interrupted |\n\n"
        ),
        (
            "Environment variables:\n\n"
            "| variable | meaning |\n|---|---|\n"
            "| `CLAIMCHECK_CACHE` | folder of the indexes that `--corpus` makes, and of what was read of claims and "
            "drafts and judged by the model; `off` keeps nothing |\n"
            "| `CLAIMCHECK_SPACY_MODEL` | another spaCy pipeline, by name or path |\n"
            "| `CLAIMCHECK_` and a key of the [configuration](../howto/configure.md) | its value, as in "
            "`CLAIMCHECK_FAIL_ON`, for the commands that have `--config` |\n"
            "| `NO_COLOR`, `FORCE_COLOR` | no colour, or colour even when the output is not a terminal |\n"
        ),
    ]
    for path, command, context in commands():
        level = "##" if path.count(" ") < 2 else "###"
        parts.append(f"\n{level} {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "".join(parts)


# ------------------------------------------------------------------------------- codes


def used_codes() -> set[str]:
    """Every error and warning code that stands in the source, those of rules left out: they have pages of their own."""
    found: set[str] = set()
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update(re.findall(r"^CC-[EW]\d\d$", node.value))
    return found - {rule.code for rule in RULES}


def classes(base: type[Any]) -> Iterator[type[Any]]:
    """*base* and the classes of `claimcheck.errors` below it, by code."""
    yield base
    for child in sorted(base.__subclasses__(), key=lambda kind: (kind.code, kind.__name__)):
        if child.__module__ == errors.__name__:
            yield from classes(child)


def _first_line(value: object) -> str:
    return (inspect.getdoc(value) or "").split("\n", 1)[0]


def _code_rows(base: type[Any], letter: str) -> list[tuple[str, str, str]]:
    rows = [(kind.code, f"`{kind.__name__}`", _first_line(kind)) for kind in classes(base)]
    rows += [
        (code, f"`{kind}`" if kind.isidentifier() else "", text)
        for code, (kind, text) in SPECIFIC_CODES.items()
        if code.startswith(f"CC-{letter}")
    ]
    return sorted(rows)


def codes_page() -> str:
    """All errors and warnings."""
    error_rows, warning_rows = _code_rows(errors.ClaimcheckError, "E"), _code_rows(errors.ClaimcheckWarning, "W")
    missing = used_codes() - {row[0] for row in error_rows + warning_rows}
    if missing:
        message = f"say in SPECIFIC_CODES of docs/generate.py what these codes mean: {', '.join(sorted(missing))}"
        raise SystemExit(message)
    lines = [
        NOTE + "# Errors and warnings\n",
        (
            "Every error and warning has a code that does not change. On the command line an error looks like this,\n"
            "on standard error:\n"
        ),
        "```text\nerror[CC-E10]: articles: there is no such file or folder\nhint: check the path of the corpus\n```\n",
        (
            "In a batch, a claim that cannot be checked gives an object with `error` (`code`, `message`, `hint`) in\n"
            "its place, and the others go on. In Python, every error is a `claimcheck.ClaimcheckError` with\n"
            "`error_code`, `message`, `hint` and, where it is known, the `span` of the text it is about.\n"
        ),
        "## Errors\n",
        _table(("code", "class", "meaning"), error_rows),
        "\n## Warnings\n",
        "Warnings do not stop the work. They stand in `warnings` of a verdict, of a reading and of a document.\n",
        _table(("code", "class", "meaning"), warning_rows),
        "\n## The exception tree\n",
        "A class in brackets is the builtin that the error also derives from.\n",
        "```text",
        *_tree(errors.ClaimcheckError),
        *_tree(errors.ClaimcheckWarning),
        "```\n",
    ]
    return "\n".join(lines)


def _tree(kind: type[Any], depth: int = 0) -> Iterator[str]:
    builtin = [base.__name__ for base in kind.__bases__ if base.__module__ == "builtins" and base is not Exception]
    yield f"{'  ' * depth}{kind.__name__}{' (' + ', '.join(builtin) + ')' if builtin else ''}"
    for child in sorted(kind.__subclasses__(), key=lambda sub: (sub.code, sub.__name__)):
        if child.__module__ == errors.__name__:
            yield from _tree(child, depth + 1)


# ------------------------------------------------------------------------------- rules


def rules_page() -> str:
    """All rules of `claimcheck check`."""
    rows = [(f"[{r.code}]({r.code.lower()}.md)", r.name, r.severity.value, r.summary) for r in RULES]
    return (
        f"{NOTE}# Rules\n\nWhat [`claimcheck check`](../../howto/check.md) can find in a draft. A code never changes "
        f"its meaning.\n\n{_table(('code', 'name', 'severity', 'meaning'), rows)}"
    )


def rule_page(rule: Rule) -> str:
    """One rule."""
    return (
        f"{NOTE}# {rule.code}: {rule.name}\n\n{rule.summary}\n\n"
        f"Severity: {rule.severity.value}.\n\n"
        f"## Example\n\nIn the draft:\n\n```text\n{rule.draft}\n```\n\n"
        f"In the sources:\n\n```text\n{rule.source}\n```\n\n"
        f"## What to do\n\n{rule.advice}\n"
    )


# -------------------------------------------------------------------------------- JSON


def json_page() -> str:
    """The objects that the commands print, from their schemas."""
    parts = [
        NOTE,
        "# JSON output\n\n",
        (
            "The schemas below ship in the package, as `claimcheck/render/schema/*.schema.json` (JSON Schema\n"
            "2020-12). Keys may be added within a schema version, so readers should ignore keys that they do not\n"
            "know; a key is never removed and its meaning never changed without a new `schema_version`. Offsets are\n"
            "code points, half-open, and numbers are always finite. Keys in **bold** are always there.\n"
        ),
    ]
    titles = {"verdict": "`claimcheck verify`", "judgement": "`claimcheck judge`", "check": "`claimcheck check`"}
    for name, title in titles.items():
        schema = json.loads((SOURCES / "render" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
        parts.append(f"\n## {title}\n\n{schema['title']}. {schema['description']}\n\n{_properties(schema)}")
        for part, definition in sorted(schema["$defs"].items()):
            if definition.get("properties"):
                text = definition.get("description", "")
                parts.append(f"\n### {name}: {part}\n\n{text + chr(10) * 2 if text else ''}{_properties(definition)}")
    return "".join(parts)


def _properties(schema: Mapping[str, Any]) -> str:
    required = set(schema.get("required", ()))
    rows = [
        (f"**`{key}`**" if key in required else f"`{key}`", _type(value), value.get("description", ""))
        for key, value in schema["properties"].items()
    ]
    return _table(("key", "type", "meaning"), rows)


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(choice) for choice in schema["anyOf"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object" and "properties" in schema:
        return "object with " + ", ".join(f"`{key}`" for key in schema["properties"])
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------------- example output

_RUN = re.compile(
    r"(?P<lead><!-- run -->\n+```sh\n(?P<script>.*?)```\n)(?:(?P<gap>\n+```(?:text|json)\n)(?P<output>.*?)```\n)?",
    re.DOTALL,
)


def with_output(page: str) -> str:
    """*page* with the output of its example commands brought up to date."""
    if not _RUN.search(page):
        return page
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("corpus", "claims"):
            (folder / part).symlink_to(REPOSITORY / part)
        return _RUN.sub(lambda match: _example(match, folder), page)


def _example(match: re.Match[str], folder: Path) -> str:
    shell = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(SOURCES.parent),
        "COLUMNS": str(WIDTH),
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
    }
    shell.pop("FORCE_COLOR", None)
    done = subprocess.run(  # noqa: S603 - our own pages
        ["/bin/bash", "-c", match["script"]],
        cwd=folder,
        env=shell,
        capture_output=True,
        text=True,
        check=False,
    )
    if "error[" in done.stderr or "command not found" in done.stderr:
        message = f"an example of the documentation fails:\n{match['script']}{done.stderr}"
        raise SystemExit(message)
    if match["gap"] is None:
        return match[0]
    output = "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())
    return f"{match['lead']}{match['gap']}{output}\n```\n"


# --------------------------------------------------------------------------------- all

REFERENCE: Mapping[str, Page] = {
    "docs/reference/commands.md": commands_page,
    "docs/reference/errors.md": codes_page,
    "docs/reference/json.md": json_page,
    "docs/reference/rules/index.md": rules_page,
    **{f"docs/reference/rules/{rule.code.lower()}.md": functools.partial(rule_page, rule) for rule in RULES},
}


def example_pages() -> list[Path]:
    """Hand-written pages; some hold examples."""
    generated = {REPOSITORY / name for name in REFERENCE}
    return [page for page in (REPOSITORY / "README.md", *sorted(DOCS.rglob("*.md"))) if page not in generated]


def current_pages() -> dict[Path, str]:
    """What every page should hold."""
    pages = {REPOSITORY / name: page() for name, page in REFERENCE.items()}
    readme, *others = example_pages()
    pages[readme] = _brought_up_to_date(readme)  # first: it fills the cache that all share
    with ThreadPoolExecutor(max_workers=2) as pool:
        texts = pool.map(_brought_up_to_date, others)
        pages |= dict(zip(others, texts, strict=True))
    return pages


def _brought_up_to_date(page: Path) -> str:
    return with_tables(with_output(page.read_text(encoding="utf-8")))


def main(arguments: Sequence[str]) -> int:
    """Write or check all pages; returns the exit status."""
    pages = current_pages()
    written = {page: page.read_text(encoding="utf-8") if page.exists() else "" for page in pages}
    stale = [page for page, text in pages.items() if written[page] != text]
    if "--check" in arguments:
        for page in stale:
            name = page.relative_to(REPOSITORY).as_posix()
            lines = difflib.unified_diff(written[page].splitlines(), pages[page].splitlines(), name, "now", lineterm="")
            sys.stderr.write("\n".join([*lines, f"{name} is stale: run make docs", ""]))
        return int(bool(stale))
    for page in stale:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(pages[page], encoding="utf-8")
        sys.stdout.write(f"wrote {page.relative_to(REPOSITORY)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
