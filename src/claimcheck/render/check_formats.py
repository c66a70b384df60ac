"""Reports of a run in the shape that was asked for, as a stream of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from claimcheck.checker.diagnostics import CheckReport

from .annotations import github_lines, rdjsonl_objects
from .check_html import html_text
from .check_markdown import markdown_text
from .check_objects import check_object, diagnostic_object
from .claim_review import claim_reviews
from .objects import json_line, json_text
from .sarif import sarif_object

Reports = Iterable[CheckReport]


def _json(reports: Reports) -> Iterator[str]:
    yield json_text(check_object(reports)) + "\n"


def _jsonl(reports: Reports) -> Iterator[str]:
    for report in reports:
        for diagnostic in report.diagnostics:
            yield json_line(diagnostic_object(diagnostic)) + "\n"


def _sarif(reports: Reports) -> Iterator[str]:
    yield json_text(sarif_object(reports)) + "\n"


def _github(reports: Reports) -> Iterator[str]:
    for line in github_lines(reports):
        yield line + "\n"


def _rdjsonl(reports: Reports) -> Iterator[str]:
    for item in rdjsonl_objects(reports):
        yield json_line(item) + "\n"


def _markdown(reports: Reports) -> Iterator[str]:
    yield markdown_text(reports)


def _html(reports: Reports) -> Iterator[str]:
    yield html_text(reports)


def _claimreview(reports: Reports) -> Iterator[str]:
    yield json_text(list(claim_reviews(reports))) + "\n"


#: Every shape but text, by the name of its format.
FORMATS: dict[str, Callable[[Reports], Iterator[str]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
    "html": _html,
    "sarif": _sarif,
    "github": _github,
    "rdjsonl": _rdjsonl,
    "claimreview": _claimreview,
}
