"""Words that the source has are the claim's only if they are attached to the verb as the claim attaches them."""

from __future__ import annotations

import pytest

from claimcheck import Label
from claimcheck.language.links import links_agree

OPEN = [
    # another preposition
    ("Anna Weber wrote to the minister", "Anna Weber wrote about the minister."),
    ("Anna Weber wrote a book about the war", "Anna Weber wrote a book during the war."),
    ("Anna Weber spoke against the law", "Anna Weber spoke about the law."),
    ("Anna Weber spoke for the union", "Anna Weber spoke to the union."),
    ("Anna Weber voted against the budget", "Anna Weber voted on the budget."),
    ("Anna Weber bought the house from Otto Falk", "Anna Weber bought the house for Otto Falk."),
    ("Anna Weber received a letter from Otto Falk", "Anna Weber received a letter about Otto Falk."),
    ("Anna Weber gave a talk about Otto Falk", "Anna Weber gave a talk with Otto Falk."),
    ("Anna Weber resigned over the scandal", "Anna Weber resigned before the scandal."),
    ("Anna Weber left Siemens for Bosch", "Anna Weber left Bosch for Siemens."),
    ("The minister apologised to the victims", "The minister apologised for the victims."),
    ("The bridge was designed by Anna Weber", "The bridge was designed for Anna Weber."),
    ("The court ruled for the tenant", "The court ruled on the tenant."),
    ("The boy was rescued by a soldier", "The boy was rescued from a soldier."),
    # another noun
    ("The boy was bitten by a dog", "The boy with a dog was bitten."),
    ("The report was written by the police", "The report about the police was written last year."),
    ("The talks failed because of the dispute", "The talks on the dispute failed."),
    ("Anna Weber worked for Siemens", "Anna Weber worked on a report about Siemens."),
    ("Anna Weber sold the house to Otto Falk", "Anna Weber sold the house of Otto Falk."),
    ("Anna Weber died of cancer", "Anna Weber died after a talk on cancer."),
    ("Anna Weber was chairman of the bank", "Anna Weber, a friend of the chairman of the bank, was arrested."),
    ("Anna Weber's husband was arrested", "Anna Weber was arrested in front of her husband."),
    ("The company was founded by Anna Weber", "The company was founded by a friend of Anna Weber."),
    # another clause
    ("Anna Weber was killed by a bomb", "Anna Weber was killed after a bomb was found."),
    ("Anna Weber died of cancer", "Anna Weber, who had studied cancer, died on Monday."),
    ("Anna Weber resigned over the scandal", "Anna Weber, who had uncovered the scandal, resigned."),
    ("The senator voted for the bill", "The senator voted after the bill was changed."),
    ("The bank was robbed by three men", "The bank was robbed as three men watched."),
]


@pytest.mark.parametrize(("claim", "source"), OPEN)
def test_what_is_attached_otherwise_is_no_support(claim, source, label_of):
    assert Label.SUPPORTED is not label_of(claim, source)


@pytest.mark.parametrize(("claim", "source"), OPEN)
def test_no_meaning_makes_it_a_support(claim, source, label_of):
    assert Label.SUPPORTED is not label_of(claim, source, method="both")


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Anna Weber spoke about the law", "Anna Weber spoke on the law for an hour."),
        ("Otto Weiss met Clara Falk in 2009", "In 2009 Clara Falk met Otto Weiss."),
        ("Anna Weber met Otto Falk", "Anna Weber met with Otto Falk in Bremen."),
        ("Anna Weber died of the wound", "Anna Weber died from the wound on Monday."),
        ("Anna Weber fought against the plan", "Anna Weber fought the plan for years."),
        ("Anna Weber talked to Otto Falk", "Anna Weber talked with Otto Falk."),
        ("Otto Falk lost to Anna Weber", "Otto Falk lost against Anna Weber."),
        ("Anna Weber was arrested for theft", "Anna Weber was arrested over theft."),
        ("Otto Falk was kicked by a boy", "A boy kicked Otto Falk."),
        ("The letter was sent to Otto Falk", "The firm sent Otto Falk the letter."),
        ("About 300 people attended the funeral", "Some 300 people attended the funeral."),
        ("The bridge was closed by the police", "The bridge was closed on Monday by the police."),
        ("The bridge was designed by Anna Weber", "The bridge, which was designed by Anna Weber, is closed."),
        ("Anna Weber was arrested by the police for theft", "Police arrested Anna Weber for theft."),
        ("Anna Weber sold the house to Otto Falk", "Anna Weber sold her house to Otto Falk in May."),
    ],
)
def test_the_same_role_is_support(claim, source, label_of):
    assert Label.SUPPORTED is label_of(claim, source)


def test_another_preposition_is_no_contradiction(label_of):
    for source in ("Anna Weber spoke about the law.", "Anna Weber spoke on the law."):
        assert Label.NOT_ENOUGH_EVIDENCE is label_of("Anna Weber spoke against the law", source)


def test_the_way_there_and_back_is_compared_as_a_whole(label_of):
    assert Label.CONTRADICTED is label_of(
        "The river flows from Bremen to Hamburg", "The river flows from Hamburg to Bremen."
    )


@pytest.mark.parametrize(
    ("first", "second", "named", "agree"),
    [
        ("about", "on", False, True),
        ("about", "against", False, False),
        ("by", "with", False, True),
        ("by", "with", True, False),
        ("", "with", True, True),
        ("", "about", False, False),
        ("", "for", True, False),
        ("", "for", False, True),
        ("npadvmod", "for", False, True),
    ],
)
def test_prepositions_agree_where_they_share_a_role(first, second, named, agree):
    assert agree is links_agree(first, second, named=named)
    assert agree is links_agree(second, first, named=named)
