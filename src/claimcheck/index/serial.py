"""
Records to compact JSON and back.

Spans are written as ``[start, length]``, counted from where the sentence begins, and cut again from the document's text
when they are read, so that ``text[start:end] == span.text`` holds for every span that comes out, by construction.  On
the way in each span is compared with the text, so that a wrong one never gets stored.  Fields at their default are left
out.

What is large and never searched is packed: raw DEFLATE (RFC 1951) with a preset dictionary of the key names and of
the words of the text that was read, which makes a sentence about a fifth as long.  The dictionary belongs to the
format: a change of it is a new `claimcheck.index.schema.FORMAT_VERSION`.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs
from cattrs import Converter

from claimcheck.errors import SpanError
from claimcheck.model import Span

_Record = TypeVar("_Record")

#: The text that spans are cut from, and where in it they count from.
_text: ContextVar[tuple[str, int]] = ContextVar("_text")

_DICTIONARY = (
    b'"metadata":[["layout":[{"start":,"end":,"kind":"hidden"},"offsets":{"stored":[,"source":[],"lines":['
    b'"aliases":["","roles":[""],"candidates":["e1","how":"surname"},"words":["","exclusive":["first"],"cue":['
    b'"form":"copula""apposition""passive""nominal""kinship""list","polarity":"negative","modality":"planned"'
    b'"possible""unrealised","negated":true,"clause":true,"bound":"before""after","approximate":true'
    b'"quantities":[{"span":[,"value":{"value":1.0,"low":1.0,"high":1.0,"unit":"year","kind":"percent""money"}}]'
    b'"times":[{"span":[,"value":{"earliest":"2009-01-01","latest":"2009-12-31","granularity":"month""year"'
    b',"edtf":"2009"}}],"attribution":{"speaker":[,"entity":"","cue":[]}}{"relation":[,"arguments":['
    b'{"slot":"place","span":[,"head":"","words":[""],"link":"in","entities":["e2"]},'
    b'{"slot":"object","span":[,"head":"","words":["","link":"with","entities":["e1"]},'
    b'{"slot":"subject","span":[,"head":"","words":["","entities":["e0"]}'
)


def unstructure(record: Any, text: str, *, base: int = 0) -> dict[str, Any]:
    """
    *record* as plain data for JSON; fields at their default are left out.

    Args:
        record: One of the records of `claimcheck.model`.
        text: The document's text, which the record's spans were cut from.
        base: Offset that spans are counted from.
    Raises:
        SpanError: If a span does not say what *text* says at its place.
    """
    with _cutting_from(text, base):
        return cast("dict[str, Any]", _converter().unstructure(record))


def structure(data: Mapping[str, Any], kind: type[_Record], text: str, *, base: int = 0) -> _Record:
    """
    The record of *kind* that `unstructure` made *data* from.

    Raises:
        SpanError: If a span lies outside *text*.
        TypeError: If *data* does not fit *kind*; also KeyError and ValueError.
    """
    with _cutting_from(text, base):
        return _converter().structure(data, kind)


def count_spans(record: Any, text: str) -> int:
    """
    The number of spans in *record*, each compared with *text*.

    Raises:
        SpanError: If one does not say what *text* says at its place.
    """
    counted = 0
    waiting: list[Any] = [record]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Span):
            _compare(item, text)
            counted += 1
        elif attrs.has(type(item)):
            waiting.extend(getattr(item, name.name) for name in attrs.fields(type(item)))
        elif isinstance(item, tuple):
            waiting.extend(item)
    return counted


def dumps(data: Any) -> str:
    """Plain data as JSON without spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def loads(data: str) -> Any:
    """Plain data from JSON."""
    return json.loads(data)


def pack(data: Any, *, near: str = "") -> bytes:
    """
    Plain data as packed JSON.

    Args:
        data: What `dumps` takes.
        near: A text that *data* repeats words of; `unpack` needs the same.
    """
    return pack_text(dumps(data), near=near)


def pack_text(text: str, *, near: str = "") -> bytes:
    """What `pack` makes of the data whose JSON is *text*."""
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=_dictionary(near))
    return squeezer.compress(text.encode()) + squeezer.flush()


def unpack(data: bytes, *, near: str = "") -> Any:
    """
    Plain data from packed JSON.

    Args:
        data: What `pack` made.
        near: The text that `pack` was given.
    Raises:
        ValueError: If *data* is damaged.
    """
    try:
        return loads(zlib.decompressobj(-zlib.MAX_WBITS, zdict=_dictionary(near)).decompress(data).decode())
    except zlib.error as error:
        msg = f"packed data is damaged: {error}"
        raise ValueError(msg) from error


def _dictionary(near: str) -> bytes:
    """DEFLATE looks back 32 KiB at most, and finds what stands last soonest."""
    return near.lower().encode(errors="surrogatepass")[-16_384:] + _DICTIONARY


@contextmanager
def _cutting_from(text: str, base: int) -> Iterator[None]:
    token = _text.set((text, base))
    try:
        yield
    finally:
        _text.reset(token)


def _compare(span: Span, text: str) -> None:
    if text[span.start : span.end] != span.text:
        msg = f"span [{span.start}, {span.end}) does not say what the document says there"
        raise SpanError(msg, span=(span.start, span.end))


def _span_out(span: Span) -> list[int]:
    text, base = _text.get()
    _compare(span, text)
    return [span.start - base, span.end - span.start]


def _span_in(data: Any, _kind: type) -> Span:
    start, length = data
    text, base = _text.get()
    return Span.of(text, base + start, base + start + length)


def _is_row(kind: Any) -> bool:
    """Whether *kind* is a tuple of any length whose items are of one kind."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _row_in(kind: Any, converter: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    """What structures such a tuple; cattrs' own looks its items' hook up each time, which took half of the reading."""
    (item, _) = get_args(kind)
    hook = converter.get_structure_hook(item)
    return lambda data, _kind: tuple([hook(one, item) for one in data])


def _date_in(data: Any, _kind: type) -> dt.date:
    return dt.date.fromisoformat(data)


@functools.cache
def _converter() -> Converter:
    """The converter; its hooks are generated once for each record, on first use."""
    converter = Converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(Span, _span_out)
    converter.register_structure_hook(Span, _span_in)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_structure_hook(dt.date, _date_in)
    converter.register_structure_hook_factory(_is_row, _row_in)
    return converter
