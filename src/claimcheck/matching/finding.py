"""
What is found of one source sentence for one statement of the claim, and what the rules of `stance` ask of it.

`support` holds the rules of what bears a claim out, `contradiction` those of what goes against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from claimcheck.language import lexicon
from claimcheck.model import Probabilities, Slot, Stance

from .relations import LIGHT
from .rows import Alignment, Row, share
from .sides import Source
from .taken import PINNED, indefinite

#: Share of the rest of the claim that must be found when the predicates themselves are not known to be alike.
SUPPORT_UNTIED = 0.93
#: How much of its share a finding scores that decides nothing.
NEUTRAL_SCORE = 0.5
#: Reporting words that distance the source from what is reported.
DISTANT = "distancing"
#: The reason of a source in which the claim's doing was only begun.
BEGUN = "the source only says that it was begun"
_WORD = re.compile(r"[^\W\d_]+")
#: What stands before a verb that was only begun.
_BEGUN = re.compile(r"\b(?:began|begun|begins?|beginning|started|starts?|starting) to\b(?: [a-z]+ly)? ?$")


@frozen(kw_only=True, slots=False)
class Finding:
    """
    One source sentence's stance to one statement of the claim.

    ``firm`` tells a contradiction about the very same thing (a value, a denial) from one that rests on the
    sources knowing no other occasion (another date, another person).  ``stranger`` tells that the claim names somebody
    whom the article does not; ``held`` is what the sentence would do if it stood behind what it only reports;
    ``chances`` are filled in when the finding has been weighed.
    """

    stance: Stance
    score: float
    rule: str
    reason: str
    alignment: Alignment
    source: Source
    firm: bool = True
    stranger: bool = False
    held: Finding | None = None
    chances: Probabilities | None = None


def neutral(alignment: Alignment, source: Source, reason: str) -> Finding:
    """That an alignment decides nothing, for a *reason*."""
    return Finding(
        stance=Stance.NEUTRAL,
        score=NEUTRAL_SCORE * alignment.coverage,
        rule="",
        reason=reason,
        alignment=alignment,
        source=source,
    )


def counted(alignment: Alignment) -> list[Row]:
    """The rows that weigh something."""
    return [r for r in alignment.rows if r.weight > 0]


def missing(row: Row) -> str:
    """That the source lacks what a row of the claim asks for."""
    words = f"“{row.claim.text}”" if row.claim is not None else f"the {row.slot.value}"
    return row.note or f"the source does not speak of {words}"


def silence(alignment: Alignment) -> str:
    """Why a source without a difference decides nothing: the weightiest thing that it lacks."""
    lacking = [r for r in alignment.rows if r.weight and r.coverage < PINNED and r.claim is not None]
    if not lacking:
        return "close, but not enough of the claim is said"
    return missing(max(lacking, key=lambda r: r.weight))


def only_begun(alignment: Alignment, source: Source) -> bool:
    """Whether the source has only begun what the claim has made: "began to build a ferry"."""
    made = any(indefinite(a) for a in alignment.claim.in_slot(Slot.OBJECT) if not a.link and not a.clause)
    before = source.document.text[source.sentence.span.start : alignment.source.relation.start].lower()
    return made and _BEGUN.search(before) is not None and _BEGUN.search(alignment.claim.span.text.lower()) is None


def holds_subject(rows: Sequence[Row]) -> bool:
    """Whether the claim's named subject is a participant of the source's own statement."""
    return all(r.near for r in rows if r.specific and r.slot is Slot.SUBJECT)


def all_but_relation(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """Whether all but an unfamiliar predicate is there, and enough of it in the same statement to pin the event."""
    rest = [r for r in rows if r.slot is not Slot.RELATION]
    pins = [r for r in rest if r.specific and r.near]
    relation = next(r for r in alignment.rows if r.slot is Slot.RELATION)
    said = relation.coverage > 0 or alignment.claim.lemma in LIGHT
    return said and len(pins) >= 2 and share(rest) >= SUPPORT_UNTIED


def is_distant(alignment: Alignment) -> bool:
    """Whether the source keeps its distance ("claims", "alleges") from what the claim asserts outright."""
    said = alignment.source.attribution
    if said is None or alignment.claim.attribution is not None:
        return False
    speaker = _WORD.findall(said.speaker.text.lower())
    return said.lemma in lexicon.cues(DISTANT) or not lexicon.cues("partisan").isdisjoint(speaker)
