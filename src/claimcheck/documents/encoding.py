"""
Encoding: from the bytes of a file to its text.

UTF-8 and the byte-order marks of UTF-8, UTF-16 and UTF-32 are certain; an HTML file's
declared character set is believed when it fits; anything else is guessed by
charset-normalizer, and the guess is reported as a warning.
"""

from __future__ import annotations

import codecs
import re

from attrs import frozen

from claimcheck.model import Warned

_SAMPLE = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"SQLite format 3",
    b"\x7fELF",
)
_WESTERN = "cp1252"
#: What Python can decode and no page is written in; its escapes make halves of surrogate pairs.
_NO_CHARACTER_SETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})


@frozen(kw_only=True)
class Decoded:
    """The text of a file, the encoding it was read with, and a warning when that was a guess."""

    text: str
    encoding: str
    warnings: tuple[Warned, ...] = ()


def decode(data: bytes, *, html: bool = False) -> Decoded | None:
    """
    Read *data* as text, without its byte-order mark.

    Args:
        data: The bytes of the file.
        html: Believe a ``<meta charset>`` near the start.
    Returns:
        The text, or ``None`` when the bytes are not a text (a picture, a PDF, an archive).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _certain(data[len(mark) :], encoding)
    if data.startswith(_BINARY_STARTS) or b"\0" in data:
        return None
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(data) if html else ""
    if declared:
        try:
            return Decoded(text=_clean(data.decode(declared)), encoding=declared)
        except (ValueError, LookupError, TypeError):
            pass  # another encoding than it says, or the name of something that makes no text
    return _guess(data)


def _certain(data: bytes, encoding: str) -> Decoded | None:
    """The text after a byte-order mark; bytes that do not fit become U+FFFD, with a warning."""
    try:
        text, warnings = data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(text=_clean(text), encoding=encoding, warnings=(_replaced(encoding),))
    return None if "\0" in text else Decoded(text=text, encoding=encoding, warnings=warnings)


def _declared(data: bytes) -> str:
    """The character set that an HTML file names, ``""`` when it names none that Python knows."""
    found = _DECLARED.search(data[:2048])
    if found is None:
        return ""
    try:
        codec = codecs.lookup(found.group(1).decode("ascii"))
    except LookupError:
        return ""
    name = {"iso8859-1": _WESTERN, "ascii": _WESTERN}.get(codec.name, codec.name)
    return "" if name.startswith("utf-") or name.replace("_", "-") in _NO_CHARACTER_SETS else name


def _guess(data: bytes) -> Decoded:
    """The most plausible reading of bytes that say nothing about their encoding."""
    utf8 = data.decode("utf-8", errors="replace")
    damaged = utf8.count("\ufffd")
    foreign = len(utf8) - len(utf8.encode("ascii", errors="ignore"))
    if foreign > 10 * damaged:
        return Decoded(text=utf8, encoding="utf-8", warnings=(_replaced("utf-8"),))
    encoding = _best(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = _WESTERN
        text = data.decode(encoding, errors="replace")
    warning = Warned(code="CC-W05", message=f"the encoding is not UTF-8 and was guessed to be {encoding}")
    return Decoded(text=_clean(text), encoding=encoding, warnings=(warning,))


def _best(data: bytes) -> str:
    """The encoding charset-normalizer finds most plausible; the common Western one wins a draw."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  # needed for few files, slow to import

    matches = from_bytes(_telling_part(data))
    best = matches.best()
    if best is None:
        return _WESTERN
    for match in matches:
        if match.encoding == _WESTERN and match.chaos <= best.chaos and match.coherence >= best.coherence:
            return _WESTERN
    return best.encoding


def _telling_part(data: bytes) -> bytes:
    """At most a quarter of a megabyte of lines that are not plain ASCII."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(line)
            if size >= _SAMPLE:
                break
    return b"".join(lines)


def _clean(text: str) -> str:
    """*text* with NUL replaced by U+FFFD, as HTML and CommonMark do; offsets stay."""
    return text.replace("\0", "\ufffd")


def _replaced(encoding: str) -> Warned:
    return Warned(
        code="CC-W05", message=f"some bytes are not valid {encoding}; they are shown as \N{REPLACEMENT CHARACTER}"
    )
