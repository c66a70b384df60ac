"""Things of one kind that a number tells apart: "Reactor 3" beside "Reactor 4", "Bridge No. 12", "gates 4 and 5"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from claimcheck.language import lexicon
from claimcheck.model import Argument, Statement

from . import words as lexical
from .pair import Pair

#: A noun with its number, or with several that are told one by one.
_NUMBERED = re.compile(
    r"\b(?P<noun>[^\W\d_]{2,})\s+(?:(?:nos?\.?|numbers?)\s*|#)?"
    r"(?P<numbers>\d{1,5}[a-z]?\b(?:(?:,|,? and|,? or) \d{1,5}[a-z]?\b)*)(?![-–.,:/]?\d|\s*%)"
    r"(?!\s*(?:-|–|to|through)\s*\d)(?:\s+(?P<next>[^\W\d_]+))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+[a-z]?", re.IGNORECASE)


def another_number(pair: Pair, argument: Argument, counterpart: Argument | None) -> bool:
    """Whether the two are numbered things of one kind, and no number is that of both."""
    if counterpart is None:
        return False
    mine = list(_numbers(pair.claim, argument))
    theirs = list(_numbers(pair.source, counterpart)) if mine else []
    return any(
        numbers.isdisjoint(others) and lexical.likeness(noun, other) >= lexical.FOUND
        for noun, numbers in mine
        for other, others in theirs
    )


def _numbers(statement: Statement, argument: Argument) -> Iterator[tuple[str, frozenset[str]]]:
    """The nouns of a participant with the numbers behind them; what is counted or dated has no number of its own."""
    first = statement.span.start
    start, end = argument.span.start - first, argument.span.end - first
    spans = [*(q.span for q in statement.quantities), *(t.span for t in statement.times)]
    values = {span.start - first for span in spans}
    for match in _found(statement.span.text):
        if not start <= match.start() < end or match.start("numbers") in values:
            continue
        closes = match.end("numbers") >= end or (match["next"] or "").lower() in lexicon.cues("preposition")
        if closes or (match["noun"][0].isupper() and match.start() > 0):
            numbers = _NUMBER.findall(match["numbers"].lower())
            yield match["noun"].lower(), frozenset(number.lstrip("0") for number in numbers)


@functools.lru_cache(maxsize=20_000)
def _found(text: str) -> Sequence[re.Match[str]]:
    return tuple(_NUMBERED.finditer(text)) if any(map(str.isdigit, text)) else ()
