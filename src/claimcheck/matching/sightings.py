"""
Whom the claim names, looked for among those of one sentence and its article: what is the same for all its statements.

Entity ids mean something only inside one reading, so that all comparing is by names.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from attrs import define

from claimcheck.language.names import NameRelation, country, name_words
from claimcheck.language.terms import name_terms
from claimcheck.model import Entity, Mention

from .rows import IN_CONTEXT, IN_TOPIC
from .sides import Side, Source, bare, compare_entities

#: How surely a name is the claim's when it is a shorter or longer form of it.
COMPATIBLE = 0.9
#: The same when the tagger missed the name, but all its words are there.
IN_WORDS = 0.9
#: The same when the name is ambiguous, and the claim's is one of those it could mean.
CANDIDATE = 0.75
#: Words of a name that are no longer than this say nothing when they are met alone.
_SHORT = 2


@define(kw_only=True, eq=False, slots=False)
class Sighting:
    """
    Where one whom the claim names is met.

    Args:
        entity: Whom the claim names.
        theirs: The sentence.
    """

    entity: Entity
    theirs: Source

    @functools.cached_property
    def mentions(self) -> Sequence[Mention]:
        """The words of the sentence that can stand for the entity."""
        side = self.theirs.side
        return [m for m in self.theirs.sentence.mentions if is_entity(side, self.entity, m.entity, m.candidates)]

    @functools.cached_property
    def absent(self) -> bool:
        """Whether no participant of the sentence can be the entity, or have its name inside."""
        theirs = self.theirs
        named = {i for a in theirs.participants for i in a.entities}
        if theirs.side.ambiguous or any(is_entity(theirs.side, self.entity, i) for i in named):
            return False
        return not among(self.entity, bare(theirs.words))

    @functools.cached_property
    def around(self) -> float:
        """How far the article is about the entity: in its headline and first lines, or anywhere on its page."""
        theirs = self.theirs
        stems = frozenset(name_terms(self.entity.name))
        if stems <= theirs.topics:
            return IN_TOPIC
        if any(is_entity(theirs.side, self.entity, m.entity) for s in theirs.before for m in s.mentions):
            return IN_TOPIC
        land = country(self.entity.name)
        if stems <= theirs.page or (land and any(country(e.name) == land for e in theirs.side.entities.values())):
            return IN_CONTEXT
        return 0.0


def sighting_of(entity: Entity, theirs: Source) -> Sighting:
    """Where the claim's *entity* is met in a sentence; looked for once."""
    known = theirs.sightings.get(entity)
    if known is None:
        known = theirs.sightings[entity] = Sighting(entity=entity, theirs=theirs)
    return known


# ------------------------------------------------------------------------- comparing


def is_entity(
    side: Side, entity: Entity, identifier: str, candidates: tuple[str, ...] = (), *, capital: bool = True
) -> float:
    """How surely the source's entity with that id, or else one of the candidates, is the claim's *entity*."""
    known = side.likenesses
    key = (entity, identifier, candidates, capital)
    if key not in known:
        known[key] = _likeness(side, entity, identifier, candidates, capital=capital)
    return known[key]


def _likeness(side: Side, entity: Entity, identifier: str, candidates: Sequence[str], *, capital: bool) -> float:
    other = side.entity(identifier) if identifier else None
    if other is not None:
        relation = compare_entities(entity, other, capital=capital)
        if relation is NameRelation.SAME:
            return 1.0
        if relation is NameRelation.COMPATIBLE and not has_namesake(side, entity, other):
            return COMPATIBLE
    for candidate in candidates:
        other = side.entity(candidate)
        if other is not None and compare_entities(entity, other) is not NameRelation.DIFFERENT:
            return CANDIDATE
    return 0.0


def has_namesake(side: Side, entity: Entity, other: Entity) -> bool:
    """Whether the document names somebody whose name fits the claim's better than *other*'s."""
    named = [e for e in side.entities.values() if e is not other]
    if len(other.name.split()) == 1:
        fuller = [e for e in named if compare_entities(e, other) is not NameRelation.DIFFERENT]
        if len(fuller) == 1 and name_words(fuller[0].name)[-1:] == name_words(other.name):
            return False  # the only one whom the bare surname can mean; a first name is anybody's
    return any(compare_entities(entity, e) is NameRelation.SAME for e in named)


def among(entity: Entity, words: frozenset[str]) -> bool:
    """Whether all words of a name stand among *words*: the tagger may have missed the name."""
    name = name_words(entity.name)
    return bool(name) and words.issuperset(name) and all(len(w) > _SHORT for w in name)
