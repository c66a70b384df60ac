"""Who was on the other side: votes against, whom it was done to, who else is called that, and what is over."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
VOTE = (
    "Of the 27 members of the council, 15 voted for the "
    "tram line, nine against, and three, among them the mayor, abstained."
)
PROFIT = (
    "The firm, which had made a profit of 40 million euros in 2018, "
    "lost 31 million in 2020 before it was taken over by its rival Norlys."
)
BAH = (
    "Colonel Idris Bah, who commanded the garrison until he was promoted to general "
    "last week, denied on Friday that his troops had fired on the marchers."
)
RAIN = "Heavy rain and not, as was first reported, a faulty signal caused the derailment near Lund, investigators said."
TWO = "Only two of the candidates, the former general Osman Tal and the economist Rita Bloom, have said so."


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        # "nine against" is a vote of its own, and a bare number is nobody in an office
        ("Nine members voted against the tram line", VOTE, S),
        ("Fifteen members voted for the tram line", VOTE, S),
        ("Fifteen members voted against the tram line", VOTE, C),
        ("The mayor voted for the tram line", VOTE, N),
        ("The mayor opposes the tram line", VOTE, N),
        # whose profit it was
        ("Norlys made a profit in 2020", PROFIT, N),
        ("The firm made a profit in 2018", PROFIT, S),
        # "last week" is no distinction, and to fire on somebody is not to fire him
        ("Bah was dismissed last week", BAH, N),
        ("Bah was promoted last week", BAH, S),
        # what the sentence takes out
        ("A faulty signal caused the derailment", RAIN, N),
        ("Heavy rain caused the derailment", RAIN, S),
        # who else is called that
        ("Osman Tal is an economist", TWO, N),
        ("Rita Bloom is an economist", TWO, S),
        # the younger and the elder
        ("The younger brother died in prison", "By then the elder had died in prison.", N),
        ("The elder brother died in prison", "By then the elder brother had died in prison.", S),
        # what was so until then
        ("Ferri teaches at the Rosmini school", "Ferri taught at the Rosmini school until her election last May.", N),
        ("Ferri taught at the Rosmini school", "Ferri taught at the Rosmini school until her election last May.", S),
    ],
)
def test_the_other_side_is_told_apart(claim, source, label, label_of):
    assert label is label_of(claim, source)


def test_two_names_that_change_places_still_contradict(label_of):
    source = "Not since 1884, when Maud Watson defeated Lillian Bruck, had two sisters met in a final."
    assert C is label_of("Lillian Bruck defeated Maud Watson in 1884", source)
