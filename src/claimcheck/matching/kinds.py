"""
Words of the source that make another thing of the claim's: a deputy mayor is no mayor, a brother-in-law no brother.

The claim's words are all there; what stands beside them in the source makes them mean somebody or something else, and
the claim has nothing of it.
"""

from __future__ import annotations

import math
import re

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.language.numbers import parse_number
from claimcheck.model import Argument, Slot

from . import words as lexical
from .pair import Pair
from .participants import places_in
from .relations import COPULAS
from .sides import compare_entities
from .taken import definite

#: "All but three miners", "every school except one"; of nobody it says the opposite.
_EXCEPTING = re.compile(
    r"\b(?:all|every|each|everybody|everyone|everything|any)\b[^,;.]{0,40}?"
    r"\b(?:but|except(?: for)?|save(?: for)?|apart from) [^,;.]{1,40}",
    re.IGNORECASE,
)
#: The share that "all" and "every" are at least, in percent.
_ALL = 100
#: A part, and what it is a part of.
_PARTED = re.compile(r"(?:the |an? |about |almost |nearly |only )*([^\W_]+) (?:of )(.+)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")


def of_another_kind(pair: Pair, argument: Argument) -> str:
    """
    The source's words for what the claim's participant names, when these make it another; ``""`` else.

    Args:
        pair: The two statements.
        argument: A participant of the claim, no clause.
    """
    return (
        _excepting(pair, argument)
        or _in_part(pair, argument)
        or _of_another_rank(pair, argument)
        or _described_elsewhere(pair, argument)
        or _of_another_scope(pair, argument)
    )


def _excepting(pair: Pair, argument: Argument) -> str:
    """A phrase of the source that takes some out of all, and the claim does not."""
    found = _EXCEPTING.search(pair.source.span.text)
    if found is None or _EXCEPTING.search(pair.claim.span.text):
        return ""
    return found[0] if lexical.best(argument.head, _WORD.findall(found[0].lower())) >= lexical.FOUND else ""


def _in_part(pair: Pair, argument: Argument) -> str:
    """The source's words for a part of what the claim has as a whole: "most of the cake", "partly destroyed"."""
    partial = lexicon.cues("partial")
    known = (definite(argument) and not argument.span.text[:1].isupper()) or argument.span.text.startswith("The ")
    every = (lexicon.share_of(argument.quantifier) or (0, 0))[0] == _ALL
    if not (known or every) or not partial.isdisjoint(_WORD.findall(pair.claim.span.text.lower())):
        return ""
    counted = bool(pair.claim.quantities)
    for other in pair.source.in_slot(argument.slot):
        parted = _PARTED.match(other.span.text.lower()) if not other.clause and not other.link else None
        some = parted is not None and (parted[1] in partial or (not counted and _is_so_many(parted)))
        if some and parted is not None and lexical.best(argument.head, _WORD.findall(parted[2])):
            return other.span.text
    sentence, relation = pair.theirs.sentence.span, pair.source.relation
    before = sentence.text[: relation.start - sentence.start].lower().split()[-1:]
    said = f"{before[0]} {relation.text}" if before else ""
    return said if before and before[0] in partial and before[0].endswith("ly") else ""


def _is_so_many(parted: re.Match[str]) -> bool:
    """Whether a phrase is of so many out of known ones: "three of the five prisoners"."""
    return not math.isnan(parse_number(parted[1])) and parted[2].split()[0] in lexicon.cues("known")


def _of_another_rank(pair: Pair, argument: Argument) -> str:
    """The source's participant of the same noun that is not quite that: "the deputy mayor", "his brother-in-law"."""
    alike = [
        a for a in pair.source.arguments if not a.clause and lexical.likeness(argument.head, a.head) >= lexical.FOUND
    ]
    said = argument.link == "as" or (pair.claim.lemma in COPULAS and argument.slot is Slot.OBJECT)
    ranks = lexicon.role_markers("rank") - (lexicon.role_markers("former") if said else frozenset())
    others = [a for a in alike if _is_not_quite(argument, a, ranks)]
    return others[0].span.text if others and len(others) == len(alike) else ""


def _is_not_quite(argument: Argument, other: Argument, ranks: frozenset[str]) -> bool:
    mine, theirs = argument.span.text.lower(), other.span.text.lower()
    if "-in-law" in theirs and "-in-law" not in mine:
        return True
    if not lexicon.is_role(argument.head):
        return False
    words = set(_WORD.findall(theirs)) - set(_WORD.findall(mine))
    return not words.isdisjoint(ranks)


def _described_elsewhere(pair: Pair, argument: Argument) -> str:
    """The source's participant that has a description of the claim's: "the tall car" for "the tall tree"."""
    own = [a for a in pair.source.arguments if not a.clause]
    counterpart = next((a for a in own if lexical.likeness(argument.head, a.head) >= lexical.FOUND), None)
    if counterpart is None or argument.entities or pair.loose:
        return ""
    heads = [a.head for a in pair.claim.arguments if a is not argument and not a.clause]
    for word in argument.words:
        if word == argument.head or lexical.best(word, counterpart.words):
            continue
        for other in own:
            known = any(lexical.likeness(head, other.head) >= lexical.FOUND for head in heads)
            if other is not counterpart and known and word in other.words and word != other.head:
                return other.span.text
    return ""


def _of_another_scope(pair: Pair, argument: Argument) -> str:
    """The source's participant that is the first or largest of another place: "the largest in Oslo"."""
    mine = places_in(pair.mine, argument)
    if not mine or not pair.claim.exclusive:
        return ""
    for theirs in pair.source.in_slot(argument.slot):
        others = [] if theirs.clause or theirs.link != argument.link else places_in(pair.theirs.side, theirs)
        if others and all(compare_entities(m, o) is NameRelation.DIFFERENT for m in mine for o in others):
            return theirs.span.text
    return ""
