"""Descriptions of somebody named: "his father", "the forum", "the historian", "X, a Russian historian"."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.model import EntityKind

from . import lexicon
from .discourse import REACH, Discourse, Kin, Piece, Resolved, salience
from .given_names import gender_of, title_gender
from .names import Cast, Known, NameMention, form_of
from .pipeline import Token

#: Nouns of the words for an age themselves.
_AGE_NOUNS = frozenset({"age", "year", "years"})
_DEFINITE = frozenset({"the", "this", "that"})
#: Words before a kinship word that make another kinship word of it.
_KIN_PREFIXES = frozenset({"half", "step", "great", "elder"})
#: A protagonist is named at least so many times, and so many times as often as anybody else.
LEAST_MENTIONS = 3
FAR_COMMONER = 2
#: Sentences that a definite description reaches back to a person and to a thing.
REACH_PERSON = 2 * REACH
REACH_THING = 8 * REACH


def possessor(noun: Token, piece: Piece) -> Known | None:
    """Whose father, sister, ... *noun* is, when that has been resolved."""
    owner = noun.child("poss")
    if owner is None:
        prep = next((c for c in noun.all("prep") if c.low == "of"), None)
        owner = prep.child("pobj") if prep is not None else None
    if owner is None or not piece.inside(owner):
        return None
    return piece.known_at(owner)


def _named_by(noun: Token, piece: Piece) -> NameMention | None:
    """The name that stands beside *noun*: "his father, Ivo Falk", "his wife Ann", "Ann, his wife"."""
    for name in piece.names:
        head = name.head
        if head is None:
            continue
        beside = (
            (head.dep == "appos" and head.head is noun)
            or (noun.dep == "appos" and noun.head is head)
            or (noun.dep in {"compound", "nmod"} and noun.head is head)
            or name.first == noun.i + 1
            or (name.first == noun.i + 2 and piece.parse.tokens[noun.i + 1].text == ",")
        )
        if beside:
            return name
    return None


def kin_word(noun: Token) -> str:
    """The kinship word at *noun* with "half", "step" or "grand" before it, or ""."""
    for child in noun.children:
        if child.i == noun.i - 1 and child.low in _KIN_PREFIXES:
            compound = f"{child.low} {noun.lemma}"
            if lexicon.kin(compound) is not None:
                return compound
    joined, half = f"{noun.lemma}-in-law", f"half {noun.lemma}"
    if all(lexicon.kin(word) is None for word in (noun.lemma, joined, half)):
        return ""  # before thousands of neighbours are looked through for each of them
    around = (*noun.children, noun.head, *noun.head.children)
    if any(t.low == "in" and t.i == noun.i + 2 for t in around) and any(t.text == "-" for t in around):
        return joined if lexicon.kin(joined) is not None else ""
    tokens = noun.head.children
    before = [t for t in tokens if t.i in {noun.i - 1, noun.i - 2}]
    if any(t.low == "half" for t in before) and lexicon.kin(half) is not None:
        return half
    return noun.lemma if lexicon.kin(noun.lemma) is not None else ""


def resolve_noun(noun: Token, piece: Piece, discourse: Discourse) -> None:
    """Resolve a kinship word, or a definite description of a thing or a person spoken of before."""
    word = kin_word(noun)
    if word:
        _resolve_kin(noun, word, piece, discourse)
        return
    determiners = [c for c in noun.all("det") if c.low in _DEFINITE]
    if not determiners:
        return
    known = _same_head(noun, piece, discourse)
    first = min(c.i for c in noun.all("det"))
    if known is None and lexicon.is_role(noun.lemma):
        known = _described(noun, piece, discourse)
        first = min(c.i for c in noun.children if c.low in _DEFINITE)
    if known is not None:
        piece.resolved[noun.i] = Resolved(first=first, last=noun.i + 1, known=known, how="description")
        discourse.note(known, piece, noun)


def _same_head(noun: Token, piece: Piece, discourse: Discourse) -> Known | None:
    """What "the forum" means after "Harbour Forum": the named thing, lately spoken of, whose last word it is."""
    if noun.all("amod", "compound", "nmod", "relcl", "prep", "acl", "poss"):
        return None
    recent: dict[Known, int] = {}
    for trace in discourse.lately(piece, REACH_THING):
        recent.setdefault(trace.known, trace.piece)
    fits = [k for k in recent if k.kind is not EntityKind.PERSON and len(k.words) > 1 and k.words[-1] == noun.lemma]
    return max(fits, key=lambda k: (recent[k], k.count, k.id)) if fits else None


def _resolve_kin(noun: Token, word: str, piece: Piece, discourse: Discourse) -> None:
    """Let "his father" mean whom the document has called so, unless the name stands beside it."""
    person = possessor(noun, piece)
    if person is None:
        return
    if _named_by(noun, piece) is not None:
        return  # the name itself is resolved in its turn; the fact is noted when the sentence is done
    relative = discourse.relative(person, word)
    piece.resolved[noun.i] = Resolved(first=noun.i, last=noun.i + 1, known=relative, how="kinship")
    if relative is not None:
        discourse.note(relative, piece, noun)


def name_descriptions(piece: Piece) -> None:
    """Let a noun mean whom the name in apposition to it names: "his half brother, Ivo Falk"."""
    for name in piece.names:
        resolved = piece.resolved.get(name.first)
        if name.head is None or resolved is None or resolved.known is None:
            continue
        for noun in name.head.all("appos"):
            if _takes_name(noun, resolved.known, piece):
                _describe(noun, resolved.known, piece)
        before = _noun_before(name, name.head, piece)
        if before is not None and before.pos == "NOUN" and before.i not in piece.resolved and piece.inside(before):
            _describe(before, resolved.known, piece)
            above = before.head  # "the survivor, the steward Otto Falk"
            one = above.tag == "NN" and lexicon.is_role(above.lemma) and piece.inside(above)
            if one and before.dep == "appos" and above.i not in piece.resolved:
                _describe(above, resolved.known, piece)


def _describe(noun: Token, known: Known, piece: Piece) -> None:
    """Let *noun* mean *known*, unless it is *known*'s relative."""
    if possessor(noun, piece) is not known:
        piece.resolved[noun.i] = Resolved(first=noun.i, last=noun.i + 1, known=known, how="title")


def _takes_name(noun: Token, known: Known, piece: Piece) -> bool:
    """Whether a noun after a name means the name's bearer: it means nobody yet, or a thing where a person is named."""
    if not piece.inside(noun):
        return False
    person = known.kind is EntityKind.PERSON
    other = piece.resolved.get(noun.i)
    if other is None:
        return noun.pos == "NOUN" or person
    return person and other.known is not None and other.known.kind is not EntityKind.PERSON


def _noun_before(name: NameMention, head: Token, piece: Piece) -> Token | None:
    """The noun that a name follows in apposition, or the kinship word just before it."""
    if head.dep == "appos":
        return head.head
    before = piece.parse.tokens[max(piece.first, name.first - 2) : name.first]
    if before and before[-1].text in {",", "--", "—", "–"}:
        before = before[:-1]
    noun = before[-1] if before and before[-1].pos == "NOUN" and kin_word(before[-1]) else None
    return None if noun is head or noun in head.children else noun


def late_kin(piece: Piece, discourse: Discourse) -> None:
    """Note "X's father, Y", "Y, X's father" and "Y is X's father" once both are resolved."""
    for noun in piece.tokens:
        if noun.pos != "NOUN":
            continue
        word = kin_word(noun)
        person = possessor(noun, piece) if word else None
        if person is None:
            continue
        relative = _relative(noun, piece)
        if relative is None or relative is person or relative.kind is not EntityKind.PERSON:
            continue
        kin = lexicon.kin(word)
        if kin is not None and kin.gender != "any":
            relative.gender = relative.gender or kin.gender[0]
        discourse.note_kin(Kin(word=word, person=person, relative=relative, piece=piece.index, token=noun))


def _relative(noun: Token, piece: Piece) -> Known | None:
    """Who is the father, sister, ...: the name beside the word, or the subject of "is the father of"."""
    name = _named_by(noun, piece)
    if name is not None:
        resolved = piece.resolved.get(name.first)
        return resolved.known if resolved is not None else None
    if noun.dep != "attr" or noun.head.lemma != "be" or noun.head.all("neg"):
        return None
    subject = noun.head.child("nsubj")
    if subject is not None and subject.low in {"who", "that"} and noun.head.dep == "relcl":
        subject = noun.head.head
    return piece.known_at(subject)


def _described(noun: Token, piece: Piece, discourse: Discourse) -> Known | None:
    """Whom "the historian" means: the one person lately spoken of whom the document calls so."""
    if noun.all("relcl", "prep", "acl"):
        return None
    wanted = noun.lemma
    before = {c.low for c in noun.all("amod", "compound") if not lexicon.land_of(c.low)}
    recent = dict.fromkeys(trace.known for trace in discourse.lately(piece, REACH_PERSON))
    fits = [k for k in recent if any(_can_be_called(role, wanted, before) for role in k.roles)]
    lands = {lexicon.land_of(c.low) for c in noun.all("amod", "compound") if lexicon.land_of(c.low)}
    if lands:
        fits = [
            k
            for k in fits
            if any(lands & {lexicon.land_of(w) for w in role.split()} for role in k.roles) or len(fits) == 1
        ]
    if not fits:
        return _protagonist(discourse)
    return max(fits, key=lambda k: (salience(k, piece, discourse), k.count, k.id))


def _can_be_called(role: str, noun: str, before: set[str]) -> bool:
    """Whether a role can be what a noun with the words before it says: a finance minister is no foreign minister."""
    *own, head = role.split()
    rest = {w for w in own if not lexicon.land_of(w)}
    return head == noun and not (before and rest and before.isdisjoint(rest))


def _protagonist(discourse: Discourse) -> Known | None:
    """The one person a document is about so far, if there is one."""
    first, most = None, 0
    for times, known in discourse.leaders():
        if times < LEAST_MENTIONS and first is None:
            return None
        if FAR_COMMONER * times <= most:
            break
        if known.kind is EntityKind.PERSON:
            if first is not None:
                return None
            first, most = known, times
    return first


def collect_roles(pieces: Sequence[Piece], cast: Cast) -> None:
    """Note the roles that stand beside unambiguous names: "Russian historian X", "X, a historian"."""
    for piece in pieces:
        for name in piece.names:
            candidates = cast.candidates.get(form_of(name), ())
            if len(candidates) == 1:
                name.sole = (candidates[0],)
            if len(candidates) != 1 or name.head is None:
                continue
            known = candidates[0]
            for noun in _role_nouns(name, piece):
                words = [t.low for t in noun.subtree() if t.dep in {"amod", "compound"} and t.i < noun.i]
                words = [w for w in words if w not in name.words]
                role = " ".join([*words[-3:], noun.lemma])
                if role not in known.roles:
                    known.roles.append(role)
                if known.kind is not EntityKind.PERSON and not lexicon.land_of(" ".join(known.words)):
                    known.kind = EntityKind.PERSON
            if name.words and not known.gender and known.kind is EntityKind.PERSON:
                known.gender = title_gender(name.title) or gender_of(known.words[0])


def _role_nouns(name: NameMention, piece: Piece) -> list[Token]:
    """The role nouns that stand beside a name or are said of it."""
    head = name.head
    assert head is not None
    found = [t for t in head.children if t.dep in {"compound", "nmod", "amod"} and t.i < name.first]
    found += head.all("appos")
    if head.dep == "appos":
        found.append(head.head)
    if head.dep == "nsubj" and head.head.lemma == "be":
        found += head.head.all("attr")
    return [t for t in found if t.pos in {"NOUN", "PROPN"} and piece.inside(t) and lexicon.is_role(t.lemma)]


def holder_of_age(age: Token) -> Token | None:
    """Whose age hangs at a token, when it only stands beside a noun or a name that is not itself an apposition."""
    for token in (age, *age.ancestors()):
        if token.pos in {"VERB", "AUX"} and token.dep not in {"acl", "amod"}:
            return None
        if token is not age and token.pos in {"NOUN", "PROPN"} and age.dep != "pobj":
            return None if token.dep == "appos" or token.low in _AGE_NOUNS else token
    return None
