"""Every rule finds its own example, and is named and numbered as the others are."""

from __future__ import annotations

import re

import pytest

from claimcheck import Checker, Corpus, Document
from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.checker.rules import RULES, code_of_row

#: Rules whose example needs more than one sentence of a source, the entailment model, or none.
APART = {"CC-C10", "CC-X01"}


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.code not in APART and r.source[0] != "("], ids=lambda rule: rule.code
)
def test_the_example_of_a_rule_is_found_by_it(rule):
    with Corpus.memory() as corpus:
        corpus.add(Document(id="source.txt", text=rule.source))
        checker = Checker(corpus)
        report = checker.check(draft_of_bytes(f"{rule.draft}\n".encode(), name="draft.md"))
        same = checker.check(draft_of_bytes(f"{rule.source} \n".encode(), name="draft.md"))
    assert [rule.code] == [d.code for d in report.diagnostics]
    assert [] == [d.code for d in same.diagnostics if d.code.startswith("CC-C")]


def test_codes_are_unique_and_well_formed():
    codes = [rule.code for rule in RULES]
    assert sorted(set(codes)) == sorted(codes)
    assert [] == [code for code in codes if not re.fullmatch(r"CC-[CXIMW]\d\d", code)]
    assert [] == [rule.code for rule in RULES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)]
    levels = {rule.code[3]: set() for rule in RULES}
    for rule in RULES:
        levels[rule.code[3]].add(rule.severity.value)
    assert ({"error"}, {"warning"}) == (levels["C"], levels["X"])


@pytest.mark.parametrize(("row", "code"), [("time", "CC-C01"), ("polarity", "CC-C05"), ("meaning", "CC-C10")])
def test_the_row_that_decided_gives_the_code(row, code):
    assert code == code_of_row(row)
