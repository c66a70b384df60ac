"""Letting in and keeping out: tokens, sessions, other sites, other hosts, headers, rates."""

import re
from contextlib import contextmanager

import pytest

from claimcheck.server.tokens import Role, add_token
from newsroom_server import Server, begun, refusal

ME = "/api/v1/me"
SESSION = "/api/v1/session"
CHECKS = "/api/v1/checks"
DRAFT = {"name": "a.txt", "text": "Fine weather!"}


@contextmanager
def signed_in(newsroom, role):
    """A client with the cookie of a session, as the page has it, and the answer to signing in."""
    with newsroom.server.client() as client:
        answer = client.post(SESSION, json={"token": newsroom.tokens[role]})
        assert 200 == answer.status_code, answer.text
        yield client, answer


# ----------------------------------------------------------------------------- tokens


@pytest.mark.parametrize(
    "header",
    ["Bearer wrong", "Bearer cct_" + "A" * 43, "bearer  x", "Bearer " + "x" * 5000, "Bearer é", "Bearer \x7f"],
)
def test_a_wrong_token_is_refused_and_logged(newsroom, header):
    with newsroom.server.client() as client:
        for path in (CHECKS, ME):
            answer = client.get(path, headers={"Authorization": header.encode()})
            assert answer.status_code in {401, 429}, answer.text
    with newsroom.client("admin") as admin:
        lines = admin.get("/api/v1/audit").json()["lines"]
    assert ("wrong token", "127.0.0.1") in [(line["action"], line["target"]) for line in lines]
    assert "wrong" not in str([line["detail"] for line in lines if line["action"] == "wrong token"])


@pytest.mark.parametrize("header", ["Basic YWRtaW46YWRtaW4=", "Token {}", "{}", "Bearer"])
def test_only_a_bearer_counts(newsroom, header):
    with newsroom.server.client() as client:
        answer = client.get(CHECKS, headers={"Authorization": header.format(newsroom.tokens["admin"])})
    assert 401 == answer.status_code


def test_a_token_that_is_taken_out_of_the_file_ends_at_once(index, tmp_path):
    path = tmp_path / "newsroom.claimcheck"
    path.write_bytes(index.read_bytes())
    file = tmp_path / "tokens.toml"
    kept, lost = (add_token(str(file), name, Role.READER) for name in ("kept", "lost"))
    server = Server(tmp_path, "--index", path, "--token-file", file, "--workers", 1)
    try:
        with server.client() as page, server.client(lost) as robot, server.client(kept) as other:
            page.post(SESSION, json={"token": lost})
            assert [200] * 3 == [client.get(CHECKS).status_code for client in (page, robot, other)]
            entries = file.read_text().split("# made")
            file.write_text("# made".join(entry for entry in entries if '"lost"' not in entry))
            assert [401, 401, 200] == [client.get(CHECKS).status_code for client in (page, robot, other)]
            file.write_text("broken")
            assert 401 == other.get(CHECKS).status_code
    finally:
        server.stop()


# --------------------------------------------------------------------------- sessions


def test_a_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(newsroom):
    with signed_in(newsroom, "editor") as (client, answer):
        cookie = answer.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert newsroom.tokens["editor"] not in cookie + answer.text
        me = client.get(ME).json()
        assert ("the editor", "editor", True) == (me["user"], me["role"], me["tokens_required"])
        assert 200 == client.get(CHECKS).status_code


def test_writing_in_a_session_needs_its_csrf_token(newsroom):
    with signed_in(newsroom, "editor") as (client, answer), signed_in(newsroom, "editor") as (_, others):
        for headers in ({}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": others.json()["csrf"]}):
            assert (403, "CC-E73") == refusal(client.post(CHECKS, json=DRAFT, headers=headers))
        right = {"X-CSRF-Token": answer.json()["csrf"]}
        assert 201 == client.post(CHECKS, json=DRAFT, headers=right).status_code
        assert (403, "CC-E73") == refusal(client.delete(SESSION))
        assert 204 == client.delete(SESSION, headers=right).status_code
        assert 401 == client.get(CHECKS).status_code


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(newsroom):
    with signed_in(newsroom, "reader") as (client, answer):
        stolen = dict(client.cookies)
        client.delete(SESSION, headers={"X-CSRF-Token": answer.json()["csrf"]})
    with newsroom.server.client(cookies=stolen) as thief:
        assert 401 == thief.get(CHECKS).status_code


def test_nobody_is_told_who_they_are(newsroom):
    with newsroom.server.client() as client:
        assert {"user": None, "role": None, "csrf": None, "tokens_required": True} == client.get(ME).json()


@pytest.mark.parametrize("cookie", ["claimcheck=x", "claimcheck=", 'claimcheck="a; b', "=;;;", "a" * 5000])
def test_a_cookie_that_is_no_session_is_nothing(newsroom, cookie):
    with newsroom.server.client() as client:
        assert 401 == client.get(CHECKS, headers={"Cookie": cookie}).status_code


# ------------------------------------------------------------------- other sites, hosts


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "file://"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("how", ["token", "session", "sign-in"])
def test_a_post_from_another_site_is_refused_whoever_makes_it(newsroom, headers, how):
    path, body = (SESSION, {"token": newsroom.tokens["admin"]}) if how == "sign-in" else (CHECKS, DRAFT)
    if how == "session":
        with signed_in(newsroom, "admin") as (client, answer):
            headers = {**headers, "X-CSRF-Token": answer.json()["csrf"]}
            refused = client.post(path, json=body, headers=headers)
    else:
        with newsroom.client("admin" if how == "token" else "nobody") as client:
            refused = client.post(path, json=body, headers=headers)
    assert (403, "CC-E73") == refusal(refused)


def test_the_page_itself_may_write(newsroom):
    with signed_in(newsroom, "editor") as (client, answer):
        headers = {
            "Origin": newsroom.server.url,
            "Sec-Fetch-Site": "same-origin",
            "X-CSRF-Token": answer.json()["csrf"],
        }
        assert 201 == client.post(CHECKS, json=DRAFT, headers=headers).status_code


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:8765", 200),
        ("LOCALHOST.", 200),
        ("[::1]:80", 200),
        ("192.168.1.20:8765", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:8765", 421),
        ("evil.example@localhost", 421),
        ("localhost/evil", 421),
        ("", 421),
    ],
)
def test_only_names_of_ours_are_answered(newsroom, host, status):
    with newsroom.client("reader") as client:
        answer = client.get(CHECKS, headers={"Host": host})
    assert status == answer.status_code
    if status == 421:
        assert (421, "CC-E73") == refusal(answer)


def test_behind_a_proxy_the_public_name_counts_and_cookies_are_secure(index, tmp_path):
    path = tmp_path / "newsroom.claimcheck"
    path.write_bytes(index.read_bytes())
    file = tmp_path / "tokens.toml"
    token = add_token(str(file), "anna", Role.EDITOR)
    arguments = ("--public-url", "https://Check.Example.org", "--proxy", "127.0.0.1", "--workers", 1)
    server = Server(tmp_path, "--index", path, "--token-file", file, *arguments)
    try:
        with server.client() as client:
            public = {"Host": "check.example.org", "Origin": "https://check.example.org", "X-Forwarded-For": "10.0.0.7"}
            answer = client.post(SESSION, json={"token": token}, headers=public)
            assert 200 == answer.status_code, answer.text
            assert answer.headers["set-cookie"].startswith("__Host-claimcheck=")
            assert "Secure" in answer.headers["set-cookie"].split("; ")
            assert "max-age" in answer.headers["strict-transport-security"]
            assert 421 == client.get(CHECKS, headers={"Host": "other.example.org"}).status_code
            plain = {**public, "Origin": "http://evil.example"}
            assert 403 == client.post(SESSION, json={"token": token}, headers=plain).status_code
    finally:
        server.stop()


# ---------------------------------------------------------------------------- headers


@pytest.mark.parametrize("path", ["/", "/health", CHECKS, "/nothing", "/openapi.json", "/static/style.css"])
@pytest.mark.parametrize("role", ["nobody", "admin"])
def test_every_answer_has_the_headers_that_keep_browsers_in_check(newsroom, path, role):
    with newsroom.client(role) as client:
        headers = client.get(path).headers
    assert "nosniff" == headers["x-content-type-options"]
    assert "no-referrer" == headers["referrer-policy"]
    assert "same-origin" == headers["cross-origin-opener-policy"]
    assert "same-origin" == headers["cross-origin-resource-policy"]
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert not re.search(r"unsafe-|https?:|\*|data:", policy)
    if path.startswith("/api"):
        assert "no-store" == headers["cache-control"]


# ------------------------------------------------------------------------------ rates


def test_too_many_requests_are_told_when_to_go_on(own_index, tmp_path):
    file = tmp_path / "tokens.toml"
    tokens = [add_token(str(file), name, Role.EDITOR) for name in ("anna", "ben")]
    server = Server(tmp_path, "--index", own_index, "--token-file", file, "--workers", 1, "--rate", 12)
    try:
        with server.client(tokens[0]) as anna, server.client(tokens[1]) as ben:
            answers = [anna.post(CHECKS, json=DRAFT) for _ in range(12)]
            refused = [answer for answer in answers if answer.status_code == 429]
            assert 201 == answers[0].status_code
            assert refused
            assert all(1 <= int(answer.headers["retry-after"]) <= 5 for answer in refused)
            assert (429, "CC-E77") == refusal(refused[0])
            assert begun(ben, "Fine weather!")  # each has a rate of one's own
            assert 200 == anna.get(CHECKS).status_code  # and reading goes on
        with server.client() as thief:
            guesses = [thief.get(CHECKS, headers={"Authorization": f"Bearer guess{n}"}) for n in range(15)]
            assert [401, 429] == sorted({answer.status_code for answer in guesses})
            assert 429 == thief.post(SESSION, json={"token": "x"}).status_code
            assert 200 == thief.post(SESSION, json={"token": tokens[1]}).status_code  # the right one always does
    finally:
        server.stop()


# ------------------------------------------------------------------------ without tokens


@pytest.fixture(scope="module")
def local(index, tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    path = folder / "newsroom.claimcheck"
    path.write_bytes(index.read_bytes())
    server = Server(folder, "--index", path, "--workers", 1)
    yield server
    assert 0 == server.stop()


def test_on_this_machine_alone_no_token_is_asked_for(local):
    with local.client() as client:
        me = client.get(ME).json()
        assert ("local", "admin", False) == (me["user"], me["role"], me["tokens_required"])
        assert (403, "CC-E73") == refusal(client.post(CHECKS, json=DRAFT))
        assert (403, "CC-E73") == refusal(client.post(CHECKS, files={"file": ("a.txt", b"x")}))
        right = {"X-CSRF-Token": me["csrf"]}
        assert 201 == client.post(CHECKS, json=DRAFT, headers=right).status_code
        foreign = {**right, "Origin": "http://evil.example"}
        assert (403, "CC-E73") == refusal(client.post(CHECKS, json=DRAFT, headers=foreign))
        assert (409, "CC-E75") == refusal(client.post(SESSION, json={"token": "x"}))
        assert 421 == client.get(ME, headers={"Host": "rebound.example"}).status_code
