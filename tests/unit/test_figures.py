"""A figure is compared with what the source gives of the same thing."""

import pytest

from claimcheck import Checker

LISTED = "The petition listed assets of 639 billion dollars and debts of 613 billion dollars."


@pytest.fixture(scope="module")
def judged():
    checker = Checker(entailment=None)
    return lambda claim, source: checker.judge(claim, source, method="slots").label.value


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("The petition listed debts of 613 billion dollars", LISTED, "supports"),
        ("The petition listed assets of 639 billion dollars", LISTED, "supports"),
        ("The petition listed assets of 613 billion dollars", LISTED, "contradicts"),
        ("The petition listed debts of 316 billion dollars", LISTED, "contradicts"),
        ("The petition listed debts of 639 billion dollars", LISTED, "contradicts"),
        ("The fund paid a total of 40 million dollars", "The fund paid a sum of 40 million dollars.", "supports"),
        ("The fund paid debts of 30 million dollars", "The fund paid rents of 40 million dollars.", "neutral"),
    ],
)
def test_a_figure_is_of_something(judged, claim, source, expected):
    assert expected == judged(claim, source)
