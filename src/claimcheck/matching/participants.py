"""The rows of the participants: subjects, objects and places, each with its names and its other words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country, name_words
from claimcheck.model import Argument, Entity, EntityKind, Polarity, QuantityKind, Slot, SlotRelation

from . import words as lexical
from .content import clash_row, find_in_role, find_word, is_role, word_units
from .entities import Found, described, entity_row, find_entity
from .numbered import another_number
from .pair import Pair
from .phrases import filled_otherwise, parts_of
from .relations import COPULAS, in_predicate, is_predicate_noun
from .rows import IN_CONTEXT, IN_TOPIC, WEIGHT_ENTITY, WEIGHT_WORD, WRONG_SLOT, Row, grade
from .sides import Side, can_differ, compare_entities, words_of

#: A plural without a quantifier speaks of some, perhaps of all; from here on, in percent, not of few.
UNSAID = (1.0, 100.0)
HALF = 50.0
#: How much counts a participant that shares words with the source's, but is another one.
ANOTHER = 0.3


def argument_row(pair: Pair, argument: Argument) -> Row | None:
    """The row for one participant of the claim that is no clause, ``None`` when it says nothing to look for."""
    head = pair.mine.head(argument)
    units = list(word_units(pair, argument))
    noun = is_predicate_noun(pair.claim, argument, pair.tie) and not has_another(pair, argument)
    if noun and pair.source.lemma not in COPULAS:
        units = [w for w in units if w != argument.head]
    inner = [e for e in pair.mine.inner(argument) if e is not head]
    if is_role(pair, argument) and head in [pair.mine.head(a) for a in pair.claim.in_slot(Slot.SUBJECT)]:
        head = None  # a role that the subject is given names nobody else
    if head is None and not units and not inner:
        return None
    named = entity_row(pair, argument, head) if head is not None else None
    if named is not None and named.relation is SlotRelation.DIFFERS:
        return named
    counterpart = pair.counterpart(argument)
    weight = WEIGHT_ENTITY * (len(inner) + (named is not None)) + WEIGHT_WORD * len(units)
    clash = clash_row(pair, argument, units, inner, counterpart)
    if clash is not None:
        return evolve(clash, weight=weight)
    others = [_inner_entity(pair, argument, entity) for entity in inner]
    look_up = find_in_role if is_role(pair, argument) else find_word
    values = [look_up(pair, word, counterpart) for word in units]
    found = _sum(named, others, values)
    capitals = [v for w, v in zip(units, values, strict=True) if f" {w.capitalize()}" in argument.span.text]
    coverage = min([found / weight, 1.0, *(o.value for o in others), *capitals])
    source = next((s for s in (named.source if named else None, *(o.span for o in others)) if s is not None), None)
    if source is None and counterpart is not None and found:
        source = counterpart.span
    if named is None and not _has_head(pair, argument, units):
        coverage = min(coverage, WRONG_SLOT)
    said = {w: o.value for e, o in zip(inner, others, strict=True) for w in words_of(e)}
    said.update(zip(units, values, strict=True))
    if _another_thing(pair, argument, counterpart, said):
        coverage = min(coverage, ANOTHER)
    if _done_to_another(pair, argument):
        coverage = min(coverage, ANOTHER)
    row = Row(
        slot=argument.slot,
        relation=grade(coverage),
        coverage=coverage,
        weight=weight,
        claim=argument.span,
        source=source,
        note=named.note if named is not None else "",
        specific=named is not None or bool(inner) or argument.link == "without",
        near=named.near if named is not None else _is_near(argument, counterpart, others),
        core=not argument.link and argument.slot is not Slot.PLACE and pair.source.form != "nominal",
    )
    return _measured(pair, argument, counterpart, row)


def has_another(pair: Pair, argument: Argument) -> bool:
    """Whether the source has something else where the claim's predicate has its noun: silver, and not "won gold"."""
    there = [a for a in pair.core_of(argument) if not in_predicate(pair.source, a, pair.tie)]
    bare = [a for a in there if a.words and not any(a.entities) and len(a.span.text.split()) == 1]
    return bool(bare) and not any(lexical.best(argument.head, a.words) for a in there)


def _measured(pair: Pair, argument: Argument, counterpart: Argument | None, row: Row) -> Row:
    """The row when the two say how much of the same: "most voters" is less than "all voters" and more than "few"."""
    if counterpart is None and not argument.quantifier:
        return row
    names = {w for e in pair.mine.inner(argument) for w in words_of(e)}
    shared = set(argument.words) & set(counterpart.words if counterpart is not None else ()) - {argument.quantifier}
    shared -= names  # many of one town are not its council
    if argument.quantifier and not shared:
        weight = row.weight + WEIGHT_WORD  # one more word of the claim that the source does not have
        return evolve(row, weight=weight, coverage=row.coverage * row.weight / weight)
    if counterpart is None or not shared or Polarity.NEGATIVE in {pair.claim.polarity, pair.source.polarity}:
        return row
    mine, theirs = lexicon.share_of(argument.quantifier), _share(pair, counterpart)
    if mine is None:
        scarce = theirs is not None and theirs[1] <= HALF and not pair.claim.quantities
        return evolve(row, coverage=min(row.coverage, WRONG_SLOT), specific=True) if scarce else row
    theirs = theirs or UNSAID
    if theirs[0] > mine[1] or mine[0] > theirs[1]:
        note = f"“{argument.span.text}” is not “{counterpart.span.text}”"
        differs = evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, source=counterpart.span)
        return evolve(differs, note=note, rule="quantity", specific=True)
    if theirs[0] < mine[0] or theirs[1] > mine[1]:
        return evolve(row, relation=SlotRelation.OVERLAPS, coverage=min(row.coverage, WRONG_SLOT), specific=True)
    return row


def _share(pair: Pair, argument: Argument) -> tuple[float, float] | None:
    """From and to which share of a set, in percent, a participant of the source speaks of."""
    for quantity in pair.source.quantities:
        if quantity.value.kind is QuantityKind.PERCENT and argument.span.overlaps(quantity.span):
            value = quantity.value
            return (0.0 if value.low is None else value.low), (100.0 if value.high is None else value.high)
    share = lexicon.share_of(argument.quantifier)
    if share is not None and not lexicon.cues("nearly").isdisjoint(argument.span.text.lower().split()[:1]):
        return HALF, share[1] - 1  # "nearly all"
    return share


def _another_thing(pair: Pair, argument: Argument, counterpart: Argument | None, values: Mapping[str, float]) -> bool:
    """Whether the claim's participant is another one in spite of shared words: "mayor of …", "bishop of …"."""
    copular = {pair.claim.lemma, pair.source.lemma} <= COPULAS and argument.slot is Slot.OBJECT and not argument.link
    if copular and values.get(argument.head, 1.0) <= IN_CONTEXT and _is_noun_phrase(argument):
        return True
    if _named_otherwise(pair, argument, counterpart, values) or _another_holder(pair, argument, counterpart):
        return True
    if _of_the_same(pair, argument, counterpart, values):
        return True
    if another_number(pair, argument, counterpart) or _at_another_place(pair, argument, counterpart):
        return True
    return filled_otherwise(pair, argument, counterpart, values)


def _is_noun_phrase(argument: Argument) -> bool:
    """Whether a participant is a role, or a noun with an article."""
    return lexicon.is_role(argument.head) or argument.span.text.lower().startswith(("the ", "a ", "an "))


def _done_to_another(pair: Pair, argument: Argument) -> bool:
    """Whether it is done to something else: who "ran the shop of the school" is not "the director of the school"."""
    if pair.claim.lemma not in COPULAS or pair.source.lemma in COPULAS or pair.source.form == "nominal":
        return False
    whose = parts_of(argument).get("of", ())
    if not whose or pair.tie.name not in lexicon.agent_classes(argument.head):
        return False
    targets = [a for a in pair.source.arguments if not a.clause]
    named = [e for a in targets if (e := pair.theirs.side.head(a)) is not None]
    heads = [*(a.head for a in targets), *(w for e in named for w in name_words(e.name))]
    return not any(lexical.best(word, heads) for word in whose)


def _named_otherwise(pair: Pair, argument: Argument, counterpart: Argument | None, values: Mapping[str, float]) -> bool:
    """Whether the source has a name for what the claim describes by a name that the sentence does not have."""
    other = pair.theirs.side.head(counterpart) if counterpart is not None else None
    if other is None or pair.mine.head(argument) is not None or counterpart is None:
        return False
    by_name = not set(name_words(other.name)).isdisjoint(counterpart.words)
    names = {w for e in pair.mine.inner(argument) for w in words_of(e)}
    return by_name and bool(names) and all(values.get(w, 1.0) <= IN_TOPIC for w in names)


def _another_holder(pair: Pair, argument: Argument, counterpart: Argument | None) -> bool:
    """Whether it is somebody else's: "Brandt's granddaughter" beside "Falk's granddaughter"."""
    if counterpart is None or lexical.likeness(argument.head, counterpart.head) < lexical.FOUND:
        return False
    mine, theirs = _holders(pair.mine, argument), _holders(pair.theirs.side, counterpart)
    others = all(can_differ(m, t) and compare_entities(m, t) is NameRelation.DIFFERENT for m in mine for t in theirs)
    return bool(mine and theirs) and others


def _of_the_same(pair: Pair, argument: Argument, counterpart: Argument | None, values: Mapping[str, float]) -> bool:
    """Whether only whose it is agrees: "the friend of the mayor" beside "the mayor's mother"."""
    if counterpart is None or argument.link or counterpart.link or argument.head not in values:
        return False
    if argument.head in lexicon.cues("person_noun"):
        return False  # a guard is a man
    if values[argument.head] > 0 or pair.theirs.side.head(counterpart) is not None:
        return False
    return argument.slot is counterpart.slot and lexical.likeness(argument.head, counterpart.head) < lexical.FOUND


def _at_another_place(pair: Pair, argument: Argument, counterpart: Argument | None) -> bool:
    """Whether it is at another place: "a museum in Basel" beside "the museum in Bern"."""
    if counterpart is None or lexical.likeness(argument.head, counterpart.head) < lexical.FOUND:
        return False
    mine, theirs = places_in(pair.mine, argument), places_in(pair.theirs.side, counterpart)
    others = all(can_differ(m, t) and compare_entities(m, t) is NameRelation.DIFFERENT for m in mine for t in theirs)
    return bool(mine and theirs) and others


def places_in(side: Side, argument: Argument) -> list[Entity]:
    """The places that a description names, its head not among them."""
    head = side.head(argument)
    return [e for e in side.inner(argument) if e is not head and e.kind is EntityKind.PLACE]


def _holders(side: Side, argument: Argument) -> list[Entity]:
    """Whose a thing is: the names in the possessive in front of its noun."""
    text = argument.span.text.casefold().replace("’", "'")
    return [e for e in side.inner(argument) if any(f"{word}'s " in text for word in name_words(e.name)[-1:])]


def _sum(named: Row | None, others: Sequence[Found], values: Sequence[float]) -> float:
    """What was found of a participant, weighted: its head, the names inside it, its other words."""
    found = named.coverage * WEIGHT_ENTITY if named is not None else 0.0
    for other in others:
        found += other.value * WEIGHT_ENTITY
    for value in values:
        found += value * WEIGHT_WORD
    return found


def _is_near(argument: Argument, counterpart: Argument | None, others: Sequence[Found]) -> bool:
    """Whether a participant without a name of its own is in the source's own statement."""
    if counterpart is not None and lexical.likeness(argument.head, counterpart.head) >= lexical.FOUND:
        return True
    return bool(others) and all(o.near for o in others)


# -------------------------------------------------------------------- names inside


def _inner_entity(pair: Pair, argument: Argument, entity: Entity) -> Found:
    """Where a name is that only stands inside the participant: "the White House spokesman"."""
    found = find_entity(pair, entity, None)
    value = found.value
    if _owned_by_other(pair, argument, value):
        value = min(value, WRONG_SLOT)
    nameless = pair.mine.head(argument) is None and not _bare_role(pair, argument)
    if value <= IN_CONTEXT and country(entity.name) and nameless and not _other_land(pair, argument):
        value = IN_CONTEXT
    return found if value == found.value else evolve(found, value=value)


def _bare_role(pair: Pair, argument: Argument) -> bool:
    """Whether the participant is a role and one adjective: "a Russian historian" is not just a historian."""
    return is_role(pair, argument) and len(argument.words) <= 2


def _owned_by_other(pair: Pair, argument: Argument, value: float) -> bool:
    """Whether a role belongs to somebody else in the source: "the White House spokesman" is not "Mr Gore's"."""
    if value > IN_TOPIC or not is_role(pair, argument):
        return False
    counterpart = pair.counterpart(argument)
    return counterpart is not None and bool(pair.theirs.side.inner(counterpart))


def _other_land(pair: Pair, argument: Argument) -> bool:
    """Whether the source's counterpart names a country of its own."""
    counterpart = pair.counterpart(argument)
    return counterpart is not None and any(country(e.name) for e in pair.theirs.side.inner(counterpart))


def _has_head(pair: Pair, argument: Argument, units: Sequence[str]) -> bool:
    """Whether the head of a described participant is in the source's own statement, or is nothing to look for."""
    if argument.slot is Slot.PLACE or argument.link:
        return True
    if argument.head not in units or pair.best(argument.head) > 0:
        return True
    in_slot = pair.source.in_slot(argument.slot)
    if described(pair, argument) and not all(a.clause for a in in_slot):
        return True
    if any(a.clause and not a.link for a in in_slot):
        return False
    side = pair.theirs.side
    rivals = [a for a in pair.core_of(argument) if a.words]
    if not rivals or (argument.slot is Slot.OBJECT and all(side.head(a) is not None for a in rivals)):
        return True
    heads = [head for a in pair.same_slot(argument) if (head := side.head(a)) is not None]
    return any(
        compare_entities(mine, theirs) is not NameRelation.DIFFERENT
        for theirs in heads
        for mine in pair.mine.inner(argument)
    )
