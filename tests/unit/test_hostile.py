"""Hostile input that once came through as a fault of ours: each is answered, or refused with a reason."""

from __future__ import annotations

import datetime as dt
import html
import json

import pytest

from claimcheck import Checker, Corpus, Document, Stance
from claimcheck.checker.baseline import baseline_text, read_baseline
from claimcheck.checker.diagnostics import CheckReport
from claimcheck.checker.drafts import draft_of_bytes, draft_of_text
from claimcheck.checker.memory_file import entries_of, memory_text
from claimcheck.checker.reviews import entries_of_reviews
from claimcheck.checker.rules import Severity
from claimcheck.cli.inputs import read_claims
from claimcheck.config import configuration
from claimcheck.documents import load_bytes
from claimcheck.documents.metadata import parse_date
from claimcheck.errors import ConfigError, LongSentenceWarning, TokenFileError
from claimcheck.language.dates import find_dates
from claimcheck.language.quantities import find_quantities
from claimcheck.language.reading import read
from claimcheck.lsp.settings import Settings
from claimcheck.lsp.texts import OpenText, Text, Units, path_of
from claimcheck.model import Label
from claimcheck.render.check_formats import FORMATS
from claimcheck.server.tokens import read_tokens

DEEP = "[" * 900 + "]" * 900
HALF = "\ud83c"


def loaded(text, media_type):
    found = load_bytes(text.encode(), document_id="a", media_type=media_type)
    assert () == found.faults
    return found.documents[0]


# ------------------------------------------------------------------------- articles


@pytest.mark.parametrize("written", ["Mon, 1 Jan {} 10:00:00 +0000", "Mon, {} Jan 2000 10:00:00 +0000"])
def test_a_date_in_metadata_beyond_every_calendar_is_none(written):
    assert dt.date(2000, 1, 1) == parse_date("Mon, 1 Jan 2000 10:00:00 +0000")
    assert parse_date(written.format("9" * 20)) is None


def test_keys_of_front_matter_that_are_no_words_are_passed_over():
    lines = ["a: &a0 [x, y]", *(f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    text = "---\ntitle: T\n" + "\n".join(lines) + "\n? [*a29]\n: 1\n---\nIt is."
    document = loaded(text, "text/markdown")
    assert "T" == document.title
    assert len(text) > sum(len(value) for _, value in document.metadata)


def test_names_in_linked_data_stand_in_one_list_at_most():
    page = '<p>a<script type="application/ld+json">{{"@type": "Article", "author": {}}}</script>'
    assert (("author", "A, B"),) == loaded(page.format('["A", {"name": "B"}, ["C"]]'), "text/html").metadata
    assert () == loaded(page.format(DEEP), "text/html").metadata


# --------------------------------------------------------------------- claim memory


def entry(**more):
    return json.dumps({"claim": "Otto met Clara.", "verdict": "supported"} | more)


def test_a_place_in_a_memory_that_no_text_has_is_refused():
    evidence = {"document": "a", "start": 0, "end": 1, "text": "a", "stance": "supports"}
    assert 1 == len(entries_of(entry(evidence=[evidence]), "m"))
    with pytest.raises(ConfigError, match="line 1, is no checked claim"):
        entries_of(entry(evidence=[evidence]).replace('"end": 1', '"end": 1e999'), "m")


def test_a_memory_with_half_a_character_can_be_written_again():
    entries = entries_of(entry(claim=f"Otto {HALF} met Clara.", tags=[HALF], note=HALF), "m")
    text = memory_text(entries)
    text.encode("utf-8")
    assert entries == entries_of(text, "m")


def review(rating, **more):
    return json.dumps({"@type": "ClaimReview", "claimReviewed": "Otto left.", "reviewRating": rating} | more)


def test_a_rating_beyond_every_number_says_nothing():
    text = review({"ratingValue": 1, "bestRating": 5, "worstRating": 1})
    assert [Label.CONTRADICTED] == [e.remembered.label for e in entries_of_reviews(text, "r")[0]]
    entries, left_out = entries_of_reviews(text.replace("5", "5" * 400), "r")
    assert ([], 1) == (entries, len(left_out))


def test_authors_of_a_review_stand_in_one_list_at_most():
    text = review({"name": "false"}, author=["A", {"name": "B"}, ["C"]])
    assert ["A, B"] == [e.remembered.who for e in entries_of_reviews(text, "r")[0]]
    deep = text.replace('["C"]', DEEP)
    assert ["A, B"] == [e.remembered.who for e in entries_of_reviews(deep, "r")[0]]


def test_reviews_stay_in_their_order_however_they_are_nested():
    inner = [json.loads(review({"name": "false"}, identifier=str(number))) for number in range(4)]
    text = json.dumps([inner[0], {"a": {"b": [inner[1]]}, "c": inner[2]}, inner[3]])
    assert ["0", "1", "2", "3"] == [e.remembered.id for e in entries_of_reviews(text, "r")[0]]


def test_a_review_with_half_a_character_can_be_remembered():
    entries, _ = entries_of_reviews(review({"name": "false"}, url=f"a{HALF}", reviewBody=HALF), "r")
    memory_text(entries).encode("utf-8")


# ------------------------------------------------------------------ files beside them


def test_a_baseline_with_half_a_character_can_be_written_again(tmp_path):
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"schema_version": "1", "entries": [{"fingerprint": "a", "reason": HALF}]}))
    written = baseline_text(read_baseline(path).entries)
    written.encode("utf-8")
    assert "a" in written


@pytest.mark.parametrize("header", ['""claim,id', '"claim\n"x,id'])
def test_a_first_line_that_is_no_csv_is_refused(tmp_path, header):
    path = tmp_path / "claims.csv"
    path.write_text(f"{header}\na,1\n")
    with pytest.raises(ConfigError, match=r"claims\.csv"):
        list(read_claims([], str(path)))


@pytest.mark.parametrize("value", [DEEP, "1" * 5_000])
def test_toml_that_python_cannot_hold_is_refused(tmp_path, value):
    path = tmp_path / "claimcheck.toml"
    path.write_text(f"jobs = {value}\n")
    with pytest.raises(ConfigError, match="is not TOML"):
        configuration(environment={}, folder=tmp_path)
    with pytest.raises(TokenFileError, match="is not valid"):
        read_tokens(str(path))


def test_the_home_of_nobody_is_refused(tmp_path):
    path = tmp_path / "claimcheck.toml"
    path.write_text('corpus = ["~no-such-user-here/articles"]\n')
    with pytest.raises(ConfigError, match="home of nobody"):
        configuration(environment={}, folder=tmp_path)
    with pytest.raises(ConfigError, match="home of nobody"):
        Settings(index="~no-such-user-here/i").under(tmp_path)


@pytest.mark.parametrize("uri", ["file://[", "file://[x]/a.md", "//["])
def test_an_address_that_is_none_is_no_file(uri):
    assert path_of(uri) is None
    text = Text(content="", units=Units())
    assert OpenText(uri=uri, language="markdown", version=1, text=text).name


# --------------------------------------------------------------------------- reports


def test_a_page_of_a_draft_holds_nothing_that_html_forbids():
    name = f"a\x1b[31m{HALF}\x00<b>.md"
    draft = draft_of_text("One.\rTwo.\x0c", name=name)
    page = "".join(FORMATS["html"]([CheckReport(path=name, text=draft.text, document=draft.document)]))
    page.encode("utf-8")
    assert not set(page) & set("\x00\x0c\x1b")
    assert "a\ufffd[31m\ufffd\ufffd&lt;b&gt;.md" in page
    assert "One.&#13;Two.\ufffd" in page


# ------------------------------------------------------------------- half a character


def test_evidence_with_half_a_character_is_judged():
    found = Checker(None, entailment=None).judge("Otto left in 2009.", f"Otto {HALF} left in 2009. {HALF}")
    assert Stance.SUPPORTS == found.label


def test_a_draft_with_half_a_character_is_checked_where_it_stands():
    with Corpus.memory() as corpus:
        corpus.add(Document(id="a.txt", text="Otto Weiss opened the bridge in 1932."))
        report = Checker(corpus, entailment=None).check(
            draft_of_text(f"It rained {HALF} here. Otto Weiss opened the bridge in 1934.")
        )
    (finding,) = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert "Otto Weiss opened the bridge in 1934." == report.text[finding.place.start : finding.place.end]


# ------------------------------------------------------------------------- endless texts

FAR = 10_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"From March{' ' * FAR}and{' ' * FAR}May 2003 it rained.", ["2003-03", "2003-05"]),
        (f"In March{' ' * FAR}x{' ' * FAR}May 2003", ["", "2003-05"]),
        (f"In 1994 {'one million ' * FAR}left in 2009.", ["1994", "2009"]),
        (f"In 1994 1{',111' * FAR} left in 2009.", ["1994", "2009"]),
        (f"In 1994 it rained.{' Monday 2009.' * 500}", ["1994", *["", "2009"] * 500]),
    ],
    ids=["and", "other word", "millions", "figures", "weekdays"],
)
def test_dates_are_found_however_much_stands_between_them(text, expected):
    found = find_dates(text, anchor=None)
    assert expected == [mention.value.edtf for mention in found]


def test_dates_do_not_overlap():
    found = find_dates("It fell two years later almost two decades ago.", anchor=dt.date(2009, 8, 4))
    assert ["two years later", "almost two decades ago"] == [mention.span.text for mention in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [("one million two hundred thousand people", 1_200_000), ("1,234,567,890,123 people", 1_234_567_890_123)],
)
def test_long_numbers_are_read_whole(text, value):
    assert [value] == [mention.value.value for mention in find_quantities(text)]


def test_quantities_do_not_overlap():
    found = find_quantities("It took 20 or more than 40 years.")
    assert [("20 or more", 20.0), ("40 years", 40.0)] == [(m.span.text, m.value.low) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "More than 40 people died.\x1eAbout 53 people were killed on Sunday, said Dr.\ufffd were Mle died.\x1eAb1989.",
        "e? QQQQQQQQQQQQQQQKimQQQQbridgeQQQQQ6-million-dollar thinks not opened by Moff.ayolds left.",
    ],
)
def test_a_speaker_whom_the_parser_finds_beyond_the_sentence_is_nobody(text):
    document = Document(id="a", text=text)
    assert all(text[m.span.start : m.span.end] == m.span.text for s in read(document).sentences for m in s.mentions)


# -------------------------------------------------------------------------------- piles

BEFORE, AFTER = "Otto Weiss opened the bridge in 1932.", "Otto Weiss opened the bridge in 1934."
PILES = ["[", "(", "<", "*", "_", "`", ">", "|", "- ", "![", "](", "[(<*_`>|- ", '"', "“", "A. ", "a.", "1,", "é", "\\"]


def as_plain(sign):
    return f"{BEFORE}\n\n{AFTER}\n\n{sign * 1_000}\n", "a.txt"


def as_markdown(sign):
    return as_plain(sign)[0], "a.md"


def as_html(sign):
    return f"<p>{BEFORE}</p>\n<p>{AFTER}</p>\n<div>{html.escape(sign * 1_000)}</div>\n", "a.html"


@pytest.mark.parametrize("written", [as_plain, as_markdown, as_html])
@pytest.mark.parametrize("sign", PILES)
def test_a_draft_is_checked_beside_a_pile_of_signs(sign, written):
    text, name = written(sign)
    draft = draft_of_bytes(text.encode(), name=name)
    if written is as_plain:
        assert text == draft.document.text
    with Corpus.memory() as corpus:
        corpus.add(Document(id="a.txt", text="It rained. Otto Weiss opened the bridge in 1932."))
        report = Checker(corpus, entailment=None, method="slots").check(draft)
    found = {claim.text: claim.verdict.label for claim in report.claims}
    assert (Label.SUPPORTED, Label.CONTRADICTED) == (found[BEFORE], found[AFTER])
    assert all(text[c.place.start : c.place.end] == c.text for c in (*report.claims, *report.aside))
    page = "".join(FORMATS["html"]([report]))
    assert BEFORE in page


@pytest.mark.parametrize("word", ["🎉", "a and ", "of a ", "who said that ", "his father ", "not ", "'", "=", "Sir "])
def test_a_sentence_that_nobody_would_write_is_kept_and_its_statements_are_not_read(word):
    text = f"{BEFORE}\n\nClara Falk left {word * 1_200}.\n"
    found = read(Document(id="a", text=text))
    assert BEFORE == found.sentences[0].span.text
    assert found.sentences[0].statements
    (long,) = [s for s in found.sentences if len(s.span.text) > 1_000]
    assert (text.strip().split("\n\n")[1], ()) == (long.span.text, long.statements)
    assert {"clara", "falk"} <= set(long.words)
    assert "Clara Falk" in {mention.span.text for mention in long.mentions}
    assert [(LongSentenceWarning.code, long.span)] == [(w.code, w.span) for w in found.warnings if w.code == "CC-W09"]


@pytest.mark.parametrize("word", ["saying ", "of the father ", "ran and "])
def test_a_sentence_nested_deeper_than_python_goes_is_kept(word):
    text = f"{BEFORE} He left {word * (900 // len(word.split()))}."
    found = read(Document(id="a", text=text))
    assert found.sentences[0].statements
    assert text.endswith(found.sentences[-1].span.text)


def test_statements_are_read_from_a_long_sentence():
    text = f"Clara Falk met {'a, ' * 300}and Otto Weiss."
    found = read(Document(id="a", text=text))
    assert () == found.warnings
    assert found.sentences[0].statements
