from __future__ import annotations

import datetime as dt
import json
import math

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import (
    Argument,
    Attribution,
    Claim,
    DateRange,
    Entity,
    EntityKind,
    Evidence,
    Failure,
    Granularity,
    Judgement,
    Label,
    Modality,
    Polarity,
    Position,
    Probabilities,
    Quantity,
    QuantityKind,
    QuantityMention,
    Reading,
    Sentence,
    Slot,
    SlotAlignment,
    SlotRelation,
    Span,
    Stance,
    Statement,
    TimeMention,
    Verdict,
    Warned,
)
from claimcheck.render.objects import (
    claim_object,
    failure_object,
    json_line,
    json_text,
    judgement_object,
    schema,
    verdict_object,
)

TEXT = "Ms Okoro said more than 40 ships had not left Lagos in 2009."


def words(text, *, of=TEXT):
    start = of.index(text)
    return Span.of(of, start, start + len(text))


def claim():
    statement = Statement(
        span=words("more than 40 ships had not left Lagos in 2009"),
        relation=words("left"),
        lemma="leave",
        arguments=(
            Argument(slot=Slot.SUBJECT, span=words("more than 40 ships"), head="ship", words=("ship",)),
            Argument(slot=Slot.PLACE, span=words("Lagos"), head="lagos", link="from", entities=("e1",)),
        ),
        times=(
            TimeMention(
                span=words("2009"),
                value=DateRange(
                    earliest=dt.date(2009, 1, 1),
                    latest=dt.date(2009, 12, 31),
                    granularity=Granularity.YEAR,
                    edtf="2009",
                ),
            ),
        ),
        quantities=(
            QuantityMention(
                span=words("more than 40"),
                value=Quantity(value=40, low=40, high=math.inf, unit="ship", kind=QuantityKind.COUNT),
            ),
        ),
        polarity=Polarity.NEGATIVE,
        modality=Modality.PLANNED,
        cue=words("not"),
        attribution=Attribution(speaker=words("Ms Okoro"), entity="e2", cue=words("said")),
        exclusive=("only",),
    )
    reading = Reading(
        sentences=(Sentence(index=0, span=Span.of(TEXT, 0, len(TEXT)), statements=(statement,)),),
        entities=(
            Entity(id="e1", name="Lagos", kind=EntityKind.PLACE),
            Entity(id="e2", name="Ada Okoro", kind=EntityKind.PERSON),
        ),
        warnings=(Warned(code="CC-W01", message="a date is not anchored", span=words("2009")),),
    )
    return Claim(text=TEXT, id="c1", reading=reading)


def verdict(**changes):
    source = "Forty-two ships left\nLagos.\u2028"
    made = Verdict(
        claim=claim(),
        label=Label.CONTRADICTED,
        confidence=0.91,
        probabilities=Probabilities(supported=0.04, contradicted=0.91, not_enough_evidence=0.05),
        evidence=(
            Evidence(
                document="harbour/ships.md",
                span=Span(start=100, end=100 + len(source), text=source),
                stance=Stance.CONTRADICTS,
                score=math.inf,
                confidence=0.91,
                alignment=(
                    SlotAlignment(
                        slot=Slot.QUANTITY,
                        relation=SlotRelation.AGREES,
                        claim=words("more than 40"),
                        source=Span(start=100, end=109, text="Forty-two"),
                    ),
                    SlotAlignment(slot=Slot.PLACE, relation=SlotRelation.UNKNOWN),
                ),
                attribution="the harbour master",
                position=Position(start=120, end=140, line=7, column=3),
                published=dt.date(2009, 6, 1),
            ),
            Evidence(
                document="x", span=Span(start=0, end=1, text="x"), stance=Stance.NEUTRAL, score=0.0, confidence=0.2
            ),
        ),
        warnings=(Warned(code="CC-W03", message="who is Okoro?"),),
    )
    return attrs.evolve(made, **changes)


def judgement():
    return Judgement(
        id="p1",
        label=Stance.SUPPORTS,
        probabilities={"supports": 0.7, "contradicts": 0.1, "neutral": 0.2},
        alignment=verdict().evidence[0].alignment,
        reason="They agree.",
    )


FAILURE = Failure(id="7", text="\x00", code="CC-E01", message="the claim is empty", hint="write one")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verdict", verdict_object(verdict())),
        ("verdict", verdict_object(verdict(claim=Claim(text="unread"), evidence=(), warnings=()))),
        ("verdict", failure_object(FAILURE)),
        ("judgement", judgement_object(judgement())),
        ("judgement", failure_object(FAILURE)),
    ],
)
def test_objects_keep_to_their_published_schema(name, value):
    jsonschema.Draft202012Validator.check_schema(schema(name))
    strict = _closed(schema(name))
    jsonschema.validate(json.loads(json_line(value)), strict, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(
    "value",
    [
        {"schema_version": "1", "id": "1", "claim": "neither verdict nor error"},
        {**verdict_object(verdict()), "error": {"code": "CC-E01", "message": "both", "hint": ""}},
        {**verdict_object(verdict()), "confidence": 1.2},
        {**verdict_object(verdict()), "verdict": "SUPPORTS"},
    ],
)
def test_schema_refuses_what_breaks_the_contract(value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema("verdict"))


def _closed(node):
    """The schema, but with every key it does not know forbidden: nothing is printed that is not written down."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(item) for key, item in node.items()}
    if "properties" in node:
        closed["additionalProperties"] = False
    return closed


def test_verdict_object_has_the_keys_of_the_contract():
    value = verdict_object(verdict())
    assert ("1", "c1", TEXT, "contradicted", 0.91) == tuple(
        value[key] for key in ("schema_version", "id", "claim", "verdict", "confidence")
    )
    assert {"supported": 0.04, "contradicted": 0.91, "not_enough_evidence": 0.05} == value["probabilities"]
    first = value["evidence"][0]
    assert (100, 128, "contradicts", "the harbour master") == tuple(
        first[key] for key in ("start", "end", "stance", "attribution")
    )
    assert {"start": 120, "end": 140, "line": 7, "column": 3} == first["file"]
    assert "2009-06-01" == first["published"]
    row = first["slots"][0]
    assert ("quantity", "more than 40", "Forty-two", "agrees") == tuple(
        row[key] for key in ("slot", "claim", "source", "relation")
    )


def test_numbers_that_json_cannot_hold_become_null():
    value = verdict_object(verdict())
    assert value["evidence"][0]["score"] is None
    quantity = next(s for s in value["statements"][0]["slots"] if s["slot"] == "quantity")
    assert {"low": 40, "high": None} == {key: quantity["value"][key] for key in ("low", "high")}
    json.loads(json_line(value), parse_constant=pytest.fail)


def test_every_slot_of_a_statement_is_in_its_place():
    slots = claim_object(claim())["statements"][0]["slots"]
    assert ["subject", "relation", "place", "time", "quantity", "polarity", "modality", "attribution"] == [
        slot["slot"] for slot in slots
    ]
    assert all(TEXT[slot["start"] : slot["end"]] == slot["text"] for slot in slots)
    assert ["Lagos"] == slots[2]["entities"]
    assert {"from": "2009-01-01", "to": "2009-12-31", "edtf": "2009"}.items() <= slots[3]["value"].items()


def test_a_line_has_no_character_that_a_reader_takes_for_its_end():
    line = json_line(verdict_object(verdict()))
    assert [line] == line.splitlines()
    assert "Forty-two ships left\nLagos.\u2028" == json.loads(line)["evidence"][0]["text"]


@given(st.dictionaries(st.text(), st.text(st.characters(exclude_categories=()))))
def test_any_text_survives_the_line(value):
    line = json_line(value)
    assert len(line.encode("utf-8").decode("utf-8").splitlines()) == 1
    assert value == json.loads(line)
    assert value == json.loads(json_text(value))
