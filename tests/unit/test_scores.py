"""Scores, winners and losers: a figure behind a name is the score, and a win over somebody is not his."""

from __future__ import annotations

import pytest

from claimcheck import Label

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
BEAT = "Bremen beat Lugano 3-0 on Saturday."
LOST = "Brazil lost 2-1 to Peru in Lima."
WIN = "Weber's goal gave the Irish a 2-1 win over Cyprus, their first victory in seven matches."


@pytest.mark.parametrize(
    ("claim", "source", "label"),
    [
        ("Bremen won 3-0 against Lugano", BEAT, S),
        ("Bremen beat Lugano", BEAT, S),
        ("Lugano lost to Bremen", BEAT, S),
        ("Bremen beat Lugano 2-1", BEAT, C),
        ("Anna Weber beat Vera Novak", "Anna Weber defeated Vera Novak 6-4, 6-2 to reach the semifinals.", S),
        ("Anna Weber beat Vera Novak 6-3, 6-2", "Anna Weber defeated Vera Novak 6-4, 6-2.", C),
        # a country that wins or is beaten is no place
        ("Peru beat Brazil 2-1", LOST, S),
        ("Brazil lost to Peru", LOST, S),
        ("Peru lost to Brazil", LOST, C),
        ("Brazil beat Peru", LOST, C),
        # and what the parser hangs on a person is where it was
        ("Vera Novak beat Anna Weber", "Anna Weber lost 2-1 to Vera Novak in Lima.", S),
        ("Vera Novak beat Anna Weber in Lima", "Anna Weber lost 2-1 to Vera Novak in Lima.", S),
        # a win over somebody
        ("Cyprus beat Ireland 2-1", WIN, C),
        ("Vera Novak beat Anna Weber", "Anna Weber's victory over Vera Novak on Sunday was her third.", C),
    ],
)
def test_who_won_and_how(claim, source, label, label_of):
    assert label is label_of(claim, source)


def test_a_number_with_a_dash_can_still_be_a_name(label_of):
    assert S is label_of("A Boeing 747-400 landed in Oslo", "A Boeing 747-400 landed in Oslo on Friday.")
