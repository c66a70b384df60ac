from __future__ import annotations

import codecs
import datetime as dt
import json
import re

import jsonschema
import pytest

from claimcheck.render.objects import schema

GOOD, AGAINST, BOTH, OPEN = "The bridge opened", "The bridge never opened", "It perhaps opened", "An unheard thing"


@pytest.fixture(autouse=True)
def _engine(engine):
    return engine


@pytest.fixture
def claims(tmp_path):
    def write(text, name="claims.jsonl", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def jsonl(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def lines(*objects):
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)


# ------------------------------------------------------------------------- formats


def test_one_claim_as_text(run):
    ran = run("verify", GOOD, "--corpus", "x")
    assert (0, "") == (ran.status, ran.err)
    assert "✓ Supported" in ran.out
    assert "bridge.txt:1:1 · A bridge · 1990-05-01" in ran.out
    assert "\x1b" not in ran.out


def test_one_claim_as_json_is_an_object_and_a_batch_is_a_list(run, claims):
    alone = json.loads(run("verify", GOOD, "--corpus", "x", "--format", "json").out)
    assert "supported" == alone["verdict"]
    batch = json.loads(run("verify", GOOD, GOOD, "--corpus", "x", "--format", "json").out)
    assert ["1", "2"] == [item["id"] for item in batch]
    one = run("verify", "--claims", claims(lines({"claim": GOOD})), "--corpus", "x", "--format", "json")
    assert [alone] == json.loads(one.out)


def test_an_empty_batch_is_an_empty_list(run, claims):
    ran = run("verify", "--claims", claims(""), "--corpus", "x", "--format", "json")
    assert (0, []) == (ran.status, json.loads(ran.out))


def test_every_line_keeps_to_the_schema(run, claims):
    path = claims(lines({"claim": GOOD}, {"claim": AGAINST}, {"claim": BOTH}, {"claim": OPEN}, {"claim": "Is it?"}))
    ran = run("verify", "--claims", path, "--corpus", "x", "--format", "jsonl")
    for value in jsonl(ran):
        jsonschema.validate(value, schema("verdict"))
    labels = [value.get("verdict") for value in jsonl(ran)]
    assert ["supported", "contradicted", "conflicting", "not_enough_evidence", None] == labels


def test_text_batch_ends_with_a_count(run):
    ran = run("verify", GOOD, AGAINST, "Is it?", "--corpus", "x")
    assert "3 claims: 1 supported, 1 contradicted, 1 not checked" == ran.out.splitlines()[-1]
    assert "! Not checked  CC-E02" in ran.out


def test_plain_colour_and_width(run):
    ran = run("verify", GOOD, AGAINST, "--corpus", "x", "--plain")
    assert not re.search("[─-╿✓✗]", ran.out)
    assert "\x1b[" in run("verify", GOOD, "--corpus", "x", "--color", "always").out
    narrow = run("verify", GOOD, AGAINST, "--corpus", "x", "--width", "40")
    assert max(map(len, narrow.out.splitlines())) <= 40


@pytest.mark.parametrize(
    ("variables", "option", "colored"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"CLICOLOR_FORCE": "1"}, "auto", True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, "auto", True),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour_follows_the_option_then_the_environment(run, monkeypatch, variables, option, colored):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert colored == ("\x1b[" in run("verify", GOOD, "--corpus", "x", "--color", option).out)


# -------------------------------------------------------------------------- status


@pytest.mark.parametrize(
    ("claim", "options", "status"),
    [
        (GOOD, (), 0),
        (AGAINST, (), 1),
        (BOTH, (), 0),
        (OPEN, (), 0),
        (BOTH, ("--fail-on", "conflicting"), 1),
        (AGAINST, ("--fail-on", "conflicting"), 1),
        (OPEN, ("--fail-on", "conflicting"), 0),
        (OPEN, ("--fail-on", "not_enough_evidence"), 1),
        (GOOD, ("--fail-on", "not_enough_evidence"), 0),
        (AGAINST, ("--fail-on", "never"), 0),
        (AGAINST, ("--exit-zero",), 0),
        ("Is it?", ("--exit-zero",), 2),
        ("Is it?", ("--fail-on", "never"), 2),
    ],
)
def test_exit_status(run, claim, options, status):
    assert status == run("verify", claim, "--corpus", "x", *options).status


def test_an_error_in_a_batch_goes_before_findings(run):
    assert 2 == run("verify", AGAINST, "Is it?", "--corpus", "x").status


def test_a_single_failure_is_said_on_standard_error(run):
    ran = run("verify", "Is it?", "--corpus", "x")
    assert (2, "", "error[CC-E02]: the claim is a question\nhint: assert it\n") == (ran.status, ran.out, ran.err)


def test_an_error_of_the_engine_is_said_with_its_code(run):
    ran = run("verify", "crash", "--corpus", "x")
    assert (2, "error[CC-E01]: the engine stopped\nhint: try again\n") == (ran.status, ran.err)


def test_interruption_is_130(run, monkeypatch):
    monkeypatch.setattr("claimcheck.Checker.verify_many", _interrupted)
    ran = run("verify", GOOD, "--corpus", "x")
    assert (130, "interrupted") == (ran.status, ran.err.strip())


def _interrupted(_self, _claims):
    raise KeyboardInterrupt


def test_a_fault_of_ours_is_no_finding(run, monkeypatch):
    monkeypatch.setattr("claimcheck.Checker.verify_many", _broken)
    ran = run("verify", GOOD, "--corpus", "x")
    assert 2 == ran.status
    assert "error[CC-E99]" in ran.err


def _broken(_self, _claims):
    raise RuntimeError


# --------------------------------------------------------------------------- claims


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("claims.jsonl", lines({"id": "a", "claim": GOOD}, {"id": 7, "claim": AGAINST})),
        ("claims.csv", f"id,claim\na,{GOOD}\n7,{AGAINST}\n"),
        ("claims.csv", f'"claim";"id"\r\n"{GOOD}";a\r\n"{AGAINST}";7\r\n'),
        ("claims.tsv", f"Claim\tID\n{GOOD}\ta\n{AGAINST}\t7\n"),
        ("claims", lines({"id": "a", "claim": GOOD}, {"id": 7, "claim": AGAINST})),
    ],
)
def test_shapes_of_claims(run, claims, name, text):
    ran = run("verify", "--claims", claims(text, name), "--corpus", "x", "--format", "jsonl")
    assert [("a", GOOD), ("7", AGAINST)] == [(item["id"], item["claim"]) for item in jsonl(ran)]
    ran = run("verify", "--claims", "-", "--corpus", "x", "--format", "jsonl", stdin=text.encode())
    assert [("a", GOOD), ("7", AGAINST)] == [(item["id"], item["claim"]) for item in jsonl(ran)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_one_claim_a_line(run, claims, encoding):
    text = f"\n  {GOOD}  \r\n\nZürich’s 🎉 bridge, أهلا\n{GOOD}"
    path = claims(text, "claims.txt", encoding)
    ran = run("verify", "--claims", path, "--corpus", "x", "--format", "jsonl")
    expected = [("1", GOOD), ("2", "Zürich’s 🎉 bridge, أهلا"), ("3", GOOD)]
    assert expected == [(item["id"], item["claim"]) for item in jsonl(ran)]


def test_arguments_come_before_the_file_and_a_dash_is_standard_input(run, claims):
    path = claims(lines({"claim": OPEN}))
    ran = run("verify", GOOD, "--claims", path, "--corpus", "x", "--format", "jsonl")
    assert [("1", GOOD), ("2", OPEN)] == [(item["id"], item["claim"]) for item in jsonl(ran)]
    ran = run("verify", "-", "--corpus", "x", "--format", "jsonl", stdin=GOOD.encode())
    assert [GOOD] == [item["claim"] for item in jsonl(ran)]


def test_a_text_that_begins_like_a_header_is_text(run, claims):
    ran = run("verify", "--claims", claims("Claim, he said, nothing", "x"), "--corpus", "x", "--format", "jsonl")
    assert ["Claim, he said, nothing"] == [item["claim"] for item in jsonl(ran)]


MALFORMED = [
    ("{not json", "CC-E06", "line 2: not valid JSON"),
    ("[1]", "CC-E06", "line 2: a JSON object is needed"),
    ('{"text": "x"}', "CC-E06", "line 2: the claim is missing"),
    ('{"claim": 5}', "CC-E06", "line 2: the claim is missing or not a text"),
    ('{"claim": "x", "id": [1]}', "CC-E06", 'line 2: "id" must be'),
    ('{"claim": "x", "id": true}', "CC-E06", 'line 2: "id" must be'),
    ('{"claim": ""}', "CC-E01", "the claim is empty"),
    ('{"claim": " \\t "}', "CC-E01", "the claim is empty"),
    ('{"claim": "a\\u0000b"}', "CC-E01", "control character (U+0000) at position 1"),
    ('{"claim": "a\\u001b[31m"}', "CC-E01", "control character (U+001B)"),
    ('{"claim": "\\ud800"}', "CC-E01", "not valid Unicode at position 0"),
    ('{"id": "a", "claim": "again"}', "CC-E07", "the id 'a' was already used in claims.jsonl, line 1"),
    ("[" * 100_000, "CC-E06", "line 2: not valid JSON"),
]


@pytest.mark.parametrize(("line", "code", "message"), MALFORMED)
def test_a_bad_line_has_its_error_in_its_place_and_the_others_go_on(run, claims, line, code, message):
    path = claims(lines({"id": "a", "claim": GOOD}) + line + "\n" + lines({"id": "c", "claim": OPEN}))
    ran = run("verify", "--claims", path, "--corpus", "x", "--format", "jsonl")
    first, second, third = jsonl(ran)
    assert (2, "supported", "not_enough_evidence") == (ran.status, first["verdict"], third["verdict"])
    assert (code, True) == (second["error"]["code"], message in second["error"]["message"])
    assert second["error"]["hint"]
    assert f"error[{code}]: 1 of 3 claims could not be checked" in ran.err


def test_a_line_that_is_not_utf8(run, claims):
    path = claims(b'{"claim": "ok"}\n{"claim": "caf\xe9"}\n{"claim": "fine"}\n')
    ran = run("verify", "--claims", path, "--corpus", "x", "--format", "jsonl")
    assert [False, True, False] == ["error" in item for item in jsonl(ran)]
    assert "byte 15 of the line is not UTF-8" in jsonl(ran)[1]["error"]["message"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('claim\n"unclosed\nrest\n', [True]),
        (f"claim,id\n{GOOD},1\n,2\n{GOOD}\n", [False, True, False]),
        (f'claim\n"a"b\n{GOOD}\n', [True, False]),
    ],
)
def test_bad_rows_of_csv(run, claims, text, faults):
    ran = run("verify", "--claims", claims(text, "claims.csv"), "--corpus", "x", "--format", "jsonl")
    assert faults == ["error" in item for item in jsonl(ran)]


def test_csv_cells_may_hold_line_breaks(run, claims):
    path = claims(f'claim\n"The bridge\nnever opened"\n{GOOD}\n', "claims.csv")
    ran = run("verify", "--claims", path, "--corpus", "x", "--format", "jsonl")
    assert ["The bridge\nnever opened", GOOD] == [item["claim"] for item in jsonl(ran)]


def test_failures_at_the_end_are_not_lost(run, claims):
    path = claims("{bad\n" + lines({"claim": GOOD}) + "{bad\n{bad\n")
    ran = run("verify", "--claims", path, "--corpus", "x", "--format", "jsonl")
    assert [True, False, True, True] == ["error" in item for item in jsonl(ran)]
    assert ["1", "2", "3", "4"] == [item["id"] for item in jsonl(ran)]


# ---------------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("verify",), "CC-E03", "nothing to verify"),
        (("verify", "x", "--format", "xml"), "CC-E03", "'xml' is not one of"),
        (("verify", "x", "--as-of", "yesterday"), "CC-E03", "--as-of"),
        (("verify", "x", "--fail-on", "everything"), "CC-E03", "--fail-on"),
        (("verify", "x", "--jobs", "-1"), "CC-E03", "--jobs"),
        (("verify", "x", "--corpus", "a", "--index", "b"), "CC-E03", "exclude each other"),
        (("verify", "--claims", "none.jsonl", "--corpus", "x"), "CC-E03", "none.jsonl cannot be read: no such file"),
        (("verify", "--claims", ".", "--corpus", "x"), "CC-E03", "cannot be read: is a directory"),
        (("verify", "x", "--index", "none.claimcheck"), "CC-E10", "there is no index at none.claimcheck"),
        (("verify", "x"), "CC-E10", "no corpus was named"),
        (("frobnicate",), "CC-E03", "no such command"),
    ],
)
@pytest.mark.usefixtures("elsewhere")
def test_usage_errors(run, arguments, code, message):
    ran = run(*arguments)
    assert (2, "") == (ran.status, ran.out)
    assert ran.err.startswith(f"error[{code}]: ")
    assert message in ran.err
    assert "\nhint: " in ran.err


def test_files_of_the_wrong_shape(run, claims):
    ran = run("verify", "--claims", claims("[\n", "claims.json"), "--corpus", "x")
    assert "claims.json is not JSON Lines" in ran.err
    ran = run("verify", "--claims", claims("id,text\n", "claims.csv"), "--corpus", "x")
    assert "claims.csv has no column named claim" in ran.err


def test_the_corpus_folder_here_is_the_default(run, monkeypatch, tmp_path, engine):
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    assert 0 == run("verify", GOOD).status
    assert ("corpus",) == engine["paths"]


def test_options_reach_the_engine(run, engine):
    run("verify", GOOD, "--corpus", "a", "--corpus", "b", "--as-of", "2009-06-01", "--jobs", "2")
    assert (("a", "b"), 2, dt.date(2009, 6, 1), True) == (
        engine["paths"],
        engine["jobs"],
        engine["as_of"],
        engine["closed"],
    )


def test_how_sure_it_must_be_reaches_the_engine(run, engine):
    run("verify", GOOD)
    assert 0.0 == engine["min_confidence"]
    run("verify", GOOD, "--min-confidence", "0.7")
    assert 0.7 == engine["min_confidence"]
    assert 2 == run("verify", GOOD, "--min-confidence", "70").status


def test_articles_left_out_are_warned_about_unless_quiet(run):
    warned = run("verify", GOOD, "--corpus", "faulty")
    assert "warning[CC-W04]: left out: photo.txt is not a text file\nhint: leave it out\n" == warned.err
    assert "" == run("verify", GOOD, "--corpus", "faulty", "--quiet").err


# --------------------------------------------------------------------------- output


def test_output_appears_whole_in_the_file(run, tmp_path):
    path = tmp_path / "out.jsonl"
    ran = run("verify", GOOD, "--corpus", "x", "--format", "jsonl", "--output", path)
    assert (0, "") == (ran.status, ran.out)
    assert "supported" == json.loads(path.read_text(encoding="utf-8"))["verdict"]
    assert [path] == list(tmp_path.iterdir())


def test_a_run_that_fails_leaves_the_old_output_alone(run, tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")
    assert 2 == run("verify", GOOD, "crash", "--corpus", "x", "--format", "jsonl", "--output", path).status
    assert "old" == path.read_text(encoding="utf-8")
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize("target", ["missing/out.jsonl", "."])
def test_output_that_cannot_be_written(run, tmp_path, target):
    ran = run("verify", GOOD, "--corpus", "x", "--output", tmp_path / target)
    assert 2 == ran.status
    assert "error[CC-E08]: results cannot be written" in ran.err


def test_results_are_utf8_without_a_mark(run):
    ran = run("verify", "Zürich’s 🎉 bridge", "--corpus", "x", "--format", "jsonl")
    assert not ran.out.encode().startswith(codecs.BOM_UTF8)
    assert "Zürich’s 🎉 bridge" in ran.out
