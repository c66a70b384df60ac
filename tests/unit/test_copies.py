"""Which sentences count as one source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.checker.copies import clusters

WIRE = "The ferry Aurora ran aground off the island of Fensund on Monday night with 212 people on board, police said."


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE.upper(),
        WIRE.replace(", police said", ""),
        WIRE.replace("ran aground", "went aground"),
        f"Fensund (Nordic Press) – {WIRE}",
    ],
)
def test_copies_count_once(copy):
    assert [0, 0] == clusters([WIRE, copy])


@pytest.mark.parametrize(
    "other",
    [
        WIRE.replace("212", "221"),
        "A ferry with 212 people on board has run aground near Fensund.",
        "The ferry Aurora ran late.",
        "Police said so.",
    ],
)
def test_what_says_it_otherwise_is_another_source(other):
    assert [0, 1] == clusters([WIRE, other])


def test_groups_are_numbered_as_they_begin():
    assert [0, 1, 0, 2, 1] == clusters(["One thing.", "Another one.", "One thing!", "A third.", "another one"])


@given(st.lists(st.text(alphabet="ab1 ", max_size=12), max_size=6))
def test_every_text_has_a_group_and_equal_texts_share_it(texts):
    numbers = clusters(texts)
    assert len(texts) == len(numbers)
    assert all(numbers[texts.index(text)] == number for text, number in zip(texts, numbers, strict=True))
    assert set(range(len(set(numbers)))) == set(numbers)
