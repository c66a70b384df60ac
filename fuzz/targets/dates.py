"""Dates in a text, in metadata and in EDTF."""

from __future__ import annotations

import datetime as dt

from claimcheck.documents.metadata import parse_date
from claimcheck.language.dates import find_dates, is_ambiguous, parse_edtf
from claimcheck.render.slots import date_words
from fuzz.harness import exact, text_of

ANCHORS = (None, dt.date(2009, 8, 4), dt.date(2024, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31))
BASE = 7


def run(data: bytes) -> None:
    """Find the dates in *data*; the first byte chooses the day that they count from."""
    text = text_of(data[1:])
    found = find_dates(text, anchor=ANCHORS[data[0] % len(ANCHORS)] if data else None, base=BASE)
    exact(found, text, base=BASE)
    at = BASE
    for mention in found:
        assert at <= mention.span.start < mention.span.end, mention
        at = mention.span.end
        is_ambiguous(mention)
        assert date_words(mention.value)
        if mention.value.edtf:
            read = parse_edtf(mention.value.edtf)
            assert (read.earliest, read.latest) == (mention.value.earliest, mention.value.latest), mention
    parse_date(text)
    parse_edtf(text[:40])
