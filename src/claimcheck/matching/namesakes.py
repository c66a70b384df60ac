"""
Whom a bare name of the claim was taken for, where the sources know several of that name.

An article settles a surname for itself; a claim that says no more than "Falk" means one of them, and the reader is
told which.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.language.names import NameRelation, compare_names, name_words
from claimcheck.model import Entity, EntityKind, Span, Warned

from .finding import Finding
from .sides import Side, Source, compare_entities

#: Code of a name that can mean several people.
AMBIGUOUS_NAME = "CC-W03"


def ambiguous_names(deciding: Sequence[Finding], mine: Side, pool: Sequence[Source]) -> tuple[Warned, ...]:
    """
    A warning for each surname of the claim that *pool* gives to several people, with whom it was taken for.

    Args:
        deciding: The findings that the verdict rests on.
        mine: The claim's names.
        pool: All candidate sentences.
    """
    warned: dict[str, Warned] = {}
    for finding in deciding:
        for argument in finding.alignment.claim.arguments:
            head = mine.head(argument)
            if head is None or head.id in warned or not _is_bare(head):
                continue
            meant = _bearers(head, finding.source)
            others = {e.name: s for s in pool for e in _bearers(head, s) if meant and not _is_one_of(e, meant)}
            if others:
                warned[head.id] = _warning(head, argument.span, meant[0], finding.source, others)
    return tuple(warned.values())


def _is_bare(entity: Entity) -> bool:
    return entity.kind in {EntityKind.PERSON, EntityKind.ORGANISATION} and len(name_words(entity.name)) == 1


def _bearers(head: Entity, source: Source) -> list[Entity]:
    """The people of the sentence's article whom *head* can mean, those named in the sentence itself alone if any is."""
    fits = [
        e
        for e in source.side.entities.values()
        if e.kind is EntityKind.PERSON
        and len(name_words(e.name)) > 1
        and compare_entities(head, e) is not NameRelation.DIFFERENT
    ]
    here = {m.entity for m in source.sentence.mentions}
    return [e for e in fits if e.id in here] or fits


def _is_one_of(entity: Entity, others: Sequence[Entity]) -> bool:
    return any(compare_names(entity.name, other.name) is not NameRelation.DIFFERENT for other in others)


def _warning(head: Entity, span: Span, meant: Entity, source: Source, others: dict[str, Source]) -> Warned:
    name, other = next(iter(sorted(others.items())))
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    message = (
        f"“{head.name}” was taken for {meant.name}, whom {source.document.id} names; "
        f"{other.document.id} names {name}{more}"
    )
    return Warned(code=AMBIGUOUS_NAME, message=message, span=span)
