"""Several who are meant together: "the two", "both men", "the couple", "they"."""

from __future__ import annotations

import pytest

from claimcheck import Document, Label
from claimcheck.language import read

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
TALKS = "Clinton met Kim in Pyongyang in 2009."
PRIZE = "The Nordic Prize was awarded to Yuki Tanabe of Japan and Helene Moreau of France."


@pytest.mark.parametrize(
    ("text", "claim", "label"),
    [
        (f"{TALKS} The two leaders talked for three hours.", "Kim and Clinton talked for three hours", S),
        (f"{TALKS} The two leaders talked for three hours.", "Kim and Clinton talked for five hours", C),
        (f"{PRIZE} The two, who have never worked together, agreed.", "Tanabe and Moreau never worked together", S),
        (f"{PRIZE} The two, who have never worked together, agreed.", "Tanabe and Moreau have worked together", C),
        ("Anna Falk and Otto Weiss were arrested. They were convicted of theft in 2001.",
         "Otto Weiss was convicted of theft in 2001", S),
        ("Anna Falk and Otto Weiss were arrested. Both were convicted.", "Anna Falk was convicted", S),
        ("France fought Germany. Both countries signed the treaty in 1950.", "Germany signed the treaty in 1950", S),
        ("Johan Berg married Ilse Krantz in 1950. The couple divorced in 1959.", "Berg and Krantz divorced in 1959", S),
        # of three, nobody knows which two
        ("Anna Falk met Otto Weiss and Ivo Brandt. The two men were convicted of theft.",
         "Anna Falk was convicted of theft", N),
    ],
)  # fmt: skip
def test_what_is_said_of_two_is_said_of_each(label_of, text, claim, label):
    assert label == label_of(claim, text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Falk met Otto Weiss. The two of hearts was missing.",
        "Anna Falk met Otto Weiss. Both of his books were lost.",
        "Anna Falk met Otto Weiss. The two letters were lost.",
        "Anna Falk met Otto Weiss. The two new members were late.",
        "Anna Falk, Otto Weiss and Ivo Brandt left. The two were late.",
        "Anna Falk met Otto Weiss. Two were late.",
        "Miners met Anna Falk and Otto Weiss. They were late.",
    ],
)
def test_other_words_mean_nobody_who_was_named(text):
    reading = read(Document(id="d", text=text))
    said = [
        a
        for s in reading.sentences[1].statements
        for a in s.arguments
        if a.span.text[:4].lower() in {"the ", "both", "two", "they"}
    ]
    assert not any(a.entities and a.entities[0] for a in said)
