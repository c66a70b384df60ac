"""
Aliases: names that the user says are one.

They apply to what has been read, claims and articles alike, so that an index is the same with and without them.  An
alias is taken at its word: only a name that stands there exactly as it was given is another name's, whatever it
resembles.  Where a document itself makes clear that the same words are somebody else's short name ("Ford", once it has
said "Anna Ford"), the document is followed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from claimcheck.errors import ConfigError
from claimcheck.model import Argument, Entity, EntityKind, Mention, Reading, Sentence, Span, Statement

from .names import NameRelation, compare_names, name_words

#: What the ids begin with of names that only the alias makes one.
PREFIX = "alias:"

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"the", "a", "an"})


@functools.lru_cache(maxsize=50_000)
def exact_words(name: str) -> tuple[str, ...]:
    """
    The words of a name without case, accents, dots, article and possessive; titles stay.

    >>> exact_words("the U.S. Fed’s")
    ('us', 'fed')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _WORD.findall(re.sub(r"['’]s?$", "", plain.strip()).replace(".", "").casefold())
    return tuple(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


@frozen(kw_only=True)
class Group:
    """
    Names of one person or thing.

    Args:
        name: The fullest of them, which stands for all.
        forms: All of them, as they were given.
    """

    name: str
    forms: tuple[str, ...]

    @property
    def id(self) -> str:
        """What a name is known by that no document explains."""
        return PREFIX + " ".join(exact_words(self.name))


@frozen
class Aliases:
    """
    The names that the user says are one.

    >>> aliases = Aliases.of({"the Fed": "Federal Reserve"})
    >>> aliases.forms("Fed")
    ('the Fed', 'Federal Reserve')
    >>> aliases.forms("Fed Cup")
    ()
    """

    groups: tuple[Group, ...] = ()
    _by_words: Mapping[tuple[str, ...], Group] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        known = {exact_words(form): group for group in self.groups for form in group.forms}
        object.__setattr__(self, "_by_words", known)

    @classmethod
    def of(cls, names: Mapping[str, str | Sequence[str]]) -> Aliases:
        """
        The aliases in *names*: each name with the other name, or names, of the same person or thing.

        Entries that share another name are of one person or thing, too.

        Raises:
            ConfigError: If a name is empty, or is given twice.
        """
        groups: list[list[str]] = []
        seen: set[tuple[str, ...]] = set()
        for name, others in names.items():
            forms = [name, *([others] if isinstance(others, str) else others)]
            if len(forms) < 2 or not all(isinstance(form, str) and exact_words(form) for form in forms):
                msg = f"the alias {name!r} cannot be {others!r}"
                raise ConfigError(msg, hint='write it as "the Fed" = "Federal Reserve", or with a list of names')
            if exact_words(name) in seen:
                msg = f"the alias {name!r} is given twice"
                raise ConfigError(msg, hint="give one name all its other names in a list")
            seen.add(exact_words(name))
            words = {exact_words(form) for form in forms}
            joined = [group for group in groups if any(exact_words(form) in words for form in group)]
            groups = [group for group in groups if group not in joined]
            groups.append([form for group in joined for form in group] + forms)
        return cls(tuple(_group(forms) for forms in groups))

    def __bool__(self) -> bool:
        return bool(self.groups)

    def forms(self, name: str) -> tuple[str, ...]:
        """All names of whom *name* stands for, itself among them; empty when there is no alias for it."""
        group = self._by_words.get(exact_words(name))
        return group.forms if group is not None else ()

    # ---------------------------------------------------------------------- readings

    def in_reading(self, reading: Reading) -> Reading:
        """*reading* with the aliases followed in all its sentences."""
        if not self:
            return reading
        entities = {e.id: e for e in reading.entities}
        entities, sentences = self.in_sentences(entities, reading.sentences)
        return evolve(reading, sentences=tuple(sentences), entities=tuple(entities.values()))

    def in_sentences(
        self, entities: Mapping[str, Entity], sentences: Sequence[Sentence]
    ) -> tuple[dict[str, Entity], list[Sentence]]:
        """
        Follow the aliases in *sentences* of one document.

        Args:
            entities: Whom and what the document names, by id.
            sentences: Some of its sentences.
        Returns:
            The entities, each with an alias under its group's name and the document's in `Entity.said`; and the
            sentences, where words that are an alias and were read as no name or left open have become one.
        """
        known = {identifier: self._renamed(entity) for identifier, entity in entities.items()}
        return known, [self._in_sentence(known, sentence) for sentence in sentences] if self else list(sentences)

    def named(self, text: str) -> frozenset[str]:
        """The names of the groups that have an alias in *text*."""
        return frozenset(group.name for _, _, group in self._found(text))

    def written_out(self, text: str) -> str:
        """*text* with the group's name in the place of each alias."""
        for start, end, group in reversed(list(self._found(text))):
            text = text[:start] + group.name + text[end:]
        return text

    def _renamed(self, entity: Entity) -> Entity:
        group = self._by_words.get(exact_words(entity.name))
        if group is None or group.name == entity.name:
            return entity
        aliases = tuple(dict.fromkeys((*entity.aliases, entity.name)))
        return evolve(entity, name=group.name, aliases=aliases, said=entity.said or entity.name)

    def _in_sentence(self, known: dict[str, Entity], sentence: Sentence) -> Sentence:
        start = sentence.span.start
        for first, last, group in self._found(sentence.span.text):
            span = Span.of(sentence.span.text, first, last)
            span = Span(start=start + first, end=start + last, text=span.text)
            there = [m for m in sentence.mentions if m.span.overlaps(span)]
            if any(not _covers(span, m.span) or _explained(m, span.text, group, known) for m in there):
                continue
            known.setdefault(group.id, _entity_of(group, span.text, [known.get(m.entity) for m in there]))
            sentence = _with_name(sentence, span, group.id, {m.entity for m in there} - {""})
        return sentence

    def _found(self, text: str) -> Iterator[tuple[int, int, Group]]:
        """Where an alias stands in *text*, in order."""
        pattern = self._pattern
        if pattern is None:
            return
        for match in pattern.finditer(text):
            group = self._by_words.get(exact_words(match[0]))
            if group is not None:
                yield match.start(), match.end(), group

    @property
    def _pattern(self) -> re.Pattern[str] | None:
        return _pattern_of(tuple(form for group in self.groups for form in group.forms)) if self.groups else None


#: No names are one.
NO_ALIASES = Aliases()


@functools.lru_cache(maxsize=16)
def _pattern_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of *forms* as they are written; an article and the case of a first small letter do not count."""
    written = {_written(form) for form in forms}
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(written, key=lambda w: (-len(w), w))) + r")(?!\w)")


def _written(form: str) -> str:
    words = form.split()
    if len(words) > 1 and words[0].casefold() in _ARTICLES:
        words = words[1:]
    first = words[0]
    start = f"[{first[0].upper()}{first[0]}]" if first[0].islower() and first[0].upper().isalpha() else ""
    escaped = r"\s+".join(re.escape(word) for word in words)
    return start + escaped[1:] if start and len(first[0].upper()) == 1 else escaped


def _group(forms: Sequence[str]) -> Group:
    """One group; its name is the form with the most words, the longest, and the one given last of such."""
    unique = {exact_words(form): form for form in reversed(forms)}
    ordered = tuple(reversed(unique.values()))
    plain = [_without_article(form) for form in ordered]
    return Group(name=max(reversed(plain), key=lambda form: (len(exact_words(form)), len(form))), forms=ordered)


def _without_article(form: str) -> str:
    words = form.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].casefold() in _ARTICLES else words)


def _covers(span: Span, other: Span) -> bool:
    """Whether *other* lies in *span*, or sticks out by no more than an article or a possessive."""
    return span.contains(other) or exact_words(span.text) == exact_words(other.text)


def _explained(mention: Mention, words: str, group: Group, known: Mapping[str, Entity]) -> bool:
    """Whether the document says whom *mention* means: the group already, or somebody whose short name the words are."""
    entity = known.get(mention.entity)
    if entity is None:
        return False
    return entity.name == group.name or compare_names(words, entity.name) is not NameRelation.DIFFERENT


def _entity_of(group: Group, said: str, others: Sequence[Entity | None]) -> Entity:
    """Who an alias is where no name of the document is known to be: of a kind only if the words were read as one."""
    kind = next((e.kind for e in others if e is not None), EntityKind.OTHER)
    other = said if said != group.name else ""
    return Entity(id=group.id, name=group.name, kind=kind, aliases=(other,) if other else (), said=other)


def _with_name(sentence: Sentence, span: Span, identifier: str, instead: set[str]) -> Sentence:
    """*sentence* with the words *span* as a name, *instead* of what they were taken for."""
    kept = [m for m in sentence.mentions if not m.span.overlaps(span)]
    named = Mention(span=span, entity=identifier)
    mentions = tuple(sorted([*kept, named], key=lambda m: m.span.start))
    statements = tuple(_statement(s, span, identifier, instead) for s in sentence.statements)
    return evolve(sentence, mentions=mentions, statements=statements)


def _statement(statement: Statement, span: Span, identifier: str, instead: set[str]) -> Statement:
    arguments = tuple(_argument(a, span, identifier, instead) for a in statement.arguments)
    said = statement.attribution
    if said is not None and said.speaker.overlaps(span) and (not said.entity or said.entity in instead):
        said = evolve(said, entity=identifier)
    return evolve(statement, arguments=arguments, attribution=said)


def _argument(argument: Argument, span: Span, identifier: str, instead: set[str]) -> Argument:
    if not argument.span.overlaps(span) or identifier in argument.entities:
        return argument
    others = tuple(e for e in argument.entities if e not in instead)
    led = bool(argument.entities) and argument.entities[0] in instead
    leads = led or argument.head.casefold() in name_words(span.text)[-1:]
    entities = (identifier, *others) if leads else (*others, identifier)
    return evolve(argument, entities=entities)
