"""What is denied of somebody else, of some only, or of all but one; and what somebody is without."""

import pytest


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        # of others
        ("The falcons claimed the islet", "Neither brother has claimed the islet.", "neutral"),
        ("Otto Falk claimed the islet", "Neither Otto Falk nor Ivo Brandt has claimed the islet.", "contradicts"),
        ("At least one councillor opposed the marina", "Not all of the councillors supported the marina.", "neutral"),
        # of all but one
        ("The cook saw the minister", "No one but the cook saw the minister leave.", "supports"),
        ("The cook saw the minister", "Nobody except the cook saw the minister leave.", "supports"),
        ("Otto Falk signed the treaty", "Otto Falk did not sign the treaty but tore it up.", "contradicts"),
        # not this but that
        ("Otto Falk bought the house", "Otto Falk bought not the house but the farm.", "contradicts"),
        ("Otto Falk bought the farm", "Otto Falk bought not the house but the farm.", "supports"),
        ("The commune paid the bill", "The bill was paid not by the commune but by emigrants.", "neutral"),
        ("Emigrants paid the bill", "The bill was paid not by the commune but by emigrants.", "supports"),
        ("Otto Falk was born in Vienna", "Otto Falk was born not in Vienna but in Graz.", "contradicts"),
        ("Otto Falk saw the minister", "Otto Falk saw not only the minister but also the king.", "supports"),
        # without
        ("The bank did business with a licence", "The bank did business without a licence.", "contradicts"),
        ("The bank did business without a licence", "The bank did business without a licence.", "supports"),
        (
            "The bank did business for eight months under a licence",
            "For eight months the bank did business in the town without a licence.",
            "neutral",
        ),
        # not once
        ("The owners tested the alarm", "Not once did the owners of the hotel test the alarm.", "neutral"),
        # which one is meant
        ("The 2009 summit was held in Bremen", "The 2010 summit was held in Bremen.", "neutral"),
        ("The summit was held in Bremen in 2009", "The summit was held in Bremen in 2010.", "contradicts"),
        # what somebody has
        (
            "Otto Falk is a brother of the mayor",
            "The contract went to Otto Falk, a brother of the mayor's mother.",
            "neutral",
        ),
        ("Otto Falk is a brother of the mayor", "The contract went to Otto Falk, a brother of the mayor.", "supports"),
    ],
)
def test_who_is_meant(stance_of, claim, source, expected):
    assert expected == stance_of(claim, source)
