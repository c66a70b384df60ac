"""How many articles a verdict rests on, and how many sources they are: copies of one report count once."""

from __future__ import annotations

from collections.abc import Mapping

from claimcheck.model import Label, Stance, Verdict

DECIDING: Mapping[Label, tuple[Stance, ...]] = {
    Label.SUPPORTED: (Stance.SUPPORTS,),
    Label.CONTRADICTED: (Stance.CONTRADICTS,),
    Label.CONFLICTING: (Stance.SUPPORTS, Stance.CONTRADICTS),
    Label.NOT_ENOUGH_EVIDENCE: (),
}
"""The stances of the evidence that makes each verdict."""


def counted_sources(verdict: Verdict) -> tuple[int, int]:
    """The articles whose sentences decide, and the groups of copies among these sentences; an article is no two."""
    deciding = [e for e in verdict.evidence if e.stance in DECIDING[verdict.label]]
    articles = {e.document for e in deciding}
    return len(articles), min(len(articles), len({e.cluster for e in deciding}))
