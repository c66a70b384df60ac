"""Contradiction: from what on a sentence that denies the claim, or has another value in one slot, goes against it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.model import Modality, Polarity, QuantityKind, Slot, Span, Stance, Statement

from .case import described_alike, same_case
from .finding import Finding, all_but_relation, counted, holds_subject, is_distant
from .measures import of_other_measure
from .pair import MARKED_TIMES
from .relations import Bond
from .rows import IN_TOPIC, STRONG_TIE, WRONG_SLOT, Alignment, Row, share
from .taken import PINNED, TOPICAL, WORDY, place_of_event, place_taken, shared_classes
from .unread import unread_comparison

#: Share of the rest of the claim that must agree before one differing slot contradicts.
ANCHOR = 0.72
#: The same for the share of the rest when the event may have happened more than once.
ANCHOR_RECURRING = 0.78
#: The same when the source denies the claim outright.
DENIED = 0.67
#: The same of what the claim denies and the source says: as much as bears it out.
AFFIRMED = 0.9
#: The same when the two predicates exclude each other: many verbs have a second sense that does not.
OPPOSED = 0.75
#: How much of its share a differing value scores without a known tie.
UNTIED_DIFFERING_SCORE = 0.85
#: An adverb after the "not" that denies it, and nothing more.
_MANNER = re.compile(r"\s+([^\W\d_]{3,}ly)\b", re.IGNORECASE)
#: Verbs too plain to carry a denial by themselves.
_PLAINEST = frozenset({"be", "have", "do"})
#: The rules whose slot holds one value only, whatever other occasions there were.
_FIRM_RULES = frozenset({"quantity", "role", "relation", "polarity", "attribution"})


def denied(alignment: Alignment, truth: Row, differing: Sequence[Row], neutral: Finding) -> Finding:
    """Asserted on one side, denied, not realised or turned into its opposite on the other."""
    rows = [r for r in counted(alignment) if r.slot is not Slot.RELATION]
    if differing or alignment.tie.strength < STRONG_TIE or any(r.stray for r in rows):
        return neutral
    if unread_comparison(alignment.claim) or _denied_in_part(alignment) or _denies_the_manner(alignment):
        return neutral
    if (_clears_himself(alignment.source) and alignment.claim.attribution is None) or _ended_after(alignment):
        return neutral
    if _denied_of_others(alignment, rows) or any(r.slot is Slot.QUANTITY and r.coverage < PINNED for r in rows):
        return neutral
    plainest = alignment.claim.lemma in _PLAINEST and alignment.tie.bond is Bond.SAME
    if plainest and not (any(r.near and r.specific for r in rows) and all(r.near for r in rows if not r.specific)):
        return neutral
    if any(r.coverage < PINNED for r in rows if r.specific and not r.dated):
        return neutral
    if not any(r.specific for r in rows) and not described_alike(alignment, rows):
        return neutral
    coverage = share(rows)
    opposed = alignment.tie.bond is Bond.OPPOSITE
    if opposed and not (holds_subject(rows) and _of_the_same(alignment, rows)):
        return neutral
    affirmed = not opposed and alignment.claim.polarity is Polarity.NEGATIVE
    if (
        coverage < (OPPOSED if opposed else AFFIRMED if affirmed else DENIED)
        or is_distant(alignment)
        or not same_case(alignment, rows)
    ):
        return neutral
    return evolve(
        neutral,
        stance=Stance.CONTRADICTS,
        score=coverage * alignment.tie.strength,
        rule=truth.rule,
        reason=truth.note,
        firm=True,
    )


def _of_the_same(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """Whether one of whom or what the claim is about is a participant of the source's own statement."""
    own = [a.span for a in alignment.source.arguments]
    found = [r.source for r in rows if r.core and r.source is not None]
    return not own or not found or any(span.overlaps(place) for span in own for place in found)


def _denied_in_part(alignment: Alignment) -> bool:
    """Whether the claim denies it of the time of another event only, or of whom its reading has lost."""
    claim = alignment.claim
    if claim.polarity is not Polarity.NEGATIVE:
        return False
    timed = any(a.clause and a.link in MARKED_TIMES for a in claim.arguments)  # "was not mayor when the bridge opened"
    return timed or (claim.form == "active" and not claim.in_slot(Slot.SUBJECT))


def _denies_the_manner(alignment: Alignment) -> bool:
    """Whether the source only denies how it was done, or how much: "was not seriously injured"."""
    source = alignment.source
    if source.polarity is not Polarity.NEGATIVE or source.cue is None or not source.span.contains(source.cue):
        return False
    match = _MANNER.match(source.span.text[source.cue.end - source.span.start :])
    said = match[1].lower() if match is not None else ""
    return bool(said) and said not in lexicon.cues("plain") and said not in alignment.claim.span.text.lower()


def _clears_himself(source: Statement) -> bool:
    """Whether the source only has the word of whom it is about: "he said he had never taken a bribe"."""
    said = source.attribution
    if said is None or not said.entity or source.polarity is not Polarity.NEGATIVE:
        return False
    doers = [e for a in source.in_slot(Slot.SUBJECT) for e in a.entities[:1]]
    return source.modality is Modality.ACTUAL and said.entity in doers


def _ended_after(alignment: Alignment) -> bool:
    """Whether the source ends after so long what the claim says lasted so long: "put out after 11 hours"."""
    source = alignment.source
    links = {a.link for a in source.arguments for q in source.quantities if a.span.contains(q.span)}
    agreeing = {r.source for r in alignment.rows if r.slot is Slot.QUANTITY and r.near and r.coverage >= PINNED}
    lasted = "after" in links or not agreeing.isdisjoint(_ages(source))  # who died at 91 lived to be 91
    return alignment.tie.bond is Bond.OPPOSITE and bool(agreeing) and lasted


def _denied_of_others(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """Whether the source denies it of some only: of "neither brother", who is not the claim's doer, or of "not all"."""
    sides = (alignment.claim, alignment.source)
    if any(a.quantifier.startswith("not ") for s in sides for a in s.arguments):
        return True
    cue = alignment.source.cue
    if cue is None or alignment.source.polarity is Polarity.POSITIVE:
        return False
    denied = [a for a in alignment.source.in_slot(Slot.SUBJECT) if a.span.contains(cue)]
    doers = [r for r in rows if r.slot is Slot.SUBJECT and r.core]
    return any(r.source is None or not r.source.overlaps(a.span) for a in denied for r in doers)


def other_value(alignment: Alignment, row: Row, neutral: Finding) -> Finding:
    """One slot holds another value."""
    rows = [r for r in counted(alignment) if r is not row and (not row.note or r.note != row.note)]
    tied = alignment.tie.strength >= STRONG_TIE
    if not tied and not (row.rule in {"quantity", "attribution"} and all_but_relation(alignment, [*rows, row])):
        return neutral
    if any(r.coverage < TOPICAL for r in rows if r.specific and not r.dated) or not holds_subject(rows):
        return neutral
    if any(r.stray or (r.core and not r.specific and r.coverage <= WRONG_SLOT) for r in rows):
        return neutral  # prices are not wages
    if row.slot is Slot.TIME and _was_first(alignment):
        return neutral
    if _singled_out(alignment.claim, row) or (row.rule == "quantity" and unread_comparison(alignment.claim)):
        return neutral
    if row.rule == "role" and any(r.core and r.slot is Slot.SUBJECT and r.coverage <= IN_TOPIC for r in rows):
        return neutral  # another's rank
    if alignment.source.form == "apposition" and any(r.slot is Slot.SUBJECT and r.coverage <= WRONG_SLOT for r in rows):
        return neutral  # what is said in passing of somebody else
    if of_other_measure(alignment, row):
        return neutral
    if row.source in _ages(alignment.source) and _of_another_time(alignment, rows):
        return neutral
    coverage = share(rows)
    pins = [r for r in rows if r.specific and r.near and r.coverage >= PINNED]
    firm = _firm(alignment, row)
    if coverage < (ANCHOR if firm else ANCHOR_RECURRING) or not _anchored(neutral, row, pins, coverage):
        return neutral
    contradicted = evolve(
        neutral,
        stance=Stance.CONTRADICTS,
        score=coverage * (1.0 if tied else UNTIED_DIFFERING_SCORE),
        rule=row.rule,
        reason=row.note,
        firm=firm,
    )
    return evolve(neutral, held=contradicted) if is_distant(alignment) else contradicted


def _was_first(alignment: Alignment) -> bool:
    """Whether the claim says how it was at first, "originally", and the source does not."""
    mine, theirs = (set(s.span.text.lower().split()) for s in (alignment.claim, alignment.source))
    first = lexicon.cues("at_first")
    return not first.isdisjoint(mine) and first.isdisjoint(theirs)


def _singled_out(claim: Statement, row: Row) -> bool:
    """Whether a date tells which one is meant ("Saturday's stage"): what is said of another says nothing of it."""
    if row.slot is not Slot.TIME or row.claim is None:
        return False
    named = [a.span for a in claim.arguments if not a.clause and a.span.contains(row.claim)]
    return any(span.end > row.claim.end for span in named)


def _ages(statement: Statement) -> list[Span]:
    """Where a statement gives somebody's age."""
    return [q.span for q in statement.quantities if q.value.kind is QuantityKind.AGE]


def _of_another_time(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """Whether one side says something of an age "when ..." that the other does not."""
    if any(r.clause and r.coverage < TOPICAL for r in rows):
        return True
    return any(a.clause for a in alignment.source.arguments) and not any(a.clause for a in alignment.claim.arguments)


def _anchored(finding: Finding, row: Row, pins: Sequence[Row], coverage: float) -> bool:
    """Whether what agrees pins the same event or state, so that the differing slot has to be the same too."""
    alignment = finding.alignment
    if row.rule == "participant":
        return bool(pins) and place_taken(alignment, row, coverage, finding.source)
    if row.rule == "place" and not _firm(alignment, row):
        return place_of_event(alignment, pins)
    if row.rule == "quantity" and any(r.slot is Slot.PLACE and not r.near for r in alignment.rows):
        return False
    return bool(pins) or (row.rule != "place" and coverage >= WORDY)


def _firm(alignment: Alignment, row: Row) -> bool:
    """Whether the slot can hold one value only, whatever other occasions there were."""
    if row.rule in _FIRM_RULES:
        return True
    records = [lexicon.relation_class(name) for name in shared_classes(alignment)]
    return any(record.one_time or row.slot in record.single for record in records)
