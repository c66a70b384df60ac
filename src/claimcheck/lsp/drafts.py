"""From a text in the editor to the draft that is checked: read by its language, with places in the editor's text."""

from __future__ import annotations

import datetime as dt

from claimcheck.checker.drafts import Draft, draft_of_bytes
from claimcheck.errors import DocumentError

from .texts import OpenText

#: What a byte-order mark is in a text; files are read without it.
_MARK = "\ufeff"


def draft_of(text: OpenText, *, date: dt.date | None = None) -> Draft | None:
    """
    What is to be checked of *text*, ``None`` when it is blank or no draft.

    Args:
        text: In the editor.
        date: The draft's date where it gives none itself.
    Returns:
        A draft whose text is as long as the editor's, code point for code point.
    Raises:
        DocumentError: If it is too large, or is no text.
    """
    content = text.text.content
    if text.name is None or not content.strip(f" \t\r\n{_MARK}"):
        return None
    # A mark of our own says that it is UTF-8, whatever the page itself says; one in the text stays where it is.
    data = (_MARK + content).encode(errors="replace")
    draft = draft_of_bytes(data, name=text.name, date=date)
    if len(draft.text) != len(content):
        msg = f"{text.name}: the text was not read as the editor has it"
        raise DocumentError(msg, hint="take control characters out of it")
    return draft
