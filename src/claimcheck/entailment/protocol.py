"""What every sentence-pair model must do, and the records that pass between a model and its callers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from attrs import field, frozen, validators

from claimcheck.model import Failure, Probabilities

#: What may stand at the end of a title, so that no full stop is put behind it.
_STOPS = ".!?…:;"


@frozen(kw_only=True)
class Pair:
    """
    A claim and the text it is held against.

    Args:
        claim: One statement.
        evidence: A sentence or more, as it stands in the source.
        title: Headline of the source, which often names what the evidence only calls "it"; ``""`` when unknown.
    """

    claim: str = field(validator=validators.instance_of(str))
    evidence: str = field(validator=validators.instance_of(str))
    title: str = field(default="", validator=validators.instance_of(str))


@frozen(kw_only=True)
class Inference:
    """
    What a model makes of one pair.

    Args:
        probabilities: That the evidence supports the claim, contradicts it, or does neither; they sum to 1.
        windows: Number of overlapping windows that the evidence was judged in; 1 when it was judged whole.
        window: The window that decided, ``(start, end)`` code points of the evidence.
    """

    probabilities: Probabilities
    windows: int
    window: tuple[int, int]


@runtime_checkable
class Entailment(Protocol):
    """A model that judges pairs by meaning; one object may be used by several threads at once."""

    @property
    def name(self) -> str:
        """The model and its version: part of a verdict's provenance, and of every key under which a result is kept."""
        ...

    def judge(self, pairs: Sequence[Pair]) -> list[Inference | Failure]:
        """
        Judge *pairs*, in order; a pair that cannot be judged gives a `Failure` in its place.

        What comes out for a pair must not depend on the pairs beside it.

        Raises:
            EngineError: If the model itself fails.
        """
        ...


def lead_in(pair: Pair) -> str:
    """
    What stands before the evidence when it is judged: its title as a sentence, and a space.

    Training puts the same words there.  ``""`` without a title, or when the evidence holds it already.

    >>> lead_in(Pair(claim="Falk resigned", evidence="He resigned.", title="Otto Falk"))
    'Otto Falk. '
    """
    title = " ".join(pair.title.split())
    if not title or title.casefold() in pair.evidence.casefold():
        return ""
    return f"{title} " if title[-1] in _STOPS else f"{title}. "


def title_of(value: object) -> str | None:
    """
    The title that a row of a data set gives: a text, several texts, which are joined, or ``None``, which is none.

    ``None`` comes out for anything else.

    >>> title_of(["Otto Falk", "The Treaty of Varn"])
    'Otto Falk, The Treaty of Varn'
    """
    parts = [value or ""] if value is None or isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return None
    return ", ".join(parts)
