"""The other offline verifiers: each pinned, in a virtual environment of its own, asked through its adapter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from claimcheck.entailment import Pair
from claimcheck.entailment.protocol import lead_in
from claimcheck.evaluate import GoldPair
from claimcheck.model import Stance

ADAPTERS = Path(__file__).parent / "peers"
#: Seconds that an installation, and the pairs of one set, may take.
INSTALLING, RUNNING = 1800, 1800

NATIVE = {"supports": Stance.SUPPORTS, "contradicts": Stance.CONTRADICTS}
"""What a peer's own words mean; all others are neutral."""
LENIENT = {**NATIVE, "unsupported": Stance.CONTRADICTS}
"""The same, but "unsupported" contradicts: the better reading for peers that know no contradiction."""


@frozen
class Peer:
    """
    A verifier.

    Args:
        requirement: Its name and version on the package index.
        adapter: The script that asks it.
        unsupported: Whether it says "unsupported", which can be read in two ways.
        large: Whether it installs gigabytes.
    """

    requirement: str
    adapter: str
    unsupported: bool = True
    large: bool = False

    @property
    def name(self) -> str:
        """Of the package."""
        return self.requirement.split("==")[0]


PEERS = (
    Peer("claimproofkit==0.1.1", "use_claimproofkit.py"),
    Peer("ragground==0.2.2", "use_ragground.py"),
    Peer("anchorcite==0.1.0", "use_anchorcite.py"),
    Peer("touchstone-mcp==0.1.11", "use_touchstone.py"),
    Peer("hallucinotype==1.1.1", "use_hallucinotype.py", unsupported=False),
    Peer("rag-quantguard==0.2.4", "use_quantguard.py"),
    Peer("groundrails==1.1.2", "use_groundrails.py", large=True),
)


class PeerError(Exception):
    """A peer could not be installed or run; the message says why."""


@frozen
class Answers:
    """A peer's answers in the order of the pairs, how long they took, and how many pairs made it fail."""

    answers: tuple[str, ...]
    seconds: float
    errors: int
    last_error: str


def install(peer: Peer, folder: Path) -> Path:
    """
    The interpreter of the peer's environment in *folder*, which is made when it is not there.

    Raises:
        PeerError: If the peer does not install.
    """
    home = (folder / peer.name).absolute()
    python, done = home / "bin" / "python", home / ".installed"
    if done.exists() and done.read_text(encoding="utf-8") == peer.requirement:
        return python
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    _run([sys.executable, "-m", "venv", "--clear", str(home)], INSTALLING)
    _run([*pip, peer.requirement], INSTALLING)
    done.write_text(peer.requirement, encoding="utf-8")
    return python


def ask(peer: Peer, python: Path, pairs: Sequence[GoldPair]) -> Answers:
    """
    The answers of *peer*, offline.

    Raises:
        PeerError: If it does not run to the end.
    """
    rows = "".join(json.dumps({"claim": pair.claim, "evidence": _evidence(pair)}) + "\n" for pair in pairs)
    lines: list[dict[str, Any]] = [
        json.loads(line)
        for line in _run([str(python), str(ADAPTERS / peer.adapter)], RUNNING, stdin=rows, home=python.parents[1])
    ]
    if len(lines) != len(pairs) + 1:
        msg = f"{len(lines) - 1} answers to {len(pairs)} pairs"
        raise PeerError(msg)
    return Answers(answers=tuple(line["answer"] for line in lines[:-1]), **lines[-1])


def _evidence(pair: GoldPair) -> str:
    """The evidence behind its title, as our model reads it."""
    return lead_in(Pair(claim=pair.claim, evidence=pair.evidence, title=pair.title)) + pair.evidence


def _run(command: Sequence[str], seconds: int, *, stdin: str = "", home: Path | None = None) -> list[str]:
    """The lines that *command* printed; a peer keeps its files in its own environment, and looks for no model hub."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
    own = {"HOME": str(home), "HF_HUB_OFFLINE": "1", **threads} if home else {}
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | own
    try:
        done = subprocess.run(  # noqa: S603 - the commands are written above
            command,
            input=stdin,
            capture_output=True,
            timeout=seconds,
            check=False,
            encoding="utf-8",
            errors="replace",
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        msg = f"took longer than {seconds} seconds"
        raise PeerError(msg) from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        msg = f"exit {done.returncode}: {said[-1][:200] if said else 'no message'}"
        raise PeerError(msg)
    return done.stdout.splitlines()
