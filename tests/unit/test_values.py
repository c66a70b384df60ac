"""Dates against dates, quantities against quantities."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck.language.dates import find_dates
from claimcheck.language.quantities import find_quantities
from claimcheck.matching.values import compare_dates, compare_quantities
from claimcheck.matching.wording import date_words, number_words, quantity_words
from claimcheck.model import DateRange, Quantity, QuantityKind, SlotRelation

ANCHOR = dt.date(2015, 8, 19)
AGREES, ENTAILS, OVERLAPS, DIFFERS, UNKNOWN = SlotRelation


def date(text: str, anchor: dt.date | None = None) -> DateRange:
    (mention,) = find_dates(text, anchor=anchor)
    return mention.value


def quantity(text: str) -> Quantity:
    nouns = [
        (text.index(word), text.index(word) + len(word), word[:-1]) for word in ("dancers", "judges") if word in text
    ]
    (mention,) = find_quantities(text, nouns=nouns)
    return mention.value


@pytest.mark.parametrize(
    ("claim", "source", "relation"),
    [
        ("in 2000", "in 2000", AGREES),
        ("in 2000", "on 24 October 2000", ENTAILS),
        ("in October 2000", "Oct. 23-25, 2000", ENTAILS),
        ("before 2001", "on 24 October 2000", ENTAILS),
        ("since 1991", "in 2005", ENTAILS),
        ("since 1991", "since 1991", AGREES),
        ("since 1991", "since 1995", DIFFERS),
        ("until 2006", "from 1999 to 2004", DIFFERS),
        ("until 2004", "from 1999 to 2004", ENTAILS),
        ("until May 2004", "from 1999 to 2004", OVERLAPS),
        ("until 1998", "until May 1998", ENTAILS),
        ("until 1998", "until May 1997", DIFFERS),
        ("until 2006", "in 2004", ENTAILS),
        ("in the 1990s", "in 1994", ENTAILS),
        ("in October 2000", "in 2000", OVERLAPS),
        ("in 1991", "since 1991", OVERLAPS),
        ("from 1990 to 1995", "from 1993 to 1999", DIFFERS),
        ("in 2009", "in 2000", DIFFERS),
        ("in 2009", "about 2008", OVERLAPS),
        ("in 2009", "about 2003", DIFFERS),
        ("about 2009", "in 2009", AGREES),
        ("in 2009", "about 2009", OVERLAPS),
        ("before 1990", "in 1994", DIFFERS),
        ("since 1995", "in 1991", DIFFERS),
        ("June 12", "July 12", DIFFERS),
        ("June 12", "June 12", AGREES),
        ("June 12", "on 12 June 2018", ENTAILS),
        ("June 12", "on 13 June 2018", DIFFERS),
        ("on 12 June 2018", "June 12", OVERLAPS),
        ("June 12", "in 2018", OVERLAPS),
        ("on 12 June 2018", "on Tuesday", UNKNOWN),
        ("yesterday", "yesterday", UNKNOWN),
    ],
)
def test_dates(claim, source, relation):
    assert relation is compare_dates(date(claim), date(source))[0]


def test_the_note_names_both_dates():
    assert compare_dates(date("2000"), date("2009"))[1] == "2000 is not 2009"


@pytest.mark.parametrize(
    ("claim", "source", "relation"),
    [
        ("40", "40", AGREES),
        ("more than 40", "53", ENTAILS),
        ("at least 12", "10", DIFFERS),
        ("more than 50", "more than 40", OVERLAPS),
        ("more than 40", "more than 50", ENTAILS),
        ("up to 50", "as many as 50", AGREES),
        ("up to 50", "60", DIFFERS),
        ("about 90 percent", "88 percent", ENTAILS),
        ("about 90 percent", "50 percent", DIFFERS),
        ("about 90 percent", "nine tenths", AGREES),
        ("90 percent", "about 90 percent", AGREES),
        ("40 percent", "two in five", AGREES),
        ("90 percent", "89.6 percent", AGREES),
        ("10,000 dancers", "100,000 dancers", DIFFERS),
        ("10,000 dancers", "10,000", AGREES),
        ("10 dancers", "10 judges", UNKNOWN),
        ("12 dancers", "a dozen dancers", AGREES),
        ("4.5 million", "4,512,000", AGREES),
        ("4,512,000", "4.5 million", OVERLAPS),
        ("4.5 million", "4.6 million", DIFFERS),
        ("4.5 million", "4,592,000", DIFFERS),
        ("35", "27", DIFFERS),
        ("90 dancers", "88 dancers", DIFFERS),
        ("26 miles", "42 km", AGREES),
        ("26 miles", "30 km", DIFFERS),
        ("14 days", "two weeks", AGREES),
        ("two weeks", "16 days", DIFFERS),
        ("2 tonnes", "2,000 kg", AGREES),
        ("20C", "68F", AGREES),
        ("20C", "75F", DIFFERS),
        ("$5 million", "€5 million", UNKNOWN),
        ("10 km", "10 kg", UNKNOWN),
        ("won 3-1", "won 3-1", AGREES),
        ("won 3-1", "lost 1-3", OVERLAPS),
        ("won 3-1", "won 2-1", DIFFERS),
        ("aged 53", "53 years old", AGREES),
        ("aged 53", "aged 35", DIFFERS),
        ("the third", "the second", DIFFERS),
        ("between 10 and 20", "15", ENTAILS),
        ("15", "between 10 and 20", OVERLAPS),
        ("between 10 and 20", "25", DIFFERS),
        ("dozens", "7", DIFFERS),
    ],
)
def test_quantities(claim, source, relation):
    assert relation is compare_quantities(quantity(claim), quantity(source))[0]


@pytest.mark.parametrize(
    ("claim", "source", "note"),
    [
        ("10,000 dancers", "100,000 dancers", "10,000 dancers is not 100,000 dancers"),
        ("35", "27", "35 is not 27"),
        ("$5 million", "$6 million", "$5 million is not $6 million"),
        ("about 90 percent", "50 percent", "about 90 percent is not 50 percent"),
        ("aged 53", "aged 35", "53 years old is not 35 years old"),
    ],
)
def test_the_note_names_both_quantities(claim, source, note):
    assert note == compare_quantities(quantity(claim), quantity(source))[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24 October 2000", "24 October 2000"),
        ("October 2000", "October 2000"),
        ("the 1990s", "the 1990s"),
        ("from 1994 to 1999", "1994 to 1999"),
        ("Oct. 23-25, 2000", "23 October 2000 to 25 October 2000"),
        ("since 1991", "since 1991"),
        ("before 2000", "before 2000"),
        ("after March 1991", "after March 1991"),
        ("about 1740", "about 1740"),
        ("June 12", "12 June"),
        ("Tuesday", "an open date"),
    ],
)
def test_date_words(text, words):
    assert words == date_words(date(text))


def test_number_and_quantity_words():
    assert number_words(4_512_000) == "4,512,000"
    assert number_words(4_510_000) == "4.51 million"
    assert number_words(0.25) == "0.25"
    assert quantity_words(quantity("more than 40 dancers")) == "at least 40 dancers"
    assert quantity_words(quantity("the third")) == "number 3"
    people = Quantity(value=2, low=2, high=2, unit="person", kind=QuantityKind.COUNT)
    assert quantity_words(people) == "2 people"
