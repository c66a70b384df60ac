"""Words beside the claim's that make another thing of it in the source."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE


ANOTHER = [
    # a rank, a relative
    ("The mayor of Lund resigned", "The deputy mayor of Lund resigned."),
    ("The mayor of Lund was arrested", "The former mayor of Lund was arrested."),
    ("Anna Weber is the director of the museum", "Anna Weber is the acting director of the museum."),
    ("The mayor's brother was arrested", "The mayor and his brother-in-law were arrested."),
    ("Anna Weber has two sons", "Anna Weber has two sons-in-law."),
    # all but some
    ("Every school was closed", "Every school but one was closed."),
    ("Three miners died", "All but three miners died."),
    ("All houses were flooded", "All houses except the mill were flooded."),
    # the second, one of several
    ("The bank is the largest in Norway", "The bank is the second largest in Norway."),
    ("Brandt was the fastest swimmer", "Brandt was one of the fastest swimmers."),
    # a description of something else
    ("The car hit the tall tree", "The tall car hit the tree."),
    # by how much, and to what
    ("The price rose to 3 euros", "The price rose by 3 euros."),
    ("The price fell to 3 euros", "The price fell from 3 euros."),
    ("The population grew to 3,000", "The population grew by 3,000."),
    ("Exactly 30 people died", "About 30 people died."),
    # only begun, only asked
    ("The firm built an electric ferry", "The firm began to build an electric ferry."),
    ("Anna Weber left", "It is not known whether Anna Weber left."),
    ("Anna Weber won the race", "The judges asked whether Anna Weber won the race."),
    ("The workers were dismissed", "Half of the workers were dismissed."),
]


@pytest.mark.parametrize("method", ["slots", "both"])
@pytest.mark.parametrize(("claim", "source"), ANOTHER)
def test_another_thing_is_no_support(claim, source, method, label_of):
    assert S is not label_of(claim, source, method=method)


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        ("The mayor of Lund resigned", "The mayor of Lund resigned on Monday.", S),
        ("The deputy mayor of Lund resigned", "The deputy mayor of Lund resigned.", S),
        ("Anna Weber was mayor of Lund", "The former mayor of Lund, Anna Weber, opened the bridge.", S),
        ("The mayor's brother-in-law was arrested", "The mayor and his brother-in-law were arrested.", S),
        ("The cook saw the king", "No one but the cook saw the king.", S),
        ("The bank is the second largest in Norway", "The bank is the second largest in Norway.", S),
        ("The price rose to 3 euros", "The price rose from 2 euros to 3 euros.", S),
        ("The price rose by 3 euros", "The price rose by 3 euros.", S),
        ("About 30 people died", "About 30 people died.", S),
        ("Exactly 30 people died", "30 people died.", S),
        ("The army attacked the town", "The army began to attack the town.", S),
        ("More than 30 people died", "Almost 30 people died.", C),
        ("More than 30 people died", "Some 40 people died.", S),
        ("The tall car hit the tree", "The tall car hit the tree.", S),
    ],
)
def test_the_same_thing_is(claim, source, label, label_of):
    assert label is label_of(claim, source)
