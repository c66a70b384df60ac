"""
Who is meant: short names, pronouns, kinship and titles, resolved inside one document.

One pass in text order over what the names room found.  Each mention of a person, place or organisation
enters a short memory; a pronoun takes the fitting entry with the highest salience (nearness, subjecthood,
and how often the document speaks of it, after Lappin & Leass 1994, much reduced).  What is not settled
stays open: the mention keeps its candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import define, field, frozen

from claimcheck.model import EntityKind, SentenceKind
from . import lexicon
from .given_names import gender_of, title_gender
from .names import Cast, Known, NameMention, form_of
from .pipeline import Parse, Token

#: A pronoun looks back this many sentences.
REACH = 3

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
#: Verbs whose "he" is most often the one who spoke last.
SPEECH = frozenset({"say", "add", "tell", "explain", "note", "reply", "continue"})
PRONOUNS = MALE | FEMALE | THING | PLURAL | SPEAKER


@define(slots=True, eq=False)
class Piece:
    """One sentence on its way: tokens ``[first, last)`` of a parse that stands at *base* in the stored text."""

    index: int
    parse: Parse
    number: int
    first: int
    last: int
    base: int
    kind: SentenceKind
    paragraph: int
    quoted: tuple[bool, ...] = ()
    names: list[NameMention] = field(factory=list)
    resolved: dict[int, Resolved] = field(factory=dict)
    speaker: Known | None = None

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the sentence."""
        return self.parse.tokens[self.first : self.last]

    def inside(self, token: Token) -> bool:
        """Whether *token* belongs to this sentence."""
        return self.first <= token.i < self.last

    def in_quotes(self, token: Token) -> bool:
        """Whether *token* stands between quotation marks."""
        return bool(self.quoted) and self.quoted[token.i]


@frozen(kw_only=True)
class Resolved:
    """A mention that was looked at: tokens ``[first, last)``, and whom it means (``None`` when left open)."""

    first: int
    last: int
    known: Known | None
    how: str
    candidates: tuple[Known, ...] = ()


@frozen(kw_only=True)
class Kin:
    """``relative`` is the ``word`` ("father") of ``person``, as the document says at ``piece``."""

    word: str
    person: Known
    relative: Known
    piece: int
    token: Token


@define(slots=True)
class _Trace:
    known: Known
    piece: int
    token: int
    subject: bool


@define(slots=True)
class Discourse:
    """The memory of one document while it is read."""

    cast: Cast
    traces: list[_Trace] = field(factory=list)
    last_form: dict[tuple[str, ...], Known] = field(factory=dict)
    kin: list[Kin] = field(factory=list)
    speaker: Known | None = None
    tally: Counter[str] = field(factory=Counter)

    def weight(self, known: Known) -> float:
        """How much of the document so far, and of its names, is about *known*: 0-1."""
        most = max((k.count + self.tally[k.id] for k in self.cast.known), default=1)
        return (known.count + self.tally[known.id]) / max(1, most)

    def note(self, known: Known, piece: Piece, token: Token) -> None:
        """Remember that *known* was spoken of at *token*."""
        subject = token.dep in _SUBJECTS or (token.dep in {"poss", "appos"} and token.head.dep in _SUBJECTS)
        self.traces.append(_Trace(known, piece.index, token.i, subject))
        self.tally[known.id] += 1

    def relative(self, person: Known, word: str) -> Known | None:
        """Whom the document has called *person*'s *word* ("father")."""
        for fact in reversed(self.kin):
            if fact.person is person and fact.word == word:
                return fact.relative
        return None


def resolve(pieces: Sequence[Piece], cast: Cast) -> list[Kin]:
    """
    Resolve every name, pronoun, kinship word and definite description; fills ``piece.resolved``.

    Args:
        pieces: The sentences of one document, in text order, with their names.
        cast: The entities of the document.
    Returns:
        The kinship facts that the document states.
    """
    _collect_roles(pieces, cast)
    discourse = Discourse(cast=cast)
    for piece in pieces:
        names = {name.first: name for name in piece.names}
        piece.speaker = _speaker_by_name(piece, cast)
        for token in piece.tokens:
            if token.i in names:
                _resolve_name(names[token.i], piece, discourse)
            elif token.i in piece.resolved:
                continue
            elif token.tag in {"PRP", "PRP$"} and token.low in PRONOUNS:
                _resolve_pronoun(token, piece, discourse)
            elif token.pos == "NOUN":
                _resolve_noun(token, piece, discourse)
        _name_descriptions(piece)
        _late_kin(piece, discourse)
        _remember_speaker(piece, discourse)
    _share_speakers(pieces)
    return discourse.kin


# ----------------------------------------------------------------------------- names


def _resolve_name(name: NameMention, piece: Piece, discourse: Discourse) -> None:
    form = form_of(name)
    candidates = discourse.cast.candidates.get(form, ())
    head = name.head or piece.parse.tokens[name.last - 1]
    known = candidates[0] if len(candidates) == 1 else None
    if known is not None and known.words != name.words and known in _excluded_relative(head, piece):
        known = _newcomer(name, discourse)
    if len(candidates) > 1:
        excluded = _excluded(head, piece)
        allowed = [c for c in candidates if c not in excluded] or list(candidates)
        known = max(allowed, key=lambda c: (_salience(c, piece, head, discourse, form), c.count, c.id))
        if not any(t.known is known for t in discourse.traces) and not _frequent(known, allowed):
            known = None
    resolved = Resolved(
        first=name.first,
        last=name.last,
        known=known,
        how="name" if known is not None and known.words == name.words else "surname",
        candidates=candidates if len(candidates) > 1 else (),
    )
    for i in range(name.first, name.last):
        piece.resolved[i] = resolved
    if known is not None:
        discourse.note(known, piece, head)
        discourse.last_form[form] = known


def _excluded_relative(head: Token, piece: Piece) -> set[Known]:
    """Whose relative the words name: "his father, Viscount Ridley" is not "him"."""
    noun = head.head if head.dep == "appos" else None
    owner = noun.child("poss") if noun is not None and _kin_word(noun) else None
    resolved = piece.resolved.get(owner.i) if owner is not None else None
    return {resolved.known} if resolved is not None and resolved.known is not None else set()


def _newcomer(name: NameMention, discourse: Discourse) -> Known:
    """Somebody of the same surname whom the document has not named before."""
    text = f"{name.title.title()} {name.text}" if name.title else name.text
    known = Known(f"e{len(discourse.cast.known)}", name.words, text, EntityKind.PERSON, count=1)
    discourse.cast.known.append(known)
    return known


def _frequent(known: Known, others: Sequence[Known]) -> bool:
    return all(known.count >= 2 * other.count for other in others if other is not known)


def _excluded(head: Token, piece: Piece) -> set[Known]:
    """Whom the words cannot mean: X in "X's father, Y" is not Y; in "Y, X's father" neither."""
    found: set[Known] = set()
    if head.dep == "poss":
        noun = head.head
        related = [*noun.all("appos"), *([noun.head] if noun.dep == "appos" else [])]
        for token in related:
            for i in range(max(piece.first, token.i - 4), token.i + 1):
                resolved = piece.resolved.get(i)
                if resolved is not None and resolved.known is not None and resolved.last == token.i + 1:
                    found.add(resolved.known)
            found |= {
                known
                for name in piece.names
                if name.head is token
                for known in _unique(name, piece)
            }
    return found


def _unique(name: NameMention, piece: Piece) -> list[Known]:
    resolved = piece.resolved.get(name.first)
    if resolved is not None and resolved.known is not None:
        return [resolved.known]
    return list(name.sole)


def _salience(
    known: Known, piece: Piece, head: Token, discourse: Discourse, form: tuple[str, ...] | None = None
) -> float:
    """How present *known* is at this place: nearness, subjecthood, frequency."""
    best = 0.0
    for trace in reversed(discourse.traces):
        distance = piece.index - trace.piece
        if distance > 2 * REACH:
            break
        if trace.known is known:
            score = 2.0 / (1 + distance) + (0.6 if trace.subject else 0.0)
            best = max(best, score)
    best += 1.2 * discourse.weight(known)
    if form is not None and discourse.last_form.get(form) is known:
        best += 0.8
    return best


# -------------------------------------------------------------------------- pronouns


def _resolve_pronoun(token: Token, piece: Piece, discourse: Discourse) -> None:
    word = token.low
    if word in SPEAKER:
        known = piece.speaker if piece.in_quotes(token) else None
    elif token.dep == "expl" or (word == "it" and _expletive(token)):
        known = None
    else:
        known = _antecedent(token, piece, discourse)
    piece.resolved[token.i] = Resolved(first=token.i, last=token.i + 1, known=known, how="pronoun")
    if known is not None:
        discourse.note(known, piece, token)
        if word in MALE:
            known.gender = known.gender or "m"
        elif word in FEMALE:
            known.gender = known.gender or "f"


def _expletive(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is hard to", "it seems that"."""
    head = token.head
    return token.dep == "nsubj" and (
        head.lemma in {"seem", "appear", "rain", "snow"}
        or (head.lemma == "be" and any(c.dep in {"acomp", "attr"} for c in head.children) and _clausal(head))
    )


def _clausal(head: Token) -> bool:
    return any(c.dep in {"xcomp", "ccomp", "advcl", "csubj"} for c in head.children) or any(
        g.dep in {"xcomp", "ccomp", "relcl"} for c in head.children for g in c.children
    )


def _fits_pronoun(known: Known, word: str) -> bool:
    if word in MALE:
        return known.kind is EntityKind.PERSON and known.gender != "f"
    if word in FEMALE:
        return known.kind is EntityKind.PERSON and known.gender != "m"
    if word in THING:
        return known.kind in {EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.WORK, EntityKind.EVENT}
    return known.kind in {EntityKind.GROUP, EntityKind.ORGANISATION}


def _antecedent(token: Token, piece: Piece, discourse: Discourse) -> Known | None:
    word = token.low
    speech = token.dep == "nsubj" and token.head.lemma in SPEECH and not piece.in_quotes(token)
    if speech and discourse.speaker is not None and _fits_pronoun(discourse.speaker, word):
        recent = [t for t in discourse.traces if t.piece >= piece.index - REACH]
        if any(t.known is discourse.speaker for t in recent):
            return discourse.speaker
    barred = _co_arguments(token, piece)
    if piece.in_quotes(token) and piece.speaker is not None:
        barred.add(piece.speaker)
    scores: dict[str, tuple[float, Known]] = {}
    for trace in reversed(discourse.traces):
        distance = piece.index - trace.piece
        if distance > REACH:
            break
        known = trace.known
        if known in barred or not _fits_pronoun(known, word):
            continue
        score = 2.0 - 0.8 * distance
        score += 1.0 if trace.subject else 0.0
        score += 0.8 * discourse.weight(known)
        if known.gender:
            score += 0.3
        best = scores.get(known.id)
        if best is None or score > best[0]:
            scores[known.id] = (score, known)
    if not scores:
        return None
    return max(scores.values(), key=lambda pair: (pair[0], pair[1].count, pair[1].id))[1]


def _co_arguments(token: Token, piece: Piece) -> set[Known]:
    """Those a plain pronoun cannot mean: the other arguments of its own verb."""
    barred: set[Known] = set()
    if token.tag == "PRP$" or token.low.endswith(("self", "selves")):
        return barred
    verb = token.head
    while verb.pos == "ADP" and verb.head is not verb:
        verb = verb.head
    for child in verb.children:
        if child is token or child.dep not in {"nsubj", "nsubjpass", "dobj", "pobj", "dative"}:
            continue
        resolved = piece.resolved.get(child.i)
        if resolved is not None and resolved.known is not None and resolved.last == child.i + 1:
            barred.add(resolved.known)
    return barred


# ------------------------------------------------------------- kinship and descriptions


def _possessor(noun: Token, piece: Piece) -> Known | None:
    """Whose father, sister, ... *noun* is, when that has been resolved."""
    owner = noun.child("poss")
    if owner is None:
        prep = next((c for c in noun.all("prep") if c.low == "of"), None)
        owner = prep.child("pobj") if prep is not None else None
    if owner is None or not piece.inside(owner):
        return None
    resolved = piece.resolved.get(owner.i)
    return resolved.known if resolved is not None else None


def _named_by(noun: Token, piece: Piece) -> NameMention | None:
    """The name that stands beside *noun*: "his father, Kim Jong Il", "his wife Ann", "Ann, his wife"."""
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


def _kin_word(noun: Token) -> str:
    """The kinship word at *noun* with "half", "step" or "grand" before it, or ""."""
    for child in noun.children:
        if child.i == noun.i - 1 and child.low in {"half", "step", "great", "elder"}:
            compound = f"{child.low} {noun.lemma}"
            if lexicon.kin(compound) is not None:
                return compound
    joined = f"{noun.lemma}-in-law"
    around = (*noun.children, noun.head, *noun.head.children)
    if any(t.low == "in" and t.i == noun.i + 2 for t in around) and any(t.text == "-" for t in around):
        return joined if lexicon.kin(joined) is not None else ""
    tokens = noun.head.children
    before = [t for t in tokens if t.i in {noun.i - 1, noun.i - 2}]
    if any(t.low == "half" for t in before) and lexicon.kin(f"half {noun.lemma}") is not None:
        return f"half {noun.lemma}"
    return noun.lemma if lexicon.kin(noun.lemma) is not None else ""


def _resolve_noun(noun: Token, piece: Piece, discourse: Discourse) -> None:
    word = _kin_word(noun)
    if word:
        _resolve_kin(noun, word, piece, discourse)
        return
    if any(c.low in {"the", "this", "that"} for c in noun.all("det")):
        thing = _same_head(noun, piece, discourse)
        if thing is not None:
            first = min(c.i for c in noun.all("det"))
            piece.resolved[noun.i] = Resolved(first=first, last=noun.i + 1, known=thing, how="description")
            discourse.note(thing, piece, noun)
            return
    if lexicon.is_role(noun.lemma) and any(c.low in {"the", "this", "that"} for c in noun.all("det")):
        known = _described(noun, piece, discourse)
        if known is not None:
            first = min(c.i for c in noun.children if c.low in {"the", "this", "that"})
            piece.resolved[noun.i] = Resolved(first=first, last=noun.i + 1, known=known, how="description")
            discourse.note(known, piece, noun)


def _same_head(noun: Token, piece: Piece, discourse: Discourse) -> Known | None:
    """What "the forum" means after "Chernobyl Forum": the named thing, lately spoken of, whose last word it is."""
    if noun.all("amod", "compound", "nmod", "relcl", "prep", "acl", "poss"):
        return None
    recent = {t.known.id: t.piece for t in discourse.traces if piece.index - t.piece <= 8 * REACH}
    fits = [
        k
        for k in discourse.cast.known
        if k.id in recent and k.kind is not EntityKind.PERSON and len(k.words) > 1 and k.words[-1] == noun.lemma
    ]
    return max(fits, key=lambda k: (recent[k.id], k.count, k.id)) if fits else None


def _resolve_kin(noun: Token, word: str, piece: Piece, discourse: Discourse) -> None:
    person = _possessor(noun, piece)
    if person is None:
        return
    if _named_by(noun, piece) is not None:
        return  # the name itself is resolved in its turn; the fact is noted when the sentence is done
    relative = discourse.relative(person, word)
    piece.resolved[noun.i] = Resolved(first=noun.i, last=noun.i + 1, known=relative, how="kinship")
    if relative is not None:
        discourse.note(relative, piece, noun)


def _name_descriptions(piece: Piece) -> None:
    """Let a noun mean whom the name in apposition to it names: "his half brother, Kim Jong Nam"."""
    for name in piece.names:
        head = name.head
        resolved = piece.resolved.get(name.first)
        if head is None or resolved is None or resolved.known is None:
            continue
        for described in head.all("appos"):
            other = piece.resolved.get(described.i)
            free = other is None or (other.known is not None and other.known.kind is not EntityKind.PERSON)
            person = resolved.known.kind is EntityKind.PERSON
            if _possessor(described, piece) is resolved.known:
                continue
            if piece.inside(described) and (described.pos == "NOUN" or person) and (other is None or (free and person)):
                piece.resolved[described.i] = Resolved(
                    first=described.i, last=described.i + 1, known=resolved.known, how="title"
                )
        noun = head.head if head.dep == "appos" else None
        if noun is None:
            before = piece.parse.tokens[max(piece.first, name.first - 2) : name.first]
            if before and before[-1].text in {",", "--", "—", "–"}:
                before = before[:-1]
            noun = before[-1] if before and before[-1].pos == "NOUN" and _kin_word(before[-1]) else None
            if noun is not None and (noun is head or noun in head.children):
                noun = None
        if noun is not None and noun.pos == "NOUN" and noun.i not in piece.resolved and piece.inside(noun):
            known = resolved.known
            if _possessor(noun, piece) is known:
                continue
            piece.resolved[noun.i] = Resolved(first=noun.i, last=noun.i + 1, known=known, how="title")


def _late_kin(piece: Piece, discourse: Discourse) -> None:
    """Note "X's father, Y", "Y, X's father" and "Y is X's father" once both are resolved."""
    for noun in piece.tokens:
        if noun.pos != "NOUN":
            continue
        word = _kin_word(noun)
        person = _possessor(noun, piece) if word else None
        if person is None:
            continue
        relative: Known | None = None
        name = _named_by(noun, piece)
        if name is not None:
            resolved = piece.resolved.get(name.first)
            relative = resolved.known if resolved is not None else None
        elif noun.dep == "attr" and noun.head.lemma == "be" and not noun.head.all("neg"):
            subject = noun.head.child("nsubj")
            if subject is not None and subject.low in {"who", "that"} and noun.head.dep == "relcl":
                subject = noun.head.head
            resolved = piece.resolved.get(subject.i) if subject is not None else None
            relative = resolved.known if resolved is not None else None
        if relative is None or relative is person or relative.kind is not EntityKind.PERSON:
            continue
        kin = lexicon.kin(word)
        if kin is not None and kin.gender != "any":
            relative.gender = relative.gender or kin.gender[0]
        discourse.kin.append(Kin(word=word, person=person, relative=relative, piece=piece.index, token=noun))


def _described(noun: Token, piece: Piece, discourse: Discourse) -> Known | None:
    """Whom "the historian" means: the one person lately spoken of whom the document calls so."""
    if noun.all("relcl", "prep", "acl"):
        return None
    wanted = noun.lemma
    fits = [k for k in discourse.cast.known if any(role.split()[-1] == wanted for role in k.roles)]
    recent = {t.known.id for t in discourse.traces if piece.index - t.piece <= 2 * REACH}
    fits = [k for k in fits if k.id in recent]
    lands = {lexicon.land_of(c.low) for c in noun.all("amod", "compound") if lexicon.land_of(c.low)}
    if lands:
        fits = [
            k
            for k in fits
            if any(lands & {lexicon.land_of(w) for w in role.split()} for role in k.roles) or len(fits) == 1
        ]
    if not fits:
        return _protagonist(discourse)
    return max(fits, key=lambda k: (_salience(k, piece, noun, discourse), k.count, k.id))


def _protagonist(discourse: Discourse) -> Known | None:
    """The one person a document is about: named at least three times, and twice as often as anybody else."""
    people = [k for k in discourse.cast.known if k.kind is EntityKind.PERSON]
    people.sort(key=lambda k: (-discourse.tally[k.id], k.id))
    if not people or discourse.tally[people[0].id] < 3:  # noqa: PLR2004 - fewer mentions make nobody a protagonist
        return None
    alone = len(people) == 1 or discourse.tally[people[0].id] >= 2 * discourse.tally[people[1].id]
    return people[0] if alone else None


def _collect_roles(pieces: Sequence[Piece], cast: Cast) -> None:
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
    head = name.head
    assert head is not None
    found = [t for t in head.children if t.dep in {"compound", "nmod", "amod"} and t.i < name.first]
    found += head.all("appos")
    if head.dep == "appos":
        found.append(head.head)
    if head.dep in {"nsubj"} and head.head.lemma == "be":
        found += head.head.all("attr")
    return [t for t in found if t.pos in {"NOUN", "PROPN"} and piece.inside(t) and lexicon.is_role(t.lemma)]


# -------------------------------------------------------------------------- speakers


def _speaker_by_name(piece: Piece, cast: Cast) -> Known | None:
    """The named subject of a reporting verb outside quotation marks."""
    for name in piece.names:
        head = name.head
        if head is None or head.dep != "nsubj" or piece.in_quotes(head):
            continue
        if lexicon.is_reporting(head.head.lemma):
            candidates = cast.candidates.get(form_of(name), ())
            if len(candidates) == 1:
                return candidates[0]
    return None


def _remember_speaker(piece: Piece, discourse: Discourse) -> None:
    for token in piece.tokens:
        if token.dep == "nsubj" and lexicon.is_reporting(token.head.lemma) and not piece.in_quotes(token):
            resolved = piece.resolved.get(token.i)
            if resolved is not None and resolved.known is not None:
                piece.speaker = resolved.known
                discourse.speaker = resolved.known


def _share_speakers(pieces: Sequence[Piece]) -> None:
    """A quotation that runs over several sentences of a paragraph has one speaker."""
    for number, piece in enumerate(pieces):
        if piece.speaker is not None or not any(piece.quoted[piece.first : piece.last]):
            continue
        near = [p for p in (*pieces[number + 1 : number + 3], *pieces[max(0, number - 2) : number][::-1])]
        found = next((p.speaker for p in near if p.paragraph == piece.paragraph and p.speaker is not None), None)
        piece.speaker = found
