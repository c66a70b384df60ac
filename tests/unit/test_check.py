"""A draft checked sentence by sentence: places, context, what is set aside, findings."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck import Checker, Corpus, Document, documents
from claimcheck.checker.drafts import draft_of_bytes, load_draft
from claimcheck.checker.filters import filtered
from claimcheck.checker.rules import checked_prefix, rule
from claimcheck.errors import ConfigError, DocumentError
from claimcheck.matching.verdict import judge_claim

BRIDGE = (
    "The harbour bridge was opened by Mayor Otto Weiss in March 1932. The harbour bridge cost 6 million dollars. "
    "Weiss was born in Vienna. He resigned in 1940. "
    "The council plans to close the harbour bridge in 1950."
)


@pytest.fixture(scope="module")
def checker():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="bridge.txt", text=BRIDGE, published=dt.date(1948, 5, 3)))
        yield Checker(corpus)


def found(report):
    return [(d.code, d.text) for d in report.diagnostics]


def markdown(text):
    return draft_of_bytes(text.encode(), name="draft.md")


def test_wrong_date_and_figure_are_found_where_they_stand(checker):
    draft = markdown(
        "# A bridge\n\nMayor Otto Weiss opened the harbour bridge in **1934**. It cost 9 million dollars.\n"
    )
    report = checker.check(draft)
    first, second = report.diagnostics
    assert ("CC-C01", "error", 3, 1) == (first.code, first.severity, first.place.line, first.place.column)
    assert "1934" == draft.words(first.focus)
    assert "Mayor Otto Weiss opened the harbour bridge in **1934**." == draft.words(first.place)
    assert ("CC-C02", 3, 57) == (second.code, second.place.line, second.place.column)
    assert "bridge.txt" == first.evidence[0].document


def test_pronouns_and_short_names_mean_what_they_mean_in_the_draft(checker):
    report = checker.check(markdown("Mayor Otto Weiss opened the harbour bridge in 1932. He resigned in 1941.\n"))
    assert [("CC-C01", "He resigned in 1941.")] == found(report)
    assert "supported" == report.claims[0].verdict.label


def test_relative_dates_count_from_the_date_of_the_draft(checker):
    said = "The harbour bridge was opened by Mayor Otto Weiss two years ago.\n"
    right = checker.check(markdown(f"---\npublished: 1934-04-01\n---\n\n{said}"))
    wrong = checker.check(markdown(f"---\npublished: 1939-04-01\n---\n\n{said}"))
    assert ([], ["CC-C01"]) == ([d.code for d in right.diagnostics], [d.code for d in wrong.diagnostics])


def test_a_plan_told_as_done_is_a_warning_of_its_own(checker):
    report = checker.check(markdown("The council closed the harbour bridge in 1950.\n"))
    assert [("CC-I02", "warning")] == [(d.code, d.severity) for d in report.diagnostics]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Who opened the harbour bridge?", "question"),
        ("Sign the petition now.", "instruction"),
        ("In my opinion the bridge is too narrow.", "opinion"),
        ("The council should close the bridge.", "opinion"),
        ("The harbour bridge is magnificent.", "opinion"),
        ("What a bridge it was!", "opinion"),
        ("The bridge will fall within ten years.", "prediction"),
        ("The plan is likely to fail.", "prediction"),
        ("I walked across the bridge in 1932.", "first_person"),
        ("My uncle built the bridge.", "first_person"),
        ("The opening of the bridge", "fragment"),
        ("She was born in Vienna.", "unclear"),
    ],
)
def test_what_sources_cannot_settle_is_set_aside(checker, sentence, kind):
    report = checker.check(markdown(f"{sentence}\n"))
    assert ([kind], [], []) == ([a.kind for a in report.aside], list(report.claims), found(report))


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour bridge is 40 metres long.",
        "The mayor said that the bridge should be closed.",
        "The engineer said that the bridge will fall.",
        "The council plans to close the bridge.",
        "“We built the bridge,” the engineer said.",
        "The bridge is an important example of its kind.",
        "It was cold when the bridge was opened.",
    ],
)
def test_what_sources_could_settle_is_not_set_aside(checker, sentence):
    report = checker.check(markdown(f"{sentence}\n"))
    assert [sentence] == [c.text for c in report.claims]


def test_an_it_that_nothing_explains_is_contradicted_by_nothing(checker):
    alone = checker.check(markdown("It cost 9 million dollars.\n"))
    told = checker.check(markdown("The harbour bridge was opened in 1932. It cost 9 million dollars.\n"))
    assert [] == [d.code for d in alone.diagnostics if d.code.startswith("CC-C")]
    assert ["CC-C02"] == [d.code for d in told.diagnostics]


def test_a_draft_is_not_its_own_source():
    text = "The harbour bridge was opened in 1932."
    with Corpus.memory() as corpus:
        corpus.add(Document(id="draft.txt", text=text))
        report = Checker(corpus).check(text)
    assert ["not_enough_evidence"] == [c.verdict.label for c in report.claims]


def test_html_and_plain_text_have_places_in_the_file(checker, tmp_path):
    page = tmp_path / "draft.html"
    page.write_text(
        "<html><body>\n<p>He &amp; she. The harbour bridge cost <b>9</b> million dollars.</p></body></html>"
    )
    report = checker.check(page)
    assert [("CC-C02", "The harbour bridge cost <b>9</b> million dollars.")] == found(report)
    assert 2 == report.diagnostics[0].place.line
    plain = checker.check("First.\r\nThe harbour bridge cost 9 million dollars.\r\n")
    assert [(2, 1, 2, 43)] == [
        (d.place.line, d.place.column, d.place.end_line, d.place.end_column) for d in plain.diagnostics
    ]


def test_the_same_finding_keeps_its_fingerprint_when_the_draft_changes(checker):
    one = checker.check(markdown("The harbour bridge cost 9 million dollars.\n"))
    moved = checker.check(markdown("# New head\n\nNew words.\nThe harbour  bridge cost *9* million dollars.\n"))
    other = checker.check(markdown("The harbour bridge cost 8 million dollars.\n"))
    assert one.diagnostics[0].fingerprint == moved.diagnostics[-1].fingerprint
    assert one.diagnostics[0].fingerprint != other.diagnostics[0].fingerprint


def test_findings_are_chosen_by_code_and_confidence(checker):
    report = checker.check(markdown("The harbour bridge cost 9 million dollars. The ferry sank.\n"))
    assert ["CC-C02", "CC-I01"] == [d.code for d in report.diagnostics]
    assert ["CC-C02"] == [d.code for d in filtered(report, ignore=("CC-I",)).diagnostics]
    assert ["CC-I01"] == [d.code for d in filtered(report, select=("CC-I01", "CC-X")).diagnostics]
    strict = filtered(report, min_confidence=1.0)
    assert (["CC-I01"], 1) == ([d.code for d in strict.diagnostics], strict.unsure)


@pytest.mark.parametrize(("name", "data"), [("a.jsonl", b"{}"), ("a.md", b"\x89PNG\r\n\0"), ("a.txt", b"  ")])
def test_what_is_no_draft_is_refused(name, data):
    with pytest.raises(DocumentError):
        draft_of_bytes(data, name=name)


def test_a_missing_draft_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        load_draft(tmp_path / "none.md")


def test_a_code_that_does_not_exist_is_refused():
    assert "CC-C0" == checked_prefix("cc-c0")
    with pytest.raises(ConfigError):
        checked_prefix("CC-Z")
    with pytest.raises(ConfigError):
        rule("CC-C99")


def test_only_sentences_that_changed_are_verified_again(checker, monkeypatch):
    judged = []

    def judge(claim, *args, **options):
        judged.append(claim.text)
        return judge_claim(claim, *args, **options)

    monkeypatch.setattr("claimcheck.checker.verify.judge_claim", judge)
    said = "The harbour bridge cost 7 million dollars. Otto Weiss was born in Vienna."
    first = checker.check(markdown(f"{said}\n"))
    again = checker.check(markdown(f"# A new head\n\nClara Falk crossed the river in 1949.\n\n{said}\n"))
    assert 3 == len(judged)
    assert [c.verdict.label for c in first.claims] == [c.verdict.label for c in again.claims[1:]]
    assert [d.fingerprint for d in first.diagnostics] == [d.fingerprint for d in again.diagnostics[1:]]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("# A bridge\n\nThe **harbour** bridge\ncost _9 million_ dollars. It is long.\n", "text/markdown"),
        ("<html><body><p>The harbour&nbsp;bridge <b>cost</b> 9 million dollars.</p></body></html>", "text/html"),
        ("The harbour bridge\r\ncost 9 million dollars.\r\n", "text/plain"),
        ("\ufeffIt is so.\n\nThe harbour bridge\ncost 9 million dollars.\n", "text/plain"),
    ],
)
def test_places_in_a_document_count_in_its_own_text(checker, data, media_type):
    (document,) = documents.load_bytes(data.encode(), document_id="d", media_type=media_type).documents
    report = checker.check(document)
    assert document.text == report.text
    assert ["CC-C02"] == [d.code for d in report.diagnostics if d.code != "CC-I01"]
    for place, text in [(d.place, d.text) for d in report.diagnostics] + [(c.place, c.text) for c in report.claims]:
        assert document.text[place.start : place.end] == text
        before = document.text[: place.start]
        assert (before.count("\n") + 1, len(before) - before.rfind("\n")) == (place.line, place.column)
    assert any("million" in d.text for d in report.diagnostics)


def test_a_document_is_a_draft_as_a_text_is(checker):
    text = "The harbour bridge cost 9 million dollars. <!-- claimcheck: ignore CC-C02 the ledger says so -->"
    report = checker.check(Document(id="note.txt", text=text, title="A note"))
    assert ((), "A note") == (report.diagnostics, report.document.title)
    dated = Checker(None, as_of=dt.date(1950, 1, 2)).check(Document(id="note.txt", text="It is so."))
    assert dt.date(1950, 1, 2) == dated.document.published
    with pytest.raises(DocumentError, match="empty"):
        checker.check(Document(id="note.txt", text=" \n"))
