from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.render.display import counted, neat, neat_with_marks, percent, sentence, shortened, visible


@given(st.text())
def test_visible_text_keeps_its_length_and_holds_nothing_a_terminal_acts_on(text):
    shown = visible(text)
    assert len(text) == len(shown)
    assert not any(c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in shown)
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\r\nlines\tof  text ", "two lines of text"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("abc\u202edef", "abc\ufffddef"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("أهلا وسهلا 🎉", "أهلا وسهلا 🎉"),
    ],
)
def test_neat_text(text, expected):
    assert expected == neat(text)


@given(st.text(), st.data())
def test_marks_still_point_at_the_same_words(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, marks = neat_with_marks(text, [(start, end)])
    assert neat(text) == line
    assert [neat(text[start:end])] * bool(neat(text[start:end])) == [line[a:b] for a, b in marks]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0%"), (0.004, "under 1%"), (0.5, "50%"), (0.97, "97%"), (0.999, "over 99%"), (1.0, "100%")],
)
def test_percent_never_rounds_to_certainty(value, expected):
    assert expected == percent(value)


@given(st.text(), st.integers(2, 60))
def test_shortened_text_fits(text, length):
    assert len(shortened(text, length)) <= length


def test_shortened_text_ends_at_a_word():
    assert "The minister…" == shortened("The minister resigned", 18)
    assert "The minister" == shortened("The minister", 12)


def test_counted():
    assert ["1 claim", "2 claims", "1,024 entities"] == [
        counted(1, "claim"),
        counted(2, "claim"),
        counted(1024, "entity", "entities"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), ("the years differ", "The years differ."), ("1932 is not 1933.", "1932 is not 1933."), ("ö?", "Ö?")],
)
def test_sentence(text, expected):
    assert expected == sentence(text)
