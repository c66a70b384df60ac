"""Given names: usual gender and short forms; the gender of titles (``data/given_names.toml``)."""

from __future__ import annotations

import functools

from .wordlists import read_list


@functools.cache
def _genders() -> dict[str, str]:
    data = read_list("given_names")
    male, female = set(data["male"].split()), set(data["female"].split())
    return dict.fromkeys(male - female, "m") | dict.fromkeys(female - male, "f")


@functools.cache
def _short_forms() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in read_list("given_names")["short"]:
        names = line.split()
        for name in names:
            groups.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in groups.items()}


@functools.cache
def _titles(kind: str) -> frozenset[str]:
    return frozenset(read_list("given_names")["titles"][kind].split())


def gender_of(name: str) -> str:
    """``"m"``, ``"f"`` or, when it could be either, ``""``: of a lower-case given name."""
    return _genders().get(name, "")


def short_forms(name: str) -> frozenset[str]:
    """The forms of a lower-case given name, itself among them; empty for one that is not listed with others."""
    return _short_forms().get(name, frozenset())


def same_given_name(a: str, b: str) -> bool:
    """Whether two lower-case words are forms of one given name ("bill", "william")."""
    return b in _short_forms().get(a, ())


def title_gender(title: str) -> str:
    """``"m"``, ``"f"`` or ``""`` for a title in lower case."""
    words = title.replace(".", "").split()
    if any(w in _titles("female") for w in words):
        return "f"
    return "m" if any(w in _titles("male") for w in words) else ""


def is_person_title(title: str) -> bool:
    """Whether a title stands before people only ("President", not "Mount")."""
    return bool(title) and title not in _titles("not_only_people")
