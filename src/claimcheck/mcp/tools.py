"""
The tools: what an assistant can ask, and the answers.

Answers are the JSON objects that the commands print, by the same published schemas; every span is exact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

import claimcheck
from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.checker.sources import error_of
from claimcheck.documents.offsets import position
from claimcheck.errors import ClaimcheckError, ConfigError, CorpusError
from claimcheck.model import Failure
from claimcheck.render import objects
from claimcheck.render.check_objects import check_object
from claimcheck.render.objects import SCHEMA_VERSION, schema, verdict_object

#: Code points of a source that are given at once, when nothing is said and at most.
SHOWN, MOST_SHOWN = 2_000, 20_000
#: What a draft can be, and the suffix of its file.
_SHAPES = {"markdown": "md", "html": "html", "text": "txt"}

Answer = dict[str, Any]


@frozen(kw_only=True)
class ToolSpec:
    """
    One tool, as it is announced.

    Args:
        name: What it is called by.
        title: For people.
        description: For the assistant: what it does and what to make of the answer.
        takes: JSON Schema of the arguments.
        gives: JSON Schema of the answer.
    """

    name: str
    title: str
    description: str
    takes: Mapping[str, Any]
    gives: Mapping[str, Any]


def tool_specs() -> tuple[ToolSpec, ...]:
    """All tools."""
    return (
        ToolSpec(
            name="verify",
            title="Verify a claim",
            description=(
                "Say what the newsroom's own sources show about one claim: supported, contradicted, conflicting or "
                "not_enough_evidence, with the sentences behind it, their exact place, and the slots compared. "
                "not_enough_evidence means that the sources are silent, not that the claim is wrong. What stands in "
                "`memory` was found by people before and is no evidence."
            ),
            takes=_object(
                {"claim": _text("One statement in full sentences, with full names: who did what, when, where.")},
                "claim",
            ),
            gives=schema("verdict"),
        ),
        ToolSpec(
            name="check",
            title="Check a draft",
            description=(
                "Check a whole draft, sentence by sentence, against the newsroom's own sources. Findings have a code, "
                "an exact place in the text as it was given (code points from 0, half-open), and the sentence of the "
                "source. Quotations are compared word for word."
            ),
            takes=_object(
                {
                    "text": _text("The draft as it stands."),
                    "format": {"enum": list(_SHAPES), "description": "What the text is; markdown when left out."},
                    "date": _text("The draft's own day, YYYY-MM-DD: what “yesterday” in it counts from."),
                },
                "text",
            ),
            gives=schema("check"),
        ),
        ToolSpec(
            name="open_source",
            title="Open a source",
            description=(
                "Read a source around a piece of evidence: give the document, start and end of the evidence. "
                "`text` is exactly the stretch [start, end); `before` and `after` stand around it."
            ),
            takes=_object(
                {
                    "document": _text("Its id, as in the evidence."),
                    "start": _count("First code point of the stretch; 0 when left out."),
                    "end": _count(f"One past the last; {SHOWN:,} after the start when left out."),
                    "around": _count(f"Code points before and after it, at most {MOST_SHOWN:,}; 300 when left out."),
                },
                "document",
            ),
            gives=_SOURCE,
        ),
    )


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _count(description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "description": description}


def _object(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_SOURCE = _object(
    {
        "schema_version": {"const": SCHEMA_VERSION},
        "document": _text("Its id."),
        "title": _text("Its headline, empty when unknown."),
        "published": {"type": ["string", "null"], "description": "Its day, or null when unknown."},
        "source": _text("Who published it, empty when unknown."),
        "url": _text("Where, empty when unknown."),
        "length": _count("Code points of its whole text."),
        "start": _count("First code point of the stretch."),
        "end": _count("One past the last."),
        "line": _count("Line of the file in which it begins, from 1."),
        "column": _count("Column there, from 1."),
        "text": _text("The stretch, exactly."),
        "before": _text("What stands before it."),
        "after": _text("What stands after it."),
    },
    *("schema_version", "document", "title", "published", "source", "url", "length"),
    *("start", "end", "line", "column", "text", "before", "after"),
)


class Tools:
    """
    The answers.

    Args:
        corpus: The sources.
        checker: Over the same corpus.
    """

    def __init__(self, corpus: claimcheck.Corpus, checker: claimcheck.Checker) -> None:
        self._corpus = corpus
        self._checker = checker
        self._answers: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {
            "verify": self._verify,
            "check": self._check,
            "open_source": self._open_source,
        }

    def call(self, name: str, arguments: Mapping[str, Any]) -> Answer:
        """
        The answer of one tool.

        Raises:
            ConfigError: If there is no such tool, or an argument does not make sense.
            ClaimcheckError: If it cannot be answered for another reason.
        """
        spec = next((spec for spec in tool_specs() if spec.name == name), None)
        if spec is None:
            msg = f"there is no tool {name!r}"
            raise ConfigError(msg, hint=f"the tools are {', '.join(self._answers)}")
        _refuse_wrong(spec, arguments)
        return self._answers[name](arguments)

    def _verify(self, arguments: Mapping[str, Any]) -> Answer:
        (result,) = self._checker.verify_many([arguments["claim"]])
        if isinstance(result, Failure):
            raise error_of(result)
        return verdict_object(result)

    def _check(self, arguments: Mapping[str, Any]) -> Answer:
        name = f"draft.{_SHAPES[arguments.get('format', 'markdown')]}"
        data = arguments["text"].encode("utf-8", errors="replace")
        return check_object([self._checker.check(draft_of_bytes(data, name=name, date=_day(arguments.get("date"))))])

    def _open_source(self, arguments: Mapping[str, Any]) -> Answer:
        document = self._corpus.get(arguments["document"])
        if document is None:
            msg = f"there is no document {arguments['document']!r}"
            raise CorpusError(msg, hint="give the id that stands in the evidence")
        start = arguments.get("start", 0)
        end = arguments.get("end", min(start + SHOWN, len(document.text)))
        if end - start > MOST_SHOWN:
            msg = f"the stretch has {end - start:,} code points, more than the {MOST_SHOWN:,} that are given at once"
            raise ConfigError(msg, hint="ask for it in parts")
        span = document.span(start, end)
        around = min(arguments.get("around", 300), MOST_SHOWN)
        place = position(document, start, end)
        return {
            "schema_version": SCHEMA_VERSION,
            "document": document.id,
            "title": document.title,
            "published": document.published.isoformat() if document.published else None,
            "source": document.source,
            "url": document.url,
            "length": len(document.text),
            "start": span.start,
            "end": span.end,
            "line": place.line,
            "column": place.column,
            "text": span.text,
            "before": document.text[max(0, start - around) : start],
            "after": document.text[end : end + around],
        }


def _refuse_wrong(spec: ToolSpec, arguments: Mapping[str, Any]) -> None:
    """Refuse arguments that the tool's schema does not allow: the protocol leaves that to the server."""
    known = spec.takes["properties"]
    for name in spec.takes["required"]:
        if name not in arguments:
            msg = f"{spec.name} needs {name}"
            raise ConfigError(msg, hint=known[name]["description"])
    for name, value in arguments.items():
        if name not in known:
            msg = f"{spec.name} takes no {name!r}"
            raise ConfigError(msg, hint=f"it takes {', '.join(known)}")
        if not _fits(known[name], value):
            msg = f"{name} cannot be {value!r}"
            raise ConfigError(msg, hint=known[name]["description"])


def _fits(wanted: Mapping[str, Any], value: Any) -> bool:
    if "enum" in wanted:
        return value in wanted["enum"]
    if wanted["type"] == "integer":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, str)


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError as error:
        msg = f"date cannot be {value!r}"
        raise ConfigError(msg, hint="date is a day as YYYY-MM-DD") from error


def error_object(error: ClaimcheckError) -> Answer:
    """What an assistant is given in the place of an answer."""
    return {"error": objects.error_object(error)}
