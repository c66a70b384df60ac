"""
What the claim says and no slot of it holds: comparisons, intervals and single words, which nothing is held against.

None of it can contradict.  What the source does not say either keeps it from supporting by the slots: "the council
approved it unanimously" is more than "the council approved it".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from claimcheck.language import lexicon
from claimcheck.language.terms import stem
from claimcheck.language.units import units
from claimcheck.model import Modality, Polarity, Span, Statement

from . import words as lexical
from .phrases import ORDERING
from .relations import CLAUSES
from .sides import Side, Source

#: Words that deny whatever they stand in, wherever they stand.
_NEGATIVE = frozenset({"no", "not", "never", "neither", "nor", "none", "nobody", "nothing"})
#: A number of whatever sort: "8:15", "4/2".
_FIGURE = re.compile(r"\d+(?:[:./,-]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ORDERED = re.compile(rf"\b([^\W\d_]+) (?:{'|'.join(ORDERING)})\b", re.IGNORECASE)
#: The endings of comparatives and superlatives.
_ER, _EST = "er", "est"
_MORE = re.compile(rf"\b[^\W\d_]{{3,}}{_ER}\b")
_COMPARISON = re.compile(r"\b(?:\w+er|more|less) than\b")


def unread_comparison(claim: Statement) -> str:
    """The words of a comparison that no slot of the claim holds: "faster than prices"; "" when there is none."""
    if claim.form not in CLAUSES:
        return ""
    match = _COMPARISON.search(claim.span.text)
    spans = [a.span for a in claim.arguments] + [q.span for q in claim.quantities]
    return "" if match is None or _is_held(claim, match, spans) else match[0]


def bare_comparison(claim: Statement, source: Source) -> str:
    """A comparison with nothing named ("older coins") that the sentence does not make; "" when there is none."""
    words = [w for a in claim.arguments if not a.clause for w in _MORE.findall(a.span.text.lower())]
    said = source.bare_words
    lost = (
        w
        for w in words
        if w not in said and any(stem(w[: -len(_ER)]) == stem(s[: -len(_EST)]) for s in said if s.endswith(_EST))
    )
    return next(lost, "")


def unread_interval(claim: Statement, source: Span) -> str:
    """How long before or after another event it was, "day after", that neither a slot nor the source has; or ""."""
    spans = [t.span for t in claim.times] + [q.span for q in claim.quantities]
    for match in _ORDERED.finditer(claim.span.text):
        told = _is_held(claim, match, spans) or match[0].lower() in source.text.lower()
        if is_time(match[1].lower()) and not told:
            return match[0].lower()
    return ""


def unread_word(claim: Statement, parts: Sequence[Statement], text: str, mine: Side, source: Source) -> str:
    """
    A word of the claim that says more, and stands neither in a slot of it nor in the sentence: "unanimously"; or "".

    Args:
        claim: The statement that is borne out.
        parts: All statements of the claim.
        text: The claim as it was written.
        mine: The claim's names.
        source: The sentence.
    """
    spans = [*(span for part in parts for span in _held(part)), *(m.span for m in mine.mentions)]
    spans += [part.span for part in parts if not part.span.overlaps(claim.span)]
    plain = lexicon.cues("plain") | lexicon.cues("negation")
    words = (m for m in _WORD.finditer(text) if m[0].islower() and m[0] not in plain)
    lost = (m[0] for m in words if not _is_in(m.span(), spans) and not _is_said(m[0], source))
    values = [m.span for m in mine.mentions]
    values += [t.span for part in parts for t in part.times] + [q.span for part in parts for q in part.quantities]
    figures = (m for m in _FIGURE.finditer(text) if m[0] not in source.sentence.span.text)
    return next(lost, "") or next((m[0] for m in figures if not _is_in(m.span(), values)), "")


def unread_negation(parts: Sequence[Statement], text: str) -> str:
    """A "no" of the claim that its reading has lost, so that it says the reverse of what was read; or ""."""
    if any(part.polarity is Polarity.NEGATIVE or part.modality is not Modality.ACTUAL for part in parts):
        return ""
    spans = [span for part in parts for span in _held(part)]
    words = (m for m in _WORD.finditer(text) if m[0].lower() in _NEGATIVE)
    return next((m[0] for m in words if not _is_in(m.span(), spans)), "")


def is_time(noun: str) -> bool:
    """Whether a noun names a stretch of time: "on the day the bridge opened"."""
    unit = units().get(noun)
    return unit is not None and unit.dimension == "time"


def _held(part: Statement) -> Iterator[Span]:
    """What the slots of a statement hold."""
    yield part.relation
    yield from (a.span for a in part.arguments)
    yield from (t.span for t in part.times)
    yield from (q.span for q in part.quantities)
    if part.cue is not None:
        yield part.cue
    if part.attribution is not None:
        yield from (part.attribution.speaker, part.attribution.cue)


def _is_held(claim: Statement, match: re.Match[str], spans: Iterable[Span]) -> bool:
    """Whether one of *spans* has some of what was found in the text of the clause."""
    return _is_in((match.start() + claim.span.start, match.end() + claim.span.start), spans)


def _is_in(place: tuple[int, int], spans: Iterable[Span]) -> bool:
    """Whether one of *spans* has some of the claim's text from one place to another."""
    return any(s.start < place[1] and place[0] < s.end for s in spans)


def _is_said(word: str, source: Source) -> bool:
    """Whether a sentence has a word, or one that stands for it."""
    if word in source.bare_words or stem(word) in source.sentence.words:
        return True
    return lexical.best(word, source.bare_words | source.vocabulary) >= lexical.FOUND
