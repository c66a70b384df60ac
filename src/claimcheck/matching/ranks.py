"""The rows of ranks: "first", "only" and superlatives, and the ordinals of what there are several of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from claimcheck.model import QuantityKind, QuantityMention, Slot, SlotRelation, Span, Statement

from . import words as lexical
from .pair import Pair
from .rows import WEIGHT_VALUE, Row, open_row
from .whole import RANKS, narrowed

_SINCE = "since"
_SECOND = "second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|2nd|3rd|[4-9]th|10th"


def ordinal_rows(pair: Pair) -> Iterator[Row]:
    """
    The rows for the claim's ordinals: "the second round" is not "the third round", and is not any round.

    An ordinal of a name or of a date ("the Second Symphony", "the 19th century") is compared as a part of that.
    """
    for ordinal in pair.ordinals():
        named = any(m.span.overlaps(ordinal.span) for m in pair.mine.mentions)
        told = ordinal.span.text.lower() in pair.claim.exclusive
        if not named and not told:
            yield _ordinal_row(pair, ordinal)


def _ordinal_row(pair: Pair, ordinal: QuantityMention) -> Row:
    row = open_row(Slot.QUANTITY, ordinal.span, WEIGHT_VALUE)
    counted = [q for q in pair.theirs.sentence.quantities if q.value.kind is QuantityKind.ORDINAL]
    counted = [q for q in counted if lexical.likeness(ordinal.value.unit, q.value.unit) >= lexical.FOUND]
    same = next((q for q in counted if q.value.value == ordinal.value.value), None)
    if same is not None:
        note = f"both say “{same.span.text}”"
        return evolve(row, relation=SlotRelation.AGREES, coverage=1.0, source=same.span, note=note, near=True)
    own = [q for q in counted if pair.source.span.contains(q.span)]
    if len(own) == 1:
        note = f"“{ordinal.span.text}” is not “{own[0].span.text}”"
        differs = evolve(row, relation=SlotRelation.DIFFERS, source=own[0].span, note=note, near=True)
        return evolve(differs, rule="quantity")
    return evolve(row, note=f"the source does not say “{ordinal.span.text}”")


def exclusive_rows(pair: Pair) -> Iterator[Row]:
    """
    The rows for "first", "only" and superlatives, which must be in the source as well.

    Another rank for the same thing differs.
    """
    for word in pair.claim.exclusive:
        blank = open_row(Slot.OBJECT, pair.claim.relation, WEIGHT_VALUE)
        row = evolve(blank, note=f"the source does not say “{word}”")
        other = next((w for w in pair.source.exclusive if w in RANKS and w != word), "") if word in RANKS else ""
        if other and word not in pair.source.exclusive and _tells_apart(pair.claim, word):
            yield row
        elif other and word not in pair.source.exclusive:
            note = f"“{word}” is not “{other}”"
            differs = evolve(row, slot=Slot.QUANTITY, relation=SlotRelation.DIFFERS, note=note, rule="role")
            yield evolve(differs, source=pair.source.span)
        elif word not in RANKS and (shared := _shared(pair, word)):
            yield evolve(row, stray=f"in the source it is “{shared}”", misplaced=True)
        elif narrower := narrowed(pair.claim, pair.source, word):
            other = f"in the source it is “{narrower}”"
            yield evolve(row, note=other, stray=other, misplaced=True)
        elif _says(pair, word) and (since := _since(pair)):
            yield _only_since(row, word, since)
        elif _says(pair, word):
            yield evolve(row, relation=SlotRelation.AGREES, coverage=1.0, source=pair.source.span, note=f"“{word}”")
        else:
            yield row


def _since(pair: Pair) -> Span | None:
    """From when on the source says it, where the claim says it of all time: "the first woman since 1994"."""
    mine = pair.claim.span.text.lower().split()
    own = (t.span for t in pair.theirs.sentence.times if t.value.bound and pair.source.span.contains(t.span))
    text = pair.theirs.document.text
    since = (s for s in own if text[: s.start].rstrip().lower().endswith(_SINCE) or s.text.lower().startswith(_SINCE))
    return next(since, None) if _SINCE not in mine else None


def _only_since(row: Row, word: str, since: Span) -> Row:
    """The row of a distinction that the source limits: the first since then was not the first, the tallest may be."""
    day = since.text.lower().removeprefix(_SINCE).strip()
    note = f"the source says “{word}” of the time since {day} only"
    if word not in RANKS:
        return evolve(row, source=since, note=note)
    differs = evolve(row, slot=Slot.QUANTITY, relation=SlotRelation.DIFFERS, source=since, note=note, near=True)
    return evolve(differs, rule="role")


def _tells_apart(claim: Statement, word: str) -> bool:
    """Whether a rank only tells the claim's subject from others: the third probe says nothing of the fourth."""
    named = any(a.entities and a.entities[0] for a in claim.in_slot(Slot.OBJECT))
    return not named and any(word in a.span.text.lower().split() for a in claim.in_slot(Slot.SUBJECT))


def _shared(pair: Pair, word: str) -> str:
    """The source's superlative of the second, or of several, where the claim has one of one: "one of the best"."""
    shared = re.compile(rf"\b(?:{_SECOND}|one of|among)[ -](?:(?:the|its|his|her|their) )?{re.escape(word)}\b")
    theirs = pair.theirs.sentence.span.text.lower()
    found = shared.search(theirs)
    return found[0] if found is not None and shared.search(pair.claim.span.text.lower()) is None else ""


def _says(pair: Pair, word: str) -> bool:
    """Whether the sentence has a word that singles one out, or one of the same sense; of several ranks, its own."""
    sentence = pair.theirs.sentence
    ranks = {w for s in pair.theirs.statements for w in s.exclusive} | {
        q.span.text.lower() for q in sentence.quantities
    }
    if word in RANKS and (ranks & set(RANKS)) - {word}:
        return word in pair.source.exclusive or any(word in a.span.text.lower() for a in pair.source.arguments)
    words = {w for s in pair.theirs.statements for w in s.exclusive} | pair.theirs.vocabulary
    if word in words or any(word == q.span.text.lower() for q in sentence.quantities):
        return True
    if any(lexical.likeness(word, other) >= lexical.FOUND for other in words):
        return True
    return word == "first" and not {"first", "firsts"}.isdisjoint(sentence.span.text.lower().split())
