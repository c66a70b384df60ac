"""What is only planned, over or another's, though the sentence has every word of the claim."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
SOLD = "Anna Weber sold the ship"


@pytest.mark.parametrize(
    "source",
    [
        "Anna Weber would repair and sell the ship.",
        "Anna Weber will wait and then sell the ship.",
        "Anna Weber plans to repair and sell the ship.",
        "Anna Weber was asked to repair, paint and sell the ship.",
        "Anna Weber may have repaired and sold the ship.",
        "Anna Weber is considering repairing and selling the ship.",
        "If Anna Weber returns and sells the ship, the bank will be paid.",
        "Anna Weber did not repair and sell the ship.",
        "Anna Weber objected to selling the ship.",
        "Anna Weber warned against selling the ship.",
        "The police did not see Anna Weber sell the ship.",
        "Nobody watched Anna Weber sell the ship.",
    ],
)
def test_an_auxiliary_is_that_of_all_the_verbs_it_stands_before(source, label_of):
    assert N is label_of(SOLD, source)


@pytest.mark.parametrize(
    "source",
    [
        "Anna Weber repaired and sold the ship.",
        "Anna Weber has repaired and sold the ship.",
        "Anna Weber could not wait and sold the ship.",
        "Anna Weber refused to repair the ship and sold the ship.",
        "Anna Weber managed to repair and sell the ship.",
    ],
)
def test_and_of_no_other(source, label_of):
    assert S is label_of(SOLD, source)


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        # to have to
        ("Otto Falk had to pay the fine", "Otto Falk did not have to pay the fine.", C),
        ("Otto Falk did not have to pay the fine", "Otto Falk had to pay the fine.", C),
        ("Otto Falk did not have to pay the fine", "Otto Falk did not have to pay the fine.", S),
        ("Otto Falk paid the fine", "Otto Falk did not have to pay the fine.", N),
        ("Otto Falk did not have to pay the fine", "Otto Falk paid the fine.", N),
        ("Otto Falk paid the fine", "Otto Falk never had to pay the fine.", C),
        ("Farms use hosepipes", "Farms must not use hosepipes.", N),
        # to have it done
        ("The porch was painted", "Otto Falk will have the porch painted.", N),
        ("The porch was painted", "Otto Falk had the porch painted.", S),
        # what is over
        ("Otto Falk is the mayor", "The former mayor Otto Falk spoke on Monday.", N),
        ("Otto Falk is the mayor", "Otto Falk, a former mayor, spoke on Monday.", N),
        ("Otto Falk is the mayor", "Otto Falk was the mayor until 2009.", N),
        ("Otto Falk was the mayor", "The former mayor Otto Falk spoke on Monday.", S),
        ("Otto Falk is a former mayor", "The former mayor Otto Falk spoke on Monday.", S),
        # whose
        ("Otto Falk retired in 1990", "Otto Falk is a judge. His successor retired in 1990.", N),
        ("Otto Falk retired in 1990", "Otto Falk is a judge. The judge retired in 1990.", S),
        ("Otto Falk's wife won the race", "Otto Falk won the race with his wife in the stands.", N),
        ("Otto Falk's party ruled the country", "Otto Falk ruled the country with his party.", N),
        ("The court fined Otto Falk", "The court fined Otto Falk's firm.", N),
        ("The court fined Otto Falk", "The court fined a firm owned by Otto Falk.", N),
        ("Otto Falk wrote to the minister", "Otto Falk thanked the minister who had written to her.", N),
        ("The court fined Otto Falk", "Far from fining Otto Falk, the court praised him.", C),
        # but not
        ("The police released the driver", "The police released three men, though not the driver.", N),
        # not all of it
        ("Otto Falk wrote the book", "Otto Falk wrote part of the book.", N),
        ("Otto Falk ate the cake", "Otto Falk ate most of the cake.", N),
        ("Otto Falk destroyed the letter", "Otto Falk partly destroyed the letter.", N),
        ("Otto Falk wrote part of the book", "Otto Falk wrote part of the book.", S),
        # not so much
        ("Otto Falk was injured", "Otto Falk was not seriously injured.", N),
        ("Otto Falk resigned", "Otto Falk has not officially resigned.", N),
        ("Otto Falk was seriously injured", "Otto Falk was not seriously injured.", C),
        ("Otto Falk was injured", "Otto Falk was not injured.", C),
        # at first
        ("The trip was originally planned for October 2017", "The trip is now planned for May 2018.", N),
        ("The trip is planned for October 2017", "The trip is planned for May 2018.", C),
        ("Otto Falk won the series in five games", "Otto Falk won the series by four games to one.", N),
        # once
        ("Otto Falk carried six states", "Otto Falk lost. Four years ago Otto Falk had carried forty states.", N),
    ],
)
def test_what_is_open_over_or_anothers(claim, source, label, label_of):
    assert label is label_of(claim, source)
