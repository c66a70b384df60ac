"""
A date that is counted from another: "three days earlier" in a claim that does not say earlier than what.

It is compared with what the source says of a distance, to whatever it counts from: "three days before them" is the
same.  Another distance may be one from somewhere else, and settles nothing.
"""

from __future__ import annotations

import math

from claimcheck.language.numbers import parse_number
from claimcheck.language.wordlists import read_list
from claimcheck.model import Span, TimeMention

#: How many words a distance has: a count, a unit and a side.
_WORDS = 3


def distance_of(time: TimeMention) -> tuple[float, str, int] | None:
    """Count, unit and side (-1 is earlier) of a date that is nothing but a distance from one that is not known."""
    return None if time.value.anchored else _read(time.span.text)


def distance_at(text: str, span: Span) -> tuple[float, str, int] | None:
    """The distance of a length of time at *span* of *text*, or of a date there, with the word after it."""
    after = text[span.end :].split(maxsplit=1)[:1]
    return _read(span.text) or _read(" ".join([span.text, *after]))


def _read(words: str) -> tuple[float, str, int] | None:
    parts = words.lower().split()
    if len(parts) != _WORDS:
        return None
    count = 1.0 if parts[0] in {"a", "an"} else parse_number(parts[0])
    ago = read_list("dates")["ago"]
    side = -1 if parts[2] in {"before", *ago["text_back"]} else 1 if parts[2] in {"after", *ago["text_ahead"]} else 0
    return None if math.isnan(count) or not side else (count, parts[1].removesuffix("s"), side)
