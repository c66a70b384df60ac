from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest

from claimcheck import cli
from claimcheck.cli import main
from claimcheck.render.objects import schema

pytestmark = pytest.mark.usefixtures("engine")

GOLD = [
    {"id": "1", "claim": "The bridge opened", "verdict": "supported", "tags": ["date"]},
    {"id": "2", "claim": "The bridge never opened", "verdict": "supported", "tags": ["negation"]},
    {"id": "3", "claim": "Is it?", "verdict": "not_enough_evidence"},
]


@pytest.fixture
def write(tmp_path):
    def call(name, *objects):
        path = tmp_path / name
        path.write_text("".join(o if isinstance(o, str) else json.dumps(o) + "\n" for o in objects), encoding="utf-8")
        return path

    return call


@pytest.fixture
def evaluation(write, tmp_path):
    """A data set, and where to write an export."""
    return write("gold.jsonl", *GOLD), tmp_path / "out"


# ---------------------------------------------------------------------------- judge


def test_judge_pairs_in_order_with_errors_in_their_place(run, write):
    path = write(
        "pairs.jsonl",
        {"id": "a", "claim": "it opened", "evidence": "In 1932 it opened."},
        "{bad\n",
        {"claim": "it opened"},
        {"claim": "it opened", "evidence": " "},
        {"claim": "it opened", "evidence": "Line\u0000one"},
    )
    ran = run("judge", "--pairs", path, "--format", "jsonl")
    values = [json.loads(line) for line in ran.out.splitlines()]
    assert ["a", "2", "3", "4", "5"] == [value["id"] for value in values]
    assert ["supports", None, None, None, "neutral"] == [value.get("label") for value in values]
    assert ["CC-E06", "CC-E06", "CC-E11"] == [value["error"]["code"] for value in values if "error" in value]
    assert "line 3: the evidence is missing" in values[2]["error"]["message"]
    assert 2 == ran.status
    for value in values:
        jsonschema.validate(value, schema("judgement"))


def test_judge_one_pair_from_the_arguments(run):
    ran = run("judge", "it opened", "In 1932 it opened.", "--format", "json")
    assert (0, "supports") == (ran.status, json.loads(ran.out)["label"])
    text = run("judge", "it opened", "In 1932 it opened.")
    assert "Supports" in text.out
    assert "│ In 1932 it opened." in text.out


def test_judge_hands_titles_over(run, write, engine):
    titles = [{"title": "Otto Falk"}, {"title": ["Otto Falk", "Varn"]}, {"title": None}, {}]
    path = write("pairs.jsonl", *({"claim": "x", "evidence": "y"} | title for title in titles))
    assert 0 == run("judge", "--pairs", path).status
    assert ["Otto Falk", "Otto Falk, Varn", "", ""] == engine["titles"]
    ran = run("judge", "--pairs", write("bad.jsonl", {"claim": "x", "evidence": "y", "title": 7}), "--format", "json")
    assert "line 1: the title is missing or not a text" in ran.out


def test_judge_never_exits_with_1(run, write):
    path = write("pairs.jsonl", {"claim": "x", "evidence": "y"})
    assert 0 == run("judge", "--pairs", path).status


@pytest.mark.parametrize("arguments", [("judge",), ("judge", "one"), ("judge", "a", "b", "--pairs", "x")])
def test_judge_usage(run, arguments):
    ran = run(*arguments)
    assert 2 == ran.status
    assert "give one CLAIM and one EVIDENCE" in ran.err


def test_judge_missing_file(run):
    assert "error[CC-E03]: the pairs file none.jsonl cannot be read" in run("judge", "--pairs", "none.jsonl").err


# ------------------------------------------------------------------------- evaluate


def test_evaluate_as_text_and_json(run, write):
    path = write("gold.jsonl", *GOLD)
    ran = run("evaluate", path, "--corpus", "x", "--show", "wrong")
    assert 0 == ran.status
    for words in ("3 claims", "accuracy", "0.333", "FEVER score", "negation", "given contradicted", "CC-E02"):
        assert words in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    report = json.loads(run("evaluate", path, "--corpus", "x", "--format", "json").out)
    assert pytest.approx(1 / 3, abs=1e-6) == report["scores"]["accuracy"]
    assert "wrong" not in report


@pytest.mark.parametrize(
    ("export_format", "read", "expected"),
    [
        (
            "fever",
            lambda text: [json.loads(line)["predicted_label"] for line in text.splitlines()],
            ["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"],
        ),
        (
            "averitec",
            lambda text: [item["pred_label"] for item in json.loads(text)],
            ["Supported", "Refuted", "Not Enough Evidence"],
        ),
    ],
)
def test_evaluate_exports(run, evaluation, export_format, read, expected):
    data, target = evaluation
    run("evaluate", data, "--corpus", "x", "--export", target, "--export-format", export_format)
    assert expected == read(target.read_text(encoding="utf-8"))


def test_evaluate_names_the_faulty_line(run, write):
    ran = run("evaluate", write("gold.jsonl", GOLD[0], {"claim": "x", "verdict": "maybe"}), "--corpus", "x")
    assert 2 == ran.status
    assert "error[CC-E40]: gold.jsonl, line 2: 'maybe' is not a label" in ran.err


# --------------------------------------------------------------------------- frame


def test_every_command_is_listed_with_its_own_summary(run):
    listed = run("--help").out
    for name, summary in cli._COMMANDS.items():  # noqa: SLF001 - the list must agree with the commands
        assert summary in listed
        own = run(name, "--help").out
        assert summary in own
        assert "Example" in own


def test_version(run):
    ran = run("--version")
    assert (0, True) == (ran.status, ran.out.startswith("claimcheck "))


LIGHT = """
import sys, claimcheck
from claimcheck.cli import main
status = main(["--help"])
heavy = {"spacy", "numpy", "rich", "sqlite3"} & set(sys.modules)
sys.exit(f"loaded {heavy}" if heavy or status else 0)
"""


def test_help_loads_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, check=False)
    assert (0, b"") == (done.returncode, done.stderr)


def test_a_closed_pipe_is_quiet():
    command = f"{sys.executable} -m claimcheck --help; for i in 1 2 3; do {sys.executable} -m claimcheck --help; done"
    done = subprocess.run(f"({command}) | head -n 1", shell=True, capture_output=True, check=False)
    assert b"" == done.stderr


def test_output_is_utf8_in_any_locale():
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "claimcheck", "verify", "--claims", "ö\u2028.jsonl"],
        capture_output=True,
        check=False,
        env=environment,
    )
    assert 2 == done.returncode
    assert "ö .jsonl cannot be read" in done.stderr.decode("utf-8")


def test_main_returns_the_status():
    assert 2 == main(["verify"])
