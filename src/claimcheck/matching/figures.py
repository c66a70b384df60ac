"""
The rows of the figures: the claim's beside those that the sentence gives of the same thing.

"Debts of 613 billion" says nothing of the assets beside them: a figure that is given *of* something is compared with
what is given of the same thing, where the sentence has it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import combinations

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.language.terms import stem
from claimcheck.language.wordlists import read_list
from claimcheck.model import QuantityKind, QuantityMention, Slot, SlotRelation, Span, Statement

from . import words as lexical
from .occasions import BY_PAGE, NESTED, PARTLY, SHARED_RANGE
from .pair import Pair
from .relations import COPULAS, LIGHT, Bond, compare_relations
from .rows import IN_SENTENCE, ORDER, STRONG_TIE, WEIGHT_VALUE, WRONG_SLOT, Row, open_row
from .sides import compare_entities
from .values import compare_quantities

#: Figures of one sentence that may be added up.
MOST_ADDED = 5
#: Words before a figure that say what it is of a change, and those that make it exact.
_MOVES = frozenset({"by", "to", "from"})
_EXACTLY = frozenset({"exactly", "precisely"})
#: What stands between a part and the whole that it is of.
_PART_OF = re.compile(r" of (?:the|its|his|her|their|our|all) (?:about |some |more than )?")
#: What stands between clauses of which neither is a part of the other.
_PARTING = re.compile(r";|, (?:while|whereas|but)\b")
#: Prepositions before how long something took.
_WITHIN = frozenset({"in", "within"})
#: A figure joined to what it counts: "two-year".
_HYPHENED = re.compile(r"[^\W_]+-[^\W\d_]+(?:-[^\W\d_]+)*")
#: "assets of about" before a figure.
_MEASURED = re.compile(r"([^\W\d_]+) of (?:[^\W\d_]+ ){0,3}$")


def quantity_row(pair: Pair, quantity: QuantityMention) -> Row:
    """The row for one quantity of the claim: looked for as dates are; one that differs waits for one that agrees."""
    row = open_row(Slot.QUANTITY, quantity.span, WEIGHT_VALUE)
    there = pair.theirs.sentence.quantities
    told = [q for q in there if _is_told_apart(pair, q) or _moves_otherwise(pair, quantity, q)]
    told += [q for q in there if _only_describes(pair, quantity, q) or _is_the_whole(pair, quantity, q)]
    own = [q for q in pair.source.quantities if q not in told]
    nested = [q for s in pair.nested for q in s.quantities if q not in told]
    rest = [q for q in there if q not in own and q not in nested and q not in told]
    differing, summed = row, False
    if pair.source.form == "apposition" and any(q.value.kind is QuantityKind.AGE for q in own):
        nested, rest = [], []  # another age in the sentence is somebody else's
    for pool, factor, firm in ((own, 1.0, True), (nested, NESTED, True), (rest, IN_SENTENCE, False)):
        graded = [(*compare_quantities(quantity.value, q.value), q) for q in _of_the_same(pair, quantity, pool)]
        graded = [g for g in graded if g[0] is not SlotRelation.UNKNOWN]
        if not graded:
            continue
        relation, note, best = min(graded, key=lambda g: ORDER[g[0]])
        given = differing is not row or any(_is_bare(q) for q in own)
        if given and best not in own and _counts_others(pair, best):
            continue
        if best not in own and pair.claim.lemma in COPULAS and _of_somebody_else(pair, best):
            continue
        if best in rest and _is_of_another_doer(pair, quantity, best):
            continue
        if relation is not SlotRelation.DIFFERS:
            value = factor
            if relation is SlotRelation.OVERLAPS:
                value = PARTLY if None in {best.value.low, best.value.high} else factor * SHARED_RANGE
            if best.value.approximate and _is_exact(pair, quantity):
                relation, value = SlotRelation.OVERLAPS, WRONG_SLOT
            near = firm and differing is row
            return evolve(row, relation=relation, coverage=value, source=best.span, note=note, near=near)
        summed = summed or _adds_up(pair, quantity)
        if summed or _is_another(pair, quantity, best) or _of_another(pair, quantity, best):
            continue
        stands = best in own or ((firm or len(rest) == 1) and not _of_somebody_else(pair, best))
        if differing is row and stands:
            differing = evolve(row, relation=relation, source=best.span, note=note, rule="quantity", near=firm)
    found = _described(pair, quantity, row) if differing is row else differing
    return evolve(found, summed=True) if summed else found


def _moves_otherwise(pair: Pair, quantity: QuantityMention, found: QuantityMention) -> bool:
    """Whether a figure is where something rose to, and the claim's by how much it rose, or from where."""
    links = {_before(pair.claim.span, quantity), _before(pair.theirs.sentence.span, found)}
    return len(links) > 1 and links <= _MOVES


def _only_describes(pair: Pair, quantity: QuantityMention, found: QuantityMention) -> bool:
    """Whether a figure is a part of what something is called ("the two-year project"), the claim's how long it took."""
    told = any(a.link in _WITHIN and a.span.contains(quantity.span) and not a.clause for a in pair.claim.arguments)
    return told and "-" not in quantity.span.text and bool(_HYPHENED.fullmatch(found.span.text))


def _is_the_whole(pair: Pair, quantity: QuantityMention, found: QuantityMention) -> bool:
    """Whether a figure counts those of whom the source tells something of a part: the nine in "three of the nine"."""
    sentence = pair.theirs.sentence
    before = sentence.span.text[: found.span.start - sentence.span.start]
    part = any(
        q.value.value
        and q.span.end < found.span.start
        and _PART_OF.fullmatch(before[q.span.end - sentence.span.start :])
        for q in sentence.quantities
    )
    mine = pair.claim.span.text[: max(0, quantity.span.start - pair.claim.span.start)].lower().split()
    said = pair.tie.strength >= STRONG_TIE and pair.claim.lemma not in LIGHT
    return said and part and "of" not in mine[-2:]


def _is_of_another_doer(pair: Pair, quantity: QuantityMention, found: QuantityMention) -> bool:
    """Whether the claim's figure is what was done, and the sentence's what somebody else did: "he asked for 12"."""
    mine = [a for a in pair.claim.arguments if a.span.contains(quantity.span) and a.slot is Slot.OBJECT]
    others = (
        s for s in pair.theirs.statements if found in s.quantities and any(a.words for a in s.in_slot(Slot.SUBJECT))
    )
    theirs = (a for s in others for a in s.in_slot(Slot.OBJECT))
    done = any(a.span.contains(found.span) and not (a.link or a.clause) for a in theirs)
    own = [a for a in pair.source.in_slot(Slot.OBJECT) if not a.clause]
    return bool(mine and own) and done and _of_somebody_else(pair, found)


def _is_exact(pair: Pair, quantity: QuantityMention) -> bool:
    """Whether the claim insists on its figure: "exactly 30"."""
    return not _EXACTLY.isdisjoint({_before(pair.claim.span, quantity), *quantity.span.text.lower().split()})


def _before(text: Span, quantity: QuantityMention) -> str:
    """The word before a figure in *text*, "" when another figure is before that: "52.2 to 47.8 percent"."""
    before = text.text[: max(0, quantity.span.start - text.start)].lower().split()
    return before[-1] if before and not any(c.isdigit() for c in before[-2:][0]) else ""


def _adds_up(pair: Pair, quantity: QuantityMention) -> bool:
    """Whether figures of the sentence come to the claim's together: "its crew of three and eleven people" are 14."""
    if not _is_count(quantity):
        return False
    sentence = pair.theirs.sentence
    if any(_counts_on(pair, s, quantity) for s in pair.theirs.statements):
        return True
    there = list(dict.fromkeys(q for q in sentence.quantities if _is_count(q)))[:MOST_ADDED]
    groups = (group for size in range(2, len(there) + 1) for group in combinations(there, size))
    return any(sum(q.value.value for q in group) == quantity.value.value for group in groups)


def _counts_on(pair: Pair, other: Statement, quantity: QuantityMention) -> bool:
    """Whether the same happened to another one, up to the claim's number: "two died at once, a third on Tuesday"."""
    ordinal = (q for q in other.quantities if q.value.kind is QuantityKind.ORDINAL)
    same = any(q.value.value == quantity.value.value for q in ordinal)
    return same and compare_relations(pair.claim, other).bond is not Bond.NONE


def _is_count(quantity: QuantityMention) -> bool:
    """Whether a figure is an exact number of something."""
    value = quantity.value
    return value.kind is QuantityKind.COUNT and value.low == value.high == value.value


def _is_bare(quantity: QuantityMention) -> bool:
    """Whether a figure leaves open what it counts: "lost 12 seats and now has 30"."""
    return _is_count(quantity) and not quantity.value.unit


def _is_told_apart(pair: Pair, quantity: QuantityMention) -> bool:
    """Whether a figure is somebody's age in passing, which is not what a copula of the claim says of another."""
    if quantity.value.kind is not QuantityKind.AGE or pair.claim.lemma not in COPULAS:
        return False
    beside = (s for s in pair.theirs.statements if s.form == "apposition" and s is not pair.source)
    if pair.source.lemma in COPULAS:
        beside = (s for s in beside if quantity not in pair.source.quantities and not _who(s) & _who(pair.source))
    return any(quantity in s.quantities for s in beside)


def _of_somebody_else(pair: Pair, found: QuantityMention) -> bool:
    """Whether a figure belongs to a statement of another subject: "Anna is nineteen and Vera two years younger"."""
    own = _who(pair.source)
    for other in pair.theirs.statements:
        subjects = _who(other)
        gapped = other.relation == pair.source.relation
        below = other.span.contains(pair.source.relation) and not _parted(pair, other)
        apart = other is not pair.source and (gapped or not below)
        if apart and found in other.quantities and subjects and own and not own & subjects:
            return True
    return False


def _parted(pair: Pair, other: Statement) -> bool:
    """Whether two clauses stand beside each other, whichever of them the parser hung on the other."""
    first, last = sorted((pair.source.relation, other.relation), key=lambda span: span.start)
    start = pair.theirs.sentence.span.start
    return bool(_PARTING.search(pair.theirs.sentence.span.text[first.end - start : last.start - start]))


def _counts_others(pair: Pair, found: QuantityMention) -> bool:
    """Whether a figure counts those of another statement, to whom something else happened: "the other 70 sank"."""
    others = [s for s in pair.theirs.statements if s is not pair.source and not _is_about(pair, s)]
    ties = [compare_relations(pair.claim, other) for other in others]
    weaker = [o for o, t in zip(others, ties, strict=True) if t.bond is Bond.NONE or t.strength < pair.tie.strength]
    counted = any(a.span.contains(found.span) and not (a.link or a.clause) for o in weaker for a in o.arguments)
    if any(found in s.quantities for s in pair.conjuncts):
        return True
    return counted or (_of_somebody_else(pair, found) and any(found in o.quantities for o in others))


def _is_about(pair: Pair, other: Statement) -> bool:
    """Whether another statement of the sentence is about the claim's subject, by name, where the source's is not."""
    claimed = [e for a in pair.claim.in_slot(Slot.SUBJECT) if (e := pair.mine.head(a)) is not None]
    side = pair.theirs.side
    there = [e for a in other.in_slot(Slot.SUBJECT) if (e := side.head(a)) is not None]
    return any(compare_entities(c, e) is not NameRelation.DIFFERENT for c in claimed for e in there)


def _who(statement: Statement) -> set[str]:
    """Whom a statement is about, by name where he has one."""
    return {next(iter(a.entities), "") or a.head for a in statement.in_slot(Slot.SUBJECT)}


def _is_another(pair: Pair, quantity: QuantityMention, found: QuantityMention) -> bool:
    """Whether a figure of the source answers another figure of the claim."""
    others = (q for q in pair.quantities() if q is not quantity)
    fits = {SlotRelation.AGREES, SlotRelation.ENTAILS}
    return any(compare_quantities(q.value, found.value)[0] in fits for q in others)


def _described(pair: Pair, quantity: QuantityMention, row: Row) -> Row:
    """*row*, partly found when the figure only says whom "the 33 miners" means, and the article counts them so too."""
    within = [a for a in pair.claim.arguments if a.span.contains(quantity.span)]
    if quantity.value.kind is not QuantityKind.COUNT or not any(a.span.text.lower().startswith("the ") for a in within):
        return row
    counted = _counted(pair.theirs.document.text, quantity.span.text)
    nouns = (*lexicon.cues("person_noun"), quantity.value.unit)
    if any(lexical.likeness(quantity.value.unit, noun.lower()) > 0 or noun.lower() in nouns for noun in counted):
        note = f"the article speaks of {quantity.span.text} too"
        return evolve(row, relation=SlotRelation.OVERLAPS, coverage=BY_PAGE, note=note, near=False)
    return row


@functools.lru_cache(maxsize=1_024)
def _counted(text: str, figure: str) -> tuple[str, ...]:
    """The words right after *figure* wherever it stands in *text*."""
    return tuple(re.findall(rf"(?<![\w.,]){re.escape(figure)} ([^\W\d_]+)", text))


def _of_the_same(pair: Pair, quantity: QuantityMention, pool: Sequence[QuantityMention]) -> list[QuantityMention]:
    """The figures of *pool* that are given of the same as the claim's, or all when the sentence gives none of it."""
    wanted = measured(pair.claim.span, quantity)
    sentence = pair.theirs.sentence
    if not wanted or all(measured(sentence.span, q) != wanted for q in sentence.quantities):
        return list(pool)
    return [q for q in pool if measured(sentence.span, q) == wanted]


def _of_another(pair: Pair, quantity: QuantityMention, found: QuantityMention) -> bool:
    """Whether a figure is given of something else than the claim's."""
    here, there = measured(pair.claim.span, quantity), measured(pair.theirs.sentence.span, found)
    return bool(here and there) and here != there


def measured(text: Span, quantity: QuantityMention) -> str:
    """
    The stem of what a figure in *text* is given of: of "assets" in "assets of about 639 billion dollars".

    ``""`` when it is given of nothing, or of something that any figure is given of ("a total of").
    """
    if quantity.value.kind is QuantityKind.COUNT or not text.contains(quantity.span):
        return ""
    found = _MEASURED.search(text.text[: quantity.span.start - text.start])
    if found is None or found[1].lower() in read_list("quantities")["measured"]["any"]:
        return ""
    return stem(found[1].lower())
