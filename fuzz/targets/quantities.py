"""Quantities in a text."""

from __future__ import annotations

from claimcheck.language.quantities import comparable, find_quantities, join_units
from claimcheck.model import Span
from claimcheck.render.slots import quantity_words
from fuzz.harness import exact, text_of

BASE = 7


def run(data: bytes) -> None:
    """Find the quantities in *data*."""
    text = text_of(data)
    found = find_quantities(text, base=BASE)
    exact(found, text, base=BASE)
    at = BASE
    for mention in found:
        assert at <= mention.span.start < mention.span.end, mention
        at = mention.span.end
        value = mention.value
        assert value.value == value.value, mention
        assert value.low is None or value.high is None or value.low <= value.high, mention
        quantity_words(value)
        comparable(value, found[0].value)
    exact(join_units(Span(start=BASE, end=BASE + len(text), text=text), found), text, base=BASE)
