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


ARTICLE = "The 33 men in the mine are alive. The lifting of the miners took 22 hours."


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The lifting of the 33 miners took 22 hours", "supports"),
        ("The lifting of the 34 miners took 22 hours", "neutral"),
        ("The lifting of the 33 horses took 22 hours", "neutral"),
    ],
)
def test_a_figure_that_only_says_who_is_meant_may_stand_elsewhere_in_the_article(judged, claim, expected):
    assert expected == judged(claim, ARTICLE)
