"""
Modality: whether a predicate is said to have happened, or only planned, possible, conditional, required, not realised.

What decides stands beside the predicate ("may sign", "if he signs") or above it.  The verbs and nouns above are
sorted by what they imply of the predicate below them, as in Nairn, Condoravdi and Karttunen (2006), "Computing relative
polarity for textual inference": "managed to sign" implies it, "refused to sign" denies it, and an infinitive
below a word of which nothing is known ("campaigned to sign") is left open.  The words are data (``data/cues.toml``).
"""

from __future__ import annotations

from claimcheck.model import Modality, Polarity

from . import lexicon
from .cues import polarity
from .pipeline import Token

#: A modality, the word that gives it, and whether a negation above turns the predicate round.
Put = tuple[Modality, Token | None, bool]
_PLAIN: Put = (Modality.ACTUAL, None, False)
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
#: Prepositions that say so only together with their verb ("charged with fraud", not "met with voters").
_OWN_LINKS = frozenset({"with"})
#: Prepositions after a verb that leave open whether what follows is done: "spoke of selling it".
_OPEN_LINKS = frozenset({"of", "about", "against", "to", "toward", "towards"})
#: With these, "would" tells what came later: "she would later become mayor".
_LATER = frozenset({"later", "eventually", "subsequently", "ultimately", "finally", "thereafter"})
#: With these, "to have" tells what did not come about: "was to have cost less".
_WAS = frozenset({"was", "were"})
#: Words that begin a clause that says on what condition.
_CONDITIONS = frozenset({"if", "unless"})
#: Words that begin a clause that says when.
_TIMING = frozenset({"when", "until", "till", "before", "after", "once", "as"})
#: Verbs that make an event of their object: "hold talks", "win election".
_CARRYING = frozenset(
    {"win", "hold", "have", "make", "take", "get", "gain", "secure", "give", "pay", "receive", "launch"}
    | {"begin", "stage"}
)
#: Verbs whose subject happens if they do: "the meeting was held", "the visit will be short".
_OCCURRING = frozenset({"be", "hold", "happen", "occur", "begin", "start", "open", "last", "end"})
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


def modality(head: Token, steps: int = MAX_STEPS) -> Put:
    """
    How the predicate at *head* is put.

    Args:
        head: The predicate.
        steps: How many governing words above it may still be asked.
    Returns:
        The modality, the word that gives it, and whether a negation above turns the predicate round
        ("did not manage to meet").
    """
    own = _own_modality(head)
    if own is not None:
        spared = _not_needed(*own)
        return (Modality.REQUIRED, spared, True) if spared is not None else (*own, _never_needed(*own))
    first = _shared_with(head)
    if first is not None:
        put = modality(first, steps)
        denied, cue = polarity(first)
        unclear = put[0] is Modality.ACTUAL and denied is Polarity.NEGATIVE and polarity(head)[0] is Polarity.POSITIVE
        return (Modality.POSSIBLE, cue, False) if unclear else put  # "did not wait and sell"
    if steps and _is_timed(head):
        above = next((modality(a, steps - 1) for a in head.ancestors() if a.pos in {"VERB", "AUX"}), _PLAIN)
        return above if above[0] is Modality.PLANNED else _PLAIN
    governor = _governor(head)
    if governor is None or steps == 0:
        return _PLAIN
    judged = _judgement(head, governor)
    if judged is not None:
        return _below_judgement(judged)
    if governor.pos in {"NOUN", "PROPN"}:
        return _below_noun(head, governor, steps - 1)
    return _below_verb(head, governor, steps - 1)


def _is_timed(head: Token) -> bool:
    """Whether *head* is in the present tense of a clause that says when: "he will resign when the war ends"."""
    timed = head.dep in {"advcl", "relcl"} and head.tag in {"VBZ", "VBP"}
    return timed and any(c.low in _TIMING for c in head.children if c.i < head.i)


def _shared_with(head: Token) -> Token | None:
    """
    The first of several joined predicates whose auxiliary, infinitive or "if" is this one's too.

    "Will wait and sell", "plans to repair and sell", "if he comes and stays"; not "plans to stay and sells".
    """
    first = head.head
    if head.dep != "conj" or head.pos not in {"VERB", "AUX"} or first.pos not in {"VERB", "AUX"}:
        return None
    if head.tag == "VB" != first.tag:  # joined to the verb above its infinitive: "was asked to repair, paint and sell"
        first = next((t for t in first.subtree() if t.tag == "VB" and t.i < head.i and t.dep == "xcomp"), first)
    if any(c.dep == "mark" and c.low in _CONDITIONS for c in first.children):
        return first
    own = any(c.dep in {"nsubj", "nsubjpass", "expl", "aux", "mark"} and c.i > first.i for c in head.children)
    tags = {first.tag, "VBD"} if first.tag == "VBN" and any(c.low in _MODALS for c in first.all("aux")) else {first.tag}
    infinite = first.tag in {"VB", "VBN", "VBG"} and head.tag in tags
    return first if not own and (infinite or first.dep == "conj") else None


def _own_modality(head: Token) -> tuple[Modality, Token] | None:
    bound = _bound(head)
    if bound is not None:
        return bound
    short = _short_of(head)
    if short is not None:
        return Modality.UNREALISED, short
    for child in head.children:
        if child.dep == "aux" and child.low in _MODALS:
            return _of_auxiliary(head, child), child
        if (
            child.dep == "advmod"
            and child.low in lexicon.cues("near_miss")
            and head.lemma not in lexicon.cues("scaling")
        ):
            return Modality.UNREALISED, child
        if child.dep == "advmod" and child.low in lexicon.cues("possible"):
            return Modality.POSSIBLE, child
        if child.dep == "mark" and child.low == "if" and any(c.low == "had" for c in head.all("aux")):
            return Modality.UNREALISED, child
        if child.dep == "mark" and child.low == "whether":
            return Modality.POSSIBLE, child
        if child.dep == "mark" and child.low in _CONDITIONS:
            return Modality.CONDITIONAL, child
        if child.dep == "aux" and child.low in {"had", "were", "should"} and _inverted(head, child):
            return (Modality.UNREALISED if child.low == "had" else Modality.CONDITIONAL), child
        if child.dep == "amod" and head.pos in {"NOUN", "PROPN"}:
            for name, value in _CUES:
                if child.low in lexicon.cues(name) or child.lemma in lexicon.cues(name):
                    return value, child
    return None


def _short_of(head: Token) -> Token | None:
    """The word that says that it did not come to *head*: "two miles short of reaching", "instead of signing"."""
    link = head.head
    if head.dep not in {"pcomp", "pobj"}:
        return None
    before = (word for word in (link.head, *link.children) if word.i < link.i and word.pos not in {"VERB", "AUX"})
    return next((word for word in before if f"{word.low} {link.low}" in lexicon.cues("unrealised")), None)


def _of_auxiliary(head: Token, auxiliary: Token) -> Modality:
    """What a modal auxiliary makes of its verb; "would" is also the future of the past."""
    if _counterfactual(head):
        return Modality.UNREALISED
    value = _MODALS[auxiliary.low]
    if auxiliary.low == "could" and head.tag == "VB" and head.all("neg") and not _depends(head):
        return Modality.ACTUAL  # who could not come did not
    bare = value is Modality.CONDITIONAL and head.tag == "VB" and not head.all("advcl")
    if bare and not head.all("neg") and any(c.dep == "advmod" and c.low in _LATER for c in head.children):
        return Modality.ACTUAL
    if bare and head.dep == "ccomp" and head.head.tag in {"VBD", "VBN"} and lexicon.is_reporting(head.head.lemma):
        return Modality.PLANNED
    return value


def _depends(head: Token) -> bool:
    """Whether something is said only for a case: "if", "unless" or "without" below the predicate."""
    return any(c.low in {"if", "unless", "without"} for c in head.subtree())


def _counterfactual(head: Token) -> bool:
    """Whether it would have happened, had something else happened: "would have won if he had come"."""
    if head.tag not in {"VBN", "VBD"} or not any(
        c.dep in {"aux", "auxpass"} and c.low == "have" for c in head.children
    ):
        return False
    for clause in head.all("advcl", "ccomp"):
        had = [c for c in clause.children if c.dep in {"aux", "auxpass"} and c.low == "had"]
        marks = [c for c in clause.children if c.dep == "mark"]
        if had and not any(c.low == "even" for c in clause.children):
            return any(m.low == "if" for m in marks) or (not marks and _inverted(clause, had[0]))
    return False


def _bound(head: Token) -> tuple[Modality, Token] | None:
    """What is arranged or still owing: "is to", "has to"."""
    to = next((c for c in head.children if c.dep == "aux" and c.low == "to"), None)
    before = [c for c in head.children if c.dep in {"aux", "auxpass"} and to is not None and c.i < to.i]
    if not before and to is not None and head.dep == "xcomp" and head.head.lemma in {"be", "have"}:
        before = [head.head]
    if not before:
        return None
    if before[0].low in _WAS and any(c.dep == "aux" and c.low == "have" for c in head.children):
        return Modality.UNREALISED, before[0]  # "was to have cost"
    return (Modality.REQUIRED if before[0].lemma == "have" else Modality.PLANNED), before[0]


def _never_needed(value: Modality, cue: Token) -> bool:
    """Whether it was spared for good: who never had to speak did not; who did not have to may have."""
    return value is Modality.REQUIRED and cue.lemma == "have" and any(c.low == "never" for c in cue.children)


def _not_needed(value: Modality, cue: Token) -> Token | None:
    """The "not" of "did not have to speak", which leaves open who spoke."""
    marks = [c for c in cue.all("neg") if c.low != "never"]
    return marks[0] if marks and value is Modality.REQUIRED and cue.lemma == "have" else None


def _inverted(head: Token, auxiliary: Token) -> bool:
    """Whether the auxiliary stands before the subject of a subordinate clause: "had he won"."""
    subject = head.child("nsubj", "nsubjpass")
    asked = any(t.text == "?" for t in head.children)
    return subject is not None and auxiliary.i < subject.i and head.head is not head and not asked


def _below_verb(head: Token, governor: Token, steps: int) -> Put:
    """What the verb or adjective above makes of *head*."""
    seat = governor.head if governor.pos == "ADJ" and governor.head.pos in {"VERB", "AUX"} else governor
    phrases = cue_phrases(governor)
    if seat is not governor:
        phrases |= {p for p in cue_phrases(seat) if governor.low in p.split()}
    link = head.head.low if head.dep in {"pcomp", "pobj"} else ""
    if head.dep == "pcomp" or link in _OWN_LINKS:
        phrases = frozenset(p for p in phrases if p.endswith(f" {link}"))
    verbal = head.pos in {"VERB", "AUX"}
    if link != "to" and not (verbal and _is_infinitive(head)):
        phrases = frozenset(p for p in phrases if not p.endswith(" to"))
    negated = polarity(seat)[0] is Polarity.NEGATIVE
    stopped = (verbal or head.dep == "dobj") and phrases & lexicon.cues("stopped")
    if stopped or (head.dep in {"dobj", "nsubjpass"} and phrases & lexicon.cues("held_up")):
        return Modality.POSSIBLE, governor, False
    if negated and _is_perceived(head) and phrases & lexicon.cues("perception"):
        return Modality.POSSIBLE, governor, False
    value = _listed(phrases)
    if value is not None:
        if negated and value is Modality.UNREALISED:
            return _PLAIN
        if value is Modality.UNREALISED and verbal and _is_purpose_of(head, governor):
            return Modality.POSSIBLE, governor, False
        return (Modality.POSSIBLE if negated and value is Modality.PLANNED else value), governor, False
    if head.dep in {"nsubj", "nsubjpass"} and (governor.lemma in _OCCURRING or "take place" in phrases):
        above, cue, turned = modality(seat, steps)
        return above, cue, turned != (negated and governor.lemma != "be")
    if phrases & lexicon.cues("implicative") or (head.dep == "dobj" and governor.lemma in _CARRYING):
        above, cue, turned = modality(seat, steps)
        return above, cue, turned != negated
    if phrases & (lexicon.cues("causative") | lexicon.cues("factive")):
        one_way = negated and (not phrases & lexicon.cues("factive") or phrases & lexicon.cues("shown"))
        return (Modality.POSSIBLE, governor, False) if one_way else modality(seat, steps)
    if verbal and head.dep in {"xcomp", "advcl"} and _is_infinitive(head) and _was_first(governor):
        return modality(seat, steps)
    if negated and verbal and head.dep == "ccomp":
        return Modality.POSSIBLE, governor, False  # "did not prove that it helps"
    unknown = head.dep == "pcomp" and governor.pos == "VERB" and head.head.low in _OPEN_LINKS and head.i > governor.i
    if unknown or (verbal and head.dep in {"xcomp", "ccomp"} and _is_infinitive(head)):
        return Modality.POSSIBLE, governor, False
    return _PLAIN


def _is_purpose_of(head: Token, verb: Token) -> bool:
    """Whether an infinitive says what for a verb with an object was done: "turned down an offer to stay at home"."""
    objects = [t for t in verb.all("dobj") if verb.i < t.i < head.i]
    return bool(objects) and head.dep in {"advcl", "xcomp"} and _is_infinitive(head)


def _was_first(verb: Token) -> bool:
    """Whether a verb says that somebody was the first, or the last, to do what follows: "became the first to"."""
    return any(_is_single(noun) for noun in verb.all("attr", "oprd", "acomp", "dobj", "xcomp"))


def _is_perceived(head: Token) -> bool:
    """Whether a bare infinitive or participle is what is seen or heard: "did not see him leave"."""
    return head.dep in {"ccomp", "xcomp"} and head.tag in {"VB", "VBG"} and not head.all("mark", "aux")


def _below_judgement(adjective: Token) -> Put:
    """What "it is false that", "he was sure that" make of the clause: left open unless it is a fact for the writer."""
    held = cue_phrases(adjective) & lexicon.cues("factive")
    if held and polarity(adjective.head)[0] is Polarity.POSITIVE:
        return _PLAIN
    return Modality.POSSIBLE, adjective, False


def _below_noun(head: Token, noun: Token, steps: int) -> Put:
    """What the noun above makes of *head*: "the refusal to sign", "reports that he signed", "plans for a visit"."""
    phrases = cue_phrases(noun)
    if head.dep == "acl" and any(c.dep == "mark" and c.low in {"that", "whether"} for c in head.children):
        return _PLAIN if phrases & lexicon.cues("factive_noun") else (Modality.POSSIBLE, noun, False)
    value = _listed(phrases)
    above = modality(noun, steps)
    if _is_purpose(head, noun):
        verb = noun.head
        if noun.dep == "dobj" and cue_phrases(verb) & lexicon.cues("implicative"):
            negated = polarity(verb)[0] is Polarity.NEGATIVE
            put, cue, turned = modality(verb, steps)
            return put, cue, turned != negated
        if above[0] is Modality.UNREALISED:
            return above
        return (value if value is Modality.UNREALISED else Modality.PLANNED), noun, _is_none(noun)
    if value is not None and above[0] is not Modality.UNREALISED:
        return value, noun, value is Modality.PLANNED and _is_none(noun)
    return above


def _is_none(noun: Token) -> bool:
    """Whether there is none of something: "has no plans to sell"."""
    return any(c.dep == "det" and c.low == "no" for c in noun.children)


def _judgement(head: Token, governor: Token) -> Token | None:
    """The adjective that says whether a that-clause is so."""
    if head.dep != "ccomp" or not any(c.dep == "mark" and c.low == "that" for c in head.children):
        return None
    return governor if governor.pos == "ADJ" else governor.child("acomp")


def _listed(phrases: frozenset[str]) -> Modality | None:
    """What the cue lists make of the predicate below one of the *phrases*."""
    return next((value for name, value in _CUES if phrases & lexicon.cues(name)), None)


def _is_infinitive(head: Token) -> bool:
    return any(c.dep == "aux" and c.low == "to" for c in head.children)


def _is_purpose(head: Token, governor: Token) -> bool:
    """Whether *head* is an infinitive that says what a noun is for ("a way to win"), not who did it first."""
    if head.dep not in {"acl", "relcl"} or head.tag != "VB" or governor.pos not in {"NOUN", "PROPN"}:
        return False
    if not _is_infinitive(head):
        return False
    return not _is_single(governor)


def _is_single(noun: Token) -> bool:
    """Whether a noun is of the first, last, only or next of several."""
    return any(c.low in {"first", "last", "only", "next"} or c.ent == "ORDINAL" for c in noun.children)


def _governor(head: Token) -> Token | None:
    """The verb or noun that decides whether *head* happens: "tried to", "an invitation to", "called off"."""
    if head.pos in {"NOUN", "PROPN"}:
        above = head.head
        if head.dep in {"dobj", "nsubjpass"}:
            return above
        if head.dep == "nsubj" and above.pos in {"AUX", "VERB"}:
            return above
        if head.dep in {"pobj", "pcomp"} and above.low in _GOVERNING_LINKS | _OWN_LINKS:
            return above.head
        return None
    if head.dep not in _GOVERNED:
        return None
    above = head.head
    if head.dep == "pcomp":
        while above.pos in {"ADP", "ADV", "SCONJ"} and above.head is not above:
            above = above.head
        return above
    if head.dep == "advcl" and not _is_infinitive(head):
        return None
    complement = head.dep == "acl" and any(c.dep == "mark" for c in head.children)
    if head.dep in {"relcl", "acl"} and head.tag != "VB" and not complement:
        return None
    small = head.tag == "VBN" and not any(c.dep in {"aux", "auxpass"} for c in head.children)  # "get it painted"
    marked = any(c.low in {"that", "to"} for c in head.children)
    doubted = polarity(above)[0] is Polarity.NEGATIVE
    if head.dep == "ccomp" and head.tag != "VB" and not (small or marked or doubted):
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
    if token.tag == "VBG" and any(c.dep == "aux" and c.lemma == "be" for c in token.children):
        found.add(f"be {token.low}")
    if any(c.dep == "auxpass" for c in token.children):
        found |= {f"be {token.low}", *(f"be {token.low} {c.low}" for c in token.children if c.dep == "prep")}
    found |= {f"{phrase} to" for phrase in list(found)}
    return frozenset(found)
