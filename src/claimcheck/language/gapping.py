"""
Gapping: what a second conjunct says with the verb of the first.

"Falk met Weiss in 2009 and Brandt in 2011" says two things; the second has no verb of its own.  The parser hangs such
a rest on whatever stands nearest, so it is read from the order of the words: phrases after a coordinator that answer,
kind for kind, phrases of the first conjunct (the remnants and correlates of Ross 1970, "Gapping and the order of
constituents").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from claimcheck.model import Argument, QuantityMention, Slot, Span, Statement, TimeMention

from .arguments import PLACE_LINKS, RELATIVE, Part, argument, is_place
from .discourse import Piece
from .lexicon import are_antonyms
from .pipeline import Token

_COORDINATORS = frozenset({"and", "but", "or", ","})
_NOUN_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
_ENDS = frozenset({";", ":", "–", "—", "(", ")", "“", "”", '"'})
#: A remnant has two phrases or more; one alone only goes on with a list.
_REMNANTS = 2


@frozen(kw_only=True, eq=False)
class Phrase:
    """
    A phrase of a conjunct.

    ``kind`` is "time", "quantity" or "noun"; ``link`` the preposition before it; ``sort`` what a noun phrase names.
    """

    kind: str
    tokens: tuple[Token, ...]
    link: str = ""
    sort: str = ""

    @property
    def head(self) -> Token:
        """The token through which the phrase hangs in the tree."""
        known = {t.i for t in self.tokens}
        nouns = [t for t in self.tokens if t.pos in {"NOUN", "PROPN", "PRON"}] or self.tokens
        return next((t for t in reversed(nouns) if t.head is t or t.head.i not in known), nouns[-1])


class Gaps:
    """What the conjuncts after a verb say with it, one sentence at a time."""

    def __init__(
        self, piece: Piece, times: Sequence[TimeMention], quantities: Sequence[QuantityMention], predicates: set[int]
    ) -> None:
        """
        Take a sentence.

        Args:
            piece: The sentence, with its mentions resolved.
            times: Its dates, spans in the stored text.
            quantities: Its quantities, likewise.
            predicates: Indices of the tokens that are predicates of their own.
        """
        self._piece = piece
        self._times = times
        self._quantities = quantities
        self._predicates = predicates
        self.kinds = {i: ("time", n) for n, t in enumerate(times) for i in self._within(t.span)}
        for number, quantity in enumerate(quantities):
            for i in self._within(quantity.span):
                self.kinds.setdefault(i, ("quantity", number))

    def fill(self, statement: Statement, verb: Token) -> tuple[Statement, ...]:
        """*statement* without what belongs to later conjuncts, and one more for each of these; itself if none does."""
        if sides := self._other_side(statement, verb):
            return sides
        conjuncts = self._conjuncts(verb)
        if len(conjuncts) < 2:
            return (statement,)
        base, *rest = conjuncts
        filled = [self._filled(statement, verb, base, remnants) for remnants in rest]
        made = [one for one in filled if one is not None]
        if len(made) < len(rest):
            return (statement,)
        start = self._piece.base + rest[0][0].tokens[0].start
        return (_before(statement, start), *made)

    def _other_side(self, statement: Statement, verb: Token) -> tuple[Statement, ...]:
        """A vote and what was on the other side: "15 voted for the plan, nine against"; nothing where there is none."""
        tokens = [t for t in self._piece.tokens if t.i > verb.i]
        for number, word, after in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
            counted = self.kinds.get(number.i, ("", 0))[0] == "quantity" and number.pos == "NUM"
            if not counted or (after is not None and after.pos not in {"PUNCT", "CCONJ"}):
                continue
            taken = next((a for a in statement.arguments if are_antonyms(a.link, word.low)), None)
            if taken is None or taken.span.end > self._piece.base + number.start:
                continue
            start = self._piece.base + number.start
            phrase = Phrase(kind="quantity", tokens=(number,))
            voters = evolve(self.as_argument(phrase, None, ""), slot=Slot.SUBJECT)
            kept = [a for a in statement.arguments if a.slot is not Slot.SUBJECT and a is not taken]
            kept = [a for a in kept if a.span.end <= start]
            other = evolve(
                statement,
                arguments=(voters, *kept, evolve(taken, link=word.low)),
                quantities=tuple(self.quantities_of(phrase)),
                apart=True,
            )
            return _before(statement, start), other
        return ()

    # ----------------------------------------------------------------- conjuncts

    def _conjuncts(self, verb: Token) -> list[list[Phrase]]:
        """The phrases of the first conjunct after the verb, and of each that answers it."""
        found: list[list[Phrase]] = []
        joined = False
        for coordinator, segment in self._segments(verb):
            phrases = self.phrases(segment)
            if phrases is None:
                break
            if not found or not _answers(phrases, found[0], dated=self._dated_before(verb)):
                if len(found) > 1 and len(phrases) > 1:
                    return []
                found = [*found[:-1], [*found[-1], *phrases]] if found else [phrases]
            else:
                found.append(phrases)
                joined = joined or coordinator != ","
        return found if joined else found[:1]

    def _segments(self, verb: Token) -> list[tuple[str, list[Token]]]:
        """The tokens after a verb up to the next clause, cut at coordinators, each with the one before it."""
        segments: list[tuple[str, list[Token]]] = [("", [])]
        said = self._said_between(verb)
        for token in self._piece.tokens:
            if token.i <= verb.i or token.dep == "prt" or token.i in said:
                continue
            if token.i in self._predicates:
                return segments[:-1]
            if token.low in _ENDS or token.tag in {"WDT", "WP", "WRB"} or _relates(token):
                return segments
            if token.low in _COORDINATORS and token.i not in self.kinds:
                before = segments.pop()[0] if not segments[-1][1] else ""
                segments.append((before if token.low == "," and before else token.low, []))
            else:
                segments[-1][1].append(token)
        return segments

    def _said_between(self, verb: Token) -> range:
        """The tokens that say between two commas whose words the sentence is: "..., the company said, ..."."""
        beside = [t.i for t in self._piece.tokens if t.dep == "parataxis" and t.head.i == verb.i]
        reports = verb.head.i if verb.dep == "ccomp" else next(iter(beside), verb.i)
        commas = [t.i for t in self._piece.tokens if t.low == "," and t.i > verb.i]
        before, after = [i for i in commas if i < reports], [i for i in commas if i > reports]
        return range(before[-1], after[0]) if before and after else range(0)

    def phrases(self, tokens: Sequence[Token]) -> list[Phrase] | None:
        """The phrases of a conjunct, ``None`` when something else stands in it."""
        found: list[Phrase] = []
        at, link = 0, ""
        while at < len(tokens):
            token = tokens[at]
            kind, number = self.kinds.get(token.i, ("", 0))
            if kind:
                end = at + 1
                while end < len(tokens) and self.kinds.get(tokens[end].i) == (kind, number):
                    end += 1
                found.append(Phrase(kind=kind, tokens=tuple(tokens[at:end]), link=link))
            elif token.pos in _NOUN_PHRASE:
                end = self._noun_phrase(tokens, at)
                phrase = Phrase(kind="noun", tokens=tuple(tokens[at:end]), link=link)
                found.append(evolve(phrase, sort=self._sort(phrase.head)))
            elif token.pos == "ADP":
                at, link = at + 1, f"{link} {token.low}".strip()
                continue
            elif token.pos in {"PUNCT", "ADV"} and token.dep != "neg" and not link:
                at += 1
                continue
            else:
                return None
            at, link = end, ""
        return None if link else found

    def _noun_phrase(self, tokens: Sequence[Token], start: int) -> int:
        """Where the noun phrase that begins at *start* ends; a name and a noun after it are two phrases."""
        end = start + 1
        while end < len(tokens):
            token, before = tokens[end], tokens[end - 1]
            inner = token.low == "of" and end + 1 < len(tokens) and tokens[end + 1].pos in _NOUN_PHRASE
            joined = token.tag in {"POS", "HYPH"} or before.low == "of" or before.tag in {"POS", "HYPH"}
            name = self._piece.resolved.get(before.i)
            over = token.pos == "NOUN" and name is not None and name.last == token.i and before.ent == "PERSON"
            new = token.pos in {"DET", "PRON"} and before.pos in {"NOUN", "PROPN"}
            fits = token.pos in _NOUN_PHRASE and not over and not new and token.i not in self.kinds
            if not (inner or (joined and token.i not in self.kinds) or fits):
                break
            end += 1
        return end

    def _sort(self, head: Token) -> str:
        """What kind of thing a noun phrase names: "person", "place", ...; "" for a common noun."""
        resolved = self._piece.resolved.get(head.i)
        if resolved is not None and resolved.known is not None:
            return resolved.known.kind.value
        return head.ent if head.pos == "PROPN" else ""

    def _dated_before(self, verb: Token) -> bool:
        at = self._piece.base + verb.start
        return any(t.span.end <= at for t in self._times)

    def _within(self, span: Span) -> Iterator[int]:
        for token in self._piece.tokens:
            if span.start <= self._piece.base + token.start < span.end:
                yield token.i

    # ------------------------------------------------------------------ building

    def _filled(
        self, statement: Statement, verb: Token, base: Sequence[Phrase], remnants: Sequence[Phrase]
    ) -> Statement | None:
        """The statement of a later conjunct, ``None`` when it is not plain whose place its phrases take."""
        start = self._piece.base + verb.end
        kept = [a for a in statement.arguments if a.span.end <= start and not a.clause]
        open_to = [p for p in base if p.kind == "noun"]
        made: list[Argument] = []
        for phrase in reversed([p for p in remnants if p.kind == "noun"]):
            place = _correlate(phrase, open_to)
            if place is not None:
                open_to.remove(place)
                made.append(self.as_argument(phrase, self.taken_by(statement, place), place.link))
                continue
            subjects = [a for a in kept if not a.link and a.span.end <= start]
            if phrase.link or not subjects or any(p.kind == "noun" and not p.link for p in open_to):
                return None
            kept = [a for a in kept if a not in subjects]
            made.append(self.as_argument(phrase, subjects[0], ""))
        for phrase in open_to:
            whole = self.taken_by(statement, phrase) if not phrase.link else None
            if whole is not None:
                replaced = (p for p in base if p not in open_to and p.kind == "noun")
                inner = any(whole.span.contains(self._span(p)) for p in replaced)
                kept.append(self.as_argument(phrase, whole, "") if inner else whole)
        tokens = {t.i for p in remnants for t in p.tokens}
        numbers = {kind: {n for i, (k, n) in self.kinds.items() if k == kind and i in tokens} for kind in _VALUES}
        return evolve(
            statement,
            arguments=(*kept, *reversed(made)),
            times=tuple(t for n, t in enumerate(self._times) if n in numbers["time"]),
            quantities=tuple(q for n, q in enumerate(self._quantities) if n in numbers["quantity"]),
            apart=True,
        )

    def times_of(self, phrase: Phrase) -> list[TimeMention]:
        """The dates that a phrase holds."""
        inside = {t.i for t in phrase.tokens}
        return [t for n, t in enumerate(self._times) if any(self.kinds.get(i) == ("time", n) for i in inside)]

    def quantities_of(self, phrase: Phrase) -> list[QuantityMention]:
        """The quantities that a phrase holds."""
        inside = {t.i for t in phrase.tokens}
        return [q for n, q in enumerate(self._quantities) if any(self.kinds.get(i) == ("quantity", n) for i in inside)]

    def taken_by(self, statement: Statement, phrase: Phrase) -> Argument | None:
        """The participant that a phrase of the first conjunct is."""
        span = self._span(phrase)
        heads = (a for a in statement.arguments if not a.clause and span.start <= a.span.start < span.end)
        return next(heads, None)

    def _span(self, phrase: Phrase) -> Span:
        base, first, last = self._piece.base, phrase.tokens[0].start, phrase.tokens[-1].end
        return Span(start=base + first, end=base + last, text=self._piece.parse.text[first:last])

    def as_argument(self, phrase: Phrase, like: Argument | None, link: str) -> Argument:
        """The participant that *phrase* is, in the slot of the one it stands for."""
        place = is_place(phrase.head, self._piece) and (phrase.link or link) in PLACE_LINKS
        slot = like.slot if like is not None else Slot.PLACE if place else Slot.OBJECT
        inside = {t.i for t in phrase.tokens}
        skip = frozenset(t.i for t in self._piece.tokens if t.i not in inside)
        made = argument(Part(token=phrase.head, slot=slot, link=phrase.link or link), self._piece, skip)
        return made if like is None else evolve(made, link=like.link)


_VALUES = ("time", "quantity")


def _relates(token: Token) -> bool:
    return token.low in RELATIVE and token.dep in {"nsubj", "nsubjpass", "mark", "dobj"} and token.tag != "DT"


def _before(statement: Statement, start: int) -> Statement:
    """*statement* without the participants, dates and quantities from *start* on."""
    return evolve(
        statement,
        arguments=tuple(a for a in statement.arguments if a.span.start < start),
        times=tuple(t for t in statement.times if t.span.start < start),
        quantities=tuple(q for q in statement.quantities if q.span.start < start),
    )


def _answers(remnants: Sequence[Phrase], base: Sequence[Phrase], *, dated: bool) -> bool:
    """Whether the phrases of a conjunct stand for phrases of the first one, kind for kind."""
    if len(remnants) < _REMNANTS:
        return False
    kinds = [p.kind for p in base] + ["time"] * (dated and remnants[0].kind == "time")
    for phrase in remnants:
        if phrase.kind == "noun":
            if phrase.link and all(phrase.link != p.link for p in base):
                return False
            continue
        if phrase.kind not in kinds:
            return False
        kinds.remove(phrase.kind)
    nouns = [p for p in base if p.kind == "noun"]
    mine = [p for p in remnants if p.kind == "noun"]
    return len(mine) <= len(nouns) + 1 and (len(mine) < len(remnants) or len(mine) == len(nouns) + 1 or _linked(mine))


def _linked(phrases: Sequence[Phrase]) -> bool:
    """Whether one of the phrases has a preposition: "a house in Oslo and a farm in Bremen"."""
    return any(p.link for p in phrases)


def _correlate(phrase: Phrase, base: Sequence[Phrase]) -> Phrase | None:
    """
    The phrase of the first conjunct whose place a phrase takes.

    A phrase with a preposition takes that of one with the same; a bare one that of the last of its sort, without a
    preposition or with one.
    """
    if phrase.link:
        return next((p for p in reversed(base) if p.link == phrase.link), None)
    plain = [p for p in base if not p.link]
    alike = [p for p in base if p.sort == phrase.sort]
    if not alike and len(plain) == 1:
        return plain[0]
    bare = [p for p in alike if not p.link]
    return (bare or alike)[-1] if alike else None
