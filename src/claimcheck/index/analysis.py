"""
From words to search terms: what a sentence is filed under, and what a query looks for.

A sentence is filed under its *terms* (words), its *marks* (one token for each year and for each name of several
words) and the terms of its document's *title*.  A change here is a new `ANALYSIS_VERSION`, which the index keeps in
its header.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from claimcheck.model import Entity, Sentence, TimeMention

#: Version of the way words become search terms, here and in `claimcheck.language.terms`; kept in the index, which
#: only fits queries of the same version.
ANALYSIS_VERSION = "2"

#: A date that spans more years than this is too vague to search by.
MOST_YEARS = 12
#: Longest name that is filed as one token, in words.
LONGEST_NAME = 8

_WORD = re.compile(r"\w+")


@functools.lru_cache(maxsize=1 << 16)
def fold(word: str) -> tuple[str, ...]:
    """
    The search terms of one word: case and accents folded, split at everything that is neither letter nor digit.

    A term holds no ASCII but ``[a-z0-9_]``, so that FTS5's ``ascii`` tokeniser leaves it whole.
    """
    plain = word.lower()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(character for character in parts if not unicodedata.combining(character)).lower()
    return tuple(_WORD.findall(plain))


def terms_of(words: Iterable[str]) -> tuple[str, ...]:
    """The search terms of *words*, in order."""
    return tuple(term for word in words for term in fold(word))


def title_terms(title: str) -> tuple[str, ...]:
    """The search terms of a title, each once: stems, as sentences have them, and words that have no stem."""
    from claimcheck.language.terms import search_forms  # noqa: PLC0415 - only indexing needs the stemmer

    found = (search_forms(word) or fold(word) for word in title.split())
    return tuple(dict.fromkeys(itertools.chain.from_iterable(found)))


def years_in(times: Iterable[TimeMention]) -> tuple[int, ...]:
    """Each year that one of *times* covers, in order; dates that span more than `MOST_YEARS` give none."""
    years: set[int] = set()
    for time in times:
        first, last = time.value.earliest, time.value.latest
        if first is not None and last is not None and last.year - first.year < MOST_YEARS:
            years.update(range(first.year, last.year + 1))
    return tuple(sorted(years))


def years_of(times: Iterable[TimeMention]) -> tuple[str, ...]:
    """A mark such as ``y2009`` for each year of `years_in`."""
    return tuple(year_mark(year) for year in years_in(times))


def year_mark(year: int) -> str:
    """The mark of a year."""
    return f"y{year}"


def name_mark(tokens: Sequence[str]) -> str:
    """
    The mark of a name of several words, ``""`` for other names: a single word is a term already.

    >>> name_mark(("kim", "jong", "il"))
    'n_kim_jong_il'
    """
    terms = terms_of(tokens)
    return "n_" + "_".join(terms) if 1 < len(terms) <= LONGEST_NAME else ""


def names_of(sentence: Sentence, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """The marks of everybody whom *sentence* names or stands for, under each name that the document has for them."""
    from claimcheck.language.terms import name_terms  # noqa: PLC0415 - only indexing needs the stemmer

    named = {one: None for mention in sentence.mentions for one in (mention.entity, *mention.candidates)}
    known = [entities[one] for one in named if one in entities]
    marks = (name_mark(name_terms(name)) for entity in known for name in (entity.name, *entity.aliases))
    return tuple(dict.fromkeys(mark for mark in marks if mark))


def sentence_terms(
    sentence: Sentence, entities: Mapping[str, Entity] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    The search terms of a sentence and its marks, each once.

    Args:
        sentence: With its words, times and mentions.
        entities: Those of its document, by id.
    """
    times = itertools.chain(sentence.times, *(statement.times for statement in sentence.statements))
    return terms_of(sentence.words), (*years_of(times), *names_of(sentence, entities or {}))
