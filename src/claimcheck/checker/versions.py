"""What decides a result besides its input: the code, the models, the engines and the machine."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
import sys
from pathlib import Path

import claimcheck

#: Where Linux says what the processor is, and how much of it says so of the first one.
_PROCESSORS, _FIRST = Path("/proc/cpuinfo"), 4096


@functools.cache
def code(*rooms: str, only: str = "*") -> str:
    """
    SHA-256 of the code and data of *rooms*: what they make of an input changes with it.

    Args:
        rooms: Names below ``claimcheck``, of folders or modules.
        only: Pattern of the files in a folder that count.
    """
    total = hashlib.sha256()
    house = Path(claimcheck.__file__).parent
    for room in rooms:
        folder = house / room
        for file in sorted(folder.rglob(only)) if folder.is_dir() else [folder.with_suffix(".py")]:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(f"{file.relative_to(house).as_posix()}\0".encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def language_model() -> tuple[str, str]:
    """Name and version of the language model; ``""`` for the version of one that is no installed package."""
    from claimcheck.language.pipeline import model_name  # noqa: PLC0415 - the language room is not needed before

    name = model_name()
    try:
        return name, importlib.metadata.version(name)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return name, ""


@functools.cache
def installed(*packages: str) -> str:
    """The versions of installed *packages*."""
    return " ".join(f"{name}-{importlib.metadata.version(name)}" for name in packages)


@functools.cache
def machine() -> str:
    """Python and the processor: with another one the last digit of a computed number may be another."""
    try:
        with _PROCESSORS.open(encoding="utf-8", errors="replace") as stream:
            lines = stream.read(_FIRST).splitlines()
    except OSError:
        lines = []
    kind = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{sys.version_info.major}.{sys.version_info.minor} {platform.machine()} {kind}"
