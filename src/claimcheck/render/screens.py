"""The screens of `parse` and `index`."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.index.protocol import CheckReport, DocumentInfo, IndexInfo
from claimcheck.model import Claim, Modality, Polarity, Reading, Statement

from .display import Look, counted, shortened
from .page import Page, Piece
from .slots import slot_rows

_FORMS = {
    "active": "an active clause",
    "passive": "a passive clause",
    "nominal": "a noun phrase",
    "copula": "a clause with “be”",
    "apposition": "an apposition",
    "kinship": "a kinship term",
    "list": "a list",
}


def claim_text(claim: Claim, look: Look) -> str:
    """What was read from a claim: each statement with its slots, dates in EDTF."""
    page = Page(look)
    page.write((claim.text, "strong"))
    reading = claim.reading
    if reading is not None:
        for number, statement in enumerate(claim.statements, start=1):
            page.blank()
            write_statement(page, f"Statement {number} of {len(claim.statements)}", statement, reading, indent=2)
        for warning in reading.warnings:
            page.blank()
            page.write((f"{warning.code}  ", "mixed"), (warning.message, "plain"), hang=2)
    return str(page)


def write_statement(page: Page, lead: str, statement: Statement, reading: Reading, *, indent: int) -> None:
    """
    What was read of one statement, slot by slot.

    Args:
        page: Where it is written.
        lead: What the statement is called.
        statement: Part of *reading*.
        reading: Where the statement's entities are named.
        indent: Columns to the left.
    """
    page.write((lead, "strong"), (f"  {_put(statement)}", "quiet"), indent=indent)
    rows = [
        ((row.slot.value, "quiet"), (row.span.text if row.span else "", "plain"), (row.meaning, "plain"))
        for row in slot_rows(statement, reading)
    ]
    page.table(("slot", "words", "read as"), rows, indent=indent)


def _put(statement: Statement) -> str:
    """How a statement is put, in words."""
    form = _FORMS.get(statement.form, statement.form)
    done = "as a fact" if statement.modality is Modality.ACTUAL else f"as {statement.modality.value}"
    denied = ", negated" if statement.polarity is Polarity.NEGATIVE else ""
    said = f", according to {statement.attribution.speaker.text}" if statement.attribution else ""
    return f"from {form}, put {done}{denied}{said}"


def documents_text(documents: Iterable[DocumentInfo], look: Look) -> str:
    """The documents of an index, one a row."""
    page = Page(look)
    rows = [
        (
            (document.id, "plain"),
            (document.published.isoformat() if document.published else "", "quiet"),
            (f"{document.sentences:,}", "plain"),
            (shortened(document.title, 60), "quiet"),
        )
        for document in documents
    ]
    if not rows:
        page.write(("The index holds no documents.", "plain"))
        return str(page)
    page.table(("document", "published", "sentences", "title"), rows, figures={"sentences"})
    page.blank()
    page.write((counted(len(rows), "document"), "strong"))
    return str(page)


def info_text(info: IndexInfo, look: Look) -> str:
    """What an index holds."""
    page = Page(look)
    page.write((info.path, "strong"))
    page.blank()
    rows: list[tuple[Piece, Piece]] = [
        (("documents", "quiet"), (f"{info.documents:,}", "plain")),
        (("sentences", "quiet"), (f"{info.sentences:,}", "plain")),
        (("statements", "quiet"), (f"{info.statements:,}", "plain")),
        (("names", "quiet"), (f"{counted(info.entities, 'entity', 'entities')}, {info.mentions:,} mentions", "plain")),
        (("search terms", "quiet"), (f"{info.terms:,}", "plain")),
        (("size", "quiet"), (_size(info.bytes), "plain")),
        (("format", "quiet"), (f"{info.format_version}, analysis {info.analysis_version}", "plain")),
        (("updated", "quiet"), (info.updated.isoformat(sep=" ", timespec="seconds") if info.updated else "", "plain")),
        (("access", "quiet"), ("read only" if info.read_only else "read and write", "plain")),
    ]
    page.table(("what", "value"), rows, indent=2)
    return str(page)


def check_text(report: CheckReport, look: Look) -> str:
    """What a check of an index proved, and every fault."""
    page = Page(look)
    sign = "" if look.plain else ("✓ " if report.ok else "✗ ")
    if report.ok:
        page.write((f"{sign}The index is sound", "good"))
    else:
        page.write((f"{sign}{counted(len(report.faults), 'fault')}", "bad"))
    proved = f"{counted(report.spans, 'span')} proved"
    seen = f"in {counted(report.sentences, 'sentence')} of {counted(report.documents, 'document')}"
    page.write((f"{proved} {seen}.", "plain"))
    for fault in report.faults:
        page.write((f"{fault.document or 'index'}: ", "quiet"), (fault.message, "plain"), indent=2, hang=2)
    return str(page)


def _size(number: int) -> str:
    """A file's size for people, in powers of 1,024."""
    size = float(number)
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
        size /= 1024
    return f"{size:,.1f} GiB"
