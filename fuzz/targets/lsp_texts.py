"""The texts of an editor: changes in code units, held against Python's own count of them."""

from __future__ import annotations

import re

from claimcheck.lsp.texts import OpenText, Position, Text, Units, path_of
from fuzz.harness import parts_of

ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
_LINES = re.compile(r"\r\n|\r|\n")


def run(data: bytes) -> None:
    """Change a text at places that the first four bytes say: the text, what is put in, and the address."""
    head, data = (data[:4] + b"\0\0\0\0")[:4], data[4:]
    content, new, uri = parts_of(data, 3)
    path_of(uri)
    for encoding in ENCODINGS:
        text = Text(content=content, units=Units(encoding))
        assert OpenText(uri=uri, language=new[:10], version=1, text=text).name != ""
        first, second = Position(head[0], head[1]), Position(head[2], head[3])
        start, end = text.offset(first), text.offset(second)
        assert 0 <= start <= len(content)
        changed = text.changed([((first, second), new), (None, new)])
        assert changed.content == new
        changed = text.changed([((first, second), new)])
        assert changed.content == content[:start] + new + content[max(start, end) :]
        for offset in range(len(content) + 1):
            _there_and_back(text, offset)


def _there_and_back(text: Text, offset: int) -> None:
    """Assert that a code point's position is what Python says, and leads back to it."""
    starts = [0, *(m.end() for m in _LINES.finditer(text.content))]
    position = text.position(offset)
    line = max(number for number, start in enumerate(starts) if start <= offset)
    codec, size = ENCODINGS[text.units.encoding]
    units = len(text.content[starts[line] : offset].encode(codec, "surrogatepass")) // size
    assert position == Position(line, units)
    inside = offset < len(text.content) and text.content[offset - 1 : offset + 1] == "\r\n"
    at_end = offset > 0 and text.content[offset - 1] in "\r\n" and starts[line] != offset
    assert inside or at_end or text.offset(position) == offset
