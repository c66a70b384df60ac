"""
A sentence as it would be said alone: its pronouns and short names spoken out, its relative dates dated.

What the entailment model reads.  It sees one sentence and a headline; who "he" is and which Tuesday is meant has been
read from the whole article already.  The words of the source are not changed for anybody else: evidence is always
quoted as it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from claimcheck.language.date_steps import day_range
from claimcheck.language.names import name_words
from claimcheck.model import Entity, Mention, TimeMention

from .sides import Source
from .wording import date_words

#: Pronouns that are spoken out.  What "it" and "they" stand for is not known so well, and "her" may be either case.
_PERSONS = frozenset({"He", "he", "She", "she", "him"})
_POSSESSIVE = frozenset({"His", "his", "Her"})
_SHORT = frozenset({"name", "surname", "title"})
_LONGEST = dt.timedelta(days=31)
_YEAR = re.compile(r"\d{4}")


def spoken_out(source: Source) -> str:
    """
    The text of *source*'s sentence with names in the place of pronouns and short names, and dates beside relative ones.

    "He met Mr. Falk on Tuesday" becomes "Otto Weiss met Mr. Ivo Falk on Tuesday (24 October 2000)".  Who was named
    once in the sentence keeps his pronouns after that.
    """
    start = source.sentence.span.start
    text = source.sentence.span.text
    parts: list[str] = []
    done = 0
    for first, last, said in sorted(_changes(source)):
        if first - start >= done:
            parts += [text[done : first - start], said]
            done = last - start
    return "".join([*parts, text[done:]])


def views(source: Source) -> tuple[str, ...]:
    """
    The texts in which the entailment model reads *source*'s sentence: alone, under its day, after the one before it.

    A newspaper sentence leaves out its date, which stands over the article, and whom "the agency" means, which the
    sentence before has said.  Views that would be the same are given once.
    """
    alone = spoken_out(source)
    told = [alone]
    if source.anchor is not None:
        told.append(under_date(alone, source.anchor))
    if source.before:
        told.append(f"{spoken_out(_neighbour(source))} {alone}")
    return tuple(dict.fromkeys(told))


def under_date(text: str, day: dt.date) -> str:
    """
    *text* with the day it was printed before it.

    >>> under_date("The bridge was opened.", dt.date(1932, 3, 24))
    '24 March 1932: The bridge was opened.'
    """
    return f"{date_words(day_range(day))}: {text}"


def _neighbour(source: Source) -> Source:
    """The sentence before, as a source of its own."""
    return Source(document=source.document, sentence=source.before[-1], side=source.side, anchor=source.anchor)


def _changes(source: Source) -> Iterator[tuple[int, int, str]]:
    named: set[str] = set()
    for mention in sorted(source.sentence.mentions, key=lambda m: m.span.start):
        entity = source.side.entity(mention.entity) if mention.entity else None
        if entity is None or entity.id in named:
            continue
        said = _name_of(mention, entity)
        if said or mention.how in _SHORT:
            named.add(entity.id)
        if said:
            yield mention.span.start, mention.span.end, said
    for time in source.sentence.times:
        said = _date_of(time)
        if said:
            yield time.span.start, time.span.end, f"{time.span.text} ({said})"


def _name_of(mention: Mention, entity: Entity) -> str:
    """What to say for *mention* of *entity*, "" to leave it."""
    words, name = mention.span.text, entity.name
    if mention.how == "pronoun":
        return f"{name}’s" if words in _POSSESSIVE else name if words in _PERSONS else ""
    if mention.how not in _SHORT:
        return ""
    short, full = name_words(words), name_words(name)
    owned = words[-2:] if words.endswith(("'s", "’s")) else ""
    if entity.said and short == name_words(entity.said):
        return f"{name}{owned}"
    return f"{name}{owned}" if len(short) < len(full) and set(short) <= set(full) else ""


def _date_of(time: TimeMention) -> str:
    """The date of a mention that does not give its year, "" to leave it."""
    first, last = time.value.earliest, time.value.latest
    if _YEAR.search(time.span.text) or first is None or last is None:
        return ""
    said = date_words(time.value)
    return said if last - first <= _LONGEST or _YEAR.fullmatch(said) else ""
