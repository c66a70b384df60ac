"""
Polarity, modality and attribution: whether a predicate is said to have happened, and by whom it is said.

The words that decide are data (``data/cues.toml``); this module knows where in a sentence they count.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from claimcheck.model import Modality, Polarity

from . import lexicon
from .arguments import OBJECT_CONTROL
from .discourse import Piece
from .pipeline import Token

#: How far up the tree a governing verb or noun is looked for.
MAX_STEPS = 4

#: What an auxiliary makes of its verb; spaCy splits "won't" into "wo" and "n't".
_MODALS = {
    "will": Modality.PLANNED,
    "shall": Modality.PLANNED,
    "'ll": Modality.PLANNED,
    "’ll": Modality.PLANNED,
    "wo": Modality.PLANNED,
    "would": Modality.CONDITIONAL,
    "'d": Modality.CONDITIONAL,
    "’d": Modality.CONDITIONAL,
    "could": Modality.POSSIBLE,
    "can": Modality.POSSIBLE,
    "ca": Modality.POSSIBLE,
    "may": Modality.POSSIBLE,
    "might": Modality.POSSIBLE,
    "must": Modality.REQUIRED,
    "should": Modality.REQUIRED,
    "ought": Modality.REQUIRED,
}
#: Prepositions through which a verb decides whether an event noun happens ("came close to a deal").
_GOVERNING_LINKS = frozenset({"to", "from", "for", "of"})
#: Dependencies through which a negative word negates its head.
_NEGATING = frozenset({"advmod", "cc", "preconj", "det"})
#: Verbs that make an event of their object: "hold talks", "win election".
_CARRYING = frozenset(
    {"win", "hold", "have", "make", "take", "get", "gain", "secure", "give", "pay", "receive", "launch"}
    | {"begin", "stage"}
)
#: Dependencies of a predicate that hangs on a governing verb or noun.
_GOVERNED = frozenset({"xcomp", "pcomp", "acl", "relcl", "ccomp", "advcl"})
#: The cue lists in the order in which they are asked, and what their words make of the predicate below.
_CUES = (
    ("attempted", Modality.POSSIBLE),
    ("near_miss", Modality.UNREALISED),
    ("unrealised", Modality.UNREALISED),
    ("planned", Modality.PLANNED),
    ("possible", Modality.POSSIBLE),
    ("required", Modality.REQUIRED),
)


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
    for child in head.children:
        late = child.dep == "cc" and child.i > head.i
        if child.dep == "neg" or (child.dep in _NEGATING and not late and _negates(child, negative)):
            yield child
        elif child.dep in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"}:
            mark = _negative_noun(child, negative)
            if mark is not None:
                yield mark
    if head.dep in {"pcomp", "pobj"} and head.head.low == "without":
        yield head.head
    if head.dep == "pcomp" and head.head.low in {"against", "instead"}:
        yield head.head
    yield from _cleft_negation(head)


def _cleft_negation(head: Token) -> Iterator[Token]:
    """The negation of "it was not X who did it"."""
    if head.dep != "relcl" or head.head.dep != "attr" or head.head.head.lemma != "be":
        return
    frame = head.head.head
    subject = frame.child("nsubj")
    if subject is not None and subject.low == "it":
        yield from frame.all("neg")


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


# -------------------------------------------------------------------------- modality


def modality(head: Token) -> tuple[Modality, Token | None, bool]:
    """
    How the predicate at *head* is put.

    Returns:
        The modality, the word that gives it, and whether a negation above turns the predicate round
        ("did not manage to meet").
    """
    own = _own_modality(head)
    if own is not None:
        return (*own, False)
    return _governed_modality(head, MAX_STEPS)


def _own_modality(head: Token) -> tuple[Modality, Token] | None:
    bound = _bound(head)
    if bound is not None:
        return bound
    for child in head.children:
        if child.dep == "aux" and child.low in _MODALS:
            return _MODALS[child.low], child
        if child.dep == "advmod" and child.low in lexicon.cues("near_miss"):
            return Modality.UNREALISED, child
        if child.dep == "advmod" and child.low in lexicon.cues("possible"):
            return Modality.POSSIBLE, child
        if child.dep == "mark" and child.low == "if" and any(c.low == "had" for c in head.all("aux")):
            return Modality.UNREALISED, child
        if child.dep == "mark" and child.low in {"if", "unless"}:
            return Modality.CONDITIONAL, child
        if child.dep == "aux" and child.low in {"had", "were", "should"} and _inverted(head, child):
            return (Modality.UNREALISED if child.low == "had" else Modality.CONDITIONAL), child
        if child.dep == "amod" and head.pos in {"NOUN", "PROPN"}:
            for name, value in _CUES:
                if child.low in lexicon.cues(name) or child.lemma in lexicon.cues(name):
                    return value, child
    return None


def _bound(head: Token) -> tuple[Modality, Token] | None:
    """What is arranged or still owing: "is to", "has to"."""
    to = next((c for c in head.children if c.dep == "aux" and c.low == "to"), None)
    before = [c for c in head.children if c.dep in {"aux", "auxpass"} and to is not None and c.i < to.i]
    if not before and to is not None and head.dep == "xcomp" and head.head.lemma in {"be", "have"}:
        before = [head.head]
    if not before:
        return None
    return (Modality.REQUIRED if before[0].lemma == "have" else Modality.PLANNED), before[0]


def _inverted(head: Token, auxiliary: Token) -> bool:
    """Whether the auxiliary stands before the subject of a subordinate clause: "had he won"."""
    subject = head.child("nsubj", "nsubjpass")
    asked = any(t.text == "?" for t in head.children)
    return subject is not None and auxiliary.i < subject.i and head.head is not head and not asked


def _governed_modality(head: Token, steps: int) -> tuple[Modality, Token | None, bool]:
    plain = (Modality.ACTUAL, None, False)
    governor = _governor(head)
    if governor is None or steps == 0:
        return plain
    if _is_purpose(head, governor):
        return Modality.PLANNED, governor, False
    phrases = cue_phrases(governor)
    if governor.pos == "ADJ" and governor.head is not governor:
        phrases |= cue_phrases(governor.head)
    negated = polarity(governor)[0] is Polarity.NEGATIVE
    for name, value in _CUES:
        if phrases & lexicon.cues(name):
            if negated and value is Modality.UNREALISED:
                return plain
            if negated and value is Modality.PLANNED:
                return Modality.POSSIBLE, governor, False
            return value, governor, False
    if phrases & lexicon.cues("implicative") or governor.pos in {"NOUN", "PROPN"}:
        above, cue, turned = modality(governor)
        return above, cue, turned != (negated and governor.pos in {"VERB", "AUX"})
    if head.pos in {"NOUN", "PROPN"} and head.dep == "dobj" and governor.lemma in _CARRYING:
        above, cue, turned = modality(governor)
        return above, cue, turned != negated
    if head.dep in {"xcomp", "ccomp"} and governor.lemma in OBJECT_CONTROL:
        return modality(governor)
    return plain


def _is_purpose(head: Token, governor: Token) -> bool:
    """Whether *head* is an infinitive that says what a noun is for ("a way to win"), not who did it first."""
    if head.dep not in {"acl", "relcl"} or head.tag != "VB" or governor.pos not in {"NOUN", "PROPN"}:
        return False
    if not any(c.dep == "aux" and c.low == "to" for c in head.children):
        return False
    return not any(c.low in {"first", "last", "only", "next"} or c.ent == "ORDINAL" for c in governor.children)


def _governor(head: Token) -> Token | None:
    """The verb or noun that decides whether *head* happens: "tried to", "an invitation to", "called off"."""
    if head.pos in {"NOUN", "PROPN"}:
        above = head.head
        if head.dep in {"dobj", "nsubjpass"}:
            return above
        if head.dep == "nsubj" and above.pos in {"AUX", "VERB"}:
            return above
        if head.dep in {"pobj", "pcomp"} and above.low in _GOVERNING_LINKS:
            return above.head
        return None
    if head.dep not in _GOVERNED:
        return None
    above = head.head
    if head.dep == "pcomp":
        return above.head if above.head is not above else None
    if head.dep == "advcl" and not any(c.dep == "aux" and c.low == "to" for c in head.children):
        return None
    if head.dep in {"relcl", "acl"} and head.tag != "VB":
        return None
    if head.dep == "ccomp" and not any(c.low in {"that", "to"} for c in head.children):
        return None
    return above


def cue_phrases(token: Token) -> frozenset[str]:
    """The phrases a cue list may know *token* by: "come", "come close", "come close to", "be set", "turn down", ..."""
    lemma = token.lemma
    found = {lemma}
    if token.pos == "ADJ":
        found |= {f"be {token.low}", f"be {token.low} to"}
    for child in token.children:
        if child.dep in {"prt", "advmod", "acomp", "oprd", "dobj", "prep", "attr"} and child.i > token.i:
            found |= {f"{lemma} {child.low}", f"{lemma} {child.lemma}"}
            for grandchild in child.children:
                if grandchild.dep in {"prep", "aux"}:
                    found.add(f"{lemma} {child.low} {grandchild.low}")
            for other in token.children:
                if other.i > child.i and other.dep in {"prep", "advmod", "prt"}:
                    found.add(f"{lemma} {child.low} {other.low}")
    if any(c.dep == "auxpass" for c in token.children):
        found |= {f"be {token.low}", f"be {token.low} to"}
    found |= {f"{phrase} to" for phrase in list(found)}
    return frozenset(found)


# ----------------------------------------------------------------------- attribution


def attribution(head: Token, piece: Piece) -> Said | None:
    """Who is said to say what the predicate at *head* asserts, by grammar alone."""
    token = head
    for above in head.ancestors():
        if not piece.inside(above):
            break
        if token.dep in {"ccomp", "pcomp", "parataxis"} or (token.dep == "conj" and token.head.dep == "ccomp"):
            verb = above.head if above.pos == "ADP" else above
            if lexicon.is_reporting(verb.lemma):
                speaker = verb.child("nsubj") or _agent(verb)
                if speaker is not None and speaker.low not in {"it", "that", "which", "who"}:
                    return Said(speaker=speaker, cue=verb)
                if speaker is not None and speaker.low == "who" and verb.dep == "relcl":
                    return Said(speaker=verb.head, cue=verb)
        token = above
    return _according_to(head, piece)


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
