"""
Pictures as SVG: when the articles of a corpus were published, and when the evidence for claims was.

Plain markup without scripts.  Every mark has its meaning in shape and words, not in colour alone; colours are classes
of the page's style sheet.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from claimcheck.index import DocumentInfo
from claimcheck.model import Evidence, Stance, Verdict

from .display import LABEL_WORDS, counted, shortened
from .markup import text

#: Width of a picture, and of its margins, in its own units.
WIDTH, MARGIN = 960, 40
#: Most months that are drawn as months; longer spans are drawn in years.
MONTHS = 36
#: Claims that are drawn, at most; a page lists the others.
DRAWN = 100
#: Height of the bars, of a claim's row, of the axis beneath.
_HEIGHT, _ROW, _AXIS = 180, 56, 40
#: Room on the right for evidence without a date.
_UNDATED = 110
#: Most labels under an axis.
_LABELS = 12

STANCE_WORDS = {Stance.SUPPORTS: "supports", Stance.CONTRADICTS: "contradicts", Stance.NEUTRAL: "decides nothing"}


# ------------------------------------------------------------------------- coverage


def periods(days: Iterable[dt.date]) -> dict[str, int]:
    """How many of *days* fall in each month, or in each year where they span many months; none is left out between."""
    known = sorted(days)
    if not known:
        return {}
    first, last = known[0], known[-1]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MONTHS:
        counts = Counter(f"{day:%Y-%m}" for day in known)
        start = first.year * 12 + first.month - 1
        names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, start + months)]
    else:
        counts = Counter(f"{day.year:04}" for day in known)
        names = [f"{year:04}" for year in range(first.year, last.year + 1)]
    return {name: counts[name] for name in names}


def coverage_svg(documents: Sequence[DocumentInfo]) -> str:
    """When the articles of a corpus were published: a bar for each month or year, one for those without a date."""
    counts = periods(d.published for d in documents if d.published is not None)
    undated = sum(d.published is None for d in documents)
    bars = [*counts.items(), *([("no date", undated)] if undated else [])]
    most = max((count for _, count in bars), default=1)
    step = (WIDTH - 2 * MARGIN) / max(1, len(bars))
    every = -(-len(bars) // _LABELS)
    parts = []
    for number, (name, count) in enumerate(bars):
        height = _HEIGHT * count / most
        x, y = MARGIN + number * step, _HEIGHT - height + 20
        kind = "undated" if name == "no date" else "bar"
        parts.append(
            f'<rect class="{kind}" x="{x + step * 0.1:.1f}" y="{y:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}">'
            f"<title>{text(name)}: {counted(count, 'article')}</title></rect>"
        )
        if number % every == 0 or name == "no date":
            parts.append(_label(x + step / 2, _HEIGHT + 38, name))
    parts.append(f'<text class="scale" x="{MARGIN}" y="14">{most:,} at most</text>')
    about = f"{counted(len(documents), 'article')} by day of publication, {undated:,} without one"
    return _svg(_HEIGHT + 20 + _AXIS, "Articles by time", about, parts)


# ------------------------------------------------------------------------- timeline


def timeline_svg(verdicts: Sequence[Verdict]) -> str:
    """When the evidence for each claim was published: a row a claim, a mark a sentence, those without a date apart."""
    shown = verdicts[:DRAWN]
    days = sorted(e.published for v in shown for e in v.evidence if e.published is not None)
    first, last = (days[0], days[-1]) if days else (dt.date.min, dt.date.min)
    parts = []
    for number, verdict in enumerate(shown):
        y = number * _ROW + 34
        claim = f"{shortened(verdict.claim.text, 100)} ({LABEL_WORDS[verdict.label]})"
        parts.append(f'<text class="claim" x="{MARGIN}" y="{y - 14}">{text(claim)}</text>')
        parts.append(f'<line class="row" x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}"/>')
        parts += [_mark(evidence, _x(evidence.published, first, last), y) for evidence in reversed(verdict.evidence)]
    bottom = len(shown) * _ROW + 24
    if days:
        parts += [_label(_x(day, first, last), bottom, day.isoformat()) for day in _ticks(first, last)]
    parts.append(_label(WIDTH - MARGIN - _UNDATED / 4, bottom, "no date"))
    about = f"The evidence for {counted(len(verdicts), 'claim')} by the day of its article; {len(shown):,} drawn"
    return _svg(bottom + 16, "Evidence by time", about, parts)


def _x(day: dt.date | None, first: dt.date, last: dt.date) -> float:
    """Where a day stands; on the right where there is none."""
    if day is None:
        return WIDTH - MARGIN - _UNDATED / 4
    span = (last - first).days
    share = (day - first).days / span if span else 0.5
    return MARGIN + 12 + share * (WIDTH - 2 * MARGIN - _UNDATED - 12)


def _ticks(first: dt.date, last: dt.date) -> list[dt.date]:
    """A few days to write under the axis, the first and the last among them."""
    count = min(5, (last - first).days + 1)
    if count == 1:
        return [first]
    return [first + (last - first) * number / (count - 1) for number in range(count)]


def _mark(evidence: Evidence, x: float, y: float) -> str:
    day = evidence.published.isoformat() if evidence.published else "no date"
    words = f"{STANCE_WORDS[evidence.stance]}, {day}, {evidence.document}: {shortened(evidence.span.text, 200)}"
    shapes = {
        Stance.SUPPORTS: f'<circle cx="{x:.1f}" cy="{y}" r="7"/>',
        Stance.CONTRADICTS: f'<path d="M{x - 6:.1f} {y - 6} l12 12 m0 -12 l-12 12"/>',
        Stance.NEUTRAL: f'<rect x="{x - 3:.1f}" y="{y - 3}" width="6" height="6"/>',
    }
    return f'<g class="{evidence.stance.value}"><title>{text(words)}</title>{shapes[evidence.stance]}</g>'


# ---------------------------------------------------------------------------- parts


def _label(x: float, y: float, words: str) -> str:
    return f'<text class="scale" x="{x:.1f}" y="{y}" text-anchor="middle">{text(words)}</text>'


def _svg(height: int, title: str, about: str, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{text(f"{title}: {about}")}">\n<desc>{text(about)}</desc>\n' + "\n".join(parts) + "\n</svg>\n"
    )
