"""
What the locks let in: pinned, hashed, under a licence that is allowed, and told in a bill of materials.

``python requirements/audit.py`` checks all of it without a network and exits with 1 when something is wrong;
``--write`` writes the bill of materials, requirements/runtime.cdx.json (CycloneDX 1.6), which the wheel carries, too.
Licences are those that the installed packages declare, so run it where all locks are installed; what is installed on
other systems only, or declares none, stands with its reason in requirements/licences.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BILL = HERE / "runtime.cdx.json"
LOCKS = ("runtime", "build", "dev")
#: An entry may name extras: without them pip looks at every release for a package that wants them ("coverage[toml]"),
#: and refuses all of the lock as soon as there is a newer one.
_BLOCK = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>\S+)(?P<rest>.*(?:\n +.*)*)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")

Table = Mapping[str, Any]


def locked(name: str) -> Iterator[tuple[str, str, str]]:
    """The packages of a lock: name, version, and the rest of the entry."""
    text = (HERE / f"{name}.lock").read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        yield found["name"], found["version"], found["rest"]


def licence_of(name: str, known: Table) -> str:
    """The licence that a package declares, as an SPDX expression; "" when nobody knows."""
    if name in known["said"]:
        return str(known["said"][name]["licence"])
    try:
        declared = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    expression = declared.get("License-Expression")
    if expression:
        return expression
    texts = [declared.get("License") or "", *(c for c in declared.get_all("Classifier") or () if "License ::" in c)]
    means = known["means"]
    found = [means.get(text.rpartition(" :: ")[2].strip(), text.strip()) for text in texts]
    return next((licence for licence in found if _parts(licence) <= set(known["allowed"])), "")


def _parts(expression: str) -> set[str]:
    """The licences that an expression names."""
    return set(re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", expression)) - {""} or {""}


def faults(known: Table) -> Iterator[str]:
    """What is wrong with the locks."""
    for lock in LOCKS:
        text = (HERE / f"{lock}.lock").read_text(encoding="utf-8")
        entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        packages = list(locked(lock))
        if len(entries) != len(packages):
            yield f"{lock}.lock: {len(entries)} entries, of which {len(packages)} are pinned with =="
        for name, version, rest in packages:
            if not _HASH.search(rest):
                yield f"{lock}.lock: {name} {version} has no SHA-256"
            licence = licence_of(name, known)
            if not licence:
                yield f"{lock}.lock: {name} {version} declares no licence that is known; say it in licences.toml"
            elif not _parts(licence) <= set(known["allowed"]):
                yield f"{lock}.lock: {name} {version} is under {licence}, which licences.toml does not allow"
    if not BILL.exists() or BILL.read_text(encoding="utf-8") != bill(known):
        yield f"{BILL.name} is not the bill of the lock: run make sbom"


def bill(known: Table) -> str:
    """The bill of materials of the runtime lock, the same for the same lock, licences and version of claimcheck."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components: dict[str, dict[str, Any]] = {}
    for name, version, _ in locked("runtime"):
        reference = f"pkg:pypi/{name}@{version}"
        components[reference] = {
            "type": "library",
            "bom-ref": reference,
            "name": name,
            "version": version,
            "licenses": [{"expression": licence_of(name, known)}],
            "purl": reference,
        }
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    digest = hashlib.sha256((HERE / "runtime.lock").read_bytes()).hexdigest()
    value = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": root,
            },
            "properties": [{"name": "claimcheck:sha256-of-runtime.lock", "value": digest}],
        },
        "components": [components[reference] for reference in sorted(components)],
    }
    return json.dumps(value, indent=1, sort_keys=True) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the locks, or write the bill; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the bill of materials")
    options = parser.parse_args(arguments)
    known = tomllib.loads((HERE / "licences.toml").read_text(encoding="utf-8"))
    if options.write:
        BILL.write_text(bill(known), encoding="utf-8")
    found = list(faults(known))
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    count = {name for lock in LOCKS for name, _, _ in locked(lock)}
    if not found:
        sys.stdout.write(
            f"{len(count)} packages are pinned, hashed and under an allowed licence; {BILL.name} is theirs\n"
        )
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
