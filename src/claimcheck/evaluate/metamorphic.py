"""
Metamorphic rules: what a change of a claim must do to its verdict.

A supported claim whose year, number, person or polarity is changed must not stay supported; the same claim in the
passive, or with its date moved to the front, must keep its verdict (metamorphic testing after Chen et al. 1998;
perturbations in the manner of CheckList, Ribeiro et al. 2020).  All changes are deterministic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from claimcheck.language.edtf import MONTHS
from claimcheck.language.pipeline import Token, parse

#: Names of nobody in any corpus, put in the place of a person.
STRANGERS = ("Ottoline Varga", "Casimir Holt")

_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b(?!\s*(?:people|metres|meters|miles|km|francs|pounds|dollars))")
_NUMBER = re.compile(r"(?<![\d.,/-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d/:-]|st\b|nd\b|rd\b|th\b|s\b)")
_COUNTS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_COUNT = re.compile(r"\b[a-z]+\b")
#: Limits that a larger number still admits.
_LIMITED = re.compile(r"(?:less than|fewer than|under|at most|up to) $")
_NAME_BEFORE = re.compile(r"[A-Z][a-z]+ $")
_PART_OF = re.compile(r"\s+(?:of|in|out)\b")
_FRONT = re.compile(r"^(?P<body>.+?) (?P<time>(?:in|on) (?:[A-Z][a-z]+ )?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})\.?$")
_MONTHS = "|".join(MONTHS)
_MONTH_NAME = re.compile(rf"(?:{_MONTHS})\b")
_MONTH = re.compile(rf"\b({_MONTHS})(?= \d)")
#: How far another year lies from the claim's, how a number is made another, and how far a count is moved on.
_YEARS_APART = (-7, 4)
_FACTOR = 3
_COUNTS_ON = 7
_NEGATIONS = frozenset({"no", "never", "neither", "nor", "only"})
_AUXILIARIES = frozenset({"was", "were", "is", "are", "has", "had", "have", "will", "would", "could", "can", "did"})
_QUOTES = '"“”«»'
#: What beside subject and object makes the passive more than an exchange of the two.
_NOT_PLAIN = frozenset({"aux", "neg", "prt", "advmod", "conj", "ccomp", "dative"})
_PARTICIPLES = {
    "met": "met",
    "won": "won",
    "beat": "beaten",
    "wrote": "written",
    "built": "built",
    "made": "made",
    "led": "led",
    "took": "taken",
    "gave": "given",
    "found": "found",
    "saw": "seen",
    "sent": "sent",
    "held": "held",
    "broke": "broken",
    "sold": "sold",
    "bought": "bought",
    "told": "told",
    "shot": "shot",
    "lost": "lost",
    "drew": "drawn",
    "brought": "brought",
}


@frozen(kw_only=True)
class Variant:
    """A changed claim: what was changed, and the new text."""

    kind: str
    text: str


def breaking(claim: str) -> Iterator[Variant]:
    """Variants that must no longer be supported: kinds ``year``, ``number``, ``month``, ``person`` and ``polarity``."""
    yield from _other_years(claim)
    yield from _other_numbers(claim)
    month = _MONTH.search(claim)
    if month is not None:
        yield _replaced("month", claim, month, "February" if month[1] != "February" else "September")
    parsed = next(parse([claim]))
    yield from _other_people(claim, parsed.tokens, [(n.first, n.last) for n in parsed.names if n.label == "PERSON"])
    yield from _negated(claim, parsed.tokens)


def keeping(claim: str) -> Iterator[Variant]:
    """Variants that must keep the verdict: kinds ``front`` (the date first) and ``passive``."""
    moved = _FRONT.match(claim)
    if moved is not None:
        body, time = moved["body"], moved["time"]
        yield Variant(kind="front", text=f"{time[0].upper()}{time[1:]}, {body}")
    quoted = any(mark in claim for mark in _QUOTES)  # words in quotation marks must not be taken apart
    passive = "" if quoted else _passive(claim, next(parse([claim])).tokens)
    if passive:
        yield Variant(kind="passive", text=passive)


def _other_years(claim: str) -> Iterator[Variant]:
    for match in _YEAR.finditer(claim):
        for apart in _YEARS_APART:
            yield _replaced("year", claim, match, str(int(match[1]) + apart))


def _other_numbers(claim: str) -> Iterator[Variant]:
    """Other figures and counts, unless they belong to a date or a name, or are a limit that admits larger ones."""
    for match in _NUMBER.finditer(claim):
        before = claim[: match.start()]
        dated = _YEAR.match(claim, match.start()) or _after_month(claim, match.end())
        if dated or _NAME_BEFORE.search(before) or _LIMITED.search(before):
            continue
        plain = match[1].replace(",", "")
        value = float(plain) * _FACTOR + 1
        yield _replaced("number", claim, match, f"{value:,.1f}" if "." in plain else f"{int(value):,}")
    for match in _COUNT.finditer(claim):
        limit = _LIMITED.search(claim[: match.start()])
        if match[0] in _COUNTS and not limit and not _PART_OF.match(claim, match.end()):
            place = (_COUNTS.index(match[0]) + _COUNTS_ON) % len(_COUNTS)
            yield _replaced("number", claim, match, _COUNTS[place])


def _replaced(kind: str, claim: str, match: re.Match[str], other: str) -> Variant:
    """The claim with *other* in the place of what was matched."""
    return Variant(kind=kind, text=claim[: match.start()] + other + claim[match.end() :])


def _after_month(claim: str, end: int) -> bool:
    """Whether a month follows: "23 November"."""
    return _MONTH_NAME.match(claim[end:].lstrip()) is not None


def _other_people(claim: str, tokens: Sequence[Token], names: Sequence[tuple[int, int]]) -> Iterator[Variant]:
    for first, end in names:
        last = end
        while last > first and tokens[last - 1].tag == "POS":
            last -= 1
        if last - first < 2:
            continue  # a surname alone may be a place or a newspaper
        before, after = claim[: tokens[first].start], claim[tokens[last - 1].end :]
        for stranger in STRANGERS:
            yield Variant(kind="person", text=f"{before}{stranger}{after}")


def _negated(claim: str, tokens: Sequence[Token]) -> Iterator[Variant]:
    root = _root(tokens)
    if root is None or root.pos not in {"VERB", "AUX"} or any(t.dep == "neg" or t.low in _NEGATIONS for t in tokens):
        return
    if any(c.dep == "conj" and c.pos in {"VERB", "AUX"} for c in root.children):
        return
    auxiliary = next((c for c in root.children if c.dep in {"aux", "auxpass"}), root if root.lemma == "be" else None)
    if auxiliary is not None and auxiliary.low in _AUXILIARIES:
        yield Variant(kind="polarity", text=f"{claim[: auxiliary.end]} not{claim[auxiliary.end :]}")
    elif root.tag == "VBD":
        before, after = claim[: root.start], claim[root.end :]
        yield Variant(kind="polarity", text=f"{before}did not {root.lemma}{after}")
        yield Variant(kind="polarity", text=f"{before}never {root.text}{after}")


def _root(tokens: Sequence[Token]) -> Token | None:
    """The predicate of the first main clause."""
    return next((t for t in tokens if t.head is t), None)


def _passive(claim: str, tokens: Sequence[Token]) -> str:
    """The claim in the passive, "" when it is not plainly subject, verb and object."""
    root = _root(tokens)
    if root is None or root.tag != "VBD" or root.lemma in {"have", "be", "take"}:
        return ""
    subject, target = root.child("nsubj"), root.child("dobj")
    if subject is None or target is None or any(c.dep in _NOT_PLAIN for c in root.children):
        return ""
    participle = root.low if root.low.endswith("ed") else _PARTICIPLES.get(root.low, "")
    agent, patient = subject.subtree(), target.subtree()
    if not participle or agent[-1].i != root.i - 1 or patient[0].i != root.i + 1 or agent[0].i != 0:
        return ""
    first = claim[patient[0].start : patient[-1].end]
    by = claim[agent[0].start : agent[-1].end]
    if agent[0].pos != "PROPN" and by[:1].isupper():
        by = by[0].lower() + by[1:]
    rest = claim[patient[-1].end :].rstrip(".")
    verb = "were" if target.tag in {"NNS", "NNPS"} or target.child("conj") else "was"
    return f"{first[0].upper()}{first[1:]} {verb} {participle} by {by}{rest}"
