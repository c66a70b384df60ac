"""Markdown: what is stored, which parts it has, and where each part stands in the file."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck.documents import front_matter, load_bytes
from claimcheck.documents.markdown_inline import LONGEST
from claimcheck.documents.offsets import position, source_span


def load(text):
    loaded = load_bytes(text.encode(), document_id="a.md", media_type="text/markdown")
    assert loaded.faults == ()
    return loaded.documents[0]


def parts(document):
    return [(b.kind, document.text[b.start : b.end]) for b in document.layout if b.kind != "hidden"]


PLAIN = """---
title: The lake
published: 1998-03-03
source: Courier
byline: Anna Berg
---

# Rain over the lake

GENEVA, March 3 — It rained for 3.5 hours.
It did not stop at snake_case or 2 * 3.

## Why

![Boats in the harbour.](boats.jpg)

- Fish
1. Nets

> A quotation
"""


def test_file_without_inline_markup_is_stored_as_it_is():
    document = load(PLAIN)
    assert document.text == PLAIN
    assert document.offsets.stored == ()


def test_layout_tells_text_from_syntax():
    assert parts(load(PLAIN)) == [
        ("headline", "Rain over the lake"),
        ("paragraph", "GENEVA, March 3 — It rained for 3.5 hours.\nIt did not stop at snake_case or 2 * 3."),
        ("subheading", "Why"),
        ("caption", "Boats in the harbour."),
        ("list_item", "Fish"),
        ("list_item", "Nets"),
        ("paragraph", "A quotation"),
    ]


def test_front_matter_fills_the_fields():
    document = load(PLAIN)
    assert (document.title, document.published) == ("The lake", dt.date(1998, 3, 3))
    assert (document.source, document.metadata) == ("Courier", (("byline", "Anna Berg"),))


def test_line_ends_are_kept():
    text = PLAIN.replace("\n", "\r\n")
    document = load(text)
    assert document.text == text
    assert parts(document)[0] == ("headline", "Rain over the lake")


@pytest.mark.parametrize(
    ("markdown", "stored"),
    [
        ("It was *very* **cold** and ***dark***.", "It was very cold and dark."),
        ("He said [it was `over`](http://x.org 'a \"b\"') now.", "He said it was over now."),
        ("See [the list][l] and [l].\n\n[l]: http://x.org", "See the list and l.\n\n[l]: http://x.org"),
        ("A <b>bold</b> word<br/> at <http://x.org>.", "A bold word at http://x.org."),
        ("Fish &amp; chips &mdash; 5 &lt; 6 AT&T.", "Fish & chips — 5 < 6 AT&T."),
        (r"Five \* six \_ seven \d.", r"Five * six _ seven \d."),
        ("``a ` b`` and ` unclosed", "a ` b and ` unclosed"),
        ("2 * 3 * 4 and **unclosed", "2 * 3 * 4 and **unclosed"),
        ("An icon ![](i.png) inside.", "An icon  inside."),
        ("[*a* **b [c](d)**](e)", "[a b c](e)"),
        ("> one\n> two *three*\n> four", "> one\ntwo three\nfour"),
        ("<div>\nHello <i>you</i> &amp; me\n</div>", "\nHello you & me\n"),
        ("# The *end* #", "# The end #"),
    ],
)
def test_inline_markup_is_left_out(markdown, stored):
    assert stored == load(markdown).text


@pytest.mark.parametrize(
    ("markdown", "stored"),
    [
        ("- It rained\n\tfor hours.\n", "It rained\n\tfor hours."),
        ("- Rain.\n\n\tIt rained *for\n\tthree* &amp; more hours.\n", "It rained for\n\tthree & more hours."),
        ("> 1. It rained\n>\tfor **hours**.\n", "It rained\nfor hours."),
    ],
)
def test_lines_that_a_tab_indents_are_text(markdown, stored):
    assert parts(load(markdown))[-1] == ("list_item", stored)


def test_picture_on_its_own_line_gives_a_caption():
    document = load("Before.\n![*Boats* at dawn.](b.jpg)\nAfter.\n")
    assert parts(document) == [("paragraph", "Before."), ("caption", "*Boats* at dawn."), ("paragraph", "After.")]


def test_linked_picture_gives_a_caption():
    assert parts(load("[![Boats.](b.jpg)](http://x.org)\n")) == [("caption", "Boats.")]


def test_code_and_comments_are_hidden():
    document = load("Text.\n\n```\ncode\n```\n\n<!-- note -->\n\n<script>\nx()\n</script>\n\n    indented\n")
    assert parts(document) == [("paragraph", "Text.")]


def test_cells_of_a_table_are_apart():
    document = load("| a | a |\n|---|---|\n| 1 | *1* |\n")
    assert parts(document) == [("list_item", "a"), ("list_item", "a"), ("list_item", "1"), ("list_item", "1")]


def test_a_bar_in_a_cell_is_text_and_its_backslash_is_not():
    source = "| Town | Result |\n|---|---|\n| Ghent \\| Gent | 3 **dead** |\n| \\| | `a\\|b` |\n"
    document = load(source)
    cells = [text for _, text in parts(document)]
    assert ["Town", "Result", "Ghent | Gent", "3 dead", "|", "a|b"] == cells
    start = document.text.index("Ghent | Gent")
    assert "Ghent \\| Gent" == source[slice(*source_span(document.offsets, start, start + len("Ghent | Gent")))]


def test_a_picture_in_running_text_is_left_out():
    assert "Before  after." == load("Before ![](a.jpg) after.").text


def test_a_picture_without_a_description_gives_no_caption():
    assert [("paragraph", "Before."), ("paragraph", "After.")] == parts(load("Before.\n![](a.jpg)\nAfter.\n"))


def test_span_leads_back_to_the_file():
    source = "# Head\n\nThe *old* [bridge](http://x.org) of AT&amp;T fell.\n"
    document = load(source)
    start = document.text.index("bridge")
    first, last = source_span(document.offsets, start, start + len("bridge of AT&T"))
    assert source[first:last] == "bridge](http://x.org) of AT&amp;T"
    place = position(document, start, start + 6)
    assert (place.line, place.column) == (3, source.splitlines()[2].index("bridge") + 1)


@pytest.mark.parametrize(
    ("line_end", "line", "column"), [("\n", 3, 5), ("\r\n", 3, 5), ("\r", 3, 5), ("\u2028", 1, 15)]
)
def test_position_counts_lines_and_columns_from_one(line_end, line, column):
    text = line_end.join(["one.", "two.", "3 ü four."])
    document = load_bytes(text.encode(), document_id="a", media_type="text/plain").documents[0]
    start = text.index("four")
    place = position(document, start, start + 4)
    assert (line, column) == (place.line, place.column)


def test_malformed_front_matter_is_read_line_by_line_with_a_warning():
    document = load("---\ntitle: Rain: a history\npublished: 3 March 1998\n---\nText.\n")
    assert (document.title, document.published) == ("Rain: a history", dt.date(1998, 3, 3))
    (warning,) = document.warnings
    assert warning.code == "CC-W06"
    assert "line 2" in warning.message


@pytest.mark.parametrize("line", ['note: "\\UFFFFFFFF"', "%YAML 1." + "1" * 5000])
def test_front_matter_with_numbers_that_yaml_cannot_read_is_read_line_by_line(line):
    document = load(f"---\ntitle: Rain\n{line}\n---\nText.\n")
    assert document.title == "Rain"
    assert [warning.code for warning in document.warnings] == ["CC-W06"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\n\nText.\n\n---\n\nMore.\n", ["Text.", "More."]),
        ("---\ntitle: never closed\n", ["title: never closed"]),
        ("---\n---\nText.\n", ["Text."]),
        ("---\n- a\n- b\n---\nText.\n", ["a", "b\n---\nText."]),
    ],
)
def test_rule_across_the_page_is_not_front_matter(text, body):
    document = load(text)
    assert document.title == ""
    assert [part[1] for part in parts(document)][-1] == body[-1].split("\n")[-1]


def test_front_matter_keeps_words_that_yaml_would_turn_into_other_things():
    document = load("---\ncountry: no\ntime: 12:30\ntags: [a, b]\nnested: {x: 1}\n---\nText.\n")
    assert document.metadata == (("country", "no"), ("time", "12:30"), ("tags", "a, b"), ("nested", "{x: 1}"))


def test_front_matter_alone_is_an_empty_article():
    loaded = load_bytes(b"---\ntitle: x\n---\n\n", document_id="a.md", media_type="text/markdown")
    assert [f.message for f in loaded.faults] == ["a.md: the article is empty"]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A bridge\ndate: 1932-03-19\n---\nIt opened.",
        "---\r\ntitle: A bridge\r\n---\r\nIt opened.",
        "---\ntitle: 'A bridge\n---\nIt opened.",
        "---\n\nIt opened.\n\n---\nIt closed.",
        "---\ntitle: A bridge\nIt opened.",
        "It opened.",
        "",
    ],
)
def test_the_article_starts_where_its_front_matter_ends(text):
    assert front_matter.split(text).end == front_matter.article_start(text)


@pytest.mark.parametrize(
    ("markdown", "stored"),
    [
        ("a < b and c > d, I <3 it, 5<6 and 7>6.", "a < b and c > d, I <3 it, 5<6 and 7>6."),
        ("<3 is a heart.", "<3 is a heart."),
        ("<name> wrote it in 2009. It was <b>good</b>.", "<name> wrote it in 2009. It was good."),
        ("x <y and z> w.", "x <y and z> w."),
        ("<Otto Weiss> resigned in 1940.", "<Otto Weiss> resigned in 1940."),
        ("<otto>\nresigned in <b>1940</b>.", "<otto>\nresigned in 1940."),
        ("The <co-author> of *it*.", "The <co-author> of it."),
        ('<Card id="1">It fell.</Card> <Rule/> <lead>It rose.</lead>', "It fell.  It rose."),
        ("<BR>Rain <SPAN class=x>fell</SPAN>.", "Rain fell."),
    ],
)
def test_what_only_looks_like_a_tag_is_text(markdown, stored):
    document = load(markdown)
    assert stored == document.text
    for word in ("wrote", "resigned", "fell"):
        at = stored.find(word)
        if at >= 0:
            first, last = source_span(document.offsets, at, at + len(word))
            assert word == markdown[first:last]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Rain <script>x went</script> fell.", ["Rain  fell."]),
        ("<div><style>p {a went}</style>Words went.</div>", ["Words went."]),
        ("<p>He went.</p><script>var a = 1;\n</script> And after.", ["He went. And after."]),
        ("<script>x went</script> Visible words went.", ["Visible words went."]),
        ("<?xml it went?> Visible words went.", ["Visible words went."]),
        ("Rain <!-- it -- went --> fell.", ["Rain  fell."]),
        ("<!-- a --> Rain <!-- b -- c --> fell.", ["Rain  fell."]),
        ("<!-- it went\n\nand went", []),
        ("<style>\np { it went }\n\nAnd so on.", []),
        ("It fell.[^1] It rose.[^b]\n\n[^1]: A note.\n[^b]: Two notes.", ["It fell. It rose.", "A note.\n Two notes."]),
        ("It fell.[^1]\n\n[^1]: http://x.org", ["It fell."]),
        ("It fell.[^9] It rose.", ["It fell.[^9] It rose."]),
    ],
)
def test_what_is_hidden_is_no_text_and_what_is_seen_is(markdown, expected):
    loaded = load_bytes(markdown.encode(), document_id="a.md", media_type="text/markdown")
    assert expected == [text for document in loaded.documents for _, text in parts(document)]


# --------------------------------------------------------------------- long and deep


@pytest.mark.parametrize(("mark", "kind"), [("> ", "paragraph"), ("- ", "list_item"), ("1. ", "list_item")])
@pytest.mark.parametrize("depth", [1, 9, 10, 19, 20, 37, 38, 39, 500])
def test_text_is_text_however_deep_it_is_nested(mark, kind, depth):
    source = f"It rained.\n\n{mark * depth}He *went* home.\n\n# After\n\nIt fell.\n"
    document = load(source)
    assert source.replace("*", "") == document.text
    (found,) = [text for found, text in parts(document) if kind == found and "home" in text]
    assert found.endswith("He went home.")
    assert ["After", "It fell."] == [text for _, text in parts(document)][-2:]


def test_what_is_nested_too_deep_goes_on_below_and_ends_where_its_list_ends():
    source = "- " * 30 + "one\n" + "  " * 30 + "two\n" + "- three\n"
    texts = [text for _, text in parts(load(source))]
    assert ("three", True) == (texts[-1], "two" in " ".join(texts[:-1]))


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_long_paragraph_loses_its_marks_too(between):
    sentence = "He *went* to [the **bank**](http://x.org) &amp; home <!-- a note --> at `noon`."
    document = load("# A\n\n" + between.join([sentence] * 2_000))
    (_, text) = parts(document)[1]
    assert between.join(["He went to the bank & home  at noon."] * 2_000) == text
    at = document.text.rindex("bank")
    first, last = source_span(document.offsets, at, at + 4)
    assert len(document.text) > LONGEST
    assert 2_000 * len(sentence + between) + 5 - len(between) - sentence[::-1].index("knab") == last == first + 4


def test_a_long_word_is_kept_whole():
    assert "*" + "a" * 3 * LONGEST == load("*" + "a" * 3 * LONGEST).text


def test_a_long_block_of_html_is_read_and_its_scripts_and_comments_are_not():
    text = "<div>\n" + "<p>He went home.</p>\n" * 2_000
    code = "<script>\n" + "he_went(1 < 2);\n" * 3_000 + "</script>\n<!-- " + "he left\n" * 5_000 + "-->\n"
    (_, found) = parts(load(f"# A\n\n{text}{code}{text}</div>"))[1]
    assert ["He went home."] * 4_000 == found.split("\n")[:2_000] + [line for line in found.split("\n")[2_000:] if line]
