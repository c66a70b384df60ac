"""Bounds of what is read: more is an error with a code, and does not go into memory first."""

from __future__ import annotations

import json

import pytest

from claimcheck.checker import drafts
from claimcheck.cli import inputs
from claimcheck.errors import DocumentError
from claimcheck.model import Claim, Failure


@pytest.fixture(name="short_lines")
def _short_lines(monkeypatch):
    monkeypatch.setattr(inputs, "MAX_LINE", 60)


def claim(text, **more):
    return json.dumps({"claim": text, **more})


@pytest.mark.usefixtures("short_lines")
@pytest.mark.parametrize("ending", ["", "\n"])
@pytest.mark.parametrize("length", [59, 61, 62, 122, 123, 300])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_line_that_is_too_long_is_a_failure_in_its_place(tmp_path, place, length, ending):
    """Regression: a line was read into memory whatever its length."""
    lines = [claim(f"The mill burned in 188{n}.") for n in range(3)]
    lines[place] = claim("x" * (length - len(claim(""))))
    (tmp_path / "claims.jsonl").write_text("\n".join(lines) + ending)
    found = list(inputs.read_claims((), str(tmp_path / "claims.jsonl")))
    fits = length + (place < 2 or ending == "\n") <= 60
    assert [Claim if n != place or fits else Failure for n in range(3)] == [*map(type, found)]
    if not fits:
        assert "CC-E06" == found[place].code
        assert "more than 60 bytes" in found[place].message
        assert f"line {place + 1}" in found[place].message


@pytest.mark.usefixtures("short_lines")
def test_plain_lines_have_the_same_bound(tmp_path):
    (tmp_path / "claims.txt").write_text(f"The mill burned.\n{'long ' * 50}\nThe well dried.\n")
    assert [Claim, Failure, Claim] == [*map(type, inputs.read_claims((), str(tmp_path / "claims.txt")))]


def test_a_draft_that_is_too_large_is_refused_without_reading_it_all(tmp_path, monkeypatch):
    monkeypatch.setattr(drafts, "MAX_DRAFT", 1000)
    file = tmp_path / "draft.md"
    with file.open("wb") as stream:
        stream.truncate(2**40)  # a terabyte of nothing, which takes no place on the disk
    with pytest.raises(DocumentError, match="larger than the 1,000 bytes") as caught:
        drafts.load_draft(file)
    assert caught.value.hint
    with pytest.raises(DocumentError, match="larger than the 1,000 bytes"):
        drafts.draft_of_text("The mill burned. " * 100)
