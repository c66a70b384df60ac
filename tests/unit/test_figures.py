"""A figure is compared with what the source gives of the same thing."""

import pytest

LISTED = "The petition listed assets of 639 billion dollars and debts of 613 billion dollars."


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
def test_a_figure_is_of_something(stance_of, claim, source, expected):
    assert expected == stance_of(claim, source)


ARTICLE = "The 33 men in the mine are alive. The lifting of the miners took 22 hours."


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The lifting of the 33 miners took 22 hours", "supports"),
        ("The lifting of the 34 miners took 22 hours", "neutral"),
        ("The lifting of the 33 horses took 22 hours", "neutral"),
    ],
)
def test_a_figure_that_only_says_who_is_meant_may_stand_elsewhere_in_the_article(stance_of, claim, expected):
    assert expected == stance_of(claim, ARTICLE)
