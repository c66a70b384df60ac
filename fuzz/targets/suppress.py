"""Comments that take a finding out of a draft."""

from __future__ import annotations

from claimcheck.checker.drafts import draft_of_bytes
from claimcheck.checker.suppress import comments_of, suppressed
from fuzz.targets.renderers import report_of

SUFFIXES = (".md", ".html", ".txt")


def run(data: bytes) -> None:
    """Look for comments in *data*, whose first byte says what sort of draft it is."""
    if not data:
        return
    draft = draft_of_bytes(data[1:], name=f"draft{SUFFIXES[data[0] % len(SUFFIXES)]}")
    for comment in comments_of(draft):
        assert draft.words(comment.place) == comment.text
        assert comment.text.startswith("<!--")
        assert comment.text.endswith("-->")
    report = report_of(draft, "a finding")
    left = suppressed(draft, report)
    out = [item.diagnostic for item in left.suppressed]
    assert sorted(map(repr, report.diagnostics)) == sorted(
        repr(d) for d in (*left.diagnostics, *out) if d.code not in {"CC-W10", "CC-W11", "CC-W12"}
    )
