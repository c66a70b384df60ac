"""Dates: what newspapers write, as ranges with exact spans."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib import resources

import pytest

from claimcheck.errors import ConfigError
from claimcheck.language.date_steps import slack_days
from claimcheck.language.dates import find_dates, is_ambiguous, parse_edtf
from claimcheck.model import DateRange, Granularity

ANCHOR = dt.date(2015, 8, 19)  # a Wednesday


def found(text: str, anchor: dt.date | None = None) -> list[tuple[str, str]]:
    return [(mention.span.text, mention.value.edtf) for mention in find_dates(text, anchor=anchor)]


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("The dam burst in 1959.", "1959", "1959"),
        ("It opened in March 1987.", "March 1987", "1987-03"),
        ("It opened on 3 March 1987.", "3 March 1987", "1987-03-03"),
        ("It opened on March 3rd, 1987.", "March 3rd, 1987", "1987-03-03"),
        ("It ran Aug. 23-25, 1987.", "Aug. 23-25, 1987", "1987-08-23/1987-08-25"),
        ("It ran Aug. 30 to Sept. 2, 1987.", "Aug. 30 to Sept. 2, 1987", "1987-08-30/1987-09-02"),
        ("It ran 23 to 25 August 1987.", "23 to 25 August 1987", "1987-08-23/1987-08-25"),
        ("Filed 1987-03-03.", "1987-03-03", "1987-03-03"),
        ("Filed 24/10/1987.", "24/10/1987", "1987-10-24"),
        ("Filed 24.10.1987 here.", "24.10.1987", "1987-10-24"),
        ("They met on Tuesday, March 3, 1987.", "Tuesday, March 3, 1987", "1987-03-03"),
        ("The firm failed at the end of 2008.", "the end of 2008", "2008-10~/2008-12~"),
        ("It began in early 1998.", "early 1998", "1998-01~/1998-04~"),
        ("It began in mid-2004.", "mid-2004", "2004-04~/2004-09~"),
        ("Sales fell late in the 1970s.", "late in the 1970s", "1976~/1979~"),
        ("Sales fell in the late 1970s.", "the late 1970s", "1976~/1979~"),
        ("In the 1970s it rained.", "the 1970s", "197X"),
        ("In the seventies it rained.", "the seventies", "197X"),
        ("In the '70s it rained.", "the '70s", "197X"),
        ("A mill of the 18th century stood there.", "the 18th century", "17XX"),
        ("The war of 1914-18 ended it.", "1914-18", "1914/1918"),
        ("He ruled from 1974 to 1989.", "1974 to 1989", "1974/1989"),
        ("It fell between March and May 1974.", "March and May 1974", "1974-03/1974-05"),
        ("It was the spring of 1974.", "the spring of 1974", "1974-21"),
        ("Profits fell in the first quarter of 2010.", "the first quarter of 2010", "2010-01/2010-03"),
        ("They met at Christmas 1974.", "Christmas 1974", "1974-12-25"),
        ("They met at Easter 1916.", "Easter 1916", "1916-04-23"),
        ("It was built about 1740.", "about 1740", "1740~"),
        ("Her reign (1837–1901) was long.", "1837–1901", "1837/1901"),
        ("Filed 24/10/87.", "24/10/87", "1987-10-24"),
        ("Filed 24/10/15.", "24/10/15", "2015-10-24"),
        ("Filed 3.4.1987 here.", "3.4.1987", "1987-04-03"),
        ("Sales grew in 1999-00.", "1999-00", "1999/2000"),
        ("Sales grew in 1999-98.", "1999-98", "1999"),
        ("The winter of 2003-04 was cold.", "The winter of 2003-04", "2003-12-01/2004-03-20"),
        ("They met on Thanksgiving 2014.", "Thanksgiving 2014", "2014-11-27"),
        ("They met on Memorial Day 2015.", "Memorial Day 2015", "2015-05-25"),
        ("The towers fell on 9/11.", "9/11", "2001-09-11"),
    ],
)
def test_dates_that_need_no_anchor(text, words, edtf):
    assert [(words, edtf)] == found(text)


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("He resigned yesterday.", "yesterday", "2015-08-18"),
        ("He resigned on Tuesday.", "Tuesday", "2015-08-18"),
        ("He resigned on Wednesday.", "Wednesday", "2015-08-19"),
        ("He resigned last Wednesday.", "last Wednesday", "2015-08-12"),
        ("He will resign on Tuesday.", "Tuesday", "2015-08-25"),
        ("The vote will be held on Tuesday.", "Tuesday", "2015-08-25"),
        ("The bill is to be signed on July 7.", "July 7", "2016-07-07"),
        ("On Monday he said that he will resign.", "Monday", "2015-08-17"),
        ("He resigned last month.", "last month", "2015-07"),
        ("He resigned this year.", "this year", "2015"),
        ("He resigned late last year.", "late last year", "2014-09~/2014-12~"),
        ("He resigned earlier this year.", "earlier this year", "2015-01-01/2015-08-19"),
        ("He resigned two years ago.", "two years ago", "2013"),
        ("He resigned two years ago today.", "two years ago today", "2013-08-19"),
        ("He resigned a hundred years ago to the day.", "a hundred years ago to the day", "1915-08-19"),
        ("A century ago today he resigned.", "A century ago today", "1915-08-19"),
        ("He resigned almost two years ago today.", "almost two years ago today", "2013~/2014~"),
        ("He resigned three days ago.", "three days ago", "2015-08-16"),
        ("He resigned almost two decades ago.", "almost two decades ago", "1995~/1999~"),
        ("He resigned in November.", "November", "2014-11"),
        ("He will resign in November.", "November", "2015-11"),
        ("He was sworn in on Oct. 3.", "Oct. 3", "2014-10-03"),
        ("The trial is due on Oct. 3.", "Oct. 3", "2015-10-03"),
        ("The trial opens Saturday, Oct. 3.", "Saturday, Oct. 3", "2015-10-03"),
        ("It rose over the past two years.", "the past two years", "2013-08-19/2015-08-19"),
        ("It rose in October of last year.", "October of last year", "2014-10"),
        ("They meet next week.", "next week", "2015-08-24/2015-08-30"),
        ("He left in the middle of last year.", "the middle of last year", "2014-04~/2014-09~"),
        ("It burst on Tuesday last week.", "Tuesday last week", "2015-08-11"),
        ("It burst on Friday of last week.", "Friday of last week", "2015-08-14"),
        ("It opened on Monday this week.", "Monday this week", "2015-08-17"),
        ("It will open on Monday next week.", "Monday next week", "2015-08-24"),
        ("It lasted from Monday through Friday.", "Monday through Friday", "2015-08-10/2015-08-14"),
        ("It will run from Tuesday to Thursday.", "Tuesday to Thursday", "2015-08-25/2015-08-27"),
        ("He will resign next Friday.", "next Friday", "2015-08-21"),
        ("He will resign next Wednesday.", "next Wednesday", "2015-08-26"),
        ("It burned last weekend.", "last weekend", "2015-08-15/2015-08-16"),
        ("It burned this weekend.", "this weekend", "2015-08-15/2015-08-16"),
        ("It will be held this weekend.", "this weekend", "2015-08-22/2015-08-23"),
        ("It will be held next weekend.", "next weekend", "2015-08-22/2015-08-23"),
        ("It rose over the past year.", "the past year", "2014-08-19/2015-08-19"),
        ("It will rise in the coming year.", "the coming year", "2015-08-19/2016-08-19"),
        ("He left decades ago.", "decades ago", "../1999~"),
        ("He left six hours ago.", "six hours ago", "2015-08-18/2015-08-19"),
        ("He left 20 minutes ago.", "20 minutes ago", "2015-08-19"),
        ("He left three weeks ago.", "three weeks ago", "2015-07-26/2015-08-01"),
        ("He left two and a half years ago.", "two and a half years ago", "2012-12-21/2013-04-20"),
        ("He will resign later this year.", "later this year", "2015-08-19/2015-12-31"),
        ("He resigned last October.", "last October", "2014-10"),
        ("He resigned last July.", "last July", "2015-07"),
        ("He will resign next October.", "next October", "2015-10"),
        ("He will resign next July.", "next July", "2016-07"),
        ("It burned last summer.", "last summer", "2014-22"),
        ("It burned last spring.", "last spring", "2015-21"),
        ("It will open next spring.", "next spring", "2016-21"),
        ("It opened this spring.", "this spring", "2015-21"),
        ("They met last Christmas.", "last Christmas", "2014-12-25"),
        ("They met at Christmas.", "Christmas", "2014-12-25"),
        ("They will meet at Christmas.", "Christmas", "2015-12-25"),
        ("They will meet next Easter.", "next Easter", "2016-03-27"),
        ("They met on Labor Day.", "Labor Day", "2014-09-01"),
        ("It opens Dec. 30 to Jan. 2.", "Dec. 30 to Jan. 2", "2015-12-30/2016-01-02"),
    ],
)
def test_dates_that_count_from_the_anchor(text, words, edtf):
    assert [(words, edtf)] == found(text, ANCHOR)


@pytest.mark.parametrize(
    "text",
    [
        "He left on Tuesday.",
        "He left last week.",
        "He left this weekend.",
        "He left yesterday.",
        "He left two years ago.",
        "He left decades ago.",
        "He has left in the past two years.",
        "He left that summer.",
        "A year later he left.",
    ],
)
def test_without_an_anchor_a_relative_date_stays_open(text):
    (mention,) = find_dates(text, anchor=None)
    assert not mention.value.anchored
    assert mention.value.edtf == ""


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "It met on June 3, 5 and 7, 2010 there.",
            [("June 3", "2010-06-03"), ("5", "2010-06-05"), ("7, 2010", "2010-06-07")],
        ),
        (
            "It met on 3, 5 and 7 June 2010.",
            [("3", "2010-06-03"), ("5", "2010-06-05"), ("7 June 2010", "2010-06-07")],
        ),
        (
            "On May 1, 2, 3 and 4 of last year it met.",
            [("May 1", "2014-05-01"), ("2", "2014-05-02"), ("3", "2014-05-03"), ("4 of last year", "2014-05-04")],
        ),
        ("On 7 and 14 July 2010 it met.", [("7", "2010-07-07"), ("14 July 2010", "2010-07-14")]),
        ("On 7 and 8 July 2010 it met.", [("7 and 8 July 2010", "2010-07-07/2010-07-08")]),
        ("Between 7 and 14 July 2010 it met.", [("7 and 14 July 2010", "2010-07-07/2010-07-14")]),
        ("On June 3, 5 and 7 people died.", [("June 3", "2015-06-03")]),
        ("It lost on June 3, 7 and 5 points.", [("June 3", "2015-06-03")]),
    ],
)
def test_the_days_of_a_list_are_dates_of_their_own(text, dates):
    assert dates == found(text, ANCHOR)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It is of the 15th and 16th centuries.", [("the 15th", "14XX"), ("16th centuries", "15XX")]),
        (
            "The late fifteenth and early sixteenth centuries were wet.",
            [("The late fifteenth", "1466~/1499~"), ("early sixteenth centuries", "1500~/1533~")],
        ),
        (
            "The 16th, 17th and 18th centuries were wet.",
            [("The 16th", "15XX"), ("17th", "16XX"), ("18th centuries", "17XX")],
        ),
        ("It grew from the 15th to the 17th century.", [("the 15th to the 17th century", "1400/1699")]),
        ("It grew between the 15th and 16th centuries.", [("the 15th and 16th centuries", "1400/1599")]),
        ("It grew in the 1990s and 2000s.", [("the 1990s", "199X"), ("2000s", "200X")]),
        ("It grew in the 1880s, 1890s and 1900s.", [("the 1880s", "188X"), ("1890s", "189X"), ("1900s", "190X")]),
        ("It grew in the 1900s.", [("the 1900s", "19XX")]),
        ("It grew in the 1870s, 80s and 90s.", [("the 1870s", "187X"), ("80s", "188X"), ("90s", "189X")]),
        ("Those in their 80s and 90s came.", []),
        ("It is of the 5th century BC.", []),
    ],
)
def test_centuries_and_decades_that_are_listed(text, dates):
    assert dates == found(text)


@pytest.mark.parametrize(
    "text",
    ["The yard built 1500 planes.", "It plans to hire 2000 engineers.", "It made 2000 engines and sold 1990 cars."],
)
def test_what_a_verb_counts_is_no_year(text):
    assert [] == found(text)


@pytest.mark.parametrize(
    "text", ["The house was built 1900.", "He sold his 1900 memoirs.", "In 1900 engines were made."]
)
def test_a_year_may_stand_after_a_verb_or_before_a_plural(text):
    assert ["1900"] == [edtf for _, edtf in found(text)]


def test_a_short_day_of_the_week_has_a_capital():
    assert ["Sat"] == [words for words, _ in found("He came on Sat. and the court sat.", ANCHOR)]


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("They meet on June 12.", 6, 12),
        ("They met from June 12 to 14.", 6, None),
        ("They meet at Christmas.", 12, 25),
        ("They met last October.", 10, None),
        ("They meet at Easter.", None, None),
    ],
)
def test_a_day_without_year_and_anchor_keeps_month_and_day(text, month, day):
    (mention,) = find_dates(text, anchor=None)
    assert (mention.value.month, mention.value.day, mention.value.earliest) == (month, day, None)


@pytest.mark.parametrize(
    ("text", "words", "bound", "edtf"),
    [
        ("Shut since 1991.", "1991", "since", "1991/.."),
        ("Open until 2005.", "2005", "until", "../2005"),
        ("Built before 1900.", "1900", "before", "../1899"),
        ("Built after 1989.", "1989", "after", "1990/.."),
        ("Finished by 1995.", "1995", "until", "../1995"),
        ("Signed before the end of 2000.", "the end of 2000", "before", "../2000"),
        ("Open from 1991 onwards.", "1991", "since", "1991/.."),
        ("Open since at least 1991.", "1991", "since", "1991/.."),
        ("Open no later than March 1991.", "March 1991", "until", "../1991-03"),
    ],
)
def test_limits_go_into_the_bound_and_not_into_the_span(text, words, bound, edtf):
    (mention,) = find_dates(text, anchor=None)
    assert (words, bound, edtf) == (mention.span.text, mention.value.bound, mention.value.edtf)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In 2003 he left, and two years later he died.", "2005"),
        ("On 5 May 2003 he left, and three days later he died.", "2003-05-08"),
        ("He fell ill in May 2003 and died the following month.", "2003-06"),
        ("He fell ill on 5 May 2003 and died the next day.", "2003-05-06"),
        ("In 2003 he fell ill; he had married the year before.", "2002"),
        ("In 2003 he fell ill; he died the year after.", "2004"),
        ("On 5 May 2003 he fell ill; the following Friday he died.", "2003-05-09"),
        ("On 5 May 2003 he fell ill; the following Monday he died.", "2003-05-12"),
        ("On 5 May 2003 he fell ill; the previous Friday he had voted.", "2003-05-02"),
        ("On 5 May 2003 he fell ill; the previous Monday he had voted.", "2003-04-28"),
        ("On 5 May 2003 he fell ill; that Monday it rained.", "2003-05-05"),
        ("In 1990 he left, and two decades later he died.", "2008/2012"),
        # a year does not say which day three days later is, nor a day which Friday "that Friday" was
        ("In 2003 he left, and three days later he died.", ""),
        ("On 5 May 2003 he fell ill; that Friday it rained.", ""),
        ("In May 2003 he left, and an hour later he died.", ""),
    ],
)
def test_later_and_earlier_count_from_the_date_before(text, edtf):
    assert edtf == found(text, ANCHOR)[-1][1]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It ran from 30 December 1987 to 2 January.", "1987-12-30/1988-01-02"),
        ("It ran from 30 December to 2 January 1988.", "1987-12-30/1988-01-02"),
        ("It ran Dec. 30, 1987 to Jan. 2.", "1987-12-30/1988-01-02"),
        ("It rose between October and March 1988.", "1987-10/1988-03"),
        ("It rose from October 1987 to March.", "1987-10/1988-03"),
        ("It ran from 3 March 1987 to 2 May.", "1987-03-03/1987-05-02"),
    ],
)
def test_a_stretch_of_days_may_run_over_the_end_of_a_year(text, edtf):
    assert [edtf] == [value for _, value in found(text)]


def test_the_date_before_can_come_from_the_sentence_before():
    previous = parse_edtf("2003")
    (mention,) = find_dates("A year later he died.", anchor=ANCHOR, previous=previous)
    assert mention.value.edtf == "2004"


def test_a_month_takes_the_year_that_opens_the_sentence():
    assert found("In 1994 she won, and in October she resigned.", ANCHOR)[-1] == ("October", "1994-10")


def test_a_month_in_another_sentence_does_not_take_it():
    assert found("In 1994 she won. In October she resigned.", ANCHOR)[-1] == ("October", "2014-10")


def test_two_months_that_are_listed_are_of_the_year_that_is_named():
    assert ["1988-10", "1988-03"] == [value for _, value in found("It rose in October and March 1988.")]


def test_the_first_of_two_days_takes_the_year_of_the_second():
    assert found("On March 5 and April 10, 2003, it rained.") == [
        ("March 5", "2003-03-05"),
        ("April 10, 2003", "2003-04-10"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Some 2000 people came.",
        "They laid 1500 metres of pipe.",
        "It cost $2000.",
        "There were 2,000 of them.",
        "Resolution 1718 was passed.",
        "The house at 1600 Harbour View Road burned.",
        "The soldiers march at dawn and may return.",
        "May Robson wrote it.",
        "He is in his fifties.",
        "She edits the Sunday Times.",
        "Call 555-1234 now.",
        "Version 2.2010 was out.",
        "More than 1900 were freed.",
    ],
)
def test_what_only_looks_like_a_date(text):
    assert found(text, ANCHOR) == []


def test_day_and_month_that_can_be_swapped_cover_both_readings():
    (mention,) = find_dates("Dated 03/04/2009.", anchor=None)
    assert is_ambiguous(mention)
    assert (dt.date(2009, 3, 4), dt.date(2009, 4, 3)) == (mention.value.earliest, mention.value.latest)
    assert not is_ambiguous(find_dates("Dated 24/10/2000.", anchor=None)[0])


def test_spans_are_offsets_in_the_stored_text():
    (mention,) = find_dates("In 2009, too.", anchor=None, base=100)
    assert (mention.span.start, mention.span.end, mention.span.text) == (103, 107, "2009")


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
@pytest.mark.parametrize(
    "text", ["yesterday and tomorrow", "900 years ago", "next century", "the next 9000 years", "in June"]
)
def test_the_ends_of_the_calendar_raise_nothing(text, day):
    assert find_dates(text, anchor=day)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "granularity"),
    [
        ("2009", dt.date(2009, 1, 1), dt.date(2009, 12, 31), Granularity.YEAR),
        ("2000-02", dt.date(2000, 2, 1), dt.date(2000, 2, 29), Granularity.MONTH),
        ("2000-10-24", dt.date(2000, 10, 24), dt.date(2000, 10, 24), Granularity.DAY),
        ("199X", dt.date(1990, 1, 1), dt.date(1999, 12, 31), Granularity.DECADE),
        ("18XX~", dt.date(1800, 1, 1), dt.date(1899, 12, 31), Granularity.CENTURY),
        ("1968-22", dt.date(1968, 6, 1), dt.date(1968, 9, 22), Granularity.SEASON),
        ("1991/..", dt.date(1991, 1, 1), None, Granularity.YEAR),
        ("../2005-03", None, dt.date(2005, 3, 31), Granularity.MONTH),
        ("1994/1999", dt.date(1994, 1, 1), dt.date(1999, 12, 31), Granularity.RANGE),
    ],
)
def test_edtf(edtf, earliest, latest, granularity):
    value = parse_edtf(edtf)
    assert (earliest, latest, granularity, edtf) == (value.earliest, value.latest, value.granularity, value.edtf)


@pytest.mark.parametrize("edtf", ["soon", "2009-13", "2009-02-30", "1999/1994", "../..", "0000", "19X", "9999-24"])
def test_what_is_no_edtf(edtf):
    with pytest.raises(ConfigError, match="Extended Date/Time Format"):
        parse_edtf(edtf)


def test_only_approximate_dates_have_slack():
    assert slack_days(parse_edtf("2009")) == 0
    assert slack_days(parse_edtf("2009~")) >= 365
    assert slack_days(DateRange()) == 0


def _sections() -> list[tuple[str, str, str]]:
    data = tomllib.loads(resources.files("claimcheck.language").joinpath("data/dates.toml").read_text("utf-8"))
    return [(name, section["pass"], section["fail"]) for name, section in data.items()]


@pytest.mark.parametrize(("name", "passing", "failing"), _sections())
def test_every_word_list_has_a_passing_and_a_failing_example(name, passing, failing):
    assert found(passing, ANCHOR), name
    assert found(failing, ANCHOR) == [], name
