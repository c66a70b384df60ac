"""Open texts: positions in three encodings, changes, and which texts are drafts; then the settings."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import cli
from claimcheck.errors import ConfigError
from claimcheck.lsp.drafts import draft_of
from claimcheck.lsp.settings import Settings, with_options
from claimcheck.lsp.texts import OpenText, Position, Text, Units

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}

texts = st.text(st.sampled_from("ab \n\r\té\u0301\u2028\x0c\x85💡\ud800漢"), max_size=30)
encodings = st.sampled_from(sorted(ENCODINGS))


def offset_in(content, position, encoding):
    """The same as `Text.offset`, by way of bytes."""
    lines = re.split(r"(\r\n|\r|\n)", content)
    before = "".join(lines[: 2 * position.line])
    data = lines[2 * position.line].encode(ENCODINGS[encoding], "surrogatepass")
    units = data[: position.character * WIDTHS[encoding]]
    return len(before) + len(units.decode(ENCODINGS[encoding], "surrogatepass"))


@given(texts, encodings, st.data())
def test_positions_go_there_and_back(content, encoding, data):
    offset = data.draw(st.integers(0, len(content)))
    text = Text(content=content, units=Units(encoding))
    position = text.position(offset)
    if content[offset - 1 : offset + 1] == "\r\n":  # inside a line end there is no position
        return
    assert offset == text.offset(position) == offset_in(content, position, encoding)


@given(texts, encodings, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), texts), max_size=4))
def test_changes_are_those_of_the_text(content, encoding, edits):
    text = Text(content=content, units=Units(encoding))
    changes, expected = [], content
    for first, second, new in edits:
        current = Text(content=expected, units=Units(encoding))
        places = sorted(min(place, len(expected)) for place in (first, second))
        start, end = (current.offset(current.position(place)) for place in places)
        changes.append((current.range(start, end), new))
        expected = expected[:start] + new + expected[end:]
    assert expected == text.changed(changes).content


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        pytest.param(Position(0, 99), 3, id="behind the line"),
        pytest.param(Position(9, 0), 6, id="behind the text"),
        pytest.param(Position(1, 1), 5, id="inside a surrogate pair"),
    ],
)
def test_positions_that_are_none_are_moved(position, offset):
    assert offset == Text(content="abc\r\n💡", units=Units("utf-16")).offset(position)


@pytest.mark.parametrize(
    ("uri", "language", "name"),
    [
        ("file:///a/note.md", "markdown", "note.md"),
        ("file:///a/note", "html", "note.html"),
        ("file:///a/note.v2.txt", "plaintext", "note.v2.txt"),
        ("file:///a/a%20b.htm", "django-html", "a b.htm"),
        ("untitled:Untitled-1", "markdown", "Untitled-1.md"),
        ("file:///a/check.py", "python", None),
        ("file:///a/articles.jsonl", "json", None),
    ],
)
def test_which_texts_are_drafts(uri, language, name):
    text = Text(content="A word.", units=Units())
    assert name == OpenText(uri=uri, language=language, version=1, text=text).name


@pytest.mark.parametrize("language", ["markdown", "html", "plaintext"])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeffA mark.", id="byte-order mark"),
        pytest.param('<meta charset="iso-8859-1">\r\n<p>Café was opened.</p>', id="another encoding declared"),
        pytest.param("Half a pair \ud83d here.", id="lone surrogate"),
        pytest.param("\x0cA page\u2028and a line.", id="other line ends"),
    ],
)
def test_a_draft_is_as_long_as_the_editor_s_text(content, language):
    units = Units()
    text = OpenText(uri="file:///a/b", language=language, version=1, text=Text(content=content, units=units))
    draft = draft_of(text)
    assert len(content) == len(draft.text)
    assert content.replace("\ud83d", "?") == draft.text


@pytest.mark.parametrize("content", ["", " \r\n\t", "\ufeff\n"])
def test_blank_texts_are_no_drafts(content):
    text = OpenText(uri="file:///a/b.md", language="markdown", version=1, text=Text(content=content, units=Units()))
    assert draft_of(text) is None


# ---------------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, {}),
        ({}, {}),
        ({"corpus": "a"}, {"corpus": ("a",)}),
        ({"claimcheck": {"corpus": ["a", "b"]}}, {"corpus": ("a", "b")}),
        ({"index": "i"}, {"corpus": (), "index": "i"}),
        ({"min-confidence": 1}, {"min_confidence": 1.0}),
        ({"ignore": "cc-i"}, {"ignore": ("CC-I",)}),
        ({"corpus": None, "as_of": ""}, {}),
    ],
)
def test_options_change_settings(options, expected):
    base = Settings(corpus=("articles",))
    changed = with_options(base, options)
    assert {"corpus": ("articles",), **expected} == {
        name: getattr(changed, name) for name in {"corpus": (), **expected}
    }


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"korpus": "a"}, "did you mean corpus?"),
        ({"as_of": "yesterday"}, "as_of is a day as YYYY-MM-DD"),
        ({"method": "guess"}, "method is slots or both"),
        ({"entailment": 1}, "entailment is a text"),
        ({"min_confidence": 2}, "min_confidence is a number from 0 to 1"),
        ({"delay": True}, "delay is a number from 0 to 60"),
        ({"rules_url": "rules.html"}, "rules_url is an address with {code} in it"),
        ({"corpus": 1}, "corpus is a text or a list of texts"),
        ({"corpus": "a", "index": "b"}, "name a folder of articles, or an index file"),
        ({"select": "CC-Q"}, "the rules are"),
        ([1], 'write them as {"corpus": "articles/"}'),
    ],
)
def test_wrong_options_say_what_to_do(options, hint):
    with pytest.raises(ConfigError) as caught:
        with_options(Settings(), options)
    assert hint in caught.value.hint
    assert "CC-E03" == caught.value.error_code


def test_relative_paths_count_from_the_workspace(tmp_path):
    settings = Settings(corpus=("a", "/b"), baseline="c.json").under(tmp_path)
    assert ((str(tmp_path / "a"), "/b"), str(tmp_path / "c.json")) == (settings.corpus, settings.baseline)


# ----------------------------------------------------------------------------- command


def test_without_pygls_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    for name in [n for n in sys.modules if n.startswith("claimcheck.lsp.")]:
        monkeypatch.delitem(sys.modules, name)
    assert 2 == cli.main(["lsp"])
    shown = capsys.readouterr().err
    assert "error[CC-E03]: the language server needs pygls, which is not installed" in shown
    assert "hint: install it: pip install 'claimcheck-editorial[lsp]'" in shown


def test_a_corpus_and_an_index_are_too_much(capsys):
    assert 2 == cli.main(["lsp", "--corpus", "a", "--index", "b"])
    assert "exclude each other" in capsys.readouterr().err
