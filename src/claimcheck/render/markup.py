"""Text as markup: escaped, so that it is shown as it is; without what XML forbids."""

from __future__ import annotations

import re
from html import escape

from .display import neat

#: Characters that mean something in Markdown.
SPECIAL = r"\\`*_{}\[\]<>#|~&"

_SPECIAL = re.compile(f"([{SPECIAL}])")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def text(words: str) -> str:
    """*words* as the text of an element or an attribute of HTML or SVG."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", escape(words, quote=True))


def markdown(words: str) -> str:
    """*words* on one line, so that Markdown shows them as they are."""
    return _SPECIAL.sub(r"\\\1", neat(words))
