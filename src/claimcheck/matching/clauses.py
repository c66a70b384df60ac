"""The row of a clause inside the claim: "said *that the talks had failed*", "was known for *winning the cup*"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from claimcheck.model import Argument, Modality, Polarity, Slot, SlotRelation, Span, Statement

from .content import find_word, word_units
from .entities import find_entity
from .pair import MARKED_TIMES, Pair
from .relations import Bond
from .rows import IN_TOPIC, STRONG_TIE, WEIGHT_ENTITY, WEIGHT_WORD, Alignment, Row, grade, share

#: Share of a clause that must agree before one of its values contradicts, and from which it counts as said.
CLAUSE_ANCHOR = 0.7
FULL = 0.95
#: How much of its value keeps a word of a clause that only the surroundings have.
AROUND = 0.4
#: As how much of a clause counts at most what is found of it in another place, or denied: not enough for support.
ELSEWHERE = 0.3
#: What one word of a clause weighs, and the most that a clause weighs.
WORD_OF_CLAUSE = 0.8
HEAVIEST_CLAUSE = 4.0
#: The rules whose difference can stand in a clause.
_VALUES = frozenset({"time", "place", "quantity", "roles"})


@frozen(kw_only=True)
class _Reported:
    """
    What the source's statements make of a clause.

    Args:
        value: Share of the clause that the best statement covers, 0-1.
        source: That statement.
        truth: Its polarity row.
        other: The row of a value that another statement gives differently.
        denied: Whether that statement stands in something that the source denies.
    """

    value: float = 0.0
    source: Span | None = None
    truth: Row | None = None
    other: Row | None = None
    denied: bool = False


def clause_row(pair: Pair, argument: Argument, beside: Callable[[Pair], Alignment]) -> Row:
    """
    The row for a clause: covered by the best statement for its predicate, else word by word.

    Args:
        pair: The two statements.
        argument: The claim's clause.
        beside: Aligns the statement inside the clause with one of the sentence.
    """
    reported = _reported(pair, argument, beside)
    by_words, total = _by_words(pair, argument)
    coverage = max(reported.value, by_words) if not reported.denied else reported.value
    denies = reported.truth is not None and reported.truth.relation is SlotRelation.DIFFERS
    if denies or _says_something_else(pair, argument, reported.source):
        coverage = min(coverage, ELSEWHERE)
    row = Row(
        slot=argument.slot,
        relation=grade(coverage),
        coverage=coverage,
        weight=max(WEIGHT_WORD, min(HEAVIEST_CLAUSE, WORD_OF_CLAUSE * total)),
        claim=argument.span,
        source=reported.source or pair.source.span,
        near=reported.value > 0,
        clause=True,
    )
    differs = evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, specific=True)
    other, truth = reported.other, reported.truth
    if other is not None and (coverage < FULL or other.clause):
        return evolve(differs, rule=other.rule, note=other.note, claim=other.claim, source=other.source, near=True)
    if truth is not None and denies and reported.value >= by_words:
        return evolve(differs, rule="polarity", note=truth.note)
    return row


def _says_something_else(pair: Pair, argument: Argument, found: Span | None) -> bool:
    """
    Whether the source's verb has a clause of its own in the place of the claim's, and this one was found elsewhere.

    "They urged him to stay; most of them hoped that he would go" is not "they urged him to go".
    """
    if argument.link in MARKED_TIMES and pair.source.form == "nominal":
        return True  # no noun has a clause that says when
    if argument.link or pair.tie.strength < STRONG_TIE:
        return False
    own = [a.span for a in pair.source.arguments if a.clause and not a.link and a.slot is argument.slot]
    inside = [a for a in own if found is not None and a.overlaps(found)]
    return bool(own) and not inside


def _reported(pair: Pair, argument: Argument, beside: Callable[[Pair], Alignment]) -> _Reported:
    """Hold the statement inside the clause against every statement of the sentence with its predicate."""
    best = _Reported()
    inside = (
        s
        for s in pair.parts
        if s is not pair.claim and s.lemma.split()[0] == argument.head and argument.span.overlaps(s.relation)
    )
    statement = next(inside, None)
    if statement is None:
        return best
    for other in pair.theirs.statements:
        nested = Pair.of(statement, pair.mine, other, pair.theirs)
        if nested.tie.strength < STRONG_TIE:
            continue
        rows = [r for r in beside(nested).rows if r.slot not in {Slot.ATTRIBUTION, Slot.MODALITY}]
        clashes = [r for r in rows if r.relation is SlotRelation.DIFFERS and r.slot is not Slot.POLARITY]
        if len(clashes) == 1 and _anchored(clashes[0], rows, nested):
            best = evolve(best, other=clashes[0])
        denied = _is_denied_outside(pair, statement, other) or _is_only_denied(statement, other)
        value = share(rows) * (AROUND if denied else 1.0)
        if value > best.value and not clashes:
            truth = next((r for r in rows if r.slot is Slot.POLARITY), None)
            if _under_the_same(pair, argument, other):
                truth = None
            best = evolve(best, value=value, source=other.span, truth=truth, denied=denied)
    return best


def _under_the_same(pair: Pair, argument: Argument, other: Statement) -> bool:
    """Whether both hang on "against", which says of a clause that it is not to be, and nothing of a noun."""
    theirs = (a for a in pair.source.arguments if a.link == argument.link == "against")
    return any(a.span.contains(other.relation) for a in theirs)


def _is_denied_outside(pair: Pair, statement: Statement, other: Statement) -> bool:
    """Whether the source leaves open what the claim affirms, inside something that it denies: "no evidence that"."""
    if statement.modality is not Modality.ACTUAL or other.modality is not Modality.POSSIBLE:
        return False
    around = (s for s in pair.theirs.statements if s is not other and s.span.contains(other.span))
    return any(s.polarity is Polarity.NEGATIVE for s in around)


def _is_only_denied(statement: Statement, other: Statement) -> bool:
    """Whether the source denies what the claim has as a plan: "to renegotiate, though not cancel, the lease"."""
    return statement.modality is not Modality.ACTUAL and statement.polarity is not other.polarity


def _anchored(clash: Row, rows: Sequence[Row], nested: Pair) -> bool:
    """Whether enough of the clause agrees for one of its values to contradict."""
    rest = [r for r in rows if r is not clash and r.weight]
    enough = len(rest) > 1 or nested.tie.bond is Bond.SAME
    return clash.rule in _VALUES and enough and share(rest) >= CLAUSE_ANCHOR


def _by_words(pair: Pair, argument: Argument) -> tuple[float, float]:
    """The share of a clause's words and names that the source has, and how many they are, names counted more."""
    units = list(word_units(pair, argument))
    entities = pair.mine.inner(argument)
    values = [find_word(pair, word, None) for word in units]
    found = sum(v if v > IN_TOPIC else AROUND * v for v in values)
    found += sum(WEIGHT_ENTITY * find_entity(pair, entity, None).value for entity in entities)
    total = len(units) + WEIGHT_ENTITY * len(entities)
    return (found / total if total else 1.0), total
