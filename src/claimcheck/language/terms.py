"""
Search terms: what a word is filed under and looked up by.

A word is filed under its lemma and its stem (Snowball English, Porter 2), so that "assassinated" finds
"assassination"; a predicate also under its relation classes, so that "held talks with" finds "met".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from . import lexicon
from .names import name_words

_WORD = re.compile(r"[a-z0-9]+")


@functools.cache
def _stemmer() -> Any:
    import Stemmer  # noqa: PLC0415 - only reading and searching need it

    return Stemmer.Stemmer("english", 0)  # the words are kept below


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case word."""
    return str(_stemmer().stemWord(word))


@functools.lru_cache(maxsize=100_000)
def search_forms(word: str) -> tuple[str, ...]:
    """
    The terms for one word: its plain parts, each stemmed; letters and digits only.

    >>> search_forms("Zwei-B")
    ('zwei', 'b')
    """
    plain = word.casefold()
    if plain.isascii() and plain.isalnum():
        return (stem(plain),)  # the usual case
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return tuple(dict.fromkeys(stem(part) for part in _WORD.findall(plain.replace("'", ""))))


@functools.lru_cache(maxsize=50_000)
def name_terms(name: str) -> tuple[str, ...]:
    """The terms for a name, titles and possessives left out."""
    return tuple(form for word in name_words(name) for form in search_forms(word))


def class_terms(phrases: Iterable[str]) -> tuple[str, ...]:
    """The terms for the relation classes that any of *phrases* belongs to."""
    found: dict[str, None] = {}
    for phrase in phrases:
        for name in sorted(lexicon.relation_classes(phrase)):
            found["c_" + "_".join(_WORD.findall(name))] = None
    return tuple(found)
