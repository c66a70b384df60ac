"""
JSON Lines: one article a line.

Keys: ``text`` and, where known, ``id``, ``title``, ``published`` (or ``date``), ``source``, ``url``; all others
are kept as metadata.  Offsets are those of the ``text`` field.
"""

from __future__ import annotations

import json
from typing import Any

from claimcheck.errors import DocumentError
from claimcheck.model import Document

from .encoding import Decoded
from .metadata import as_text, clean, describe
from .records import Loaded, fault, unexpected

#: Bytes that a character takes at most.
_BYTES = 4


def read(decoded: Decoded, *, document_id: str, max_bytes: int) -> Loaded:
    """
    The articles of a JSON Lines file; a line that cannot be read is a fault, the others are kept.

    Args:
        decoded: The text of the file.
        document_id: Id of the file; an article without an id of its own is called ``<file>#<line>``.
        max_bytes: Longest article accepted, as UTF-8.
    """
    documents: list[Document] = []
    faults: list[DocumentError] = []
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            documents.append(_article(line, decoded, document_id, number, max_bytes))
        except DocumentError as error:
            faults.append(error)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one odd article must not stop the others
            faults.append(unexpected(document_id, error, where=f"line {number}: "))
    if not documents and not faults:
        faults.append(fault(document_id, "the file holds no articles", hint="put one JSON object on each line"))
    return Loaded(documents=tuple(documents), faults=tuple(faults))


def _article(line: str, decoded: Decoded, document_id: str, number: int, max_bytes: int) -> Document:
    """The article of one line."""
    fields = _fields(line, document_id, number)
    text = fields.pop("text", None)
    where = f"line {number}"
    if not isinstance(text, str):
        hint = 'each line needs its article in the key "text"'
        raise fault(document_id, f'{where}: there is no "text"', hint=hint)
    if not text.strip():
        raise fault(document_id, f"{where}: the article is empty", hint="remove the line, or give it a text")
    if len(text) * _BYTES > max_bytes and len(text.encode(errors="surrogatepass")) > max_bytes:
        raise fault(document_id, f"{where}: the article is longer than {max_bytes} bytes", hint="split the article")
    name = as_text(fields.pop("id", None)).strip() or f"{document_id}#{number}"
    described = describe({clean(key): as_text(value) for key, value in fields.items()})
    return Document(
        id=name,
        text=clean(text),
        title=described.title,
        published=described.published,
        source=described.source,
        url=described.url,
        media_type="application/jsonl",
        encoding=decoded.encoding,
        metadata=described.rest,
        warnings=decoded.warnings,
    )


def _fields(line: str, document_id: str, number: int) -> dict[str, Any]:
    """The JSON object on one line."""
    try:
        value = json.loads(line)
    except RecursionError:
        raise fault(document_id, f"line {number}: the JSON is nested too deeply") from None
    except ValueError as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        message = f"line {number}: this is not JSON ({what[:1].lower()}{what[1:]})"
        raise fault(document_id, message, hint="write one JSON object on each line") from error
    if not isinstance(value, dict):
        hint = 'write an object such as {"id": "...", "text": "..."}'
        raise fault(document_id, f"line {number}: this is not a JSON object", hint=hint)
    return value
