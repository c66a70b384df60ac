"""Somebody or something else that is only told apart by what the claim names."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The school burned down", "The house next to the school burned down."),
        ("The museum was robbed", "A shop opposite the museum was robbed."),
        ("The bridge was closed", "The road over the bridge was closed."),
        ("The church was restored", "The tower of the church was restored."),
        ("The team arrived", "The coach of the team arrived."),
        ("Otto Falk was arrested", "Otto Falk's former driver was arrested."),
        ("The church was built in 1300", "The castle, built in 1300, is younger than the church."),
        ("The fire started in the kitchen", "The fire, which started in the cellar, spread to the kitchen."),
        ("The fire spread to the cellar", "The fire, which started in the cellar, spread to the kitchen."),
        ("The goalkeeper was carried off", "I was carried off, because the goalkeeper had let in five."),
        # some of them, or less than all
        ("The prisoners were freed", "Three of the five prisoners were freed."),
        # an event that is only named
        ("The president vetoed the bill", "The minister had threatened a veto, and the president left it at that."),
    ],
)
def test_what_is_done_to_one_is_not_done_to_the_other(claim, source, label_of):
    assert N is label_of(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The school burned down", "The school next to the house burned down."),
        ("The police arrested a man", "The police in Oslo arrested a man."),
        ("The workers went on strike", "Hundreds of workers went on strike."),
        ("The minister resigned", "The minister of finance resigned."),
        ("The prisoners were freed", "The five prisoners were freed."),
    ],
)
def test_and_what_is_done_to_it_is(claim, source, label_of):
    assert S is label_of(claim, source)


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        ("All the members voted", "Nearly all the members voted.", C),
        ("The members voted", "Nearly all the members voted.", S),
        # who lost to whom, of people and teams that no name tells
        ("The hosts lost to the guests", "The hosts beat the guests.", N),
        ("The Danish team won the match", "The Danish team lost the match to the Swedes.", C),
        ("Falk lost to Weber in the final", "Falk beat Weber in the final.", C),
        ("Falk lost to Weber in the final", "Weber beat Falk in the final.", S),
        # figures and things of a later conjunct
        ("Five workers were killed", "The roof fell in, killing two workers and injuring five.", C),
        ("Exports rose by 4 percent", "Exports rose by 3 percent and imports by 4 percent.", C),
        ("Imports rose by 4 percent", "Exports rose by 3 percent and imports by 4 percent.", S),
        ("Wages rose by 4 percent", "Wages rose 3 percent and prices 4 percent.", C),
        ("The men got 30 years", "The women got 20 years and the men 30.", N),
        ("Otto Falk won gold", "Otto Falk won silver and Clara Weiss gold.", N),
        ("Clara Weiss won gold", "Otto Falk won silver and Clara Weiss gold.", S),
        ("The party won 30 percent in Oslo", "The party won 40 percent in Oslo and 30 percent in Bremen.", C),
        ("The party won 30 percent in Bremen", "The party won 40 percent in Oslo and 30 percent in Bremen.", S),
        (
            "The club paid 2 million for Ivo Brandt",
            "The club paid 2 million for Otto Falk and 3 million for Ivo Brandt.",
            C,
        ),
        (
            "The vaccine is 60 percent effective in children",
            "The vaccine is 90 percent effective in adults and 60 percent in children.",
            S,
        ),
        (
            "The vaccine is 60 percent effective in adults",
            "The vaccine is 90 percent effective in adults and 60 percent in children.",
            C,
        ),
        # what is over, undone, put off or not planned at all
        ("The company will close the plant", "The company has no plans to close the plant.", N),
        ("The company employs 300 people", "The company, which used to employ 300 people, now has 120.", N),
        ("The company employed 300 people", "The company, which used to employ 300 people, now has 120.", S),
        ("The road is closed", "The road was closed on Monday and reopened on Thursday.", N),
        ("The road was closed on Monday", "The road was closed on Monday and reopened on Thursday.", S),
        ("The station will open in 2026", "The station was to open in 2026 but will not be ready before 2030.", N),
        ("The station will open in 2030", "The station was to open in 2026 but will not be ready before 2030.", N),
        # the date of another figure
        ("Turnout in 2015 was 61 percent", "Turnout was 61 percent, up from 58 percent in 2015.", N),
        ("Turnout in 2015 was 58 percent", "Turnout was 61 percent, up from 58 percent in 2015.", S),
    ],
)
def test_what_is_of_another_or_of_another_time(claim, source, label, label_of):
    assert label is label_of(claim, source)
