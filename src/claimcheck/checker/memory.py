"""
Claim memory: claims that people have checked, recognised when they are made again, in other words too.

Two claims are one when each bears out the other slot by slot, and they name the same people, years and figures.
Likeness of words only chooses which remembered claims are compared.  What is remembered stands beside the evidence;
it decides nothing.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from claimcheck.errors import ClaimcheckError
from claimcheck.index.analysis import years_of
from claimcheck.language import terms
from claimcheck.language.aliases import NO_ALIASES, Aliases
from claimcheck.language.edtf import MONTHS
from claimcheck.language.names import NameRelation
from claimcheck.matching.finding import Finding
from claimcheck.matching.sides import NAMED, Source, compare_entities
from claimcheck.matching.verdict import PartVerdict, judge_parts
from claimcheck.model import (
    Claim,
    Document,
    Entity,
    Label,
    Quantity,
    Reading,
    Remembered,
    SlotRelation,
    Stance,
)

from .claims import parse_claim
from .diagnostics import fingerprint
from .sources import source_of

#: Remembered claims that are compared with a claim, the likeliest.
COMPARED = 8
#: Remembered claims whose readings are kept at hand.
READ = 4096
#: How far two figures that are one may lie apart, as a share: rounding of the machine's, not of people's.
SAME_FIGURE = 1e-9

_WORD = re.compile(r"[^\W_]+")
_GOOD = frozenset({SlotRelation.AGREES, SlotRelation.ENTAILS})


@frozen(kw_only=True)
class Grounds:
    """A sentence that a remembered verdict rests on, as in the files of ``claims/``."""

    document: str
    start: int
    end: int
    text: str
    stance: Stance


@frozen(kw_only=True)
class Entry:
    """
    A claim that was checked.

    Args:
        remembered: The claim with its verdict, when and by whom.
        evidence: What the verdict rests on.
        tags: Of the one who wrote it, for their own use.
    """

    remembered: Remembered
    evidence: tuple[Grounds, ...] = ()
    tags: tuple[str, ...] = ()


def entry_id(claim: str, checked: dt.date | None) -> str:
    """The id of an entry that has none of its own: the same for the same claim checked on the same day."""
    return fingerprint("memory", claim, checked.isoformat() if checked else "")


class ClaimMemory:
    """
    The claims that were checked.

    Args:
        entries: Any number; of two with one id the later counts.
        aliases: Names that are one.

    >>> import datetime as dt
    >>> from claimcheck.model import Label, Remembered
    >>> claim = "Otto Weiss met Clara Falk in 2009."
    >>> known = Remembered(id="1", claim=claim, label=Label.CONTRADICTED, checked=dt.date(2026, 5, 3))
    >>> memory = ClaimMemory([Entry(remembered=known)])
    >>> [found.label.value for found in memory.recall("In 2009 Clara Falk met Otto Weiss")]
    ['contradicted']
    >>> memory.recall("Otto Weiss met Clara Falk in 2008")
    ()
    """

    def __init__(self, entries: Iterable[Entry] = (), *, aliases: Aliases = NO_ALIASES) -> None:
        self.entries = tuple({entry.remembered.id: entry for entry in entries}.values())
        self._aliases = aliases
        self._by_term: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for term in _terms(aliases.written_out(entry.remembered.claim)):
                self._by_term[term].append(number)
        self._read = functools.lru_cache(maxsize=READ)(self._reading_of)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def recall(self, claim: Claim | str) -> tuple[Remembered, ...]:
        """
        What is remembered about *claim*, the latest first; empty when it was never checked.

        Raises:
            ClaimParseError: If *claim* is text and cannot be read.
        """
        if not self.entries:
            return ()
        if isinstance(claim, str):
            claim = parse_claim(claim)
        if claim.reading is None:
            return ()
        reading = self._aliases.in_reading(claim.reading)
        claim = evolve(claim, reading=reading)
        found = [self.entries[n].remembered for n in self._likely(reading) if self._is_one(claim, n)]
        return tuple(sorted(found, key=lambda r: (r.checked or dt.date.min, r.id), reverse=True))

    def _likely(self, reading: Reading) -> list[int]:
        """The numbers of the entries that share the rarest words with the claim."""
        words = {form for sentence in reading.sentences for word in sentence.words for form in terms.search_forms(word)}
        scores: dict[int, float] = defaultdict(float)
        for term in sorted(words):
            holders = self._by_term.get(term, ())
            for number in holders:
                scores[number] += math.log1p(len(self.entries) / len(holders))
        return sorted(scores, key=lambda n: (-scores[n], n))[:COMPARED]

    def _is_one(self, claim: Claim, number: int) -> bool:
        other = self._read(number)
        return other is not None and same_claim(claim, other)

    def _reading_of(self, number: int) -> Claim | None:
        """The claim of an entry, read; ``None`` when nothing can be read from it."""
        remembered = self.entries[number].remembered
        try:
            claim = parse_claim(remembered.claim, identifier=remembered.id, as_of=remembered.checked)
        except ClaimcheckError:
            return None
        assert claim.reading is not None
        return evolve(claim, reading=self._aliases.in_reading(claim.reading))


def remembered_words(known: Remembered) -> str:
    """
    What is remembered, for people: when, what, and by whom.

    >>> from claimcheck.model import Label
    >>> remembered_words(Remembered(id="1", claim="...", label=Label.CONTRADICTED, checked=dt.date(2026, 5, 3)))
    'checked on 3 May 2026: contradicted'
    """
    when = f" on {known.checked.day} {MONTHS[known.checked.month - 1]} {known.checked.year}" if known.checked else ""
    who = f" by {known.who}" if known.who else ""
    return f"checked{when or ' before'}{who}: {known.label.value.replace('_', ' ')}"


def _terms(text: str) -> set[str]:
    return {form for word in _WORD.findall(text) for form in terms.search_forms(word)}


# -------------------------------------------------------------------------- one claim


def same_claim(one: Claim, other: Claim) -> bool:
    """
    Whether two claims, which have been read, say the same: neither more than the other.

    Each has to bear out the other with every slot, in the same statement; years, figures and names are compared once
    more by themselves, so that nothing that no slot holds gets lost.
    """
    if one.reading is None or other.reading is None:
        return False
    if _years(one.reading) != _years(other.reading) or not _same_figures(one.reading, other.reading):
        return False
    if not (_names_all(one.reading, other.reading) and _names_all(other.reading, one.reading)):
        return False
    return _bears_out(one, other) and _bears_out(other, one)


def _years(reading: Reading) -> set[str]:
    return {year for sentence in reading.sentences for year in years_of(sentence.times)}


def _same_figures(one: Reading, other: Reading) -> bool:
    ours, theirs = sorted(map(_figure, _quantities(one))), sorted(map(_figure, _quantities(other)))
    return len(ours) == len(theirs) and all(
        a[0] == b[0] and math.isclose(a[1], b[1], rel_tol=SAME_FIGURE) for a, b in zip(ours, theirs, strict=True)
    )


def _quantities(reading: Reading) -> Iterator[Quantity]:
    return (mention.value for sentence in reading.sentences for mention in sentence.quantities)


def _figure(quantity: Quantity) -> tuple[str, float]:
    return quantity.kind.value, quantity.value


def _names_all(one: Reading, other: Reading) -> bool:
    """Whether everybody and everything that *other* names is named by *one*, as far as names can tell."""
    return all(any(_may_be_one(a, b) for a in one.entities) for b in other.entities if b.kind in NAMED)


def _may_be_one(one: Entity, other: Entity) -> bool:
    return compare_entities(one, other) is not NameRelation.DIFFERENT


def _bears_out(evidence: Claim, claim: Claim) -> bool:
    """Whether *evidence*, taken as a source, has every slot of every part of *claim*."""
    parts = judge_parts(claim, _sources(evidence))
    return bool(parts) and all(_is_whole(part) for part in parts)


def _is_whole(part: PartVerdict) -> bool:
    return part.label is Label.SUPPORTED and any(_every_slot(finding) for finding in part.findings)


def _every_slot(finding: Finding) -> bool:
    if finding.stance is not Stance.SUPPORTS:
        return False
    weighty = [row for row in finding.alignment.rows if row.weight]
    return bool(weighty) and all(row.relation in _GOOD and row.near for row in weighty)


def _sources(claim: Claim) -> Sequence[Source]:
    """The sentences of a claim in the place of sources."""
    assert claim.reading is not None
    document = Document(id=claim.id or "memory", text=claim.text)
    entities = {e.id: e for e in claim.reading.entities}
    return [source_of(document, entities, (sentence,), n) for n, sentence in enumerate(claim.reading.sentences)]
