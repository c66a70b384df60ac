"""Days and months without a year, in a sentence that names a year gone by."""

import datetime as dt

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
TUESDAY = dt.date(2008, 6, 10)


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
