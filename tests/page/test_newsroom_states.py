"""Every state of the page, light and dark, wide and narrow: no barrier that axe-core finds; a picture of each."""

from __future__ import annotations

import newsroom_articles as made
import pytest

axe_core = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests of the page need axe-core")

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def look(keep):
    """Keeps a picture of a state, and tells what axe-core has against it."""
    axe = axe_core.Axe()
    found = {}

    def looked(page, state):
        page.mouse.move(0, 0)
        keep(page, state)
        violations = axe.run(page).response["violations"]
        found[state] = [
            f"{v['id']}: {node['target']} {node['failureSummary'][:300]}" for v in violations for node in v["nodes"]
        ]
        assert page.viewport_size["width"] >= page.evaluate("document.documentElement.scrollWidth"), state

    yield looked
    assert {state: [] for state in found} == found


@pytest.fixture(
    params=[("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)],
    ids=lambda p: f"{p[0]}-{p[1]['width']}",
)
def opened(request, screen):
    scheme, viewport = request.param
    return lambda **options: screen(scheme=scheme, viewport=viewport, **options)


def test_signing_in_and_a_new_draft(opened, look):
    page = opened()
    page.get_by_label("Token").wait_for()
    look(page, "sign-in")
    page.get_by_label("Token").fill("guessed")
    page.keyboard.press("Enter")
    page.locator(".notice").wait_for()
    look(page, "sign-in-refused")
    page.get_by_label("Token").fill("edit-me")
    page.keyboard.press("Enter")
    page.get_by_text("None yet.").wait_for()
    look(page, "new-draft")
    page.get_by_label("Draft", exact=True).fill(made.DRAFT)
    page.evaluate("document.getElementById('draft-text').scrollTop = 0")
    look(page, "new-draft-pasted")
    page.locator("#draft-file").set_input_files(
        {"name": "big.md", "mimeType": "text/markdown", "buffer": b"a" * 200_000}
    )
    page.locator(".notice.is-error").wait_for()
    look(page, "new-draft-refused")


def test_a_check_from_its_first_moment_to_its_last_decision(opened, look, newsroom):
    page = opened(token="edit-me")
    newsroom.let(0)
    page.get_by_label("Draft", exact=True).fill(made.DRAFT)
    page.get_by_role("button", name="Check this draft").click()
    page.get_by_text("Reading the draft …").wait_for()
    look(page, "check-reading")
    newsroom.let(9)
    page.locator(".progress-words", has_text="3 of 8").wait_for()
    look(page, "check-streaming")
    newsroom.let(10**6)
    page.wait_for_selector("[data-state=done]")
    look(page, "check-done")
    for verdict in ("contradicted", "misquoted", "conflicting", "not_enough_evidence", "supported"):
        page.keyboard.press("Escape")
        page.locator(f".claim[data-verdict={verdict}]").first.click()
        page.locator(".panel-head").wait_for()
        look(page, f"claim-{verdict}")
    page.get_by_role("button", name="Open the source").first.click()
    page.locator("dialog mark").wait_for()
    look(page, "source")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".claim[data-verdict=contradicted]").click()
    page.keyboard.press("o")
    page.get_by_label("Why").wait_for()
    look(page, "claim-override")
    page.get_by_label("Supported").check()
    page.get_by_label("Why").fill("The parish register has 1949; the article is wrong.")
    page.locator("form").get_by_role("button", name="Override").click()
    page.locator(".decisions").wait_for()
    look(page, "claim-decided")
    page.keyboard.press("Escape")
    page.locator(".claim[data-verdict=conflicting]").click()
    page.keyboard.press("a")
    page.locator(".decisions").wait_for()
    page.keyboard.press("Escape")
    look(page, "check-decided")
    page.locator(".chip[data-filter=not_enough_evidence]").click()
    look(page, "check-filtered")
    page.get_by_role("button", name="Set aside").click()
    look(page, "check-aside")
    page.get_by_role("button", name="All 8").click()
    page.get_by_role("button", name="Export").click()
    look(page, "check-export")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    look(page, "keys")


def test_a_check_that_failed(opened, look, newsroom):
    newsroom.failing = {"code": "CC-E64", "message": "the server was stopped", "hint": "check the draft again"}
    check = newsroom.start("What Skarv remembers", made.DRAFT, "text/markdown", ("otto", "admin"))
    page = opened(token="read-me", path=f"#/checks/{check['id']}")
    page.locator(".problem .notice").wait_for()
    look(page, "check-failed")


def test_history_documents_and_the_audit_log(opened, look, newsroom):
    page = opened(token="rule-me", path="#/checks")
    page.get_by_text("Nothing has been checked yet").wait_for()
    look(page, "history-empty")
    for name in (
        "Morning notes",
        "What Skarv remembers",
        "A long name that an editor gave to a draft about the coast, its harbours and its ferries",
    ):
        check = newsroom.start(name, made.DRAFT, "text/markdown", ("anna.berg", "editor"))
        newsroom.log(
            "anna.berg",
            "editor",
            "decision: override",
            f"{check['id']}/3",
            {
                "verdict": "supported",
                "found": "contradicted",
                "comment": "The parish register has 1949.",
                "evidence_hash": "ab12" * 16,
                "versions": check_versions(newsroom),
            },
        )
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_role("link", name="All checks").wait_for()
    look(page, "new-draft-with-history")
    page.get_by_role("link", name="History").click()
    page.locator(".history-row").first.wait_for()
    look(page, "history")
    page.get_by_role("button", name="Remove Morning notes").click()
    page.get_by_role("dialog").wait_for()
    look(page, "history-removing")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Documents").click()
    page.locator(".document-row").first.wait_for()
    look(page, "documents")
    page.get_by_role("link", name="The lighthouse at Skarv goes dark").click()
    page.locator(".reader > h2").wait_for()
    look(page, "document")
    page.goto(page.url.split("#")[0] + "#/documents")
    page.get_by_label("Search the documents").fill("nobody wrote of this")
    page.get_by_text("Nothing found").wait_for()
    look(page, "documents-nothing-found")
    page.get_by_role("link", name="Audit").click()
    page.locator(".audit").wait_for()
    look(page, "audit")
    page.get_by_role("button", name="Signed in as otto").click()
    look(page, "menu")


def check_versions(newsroom):
    return next(iter(newsroom.checks.values()))["versions"]
