"""The slot table of one statement: each slot with its words, their place and what they were read as."""

from __future__ import annotations

from attrs import frozen

from claimcheck.matching.rows import BY_ALIAS
from claimcheck.model import (
    Argument,
    DateRange,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    Reading,
    Slot,
    Span,
    Statement,
)


@frozen(kw_only=True)
class SlotRow:
    """
    One slot of a statement.

    Args:
        slot: Which one.
        span: Its words, ``None`` when nothing in the text stands for it.
        meaning: What the words were read as, for people.
        time: The date, in the slot ``time``.
        quantity: The number, in the slot ``quantity``.
        entities: Names of who and what is meant.
    """

    slot: Slot
    span: Span | None
    meaning: str = ""
    time: DateRange | None = None
    quantity: Quantity | None = None
    entities: tuple[str, ...] = ()


def slot_rows(statement: Statement, reading: Reading) -> tuple[SlotRow, ...]:
    """
    The slots of *statement*: participants, relation, times, quantities, then how it is put.

    Args:
        statement: Part of *reading*.
        reading: Where the statement's entities are named.
    """
    rows = [_argument(argument, reading) for argument in statement.in_slot(Slot.SUBJECT)]
    rows.append(SlotRow(slot=Slot.RELATION, span=statement.relation, meaning=_relation(statement)))
    rows += [_argument(a, reading) for slot in (Slot.OBJECT, Slot.PLACE) for a in statement.in_slot(slot)]
    rows += [
        SlotRow(slot=Slot.TIME, span=time.span, meaning=date_words(time.value), time=time.value)
        for time in statement.times
    ]
    rows += [
        SlotRow(slot=Slot.QUANTITY, span=q.span, meaning=quantity_words(q.value), quantity=q.value)
        for q in statement.quantities
    ]
    if statement.polarity is Polarity.NEGATIVE:
        rows.append(SlotRow(slot=Slot.POLARITY, span=statement.cue, meaning="negated"))
    if statement.modality is not Modality.ACTUAL:
        rows.append(SlotRow(slot=Slot.MODALITY, span=statement.cue, meaning=statement.modality.value))
    if statement.attribution is not None:
        speaker = statement.attribution
        name = _entity_names((speaker.entity,), reading)
        rows.append(SlotRow(slot=Slot.ATTRIBUTION, span=speaker.speaker, meaning="says so", entities=name))
    return tuple(rows)


def _argument(argument: Argument, reading: Reading) -> SlotRow:
    names = _entity_names(argument.entities, reading)
    kinds = [entity.kind.value for e in argument.entities[:1] if (entity := reading.entity(e))]
    meaning = f"{names[0]} ({kinds[0]})" if names and kinds else argument.head
    if any(entity.said for e in argument.entities[:1] if (entity := reading.entity(e))):
        meaning += f", {BY_ALIAS}"
    if argument.link:
        meaning = f"{argument.link}: {meaning}"
    if argument.negated:
        meaning += ", excluded"
    return SlotRow(slot=argument.slot, span=argument.span, meaning=meaning, entities=names)


def _entity_names(ids: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    return tuple(entity.name for entity_id in ids if (entity := reading.entity(entity_id)))


def _relation(statement: Statement) -> str:
    only = f", {' '.join(statement.exclusive)}" if statement.exclusive else ""
    return f"{statement.lemma} ({statement.form}){only}"


def date_words(value: DateRange) -> str:
    """
    A date for people: its EDTF form, and the days it covers when that is not plain.

    The source of the notation is ISO 8601-2:2019 (Extended Date/Time Format).
    """
    limit = f"{value.bound} " if value.bound else ""
    if not value.anchored:
        return limit + (_year_unknown(value) or "not anchored: the year or day is unknown")
    first = value.earliest.isoformat() if value.earliest else "open"
    last = value.latest.isoformat() if value.latest else "open"
    days = first if first == last else f"{first} to {last}"
    about = ", approximate" if value.approximate else ""
    return f"{limit}{value.edtf}{about}" if value.edtf == days else f"{limit}{value.edtf or '?'} ({days}{about})"


def _year_unknown(value: DateRange) -> str:
    if value.month is None:
        return ""
    day = f"-{value.day:02d}" if value.day is not None else ""
    return f"XXXX-{value.month:02d}{day} (year unknown)"


def quantity_words(value: Quantity) -> str:
    """A quantity for people: the number with its unit, and the values that the wording admits."""
    return f"{_amount(value)}{_admitted(value)}"


def _amount(value: Quantity) -> str:
    number = number_words(value.value)
    if value.kind is QuantityKind.PERCENT:
        return f"{number}%"
    kind = "" if value.kind in {QuantityKind.COUNT, QuantityKind.MEASURE} else f" ({value.kind.value})"
    return f"{number} {value.unit}".rstrip() + kind


def _admitted(value: Quantity) -> str:
    if value.low == value.high:
        return ""
    if value.low is None:
        return f", at most {number_words(value.high)}"
    if value.high is None:
        return f", at least {number_words(value.low)}"
    return f", from {number_words(value.low)} to {number_words(value.high)}"


def number_words(value: float | None) -> str:
    """A number with thousands separated and no needless decimals; "?" when there is none."""
    return "?" if value is None else f"{value:,.10g}"
