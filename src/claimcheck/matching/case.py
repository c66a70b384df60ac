"""Whether both sides speak of one case, so that a denial or an opposite on one side excludes the other."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.language import lexicon
from claimcheck.model import Polarity, Slot, Statement

from .relations import Bond
from .rows import Alignment, Row
from .taken import indefinite

#: Every other part of a claim must be found at least so far before a source supports or denies it.
SAID_AT_ALL = 0.35
#: From which share a description is the claim's in so many words, and how many content words tell a thing from others.
IN_SO_MANY_WORDS = 0.95
DESCRIBED = 3
#: Words before what is one known thing.
_KNOWN = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})
#: Negations of a predicate alone.
_PLAIN_DENIALS = frozenset({"not", "n't", "n’t", "never"})


def described_alike(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """Whether both sides describe the same known things in so many words: "the ban on jet skis in the lagoon"."""
    if any(s.cue is not None and s.cue.text not in _PLAIN_DENIALS for s in (alignment.claim, alignment.source)):
        return False  # "nobody" and "no ship" are denied of more than is described
    if (
        alignment.claim.quantities
        or alignment.source.quantities
        or any(not r.near for r in rows if r.slot is Slot.TIME)
    ):
        return False  # one councillor is not all of them, and March is not February
    told = [a for a in alignment.claim.arguments if not a.clause]
    core = [a for a in told if a.slot in {Slot.SUBJECT, Slot.OBJECT} and not a.link]
    said = {r.claim for r in rows if r.coverage >= IN_SO_MANY_WORDS}
    if not all(a.span in said for a in told) or not all(a.span.text.split()[0].lower() in _KNOWN for a in core):
        return False
    return bool(core) and sum(len(a.words) for a in told) >= DESCRIBED


def same_case(alignment: Alignment, rows: Sequence[Row]) -> bool:
    """
    Whether both sides speak of one case, so that a denial or an opposite excludes the other.

    A copy that was destroyed is not the copy that was kept; what never happened after 1990 may have happened before;
    and 400 pictures burnt are not the 120 saved.
    """
    claim, source = alignment.claim, alignment.source
    if any(r.coverage < SAID_AT_ALL for r in rows if not r.dated):
        return False
    if alignment.tie.bond is Bond.OPPOSITE:
        found = {r.source for r in rows if r.core}
        core = [a for a in claim.arguments if a.slot in {Slot.SUBJECT, Slot.OBJECT} and not a.link]
        core += [a for a in source.arguments if a.span in found and not a.clause]
        known = not any(map(indefinite, core))
        return known and not may_be_undone(alignment) and all(r.near for r in rows if r.slot is Slot.QUANTITY)
    denial, other = (claim, source) if claim.polarity is Polarity.NEGATIVE else (source, claim)
    return _limits(denial) <= _limits(other)


def may_be_undone(alignment: Alignment) -> bool:
    """
    Whether the source tells of another time, at which the opposite of what the claim says may well have happened.

    Who married in 1990 may have divorced, and whom the court had jailed it may have freed.
    """
    claim, source = alignment.claim, alignment.source
    if alignment.tie.bond is not Bond.OPPOSITE or source.form not in {"active", "passive"}:
        return False
    if lexicon.cues("undone").isdisjoint({claim.lemma, source.lemma}):
        return False
    earlier = source.attribution is None and _was_before(source) and not _was_before(claim)
    return earlier or bool(source.times and not claim.times)


def _was_before(statement: Statement) -> bool:
    """Whether a statement is of what had happened before: "had jailed"."""
    return "had" in statement.span.text.lower().split() and statement.lemma != "have"


def _limits(statement: Statement) -> frozenset[str]:
    """What limits a statement to a time, a rest or a degree: "after", "else", "another", "than", "so thick"."""
    degree = {"so"} if any(a.span.text.lower().startswith("so ") for a in statement.arguments) else set()
    words = set(statement.span.text.lower().split())
    return frozenset((lexicon.cues("limit") | lexicon.cues("remainder") | {"than"}) & words | degree)
