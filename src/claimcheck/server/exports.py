"""Reports as they were made, with the decisions of people added where the format can hold them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from claimcheck.render import markup
from claimcheck.render.display import neat
from claimcheck.render.objects import json_text

Decisions = Sequence[Mapping[str, Any]]

#: Media type and ending of the file of each format; a report in each is kept of every check.
TYPES = {
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "html": ("text/html; charset=utf-8", "html"),
    "json": ("application/json", "json"),
    "sarif": ("application/sarif+json", "sarif"),
    "claimreview": ("application/ld+json", "jsonld"),
}


def with_decisions(name: str, body: str, decisions: Decisions) -> str:
    """
    The report *body* in the format *name*, with *decisions*.

    JSON has them under ``decisions``, SARIF under ``properties.decisions`` of its run, HTML and Markdown as a last
    section.  ClaimReview is left as it is: it has no place for them.
    """
    add = _ADDERS.get(name)
    return add(body, decisions) if add is not None and decisions else body


def _json(body: str, decisions: Decisions) -> str:
    return json_text(json.loads(body) | {"decisions": list(decisions)}) + "\n"


def _sarif(body: str, decisions: Decisions) -> str:
    value = json.loads(body)
    run = value["runs"][0]
    run["properties"] = run.get("properties", {}) | {"decisions": list(decisions)}
    return json_text(value) + "\n"


def _markdown(body: str, decisions: Decisions) -> str:
    lines = [
        "",
        "## Decisions",
        "",
        "| sentence | found | decision | comment | who | when |",
        "|---|---|---|---|---|---|",
    ]
    for d in decisions:
        cells = (str(d["claim"]), _words(d["found"]), _said(d), d["comment"], d["who"], d["when"])
        lines.append(f"| {' | '.join(markup.markdown(cell) for cell in cells)} |")
    return body + "\n".join(lines) + "\n"


def _html(body: str, decisions: Decisions) -> str:
    rows = []
    for d in decisions:
        cells = (str(d["claim"]), _words(d["found"]), _said(d), d["comment"], d["who"], d["when"])
        rows.append("".join(f"<td>{escape(neat(cell))}</td>" for cell in cells))
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("sentence", "found", "decision", "comment", "who", "when"))
    lines = "".join(f"<tr>{row}</tr>\n" for row in rows)
    section = (
        '<section aria-labelledby="decisions">\n<h2 id="decisions">Decisions</h2>\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n</section>\n"
    )
    before, _, after = body.rpartition("</body>")
    return f"{before}{section}</body>{after}"


def _said(decision: Mapping[str, Any]) -> str:
    verdict = _words(decision["verdict"])
    return f"{decision['action']}: {verdict}" if verdict else str(decision["action"])


def _words(verdict: str | None) -> str:
    return (verdict or "").replace("_", " ")


_ADDERS: Mapping[str, Callable[[str, Decisions], str]] = {
    "json": _json,
    "sarif": _sarif,
    "markdown": _markdown,
    "html": _html,
}
