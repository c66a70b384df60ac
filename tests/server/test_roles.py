"""Who may do what: every route, with every role and without; and the OpenAPI document that says so."""

import json

import pytest
from openapi_spec_validator import validate

from claimcheck.server.app import api
from claimcheck.server.newsroom import errors
from newsroom_server import begun, events, refusal

EVERYBODY = ("nobody", "reader", "editor", "admin")
READERS, EDITORS, ADMINS = EVERYBODY[1:], EVERYBODY[2:], EVERYBODY[3:]
DRAFT = {"name": "a.txt", "text": "Otto Weiss died in 1950."}
ARTICLE = {"name": "ROLE.txt", "text": "The well of Sill was dug in 1850."}

#: Each route with who may use it, a request that succeeds, and the status it succeeds with.
ROUTES = [
    ("GET", "/api/v1/me", EVERYBODY, None, 200),
    ("DELETE", "/api/v1/session", READERS, None, 204),
    ("POST", "/api/v1/verify", READERS, {"claims": ["Otto Weiss died in 1950"]}, 200),
    ("POST", "/api/v1/checks", EDITORS, DRAFT, 201),
    ("GET", "/api/v1/checks", READERS, None, 200),
    ("GET", "/api/v1/checks/{check_id}", READERS, None, 200),
    ("GET", "/api/v1/checks/{check_id}/events", READERS, None, 200),
    ("GET", "/api/v1/checks/{check_id}/export", READERS, None, 200),
    ("POST", "/api/v1/checks/{check_id}/claims/{number}/decisions", EDITORS, {"action": "accept"}, 201),
    ("DELETE", "/api/v1/checks/{check_id}", ADMINS, None, 200),
    ("GET", "/api/v1/documents", READERS, None, 200),
    ("POST", "/api/v1/documents", EDITORS, ARTICLE, 201),
    ("GET", "/api/v1/documents/{document_id}", READERS, None, 200),
    ("DELETE", "/api/v1/documents/{document_id}", ADMINS, None, 200),
    ("GET", "/api/v1/audit", ADMINS, None, 200),
    ("GET", "/health", EVERYBODY, None, 200),
    ("GET", "/metrics", READERS, None, 200),
]
#: Those that signing in is about are tried elsewhere: they need no role.
SIGNING_IN = {("POST", "/api/v1/session")}


@pytest.fixture(scope="module")
def described():
    """The OpenAPI document."""
    return api().openapi()


@pytest.fixture(scope="module")
def check(newsroom):
    """A check that is done."""
    with newsroom.client("editor") as client:
        made = begun(client, DRAFT["text"], "a.txt")
        assert "done" == events(client, made)[-1][1]
        return made


def test_every_route_is_in_the_table(described):
    routes = {(method.upper(), path) for path, item in described["paths"].items() for method in item}
    assert routes == {(method, path) for method, path, *_ in ROUTES} | SIGNING_IN


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[0]} {route[1]}")
def test_a_route_is_open_to_its_roles_alone(newsroom, check, route, role):
    method, path, allowed, body, status = route
    with newsroom.client("admin") as admin, newsroom.client(role) as client:
        document = "flood.md"
        if method == "DELETE" and "{check_id}" in path and role in allowed:
            check = begun(admin, "Fine weather!", "b.txt")
        if method == "DELETE" and "{document_id}" in path:
            document = "doomed.txt"
            admin.post("/api/v1/documents", params={"replace": True}, json={**ARTICLE, "name": document})
        if path.endswith("/documents") and body is not None:
            body = {**body, "name": f"{role}.txt"}
        where = path.format(check_id=check, number=0, document_id=document)
        content = json.dumps(body) if body is not None else None
        answer = client.request(method, where, content=content, headers={"content-type": "application/json"})
        if path.endswith("/documents") and body is not None and answer.status_code == 201:
            admin.delete(f"/api/v1/documents/{role}.txt")
    if role in allowed:
        assert status == answer.status_code, answer.text
    elif role == "nobody":
        assert (401, "CC-E71") == refusal(answer)
        assert "Bearer" == answer.headers["www-authenticate"]
    else:
        assert (403, "CC-E72") == refusal(answer)


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/docs", "/redoc", "/api/v1/checks/", "/.git/config", "/static/../app.py"]
)
def test_what_is_not_there_is_not_there(newsroom, path):
    with newsroom.client("admin") as client:
        assert (404, "CC-E74") == refusal(client.get(path))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "HEAD", "BREW"])
def test_methods_that_nothing_answers_are_refused(newsroom, method):
    with newsroom.client("admin") as client:
        answer = client.request(method, "/api/v1/checks")
    assert 405 == answer.status_code
    assert answer.headers["allow"]


# ---------------------------------------------------------------------------- OpenAPI


def test_the_openapi_document_is_valid_and_served(newsroom, described):
    validate(described)
    with newsroom.client("nobody") as client:
        assert described == client.get("/openapi.json").json()


def operations(described):
    return [
        (method, path, operation) for path, item in described["paths"].items() for method, operation in item.items()
    ]


def test_every_route_says_what_it_does_and_which_errors_it_gives(described):
    error = {"$ref": "#/components/schemas/ErrorBody"}
    for method, path, operation in operations(described):
        assert operation["description"], path
        answers = operation["responses"]
        assert {str(status) for status in errors()} <= set(answers), path
        if path != "/health":
            assert "401" in answers, path
        if method in {"post", "delete"}:
            assert "403" in answers, path
        if "{" in path:
            assert "404" in answers, path
        for status, answer in answers.items():
            if status.startswith(("4", "5")):
                assert error == answer["content"]["application/json"]["schema"], (path, status)
            elif status != "204":
                assert answer["content"], path


def test_every_route_but_the_open_ones_says_that_it_needs_a_token(described):
    opened = {path for _, path, operation in operations(described) if "security" not in operation}
    assert {"/api/v1/me", "/api/v1/session", "/health"} == opened
