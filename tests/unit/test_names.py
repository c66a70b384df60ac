"""Names: which can mean one thing, which cannot, and how a document's names come together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Document
from claimcheck.language import read
from claimcheck.language.given_names import gender_of, same_given_name, title_gender
from claimcheck.language.names import NameRelation, Shelves, compare_names, compare_words, core, name_words
from claimcheck.model import EntityKind

SAME, COMPATIBLE, DIFFERENT = NameRelation.SAME, NameRelation.COMPATIBLE, NameRelation.DIFFERENT


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # the same words in another dress
        ("Otto Falk", "otto falk", SAME),
        ("Otto Falk's", "Otto Falk", SAME),
        ("Clara Müller", "Clara Muller", SAME),
        ("Mr. Falk", "Falk", SAME),
        ("President Clara Weiss", "Clara Weiss", SAME),
        ("Otto Falk Jr.", "Otto Falk", SAME),
        ("Kim Jong Il", "Kim Jong-il", SAME),
        ("Deng Xiaoping", "Xiaoping Deng", SAME),
        ("University of Oslo", "Oslo University", SAME),
        # initials
        ("John F. Kennedy", "John Kennedy", SAME),
        ("John F. Kennedy", "John D. Kennedy", DIFFERENT),
        # short forms of given names, spelling variants of long words
        ("Bill Falk", "William Falk", SAME),
        ("Gorbachev", "Gorbachov", SAME),
        ("Tchaikovsky", "Tchaikovski", SAME),
        # acronyms and countries
        ("European Space Agency", "ESA", SAME),
        ("the United States", "U.S.", SAME),
        ("France", "French", SAME),
        ("North Korea", "DPRK", SAME),
        ("France", "Germany", DIFFERENT),
        ("North Korea", "South Korea", DIFFERENT),
        # shorter forms
        ("Clara Weiss", "Weiss", COMPATIBLE),
        ("Lars Berg", "Lars", COMPATIBLE),
        ("Anna Maria Berg", "Anna Berg", COMPATIBLE),
        # people whose names merely look alike
        ("Kim Jong Il", "Kim Jong Un", DIFFERENT),
        ("Kim Jong Il", "Kim Jong Nam", DIFFERENT),
        ("Kim Il Sung", "Kim Jong Il", DIFFERENT),
        ("Adam Smith", "Adam Smyth", DIFFERENT),
        ("Clara Weiss", "Otto Weiss", DIFFERENT),
        ("Clara Weiss", "Claire Weiss", DIFFERENT),
        ("Johann Weber", "Johann Wagner", DIFFERENT),
        ("Weiss", "Falk", DIFFERENT),
        ("George H. W. Bush", "George W. Bush", DIFFERENT),
        # nothing to compare
        ("", "Falk", DIFFERENT),
        ("...", "...", DIFFERENT),
    ],
)
def test_names_compared(first, second, expected):
    assert (expected, expected) == (compare_names(first, second), compare_names(second, first))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Prime Minister Clara Weiss’s", ("clara", "weiss")),
        ("the Lindqvist Institute", ("lindqvist", "institute")),
        ("J.R.R. Falk", ("jrr", "falk")),
        ("Zoë Ångström", ("zoe", "angstrom")),
        ("President", ("president",)),
        ("", ()),
    ],
)
def test_words_of_a_name(name, expected):
    assert expected == name_words(name)


@pytest.mark.parametrize(
    ("name", "expected"), [("clara", "f"), ("otto", "m"), ("weiss", ""), ("", ""), ("kim", gender_of("kim"))]
)
def test_gender_of_given_names(name, expected):
    assert expected == gender_of(name)


@pytest.mark.parametrize(
    ("title", "expected"), [("mr.", "m"), ("mrs.", "f"), ("king", "m"), ("queen", "f"), ("president", ""), ("", "")]
)
def test_gender_of_titles(title, expected):
    assert expected == title_gender(title)


def test_short_forms_of_a_given_name_go_both_ways():
    assert same_given_name("bill", "william")
    assert same_given_name("william", "bill")
    assert not same_given_name("bill", "robert")


# -------------------------------------------------------------------------- in a document


def entities(text):
    return read(Document(id="d", text=text)).entities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Weiss left. Clara Weiss stayed.", {"Clara Weiss"}),
        ("Clara Weiss left.\n\nOtto Falk stayed.\n\nWeiss returned.", {"Clara Weiss", "Otto Falk"}),
        ("Bill Falk met Otto Weiss. William Falk left.", {"Bill Falk", "Otto Weiss"}),
        ("Anna Berg met Lars Berg. Lars left.", {"Anna Berg", "Lars Berg"}),
        ("Kim Il Sung died in 1994. Kim Jong Il took over.", {"Kim Il Sung", "Kim Jong Il"}),
        (
            "The European Space Agency (ESA) launched the probe. ESA built it in 2001.",
            {"European Space Agency"},
        ),
        ("The World Health Organization (WHO) met. The WHO voted.", {"World Health Organization"}),
    ],
)
def test_one_entity_for_all_names_of_one_thing(text, expected):
    assert expected == {e.name for e in entities(text)}


def test_kinds_of_names():
    found = {e.name: e.kind for e in entities("Clara Weiss of the European Space Agency visited Ghana.")}
    expected = {
        "Clara Weiss": EntityKind.PERSON,
        "European Space Agency": EntityKind.ORGANISATION,
        "Ghana": EntityKind.PLACE,
    }
    assert expected == found


@pytest.mark.parametrize("text", ["Otto Falk, a Russian historian, left.", "The Russian historian Otto Falk left."])
def test_roles_beside_a_name_are_kept(text):
    falk = next(e for e in entities(text) if e.name == "Otto Falk")
    assert ("russian historian",) == falk.roles


def test_entity_ids_are_unique():
    ids = [e.id for e in entities("Anna Berg met Lars Berg, Clara Weiss and Otto Falk in Oslo, Norway.")]
    assert len(ids) == len(set(ids))


_WORDS = st.sampled_from(
    ["bill", "william", "falk", "weissmann", "weismann", "of", "space", "agency", "european", "esa", "sa", "k", "jr"]
)


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(tuple), unique=True, max_size=12))
def test_names_are_found_again_without_comparing_all(names):
    """Regression: each name was compared with all others, which took the square of the time in a long text."""
    shelves = Shelves()
    ordered = sorted(names, key=lambda words: -len(core(words)))
    for place, words in enumerate(ordered):
        near = shelves.near(words)
        alike = [i for i in range(place) if compare_words(words, ordered[i]) is not DIFFERENT]
        assert set(alike) <= set(near)
        assert sorted(near) == near
        shelves.add(words, place)
