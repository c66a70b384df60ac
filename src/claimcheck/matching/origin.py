"""
Of what country somebody is: "comes from Denmark", "is a Danish citizen", "is a national of Denmark", "is Danish".

All are read as the last; whom the source describes by a demonym ("the first Welsh cook") is of that country, and of no
other.
"""

from __future__ import annotations

import itertools

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country
from claimcheck.model import Argument, Modality, Polarity, Slot, SlotRelation, Statement

from . import words as lexical
from .pair import Pair
from .relations import COPULAS
from .rows import WEIGHT_ENTITY, Row, open_row
from .sides import compare_entities

#: The form of a claim that has been put so.
ORIGIN = "origin"
#: Verbs before "from" that say where somebody is from.
_FROM = frozenset({"be", "come", "hail"})
#: Nouns that say nothing of somebody but where they belong.
_BELONGING = frozenset({"citizen", "national", "native"})


def origin(statement: Statement) -> Statement | None:
    """
    The claim that its subject is of a country, put as "is Danish"; ``None`` when that is not what it says.

    Args:
        statement: A clause of the claim.
    """
    plain = statement.polarity is Polarity.POSITIVE and statement.modality is Modality.ACTUAL
    if statement.lemma not in _FROM or statement.form == "apposition" or not plain or statement.quantities:
        return None
    rest = [a for a in statement.arguments if a.slot is not Slot.SUBJECT]
    if len(rest) != 1 or rest[0].clause:
        return None
    said = rest[0]
    land = _land(said) if said.link == "from" else _land_of_citizen(said) if statement.lemma == "be" else ""
    if not land:
        return None
    made = evolve(said, slot=Slot.OBJECT, link="", head=land, words=(land,))
    subjects = tuple(a for a in statement.arguments if a.slot is Slot.SUBJECT)
    return evolve(statement, lemma="be", form=ORIGIN, arguments=(*subjects, made))


def _land(argument: Argument) -> str:
    """The country that a participant is, as one word or more; "" when it is something else."""
    text = argument.span.text.lower().removeprefix("the ")
    return text if country(text) else ""


def _land_of_citizen(argument: Argument) -> str:
    """The country of "a citizen of Ghana" and "a Ghanaian citizen"."""
    if argument.link or argument.head not in _BELONGING:
        return ""
    words = [w for w in argument.words if w != argument.head]
    return words[0] if len(words) == 1 and country(words[0]) else ""


def land_row(pair: Pair, argument: Argument) -> Row | None:
    """The row for a bare country that the claim's subject is of, where the source describes the subject by one."""
    copulas = {pair.claim.lemma, pair.source.lemma} <= COPULAS
    if argument.slot is not Slot.OBJECT or argument.link or len(argument.words) != 1:
        return None
    if not copulas:  # whoever went to Denmark may be of any country
        elsewhere = pair.claim.form == ORIGIN
        return open_row(argument.slot, argument.span, WEIGHT_ENTITY) if elsewhere else None
    mine = country(argument.words[0])
    described = [a for a in pair.source.in_slot(Slot.OBJECT) if not a.link and not a.clause]
    found = [(land, a) for a in described for land in _demonyms(a)]
    if not mine or not found:
        return None
    land, other = next(((f, a) for f, a in found if f == mine), found[0])
    row = Row(
        slot=argument.slot,
        relation=SlotRelation.AGREES,
        coverage=1.0,
        weight=WEIGHT_ENTITY,
        claim=argument.span,
        source=other.span,
        specific=True,
    )
    if not _same_subject(pair):
        return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, source=None, near=False)
    if land == mine:
        return row
    if len(other.words) > 1 or lexicon.can_lie_in(land, mine) or lexicon.can_lie_in(mine, land):
        return None  # the German champion may come from Austria
    note = f"{argument.span.text} is not {other.span.text}"
    return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, note=note, rule="role")


def _same_subject(pair: Pair) -> bool:
    """Whether both sides speak of one and the same, by name or, where the claim has none, by noun."""
    mine, theirs = pair.claim.in_slot(Slot.SUBJECT), pair.source.in_slot(Slot.SUBJECT)
    for a, b in itertools.product(mine, theirs):
        name, other = pair.mine.head(a), pair.theirs.side.head(b)
        if name is not None and other is not None and compare_entities(name, other) is not NameRelation.DIFFERENT:
            return True
        if name is None and lexical.likeness(a.head, b.head) >= lexical.FOUND:
            return True
    return False


def _demonyms(argument: Argument) -> list[str]:
    """The countries of a description's first words: "the first Welsh cook", "a Swede"."""
    before: list[str] = []
    for word in argument.span.text.lower().replace(",", " ,").split():
        if word in {"of", "from", "in", "to", "for", ",", "who", "than"} or word.endswith(("'s", "’s")):
            break
        before.append(word)
    lands = [(w, country(w)) for w in before]
    return [land for word, land in lands if land and lexicon.land_of(word) not in {"", word}]
