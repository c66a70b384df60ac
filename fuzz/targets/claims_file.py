"""Files of claims and of pairs, as the command line reads them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from claimcheck.cli.inputs import read_claims, read_pairs
from claimcheck.model import Failure
from claimcheck.render.objects import failure_object, json_line
from fuzz.harness import well_formed_json

SUFFIXES = (".jsonl", ".csv", ".tsv", ".txt", "", ".json")


def run(data: bytes) -> None:
    """Read *data* as claims, in the shape that its first byte says, and as pairs."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"claims{SUFFIXES[data[0] % len(SUFFIXES)]}")
        file.write_bytes(data[1:])
        for item in read_pairs(str(file)):
            _shown(item)
        for item in read_claims([], str(file)):
            _shown(item)
            if not isinstance(item, Failure):
                item.text.encode("utf-8")


def _shown(item: object) -> None:
    if isinstance(item, Failure):
        well_formed_json(json_line(failure_object(item)))
