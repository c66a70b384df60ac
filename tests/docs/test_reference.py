"""The generated pages are up to date and complete."""

from __future__ import annotations

import click
import pytest

from claimcheck import errors

from .conftest import GENERATED, REPOSITORY


@pytest.mark.parametrize("name", GENERATED)
def test_page_is_up_to_date(generate, name):
    page = f"docs/{name}"
    expected = generate.REFERENCE[page]()
    assert expected == (REPOSITORY / page).read_text(encoding="utf-8"), f"{page} is stale: run make docs"


def test_every_command_and_option_is_documented(generate):
    text = (REPOSITORY / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    missing = []
    for path, command, _ in generate.commands():
        if f" {path}\n" not in text:
            missing.append(path)
        for parameter in command.params:
            if getattr(parameter, "hidden", False):
                continue
            names = parameter.opts if isinstance(parameter, click.Option) else [parameter.make_metavar(_)]
            missing += [f"{path} {name}" for name in names if name not in text]
    assert missing == []


def test_every_option_has_a_help_text(generate):
    bare = [
        f"{path} {parameter.opts[0]}"
        for path, command, _ in generate.commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert bare == []


def test_every_code_in_the_source_is_explained(generate):
    page = generate.codes_page()
    assert [code for code in sorted(generate.used_codes()) if f"| {code} |" not in page] == []


def test_codes_are_unique(generate):
    kinds = [*generate.classes(errors.ClaimcheckError), *generate.classes(errors.ClaimcheckWarning)]
    codes = [kind.code for kind in kinds] + list(generate.SPECIFIC_CODES)
    assert sorted(set(codes)) == sorted(codes)
