"""
Stance: what one aligned source sentence does to one statement of the claim.

The rules are those of the design's table.  Silence never contradicts; a contradiction needs one differing slot and
enough agreeing ones around it, so that both sides speak of the same event or state.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.model import Slot, SlotRelation, Stance, Statement
from .align import STRONG_TIE, Alignment, Row, align
from .relations import LIGHT, Bond, classes
from .sides import Side, Source

#: Share of the claim that must be found before a source supports it.
SUPPORT = 0.78
#: The same when the predicates themselves are not known to be alike.
SUPPORT_UNTIED = 0.86
#: Share of the rest of the claim that must agree before one differing slot contradicts.
ANCHOR = 0.72
#: A specific slot (a name, a value) counts as found from here on.
PINNED = 0.55
#: Reporting words that distance the source from what is reported.
DISTANT = "distancing"


@frozen(kw_only=True)
class Finding:
    """
    One source sentence's stance to one statement of the claim.

    ``firm`` tells a contradiction about the very same thing (a value, a denial) from one that rests on the
    sources knowing no other occasion (another date, another person).
    """

    stance: Stance
    score: float
    rule: str
    reason: str
    alignment: Alignment
    source: Source
    firm: bool = True


def judge_sentence(
    ways: Sequence[Statement], mine: Side, source: Source, parts: Sequence[Statement]
) -> Finding | None:
    """
    The stance of one sentence towards one statement of a claim: that of its best statement.

    Args:
        ways: The readings of the claim's statement; the best one counts.
        mine: The claim's names.
        source: The sentence.
        parts: All statements of the claim.
    Returns:
        ``None`` when the sentence states nothing.
    """
    found = [f for claim in ways if (f := _judge(claim, mine, source, parts)) is not None]
    return max(found, key=_rank) if found else None


def _judge(claim: Statement, mine: Side, source: Source, parts: Sequence[Statement]) -> Finding | None:
    statements = [s for s in source.statements if claim.form != "kinship" or s.form == "kinship"]
    findings = [decide(align(claim, mine, statement, source, parts), source) for statement in statements]
    if not findings:
        return None
    tied = [f for f in findings if f.alignment.tie.strength >= STRONG_TIE and claim.lemma not in LIGHT]
    return max(tied or findings, key=_rank)


def _rank(finding: Finding) -> tuple[int, float]:
    order = {Stance.SUPPORTS: 2, Stance.CONTRADICTS: 1, Stance.NEUTRAL: 0}
    return order[finding.stance], finding.score


def decide(alignment: Alignment, source: Source) -> Finding:
    """Apply the rules to one alignment."""
    neutral = Finding(
        stance=Stance.NEUTRAL,
        score=0.5 * alignment.coverage,
        rule="",
        reason=_silence(alignment),
        alignment=alignment,
        source=source,
    )
    truth = next(r for r in alignment.rows if r.slot in {Slot.POLARITY, Slot.MODALITY} and r.weight == 0.0)
    differing = [r for r in alignment.differing if r is not truth and r.slot is not Slot.RELATION]
    if truth.relation is SlotRelation.UNKNOWN:
        return evolve(neutral, reason=truth.note)
    if truth.relation is SlotRelation.DIFFERS:
        return _denied(alignment, truth, differing, neutral)
    if not differing:
        return _supported(alignment, neutral)
    if len(differing) == 1:
        return _other_value(alignment, differing[0], neutral)
    return neutral


# --------------------------------------------------------------------------- support


def _supported(alignment: Alignment, neutral: Finding) -> Finding:
    rows = _counted(alignment)
    loose_ends = [r for r in rows if r.specific and r.coverage < PINNED]
    if loose_ends:
        return evolve(neutral, reason=_missing(loose_ends[0]))
    tied = alignment.tie.strength >= STRONG_TIE
    coverage = _coverage(rows)
    specific = [r for r in rows if r.specific and r.near]
    if coverage < (SUPPORT if tied else SUPPORT_UNTIED):
        return neutral
    if not tied and (len(specific) < 2 or not _bland(alignment)):  # noqa: PLR2004 - two pins fix an event
        return neutral
    if alignment.claim.lemma in LIGHT and not _holds_subject(alignment):
        return neutral
    if _distant(alignment):
        speaker = alignment.source.attribution
        return evolve(neutral, reason=f"the source only reports it as said{' by ' + speaker.speaker.text if speaker else ''}")
    score = coverage * (1.0 if tied else 0.9)
    agreeing = list(dict.fromkeys(r.slot.value for r in rows if r.coverage >= PINNED))
    return evolve(
        neutral, stance=Stance.SUPPORTS, score=score, rule="agreement", reason=f"{_listed(agreeing)} agree"
    )


def _holds_subject(alignment: Alignment) -> bool:
    """Whether the claim's named subject is a participant of the source's own statement."""
    subjects = [r for r in alignment.rows if r.slot is Slot.SUBJECT and r.specific]
    return all(r.near for r in subjects)


def _bland(alignment: Alignment) -> bool:
    """Whether the claim's predicate may go unmatched: it says little, or its words are there all the same."""
    relation = next(r for r in alignment.rows if r.slot is Slot.RELATION)
    return alignment.claim.lemma in LIGHT or relation.coverage > 0 or alignment.tie.bond is Bond.GENERAL


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
    if differing or alignment.tie.strength < STRONG_TIE:
        return neutral
    if alignment.claim.lemma in {"be", "have", "do"} and alignment.tie.bond is Bond.SAME and not any(r.near and r.specific for r in rows):
        return neutral
    if any(r.specific and r.coverage < PINNED for r in rows) or not any(r.specific for r in rows):
        return neutral
    coverage = _coverage(rows)
    if coverage < ANCHOR or _distant(alignment):
        return neutral
    return evolve(
        neutral,
        stance=Stance.CONTRADICTS,
        score=coverage * alignment.tie.strength,
        rule=truth.rule,
        reason=truth.note,
        firm=True,
    )


def _other_value(alignment: Alignment, row: Row, neutral: Finding) -> Finding:
    """One slot holds another value."""
    rows = [r for r in _counted(alignment) if r is not row]
    tied = alignment.tie.strength >= STRONG_TIE
    if not tied and not (row.rule in {"quantity", "attribution"} and _bland(alignment)):
        return neutral
    if any(r.specific and r.coverage < PINNED for r in rows):
        return neutral
    coverage = _coverage(rows)
    pins = [r for r in rows if r.specific and r.near and r.coverage >= PINNED]
    if coverage < ANCHOR or not _anchored(alignment, row, pins, coverage):
        return neutral
    if _distant(alignment):
        return neutral
    return evolve(
        neutral,
        stance=Stance.CONTRADICTS,
        score=coverage * (1.0 if tied else 0.85),
        rule=row.rule,
        reason=row.note,
        firm=_firm(alignment, row),
    )


def _anchored(alignment: Alignment, row: Row, pins: Sequence[Row], coverage: float) -> bool:
    """Whether what agrees pins the same event or state, so that the differing slot has to be the same too."""
    if row.rule == "participant":
        exclusive = bool(set(alignment.claim.exclusive) & set(alignment.source.exclusive))
        taken = _place_taken(alignment, row)
        wordy = coverage >= 0.9 and sum(r.weight for r in _counted(alignment)) >= 6.0  # noqa: PLR2004
        return bool(pins) and (exclusive or taken or len(pins) >= 2 or wordy)  # noqa: PLR2004
    if row.rule == "place":
        return bool(pins)
    return bool(pins) or coverage >= 0.9  # noqa: PLR2004


def _place_taken(alignment: Alignment, row: Row) -> bool:
    """Whether the relation leaves one participant only in that slot ("founded by", "won")."""
    for name in classes(alignment.claim) & classes(alignment.source):
        record = lexicon.relation_class(name)
        if row.slot in record.single:
            return True
    return False


def _firm(alignment: Alignment, row: Row) -> bool:
    """Whether the slot can hold one value only, whatever other occasions there were."""
    if row.rule in {"quantity", "role", "relation", "polarity", "attribution"}:
        return True
    names = classes(alignment.claim) & classes(alignment.source)
    return any(lexicon.relation_class(n).one_time or row.slot in lexicon.relation_class(n).single for n in names)


# ------------------------------------------------------------------------------ words


def _counted(alignment: Alignment) -> list[Row]:
    return [r for r in alignment.rows if r.weight > 0]


def _coverage(rows: Sequence[Row]) -> float:
    total = sum(r.weight for r in rows)
    return sum(r.weight * r.coverage for r in rows) / total if total else 0.0


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _missing(row: Row) -> str:
    words = f"“{row.claim.text}”" if row.claim is not None else f"the {row.slot.value}"
    return f"the source does not speak of {words}" if not row.note else row.note


def _silence(alignment: Alignment) -> str:
    missing = [r for r in alignment.rows if r.weight and r.coverage < PINNED and r.claim is not None]
    if not missing:
        return "close, but not enough of the claim is said"
    return _missing(max(missing, key=lambda r: r.weight))
