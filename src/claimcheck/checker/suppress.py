"""
Comments in a draft that take a finding out: ``<!-- claimcheck: ignore CC-C01 the diary has this date -->``.

The comment is the same in Markdown, HTML and plain text.  It counts for the sentence that it stands in or right after,
or, alone on its line, for the next one.  It needs a reason; one without, one that takes nothing out, and one that
cannot be understood are findings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, evolve, frozen

from .diagnostics import CheckReport, Diagnostic, Place, Suppressed, fingerprint, in_order
from .drafts import COMMENT, Draft
from .rules import RULES, rule

_CODE = r"CC-[A-Za-z]\d{0,2}"
_IGNORE = re.compile(rf"ignore\s+(?P<codes>{_CODE}(?:\s*,\s*{_CODE})*)(?![\w-])[\s:,–—-]*(?P<reason>.*)", re.DOTALL)


@frozen(kw_only=True)
class Comment:
    """
    A comment for claimcheck.

    Args:
        place: In the file.
        text: The whole comment.
        codes: Beginnings of the codes that it takes out; empty when it cannot be understood.
        reason: Why.
    """

    place: Place
    text: str
    codes: tuple[str, ...] = ()
    reason: str = ""


@define
class _Use:
    comment: Comment
    sentence: Place | None
    used: bool = False

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether the comment takes *diagnostic* out."""
        where = self.sentence
        return (
            where is not None
            and diagnostic.code.startswith(self.comment.codes)
            and diagnostic.place.start < where.end
            and where.start < diagnostic.place.end
        )


def comments_of(draft: Draft) -> tuple[Comment, ...]:
    """The comments for claimcheck in *draft*."""
    return tuple(_comment(draft, found) for found in COMMENT.finditer(draft.text))


def _comment(draft: Draft, found: re.Match[str]) -> Comment:
    place = draft.place_in_file(*found.span())
    order = _IGNORE.fullmatch(found["order"].strip())
    if order is None:
        return Comment(place=place, text=found[0])
    codes = tuple(code.strip().upper() for code in order["codes"].split(","))
    if not all(any(r.code.startswith(code) for r in RULES) for code in codes):
        return Comment(place=place, text=found[0])
    return Comment(place=place, text=found[0], codes=codes, reason=" ".join(order["reason"].split()))


def suppressed(draft: Draft, report: CheckReport) -> CheckReport:
    """*report* without the findings that the comments of *draft* take out, and with what is wrong with the comments."""
    places = [*(c.place for c in report.claims), *(a.place for a in report.aside)]
    sentences = sorted(places, key=lambda p: p.start)
    uses = [_Use(comment, _sentence(comment.place, sentences)) for comment in comments_of(draft)]
    kept: list[Diagnostic] = []
    out = list(report.suppressed)
    for diagnostic in report.diagnostics:
        covering = [use for use in uses if use.comment.codes and use.covers(diagnostic)]
        for use in covering:
            use.used = True
        if covering:
            out.append(Suppressed(diagnostic=diagnostic, by="comment", reason=covering[0].comment.reason))
        else:
            kept.append(diagnostic)
    kept += [_about(draft, use) for use in uses if _fault(use)]
    return evolve(report, diagnostics=in_order(kept), suppressed=tuple(out))


def _sentence(comment: Place, sentences: Sequence[Place]) -> Place | None:
    """The sentence that a comment counts for."""
    inside = next((s for s in sentences if s.start <= comment.start < s.end), None)
    if inside is not None:
        return inside
    earlier = [s for s in sentences if s.end <= comment.start and s.end_line == comment.line]
    if earlier:
        return earlier[-1]
    return next((s for s in sentences if s.start >= comment.end), None)


def _fault(use: _Use) -> str:
    """The code of what is wrong with a comment, "" when nothing is."""
    if not use.comment.codes:
        return "CC-W12"
    if not use.used:
        return "CC-W11"
    return "" if use.comment.reason else "CC-W10"


def _about(draft: Draft, use: _Use) -> Diagnostic:
    code = _fault(use)
    messages = {
        "CC-W10": "this comment does not say why the finding is to be ignored",
        "CC-W11": f"there is no {' or '.join(use.comment.codes)} here to be ignored",
        "CC-W12": "this comment cannot be understood; write <!-- claimcheck: ignore CC-C01 reason -->",
    }
    return Diagnostic(
        path=draft.path,
        place=use.comment.place,
        text=use.comment.text,
        code=code,
        severity=rule(code).severity,
        message=messages[code],
        fingerprint=fingerprint(code, use.comment.text),
    )
