"""Uploads that mean harm, and clients that dawdle: a clear refusal with the right status, nothing run, nothing lost."""

import json
import select
import socket
import time

import pytest

from newsroom_server import begun, events, paragraph, refusal, word_file

CHECKS = "/api/v1/checks"
DOCUMENTS = "/api/v1/documents"
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def editor(newsroom):
    with newsroom.client("editor") as client:
        yield client


@pytest.fixture(autouse=True)
def _still_well(newsroom):
    """Whatever a test sends, the server goes on working, and keeps what it had."""
    with newsroom.client("reader") as client:
        before = [c["id"] for c in client.get(CHECKS, params={"limit": 200}).json()["checks"]]
    yield
    with newsroom.client("reader") as client:
        assert "ok" == client.get("/health").json()["status"]
        answer = client.post("/api/v1/verify", json={"claims": ["Otto Weiss died in 1950"]})
        assert "supported" == answer.json()[0]["verdict"]
        after = [c["id"] for c in client.get(CHECKS, params={"limit": 200}).json()["checks"]]
    assert before == after[len(after) - len(before) :]


def outcome(editor, name, data):
    """How the check of an uploaded file ends: the code of its error, or "done"."""
    answer = editor.post(CHECKS, files={"file": (name, data)})
    assert 201 == answer.status_code, answer.text
    _, kind, last = events(editor, answer.json()["id"])[-1]
    return last["error"]["code"] if kind == "failed" else kind


# ------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize("path", [CHECKS, DOCUMENTS, "/api/v1/verify"])
def test_a_body_that_is_too_large_is_refused(editor, path):
    assert (413, "CC-E76") == refusal(editor.post(path, json={"name": "a.txt", "text": "x" * MIB}))


def test_a_body_that_does_not_say_its_length_is_measured(editor):
    def pieces():
        for _ in range(20):
            yield b"x" * 100_000

    assert (413, "CC-E76") == refusal(editor.post(CHECKS, content=pieces()))


def test_a_body_that_says_too_much_is_refused_before_it_is_sent(newsroom):
    with socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=60) as connection:
        head = f"POST {CHECKS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {newsroom.tokens['editor']}\r\n"
        connection.sendall(f"{head}Content-Length: 999999999999\r\n\r\n".encode())
        assert b" 413 " in connection.recv(1000).split(b"\r\n")[0]


def test_somebody_unknown_is_refused_before_the_body_is_sent(newsroom):
    with socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=60) as connection:
        connection.sendall(f"POST {CHECKS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".encode())
        assert b" 401 " in connection.recv(1000).split(b"\r\n")[0]


def test_who_sends_the_body_after_the_refusal_can_read_it(newsroom):
    with socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=60) as connection:
        connection.sendall(f"POST {CHECKS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n".encode())
        assert select.select([connection], [], [], 60)[0]  # the answer is there, and not read yet
        for _ in range(3):
            connection.sendall(b"x" * 100_000)
        assert b" 401 " in connection.recv(1000).split(b"\r\n")[0]


def test_who_sends_too_long_a_sign_in_can_read_that_it_was_refused(newsroom):
    with socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=60) as connection:
        head = "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Content-Length: 300000\r\n\r\n".encode())
        assert select.select([connection], [], [], 60)[0]  # the answer is there, and not read yet
        for _ in range(3):
            connection.sendall(b"x" * 100_000)
        assert b" 413 " in connection.recv(1000).split(b"\r\n")[0]


def test_a_text_of_too_many_characters_is_refused(editor):
    text = "Otto Weiss died in 1950. " * 20_000
    assert "CC-E11" == outcome(editor, "long.txt", text.encode())


def test_too_many_claims_are_refused(editor):
    assert (413, "CC-E76") == refusal(editor.post("/api/v1/verify", json={"claims": ["Weiss died"] * 51}))
    assert (422, "CC-E70") == refusal(editor.post("/api/v1/verify", json={"claims": []}))


# --------------------------------------------------------------------------- Word files


def test_a_word_file_that_unpacks_to_far_too_much_is_refused(editor):
    bomb = word_file(paragraph("Otto Weiss died in 1950."), **{"word/media/image1.bin": b"\0" * 200 * MIB})
    assert len(bomb) < MIB
    assert "CC-E11" == outcome(editor, "bomb.docx", bomb)


def test_a_word_file_whose_text_is_far_too_long_is_refused(editor):
    bomb = word_file(paragraph("A") * (64 * MIB // len(paragraph("A"))))
    assert len(bomb) < MIB
    assert "CC-E11" == outcome(editor, "bomb.docx", bomb)


def test_a_word_file_that_lies_about_its_sizes_is_refused(editor):
    data = bytearray(word_file(paragraph("A" * MIB)))
    directory = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert "CC-E11" == outcome(editor, "lie.docx", bytes(data))


def test_entities_of_a_word_file_are_not_expanded(editor):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    secret = '<!ENTITY s SYSTEM "file:///etc/passwd">'
    head = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}{secret}]>'
    body = paragraph("Otto Weiss died in 1950. &l9; &s;")
    answer = editor.post(CHECKS, files={"file": ("laughs.docx", word_file(body, head=head))})
    found = events(editor, answer.json()["id"])
    assert "root:" not in json.dumps(found)
    assert len(json.dumps(found)) < 100_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04 not a zip"),
        ("a.docx", b""),
        ("a.docx", word_file(paragraph("Otto Weiss died in 1950."))[:300]),
        ("a.txt", b"\x00\x01\x02\xff\xfe" * 100),
        ("a.md", b"   \n\n "),
        ("a.html", b"<script>while(true){}</script>"),
    ],
)
def test_what_is_no_text_is_a_failed_check_with_a_reason(editor, name, data):
    assert "CC-E11" == outcome(editor, name, data)


def test_tables_in_tables_of_a_word_file_are_read_or_refused(editor):
    for depth in (60, 1000):
        table = "<w:tbl><w:tr><w:tc>" * depth + paragraph("Otto Weiss died in 1950.") + "</w:tc></w:tr></w:tbl>" * depth
        assert outcome(editor, "deep.docx", word_file(table)) in {"done", "CC-E11"}


# --------------------------------------------------------------------------- deep texts


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.html", "<div>" * 90_000 + "Otto Weiss died in 1950." + "</div>" * 90_000),
        ("deep.html", "<p>Otto Weiss died in 1950.</p>" + "<b><i>" * 80_000),
        ("open.html", "<p>Otto Weiss died in 1950.</p>" + "<a " * 100_000),
        ("comments.html", "<p>Otto Weiss died in 1950.</p>" + "<!--" * 100_000),
        ("sections.html", "<p>Otto Weiss died in 1950.</p>" + "<![CDATA[" * 50_000),
        ("entities.html", "<p>Otto Weiss died in 1950.</p>" + "&#x" * 100_000),
        ("quotes.md", ">" * 20_000 + " Otto Weiss died in 1950."),
        ("lists.md", "\n".join("  " * n + "- a" for n in range(400)) + "\n\nOtto Weiss died in 1950."),
    ],
)
def test_deep_and_unfinished_mark_up_is_read_or_refused(editor, name, text):
    assert outcome(editor, name, text.encode()) in {"done", "CC-E11"}


def test_deep_json_is_refused(editor):
    content = b'{"claims": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    answer = editor.post("/api/v1/verify", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert refusal(answer)[1] == "CC-E70"
    answer = editor.post(CHECKS, content=content, headers={"content-type": "application/json"})
    assert (400, "CC-E70") == refusal(answer)


# ------------------------------------------------------------------------ shapes, kinds


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"{", "application/json", (400, "CC-E70")),
        (b"null", "application/json", (400, "CC-E70")),
        (b'{"text": 1}', "application/json", (400, "CC-E70")),
        (b'{"name": "a", "text": "b", "path": "/etc/passwd"}', "application/json", (400, "CC-E70")),
        (b'{"text": "\\ud800"}', "application/json", (400, "CC-E70")),
        (b"text=a", "application/x-www-form-urlencoded", (415, "CC-E78")),
        (b"Otto Weiss died in 1950.", "text/plain", (415, "CC-E78")),
        (b"x", "", (415, "CC-E78")),
        (b"x", "multipart/form-data", (400, "CC-E70")),
        (b"--a\r\nContent-Disposition: form-data; name=x\r\n\r\n", "multipart/form-data; boundary=a", (400, "CC-E70")),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(editor, content, kind, expected):
    assert expected == refusal(editor.post(CHECKS, content=content, headers={"content-type": kind}))


@pytest.mark.parametrize("name", ["a.exe", "a.pdf", "a", "a.jsonl", "a.docx.zip"])
def test_a_file_of_another_kind_is_refused(editor, name):
    assert (415, "CC-E78") == refusal(editor.post(CHECKS, files={"file": (name, b"Otto Weiss died in 1950.")}))


def test_more_than_one_file_is_refused(editor):
    files = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    assert (400, "CC-E70") == refusal(editor.post(CHECKS, files=files))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system.txt", "system.txt"),
        ("/abs/olute.md", "olute.md"),
        (".hidden.txt", "hidden.txt"),
        ("a\u202etxt.exe\r\nSet-Cookie: x.txt", "atxt.exeSet-Cookie: x.txt"),
        ("x" * 480 + ".md", "x" * 197 + ".md"),
        ("<script>alert(1)</script>.txt", "script>.txt"),
    ],
)
def test_names_lead_nowhere(editor, given, kept):
    answer = editor.post(CHECKS, json={"name": given, "text": "Fine weather!"})
    assert (201, kept) == (answer.status_code, answer.json().get("name"))


@pytest.mark.parametrize(
    "document", ["../tokens.toml", "..%2f..%2ftokens.toml", "%2e%2e/tokens.toml", "%00", "'--", "%"]
)
def test_ids_of_articles_are_no_paths(editor, document):
    assert (404, "CC-E74") == refusal(editor.get(f"{DOCUMENTS}/{document}"))


@pytest.mark.parametrize("name", ["..%2ftokens.toml", "..%5c..%5capp.py", "app.py", "%00"])
def test_only_files_of_the_page_are_files_of_the_page(newsroom, name):
    with newsroom.client("nobody") as client:
        assert 404 == client.get(f"/static/{name}").status_code


# ---------------------------------------------------------------------------- injection


def test_scripts_in_drafts_and_articles_stay_text(editor):
    text = "The choir of Sill was founded in 1912 by Greta Holm. <script>alert(1)</script> <img src=x onerror=alert(1)>"
    check = begun(editor, text, "a.txt")
    found = events(editor, check)
    assert text == next(data["text"] for _, kind, data in found if kind == "draft")
    for name in ("html", "markdown"):
        exported = editor.get(f"/api/v1/checks/{check}/export", params={"format": name}).text
        assert "<script>" not in exported
        assert "<img" not in exported.replace("\\<img", "")


def test_words_that_look_like_sql_are_words(editor):
    for words in ("'; DROP TABLE documents; --", '" OR 1=1', "%' OR '1'='1"):
        answer = editor.get(DOCUMENTS, params={"q": words})
        assert (200, 0) == (answer.status_code, answer.json()["total"])


def test_events_cannot_be_forged_by_line_ends(editor):
    text = "Otto Weiss died in 1950.\r\n\r\nevent: done\ndata: {}\n\n\u2028\u0085 Fine."
    found = events(editor, begun(editor, text, "a.txt"))
    assert 1 == [kind for _, kind, _ in found].count("done")
    assert "summary" in found[-1][2]


# ------------------------------------------------------------------------- slow clients


def test_a_connection_that_sends_no_request_is_given_up(newsroom, monkeypatch):
    del monkeypatch
    connections = [socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=60) for _ in range(30)]
    began = time.monotonic()
    try:
        for number, connection in enumerate(connections):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localh"[:number])
        assert {b""} == {connection.recv(100) for connection in connections}
        assert time.monotonic() - began < 55
    finally:
        for connection in connections:
            connection.close()


def test_heads_without_end_are_refused(newsroom):
    with socket.create_connection(("127.0.0.1", newsroom.server.port), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000)
        assert b" 400 " in connection.recv(1000).split(b"\r\n")[0]
