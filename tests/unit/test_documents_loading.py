"""Finding and loading files: what is taken, what is reported, and what is read from plain text and JSON Lines."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys

import pytest

from claimcheck import Corpus
from claimcheck.documents import digest, discover, html, jsonl, load_bytes, load_file, markdown, text
from claimcheck.documents.metadata import parse_date
from claimcheck.errors import ConfigError, CorpusError
from claimcheck.model import Reading


def one(data, *, media_type="text/plain", **options):
    loaded = load_bytes(data, document_id="a.txt", media_type=media_type, **options)
    assert loaded.faults == ()
    (document,) = loaded.documents
    return document


def fault(data, *, media_type="text/plain", **options):
    loaded = load_bytes(data, document_id="a.txt", media_type=media_type, **options)
    assert loaded.documents == ()
    (error,) = loaded.faults
    assert error.message.startswith("a.txt: ")
    assert error.error_code == "CC-E11"
    return error.message.removeprefix("a.txt: ")


# ------------------------------------------------------------------ discover


def test_folder_is_walked_in_order_of_relative_paths(tmp_path):
    for name in ["b.txt", "a/z.md", "a/y.HTML", "c.jsonl", "skip.pdf", ".hidden.txt", ".git/x.txt", "a/.y.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text", encoding="utf-8")
    found = discover(tmp_path)
    assert [(s.id, s.media_type, s.size) for s in found] == [
        ("a/y.HTML", "text/html", 4),
        ("a/z.md", "text/markdown", 4),
        ("b.txt", "text/plain", 4),
        ("c.jsonl", "application/jsonl", 4),
    ]
    assert all(s.path.is_absolute() for s in found)


def test_single_file_is_called_by_its_name_whatever_its_suffix(tmp_path):
    path = tmp_path / "letter.unknown"
    path.write_text("text", encoding="utf-8")
    (found,) = discover(path)
    assert (found.id, found.media_type) == ("letter.unknown", "text/plain")


@pytest.mark.parametrize("make", [lambda path: path / "missing", lambda path: path])
def test_nothing_to_read_is_an_error_with_a_hint(tmp_path, make):
    with pytest.raises(CorpusError) as error:
        discover(make(tmp_path))
    assert error.value.hint


def test_digest_is_that_of_the_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9\r\n")
    assert digest(discover(path)[0]) == hashlib.sha256(b"caf\xe9\r\n").hexdigest()


def test_file_that_vanished_is_a_fault(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("text", encoding="utf-8")
    (source,) = discover(path)
    path.unlink()
    (error,) = load_file(source).faults
    assert error.message.startswith("a.txt: ")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_name_that_is_not_utf8_becomes_a_valid_id(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(b"text")
    assert [s.id for s in discover(tmp_path)] == ["\ufffd.txt"]


# ------------------------------------------------------------------ encodings

SENTENCE = "The “minister” of Genève said: café — señor."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8"),
        (b"\xff\xfe" + SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + SENTENCE.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_certain_encodings_are_read_without_a_warning(data, encoding):
    document = one(data)
    assert (document.text, document.encoding, document.warnings) == (SENTENCE, encoding, ())


def test_guessed_encoding_is_reported():
    document = one(SENTENCE.encode("cp1252"))
    assert (document.text, [w.code for w in document.warnings]) == (SENTENCE, ["CC-W05"])


def test_damaged_utf8_stays_utf8():
    document = one((SENTENCE * 5).encode() + b"\xff")
    assert document.text == SENTENCE * 5 + "\ufffd"
    assert (document.encoding, [w.code for w in document.warnings]) == ("utf-8", ["CC-W05"])


def test_damage_behind_a_byte_order_mark_is_shown_and_told():
    document = one(b"\xef\xbb\xbf" + SENTENCE.encode() + b"\xff")
    assert document.text == SENTENCE + "\ufffd"
    assert (document.encoding, [w.code for w in document.warnings]) == ("utf-8", ["CC-W05"])


def test_html_is_read_in_the_character_set_it_names():
    data = '<meta charset="windows-1251"><p>Встреча прошла в Женеве.</p>'.encode("cp1251")
    document = one(data, media_type="text/html")
    assert (document.text, document.encoding, document.warnings) == ("Встреча прошла в Женеве.", "cp1251", ())


@pytest.mark.parametrize("declared", ["rot13", "hex", "nonsense", "utf-16", "idna"])
def test_character_set_that_cannot_be_right_is_ignored(declared):
    data = f'<meta charset="{declared}"><p>{SENTENCE}</p>'.encode("cp1252")
    assert one(data, media_type="text/html").text == SENTENCE


@pytest.mark.parametrize("declared", ["unicode_escape", "raw-unicode-escape"])
def test_escapes_of_python_are_no_character_set(declared):
    data = f'<meta charset="{declared}"><p>Caf\xe9 \\ud800</p>'.encode("cp1252")
    assert one(data, media_type="text/html").text == "Caf\xe9 \\ud800"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n...", b"\x89PNG\r\n", b"abc\0def", b"PK\x03\x04", b"\xff\xfea\0\0\0"])
def test_binary_file_is_a_fault(data):
    assert fault(data) == "this is not a text file"


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_empty_article_is_a_fault(data, media_type):
    assert fault(data, media_type=media_type) == "the article is empty"


def test_file_that_is_too_large_is_a_fault():
    assert fault(b"x" * 11, max_bytes=10) == "the file has 11 bytes, more than the 10 that are read"


def test_unknown_media_type_is_refused():
    with pytest.raises(ConfigError):
        load_bytes(b"x", document_id="a", media_type="image/png")


def test_plain_text_is_stored_as_it_is():
    text = "One.\r\nTwo\x07 \x1b[0m.\rThree.\n\n\u2028Four\u200b\U0001f600."
    assert one(text.encode()).text == text


# ------------------------------------------------------------------ JSON Lines


def test_json_lines_fields_find_their_places():
    line = {
        "id": "x-1",
        "text": "Body.\r\n",
        "title": "Head",
        "date": "Mon, 06 Nov 2000 23:30:00 -0500",
        "source": "Courier",
        "url": "https://example.org/a",
        "authors": ["A. Berg", "L. Ortega"],
        "desk": {"name": "world"},
        "empty": None,
    }
    (document,) = load_bytes(json.dumps(line).encode(), document_id="f.jsonl", media_type="application/jsonl").documents
    assert (document.id, document.text, document.title) == ("x-1", "Body.\r\n", "Head")
    assert (document.published, document.source) == (dt.date(2000, 11, 6), "Courier")
    assert document.url == "https://example.org/a"
    assert document.metadata == (("authors", "A. Berg, L. Ortega"), ("desk", '{"name": "world"}'))


def test_json_lines_keeps_what_can_be_read_and_names_the_other_lines():
    data = (
        '{"text": "one\u2028still one"}\n\nnot json\n[1]\n{"title": "x"}\r\n{"text": " "}\n{"text": "six", "id": 6}\n'
    )
    loaded = load_bytes(data.encode(), document_id="f.jsonl", media_type="application/jsonl")
    assert [d.id for d in loaded.documents] == ["f.jsonl#1", "6"]
    assert [f.message.split(": ")[1] for f in loaded.faults] == ["line 3", "line 4", "line 5", "line 6"]


def test_a_line_with_more_text_than_a_file_may_hold_is_a_fault():
    texts = ["x" * 21, "\u00e9" * 11, "x" * 20, "\u00e9" * 10]
    data = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    loaded = load_bytes(data.encode(), document_id="f.jsonl", media_type="application/jsonl", max_bytes=20)
    assert texts[2:] == [d.text for d in loaded.documents]
    message = "f.jsonl: line {}: the article is longer than 20 bytes"
    assert [message.format(1), message.format(2)] == [f.message for f in loaded.faults]


@pytest.mark.parametrize("text", ['"a\\ud800b"', '"a\\u0000b"'])
def test_json_escapes_that_no_file_can_hold_keep_their_place(text):
    data = f'{{"text": {text}}}'.encode()
    (document,) = load_bytes(data, document_id="f", media_type="application/jsonl").documents
    assert document.text == "a\ufffdb"


def test_deeply_nested_json_is_a_fault():
    data = ('{"text": "x", "y": ' + "[" * 100_000 + "]" * 100_000 + "}").encode()
    assert "line 1" in fault(data, media_type="application/jsonl")


# ----------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2000-11-06", dt.date(2000, 11, 6)),
        ("2000-11-06T23:59:00-05:00", dt.date(2000, 11, 6)),
        ("2000-11-06 10:00:00Z", dt.date(2000, 11, 6)),
        ("Mon, 06 Nov 2000 10:00:00 GMT", dt.date(2000, 11, 6)),
        ("November 6, 2000", dt.date(2000, 11, 6)),
        ("Monday, Nov. 6, 2000, 10:15 a.m.", dt.date(2000, 11, 6)),
        ("6 November 2000", dt.date(2000, 11, 6)),
        ("6th of November 2000", dt.date(2000, 11, 6)),
        ("2000/11/06", dt.date(2000, 11, 6)),
        ("25/12/2000", dt.date(2000, 12, 25)),
        ("12/25/2000", dt.date(2000, 12, 25)),
        ("20001106", dt.date(2000, 11, 6)),
        ("20001106T101500Z", dt.date(2000, 11, 6)),
        ("1612111200000", None),  # milliseconds since 1970
        ("03/04/2000", None),
        ("2000", None),
        ("November 2000", None),
        ("31 February 2000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_publication_dates(text, expected):
    assert expected == parse_date(text)


def test_a_file_that_grew_since_it_was_found_is_not_read_whole(tmp_path):
    (tmp_path / "a.txt").write_text("Short.")
    (source,) = discover(tmp_path)
    (tmp_path / "a.txt").write_text("Long. " * 100)
    (found,) = load_file(source, max_bytes=100).faults
    assert "more than the 100 that are read" in str(found)
    assert "--max-article" in found.hint


def test_a_file_of_many_articles_has_a_bound_too(tmp_path):
    """Regression: a file of JSON Lines was read into memory whatever its size."""
    lines = '{"text": "A mill."}\n' * 50
    (tmp_path / "a.jsonl").write_text(lines)
    (source,) = discover(tmp_path)
    assert 50 == len(load_file(source, max_bytes=200).documents)
    assert "more than the 800 that are read" in str(load_file(source, max_bytes=100).faults[0])


# ------------------------------------------------------------------- mistakes of ours


def _broken(monkeypatch, module, name):
    """Have a loader fail on what says so, and read the rest."""
    whole = getattr(module, name)

    def read(first, *args, **options):
        if "BREAK" in getattr(first, "text", first):
            _ = 1 // 0
        return whole(first, *args, **options)

    monkeypatch.setattr(module, name, read)


@pytest.mark.parametrize("module", [html, markdown, text])
def test_a_loader_that_fails_leaves_its_article_out_and_nothing_else(monkeypatch, tmp_path, module):
    _broken(monkeypatch, module, "read")
    for name in ("a", "b", "c"):
        for suffix in ("html", "md", "txt"):
            (tmp_path / f"{name}.{suffix}").write_text("BREAK it" if name == "b" else "A note.", encoding="utf-8")
    with Corpus.memory(reader=lambda _: Reading(sentences=())) as corpus:
        report = corpus.add(tmp_path)
        assert (8, 1) == (report.added, len(report.faults))
    (error,) = report.faults
    suffix = {html: "html", markdown: "md", text: "txt"}[module]
    assert ("CC-E11", f"b.{suffix}: loading failed: ZeroDivisionError: integer division or modulo by zero") == (
        error.error_code,
        error.message,
    )
    assert "report" in error.hint


def test_a_line_that_a_loader_fails_on_is_left_out_and_no_other(monkeypatch):
    _broken(monkeypatch, jsonl, "_article")
    lines = ['{"text": "One."}', '{"text": "BREAK"}', '{"text": "Two."}']
    loaded = load_bytes("\n".join(lines).encode(), document_id="a.jsonl", media_type="application/jsonl")
    assert ["One.", "Two."] == [d.text for d in loaded.documents]
    assert ["a.jsonl: line 2: loading failed: ZeroDivisionError: integer division or modulo by zero"] == [
        f.message for f in loaded.faults
    ]
