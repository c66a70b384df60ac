"""Stops, crashes and starts: what was acknowledged is kept, what was cut short says so."""

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from claimcheck import Corpus
from claimcheck.server.tokens import Role, add_token
from newsroom_server import PATIENCE, SOURCES, Server, begun, events

LONG = "\n\n".join(f"The Sill bridge was opened in {year} by Mayor Otto Weiss." for year in range(1700, 1900))


def serve(folder, *arguments):
    """A server that is expected not to start: its exit status and what it says."""
    command = [sys.executable, "-m", "claimcheck", "serve", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_check_that_is_cut_short_says_so_and_what_was_told_is_kept(own_index, tmp_path, how):
    with Server(tmp_path, "--index", own_index, "--workers", 1) as server, server.ready().local() as client:
        finished = begun(client, "The Sill bridge was opened in 1934.", "short.md")
        told = events(client, finished)
        number = next(data["number"] for _, kind, data in told if kind == "claim")
        where = f"/api/v1/checks/{finished}/claims/{number}/decisions"
        decision = client.post(where, json={"action": "comment", "comment": "kept"}).json()
        cut = begun(client, LONG, "long.md")
        waiting = begun(client, LONG, "next.md")
        heard = []

        def listen():
            with server.client() as other, suppress(httpx.TransportError):  # the connection may break
                events(other, cut, found=heard)

        events(client, cut, until={"claim"})
        listener = threading.Thread(target=listen)
        listener.start()
        for _ in range(10 * PATIENCE):
            if any(kind == "claim" for _, kind, _ in list(heard)):
                break
            threading.Event().wait(0.1)
        children = server.children()
        if how == signal.SIGKILL:
            server.kill()
        else:
            assert 0 == server.stop(how), server.said
        listener.join(PATIENCE)
    assert children
    if how != signal.SIGKILL:
        assert "failed" == heard[-1][1]
        assert "CC-E64" == heard[-1][2]["error"]["code"]
    assert not any(_alive(child) for child in children)
    again = Server(tmp_path, "--index", own_index, "--workers", 1)
    try:
        with again.local() as client:
            assert ["next.md", "long.md", "short.md"] == [
                c["name"] for c in client.get("/api/v1/checks").json()["checks"]
            ]
            assert told == events(client, finished)
            assert [decision] == client.get(f"/api/v1/checks/{finished}").json()["decisions"]
            assert 200 == client.get(f"/api/v1/checks/{finished}/export").status_code
            for check in (cut, waiting):
                whole = client.get(f"/api/v1/checks/{check}").json()
                assert ("failed", "CC-E64", None) == (whole["state"], whole["error"]["code"], whole["done"])
                assert 409 == client.get(f"/api/v1/checks/{check}/export").status_code
            after = events(client, cut)
            seen = [event for event in heard if event[1] != "failed"]
            assert seen
            assert seen == after[: len(seen)]
            assert "failed" == after[-1][1]
    finally:
        again.stop()
    with Corpus.open(own_index) as corpus:
        assert corpus.check().ok


def _alive(pid):
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        threading.Event().wait(0.1)
    return True


def test_a_process_that_dies_fails_the_check_it_was_at_and_is_replaced(own_index, tmp_path):
    server = Server(tmp_path, "--index", own_index, "--workers", 1).ready()
    try:
        with server.local() as client:
            check = begun(client, LONG, "long.md")
            events(client, check, until={"claim"})
            (child,) = server.children()
            os.kill(child, signal.SIGKILL)
            _, kind, last = events(client, check)[-1]
            assert ("failed", "CC-E67") == (kind, last["error"]["code"])
            answer = client.post("/api/v1/verify", json={"claims": ["Otto Weiss died in 1950"]})
            assert "supported" == answer.json()[0]["verdict"]
    finally:
        assert 0 == server.stop()


def test_a_folder_is_served_and_followed_but_not_changed(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("The mill of Sill burned down in 1887.", encoding="utf-8")
    (articles / "b.txt").write_text("The well of Sill was dug in 1850.", encoding="utf-8")
    history = tmp_path / "kept.claimcheck"
    arguments = ("--corpus", articles, "--history", history, "--workers", 1, "--method", "slots")
    server = Server(tmp_path, *arguments)
    try:
        with server.local() as client:
            assert 409 == client.post("/api/v1/documents", json={"name": "c.txt", "text": "x"}).status_code
            assert 409 == client.delete("/api/v1/documents/a.txt").status_code
            check = begun(client, "The mill of Sill burned down in 1887.")
            assert "done" == events(client, check)[-1][1]
    finally:
        assert 0 == server.stop()
    (articles / "a.txt").write_text("The mill of Sill burned down in 1888.", encoding="utf-8")
    (articles / "b.txt").unlink()
    server = Server(tmp_path, *arguments)
    try:
        with server.local() as client:
            assert ["a.txt"] == [d["id"] for d in client.get("/api/v1/documents").json()["documents"]]
            assert "1888" in client.get("/api/v1/documents/a.txt").json()["text"]
            assert [check] == [c["id"] for c in client.get("/api/v1/checks").json()["checks"]]
    finally:
        assert 0 == server.stop()


# ------------------------------------------------------------------------------- starts


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_an_open_door_is_refused_before_anything_is_read(tmp_path, host):
    status, said = serve(tmp_path, "--host", host, "--index", tmp_path / "none")
    assert 2 == status
    assert "error[CC-E61]" in said
    assert "--token-file" in said


def test_with_tokens_other_machines_may_be_served(own_index, tmp_path):
    file = tmp_path / "tokens.toml"
    add_token(str(file), "anna", Role.READER)
    server = Server(tmp_path, "--host", "0.0.0.0", "--index", own_index, "--token-file", file, "--workers", 1)
    assert 200 == httpx.get(f"http://127.0.0.1:{server.port}/health", trust_env=False).status_code
    assert 0 == server.stop()
    assert "http://0.0.0.0:" in server.url


def test_a_port_that_is_taken_is_said_to_be(own_index, tmp_path):
    server = Server(tmp_path, "--index", own_index, "--workers", 1)
    try:
        status, said = serve(tmp_path, "--index", own_index, "--port", server.port)
        assert 2 == status
        assert "error[CC-E62]" in said
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "CC-E63"),
        ("", "CC-E63"),
        ("[[token]]\nname = 'a'\nrole = 'king'\nsha256 = ''\n", "CC-E63"),
        ("[[token", "CC-E63"),
    ],
)
def test_a_token_file_that_lets_nobody_in_is_refused(own_index, tmp_path, content, code):
    file = tmp_path / "tokens.toml"
    if content is not None:
        file.write_text(content)
    status, said = serve(tmp_path, "--index", own_index, "--token-file", file, "--port", 0)
    assert 2 == status
    assert f"error[{code}]" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--corpus", "a", "--index", "b"), "CC-E03"),
        (("--index", "b", "--history", "c"), "CC-E03"),
        (("--index", "b", "--public-url", "check.example.org"), "CC-E03"),
        (("--index", "b", "--public-url", "https://check.example.org/desk"), "CC-E03"),
        (("--index", "nowhere"), "CC-E20"),
        (("--corpus", "nowhere", "--history", "h"), "CC-E10"),
    ],
)
def test_settings_that_make_no_sense_are_refused(tmp_path, arguments, code):
    status, said = serve(tmp_path, *arguments)
    assert 2 == status
    assert f"error[{code}]" in said
    assert not (tmp_path / "nowhere").exists()


def test_the_command_makes_tokens_that_are_shown_once(tmp_path):
    command = [
        sys.executable,
        "-m",
        "claimcheck",
        "serve",
        "token",
        "Anna B.",
        "--role",
        "editor",
        "--token-file",
        "t.toml",
    ]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}

    def make():
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    made = make()
    assert 0 == made.returncode
    assert re.fullmatch(r"cct_[\w-]{43}\n", made.stdout)
    file = tmp_path / "t.toml"
    assert made.stdout.strip() not in file.read_text()
    assert 0o600 == file.stat().st_mode & 0o777
    again = make()
    assert (2, "") == (again.returncode, again.stdout)
    assert "error[CC-E63]" in again.stderr
