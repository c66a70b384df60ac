"""
Statements: who did what, to whom, when, where, how many, read from one sentence.

Every predicate gives a statement: finite and non-finite verbs (active and passive), the copula, event
nouns ("the assassination of X"), appositions and titles ("X, a Russian historian"), and kinship ("X's
father, Y").  What hangs on the wrong predicate in the tree stays reachable, since matching also looks at
the whole sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from attrs import evolve

from claimcheck.model import (
    Argument,
    Attribution,
    EntityKind,
    Modality,
    Polarity,
    QuantityKind,
    QuantityMention,
    Slot,
    Span,
    Statement,
    TimeMention,
)

from . import cues, lexicon
from .arguments import DIRECTIONS, Part, argument, excluding, parts_of_noun, parts_of_verb, spread
from .descriptions import holder_of_age
from .discourse import Kin, Piece
from .edtf import at_limit
from .gapping import Gaps
from .left_out import Exceptions
from .modality import modality
from .pipeline import RUN_ON, Token

#: Verbs that only carry another predicate; they give no statement of their own.
_CARRIERS = frozenset({"be", "have", "do"})
#: Penn Treebank tags of superlatives.
_EXCLUSIVE_TAGS = frozenset({"JJS", "RBS"})


def read_statements(
    piece: Piece,
    times: Sequence[TimeMention],
    quantities: Sequence[QuantityMention],
    kin: Sequence[Kin],
    anchor: dt.date | None = None,
) -> tuple[Statement, ...]:
    """
    The statements of one sentence, main clause first, then in text order.

    Args:
        piece: The sentence, with its mentions resolved.
        times: Its dates, spans in the stored text.
        quantities: Its quantities, likewise.
        kin: The kinship facts of the document; those of this sentence become statements.
        anchor: The day the text was written; what it puts on a later day in the present tense is planned.
    """
    reader = _Reader(piece, times, quantities, anchor)
    found = [*reader.verbs(), *reader.nouns(), *reader.descriptions(), *reader.ages(), *reader.kinships(kin)]
    return tuple(found)


class _Reader:
    """The reading of one sentence: which token is a predicate, and what belongs to which."""

    def __init__(
        self,
        piece: Piece,
        times: Sequence[TimeMention],
        quantities: Sequence[QuantityMention],
        anchor: dt.date | None,
    ) -> None:
        self.piece = piece
        self.anchor = anchor
        self.times = [(self._anchor(t.span), t) for t in times]
        self.quantities = [(self._anchor(q.span), q) for q in quantities]
        self.dated = frozenset(
            token.i
            for token in piece.tokens
            if any(t.span.start <= piece.base + token.start < t.span.end for t in times)
        )
        scores = [q.span for q in quantities if q.value.kind is QuantityKind.SCORE]
        self.scored = frozenset(
            t.i for t in piece.tokens if any(s.start <= piece.base + t.start < s.end for s in scores)
        )
        self.predicates = [t for t in piece.tokens if _is_verb_predicate(t)]
        self.events = [t for t in piece.tokens if self._is_event(t)]
        self.heads = {t.i for t in (*self.predicates, *self.events)}
        numbers = {t.i for t in self.predicates}
        self.gaps = Gaps(piece, times, quantities, numbers)
        self.exceptions = Exceptions(piece, self.gaps, numbers)

    # ------------------------------------------------------------------ predicates

    def verbs(self) -> Iterator[Statement]:
        """Statements of verbs and copulas, the sentence's root first."""
        for verb in sorted(self.predicates, key=lambda t: (t.head is not t, t.i)):
            parts = [p for p in parts_of_verb(verb, self.piece) if p.token.i not in self.dated]
            form = "passive" if verb.all("auxpass", "nsubjpass") else "active"
            if verb.lemma == "be":
                form = "copula"
            made = self._statement(verb, _predicate_lemma(verb), [p for p in parts if p.excluded is None], form)
            filled = self.gaps.fill(made, verb)
            if len(filled) == 1 and all(p.excluded is None for p in parts):
                filled = self.exceptions.take(made, verb)
            yield from filled
            yield from self._excluded(verb, parts, form)

    def _excluded(self, verb: Token, parts: Sequence[Part], form: str) -> Iterator[Statement]:
        """What a verb is not said of: Kenya in "visited Ghana but not Kenya"."""
        for part in parts:
            if part.excluded is None or verb.all("neg"):
                continue
            rest = [p for p in parts if p.excluded is None and (p.slot, p.link) != (part.slot, part.link)]
            made = self._statement(verb, _predicate_lemma(verb), [*rest, part], form)
            mark = self._span_of(part.excluded)
            yield evolve(made, polarity=Polarity.NEGATIVE, cue=mark)

    def nouns(self) -> Iterator[Statement]:
        """Statements of event nouns that have participants of their own."""
        for noun in self.events:
            parts = [
                p for p in parts_of_noun(noun, self.piece) if p.token.i not in self.dated and self.piece.inside(p.token)
            ]
            yield self._as_done(noun, self._statement(noun, noun.lemma, parts, "nominal"))

    def _as_done(self, noun: Token, event: Statement) -> Statement:
        """
        An event noun put as its verb puts it.

        The speech of "had to deliver a speech" was required, and the loss of "denied the loss" is denied.
        """
        verb = noun.head
        if noun.dep == "dobj" and verb.lemma in lexicon.cues("denial") and event.polarity is Polarity.POSITIVE:
            return evolve(event, polarity=Polarity.NEGATIVE, cue=self._span_of(verb))
        done = noun.dep == "dobj" and verb.i in self.heads and lexicon.relation_classes(f"{verb.lemma} {noun.lemma}")
        if not done:
            return event
        put, cue, _ = modality(verb)
        if put is Modality.ACTUAL or event.modality is not Modality.ACTUAL:
            return event
        return evolve(event, modality=put, cue=self._span_of(cue) if cue is not None else event.cue)

    def descriptions(self) -> Iterator[Statement]:
        """Appositions and titles: "X, a Russian historian", "the Russian historian X", "the Russian X"."""
        for token in self.piece.tokens:
            if token.dep == "appos" and token.pos in {"NOUN", "PROPN"} and token.head.pos in {"NOUN", "PROPN"}:
                name, noun = (token.head, token) if token.pos == "NOUN" else (token, token.head)
                if noun.pos == "NOUN" and self.piece.inside(name) and excluding(token) is None:
                    yield self._description(name, noun)
            elif (self._is_title(token) and self._names(token.head)) or self._is_countryman(token):
                yield self._description(token.head, token)

    def ages(self) -> Iterator[Statement]:
        """Ages in passing: "X, 54, ...", "the 54-year-old driver", "X, aged 54"."""
        for anchor, quantity in self.quantities:
            holder = holder_of_age(anchor) if anchor is not None and quantity.value.kind is QuantityKind.AGE else None
            if holder is None or not self.piece.inside(holder) or excluding(holder) is not None:
                continue
            yield Statement(
                span=quantity.span,
                relation=quantity.span,
                lemma="be",
                form="apposition",
                arguments=self._arguments([Part(token=holder, slot=Slot.SUBJECT)]),
                quantities=(quantity,),
                attribution=self._attribution(holder),
                depth=1 + _depth(holder),
            )

    def kinships(self, kin: Sequence[Kin]) -> Iterator[Statement]:
        """Family ties: "X's father, Y" as the statement that Y is the father of X."""
        for fact in kin:
            if fact.piece != self.piece.index:
                continue
            noun = fact.token
            span = self._span_of(noun)
            yield Statement(
                span=self._clause(noun),
                relation=span,
                lemma=fact.word,
                form="kinship",
                arguments=(
                    Argument(slot=Slot.SUBJECT, span=span, head=noun.lemma, entities=(fact.relative.id,)),
                    Argument(slot=Slot.OBJECT, span=span, head=noun.lemma, link="of", entities=(fact.person.id,)),
                ),
                depth=1 + _depth(noun),
            )

    # --------------------------------------------------------------------- building

    def _statement(self, head: Token, lemma: str, parts: Sequence[Part], form: str) -> Statement:
        polarity, negation = cues.polarity(head)
        put, cue, turned = modality(head)
        if turned:
            polarity = Polarity.POSITIVE if polarity is Polarity.NEGATIVE else Polarity.NEGATIVE
        mark = negation or cue
        own = self._times_of(head)
        if put is Modality.ACTUAL and self._is_ahead(head, own):
            put = Modality.PLANNED
        return Statement(
            span=self._clause(head),
            relation=self._relation(head),
            lemma=lemma,
            form=form,
            arguments=self._arguments(parts),
            times=tuple(own),
            quantities=tuple(q for anchor, q in self.quantities if self._belongs(anchor, head)),
            polarity=polarity,
            modality=put,
            cue=self._span_of(mark) if mark is not None else None,
            attribution=self._attribution(head),
            exclusive=_exclusives(head, self.dated),
            depth=_depth(head),
            apart=self._is_apart(head),
        )

    def _description(self, name: Token, noun: Token) -> Statement:
        parts = [Part(token=t, slot=Slot.SUBJECT) for t in spread(name)[:1]]
        parts += [Part(token=t, slot=Slot.OBJECT) for t in spread(noun)]
        former = [c for c in noun.subtree() if c.low in lexicon.role_markers("former")]
        return Statement(
            span=self._clause(noun),
            relation=self._span_of(noun),
            lemma="be",
            form="apposition",
            arguments=self._arguments(parts),
            quantities=tuple(q for anchor, q in self.quantities if anchor in noun.subtree()),
            times=tuple(t for anchor, t in self.times if anchor in noun.subtree()),
            cue=self._span_of(former[0]) if former else None,
            attribution=self._attribution(noun),
            exclusive=_exclusives(noun, self.dated),
            depth=1 + _depth(noun),
        )

    def _arguments(self, parts: Sequence[Part]) -> tuple[Argument, ...]:
        found: list[Argument] = []
        seen: set[tuple[int, Slot]] = set()
        for part in parts:
            if (part.token.i, part.slot) in seen or part.token.i in self.scored:
                continue
            seen.add((part.token.i, part.slot))
            if part.token.low.endswith(("self", "selves")) or not self.piece.inside(part.token):
                continue  # what the parser hangs on across the end of a sentence is another sentence's
            made = argument(self._beaten(part), self.piece, self.scored)
            several = self.piece.together_at(part.token)
            if several:
                found += [evolve(made, entities=(known.id, *made.entities[1:])) for known in several]
            elif made.words or made.entities or part.token.tag == "PRP":
                found.append(made)
        return tuple(found)

    def _beaten(self, part: Part) -> Part:
        """*part*; whom the parser has made an adverb of the score behind him is an object: "beat Falk 3-0"."""
        adverb = part.link == "npadvmod" and part.token.i in self.piece.resolved
        return evolve(part, link="") if adverb and part.token.i + 1 in self.scored else part

    def _attribution(self, head: Token) -> Attribution | None:
        said = cues.attribution(head, self.piece)
        if said is not None and self.piece.inside(said.speaker) and self.piece.inside(said.cue):
            resolved = self.piece.resolved.get(said.speaker.i)
            known = resolved.known if resolved is not None else None
            return Attribution(
                speaker=self._phrase(said.speaker),
                entity=known.id if known else "",
                cue=self._span_of(said.cue),
                lemma=said.cue.lemma,
            )
        if self.piece.in_quotes(head) and self.piece.speaker is not None:
            span = self._span_of(head)
            return Attribution(speaker=span, entity=self.piece.speaker.id, cue=span)
        return None

    # ------------------------------------------------------------------------ places

    def _anchor(self, span: Span) -> Token | None:
        """The token through which a date or quantity hangs in the tree."""
        inside = [
            t for t in self.piece.tokens if span.start <= self.piece.base + t.start < span.end and t.dep != "punct"
        ]
        for token in inside:
            if token.head is token or token.head not in inside:
                return token
        return None

    def _belongs(self, anchor: Token | None, head: Token) -> bool:
        """Whether the nearest predicate above *anchor* is *head*."""
        if anchor is None:
            return False
        if anchor.i in self.heads:
            return anchor is head
        for above in anchor.ancestors():
            if above.i in self.heads:
                return above is head
        return False

    def _times_of(self, head: Token) -> list[TimeMention]:
        """The dates of a predicate; "not until 1933" and "until 1977, when ..." are in that year."""
        own = [t for anchor, t in self.times if self._belongs(anchor, head)]
        if head.all("neg"):
            own = [evolve(t, value=at_limit(t.value)) if t.value.bound == "until" else t for t in own]
        dated = [t for _, t in self.times if t not in own and self._dates(t, head)]
        return [*own, *(evolve(t, value=at_limit(t.value)) for t in dated)]

    def _is_ahead(self, head: Token, times: Sequence[TimeMention]) -> bool:
        """Whether the present tense tells what is still to come: "the summit opens on Tuesday"."""
        present = head.tag in {"VBZ", "VBP"} or (
            head.tag == "VBG" and any(c.dep == "aux" and c.tag in {"VBZ", "VBP"} for c in head.children)
        )
        starts = [t.value.earliest for t in times]
        return present and self.anchor is not None and any(s is not None and s > self.anchor for s in starts)

    def _dates(self, time: TimeMention, head: Token) -> bool:
        """Whether *head* is the clause that hangs on a date: "1952, when she lit the flame"."""
        above = head.head
        start = self.piece.base + above.start
        return head.dep == "relcl" and above.i in self.dated and time.span.start <= start < time.span.end

    def _is_apart(self, head: Token) -> bool:
        """Whether the time and place of the clause around it are not those of *head*."""
        above = head.head
        if head.pos not in {"VERB", "AUX"} or above is head or above.i in self.dated:
            return False
        if head.dep == "relcl" and head.tag != "VB":
            return not (above.pos == "NOUN" and lexicon.is_event_noun(above.lemma))
        return head.dep in {"conj", RUN_ON} and above.pos in {"VERB", "AUX"}

    def _is_event(self, token: Token) -> bool:
        if token.pos not in {"NOUN", "PROPN"} or token.i in self.dated:
            return False
        if token.pos == "PROPN" and token.i in self.piece.resolved:
            return False
        return lexicon.is_event_noun(token.lemma)

    def _is_title(self, token: Token) -> bool:
        """Whether a token is a role before a name: "historian X"."""
        if token.dep not in {"compound", "nmod"} or token.pos not in {"NOUN", "PROPN"}:
            return False
        return lexicon.is_role(token.lemma) and token.i not in self.piece.resolved

    def _is_countryman(self, token: Token) -> bool:
        """Whether a token says of what country the person named just after it is: "the American X"."""
        modifies = token.dep in {"amod", "compound", "nmod"} and self._names(token.head)
        if not modifies or lexicon.land_of(token.low) in {"", token.low}:
            return False
        name = self.piece.resolved.get(token.head.i)
        if name is None or name.first != token.i + 1 or name.known is None or name.known.kind is not EntityKind.PERSON:
            return False
        return token.i > self.piece.first and self.piece.parse.tokens[token.i - 1].pos == "DET"

    def _names(self, token: Token) -> bool:
        """Whether a token is part of a name whose bearer is known."""
        return token.i in self.piece.resolved and token.pos == "PROPN"

    def _span_of(self, token: Token) -> Span:
        return self._between(token, token)

    def _between(self, first: Token, last: Token) -> Span:
        base = self.piece.base
        text = self.piece.parse.text[first.start : last.end]
        return Span(start=base + first.start, end=base + last.end, text=text)

    def _phrase(self, token: Token) -> Span:
        aside = {"relcl", "appos"}
        inside = [t for t in token.subtree() if self.piece.inside(t)]
        tokens = [t for t in inside if not any(a.dep in aside for a in _path(t, token))]
        return self._between(tokens[0], tokens[-1])

    def _clause(self, head: Token) -> Span:
        tokens = [t for t in head.subtree() if self.piece.inside(t)]
        while len(tokens) > 1 and tokens[-1].pos in {"PUNCT", "SPACE"}:
            tokens.pop()
        return self._between(tokens[0], tokens[-1])

    def _relation(self, head: Token) -> Span:
        particle = head.child("prt")
        if particle is not None and particle.i == head.i + 1:
            return self._between(head, particle)
        return self._span_of(head)


def _depth(head: Token) -> int:
    """How many clauses or phrases stand above *head*: coordination does not count."""
    depth = 0
    for token in (head, *head.ancestors()):
        if token.head is not token and token.dep not in {"conj", "ROOT", RUN_ON}:
            depth += 1
    return depth


def _path(token: Token, top: Token) -> Iterator[Token]:
    while token is not top:
        yield token
        token = token.head


def _is_verb_predicate(token: Token) -> bool:
    if token.pos not in {"VERB", "AUX"} or token.dep in {"aux", "auxpass"}:
        return False
    if token.dep == "amod" and token.pos == "VERB":
        return False
    if token.text[0].isupper() and token.head is not token and token.dep in {"conj", "pobj", "dobj", "compound"}:
        return False  # a name that looks like a verb
    if token.low == "used" and token.tag == "VBD" and any(c.dep == "xcomp" and c.i > token.i for c in token.children):
        return False  # "used to employ" is of employing
    return not (token.pos == "AUX" and token.lemma in _CARRIERS and not token.children)


def _predicate_lemma(verb: Token) -> str:
    """Lemma with particle: "turn down"; the reading of light verbs and prepositions is left to matching."""
    particle = verb.child("prt")
    if particle is None:
        known = (c for c in verb.all("advmod") if c.i > verb.i and c.low in DIRECTIONS)
        particle = next((c for c in known if lexicon.relation_classes(f"{verb.lemma} {c.low}")), None)
    return f"{verb.lemma} {particle.low}" if particle is not None else verb.lemma


def _exclusives(head: Token, dated: Collection[int]) -> tuple[str, ...]:
    """Words that let one value only be right: "first", "only", superlatives; not those of a date ("last week")."""
    words = lexicon.cues("exclusive")
    found: list[str] = []
    for token in _near(head):
        if token.i not in dated and (token.low in words or token.tag in _EXCLUSIVE_TAGS):
            degree = token.low in {"most", "least"}
            if degree and token.head.pos == "ADJ":
                found.append(f"{token.low} {token.head.low}")
            elif not degree and token.low not in found:
                found.append(token.low)
    return tuple(found)


def _near(head: Token) -> Iterator[Token]:
    """The modifiers of a predicate and of its direct participants."""
    for child in head.children:
        if child.dep in {"amod", "advmod", "npadvmod"}:
            yield child
            yield from child.children
        elif child.dep in {"attr", "dobj", "nsubj", "nsubjpass", "oprd", "acomp"}:
            yield child
            for grandchild in child.children:
                if grandchild.dep in {"amod", "advmod"}:
                    yield grandchild
                    yield from grandchild.children
