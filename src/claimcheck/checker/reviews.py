"""ClaimReview mark-up (schema.org, JSON-LD) of other fact-checkers, as entries of a claim memory."""

from __future__ import annotations

import datetime as dt
import functools
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from attrs import frozen

from claimcheck.documents.metadata import clean
from claimcheck.errors import ConfigError
from claimcheck.model import Label, Remembered

from .memory import Entry, entry_id
from .memory_file import MALFORMED

#: Kind of the objects that are looked for, wherever they stand in the file.
REVIEW = "ClaimReview"


@frozen(kw_only=True)
class LeftOut:
    """A review that cannot be an entry, and why."""

    claim: str
    reason: str


def entries_of_reviews(text: str, name: str) -> tuple[list[Entry], list[LeftOut]]:
    """
    The reviews in a JSON-LD file: one, a list, a graph or a feed of them.

    Args:
        text: Of the file.
        name: Of the file, for the error.
    Returns:
        The entries, and the reviews that were left out because no verdict of ours says what their rating says.
    Raises:
        ConfigError: If the file is not JSON (``CC-E09``).
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = f"{name} is not JSON: {error}"
        raise ConfigError(msg, hint="give a file of ClaimReview mark-up in JSON-LD", code=MALFORMED) from error
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    for review in _reviews(data):
        claim = _words(review.get("claimReviewed"))
        if not claim.strip():
            left_out.append(LeftOut(claim="", reason="it says no claim"))
            continue
        label = label_of(review.get("reviewRating"))
        if label is None:
            left_out.append(LeftOut(claim=claim, reason=f"its rating is {_named(review.get('reviewRating'))!r}"))
        else:
            entries.append(_entry(review, " ".join(claim.split()), label))
    return entries, left_out


def _reviews(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every review in *data*, however deep."""
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            kinds = item.get("@type")
            if REVIEW in (kinds if isinstance(kinds, list) else [kinds]):
                yield item
            else:
                waiting.extend(reversed(item.values()))


def label_of(rating: Any) -> Label | None:
    """
    The verdict that a ``reviewRating`` amounts to: by its words, else by a number at either end of its scale.

    ``None`` when it stands in between, or says nothing.
    """
    if not isinstance(rating, Mapping):
        return None
    words = _named(rating).casefold().strip(" .!")
    if words:
        return _labels().get(words)
    value, best, worst = (_number(rating.get(key)) for key in ("ratingValue", "bestRating", "worstRating"))
    if value is None or best is None or worst is None or best == worst:
        return None
    return Label.SUPPORTED if value == best else Label.CONTRADICTED if value == worst else None


def _named(rating: Any) -> str:
    return _words(rating.get("alternateName") or rating.get("name")) if isinstance(rating, Mapping) else ""


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


@functools.cache
def _labels() -> Mapping[str, Label]:
    text = files("claimcheck.checker").joinpath("data/ratings.toml").read_text(encoding="utf-8")
    return {words: Label(label) for label, all_words in tomllib.loads(text).items() for words in all_words}


def _entry(review: Mapping[str, Any], claim: str, label: Label) -> Entry:
    checked = _day(review.get("datePublished"))
    return Entry(
        remembered=Remembered(
            id=_words(review.get("identifier")) or entry_id(claim, checked),
            claim=claim,
            label=label,
            checked=checked,
            who=_name_of(review.get("author")),
            url=_words(review.get("url")),
            note=_words(review.get("reviewBody")),
        )
    )


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _name_of(author: Any) -> str:
    """The name of an author, of several joined with commas."""
    authors = author if isinstance(author, list) else [author]
    return ", ".join(filter(None, (_words(a.get("name") if isinstance(a, Mapping) else a) for a in authors)))


def _words(value: Any) -> str:
    """A text that any file can hold, ``""`` for what is no text."""
    return clean(value) if isinstance(value, str) else ""
