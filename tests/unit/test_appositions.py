"""Names in apposition: whose they are when the parser hangs them on the noun just before them."""

from __future__ import annotations

import pytest

from claimcheck.language import read_claim
from claimcheck.model import Slot


def bearer(text):
    """Whom the subject of the first statement names."""
    reading = read_claim(text)
    names = {e.id: e.name for e in reading.entities}
    subject = reading.sentences[0].statements[0].in_slot(Slot.SUBJECT)[0]
    return names.get(subject.entities[0], "") if subject.entities else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The rector of Coimbra, Anna Falk, did not resign.", "Anna Falk"),
        ("The chairman of the bank in Oslo, Nils Falk, bought a boat.", "Nils Falk"),
        ("The widow of Otto Falk, Anna Weiss, sold the mill.", "Anna Weiss"),
        ("The mayor, Anna Falk, bought a boat.", "Anna Falk"),
        # the name is that of the noun beside it
        ("The wife of the chairman, Nils Falk, bought a boat.", ""),
        ("The mayor of the largest town in Norway, Oslo, bought a boat.", ""),
    ],
)
def test_a_name_set_off_by_commas_is_that_of_the_office_above(text, name):
    assert name == bearer(text)
