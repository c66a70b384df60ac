"""
Rules that look at a whole sentence rather than at one statement: quotations word for word, and "the first to ...".

Both hold where grammar is hardest to read: what matters is that the words are there, and whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from attrs import frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, name_words
from claimcheck.language.terms import search_forms
from claimcheck.model import Argument, Entity, EntityKind, Mention, Slot, Span, Statement

from . import words as lexical
from .relations import CLAUSES
from .sides import Side, Source, can_differ, compare_entities, may_be_meant

#: A quotation of fewer words must stand between quotation marks in the source as well.
QUOTED_WORDS = 3
#: Shorter words are written small in titles.
LONG = 4
#: Share of a superlative's words that must be in the sentence.
SAME_FIRST = 0.86
#: Words that single one out: with one of them, the rest of the description fits nobody else.
RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last", "only")

_QUOTATION = re.compile(r"[\"“«]([^\"“”«»]{3,})[\"”»]")
_WORD = re.compile(r"[^\W_]+")


@frozen(kw_only=True)
class Holder:
    """Whose the quotation or the superlative is in the source, beside whom the claim gives it to."""

    claimed: Entity
    found: Entity
    same: bool
    span: Span
    mention: Span
    share: float


def quotation_of(text: str) -> tuple[str, ...]:
    """The words of the longest quotation in *text*, normalised; empty when it has none, or only titles of works."""
    said = [_WORD.findall(normalize("NFC", m[1])) for m in _QUOTATION.finditer(text)]
    found = [tuple(w.casefold() for w in words) for words in said if not _is_title(words)]
    return max(found, key=len, default=())


def _is_title(words: Sequence[str]) -> bool:
    """Whether words between quotation marks are a work's: "Deep Down Dark", "Carmen"."""
    long = [w for w in words if len(w) >= LONG]
    return bool(long) and all(w[0].isupper() or w[0].isdigit() for w in long)


def quoted_by(claim: Statement, text: str, mine: Side, source: Source) -> Holder | None:
    """
    Who says in the source what the claim quotes, when the quotation is there word for word.

    Args:
        claim: The claim's main statement; its subject is the claimed speaker.
        text: The whole claim.
        mine: The claim's names.
        source: The sentence.
    """
    wanted = quotation_of(text)
    there = source.sentence.span.text
    if len(wanted) < QUOTED_WORDS:
        there = " ".join(m[1] for m in _QUOTATION.finditer(there))
    if not wanted or not _contains(there, wanted):
        return None
    claimed = _subject(claim, mine)
    speakers = [s.attribution for s in source.statements if s.attribution is not None and s.attribution.entity]
    found = next((source.side.entity(a.entity) for a in speakers), None)
    spoken = [s for s in source.statements if s.form in {"active", "passive"}]
    if found is None:
        holders = [source.side.head(a) for s in spoken for a in s.in_slot(Slot.SUBJECT)]
        found = next((e for e in holders if e is not None and e.kind is EntityKind.PERSON), None)
    if claimed is None or found is None:
        return None
    same = compare_entities(claimed, found) is not NameRelation.DIFFERENT
    if not same and (not can_differ(claimed, found) or _mentioned(claimed, source) or may_be_meant(claimed, source)):
        return None
    return Holder(claimed=claimed, found=found, same=same, span=claim.span, mention=source.sentence.span, share=1.0)


def _contains(text: str, wanted: Sequence[str]) -> bool:
    there = [w.casefold() for w in _WORD.findall(normalize("NFC", text))]
    return any(there[i : i + len(wanted)] == list(wanted) for i in range(len(there) - len(wanted) + 1))


def ranked(claim: Statement, mine: Side, source: Source) -> Holder | None:
    """
    Who is "the first ..." in the source, when the sentence has all the words of the claim's description.

    The description must single somebody out; the people of the sentence who are not part of it can hold it.
    """
    rank = next((w for w in claim.exclusive if w in RANKS), "")
    subjects = claim.in_slot(Slot.SUBJECT)
    claimed = _subject(claim, mine)
    if not rank or claimed is None or not subjects:
        return None
    text = " ".join(a.span.text for a in claim.arguments if a is not subjects[0])
    described = [w for a in claim.arguments if a is not subjects[0] for w in a.words]
    there = source.sentence.words
    own = {w.casefold() for w in _WORD.findall(source.sentence.span.text)}
    if not ({rank, f"{rank}s"} & own) or len(described) < QUOTED_WORDS:
        return None
    if any(narrowed(claim, statement, rank) for statement in source.statements):
        return None
    share = sum(_found(w, there, own) for w in described) / len(described)
    if share < SAME_FIRST:
        return None
    inside = set(_WORD.findall(text.casefold()))
    people = [
        (e, m)
        for m in source.sentence.mentions
        if (e := source.side.entity(m.entity)) is not None and not set(name_words(e.name)) <= inside
    ]
    holder = _holder(claimed, people, source)
    if holder is None:
        return None
    found, mention = holder
    same = compare_entities(claimed, found) is not NameRelation.DIFFERENT
    return Holder(claimed=claimed, found=found, same=same, span=claim.span, mention=mention.span, share=share)


def narrowed(claim: Statement, source: Statement, word: str) -> str:
    """
    What the source singles out of fewer than the claim: the first woman to fly is not the first person for that.

    Args:
        claim: The claim's statement.
        source: The source's.
        word: The rank or superlative of both.
    Returns:
        The source's words, ``""`` when it is of as many or of more.
    """
    mine, theirs = _distinguished(claim, word), _distinguished(source, word)
    if mine is None or theirs is None:
        return ""
    said = _WORD.findall(claim.span.text.lower())
    words = _WORD.findall(theirs.span.text.lower())
    added = words[words.index(word) + 1 : words.index(theirs.head)]
    fewer = any(w not in lexicon.cues("with_rank") and lexical.best(w, said) < lexical.FOUND for w in added)
    return theirs.span.text if fewer or mine.head in lexicon.broader(theirs.head) else ""


def _distinguished(statement: Statement, word: str) -> Argument | None:
    """The participant that a rank or superlative singles out by standing before its noun."""
    for argument in statement.arguments:
        words = _WORD.findall(argument.span.text.lower())
        if not argument.clause and word in words and argument.head in words[words.index(word) + 1 :]:
            return argument
    return None


def _holder(claimed: Entity, people: Sequence[tuple[Entity, Mention]], source: Source) -> tuple[Entity, Mention] | None:
    """The claimed one when the sentence speaks of him or her, else the subject of its main clause."""
    for entity, mention in people:
        if compare_entities(claimed, entity) is not NameRelation.DIFFERENT:
            return entity, mention
    if not any(s.form in CLAUSES for s in source.statements):
        return _topic(claimed, source)
    main = [s for s in source.statements if s.depth == 0]
    for statement in main:
        for argument in _of_whom(statement):
            head = source.side.head(argument)
            if head is not None and can_differ(claimed, head) and any(e is head for e, _ in people):
                return next((e, m) for e, m in people if e is head)
    return None


def _of_whom(statement: Statement) -> tuple[Argument, ...]:
    """Whom a clause speaks of: its subject, or to whom something was done by nobody named ("was elected")."""
    subjects = statement.in_slot(Slot.SUBJECT)
    if subjects or statement.form != "passive":
        return subjects
    return tuple(a for a in statement.in_slot(Slot.OBJECT) if not a.link and not a.clause)[:1]


def _topic(claimed: Entity, source: Source) -> tuple[Entity, Mention] | None:
    """Whom a sentence without a verb goes on about: the subject of the last full sentence before it."""
    for sentence in reversed(source.before):
        for statement in sentence.statements:
            if statement.depth or statement.form not in CLAUSES:
                continue
            for argument in statement.in_slot(Slot.SUBJECT):
                head = source.side.head(argument)
                spoken = [m for m in sentence.mentions if head is not None and m.entity == head.id]
                if head is not None and spoken and can_differ(claimed, head):
                    return head, spoken[0]
    return None


def _found(word: str, terms: Sequence[str], own: set[str]) -> float:
    if word in own or any(form in terms for form in search_forms(word)):
        return 1.0
    return 1.0 if lexical.best(word, own) >= lexical.FOUND else 0.0


def _subject(claim: Statement, mine: Side) -> Entity | None:
    subjects = claim.in_slot(Slot.SUBJECT)
    if claim.attribution is not None and claim.attribution.entity:
        return mine.entity(claim.attribution.entity)
    return mine.head(subjects[0]) if subjects else None


def _mentioned(entity: Entity, source: Source) -> bool:
    return any(
        (other := source.side.entity(m.entity)) is not None
        and compare_entities(entity, other) is not NameRelation.DIFFERENT
        for m in source.sentence.mentions
    )
