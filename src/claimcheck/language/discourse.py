"""
The memory of one document while it is read: its sentences, and who was spoken of where.

A mention weighs by nearness, subjecthood, and how often the document speaks of the one it means (salience after
Lappin & Leass 1994, much reduced).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from claimcheck.model import SentenceKind

from . import lexicon
from .names import Cast, Known, NameMention
from .pipeline import Parse, Token

#: A pronoun looks back this many sentences.
REACH = 3
#: What an entity's salience is made of: a mention in this very sentence, as a subject, its share of the document, and
#: that this form of its name meant it last.
NEAR = 2.0
AS_SUBJECT = 0.6
SHARE = 1.2
SAME_FORM = 0.8

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MARRIED = frozenset({"spouse", "widowed spouse", "late spouse"})


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

    def known_at(self, token: Token | None) -> Known | None:
        """Whom the mention at *token* means, ``None`` when it is left open or is no mention."""
        resolved = self.resolved.get(token.i) if token is not None else None
        return resolved.known if resolved is not None else None

    def together_at(self, token: Token) -> tuple[Known, ...]:
        """Whom the words at *token* mean together: those of "the two"; () for what means one, or nobody known."""
        resolved = self.resolved.get(token.i)
        return resolved.together if resolved is not None else ()

    def in_quotes(self, token: Token) -> bool:
        """Whether *token* stands between quotation marks."""
        return bool(self.quoted) and self.quoted[token.i]


@frozen(kw_only=True)
class Resolved:
    """
    A mention that was looked at: tokens ``[first, last)``, and whom it means.

    ``known`` is ``None`` when that is left open, and when several are meant ``together``.
    """

    first: int
    last: int
    known: Known | None
    how: str
    candidates: tuple[Known, ...] = ()
    together: tuple[Known, ...] = ()


@frozen(kw_only=True)
class Group:
    """
    Several who were named together in one sentence.

    Args:
        known: Who, in the order of their first names there.
        piece: The number of the sentence.
        listed: Whether in a list ("X and Y"); else they are all of their kind that it names.
        plural: Whether a plural noun is a subject there, which "they" may mean instead.
    """

    known: tuple[Known, ...]
    piece: int
    listed: bool
    plural: bool


@frozen(kw_only=True)
class Kin:
    """``relative`` is the ``word`` ("father") of ``person``, as the document says at ``piece``."""

    word: str
    person: Known
    relative: Known
    piece: int
    token: Token


@define(slots=True)
class Trace:
    """That *known* was spoken of at a token of a sentence, and whether as a subject."""

    known: Known
    piece: int
    token: int
    subject: bool


@define(slots=True)
class Discourse:
    """
    The memory of one document while it is read.

    Nothing here looks through all of a document, or all that it names, for one mention: time would grow with the
    square of its length.
    """

    cast: Cast
    traces: list[Trace] = field(factory=list)
    groups: list[Group] = field(factory=list)
    last_form: dict[tuple[str, ...], Known] = field(factory=dict)
    kin: list[Kin] = field(factory=list)
    speaker: Known | None = None
    tally: Counter[str] = field(factory=Counter)
    _kin_of: dict[str, list[Kin]] = field(factory=dict)
    _tallied: dict[int, dict[str, Known]] = field(factory=dict)
    _most: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._most = max((k.count for k in self.cast.known), default=1)

    def weight(self, known: Known) -> float:
        """How much of the document so far, and of its names, is about *known*: 0-1."""
        return (known.count + self.tally[known.id]) / max(1, self._most)

    def note(self, known: Known, piece: Piece, token: Token) -> None:
        """Remember that *known* was spoken of at *token*."""
        subject = token.dep in _SUBJECTS or (token.dep in {"poss", "appos"} and token.head.dep in _SUBJECTS)
        self.traces.append(Trace(known, piece.index, token.i, subject))
        times = self.tally[known.id]
        self.tally[known.id] = times + 1
        if times:
            equals = self._tallied[times]
            del equals[known.id]
            if not equals:
                del self._tallied[times]
        self._tallied.setdefault(times + 1, {})[known.id] = known
        self._most = max(self._most, known.count + times + 1)

    def lately(self, piece: Piece, reach: int) -> Iterator[Trace]:
        """What was spoken of in the *reach* sentences before *piece* and in it so far, the last first."""
        for trace in reversed(self.traces):
            if piece.index - trace.piece > reach:
                return
            yield trace

    def leaders(self) -> Iterator[tuple[int, Known]]:
        """Who was spoken of, the most often first, each with the number of times; of equals the first by id."""
        for times in sorted(self._tallied, reverse=True):
            for identifier in sorted(self._tallied[times]):
                yield times, self._tallied[times][identifier]

    def note_kin(self, fact: Kin) -> None:
        """Remember what the document says of two relatives."""
        self.kin.append(fact)
        for known in {fact.person.id, fact.relative.id}:
            self._kin_of.setdefault(known, []).append(fact)

    def kin_of(self, known: Known) -> Sequence[Kin]:
        """What the document has said of the relatives of *known*, either way, in its order."""
        return self._kin_of.get(known.id, ())

    def relative(self, person: Known, word: str) -> Known | None:
        """Whom the document has called *person*'s *word* ("father")."""
        for fact in reversed(self.kin_of(person)):
            if fact.person is person and fact.word == word:
                return fact.relative
        return self._spouse(person, word)

    def _spouse(self, person: Known, word: str) -> Known | None:
        """The only one married to *person*: "his widow" was his wife, and so is she who has him for a husband."""
        wanted = lexicon.kin(word)
        if wanted is None or wanted.tie not in _MARRIED:
            return None
        ties = [f for f in self.kin_of(person) if (found := lexicon.kin(f.word)) is not None and found.tie in _MARRIED]
        mates = [f.relative for f in ties if f.person is person] + [f.person for f in ties if f.relative is person]
        fits = {m.id: m for m in mates if wanted.gender == "any" or m.gender in {"", wanted.gender[0]}}
        return next(iter(fits.values())) if len(fits) == 1 else None


def salience(known: Known, piece: Piece, discourse: Discourse, form: tuple[str, ...] | None = None) -> float:
    """How present *known* is at this place: nearness, subjecthood, frequency."""
    best = 0.0
    for trace in discourse.lately(piece, 2 * REACH):
        if trace.known is known:
            score = NEAR / (1 + piece.index - trace.piece) + (AS_SUBJECT if trace.subject else 0.0)
            best = max(best, score)
    best += SHARE * discourse.weight(known)
    if form is not None and discourse.last_form.get(form) is known:
        best += SAME_FORM
    return best
