"""
A sentence of a longer text as a claim of its own, with what its surroundings say about it.

The sentence keeps what was read in its context: whom "he" means, which Tuesday it was.  Only its offsets change: they
count from its own first code point, as those of every claim do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from attrs import evolve, frozen

from claimcheck.model import (
    Argument,
    Attribution,
    Claim,
    Mention,
    QuantityMention,
    Reading,
    Sentence,
    Span,
    Statement,
    TimeMention,
    Warned,
)

_Spanned = TypeVar("_Spanned", Argument, Mention, QuantityMention, TimeMention)


def claim_of(reading: Reading, sentence: Sentence, *, identifier: str = "") -> Claim:
    """
    The claim that *sentence* makes.

    Args:
        reading: Of the text that it stands in.
        sentence: One of its sentences.
        identifier: Of the claim.
    Returns:
        A claim whose reading has this sentence alone, and the entities that it speaks of, numbered anew: the claim is
        the same wherever in the text it stands.
    """
    moved = _Move(sentence.span)
    local = evolve(
        sentence,
        index=0,
        span=moved.span(sentence.span),
        paragraph=0,
        mentions=moved.all(sentence.mentions),
        statements=tuple(moved.statement(s) for s in sentence.statements),
        times=moved.all(sentence.times),
        quantities=moved.all(sentence.quantities),
        copy_of=None,
    )
    names = {old: f"e{number}" for number, old in enumerate(dict.fromkeys(i for i in _named(local) if i))}
    inside = [w for w in reading.warnings if w.span is not None and sentence.span.contains(w.span)]
    return Claim(
        text=sentence.span.text,
        id=identifier,
        reading=Reading(
            sentences=(_renamed(local, names),),
            entities=tuple(evolve(e, id=names[e.id]) for e in reading.entities if e.id in names),
            anchor=reading.anchor,
            warnings=tuple(moved.warning(w) for w in inside),
        ),
    )


def _named(sentence: Sentence) -> Iterator[str]:
    """The ids of the entities that the sentence names or means."""
    for mention in sentence.mentions:
        yield mention.entity
        yield from mention.candidates
    for statement in sentence.statements:
        for argument in statement.arguments:
            yield from argument.entities
        if statement.attribution is not None:
            yield statement.attribution.entity


def _renamed(sentence: Sentence, names: dict[str, str]) -> Sentence:
    """*sentence* with other ids of its entities."""

    def argument(old: Argument) -> Argument:
        return evolve(old, entities=tuple(names.get(i, "") for i in old.entities))

    def statement(old: Statement) -> Statement:
        said = old.attribution
        return evolve(
            old,
            arguments=tuple(argument(a) for a in old.arguments),
            attribution=evolve(said, entity=names.get(said.entity, "")) if said is not None else None,
        )

    return evolve(
        sentence,
        mentions=tuple(
            evolve(m, entity=names.get(m.entity, ""), candidates=tuple(names.get(i, "") for i in m.candidates))
            for m in sentence.mentions
        ),
        statements=tuple(statement(s) for s in sentence.statements),
    )


@frozen
class _Move:
    """From offsets of the text to offsets of the sentence at *home*."""

    home: Span

    def span(self, span: Span) -> Span:
        """*span* in the sentence."""
        return Span(start=span.start - self.home.start, end=span.end - self.home.start, text=span.text)

    def all(self, found: tuple[_Spanned, ...]) -> tuple[_Spanned, ...]:
        """Those of *found* that stand in the sentence, moved."""
        return tuple(evolve(item, span=self.span(item.span)) for item in found if self.home.contains(item.span))

    def statement(self, statement: Statement) -> Statement:
        """*statement*, moved; words of another sentence are not part of it."""
        cue = statement.cue
        return evolve(
            statement,
            span=self._clipped(statement.span),
            relation=self._clipped(statement.relation),
            arguments=self.all(statement.arguments),
            times=self.all(statement.times),
            quantities=self.all(statement.quantities),
            cue=self.span(cue) if cue is not None and self.home.contains(cue) else None,
            attribution=self._attribution(statement),
        )

    def warning(self, warning: Warned) -> Warned:
        """*warning*, moved."""
        return evolve(warning, span=self.span(warning.span)) if warning.span is not None else warning

    def _attribution(self, statement: Statement) -> Attribution | None:
        """Who said it; where that is said in another sentence, the predicate stands for the words that say so."""
        said = statement.attribution
        if said is None:
            return None
        here = self._clipped(statement.relation)
        return evolve(
            said,
            speaker=self.span(said.speaker) if self.home.contains(said.speaker) else here,
            cue=self.span(said.cue) if self.home.contains(said.cue) else here,
        )

    def _clipped(self, span: Span) -> Span:
        start, end = max(span.start, self.home.start), min(span.end, self.home.end)
        if start >= end:
            return Span(start=0, end=0, text="")
        text = self.home.text[start - self.home.start : end - self.home.start]
        return Span(start=start - self.home.start, end=end - self.home.start, text=text)
