"""
Findings as a SARIF 2.1.0 log (OASIS, 2020), for code-scanning views and editors.

Columns and offsets are Unicode code points, and the run says so; a file's lines end as they do for claimcheck.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import claimcheck
from claimcheck.checker.diagnostics import CheckReport, Diagnostic, Place, Suppressed
from claimcheck.checker.rules import RULES, Rule
from claimcheck.model import Evidence

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: Name of the fingerprints, with the version of the way they are made.
FINGERPRINT = "claimcheck/v1"

_INDEX = {rule.code: number for number, rule in enumerate(RULES)}
_SUPPRESSED_BY = {"comment": "inSource", "baseline": "external"}


def sarif_object(reports: Iterable[CheckReport]) -> dict[str, Any]:
    """One SARIF log with one run."""
    results: list[dict[str, Any]] = []
    for report in reports:
        results += [_result(diagnostic) for diagnostic in report.diagnostics]
        results += [_suppressed(item) for item in report.suppressed]
    driver = {
        "name": "claimcheck",
        "semanticVersion": claimcheck.__version__,
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    name = "".join(word.capitalize() for word in rule.name.split("-"))
    return {
        "id": rule.code,
        "name": name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": _INDEX[diagnostic.code],
        "level": diagnostic.severity.value,
        "message": {"text": diagnostic.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri_of(diagnostic.path)},
                    "region": {**_region(diagnostic.place), "snippet": {"text": diagnostic.text}},
                }
            }
        ],
        "partialFingerprints": {FINGERPRINT: diagnostic.fingerprint},
    }
    if diagnostic.evidence:
        result["relatedLocations"] = [_related(n, e) for n, e in enumerate(diagnostic.evidence, start=1)]
    if diagnostic.confidence is not None:
        result["rank"] = round(100 * diagnostic.confidence, 2)
    return result


def _suppressed(item: Suppressed) -> dict[str, Any]:
    suppression = {"kind": _SUPPRESSED_BY[item.by]} | ({"justification": item.reason} if item.reason else {})
    return _result(item.diagnostic) | {"suppressions": [suppression]}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }


def _related(number: int, evidence: Evidence) -> dict[str, Any]:
    position = evidence.position
    location: dict[str, Any] = {"artifactLocation": {"uri": uri_of(evidence.document)}}
    if position is not None:
        location["region"] = {
            "startLine": position.line,
            "startColumn": position.column,
            "charOffset": position.start,
            "charLength": position.end - position.start,
        }
    text = f"{evidence.stance.value}: {evidence.span.text}"
    return {"id": number, "physicalLocation": location, "message": {"text": text}}


def uri_of(path: str) -> str:
    """A file's path as a URI reference: relative paths stay relative."""
    if PurePath(path).is_absolute():
        return Path(path).as_uri()
    return quote(PurePath(path).as_posix(), safe="/", errors="replace")
