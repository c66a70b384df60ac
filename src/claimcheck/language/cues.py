"""
Polarity and attribution: whether a predicate is affirmed or denied, and by whom it is said.

The words that decide are data (``data/cues.toml``); this module knows where in a sentence they count.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from claimcheck.model import Polarity

from . import lexicon
from .discourse import Piece
from .pipeline import Token

#: Dependencies through which a negative word negates its head.
_NEGATING = frozenset({"advmod", "cc", "preconj", "det"})
#: Dependencies of a clause that says what is thought; the parser takes "believe it to be so" for an adverbial clause.
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "advcl"})


@frozen(kw_only=True)
class Said:
    """Where an attribution stands: the speaker's head word and the reporting word."""

    speaker: Token
    cue: Token


# -------------------------------------------------------------------------- polarity


def polarity(head: Token) -> tuple[Polarity, Token | None]:
    """
    Whether the predicate at *head* is negated, and by which word.

    Two negations of one predicate cancel; "no", "none" and "neither" on its subject or object negate it.
    """
    marks = list(_negations(head))
    if not marks and head.dep == "conj" and _shares_negation(head):
        marks = list(_negations(head.head))
    return (Polarity.NEGATIVE, marks[0]) if len(marks) % 2 else (Polarity.POSITIVE, None)


def _negations(head: Token) -> Iterator[Token]:
    negative = lexicon.cues("negation")
    if any(c.low == "until" for c in head.children):
        return  # "not until 1933" means: in 1933
    if _lent_negation(head) is not None:
        return  # it is that of the clause below
    if head.dep in _COMPLEMENTS and (lent := _lent_negation(head.head)) is not None and lent[0] is head:
        yield lent[1]
    for child in head.children:
        late = child.dep == "cc" and child.i > head.i
        if child.dep == "neg" or (child.dep in _NEGATING and not late and _negates(child, negative)):
            yield child
        elif (mark := _turned_before(child, head, negative)) is not None:
            yield mark
        elif child.dep in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"}:
            mark = _negative_noun(child, negative)
            if mark is not None:
                yield mark
    if head.dep in {"pcomp", "pobj"} and head.head.low == "without":
        yield head.head
    if head.dep == "pcomp" and head.head.low in {"against", "instead"}:
        yield head.head
    yield from _cleft_negation(head)


def _lent_negation(verb: Token) -> tuple[Token, Token] | None:
    """
    The clause below a verb of thinking, and the negation before the verb that is the clause's.

    Who does not believe that it rained believes that it did not (neg raising; Horn 1978).
    """
    if verb.pos != "VERB" or verb.lemma not in lexicon.cues("lends_negation"):
        return None
    clause = next((c for c in verb.children if c.dep in _COMPLEMENTS and c.i > verb.i and _is_said(c)), None)
    mark = verb.child("neg")
    return (clause, mark) if clause is not None and mark is not None else None


def _is_said(clause: Token) -> bool:
    """Whether a clause has a subject or an infinitive of its own: "that it rained", "it to have rained"."""
    return any(c.dep in {"nsubj", "nsubjpass", "expl"} or (c.dep == "aux" and c.low == "to") for c in clause.children)


def _cleft_negation(head: Token) -> Iterator[Token]:
    """The negation of "it was not X who did it"."""
    if head.dep != "relcl" or head.head.dep != "attr" or head.head.head.lemma != "be":
        return
    frame = head.head.head
    subject = frame.child("nsubj")
    if subject is not None and subject.low == "it":
        yield from frame.all("neg")


def _turned_before(child: Token, head: Token, negative: frozenset[str]) -> Token | None:
    """The "not" of "not once did they meet", which hangs on the adverb before the verb."""
    if child.dep != "advmod" or child.i > head.i:
        return None
    mark = next((c for c in child.children if c.low == "not"), None)
    return mark if mark is not None and f"not {child.low}" in negative else None


def _negates(word: Token, negative: frozenset[str]) -> bool:
    if word.low == "no":
        return False
    if word.low in {"longer", "more"}:
        return any(c.low == "no" for c in word.children)
    return word.low in negative


def _negative_noun(noun: Token, negative: frozenset[str]) -> Token | None:
    if noun.low in {"nobody", "none", "nothing", "neither"}:
        return noun
    for child in noun.children:
        if child.low in {"no", "neither"} and child.dep in {"det", "cc", "preconj", "neg"} and "no" in negative:
            return child
    return None


def _shares_negation(head: Token) -> bool:
    """Whether a conjunct takes over the negation of the first: "did not meet or call", "... nor ..."."""
    joined = [c.low for c in head.head.children if c.dep == "cc" and c.i < head.i]
    own = any(c.dep in {"nsubj", "nsubjpass", "aux"} for c in head.children)
    return "nor" in joined or ("or" in joined and not own)


# ----------------------------------------------------------------------- attribution


def attribution(head: Token, piece: Piece) -> Said | None:
    """Who is said to say what the predicate at *head* asserts, by grammar alone."""
    token = head
    for above in head.ancestors():
        if not piece.inside(above):
            break
        joined = token.dep == "conj" and token.head.dep == "ccomp"
        if token.dep in {"ccomp", "pcomp", "parataxis"} or joined or _looks_back(token):
            verb = above.head if above.pos == "ADP" else above
            if lexicon.is_reporting(verb.lemma):
                speaker = _speaker(verb)
                if speaker is not None and speaker.low not in {"it", "that", "which", "who"}:
                    return Said(speaker=speaker, cue=verb)
                if speaker is not None and speaker.low == "who" and verb.dep == "relcl":
                    return Said(speaker=verb.head, cue=verb)
        token = above
    return _according_to(head, piece)


def _looks_back(clause: Token) -> bool:
    """Whether a clause without a subject is what somebody says of the past: "denied signing", "claimed to have won"."""
    if clause.dep != "xcomp":
        return False
    return clause.tag == "VBG" or any(c.dep == "aux" and c.low in {"have", "having"} for c in clause.children)


def _speaker(verb: Token) -> Token | None:
    """The subject of a verb or its agent, also that which verbs in a row have in common: "regretted it and denied"."""
    own = verb.child("nsubj") or _agent(verb)
    if own is None and verb.dep == "conj" and verb.head.pos in {"VERB", "AUX"} and not verb.all("nsubjpass"):
        return _speaker(verb.head)
    return own


def _agent(verb: Token) -> Token | None:
    agent = verb.child("agent")
    return agent.child("pobj") if agent is not None else None


def _according_to(head: Token, piece: Piece) -> Said | None:
    for token in piece.tokens:
        if token.low != "according":
            continue
        to = token.child("prep")
        speaker = to.child("pobj") if to is not None else None
        above = token.head
        if speaker is not None and (above is head or head in above.subtree() or above in head.subtree()):
            return Said(speaker=speaker, cue=token)
    return None
