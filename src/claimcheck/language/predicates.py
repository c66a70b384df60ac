"""What a predicate can be looked up by."""

from __future__ import annotations

import functools

from claimcheck.model import Slot, Statement

_FIRST_WORDS = 4
_INNER_LINKS = frozenset({"of", "to", "with", "in", "on", "for", "from"})


@functools.lru_cache(maxsize=2_048)
def predicate_phrases(statement: Statement) -> tuple[str, ...]:
    """
    The phrases a predicate can be looked up by, the longest first.

    "took control of the country" gives "take control of", "take control", "take of", "take".
    """
    lemma = statement.lemma
    found: list[str] = []
    objects = [a for a in statement.arguments if a.slot is Slot.OBJECT and not a.link and not a.clause]
    links = list(dict.fromkeys(a.link for a in statement.arguments if a.link and " " not in a.link))
    for target in objects:
        for noun in dict.fromkeys((target.head, *target.words[:1])):
            found += [f"{lemma} {noun} {link}" for link in _inner_links(target.span.text)]
            found += [f"{lemma} {noun} {link}" for link in links]
            found.append(f"{lemma} {noun}")
    linked = [a for a in statement.arguments if a.link and not a.clause]
    found += [f"{lemma} {a.link} {a.head} {link}" for a in linked for link in _inner_links(a.span.text)]
    found += [f"{lemma} {a.link} {a.head}" for a in linked]
    found += [f"{lemma} {link}" for link in links]
    found.append(lemma)
    return tuple(dict.fromkeys(found))


def _inner_links(text: str) -> list[str]:
    """The first preposition inside a phrase: "control of the country" gives ["of"]."""
    return [w for w in text.lower().split()[:_FIRST_WORDS] if w in _INNER_LINKS][:1]
