"""The language server as an editor sees it: a process on standard input and output, and pygls' client."""

import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp (pygls) is not installed")

from lsprotocol import types

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from lsp_editor import Editor

BRIDGE = """---
title: The bridge
published: 1950-06-01
---

The Sill bridge was opened on 24 March 1932 by Mayor Otto Weiss. \N{GRINNING FACE} It cost 6 million dollars.

Otto Weiss died in 1950. The council did not accept the plan in 1930.
"""
WRONG_YEAR = "The Sill bridge was opened in 1934."
WRONG_DEATH = "Otto Weiss died in 1951."
RIGHT = "Otto Weiss died in 1950."
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    return folder


def running(root, **options):
    editor = Editor(root, **options)
    yield editor
    assert 0 == editor.quit()


@pytest.fixture(scope="module")
def editor(root):
    yield from running(root, options={"delay": 0, "reasons": ["seen in the parish register"]})


@pytest.fixture(scope="module")
def utf8(root):
    yield from running(root, encoding="utf-8", snippets=True, configuration={"delay": 0, "ignore": ["CC-I"]})


@pytest.fixture(scope="module")
def puller(root):
    yield from running(root, encoding="utf-32", pulls=True, arguments=["--corpus", "corpus"], options={"delay": 0})


@pytest.fixture
def uri(root, request):
    """A draft of its own for each test."""
    return (root / f"{re.sub(r'[^a-z0-9]+', '-', request.node.name.lower())}.md").as_uri()


def offset(text, position, encoding):
    """The code point of *text* at a position, worked out from bytes."""
    lines = re.split(r"(\r\n|\r|\n)", text)
    codec, width = CODECS[encoding]
    data = lines[2 * position.line].encode(codec)[: position.character * width]
    return len("".join(lines[: 2 * position.line])) + len(data.decode(codec))


def words(text, where, encoding="utf-16"):
    return text[offset(text, where.start, encoding) : offset(text, where.end, encoding)]


def edited(text, edit, encoding="utf-16"):
    start, end = (offset(text, place, encoding) for place in (edit.range.start, edit.range.end))
    return text[:start] + edit.new_text + text[end:]


def at(line, start, end):
    return types.Range(types.Position(line, start), types.Position(line, end))


# ---------------------------------------------------------------------------- places

PLACES = [
    pytest.param("plaintext", f"{WRONG_YEAR} {WRONG_DEATH}", [WRONG_YEAR, WRONG_DEATH], id="plain"),
    pytest.param(
        "markdown", f"\U0001f600\U0001f469\u200d\U0001f680 Caf\u00e9! {WRONG_DEATH}", [WRONG_DEATH], id="emoji"
    ),
    pytest.param("markdown", f"Cafe\u0301 no\u0308tes:\r\n\r\n{WRONG_DEATH}\r\n", [WRONG_DEATH], id="combining, CRLF"),
    pytest.param(
        "markdown",
        "\U0001f600\r\n\r\nOtto Weiss \r\ndied\r\nin 1951.\r\n",
        ["Otto Weiss \r\ndied\r\nin 1951."],
        id="over line ends",
    ),
    pytest.param("plaintext", f"\U0001f600 a\x0cb\u2028c\x85d.\n\n{WRONG_DEATH}", [WRONG_DEATH], id="not line ends"),
    pytest.param("plaintext", f"Notes\r\r{WRONG_DEATH}\r", [WRONG_DEATH], id="CR"),
    pytest.param("plaintext", f"\ufeffNote\n\n{WRONG_DEATH}", [WRONG_DEATH], id="byte-order mark"),
    pytest.param(
        "html",
        "<p>\U0001f600&nbsp;</p>\r\n<p>Otto&#32;Weiss died in <b>1951</b>.</p>",
        ["Otto&#32;Weiss died in <b>1951</b>."],
        id="HTML",
    ),
    pytest.param(
        "markdown",
        "\u2764\ufe0f *Note*\n\nOtto **Weiss** died in [1951](a.md).",
        ["Otto **Weiss** died in [1951](a.md)."],
        id="Markdown",
    ),
]


@pytest.mark.parametrize(("language", "text", "claims"), PLACES)
@pytest.mark.parametrize("encoding", CODECS)
def test_ranges_select_exactly_the_claim(request, uri, encoding, language, text, claims):  # noqa: PLR0917
    editor = request.getfixturevalue({"utf-8": "utf8", "utf-16": "editor", "utf-32": "puller"}[encoding])
    assert encoding == editor.server.capabilities.position_encoding
    editor.open(uri, text, language)
    found = editor.pull(uri) if encoding == "utf-32" else editor.diagnostics(uri)
    wrong = [d for d in found if d.code == "CC-C01"]
    assert claims == [words(text, d.range, encoding) for d in wrong]
    years = [words(text, d.related_information[1].location.range, encoding) for d in wrong]
    assert [re.search(r"19\d\d", claim)[0] for claim in claims] == years


def test_a_finding_leads_to_the_source_and_to_its_rule(editor, root, uri):
    editor.open(uri, WRONG_YEAR)
    (found,) = editor.diagnostics(uri)
    assert (types.DiagnosticSeverity.Error, "claimcheck") == (found.severity, found.source)
    assert "1934 is not 24 March 1932" in found.message
    source = found.related_information[0].location
    assert (root / "corpus" / "bridge.md").as_uri() == source.uri
    assert "The Sill bridge was opened on 24 March 1932 by Mayor Otto Weiss." == words(BRIDGE, source.range)
    assert found.code_description.href.endswith("/rules/CC-C01.md")


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        pytest.param(BRIDGE.replace("The Sill", "\U0001f600 News. The Sill"), RIGHT, id="moved"),
        pytest.param(BRIDGE.replace("died in 1950", "died in 1949"), None, id="gone"),
    ],
)
def test_a_source_that_has_changed_is_not_misquoted(editor, root, uri, article, expected):
    file = root / "corpus" / "bridge.md"
    try:
        file.write_text(article, encoding="utf-8")
        editor.open(uri, WRONG_DEATH)
        (found,) = editor.diagnostics(uri)
    finally:
        file.write_text(BRIDGE, encoding="utf-8")
    places = [i.location for i in found.related_information if i.location.uri == file.as_uri()]
    assert ([expected] if expected else []) == [words(article, place.range) for place in places]
    assert (RIGHT in found.message) == (expected is None)


def test_an_open_article_is_not_its_own_source(editor, root):
    uri = (root / "corpus" / "bridge.md").as_uri()
    editor.open(uri, BRIDGE.replace("died in 1950", "died in 1951"))
    assert {"CC-I01"} == {d.code for d in editor.diagnostics(uri)}
    editor.close_text(uri)


# ----------------------------------------------------------------------- hover, actions


def test_hover_shows_verdict_reason_and_slots(editor, uri):
    text = f"\U0001f600 *Notes*. {WRONG_YEAR} Who was he?"
    editor.open(uri, text)
    (found,) = editor.diagnostics(uri)
    hover = editor.hover(uri, found.range.start)
    assert found.range == hover.range
    assert "**Contradicted**" in hover.contents.value
    assert "| time | 1934 | 24 March 1932 | differs: 1934 is not 24 March 1932 |" in hover.contents.value
    assert "*Set aside*: A question." == editor.hover(uri, types.Position(0, len(text) - 2)).contents.value
    assert editor.hover(uri, types.Position(5, 0)) is None


def chosen(editor, uri, where, beginning):
    """The edit of the one action whose title begins so."""
    (action,) = [a for a in editor.actions(uri, where) if a.title.startswith(beginning)]
    (change,) = action.edit.document_changes
    assert uri == change.text_document.uri
    return change.edits[0]


ACCEPTED = [
    ("markdown", f"\U0001f600 Notes: **{WRONG_DEATH}** More."),
    ("markdown", f"# {WRONG_DEATH}\r\n\r\nMore."),
    ("markdown", f"- [{WRONG_DEATH}](a.md)\n- More."),
    ("plaintext", f"{WRONG_DEATH}\r\nMore."),
    ("html", f"<p>\U0001f600 <b>{WRONG_DEATH}</b></p>"),
]


@pytest.mark.parametrize(("language", "text"), ACCEPTED)
def test_a_finding_is_ignored_for_a_reason(editor, uri, language, text):
    editor.open(uri, text, language)
    (found,) = [d for d in editor.diagnostics(uri) if d.code == "CC-C01"]
    for version, (title, expected) in enumerate(
        [("Ignore CC-C01 here: seen in", set()), ("Ignore CC-C01 here, for", {"CC-W10"})], start=2
    ):
        editor.change(uri, 2 * version, text)
        editor.diagnostics(uri, 2 * version)
        changed = edited(text, chosen(editor, uri, found.range, title))
        editor.change(uri, 2 * version + 1, changed)
        codes = {d.code for d in editor.diagnostics(uri, 2 * version + 1)}
        assert expected == {code for code in codes if not code.startswith("CC-I")}


def test_a_gap_is_left_for_the_reason(utf8, uri):
    utf8.open(uri, WRONG_DEATH)
    (found,) = utf8.diagnostics(uri)
    edit = chosen(utf8, uri, found.range, "Ignore")
    assert " <!-- claimcheck: ignore CC-C01 ${1:reason} -->" == edit.snippet.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"\U0001f600 {WRONG_YEAR}", "\U0001f600 The Sill bridge was opened in 1932."),
        ("The Sill bridge was opened on 3 *May* 1932. Oh.", None),
        ("The Sill bridge was opened on 3 May 1932. Oh.", "The Sill bridge was opened on 24 March 1932. Oh."),
    ],
)
def test_the_date_of_the_source_takes_the_place_of_the_draft_s(editor, uri, text, expected):
    editor.open(uri, text)
    found = next(d for d in editor.diagnostics(uri) if d.code == "CC-C01")
    titles = [a.title for a in editor.actions(uri, found.range) if a.title.startswith("Replace")]
    assert bool(expected) == bool(titles)
    if expected is not None:
        assert expected == edited(text, chosen(editor, uri, found.range, "Replace"))


def test_the_source_is_opened_where_its_words_stand(editor, root, uri):
    editor.open(uri, WRONG_DEATH)
    (found,) = editor.diagnostics(uri)
    (action,) = [a for a in editor.actions(uri, found.range) if a.title.startswith("Open")]
    wanted = types.ExecuteCommandParams(action.command.command, action.command.arguments)
    editor.request("workspace_execute_command", wanted)
    shown = editor.wait(lambda: editor.shown and editor.shown.pop())
    assert (root / "corpus" / "bridge.md").as_uri() == shown.uri
    assert RIGHT == words(BRIDGE, shown.selection)


# ----------------------------------------------------------------------------- changes


def verified(editor, uri, version):
    """How many sentences were verified for that version."""
    beginning = f"checked {uri} version {version}: "
    trace = editor.wait(lambda: next((t for t in editor.traces if t.startswith(beginning)), None))
    return int(re.search(r"(\d+) verified", trace)[1])


def test_a_changed_sentence_alone_is_verified_again(editor, uri):
    filler = " ".join(f"Otto Weiss visited town number {n} in 1920." for n in range(6))
    text = f"\U0001f600\r\n\r\n{filler}\r\n\r\n{WRONG_DEATH}\r\n"
    editor.open(uri, text)
    assert [WRONG_DEATH] == [words(text, d.range) for d in editor.diagnostics(uri) if d.code == "CC-C01"]
    line, start = 4, WRONG_DEATH.index("1951")
    editor.change(uri, 2, (at(line, start, start + 4), "1950"))
    assert [] == [d for d in editor.diagnostics(uri, 2) if d.code == "CC-C01"]
    assert 1 == verified(editor, uri, 2)
    editor.change(uri, 3, (at(0, 0, 2), "\U0001f680\U0001f680 Anna Lind met Paul Ude in Rome."), (at(4, 0, 0), ""))
    editor.diagnostics(uri, 3)
    assert 1 == verified(editor, uri, 3)


def test_several_changes_in_one_message_follow_each_other(utf8, uri):
    utf8.open(uri, "\U0001f600!\r\n\r\n\u00e9: Otto Weiss died.\r\n\r\nEnd.")
    utf8.change(uri, 2, (at(2, 0, 4), ""), (at(2, 15, 16), " in 1950."), (at(2, 22, 23), "1"), (at(0, 0, 4), "Oh"))
    text = "Oh!\r\n\r\nOtto Weiss died in 1951.\r\n\r\nEnd."
    (found,) = [d for d in utf8.diagnostics(uri, 2) if d.code == "CC-C01"]
    assert WRONG_DEATH == words(text, found.range, "utf-8")


def test_a_newer_version_ends_the_check_of_an_older_one(editor, uri):
    text = "\n\n".join(f"Otto Weiss died in {year}." for year in range(1700, 1850))
    editor.open(uri, text)
    editor.change(uri, 2, "Otto Weiss died in 1950.")
    assert [] == editor.diagnostics(uri, 2)
    assert 1 not in [p.version for p in editor.published if p.uri == uri]
    assert [] == [t for t in editor.traces if t.startswith(f"checked {uri} version 1")]


def test_a_closed_text_has_no_diagnostics(editor, uri):
    editor.open(uri, WRONG_DEATH)
    editor.diagnostics(uri)
    editor.close_text(uri)
    assert [] == list(editor.diagnostics(uri, None))
    assert editor.hover(uri, types.Position(0, 0)) is None


def test_a_text_closed_while_it_is_checked_stays_without(editor, uri, root):
    editor.open(uri, "\n\n".join(f"Otto Weiss died in {year}." for year in range(1700, 1750)))
    editor.close_text(uri)
    other = (root / "other.md").as_uri()
    editor.open(other, WRONG_DEATH)
    editor.diagnostics(other)
    assert [None] == [p.version for p in editor.published if p.uri == uri]


def test_texts_that_are_no_drafts_are_left_alone(editor, root):
    code, other = (root / "code.py").as_uri(), (root / "after.md").as_uri()
    editor.open(code, WRONG_DEATH, "python")
    editor.open(other, " ")
    assert [] == list(editor.diagnostics(other))
    assert [] == [p for p in editor.published if p.uri == code]


# -------------------------------------------------------------------------- pulling


def test_who_pulls_gets_the_newest_version_or_is_told_to_ask_again(puller, uri):
    puller.open(uri, "\n\n".join(f"Otto Weiss died in {year}." for year in range(1700, 1850)))
    asked = puller.send(
        "text_document_diagnostic",
        types.DocumentDiagnosticParams(text_document=types.TextDocumentIdentifier(uri=uri)),
    )
    puller.change(uri, 2, WRONG_DEATH)
    assert ["CC-C01"] == [d.code for d in puller.pull(uri)]
    with pytest.raises(Exception, match="Content Modified"):
        asked.result(1)
    assert [] == puller.published


# ----------------------------------------------------------------------------- settings


def test_settings_are_followed_and_faults_are_said(puller, root, uri):
    puller.open(uri, f"{WRONG_DEATH} Anna Lind met Paul Ude in Rome.")
    assert ["CC-C01", "CC-I01"] == [d.code for d in puller.pull(uri)]
    puller.configure({"claimcheck": {"corpos": "corpus"}})
    shown = puller.message()
    assert (types.MessageType.Error, True) == (shown.type, "claimcheck[CC-E03]" in shown.message)
    assert "hint: did you mean corpus?" in shown.message
    assert ["CC-C01", "CC-I01"] == [d.code for d in puller.pull(uri)]
    for settings, codes in (
        ({"claimcheck": {"ignore": ["CC-I"]}}, ["CC-C01"]),
        ({"claimcheck": {"min_confidence": 1}}, ["CC-I01"]),
    ):
        before = puller.refreshed
        puller.configure(settings)
        assert puller.wait(lambda known=before: puller.refreshed > known)
        assert codes == [d.code for d in puller.pull(uri)]
    (root / "more").mkdir()
    for name in "abc":
        (root / "more" / f"{name}.txt").write_text(f"Otto Weiss died in 1951, says {name}.", encoding="utf-8")
    (root / "more" / "empty.txt").write_text(" ", encoding="utf-8")
    del puller.progress[:]
    before = puller.refreshed
    puller.configure({"claimcheck": {"corpus": "more"}})
    assert puller.wait(lambda: puller.refreshed > before)
    assert ["CC-I01"] == [d.code for d in puller.pull(uri)]
    assert re.match(r"claimcheck\[CC-W04\]: 1 article left out; the first: empty.txt", puller.message().message)
    kinds = [p.value["kind"] for p in puller.progress]
    assert ["begin", *["report"] * (len(kinds) - 2), "end"] == kinds
    before = puller.refreshed
    puller.configure({"claimcheck": {"entailment": "none"}})
    assert puller.wait(lambda: puller.refreshed > before)
    assert ["CC-C01", "CC-I01"] == [d.code for d in puller.pull(uri)]
    puller.configure({"claimcheck": {"entailment": "nobody"}})
    assert "there is no entailment model 'nobody'" in puller.message().message
    puller.configure({"claimcheck": {"corpus": "nowhere"}})
    shown = puller.message()
    assert re.fullmatch(r"claimcheck\[CC-E10\]: .*nowhere: .*\nhint: .*", shown.message)
    assert [] == puller.pull(uri)
    before = puller.refreshed
    puller.configure({"claimcheck": {}})
    assert puller.wait(lambda: puller.refreshed > before)
    assert ["CC-C01", "CC-I01"] == [d.code for d in puller.pull(uri)]


def test_messages_that_make_no_sense_do_not_end_the_server(editor, uri):
    where = at(0, 0, 1)
    editor.change("file:///never-opened.md", 2, (where, "x"))
    with pytest.raises(Exception, match="not defined"):
        editor.request("workspace_execute_command", types.ExecuteCommandParams("claimcheck.nothing", []))
    editor.open(uri, "A\0B")
    assert "hint: " in editor.message().message
    editor.change(uri, 2, WRONG_DEATH)
    assert ["CC-C01"] == [d.code for d in editor.diagnostics(uri, 2)]


def test_a_server_without_articles_says_so_and_ends_well(tmp_path):
    editor = Editor(tmp_path, encoding=None, options={"delay": 0})
    assert "utf-16" == editor.server.capabilities.position_encoding
    assert re.search(r"CC-E10.*no corpus was named.*\nhint: name a folder", editor.message().message)
    uri = (tmp_path / "draft.md").as_uri()
    editor.open(uri, WRONG_DEATH)
    assert [] == list(editor.diagnostics(uri))
    assert 0 == editor.quit()


def test_the_configuration_of_the_folder_counts_below_the_options_and_the_editor(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text(
        'corpus = "archive"\nignore = ["CC-I"]\nmin-confidence = 1.0\ndelay = 0\n', encoding="utf-8"
    )
    editor = Editor(tmp_path, arguments=["--min-confidence", "0"], options={"ignore": ["CC-W"]})
    uri = (tmp_path / "draft.md").as_uri()
    editor.open(uri, f"{WRONG_DEATH} Anna Lind met Paul Ude in Rome.")
    assert ["CC-C01", "CC-I01"] == [d.code for d in editor.diagnostics(uri)]
    assert 0 == editor.quit()
