"""
Attacks on the newsroom's server, in the order of the OWASP Top Ten (2021), beside those of the other modules here.

`docs/explanation/security.md` says for each of the ten what was tried and where.
"""

import json
import socket
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import quote

import pytest

from newsroom_server import begun, events, paragraph, refusal, word_file

CHECKS, DOCUMENTS, AUDIT = "/api/v1/checks", "/api/v1/documents", "/api/v1/audit"
DRAFT = {"name": "a.txt", "text": "Otto Weiss died in 1950."}
PATIENCE, SILENCE = 60, 2


@pytest.fixture(scope="module")
def reader(newsroom):
    with newsroom.client("reader") as client:
        yield client


@pytest.fixture(scope="module")
def editor(newsroom):
    with newsroom.client("editor") as client:
        yield client


@pytest.fixture(scope="module")
def admin(newsroom):
    with newsroom.client("admin") as client:
        yield client


def told(newsroom, request):
    """Everything that the server sends on a connection of its own, after *request*, byte for byte."""
    with socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        parts = []
        with suppress(TimeoutError):
            while part := connection.recv(65_536):
                parts.append(part)
                connection.settimeout(SILENCE)  # one that stays open for more is over when nothing comes
    return b"".join(parts)


def head(newsroom, line, role=None, *more):
    """The head of a request, as bytes that no library has put in order."""
    lines = [line, "Host: localhost", *more]
    if role is not None:
        lines.append(f"Authorization: Bearer {newsroom.tokens[role]}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def statuses(answer):
    """The status of each answer on a connection."""
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


# ------------------------------------------------------------- A01 broken access control


@pytest.mark.parametrize(
    "path",
    [
        "//api/v1/audit",
        "/api/v1//audit",
        "/api/v1/audit/",
        "/api/v1/./audit",
        "/api/v1/checks/../audit",
        "/api/v1/checks/..;/audit",
        "/API/V1/AUDIT",
        "/api/v1/audit%00",
        "/api/v1/audit%20",
        "/api/v1/audit;.css",
        "/static/..%2fapi%2fv1%2faudit",
        "/static/%2e%2e/api/v1/audit",
        "http://localhost/api/v1/audit",
    ],
)
def test_no_spelling_of_an_address_leads_around_the_roles(newsroom, path):
    (status,) = statuses(told(newsroom, head(newsroom, f"GET {path} HTTP/1.1", "reader", "Connection: close")))
    assert status in {400, 403, 404}


@pytest.mark.parametrize(
    "header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"]
)
def test_no_header_makes_another_request_of_one(reader, editor, header):
    check = begun(editor, "Fine weather!", "a.txt")
    value = AUDIT if header.endswith("URL") else "DELETE"
    answer = reader.get(f"{CHECKS}/{check}", headers={header: value})
    assert (200, check) == (answer.status_code, answer.json()["id"])
    assert 200 == reader.get(f"{CHECKS}/{check}").status_code


@pytest.mark.parametrize("name", ["token", "access_token", "authorization", "Authorization", "api_key"])
def test_a_token_in_an_address_opens_nothing(newsroom, name):
    with newsroom.client("nobody") as client:
        assert 401 == client.get(CHECKS, params={name: newsroom.tokens["admin"]}).status_code


def test_what_is_said_about_oneself_is_not_believed(editor):
    check = begun(editor, DRAFT["text"], "a.txt")
    events(editor, check)
    path = f"{CHECKS}/{check}/claims/0/decisions"
    for more in ({"who": "the admin"}, {"role": "admin"}, {"when": "2000-01-01"}, {"found": "supported"}):
        assert (422, "CC-E70") == refusal(editor.post(path, json={"action": "accept", **more}))
    assert "the editor" == editor.post(path, json={"action": "accept"}).json()["who"]


def test_an_article_is_not_replaced_by_one_that_comes_at_the_same_time(newsroom, editor, admin):
    names = [f"race-{number}.txt" for number in range(4)]
    gate = threading.Barrier(2)

    def add(name, text):
        with newsroom.client("editor") as client:
            gate.wait(PATIENCE)
            return client.post(DOCUMENTS, json={"name": name, "text": text}).status_code

    with ThreadPoolExecutor(2) as pool:
        for name in names:
            texts = [f"The {word} well of Sill was dug in 1850." for word in ("old", "new")]
            assert [201, 409] == sorted(pool.map(add, [name, name], texts))
    for name in names:
        assert 200 == editor.get(f"{DOCUMENTS}/{name}").status_code
        assert 200 == admin.delete(f"{DOCUMENTS}/{name}").status_code


def test_ids_of_checks_cannot_be_counted_through(editor):
    ids = {begun(editor, "Fine weather!", "a.txt") for _ in range(20)}
    assert 20 == len(ids)
    assert all(len(one) >= 16 and int(one, 16) >= 0 for one in ids)
    steps = {int(second, 16) - int(first, 16) for first, second in zip(sorted(ids), sorted(ids)[1:], strict=False)}
    assert len(steps) > 10


# --------------------------------------------------------------- A02 cryptographic failures


def test_secrets_are_kept_as_hashes_for_their_owner_alone(newsroom):
    kept = newsroom.file.read_text(encoding="utf-8")
    assert [name for name, token in newsroom.tokens.items() if token in kept] == []
    assert 0 == stat.S_IMODE(newsroom.file.stat().st_mode) & 0o077
    wanted = [token.encode() for token in newsroom.tokens.values()]
    for file in (newsroom.index, *newsroom.index.parent.glob("newsroom.claimcheck-*")):
        data = file.read_bytes()
        assert [token for token in wanted if token in data] == []
    assert not any(token in line for token in newsroom.tokens.values() for line in newsroom.server.said)


# ---------------------------------------------------------------------------- A03 injection


@pytest.mark.parametrize(
    "name",
    ['a".txt', "a\r\nX-Evil: 1.txt", "a;filename=evil.html.txt", "\u00e9\u202e\N{GRINNING FACE}.txt", "a%0d%0a.txt"],
)
def test_the_name_of_a_draft_stays_in_the_header_of_its_export(editor, name):
    check = begun(editor, "Fine weather!", name)
    events(editor, check)
    answer = editor.get(f"{CHECKS}/{check}/export", params={"format": "html"})
    assert 200 == answer.status_code
    assert "x-evil" not in answer.headers
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''")
    assert not set(disposition.partition("''")[2]) & set('";\r\n ')


@pytest.mark.parametrize("path", ["/a%0d%0aX-Evil:%201", "/static/%0d%0aX-Evil:%201", f"{DOCUMENTS}/%0d%0aX-Evil:%201"])
def test_line_ends_in_an_address_make_no_header(newsroom, path):
    answer = told(newsroom, head(newsroom, f"GET {path} HTTP/1.1", "reader", "Connection: close"))
    assert [404] == statuses(answer)
    assert b"x-evil" not in answer.partition(b"\r\n\r\n")[0].lower()


@pytest.mark.parametrize("words", ["\x00", "%", "_", "\\", "[", "*", '""', "NEAR(a b)", "a" * 200, "\ud7ff\U0010ffff"])
def test_odd_words_are_looked_for_as_they_stand(reader, words):
    answer = reader.get(DOCUMENTS, params={"q": words})
    assert (200, 0) == (answer.status_code, answer.json()["total"])


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (CHECKS, "limit=9e99"),
        (CHECKS, "limit=-1"),
        (CHECKS, "before=99999999999999999999999999"),
        (CHECKS, "before=NaN"),
        (DOCUMENTS, "offset=1e400"),
        (DOCUMENTS, "q=" + "a" * 20_000),
        (DOCUMENTS, "limit=1&limit=2&limit[]=3"),
        (DOCUMENTS, "q=%ff%fe%00"),
        (f"{CHECKS}/{'a' * 5000}", ""),
        (f"{CHECKS}/%ff", ""),
        (f"{CHECKS}/x/claims/1", ""),
    ],
)
def test_odd_values_are_answered_without_a_fault_of_ours(reader, path, query):
    answer = reader.get(f"{path}?{query}")
    assert answer.status_code in {200, 404, 422}, answer.text
    assert "Traceback" not in answer.text


# -------------------------------------------------- A04 design, A05 configuration: smuggling


@pytest.mark.parametrize(
    "more",
    [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Content-Length: 4", "Content-Length: 60"),
        ("Content-Length: 4, 60",),
        ("Content-Length: +4",),
        ("Content-Length: -1",),
        ("Content-Length: 4_0",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding : chunked",),
        (" Transfer-Encoding: chunked",),
    ],
)
@pytest.mark.parametrize("first", [f"GET {CHECKS} HTTP/1.1", f"POST {CHECKS} HTTP/1.1"])
def test_a_body_whose_length_is_said_twice_is_never_a_second_request(newsroom, first, more):
    smuggled = head(newsroom, f"GET {AUDIT} HTTP/1.1", "admin")
    body = b"0\r\n\r\n" + smuggled
    answer = told(newsroom, head(newsroom, first, "reader", *more) + body)
    assert set(statuses(answer)[1:]) <= {400}  # what is left over of a body is no request
    assert b'"lines"' not in answer


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Host: localhost", "Host: evil.example"), {400}),
        (("Host: localhost", "Host: localhost"), {400}),
        ((), {400, 421}),
        (("Host: localhost:99999999",), {200, 421}),
        (("Host: [::1",), {421}),
        (("Host: localhost\x00.evil.example",), {400, 421}),
    ],
)
def test_a_host_is_said_once_and_clearly(newsroom, lines, expected):
    request = "\r\n".join(["GET /health HTTP/1.1", *lines, "Connection: close", "", ""]).encode("latin-1")
    (status,) = statuses(told(newsroom, request))
    assert status in expected


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//", "http://]x", "[::1]", "http://localhost@evil"])
def test_an_origin_that_is_no_address_is_another_site(newsroom, origin):
    with newsroom.client("editor") as client:
        assert (403, "CC-E73") == refusal(client.post(CHECKS, json=DRAFT, headers={"Origin": origin}))


def test_a_header_that_is_said_twice_does_not_count(newsroom):
    both = [f"Authorization: Bearer {newsroom.tokens[role]}" for role in ("reader", "admin")]
    answer = told(newsroom, head(newsroom, f"GET {AUDIT} HTTP/1.1", None, *both, "Connection: close"))
    assert [401] == statuses(answer)


def test_nothing_but_http_is_spoken(newsroom):
    more = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: eA==", "Sec-WebSocket-Version: 13")
    assert 101 not in statuses(told(newsroom, head(newsroom, "GET /api/v1/checks HTTP/1.1", "reader", *more)))
    assert 101 not in statuses(told(newsroom, head(newsroom, "GET / HTTP/1.1", None, "Upgrade: h2c")))
    for odd in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /\r\n\r\n"):
        assert set(statuses(told(newsroom, odd))) <= {400, 405}


def test_other_sites_may_not_even_ask(newsroom):
    more = ("Origin: https://evil.example", "Access-Control-Request-Method: POST", "Connection: close")
    answer = told(newsroom, head(newsroom, f"OPTIONS {CHECKS} HTTP/1.1", None, *more))
    assert [405] == statuses(answer)
    assert b"access-control" not in answer.lower()


def test_a_packed_body_is_not_unpacked(editor):
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert (400, "CC-E70") == refusal(editor.post(CHECKS, content=b"\x1f\x8b" + bytes(100), headers=headers))


@pytest.mark.parametrize(
    "parts",
    [
        b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % n for n in range(10_000)),
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n' + b"X: y\r\n" * 100_000,
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + b"a" * 500_000 + b'"\r\n\r\nx\r\n',
        b"--b" * 300_000,
    ],
)
def test_forms_without_measure_are_refused(editor, parts):
    answer = editor.post(CHECKS, content=parts, headers={"content-type": "multipart/form-data; boundary=b"})
    assert (400, "CC-E70") == refusal(answer)


# ----------------------------------------------- A07 authentication, A09 logging: who it was


def test_an_address_cannot_be_made_up(newsroom, admin):
    with newsroom.client("nobody") as client:
        made_up = {"X-Forwarded-For": "10.9.8.7", "X-Real-IP": "10.9.8.7", "Forwarded": "for=10.9.8.7"}
        answers = [
            client.get(CHECKS, headers={"Authorization": f"Bearer x{n}", **made_up, "X-Forwarded-For": f"10.9.8.{n}"})
            for n in range(15)
        ]
    assert 429 in {answer.status_code for answer in answers}  # another address each time makes no more guesses
    assert "10.9.8." not in admin.get(AUDIT).text


def test_a_session_begins_with_a_key_of_its_own(newsroom):
    planted = {"claimcheck": "planted-by-somebody-else"}
    with newsroom.server.client(cookies=planted) as client:
        answer = client.post("/api/v1/session", json={"token": newsroom.tokens["reader"]})
        first = answer.headers["set-cookie"].partition(";")[0]
        assert "planted" not in first
        second = client.post("/api/v1/session", json={"token": newsroom.tokens["reader"]}).headers["set-cookie"]
        assert first not in second
    with newsroom.server.client() as client:
        for cookie in (planted["claimcheck"], first.partition("=")[2]):
            assert 401 == client.get(CHECKS, headers={"Cookie": f"claimcheck={cookie}"}).status_code


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH"])
def test_nobody_edits_the_audit_log(admin, method):
    before = admin.get(AUDIT).json()["lines"]
    assert admin.request(method, AUDIT, json={"lines": []}).status_code in {404, 405}
    assert admin.request(method, f"{AUDIT}/{before[0]['number']}").status_code in {404, 405}
    assert before == admin.get(AUDIT).json()["lines"][-len(before) :]


def test_made_up_addresses_leave_no_names_in_the_figures(reader):
    for number in range(30):
        reader.get(f"/made-up-{number}")
    assert "made-up" not in reader.get("/metrics").text


# ------------------------------------------------------------------------------- A10 SSRF


def test_nothing_that_a_draft_or_article_names_is_fetched(editor, admin):
    with socket.create_server(("127.0.0.1", 0)) as victim:
        victim.settimeout(0.5)
        url = f"http://127.0.0.1:{victim.getsockname()[1]}/"
        page = (
            f'<html><head><base href="{url}"><link rel="stylesheet" href="{url}a.css"><meta http-equiv="refresh" '
            f'content="0;url={url}"></head><body><img src="{url}a.png"><iframe src="{url}"></iframe>'
            f'<script src="{url}a.js"></script><p>Otto Weiss died in 1950, see <a href="{url}">here</a>.</p></body>'
        )
        entity = f'<!DOCTYPE d [<!ENTITY % x SYSTEM "{url}x.dtd"> %x; <!ENTITY e SYSTEM "{url}e">]>'
        links = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
            f'Target="{url}t.dotm" TargetMode="External"/></Relationships>'
        )
        word = word_file(
            paragraph("Otto Weiss died in 1950. &e;"), head=entity, **{"word/_rels/document.xml.rels": links}
        )
        for name, data in (("a.html", page.encode()), ("a.docx", word), ("a.md", f"![x]({url}) Weiss died.".encode())):
            answer = editor.post(CHECKS, files={"file": (name, data)})
            assert events(editor, answer.json()["id"])[-1][1] in {"done", "failed"}
        front = f"---\nurl: {url}\nimage: {url}\n---\n\nOtto Weiss died in 1950.\n"
        added = editor.post(DOCUMENTS, json={"name": "fetch.md", "text": front})
        assert 201 == added.status_code, added.text
        assert 200 == admin.delete(f"{DOCUMENTS}/{quote('fetch.md')}").status_code
        with pytest.raises(TimeoutError):
            victim.accept()


def test_parts_of_a_word_file_are_written_nowhere(newsroom, editor):
    before = sorted(path.name for path in newsroom.index.parent.iterdir())
    data = word_file(paragraph("Otto Weiss died in 1950."), **{"../../evil.txt": "x", "/evil.txt": "x"})
    answer = editor.post(CHECKS, files={"file": ("a.docx", data)})
    events(editor, answer.json()["id"])
    after = sorted(path.name for path in newsroom.index.parent.iterdir())
    assert before == after
    assert "evil" not in json.dumps(after)
