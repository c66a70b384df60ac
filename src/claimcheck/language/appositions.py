"""
Appositions that the parser hangs on the wrong noun.

In "the mayor of Oslo, Anna Falk," the name is the mayor's, and the parser gives it to the city, the noun just before
it.  A person's name cannot stand for a place, a firm or a thing; it stands for the nearest office or relative above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import lexicon

if TYPE_CHECKING:
    from .pipeline import Token

#: Entity types that are no person.
_NO_PERSON = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE", "TIME", "EVENT", "LANGUAGE", "LAW", "PRODUCT", "MONEY"})
_SET_OFF = frozenset({",", "--", "—", "–"})


def reattach(tokens: Sequence[Token]) -> None:
    """Let every person's name in apposition to what an office is of stand for the office, in place."""
    for token in tokens:
        if token.dep == "appos" and (_is_person(token, tokens) or _is_office(token)):
            holder = _holder(token.head)
            if holder is not None:
                token.head.children.remove(token)
                token.head = holder
                holder.children.append(token)
                holder.children.sort(key=lambda child: child.i)


def _is_office(noun: Token) -> bool:
    """Whether a token is an office beside a place, which holds none: "the wreck off Brest, the steward Otto Falk"."""
    named = _can_be_named(noun) or any(c.ent == "PERSON" for c in noun.all("appos", "compound"))
    return noun.pos == "NOUN" and noun.head.ent in {"GPE", "LOC", "FAC"} and named


def _is_person(name: Token, tokens: Sequence[Token]) -> bool:
    """Whether a token ends a person's name of several words that commas set off: ", Anna Falk,"."""
    if name.pos != "PROPN":
        return False
    words = [t for t in name.children if t.dep == "compound" and t.pos == "PROPN"] + [name]
    first, last = words[0].i, name.i
    if len(words) < 2 or any(t.ent in _NO_PERSON for t in words) or name.all("conj", "cc"):
        return False
    if not any(t.ent == "PERSON" for t in words) and any(t.ent for t in words):
        return False
    inside = {t.i for t in name.subtree()}
    end = max(inside) + 1
    closed = end >= len(tokens) or tokens[end].pos == "PUNCT"
    return first > 0 and tokens[min(inside) - 1].text in _SET_OFF and closed and last in inside


def _holder(noun: Token) -> Token | None:
    """The nearest office or relative above *noun*, when *noun* is what that is of; ``None`` when it is one itself."""
    above = noun
    while above.dep == "pobj" and above.head.dep == "prep" and above.head.head.pos in {"NOUN", "PROPN"}:
        if above.pos == "NOUN" and _can_be_named(above):
            return None
        above = above.head.head
        if above.pos == "NOUN" and _can_be_named(above):
            return above
    return None


def _can_be_named(noun: Token) -> bool:
    """Whether a noun says what somebody is, of one person."""
    return noun.tag == "NN" and (lexicon.is_role(noun.lemma) or lexicon.kin(noun.lemma) is not None)
