"""What only says how something is put, what belongs to a verb, and what is mentioned in passing: ages."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # announced, required, of the past
        ("Otto Falk will resign in May.", "Otto Falk is going to resign", S),
        ("Otto Falk resigned in May.", "Otto Falk may resign", S),
        ("Otto Falk is going to resign in May.", "Otto Falk will resign", S),
        ("Otto Falk will resign in May 1999.", "Otto Falk is going to resign in June 1999", C),
        ("The mill will admit girls from the autumn.", "Girls are going to be let into the mill", S),
        ("The miners must leave the pit by Friday.", "The miners have to leave the pit", S),
        ("Otto Falk was a guard for ten years.", "Otto Falk used to be a guard", S),
        # what is going to happen has not happened
        ("Otto Falk is going to resign.", "Otto Falk resigned", N),
        ("Otto Falk was going to resign.", "Otto Falk resigned", N),
        ("Otto Falk is going to Bremen.", "Otto Falk will resign", N),
    ],
)
def test_what_only_says_how_a_thing_is_put_gives_way_to_the_thing(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk returned to Bremen on Tuesday.", "Otto Falk came back to Bremen", S),
        ("Otto Falk came back to Bremen on Tuesday.", "Otto Falk returned to Bremen", S),
        ("Otto Falk returned to Bremen on Tuesday.", "Otto Falk came back to Hamburg", N),
        ("Clara Weiss runs the port.", "Clara Weiss is in charge of the port", S),
        ("Clara Weiss is in charge of the port.", "Clara Weiss runs the port", S),
        ("The miners walked out on Monday.", "The miners were on strike", S),
        (
            "The railways were struck today, but not the buses, whose drivers had settled.",
            "The buses were on strike",
            N,
        ),
        ("The railways were struck today, but not the buses.", "The railways were on strike", S),
        ("Ida Falk won in Bremen on Sunday ahead of Clara Weiss.", "Clara Weiss won in Bremen ahead of Ida Falk", C),
        ("Clara Weiss runs the port.", "Clara Weiss is in charge of the museum", N),
        ("Clara Weiss ran the shop of the school.", "Clara Weiss was the director of the school", N),
        ("Clara Weiss lives at the port.", "Clara Weiss is in charge of the port", N),
    ],
)
def test_a_verb_is_read_with_what_belongs_to_it(text, claim, label, label_of):
    assert label == label_of(claim, text)


BEAT = "Arno Melz, 11, beat a master in Bremen on Saturday in 38 moves."
SISTERS = "Zita Talos, 29, beat her sister Emma, 24, by two metres."


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (BEAT, "Arno Melz is 11 years old", S),
        (BEAT, "Arno Melz is 13 years old", C),
        (BEAT, "Arno Melz was thirteen when he beat a master", C),
        ("The 43-year-old driver steered the bus away.", "The driver was 34 years old", C),
        ("The 43-year-old driver steered the bus away.", "The driver was 43 years old", S),
        (SISTERS, "Emma is 24", S),
        (SISTERS, "Zita Talos is 29", S),
        # at another time, or somebody else's
        (BEAT, "Arno Melz was 13 when he lost his brother", N),
        ("Otto Falk was sixteen when he went to prison.", "Otto Falk is 32 years old", N),
        ("Otto Falk, 54, retired in 2004.", "Otto Falk was 30 in 1980", N),
        ("Otto Falk, 54, retired in 2004.", "Otto Falk is older than Clara Weiss", N),
    ],
)
def test_an_age_in_passing_is_that_of_the_one_it_stands_beside(text, claim, label, label_of):
    assert label == label_of(claim, text)


def test_an_age_is_not_anothers_of_the_same_sentence(label_of):
    assert label_of("Emma is 29", SISTERS) is not S


SKIS = "The court on Wednesday upheld the ban on jet skis in the lagoon."


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (SKIS, "The court overturned the ban on jet skis", C),
        (SKIS, "The court overturned the ban on water skis", N),
        (SKIS, "The court overturned a ban", N),
        ("One court in Wales upheld the ban on jet skis in the lagoon.", "The court overturned the ban on jet skis", N),
        ("The ferry to the island sank.", "The ferry did not sink", N),
        ("The shop was closed in May.", "The shop was not closed", N),
    ],
)
def test_what_is_described_in_so_many_words_can_be_denied_without_a_name(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk filled the square, the police said.", "According to the police, Otto Falk filled the square", S),
        ("Otto Falk filled the square, the firm said.", "According to the police, Otto Falk filled the square", N),
        ("Otto Falk denied on Tuesday that he had taken money.", "Otto Falk says that he took no money", S),
        ("Otto Falk took no money in 1999.", "Otto Falk took no money", N),
    ],
)
def test_a_speaker_without_a_name_is_known_by_what_he_is_called(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Clara Weiss led Nordbank from 1994 to 2003.", "Clara Weiss was head of Nordbank in 1999", S),
        ("Clara Weiss led Nordbank from 1994 to 2003.", "Clara Weiss was head of Nordbank in 2003", S),
        ("Clara Weiss led Nordbank from 1994 to 2003.", "Clara Weiss was head of Nordbank in 2006", C),
        ("Clara Weiss built the mill between 1994 and 2003.", "Clara Weiss built the mill in 1999", N),
        ("Clara Weiss led Nordbank from 1994 to 2003.", "Clara Weiss became head of Nordbank in 1994", S),
        ("Clara Weiss led Nordbank from 1994 to 2003.", "Clara Weiss became head of Nordbank in 1999", C),
        ("Nordbank became a private bank between 1994 and 2003.", "Nordbank became a private bank in 1999", N),
        ("Clara Weiss was in Bremen from 1994 to 2003.", "Clara Weiss became head of Nordbank in 1999", N),
    ],
)
def test_a_state_lasts_through_its_dates(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Clara Weiss founded the Falk museum in 1950.", "The founder of the Falk museum was Clara Weiss", S),
        ("Clara Weiss founded the Falk museum in 1950.", "The founder of the Falk museum was Otto Brandt", C),
        ("Clara Weiss sold her palace in Bremen.", "The seller of the palace in Bremen was Clara Weiss", S),
        ("Clara Weiss sold her palace in Bremen.", "The seller of the palace in Bremen was Otto Brandt", N),
        (
            "Ida Falk won the race on Sunday; the Norwegian Kai Lund came second.",
            "The winner of the race was Norwegian",
            N,
        ),
    ],
)
def test_a_role_may_stand_before_its_holder(text, claim, label, label_of):
    assert label == label_of(claim, text)
