"""The written templates: every one can be filled, and the fillings are what the variables promise."""

from __future__ import annotations

import json
import random
import re

import pytest

written = pytest.importorskip("training.written")

TEMPLATES = [
    pytest.param(json.loads(line), id=f"{file.stem}:{number}")
    for file in sorted(written.FOLDER.glob("*.jsonl"))
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
]


def filled(template, seed=1):
    return list(written.filled(template, written.Values(random.Random(seed))))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_whole_and_can_be_filled(template):
    assert {"phenomenon", "title", "passage", *written.LABELS} == set(template)
    assert all(template[key] for key in written.LABELS)
    pairs = filled(template)
    assert not any(re.search("[{}]", f"{p.claim}{p.evidence}{p.title}") for p in pairs)
    assert len({p.claim for p in pairs}) == len(pairs)


def test_no_claim_of_one_template_is_right_and_wrong():
    for parameter in TEMPLATES:
        (template,) = parameter.values
        claims = [set(template[key]) for key in written.LABELS]
        assert sum(map(len, claims)) == len(set.union(*claims))


def test_the_same_seed_fills_alike_and_another_does_not():
    assert list(written.written_pairs(1, 1)) == list(written.written_pairs(1, 1))
    assert list(written.written_pairs(1, 1)) != list(written.written_pairs(2, 1))


@pytest.mark.parametrize("seed", range(40))
def test_what_the_variables_promise(seed):
    values = written.Values(random.Random(seed))
    person, first, last = values.fill("{A}|{A.first}|{A.last}").split("|")
    assert f"{first} {last}" == person
    same = [values.fill(f"{{{name}}}") for name in ("S1", "S2")]
    assert same[0].split()[1] == same[1].split()[1]
    assert same[0] != same[1]
    assert values.fill("{A.he} {A.his} {A.man}") in {"she her woman", "he his man"}
    year, later = map(int, values.fill("{y} {y+3}").split())
    assert year + 3 == later
    for kind in "npct":
        one, other = (float(x.replace(",", "")) for x in values.fill(f"{{{kind}}} {{{kind}2}}").split())
        assert not 0.6 < one / other < 1.6
    assert len(set(values.fill("{m} {m2}").split())) == 2
    assert len({values.fill(f"{{{name}}}") for name in "KLM"}) == 3


def test_a_variable_that_nobody_knows_is_an_error():
    with pytest.raises(KeyError):
        written.Values(random.Random(1)).fill("{q}")
