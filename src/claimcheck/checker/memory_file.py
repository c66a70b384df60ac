"""
Files of a claim memory: JSON Lines in the shape of ``claims/``, one checked claim a line.

``id``, ``claim``, ``verdict``, ``tags`` and ``evidence`` mean what they mean there; ``checked`` (a day), ``who``,
``url`` and ``note`` say what a person adds.  Other keys are not kept.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from claimcheck.documents.metadata import clean
from claimcheck.errors import ConfigError
from claimcheck.model import Label, Remembered, Stance
from claimcheck.paths import reason_of

from .memory import Entry, Grounds, entry_id

#: Code of a line that cannot be read.
MALFORMED = "CC-E09"
_SHAPE = 'a line looks like {"claim": "...", "verdict": "contradicted", "checked": "2026-05-03"}'


def read_memory(path: str | os.PathLike[str]) -> list[Entry]:
    """
    The entries of the file *path*, in its order.

    Raises:
        ConfigError: If it cannot be read, or a line of it is no entry (``CC-E09``).
    """
    name = os.fspath(path)
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the claim memory {name} is not UTF-8"
        raise ConfigError(msg, hint="write it as UTF-8", code=MALFORMED) from error
    except (OSError, ValueError) as error:
        msg = f"the claim memory {name} cannot be read: {reason_of(error)}"
        hint = "check the path, or begin one: claimcheck memory add CLAIM --verdict LABEL --memory FILE"
        raise ConfigError(msg, hint=hint) from error
    return entries_of(text, name)


def entries_of(text: str, name: str) -> list[Entry]:
    """
    The entries in the lines of *text*, which comes from *name*; blank lines are passed over.

    Raises:
        ConfigError: If a line is no entry (``CC-E09``).
    """
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(entry_of(json.loads(line)))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            msg = f"{name}, line {number}, is no checked claim: {reason}"
            raise ConfigError(msg, hint=_SHAPE, code=MALFORMED) from error
    return found


def entry_of(data: Any) -> Entry:
    """
    One entry from a JSON object.

    Raises:
        ValueError: If it is none; also KeyError for what is missing, TypeError, and OverflowError for a place that no
            text has.
    """
    if not isinstance(data, Mapping):
        msg = "it is no object"
        raise TypeError(msg)
    claim = _text(data, "claim")
    if not claim.strip():
        msg = "the claim is empty"
        raise ValueError(msg)
    checked = dt.date.fromisoformat(data["checked"]) if data.get("checked") else None
    return Entry(
        remembered=Remembered(
            id=_text(data, "id", "") or entry_id(claim, checked),
            claim=claim,
            label=Label(data["verdict"]),
            checked=checked,
            who=_text(data, "who", ""),
            url=_text(data, "url", ""),
            note=_text(data, "note", ""),
        ),
        evidence=tuple(_grounds(item) for item in data.get("evidence") or ()),
        tags=tuple(clean(str(tag)) for tag in data.get("tags") or ()),
    )


def _text(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = data[key] if default is None else data.get(key) or default
    if not isinstance(value, str):
        msg = f"{key} is no text"
        raise TypeError(msg)
    return clean(value)


def _grounds(data: Any) -> Grounds:
    return Grounds(
        document=_text(data, "document"),
        start=int(data["start"]),
        end=int(data["end"]),
        text=_text(data, "text"),
        stance=Stance(data["stance"]),
    )


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry as a JSON object; what nobody gave is left out."""
    known = entry.remembered
    data: dict[str, Any] = {"id": known.id, "claim": known.claim, "verdict": known.label.value}
    if known.checked is not None:
        data["checked"] = known.checked.isoformat()
    data |= {key: value for key, value in (("who", known.who), ("url", known.url), ("note", known.note)) if value}
    data["evidence"] = [
        {"document": e.document, "start": e.start, "end": e.end, "text": e.text, "stance": e.stance.value}
        for e in entry.evidence
    ]
    return data | ({"tags": list(entry.tags)} if entry.tags else {})


def memory_text(entries: Iterable[Entry]) -> str:
    """The text of a file with *entries*, of two with one id the later."""
    once = {entry.remembered.id: entry for entry in entries}
    return "".join(json.dumps(entry_object(e), ensure_ascii=False) + "\n" for e in once.values())
