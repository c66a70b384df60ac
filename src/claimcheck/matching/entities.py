"""
Whom and what the claim names, looked for in a source: in the slot, in the statement, in the sentence, around it.

Where somebody else of the same sort stands in the slot instead, that one is the rival, and the two differ.
"""

from __future__ import annotations

import functools
import re

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country, name_words
from claimcheck.model import Argument, Entity, EntityKind, Polarity, Slot, SlotRelation, Span

from .pair import Pair, sole
from .relations import CLAUSES, COPULAS, LIGHT, Bond
from .rows import BY_ALIAS, IN_SENTENCE, IN_TOPIC, STRONG_TIE, WEIGHT_ENTITY, WRONG_SLOT, Row, grade
from .sides import bare, can_differ, compare_entities, unlike
from .sightings import CANDIDATE, IN_WORDS, among, has_namesake, is_entity, sighting_of
from .whereabouts import answers_where, asks_where, named_otherwise, stands_where

#: How surely somebody is the claim's whose name stands inside a participant, not as its head.
INSIDE = 0.95
#: Prepositions of where something comes from, and of where it goes.
_SOURCE_LINKS = frozenset({"from"})
_GOAL_LINKS = frozenset({"to", "into", "toward", "towards", "onto"})
#: Nouns for people of every kind.
_PERSON_NOUNS = frozenset({"person", "man", "woman", "child"})
#: What a sentence takes out of a list, to the end of the phrase ("but not the cabinet or the staff"), and what it puts
#: something else in the place of ("not by the state but by the town").
_EXCEPTION = re.compile(
    r"\b(?:but|(?:al)?though) not (?=the |an? |[A-Z])"
    r".*?(?=, and |[;:.]|, but |,? wh(?:o|ose|ich|en|ere|ile) |,? (?:al)?though |$)"
    r"|\bnot (?:(?:by|in|at|from|to|for|with|on|of|as) )?(?=the |an? |[A-Z])[^,;:.]{1,60}?(?= but )",
    re.DOTALL,
)
#: What it takes out before its verb: "rain and not, as was first said, a signal caused ...".
_AND_NOT = re.compile(r"(?:\band|,) not,? (?:as [^,]{1,40}, )?(?=the |an? |[A-Z])[^,;:.]{1,60}$")
_WORD = re.compile(r"[^\W_]+")
#: Prepositions that join to an event noun whom it is done to, for or against: "the attack on", "the succession to".
_AIMS = frozenset({"to", "on", "upon", "against", "for", "from", "into"})


@frozen(kw_only=True, slots=False)
class Found:
    """
    Where somebody was found.

    Args:
        value: How surely, 0-1.
        span: The words, ``None`` when they are not in the sentence.
        near: Whether in the same statement.
    """

    value: float = 0.0
    span: Span | None = None
    near: bool = False


def entity_row(pair: Pair, argument: Argument, head: Entity) -> Row:
    """The row for the one that a participant of the claim names: found, absent, or somebody else in the place."""
    found = find_entity(pair, head, argument)
    row = Row(
        slot=argument.slot,
        relation=grade(found.value),
        coverage=found.value,
        weight=WEIGHT_ENTITY,
        claim=argument.span,
        source=found.span,
        note=_alias_note(pair, head, found),
        specific=True,
        near=found.near,
    )
    if found.value >= IN_SENTENCE and found.near:
        return row
    rival = _rival(pair, argument, head)
    if rival is None:
        return row
    other, stead = rival
    return evolve(
        row,
        relation=SlotRelation.DIFFERS,
        coverage=0.0,
        source=stead.span,
        note=f"{head.name} is not {other.name}",
        rule=_rule(pair, argument, stead),
        namesake=any(set(name_words(head.name)) & set(name_words(e.name)) for e in pair.theirs.side.inner(stead)),
        near=True,
    )


def _alias_note(pair: Pair, head: Entity, found: Found) -> str:
    """Which alias the claim's *head* was found by, "" when by none."""
    if found.value < IN_SENTENCE or found.span is None:
        return ""
    there = {m.entity for m in pair.theirs.sentence.mentions if m.span.overlaps(found.span)}
    theirs = (e for i in sorted(there) if (e := pair.theirs.side.entity(i)) is not None and e.name == head.name)
    said = next((e.said for e in (head, *theirs) if e.said), "")
    return f"{said} is {head.name}, {BY_ALIAS}" if said else ""


def _rule(pair: Pair, argument: Argument, stead: Argument) -> str:
    """The kind of difference between two names: of where, of what country somebody is, or of who takes part."""
    head = pair.mine.head(argument)
    if head is not None and _is_place(argument, head):
        return "place"
    said = {pair.claim.lemma, pair.source.lemma} <= COPULAS and argument.slot is Slot.OBJECT and not argument.link
    lands = [a.words for a in (argument, stead) if len(a.words) == 1 and country(a.words[0])]
    return "role" if said and len(lands) > 1 else "participant"


def _is_place(argument: Argument, head: Entity) -> bool:
    """Whether a participant says where: "in Vienna"."""
    return argument.slot is Slot.PLACE or (head.kind is EntityKind.PLACE and argument.link in {"in", "at"})


# --------------------------------------------------------------------------- looking


def find_entity(pair: Pair, entity: Entity, argument: Argument | None) -> Found:
    """
    Look for somebody or something that the claim names.

    Args:
        pair: The two statements.
        entity: Whom the claim names.
        argument: The claim's participant that is nobody else; ``None`` when the name only stands inside one.
    """
    capital = argument is None or argument.slot is not Slot.PLACE
    found = _in_statement(pair, entity, argument, capital=capital)
    if found.value or (argument is not None and _rival(pair, argument, entity) is not None):
        return found
    if _only_elsewhere(pair, entity):
        return Found()
    found = _in_sentence(pair, entity, argument)
    if found.span is not None and not capital and not pair.lends(found.span):
        return Found()
    if (
        found.value
        and argument is not None
        and (
            _seat_taken(pair, entity, argument)
            or _acts_elsewhere(pair, entity, argument)
            or _is_made_by_another(pair, entity, argument)
        )
    ):
        return evolve(found, value=WRONG_SLOT * found.value, near=False)
    if found.value:
        return found
    if argument is not None and named_otherwise(pair, argument):
        return Found()
    core = argument if argument is not None and not argument.link and argument.slot is not Slot.PLACE else None
    if core is not None and not _may_be_meant(pair, entity, core):
        return Found()
    value = sighting_of(entity, pair.theirs).around
    return Found(value=value, near=core is not None and value >= IN_TOPIC)


def _seat_taken(pair: Pair, entity: Entity, argument: Argument) -> bool:
    """
    Whether somebody else who is no likeness of the entity's stands in its slot, though the sentence names it elsewhere.

    "Not one of the crew died, although Falk lost a toe" is not of Falk's death.
    """
    if entity.kind is not EntityKind.PERSON or sole(pair.claim, argument.slot) is not argument:
        return False
    links = {"", "compound"} if pair.source.form == "nominal" else {""}
    there = [a for a in pair.source.in_slot(argument.slot) if a.link in links and not a.clause]
    pronouns = [m.span for m in pair.theirs.sentence.mentions if m.how == "pronoun"]
    return bool(there) and not any(
        a.span in pronouns or (_is_person_noun(a.head) and not _is_of_another(pair, entity, a)) for a in there
    )


def _acts_elsewhere(pair: Pair, entity: Entity, argument: Argument) -> bool:
    """
    Whether the sentence has somebody do something else beside what the source's statement says, where others do it.

    "The police chased the thief, when Falk saw Weiss" is not of Falk's chase, and who "sang, and Falk slept" did not
    sing for Falk.
    """
    own = pair.source
    if own.form not in CLAUSES or (argument.slot is Slot.SUBJECT and not own.in_slot(Slot.SUBJECT)):
        return False
    said = own.attribution
    inside = [a.span for a in own.arguments if a.clause and not a.link and argument.slot is not Slot.SUBJECT]
    beside = (
        s
        for s in pair.theirs.statements
        if s is not own and s.form in CLAUSES and (said is None or said.cue != s.relation)
        if not s.span.contains(own.relation) and not any(c.contains(s.relation) for c in inside)
    )
    doers = (head for s in beside for a in s.in_slot(Slot.SUBJECT) if (head := pair.theirs.side.head(a)) is not None)
    return any(compare_entities(entity, doer) is not NameRelation.DIFFERENT for doer in doers)


def _is_made_by_another(pair: Pair, entity: Entity, argument: Argument) -> bool:
    """Whether an event noun is what another makes or has: the profit of "the firm, which made a profit"."""
    own = pair.source
    if own.form != "nominal" or argument.slot is not Slot.SUBJECT or own.in_slot(Slot.SUBJECT):
        return False
    for verb in pair.theirs.statements:
        things = [a for a in verb.in_slot(Slot.OBJECT) if not (a.link or a.clause)]
        if verb.form in CLAUSES and verb.lemma in LIGHT and any(a.span.contains(own.relation) for a in things):
            makers = [a for a in verb.in_slot(Slot.SUBJECT) if not a.clause]
            return bool(makers) and not any(named_in(pair, entity, a, capital=False) for a in makers)
    return False


def _is_person_noun(noun: str) -> bool:
    """Whether a noun can describe any person: "the chairman", "the woman"."""
    return lexicon.is_role(noun) or not _PERSON_NOUNS.isdisjoint({noun, *lexicon.broader(noun)})


def _is_another(pair: Pair, entity: Entity, theirs: Argument) -> bool:
    """Whether a participant bears the surname and is somebody else: "Ms. Falk", "Otto Falk"."""
    return any(unlike(entity, other) for other in pair.theirs.side.inner(theirs))


def _describes_another(pair: Pair, theirs: Argument) -> bool:
    """Whether a description is of whom the participant's first name means: of Weiss in "the mayor, Weiss, and Falk"."""
    return pair.source.form == "apposition" and pair.theirs.side.head(theirs) is not None


def _is_of_another(pair: Pair, person: Entity, theirs: Argument) -> bool:
    """Whether a participant is somebody who is described by naming the *person*: "a friend of Anna Weber"."""
    inner = person.kind is EntityKind.PERSON and lexicon.is_role(theirs.head)
    return inner and any(is_entity(pair.theirs.side, person, number) for number in theirs.entities[1:])


def _in_statement(pair: Pair, entity: Entity, argument: Argument | None, *, capital: bool) -> Found:
    best = Found()
    placed = argument is not None and argument.slot is Slot.PLACE
    asked = argument is not None and asks_where(pair, argument)
    if not placed and sighting_of(entity, pair.theirs).absent:
        return best
    for theirs in pair.source.arguments:
        if theirs.clause:
            continue
        if asked and not answers_where(pair, entity, theirs):
            continue
        value = named_in(pair, entity, theirs, capital=capital, inner=argument is None)
        worded = not value and not _describes_another(pair, theirs) and among(entity, bare(theirs.words))
        if worded and argument is not None and _is_of_another(pair, entity, theirs):
            continue
        worded = worded and not any(is_entity(pair.theirs.side, entity, number) for number in theirs.entities[1:])
        if worded and not _is_another(pair, entity, theirs):
            value = IN_WORDS
        if not value and placed and theirs.slot is Slot.PLACE:
            value = _encloses(pair, entity, theirs)
        if argument is not None and not _slot_fits(pair, argument, theirs):
            value *= WRONG_SLOT
        if value > best.value:
            best = Found(value=value, span=theirs.span, near=True)
    return best


def _encloses(pair: Pair, place: Entity, theirs: Argument) -> float:
    """How surely what happened at the source's place happened in the claim's: it lies there, and nothing is counted."""
    if pair.source.polarity is Polarity.NEGATIVE or pair.claim.exclusive or pair.claim.quantities:
        return 0.0
    inside = (e.name for e in pair.theirs.side.inner(theirs) if e.kind is EntityKind.PLACE)
    return INSIDE if any(lexicon.lies_in(name, place.name) for name in inside) else 0.0


def _in_sentence(pair: Pair, entity: Entity, argument: Argument | None) -> Found:
    """In the rest of the sentence; of an event noun that is as near as in its own phrase."""
    capital = argument is None or argument.slot is not Slot.PLACE
    asked = argument is not None and asks_where(pair, argument)
    near = pair.source.form == "nominal"
    sentence = pair.theirs.sentence
    best = Found()
    for mention in sighting_of(entity, pair.theirs).mentions:
        if asked and not stands_where(pair, mention.span):
            continue
        value = is_entity(pair.theirs.side, entity, mention.entity, mention.candidates, capital=capital)
        if value * IN_SENTENCE > best.value:
            best = Found(value=value * IN_SENTENCE, span=mention.span, near=near)
    if not best.value and not asked and among(entity, pair.theirs.bare_words):
        best = Found(value=IN_SENTENCE * IN_WORDS, span=sentence.span, near=near)
    return best


def _only_elsewhere(pair: Pair, entity: Entity) -> bool:
    """Whether all that the sentence says of the entity is said in another use of the predicate, or takes it out."""
    spans = [m.span for m in sighting_of(entity, pair.theirs).mentions]
    return bool(spans) and all(_owned_elsewhere(pair, s) or _excepted(pair, s) for s in spans)


def _owned_elsewhere(pair: Pair, span: Span) -> bool:
    """Whether *span* is in another use of the source's predicate: whom B beat in "A beat C, while B beat D"."""
    own = pair.source
    twins = [s for s in pair.theirs.statements if s is not own and s.lemma == own.lemma and s.form == own.form]
    return any(a.span.contains(span) for s in twins for a in s.arguments if not a.clause)


def _excepted(pair: Pair, span: Span) -> bool:
    """Whether *span* is in what an affirmed sentence takes out: "declared A and B to be illegal, but not C or D"."""
    sentence = pair.theirs.sentence.span
    start, end = span.start - sentence.start, span.end - sentence.start
    return any(first <= start and end <= last for first, last in _taken_out(pair))


def only_excepted(pair: Pair, word: str) -> bool:
    """Whether all that an affirmed sentence says of a word is that it takes it out: "but not the buses"."""
    out = _taken_out(pair)
    text = pair.theirs.sentence.span.text
    if not any(_has_form(text[first:last], word) for first, last in out):
        return False
    for first, last in out:
        text = text[:first] + " " * (last - first) + text[last:]
    return not _has_form(text, word)


def _taken_out(pair: Pair) -> list[tuple[int, int]]:
    """Where an affirmed sentence says of what it does not hold: "not by parish", "but not the buses"."""
    sentence, own = pair.theirs.sentence.span, pair.source
    if Polarity.NEGATIVE in {pair.claim.polarity, own.polarity} or "not" not in sentence.text:
        return []
    kept = {a.span for a in own.arguments}
    twins = [s for s in pair.theirs.statements if s.relation == own.relation and s.polarity is Polarity.NEGATIVE]
    spans = [a.span for twin in twins for a in twin.arguments if a.span not in kept]
    denied = _AND_NOT.search(sentence.text[: max(0, own.relation.start - sentence.start)])
    out = [*_exceptions(sentence.text), *([denied.span()] if denied is not None else [])]
    return [*out, *((span.start - sentence.start, span.end - sentence.start) for span in spans)]


@functools.lru_cache(maxsize=1000)
def _exceptions(text: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence takes something out by its wording; asked for each word of a claim."""
    return tuple((m.start(), m.end()) for m in _EXCEPTION.finditer(text))


def _has_form(text: str, lemma: str) -> bool:
    return any(w.startswith(lemma) for w in _WORD.findall(text.lower()))


def _slot_fits(pair: Pair, argument: Argument, theirs: Argument) -> bool:
    """Whether a participant of the source can answer one of the claim: subject for subject, the rest for the rest."""
    if opposed(argument.link, theirs.link) or _is_aimed_at(pair, argument, theirs):
        return False
    if pair.loose or pair.tie.bond is Bond.NONE or argument.slot is Slot.PLACE or argument.link:
        return True
    return (argument.slot is Slot.SUBJECT) == (theirs.slot is Slot.SUBJECT)


def _is_aimed_at(pair: Pair, argument: Argument, theirs: Argument) -> bool:
    """Whether an event noun is done to or for the source's participant, whom the claim has doing it."""
    doer = argument.slot is Slot.SUBJECT and not argument.link and pair.claim.form == "active"
    return doer and pair.source.form == "nominal" and pair.tie.bond in {Bond.SAME, Bond.CLASS} and theirs.link in _AIMS


def opposed(link: str, other: str) -> bool:
    """Whether two prepositions point in opposite directions: from and to."""
    return (link in _SOURCE_LINKS and other in _GOAL_LINKS) or (link in _GOAL_LINKS and other in _SOURCE_LINKS)


def _may_be_meant(pair: Pair, entity: Entity, argument: Argument) -> bool:
    """Whether an unresolved pronoun, or for things a description, leaves room for the entity in the slot."""
    return _referred_to(pair, argument) if entity.kind is EntityKind.PERSON else described(pair, argument)


def _referred_to(pair: Pair, argument: Argument) -> bool:
    """Whether a pronoun that could not be resolved stands in the slot."""
    there = pair.core_of(argument)
    return bool(there) and all(pair.theirs.side.head(a) is None and not a.words for a in there)


def described(pair: Pair, argument: Argument) -> bool:
    """Whether the source's statement has a description without a name in the slot ("the company")."""
    there = pair.core_of(argument)
    if not there:
        return argument.slot is Slot.OBJECT and pair.tie.bond in {Bond.SAME, Bond.CLASS}
    return all(pair.theirs.side.head(a) is None for a in there)


# ------------------------------------------------------------------------- comparing


def named_in(pair: Pair, entity: Entity, theirs: Argument, *, capital: bool, inner: bool = False) -> float:
    """
    How surely a participant of the source is the entity.

    Args:
        pair: The two statements.
        entity: Whom the claim names.
        theirs: The source's participant.
        capital: Whether a capital may stand for its country's government.
        inner: Whether a person may be named anywhere inside; else a person's things and relatives are not the person.
    """
    best = 0.0
    for number, identifier in enumerate(theirs.entities):
        known = pair.theirs.side.entity(identifier)
        person = EntityKind.PERSON in {entity.kind, known.kind if known is not None else entity.kind}
        if number and not inner and (person or _owns(known, theirs)):
            continue
        value = is_entity(pair.theirs.side, entity, identifier, capital=capital)
        best = max(best, value if number == 0 else value * INSIDE)
    for other in pair.theirs.side.open(theirs):
        if compare_entities(entity, other) is not NameRelation.DIFFERENT:
            best = max(best, CANDIDATE)
    return best


def _owns(owner: Entity | None, theirs: Argument) -> bool:
    """Whether a participant of the source is somebody's, and not a place's: "the mill's workers"."""
    if owner is None or owner.kind is EntityKind.PLACE or country(owner.name):
        return False
    text = theirs.span.text.replace("’", "'")
    return any(f"{word}'" in text for word in (owner.name.split()[-1], *(alias.split()[-1] for alias in owner.aliases)))


# --------------------------------------------------------------------------- rivals


def _rival(pair: Pair, argument: Argument, head: Entity) -> tuple[Entity, Argument] | None:
    """Who stands in the claim's slot instead, when the source names somebody else of the same sort there."""
    if pair.tie.strength < STRONG_TIE:
        return None
    side = pair.theirs.side
    for theirs in pair.same_slot(argument):
        other = side.head(theirs)
        if other is None or side.open(theirs) or not can_differ(head, other):
            continue
        if _other_than(pair, head, other) and not _taken(pair, other, argument) and not _unsure(pair, other, theirs):
            return other, theirs
    return None


def _other_than(pair: Pair, entity: Entity, other: Entity) -> bool:
    """Whether the source's *other* is somebody else than the claim's *entity*."""
    relation = compare_entities(entity, other)
    if relation is NameRelation.COMPATIBLE:
        return has_namesake(pair.theirs.side, entity, other)
    return relation is NameRelation.DIFFERENT


def _taken(pair: Pair, other: Entity, argument: Argument) -> bool:
    """Whether the claim itself puts *other* into another slot: then it is no rival."""
    heads = [pair.mine.head(a) for a in pair.claim.arguments if a is not argument]
    return any(h is not None and compare_entities(h, other) is not NameRelation.DIFFERENT for h in heads)


def _unsure(pair: Pair, other: Entity, argument: Argument) -> bool:
    """Whether *other* is only a pronoun's likeliest meaning, with somebody else spoken of nearby."""
    sentence = pair.theirs.sentence
    spoken = [m for m in sentence.mentions if argument.span.overlaps(m.span) and m.entity == other.id]
    if not spoken or any(m.how != "pronoun" for m in spoken):
        return False
    if any(m.entity == other.id and m.how != "pronoun" and m.span < argument.span for m in sentence.mentions):
        near = list(sentence.mentions)
    else:
        near = [*sentence.mentions, *(m for s in pair.theirs.before for m in s.mentions)]
    named = {m.entity: pair.theirs.side.entity(m.entity) for m in near}
    people = {i for i, entity in named.items() if entity is not None and entity.kind is EntityKind.PERSON}
    return len(people - {other.id}) > 0
