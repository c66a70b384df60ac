"""
Alignment: a statement of the claim beside a statement of a source, slot by slot.

Every slot of the claim gives one `Row` that says what stands in the source's slot and how the two relate.
A participant is looked for in the same statement first, then in the rest of the sentence, then in what
surrounds it; how far away it was found lowers how much it counts, and only the same statement can make it differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from claimcheck.model import Argument, Slot, SlotRelation, Statement

from . import words as lexical
from .clauses import clause_row
from .exchanged import exchanged
from .figures import quantity_row
from .kin import align_kin
from .occasions import time_row
from .order import placed
from .origin import land_row
from .pair import Pair
from .paired import paired
from .participants import argument_row, has_another
from .phrases import turned_round
from .ranks import exclusive_rows, ordinal_rows
from .relations import CLAUSES, LIGHT, Bond, compare_relations, in_predicate
from .rows import IN_SENTENCE, STRONG_TIE, WEIGHT_RELATION, WEIGHT_WORD, Alignment, Row
from .sides import Side, Source
from .strays import misplaced, stray
from .truth import attribution_rows, truth_row

#: How the row of the predicates reads for each bond; other bonds than these and `Bond.NONE` agree.
_BONDS = {
    Bond.OPPOSITE: SlotRelation.DIFFERS,
    Bond.ENTAILS: SlotRelation.ENTAILS,
    Bond.CLASS: SlotRelation.ENTAILS,
    Bond.INVERSE: SlotRelation.ENTAILS,
    Bond.GENERAL: SlotRelation.OVERLAPS,
}


def align(
    claim: Statement, mine: Side, source: Statement, theirs: Source, parts: Sequence[Statement] = ()
) -> Alignment:
    """
    Align one statement of a claim with one statement of a source sentence.

    Args:
        claim: The claim's statement.
        mine: The claim's names.
        source: The source's statement.
        theirs: The sentence it stands in.
        parts: All statements of the claim, for the clauses inside it.
    """
    if claim.form == source.form == "kinship":
        return align_kin(claim, mine, source, theirs)
    return align_pair(Pair.of(claim, mine, source, theirs, parts=parts))


def align_all(claim: Statement, mine: Side, theirs: Source, parts: Sequence[Statement] = ()) -> list[Alignment]:
    """
    Align one statement of a claim with those statements of a sentence that can be chosen to answer it.

    A family tie is answered by family ties alone, and a predicate that says something by those tied to it, where the
    sentence has any; the arguments are those of `align`.
    """
    if claim.form == "kinship":
        return [align(claim, mine, s, theirs, parts) for s in theirs.statements if s.form == "kinship"]
    pairs = [Pair.of(claim, mine, s, theirs, parts=parts) for s in theirs.statements]
    tied = [p for p in pairs if p.tie.strength >= STRONG_TIE and claim.lemma not in LIGHT]
    return [align_pair(pair) for pair in tied or pairs]


def align_pair(pair: Pair) -> Alignment:
    """Align two statements that are no family ties."""
    rows = [_relation_row(pair)]
    for argument in pair.claim.arguments:
        said = in_predicate(pair.claim, argument, pair.tie) and not has_another(pair, argument)
        if said or _is_speaker(pair.claim, argument):
            continue
        if argument.clause:
            row: Row | None = clause_row(pair, argument, align_pair)
        else:
            row = land_row(pair, argument) or argument_row(pair, argument)
        if row is not None:
            sure = misplaced(pair, argument, row)
            why = stray(pair, argument, row) or sure
            row = evolve(row, stray=why, misplaced=bool(sure)) if why else row
            rows.append(placed(pair, argument, _turned(pair, argument, row)))
    rows += [time_row(pair, time) for time in pair.times()]
    rows += [quantity_row(pair, quantity) for quantity in pair.quantities()]
    rows += [*exclusive_rows(pair), *ordinal_rows(pair), *attribution_rows(pair), truth_row(pair)]
    return Alignment(claim=pair.claim, source=pair.source, tie=pair.tie, rows=exchanged(pair, paired(pair, rows)))


def _is_speaker(claim: Statement, argument: Argument) -> bool:
    """Whether a participant only says whose word it is ("according to the police"); it has a row of its own."""
    said = claim.attribution
    return said is not None and bool(argument.link) and said.speaker.overlaps(argument.span)


def _turned(pair: Pair, argument: Argument, row: Row) -> Row:
    """The row of a participant, which differs when the source says the opposite by one word."""
    turned = turned_round(pair, argument) if pair.tie.strength >= STRONG_TIE else None
    if turned is None:
        return row
    other, note = turned
    differs = evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, specific=True, near=True)
    rule = "relation" if other.link == argument.link else "time"
    return evolve(differs, source=other.span, note=note, rule=rule)


def _is_done_by_others(pair: Pair) -> bool:
    """Whether the claim's verb is like only verbs that are none of it: "fired on" for "dismissed"."""
    claim = pair.claim
    verbs = [s for s in pair.theirs.statements if s.form in CLAUSES and lexical.likeness(claim.lemma, s.lemma)]
    if not verbs or any(compare_relations(claim, s).bond is not Bond.NONE for s in verbs):
        return False
    lemmas = {s.lemma for s in verbs}
    return not any(lexical.likeness(claim.lemma, a.head) for a in pair.theirs.participants if a.head not in lemmas)


def _relation_row(pair: Pair) -> Row:
    """The row of the predicates; one that is not related may still be among the words of the sentence."""
    claim, source, bond = pair.claim, pair.source, pair.tie.bond
    relation, coverage, note = _BONDS.get(bond, SlotRelation.AGREES), pair.tie.strength, ""
    if bond is Bond.OPPOSITE:
        coverage, note = 0.0, f"“{source.relation.text}” is the opposite of “{claim.relation.text}”"
    if bond is Bond.NONE:
        coverage = pair.best_anywhere(claim.lemma) * IN_SENTENCE
        if coverage and _is_done_by_others(pair):
            coverage = 0.0
        relation = SlotRelation.OVERLAPS if coverage else SlotRelation.UNKNOWN
    return Row(
        slot=Slot.RELATION,
        relation=relation,
        coverage=coverage,
        weight=WEIGHT_WORD if claim.lemma in LIGHT else WEIGHT_RELATION,
        claim=claim.relation,
        source=None if relation is SlotRelation.UNKNOWN else source.relation,
        note=note,
        rule="relation" if bond is Bond.OPPOSITE else "",
    )
