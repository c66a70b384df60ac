"""
The two sides of a comparison: the claim, and one sentence of a source with what surrounds it.

Entity ids mean something only inside one reading; a `Side` turns them into names, and compares the people and
things of one side with those of the other.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import define, field

from claimcheck.language import lexicon
from claimcheck.language.given_names import gender_of, title_gender
from claimcheck.language.names import NameRelation, compare_names, country, name_words
from claimcheck.model import (
    Argument,
    Document,
    Entity,
    EntityKind,
    Mention,
    Probabilities,
    Reading,
    Sentence,
    Statement,
)

from .words import alike

if TYPE_CHECKING:
    from .sightings import Sighting

#: Kinds of those who and that bear a name of their own.
NAMED = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.GROUP})
#: Pronouns that speakers are given by.
_SOMEBODY = frozenset({"he", "she"})
#: Kinds that a name can be mistaken for by the tagger without being another thing.
_LOOSE = frozenset({EntityKind.OTHER, EntityKind.WORK, EntityKind.EVENT})


@define(slots=True, eq=False)
class Side:
    """Entities and mentions of one reading; ``likenesses`` keeps how surely they are those of a claim, once known."""

    entities: dict[str, Entity]
    mentions: tuple[Mention, ...] = ()
    likenesses: dict[tuple[Entity, str, tuple[str, ...], bool], float] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, reading: Reading) -> Side:
        """The side of a whole reading, all its mentions included."""
        return cls(
            entities={e.id: e for e in reading.entities},
            mentions=tuple(m for s in reading.sentences for m in s.mentions),
        )

    def entity(self, identifier: str) -> Entity | None:
        """The entity with that id."""
        return self.entities.get(identifier)

    def head(self, argument: Argument) -> Entity | None:
        """Who or what the argument's head names."""
        return self.entities.get(argument.entities[0]) if argument.entities else None

    def inner(self, argument: Argument) -> tuple[Entity, ...]:
        """Everybody and everything the argument names, the head included."""
        return tuple([self.entities[i] for i in argument.entities if i in self.entities]) if argument.entities else ()

    def open(self, argument: Argument) -> tuple[Entity, ...]:
        """Whom an ambiguous name inside the argument could mean."""
        return tuple(
            self.entities[c]
            for mention in self.ambiguous
            if argument.span.overlaps(mention.span)
            for c in mention.candidates
            if c in self.entities
        )

    @functools.cached_property
    def ambiguous(self) -> tuple[Mention, ...]:
        """The mentions that can mean several."""
        return tuple(m for m in self.mentions if m.candidates)


@define(slots=True, eq=False)
class Source:
    """
    One candidate sentence, its document, and the sentences around it.

    ``page`` holds the stems of the words of the whole document, ``topics`` those of its headline and first lines.
    ``judged`` is what the entailment model makes of the sentence and the claim, when it was asked, and ``heard`` the
    texts in which it read the sentence; of one that is ``remote``, which shares far fewer words with the claim than the
    best one, it is not asked.  ``around`` keeps what words are worth that none of its statements has, once
    that has been worked out.
    """

    document: Document
    sentence: Sentence
    side: Side
    before: tuple[Sentence, ...] = ()
    anchor: dt.date | None = None
    cluster: int = 0
    remote: bool = False
    page: frozenset[str] = field(factory=frozenset)
    topics: frozenset[str] = field(factory=frozenset)
    judged: Probabilities | None = None
    heard: tuple[str, ...] = ()
    around: dict[str, float] = field(factory=dict, init=False, repr=False)
    sightings: dict[Entity, Sighting] = field(factory=dict, init=False, repr=False)
    _alike: dict[str, dict[str, float]] = field(factory=dict, init=False, repr=False)

    @functools.cached_property
    def words(self) -> tuple[str, ...]:
        """The content words of all statements of the sentence."""
        participants = (w for s in self.statements for a in s.arguments for w in a.words)
        return (*participants, *(w for s in self.statements for w in s.lemma.split()))

    @functools.cached_property
    def bare_words(self) -> frozenset[str]:
        """The words of the sentence in lower case, without what stands around them."""
        return bare(tuple(self.sentence.span.text.casefold().replace("’", " ").split()))

    @functools.cached_property
    def participants(self) -> tuple[Argument, ...]:
        """The participants of all its statements, but no clauses."""
        return tuple(a for s in self.statements for a in s.arguments if not a.clause)

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """The same content words, each once."""
        return frozenset(self.words)

    def alike(self, word: str) -> dict[str, float]:
        """How well the content words of the sentence stand for a *word* of the claim: those that do at all."""
        known = self._alike.get(word)
        if known is None:
            known = self._alike[word] = alike(word, self.words)
        return known

    def best(self, word: str, words: Iterable[str]) -> float:
        """How well the likeliest of *words*, which are content words of the sentence, stands for the claim's *word*."""
        known = self.alike(word)
        return max((known[other] for other in words if other in known), default=0.0) if known else 0.0

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What the sentence states."""
        return self.sentence.statements


@functools.lru_cache(maxsize=20_000)
def bare(words: tuple[str, ...]) -> frozenset[str]:
    """*words* without the marks around them."""
    return frozenset(w.strip(',.;:"()') for w in words)


def compare_entities(claim: Entity, source: Entity, *, capital: bool = True) -> NameRelation:
    """
    Whether two entities of different readings can be one.

    Args:
        claim: Of the claim.
        source: Of the source.
        capital: Whether a capital may stand for its country's government.
    """
    best = _compare(claim.name, source.name, source.aliases, capital)
    if claim.said and best is not NameRelation.SAME:
        as_said = _compare(claim.said, source.name, source.aliases, capital)
        return as_said if as_said is NameRelation.SAME else best
    return NameRelation.DIFFERENT if best is NameRelation.COMPATIBLE and unlike(claim, source) else best


def may_be_meant(claim: Entity, source: Source) -> bool:
    """Whether a pronoun of the sentence could mean the claim's person, whom the sentences just before name."""
    if all(m.span.text.lower() not in _SOMEBODY for m in source.sentence.mentions):
        return False
    named = (source.side.entity(m.entity) for s in source.before[-2:] for m in s.mentions if m.entity)
    return any(e is not None and compare_entities(claim, e) is not NameRelation.DIFFERENT for e in named)


def unlike(claim: Entity, source: Entity) -> bool:
    """Whether a title of the claim ("Ms. Falk") does not go with what the source says of somebody of that surname."""
    if claim.kind is not EntityKind.PERSON or len(name_words(claim.name)) > 1:
        return False
    mine = {title_gender(role) for role in claim.roles} - {""}
    theirs = {title_gender(role) for role in source.roles} - {""}
    given = name_words(source.name)[:-1]
    theirs = theirs or {gender_of(word) for word in given[:1]} - {""}
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def words_of(entity: Entity) -> tuple[str, ...]:
    """The words of an entity's name, and of what the text calls it where that is an alias."""
    return (*name_words(entity.name), *name_words(entity.said)) if entity.said else name_words(entity.name)


@functools.lru_cache(maxsize=200_000)
def _compare(claim: str, source: str, aliases: tuple[str, ...], capital: bool) -> NameRelation:  # noqa: FBT001
    best = compare_names(claim, source)
    if best is NameRelation.SAME:
        return best
    for alias in aliases:
        if compare_names(claim, alias) is NameRelation.SAME:
            full = len(name_words(alias)) >= min(2, len(name_words(source)))
            return NameRelation.SAME if full else NameRelation.COMPATIBLE
    if best is NameRelation.DIFFERENT and capital:
        lands = {country(claim), country(source)} - {""}
        if lands and not lands.isdisjoint(_seats(claim) | _seats(source)):
            return NameRelation.COMPATIBLE
    return best


@functools.lru_cache(maxsize=50_000)
def _seats(city: str) -> frozenset[str]:
    """The countries that *city* is or was the capital of, in lower case."""
    return frozenset(land.lower() for land in lexicon.country_of_capital(city))


def can_differ(claim: Entity, source: Entity) -> bool:
    """Whether two unlike names are two things of one sort, so that one excludes the other."""
    if unlike(claim, source):
        return False
    if claim.kind is source.kind is EntityKind.PLACE:
        return not (lexicon.can_lie_in(claim.name, source.name) or lexicon.can_lie_in(source.name, claim.name))
    if _is_of_the_land(claim, source) or _is_of_the_land(source, claim):
        return False
    if claim.kind is source.kind:
        return claim.kind not in _LOOSE
    return EntityKind.PERSON not in {claim.kind, source.kind} and not {claim.kind, source.kind} & _LOOSE


def _is_of_the_land(inner: Entity, outer: Entity) -> bool:
    """Whether two names are of people or things of a land and of a part of it: a Swede is a European."""
    lands = [lexicon.demonym(entity.name) for entity in (inner, outer)]
    return bool(lands[0] and lands[1] and lexicon.lies_in(lands[0], lands[1]))
