"""What holds for every date and every quantity."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.language.dates import find_dates, parse_edtf
from claimcheck.language.edtf import date_range
from claimcheck.language.quantities import find_quantities
from claimcheck.matching.values import compare_dates, compare_quantities
from claimcheck.model import DateRange, Quantity, QuantityKind, SlotRelation

DAYS = st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2100, 12, 31))
WORDS = st.sampled_from(
    [
        "2009",
        "Oct.",
        "24",
        "October",
        "2000,",
        "the",
        "end",
        "of",
        "from",
        "to",
        "and",
        "between",
        "since",
        "before",
        "Tuesday",
        "two",
        "years",
        "ago",
        "later",
        "almost",
        "about",
        "90",
        "percent",
        "$4.5bn",
        "more",
        "than",
        "100,000",
        "dozens",
        "half",
        "a",
        "million",
        "people",
        "in",
        "five",
        "3-1",
        "aged",
        "53",
        "Kim,",
        "km",
        "1990s",
        "early",
        "last",
        "year",
        "next",
        "one",
        "third",
        "-",
        "–",
        "1/2",
        "½",
        "no",
        "May",
        "Easter",
        "31",
        "29",
        "February",
        "0",
        "00/00/2000",
        "9999",
        "'90s",
        "%",
        "°C",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))


@st.composite
def dates(draw: st.DrawFn) -> DateRange:
    first, second = sorted((draw(DAYS), draw(DAYS)))
    approximate = draw(st.booleans())
    shape = draw(st.sampled_from(["day", "range", "open", "ended", "month", "year", "decade"]))
    if shape == "open":
        return date_range(first, None, approximate=approximate, bound="since")
    if shape == "ended":
        return date_range(None, first, approximate=approximate, bound="until")
    if shape == "day":
        return date_range(first, first, approximate=approximate)
    if shape == "range":
        return date_range(first, second, approximate=approximate)
    year = f"{first.year:04d}"
    text = {"month": f"{year}-{first.month:02d}", "year": year, "decade": f"{year[:3]}X"}[shape]
    return parse_edtf(text + ("~" if approximate else ""))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    kind, unit = draw(
        st.sampled_from(
            [
                (QuantityKind.COUNT, ""),
                (QuantityKind.COUNT, "dancer"),
                (QuantityKind.PERCENT, "percent"),
                (QuantityKind.MONEY, "USD"),
                (QuantityKind.MEASURE, "km"),
                (QuantityKind.MEASURE, "mile"),
                (QuantityKind.DURATION, "day"),
                (QuantityKind.DURATION, "week"),
            ]
        )
    )
    value = float(draw(st.integers(min_value=0, max_value=10_000_000)))
    shape = draw(st.sampled_from(["exact", "about", "least", "most"]))
    low = {"exact": value, "about": value * 0.9, "least": value, "most": None}[shape]
    high = {"exact": value, "about": value * 1.1, "least": None, "most": value}[shape]
    return Quantity(value=value, low=low, high=high, unit=unit, kind=kind, approximate=shape == "about")


@given(dates())
def test_edtf_comes_back_as_it_was(date):
    assert date == parse_edtf(date.edtf)


@given(TEXTS, DAYS)
def test_found_dates_come_back_from_their_edtf(text, anchor):
    for mention in find_dates(text, anchor=anchor):
        value, again = mention.value, parse_edtf(mention.value.edtf)
        if value.anchored:
            assert (value.earliest, value.latest) == (again.earliest, again.latest)
            assert (value.approximate, value.edtf, value.granularity) == (
                again.approximate,
                again.edtf,
                again.granularity,
            )


@given(TEXTS, st.one_of(st.none(), st.dates()), st.integers(min_value=0, max_value=1000))
def test_spans_are_exact_and_in_order(text, anchor, base):
    times = find_dates(text, anchor=anchor, base=base)
    skip = [(time.span.start - base, time.span.end - base) for time in times]
    for mentions in (times, find_quantities(text, dates=skip, base=base)):
        spans = [mention.span for mention in mentions]
        assert spans == sorted(spans)
        for span in spans:
            assert text[span.start - base : span.end - base] == span.text
        for before, after in pairwise(spans):
            assert before.end <= after.start


@given(TEXTS)
def test_a_sentence_in_front_only_shifts_the_spans(text):
    prefix = "Nothing stirred here.\n\n"
    plain, shifted = find_dates(text, anchor=None), find_dates(prefix + text, anchor=None)
    moved = [(m.span.start - len(prefix), m.span.text, m.value) for m in shifted]
    assert [(m.span.start, m.span.text, m.value) for m in plain] == moved


@given(dates())
def test_a_date_agrees_with_itself(date):
    assert compare_dates(date, date)[0] is SlotRelation.AGREES


@given(quantities())
def test_a_quantity_agrees_with_itself(quantity):
    assert compare_quantities(quantity, quantity)[0] is SlotRelation.AGREES


@given(dates(), dates())
def test_dates_differ_both_ways_or_not_at_all(first, second):
    differs = SlotRelation.DIFFERS
    assert (compare_dates(first, second)[0] is differs) == (compare_dates(second, first)[0] is differs)


@given(st.builds(DateRange, month=st.integers(1, 12), day=st.one_of(st.none(), st.integers(1, 28))), dates())
def test_a_day_without_a_year_differs_both_ways_or_not_at_all(first, second):
    differs = SlotRelation.DIFFERS
    assert (compare_dates(first, second)[0] is differs) == (compare_dates(second, first)[0] is differs)


@given(quantities(), quantities())
def test_quantities_differ_both_ways_or_not_at_all(first, second):
    differs = SlotRelation.DIFFERS
    assert (compare_quantities(first, second)[0] is differs) == (compare_quantities(second, first)[0] is differs)
