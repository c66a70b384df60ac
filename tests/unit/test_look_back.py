"""Days and months without a year, in sentences that name a year gone by, or look back."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Document, Label
from claimcheck.language import read

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
TUESDAY = dt.date(2008, 6, 10)
PUBLISHED = dt.date(2015, 8, 19)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # told in passing, the year is not that of the news
        ("Otto Falk, who won the prize in 1979, died Sunday in Bremen.", "Otto Falk died on 8 June 2008", S),
        ("Otto Falk, who won the prize in 1979, died Sunday in Bremen.", "Otto Falk died on 7 June 2008", C),
        ("The mill, built in 1911, was sold on Friday to a bank.", "The mill was sold on 6 June 2008", S),
        ("The ferry (launched in 1962) sank on Saturday.", "The ferry sank on 7 June 2008", S),
        ("The bridge, closed in May 1985, was reopened in March.", "The bridge was reopened in March 2008", N),
        ("Mayor Weiss, first elected in 1996, resigned on May 30.", "Weiss resigned on 30 May 2008", N),
        # it is that of what follows
        ("In 1806 the town fell, and in October it was burnt down.", "The town was burnt down in October 1806", S),
        ("In 1806 the town fell, and in October it was burnt down.", "The town was burnt down in October 1807", C),
        # a weekday of a year gone by can be any of its weeks
        ("In 1806 the town fell, and on Monday it was burnt down.", "The town was burnt down on 10 June 1806", N),
        ("The town fell in 1806. It was burnt down on a Monday.", "The town was burnt down on 13 October 1806", N),
    ],
)
def test_a_year_gone_by_in_the_same_sentence(label_of, text, claim, label):
    assert label == label_of(claim, text, published=TUESDAY)


def last_date(text):
    """EDTF, month and day of the last date in *text*."""
    reading = read(Document(id="d", text=text, published=PUBLISHED))
    value = [time.value for sentence in reading.sentences for time in sentence.times][-1]
    return value.edtf, value.month, value.day


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In 1815 the king left and on 18 June the army marched.", "1815-06-18"),
        ("The treaty of 10 May 1912 failed, and on 3 June it ended.", "1912-06-03"),
        ("They met in 2012, and on Feb. 29 they left.", "2012-02-29"),
        # the year of publication is the one that is nearest anyway
        ("They met in 2015, and on 3 June they left.", "2015-06-03"),
        ("On 3 June they left.", "2015-06-03"),
    ],
)
def test_the_year_that_the_sentence_names_is_that_of_its_days(text, edtf):
    assert (edtf, None, None) == last_date(text)


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("The war ended in 1815. On 18 June the army marched.", 6, 18),
        ("The war ended in 1815. In June the army marched.", 6, None),
    ],
)
def test_a_year_that_the_paragraph_named_before_leaves_the_year_open(text, month, day):
    assert ("", month, day) == last_date(text)


def test_a_year_of_late_leaves_no_year_open():
    assert ("2015-06-18", None, None) == last_date("The war ended in 2014. On 18 June the army marched.")
