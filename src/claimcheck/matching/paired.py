"""Figures and dates told in pairs: "fell to 4.1 percent in April from 4.6 percent in March"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.model import Slot, Span

from .pair import Pair
from .rows import Row


def paired(pair: Pair, rows: Sequence[Row]) -> list[Row]:
    """*rows*, the date that goes with another figure of the source's statement being one of something else."""
    figure = next((r.source for r in rows if r.slot is Slot.QUANTITY and r.source is not None), None)
    dates = _dates(pair, figure) if figure is not None else {}
    return [
        evolve(row, stray=f"in the source it is “{dates[row.source].text}” of {row.source.text}")
        if row.slot is Slot.TIME and row.source is not None and dates.get(row.source, figure) != figure
        else row
        for row in rows
    ]


def _dates(pair: Pair, figure: Span) -> dict[Span, Span]:
    """The dates of the source's statement with the figure that each goes with, when there are as many of one unit."""
    units = {q.span: q.value.unit for q in pair.source.quantities}
    figures = sorted((span for span, unit in units.items() if unit == units.get(figure)), key=lambda s: s.start)
    times = sorted((t.span for t in pair.source.times), key=lambda s: s.start)
    if len(figures) < 2 or len(figures) != len(times):
        return _of_compared(pair, figures, times)
    places = sorted([*figures, *times], key=lambda s: s.start)
    alternate = all((a in figures) is not (b in figures) for a, b in pairwise(places))
    return dict(zip(times, figures, strict=True)) if alternate else {}


def _of_compared(pair: Pair, figures: Sequence[Span], times: Sequence[Span]) -> dict[Span, Span]:
    """The dates right after a figure that another is only compared with: "61 percent, up from 58 percent in 2015"."""
    text = pair.theirs.document.text
    comparing = lexicon.cues("compared_figure")
    compared = [f for f in figures[1:] if text[: f.start].split()[-1:] and text[: f.start].split()[-1] in comparing]
    found = ((time, figure) for figure in compared for time in times if time.start - figure.end > 0)
    return {time: figure for time, figure in found if text[figure.end : time.start].strip() in lexicon.cues("on_date")}
