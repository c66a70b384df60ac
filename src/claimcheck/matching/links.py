"""
How a participant is attached: who writes to the king does not write about him.

A claim's words are looked for wherever the source's sentence has them.  Where the source has the very verb of the
claim, and attaches them to it by a preposition of another role, to another noun or in another clause, they are there
and say something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from claimcheck.language import lexicon
from claimcheck.language.links import links_agree
from claimcheck.model import Argument, Entity, QuantityMention, Slot, Statement

from . import words as lexical
from .content import is_role
from .entities import opposed
from .pair import Pair
from .phrases import is_head, parts_of
from .relations import CLAUSES, COPULAS, is_between_rivals
from .sides import NAMED, words_of
from .sightings import is_entity
from .taken import definite
from .whereabouts import STATIC

#: The preposition of a part of a phrase that can go with any other: "the letter of Falk", "from Falk".
_OF = "of"
#: The preposition of whoever does it, in a passive.
_BY, _FROM = "by", "from"
#: Prepositions that stand before a figure and say how exact it is.
_ROUGHLY = frozenset({"about", "around", "over", "under", "above", "below", "to", "between"})
#: Prepositions of whom one plays or fights.
_OPPONENT = frozenset({"to", "against", "with", "over"})
#: Conjunctions of what somebody else does.
_CONJUNCTIONS = frozenset({"after", "before", "as", "while", "although", "because", "until", "since"})
#: Prepositions of who takes part as well.
_COMPANY = frozenset({"with", "alongside", "and"})


@frozen(kw_only=True)
class Attached:
    """
    A participant of the source that has the claim's word.

    Args:
        link: The preposition before the word, ``""`` for none.
        whole: The participant.
        inside: Whether the word hangs on the participant's head: "the boy with a dog".
    """

    link: str
    whole: Argument
    inside: bool = False

    @property
    def words(self) -> str:
        """As the source puts it."""
        return self.whole.span.text if self.inside or not self.link else f"{self.link} {self.whole.span.text}"


def attached_otherwise(pair: Pair, argument: Argument) -> str:
    """
    How the source attaches what the claim's participant names, when by the same verb and in another role; ``""`` else.

    Args:
        pair: The two statements.
        argument: A participant of the claim, no clause.
    """
    if pair.claim.lemma in COPULAS:
        return _role_of_another(pair, argument) if is_role(pair, argument) else ""
    if pair.source.form == "nominal":
        return _inside_otherwise(pair, argument) if pair.source.lemma == argument.head else ""
    if pair.claim.lemma != pair.source.lemma or not {pair.claim.form, pair.source.form} <= CLAUSES:
        return ""
    head = pair.mine.head(argument)
    named = lexicon.is_role(argument.head) or (head is not None and head.kind in NAMED)
    found = list(_attached(pair, argument.head, head))
    if found and not any(_fits(pair, argument, one, named=named) for one in found):
        return found[0].words
    return _inside_otherwise(pair, argument) or ("" if found else _of_another_clause(pair, argument, head))


def _inside_otherwise(pair: Pair, argument: Argument) -> str:
    """How the source attaches what hangs on the head of the claim's participant: "a letter about the king"."""
    names = [words_of(e) for e in pair.mine.inner(argument)]
    for link, word in _inner_links(argument, pair.claim.quantities):
        if link in {_OF, argument.link} or any(link in name for name in names):
            continue
        there = list(_attached(pair, word, None))
        inner = any(word in name for name in names)
        if there and not any(one.link == _OF or links_agree(link, one.link, named=inner) for one in there):
            return there[0].words
    return ""


def _of_another_clause(pair: Pair, argument: Argument, head: Entity | None) -> str:
    """Where another clause of the sentence has what the claim's participant names, and the source's own has not."""
    link = _link(pair.claim, argument)
    own = [a for a in pair.source.arguments if not a.clause]
    described = any(a.link and links_agree(link, a.link, named=True) and definite(a) for a in own)
    if not link or link in STATIC or described or any(not a.words for a in own):
        return ""
    beside = [s for s in pair.theirs.statements if s.form in CLAUSES and s.relation != pair.source.relation]
    if link == _BY:  # who does something "when" it is done may be the one who does it
        beside = [s for s in beside if _apart(pair, s)]
    others = [a for s in beside for a in s.arguments if not a.clause and is_head(pair, a, argument.head, head)]
    return others[0].span.text if others else ""


def _apart(pair: Pair, other: Statement) -> bool:
    """Whether a clause is of something else that was done before, after or meanwhile."""
    text, sentence = pair.theirs.document.text, pair.theirs.sentence.span
    before = text[sentence.start : other.span.start].lower().split()[-1:]
    return not _CONJUNCTIONS.isdisjoint([*before, *other.span.text.lower().split()[:1]])


def _role_of_another(pair: Pair, argument: Argument) -> str:
    """The source's description of somebody that only names the claim's role: "a friend of the chairman"."""
    there = [a for a in pair.source.in_slot(Slot.OBJECT) if not a.link and lexical.best(argument.head, a.words)]
    own = [a for a in there if lexical.best(argument.head, (a.head, *parts_of(a).get("", ())))]
    return there[0].span.text if there and not own and lexicon.is_role(there[0].head) else ""


def _fits(pair: Pair, argument: Argument, one: Attached, *, named: bool) -> bool:
    """Whether a participant of the source can be attached as the claim's is."""
    mine, theirs = _link(pair.claim, argument), one.link if one.inside else _link(pair.source, one.whole)
    if opposed(mine, theirs):
        return True  # from here to there is compared as a whole
    if any(one.whole.span.contains(t.span) for t in pair.theirs.sentence.times):
        return True  # "In 2009 Anna Weber" was not read well
    if mine in STATIC:
        return one.inside or _agree(pair, mine, theirs, named=named)
    if one.inside and one.whole.slot is argument.slot and not argument.link and not one.whole.link:
        return one.link != _OF or not lexicon.is_role(one.whole.head)  # "most of the voters", "a friend of the mayor"
    if one.inside and one.link != one.whole.link and not _can_be_of_the_verb(pair, one, mine):
        return False
    if not argument.link and one.link not in {"", _OF, *_COMPANY} and _filled(pair, argument, one.whole):
        return False
    return _agree(pair, mine, theirs, named=named)


def _link(statement: Statement, argument: Argument) -> str:
    """The preposition of a participant; the one who does it, in a passive, has "by"."""
    return _BY if statement.form == "passive" and argument.slot is Slot.SUBJECT else argument.link


def _agree(pair: Pair, mine: str, theirs: str, *, named: bool) -> bool:
    if {mine, theirs} <= _OPPONENT and is_between_rivals(pair.source):
        return True
    if _BY in {mine, theirs} and "" in {mine, theirs}:
        return True  # a passive beside an active
    if named and (mine, theirs) in {(_BY, _FROM), (_FROM, _BY)}:
        return False  # a noun's "from" is its "by", a verb's is not
    return links_agree(mine, theirs, named=named)


def _can_be_of_the_verb(pair: Pair, one: Attached, link: str) -> bool:
    """Whether what follows a noun may belong to the verb: "sold the house to Falk", not "the boy with a dog ran"."""
    if one.whole.span.start < pair.source.relation.start:
        return False
    dated = any(one.whole.span.overlaps(t.span) for t in pair.theirs.sentence.times)
    return dated or not one.whole.link or one.link == link


def _filled(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether somebody or something else stands in the slot that the claim's subject or object has."""
    return any(a.words and a is not other for a in pair.core_of(argument))


def _attached(pair: Pair, word: str, head: Entity | None) -> Iterator[Attached]:
    """Where the source's statement has a word, or the one whom it names."""
    for theirs in pair.source.arguments:
        if theirs.clause:
            continue
        if is_head(pair, theirs, word, head):
            yield Attached(link=theirs.link, whole=theirs)
            continue
        if head is not None and not any(is_entity(pair.theirs.side, head, number) for number in theirs.entities[1:]):
            continue
        inner = dict(_inner_links(theirs, pair.theirs.sentence.quantities))
        before = theirs.link
        for link, words in parts_of(theirs).items():
            inside = link in inner
            of = link == _OF and before and not lexicon.is_role(theirs.head)
            before = link if inside and not of else before  # "to the island of Sill" is to Sill
            if lexical.best(word, words) >= lexical.FOUND:
                yield Attached(link=before if inside else theirs.link, whole=theirs, inside=inside)


def _inner_links(argument: Argument, quantities: Sequence[QuantityMention]) -> Iterator[tuple[str, str]]:
    """The prepositions inside a participant, each with the last word after it; "about 300 people" has none."""
    counted = any(argument.span.overlaps(q.span) for q in quantities)
    for link, words in parts_of(argument).items():
        if link and not (counted and link in _ROUGHLY):
            yield link, words[-1]
