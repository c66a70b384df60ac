"""
Whom "they", "the two" and "both men" mean: several who were named together.

Two are taken together when a list names them ("Falk and Weiss"), or when they are all that a sentence names of their
kind ("Falk met Weiss").  "They" goes back to a list only, and not past a plural noun that it may mean instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimcheck.model import EntityKind

from . import lexicon
from .discourse import Discourse, Group, Piece
from .names import Known
from .pipeline import Token

#: Sentences that "the two" and "they" reach back.
REACH_TWO, REACH_THEY = 3, 1
#: How many "both" and "the two" are.
TWO = 2
#: A given name and a surname.
FULL_NAME = 2
_THEY = frozenset({"they", "them", "their", "theirs"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURAL = "NNS"
_PEOPLE, _PLACES = frozenset({EntityKind.PERSON}), frozenset({EntityKind.PLACE})


def remember(piece: Piece, discourse: Discourse) -> None:
    """Note who was named together in *piece*, which has been resolved."""
    discourse.groups.extend(_groups(piece, piece.last))


def meant_together(token: Token, piece: Piece, discourse: Discourse) -> tuple[Known, ...]:
    """Whom a plural pronoun or the words for a pair mean, () when that is not known."""
    if token.low in _THEY:
        return _they(token, piece, discourse)
    kinds = _kinds_of_pair(token)
    return _pair(token, piece, discourse, kinds) if kinds else ()


def first_of(token: Token) -> int:
    """Where the words for a pair begin: at "the" in "the two men"."""
    return min([token.i, *(c.i for c in token.children if c.dep in {"det", "nummod", "preconj", "predet"})])


def _kinds_of_pair(token: Token) -> frozenset[EntityKind]:
    """Of what kind those are that "the two", "the couple" or "both countries" mean; none for other words."""
    before = {c.low for c in token.children if c.i < token.i}
    if token.children and not all(c.i < token.i or c.dep in {"relcl", "punct", "appos", "acl"} for c in token.children):
        return frozenset()  # "the two of the cars", "both of his books"
    if token.low == "both" and token.dep in _SUBJECTS:
        return _PEOPLE | _PLACES
    if not before & {"the", "both"}:
        return frozenset()
    if token.low in lexicon.cues("pair"):
        return _PEOPLE
    if token.tag != _PLURAL or not before & {"two", "both"} or before - {"the", "two", "both"}:
        return frozenset()
    if token.lemma in lexicon.cues("land"):
        return _PLACES
    return _PEOPLE if lexicon.is_role(token.lemma) or token.lemma in lexicon.cues("person_noun") else frozenset()


def _pair(token: Token, piece: Piece, discourse: Discourse, kinds: frozenset[EntityKind]) -> tuple[Known, ...]:
    """The two who were last named together, in a list or by themselves."""
    for group in _latest(token, piece, discourse, REACH_TWO):
        if len(group.known) == TWO and _are(group, kinds):
            return group.known
    return ()


def _they(token: Token, piece: Piece, discourse: Discourse) -> tuple[Known, ...]:
    """The people of the last list."""
    for group in _latest(token, piece, discourse, REACH_THEY):
        if not _are(group, _PEOPLE):
            continue
        return group.known if group.listed and not group.plural else ()
    return ()


def _are(group: Group, kinds: frozenset[EntityKind]) -> bool:
    """Whether all of a group are of these kinds; beside a person, a full name that was not known for one is one."""
    others = [k for k in group.known if k.kind not in kinds]
    if not others:
        return True
    people = kinds >= _PEOPLE and group.listed and len(others) < len(group.known)
    return people and all(k.kind is not EntityKind.PLACE and len(k.words) == FULL_NAME for k in others)


def _latest(token: Token, piece: Piece, discourse: Discourse, reach: int) -> Iterator[Group]:
    """Who was named together before *token*, the last first; lists before others of one sentence."""
    yield from _groups(piece, token.i)
    for group in reversed(discourse.groups):
        if piece.index - group.piece > reach:
            return
        yield group


def _groups(piece: Piece, end: int) -> Sequence[Group]:
    """Those named together in *piece* before the token *end*: the two of a kind that it names, then its lists."""
    named: list[tuple[Token, Known]] = []
    for name in piece.names:
        known = piece.known_at(name.head) if name.head is not None else None
        if name.head is not None and known is not None and name.head.i < end:
            named.append((name.head, known))
    plural = any(t.tag == _PLURAL and t.dep in _SUBJECTS for t in piece.tokens if t.i < end)
    lists: dict[int, list[Known]] = {}
    for head, known in named:
        lists.setdefault(_first_of_list(head).i, []).append(known)
    listed = [together for members in lists.values() if len(together := tuple(dict.fromkeys(members))) >= TWO]
    longer = {known for together in listed if len(together) > TWO for known in together}
    found = []
    for kind in (EntityKind.PLACE, EntityKind.PERSON):
        of_kind = tuple(dict.fromkeys(k for _, k in named if k.kind is kind))
        if len(of_kind) == TWO and longer.isdisjoint(of_kind):
            found.append(Group(known=of_kind, piece=piece.index, listed=False, plural=plural))
    found += [Group(known=together, piece=piece.index, listed=True, plural=plural) for together in listed]
    return found


def _first_of_list(token: Token) -> Token:
    while token.dep in {"conj", "appos"} and token.head.pos in {"PROPN", "NOUN"}:
        token = token.head
    return token
