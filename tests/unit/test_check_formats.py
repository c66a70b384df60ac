"""Every format of a checked draft: well formed, and its places lead back to the words of the draft."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck.checker.diagnostics import Aside, CheckedClaim, CheckReport, Context, Diagnostic, Suppressed
from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.checker.rules import RULES, Severity, rule
from claimcheck.model import (
    Claim,
    Evidence,
    Label,
    Position,
    Probabilities,
    Span,
    Stance,
    Verdict,
)
from claimcheck.render.annotations import MOST_OF_A_KIND, github_lines
from claimcheck.render.check_formats import FORMATS
from claimcheck.render.check_text import diagnostic_text, summary_text
from claimcheck.render.display import Look
from claimcheck.render.objects import schema
from claimcheck.render.sarif import uri_of

SOURCE = "The bridge cost 6 million dollars."
CODES = {Label.CONTRADICTED: "CC-C02", Label.CONFLICTING: "CC-X01", Label.NOT_ENOUGH_EVIDENCE: "CC-I01"}


def evidence(stance):
    return Evidence(
        document="notes/the bridge.txt",
        span=Span(start=10, end=10 + len(SOURCE), text=SOURCE),
        stance=stance,
        score=0.9,
        confidence=0.9,
        rule="quantity",
        position=Position(start=12, end=12 + len(SOURCE), line=2, column=3),
        title="A bridge",
        published=dt.date(1932, 3, 1),
    )


def verdict(text, label):
    stance = {Label.CONTRADICTED: Stance.CONTRADICTS, Label.SUPPORTED: Stance.SUPPORTS}.get(label, Stance.NEUTRAL)
    chances = Probabilities(supported=0.1, contradicted=0.8, not_enough_evidence=0.1)
    return Verdict(
        claim=Claim(text=text),
        label=label,
        confidence=0.8,
        probabilities=chances,
        evidence=(evidence(stance),),
        reason="6 is not 9: <so>, 100%\nsure",
    )


def report_on(data, name, sentence=r"[^.\s][^.]*\."):
    """A report whose claims are the sentences of *data*, their verdicts by turns."""
    draft = draft_of_bytes(data, name=name)
    claims, found = [], []
    labels = [Label.CONTRADICTED, Label.SUPPORTED, Label.CONFLICTING, Label.NOT_ENOUGH_EVIDENCE]
    hidden = [(b.start, b.end) for b in draft.document.layout if b.kind == "hidden"]
    for number, match in enumerate(re.finditer(sentence, draft.document.text)):
        if any(start < match.end() and match.start() < end for start, end in hidden):
            continue
        place = draft.place(*match.span())
        made = verdict(match[0], labels[number % len(labels)])
        context = Context(before="before ", after=" after")
        claims.append(CheckedClaim(place=place, text=draft.words(place), verdict=made, contexts=(context,)))
        if made.label in CODES:
            found.append(finding(name, place, draft.words(place), made, context))
    return CheckReport(
        path=name, text=draft.text, document=draft.document, claims=tuple(claims), diagnostics=tuple(found)
    )


def finding(path, place, text, made, context):
    return Diagnostic(
        path=path,
        place=place,
        text=text,
        code=CODES[made.label],
        severity=rule(CODES[made.label]).severity,
        message="6 is not 9: <so>, 100%\nsure",
        fingerprint="0123456789abcdef",
        verdict=made,
        evidence=made.evidence,
        contexts=(context,),
        confidence=made.confidence,
    )


@pytest.fixture(scope="module")
def report():
    text = "The bridge cost 9 million. It *is* blue. It was 🌉 red. Nobody knows.\n"
    made = report_on(text.encode(), "a draft, 1:2.md")
    aside = Aside(place=made.claims[0].place, text="Why?", kind="question", reason="a question")
    out = Suppressed(diagnostic=made.diagnostics[0], by="comment", reason="the ledger")
    return CheckReport(
        path=made.path,
        text=made.text,
        document=made.document,
        claims=made.claims,
        diagnostics=made.diagnostics,
        aside=(aside,),
        suppressed=(out,),
    )


def written(name, *reports):
    return "".join(FORMATS[name](reports))


# ----------------------------------------------------------------------- places, read back

LETTERS = st.sampled_from(
    ["a", "B", "é", "e\u0301", "🌉", "👩\u200d🚒", "中", "ß", "\u00a0", "<", "&", '"', "%", ":", ",", "1"]
)
WORDS = st.lists(LETTERS, min_size=1, max_size=6).map("".join)
BREAKS = st.sampled_from([" ", " ", "\n", "\r\n"])
SENTENCES = st.lists(st.tuples(WORDS, BREAKS), min_size=1, max_size=5).map(
    lambda pairs: "X" + "".join(word + gap for word, gap in pairs).rstrip() + "."
)
GAPS = st.sampled_from([" ", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n"])
TEXTS = st.lists(st.tuples(SENTENCES, GAPS), min_size=1, max_size=8).map(lambda ps: "".join(s + g for s, g in ps))


def at(text, line, column, end_line, end_column, *, size=len):
    """The words between two places that a line-by-line reader finds."""
    starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]

    def offset(number, place):
        start, width = starts[number - 1], 0
        while width < place - 1:
            width += size(text[start])
            start += 1
        return start

    return text[offset(line, column) : offset(end_line, end_column)]


def utf8(character):
    return len(character.encode())


class Marks(HTMLParser):
    """The marked claims of a page: their data and their text."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "mark" and "data-start" in known:
            self.inside = True
            self.found.append([int(known["data-start"]), int(known["data-end"]), ""])

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "mark"

    def handle_data(self, data):
        if self.inside:
            self.found[-1][2] += data


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, name=st.sampled_from(["draft.txt", "draft.md"]), mark=st.booleans())
def test_places_in_every_format_lead_back_to_the_words(text, name, mark):
    data = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    report = report_on(data, name)
    expected = [d.text for d in report.diagnostics]
    assert [c.verdict.claim.text for c in report.claims] == [c.text for c in report.claims] or name.endswith(".md")
    objects = [json.loads(line) for line in written("jsonl", report).splitlines()]
    assert expected == [text[o["start"] : o["end"]] for o in objects]
    assert expected == [at(text, o["line"], o["column"], o["end_line"], o["end_column"]) for o in objects]
    claims = json.loads(written("json", report))["drafts"][0]["claims"]
    assert [c.text for c in report.claims] == [text[c["start"] : c["end"]] for c in claims]
    results = json.loads(written("sarif", report))["runs"][0]["results"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in results]
    assert expected == [text[r["charOffset"] : r["charOffset"] + r["charLength"]] for r in regions]
    assert expected == [at(text, r["startLine"], r["startColumn"], r["endLine"], r["endColumn"]) for r in regions]
    ranges = [json.loads(line)["location"]["range"] for line in written("rdjsonl", report).splitlines()]
    assert expected == [
        at(text, r["start"]["line"], r["start"]["column"], r["end"]["line"], r["end"]["column"], size=utf8)
        for r in ranges
    ]
    page = Marks()
    page.feed(written("html", report))
    assert [(c.text, c.verdict.claim.text) for c in report.claims] == [
        (text[start:end], said) for start, end, said in page.found
    ]


@settings(deadline=None)
@given(text=TEXTS)
def test_places_of_github_and_of_the_screen_lead_back_to_the_words(text):
    report = report_on(text.encode(), "draft.txt")
    lines = written("github", report).splitlines()
    places = [dict(p.split("=", 1) for p in line.split("::")[1].split(" ", 1)[1].split(",")) for line in lines]
    single = [d.text for d in sorted(report.diagnostics, key=lambda d: -WEIGHTS[d.severity]) if "\n" not in d.text]
    if len(report.diagnostics) <= MOST_OF_A_KIND:
        assert sorted(t for t in single if "\r" not in t) == sorted(
            at(text, int(p["line"]), int(p["col"]), int(p["endLine"]), int(p["endColumn"]))
            for p in places
            if "col" in p
        )
    for diagnostic in report.diagnostics:
        head = diagnostic_text(diagnostic, Look()).splitlines()[0]
        line, column = re.match(r"draft\.txt:(\d+):(\d+): (?:error|warning|note)\[CC-", head).groups()
        start = at(text, int(line), int(column), diagnostic.place.end_line, diagnostic.place.end_column)
        assert diagnostic.text == start


WEIGHTS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}

# ------------------------------------------------------------------------------- shapes


def test_json_fits_its_schema_and_its_claims_that_of_verify(report):
    made = json.loads(written("json", report))
    jsonschema.validate(made, schema("check"))
    for claim in made["drafts"][0]["claims"]:
        jsonschema.validate(claim["result"], schema("verdict"))
    definitions = schema("check")["$defs"]
    for line in written("jsonl", report).splitlines():
        jsonschema.validate(json.loads(line), {"$defs": definitions, **definitions["diagnostic"]})
    assert {"contradicted": 1, "supported": 1, "conflicting": 1, "not_enough_evidence": 1} == made["summary"]["claims"]
    assert {"error": 1, "warning": 1, "note": 1} == made["summary"]["findings"]


TEXT = {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}}, "required": ["text"]}
NUMBER = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(["startLine", "startColumn", "endLine", "endColumn"], NUMBER),
        **{key: {"type": "integer", "minimum": 0} for key in ["charOffset", "charLength"]},
        "snippet": TEXT,
    },
}
URI = {"type": "string", "pattern": r"^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$"}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": -1},
        "message": TEXT,
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {"type": "object", "additionalProperties": False, "properties": {"uri": URI}},
                "region": REGION,
            },
        },
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "items": LOCATION, "uniqueItems": True},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "rank": {"type": "number", "minimum": -1, "maximum": 100},
        "suppressions": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind"],
                "properties": {"kind": {"enum": ["inSource", "external"]}, "justification": {"type": "string"}},
            },
        },
    },
}
RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "shortDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"level": LEVEL},
        },
    },
}
#: What SARIF 2.1.0 says of the objects that we write; stricter than its own schema, which allows many more.
SARIF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "rules": {"type": "array", "items": RULE, "uniqueItems": True},
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "newlineSequences": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}


def test_sarif_has_the_shape_of_2_1_0(report):
    log = json.loads(written("sarif", report))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [r.code for r in RULES] == [r["id"] for r in rules]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert ["error", "warning", "note", "error"] == [r["level"] for r in run["results"]]
    assert [{"kind": "inSource", "justification": "the ledger"}] == run["results"][-1]["suppressions"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a/b.md", "a/b.md"), ("a b:c.md", "a%20b%3Ac.md"), ("é.md", "%C3%A9.md"), ("/x/a b.md", "file:///x/a%20b.md")],
)
def test_paths_become_uris(path, expected):
    assert expected == uri_of(path)


def test_github_escapes_and_caps(report):
    lines = list(github_lines([report]))
    assert (
        "::error file=a draft%2C 1%3A2.md,line=1,endLine=1,col=1,endColumn=27,title=CC-C02 wrong-figure::" in lines[0]
    )
    assert "6 is not 9: <so>, 100%25%0Asure%0Anotes/the bridge.txt:2: “" in lines[0]
    assert ["error", "warning", "notice"] == [re.match(r"::(\w+) ", line)[1] for line in lines]
    many = [report] * (MOST_OF_A_KIND + 2)
    capped = list(github_lines(many))
    assert 3 * MOST_OF_A_KIND + 1 == len(capped)
    assert capped[-1].endswith("::6 more findings are not shown here")


def test_the_page_stands_alone_and_says_verdicts_in_words(report):
    page = written("html", report)
    assert [] == re.findall(r"<script|<link|<img|src=|url\(|@import", page)
    assert "<so>" not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    assert [] == [target for target in re.findall(r'href="#([^"]+)"', page) if target not in ids]
    assert ["contradicted", "supported", "conflicting", "not enough evidence"] == re.findall(
        r'<sup class="tag">([^<]+)</sup>', page
    )
    assert '<span class="context">before </span><mark>' in page


def test_markdown_escapes_what_it_quotes(report):
    text = written("markdown", report)
    assert "| a draft, 1:2.md | 4 | 1 | 1 | 1 | 1 | 1 |" in text
    assert "\\<so\\>" in text
    assert "- **error CC-C02** (wrong-figure), line 1, column 1" in text


def test_claim_reviews_invent_nothing_and_say_that_they_are_drafts(report):
    reviews = json.loads(written("claimreview", report))
    assert [1, 5, 3] == [r["reviewRating"]["ratingValue"] for r in reviews]
    for review in reviews:
        assert "Draft" == review["creativeWorkStatus"]
        assert not {"author", "url", "datePublished"} & set(review)
        assert not {"author", "url", "datePublished"} & set(review["itemReviewed"])
    dated = report_on(
        b"---\nurl: https://example.org/a\npublished: 1999-02-03\n---\n\nIt is blue.\n", "draft.md", r"It is blue\."
    )
    (review,) = json.loads(written("claimreview", dated))
    assert ("1999-02-03", "https://example.org/a") == (
        review["itemReviewed"]["datePublished"],
        review["itemReviewed"]["appearance"]["url"],
    )


def test_the_screen_shows_a_line_for_programs_and_the_evidence(report):
    text = diagnostic_text(report.diagnostics[0], Look(width=60))
    head, *rest = text.splitlines()
    assert "a draft, 1:2.md:1:1: error[CC-C02] 6 is not 9: <so>, 100% sure" == head
    assert any("contradicts 90% notes/the bridge.txt:2:3" in line for line in rest)
    assert 1 == len(diagnostic_text(report.diagnostics[-1], Look()).splitlines())
    summary = summary_text([report], Look(width=200))
    assert (
        "4 claims checked: 1 supported, 1 contradicted, 1 conflicting, 1 without enough evidence; "
        "1 sentence set aside; 1 finding suppressed\n"
    ) == summary
