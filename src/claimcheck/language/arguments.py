"""
The participants of a predicate: who, whom, where, with what, read from the dependency tree.

Voice is undone here: the subject of a passive becomes the object and its agent the subject, and a
predicate without a subject of its own takes the one that grammar lends it (control, relative
clauses, coordination).
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from claimcheck.model import Argument, EntityKind, Slot, Span

from . import lexicon
from .discourse import Piece
from .pipeline import RUN_ON, Token

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
PLACE_LINKS = frozenset(
    {"in", "at", "to", "from", "into", "near", "on", "through", "across", "outside", "inside", "via", "over", "toward"}
)
#: Those before whom somebody wins or loses against.
_AGAINST = frozenset({"to", "over", "against"})
#: Those that say where something was done.
_WHERE = frozenset({"in", "at"})
#: Adverbs of direction that belong to a verb as a particle does: "came back to Bremen".
DIRECTIONS = frozenset({"back", "home", "away", "down", "up", "out", "off", "over", "apart", "forward", "aside"})
#: A preposition and its noun, before "of" or "to", that say what one preposition says.
_IN_SHORT = {
    ("in", "favour"): "for",
    ("in", "favor"): "for",
    ("in", "support"): "for",
    ("in", "opposition"): "against",
}
#: Verbs whose object, not subject, does what the infinitive says ("asked her to leave").
OBJECT_CONTROL = frozenset(
    {"ask", "tell", "urge", "order", "allow", "permit", "force", "help", "invite", "send", "persuade", "advise"}
    | {"enable", "encourage", "expect", "instruct", "require", "warn", "want", "let", "make", "see", "hear", "watch"}
    | {"forbid", "prevent", "stop", "call", "appoint", "elect", "choose", "lead", "cause", "get"}
)
#: Prepositions through which a verb says what its object does or did ("stopped her from leaving", "thanked him for").
_PATIENT_LINKS = frozenset({"from", "of", "for", "with", "into"})
#: Nouns that ask somebody else to do what follows; whose they are does not say who does it.
_ASKING = frozenset(
    {"invitation", "request", "order", "demand", "call", "appeal", "advice", "suggestion", "permission", "command"}
    | {"instruction", "plea"}
)
#: Event nouns whose of-phrase says who does it.
_DONE_BY = frozenset(
    {"visit", "arrival", "departure", "return", "resignation", "journey", "trip", "flight", "escape", "retirement"}
    | {"speech", "appearance", "participation", "victory", "withdrawal", "surrender", "retreat", "landing"}
)
#: Nouns for where things happen.
PLACE_NOUNS = frozenset(
    {"city", "country", "capital", "town", "village", "island", "border", "station", "airport", "hospital", "school"}
    | {"university", "palace", "stadium", "street", "square", "river", "sea", "ocean", "mountain", "harbour", "port"}
    | {"hotel", "church", "museum", "theatre", "prison", "court", "camp", "base", "house", "building", "region"}
)
#: Function-like words that say nothing about a participant.
EMPTY = frozenset(
    {"be", "have", "do", "also", "just", "then", "so", "very", "there", "here", "when", "where", "how", "why"}
)


@frozen(kw_only=True)
class Part:
    """
    A participant before it becomes an `Argument`: its head token, slot, link, and whether it is a clause.

    ``excluded`` is the word that says that it was somebody or something else: "Ghana but *not* Kenya".
    """

    token: Token
    slot: Slot
    link: str = ""
    clause: bool = False
    lent: bool = False
    excluded: Token | None = None


# ------------------------------------------------------------------------ gathering


def parts_of_verb(verb: Token, piece: Piece) -> list[Part]:
    """The participants of a verb, its lent subject included, conjuncts one by one."""
    parts: list[Part] = []
    passive = is_passive(verb)
    for child in verb.children:
        parts.extend(_parts_of_child(child, piece, passive=passive))
    if not any(p.slot is (Slot.OBJECT if passive else Slot.SUBJECT) and not p.link for p in parts):
        lent = lent_subject(verb, piece)
        if lent is not None:
            slot = Slot.OBJECT if passive else Slot.SUBJECT
            parts = [Part(token=t, slot=slot, lent=True) for t in spread(lent)] + parts
    if passive and not any(p.slot is Slot.SUBJECT for p in parts):
        parts.extend(_stray_agent(verb))
    parts.extend(_pointed_at(verb, piece))
    parts.extend(
        part for p in tuple(parts) for prep in beside_name(p.token) for part in parts_of_preposition(prep, piece)
    )
    if verb.dep == "conj" and not any(p.slot is Slot.OBJECT and not p.link for p in parts):
        parts.extend(_shared_objects(verb))
    return [p for p in parts if piece.inside(p.token)]


def beside_name(name: Token) -> list[Token]:
    """The prepositions of place that the parser hangs on a person and not on the verb: "beat Falk in Lima"."""
    if name.ent != "PERSON" or name.pos != "PROPN":
        return []
    above = name.head.head if name.dep == "pobj" and name.head.dep in {"prep", "agent"} else name.head
    return [c for c in name.all("prep") if c.low in _WHERE] if above.pos in {"VERB", "AUX"} else []


def _pointed_at(verb: Token, piece: Piece) -> Iterator[Part]:
    """The place that "where" and "there" stand for: "Vienna, where she met him", "went to Vienna and died there"."""
    words = {c.low for c in verb.all("advmod")} & {"where", "there"}
    if not words or ("where" in words and verb.dep != "relcl"):
        return
    before = [t for t in piece.tokens if t.i < verb.i and t.dep in {"pobj", "dobj"} and is_place(t, piece)]
    for place in reversed(before):
        yield Part(token=place, slot=Slot.PLACE, link="in")
        if place.head.head not in before:
            return  # "the hotel in Bremen, where": the hotel as well


def _stray_agent(verb: Token) -> Iterator[Part]:
    """The agent of a passive that the parser hung on a noun: "discovered at the age of six by X"."""
    for token in verb.subtree():
        if token.low == "by" and token.dep in {"prep", "agent"} and token.i > verb.i:
            between = [t for t in token.ancestors() if t.i > verb.i]
            if all(t.pos in {"NOUN", "PROPN", "ADP", "NUM"} for t in between):
                for noun in token.all("pobj"):
                    if noun.pos == "PROPN":
                        yield from _many(noun, Slot.SUBJECT)
                return


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a bare participle or coordinated with a passive ("designed and built")."""
    if verb.all("auxpass", "nsubjpass") or _reduced_passive(verb):
        return True
    joined = verb.dep == "conj" and verb.tag == "VBN" and verb.head.tag == "VBN"
    return joined and not verb.all("aux", "dobj", *SUBJECTS) and is_passive(verb.head)


def _parts_of_child(child: Token, piece: Piece, *, passive: bool) -> Iterator[Part]:
    dep = child.dep
    if dep in SUBJECTS:
        yield from _many(_antecedent(child), Slot.SUBJECT)
    elif dep in PASSIVE_SUBJECTS or _is_object(child):
        yield from _many(_antecedent(child), Slot.OBJECT)
    elif dep == "agent" or (dep == "prep" and passive and child.low == "by"):
        for agent in (child, *(c for c in child.all("conj") if c.low == "by")):
            for noun in agent.all("pobj"):
                yield from _many(noun, Slot.SUBJECT)
        for clause in child.all("pcomp"):
            yield Part(token=clause, slot=Slot.OBJECT, link="by", clause=True)
    elif dep in {"prep", "dative"}:
        yield from parts_of_preposition(child, piece)
    elif dep == "advmod" and child.low in DIRECTIONS:
        for prep in child.all("prep"):
            yield from parts_of_preposition(prep, piece)
    elif dep in {"ccomp", "xcomp"}:
        yield Part(token=child, slot=Slot.OBJECT, clause=True)
    elif dep == "advcl":
        mark = next((c.low for c in child.children if c.dep in {"mark", "advmod"} and c.i < child.i), "")
        yield Part(token=child, slot=Slot.OBJECT, link=mark or "advcl", clause=True)
    elif dep == "npadvmod" and child.ent not in {"DATE", "TIME"}:
        yield Part(token=child, slot=Slot.OBJECT, link="npadvmod")


def _is_object(child: Token) -> bool:
    """Whether a word below a verb is its object; the parser takes some names for adverbs: "built Falke-1"."""
    if child.dep == "advmod":
        return child.pos == "PROPN" and child.i > child.head.i
    return child.dep in {"dobj", "attr", "oprd", "acomp", "dative"} and child.pos != "ADP"


def parts_of_preposition(prep: Token, piece: Piece) -> Iterator[Part]:
    """The participants that a preposition attaches, also through a second one ("out of", "to or through")."""
    link = prep.low
    if (longer := _long_preposition(prep)) is not None:
        inner, link = longer
        for noun in inner.all("pobj"):
            yield from _many(noun, Slot.OBJECT, link)
        for clause in inner.all("pcomp"):
            yield Part(token=clause, slot=Slot.OBJECT, link=link, clause=True)
        return
    for noun in prep.all("pobj"):
        place = link in PLACE_LINKS and is_place(noun, piece) and not _is_rival(prep)
        yield from _many(noun, Slot.PLACE if place else Slot.OBJECT, link)
    for inner in prep.all("prep"):
        yield from parts_of_preposition(inner, piece)
    for inner in prep.all("conj"):
        if inner.pos == "ADP":
            yield from parts_of_preposition(inner, piece)
    for clause in prep.all("pcomp"):
        yield Part(token=clause, slot=Slot.OBJECT, link=link, clause=True)


def _is_rival(prep: Token) -> bool:
    """Whether a preposition goes before who wins or is beaten, be it a country: "lost to Peru"."""
    names = lexicon.relation_classes(f"{prep.head.lemma} {prep.low}") if prep.low in _AGAINST else ()
    return any(lexicon.relation_class(name).contest for name in names)


def _long_preposition(prep: Token) -> tuple[Token, str] | None:
    """Of "in favour of", the last word and the preposition that says the same in short: "for"."""
    noun = prep.child("pobj")
    short = _IN_SHORT.get((prep.low, noun.low)) if noun is not None and not noun.all("det", "poss", "amod") else None
    last = next((c for c in noun.all("prep") if c.low in {"of", "to"}), None) if short and noun is not None else None
    return (last, short) if last is not None and short else None


def _many(token: Token, slot: Slot, link: str = "") -> Iterator[Part]:
    mark = token.head.child("neg") if token.head.pos == "ADP" else None
    for one in spread(token):
        yield Part(token=one, slot=slot, link=link, excluded=mark or replaced(one))
    for child in token.children:
        other = excluding(child)
        if other is not None:
            yield Part(token=child, slot=slot, link=link, excluded=other)


def replaced(noun: Token) -> Token | None:
    """The "not" of a noun that another takes the place of: "bought not the house but the farm"."""
    if not any(c.low == "but" for c in noun.all("cc")):
        return None
    return next((m for m in noun.all("neg") if m.i < noun.i and m.low == "not"), None)


def excluding(noun: Token) -> Token | None:
    """The "not" that takes a noun out of a list: "Ghana but not Kenya", "Falk, not Weiss"."""
    if noun.dep not in {"conj", "appos"}:
        return None
    marks = [*noun.all("neg"), *(c for c in noun.head.all("neg") if noun.dep == "appos" and c.i > noun.head.i)]
    return next((m for m in marks if m.i < noun.i and m.low == "not"), None)


def spread(token: Token) -> list[Token]:
    """A noun and the nouns coordinated with it."""
    found = [token]
    for child in token.children:
        joined = child.dep == "conj" and child.pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}
        if excluding(child) is None and ((joined and not _is_gapped(child)) or _goes_on(token, child)):
            found.extend(spread(child))
    return found


def _goes_on(name: Token, other: Token) -> bool:
    """Whether a person set off by a comma is the next of a list ("Falk, Weiss and Brandt"), no description."""
    people = name.ent == other.ent == "PERSON" and name.pos == other.pos == "PROPN"
    return other.dep == "appos" and people and any(c.dep == "conj" and c.pos == "PROPN" for c in other.children)


def _is_gapped(noun: Token) -> bool:
    """Whether a coordinated noun is what somebody else gets: the silver of "Falk won gold and Weiss silver"."""
    first = noun.children[0] if noun.children else noun
    return noun.pos == "NOUN" and noun.head.dep == "dobj" and first.dep == "compound" and first.ent == "PERSON"


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.low in RELATIVE and token.tag in {"WP", "WDT", "IN", "WP$"}:
        for above in token.ancestors():
            if above.dep == "relcl":
                return _thing(above.head) if token.low == "which" else above.head
            if above.dep not in {"conj", "xcomp", "ccomp"}:
                break
    return token


def _thing(noun: Token) -> Token:
    """What "which" stands for when the parser hangs it on a person: the noun that the person belongs to."""
    token = noun
    while token.ent == "PERSON" and token.dep in {"pobj", "conj", "compound"}:
        token = token.head
        while token.pos == "ADP" and token.head is not token:
            token = token.head
    return token if token.pos == "NOUN" else noun


def _reduced_passive(verb: Token) -> bool:
    """Whether a bare past participle modifies its object: "the shield developed by", "published in 2001"."""
    if verb.tag != "VBN" or verb.all("aux", "auxpass", "dobj", *SUBJECTS):
        return False
    return verb.dep in {"acl", "amod"} or (verb.dep == "advcl" and not verb.all("mark"))


def lent_subject(verb: Token, piece: Piece) -> Token | None:
    """The noun that grammar lends to a predicate without a subject."""
    above = verb.head
    if verb.dep in {"acl", "relcl", "amod"} and above.pos in {"NOUN", "PROPN", "PRON"}:
        if verb.dep == "acl" and verb.tag == "VB":
            return _holder(above, piece)
        return above
    if verb.dep == "conj" and above.pos in {"VERB", "AUX"}:
        return _own_subject(above) or lent_subject(above, piece)
    return _controller(verb, piece) if verb.dep in {"xcomp", "advcl", "ccomp", "pcomp"} else None


def _controller(verb: Token, piece: Piece) -> Token | None:
    """Whose infinitive, participle or gerund it is: the governing verb's object or subject, or a noun's holder."""
    governor = verb.head
    if verb.dep == "pcomp" and governor.head is not governor:
        patient = governor.head.child("dobj") if governor.low in _PATIENT_LINKS else None
        if patient is not None and (patient.ent == "PERSON" or patient.tag == "PRP" or lexicon.is_role(patient.lemma)):
            return patient
        governor = governor.head
    if governor.pos in {"NOUN", "PROPN"}:
        return _holder(governor, piece)
    if governor.pos not in {"VERB", "AUX"}:
        governor = governor.head
    if verb.dep == "xcomp" and governor.lemma in OBJECT_CONTROL:
        patient = governor.child("dobj") or governor.child("nsubjpass")
        if patient is not None:
            return _antecedent(patient)
    own = _own_subject(governor)
    if own is None and governor is not verb:
        return lent_subject(governor, piece)
    return own


def _own_subject(verb: Token) -> Token | None:
    subject = verb.child(*SUBJECTS, *PASSIVE_SUBJECTS)
    return _antecedent(subject) if subject is not None else None


def _holder(noun: Token, piece: Piece) -> Token | None:
    """Whose plan, attempt or invitation it is: the possessor, else the subject of the verb it belongs to."""
    owner = noun.child("poss")
    if owner is not None and noun.lemma not in _ASKING:
        return owner
    for above in noun.ancestors():
        if above.pos in {"VERB", "AUX"}:
            return _own_subject(above) or lent_subject(above, piece)
    return None


def _shared_objects(verb: Token) -> Iterator[Part]:
    """The object that a first conjunct leaves to the last one: "imposed and lifted sanctions" runs forward only."""
    if any(c.dep in {"dobj", "prep", "ccomp", "xcomp", "prt"} for c in verb.children):
        return
    for child in verb.head.all("dobj"):
        if child.i > verb.i:
            yield from _many(child, Slot.OBJECT)


def parts_of_noun(noun: Token, piece: Piece) -> list[Part]:
    """
    The participants of an event noun: "the assassination of X by Y", "X's visit to Z", "talks between X and Y".

    Of-phrases and possessors stay in the slot that nouns of this kind usually give them; matching treats the
    slots of nominal statements as exchangeable.
    """
    parts: list[Part] = []
    for child in noun.children:
        if child.dep == "poss":
            parts.extend(_many(child, Slot.SUBJECT))
        elif child.dep in {"compound", "nmod"} and child.pos == "PROPN":
            parts.append(Part(token=child, slot=Slot.SUBJECT, link="compound"))
            parts.extend(Part(token=c, slot=Slot.SUBJECT, link="compound") for c in child.all("compound", "nmod"))
        elif child.dep == "amod" and lexicon.land_of(child.low):
            parts.append(Part(token=child, slot=Slot.SUBJECT, link="compound"))
        elif child.dep in {"prep", "agent"}:
            for part in parts_of_preposition(child, piece):
                slot = part.slot
                if part.link in {"by", "between"}:
                    slot = Slot.SUBJECT
                elif part.link in {"of", "with", "against"}:
                    slot = Slot.SUBJECT if part.link == "of" and noun.lemma in _DONE_BY else Slot.OBJECT
                parts.append(Part(token=part.token, slot=slot, link=part.link, clause=part.clause))
        elif child.dep == "acl" and child.tag == "VB":
            parts.append(Part(token=child, slot=Slot.OBJECT, link="to", clause=True))
    return parts


# ------------------------------------------------------------------------- building


def argument(part: Part, piece: Piece, skip: frozenset[int] = frozenset()) -> Argument:
    """
    The record of one participant.

    Args:
        part: Its head and slot.
        piece: The sentence.
        skip: Tokens that belong elsewhere (dates, other predicates).
    """
    tokens = list(_phrase(part.token, clause=part.clause, skip=skip))
    tokens = [t for t in tokens if piece.inside(t)]
    first, last = min(t.start for t in tokens), max(t.end for t in tokens)
    text = piece.parse.text[first:last]
    return Argument(
        slot=part.slot,
        span=Span(start=piece.base + first, end=piece.base + last, text=text),
        head=_head_lemma(part.token),
        words=tuple(t.lemma for t in tokens if is_content(t)),
        link=part.link,
        entities=_entities(part.token, tokens, piece),
        clause=part.clause,
        negated=any(c.low in {"no", "neither", "without"} for c in part.token.children) or part.link == "without",
        quantifier=_quantifier(part.token),
    )


def _quantifier(head: Token) -> str:
    """How much of a noun: "most voters", "most of the voters", "not all voters", "a few voters"."""
    words = [head] if any(c.low == "of" for c in head.children) else []
    words += [c for c in head.children if c.dep in {"det", "predet", "amod", "nmod", "nummod"} and c.i < head.i]
    for word in words:
        if lexicon.share_of(word.low) is None:
            continue
        before = [c.low for c in (*head.children, *word.children) if c.i == word.i - 1]
        return next((p for b in before if lexicon.share_of(p := f"{b} {word.low}") is not None), word.low)
    return ""


def _head_lemma(token: Token) -> str:
    return token.lemma if token.pos != "PROPN" else token.low


def is_content(token: Token) -> bool:
    """Whether a token says something about its participant."""
    if token.pos not in CONTENT or token.lemma in EMPTY or not any(c.isalnum() for c in token.text):
        return False
    return token.dep not in {"aux", "auxpass"}


def _phrase(head: Token, *, clause: bool, skip: frozenset[int]) -> Iterator[Token]:
    """The tokens of a participant: its subtree without conjuncts, appositions, and clauses hanging on it."""
    waiting = [head]  # no recursion: a parse can be deeper than Python goes
    while waiting:
        token = waiting.pop()
        yield token
        below = [child for child in token.children if _belongs(child, token, clause=clause, skip=skip)]
        waiting.extend(reversed(below))


def _belongs(child: Token, head: Token, *, clause: bool, skip: frozenset[int]) -> bool:
    """Whether *child* is a part of the participant that *head* is of."""
    if child.i in skip or child.dep in {"mark", "punct"}:
        return False
    if clause:
        return child.dep not in {"conj", RUN_ON} or child.pos not in {"VERB", "AUX"}
    if child.dep in {"cc", "conj", "appos", "preconj"} or (child.dep == "prep" and child in beside_name(head)):
        return False
    if child.dep in {"relcl", "advcl", "parataxis"}:
        return _says_which(child)
    return child.dep != "neg" or (child.i <= head.i and child not in (excluding(head), replaced(head)))


def _says_which(clause: Token) -> bool:
    """Whether a clause is part of the description: "the first woman to fly", not "the woman, who flew"."""
    return clause.dep == "relcl" and clause.tag == "VB" and any(c.low == "to" for c in clause.all("aux"))


def _entities(head: Token, tokens: list[Token], piece: Piece) -> tuple[str, ...]:
    resolved = piece.resolved.get(head.i)
    first = resolved.known.id if resolved is not None and resolved.known is not None else ""
    found = [first]
    for token in tokens:
        other = piece.resolved.get(token.i)
        if other is not None and other.known is not None and other.known.id not in found:
            found.append(other.known.id)
    return tuple(found) if len(found) > 1 or first else ()


def is_place(noun: Token, piece: Piece) -> bool:
    """Whether a noun names a place, or says of what kind one is."""
    resolved = piece.resolved.get(noun.i)
    if resolved is not None and resolved.known is not None and resolved.known.kind is EntityKind.PLACE:
        return True
    return noun.ent in {"GPE", "LOC", "FAC"} or (noun.pos in {"NOUN", "PROPN"} and noun.lemma in PLACE_NOUNS)
