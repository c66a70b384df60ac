"""Support: from what on a sentence in which nothing of the claim differs bears it out."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, compare_names
from claimcheck.model import Modality, Polarity, Slot, Stance, Statement

from .case import SAID_AT_ALL
from .comparisons import compared, compares
from .finding import (
    BEGUN,
    Finding,
    all_but_relation,
    counted,
    holds_subject,
    is_distant,
    missing,
    neutral,
    only_begun,
    silence,
)
from .relations import COPULAS, LIGHT, Bond
from .rows import IN_CONTEXT, STRONG_TIE, WRONG_SLOT, Alignment, Row, share
from .sides import Source, bare
from .taken import PINNED
from .unread import bare_comparison, unread_comparison, unread_interval

#: Share of the claim that must be found before a source supports it.
SUPPORT = 0.74
#: What is found no better than this was taken from around the sentence; a support rests on one such row at most, and
#: never on such a row alone.
LENT = 0.72
#: Share of a reported clause, or of a reason, that must be there before "X said that ..." is supported.
SAID = 0.85
#: How much of its share a support scores without a known tie.
UNTIED_SCORE = 0.9
#: Prepositions before what was there as well.
_BESIDE = frozenset({"with", "alongside"})


def supported(alignment: Alignment, source: Source) -> Finding:
    """Nothing differs: whether enough of the claim is there."""
    rows = counted(alignment)
    short = _short_of_support(alignment, source, rows)
    if short is not None:
        return neutral(alignment, source, short)
    tied = alignment.tie.strength >= STRONG_TIE
    agreeing = list(dict.fromkeys(r.slot.value for r in rows if r.coverage >= PINNED))
    supported = Finding(
        stance=Stance.SUPPORTS,
        firm=not _lent(rows),
        score=share(rows) * (1.0 if tied else UNTIED_SCORE),
        rule="agreement",
        reason=f"{_listed(agreeing)} agree",
        alignment=alignment,
        source=source,
    )
    said = alignment.source.attribution
    if said is None or not is_distant(alignment):
        return supported
    reported = neutral(alignment, source, f"the source only reports it as said by {said.speaker.text}")
    return evolve(reported, held=supported)


def _short_of_support(alignment: Alignment, source: Source, rows: Sequence[Row]) -> str | None:
    """Why the source does not support a claim from which nothing of it differs; ``None`` when it does."""
    if all(r.slot is Slot.RELATION for r in rows):
        return silence(alignment)  # a bare predicate says nothing that could be supported
    loose_ends = [r for r in rows if r.coverage < _least(alignment, r) and r.slot is not Slot.RELATION]
    if loose_ends:
        return missing(loose_ends[0])
    if alignment.tie.bond is Bond.ENTAILS and not all(r.near for r in rows if r.core):
        return "another thing is said, of which this would follow only for the same people"
    afar = next((r for r in rows if r.specific and not r.near and not r.dated and r.coverage <= IN_CONTEXT), None)
    if afar is not None:
        return missing(afar)
    claim = alignment.claim
    unread = unread_comparison(claim) or unread_interval(claim, source.sentence.span) or bare_comparison(claim, source)
    against = [r.stray for r in rows if r.stray] + [f"“{unread}” was not compared"] * bool(unread)
    if against:
        return against[0]
    if _is_bare_event(alignment):
        return silence(alignment)
    tied = alignment.tie.strength >= STRONG_TIE
    if tied and share(rows) < SUPPORT:
        return silence(alignment)
    if not tied and not (all_but_relation(alignment, rows) and _all_true(source)):
        return silence(alignment)
    if not tied and _of_two(alignment):
        return silence(alignment)
    if not tied and alignment.source.lemma in lexicon.cues("unrealised"):
        return silence(alignment)  # whoever declines a prize does not receive it
    if lexicon.is_reporting(alignment.claim.lemma) and any(r.clause and r.coverage < SAID for r in rows):
        return silence(alignment)
    reason = next((r for r in rows if _is_reason(alignment, r) and not (r.near and r.coverage >= SAID)), None)
    if reason is not None:
        return missing(reason)
    if only_begun(alignment, source):
        return BEGUN
    if _denied_of_some(alignment):
        return "the source denies it of some only"
    lent = _lent(rows)
    own = [r for r in rows if r not in lent and r.slot is not Slot.RELATION and (r.near or r.slot is not Slot.TIME)]
    if len(lent) > 1 or (lent and not own):
        return missing(lent[0])
    if any(_nowhere_said(r) for r in lent):
        return missing(lent[0])
    beside = next((r for r in rows if r.source is None and r.coverage <= LENT and _is_beside(alignment, r)), None)
    if beside is not None:
        return missing(beside)
    predicate = next((r for r in lent if r.slot is Slot.OBJECT and r.source is None), None)
    if predicate is not None and {alignment.claim.lemma, alignment.source.lemma} <= COPULAS:
        return missing(predicate)
    given = next((r for r in lent if _is_anothers(alignment, source, r)), None)
    if given is not None:
        return missing(given)
    if compares(alignment.claim) and not compared(source):
        return "the source does not compare the two"
    if _done_by_nobody_named(alignment, source, rows):
        return "the source does not say by whom"
    if alignment.source.form == "apposition" and _is_somewhere(alignment.claim):
        return silence(alignment)
    missed = any(r.slot is Slot.SUBJECT and r.coverage <= WRONG_SLOT for r in rows)
    if alignment.claim.lemma in LIGHT and (missed or not holds_subject(alignment.rows)):
        return silence(alignment)
    if alignment.source.form == "apposition" and any(r.slot is Slot.SUBJECT and r.coverage <= WRONG_SLOT for r in rows):
        return silence(alignment)  # what is said in passing of somebody else
    return None


def _lent(rows: Sequence[Row]) -> list[Row]:
    """What was taken from around the sentence."""
    return [r for r in rows if (r.specific or r.core) and r.coverage <= LENT and not r.dated]


def _is_anothers(alignment: Alignment, source: Source, row: Row) -> bool:
    """
    Whether a name of the claim is only on the page, and the sentence has another name in its very place.

    A letter "to Falk" is none to Weiss, whom the article names too.
    """
    mine = next((a for a in alignment.claim.arguments if a.span == row.claim and a.link and a.entities), None)
    if mine is None or row.source is not None:
        return False
    own = [a for a in alignment.source.arguments if alignment.source.lemma == alignment.claim.lemma]
    alike = [a for s in source.statements for a in s.in_slot(mine.slot)]
    theirs = [a for a in (*own, *alike) if a.link == mine.link and a.entities and not a.clause]
    named = [e for a in theirs if (e := source.side.entity(a.entities[0])) is not None]
    return any(compare_names(mine.span.text, e.name) is NameRelation.DIFFERENT for e in named)


def _done_by_nobody_named(alignment: Alignment, source: Source, rows: Sequence[Row]) -> bool:
    """Whether the claim names the doer, and the source, which names none, has that name do nothing at all."""
    found = [r.source for r in rows if r.slot is Slot.SUBJECT and r.core and r.specific and not r.near]
    if alignment.source.form == "nominal" or alignment.source.in_slot(Slot.SUBJECT):
        return False
    doers = [a.span for s in source.statements for a in s.in_slot(Slot.SUBJECT) if not a.clause]
    return any(span is not None and not any(span.overlaps(doer) for doer in doers) for span in found)


def _is_somewhere(claim: Statement) -> bool:
    """Whether the claim says where or how somebody is, not who: "was aboard the plane"."""
    rest = [a for a in claim.arguments if a.slot is not Slot.SUBJECT]
    return claim.lemma in COPULAS and bool(rest) and all(a.link for a in rest)


def _of_two(alignment: Alignment) -> bool:
    """Whether the role that the claim gives somebody is another participant's: "the foreign minister met him"."""
    claim, source = alignment.claim, alignment.source
    role = next((a for a in claim.in_slot(Slot.OBJECT) if not a.link and lexicon.is_role(a.head)), None)
    if role is None or claim.lemma not in COPULAS:
        return False
    named = [r.source for r in alignment.rows if r.slot is Slot.SUBJECT and r.source is not None]
    own = [a for a in source.arguments if any(a.span.overlaps(span) for span in named)]
    others = [a for a in source.arguments if not a.clause and all(a.slot is not o.slot for o in own)]
    said = max((len(set(role.words) & set(a.words)) for a in own), default=0)
    return any(role.head in a.words and len(set(role.words) & set(a.words)) > said for a in others)


def _least(alignment: Alignment, row: Row) -> float:
    """The share of a part of the claim without which the claim is not supported."""
    clauses = [a for a in alignment.claim.arguments if a.clause and a.span == row.claim]
    complement = any(not a.link or a.span.text.lower().startswith("to ") for a in clauses)
    had = alignment.claim.lemma in LIGHT - COPULAS and row.core and row.slot is Slot.OBJECT
    return PINNED if row.specific or complement or had else SAID_AT_ALL


def _is_reason(alignment: Alignment, row: Row) -> bool:
    """Whether a clause of the claim says why: "because the river rose"."""
    return row.clause and any(
        a.link in lexicon.cues("reason") and a.span == row.claim for a in alignment.claim.arguments
    )


def _denied_of_some(alignment: Alignment) -> bool:
    """Whether the claim denies it of all ("did not thank anybody"), and the source of somebody it tells."""
    claim, source = alignment.claim, alignment.source
    if Polarity.POSITIVE in {claim.polarity, source.polarity} or not _says_anybody(claim):
        return False
    of_none = source.cue is not None and source.cue.text.lower() in lexicon.cues("negative_quantifier")
    return not of_none and not _says_anybody(source)


def _says_anybody(statement: Statement) -> bool:
    return not lexicon.cues("anybody").isdisjoint(bare(tuple(statement.span.text.lower().split())))


def _nowhere_said(row: Row) -> bool:
    """Whether a named object of the claim is only on the page, with nothing of it in the sentence."""
    absent = row.specific and row.source is None and row.coverage <= IN_CONTEXT
    return absent and row.core and row.slot is Slot.OBJECT


def _is_beside(alignment: Alignment, row: Row) -> bool:
    """Whether a part of the claim tells with whom or what it was done: "found with its frame"."""
    return any(a.span == row.claim and a.link in _BESIDE and not a.clause for a in alignment.claim.arguments)


def _all_true(source: Source) -> bool:
    """Whether the sentence denies nothing and leaves nothing open."""
    return all(
        s.polarity is Polarity.POSITIVE and s.modality in {Modality.ACTUAL, Modality.CONDITIONAL}
        for s in source.statements
    )


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _is_bare_event(alignment: Alignment) -> bool:
    """Whether the source only has the noun of an event, and the claim tells who did it to what: "the election"."""
    source, claim = alignment.source, alignment.claim
    bare = source.form == "nominal" and all(a.link == "in" for a in source.arguments)
    return bare and claim.form == "active" and all(claim.in_slot(slot) for slot in (Slot.SUBJECT, Slot.OBJECT))
