"""
Stance: what one aligned source sentence does to one statement of the claim.

The rules are those of the design's table.  Silence never contradicts; a contradiction needs one differing slot and
enough agreeing ones around it, so that both sides speak of the same event or state.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country
from claimcheck.language.terms import name_terms
from claimcheck.model import (
    Modality,
    Polarity,
    Probabilities,
    QuantityKind,
    Slot,
    SlotRelation,
    Span,
    Stance,
    Statement,
)

from .align import align, align_all
from .case import SAID_AT_ALL, described_alike, same_case
from .comparisons import compared, compares
from .misquoted import misquoted, not_quoted
from .relations import COPULAS, LIGHT, Bond
from .rows import IN_CONTEXT, IN_TOPIC, STRONG_TIE, WRONG_SLOT, Alignment, Row, share
from .sides import Side, Source, can_differ, compare_entities
from .strays import unread_comparison
from .taken import PINNED, TOPICAL, WORDY, place_of_event, place_taken, shared_classes
from .tolls import TOLL, same_dead, settled, toll_of
from .whole import quoted_by, ranked

#: Share of the claim that must be found before a source supports it.
SUPPORT = 0.74
#: The same when the predicates themselves are not known to be alike.
SUPPORT_UNTIED = 0.93
#: Share of the rest of the claim that must agree before one differing slot contradicts.
ANCHOR = 0.72
#: The same when the source denies the claim outright.
DENIED = 0.67
#: The same when the two predicates exclude each other: many verbs have a second sense that does not.
OPPOSED = 0.75
#: What is found no better than this was taken from around the sentence; a support rests on one such row at most, and
#: never on such a row alone.
LENT = 0.72
#: Share of a reported clause that must be there before "X said that ..." is supported.
SAID = 0.85
#: The same for the share of the rest when the event may have happened more than once.
ANCHOR_RECURRING = 0.78
#: Share of a claim that must be there beside its quotation.
HALF = 0.5
#: How much of its share a finding scores: neutral, without a known tie, differing without a known tie, by its holder.
NEUTRAL_SCORE = 0.5
UNTIED_SCORE = 0.9
UNTIED_DIFFERING_SCORE = 0.85
HOLDER_SCORE = 0.9
#: Verbs too plain to carry a denial by themselves.
_PLAINEST = frozenset({"be", "have", "do"})
#: The rules whose slot holds one value only, whatever other occasions there were.
_FIRM_RULES = frozenset({"quantity", "role", "relation", "polarity", "attribution"})
_ORDER = {Stance.SUPPORTS: 2, Stance.CONTRADICTS: 1, Stance.NEUTRAL: 0}
#: Why a sentence with other words between quotation marks does not support a quotation.
NOT_QUOTED = "the source does not have the quoted words"
#: Reporting words that distance the source from what is reported.
DISTANT = "distancing"


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


def judge_sentence(
    ways: Sequence[Statement], text: str, mine: Side, source: Source, parts: Sequence[Statement]
) -> Finding | None:
    """
    The stance of one sentence towards one statement of a claim: that of its best statement.

    Args:
        ways: The readings of the claim's statement; the best one counts.
        text: The claim as it was written.
        mine: The claim's names.
        source: The sentence.
        parts: All statements of the claim.
    Returns:
        ``None`` when the sentence states nothing.
    """
    tolls = [toll for way in ways if (toll := toll_of(way, parts)) is not None]
    found = [f for claim in (*ways, *tolls) if (f := _judge(claim, mine, source, parts)) is not None]
    if not found:
        return None
    best = max(found, key=_rank)
    stranger = _stranger(mine, source)
    if not stranger:
        return _by_holder(best, ways, text, mine)
    best = evolve(best, held=None, stranger=True)
    if best.stance is not Stance.SUPPORTS:
        return _by_holder(best, ways, text, mine)
    return evolve(best, stance=Stance.NEUTRAL, score=NEUTRAL_SCORE * best.score, rule="", reason=stranger)


def _by_holder(best: Finding, ways: Sequence[Statement], text: str, mine: Side) -> Finding:
    """What a quotation or a superlative settles, whatever grammar made of the sentence."""
    if any(c.polarity is Polarity.NEGATIVE or c.modality is not Modality.ACTUAL for c in ways[-1:]):
        return best
    other_words = misquoted(text, mine, best.source)
    if other_words is not None:
        reason = f"the words are “{other_words[1]}”, not “{other_words[0]}”"
        return evolve(best, stance=Stance.CONTRADICTS, score=HOLDER_SCORE, firm=True, rule="attribution", reason=reason)
    if best.stance is Stance.SUPPORTS and not_quoted(text, best.source):
        return evolve(best, stance=Stance.NEUTRAL, score=NEUTRAL_SCORE * best.score, rule="", reason=NOT_QUOTED)
    quoted = quoted_by(ways[0], text, mine, best.source)
    holder = quoted or ranked(ways[-1], mine, best.source)
    if holder is None or ((best.stance is Stance.SUPPORTS) == holder.same and best.stance is not Stance.NEUTRAL):
        return best
    values = [r for r in best.alignment.rows if r.slot in {Slot.TIME, Slot.QUANTITY} and r.weight]
    if any(r.coverage < PINNED for r in values):
        return best
    what = "the words are" if quoted is not None else "the distinction is"
    decided = evolve(best, score=HOLDER_SCORE * holder.share, firm=True)
    if holder.same and best.stance is not Stance.CONTRADICTS and (quoted is None or best.alignment.coverage >= HALF):
        reason = f"{what} {holder.found.name}’s in the source too"
        return evolve(decided, stance=Stance.SUPPORTS, rule="agreement", reason=reason)
    if not holder.same and can_differ(holder.claimed, holder.found):
        reason = f"{what} {holder.found.name}’s, not {holder.claimed.name}’s"
        rule = "attribution" if quoted is not None else "participant"
        return evolve(decided, stance=Stance.CONTRADICTS, rule=rule, reason=reason)
    return best


def _stranger(mine: Side, source: Source) -> str:
    """That the article never names somebody whom the claim names, wherever the grammar has put the name."""
    for entity in mine.entities.values():
        if country(entity.name):
            continue  # often only implied, and looked for where it matters
        named = source.page.issuperset(name_terms(entity.name)) or any(
            compare_entities(entity, other) is not NameRelation.DIFFERENT or lexicon.lies_in(other.name, entity.name)
            for other in source.side.entities.values()
        )
        if not named:
            return f"the article does not name {entity.name}"
    return ""


def _judge(claim: Statement, mine: Side, source: Source, parts: Sequence[Statement]) -> Finding | None:
    if claim.form == TOLL:
        return _judge_toll(claim, mine, source)
    findings = [decide(alignment, source) for alignment in align_all(claim, mine, source, parts)]
    if not findings:
        return None
    best = max(findings, key=_rank)
    denials = [f for f in findings if f.stance is Stance.CONTRADICTS and f.rule == "polarity" and f.score > best.score]
    return max(denials, key=_rank) if denials and best.stance is Stance.SUPPORTS else best


def _judge_toll(claim: Statement, mine: Side, source: Source) -> Finding | None:
    """The stance of one sentence towards a number of dead, when it gives one."""
    found = [t for s in source.statements if (t := toll_of(s, source.statements)) is not None]
    aligned = [settled(align(claim, mine, toll, source), mine, source) for toll in found]
    return max((decide(a, source) for a in aligned if same_dead(a, mine, source)), key=_rank, default=None)


def _rank(finding: Finding) -> tuple[int, bool, float]:
    return _ORDER[finding.stance], finding.held is not None, finding.score


def decide(alignment: Alignment, source: Source) -> Finding:
    """Apply the rules to one alignment."""
    truth = next(r for r in alignment.rows if r.slot in {Slot.POLARITY, Slot.MODALITY} and r.weight == 0.0)
    differing = [r for r in alignment.differing if r is not truth and r.slot is not Slot.RELATION]
    if truth.relation is SlotRelation.UNKNOWN:
        return _neutral(alignment, source, truth.note)
    if truth.relation is not SlotRelation.DIFFERS and not differing:
        return _supported(alignment, source)
    neutral = _neutral(alignment, source, _silence(alignment))
    if truth.relation is SlotRelation.DIFFERS:
        return _denied(alignment, truth, differing, neutral)
    if len({r.note or r.claim for r in differing}) == 1:  # one difference can show in two rows
        return _other_value(alignment, differing[0], neutral)
    return neutral


def _neutral(alignment: Alignment, source: Source, reason: str) -> Finding:
    """That an alignment decides nothing, for a *reason*."""
    return Finding(
        stance=Stance.NEUTRAL,
        score=NEUTRAL_SCORE * alignment.coverage,
        rule="",
        reason=reason,
        alignment=alignment,
        source=source,
    )


# --------------------------------------------------------------------------- support


def _supported(alignment: Alignment, source: Source) -> Finding:
    """Nothing differs: whether enough of the claim is there."""
    rows = _counted(alignment)
    short = _short_of_support(alignment, source, rows)
    if short is not None:
        return _neutral(alignment, source, short)
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
    if said is None or not _distant(alignment):
        return supported
    reported = _neutral(alignment, source, f"the source only reports it as said by {said.speaker.text}")
    return evolve(reported, held=supported)


def _short_of_support(alignment: Alignment, source: Source, rows: Sequence[Row]) -> str | None:
    """Why the source does not support a claim from which nothing of it differs; ``None`` when it does."""
    if all(r.slot is Slot.RELATION for r in rows):
        return _silence(alignment)  # a bare predicate says nothing that could be supported
    loose_ends = [r for r in rows if r.coverage < _least(alignment, r) and r.slot is not Slot.RELATION]
    if loose_ends:
        return _missing(loose_ends[0])
    if alignment.tie.bond is Bond.ENTAILS and not all(r.near for r in rows if r.core):
        return "another thing is said, of which this would follow only for the same people"
    afar = next((r for r in rows if r.specific and not r.near and not r.dated and r.coverage <= IN_CONTEXT), None)
    if afar is not None:
        return _missing(afar)
    unread = unread_comparison(alignment.claim)
    against = [r.stray for r in rows if r.stray] + [f"“{unread}” was not compared"] * bool(unread)
    if against:
        return against[0]
    tied = alignment.tie.strength >= STRONG_TIE
    if tied and share(rows) < SUPPORT:
        return _silence(alignment)
    if not tied and not (_all_but_relation(alignment, rows) and _all_true(source)):
        return _silence(alignment)
    if not tied and _of_two(alignment):
        return _silence(alignment)
    if not tied and alignment.source.lemma in lexicon.cues("unrealised"):
        return _silence(alignment)  # whoever declines a prize does not receive it
    if lexicon.is_reporting(alignment.claim.lemma) and any(r.clause and r.coverage < SAID for r in rows):
        return _silence(alignment)
    lent = _lent(rows)
    own = [r for r in rows if r not in lent and r.slot is not Slot.RELATION and (r.near or r.slot is not Slot.TIME)]
    if len(lent) > 1 or (lent and not own):
        return _missing(lent[0])
    if any(_nowhere_said(r) for r in lent):
        return _missing(lent[0])
    if compares(alignment.claim) and not compared(source):
        return "the source does not compare the two"
    missed = any(r.slot is Slot.SUBJECT and r.coverage <= WRONG_SLOT for r in rows)
    if alignment.claim.lemma in LIGHT and (missed or not _holds_subject(alignment.rows)):
        return _silence(alignment)
    if alignment.source.form == "apposition" and any(r.slot is Slot.SUBJECT and r.coverage <= WRONG_SLOT for r in rows):
        return _silence(alignment)  # what is said in passing of somebody else
    return None


def _lent(rows: Sequence[Row]) -> list[Row]:
    """What was taken from around the sentence."""
    return [r for r in rows if (r.specific or r.core) and r.coverage <= LENT and not r.dated]


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
    complement = any(a.clause and not a.link and a.span == row.claim for a in alignment.claim.arguments)
    return PINNED if row.specific or complement else SAID_AT_ALL


def _nowhere_said(row: Row) -> bool:
    """Whether a named object of the claim is only on the page, with nothing of it in the sentence."""
    absent = row.specific and row.source is None and row.coverage <= IN_CONTEXT
    return absent and row.core and row.slot is Slot.OBJECT


def _all_true(source: Source) -> bool:
    """Whether the sentence denies nothing and leaves nothing open."""
    return all(
        s.polarity is Polarity.POSITIVE and s.modality in {Modality.ACTUAL, Modality.CONDITIONAL}
        for s in source.statements
    )


def _holds_subject(rows: Sequence[Row]) -> bool:
    """Whether the claim's named subject is a participant of the source's own statement."""
    return all(r.near for r in rows if r.specific and r.slot is Slot.SUBJECT)


def _all_but_relation(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """Whether all but an unfamiliar predicate is there, and enough of it in the same statement to pin the event."""
    rest = [r for r in rows if r.slot is not Slot.RELATION]
    pins = [r for r in rest if r.specific and r.near]
    relation = next(r for r in alignment.rows if r.slot is Slot.RELATION)
    said = relation.coverage > 0 or alignment.claim.lemma in LIGHT
    return said and len(pins) >= 2 and share(rest) >= SUPPORT_UNTIED


def _distant(alignment: Alignment) -> bool:
    """Whether the source keeps its distance ("claims", "alleges") from what the claim asserts outright."""
    said = alignment.source.attribution
    if said is None or alignment.claim.attribution is not None:
        return False
    return said.lemma in lexicon.cues(DISTANT)


# --------------------------------------------------------------------- contradiction


def _denied(alignment: Alignment, truth: Row, differing: Sequence[Row], neutral: Finding) -> Finding:
    """Asserted on one side, denied, not realised or turned into its opposite on the other."""
    rows = [r for r in _counted(alignment) if r.slot is not Slot.RELATION]
    if differing or alignment.tie.strength < STRONG_TIE or any(r.stray for r in rows):
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
    if coverage < (OPPOSED if opposed else DENIED) or _distant(alignment) or not same_case(alignment, rows):
        return neutral
    return evolve(
        neutral,
        stance=Stance.CONTRADICTS,
        score=coverage * alignment.tie.strength,
        rule=truth.rule,
        reason=truth.note,
        firm=True,
    )


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


def _other_value(alignment: Alignment, row: Row, neutral: Finding) -> Finding:
    """One slot holds another value."""
    rows = [r for r in _counted(alignment) if r is not row and (not row.note or r.note != row.note)]
    tied = alignment.tie.strength >= STRONG_TIE
    if not tied and not (row.rule in {"quantity", "attribution"} and _all_but_relation(alignment, [*rows, row])):
        return neutral
    if any(r.coverage < TOPICAL for r in rows if r.specific and not r.dated) or not _holds_subject(rows):
        return neutral
    if any(r.stray or (r.core and not r.specific and r.coverage <= WRONG_SLOT) for r in rows):
        return neutral  # prices are not wages
    if _singled_out(alignment.claim, row) or (row.rule == "quantity" and unread_comparison(alignment.claim)):
        return neutral
    if row.rule == "role" and any(r.core and r.slot is Slot.SUBJECT and r.coverage <= IN_TOPIC for r in rows):
        return neutral  # another's rank
    if alignment.source.form == "apposition" and any(r.slot is Slot.SUBJECT and r.coverage <= WRONG_SLOT for r in rows):
        return neutral  # what is said in passing of somebody else
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
    return evolve(neutral, held=contradicted) if _distant(alignment) else contradicted


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


# ------------------------------------------------------------------------------ words


def _counted(alignment: Alignment) -> list[Row]:
    return [r for r in alignment.rows if r.weight > 0]


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _missing(row: Row) -> str:
    words = f"“{row.claim.text}”" if row.claim is not None else f"the {row.slot.value}"
    return row.note or f"the source does not speak of {words}"


def _silence(alignment: Alignment) -> str:
    missing = [r for r in alignment.rows if r.weight and r.coverage < PINNED and r.claim is not None]
    if not missing:
        return "close, but not enough of the claim is said"
    return _missing(max(missing, key=lambda r: r.weight))
