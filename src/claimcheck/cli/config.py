"""``claimcheck config``: what is configured, and where."""

from __future__ import annotations

from typing import Any

import click

from claimcheck.config import Configuration, Origin, Setting
from claimcheck.config.values import plain
from claimcheck.render.display import visible
from claimcheck.render.objects import SCHEMA_VERSION, json_text

from .configured import ConfiguredCommand
from .streams import Output


@click.group("config")
def command() -> None:
    """
    See what is configured.

    \b
    Example:
      claimcheck config show
    """  # noqa: D301 - click reads the backspace


@command.command("show", cls=ConfiguredCommand)
@click.option(
    "--format", "shape", type=click.Choice(("text", "json")), default="text", show_default=True, help="Shape."
)
@click.pass_obj
def show(config: Configuration, *, shape: str) -> int:
    """
    Print each setting, its value, and where that came from.

    Settings come from the nearest pyproject.toml with a table [tool.claimcheck], or claimcheck.toml, in this folder
    or above; environment variables such as CLAIMCHECK_CORPUS go before the file, and options before both.

    \b
    Examples:
      claimcheck config show
      claimcheck config show --config desk.toml --format json
    """  # noqa: D301 - click reads the backspace
    with Output(None) as out:
        out.write(json_text(config_object(config)) + "\n" if shape == "json" else config_text(config))
    return 0


def config_object(config: Configuration) -> dict[str, Any]:
    """The configuration as JSON can hold it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "file": str(config.file) if config.file is not None else None,
        "settings": {
            setting.key.name: {
                "value": plain(setting.value),
                "origin": setting.origin.value,
                "source": setting.source or None,
            }
            for setting in config.settings
        },
    }


def config_text(config: Configuration) -> str:
    """The configuration for a screen, one setting a line."""
    rows = [(setting.key.name, visible(_written(setting)), _source(setting)) for setting in config.settings]
    name, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    head = f"file: {config.file}\n" if config.file is not None else "file: none\n"
    return head + "".join(f"{row[0]:<{name}}  {row[1]:<{value}}  {row[2]}".rstrip() + "\n" for row in rows)


def _written(setting: Setting) -> str:
    value = plain(setting.value)
    if value in (None, "", [], {}):
        return "-"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _source(setting: Setting) -> str:
    return setting.origin.value if setting.origin is Origin.DEFAULT else visible(setting.source)
