from __future__ import annotations

import datetime as dt
import re

import attrs
import pytest
from rich.cells import cell_len

from claimcheck.index import CheckReport, DocumentInfo, IndexInfo
from claimcheck.index.protocol import CheckFault
from claimcheck.model import (
    Argument,
    Claim,
    DateRange,
    Evidence,
    Failure,
    Granularity,
    Judgement,
    Label,
    Position,
    Probabilities,
    Quantity,
    QuantityKind,
    Reading,
    Sentence,
    SentenceKind,
    Slot,
    SlotAlignment,
    SlotRelation,
    Span,
    Stance,
    Statement,
    TimeMention,
    Verdict,
    Warned,
)
from claimcheck.render.display import Look
from claimcheck.render.screens import check_text, claim_text, documents_text, info_text
from claimcheck.render.slots import date_words, quantity_words
from claimcheck.render.sources import counted_sources
from claimcheck.render.text import failure_text, judgement_text, summary_text, verdict_text

CLAIM = "Anna Brandt met Ivo Maric in Vienna in 2003"
SOURCE = (
    "Brandt came close to meeting Maric in the Austrian capital\nin 2003, but she turned the invitation down "
    "after talks between their two staffs had broken off."
)
START = 512
LOOKS = [Look(), Look(color=True), Look(plain=True), Look(width=40), Look(width=40, plain=True)]
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def of(text, part, start=0):
    at = text.index(part)
    return Span(start=start + at, end=start + at + len(part), text=part)


def evidence(**changes):
    made = Evidence(
        document="politics/vienna.md",
        span=Span(start=START, end=START + len(SOURCE), text=SOURCE),
        stance=Stance.CONTRADICTS,
        score=3.0,
        confidence=0.91,
        alignment=(
            SlotAlignment(
                slot=Slot.SUBJECT,
                relation=SlotRelation.AGREES,
                claim=of(CLAIM, "Anna Brandt"),
                source=of(SOURCE, "Brandt", START),
            ),
            SlotAlignment(
                slot=Slot.RELATION,
                relation=SlotRelation.DIFFERS,
                claim=of(CLAIM, "met"),
                source=of(SOURCE, "came close to meeting", START),
                note="it did not happen",
            ),
            SlotAlignment(slot=Slot.QUANTITY, relation=SlotRelation.UNKNOWN),
        ),
        reason="The source says that the meeting nearly happened.",
        position=Position(start=START, end=START + len(SOURCE), line=12, column=4),
        title="How the summit fell apart",
        published=dt.date(2004, 1, 3),
        kind=SentenceKind.CAPTION,
    )
    return attrs.evolve(made, **changes)


def verdict(label=Label.CONTRADICTED, **changes):
    made = Verdict(
        claim=Claim(text=CLAIM, id="s001"),
        label=label,
        confidence=0.91,
        probabilities=Probabilities(supported=0.04, contradicted=0.91, not_enough_evidence=0.05),
        evidence=(evidence(),),
        reason="They nearly met in 2003; the invitation was turned down.",
        warnings=(Warned(code="CC-W03", message="“Maric” can mean two people"),),
    )
    return attrs.evolve(made, **changes)


def lines(text):
    return ESCAPES.sub("", text).splitlines()


@pytest.mark.parametrize("look", LOOKS)
def test_the_screen_says_all_that_matters_and_fits(look):
    text = ESCAPES.sub("", verdict_text(verdict(), look, number="s001"))
    flat = " ".join(text.replace("│", " ").split())
    for words in ("s001", CLAIM, "91% confidence, not calibrated", "turned the", "CC-W03", "2004-01-03", "caption"):
        assert words in flat
    assert "politics/vienna.md:12:4" in flat.replace(" ", "") or "politics/vienna.md:12:4" in flat
    assert "contradicted" in flat.lower()
    assert all(cell_len(line) <= look.width for line in text.splitlines())
    assert not any(line.endswith(" ") for line in text.splitlines() if not look.color)


def test_without_colour_no_escapes_and_the_differing_words_have_carets():
    text = verdict_text(verdict(), Look())
    assert "\x1b" not in text
    rows = text.splitlines()
    at = next(number for number, row in enumerate(rows) if "^" in row)
    start, end = rows[at].index("^"), rows[at].rindex("^") + 1
    assert "came close to meeting" == rows[at - 1][start:end]


def test_marks_that_wrap_are_marked_on_both_lines():
    text = verdict_text(verdict(), Look(width=40))
    rows = text.splitlines()
    marked = [
        rows[n - 1][row.index("^") : row.rindex("^") + 1]
        for n, row in enumerate(rows)
        if row.strip("│ ^") == "" and "^" in row
    ]
    assert "came close to meeting" == " ".join(marked)


def test_carets_stand_under_wide_characters():
    source = "首相は2003年に会わなかった"
    made = evidence(
        span=Span(start=0, end=len(source), text=source),
        alignment=(SlotAlignment(slot=Slot.TIME, relation=SlotRelation.DIFFERS, source=of(source, "2003年")),),
    )
    rows = verdict_text(verdict(evidence=(made,)), Look()).splitlines()
    at = next(number for number, row in enumerate(rows) if "^" in row)
    assert cell_len(rows[at - 1].split("2003")[0]) == rows[at].index("^")
    assert 6 == rows[at].count("^")


def test_colour_adds_nothing_but_escapes_and_drops_the_carets():
    colored = ESCAPES.sub("", verdict_text(verdict(), Look(color=True)))
    plainly = [line for line in verdict_text(verdict(), Look()).splitlines() if "^" not in line]
    assert plainly == [line.rstrip() for line in colored.splitlines()]


def test_plain_has_no_box_drawing_no_symbols_and_names_every_cell():
    text = verdict_text(verdict(), Look(plain=True, width=200))
    assert not re.search("[─-╿✓✗⇄^]", text)
    assert "Verdict: contradicted" in text
    assert "relation – claim: met; source: came close to meeting; relation: differs: it did not happen" in text
    assert "quantity – claim: none; source: none; relation: unknown" in text


@pytest.mark.parametrize("label", list(Label))
@pytest.mark.parametrize("look", LOOKS)
def test_every_verdict_is_named_in_words(label, look):
    text = ESCAPES.sub("", verdict_text(verdict(label, evidence=()), look)).lower()
    words = {"conflicting": "conflicting sources"}.get(label.value, label.value.replace("_", " "))
    assert words in text


def test_copies_of_one_report_are_several_articles_and_one_source():
    printed = [evidence(document=f"d{n}.txt", cluster=n // 2) for n in range(3)]
    assert "3 articles, 2 sources\n" in verdict_text(verdict(evidence=tuple(printed)), Look())
    assert "2 articles, 1 source\n" in verdict_text(verdict(evidence=tuple(printed[:2])), Look())
    assert "source\n" not in verdict_text(verdict(evidence=tuple(printed[:1])), Look())


def test_only_what_decides_is_counted():
    beside = evidence(stance=Stance.NEUTRAL, document="other.txt", cluster=1)
    assert (1, 1) == counted_sources(verdict(evidence=(evidence(), beside)))
    assert (0, 0) == counted_sources(verdict(Label.NOT_ENOUGH_EVIDENCE, evidence=(beside,)))


def test_conflicting_sources_are_shown_on_both_sides():
    supporting = evidence(stance=Stance.SUPPORTS, document="other.txt", alignment=())
    text = verdict_text(verdict(Label.CONFLICTING, evidence=(evidence(), supporting)), Look())
    assert "  Supports" in text
    assert "  Contradicts" in text
    assert "Also found" not in text


def test_the_rest_is_brief_and_what_is_left_out_is_counted():
    rest = tuple(
        evidence(stance=Stance.NEUTRAL, document=f"d{n}.txt", span=Span(start=0, end=2, text=f"s{n}"), cluster=n)
        for n in range(1, 8)
    )
    copy = evidence(document="copy.txt")
    text = verdict_text(verdict(evidence=(evidence(), copy, *rest)), Look())
    assert "the same text again" in text
    assert "d3.txt" in text
    assert "d4.txt" not in text
    assert "and 4 more places" in text


def test_hostile_text_cannot_reach_the_terminal():
    hostile = "\x1b]0;owned\x07 \u202etxet"
    made = evidence(
        span=Span(start=0, end=len(hostile), text=hostile),
        alignment=(),
        title=hostile,
        document=hostile,
        attribution=hostile,
        reason=hostile,
    )
    text = verdict_text(verdict(claim=Claim(text=hostile), evidence=(made,), reason=hostile), Look())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_failure_text_says_what_to_do():
    failure = Failure(id="3", text="Is it?", code="CC-E02", message="the claim is a question", hint="assert it")
    assert ["3  Is it?", "! Not checked  CC-E02", "The claim is a question.", "Hint: Assert it."] == lines(
        failure_text(failure, Look(), number="3")
    )


def test_judgement_text_shows_stance_evidence_and_table():
    judgement = Judgement(
        id="1",
        label=Stance.CONTRADICTS,
        probabilities={"supports": 0.1, "contradicts": 0.8, "neutral": 0.1},
        alignment=(
            SlotAlignment(slot=Slot.TIME, relation=SlotRelation.DIFFERS, source=of("in 2003", "2003"), note="no"),
        ),
        reason="The years differ.",
    )
    text = judgement_text(judgement, CLAIM, "in 2003", Look())
    assert "Contradicts  contradicts 80%, neutral 10%, supports 10%" in text
    assert "│ in 2003\n  │    ^^^^" in text
    assert "differs: no" in text


def test_summary_counts_every_outcome():
    labels = [Label.SUPPORTED, Label.SUPPORTED, Label.CONFLICTING, None]
    assert "4 claims: 2 supported, 1 conflicting sources, 1 not checked\n" == summary_text(labels, Look())


def test_claim_text_gives_dates_in_edtf():
    statement = Statement(
        span=Span.of(CLAIM, 0, len(CLAIM)),
        relation=of(CLAIM, "met"),
        lemma="meet",
        arguments=(Argument(slot=Slot.SUBJECT, span=of(CLAIM, "Anna Brandt"), head="brandt"),),
        times=(
            TimeMention(
                span=of(CLAIM, "2003"),
                value=DateRange(
                    earliest=dt.date(2003, 1, 1),
                    latest=dt.date(2003, 12, 31),
                    granularity=Granularity.YEAR,
                    edtf="2003",
                ),
            ),
        ),
    )
    reading = Reading(sentences=(Sentence(index=0, span=Span.of(CLAIM, 0, len(CLAIM)), statements=(statement,)),))
    text = claim_text(Claim(text=CLAIM, reading=reading), Look())
    assert "Statement 1 of 1  from an active clause, put as a fact" in text
    assert re.search(r"time +2003 +2003 \(2003-01-01 to 2003-12-31\)", text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (DateRange(), "not anchored: the year or day is unknown"),
        (DateRange(month=6, day=12), "XXXX-06-12 (year unknown)"),
        (DateRange(earliest=dt.date(2000, 10, 24), latest=dt.date(2000, 10, 24), edtf="2000-10-24"), "2000-10-24"),
        (DateRange(earliest=dt.date(1991, 1, 1), edtf="1991/..", bound="since"), "since 1991/.. (1991-01-01 to open)"),
    ],
)
def test_dates_in_words(value, expected):
    assert expected == date_words(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Quantity(value=40, low=40, high=None, unit="nation"), "40 nation, at least 40"),
        (Quantity(value=90, low=81, high=99, kind=QuantityKind.PERCENT), "90%, from 81 to 99"),
        (
            Quantity(value=1_000_000, low=1_000_000, high=1_000_000, unit="USD", kind=QuantityKind.MONEY),
            "1,000,000 USD (money)",
        ),
        (Quantity(value=50, low=None, high=50, unit="km", kind=QuantityKind.MEASURE), "50 km, at most 50"),
    ],
)
def test_quantities_in_words(value, expected):
    assert expected == quantity_words(value)


@pytest.mark.parametrize("look", LOOKS)
def test_index_screens_hold_their_figures(look):
    document = DocumentInfo(
        id="a/b.md", title="A title", published=None, source="", digest="0", sentences=1200, characters=9
    )
    info = IndexInfo(
        path="news.claimcheck",
        documents=2,
        sentences=1200,
        mentions=9,
        entities=1,
        statements=7,
        terms=5,
        bytes=3_500_000,
        generation=3,
        format_version=1,
        analysis_version="1",
        updated=None,
        read_only=True,
    )
    assert "1,200" in documents_text([document], look)
    assert "no documents" in documents_text([], look)
    assert "3.3 MiB" in info_text(info, look)
    sound = ESCAPES.sub("", check_text(CheckReport(documents=1, sentences=2, spans=3), look))
    assert "sound" in sound
    faulty = CheckReport(documents=1, sentences=2, spans=3, faults=(CheckFault(document="a.txt", message="torn"),))
    assert "1 fault" in ESCAPES.sub("", check_text(faulty, look))
    assert "a.txt: torn" in ESCAPES.sub("", check_text(faulty, look))
