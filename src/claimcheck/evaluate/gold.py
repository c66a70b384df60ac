"""The records of an evaluation: a gold claim, where its evidence stands, and what came of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from attrs import frozen

from claimcheck.model import Failure, Label, Stance, Verdict


@frozen(kw_only=True)
class Place:
    """
    Where a piece of evidence stands.

    Args:
        document: Id of the document.
        start: First code point in the stored text.
        end: One past the last code point.
        sentence: Number of the sentence within the document, from 0; ``None`` when unknown.
        stance: Its stance.
    """

    document: str
    start: int
    end: int
    stance: Stance
    sentence: int | None = None


@frozen(kw_only=True)
class GoldEvidence:
    """
    Where evidence ought to be found: a stretch of text, or a sentence by number.

    Args:
        document: Id of the document, or a FEVER page: the id without its folder and suffix.
        start: First code point in the stored text, ``None`` when only the sentence is known.
        end: One past the last code point, likewise.
        sentence: Number of the sentence, ``None`` when only the stretch is known.
        stance: The stance it ought to have, ``None`` when the data does not say.
        text: The words, for people.
    """

    document: str
    start: int | None = None
    end: int | None = None
    sentence: int | None = None
    stance: Stance | None = None
    text: str = ""

    def found_in(self, place: Place) -> bool:
        """Whether *place* is, or shares a code point with, this evidence."""
        if self.document not in {place.document, PurePosixPath(place.document).stem}:
            return False
        if self.start is not None and self.end is not None:
            return place.start < self.end and self.start < place.end
        return place.sentence is not None and place.sentence == self.sentence


@frozen(kw_only=True)
class GoldClaim:
    """
    A claim with the verdict that a careful editor would give.

    Args:
        id: The data set's own, else the position from 1.
        text: The claim.
        label: The right verdict.
        evidence: Alternative sets; all of one set together decide the claim.
        tags: What the claim tries out.
    """

    id: str
    text: str
    label: Label
    evidence: tuple[tuple[GoldEvidence, ...], ...] = ()
    tags: tuple[str, ...] = ()


@frozen(kw_only=True)
class Outcome:
    """
    A gold claim and what came of it.

    Args:
        gold: The claim with its right verdict.
        result: The verdict, or why there is none.
        places: Where the verdict's evidence stands, in its order.
    """

    gold: GoldClaim
    result: Verdict | Failure
    places: tuple[Place, ...] = ()

    @property
    def given(self) -> Label | None:
        """The verdict that was given, ``None`` when the claim could not be checked."""
        return self.result.label if isinstance(self.result, Verdict) else None

    @property
    def right(self) -> bool:
        """Whether the right verdict was given."""
        return self.given is self.gold.label
