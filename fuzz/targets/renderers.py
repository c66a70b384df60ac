"""Every shape of a checked draft, with hostile text in every place that holds text."""

from __future__ import annotations

import datetime as dt
import functools
import re
from html.parser import HTMLParser

import jsonschema

from claimcheck.checker.diagnostics import CheckedClaim, CheckReport, Context, Diagnostic
from claimcheck.checker.drafts import Draft, draft_of_text
from claimcheck.checker.rules import rule
from claimcheck.index.protocol import DocumentInfo
from claimcheck.model import (
    Claim,
    Evidence,
    Label,
    Position,
    Probabilities,
    Remembered,
    Slot,
    SlotAlignment,
    SlotRelation,
    Span,
    Stance,
    Verdict,
)
from claimcheck.render.check_formats import FORMATS
from claimcheck.render.check_text import diagnostic_text
from claimcheck.render.display import Look
from claimcheck.render.objects import json_line, schema, verdict_object
from claimcheck.render.pictures_page import pictures_page
from claimcheck.render.text import verdict_text
from fuzz.harness import parts_of, well_formed_json

_SENTENCE = re.compile(r"[^.\s][^.]*\.?")
_LABELS = list(Label)
_CODES = {Label.CONTRADICTED: "CC-C02", Label.CONFLICTING: "CC-X01", Label.NOT_ENOUGH_EVIDENCE: "CC-I01"}
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
DAY = dt.date(1932, 3, 24)


def run(data: bytes) -> None:
    """Write a report on a draft about a source: three texts, told apart by the byte 0x1E."""
    text, source, name = parts_of(data, 3)
    draft = draft_of_text(text, name=name.replace("\0", "") or "draft")
    report = report_of(draft, source)
    written = {form: "".join(FORMATS[form]([report])) for form in FORMATS}
    for form in ("json", "sarif", "claimreview"):
        well_formed_json(written[form])
    for form in ("jsonl", "rdjsonl"):
        for line in written[form].splitlines():
            well_formed_json(line)
    for line in re.split(r"[\r\n]+", written["github"].rstrip("\n")):
        assert not line or line.startswith(("::error ", "::warning ", "::notice ")), line
    _page(written["html"])
    for claim in report.claims:
        value = well_formed_json(json_line(verdict_object(claim.verdict)))
        _validator().validate(value)
        _shown(verdict_text(claim.verdict, Look(width=40)))
    for diagnostic in report.diagnostics:
        _shown(diagnostic_text(diagnostic, Look(width=40)))
    information = DocumentInfo(
        id=source or "a", title=source, published=DAY, source=source, digest="", sentences=1, characters=9
    )
    _page(pictures_page([information], [claim.verdict for claim in report.claims]))


def report_of(draft: Draft, source: str) -> CheckReport:
    """A report whose claims are what stands between full stops, their verdicts by turns."""
    claims, found = [], []
    for number, match in enumerate(_SENTENCE.finditer(draft.document.text)):
        place = draft.place(*match.span())
        verdict = _verdict(match[0], _LABELS[number % len(_LABELS)], source)
        context = Context(before=source, after=source)
        claims.append(
            CheckedClaim(place=place, text=draft.words(place), verdict=verdict, focus=place, contexts=(context,))
        )
        if verdict.label in _CODES:
            found.append(
                Diagnostic(
                    path=draft.path,
                    place=place,
                    text=draft.words(place),
                    code=_CODES[verdict.label],
                    severity=rule(_CODES[verdict.label]).severity,
                    message=f"it is not {source}",
                    fingerprint="0123456789abcdef",
                    verdict=verdict,
                    evidence=verdict.evidence,
                    focus=place,
                    contexts=(context,),
                    confidence=verdict.confidence,
                )
            )
    return CheckReport(
        path=draft.path, text=draft.text, document=draft.document, claims=tuple(claims), diagnostics=tuple(found)
    )


def _verdict(text: str, label: Label, source: str) -> Verdict:
    words = Span(start=3, end=3 + len(source), text=source)
    row = SlotAlignment(
        slot=Slot.TIME,
        relation=SlotRelation.DIFFERS,
        claim=Span(start=0, end=len(text), text=text),
        source=words,
        note=source,
    )
    evidence = Evidence(
        document=source or "a",
        span=words,
        stance=Stance.CONTRADICTS,
        score=0.9,
        confidence=0.9,
        alignment=(row,),
        reason=source,
        rule="time",
        attribution=source,
        position=Position(start=3, end=3 + len(source), line=2, column=3),
        title=source,
        published=DAY,
    )
    known = Remembered(id="1", claim=source, label=label, checked=DAY, who=source, url=source, note=source)
    return Verdict(
        claim=Claim(text=text, id=source),
        label=label,
        confidence=0.8,
        probabilities=Probabilities(supported=0.1, contradicted=0.8, not_enough_evidence=0.1),
        evidence=(evidence,),
        reason=source,
        remembered=(known,),
    )


def _shown(screen: str) -> None:
    """Assert that a screen holds nothing that a terminal would act on."""
    found = _CONTROLS.search(screen)
    assert found is None, found


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema("verdict"))


class _Tags(HTMLParser):
    """Counts tags, and refuses what our pages never hold."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        assert tag not in {"script", "iframe", "object", "embed", "base", "img"}, tag
        for name, value in attributes:
            assert not name.startswith("on"), name
            assert not (value or "").strip().lower().startswith("javascript:"), value


def _page(text: str) -> None:
    text.encode("utf-8")
    parser = _Tags()
    parser.feed(text)
    parser.close()
