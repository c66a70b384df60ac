"""
What a sentence takes out of what it says: "has played in Paris, but not in Rome", "every station except Lund".

The words taken out have no verb of their own (stripping; Hankamer & Sag 1976, "Deep and surface anaphora").  The parser
hangs them on what stands nearest, so they are read from the order of the words: a cue, then phrases, each of which
answers one before the cue.  They are nothing of what the verb says, and each makes a statement that denies it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from attrs import evolve, frozen

from claimcheck.model import Argument, Polarity, Span, Statement

from . import lexicon
from .discourse import Piece
from .gapping import Gaps, Phrase
from .pipeline import Token

_ENDS = frozenset({";", ":", ",", ".", "–", "—", "(", ")", "“", "”", '"'})
_JOINING = frozenset({"and", "or", "nor", "&"})
_NOUN_LIKE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "ADP"})


@frozen(kw_only=True, eq=False)
class _LeftOut:
    """
    Words that a sentence takes out.

    ``first`` is the number of the cue's first token and ``last`` that of the last word; ``sure`` whether all the others
    are in: "apart from Falk" can be "besides Falk" where nobody says "all".
    """

    first: int
    last: int
    cue: Span
    segments: tuple[tuple[Token, ...], ...]
    sure: bool


class Exceptions:
    """What is taken out of the statements of one sentence."""

    def __init__(self, piece: Piece, gaps: Gaps, predicates: set[int]) -> None:
        """
        Take a sentence.

        Args:
            piece: The sentence, with its mentions resolved.
            gaps: The phrases of its conjuncts.
            predicates: Indices of the tokens that are predicates of their own.
        """
        self._piece = piece
        self._gaps = gaps
        self._predicates = predicates
        self._found = tuple(self._all())

    def take(self, statement: Statement, verb: Token) -> tuple[Statement, ...]:
        """*statement* without what is taken out of it, and a denial of each of that; itself if nothing is."""
        own = [one for one in self._found if self._verb_of(one) == verb.i]
        if not own:
            return self._but(statement, verb)
        rest = statement
        for one in own:
            rest = self._without(rest, one)
        return (rest, *(made for one in own for made in self._denials(rest, verb, one)))

    # ------------------------------------------------------------------- finding

    def _all(self) -> Iterator[_LeftOut]:
        tokens = self._piece.tokens
        at = 0
        while at < len(tokens):
            cue = _cue_at(tokens, at) if tokens[at].i not in self._predicates else ()
            found = self._from(tokens, at, cue) if cue else None
            at += max(1, len(cue))
            if found is not None:
                yield found

    def _from(self, tokens: Sequence[Token], at: int, cue: tuple[str, ...]) -> _LeftOut | None:
        """What follows a cue, ``None`` when it takes nothing out: "but not until", "rather than walk"."""
        segments: list[list[Token]] = [[]]
        for token in tokens[at + len(cue) :]:
            if token.low in _ENDS or token.i in self._predicates or token.pos in {"VERB", "AUX", "SCONJ"}:
                break
            if token.low in _JOINING:
                segments.append([])
            elif token.pos in _NOUN_LIKE or token.i in self._gaps.kinds or token.tag in {"POS", "HYPH"}:
                segments[-1].append(token)
            else:
                break
        parts = tuple(tuple(segment) for segment in segments if segment)
        if not parts or parts[0][0].low in lexicon.cues("not_left_out"):
            return None
        start, end = tokens[at].start, tokens[at + len(cue) - 1].end
        base = self._piece.base
        said = {t.low for t in tokens[:at]}
        nobody = (" ".join([*(t.low for t in tokens[at - n : at]), *cue]) for n in (1, 2) if n <= at)
        if any(words in lexicon.cues("exception") for words in nobody):
            return None  # "nobody except Falk" says it of Falk
        return _LeftOut(
            first=tokens[at].i,
            last=parts[-1][-1].i,
            cue=Span(start=base + start, end=base + end, text=self._piece.parse.text[start:end]),
            segments=parts,
            sure=" ".join(cue) in lexicon.cues("but_not") or not said.isdisjoint(lexicon.cues("whole")),
        )

    def _verb_of(self, one: _LeftOut) -> int:
        """The number of the verb whose sentence it is: the last one before, the next one when it opens the sentence."""
        before = [i for i in self._predicates if i < one.first]
        after = [i for i in self._predicates if i > one.last]
        return max(before, default=min(after, default=-1))

    def _but(self, statement: Statement, verb: Token) -> tuple[Statement, ...]:
        """A denial, and what is affirmed in its place: "did not go to Weiss but to Falk"."""
        after = [t for t in self._piece.tokens if t.i > verb.i]
        at = next((n for n, t in enumerate(after) if t.low == "but"), 0)
        first = next((n for n, t in enumerate(after[:at]) if t.low != "not"), at)
        if statement.polarity is not Polarity.NEGATIVE or any(t.i in self._predicates for t in after[:at]):
            return (statement,)
        mine = self._gaps.phrases([t for t in after[first:at] if t.low not in _ENDS]) if at else None
        found = self._from(after, at, ("but",)) if mine else None
        links = {p.link for p in mine or ()}
        taken = self._gaps.phrases(found.segments[0]) if found is not None else None
        if found is None or not taken or len(found.segments) > 1 or not {p.link for p in taken} <= links - {""}:
            return (statement,)
        rest = self._without(statement, found)
        made = self._replaced(rest, mine or [], taken)
        if made is None:
            return (statement,)
        return (rest, evolve(made, polarity=Polarity.POSITIVE, cue=None, apart=True))

    # ------------------------------------------------------------------ building

    def _without(self, statement: Statement, one: _LeftOut) -> Statement:
        """*statement* without participants, dates and quantities that stand where something is taken out."""
        base, tokens = self._piece.base, self._piece.parse.tokens
        start, end = base + tokens[one.first].start, base + tokens[one.last].end
        return evolve(
            statement,
            arguments=tuple(
                self._trimmed(a, one) if a.span.start < start < a.span.end else a
                for a in statement.arguments
                if a.clause or not start <= a.span.start < end
            ),
            times=tuple(t for t in statement.times if not start <= t.span.start < end),
            quantities=tuple(q for q in statement.quantities if not start <= q.span.start < end),
        )

    def _trimmed(self, argument: Argument, one: _LeftOut) -> Argument:
        """A participant up to the cue: "all stations" of "all stations other than Lund"."""
        parse, base = self._piece.parse, self._piece.base
        tokens = parse.tokens[one.first : one.last + 1]
        if argument.clause or any(t.lemma.lower() == argument.head for t in tokens):
            return argument
        text = argument.span.text[: base + tokens[0].start - argument.span.start].rstrip(" ,")
        known = (self._piece.known_at(t) for t in tokens)
        named = {who.id for who in known if who is not None}
        inside = {t.lemma.lower() for t in tokens} | {t.low for t in tokens}
        return evolve(
            argument,
            span=Span(start=argument.span.start, end=argument.span.start + len(text), text=text),
            words=tuple(w for w in argument.words if w.lower() not in inside),
            entities=(*argument.entities[:1], *(e for e in argument.entities[1:] if e not in named)),
        )

    def _denials(self, statement: Statement, verb: Token, one: _LeftOut) -> Iterator[Statement]:
        """A statement for each phrase taken out: denied, or affirmed where the others are denied."""
        negative = statement.polarity is Polarity.NEGATIVE
        if not one.sure or one.first < verb.i:
            return
        said = [t for t in self._piece.tokens if verb.i < t.i < one.first and t.low not in _ENDS]
        before = self._gaps.phrases(said) or []
        for segment in one.segments:
            made = self._replaced(statement, before, self._gaps.phrases(segment) or [])
            if made is not None:
                polarity = Polarity.POSITIVE if negative else Polarity.NEGATIVE
                yield evolve(made, polarity=polarity, cue=one.cue, apart=True)

    def _replaced(self, statement: Statement, before: Sequence[Phrase], taken: Sequence[Phrase]) -> Statement | None:
        """*statement* with each phrase in the place of the one that it answers; ``None`` when one answers none."""
        times, quantities = [], []
        for phrase in taken:
            if phrase.kind == "noun":
                alike = [p for p in before if p.kind == "noun" and (not phrase.link or p.link == phrase.link)]
                other = self._gaps.taken_by(statement, alike[-1]) if alike else None
                if other is None and not phrase.link:
                    return None
                made = self._gaps.as_argument(phrase, other, phrase.link)
                rest = tuple(a for a in statement.arguments if a is not other)
                statement = evolve(statement, arguments=(*rest, made))
            elif phrase.kind == "time":
                times += self._gaps.times_of(phrase)
            else:
                quantities += self._gaps.quantities_of(phrase)
        if not taken:
            return None
        statement = evolve(statement, times=tuple(times)) if times else statement
        return evolve(statement, quantities=tuple(quantities)) if quantities else statement


def _cue_at(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The longest cue that begins at a token; () when none does."""
    for cue in _cues().get(tokens[at].low, ()):
        if tuple(t.low for t in tokens[at : at + len(cue)]) == cue:
            return cue
    return ()


@cache
def _cues() -> dict[str, list[tuple[str, ...]]]:
    """The cues by their first word, the longest first."""
    phrases = (tuple(phrase.split()) for name in ("but_not", "left_out") for phrase in lexicon.cues(name))
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(phrases, key=lambda words: (-len(words), words)):
        found.setdefault(words[0], []).append(words)
    return found
