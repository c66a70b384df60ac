"""``claimcheck report`` from the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    text = "---\npublished: 1932-05-01\n---\n\nThe harbour bridge was opened in 1932.\n"
    (tmp_path / "articles" / "bridge.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_page_with_both_pictures(run, desk):
    ran = run("report", "The harbour bridge was opened in 1935.", "--corpus", "articles", "--output", "report.html")
    page = (desk / "report.html").read_text(encoding="utf-8")
    assert (0, "", 2) == (ran.status, ran.out, page.count("<svg"))
    assert "contradicts, 1932-05-01, bridge.md: The harbour bridge was opened in 1932." in page
    assert "1 article, 1 sentence, from 1932-05-01 to 1932-05-01" in page


def test_the_sources_alone_and_claims_that_cannot_be_checked(run, desk):
    ran = run("report", "--corpus", "articles")
    assert (0, 1) == (ran.status, ran.out.count("<svg"))
    (desk / "claims.txt").write_text("Who did it?\nThe harbour bridge was opened in 1932.\n", encoding="utf-8")
    ran = run("report", "--claims", "claims.txt", "--corpus", "articles")
    assert (2, True, True) == (ran.status, "not checked (CC-E02)" in ran.out, "1 of 2 claims" in ran.err)
