"""A reading good enough to fill an index: no model, exact spans, importable by the processes of a test."""

from __future__ import annotations

import datetime as dt
import os
import re
import time

from claimcheck.errors import DocumentError
from claimcheck.model import (
    Argument,
    DateRange,
    Document,
    Entity,
    EntityKind,
    Granularity,
    Mention,
    Reading,
    Sentence,
    Slot,
    Span,
    Statement,
    TimeMention,
)


def read(document: Document) -> Reading:
    """Sentences end at full stops, names are capitalised, a statement is a sentence."""
    names: dict[str, Entity] = {}
    sentences = []
    for number, found in enumerate(re.finditer(r"[^.\s][^.]*\.", document.text)):
        sentences.append(_sentence(document, number, found.start(), found.end(), names))
    return Reading(sentences=tuple(sentences), entities=tuple(names.values()), anchor=document.published)


def _sentence(document: Document, number: int, start: int, end: int, names: dict[str, Entity]) -> Sentence:
    def spans(pattern: str) -> list[Span]:
        return [
            document.span(start + m.start(), start + m.end()) for m in re.finditer(pattern, document.text[start:end])
        ]

    mentions = []
    for span in spans(r"[A-Z]\w+(?: [A-Z]\w+)*"):
        known = names.setdefault(
            span.text, Entity(id=f"e{len(names)}", name=span.text, kind=EntityKind.PERSON, roles=("somebody",))
        )
        mentions.append(Mention(span=span, entity=known.id))
    times = tuple(
        TimeMention(
            span=span,
            value=DateRange(
                earliest=dt.date(int(span.text), 1, 1),
                latest=dt.date(int(span.text), 12, 31),
                granularity=Granularity.YEAR,
                edtf=span.text,
            ),
        )
        for span in spans(r"\b(?:19|20)\d\d\b")
    )
    words = spans(r"\w+")
    statement = Statement(
        span=document.span(start, end),
        relation=words[-1],
        lemma=words[-1].text.lower(),
        arguments=(Argument(slot=Slot.SUBJECT, span=words[0], head=words[0].text.lower(), words=(words[0].text,)),),
        times=times,
    )
    return Sentence(
        index=number,
        span=document.span(start, end),
        words=tuple(word.text.lower() for word in words),
        mentions=tuple(mentions),
        statements=(statement,),
        times=times,
    )


def read_slowly(document: Document) -> Reading:
    """`read`, at a pace at which a test can interfere."""
    time.sleep(0.01)
    return read(document)


def read_but(document: Document) -> Reading:
    """`read`, but some documents are trouble; the text says which."""
    if "UNREADABLE" in document.text:
        msg = f"{document.id}: no sentences in it"
        raise DocumentError(msg)
    if "BUG" in document.text:
        msg = "the reader has a bug"
        raise ZeroDivisionError(msg)
    if "DEADLY" in document.text:
        os._exit(1)
    reading = read(document)
    if "MISQUOTED" in document.text:
        span = reading.sentences[0].span
        wrong = Span(start=span.start, end=span.end, text="x" * len(span.text))
        return Reading(sentences=(Sentence(index=0, span=wrong),))
    return reading
