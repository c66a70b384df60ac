"""Units of measure: their names, and the conversion between those of one dimension."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import evolve, frozen

from claimcheck.errors import ConfigError
from claimcheck.model import Quantity, QuantityKind

from .wordlists import read_list

_PERSON = "person"


@frozen(kw_only=True)
class Unit:
    """
    A unit with its place in its dimension.

    Args:
        name: Canonical name, as `Quantity.unit` has it.
        kind: What sort of quantity it makes.
        dimension: What it measures, ``""`` when it cannot be converted.
        factor: ``value * factor + offset`` is the value in the dimension's base unit.
        offset: See *factor*.
    """

    name: str
    kind: QuantityKind
    dimension: str = ""
    factor: float = 1.0
    offset: float = 0.0


@cache
def units() -> Mapping[str, Unit]:
    """All units by their canonical name."""
    return {
        row["unit"]: Unit(
            name=row["unit"],
            kind=QuantityKind(row["kind"]),
            dimension=row.get("dimension", ""),
            factor=float(row.get("factor", 1.0)),
            offset=float(row.get("offset", 0.0)),
        )
        for row in read_list("quantities")["units"]["rows"]
    }


def comparable(first: Quantity, second: Quantity) -> bool:
    """
    Whether the two measure the same thing, so that their values can be compared.

    They do when their kinds and units are the same, when their units can be converted into each other, and when a
    bare number stands on one side and the other is counted: "27 were killed" and "27 people were killed".  Two
    counted nouns are the same only when their lemmas are: what words mean is for the caller to know.
    """
    if first.kind is not second.kind:
        bare = {first.kind, second.kind} == {QuantityKind.COUNT, QuantityKind.AGE}
        return bare and "" in {first.unit, second.unit}
    if first.kind in {QuantityKind.SCORE, QuantityKind.PERCENT}:
        return True
    if first.unit == second.unit or _counted(first.unit) == _counted(second.unit):
        return True
    if first.kind in {QuantityKind.COUNT, QuantityKind.ORDINAL}:
        return "" in {first.unit, second.unit}
    return _dimension(first.unit) == _dimension(second.unit) != ""


def convert(quantity: Quantity, unit: str) -> Quantity:
    """
    The same quantity in another unit.

    Args:
        quantity: Any quantity.
        unit: Canonical name of a unit of the same dimension.
    Raises:
        ConfigError: If the quantity cannot be given in that unit.
    """
    if quantity.unit == unit:
        return quantity
    known = units()
    if not _dimension(quantity.unit) or _dimension(quantity.unit) != _dimension(unit):
        message = f"{quantity.unit or 'a bare number'} cannot be converted into {unit or 'a bare number'}"
        raise ConfigError(message, hint="convert between units of one dimension, such as km and mile")
    old, new = known[quantity.unit], known[unit]

    def changed(value: float | None) -> float | None:
        return None if value is None else (value * old.factor + old.offset - new.offset) / new.factor

    value = (quantity.value * old.factor + old.offset - new.offset) / new.factor
    return evolve(quantity, value=value, low=changed(quantity.low), high=changed(quantity.high), unit=unit)


def _dimension(unit: str) -> str:
    found = units().get(unit)
    return found.dimension if found else ""


def _counted(unit: str) -> str:
    return _PERSON if unit in read_list("quantities")["nouns"]["people"] else unit
