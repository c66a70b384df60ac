"""Findings as lines for programs: GitHub workflow commands, and reviewdog's rdjsonl."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claimcheck.checker.diagnostics import CheckReport, Diagnostic, Place
from claimcheck.checker.rules import WEIGHT, Severity, rule
from claimcheck.documents.offsets import line_starts
from claimcheck.model import Evidence

#: GitHub shows about so many annotations of a kind for one step; what is over is only counted.
MOST_OF_A_KIND = 10
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


# ----------------------------------------------------------------------------- GitHub


def github_lines(reports: Iterable[CheckReport]) -> Iterator[str]:
    """
    Workflow commands that put findings beside the lines of a pull request.

    The weightiest come first; of each kind there are at most `MOST_OF_A_KIND`, and a notice says how many were left
    out.  Lines and columns count from 1, columns in code points, the end column one past the last; a finding over
    several lines has no columns, because GitHub has none for it.
    """
    found = sorted((d for r in reports for d in r.diagnostics), key=lambda d: -WEIGHT[d.severity])
    left_out = 0
    for severity, kind in _KINDS.items():
        of_kind = [d for d in found if d.severity is severity]
        left_out += max(0, len(of_kind) - MOST_OF_A_KIND)
        yield from (_github(kind, d) for d in of_kind[:MOST_OF_A_KIND])
    if left_out:
        yield f"::notice title=claimcheck::{left_out} more findings are not shown here"


def _github(kind: str, diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties: dict[str, Any] = {"file": diagnostic.path, "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"{diagnostic.code} {rule(diagnostic.code).name}"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = diagnostic.message
    if diagnostic.evidence:
        first = diagnostic.evidence[0]
        message += f"\n{_where(first)}: “{first.span.text}”"
    return f"::{kind} {listed}::{_data(message)}"


def _where(evidence: Evidence) -> str:
    line = f":{evidence.position.line}" if evidence.position is not None else ""
    return f"{evidence.document}{line}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# ---------------------------------------------------------------------------- rdjsonl


def rdjsonl_objects(reports: Iterable[CheckReport]) -> Iterator[dict[str, Any]]:
    """One object of the Reviewdog Diagnostic Format a finding; its columns are bytes of UTF-8, from 1."""
    for report in reports:
        lines = line_starts(report.text)
        for diagnostic in report.diagnostics:
            yield _rdjson(diagnostic, report.text, lines)


def _rdjson(diagnostic: Diagnostic, text: str, lines: Sequence[int]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": diagnostic.message,
        "location": {"path": diagnostic.path, "range": _range(diagnostic.place, text, lines)},
        "severity": _SEVERITIES[diagnostic.severity],
        "source": {"name": "claimcheck"},
        "code": {"value": diagnostic.code},
    }
    related = [_related(e) for e in diagnostic.evidence if e.position is not None]
    return made | ({"related_locations": related} if related else {})


def _range(place: Place, text: str, lines: Sequence[int]) -> dict[str, Any]:
    return {"start": _byte_place(place.start, text, lines), "end": _byte_place(place.end, text, lines)}


def _byte_place(offset: int, text: str, lines: Sequence[int]) -> dict[str, int]:
    line = bisect_right(lines, offset) - 1
    before = text[lines[line] : offset].encode(errors="surrogatepass")
    return {"line": line + 1, "column": len(before) + 1}


def _related(evidence: Evidence) -> dict[str, Any]:
    assert evidence.position is not None
    return {
        "message": f"{evidence.stance.value}: {evidence.span.text}",
        "location": {"path": evidence.document, "range": {"start": {"line": evidence.position.line}}},
    }
