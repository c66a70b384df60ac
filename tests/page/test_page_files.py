"""What the files of the page hold, read without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "claimcheck"
PAGE = SOURCES / "server" / "page"
REPORT = SOURCES / "render" / "style" / "report.css"
SCRIPTS = sorted(PAGE.glob("*.js"))
COLOURS = re.compile(r"--(ink|paper|soft|line|quiet|bad|mixed|open|good): (#[0-9a-f]{6})")

MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|document\.write"
    r"|\beval\(|new Function|set(?:Timeout|Interval)\(\s*[\"'`]"
)


def test_the_colours_are_those_of_the_report():
    report = COLOURS.findall(REPORT.read_text(encoding="utf-8"))
    assert 18 == len(report)
    assert report == COLOURS.findall((PAGE / "style.css").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_text_never_becomes_markup(path):
    assert [] == MARKUP.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [*SCRIPTS, *sorted(PAGE.glob("*.css")), PAGE / "index.html", PAGE / "icon.svg"], ids=lambda path: path.name
)
def test_nothing_comes_from_elsewhere(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert [] == re.findall(r"https?://\w|[\"'(=]//\w|@import|url\((?!#)", text)


def test_the_page_has_no_inline_scripts_or_styles():
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert [] == re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_modules_are_read_in_one_sitting_and_import_what_is_there(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for names, module in re.findall(r"import \{([^}]+)\} from \"\./([\w.]+)\"", text):
        offered = (PAGE / module).read_text(encoding="utf-8")
        for name, own in ((part.split()[0], part.split()[-1]) for part in names.split(",") if part.strip()):
            assert re.search(rf"export (?:async )?(?:function\*?|const|class) {name}\b", offered), (
                f"{name} from {module}"
            )
            assert 1 < len(re.findall(rf"\b{own}\b", text)), f"{own} is not used"
