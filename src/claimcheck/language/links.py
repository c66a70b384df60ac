"""Prepositions compared by the roles that they give to the participant after them (``data/links.toml``)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from .lexicon import KEPT
from .wordlists import read_list, words_of


@cache
def _link_roles() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The roles of each preposition, and those that are not weak."""
    every: dict[str, set[str]] = defaultdict(set)
    strong: dict[str, set[str]] = defaultdict(set)
    for role in read_list("links")["role"]:
        for link in words_of(role["words"]):
            every[link].add(role["name"])
            if not role.get("weak"):
                strong[link].add(role["name"])
    return {k: frozenset(v) for k, v in every.items()}, {k: frozenset(v) for k, v in strong.items()}


@lru_cache(maxsize=KEPT)
def links_agree(first: str, second: str, *, named: bool) -> bool:
    """
    Whether two prepositions can attach one participant in one role: "spoke about" and "spoke on" a law.

    Args:
        first: A preposition, ``""`` for none.
        second: Another one.
        named: Whether the participant is a person, a firm or a place, which is no means, cause or time.
    """
    if first == second:
        return True
    if not first or not second:
        excluded = words_of(read_list("links")["bare"]["excluded"])
        return (first or second) not in (excluded if named else excluded[:-1])
    every, strong = _link_roles()
    if first not in every or second not in every:
        return True
    known = strong if named else every
    return not known.get(first, frozenset()).isdisjoint(known.get(second, frozenset()))
