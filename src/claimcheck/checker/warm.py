"""What is done once, before anybody waits for it: models are loaded, rules compiled, word lists read."""

from __future__ import annotations

import gc

from claimcheck.language.reading import read
from claimcheck.model import Document

from .verify import Checker

#: A draft with a little of everything that reading has rules for: a dateline, dates, figures, pronouns, a quotation.
TEXT = """\
OSLO, 24 March 1932 — The old bridge was opened on Tuesday by Mayor Otto Weiss. He said that about 90 percent of the
200 workers, two in five of them from Bergen, had been paid $4.5 million since the early 1920s.

“We have built this bridge for the children of the town,” Mr. Weiss said last year, when he was 54.
"""


def warm_up(checker: Checker) -> None:
    """
    Have a process that goes on running do now what its first check would have to do.

    What was made by then lives as long as the process, and is not gone through again whenever memory is tidied.

    Args:
        checker: That which will be used, or another with the same models.
    Raises:
        ClaimcheckError: What the first check would raise.
    """
    read(Document(id="warm", text=TEXT))  # the checker may have kept what was read of it, and load no language model
    checker.check(TEXT)
    gc.collect()
    gc.freeze()
