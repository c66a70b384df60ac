"""A server that keeps to the contract of `claimcheck serve`, with results that wait until a test lets them go."""

from __future__ import annotations

import contextlib
import email
import email.policy
import hashlib
import json
import re
import threading
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import newsroom_articles as made

PAGE = Path(__file__).parents[2] / "src" / "claimcheck" / "server" / "page"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TOKENS = {"read-me": ("rosa", "reader"), "edit-me": ("anna.berg", "editor"), "rule-me": ("otto", "admin")}
VERSIONS = {"claimcheck": "0.1.0", "model": "8d1f0c2ab7e4", "index": 7}


class Newsroom:
    """
    What the server knows.

    Args:
        tokens: Whether people have to sign in.
    """

    def __init__(self, *, tokens: bool = True) -> None:
        self.tokens = tokens
        self.checks: dict[str, dict] = {}
        self.lines: list[dict] = []
        self.documents = dict(made.ARTICLES)
        self.allowed = 10**6
        self.failing = None
        self.changed = threading.Condition()

    def let(self, number: int) -> None:
        """Let so many events of each check out."""
        with self.changed:
            self.allowed = number
            self.changed.notify_all()

    def log(self, who: str, role: str, action: str, target: str, detail: dict | None = None) -> None:
        made_at = f"2026-11-22T09:{41 + len(self.lines) % 18:02d}:07.120Z"
        line = {"number": len(self.lines) + 1, "made": made_at, "who": who, "role": role, "action": action}
        self.lines.append({**line, "target": target, "detail": detail or {}})

    def start(self, name: str, text: str, media_type: str, who: tuple[str, str]) -> dict:
        identifier = hashlib.sha256(f"{name}{len(self.checks)}".encode()).hexdigest()[:16]
        check = {
            "id": identifier,
            "name": name,
            "created": "2026-11-22T09:41:07.120Z",
            "author": who[0],
            "state": "running",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "versions": VERSIONS,
            "summary": {},
            "events": list(events_of(name, text, media_type)),
            "decisions": [],
        }
        if self.failing:
            check["events"] = [*check["events"][:4], ("failed", {"error": self.failing})]
        self.checks[identifier] = check
        self.log(*who, "check", identifier, {"name": name, "sha256": check["sha256"]})
        return {"id": identifier, "name": name}

    def state(self, check: dict) -> str:
        last = check["events"][-1][0]
        return last if self.allowed >= len(check["events"]) else "running"

    def brief(self, check: dict) -> dict:
        state = self.state(check)
        summary = check["events"][-1][1].get("summary", {}) if state == "done" else {}
        keys = ("id", "name", "created", "author", "sha256", "versions")
        return {**{key: check[key] for key in keys}, "state": state, "summary": summary}

    def whole(self, check: dict) -> dict:
        out = check["events"][: self.allowed]
        of = {
            kind: [data for name, data in out if name == kind]
            for kind in ("draft", "claim", "quotation", "progress", "done", "failed")
        }
        return {
            **self.brief(check),
            "draft": of["draft"][0] if of["draft"] else None,
            "claims": of["claim"],
            "quotations": of["quotation"],
            "progress": of["progress"][-1] if of["progress"] else None,
            "done": of["done"][0] if of["done"] else None,
            "error": of["failed"][0]["error"] if of["failed"] else None,
            "decisions": check["decisions"],
            "last_event": len(out),
        }


def sentences_of(text: str):
    """Where the sentences of a draft stand; its front matter is none."""
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    found = re.finditer(r'(?:"[^"\n]*"|[^."?!\n]|\.(?=\d))+[.?!]?', text[front.end() if front else 0 :])
    for match in found:
        start = match.start() + (front.end() if front else 0)
        words = match[0].lstrip("#- ")
        start += len(match[0]) - len(words.lstrip())
        if re.search(r"\w", words):
            yield start, start + len(words.strip()), words.strip()


def hidden(text: str) -> list[dict]:
    """What is no text: the front matter."""
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    return [{"start": 0, "end": front.end(), "kind": "hidden"}] if front else []


def events_of(name: str, text: str, media_type: str):
    """The events of a check."""
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    title = re.search(r"^title: (.*)$", front[0], re.MULTILINE)[1] if front else ""
    sentences = list(enumerate(sentences_of(text)))
    checked = [(n, s) for n, s in sentences if s[2] not in made.REFUSED and s[2].endswith((".", "!"))]
    claims = []
    for number, (start, end, words) in sentences:
        kind, reason = made.REFUSED.get(words, ("fragment", "no statement can be read from it"))
        checkable = any(number == n for n, _ in checked)
        claims.append(
            {"number": number, "start": start, "end": end, "checkable": checkable, "paragraph": 0, "part": "body"}
        )
        if not checkable:
            claims[-1] |= {"kind": kind, "reason": reason}
    yield (
        "draft",
        {
            "name": name,
            "title": title,
            "published": None,
            "media_type": media_type,
            "text": text,
            "blocks": hidden(text),
            "claims": claims,
        },
    )
    yield "progress", {"done": 0, "total": len(checked)}
    for number, (start, _, words) in checked:
        if words in made.QUOTATIONS:
            quoted, focus, message, source = made.QUOTATIONS[words]
            at, inner = start + words.index(quoted), start + words.index(focus)
            finding = {"code": "CC-C09", "severity": "error", "message": message, "evidence": [source]}
            yield (
                "quotation",
                {
                    "number": number,
                    "start": at,
                    "end": at + len(quoted),
                    "finding": finding,
                    "focus": {"start": inner, "end": inner + len(focus)},
                    "evidence_hash": "0" * 64,
                },
            )
    labels = []
    for done, (number, (start, end, words)) in enumerate(checked, start=1):
        found = made.VERDICTS.get(words) or made.result(words, "not_enough_evidence", 0.9, "no source speaks of it", [])
        labels.append(found["verdict"])
        code = made.CODES.get(found["verdict"])
        differs = [r for e in found["evidence"] for r in e["slots"] if r["relation"] == "differs"]
        focus = {k: start + v for k, v in differs[0]["claim_span"].items()} if differs else None
        finding = code and {"code": code[0], "severity": code[1], "message": found["reason"], "evidence": []}
        yield (
            "claim",
            {
                "number": number,
                "start": start,
                "end": end,
                "checkable": True,
                "line": 1,
                "column": 1,
                "result": found,
                "finding": finding,
                "focus": focus,
                "evidence_hash": "ab12" * 16,
            },
        )
        yield "progress", {"done": done, "total": len(checked)}
    counts = {
        label: labels.count(label) for label in ("supported", "contradicted", "conflicting", "not_enough_evidence")
    }
    yield (
        "done",
        {
            "summary": {"claims": counts, "aside": len(sentences) - len(checked)},
            "suppressed": [],
            "notes": [],
            "seconds": 3.4,
            "versions": VERSIONS,
        },
    )


class RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"code": code, "message": message, "hint": hint}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    newsroom: Newsroom

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle()

    # ------------------------------------------------------------------ who is asking

    def who(self) -> tuple[str, str] | None:
        if not self.newsroom.tokens:
            return "local", "admin"
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("session")
        return TOKENS.get(cookie.value) if cookie else None

    def need(self, *roles: str) -> tuple[str, str]:
        who = self.who()
        if who is None:
            raise RefusedError(401, "CC-E70", "no valid token was given", "sign in with a token")
        if who[1] not in roles:
            raise RefusedError(403, "CC-E71", f"the role {who[1]} may not do this", "ask for another token")
        if self.command != "GET" and self.headers.get("X-CSRF-Token") != "csrf-1":
            raise RefusedError(403, "CC-E72", "the request does not come from this page", "reload the page")
        return who

    # -------------------------------------------------------------------------- answers

    def answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.bytes(status, data, {"Content-Type": "application/json", **(headers or {})})

    def bytes(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {
            "Content-Length": str(len(data)),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            **headers,
        }.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def go(self) -> None:
        content = self.body() if self.command != "GET" else b""
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        try:
            self.route(self.command, unquote(parts.path), query, content)
        except RefusedError as refusal:
            self.answer(refusal.status, refusal.body)

    do_GET = do_POST = do_DELETE = go  # noqa: N815 - names of http.server

    def route(self, method: str, path: str, query: dict[str, str], content: bytes) -> None:
        if method == "GET" and (path == "/" or path.startswith("/static/")):
            file = PAGE / (path.removeprefix("/static/") if path != "/" else "index.html")
            self.bytes(200, file.read_bytes(), {"Content-Type": TYPES[file.suffix]})
            return
        api = path.removeprefix("/api/v1/")
        first = api.split("/")[0]
        getattr(self, f"at_{first}")(method, api.split("/")[1:], query, content)

    def me(self, who: tuple[str, str] | None) -> dict:
        user, role = who or (None, None)
        return {"user": user, "role": role, "csrf": "csrf-1" if who else None, "tokens_required": self.newsroom.tokens}

    def at_me(self, *_: object) -> None:
        self.answer(200, self.me(self.who()))

    def at_session(self, method: str, _path: list[str], _query: dict[str, str], content: bytes) -> None:
        if method == "DELETE":
            self.answer(200, {}, {"Set-Cookie": "session=; Max-Age=0; Path=/"})
            return
        token = json.loads(content)["token"]
        if token not in TOKENS:
            raise RefusedError(401, "CC-E70", "the token is not known", "check that it was copied whole")
        self.answer(200, self.me(TOKENS[token]), {"Set-Cookie": f"session={token}; HttpOnly; SameSite=Strict; Path=/"})

    def form(self, content: bytes) -> tuple[str, bytes]:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = email.message_from_bytes(head + content, policy=email.policy.HTTP)
        part = next(iter(message.iter_parts()))
        return part.get_filename() or "", part.get_payload(decode=True) or b""

    def at_checks(self, method: str, path: list[str], query: dict[str, str], content: bytes) -> None:
        newsroom = self.newsroom
        if not path and method == "GET":
            self.need("reader", "editor", "admin")
            found = [newsroom.brief(check) for check in reversed(newsroom.checks.values())]
            self.answer(200, {"checks": found[: int(query.get("limit", 50))], "next": None})
            return
        if not path:
            who = self.need("editor", "admin")
            if self.headers["Content-Type"].startswith("multipart/"):
                name, text = self.form(content)
                if len(text) > 100_000:
                    raise RefusedError(413, "CC-E76", "the file is larger than 100 kB", "split it")
                self.answer(201, newsroom.start(name, text.decode(), "text/markdown", who))
            else:
                draft = json.loads(content)
                self.answer(201, newsroom.start(draft["name"], draft["text"], draft["media_type"], who))
            return
        check = newsroom.checks.get(path[0])
        if check is None:
            raise RefusedError(
                404, "CC-E74", "there is no such check", "it may have been removed; see the list of checks"
            )
        if method == "DELETE":
            who = self.need("admin")
            del newsroom.checks[path[0]]
            newsroom.log(*who, "check removed", path[0], {"name": check["name"]})
            self.answer(200, {"removed": path[0]})
        elif len(path) == 1:
            self.need("reader", "editor", "admin")
            self.answer(200, newsroom.whole(check))
        elif path[1] == "events":
            self.need("reader", "editor", "admin")
            self.stream(check)
        elif path[1] == "export":
            self.need("reader", "editor", "admin")
            data = json.dumps(newsroom.whole(check)).encode()
            name = f"check.{ {'markdown': 'md', 'claimreview': 'json'}.get(query['format'], query['format']) }"
            self.bytes(
                200,
                data,
                {"Content-Type": "application/octet-stream", "Content-Disposition": f'attachment; filename="{name}"'},
            )
        else:
            self.decide(check, int(path[2]), json.loads(content))

    def decide(self, check: dict, claim: int, decision: dict) -> None:
        who = self.need("editor", "admin")
        found = next(d["result"]["verdict"] for kind, d in check["events"] if kind == "claim" and d["number"] == claim)
        made_ = {
            "number": len(check["decisions"]) + 1,
            "claim": claim,
            "action": decision["action"],
            "verdict": decision.get("verdict"),
            "comment": decision.get("comment", ""),
            "who": who[0],
            "when": "2026-11-22T09:52:40.000Z",
            "found": found,
            "evidence_hash": "ab12" * 16,
            "versions": VERSIONS,
        }
        check["decisions"].append(made_)
        self.newsroom.log(*who, f"decision: {decision['action']}", f"{check['id']}/{claim}", made_)
        self.answer(201, made_)

    def stream(self, check: dict) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for number, (kind, data) in enumerate(check["events"], start=1):
            with self.newsroom.changed:
                self.newsroom.changed.wait_for(lambda n=number: self.newsroom.allowed >= n, timeout=60)
            self.wfile.write(f"id: {number}\nevent: {kind}\ndata: {json.dumps(data)}\n\n".encode())
            self.wfile.flush()

    def at_documents(self, method: str, path: list[str], query: dict[str, str], content: bytes) -> None:
        documents = self.newsroom.documents
        if not path and method == "GET":
            self.need("reader", "editor", "admin")
            words = query.get("q", "").lower()
            found = [brief(key, value) for key, value in sorted(documents.items()) if words in f"{key} {value}".lower()]
            self.answer(200, {"documents": found, "total": len(found), "offset": 0})
        elif not path:
            who = self.need("editor", "admin")
            name, text = self.form(content)
            documents[name] = (text.decode(), name, "2026-11-22", "")
            self.newsroom.log(*who, "document added", name)
            self.answer(201, {"id": name})
        elif "/".join(path) not in documents:
            raise RefusedError(404, "CC-E77", "there is no such document", "it may have been removed")
        elif method == "DELETE":
            who = self.need("admin")
            del documents["/".join(path)]
            self.newsroom.log(*who, "document removed", "/".join(path))
            self.answer(200, {"removed": "/".join(path)})
        else:
            self.need("reader", "editor", "admin")
            identifier = "/".join(path)
            self.answer(
                200,
                {
                    **brief(identifier, documents[identifier]),
                    "text": documents[identifier][0],
                    "blocks": hidden(documents[identifier][0]),
                    "url": "javascript:alert(1)",
                },
            )

    def at_audit(self, *_: object) -> None:
        self.need("admin")
        self.answer(200, {"lines": self.newsroom.lines[::-1], "next": None})


def brief(identifier: str, value: tuple[str, str, str, str]) -> dict:
    text, title, published, source = value
    return {
        "id": identifier,
        "title": title,
        "published": published,
        "source": source,
        "sentences": text.count("."),
        "characters": len(text),
    }


@contextlib.contextmanager
def serving(newsroom: Newsroom):
    """The address at which *newsroom* is served while the block runs."""
    handler = type("NewsroomHandler", (Handler,), {"newsroom": newsroom})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        newsroom.let(10**6)
        server.shutdown()
        server.server_close()
