"""
Pairs from written templates: short newspaper passages with claims that they support, contradict and leave open.

Public sets are made of captions and encyclopaedia sentences; what editors meet (plans told as done, near misses, who
said it, another person of the same name) was written down for this model in ``training/templates/*.jsonl``.  Each
template is filled several times with drawn names, places, dates and figures, so that none of them can be learned by
heart.  ``{A.last}``, ``{y+3}`` and the like are explained in ``training/templates/README.md``.
"""

from __future__ import annotations

import calendar
import json
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from training.pairs import TrainingPair

FOLDER = Path(__file__).parent / "templates"
#: How often each template is filled.
FILLINGS = 6
#: How often a headline is given where there is one: evidence often comes without.
TITLED = 0.6
LABELS = {"supported": "SUPPORTS", "contradicted": "REFUTES", "open": "NEI"}
MONTHS = tuple(calendar.month_name[1:])
DAYS = tuple(calendar.day_name)
#: Forms of a woman and of a man.
_FORMS = {
    "he": ("she", "he"),
    "his": ("her", "his"),
    "him": ("her", "him"),
    "He": ("She", "He"),
    "His": ("Her", "His"),
    "man": ("woman", "man"),
    "son": ("daughter", "son"),
    "brother": ("sister", "brother"),
    "father": ("mother", "father"),
    "husband": ("wife", "husband"),
}
_VARIABLE = re.compile(r"\{(\w+)(?:\.(\w+)|([+*-])(\d+))?\}")


def written_pairs(seed: int, fillings: int = FILLINGS) -> Iterator[TrainingPair]:
    """All pairs of all templates, each filled *fillings* times."""
    for file in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            template = json.loads(line)
            for turn in range(fillings):
                rng = random.Random(f"{seed} {file.name} {number} {turn}")  # noqa: S311 - reproducible, not secret
                yield from filled(template, Values(rng))


def filled(template: Mapping[str, object], values: Values) -> Iterator[TrainingPair]:
    """The pairs of one template with *values* in the place of its variables."""
    passage = values.fill(str(template["passage"]))
    title = values.fill(str(template["title"])) if values.chance(TITLED) else ""
    for key, label in LABELS.items():
        claims = template[key]
        assert isinstance(claims, list)
        for claim in claims:
            yield TrainingPair(
                claim=values.fill(claim), evidence=passage, title=title, label=label, source="made/written"
            )


class Values:
    """What the variables of one template stand for; each is drawn when it is first met."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._known: dict[str, str | int | float] = {}
        self._women: dict[str, bool] = {}
        self._used: set[str] = set()

    def fill(self, text: str) -> str:
        """*text* with its variables filled."""
        return _VARIABLE.sub(lambda match: self._value(*match.groups()), text)

    def chance(self, of: float) -> bool:
        """True in the share *of* all cases."""
        return self._rng.random() < of

    def _value(self, name: str, form: str | None, sign: str | None, number: str | None) -> str:
        if name not in self._known:
            self._known[name] = self._drawn(name)
        value = self._known[name]
        if sign is not None and number is not None:
            assert not isinstance(value, str)
            by = int(number)
            found = value + by if sign == "+" else value - by if sign == "-" else value * by
            return str(found) if name.startswith("y") or found < 1000 else f"{found:,}"
        return self._form(name, str(value), form) if form else str(value)

    def _form(self, name: str, value: str, form: str) -> str:
        if form in {"first", "last"}:
            first, last = value.split()
            return first if form == "first" else last
        if form in _FORMS:
            return _FORMS[form][0 if self._women[name] else 1]
        if form == "short":
            return dict(_table("organisations"))[value]
        column = {"adj": 0, "capital": 1, "people": 2}[form]
        return _countries()[value][column]

    def _drawn(self, name: str) -> str | int | float:
        if re.fullmatch(r"[A-D]|S\d", name):
            return self._person(name)
        if name in {"T", "U", "V"}:
            return self._new(_list("towns"))
        if name in {"K", "L", "M"}:
            return self._new(_countries())
        if name in {"O", "P"}:
            return self._new([one for one, _ in _table("organisations")])
        if name == "N":
            return self._new(_list("newspapers"))
        if name.startswith("role"):
            return self._new(_list("roles"))
        if name.startswith("work"):
            return self._new(_list("works"))
        if name in {"m", "m2"}:
            return self._new(MONTHS)
        if name in {"w", "w2"}:
            return self._new(DAYS)
        return self._figure(name)

    def _person(self, name: str) -> str:
        woman = self._rng.random() < 0.5
        first = self._new(_list("women" if woman else "men"))
        self._women[name] = woman
        if not name.startswith("S"):
            return f"{first} {self._new(_list('surnames'))}"
        if "surname" not in self._known:
            self._known["surname"] = self._new(_list("surnames"))
        return f"{first} {self._known['surname']}"

    def _figure(self, name: str) -> str | int | float:
        """A year, a day, or a figure; a second one of its kind is well apart from the first."""
        kind, other = name.rstrip("2"), self._known.get(name.rstrip("2"))
        while True:
            found = self._figure_of(kind)
            if not name.endswith("2") or other is None or _apart(kind, other, found):
                return found

    def _figure_of(self, kind: str) -> str | int | float:
        rng = self._rng
        if kind == "y":
            return rng.randint(1950, 2010)
        if kind == "d":
            return rng.randint(1, 28)
        if kind == "p":
            return rng.randint(12, 88)
        if kind == "c":
            return round(rng.uniform(1.2, 95), 1)
        if kind == "t":
            return f"{rng.randint(11, 980) * 100:,}"
        if kind == "n":
            return rng.randint(12, 980)
        msg = f"there is no variable {kind!r}"
        raise KeyError(msg)

    def _new(self, choices: Iterable[str]) -> str:
        """One of *choices* that this template does not have yet."""
        found = self._rng.choice([one for one in choices if one not in self._used])
        self._used.add(found)
        return found


def _apart(kind: str, one: str | float, other: str | float) -> bool:
    """Whether two figures cannot be taken for each other."""
    first, second = (float(str(value).replace(",", "")) for value in (one, other))
    if kind in {"d", "y"}:
        return first != second
    return not 0.6 < first / second < 1.6


@cache
def _lists() -> Mapping[str, str]:
    return tomllib.loads((Path(__file__).parent / "fillers.toml").read_text(encoding="utf-8"))


def _list(name: str) -> list[str]:
    text = _lists()[name]
    return [one.strip() for one in (text.split(",") if "," in text else text.split())]


def _table(name: str) -> list[tuple[str, str]]:
    rows = (one.split("|") for one in _lists()[name].split(","))
    return [(first.strip(), second.strip()) for first, second in rows]


@cache
def _countries() -> Mapping[str, tuple[str, str, str]]:
    rows = (line.split("|") for line in _lists()["countries"].strip().splitlines())
    return {name: (adjective, capital, people) for name, adjective, capital, people in rows}
