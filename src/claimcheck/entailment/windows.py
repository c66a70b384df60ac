"""
From a pair of texts to the token sequences that a model is given: one, or overlapping windows.

Nothing is cut in silence.  Evidence that is too long for the model is judged in windows that overlap, each with the
title before it and the whole claim behind it; together they hold every character of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen
from tokenizers import Encoding, Tokenizer

from claimcheck.errors import EngineError, PairError

from .files import DAMAGED, FOREIGN
from .protocol import Pair, lead_in

EMPTY, TOO_LONG, UNKNOWN = "CC-E51", "CC-E52", "CC-E53"
"""Codes of a side without text, a claim that is too long to judge, and a side without a word that the model knows."""

#: Share of a sequence that the claim may take.
CLAIM_SHARE = 0.75
#: Share of what the claim leaves that the title may take in every window; a longer one is read as evidence, once.
TITLE_SHARE = 0.25
#: Share of a window that the next one may repeat.
OVERLAP_SHARE = 0.25

_SURROGATES = re.compile("[\ud800-\udfff]")
_SENTENCE_ENDS = frozenset('.!?…"”’»)')


@frozen(kw_only=True)
class Window:
    """
    One sequence for the model.

    Args:
        ids: Token ids, special tokens among them; at most the model's ``max_tokens``.
        types: Segment of each token, as the model's tokenizer numbers it.
        start: First code point of the evidence that it holds.
        end: One past the last.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    start: int
    end: int


@frozen
class _Frame:
    """The special tokens before, between and behind the two sides, and the segment number of each of the five."""

    before: tuple[int, ...]
    between: tuple[int, ...]
    after: tuple[int, ...]
    types: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.before) + len(self.between) + len(self.after)


class Encoder:
    """
    Makes windows of pairs.

    Args:
        tokenizer: Of the model; its own truncation and padding are switched off.
        max_tokens: Longest sequence that the model takes.
        overlap: Tokens of evidence that two windows share, if they can be that large.
    Raises:
        EngineError: If the tokenizer does not make sequences of pairs.
    """

    def __init__(self, tokenizer: Tokenizer, *, max_tokens: int, overlap: int) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._frame = _frame(tokenizer.encode("a", "a"))
        self._unknown = tokenizer.token_to_id(getattr(tokenizer.model, "unk_token", None) or "")
        self._room = max_tokens - self._frame.size
        self._overlap = overlap

    def encode(self, pair: Pair) -> list[Window]:
        """
        The windows of *pair*, in text order.

        Raises:
            PairError: If a side is empty or holds no word that the model knows, or the claim is too long.
        """
        _check_text(pair.claim, "claim")
        _check_text(pair.evidence, "evidence")
        lead = lead_in(pair)
        claim = self._encoded(pair.claim, 0, "claim").ids
        if len(claim) > CLAIM_SHARE * self._room:
            msg = f"the claim is too long to judge: {len(claim)} tokens, at most {int(CLAIM_SHARE * self._room)}"
            raise PairError(msg, hint="check its statements one by one", code=TOO_LONG)
        text = lead + pair.evidence
        source = self._encoded(text, len(lead), "evidence")
        size = self._room - len(claim)
        starts, ids = [start for start, _ in source.offsets], source.ids
        kept = sum(end <= len(lead) for _, end in source.offsets) if lead and len(ids) > size else 0
        if kept > TITLE_SHARE * size:
            kept = 0
        found = []
        for first, last in _ranges(text, starts, kept, size - kept, self._overlap):
            start = 0 if first == kept else max(starts[first] - len(lead), 0)
            end = len(pair.evidence) if last == len(ids) else max(starts[last] - len(lead), 0)
            found.append(self._window(ids[:kept] + ids[first:last], claim, start, end))
        return found

    def _encoded(self, text: str, skip: int, side: str) -> Encoding:
        """The tokens of *text*; the words that are known are looked for behind the first *skip* code points."""
        text = _SURROGATES.sub("\ufffd", text)
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            if token != self._unknown and end > skip and any(c.isalnum() for c in text[start:end]):
                return encoding
        msg = f"the {side} holds no word that the model knows"
        raise PairError(msg, hint="the model reads English", code=UNKNOWN)

    def _window(self, source: Sequence[int], claim: Sequence[int], start: int, end: int) -> Window:
        frame = self._frame
        parts = (frame.before, source, frame.between, claim, frame.after)
        return Window(
            ids=tuple(token for part in parts for token in part),
            types=tuple(kind for part, kind in zip(parts, frame.types, strict=True) for _ in part),
            start=start,
            end=end,
        )


def parsed_tokenizer(path: Path, data: bytes, hint: str) -> Tokenizer:
    """
    The tokenizer that *data*, the content of ``tokenizer.json``, describes.

    Raises:
        EngineError: If it describes none.
    """
    try:
        return Tokenizer.from_str(data.decode("utf-8"))
    except Exception as error:  # the tokenizers library raises nothing more specific
        msg = f"{path}: expected a tokenizer, found something else: {error}"
        raise EngineError(msg, hint=hint, code=DAMAGED) from error


def _check_text(text: str, side: str) -> None:
    if not any(c.isprintable() and not c.isspace() for c in text):
        msg = f"the {side} is empty"
        raise PairError(msg, hint="give a claim and an evidence text", code=EMPTY)


def _frame(probe: Encoding) -> _Frame:
    sides = probe.sequence_ids
    if 0 not in sides or 1 not in sides:
        msg = "the tokenizer does not make sequences of two texts"
        raise EngineError(msg, hint="give the tokenizer that the model was trained with", code=FOREIGN)
    first, second = sides.index(0), sides.index(1)
    middle = next(i for i in range(first, len(sides)) if sides[i] != 0)
    tail = next((i for i in range(second, len(sides)) if sides[i] != 1), len(sides))
    parts = (slice(0, first), slice(first, middle), slice(middle, second), slice(second, tail), slice(tail, None))
    before, _, between, _, after = (tuple(probe.ids[part]) for part in parts)
    kinds = [probe.type_ids[part] for part in parts]
    types = tuple(kind[0] if kind else 0 for kind in kinds)
    return _Frame(before, between, after, types)


def _ranges(text: str, starts: Sequence[int], first: int, size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """
    Token ranges ``[first, last)`` of at most *size* tokens that overlap and end with the last token.

    A window begins and ends where a sentence does, if one does near by, else between two words.
    """

    def best(low: int, high: int) -> int:
        return max(range(low, high + 1), key=lambda at: (_seam(text, starts[at]), at))

    overlap = min(overlap, int(OVERLAP_SHARE * size))
    while first + size < len(starts):
        last = best(first + size - size // 4, first + size)
        yield first, last
        first = best(last - overlap, last - overlap // 2)
    yield first, len(starts)


def _seam(text: str, at: int) -> int:
    """How well *text* can be cut at code point *at*: 2 between sentences, 1 between words, 0 inside a word."""
    if at == 0 or not text[at - 1].isspace():
        return 0
    return 2 if at > 1 and (text[at - 2] in _SENTENCE_ENDS or text[at - 2].isspace()) else 1
