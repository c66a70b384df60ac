"""Word files as drafts, with the extra."""

from __future__ import annotations

import io
import zipfile

import pytest

from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.documents.docx import MOST_PARTS
from claimcheck.errors import DocumentError


def word_file():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("A bridge", level=0)
    made.add_paragraph("The harbour bridge was opened in 1932.\tIt is 🌉 long.")
    made.add_paragraph("")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Length"
    table.cell(0, 1).text = "40 metres"
    made.add_paragraph("First point.", style="List Bullet")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_paragraphs_headings_lists_and_tables_are_read_in_order():
    draft = draft_of_bytes(word_file(), name="draft.docx")
    texts = [(draft.text[b.start : b.end], b.kind) for b in draft.document.layout]
    assert [
        ("A bridge", "headline"),
        ("The harbour bridge was opened in 1932. It is 🌉 long.", "paragraph"),
        ("Length", "paragraph"),
        ("40 metres", "paragraph"),
        ("First point.", "list_item"),
    ] == texts
    assert "A bridge" == draft.document.title
    start = draft.text.index("It is")
    place = draft.place(start, start + 5)
    assert (3, 40) == (place.line, place.column)


def test_a_paragraph_of_many_runs_breaks_and_links_keeps_all_of_its_text():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    paragraph = made.add_paragraph("One\ttwo\n" * 3)
    linked = docx.oxml.parse_xml(
        '<w:hyperlink xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>three</w:t></w:r>'
        "<w:r><w:noBreakHyphen/><w:t>four</w:t></w:r></w:hyperlink>"
    )
    paragraph._p.append(linked)  # noqa: SLF001 - the library makes no links
    paragraph.add_run(" five").bold = True
    made.add_paragraph("[" * 5_000)
    nested = made.add_table(rows=1, cols=1).cell(0, 0)
    nested.text = "six"
    nested.add_table(rows=1, cols=1).cell(0, 0).text = "seven"
    file = io.BytesIO()
    made.save(file)
    text = draft_of_bytes(file.getvalue(), name="draft.docx").text
    assert ["One two One two One two three-four five", "[" * 5_000, "six", "seven"] == text.split("\n\n")


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"PK\x03\x04 not an archive", "not a Word file"),
        (packed([("word/document.xml", b"\0" * 20_000_000)]), "unpacks to"),
        (packed([(f"{n}.xml", b"") for n in range(MOST_PARTS + 1)]), "unpacks to"),
        (packed([("a.txt", b"no word file at all")]), "cannot be read|needs python-docx"),
    ],
    ids=["no archive", "bomb", "many parts", "other archive"],
)
def test_what_is_no_sound_word_file_is_refused(data, match):
    with pytest.raises(DocumentError, match=match):
        draft_of_bytes(data, name="draft.docx")


def with_part(name, change):
    """The Word file with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(word_file())) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    changed = change(parts[name].decode()).encode()
    assert changed != parts[name]
    return packed((parts | {name: changed}).items())


def test_a_file_whose_parts_are_not_what_they_should_be_is_refused():
    data = with_part("word/document.xml", lambda xml: xml.replace("wordprocessingml/2006", "wordprocessingml/4012"))
    with pytest.raises(DocumentError, match="cannot be read"):
        draft_of_bytes(data, name="draft.docx")


def test_an_archive_of_a_later_time_is_refused():
    data = bytearray(packed([("a.txt", b"x")]))
    entry = data.index(b"PK\x01\x02")
    data[entry + 6] = 99  # the version that is needed to unpack it
    with pytest.raises(DocumentError, match="not a Word file"):
        draft_of_bytes(bytes(data), name="draft.docx")


def test_a_cell_is_read_once_however_wide_it_says_it_is():
    wide = '<w:tcPr><w:gridSpan w:val="200000000"/>'
    data = with_part("word/document.xml", lambda xml: xml.replace("<w:tcPr>", wide, 1))
    assert 1 == draft_of_bytes(data, name="draft.docx").text.count("Length")


def test_a_cell_over_two_rows_is_read_once():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Both"
    table.cell(0, 1).text, table.cell(1, 1).text = "Above", "Below"
    file = io.BytesIO()
    made.save(file)
    assert "Both\n\nAbove\n\nBelow" == draft_of_bytes(file.getvalue(), name="draft.docx").text
