"""
Whether a source's words say where something happened, or only name a place: "beaten in Spain", "beaten by Spain".

A name of a place is that of a team, a government, a home or an aim as often.  It answers "in Spain" where the source
puts it so, or where it tells what took place there, or who: "the Madrid talks", "a Madrid court ruled".
"""

from __future__ import annotations

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.language.terms import search_forms
from claimcheck.model import Argument, Entity, Slot, Span

from .pair import Pair
from .relations import CLAUSES, COPULAS, Bond, is_contest
from .sides import compare_entities
from .sightings import is_entity, sighting_of

#: Prepositions of where something is, and of where it goes or comes from.
STATIC = frozenset({"in", "at", "on", "near", "inside", "within", "outside", "across", "throughout", "around", "off"})
_MOVING = frozenset({"to", "into", "onto", "toward", "towards", "from", "for"})
_NOUN = "nominal"
#: Words before a name among which the preposition must be that puts it in its place: "in the port city of".
_BETWEEN = 5


def asks_where(pair: Pair, argument: Argument) -> bool:
    """Whether a participant of the claim says where, and the source tells what was done or took place."""
    said = argument.slot is Slot.PLACE and argument.link in STATIC
    misread = pair.claim.form == "active" and not pair.claim.in_slot(Slot.SUBJECT)  # "In the final Anna Weber won"
    if not said or misread:
        return False
    happened = pair.source.form in CLAUSES or pair.source.form == _NOUN
    return happened and COPULAS.isdisjoint({pair.claim.lemma, pair.source.lemma})


def answers_where(pair: Pair, place: Entity, theirs: Argument) -> bool:
    """
    Whether a participant of the source, if it names the claim's *place*, says where it happened.

    Args:
        pair: The two statements.
        place: Where the claim says that it happened.
        theirs: The participant, which can be the place itself, or somebody or something called by it.
    """
    named = (m.span for m in sighting_of(place, pair.theirs).mentions if theirs.span.contains(m.span))
    if any(stands_where(pair, span) for span in named):
        return True
    if theirs.slot is Slot.PLACE:
        return not _is_moved(pair, theirs)
    if theirs.link in STATIC or pair.source.form == _NOUN:
        return True
    head = pair.theirs.side.head(theirs)
    if head is not None and compare_entities(place, head, capital=False) is not NameRelation.DIFFERENT:
        return not theirs.link and _is_scene(pair, theirs)
    if theirs.link:
        return False
    body = theirs.slot is Slot.SUBJECT and theirs.head in lexicon.cues("local_body")
    return body or lexicon.is_event_noun(theirs.head)


def stands_where(pair: Pair, span: Span) -> bool:
    """Whether a name somewhere in the sentence stands after a preposition of place, or in a phrase that says where."""
    places = [a for s in pair.theirs.statements for a in s.in_slot(Slot.PLACE) if a.span.contains(span)]
    if any(not _is_moved(pair, a) for a in places):
        return True
    sentence = pair.theirs.sentence.span
    return _put_there(sentence.text[: span.start - sentence.start])


def named_otherwise(pair: Pair, argument: Argument) -> bool:
    """
    Whether the sentence names the place that the claim says it happened in, as something else only.

    That the article is about the place then says nothing, unless the sentences just before name it too.
    """
    head = pair.mine.head(argument)
    if head is None or not asks_where(pair, argument):
        return False
    named = [m for m in sighting_of(head, pair.theirs).mentions if m.how != "pronoun"]
    side = pair.theirs.side
    return bool(named) and not any(is_entity(side, head, m.entity) for s in pair.theirs.before for m in s.mentions)


def at_another(pair: Pair, argument: Argument) -> Argument | None:
    """
    The place that the source has in the claim's stead: "at her home in Bern" for "in a hospital in Bern".

    Both are described by a common noun, and that of the claim stands nowhere on the page.
    """
    if argument.slot is not Slot.PLACE or argument.link not in STATIC or pair.mine.head(argument) is not None:
        return None
    if pair.tie.bond is Bond.NONE or pair.best_anywhere(argument.head) or not argument.words:
        return None
    if set(search_forms(argument.head)) <= pair.theirs.page:
        return None
    other = pair.counterpart(argument)
    described = other is not None and other.link in STATIC and pair.theirs.side.head(other) is None
    return other if described else None


def _is_moved(pair: Pair, theirs: Argument) -> bool:
    """Whether a place is where something goes or comes from, by the very verb of the claim: "sold to", "sold in"."""
    return theirs.link in _MOVING and pair.claim.lemma == pair.source.lemma


def _is_scene(pair: Pair, theirs: Argument) -> bool:
    """Whether a place that does something, or to which something is done, is where it is done: "Paris hosted"."""
    if theirs.slot is Slot.SUBJECT:
        return pair.source.lemma in lexicon.cues("at_home")
    contest = pair.tie.bond is Bond.INVERSE or is_contest(pair.tie.name, pair.source)
    return pair.claim.lemma != pair.source.lemma and not contest


def _put_there(before: str) -> bool:
    """Whether the text *before* a name ends with a preposition of place and its phrase: "in the port city of"."""
    words = before.split()
    for number, word in enumerate(reversed(words[-_BETWEEN:])):
        if word.lower() in STATIC:
            return True
        city = number == 0 and word[:1].isupper() and word.endswith(",")  # "in Lyon, France"
        if word != "of" and not city and (word in lexicon.cues("preposition") or not word.isalpha()):
            return False
    return False
