"""Text as markup: escaped, and without what XML forbids."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def text(words: str) -> str:
    """*words* as the text of an element or an attribute of HTML or SVG."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", escape(words, quote=True))
