"""
What a claim says of somebody in passing ("Foreign Minister X", "X, the chairman"): the office need not be said.

But the sentence that bears out the rest of the claim may give the same person another office, one that its holder does
not hold together with the claimed one.  At the time of the claim that contradicts; without a time the person may have
held both, one after the other, and the claim stays open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country
from claimcheck.model import Argument, Entity, Slot, SlotRelation, Stance, Statement

from .align import align
from .content import role_phrase
from .finding import NEUTRAL_SCORE, Finding
from .rows import Alignment
from .sides import Side, Source, compare_entities
from .weigh import weigh

#: An article gives people the offices that they hold when it is written; it speaks of those days for so long.
LATELY = dt.timedelta(days=366)
#: Words beside an office that say nothing about which one it is.
_PLAIN = frozenset({"new", "current", "present", "incumbent"})


@frozen(kw_only=True)
class Office:
    """
    An office of one holder at a time, as a description gives it to somebody.

    Args:
        holder: Who is given it.
        phrase: The office: "chief executive".
        body: Content words for what it is an office of; empty when that is a country or not said.
        words: The words that give it.
    """

    holder: Entity
    phrase: str
    body: frozenset[str]
    words: Argument


def other_office(
    claim: Statement, mine: Side, borne_out: Sequence[Finding], pool: Sequence[Source], parts: Sequence[Statement]
) -> Finding | None:
    """
    What the sentences that bear out a claim make of an office that it gives somebody in passing.

    Args:
        claim: The description.
        mine: The claim's names.
        borne_out: What supports the claim's main clause.
        pool: All candidate sentences.
        parts: All statements of the claim.
    Returns:
        ``None`` when nothing speaks against it; a neutral finding when the person may have held both offices at
        different times.
    """
    office = next(_offices(claim, mine), None)
    if office is None or any(_given(source.side, office) for source in pool):
        return None
    for finding in borne_out:
        source = finding.source
        for statement in source.statements:
            for other in _offices(statement, source.side):
                holder = _excluded_by(office, other, source, pool) if _is(office.holder, other.holder) else None
                if holder is not None:
                    told = f"“{office.phrase}” is not “{other.phrase}”{holder}"
                    found = _finding(align(claim, mine, statement, source, parts), source, office, other, told)
                    return found if _is_of_those_days(finding.alignment.claim, source) else _left_open(found)
    return None


def _offices(statement: Statement, side: Side) -> Iterator[Office]:
    """The offices of one holder at a time that a description gives somebody, when nothing else limits them."""
    subject = next(iter(statement.in_slot(Slot.SUBJECT)), None)
    holder = side.head(subject) if subject is not None else None
    if statement.form != "apposition" or statement.cue is not None or holder is None:
        return
    for words in statement.in_slot(Slot.OBJECT):
        phrase = role_phrase(words)
        front, _, after = words.span.text.lower().partition(phrase)
        rest = [w for w in front.split() if w in words.words and w not in _PLAIN and not country(w)]
        if lexicon.single_holder(phrase) and not rest:
            body = {w for w in words.words if w in after and not country(w)}
            yield Office(holder=holder, phrase=phrase, body=frozenset(body), words=words)


def _is(first: Entity, second: Entity) -> bool:
    return compare_entities(first, second) is not NameRelation.DIFFERENT


def _given(side: Side, office: Office) -> bool:
    """Whether an article gives the person the claimed office too, at whatever time."""
    roles = (role for e in side.entities.values() if _is(office.holder, e) for role in e.roles)
    return any(role.endswith(office.phrase) for role in roles)


def _excluded_by(office: Office, other: Office, source: Source, pool: Sequence[Source]) -> str | None:
    """Why nobody holds both offices: "" by their names, or that the article gives the claimed one to somebody else."""
    mine, theirs = office.phrase, other.phrase
    if mine == theirs:
        return None
    same_noun = mine.split()[-1] == theirs.split()[-1] and len(mine.split()) == len(theirs.split()) > 1
    if same_noun or lexicon.roles_exclude(mine, theirs):
        return "" if office.body == other.body else None
    page = [s for s in pool if s.document.id == source.document.id]
    held = (o for s in page for statement in s.statements for o in _offices(statement, s.side))
    held = (o for o in held if o.phrase == mine and not _is(office.holder, o.holder))
    rival = next((o for o in held if not (office.body and o.body) or office.body & o.body), None)
    return f": that is {rival.holder.name}" if rival is not None else None


def _is_of_those_days(claim: Statement, source: Source) -> bool:
    """Whether the claim is dated, and the article was written soon after that."""
    days = [t.value.latest for t in claim.times if t.value.latest is not None]
    return source.anchor is not None and any(day + LATELY >= source.anchor for day in days)


def _finding(alignment: Alignment, source: Source, office: Office, other: Office, told: str) -> Finding:
    """The finding that the office is another one."""
    rows = tuple(
        evolve(r, relation=SlotRelation.DIFFERS, coverage=0.0, source=other.words.span, note=told, rule="role")
        if r.claim == office.words.span
        else r
        for r in alignment.rows
    )
    finding = Finding(
        stance=Stance.CONTRADICTS,
        score=1.0,
        rule="role",
        reason=told,
        alignment=evolve(alignment, rows=rows),
        source=source,
    )
    return evolve(finding, chances=weigh(finding, None).chances)


def _left_open(finding: Finding) -> Finding:
    """The same when the person may have held both offices, one after the other."""
    reason = f"{finding.reason}, perhaps at another time"
    left = evolve(finding, stance=Stance.NEUTRAL, score=NEUTRAL_SCORE, rule="", reason=reason)
    return evolve(left, chances=weigh(left, None).chances)
