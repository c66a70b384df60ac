"""Markdown in sections: whatever is cut where, the document is that of the whole file."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcheck.documents import markdown
from claimcheck.documents.encoding import Decoded

LINES = st.sampled_from(
    [
        "",
        "",
        "",
        " \t",
        "# Head",
        "Head",
        "===",
        "---",
        "* * *",
        "Ada *met* Bo in [Oslo][o], [x] and ![a map][x].",
        "She left **in 1932** &amp; `came` back[^1].",
        "goes *on",
        "here* and <b>there</b>",
        "- one",
        "- two *too*",
        "  - nested",
        "  more of it",
        "    far in",
        "\tby a tab",
        "1. first",
        "2) second",
        "> quoted",
        "> - in a list",
        "> > deeper",
        ">",
        "```",
        "~~~ text",
        "  ```",
        "    ```",
        "|a|b|",
        "|-|-|",
        "|c *d*|e \\| f|",
        "[o]: http://o.org",
        "[x]: http://x.org 'a title",
        "that goes on'",
        "[o]:",
        "<http://later.org>",
        "- [x]: /in-a-list",
        "> [o]: /in-a-quotation",
        "[^1]: A note.",
        "[a label",
        "of two lines]: /y",
        "<div>",
        "</div>",
        "<p>A &lt; b</p>",
        "<!-- hidden",
        "-->",
        "<script>",
        "</script>",
        "<?php",
        "?>",
        "<![CDATA[",
        "]]>",
        "<pre>",
        "</pre>",
        "\\",
        "zażółć 🎉",
    ]
)
FRONT = st.sampled_from(["", "---\ntitle: A\n---\n", "---\n\n", "---\nnot: [valid\n...\n"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def files(draw):
    """A Markdown file of any of these lines."""
    text = (
        draw(FRONT) + "\n".join(draw(st.lists(LINES, max_size=40))) + draw(st.sampled_from(["", "\n", "\n\n", "\n  "]))
    )
    return text.replace("\n", draw(ENDS))


def loaded(text, section):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(markdown, "SECTION", section)
        return markdown.read(Decoded(text=text, encoding="utf-8"), document_id="a")


@given(files(), st.integers(1, 80))
@example("[x]\n\n- a\n\n[x]: /later\n", 1)
@example("- a\n\n  ```\n\n  b\n\n# c\n\n  ```\n", 4)
@example("<!-- a\n\nb *c*\n\n--> d\n\ne\n", 4)
@example("[x]: /a 'b\nc'\n\nd\r\n\r\n[x] e\n", 3)
@settings(max_examples=400, deadline=None)
def test_sections_make_the_document_of_the_whole_file(text, section):
    assert loaded(text, 1 << 30) == loaded(text, section)


@given(st.lists(LINES, min_size=3, max_size=12), st.integers(1, 400), st.integers(100, 3_000))
@settings(max_examples=40, deadline=None)
def test_so_do_sections_of_many_blocks(lines, times, section):
    text = ("\n".join(lines) + "\n\n") * times
    assert loaded(text, 1 << 30) == loaded(text, section)
