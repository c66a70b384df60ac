"""
Who is meant: short names, pronouns, kinship and titles, resolved inside one document.

One pass in text order over what the names room found.  Each mention of a person, place or organisation
enters a short memory; a pronoun takes the fitting entry with the highest salience (nearness, subjecthood,
and how often the document speaks of it, after Lappin & Leass 1994, much reduced).  What is not settled
stays open: the mention keeps its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.model import EntityKind

from . import lexicon
from .descriptions import collect_roles, kin_word, late_kin, name_descriptions, possessor, resolve_noun
from .discourse import REACH, Discourse, Kin, Piece, Resolved, salience
from .given_names import gender_of, title_gender
from .names import Cast, Known, NameMention, form_of
from .pipeline import Token
from .together import first_of, meant_together, remember

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
#: Verbs whose "he" is most often the one who spoke last.
SPEECH = frozenset({"say", "add", "tell", "explain", "note", "reply", "continue"})
PRONOUNS = MALE | FEMALE | THING | PLURAL | SPEAKER
#: Words for somebody's children that are no kinship words by themselves.
_CHILDREN = {"girl": "daughter", "boy": "son"}
#: What the fit of a pronoun is made of: an antecedent in this very sentence, each sentence further back, a subject
#: (unless its gender is not known and that of somebody else in its sentence is), its share of the document, a known
#: gender.
HERE = 2.0
PER_SENTENCE = 0.8
AS_SUBJECT = 1.0
SHARE = 0.8
KNOWN_GENDER = 0.3
#: A given name and a surname.
FULL_NAME = 2
#: Before a first mention, a short name means the bearer who is named so many times as often as any other.
FAR_COMMONER = 2


def resolve(pieces: Sequence[Piece], cast: Cast) -> list[Kin]:
    """
    Resolve every name, pronoun, kinship word and definite description; fills ``piece.resolved``.

    Args:
        pieces: The sentences of one document, in text order, with their names.
        cast: The entities of the document.
    Returns:
        The kinship facts that the document states.
    """
    collect_roles(pieces, cast)
    discourse = Discourse(cast=cast)
    for piece in pieces:
        names = {name.first: name for name in piece.names}
        piece.speaker = _speaker_by_name(piece, cast)
        for token in piece.tokens:
            if token.i in names:
                _resolve_name(names[token.i], piece, discourse)
            elif token.i in piece.resolved:
                continue
            elif several := meant_together(token, piece, discourse):
                _resolve_together(token, several, piece, discourse)
            elif token.tag in {"PRP", "PRP$"} and token.low in PRONOUNS:
                _resolve_pronoun(token, piece, discourse)
            elif token.pos == "NOUN":
                resolve_noun(token, piece, discourse)
        name_descriptions(piece)
        late_kin(piece, discourse)
        _remember_speaker(piece, discourse)
        remember(piece, discourse)
    _share_speakers(pieces)
    return discourse.kin


# ----------------------------------------------------------------------------- names


def _resolve_name(name: NameMention, piece: Piece, discourse: Discourse) -> None:
    """Take the one that the name can mean, or of several the most salient one that has been spoken of."""
    form = form_of(name)
    candidates = discourse.cast.candidates.get(form, ())
    head = name.head or piece.parse.tokens[name.last - 1]
    known = candidates[0] if len(candidates) == 1 else None
    gender = title_gender(name.title) if name.title else ""
    relative = known is not None and known.words != name.words and known in _excluded_relative(head, piece)
    if relative or (known is not None and _contrary(known, gender)):
        known = _newcomer(name, discourse)
    elif known is not None and _of_other_family(known, name, head, piece, discourse):
        known = _newcomer(name, discourse, titled=False)
        discourse.cast.candidates[form] = (*candidates, known)
    if len(candidates) > 1:
        excluded = _excluded(head, piece) | {c for c in candidates if _contrary(c, gender)}
        allowed = [c for c in candidates if c not in excluded] or list(candidates)
        known = max(allowed, key=lambda c: (salience(c, piece, discourse, form), c.count, c.id))
        if not discourse.tally[known.id] and not _frequent(known, allowed):
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


def _contrary(known: Known, gender: str) -> bool:
    """Whether a title is for a man and *known* a woman, or the reverse."""
    return bool(gender and known.gender) and known.gender != gender


def _excluded_relative(head: Token, piece: Piece) -> set[Known]:
    """Whose relative the words name: "his father, Viscount Ridley" is not "him"."""
    noun = head.head if head.dep == "appos" else None
    owner = noun.child("poss") if noun is not None and kin_word(noun) else None
    known = piece.known_at(owner)
    return {known} if known is not None else set()


def _of_other_family(known: Known, name: NameMention, head: Token, piece: Piece, discourse: Discourse) -> bool:
    """
    Whether a bare first name among somebody's kin ("his daughters, Ann and Ida") is not that of *known*.

    A relative by blood has the family's surname; nobody is a wife and a daughter of the same person.
    """
    noun = head
    while noun.pos != "NOUN" and noun.dep in {"conj", "appos"}:
        noun = noun.head
    word = _CHILDREN.get(noun.lemma) or kin_word(noun)
    person = possessor(noun, piece)
    kin = lexicon.kin(word) if word else None
    if noun is head or kin is None or person is None or len(known.words) < 2 or name.words != known.words[:1]:
        return False
    ties = [fact.word for fact in discourse.kin_of(known) if fact.person is person and fact.relative is known]
    stranger = kin.how == "blood" and not set(person.words) & {known.words[-1]}
    return any(lexicon.kin_exclude(tie, word) for tie in ties) or (stranger and not ties)


def _newcomer(name: NameMention, discourse: Discourse, *, titled: bool = True) -> Known:
    """Somebody of the same surname who is named by title only, the same one each time; or of the same first name."""
    title = name.title if titled else ""
    text = f"{title.title()} {name.text}" if title else name.text
    met = next((k for k in discourse.cast.known if title and k.name == text), None)
    if met is not None:
        return met
    known = Known(discourse.cast.next_id(), name.words, text, EntityKind.PERSON, count=1)
    discourse.cast.known.append(known)
    return known


def _frequent(known: Known, others: Sequence[Known]) -> bool:
    """Whether the document names *known* far more often than any other of the same short name."""
    return all(known.count >= FAR_COMMONER * other.count for other in others if other is not known)


def _excluded(head: Token, piece: Piece) -> set[Known]:
    """Whom the words cannot mean: X in "X's father, Y" is not Y; in "Y, X's father" neither."""
    found: set[Known] = set()
    if head.dep != "poss":
        return found
    noun = head.head
    related = [*noun.all("appos"), *([noun.head] if noun.dep == "appos" else [])]
    for token in related:
        for i in range(max(piece.first, token.i - 4), token.i + 1):
            resolved = piece.resolved.get(i)
            if resolved is not None and resolved.known is not None and resolved.last == token.i + 1:
                found.add(resolved.known)
        for name in piece.names:
            if name.head is token:
                found.update(_bearers(name, piece))
    return found


def _bearers(name: NameMention, piece: Piece) -> list[Known]:
    """Whom a name means: as it was resolved, or else the only one it can mean."""
    resolved = piece.resolved.get(name.first)
    if resolved is not None and resolved.known is not None:
        return [resolved.known]
    return list(name.sole)


def _resolve_together(token: Token, several: tuple[Known, ...], piece: Piece, discourse: Discourse) -> None:
    first = first_of(token)
    how = "pronoun" if first == token.i else "description"
    piece.resolved[token.i] = Resolved(first=first, last=token.i + 1, known=None, how=how, together=several)
    for known in several:
        discourse.note(known, piece, token)


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
        if word in MALE | FEMALE:
            known.kind = EntityKind.PERSON
            known.gender = known.gender or ("m" if word in MALE else "f")


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
    """Whether kind and gender allow the pronoun to mean *known*; the tagger takes some people for organisations."""
    if word in MALE | FEMALE:
        wanted = "m" if word in MALE else "f"
        if known.kind is EntityKind.PERSON:
            return known.gender in {"", wanted}
        full = known.kind is EntityKind.ORGANISATION and len(known.words) == FULL_NAME
        return full and gender_of(known.words[0]) == wanted
    if word in THING:
        return known.kind in {EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.WORK, EntityKind.EVENT}
    return known.kind in {EntityKind.GROUP, EntityKind.ORGANISATION}


def _antecedent(token: Token, piece: Piece, discourse: Discourse) -> Known | None:
    """Whom a pronoun means: the last speaker where it speaks again, else the one that fits best of those nearby."""
    word = token.low
    speech = token.dep == "nsubj" and token.head.lemma in SPEECH and not piece.in_quotes(token)
    recent = list(discourse.lately(piece, REACH))
    speaker = discourse.speaker if speech else None
    if speaker is not None and _fits_pronoun(speaker, word) and any(t.known is speaker for t in recent):
        return speaker
    barred = _co_arguments(token, piece)
    if piece.in_quotes(token) and piece.speaker is not None:
        barred.add(piece.speaker)
    scores: dict[str, tuple[float, Known]] = {}
    told = {t.piece for t in recent if t.known not in barred and t.known.gender and _fits_pronoun(t.known, word)}
    for trace in recent:
        known = trace.known
        if known in barred or not _fits_pronoun(known, word):
            continue
        score = HERE - PER_SENTENCE * (piece.index - trace.piece)
        passed_over = trace.piece in told and not known.gender and known.kind is EntityKind.PERSON
        score += AS_SUBJECT if trace.subject and not passed_over else 0.0
        score += SHARE * discourse.weight(known)
        if known.gender:
            score += KNOWN_GENDER
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
    """Note the resolved subject of a reporting verb outside quotation marks as the one who spoke last."""
    for token in piece.tokens:
        if token.dep == "nsubj" and lexicon.is_reporting(token.head.lemma) and not piece.in_quotes(token):
            known = piece.known_at(token)
            if known is not None:
                piece.speaker = discourse.speaker = known


def _share_speakers(pieces: Sequence[Piece]) -> None:
    """A quotation that runs over several sentences of a paragraph has one speaker."""
    for number, piece in enumerate(pieces):
        if piece.speaker is not None or not any(piece.quoted[piece.first : piece.last]):
            continue
        near = (*pieces[number + 1 : number + 3], *pieces[max(0, number - 2) : number][::-1])
        said = (p.speaker for p in near if p.paragraph == piece.paragraph and p.speaker is not None)
        piece.speaker = next(said, None)
