"""Words of a claim that are in the sentence, but belong to something else there."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # another fills the place
        (
            "The barn in Halden, whose door was torn off by a gale, is being mended by a firm from Bremen.",
            "A firm from Bremen tore off the barn's door",
            N,
        ),
        (
            "In May only members will be let into the hall, the trustees decided; the pupils had scratched the floor.",
            "The pupils will be let into the hall in May",
            N,
        ),
        (
            "In May only members will be let into the hall, the trustees decided; the pupils had scratched the floor.",
            "The pupils will be let into the hall in June",
            N,
        ),
        (
            "“I have never hit a waiter,” Otto Falk said in Bremen of the cook’s complaint.",
            "Otto Falk hit the cook",
            N,
        ),
        (
            "The choice of Clara Weiss as head of the museum surprised its staff, who had backed Otto Falk.",
            "Otto Falk was chosen head of the museum",
            N,
        ),
        # it is the same one, put otherwise, or one of two
        ("Otto Falk and Clara Weiss landed in Bremen on Sunday.", "Otto Falk and Clara Weiss landed in Bremen", S),
        ("The firm, Falk Brothers, bought the mill in 2009.", "Falk Brothers bought the mill in 2009", S),
        ("A guard called Pickles found the cup in March.", "The cup was found by a man called Pickles", S),
        ("The mill was bought by Otto Falk, a baker.", "A baker bought the mill", S),
        ("The barn door was torn off by a gale from the west.", "A gale tore off the barn door", S),
        # what is only the ground of something else
        ("The captain had heard an explosion before the Tern sank.", "The Tern sank because of an explosion", N),
        ("The Tern sank because of an explosion.", "The Tern sank because of an explosion", S),
        # how long after is more than after
        ("Otto Falk resigned after the vote.", "Otto Falk resigned the day after the vote", N),
        ("Otto Falk resigned after the vote.", "Otto Falk resigned after the vote", S),
        # whoever is succeeded came before, though others are named with the office
        (
            "Otto Falk was sworn in as governor on Monday in succession to Don Emil Brandt, who is to be minister.",
            "Emil Brandt preceded Otto Falk as governor",
            S,
        ),
        # a comparison is more than its first half
        ("Wages rose by 6 percent and prices by 10.", "Wages rose faster than prices", N),
        ("Wages rose by 6 percent and prices by 10.", "Wages rose", S),
    ],
)
def test_words_count_in_their_own_place_only(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("Otto Falk beat Karl Brandt by a stride in Bremen.", "Karl Brandt lost to Otto Falk by a stride", S),
        ("Otto Falk beat Karl Brandt in Bremen.", "Otto Falk lost to Karl Brandt in Bremen", C),
        ("Karl Brandt lost to Otto Falk in Bremen.", "Otto Falk beat Karl Brandt in Bremen", S),
        ("Karl Brandt lost to Otto Falk in Bremen.", "Karl Brandt beat Otto Falk in Bremen", C),
        ("Otto Falk bought the mill from Karl Brandt.", "Karl Brandt sold the mill", S),
        ("The attack on Halden surprised Bremen.", "Halden attacked Bremen", N),
        ("The army's attack on Halden surprised Bremen.", "The army attacked Halden", S),
    ],
)
def test_roles_stay_with_those_who_have_them(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # the figure or the date of something else
        ("Anna Falk, who is 19, lives with her mother, the painter Vera Weiss.", "Vera Weiss is 43 years old", N),
        ("Anna Falk is 19 years old.", "Anna Falk is 17 years old", C),
        (
            "Between her debut in May 1996 and her farewell in June 2009, Vera Weiss missed seven matches.",
            "Vera Weiss missed a match in 2007",
            N,
        ),
        ("Vera Weiss missed a match in 1996.", "Vera Weiss was born in Bremen in 2007", N),
        ("The ice on Lake Arvan was 60 centimetres thick in 2012.", "The ice was thicker in 1929 than in 2012", N),
        ("The mill in Halden was closed in 2012.", "The mill in Halden was closed in 1929", C),
        # a rank that tells one from another
        (
            "The probe is the third to reach the moon and the first to bring back dust; the second broke up.",
            "The second probe brought back dust",
            N,
        ),
        ("Anna Falk was the first mayor of Halden.", "Anna Falk was the second mayor of Halden", C),
        # a part of another set
        (
            "Just 31 percent of the people of Halden want the mill moved.",
            "Most of the council of Halden wants the mill moved",
            N,
        ),
        (
            "Just 31 percent of the people of Halden want the mill moved.",
            "Most people of Halden want the mill moved",
            C,
        ),
        # not so much as before is still much
        ("The ice was 60 centimetres thick on Lake Arvan.", "The ice on Lake Arvan had never been so thick", N),
    ],
)
def test_a_value_is_held_against_that_of_the_same_thing(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("The tower in Halden is taller than the church.", "The church in Halden is taller than the tower", C),
        ("The tower in Halden is taller than the church.", "The tower in Halden is taller than the church", S),
        ("The tower in Halden is taller than the church.", "The church in Halden is lower than the tower", S),
        ("Otto Falk is older than Karl Brandt.", "Karl Brandt is older than Otto Falk", C),
        ("Otto Falk is older than Karl Brandt.", "Otto Falk is older than Karl Brandt", S),
        ("Otto Falk is older than Karl Brandt.", "Karl Brandt is older than Vera Weiss", N),
    ],
)
def test_a_comparison_has_two_sides(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        ("The firm Falk will open a mill near Halden in May.", "Falk is to open a mill near Halden", S),
        ("The firm Falk will open a mill near Halden in May.", "Falk is to open a mill near Halden in June", C),
        ("The firm Falk will not open a mill near Halden.", "Falk is to open a mill near Halden", C),
        ("The firm Falk will open a mill near Halden.", "Falk is not to open a mill near Halden", C),
        ("The mill in Halden will be sold in May.", "The mill in Halden is to be sold in May", S),
        ("The mill in Halden may be sold in May.", "The mill in Halden is to be sold in May", N),
        ("The firm Falk opened a mill near Halden in May.", "Falk is to open a mill near Halden", N),
        ("The firm Falk will open a mill near Halden in May.", "Falk is to open a mill near Halden and hire 90 men", N),
        ("Falk, a Bremen firm, opened a mill in Halden for 90 men.", "Falk is to open a mill for 90 men", N),
    ],
)
def test_what_is_to_happen_is_planned(text, claim, label, label_of):
    assert label == label_of(claim, text)


FRONT = "---\ntitle: The summit, fifty years on\npublished: 2003-05-30\nfacts: a book of 1955\n---\n\n"
ASCENT = "Sir Otto Falk recalled his ascent of the Halden on Thursday.\n"


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        # a year that only the front matter names is none of the article's
        (FRONT + ASCENT, "Otto Falk climbed the Halden in 1955", N),
        # a day that the source does not speak of
        (
            "It was a holiday, and the pier was full when the panic broke out at four.",
            "The panic broke out on the day the pier opened",
            N,
        ),
        # another's rank
        (
            "For the first time two sisters finished first and second: Clara Weiss won in Halden on Sunday.",
            "Otto Falk finished third in Halden",
            N,
        ),
    ],
)
def test_what_stands_elsewhere_settles_nothing(text, claim, label, label_of):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    "claim", ["A woman commanded a trawler in Norway before {}", "Before {}, a woman commanded a trawler in Norway"]
)
def test_the_first_of_all_is_no_proof_of_somebody_before_her(claim, verdict_of):
    text = "Marta Lind, 31, took the ship to sea, the first woman to command a trawler in Norway."
    verdict = verdict_of(claim.format("Marta Lind"), text)
    assert (N, "the source does not say “before Marta Lind”") == (verdict.label, verdict.reason)


def test_a_pronoun_that_may_be_either_of_two_does_not_contradict(label_of):
    text = "Otto Falk met Emil Brandt before he founded the paper in Halden."
    assert C is not label_of("Emil Brandt founded the paper in Halden", text)
