"""The rows of the dates: the claim's beside those of the statement, of the sentence, and of the article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.edtf import parse_edtf
from claimcheck.language.look_back import last_year_named
from claimcheck.model import (
    DateRange,
    Granularity,
    Polarity,
    Slot,
    SlotRelation,
    Span,
    Statement,
    TimeMention,
)

from .distances import distance_at, distance_of
from .pair import Pair, sole
from .relations import COPULAS, classes
from .rows import IN_SENTENCE, ORDER, WEIGHT_VALUE, WRONG_SLOT, Row, open_row
from .sightings import is_entity
from .tolls import TOLL
from .values import compare_dates
from .weekdays import compare_weekdays, weekday_of

_YEAR = re.compile(r"1\d{3}|20\d{2}")
#: How much counts a date or a figure that the source gives more vaguely than the claim: not enough for support.
PARTLY = 0.55
#: How much counts a figure that shares some values with the claim's, both of them limited on both sides.
SHARED_RANGE = 0.8
#: How much counts a value of a statement inside the source's statement.
NESTED = 0.95
#: How much counts that the article is of the claim's date, when its sentence gives none.
BY_PAGE = 0.7
#: A report without a date is about the days before it was printed, at most so many.
RECENT = dt.timedelta(days=31)
#: Words of a verb that tells what is still so.
_PERFECT = frozenset({"has", "have", "been"})


# ----------------------------------------------------------------------------- dates


def time_row(pair: Pair, time: TimeMention) -> Row:
    """The row for one date of the claim: the statement's own dates first, then those inside it, then the sentence's."""
    row = open_row(Slot.TIME, time.span, WEIGHT_VALUE)
    same = _same_distance(pair, time) or _same_words(pair, time)
    if same is not None:
        return evolve(row, relation=SlotRelation.AGREES, coverage=1.0, source=same)
    for pool, factor, firm in _pools(pair):
        graded = [(*_compared(pair, time, t), t) for t in pool]
        graded = [g for g in graded if g[0] is not SlotRelation.UNKNOWN]
        if not graded:
            continue
        relation, note, best = min(graded, key=lambda g: ORDER[g[0]])
        if relation is SlotRelation.DIFFERS:
            if _answers_another(pair, time, best):
                return row
            if _dates_a_limit(pair, best):
                continue
            if firm or (len(graded) == 1 and _is_last_before(pair, best.span)):
                return evolve(row, relation=relation, source=best.span, note=note, rule="time", near=firm)
            continue
        if relation is SlotRelation.ENTAILS and _lasts(pair.claim, time.value) and not _begins(time.value, best.value):
            relation, note = SlotRelation.OVERLAPS, f"{best.span.text} is not when it began"
        if relation is SlotRelation.ENTAILS and _lasts_until(pair, time.value) and not _ends(time.value, best.value):
            note = f"{best.span.text} is not when it ended"
            row = evolve(row, relation=SlotRelation.OVERLAPS, coverage=WRONG_SLOT, source=best.span, note=note)
            continue
        begun = _begun(pair, time.value, best.value) if relation is SlotRelation.OVERLAPS else None
        if begun is SlotRelation.DIFFERS:
            note = f"{best.span.text} does not begin with {time.span.text}"
            return evolve(row, relation=begun, source=best.span, note=note, rule="time", near=firm)
        if begun is SlotRelation.AGREES:
            return evolve(row, relation=begun, coverage=factor, source=best.span, near=firm)
        if relation is SlotRelation.OVERLAPS and _goes_on(pair, time.value, best.value):
            note = f"{best.span.text} takes in {time.span.text}"
            return evolve(row, relation=SlotRelation.ENTAILS, coverage=factor, source=best.span, note=note, near=firm)
        value = factor * (PARTLY if relation is SlotRelation.OVERLAPS else 1.0)
        if not firm and weekday_of(time) is not None and pair.source.depth:
            value = PARTLY  # the day of the main clause is hardly ever that of what it tells in passing
        if _is_limit(best.value) and not _is_limit(time.value):
            value = min(value, PARTLY)
        return evolve(row, relation=relation, coverage=value, source=best.span, note=note, near=firm)
    return _dated_by_page(pair, time.value, row)


def _same_distance(pair: Pair, time: TimeMention) -> Span | None:
    """Where the source's statement is as far from something as the claim's: "three days earlier"."""
    distance = distance_of(time)
    if distance is None:
        return None
    own = [*(t.span for t in pair.source.times), *(q.span for q in pair.source.quantities)]
    return next((span for span in own if distance_at(pair.theirs.document.text, span) == distance), None)


def _same_words(pair: Pair, time: TimeMention) -> Span | None:
    """Where the source's statement says when in the claim's words, and neither can be dated: "this week"."""
    if time.value.anchored:
        return None
    undated = (t.span for t in pair.source.times if not t.value.anchored)
    return next((span for span in undated if span.text.lower() == time.span.text.lower()), None)


def _pools(pair: Pair) -> Iterator[tuple[Sequence[TimeMention], float, bool]]:
    """The dates that can answer the claim's, nearest first: what they count, and whether the statement has them."""
    yield _own_times(pair), 1.0, True
    yield [t for s in pair.nested for t in s.times if pair.lends(t.span)], NESTED, True
    yield _other_times(pair), IN_SENTENCE, False


def _dates_a_limit(pair: Pair, time: TimeMention) -> bool:
    """Whether a date is that of an event which only limits when the source's happened: "after her debut in 1996"."""
    limits = lexicon.cues("limit") | {"between"}
    return any(a.link in limits and a.span.contains(time.span) for a in pair.source.arguments)


def _answers_another(pair: Pair, time: TimeMention, found: TimeMention) -> bool:
    """Whether a date of the source is another one of the claim's: "colder in January than in December"."""
    fits = {SlotRelation.AGREES, SlotRelation.ENTAILS}
    return any(compare_dates(t.value, found.value)[0] in fits for t in pair.times() if t is not time)


def _compared(pair: Pair, time: TimeMention, source: TimeMention) -> tuple[SlotRelation, str]:
    """How a date of the source stands to the claim's; a month without a year is of the year just spoken of."""
    claim = time.value
    if weekday_of(time) is not None:
        return compare_weekdays(time, source)
    relation, note = compare_dates(claim, source.value)
    first, last = claim.earliest, claim.latest
    if relation is not SlotRelation.OVERLAPS or source.value.month is None or source.value.anchored:
        return relation, note
    if first is None or last is None or first.year != last.year or first.year != _year_before(pair):
        return relation, note
    day = evolve(
        claim, earliest=None, latest=None, edtf="", month=first.month, day=first.day if first == last else None
    )
    relation, _ = compare_dates(day, source.value)
    return relation, f"{source.span.text} is that of {first.year}"


def _year_before(pair: Pair) -> int:
    """The last year that the sentence just before names, in the same paragraph; 0 for none."""
    here = pair.theirs.sentence.paragraph
    return next((last_year_named(s.times) for s in pair.theirs.before[-1:] if s.paragraph == here), 0)


def _own_times(pair: Pair) -> Sequence[TimeMention]:
    """The statement's dates; where it lists several participants with a date each, those of the claim's one."""
    own = pair.source.times
    subject = sole(pair.claim, Slot.SUBJECT)
    head = pair.mine.head(subject) if subject is not None else None
    if len(own) < 2 or head is None:
        return own
    side, sentence = pair.theirs.side, pair.theirs.sentence
    named = [
        m for m in sentence.mentions if m.how != "pronoun" and (e := side.entity(m.entity)) and e.kind is head.kind
    ]
    named.sort(key=lambda m: m.span.start)
    ends = [*(m.span.start for m in named[1:]), sentence.span.end]
    for mention, end in zip(named, ends, strict=False):
        if is_entity(side, head, mention.entity, capital=False):
            mine = [t for t in own if mention.span.start < t.span.start < end]
            if mine and any(t not in mine for t in own):
                return mine
    return own


def _is_last_before(pair: Pair, span: Span) -> bool:
    """Whether the source's statement is the last event named before *span*."""
    events = [s.relation.start for s in pair.theirs.statements if s.form not in {"kinship", "apposition"}]
    before = [start for start in events if start < span.start]
    return not before or pair.source.relation.start == max(before)


def _other_times(pair: Pair) -> list[TimeMention]:
    """Dates elsewhere in the sentence, unless they are those of another clause or of the same predicate elsewhere."""
    owned = {
        id(t)
        for s in pair.theirs.statements
        if s is not pair.source and s.lemma == pair.source.lemma and not pair.source.span.contains(s.span)
        for t in s.times
    }
    return [t for t in pair.theirs.sentence.times if id(t) not in owned and pair.lends(t.span)]


def _dated_by_page(pair: Pair, value: DateRange, row: Row) -> Row:
    """A report without a date of its own happened about when it was printed, or in the year the article is about."""
    day = pair.theirs.anchor
    dates = dates_around(pair)
    if pair.source.lemma in COPULAS and pair.claim.lemma not in COPULAS:
        return row  # what somebody is did not happen when it was printed
    if pair.at_another_time():
        return row
    if day is None or value.earliest is None or value.latest is None:
        return row
    if dates and pair.source.form != "apposition":
        return row
    years = value.granularity in {Granularity.YEAR, Granularity.DECADE, Granularity.CENTURY}
    one_year = years and value.earliest.year == value.latest.year
    if not dates and one_year and value.earliest.year != day.year and _is_topic(pair, value.earliest.year):
        return _by_page(row, "the article is about that year")
    coarse = years or value.granularity is Granularity.MONTH
    if coarse and value.earliest <= day and value.latest >= day - RECENT:
        return _by_page(row, f"the article is dated {day.isoformat()}")
    return row


def _is_topic(pair: Pair, year: int) -> bool:
    """Whether the article is about a year that its sentence does not name."""
    if not _YEAR.fullmatch(str(year)) or str(year) not in pair.theirs.topics:
        return False
    return all(t.value.earliest is None or t.value.earliest.year != year for t in pair.theirs.sentence.times)


def _by_page(row: Row, note: str) -> Row:
    """The row of a date that only the article answers."""
    return evolve(row, relation=SlotRelation.OVERLAPS, coverage=BY_PAGE, near=False, dated=True, note=note)


def dates_around(pair: Pair) -> Sequence[TimeMention]:
    """
    The dates of the sentence that can be those of the source's statement.

    That of what is said of it ("reckoned in 1927 that ...") is not, and how many died has the date of its own verb.
    """
    if pair.source.form == TOLL:
        return pair.source.times
    said = pair.source.attribution
    report = [t for s in pair.theirs.statements if said is not None and s.relation == said.cue for t in s.times]
    return [t for t in pair.theirs.sentence.times if pair.lends(t.span) and (t in pair.source.times or t not in report)]


def _goes_on(pair: Pair, claim: DateRange, source: DateRange) -> bool:
    """Whether a state of the source lasts all through the claim's date: head "from 1994 to 2003", so also in 1999."""
    records = [lexicon.relation_class(name) for name in classes(pair.claim) & classes(pair.source)]
    both = {pair.claim.lemma, pair.source.lemma}
    state = "become" not in both and (both <= COPULAS or any(not record.event for record in records))
    start, end = source.earliest, source.latest or pair.theirs.anchor
    first, last = claim.earliest, claim.latest
    if not state or source.approximate or claim.bound or start is None or end is None or first is None or last is None:
        return False
    still = source.bound == "since" and not _PERFECT.isdisjoint(pair.source.span.text.lower().split())
    return (still or source.granularity is Granularity.RANGE) and start <= first and last <= end


def _lasts(claim: Statement, date: DateRange) -> bool:
    """Whether the claim tells what has been so ever since a date: "has been shut since 1973"."""
    return date.bound == "since" and "been" in claim.span.text.lower().split()


def _begins(claim: DateRange, source: DateRange) -> bool:
    """Whether the source's date is of the day, month or year with which the claim's begins."""
    start = parse_edtf(claim.edtf.split("/")[0])
    return source.earliest is not None and start.latest is not None and source.earliest <= start.latest


def _lasts_until(pair: Pair, date: DateRange) -> bool:
    """Whether the claim tells till when something was so: "was minister until 2001"."""
    state = pair.claim.lemma in COPULAS or any(not lexicon.relation_class(n).event for n in classes(pair.claim))
    return date.bound == "until" and state and pair.claim.polarity is Polarity.POSITIVE


def _ends(claim: DateRange, source: DateRange) -> bool:
    """Whether the source's date ends in the day, month or year with which the claim's does."""
    end = parse_edtf(claim.edtf.split("/")[-1])
    return source.latest is not None and end.earliest is not None and source.latest >= end.earliest


def _begun(pair: Pair, claim: DateRange, source: DateRange) -> SlotRelation | None:
    """Whether the claim's date is the first year of the source's state: who led it "from 1994" became its head then."""
    becoming = pair.claim.lemma == "become" and pair.source.lemma != "become"
    if not becoming or source.granularity is not Granularity.RANGE or source.approximate or claim.approximate:
        return None
    start, first, last = source.earliest, claim.earliest, claim.latest
    if start is None or first is None or last is None or claim.bound:
        return None
    if first.year <= start.year <= last.year:
        return SlotRelation.AGREES if claim.granularity is Granularity.YEAR else None
    return SlotRelation.DIFFERS


def _is_limit(date: DateRange) -> bool:
    """Whether a date is only a limit ("until 1994")."""
    return (date.earliest is None) != (date.latest is None)
