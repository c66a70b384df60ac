"""
Kinship words: inverse, composition, and which of them exclude each other.

A word is a *tie* ("parent's sibling") with a gender ("uncle"); ties compose, words do not.
"""

from __future__ import annotations

from functools import cache

from attrs import frozen

from .wordlists import normalise, read_list, rows_of, words_of


@frozen(kw_only=True)
class Kin:
    """
    A kinship word: "X is the *word* of Y".

    Args:
        word: The word.
        tie: The tie without gender: ``parent``, ``sibling``, ``parent's sibling`` ...
        gender: Gender of X: ``male``, ``female`` or ``any``.
        generation: +1 when X is one generation older than Y, -1 when one younger.
        degree: Steps of parent and child between them; 0 for ties by marriage only.
        how: ``blood``, ``half``, ``marriage``, ``step``, ``adoption``, ``foster`` or ``other``.
        limit: How many of that tie and gender Y has: ``one``, ``one at a time`` or ``many``.
        refines: The broader word ("brother" for "half brother"), or "".
        inverse_tie: The tie of Y to X.
        inverse: Words for what Y is to X, as ``(gender of Y, word)`` pairs.
    """

    word: str
    tie: str
    gender: str
    generation: int
    degree: int
    how: str
    limit: str
    refines: str
    inverse_tie: str
    inverse: tuple[tuple[str, str], ...]

    @property
    def exclusive(self) -> bool:
        """Whether Y has only one of that tie and gender, at least at a time."""
        return self.limit != "many"

    def inverse_word(self, gender: str = "any") -> str:
        """What Y is to X when Y is of *gender* (``male``, ``female``, ``any``)."""
        words = dict(self.inverse)
        return words.get(gender) or words["any"]


@cache
def _basic() -> dict[tuple[str, str], str]:
    """The plain word for each tie and gender: the first that the list names."""
    basic: dict[tuple[str, str], str] = {}
    for words, tie, gender, _ in rows_of(read_list("kinship")["tables"]["words"]):
        basic.setdefault((tie, gender), words_of(words)[0])
    return basic


@cache
def _kin() -> dict[str, Kin]:
    tables = read_list("kinship")["tables"]
    ties = {row[0]: row for row in rows_of(tables["ties"])}
    found: dict[str, Kin] = {}
    for words, tie, gender, refines in rows_of(tables["words"]):
        _, inverse_tie, generation, degree, how, limit = ties[tie]
        genders = [(other, _basic().get((inverse_tie, other), "")) for other in ("male", "female", "any")]
        first = words_of(words)[0]
        for word in words_of(words):
            found[word] = Kin(
                word=first,
                tie=tie,
                gender=gender,
                generation=int(generation),
                degree=int(degree),
                how=how,
                limit=limit,
                refines=refines,
                inverse_tie=inverse_tie,
                inverse=tuple((other, inverse) for other, inverse in genders if inverse),
            )
    return found


@cache
def _compositions() -> dict[tuple[str, str], tuple[str, ...]]:
    made: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in read_list("kinship")["tables"]["compositions"].strip().splitlines():
        pair, _, results = line.partition("=")
        outer, _, inner = pair.partition(" of ")
        made[outer.strip(), inner.strip()] = tuple(tie.strip() for tie in results.split(" or "))
    return made


def kin_words() -> frozenset[str]:
    """Every kinship word, lower-case, those of several words among them."""
    return frozenset(_kin())


def kin(word: str) -> Kin | None:
    """What *word* means as a kinship word, ``None`` when it is none."""
    return _kin().get(normalise(word))


def compose_kin(outer: str, inner: str) -> tuple[str, ...]:
    """
    What X is to Z when X is the *outer* of Y and Y is the *inner* of Z.

    Returns:
        The words that fit, several where it depends; empty when nothing follows.

    >>> compose_kin("brother", "father")
    ('uncle',)
    """
    first, second = kin(outer), kin(inner)
    if first is None or second is None:
        return ()
    ties = _compositions().get((first.tie, second.tie), ())
    return tuple(_basic().get((tie, first.gender)) or _basic()[tie, "any"] for tie in ties)


def broader_kin(word: str) -> tuple[str, ...]:
    """The broader words, nearest first: "half brother" gives "brother" and "sibling"."""
    found = kin(word)
    chain: list[str] = []
    while found is not None and found.refines and found.refines not in chain:
        chain.append(found.refines)
        found = kin(found.refines)
    return tuple(chain)


_COUPLES = frozenset({"spouse", "former spouse", "widowed spouse", "late spouse", "partner", "betrothed"})
_OPEN_TIES = frozenset({"ancestor", "descendant", "cousin", "second cousin"})


def kin_exclude(first: str, second: str) -> bool:
    """
    Whether X cannot be both the *first* and the *second* of the same Y.

    Grandfather excludes father, brother excludes sister; half brother does not exclude brother, and wife does not
    exclude widow or former wife, which hold at different times.
    """
    one, other = kin(first), kin(second)
    if one is None or other is None or one.word == other.word:
        return False
    if one.word in broader_kin(other.word) or other.word in broader_kin(one.word):
        return False
    if {one.gender, other.gender} == {"male", "female"}:
        return True
    if "other" in {one.how, other.how} or {one.tie, other.tie} & _OPEN_TIES or {one.tie, other.tie} <= _COUPLES:
        return False
    return not _ties(one) & _ties(other)


def _ties(word: Kin) -> frozenset[str]:
    """The tie of a word and those of its broader words."""
    broader = (kin(name) for name in broader_kin(word.word))
    return frozenset({word.tie, *(found.tie for found in broader if found is not None)})
