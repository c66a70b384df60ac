"""
Sentences whose verb the parser reads as an adjective.

In "The plan, presented in June, fixed prices of bread" it may take "fixed prices" for another name of the plan, or for
what is listed beside it, and the sentence has no verb left.  A sentence has one: the participle after the comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import lexicon

if TYPE_CHECKING:
    from .pipeline import Token

_NAMES_THINGS = frozenset({"NOUN", "PROPN"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
#: Verbs whose past is as their present, and is a noun too.
_UNCHANGED = frozenset({"beat", "cut", "hit", "put", "quit", "set", "shut", "split", "upset"})
#: Clauses whose verb is not that of the sentence.
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "ccomp"})
#: The clause that commas set off: a participle with its words.
_SET_OFF = frozenset({"acl", "advcl"})


def give_back(tokens: Sequence[Token]) -> None:
    """Make the participle that must be the verb of its sentence the verb, in place."""
    for subject in [t for t in tokens if t.head is t and t.pos in _NAMES_THINGS]:
        inside = subject.subtree()
        if any(t.tag in _FINITE and not _is_subordinate(t) for t in inside):
            continue
        if (verb := _between_names(subject, tokens)) is not None:
            _make_verb(verb, subject, tokens)
            continue
        verb = next((t for t in inside if _can_be_verb(t, subject, tokens)), None)
        if verb is not None:
            _make_root(verb, subject, tokens[verb.i - 1])


def _between_names(root: Token, tokens: Sequence[Token]) -> Token | None:
    """The word between two names that is a past tense written as the noun is: the "beat" of "Anna Weber beat Falk"."""
    for word in root.all("compound"):
        before = tokens[word.i - 1]
        named = before.pos == root.pos == "PROPN" and before.head in (root, word)
        if word.low in _UNCHANGED and named:
            return word
    return None


def _make_verb(verb: Token, root: Token, tokens: Sequence[Token]) -> None:
    """Turn *verb* into the root, the name before it into its subject and the one after it into its object."""
    subject = tokens[verb.i - 1]
    moved = [(c, subject) for c in root.children if c.i < subject.i]
    moved += [(c, verb) for c in root.children if c.i > root.i]
    for token, head in [*moved, (subject, verb), (root, verb)]:
        if token.head is not token:
            token.head.children.remove(token)
        token.head = head
        head.children.append(token)
    root.children.remove(verb)
    verb.head = verb
    verb.lemma, verb.pos, verb.tag, verb.dep = verb.low, "VERB", "VBD", "ROOT"
    root.dep, subject.dep = "dobj", "nsubj"
    for token in (subject, verb):
        token.children.sort(key=lambda child: child.i)


def _is_subordinate(token: Token) -> bool:
    return any(t.dep in _SUBORDINATE for t in (token, *token.ancestors()))


def _can_be_verb(word: Token, subject: Token, tokens: Sequence[Token]) -> bool:
    """Whether *word* opens a bare noun phrase just after a clause that commas set off from *subject*."""
    noun = word.head
    beside = noun.dep == "appos" or (noun.dep == "conj" and not noun.all("cc") and not noun.head.all("cc"))
    if word.dep != "amod" or noun.pos != "NOUN" or not beside or not _base(word):
        return False
    if noun.subtree()[0] is not word or tokens[word.i - 1].text != "," or tokens[subject.i + 1].text != ",":
        return False
    clauses = (c for c in subject.children if c.dep in _SET_OFF and subject.i < c.i < word.i)
    if not any(c.subtree()[0].i == subject.i + 2 for c in clauses):
        return False
    return subject.pos == "PROPN" or subject.child("det", "poss") is not None


def _base(word: Token) -> str:
    """The verb that *word* is the past form of, "" when it is none."""
    if word.tag in {"VBN", "VBD"}:
        return word.lemma
    bases = (word.low[:-2], word.low[:-1]) if word.tag == "JJ" and word.low.endswith("ed") else ()
    return next((base for base in bases if lexicon.is_verb(base)), "")


def _make_root(verb: Token, subject: Token, comma: Token) -> None:
    """Turn the noun that *verb* describes into its object, and what that was said to explain into its subject."""
    noun = verb.head
    verb.lemma, verb.pos, verb.tag, verb.dep = _base(verb), "VERB", "VBD", "ROOT"
    noun.children.remove(verb)
    verb.head = verb
    for token in [noun, comma, *(c for c in subject.children if c.i > verb.i)]:
        if token.head is not verb:
            token.head.children.remove(token)
            token.head = verb
            verb.children.append(token)
    noun.dep, subject.dep = "dobj", "nsubj"
    subject.head = verb
    verb.children = sorted((subject, *verb.children), key=lambda child: child.i)
