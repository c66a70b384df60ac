"""Offsets: every stored code point stands where the map says; sentences cover their block; nothing raises."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimcheck.documents import MEDIA_TYPES, load_bytes
from claimcheck.documents.offsets import position, source_span, to_source, to_stored
from claimcheck.language import sentences
from claimcheck.model import Document

FRAGMENTS = st.sampled_from(
    [
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "&amp;",
        "&eacute;",
        "&#65;",
        "\\",
        "!",
        "![",
        "](",
        "http://x.org",
        "# ",
        "## ",
        "> ",
        "- ",
        "1. ",
        "---",
        "===",
        "|",
        "|---|",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h1>",
        "</h1>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "<a href='",
        "<pre>",
        "</pre>",
        "<article>",
        "</article>",
        "<form>",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\t",
        "    ",
        "a",
        "b",
        "Word",
        "café",
        ".",
        "!",
        "?",
        "…",
        "“",
        "”",
        "'",
        '"',
        "—",
        "U.S.",
        "Mr.",
        "No. 1",
        "3.5",
        "J. R.",
        "said",
        "The ",
        "(L)",
        "By Anna",
        "GENEVA",
        "Oct. 24",
        "title: x",
        "\x07",
        "\u2028",
        "\u200b",
        "😀",
        "ß",
        "İ",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=40).map("".join))
ENCODABLE = TEXTS.map(lambda text: text.encode("utf-8", "ignore").decode("utf-8"))


def load(text, media_type):
    return load_bytes(text.encode(), document_id="d", media_type=media_type).documents


@given(ENCODABLE, st.sampled_from(["text/plain", "text/markdown"]))
@example("> *a*\n> b", "text/markdown")
@example("[![a](b)](c)", "text/markdown")
@example("*a&amp;*", "text/markdown")
def test_stored_characters_stand_in_the_file(text, media_type):
    text = text.removeprefix("\ufeff")
    for document in load(text, media_type):
        for place, character in enumerate(document.text):
            start, end = source_span(document.offsets, place, place + 1)
            assert text[start:end] == character or html.unescape(text[start:end]).find(character) >= 0


@given(ENCODABLE)
@example("<p>a</p>&amp;b<br>c &notit; d")
def test_stored_characters_of_html_stand_in_the_file(text):
    text = text.removeprefix("\ufeff")
    for document in load(text, "text/html"):
        for place, character in enumerate(document.text):
            start, end = source_span(document.offsets, place, place + 1)
            written = text[start:end]
            assert written == character or character.isspace() or html.unescape(written).find(character) >= 0


@given(ENCODABLE, st.sampled_from(sorted(set(MEDIA_TYPES.values()))))
def test_maps_and_layouts_are_in_order(text, media_type):
    for document in load(text, media_type):
        offsets = document.offsets
        assert list(offsets.stored) == sorted(offsets.stored)
        assert list(offsets.source) == sorted(offsets.source)
        places = [to_source(offsets, place) for place in range(len(document.text) + 1)]
        assert places == sorted(places)
        assert all(to_stored(offsets, to_source(offsets, p)) <= p for p in range(len(document.text)))
        edges = [edge for block in document.layout for edge in (block.start, block.end)]
        assert edges == sorted(edges)
        assert all(block.start < block.end <= len(document.text) for block in document.layout)
        for place in range(0, len(document.text), 7):
            found = position(document, place, place + 1)
            assert found.line >= 1
            assert found.column >= 1


@given(st.binary(max_size=200), st.sampled_from(sorted(set(MEDIA_TYPES.values()))))
def test_no_bytes_make_loading_raise(data, media_type):
    load_bytes(data, document_id="d", media_type=media_type)


@given(TEXTS, st.lists(st.integers(min_value=-5, max_value=200)))
@example('"Is it?" Berg said. "Yes."', [9])
def test_sentences_cover_their_block(text, starts):
    bounds = sentences.sentence_bounds(text, starts)
    at = 0
    for start, end in bounds:
        assert at <= start < end
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@given(ENCODABLE, st.sampled_from(["text/plain", "text/markdown", "text/html"]))
def test_blocks_are_apart_and_lose_nothing(text, media_type):
    for document in load(text, media_type):
        blocks = sentences.blocks(document)
        at = 0
        for block in blocks:
            assert at <= block.start < block.end <= len(document.text)
            assert document.text[block.start : block.end].strip()
            at = block.end
        seen = "".join(document.text[b.start : b.end] for b in blocks)
        hidden = "".join(document.text[b.start : b.end] for b in document.layout if b.kind == "hidden")
        letters = [c for c in document.text if c.isalpha()]
        assert len(letters) <= sum(c.isalpha() for c in seen + hidden) + len(blocks)


@given(TEXTS)
def test_reading_the_page_never_raises(text):
    document = Document(id="d", text=text, title=text[:10])
    sentences.blocks(document)
    sentences.published_in_text(document)
    assert 0 <= sentences.split_dateline(text) <= len(text)


@given(st.lists(TEXTS, max_size=10))
def test_copies_point_back_to_the_first(texts):
    for index, original in enumerate(sentences.copies(texts)):
        assert original is None or (original < index and sentences.copies(texts)[original] is None)


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_text_without_markup_has_no_map(media_type):
    (document,) = load("Plain words.\r\nMore of them.\n", media_type)
    assert document.offsets.stored == ()
