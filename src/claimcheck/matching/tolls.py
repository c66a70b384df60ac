"""
How many died: the figure that a statement gives, however it puts it.

"The storm killed 40 people", "40 died in the storm", "the storm cost 40 lives", "the ministry puts the storm's toll at
40": each is turned into one and the same form, so that figures can be compared whose wording cannot.  Whoever gives the
figure ("puts", "arrives at") is taken for its speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country
from claimcheck.language.wordlists import read_list
from claimcheck.model import (
    Argument,
    Attribution,
    Entity,
    EntityKind,
    QuantityKind,
    QuantityMention,
    Sentence,
    Slot,
    SlotRelation,
    Statement,
)

from . import words as lexical
from .relations import CLAUSES, classes
from .rows import IN_SENTENCE, Alignment, Row
from .sides import Side, Source, compare_entities, words_of

#: The form of a statement that has been turned into a toll.
TOLL = "toll"
_PEOPLE = "people"
_IN = "in"
_COUNTED = frozenset({QuantityKind.COUNT, QuantityKind.AGE})
#: What attaches the figure to "put the toll", "give the toll" and "put the dead" (in the thousands).
_FIGURE_LINKS = frozenset({"at", "as", "in", ""})
#: What attaches an event to those who died in it.
_EVENT_LINKS = frozenset({"in", "of", "from", "during", "by", "through"})
#: Verbs that say what a toll is without saying who says so.
_STATES = frozenset({"be", "stand"})
#: How surely an event is the claim's when it is called so, or by a broader word.
CALLED = 0.86
#: Words for a place that was named before.
_POINTING = frozenset({"there", "here"})


def toll_of(statement: Statement, statements: Sequence[Statement]) -> Statement | None:
    """
    The figure of the dead that *statement* gives, as "so many died in ...", ``None`` when it gives none.

    Args:
        statement: Of a verb.
        statements: All statements of its sentence: "deaths" inside it is one of its own.
    """
    if statement.form not in CLAUSES:
        return None
    toll = _of_verb(statement) or _of_deaths(statement, statements) or _of_toll(statement)
    said = toll.attribution if toll is not None else None
    if toll is None or said is None:
        return toll
    report = [a for s in statements if s.relation == said.cue for a in s.in_slot(Slot.PLACE)]
    return evolve(toll, arguments=(*toll.arguments, *(a for a in report if a not in toll.arguments)))


# --------------------------------------------------------------------------- reading


def _of_verb(statement: Statement) -> Statement | None:
    """From "so many died", "killed so many", "cost so many lives"."""
    slot = _slot_of_dead(statement)
    for argument in statement.in_slot(slot) if slot is not None else ():
        figure = _figure_in(argument, statement.quantities)
        if figure is None or argument.link or argument.clause or _is_rest(argument):
            continue
        lives = figure.value.unit in lexicon.cues("toll") or figure.value.unit == "life"
        if _kills(statement) or lives:
            rest = [a for a in statement.arguments if a is not argument]
            return _toll(statement, figure, [_without(argument, Slot.SUBJECT, ""), *_around(rest)])
    return None


def _slot_of_dead(statement: Statement) -> Slot | None:
    """Where those who died stand: what is killed, who dies, the lives that are taken."""
    if statement.lemma in lexicon.cues("life_taking"):
        return Slot.OBJECT
    found = classes(statement)
    if any("kill" in {name, *lexicon.implied(name)} for name in found):
        return Slot.OBJECT
    return Slot.SUBJECT if "die" in found and statement.form == "active" else None


def _kills(statement: Statement) -> bool:
    return statement.lemma not in lexicon.cues("life_taking")


def _of_deaths(verb: Statement, statements: Sequence[Statement]) -> Statement | None:
    """From "caused so many deaths", "arrives at so many deaths"."""
    word = verb.lemma.split()[0]
    causing = word in lexicon.cues("causing")
    if not causing and word not in lexicon.cues("figure_giving"):
        return None
    for noun in statements:
        if noun.form != "nominal" or "die" not in classes(noun):
            continue
        holder = next((a for a in verb.arguments if not a.clause and a.span.contains(noun.relation)), None)
        figure = _figure_in(holder, noun.quantities) if holder is not None else None
        if holder is None or figure is None or _is_rest(holder):
            continue
        rest = [a for a in verb.arguments if a is not holder and (causing or a.slot is not Slot.SUBJECT)]
        inner = [a for a in noun.arguments if not a.span.overlaps(figure.span)]
        made = _toll(verb, figure, [_without(holder, Slot.SUBJECT, ""), *_around([*rest, *inner])])
        made = evolve(made, times=(*verb.times, *(t for t in noun.times if t not in verb.times)))
        return made if causing else _held(made, verb)
    return None


def _of_toll(verb: Statement) -> Statement | None:
    """From "puts the toll at so many", "the toll stands at so many", "counted so many dead"."""
    if verb.lemma not in lexicon.cues("figure_giving") | _STATES:
        return None
    slot = Slot.SUBJECT if verb.lemma in _STATES else Slot.OBJECT
    toll = next((a for a in verb.in_slot(slot) if not a.link and not a.clause and _names_toll(a)), None)
    if toll is None:
        return None
    for argument in verb.in_slot(Slot.OBJECT):
        figure = _figure_in(argument, verb.quantities)
        if figure is None or argument.link not in _FIGURE_LINKS:
            continue
        rest = [a for a in verb.arguments if a not in (toll, argument) and a.slot is not Slot.SUBJECT]
        made = _toll(verb, figure, [_without(toll, Slot.OBJECT, _IN), *_around(rest)])
        return _held(made, verb) if verb.lemma not in _STATES else made
    return None


def _names_toll(argument: Argument) -> bool:
    return argument.head in lexicon.cues("toll") and not _is_rest(argument)


def _figure_in(argument: Argument, quantities: Sequence[QuantityMention]) -> QuantityMention | None:
    """The only count in a participant."""
    found = [q for q in quantities if argument.span.contains(q.span) and q.value.kind in _COUNTED]
    return found[0] if len(found) == 1 else None


def _is_rest(argument: Argument) -> bool:
    """Whether a participant leaves somebody out: "another 40 people"."""
    return not lexicon.cues("remainder").isdisjoint(argument.span.text.lower().split())


def _toll(statement: Statement, figure: QuantityMention, arguments: Sequence[Argument]) -> Statement:
    value = figure.value
    if value.unit in _nobody_in_particular() or country(value.unit) or value.kind is QuantityKind.AGE:
        value = evolve(value, unit=_PEOPLE, kind=QuantityKind.COUNT)
    said = statement.attribution
    kept = [a for a in arguments if said is None or not a.span.overlaps(said.speaker)]
    return evolve(
        statement,
        span=statement.relation,
        lemma="die",
        form=TOLL,
        arguments=tuple(_where(a, figure) for a in kept if a.words or a.entities),
        quantities=(evolve(figure, value=value),),
    )


def _where(argument: Argument, figure: QuantityMention) -> Argument:
    """A land in whatever way it is named as the place: "so many Ghanaians", "for Ghana he puts the toll at"."""
    people = argument.slot is Slot.SUBJECT and bool(country(figure.value.unit))
    if people or argument.link == "for":
        return evolve(argument, slot=Slot.PLACE, link=_IN)
    return argument


def _held(toll: Statement, verb: Statement) -> Statement:
    """The toll with whoever gives it as its speaker."""
    speaker = next(iter(verb.in_slot(Slot.SUBJECT)), None)
    if toll.attribution is not None or speaker is None:
        return toll
    entity = next((e for e in speaker.entities if e), "")
    said = Attribution(speaker=speaker.span, entity=entity, cue=verb.relation, lemma=verb.lemma)
    return evolve(toll, attribution=said)


def _without(argument: Argument, slot: Slot, link: str) -> Argument:
    """A participant in another slot, without the words that only say that people died."""
    said = _nobody_in_particular()
    return evolve(argument, slot=slot, link=link, words=tuple(w for w in argument.words if w not in said))


def _around(arguments: Sequence[Argument]) -> list[Argument]:
    """The other participants; what killed is what people died in."""
    found = [a for a in arguments if not a.clause]
    return [evolve(a, slot=Slot.OBJECT, link=_IN) if a.slot is Slot.SUBJECT else a for a in found]


def _nobody_in_particular() -> frozenset[str]:
    """Words that count the dead and say no more of them."""
    people: Sequence[str] = read_list("quantities")["nouns"]["people"]
    return lexicon.cues("toll") | frozenset(people) | {"", "life"}


# ------------------------------------------------------------------------- comparing


def same_dead(alignment: Alignment, mine: Side, source: Source) -> bool:
    """
    Whether the figures of two tolls are of the same dead.

    They are not when the source counts some of them only, in one place or of one group, or speaks of another event; how
    many did die and how many could are two figures.
    """
    claim, toll = alignment.claim, alignment.source
    figure = next(r for r in alignment.rows if r.slot is Slot.QUANTITY and r.claim == claim.quantities[0].span)
    if not figure.near or claim.modality is not toll.modality or not _same_group(claim, toll):
        return False
    return _same_event(claim, toll, mine, source) and not _elsewhere(mine, toll, source)


def settled(alignment: Alignment, mine: Side, source: Source) -> Alignment:
    """The alignment with the claim's event found under a broader word ("the disease"), and its place under "there"."""
    claim, events = alignment.claim, _events(alignment.source)
    named = {a.span for a in _events(claim) if any(_alike(a, b, mine, source) for b in events)}
    pointing = _points(source.sentence)
    rows: list[Row] = []
    for row in alignment.rows:
        if row.slot is Slot.OBJECT and row.claim in named and row.relation is not SlotRelation.DIFFERS:
            found = max(row.coverage, CALLED)
            rows.append(evolve(row, relation=SlotRelation.ENTAILS, coverage=found, near=True, specific=True))
        elif row.slot is Slot.PLACE and pointing and row.coverage >= IN_SENTENCE:
            rows.append(evolve(row, near=True))
        else:
            rows.append(row)
    return evolve(alignment, rows=tuple(rows))


def _points(sentence: Sentence) -> bool:
    """Whether a sentence points to a place that was named before."""
    return not _POINTING.isdisjoint(sentence.span.text.lower().rstrip(".").split())


def _same_group(claim: Statement, toll: Statement) -> bool:
    """Whether the source's dead are no narrower group than the claim's: "passengers", "cancer deaths"."""
    said = [w for a in claim.arguments for w in a.words]
    theirs = [w for a in toll.in_slot(Slot.SUBJECT) for w in a.words if w.isalpha()]
    counted = set(toll.quantities[0].span.text.lower().split())
    return all(lexical.best(w, said) >= lexical.FOUND for w in theirs if w not in counted)


def _events(toll: Statement) -> list[Argument]:
    """What people died in."""
    found = [a for a in toll.in_slot(Slot.OBJECT) if a.link in _EVENT_LINKS]
    return [a for a in found if a.head not in lexicon.cues("no_event")]


def _same_event(claim: Statement, toll: Statement, mine: Side, source: Source) -> bool:
    """Whether what the source's people died in can be what the claim's did, which has to be said."""
    wanted, events = _events(claim), _events(toll)
    if not wanted:
        return False
    return not events or any(_alike(a, b, mine, source) for a in wanted for b in events)


def _alike(claim: Argument, event: Argument, mine: Side, source: Source) -> bool:
    """Whether two events can be one: no other name, and a noun of the same sense or a broader one."""
    ours, theirs = mine.inner(claim), source.side.inner(event)
    if ours and theirs and not any(_one(a, b) for a in ours for b in theirs):
        return False
    called, other = _nouns(claim, mine), _nouns(event, source.side)
    if ours and theirs and (claim.entities[0] or event.entities[0] or not called or not other):
        return True
    heads = [(a, b) for a in called for b in other]
    if any(lexical.best(a, (b,)) >= lexical.FOUND or b in claim.words for a, b in heads):
        return True
    return any(b in lexicon.broader(w) or w in lexicon.broader(b) for _, b in heads for w in claim.words)


def _nouns(event: Argument, side: Side) -> Sequence[str]:
    """What an event is called: its head, or all that a toll is of but names."""
    if event.head not in lexicon.cues("toll"):
        return (event.head,)
    names = {w for e in side.inner(event) for w in words_of(e)}
    return tuple(w for w in event.words if w not in names)


def _elsewhere(mine: Side, toll: Statement, source: Source) -> bool:
    """Whether the source names a place of its own, or points to one, and so may count the dead of that place only."""
    ours = list(mine.entities.values())
    here = _places(source.sentence, toll, source)
    before = [p for s in source.before[-1:] for p in _places(s, toll, source)] if not here and not _events(toll) else []
    if _points(source.sentence) and not any(_one(e, p) for e in ours for p in here):
        return True
    return any(not any(_one(e, p) or lexicon.lies_in(e.name, p.name) for e in ours) for p in (*here, *before))


def _places(sentence: Sentence, toll: Statement, source: Source) -> list[Entity]:
    """The places that a sentence names, apart from the speaker."""
    said = toll.attribution
    spoken = [m for m in sentence.mentions if said is None or not said.speaker.overlaps(m.span)]
    return [e for m in spoken if (e := source.side.entity(m.entity)) is not None and _is_place(e)]


def _is_place(entity: Entity) -> bool:
    return entity.kind is EntityKind.PLACE or bool(country(entity.name))


def _one(claim: Entity, source: Entity) -> bool:
    return compare_entities(claim, source) is not NameRelation.DIFFERENT
