"""
A participant taken apart: what stands before its head, and what each preposition adds.

"The command of the army" and "the command of the fleet" share their head, but are two things: where the source fills
the same part with other words, those of the claim that are missing are not just left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country
from claimcheck.model import Argument, Entity, Slot, Statement

from . import words as lexical
from .pair import Pair
from .rows import IN_TOPIC
from .sides import Side, compare_entities, words_of

#: Letters by which a word of the text is known as a form of its lemma.
_SAME_START = 3

#: What puts an event before or after another, and the same seen from that other one.
ORDERING = {"before": "after", "after": "before"}
#: Words that begin a clause rather than a part of a phrase.
_CLAUSAL = frozenset({"to", "than", "as"})

_WORD = re.compile(r"[^\W_]+")


def filled_otherwise(pair: Pair, argument: Argument, counterpart: Argument | None, found: Mapping[str, float]) -> bool:
    """
    Whether the source's counterpart has other words in the part of the phrase where the claim's words are missing.

    Args:
        pair: The two statements.
        argument: The claim's participant.
        counterpart: The source's participant that shares most with it.
        found: How surely each word of the claim's participant was found; before the head, where the source may just
            describe more, a word must be missing on the whole page.
    """
    if counterpart is None or lexical.likeness(argument.head, counterpart.head) < lexical.FOUND:
        return False
    mine, theirs = parts_of(argument), parts_of(counterpart)
    spare = _not_describing(pair)
    for link in (mine.keys() & theirs.keys()) - _CLAUSAL:
        enough = 0.0 if not link else IN_TOPIC
        if link and any(lexical.best(w, theirs[link]) for w in _before_noun(mine[link], theirs[link])):
            continue
        missing = [w for w in mine[link] if found.get(w, 1.0) <= enough]
        others = [w for w in theirs[link] if w not in spare and len(w) >= _SAME_START and not country(w)]
        if set(missing) & _names_in(pair.mine, argument):
            others = [w for w in others if w in _names_in(pair.theirs.side, counterpart)]  # "the village" can be any
        if missing and any(not lexical.best(w, argument.words) for w in others):
            return True
    return False


def _before_noun(mine: Sequence[str], theirs: Sequence[str]) -> Sequence[str]:
    """The words of a part, without its noun where both parts have one and describe it: petrol cars, electric cars."""
    described = len(mine) > 1 and len(theirs) > 1 and lexical.likeness(mine[-1], theirs[-1]) >= lexical.FOUND
    return mine[:-1] if described else mine


def _names_in(side: Side, argument: Argument) -> frozenset[str]:
    """The words of the names inside a participant."""
    return frozenset(w for e in side.inner(argument) for w in words_of(e))


def _not_describing(pair: Pair) -> frozenset[str]:
    """Words that do not tell one thing from another: names the claim has too, ranks, dates and figures."""
    names = frozenset(w for a in pair.claim.arguments for w in _names_in(pair.mine, a))
    values = [q.span.text for q in pair.source.quantities] + [t.span.text for t in pair.source.times]
    return frozenset({*names, *pair.source.exclusive, *(w for v in values for w in _WORD.findall(v.lower()))})


def turned_round(pair: Pair, argument: Argument) -> tuple[Argument, str] | None:
    """
    The source's participant that says the opposite of the claim's by one word, and that word of both.

    "With the union" beside "without the union", "on the left" beside "on the right", "for a yes" beside "for a no".
    What puts events in order is left to `order`.
    """
    if not argument.link or argument.link in ORDERING:
        return None
    others = [a for a in pair.source.arguments if a.link]
    same_link = [a for a in others if a.link == argument.link]
    for other in others:
        against = lexicon.are_antonyms(argument.link, other.link) and _alike(pair, argument, other)
        if against and not any(_alike(pair, argument, a) for a in same_link):
            return other, f"“{argument.link}” is the opposite of “{other.link}”"
    for other in same_link:
        against = lexicon.are_antonyms(argument.head, other.head)
        if against and not any(lexical.likeness(argument.head, a.head) >= lexical.FOUND for a in others):
            return other, f"“{argument.head}” is the opposite of “{other.head}”"
    return None


def compared_the_other_way(pair: Pair) -> tuple[Argument, Argument, Argument] | None:
    """
    The claim's subject, its comparison and that of the source, when the source compares the two the other way round.

    "Taller than the church" of the tower beside "taller than the tower" of the church; "lower" would say the same.
    """
    mine = _comparison(pair.claim)
    theirs = _comparison(pair.source) if mine is not None else None
    if mine is None or theirs is None:
        return None
    crosswise = _share([mine[0].head], theirs[2]) and _share([theirs[0].head], mine[2])
    in_place = _share([mine[0].head], [theirs[0].head])
    rest = [w for w in mine[1].words if w not in mine[2]], [w for w in theirs[1].words if w not in theirs[2]]
    turned = any(lexicon.are_antonyms(a, b) for a in rest[0] for b in rest[1])
    if not crosswise or in_place or turned or not _share(*rest):
        return None
    return mine[0], mine[1], theirs[1]


def _comparison(statement: Statement) -> tuple[Argument, Argument, Sequence[str]] | None:
    """A subject, what is said of it with "than", and the words of what it is compared with."""
    subject = next((a for a in statement.in_slot(Slot.SUBJECT) if not a.clause), None)
    compared = next((a for a in statement.in_slot(Slot.OBJECT) if " than " in a.span.text.lower()), None)
    if subject is None or compared is None:
        return None
    after = _WORD.findall(compared.span.text.lower().partition(" than ")[2])
    return subject, compared, [w for w in compared.words if any(w[:_SAME_START] == t[:_SAME_START] for t in after)]


def _share(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return any(lexical.best(w, theirs) >= lexical.FOUND for w in mine)


def _alike(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether two participants have the same head."""
    return is_head(pair, other, argument.head, pair.mine.head(argument))


def is_figure(argument: Argument) -> bool:
    """Whether a participant is a number of what the sentence leaves out: "at least 2,000 marched"."""
    return not any(c.isalpha() for c in argument.head)


def is_head(pair: Pair, theirs: Argument, word: str, named: Entity | None) -> bool:
    """Whether a participant of the source has a *word* of the claim, or the one *named* by it, as its head."""
    other = pair.theirs.side.head(theirs)
    if named is not None and other is not None:
        return compare_entities(named, other) is not NameRelation.DIFFERENT
    return lexical.likeness(word, theirs.head) >= lexical.FOUND


def parts_of(argument: Argument) -> dict[str, tuple[str, ...]]:
    """The content words of a phrase by the preposition before them, "" for those around its head."""
    return _parts_of(argument.span.text, argument.words)


@functools.lru_cache(maxsize=20_000)
def _parts_of(text: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    link = ""
    waiting = list(words)
    found: dict[str, tuple[str, ...]] = {}
    for token in _WORD.findall(text.lower()):
        if token in lexicon.cues("preposition"):
            link = token
        elif word := next((w for w in waiting if w[:_SAME_START] == token[:_SAME_START]), ""):
            waiting.remove(word)
            found[link] = (*found.get(link, ()), word)
    return found
