"""Figures that are older than what they measure are said to be; words about the code make nothing stale."""

import importlib
import json
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
CODE = '''
"""A module."""
# a comment


def twice(n: int) -> int:
    """Twice *n*."""
    return 2 * n
'''


@pytest.fixture
def stamps(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("stamps")
    for name in ("stamps", "speed"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (CODE.replace("A module", "The module"), True),
        (CODE.replace("# a comment", ""), True),
        (CODE.replace('    """Twice *n*."""\n', ""), True),
        (CODE.replace("2 * n", "(2 *\n        n)"), True),
        (CODE.replace("2 * n", "n * 2"), False),
        (CODE.replace("2 * n", "2.0 * n"), False),
        (CODE.replace("2 * n", "'twice'"), False),
        (CODE.replace(") -> int", ", m=None) -> int"), False),
    ],
)
def test_words_about_the_code_do_not_count(stamps, changed, same):
    assert same == (stamps.code_digest(CODE) == stamps.code_digest(changed))


def test_every_part_that_decides_a_row_is_in_its_stamp(stamps, tmp_path):
    data = tmp_path / "claims.jsonl"
    data.write_text("{}\n")
    plain = {"kind": "claims"}
    slots, both = (stamps.row_stamp(plain, method, data) for method in ("slots", "both"))
    pairs = stamps.row_stamp({"kind": "pairs"}, "meaning", data)
    assert {"language", "matching", "checker", "engines", "articles", "set"} <= set(slots) <= set(both)
    assert {"entailment"} <= set(both) - set(slots)
    assert not {"language", "matching"} & set(pairs)  # a rule about slots makes no figure of the model stale
    data.write_text("{ }\n")
    stamps.folder_digest.cache_clear()
    assert ["set"] == stamps.changed(slots, stamps.row_stamp(plain, "slots", data))


def test_what_is_stale_is_named_with_what_has_changed(stamps, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(stamps, "FIGURES", tmp_path)
    (tmp_path / "sets.toml").write_text(
        '[[set]]\nname = "a set"\nkind = "pairs"\nlabels = 2\nfile = "a.jsonl"\nmethods = ["meaning"]\n'
    )
    row = {"kind": "pairs", "name": "a set"}
    stamp = stamps.row_stamp(row, "meaning", tmp_path / "a.jsonl") | {"set": "of the day"}
    for name in ("reliability.svg", "risk-coverage.svg"):
        (tmp_path / name).write_text("<svg/>")

    def said(scored):
        (tmp_path / "scores.json").write_text(json.dumps({"a set": {"meaning": scored}}))
        assert 1 == stamps.main(["--pairs", str(tmp_path)])
        return [line for line in capsys.readouterr().out.splitlines() if line.startswith("accuracy")]

    assert [] == said({"stamp": stamp})
    assert ["accuracy  a set, meaning: measured before rows were stamped"] == said({})
    assert ["accuracy  a set, meaning: changed since: entailment"] == said({"stamp": stamp | {"entailment": "old"}})


def test_fresh_figures_pass(stamps, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(stamps, "FIGURES", tmp_path)
    speed = importlib.import_module("speed")
    (tmp_path / "sets.toml").write_text("set = []\n")
    (tmp_path / "scores.json").write_text("{}\n")
    (tmp_path / "speed.json").write_text(json.dumps({name: {"stamp": speed.stamp_of(name)} for name in speed.RUNS}))
    for name in ("reliability.svg", "risk-coverage.svg"):
        (tmp_path / name).write_text(f"<svg>{stamps.file_digest(tmp_path / 'scores.json')}</svg>")
    assert 0 == stamps.main([])
    assert "all are fresh\n" == capsys.readouterr().out


def test_every_program_that_measures_speed_is_there(stamps):
    assert stamps.HOUSE.is_dir()
    speed = importlib.import_module("speed")
    assert [] == [name for name in speed.RUNS if not (BENCHMARKS / f"{name}.py").is_file()]
