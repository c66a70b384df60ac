"""Given names: usual gender and short forms; the gender of titles (``data/given_names.toml``)."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

#: Titles that tell the gender.
_MALE_TITLES = frozenset(
    {"mr", "mister", "sir", "lord", "king", "prince", "duke", "baron", "count", "earl", "tsar", "czar", "pope"}
    | {"father", "brother", "herr", "monsieur"}
)
_FEMALE_TITLES = frozenset(
    {"mrs", "ms", "miss", "madam", "madame", "dame", "lady", "queen", "princess", "duchess", "baroness", "countess"}
    | {"sister", "mother", "empress", "frau"}
)
#: Titles that also stand before things.
_NOT_ONLY_PEOPLE = frozenset({"st", "saint", "mount", "major", "general", "chief", "head", "chair"})


@functools.cache
def _tables() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    text = resources.files("claimcheck.language").joinpath("data/given_names.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    male, female = set(data["male"].split()), set(data["female"].split())
    genders = dict.fromkeys(male - female, "m") | dict.fromkeys(female - male, "f")
    groups: dict[str, set[str]] = {}
    for line in data["short"]:
        names = line.split()
        for name in names:
            groups.setdefault(name, set()).update(names)
    return genders, {name: frozenset(others) for name, others in groups.items()}


def gender_of(name: str) -> str:
    """``"m"``, ``"f"`` or, when it could be either, ``""``: of a lower-case given name."""
    return _tables()[0].get(name, "")


def same_given_name(a: str, b: str) -> bool:
    """Whether two lower-case words are forms of one given name ("bill", "william")."""
    return b in _tables()[1].get(a, ())


def title_gender(title: str) -> str:
    """``"m"``, ``"f"`` or ``""`` for a title in lower case."""
    words = title.replace(".", "").split()
    if any(w in _FEMALE_TITLES for w in words):
        return "f"
    return "m" if any(w in _MALE_TITLES for w in words) else ""


def is_person_title(title: str) -> bool:
    """Whether a title stands before people only ("President", not "Mount")."""
    return bool(title) and title not in _NOT_ONLY_PEOPLE
