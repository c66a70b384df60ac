from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from claimcheck.checker.rules import RULES

REPOSITORY = Path(__file__).resolve().parents[2]
GENERATED = (
    "reference/commands.md",
    "reference/errors.md",
    "reference/json.md",
    "reference/rules/index.md",
    *(f"reference/rules/{rule.code.lower()}.md" for rule in RULES),
)


def written_pages():
    """The hand-written pages, README and the contributors' page among them."""
    docs = [page for page in (REPOSITORY / "docs").rglob("*.md") if not page.as_posix().endswith(GENERATED)]
    return sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *docs])


def page_id(page):
    return page.relative_to(REPOSITORY).as_posix()


def blocks(page, language):
    """The code blocks of *page* in *language*; blocks inside a list are indented."""
    text = page.read_text(encoding="utf-8")
    found = re.finditer(rf"^( *)```{language}\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"(?m)^{match[1]}", "", match[2]) for match in found]


@pytest.fixture(scope="session")
def generate():
    """docs/generate.py as a module."""
    sys.path.insert(0, str(REPOSITORY / "docs"))  # where its neighbour tables.py is
    spec = importlib.util.spec_from_file_location("claimcheck_docs_generate", REPOSITORY / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
