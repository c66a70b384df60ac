"""What other systems are given: the pre-commit hook, the GitHub Action, the problem matcher."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.checker.diagnostics import Diagnostic, Place
from claimcheck.checker.rules import RULES, rule
from claimcheck.render.check_text import diagnostic_text
from claimcheck.render.display import Look

REPOSITORY = Path(__file__).resolve().parents[2]
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
MATCHERS = json.loads((REPOSITORY / ".github" / "problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
#: What GitHub's runner knows.
SEVERITIES = {"error", "warning", "notice"}
WRONG = "The harbour bridge cost 9 million dollars."
ARTICLE = "The harbour bridge was opened in 1932. The harbour bridge cost 6 million dollars."


@pytest.fixture
def desk(tmp_path):
    """A folder with articles, and a `claimcheck` on the path that is this one."""
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "claimcheck"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimcheck "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    (tmp_path / "work" / "articles").mkdir(parents=True)
    (tmp_path / "work" / "articles" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def environment(desk, **more):
    path = f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "PATH": path, "HOME": str(desk), **more}


def run(desk, *command, **more):
    return subprocess.run(
        command,
        cwd=desk / "work",
        env=environment(desk, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def matched(line):
    """What GitHub makes of a line: owner, file, line, column, severity, code and message, or ``None``."""
    for matcher in MATCHERS:
        (pattern,) = matcher["pattern"]
        found = re.search(pattern["regexp"], line)
        if found:
            parts = {name: found[group] for name, group in pattern.items() if name != "regexp"}
            return {"severity": matcher.get("severity"), **parts}
    return None


# --------------------------------------------------------------------------- matcher


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=":"), min_size=1),
    st.integers(1, 10**6),
    st.integers(1, 10**4),
    st.sampled_from(RULES),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(lambda t: f"x{t}"),
)
def test_the_matcher_reads_the_first_line_of_every_finding(path, line, column, kind, message):
    place = Place(start=0, end=1, line=line, column=column, end_line=line, end_column=column + 1)
    diagnostic = Diagnostic(
        path=path,
        place=place,
        text="x",
        code=kind.code,
        severity=rule(kind.code).severity,
        message=message,
        fingerprint="0",
    )
    first, *rest = diagnostic_text(diagnostic, Look(width=80, color=False, plain=True)).split("\n")
    found = matched(first)
    shown = first.split("] ", 1)[1]
    severity = {"note": "notice"}.get(kind.severity.value, kind.severity.value)
    assert severity in SEVERITIES
    assert {
        "severity": severity,
        "line": str(line),
        "column": str(column),
        "code": kind.code,
        "message": shown,
    } == {name: value for name, value in found.items() if name != "file"}
    assert first.startswith(f"{found['file']}:{line}:")
    assert [] == [other for other in rest if matched(other)]


def test_the_matcher_reads_what_check_prints_and_nothing_else(desk):
    draft = f"# Head\n\n{WRONG} The ferry sank.\n"
    (desk / "work" / "draft.md").write_text(draft, encoding="utf-8")
    ran = run(desk, "claimcheck", "check", "draft.md", "--corpus", "articles")
    found = [m for line in ran.stdout.splitlines() if (m := matched(line))]
    assert [
        ("draft.md", "3", "1", "error", "CC-C02", "$9 million is not $6 million"),
        ("draft.md", "3", "44", "notice", "CC-I01"),
    ] == [
        tuple(m[k] for k in ("file", "line", "column", "severity", "code", "message"))[
            : 6 if m["code"] == "CC-C02" else 5
        ]
        for m in found
    ]
    assert 1 == ran.returncode


def test_a_matcher_has_an_owner_of_its_own():
    owners = [matcher["owner"] for matcher in MATCHERS]
    assert sorted(set(owners)) == sorted(owners)
    assert {m.get("severity") for m in MATCHERS} <= {None, *SEVERITIES}


# ------------------------------------------------------------------------------ hook


def test_the_hook_is_one_that_pre_commit_takes():
    clientlib = pytest.importorskip("pre_commit.clientlib")
    assert ["claimcheck"] == [hook["id"] for hook in clientlib.load_manifest(REPOSITORY / ".pre-commit-hooks.yaml")]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_hook_checks_the_drafts_of_a_commit(desk):
    pytest.importorskip("pre_commit")
    (hook,) = HOOKS
    local = {**hook, "language": "system", "args": ["--corpus", "articles"], "exclude": "^articles/", "verbose": True}
    work = desk / "work"
    (work / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}), encoding="utf-8"
    )
    (work / "draft.md").write_text(f"{WRONG}\n", encoding="utf-8")
    (work / "code.py").write_text(f'"""{WRONG}"""\n', encoding="utf-8")
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PRE_COMMIT_HOME": str(desk / "pc")}
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        assert 0 == run(desk, *command, **quiet).returncode
    hooked = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
    ran = run(desk, *hooked, **quiet)
    assert 1 == ran.returncode, ran.stdout + ran.stderr
    assert "draft.md:1:1: error[CC-C02]" in ran.stdout
    assert "code.py" not in ran.stdout
    (work / "draft.md").write_text("The harbour bridge cost 6 million dollars.\n", encoding="utf-8")
    run(desk, "git", "add", "-A", **quiet)
    assert 0 == run(desk, *hooked, **quiet).returncode


def test_the_entry_of_the_hook_is_a_command_that_there_is(desk):
    (hook,) = HOOKS
    ran = run(desk, *shlex.split(hook["entry"]), "--help")
    assert (0, True) == (ran.returncode, "Usage: claimcheck check" in ran.stdout)


# ---------------------------------------------------------------------------- action

STEPS = ACTION["runs"]["steps"]
CHECK = next(step for step in STEPS if step.get("name") == "Check")


def test_the_action_uses_the_inputs_that_it_has_and_puts_none_into_a_script():
    text = (REPOSITORY / "action.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text))
    assert set(ACTION["inputs"]) == used
    assert "composite" == ACTION["runs"]["using"]
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert "uses" in step or step["shell"] == "bash"
    named = re.findall(r"\$ACTION/([\w./-]+)", text)
    assert [] == [name for name in named if not (REPOSITORY / name).exists()]


def act(desk, **inputs):
    """Run the script of the step as the runner does."""
    names = {name: re.search(r"inputs\.([\w-]+)", value) for name, value in CHECK["env"].items()}
    given_inputs = {
        n: inputs.get(m[1].replace("-", "_"), ACTION["inputs"][m[1]].get("default", "")) for n, m in names.items() if m
    }
    script = desk / "step.sh"
    script.write_text(CHECK["run"], encoding="utf-8")
    more = {"ACTION": str(REPOSITORY), "CLAIMCHECK_CACHE": str(desk / "cache"), **given_inputs}
    return run(desk, "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), **more)


def test_the_action_checks_what_the_patterns_match_and_fails_as_check_does(desk):
    work = desk / "work"
    (work / "drafts" / "may").mkdir(parents=True)
    (work / "drafts" / "may" / "a bridge.md").write_text(f"{WRONG}\n", encoding="utf-8")
    (work / "drafts" / "b.md").write_text("The harbour bridge cost 6 million dollars.\n", encoding="utf-8")
    (work / "$(touch owned).md").write_text("The harbour bridge was opened in 1932.\n", encoding="utf-8")
    ran = act(desk, drafts="drafts/**/*.md\n*owned*.md\n\nnothing/*.md\n", corpus="articles\n", sarif="found.sarif")
    lines = ran.stdout.splitlines()
    assert 1 == ran.returncode, ran.stderr
    assert f"::add-matcher::{REPOSITORY}/.github/problem-matcher.json" == lines[0]
    assert ["drafts/may/a bridge.md"] == [m["file"] for line in lines if (m := matched(line))]
    assert "3 drafts" in ran.stdout
    assert not (work / "owned").exists()
    results = json.loads((work / "found.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert ["CC-C02"] == [result["ruleId"] for result in results]
    assert 0 == act(desk, drafts="drafts/**/*.md", corpus="articles", fail_on="never").returncode


def test_the_action_without_a_draft_is_content_and_a_fault_is_a_failure(desk):
    ran = act(desk, drafts="nothing/*.md", corpus="articles")
    assert (0, "::notice title=claimcheck::no draft matches\n") == (ran.returncode, ran.stdout)
    (desk / "work" / "draft.md").write_text(f"{WRONG}\n", encoding="utf-8")
    ran = act(desk, drafts="draft.md", corpus="missing")
    assert (2, True) == (ran.returncode, "error[CC-E10]" in ran.stderr)
    assert "::remove-matcher owner=claimcheck::" in ran.stdout
