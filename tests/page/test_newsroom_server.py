"""The page with the real server behind it: the contract between the two, from paste to export."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

for needed in ("fastapi", "uvicorn", "httpx"):
    pytest.importorskip(needed, reason="the tests of the page with its server need the extra server, and httpx")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from claimcheck.server.tokens import Role, add_token  # noqa: E402 - needs the extra
from newsroom_server import ARTICLES, DRAFT, Server  # noqa: E402 - beside the tests


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server over three articles, with the token of an admin."""
    folder = tmp_path_factory.mktemp("newsroom")
    for name, text in ARTICLES.items():
        (folder / "articles" / name).parent.mkdir(exist_ok=True)
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    file = folder / "tokens.toml"
    token = add_token(str(file), "anna", Role.ADMIN)
    arguments = (
        "--corpus",
        "articles",
        "--history",
        "history.claimcheck",
        "--token-file",
        file,
        "--workers",
        1,
        "--entailment",
        "none",
    )
    with Server(folder, *arguments) as running:
        yield running.ready(), token


def test_from_paste_to_export_with_the_real_server(screen, server, keep):
    running, token = server
    page = screen(token=token, url=f"{running.url}/")
    page.get_by_label("Draft", exact=True).fill(DRAFT)
    page.get_by_role("button", name="Check this draft").click()
    page.wait_for_selector("[data-state=done]")
    assert "Ninety years" == page.get_by_role("heading", level=2).first.inner_text()
    wrong = page.locator(".claim", has_text="opened in 1934")
    assert "contradicted" == wrong.get_attribute("data-verdict")
    assert "Was it worth it?" in page.locator(".set-aside").all_inner_texts()

    wrong.click()
    panel = page.get_by_role("region", name="Findings")
    quoted = panel.locator("blockquote mark").first.inner_text()
    assert "The Sill bridge was opened on 24 March 1932 by Mayor Otto Weiss." == quoted
    assert "It cost 6 million dollars." in panel.locator("blockquote").first.inner_text()
    assert "1934" in panel.locator("h2 .is-different").inner_text()
    panel.get_by_role("button", name="Open the source").first.click()
    mark = page.get_by_role("dialog").locator("mark")
    mark.wait_for()
    assert quoted == mark.inner_text()
    assert "title: The bridge" not in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")

    page.keyboard.press("c")
    page.get_by_label("Comment", exact=True).fill("Ask the <b>town</b> archive.")
    page.locator("form").get_by_role("button", name="Comment").click()
    page.get_by_text("Ask the <b>town</b> archive.").wait_for()
    page.keyboard.press("a")
    page.get_by_text("anna accepted").wait_for()
    keep(page, "real-server")
    for name, ending in (("HTML report", "html"), ("Markdown", "md"), ("SARIF", "sarif")):
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
        text = download.value.path().read_text(encoding="utf-8")
        assert "1934" in text
        assert re.search(r"Ask the .*town.* archive", text)

    page.reload()
    page.get_by_text("anna accepted").wait_for()
    page.get_by_role("link", name="Audit").click()
    page.get_by_role("cell", name="decision: accept").wait_for()
    page.get_by_role("link", name="History").click()
    page.locator(".history-row").wait_for()
    page.get_by_role("link", name="Documents").click()
    page.get_by_label("Search the documents").fill("choir")
    page.get_by_role("link", name="<script>alert(1)</script>").click()
    page.get_by_text("choir of Sill was founded in 1911").wait_for()
    assert 0 == page.locator("main script, main img").count()
