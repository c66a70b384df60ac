"""
Misquotations: the claim gives somebody's words in quotation marks, and the source has them otherwise.

Only a quotation that is nearly the claimed one, word for word, is the same utterance: "a step, not a staircase" beside
"a staircase, not a step".  Other words may have been said as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from claimcheck.language.names import NameRelation
from claimcheck.model import Entity

from . import words as lexical
from .sides import Side, Source, compare_entities
from .whole import QUOTED_WORDS, quotation_of

#: Share of the words of a quotation that must be the same, in their places, for both to be one utterance.
SAME_UTTERANCE = 0.6

_QUOTATION = re.compile(r"[\"“«]([^\"“”«»]{3,})[\"”»]")
_WORD = re.compile(r"[^\W_]+")
#: What a reporter may change to fit a quotation in.
_SPOKEN_OF = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "they"})


def not_quoted(text: str, source: Source) -> bool:
    """Whether the sentence quotes somebody, and has nowhere the words that the claim *text* quotes."""
    wanted = () if _is_cut(text) else quotation_of(text)
    there = source.sentence.span.text
    return bool(wanted) and _QUOTATION.search(there) is not None and not _is_in(wanted, _words(there))


def misquoted(text: str, mine: Side, source: Source) -> tuple[str, str] | None:
    """
    The words that the claim *text* quotes and those of the same utterance in the source, when they are others.

    Args:
        text: The claim.
        mine: The claim's names; one of those outside the quotation must be in the sentence.
        source: The sentence.
    """
    wanted = quotation_of(text)
    if _is_cut(text):
        return None
    if len(wanted) < QUOTED_WORDS or not not_quoted(text, source) or not _speaks_of(text, mine, source):
        return None
    for match in _QUOTATION.finditer(source.sentence.span.text):
        for said in _windows(_words(match[1]), len(wanted)):
            if _is_other(wanted, said):
                return " ".join(wanted), " ".join(said)
    return None


def _is_cut(text: str) -> bool:
    """Whether a quotation of the claim leaves words out or adds some in brackets, and says so."""
    return any(mark in match[1] for match in _QUOTATION.finditer(text) for mark in ("...", "…", "["))


def _speaks_of(text: str, mine: Side, source: Source) -> bool:
    """Whether the sentence speaks of somebody whom the claim names beside its quotation, and of all of them."""
    outside = _QUOTATION.sub(" ", text).casefold()
    named = [e for e in mine.entities.values() if e.name.casefold() in outside]
    return bool(named) and all(_is_there(e, source) for e in named)


def _is_there(entity: Entity, source: Source) -> bool:
    spoken = (source.side.entity(m.entity) for m in source.sentence.mentions)
    return any(other is not None and compare_entities(entity, other) is not NameRelation.DIFFERENT for other in spoken)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(normalize("NFC", text)))


def _windows(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """The runs of *length* words."""
    for start in range(len(words) - length + 1):
        yield tuple(words[start : start + length])


def _is_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return any(said == tuple(wanted) for said in _windows(words, len(wanted)))


def _is_other(wanted: Sequence[str], said: Sequence[str]) -> bool:
    """Whether two runs of words are one utterance, with a word exchanged for another or the words in another order."""
    if sorted(wanted) == sorted(said):
        return True
    apart = [(a, b) for a, b in zip(wanted, said, strict=True) if a != b]
    changed = [(a, b) for a, b in apart if not (a in _SPOKEN_OF and b in _SPOKEN_OF) and not _is_form(a, b)]
    return bool(changed) and len(apart) <= (1 - SAME_UTTERANCE) * len(wanted)


def _is_form(word: str, other: str) -> bool:
    """Whether two words are forms or spellings of one, or mean the same."""
    return word[:4] == other[:4] or lexical.likeness(word, other) >= lexical.FOUND
