"""Blocks, sentences, datelines and copies: what a page of newspaper text is made of."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck.language.layout import cued, rules, table
from claimcheck.language.sentences import blocks, copies, published_in_text, sentence_bounds, split_dateline
from claimcheck.model import Block, Document


def cut(text, starts=()):
    return [text[start:end] for start, end in sentence_bounds(text, list(starts))]


def kinds(text, **fields):
    return [(b.kind, text[b.start : b.end]) for b in blocks(Document(id="d", text=text, **fields))]


BODY = "The delegates gathered at the lake on Tuesday and talked for three hours."

# --------------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "text",
    [
        "He met Mr. Berg and Gen. Ortega on St. Lucia.",
        "The U.S. Senate and the U.N. envoy agreed.",
        "It happened on Oct. 24 in Washington, D.C., at 5 p.m. Tuesday.",
        "J. R. Smith and Jean H. Lee met George W. Busch.",
        "The court heard R. A. Smith, B. A. Lee and A. A. Milan.",
        "Prices rose 3.5 percent to $1.25 a gallon.",
        "No. 1 on the list was Flight No. 7 of St. Moritz Corp. Chairman Hale.",
        '"Is it over?" Berg asked.',
        '"Is it over?" asked Anna Berg of the Courier.',
        "“Stop!” he cried, and left.",
        "She wondered … whether it would end.",
        "He reads the magazine Who? every week.",
        "Prof. Ortega et al. found it.",
        "1. The first rule",
        "He is, e.g., a painter vs. a poet.",
    ],
)
def test_one_sentence(text):
    assert [text] == cut(text)
    everywhere = [i for i in range(1, len(text)) if text[i - 1] == " " and not text[i].isupper()]
    assert [text] == cut(text, everywhere)


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rained.", "Nobody came."],
        ["He left the U.S. in 1998.", "The others stayed in the U.S.", "They were five."],
        ["It began in Oct.", "The war went on."],
        ['"We will go," Berg said.', '"We must."', '"Why?" Ortega asked.'],
        ["“It is over.", "It is lost.”", "He left."],
        ["Was it late?", "It was!", "Nobody knew."],
        ["She lasted long (he lasted 17.)", "He changed nothing."],
        ["Plan B.", "The others had none."],
        ["He said no.", "Berg said yes."],
        ["It was his Ph.D.", "He was 30."],
        ["The year was 1994.", "In 1995 it ended."],
        ["DIPLOMATIC BLITZ.", "It was a good year."],
        ["He waited...", "Then he left."],
        ["The minister went to see the general.", "Mrs. Berg stayed away."],
    ],
)
def test_several_sentences_without_a_hint(sentences):
    assert sentences == cut(" ".join(sentences))


def test_hints_settle_what_is_open():
    text = "He left the hall at Yahoo! Berg stayed."
    assert cut("Was it he? Berg wondered… Ortega left.", [26]) == ["Was it he?", "Berg wondered…", "Ortega left."]
    assert cut(text) == ["He left the hall at Yahoo!", "Berg stayed."]


def test_missing_space_still_splits():
    assert cut("This is the end.Next came the rain.") == ["This is the end.", "Next came the rain."]
    assert cut("See www.example.Org for more.") == ["See www.example.Org for more."]


def test_hints_inside_words_and_sentences_are_ignored():
    text = "The treaty, signed in Geneva: a first — was read aloud."
    assert cut(text, range(len(text))) == [text]


def test_white_space_and_loose_marks():
    assert cut("  One.  \r\n Two.  ") == ["One.", "Two."]
    assert cut("“One.” ”") == ["“One.” ”"]
    assert cut("") == []
    assert cut("—") == ["—"]


def test_data_examples_of_sentence_ends():
    data = table()
    for section, counts in {"abbreviations": (1, 2), "openers": (2, 1), "tails": (1, 2)}.items():
        assert counts == (len(cut(data[section]["pass"])), len(cut(data[section]["fail"])))


# ------------------------------------------------------------------------------ blocks


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.kind}: {rule.passes[:30]}")
def test_each_cue_tells_its_examples_apart(rule):
    assert cued(rule.passes) == rule.kind
    assert cued(rule.fails) == ""


def test_plain_text_article():
    text = f"""March 3, 1998
World
Delegates Meet at the Lake
By Anna Berg

{BODY}
{BODY.replace("Tuesday", "Friday")}

A veneer of calm

{BODY.replace("Tuesday", "Monday")}
The chancellor (R) greets the envoy in Geneva.

Read more: The lake in pictures"""
    assert [kind for kind, _ in kinds(text)] == [
        "dateline", "headline", "headline", "byline", "paragraph", "paragraph", "subheading", "paragraph", "caption",
        "boilerplate",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_joined(end):
    paragraph = """The delegates gathered at the lake on Tuesday, after
a night of rain, and talked for three hours. Nobody
from Lisbon came.""".replace("\n", end)
    text = f"The Lake Talks{2 * end}{paragraph}{2 * end}{paragraph.replace('Lisbon', 'Porto')}{end}"
    assert kinds(text) == [
        ("headline", "The Lake Talks"),
        ("paragraph", paragraph),
        ("paragraph", paragraph.replace("Lisbon", "Porto")),
    ]


def test_lines_that_are_sentences_stay_apart():
    lines = [f"Delegate number {n} gathered at the lake {'again ' * (n % 3)}and talked." for n in range(6)]
    assert [("paragraph", line) for line in lines] == kinds("\n".join(lines))


def test_repeated_block_is_a_caption_and_a_repeated_headline_a_headline():
    caption = "Boats lie in the harbour of Geneva at dawn."
    text = f"Talks at the Lake\n\n{caption}\n\nTalks at the Lake\n\n{BODY}\n\n{caption}\n\n“No.”\n\n“No.”"
    assert [kind for kind, _ in kinds(text)] == [
        "headline", "caption", "headline", "paragraph", "caption", "paragraph", "paragraph",
    ]  # fmt: skip


def test_text_of_one_paragraph_is_a_paragraph_whatever_it_looks_like():
    for text in ["By Anna Berg", "March 3, 1998", "Talks at the Lake", "More News"]:
        assert kinds(text) == [("paragraph", text)]


def test_title_is_a_headline_even_with_a_full_stop():
    assert kinds(f"It rained.\n\n{BODY}", title="It rained.")[0][0] == "headline"


def test_list_items_lose_their_marks():
    text = f"{BODY}\n• Fish\n• Nets\n\n1. First\n2. Second\n\n- a dash of something.\n\n{BODY}"
    assert [part for kind, part in kinds(text) if kind == "list_item"] == ["Fish", "Nets", "First", "Second"]


def test_layout_is_used_and_refined():
    text = f"# Head\n\nBy Anna Berg\n\n{BODY}\n\nnote"
    layout = (
        Block(start=0, end=2, kind="hidden"),
        Block(start=2, end=6, kind="headline"),
        Block(start=8, end=20, kind="paragraph"),
        Block(start=22, end=22 + len(BODY), kind="paragraph"),
    )
    assert kinds(text, layout=layout) == [
        ("headline", "Head"),
        ("byline", "By Anna Berg"),
        ("paragraph", BODY),
        ("paragraph", "note"),
    ]


# --------------------------------------------------------------------- datelines, dates


@pytest.mark.parametrize(
    "dateline",
    [
        "GENEVA, Oct. 24 — ",
        "WASHINGTON (AP) — ",
        "PARIS, 3 March 1998 - ",
        "PARIS (March 3, 1998) - ",
        "NEW YORK, Nov 3 (Reuters) - ",
        "KUALA LUMPUR, Malaysia — ",
        "ST. LOUIS, Mo. (UPI) -- ",
        "OSLO, March 3 (late edition) — ",
        "Lisbon, Tuesday, March 3 – ",
        "London (Reuters) - ",
        "(Reuters) - ",
        "OSLO—",
    ],
)
def test_dateline_is_split_off(dateline):
    assert len(dateline) == split_dateline(dateline + BODY)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "NATO - which was founded in 1949 - has grown.",
        "Geneva — The city on the lake",
        "WASHINGTON is a city.",
        "Berg, 53 — The delegate",
        "On Oct. 24 — Tuesday — nobody came.",
        "",
    ],
)
def test_text_without_a_dateline(text):
    assert split_dateline(text) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"March 3, 1998\n\n{BODY}", dt.date(1998, 3, 3)),
        (f"Talks at the Lake\nPublished: 3 March 1998 at 10:15\n\n{BODY}", dt.date(1998, 3, 3)),
        (f"Updated 1998-03-03\n\n{BODY}", dt.date(1998, 3, 3)),
        (f"By Anna Berg | March 3, 1998\n\n{BODY}", dt.date(1998, 3, 3)),
        (f"PARIS, 3 March 1998 - {BODY}", dt.date(1998, 3, 3)),
        (f"Lisbon, March 3rd, 1998\n\n{BODY}", dt.date(1998, 3, 3)),
        (f"GENEVA, Oct. 24 — {BODY}", None),
        (f"The war began on March 3, 1998.\n\n{BODY}", None),
        (f"{BODY}\n\nIt ended on March 3, 1998.", None),
        (f"February 31, 1998\n\n{BODY}", None),
        ("", None),
    ],
)
def test_publication_date_in_the_text(text, expected):
    assert expected == published_in_text(Document(id="d", text=text))


def test_copies_ignore_case_and_white_space_but_not_short_sentences():
    texts = ["It rained for three hours.", "Yes.", "it  rained for\nthree hours.", "Yes.", "It rained for two hours."]
    assert copies(texts) == [None, None, 0, None, None]
