"""Results of a batch as a stream of text, each written as soon as it is known."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from claimcheck.model import Failure
from claimcheck.render.display import Look
from claimcheck.render.objects import json_line, json_text
from claimcheck.render.text import separator

from .streams import report_error

Item = TypeVar("Item")
Result = TypeVar("Result")
Objects = Iterable[Mapping[str, Any]]


def json_lines(objects: Objects) -> Iterator[str]:
    """One object a line."""
    for item in objects:
        yield json_line(item) + "\n"


def json_array(objects: Objects) -> Iterator[str]:
    """A list of objects, indented."""
    lead = "["
    for item in objects:
        yield f"{lead}\n{textwrap.indent(json_text(item), '  ')}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"


def json_single(objects: Objects) -> Iterator[str]:
    """One object, indented, for a single question."""
    for item in objects:
        yield json_text(item) + "\n"


def screens(blocks: Iterable[str], look: Look) -> Iterator[str]:
    """Blocks of text with something in between."""
    lead = ""
    for block in blocks:
        yield lead + block
        lead = separator(look)


def shaped(
    results: Iterable[tuple[Item, Result]],
    *,
    output_format: str,
    single: bool,
    look: Look,
    to_object: Callable[[Result], Mapping[str, Any]],
    to_text: Callable[[Item, Result], str],
) -> Iterator[str]:
    """
    A batch in the shape that was asked for.

    Args:
        results: Each item with its result.
        output_format: ``text``, ``json`` or ``jsonl``.
        single: Whether it is one question rather than a batch: ``json`` is then an object, not a list.
        look: For text.
        to_object: From a result to its JSON object.
        to_text: From an item and its result to its screen.
    """
    if output_format == "text":
        return screens((to_text(item, result) for item, result in results), look)
    objects = (to_object(result) for _, result in results)
    if output_format == "jsonl":
        return json_lines(objects)
    return json_single(objects) if single else json_array(objects)


class Tally:
    """Counts what passes, and says in the end what went wrong."""

    def __init__(self) -> None:
        self.failed = self.done = 0
        self._first: Failure | None = None

    def watch(self, results: Iterable[tuple[Item, Result]]) -> Iterator[tuple[Item, Result]]:
        """The same results, counted."""
        for item, result in results:
            self.done += 1
            if isinstance(result, Failure):
                self.failed += 1
                self._first = self._first or result
            yield item, result

    def report(self, what: str, *, single: bool) -> None:
        """Failures on standard error: the failure itself for a single question, else how many there were."""
        first = self._first
        if first is not None and single:
            report_error(first.code, first.message, first.hint)
        elif first is not None:
            message = f"{self.failed:,} of {self.done:,} {what} could not be checked"
            report_error(first.code, message, f"each has its error in its place; the first: {first.message}")
