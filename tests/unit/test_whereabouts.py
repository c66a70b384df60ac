"""A place that the source names is where it happened only if the source puts it so."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Label


@pytest.mark.parametrize("method", ["slots", "both"])
@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The museum opened in Germany", "The museum opened in May, a German newspaper said."),
        ("The bridge was opened in Germany", "The German transport minister opened the bridge on Monday."),
        ("The virus was discovered in Japan", "A Japanese scientist discovered the virus in 1998."),
        ("The painting was sold in Paris", "The painting was sold to a Paris collector."),
        ("The painting was sold in Paris", "The painting was sold to Paris in 1990."),
        ("The letter was written in Rome", "The letter was written to Rome in 1612."),
        ("The plane crashed in Kenya", "The Kenyan plane crashed in a field on Monday."),
        ("Three tourists died in Kenya", "Three Kenyan tourists died in the crash."),
        ("Italy was beaten in Spain", "Italy was beaten by Spain in the final."),
        ("Italy lost 2-0 in Spain", "Spain beat Italy 2-0 in the final."),
        ("The troops were attacked in France", "France attacked the troops on Monday."),
        ("The minister spoke in Berlin", "The minister spoke about Berlin on Tuesday."),
        ("The protest was held in Poland", "The protest was held against Poland."),
        ("The ship was built in Denmark", "The ship was built for Denmark in 1920."),
        ("Weiss was born in Vienna", "Weiss, a Vienna lawyer, was born in 1920."),
        ("Weiss died in Vienna", "Weiss died three years after leaving Vienna."),
    ],
)
def test_a_place_in_another_part_is_not_where_it_happened(claim, source, method, label_of):
    assert Label.NOT_ENOUGH_EVIDENCE is label_of(claim, source, method=method)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The bridge collapsed in Lille", "The bridge collapsed in the northern port city of Lille on Friday."),
        ("The bridge collapsed in France", "The bridge collapsed in Lille, France, on Friday."),
        ("The mayor was shot in Naples", "The mayor was shot outside a bank in Naples."),
        ("The strike began in Norway", "The strike began at a shipyard near Bergen, Norway."),
        ("A court in Germany banned the film", "A German court banned the film on Friday."),
        ("The film was banned in Germany", "Germany banned the film on Friday."),
        ("Smoking in pubs was banned in Ireland in 2004", "Ireland banned smoking in pubs in 2004."),
        ("Elections were held in Germany in May", "German elections were held in May."),
        ("The talks were held in Geneva", "The Geneva talks were held in May."),
        ("The summit was held in Lisbon", "Lisbon hosted the summit in May."),
        ("Thirty cases were recorded in Kenya", "Kenya recorded 30 cases of the disease last week."),
        ("Weber settled in Paris", "Weber moved to Paris in 1951."),
        ("The committee met in Oslo", "OSLO, Jan. 12 - The committee met on Monday."),
    ],
)
def test_a_place_that_is_said_is_found(claim, source, label_of):
    assert Label.SUPPORTED is label_of(claim, source)


def test_an_article_about_the_place_says_where_if_the_sentence_before_does(label_of):
    source = "Riots broke out in Paris on Sunday. The mayor of Paris was hurt by a stone."
    assert Label.SUPPORTED is label_of("The mayor was hurt in Paris", source)


def test_the_reason_names_what_is_not_said():
    found = Checker(method="slots").explain(
        "The virus was discovered in Japan", source="A Japanese scientist discovered the virus."
    )
    assert "the source does not speak of “Japan”" == found.parts[0].candidates[0].why
