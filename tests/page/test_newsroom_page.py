"""The page as an editor uses it: paste, watch, look, decide, export; with the mouse and with the keyboard alone."""

from __future__ import annotations

import json

import newsroom_articles as made
import pytest

NARROW = {"width": 390, "height": 844}
CONTRADICTED = "She had come to the island in 1949."


def paste(page, text=made.DRAFT):
    page.get_by_label("Draft", exact=True).fill(text)
    page.get_by_role("button", name="Check this draft").click()


def outcome(page, words):
    return page.locator(".claim", has_text=words).first.get_attribute("data-verdict")


def checked(page, text=made.DRAFT):
    paste(page, text)
    page.wait_for_selector("[data-state=done]")


@pytest.fixture
def editor(screen):
    return screen(token="edit-me")


# ----------------------------------------------------------------------- the whole path


def test_from_paste_to_export(editor, newsroom):
    newsroom.let(1)
    paste(editor)
    claims = editor.locator(".claim")
    claims.first.wait_for()
    assert 8 == claims.count()
    assert {"pending"} == {claim.get_attribute("data-verdict") for claim in claims.all()}

    newsroom.let(5)
    editor.wait_for_selector(".claim[data-verdict=supported]")
    assert "supported" == outcome(editor, "switched off in 1968")
    assert "pending" == outcome(editor, CONTRADICTED)
    editor.locator(".progress-words", has_text="1 of 8 claims checked").wait_for()
    assert editor.get_by_role("button", name="Export").is_hidden()

    newsroom.let(10**6)
    editor.wait_for_selector("[data-state=done]")
    assert editor.get_by_text("8 claims checked in 3.4 s").first.is_visible()
    editor.get_by_role("link", name=CONTRADICTED).click()
    panel = editor.get_by_role("region", name="Findings")
    assert panel.get_by_text("1949 is not 1939.").is_visible()
    assert panel.get_by_text("99% confidence").is_visible()
    assert made.CAME == panel.locator("blockquote mark").first.inner_text()
    assert ["When", "1949", "1939", "differs"] == [
        cell.strip() for cell in panel.get_by_role("row").last.inner_text().split("\t")
    ]

    panel.get_by_role("button", name="Override").click()
    panel.get_by_label("Not enough evidence").check()
    panel.get_by_label("Why").fill("The diary has 1949.")
    panel.locator("form").get_by_role("button", name="Override").click()
    decision = panel.locator(".decisions li")
    decision.wait_for()
    assert "anna.berg overrode the verdict: not enough evidence 22 Nov 2026" in decision.inner_text()
    assert "The diary has 1949." in decision.inner_text()
    assert "not_enough_evidence" == outcome(editor, CONTRADICTED)

    editor.get_by_role("button", name="Export").click()
    with editor.expect_download() as download:
        editor.get_by_role("link", name="JSON").click()
    exported = json.loads(download.value.path().read_text())
    assert ["The diary has 1949."] == [d["comment"] for d in exported["decisions"]]


def test_the_text_of_a_claim_is_marked_at_its_exact_place_after_characters_of_two_units(editor):
    checked(editor, "\U0001f600\U0001f5fc " + made.DRAFT.split("---\n")[2])
    marked = [
        link.evaluate("e => e.firstChild.data + e.querySelector('.last').firstChild.data")
        for link in editor.locator(".claim").all()
    ]
    assert list(made.VERDICTS) == marked


def test_nothing_moves_while_results_come(editor, newsroom):
    newsroom.let(1)
    paste(editor)
    editor.locator(".claim").first.wait_for()
    boxes = """() => [...document.querySelectorAll(".claim, .row, .chip:not([data-filter=misquoted])")].map(e => {
        const box = e.getBoundingClientRect();
        return [Math.round(box.y), Math.round(box.height)];
    })"""
    before = editor.evaluate(boxes)
    newsroom.let(10**6)
    editor.wait_for_selector("[data-state=done]")
    assert before == editor.evaluate(boxes)


def test_a_reload_in_the_middle_goes_on(editor, newsroom):
    newsroom.let(6)
    paste(editor)
    editor.wait_for_selector(".claim[data-verdict=supported]")
    editor.reload()
    editor.wait_for_selector(".claim[data-verdict=supported]")
    newsroom.let(10**6)
    editor.wait_for_selector("[data-state=done]")
    assert "contradicted" == outcome(editor, CONTRADICTED)


def test_a_file_is_checked_when_it_is_chosen_or_dropped(editor):
    file = {"name": "draft.md", "mimeType": "text/markdown", "buffer": made.DRAFT.encode()}
    editor.locator("#draft-file").set_input_files(file)
    editor.wait_for_selector("[data-state=done]")
    assert "What Skarv remembers" == editor.get_by_role("heading", level=1).inner_text()

    editor.goto(editor.url.split("#")[0] + "#/")
    held = editor.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], 'dropped.md')); return d; }", made.DRAFT
    )
    for event in ("dragenter", "dragover", "drop"):
        editor.dispatch_event(".compose", event, {"dataTransfer": held})
    editor.wait_for_selector("[data-state=done]")
    assert editor.get_by_text("dropped.md").is_visible()


# ------------------------------------------------------------------- what evidence shows


def test_copies_stand_together_and_count_once(editor):
    checked(editor)
    editor.get_by_role("link", name="The harbour cost").click()
    panel = editor.get_by_role("region", name="Findings")
    assert panel.get_by_text("3 articles, 2 sources; copies of one text count once").is_visible()
    assert ["Supports", "Contradicts"] == [
        h.evaluate("e => e.childNodes[1].data") for h in panel.locator(".evidence h3").all()
    ]
    panel.get_by_role("button", name="The last mail for Skarv").click()
    assert "The last mail for Skarv" == editor.get_by_role("dialog").get_by_role("heading").first.inner_text()


def test_the_source_is_shown_whole_with_the_quotation_marked(editor):
    checked(editor)
    editor.get_by_role("link", name="The boat was built").click()
    editor.get_by_role("button", name="Open the source").first.click()
    dialog = editor.get_by_role("dialog")
    mark = dialog.locator("mark")
    mark.wait_for()
    assert "The boat was built in 1951." == mark.inner_text()
    assert "The mail boat made 312 journeys" in dialog.inner_text()
    editor.keyboard.press("Escape")
    assert "Open the source" in editor.evaluate("document.activeElement.textContent")


def test_a_wrong_quotation_says_what_the_source_has(editor):
    checked(editor)
    assert "misquoted" == outcome(editor, "We have known")
    editor.get_by_role("link", name="We have known").click()
    panel = editor.get_by_role("region", name="Findings")
    assert panel.get_by_text("Quoted as “stone”, the source has “rock”, said by Marta Holm.").is_visible()
    assert "stone" == panel.locator("h2 .is-different").inner_text()


def test_filters_leave_what_was_asked_for(editor):
    checked(editor)
    editor.get_by_role("button", name="Conflicting 1").click()
    shown = editor.locator(".row:visible")
    assert ["The harbour cost 4.2 million crowns."] == shown.locator(".row-text").all_inner_texts()
    assert 7 == editor.locator(".claim.is-faded").count()
    editor.keyboard.press("j")
    assert editor.get_by_text("1 of 1").is_visible()


def test_sentences_set_aside_have_their_reason(editor):
    checked(editor)
    editor.get_by_role("button", name="Set aside 4").click()
    listed = dict(
        zip(
            editor.locator(".asides li button").all_inner_texts(),
            editor.locator(".asides li span").all_inner_texts(),
            strict=True,
        )
    )
    assert "a question" == listed["Who would not miss it?"]


# -------------------------------------------------------------------------- the keyboard


def test_with_the_keyboard_alone(screen):
    page = screen()
    page.locator("#token:focus").wait_for()
    page.keyboard.type("edit-me")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Check this draft").wait_for()
    until(page, "draft-text")
    page.keyboard.insert_text(made.DRAFT)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-state=done]")

    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("k")
    assert CONTRADICTED in page.evaluate("document.activeElement.innerText")
    assert "true" == page.evaluate("document.activeElement.getAttribute('aria-current')")
    page.keyboard.press("Enter")
    assert "H2" == page.evaluate("document.activeElement.tagName")
    page.keyboard.press("s")
    page.get_by_role("dialog").locator("mark").wait_for()
    page.keyboard.press("Escape")

    page.keyboard.press("c")
    page.keyboard.type("Ask the archive: j, k and a are letters here.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Ask the archive: j, k and a are letters here.").wait_for()
    page.keyboard.press("a")
    page.get_by_text("anna.berg accepted").wait_for()
    page.keyboard.press("Escape")
    assert CONTRADICTED in page.evaluate("document.activeElement.innerText")

    until(page, "export")
    page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert "check.md" == download.value.suggested_filename


def until(page, name):
    """Press Shift+Tab until the focus is on what has this id or class."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(
            "name => document.activeElement.id === name || document.activeElement.classList.contains(name)", name
        ):
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_the_way_of_the_focus_is_that_of_the_page(editor):
    checked(editor)
    editor.reload()
    editor.wait_for_selector("[data-state=done]")
    seen = []
    for _ in range(24):
        editor.keyboard.press("Tab")
        seen.append(
            editor.evaluate(
                "parts => parts.find(part => document.activeElement.closest(part))",
                [".skip", ".top", ".check-head", ".toolbar", ".draft", ".panel"],
            )
        )
    steps = [part for part, before in zip(seen, [None, *seen], strict=False) if part != before]
    assert [".skip", ".top", ".check-head", ".toolbar", ".draft", ".panel"] == steps


def test_single_letters_can_be_switched_off(editor):
    checked(editor)
    editor.keyboard.press("?")
    editor.get_by_label("Use single-letter shortcuts").uncheck()
    editor.keyboard.press("Escape")
    editor.keyboard.press("j")
    assert 0 == editor.locator(".claim[aria-current]").count()


def test_on_a_small_screen_the_evidence_covers_the_draft_and_gives_it_back(screen):
    page = screen(token="edit-me", viewport=NARROW)
    checked(page)
    page.get_by_role("link", name=CONTRADICTED).click()
    page.get_by_role("button", name="All claims").wait_for()
    assert page.evaluate("document.querySelector('.draft').inert && document.getElementById('top').inert")
    page.get_by_role("button", name="All claims").click()
    assert CONTRADICTED in page.evaluate("document.activeElement.innerText")
    assert 390 == page.evaluate("document.documentElement.scrollWidth")


def test_progress_and_the_end_are_read_out(editor):
    checked(editor)
    editor.locator("#polite", has_text="8 claims checked in 3.4 s").wait_for(state="attached")


# -------------------------------------------------------------------------- who may what


def test_a_wrong_token_is_refused_and_a_right_one_lets_in(screen):
    page = screen()
    page.get_by_label("Token").fill("guessed")
    page.keyboard.press("Enter")
    page.get_by_text("The token is not known.").first.wait_for()
    page.get_by_label("Token").fill("read-me")
    page.keyboard.press("Enter")
    page.get_by_text("Readers can look at checks and documents.").wait_for()
    page.get_by_role("button", name="Signed in as rosa").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Token").wait_for()


def test_readers_look_and_do_not_decide(screen, newsroom):
    check = newsroom.start("Old", made.DRAFT, "text/markdown", ("anna.berg", "editor"))
    page = screen(token="read-me", path=f"#/checks/{check['id']}")
    page.wait_for_selector("[data-state=done]")
    page.get_by_role("link", name=CONTRADICTED).click()
    assert page.get_by_text("Readers look; editors decide.").is_visible()
    page.keyboard.press("a")
    assert [] == newsroom.checks[check["id"]]["decisions"]
    assert 0 == page.get_by_role("link", name="Audit").count()


def test_an_address_leads_to_its_claim(screen, newsroom):
    check = newsroom.start("Old", made.DRAFT, "text/markdown", ("anna.berg", "editor"))
    page = screen(token="read-me", path=f"#/checks/{check['id']}/3")
    page.get_by_role("heading", name=CONTRADICTED).wait_for()
    assert "true" == page.locator(".claim", has_text=CONTRADICTED).get_attribute("aria-current")


def test_an_admin_removes_a_check_and_reads_of_it_in_the_log(screen, newsroom):
    newsroom.start("Old", made.DRAFT, "text/markdown", ("anna.berg", "editor"))
    page = screen(token="rule-me", path="#/checks")
    page.get_by_role("button", name="Remove Old").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the check").click()
    page.get_by_text("Nothing has been checked yet").wait_for()
    page.get_by_role("link", name="Audit").click()
    page.get_by_role("cell", name="check removed").wait_for()
    assert "otto" in page.get_by_role("row").nth(1).inner_text()


def test_documents_are_searched_read_and_added(editor, newsroom):
    editor.get_by_role("link", name="Documents").click()
    editor.get_by_label("Search the documents").fill("auditors")
    editor.get_by_text("1 document with “auditors”").wait_for()
    editor.get_by_role("link", name="Auditors: the harbour cost more").click()
    editor.get_by_role("region", name="Document").get_by_text("The harbour at Skarv cost 5.9 million crowns").wait_for()
    editor.locator("input[type=file]").set_input_files(
        {"name": "new.txt", "mimeType": "text/plain", "buffer": b"The well was dug in 1811."}
    )
    editor.get_by_text("new.txt was added.").first.wait_for()
    assert "new.txt" in newsroom.documents


def test_a_check_that_was_cut_short_says_so(editor, newsroom):
    newsroom.failing = {"code": "CC-E64", "message": "the server was stopped", "hint": "check the draft again"}
    paste(editor)
    editor.wait_for_selector("[data-state=failed]")
    assert editor.locator(".problem").get_by_text("The server was stopped.").is_visible()
    assert "Not checked" in editor.locator(".row", has_text="The boat was built").inner_text()


def test_a_refused_upload_leaves_the_page_as_it_was(editor):
    editor.locator("#draft-file").set_input_files(
        {"name": "big.md", "mimeType": "text/markdown", "buffer": b"a" * 200_000}
    )
    editor.locator(".compose .notice").get_by_text("The file is larger than 100 kB.").wait_for()
    assert editor.get_by_role("button", name="Check this draft").is_enabled()


def test_paper_has_every_finding(editor):
    checked(editor)
    editor.emulate_media(media="print")
    editor.evaluate("dispatchEvent(new Event('beforeprint'))")
    findings = editor.locator(".paper-finding:visible")
    assert 8 == findings.count()
    assert "contradicted" in editor.locator(".claim", has_text="1949").inner_text()
    assert editor.locator(".top").is_hidden()


# -------------------------------------------------------------------------- hostile texts


HOSTILE = """<script>document.title = 'draft ran'</script> The \
<img src=x onerror="document.title='draft ran'"> choir sang in 1911.
"""


def test_markup_in_a_draft_is_text(editor):
    checked(editor, HOSTILE)
    text = editor.locator(".paper").inner_text()
    assert "<script>document." in text
    assert "<img src=x onerror=\"document.title='draft ran'\"> choir sang in 1911." in text
    editor.locator(".claim").first.click()
    editor.get_by_role("button", name="All claims").wait_for()
    assert 0 == editor.locator("main script, main img").count()
    assert "draft ran" != editor.title()


def test_markup_in_an_article_is_text(screen):
    page = screen(token="rule-me", path="#/documents")
    page.get_by_role("link", name="<script>alert('title')</script>").click()
    reader = page.get_by_role("region", name="Document")
    reader.get_by_text("The rope & tackle of the <b>old</b> crane").wait_for()
    assert "<script>" in reader.inner_text()
    assert 0 == page.locator("main script, main img, main b").count()
    assert 0 == page.locator("[href^='javascript' i]").count()
    assert "Documents · claimcheck" == page.title()


def test_what_people_write_is_text(editor):
    checked(editor)
    editor.get_by_role("link", name=CONTRADICTED).click()
    editor.keyboard.press("c")
    editor.get_by_label("Comment", exact=True).fill("<img src=x onerror=alert(1)>")
    editor.locator("form").get_by_role("button", name="Comment").click()
    editor.locator(".said-words", has_text="<img src=x onerror=alert(1)>").wait_for()
    assert 0 == editor.locator("main img").count()
