"""Commands whose options fall back on the configuration."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from claimcheck.config import RIVALS, Configuration, configuration
from claimcheck.config.values import plain


def config_options(command: Any) -> Any:
    """``--config`` and ``--isolated``, given to the command as ``config_file`` and ``isolated``."""
    named = click.option(
        "--config",
        "config_file",
        metavar="FILE",
        help="The configuration to go by, instead of the nearest pyproject.toml or claimcheck.toml.",
    )
    isolated = click.option(
        "--isolated", is_flag=True, help="Read no configuration file; environment variables still count."
    )
    return named(isolated(command))


def configuration_of(said: Mapping[str, Any], folder: Path) -> Configuration:
    """
    The configuration that holds for a command line.

    Args:
        said: The values of its options by parameter, of which ``config_file`` and ``isolated`` count.
        folder: Where to look for a file.
    Raises:
        ConfigError: If a file cannot be read, or something in it or in the environment is wrong.
    """
    named = said.get("config_file")
    return configuration(
        environment=os.environ,
        folder=folder,
        file=Path(named) if named is not None else None,
        isolated=bool(said.get("isolated")),
    )


class ConfiguredCommand(click.Command):
    """
    A command that takes from the configuration what its command line leaves out.

    The configuration itself is the context's ``obj``.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shared = config_options(click.Command("shared")).params
        for option in shared:
            option.expose_value = False
        self.params.extend(shared)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the configuration that *args* ask for, then *args* with its values as defaults."""
        said, _, _ = self.make_parser(ctx).parse_args(list(args))
        help_option = self.get_help_option(ctx)
        if help_option is None or help_option.name not in said:
            ctx.obj = configuration_of(said, Path.cwd())
            ctx.default_map = self._defaults(ctx.obj, said)
        return super().parse_args(ctx, args)

    def _defaults(self, config: Configuration, said: Mapping[str, Any]) -> dict[str, Any]:
        """What the configuration says for the options of this command."""
        given = {name: plain(value) for name, value in config.given.items()}
        overruled = {RIVALS[name] for name in said if name in RIVALS}
        options = {str(p.name): p for p in self.params if isinstance(p, click.Option)}
        return {
            name: value
            for name, value in given.items()
            if name in options and name not in overruled and _is_choice(options[name], value)
        }


def _is_choice(option: click.Option, value: Any) -> bool:
    """Whether *value* is one that the option has: not every command can write every format."""
    return not isinstance(option.type, click.Choice) or value in option.type.choices


def configured(name: str) -> Any:
    """The value that the configuration of the command at hand gives for something that no option can say."""
    return click.get_current_context().obj[name].value


def is_said(*names: str) -> bool:
    """Whether one of these parameters of the command at hand was given on its command line."""
    context = click.get_current_context()
    return any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in names)
