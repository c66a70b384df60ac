"""
Stance: what one aligned source sentence does to one statement of the claim.

The rules are those of the design's table.  Silence never contradicts; a contradiction needs one differing slot and
enough agreeing ones around it, so that both sides speak of the same event or state.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country
from claimcheck.language.terms import name_terms
from claimcheck.model import Modality, Polarity, Slot, SlotRelation, Stance, Statement

from .align import align, align_all
from .contradiction import denied, other_value
from .finding import NEUTRAL_SCORE, Finding, neutral, silence
from .misquoted import misquoted, not_quoted
from .relations import Bond
from .rows import Alignment
from .sides import Side, Source, can_differ, compare_entities
from .sightings import among, sighting_of
from .support import supported
from .taken import PINNED
from .tolls import TOLL, same_dead, settled, toll_of
from .unread import unread_negation, unread_word
from .whole import quoted_by, ranked

#: Share of a claim that must be there beside its quotation.
HALF = 0.5
#: How much of its share a finding scores by whose the words or the distinction are.
HOLDER_SCORE = 0.9
#: Why a sentence with other words between quotation marks does not support a quotation.
NOT_QUOTED = "the source does not have the quoted words"
_ORDER = {Stance.SUPPORTS: 2, Stance.CONTRADICTS: 1, Stance.NEUTRAL: 0}


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
        lost = _lost(best, text, mine, parts, source)
        return _by_holder(neutral(best.alignment, source, lost) if lost else best, ways, text, mine)
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


def _lost(best: Finding, text: str, mine: Side, parts: Sequence[Statement], source: Source) -> str:
    """What of the claim stands in no slot of it, so that the sentence does not do what its slots say; or ""."""
    denial = unread_negation(parts, text) if best.stance is not Stance.NEUTRAL else ""
    if denial or best.stance is not Stance.SUPPORTS:
        return f"the “{denial}” of the claim was not read" if denial else ""
    word = "" if best.alignment.claim.form == TOLL else unread_word(best.alignment.claim, parts, text, mine, source)
    return _lost_name(mine, parts, source) or (f"the source does not say “{word}”" if word else "")


def _lost_name(mine: Side, parts: Sequence[Statement], source: Source) -> str:
    """That the sentence lacks a name of the claim that grammar has made no part of any of its statements."""
    placed = [a.span for s in parts for a in s.arguments] + [s.relation for s in parts]
    placed += [s.attribution.speaker for s in parts if s.attribution is not None]
    for mention in mine.mentions:
        entity = mine.entity(mention.entity)
        if entity is None or any(span.overlaps(mention.span) for span in placed):
            continue
        if not sighting_of(entity, source).mentions and not among(entity, source.bare_words):
            return f"the source does not speak of “{mention.span.text}”"
    return ""


def _judge(claim: Statement, mine: Side, source: Source, parts: Sequence[Statement]) -> Finding | None:
    if claim.form == TOLL:
        return _judge_toll(claim, mine, source)
    findings = [decide(alignment, source) for alignment in align_all(claim, mine, source, parts)]
    if not findings:
        return None
    best = max(findings, key=_rank)
    denials = [f for f in findings if _denies_rather(f, best)] if best.stance is Stance.SUPPORTS else []
    return max(denials, key=_rank, default=best)


def _denies_rather(finding: Finding, best: Finding) -> bool:
    """Whether a statement of the same sentence denies what another seems to support, and has more of the claim."""
    truth = finding.alignment.truth
    denies = truth.slot is Slot.POLARITY and truth.relation is SlotRelation.DIFFERS
    if finding.stance is Stance.CONTRADICTS and finding.score > best.score:
        opposed = finding.alignment.tie.bond is Bond.OPPOSITE and best.alignment.tie.bond is Bond.SAME
        return denies and not opposed  # the claim's own verb tells more than one that is its opposite
    source, claim = finding.alignment.source, finding.alignment.claim
    left_out = source.apart and source.polarity is Polarity.NEGATIVE and claim.polarity is Polarity.POSITIVE
    return denies and left_out and finding.alignment.coverage > best.alignment.coverage


def _judge_toll(claim: Statement, mine: Side, source: Source) -> Finding | None:
    """The stance of one sentence towards a number of dead, when it gives one."""
    found = [t for s in source.statements if (t := toll_of(s, source.statements)) is not None]
    aligned = [settled(align(claim, mine, toll, source), mine, source) for toll in found]
    return max((decide(a, source) for a in aligned if same_dead(a, mine, source)), key=_rank, default=None)


def _rank(finding: Finding) -> tuple[int, bool, float]:
    return _ORDER[finding.stance], finding.held is not None, finding.score


def decide(alignment: Alignment, source: Source) -> Finding:
    """Apply the rules to one alignment."""
    truth = alignment.truth
    differing = [r for r in alignment.differing if r is not truth and r.slot is not Slot.RELATION]
    if truth.relation is SlotRelation.UNKNOWN:
        return neutral(alignment, source, truth.note)
    if truth.relation is not SlotRelation.DIFFERS and not differing:
        return supported(alignment, source)
    undecided = neutral(alignment, source, silence(alignment))
    if truth.relation is SlotRelation.DIFFERS:
        return denied(alignment, truth, differing, undecided)
    if len({r.note or r.claim for r in differing}) == 1:  # one difference can show in two rows
        return other_value(alignment, differing[0], undecided)
    return undecided
