"""Pictures: every mark where its day is, every word escaped, the same in the table."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.index import DocumentInfo
from claimcheck.model import Claim, Evidence, Failure, Label, Probabilities, Span, Stance, Verdict
from claimcheck.render.pictures import MONTHS, coverage_svg, periods, timeline_svg
from claimcheck.render.pictures_page import pictures_page

SVG = "{http://www.w3.org/2000/svg}"
DAYS = st.dates(dt.date(1600, 1, 1), dt.date(2200, 1, 1))
WORDS = st.text(min_size=1, max_size=60)


def document(day, name="a.txt"):
    return DocumentInfo(id=name, title="", published=day, source="", digest="0", sentences=3, characters=9)


def evidence(day, stance=Stance.SUPPORTS, words="It rained.", name="a.txt"):
    span = Span(start=0, end=len(words), text=words)
    return Evidence(document=name, span=span, stance=stance, score=1.0, confidence=0.9, published=day)


def verdict(claim, *found):
    chances = Probabilities(supported=1.0, contradicted=0.0, not_enough_evidence=0.0)
    return Verdict(
        claim=Claim(text=claim), label=Label.SUPPORTED, confidence=0.9, probabilities=chances, evidence=found
    )


@given(st.lists(DAYS, max_size=30))
def test_periods_lose_no_article_and_no_time_between(days):
    counts = periods(days)
    assert len(days) == sum(counts.values())
    assert sorted(counts) == list(counts)
    assert all(len(name) == 4 for name in counts) or len(counts) <= MONTHS
    if days:
        width = len(next(iter(counts)))
        assert (min(days).isoformat()[:width], max(days).isoformat()[:width]) == (min(counts), max(counts))


@given(st.lists(st.none() | DAYS, max_size=20))
def test_every_article_is_in_a_bar(days):
    root = ET.fromstring(coverage_svg([document(day) for day in days]))
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert len(days) == sum(int(title.rsplit(": ", 1)[1].split()[0].replace(",", "")) for title in titles)
    heights = [float(bar.get("height")) for bar in root.iter(f"{SVG}rect")]
    assert not heights or max(heights) == 180


@given(st.lists(DAYS, min_size=1, max_size=12), WORDS)
def test_marks_stand_in_the_order_of_their_days(days, words):
    svg = timeline_svg([verdict(words, *(evidence(day, words=words, name=words) for day in days))])
    places = {}
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        day = re.search(r"supports, (\d{4}-\d\d-\d\d),", group.find(f"{SVG}title").text)[1]
        places[day] = float(group.find(f"{SVG}circle").get("cx"))
    assert sorted(day.isoformat() for day in set(days)) == sorted(places)
    ordered = [places[day] for day in sorted(places)]
    assert sorted(ordered) == ordered
    assert all(0 <= x <= 960 for x in ordered)


def test_a_stance_has_a_shape_of_its_own_and_no_date_a_place_of_its_own():
    found = [evidence(dt.date(2009, 1, 1), stance) for stance in Stance] + [evidence(None)]
    root = ET.fromstring(timeline_svg([verdict("It rained.", *found)]))
    shapes = {group.get("class"): group[1].tag.removeprefix(SVG) for group in root.iter(f"{SVG}g")}
    assert {"supports": "circle", "contradicts": "path", "neutral": "rect"} == shapes
    circles = sorted(float(circle.get("cx")) for circle in root.iter(f"{SVG}circle"))
    assert circles[1] - circles[0] > 100


def test_the_page_says_everything_in_words_and_runs_nothing():
    hostile = '<script>alert("x")</script>\x00'
    failure = Failure(id="2", text=hostile, code="CC-E02", message="the claim is a question")
    page = pictures_page([document(None)], [verdict(hostile, evidence(dt.date(2009, 1, 1), words=hostile)), failure])
    assert "<script" not in page
    assert "\x00" not in page
    assert "default-src 'none'" in page
    assert "supported, 90%" in page
    assert "not checked (CC-E02)" in page
    assert 2 == page.count("<svg")
    assert 1 == pictures_page([], []).count("<svg")
