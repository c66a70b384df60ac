"""
Family ties beside family ties: "A is the father of B" and "Y is the son of X", whichever way round each is put.

One father, one mother: another name for the same tie to the same person differs; so does a tie that the same two
people cannot have at once (father, grandfather).
"""

from __future__ import annotations

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, name_words
from claimcheck.model import Entity, Slot, SlotRelation, Statement

from .relations import Bond, Tie
from .rows import WEIGHT_ENTITY, WEIGHT_RELATION, Alignment, Row, grade, plain_truth_row
from .sides import Side, Source, compare_entities


@frozen(kw_only=True)
class _Put:
    """One way to put the source's tie: *relative* is the *word* of *person*."""

    word: str
    relative: Entity | None
    person: Entity | None


def align_kin(claim: Statement, mine: Side, source: Statement, theirs: Source) -> Alignment:
    """
    Align two family ties.

    Args:
        claim: The claim's tie.
        mine: The claim's names.
        source: The source's tie.
        theirs: The sentence it stands in.
    """
    relative, person = (theirs.side.head(a) for a in source.arguments)
    ways = [_Put(word=source.lemma, relative=relative, person=person)]
    tied = lexicon.kin(source.lemma)
    if tied is not None:
        ways += [_Put(word=word, relative=person, person=relative) for _, word in tied.inverse]
    best = max((_rows(claim, mine, source, way, theirs.side) for way in ways), key=_rank)
    return Alignment(claim=claim, source=source, tie=Tie(bond=Bond.SAME), rows=(*best, _truth_row(claim, source)))


def _truth_row(claim: Statement, source: Statement) -> Row:
    row = plain_truth_row(claim, source)
    if claim.polarity is source.polarity:
        return row
    return evolve(row, relation=SlotRelation.DIFFERS, note="the source affirms it", rule="polarity")


def _rank(rows: tuple[Row, ...]) -> tuple[float, int]:
    return sum(r.coverage for r in rows), sum(r.relation is SlotRelation.DIFFERS for r in rows)


def _rows(claim: Statement, mine: Side, source: Statement, put: _Put, theirs: Side) -> tuple[Row, ...]:
    """The rows of the tie, the relative and the person for one way to put the source's tie."""
    asked = [mine.head(a) for a in claim.arguments]
    same = [_same(asked[0], put.relative, theirs), _same(asked[1], put.person, theirs)]
    fits = put.word == claim.lemma or claim.lemma in lexicon.broader_kin(put.word)
    tie = Row(
        slot=Slot.RELATION,
        relation=SlotRelation.AGREES if fits else SlotRelation.UNKNOWN,
        coverage=float(fits),
        weight=WEIGHT_RELATION,
        claim=claim.relation,
        source=source.relation,
        specific=True,
    )
    relative, person = (
        Row(
            slot=slot,
            relation=grade(value),
            coverage=value,
            weight=WEIGHT_ENTITY,
            claim=argument.span,
            source=source.span,
            specific=True,
        )
        for slot, value, argument in zip((Slot.SUBJECT, Slot.OBJECT), same, claim.arguments, strict=False)
    )
    differs = evolve(relative, relation=SlotRelation.DIFFERS, coverage=0.0, rule="role")
    kin = lexicon.kin(claim.lemma)
    other = _other_rank(claim, source) if put.word == source.lemma else ""
    if same == [1.0, 1.0] and fits and other:
        relative = evolve(differs, note=other)
    elif same == [1.0, 1.0] and not fits and lexicon.kin_exclude(claim.lemma, put.word):
        name = put.relative.name if put.relative is not None else ""
        relative = evolve(differs, note=f"the source calls {name} the {put.word}, not the {claim.lemma}")
        tie = evolve(tie, relation=SlotRelation.OVERLAPS, coverage=1.0)
    elif same == [0.0, 1.0] and fits and kin is not None and kin.exclusive and asked[0] and put.relative:
        relative = evolve(differs, note=f"{asked[0].name} is not {put.relative.name}")
    return tie, relative, person


def _other_rank(claim: Statement, source: Statement) -> str:
    """That the word before the tie is the opposite of the claim's ("older brother"), or ""."""
    mine, theirs = _before(claim), _before(source)
    return f"“{mine}” is the opposite of “{theirs}”" if lexicon.are_antonyms(mine, theirs) else ""


def _before(tie: Statement) -> str:
    """The word before a family tie."""
    words = tie.span.text[: tie.relation.start - tie.span.start].lower().split()
    return words[-1] if words else ""


def _same(claim: Entity | None, source: Entity | None, theirs: Side) -> float:
    """1 when the two can be one, 0 when they cannot, when one is not known, or when another's name fits better."""
    if claim is None or source is None or compare_entities(claim, source) is NameRelation.DIFFERENT:
        return 0.0
    return 0.0 if any(_has_given_names(claim, source, e) for e in theirs.entities.values()) else 1.0


def _has_given_names(claim: Entity, source: Entity, other: Entity) -> bool:
    """Whether *other* has both given names of the claim's one, and *source* only the first: Otto Emil, Otto Falk."""
    given = name_words(other.name)
    return (
        len(given) > 1
        and given == name_words(claim.name)[: len(given)]
        and not set(given) <= set(name_words(source.name))
    )
