import pytest

from claimcheck.checker.pairs import sources_of_text
from claimcheck.matching.spoken import spoken_out, views


def spoken(text, sentence=-1):
    return spoken_out(sources_of_text(text)[sentence])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Otto Falk spoke in Bremen. He met the mayor in 2009.",
            "Otto Falk met the mayor in 2009.",
        ),
        (
            "Otto Falk spoke in Bremen. His father was a baker.",
            "Otto Falk’s father was a baker.",
        ),
        ("Otto Falk spoke in Bremen. Mr. Falk met the mayor.", "Mr. Otto Falk met the mayor."),
        ("Otto Falk spoke in Bremen. Falk’s car was stolen.", "Otto Falk’s car was stolen."),
    ],
)
def test_pronouns_and_short_names_are_spoken_out(text, expected):
    assert expected == spoken(text)


def test_a_person_is_spoken_out_once():
    assert "Otto Falk said he would go." == spoken("Otto Falk is a baker. He said he would go.")


@pytest.mark.parametrize(
    "text",
    [
        "The forum met in Bremen. It closed after two days.",
        "The mayor spoke. Nobody met her.",
        "The bridge was opened in March 1932.",
        "He met nobody.",
    ],
)
def test_what_is_not_surely_known_stays_as_it_is(text):
    assert sources_of_text(text)[-1].sentence.span.text == spoken(text)


def test_relative_dates_are_dated():
    text = "BREMEN, Oct. 24, 2000 (Wire) — The two ministers met on Monday."
    assert "on Monday (23 October 2000)." in spoken(text)


def test_the_model_is_given_the_day_over_the_article_and_the_sentence_before():
    text = "BREMEN, Oct. 24, 2000 (Wire) — The agency opened an office. Otto Falk met the mayor."
    alone, dated, after = views(sources_of_text(text)[-1])
    assert "Otto Falk met the mayor." == alone
    assert f"24 October 2000: {alone}" == dated
    assert after.endswith(f"The agency opened an office. {alone}")


def test_a_first_sentence_of_an_unknown_day_has_one_view():
    assert ("Otto Falk met the mayor.",) == views(sources_of_text("Otto Falk met the mayor.")[0])
