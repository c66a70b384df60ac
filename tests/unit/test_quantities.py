"""Quantities: value, admitted range, unit and kind, with exact spans."""

from __future__ import annotations

import math
import re
import tomllib
from importlib import resources

import pytest

from claimcheck.errors import ConfigError
from claimcheck.language.numbers import parse_number
from claimcheck.language.quantities import comparable, convert, find_quantities
from claimcheck.model import Quantity, QuantityKind, QuantityMention

NOUNS = {
    "dancers": "dancer",
    "judges": "judge",
    "people": "people",
    "seats": "seat",
    "term": "term",
    "survivors": "survivor",
    "opera": "opera",
    "house": "house",
    "guests": "guest",
    "doubt": "doubt",
    "police": "police",
    "Lear": "Lear",
    "daughters": "daughter",
}


def read(text: str) -> list[QuantityMention]:
    nouns = [(m.start(), m.end(), NOUNS[m[0]]) for m in re.finditer(r"\w+", text) if m[0] in NOUNS]
    return find_quantities(text, nouns=nouns)


def values(text: str) -> list[tuple[str, float, float | None, float | None]]:
    return [(m.span.text, m.value.value, m.value.low, m.value.high) for m in read(text)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("Some came, two to three hundred.", "two to three hundred", 200, 300),
        ("Between two to three hundred people came.", "Between two to three hundred", 200, 300),
        ("Two or three hundred thousand people fled.", "Two or three hundred thousand", 200_000, 300_000),
        ("Fifty to a hundred people came.", "Fifty to a hundred", 50, 100),
        ("One thousand to one thousand two hundred came.", "One thousand to one thousand two hundred", 1000, 1200),
        ("It was between -15 and -10 degrees.", "between -15 and -10 degrees", -15, -10),
        ("It was -15 to 10 degrees.", "-15 to 10 degrees", -15, 10),
        ("It was from minus 15 to minus 10 degrees.", "minus 15 to minus 10 degrees", -15, -10),
        ("It was 10-15 degrees.", "10-15 degrees", 10, 15),
    ],
)
def test_the_first_number_of_a_range_takes_scale_and_sign(text, words, low, high):
    (mention,) = read(text)
    assert (words, low, high) == (mention.span.text, mention.value.low, mention.value.high)


@pytest.mark.parametrize(
    "text",
    [
        "She waited a second before she answered.",
        "He hesitated for a second and left.",
        "It was all over in a second.",
        "It makes pictures, 500 pictures a second.",
    ],
)
def test_a_second_is_no_place_in_an_order(text):
    assert QuantityKind.ORDINAL not in {mention.value.kind for mention in read(text)}


@pytest.mark.parametrize("text", ["He won a second term.", "She ran for a second time.", "He scored a second."])
def test_a_second_of_something_is_its_place_in_an_order(text):
    (mention,) = read(text)
    assert QuantityKind.ORDINAL is mention.value.kind


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-one", 21),
        ("one hundred and five", 105),
        ("one thousand two hundred", 1200),
        ("4,512,000", 4_512_000),
        ("4.5 million", 4_500_000),
        ("a million", 1_000_000),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("two and a half", 2.5),
        ("one and a half million", 1_500_000),
        ("2½", 2.5),
        ("2 1/2", 2.5),
        ("half a dozen", 6),
        ("three trillion", 3e12),
        ("zero", 0),
        ("10 000", 10_000),
        ("2 500 000", 2_500_000),
        ("12\u00a0345", 12_345),
        ("12\u202f345.5", 12_345.5),
    ],
)
def test_numbers(words, value):
    assert value == parse_number(words)
    assert [value] == [m.value.value for m in find_quantities(f"They saw {words} of them.")]


def test_no_number():
    assert math.isnan(parse_number("many"))


@pytest.mark.parametrize(
    ("text", "words", "value", "kind"),
    [
        ("It lost 90 percent.", "90 percent", 90, QuantityKind.PERCENT),
        ("It lost 90 per cent.", "90 per cent", 90, QuantityKind.PERCENT),
        ("It lost 4.5%.", "4.5%", 4.5, QuantityKind.PERCENT),
        ("Nine tenths sank.", "Nine tenths", 90, QuantityKind.PERCENT),
        ("Two in five agreed.", "Two in five", 40, QuantityKind.PERCENT),
        ("Nine out of 10 agreed.", "Nine out of 10", 90, QuantityKind.PERCENT),
        ("Half of them sank.", "Half", 50, QuantityKind.PERCENT),
        ("A quarter of them sank.", "A quarter", 25, QuantityKind.PERCENT),
        ("It cost $4.5bn.", "$4.5bn", 4.5e9, QuantityKind.MONEY),
        ("It cost US$ 3 million.", "US$ 3 million", 3e6, QuantityKind.MONEY),
        ("It cost £1.2m.", "£1.2m", 1.2e6, QuantityKind.MONEY),
        ("It cost 4.5 billion dollars.", "4.5 billion dollars", 4.5e9, QuantityKind.MONEY),
        ("It cost 3 million pounds.", "3 million pounds", 3e6, QuantityKind.MONEY),
        ("She is 53 years old.", "53 years old", 53, QuantityKind.AGE),
        ("A 53-year-old woman.", "53-year-old", 53, QuantityKind.AGE),
        ("She died aged 53.", "53", 53, QuantityKind.AGE),
        ("She died at the age of 53.", "53", 53, QuantityKind.AGE),
        ("She died at 53.", "53", 53, QuantityKind.AGE),
        ("She was 53 when she won.", "53", 53, QuantityKind.AGE),
        ("Ada Low, 53, won.", "53", 53, QuantityKind.AGE),
        ("Ada Low, then just 53, won.", "53", 53, QuantityKind.AGE),
        ("She lived to 82.", "82", 82, QuantityKind.AGE),
        ("Ada Low, a Romanian of 14, won.", "14", 14, QuantityKind.AGE),
        ("She was a retired teacher of 82.", "82", 82, QuantityKind.AGE),
        ("She led a crew of 14.", "14", 14, QuantityKind.COUNT),
        ("They passed it by a Norwegian majority of 82.", "82", 82, QuantityKind.COUNT),
        ("Now 42, he lives in Bremen.", "42", 42, QuantityKind.AGE),
        ("He died at 42 in Bremen.", "42", 42, QuantityKind.AGE),
        ("They won 3-1.", "3-1", 3, QuantityKind.SCORE),
        ("The senate voted 95 to 3.", "95 to 3", 95, QuantityKind.SCORE),
        ("She won 6-4, 6-3.", "6-4, 6-3", 6, QuantityKind.SCORE),
        ("It was her third term.", "third", 3, QuantityKind.ORDINAL),
        ("On the 21st floor.", "21st", 21, QuantityKind.ORDINAL),
        ("A six-hour wait.", "six-hour", 6, QuantityKind.DURATION),
        ("It took two decades.", "two decades", 2, QuantityKind.DURATION),
        ("They ran 26 miles.", "26 miles", 26, QuantityKind.MEASURE),
        ("They ran 10km.", "10km", 10, QuantityKind.MEASURE),
        ("It was -5C.", "-5C", -5, QuantityKind.MEASURE),
        ("Rates rose 2 percentage points.", "2 percentage points", 2, QuantityKind.MEASURE),
    ],
)
def test_kinds(text, words, value, kind):
    (mention,) = read(text)
    assert (words, pytest.approx(value), kind) == (mention.span.text, mention.value.value, mention.value.kind)


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("It took 90 of them.", "90", 90, 90),
        ("About 90 percent sank.", "About 90 percent", 81, 99),
        ("About 95 percent sank.", "About 95 percent", 85.5, 100),
        ("About five sank.", "About five", 4, 6),
        ("Nearly 90 sank.", "Nearly 90", 81, 90),
        ("It took 20 or so years.", "20 or so years", 17, 23),
        ("More than 40 sank.", "More than 40", 40, None),
        ("At least 12 sank.", "At least 12", 12, None),
        ("It took 12 or more.", "12 or more", 12, None),
        ("Over 300 sank.", "Over 300", 300, None),
        ("Up to 50 sank.", "Up to 50", None, 50),
        ("As many as 50 sank.", "As many as 50", None, 50),
        ("Fewer than 50 sank.", "Fewer than 50", None, 50),
        ("Between 10 and 20 sank.", "Between 10 and 20", 10, 20),
        ("It was 10-15 km.", "10-15 km", 10, 15),
        ("It is from 3 to 5 per cent.", "3 to 5 per cent", 3, 5),
        ("It cost $3-4 billion.", "$3-4 billion", 3e9, 4e9),
        ("Two or three sank.", "Two or three", 2, 3),
        ("It rained over two days.", "two days", 2, 2),
        ("It rained for over two days.", "over two days", 2, None),
        ("A dozen sank.", "A dozen", 12, 12),
        ("She is in her fifties.", "fifties", 50, 59),
        ("At most 20 sank.", "At most 20", None, 20),
        ("Hundreds of thousands sank.", "Hundreds of thousands", 200_000, 1_000_000),
        ("A couple of hundred sank.", "A couple of hundred", 200, 300),
        ("Dozens sank.", "Dozens", 24, 120),
    ],
)
def test_the_wording_says_what_is_admitted(text, words, low, high):
    (mention,) = read(text)
    assert (words, low, high) == (mention.span.text, mention.value.low, mention.value.high)


def test_vague_counts_have_a_least():
    (mention,) = read("Hundreds of thousands of people fled.")
    assert mention.value.approximate
    assert mention.value.low == 200_000
    assert mention.value.unit == "people"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("They saw 100,000 young South Sea dancers.", ["dancer"]),
        ("Three of the five judges agreed.", ["judge", "judge"]),
        ("They saw 12 weary opera house guests.", ["guest"]),
        ("They saw two of Lear's daughters.", ["daughter"]),
        ("It killed 12, police said.", [""]),
        ("Her third term began.", ["term"]),
        ("They saw 12 and then the guests.", [""]),
    ],
)
def test_the_counted_noun(text, units):
    assert units == [m.value.unit for m in read(text)]


def test_no_survivors_is_zero_and_no_doubt_is_nothing():
    assert values("There were no survivors.") == [("no", 0.0, 0.0, 0.0)]
    assert values("There is no doubt.") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It rose by 100,000 to 2.5 million.", [1e5, 2.5e6]),
        ("It rose 0.2 percent to 5.1 percent.", [0.2, 5.1]),
        ("It rose $2 to $50.", [2, 50]),
        ("It fell by 5 to 7 per cent.", [6]),
        ("It rose 2 to 3 million.", [2.5e6]),
    ],
)
def test_by_one_value_to_another_is_no_range(text, values):
    assert values == [mention.value.value for mention in find_quantities(text)]


def test_from_one_value_to_another_is_no_range():
    assert [(m.span.text, m.value.value) for m in read("It rose from 3 to 5 percent.")] == [
        ("3", 3.0),
        ("5 percent", 5.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Flight 93 was late.",
        "He came at 10:30 a.m. or 3 p.m.",
        "The F-16 and the G20.",
        "No one saw the other one.",
        "His half-brother wept.",
        "Call 555-1234.",
        "The address is 192.168.0.1 here.",
        "They flew Gemini 11 home.",
        "At first nobody spoke.",
    ],
)
def test_what_only_looks_like_a_quantity(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # five of two are no share, nor is a third of a million
        ("Five in two sank.", [5, 2]),
        ("Two inches in five sank.", [2, 5]),
        ("Thousands of hundreds sank.", []),
    ],
)
def test_what_only_looks_like_a_share_or_a_count(text, values):
    assert values == [m.value.value for m in read(text)]


def test_dates_are_left_out():
    text = "In 2009, 12 left."
    assert [m.span.text for m in find_quantities(text, dates=[(3, 7)])] == ["12"]


def test_spans_are_offsets_in_the_stored_text():
    (mention,) = find_quantities("Some 40 left.", base=100)
    assert (mention.span.start, mention.span.end, mention.span.text) == (100, 107, "Some 40")


def quantity(value: float, unit: str, kind: QuantityKind = QuantityKind.MEASURE) -> Quantity:
    return Quantity(value=value, low=value, high=value, unit=unit, kind=kind)


@pytest.mark.parametrize(
    ("value", "unit", "other", "converted"),
    [
        (26, "mile", "km", 41.843),
        (100, "°C", "°F", 212),
        (2, "tonne", "kg", 2000),
        (1, "hectare", "square metre", 10_000),
        (100, "km/h", "mph", 62.137),
    ],
)
def test_convert(value, unit, other, converted):
    assert convert(quantity(value, unit), other).value == pytest.approx(converted, abs=1e-3)


def test_units_of_two_dimensions_cannot_be_converted():
    with pytest.raises(ConfigError, match="cannot be converted"):
        convert(quantity(1, "km"), "kg")


def test_comparable():
    weeks, days = (quantity(2, unit, QuantityKind.DURATION) for unit in ("week", "day"))
    people, persons = (quantity(2, unit, QuantityKind.COUNT) for unit in ("people", "person"))
    bare, dancers = (quantity(2, unit, QuantityKind.COUNT) for unit in ("", "dancer"))
    assert comparable(weeks, days)
    assert comparable(people, persons)
    assert comparable(bare, dancers)
    assert not comparable(dancers, people)
    assert not comparable(weeks, people)
    assert not comparable(quantity(2, "km"), quantity(2, "kg"))


def _sections() -> list[tuple[str, str, str]]:
    data = tomllib.loads(resources.files("claimcheck.language").joinpath("data/quantities.toml").read_text("utf-8"))
    return [(name, section["pass"], section["fail"]) for name, section in data.items()]


@pytest.mark.parametrize(("name", "passing", "failing"), _sections())
def test_every_word_list_has_a_passing_and_a_failing_example(name, passing, failing):
    assert find_quantities(passing), name
    assert find_quantities(failing) == [], name
