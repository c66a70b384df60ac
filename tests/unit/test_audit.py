"""The check of the locks finds what should not be in them."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
HASH = f"--hash=sha256:{'0' * 64}"


@pytest.fixture
def audit(tmp_path):
    """The program over locks of its own, whose bill has been written."""
    (tmp_path / "requirements").mkdir()
    for name in ("audit.py", "licences.toml"):
        shutil.copy(FOLDER / name, tmp_path / "requirements" / name)
    shutil.copy(FOLDER.parent / "pyproject.toml", tmp_path / "pyproject.toml")
    for lock in ("runtime", "build", "dev"):
        (tmp_path / "requirements" / f"{lock}.lock").write_text(f"attrs==26.1.0 \\\n    {HASH}\n", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("audit", tmp_path / "requirements" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert 0 == module.main(["--write"])
    return module


def test_sound_locks_pass_and_the_bill_names_them(audit):
    assert 0 == audit.main([])
    (component,) = json.loads(audit.BILL.read_text(encoding="utf-8"))["components"]
    assert ("attrs", "26.1.0", [{"expression": "MIT"}]) == tuple(component[k] for k in ("name", "version", "licenses"))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("attrs>=26.1.0", "0 are pinned"),
        ("attrs @ file:///somewhere", "0 are pinned"),
        ("attrs==26.1.0", "has no SHA-256"),
        ("attrs==26.1.0 --hash=md5:0", "has no SHA-256"),
        (f"no-such-package-at-all==1.0 \\\n    {HASH}", "declares no licence"),
    ],
)
def test_a_package_that_is_not_pinned_hashed_and_known_is_named(audit, capsys, entry, fault):
    (audit.HERE / "dev.lock").write_text(f"{entry}\n", encoding="utf-8")
    assert 1 == audit.main([])
    assert fault in capsys.readouterr().err


def test_a_licence_that_is_not_allowed_is_named(audit, capsys, monkeypatch):
    said = {"License-Expression": "MIT AND AGPL-3.0-only"}
    monkeypatch.setattr(audit.importlib.metadata, "metadata", lambda _name: said)
    assert 1 == audit.main([])
    assert "attrs 26.1.0 is under MIT AND AGPL-3.0-only" in capsys.readouterr().err


def test_a_bill_of_another_lock_is_found_out(audit, capsys):
    with (audit.HERE / "runtime.lock").open("a", encoding="utf-8") as lock:
        lock.write(f"click==8.0 \\\n    {HASH}\n")
    assert 1 == audit.main([])
    assert "run make sbom" in capsys.readouterr().err
