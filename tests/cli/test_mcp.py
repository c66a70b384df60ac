"""The tools as an assistant sees them: a process on standard input and output, and the SDK's own client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters

from claimcheck.render.objects import schema

SOURCES = Path(__file__).resolve().parents[2] / "src"
ARTICLE = """---
title: The bridge
published: 1950-06-01
---

\N{GRINNING FACE} The Sill bridge was opened on 24 March 1932. The Sill bridge cost 6 million dollars.
"""
PATIENCE = 300


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bridge.md").write_text(ARTICLE, encoding="utf-8")
    entry = {"claim": "The Sill bridge was opened in 1934.", "verdict": "contradicted", "checked": "2026-05-03"}
    (folder / "m.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    (folder / "claimcheck.toml").write_text(
        'memory = "m.jsonl"\n[aliases]\n"the Span" = "Sill bridge"\n', encoding="utf-8"
    )
    return folder


def environment():
    return {**os.environ, "PYTHONPATH": str(SOURCES)}


@contextmanager
def client_in(folder):
    """
    What asks one server, whose process works in *folder*.

    The client's event loop has a thread of its own: a browser of the page's tests may keep one in this thread.
    """
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "claimcheck", "mcp"], cwd=str(folder), env=environment()
    )
    client = Client(parameters, read_timeout_seconds=PATIENCE)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client):
        yield lambda request: portal.call(request, client)


@pytest.fixture(scope="module")
def ask(newsroom):
    """Calls tools of one server, which lives as long as the module's tests."""
    with client_in(newsroom) as asking:
        yield asking


@pytest.fixture
def tool(ask):
    def call(name, **arguments):
        return ask(lambda client: client.call_tool(name, arguments))

    return call


def test_the_tools_are_announced_with_the_published_schemas(ask):
    tools = {tool.name: tool for tool in ask(lambda client: client.list_tools()).tools}
    assert {"verify", "check", "open_source"} == set(tools)
    assert schema("verdict") == tools["verify"].output_schema
    assert schema("check") == tools["check"].output_schema
    for announced in tools.values():
        jsonschema.Draft202012Validator.check_schema(announced.input_schema)
        assert announced.annotations.read_only_hint
        assert announced.description


def test_verify_gives_the_object_of_the_command_with_exact_spans(tool, newsroom):
    claim = "In 1934 the Span was opened."
    result = tool("verify", claim=claim)
    made = result.structured_content
    assert (False, "contradicted") == (bool(result.is_error), made["verdict"])
    assert made == json.loads(result.content[0].text)
    assert ["contradicted"] == [known["verdict"] for known in made["memory"]]
    printed = subprocess.run(
        [sys.executable, "-m", "claimcheck", "verify", claim, "--format", "json"],
        cwd=newsroom,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert {**json.loads(printed.stdout), "id": ""} == {**made, "id": ""}
    evidence = made["evidence"][0]
    opened = tool("open_source", document=evidence["document"], start=evidence["start"], end=evidence["end"], around=5)
    source = opened.structured_content
    assert evidence["text"] == source["text"]
    assert "The bridge" == source["title"]
    assert 5 == len(source["after"])
    whole = tool("open_source", document=evidence["document"]).structured_content
    assert evidence["text"] == whole["text"][evidence["start"] : evidence["end"]]
    assert whole["length"] == whole["end"] == len(whole["text"])


def test_check_gives_findings_at_their_exact_place(tool):
    wrong = "The Sill bridge cost 9 million dollars."
    draft = f"# Caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{GRINNING FACE}\r\n\r\nIt rained. {wrong}\r\n"
    made = tool("check", text=draft).structured_content
    jsonschema.validate(made, schema("check"))
    (found,) = (d for d in made["drafts"][0]["diagnostics"] if d["severity"] == "error")
    assert ("CC-C02", wrong) == (
        found["code"],
        draft[found["start"] : found["end"]],
    )
    assert "draft.md" == found["path"]
    page = tool("check", text="<p>The Sill bridge cost 9 million dollars.</p>", format="html").structured_content
    assert "draft.html" == page["drafts"][0]["path"]


@pytest.mark.parametrize(
    "case",
    [
        ("verify", {}, "CC-E03", "verify needs claim"),
        ("verify", {"claim": 1}, "CC-E03", "claim cannot be 1"),
        ("verify", {"claim": ""}, "CC-E01", "the claim is empty"),
        ("verify", {"claim": "Is it so?"}, "CC-E02", "the claim is"),
        ("verify", {"claim": "It rained.", "colour": "red"}, "CC-E03", "verify takes no 'colour'"),
        ("check", {"text": " "}, "CC-E11", "empty"),
        ("check", {"text": "It rained.", "format": "pdf"}, "CC-E03", "format cannot be 'pdf'"),
        ("check", {"text": "It rained.", "date": "soon"}, "CC-E03", "date cannot be 'soon'"),
        ("open_source", {"document": "../m.jsonl"}, "CC-E10", "there is no document"),
        ("open_source", {"document": "bridge.md", "start": 5, "end": 2}, "CC-E04", "lies outside"),
        ("open_source", {"document": "bridge.md", "start": -1}, "CC-E03", "start cannot be -1"),
        ("open_source", {"document": "bridge.md", "start": 0, "end": 99_999}, "CC-E03", "more than the 20,000"),
        ("rm", {}, "CC-E03", "there is no tool 'rm'"),
    ],
    ids=lambda case: f"{case[0]}-{case[3]}",
)
def test_what_makes_no_sense_is_an_error_with_code_and_hint(tool, case):
    name, arguments, code, message = case
    result = tool(name, **arguments)
    error = json.loads(result.content[0].text)["error"]
    assert (True, code, True) == (result.is_error, error["code"], message in error["message"])
    assert error["hint"] or code == "CC-E04"


def test_without_sources_it_does_not_start(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "claimcheck", "mcp"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (2, "") == (ran.returncode, ran.stdout)
    assert ran.stderr.startswith("error[CC-E10]: no corpus was named")


def test_articles_that_cannot_be_read_are_said_in_each_answer(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(" ", encoding="utf-8")

    with client_in(tmp_path) as ask:
        for _ in range(2):
            result = ask(lambda client: client.call_tool("verify", {"claim": "It rained."}))
            assert result.is_error
            assert "CC-E1" in json.loads(result.content[0].text)["error"]["code"]
