"""
A newsroom, its page in a real browser, and what a test looks at it with.

Environment: ``CLAIMCHECK_CHROMIUM`` names the browser (Debian's chromium is found by itself); with
``CLAIMCHECK_SCREENSHOTS`` every state that a test shows is kept as a picture in that folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import newsroom_stand_in as stand_in

#: Milliseconds that the slowest machine may take.
PATIENCE = 60_000
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium():
    """A browser for all tests of a process."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the tests of the page need playwright")
    path = os.environ.get("CLAIMCHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium: install Debian's, or name one in CLAIMCHECK_CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def newsroom():
    """What the server knows."""
    return stand_in.Newsroom()


@pytest.fixture
def address(newsroom):
    """Where it is served."""
    with stand_in.serving(newsroom) as url:
        yield url


@pytest.fixture
def screen(chromium, address):
    """Opens the page; what its scripts or its content policy complained about fails the test."""
    contexts, said = [], []

    def opened(*, token="", viewport=WIDE, scheme="light", motion="reduce", url=address, path=""):
        context = chromium.new_context(
            viewport=viewport, color_scheme=scheme, reduced_motion=motion, accept_downloads=True, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("console", lambda line: said.append(line.text) if _matters(line) else None)
        page.on("request", lambda asked: said.append(f"asked for {asked.url}") if _outside(asked.url, url) else None)
        page.goto(url + path)
        if token:
            page.get_by_label("Token").fill(token)
            page.keyboard.press("Enter")
            page.get_by_role("button", name="Signed in as").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [] == said


def _matters(line):
    """Whether a line of the browser's console is a complaint; an answer that refuses is none."""
    return line.type in {"error", "warning"} and "Failed to load resource" not in line.text


def _outside(asked, url):
    return not asked.startswith((url, "blob:", "data:"))


@pytest.fixture
def keep():
    """Keeps a picture of a page, where a folder is named for them."""
    folder = os.environ.get("CLAIMCHECK_SCREENSHOTS")

    def kept(page, name):
        if folder:
            size = page.viewport_size
            scheme = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}-{size['width']}-{scheme}.png"))

    return kept
