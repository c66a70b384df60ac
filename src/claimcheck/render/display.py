"""
Text made safe and neat for a screen.

What comes from files and users can hold line breaks, terminal escapes or direction
overrides.  Here it becomes something that a terminal shows as it is, with the marked
words still in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from claimcheck.model import Label

# C0 and C1 controls, line and paragraph separators, bidirectional overrides and isolates, lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

#: The verdicts in running text.
LABEL_WORDS = {label: label.value.replace("_", " ") for label in Label}


@frozen(kw_only=True)
class Look:
    """
    How a screen is to look.

    Args:
        width: Columns.
        color: Whether colour and weight may be used; meaning never depends on it.
        plain: No box drawing, no symbols, tables as sentences: for screen readers and logs.
    """

    width: int = 80
    color: bool = False
    plain: bool = False


def visible(text: str) -> str:
    """*text* with every character that a terminal would act on replaced, code point for code point."""
    return _UNSAFE.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    return " " if match[0] in _SPACES else _REPLACEMENT


def neat(text: str) -> str:
    """*text* on one line: safe to show, with every run of white space as one space."""
    return " ".join(visible(text).split())


def neat_with_marks(text: str, marks: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """
    *text* on one line, with the marked stretches moved along.

    Args:
        text: Anything.
        marks: Half-open stretches of *text*.
    Returns:
        The neat text and the same stretches in it; those that held only white space are gone.
    """
    kept: list[str] = []
    place = [0] * (len(text) + 1)
    for position, character in enumerate(visible(text)):
        place[position] = len(kept)
        if not character.isspace():
            kept.append(character)
        elif kept and kept[-1] != " ":
            kept.append(" ")
    place[len(text)] = len(kept)
    line = "".join(kept).rstrip(" ")
    moved = ((place[start], min(place[end], len(line))) for start, end in marks)
    return line, tuple(_trimmed(line, start, end) for start, end in moved if line[start:end].strip())


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends."""
    part = line[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def shortened(text: str, length: int) -> str:
    """*text* on one line, cut at a word's end to at most *length* code points, with an ellipsis when cut."""
    line = neat(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > length // 2 else cut).rstrip(" ,;:-–—") + "…"


def sentence(text: str) -> str:
    """*text* begun with a capital and closed with a full stop, unless it ends in another mark."""
    line = neat(text)
    if not line:
        return ""
    return line[0].upper() + line[1:] + ("" if line[-1] in '.!?…”"' else ".")


def percent(value: float) -> str:
    """A probability for people: whole percent, never rounded up to certainty or down to impossibility."""
    if 0.99 < value < 1:
        return "over 99%"
    if 0 < value < 0.01:
        return "under 1%"
    return f"{value:.0%}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """*number* with its noun: "1 claim", "3 claims", "1,024 entities"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
