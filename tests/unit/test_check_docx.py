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
