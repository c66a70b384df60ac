"""
Countries, their people, their capitals, and what lies in what.

Names are looked up as newspapers write them, upper and lower case included ("US" is a country, "us" is not); a leading
"the" and a word in capitals ("FRANCE") are understood.
"""

from __future__ import annotations

from functools import cache, lru_cache

from attrs import frozen

from .wordlists import read_list, rows_of, words_of


@frozen(kw_only=True)
class Place:
    """
    A country, a former state or a region.

    Args:
        name: The usual name.
        kind: ``country``, ``former`` or ``region``.
        aliases: Other names and abbreviations.
        adjectives: Words for what comes from there ("Danish").
        people: Words for who comes from there ("Dane", "Danes").
        capitals: Capital and seat of government, which can stand for the government; each in all its spellings.
        within: What it lies in: a country or continents.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[tuple[str, ...], ...] = ()
    within: tuple[str, ...] = ()


@cache
def _places() -> dict[str, Place]:
    """Every place by its usual name, current countries first."""
    tables = read_list("places")["tables"]
    found: dict[str, Place] = {}
    for kind, table in (("country", "countries"), ("former", "former")):
        for name, aliases, adjectives, people, capitals, within in rows_of(tables[table]):
            found[name] = Place(
                name=name,
                kind=kind,
                aliases=words_of(aliases),
                adjectives=words_of(adjectives),
                people=words_of(people),
                capitals=tuple(tuple(city.split("/")) for city in words_of(capitals)),
                within=words_of(within),
            )
    for name, aliases, adjectives, within in rows_of(tables["regions"]):
        words = words_of(adjectives)
        found[name] = Place(
            name=name,
            kind="region",
            aliases=words_of(aliases),
            adjectives=words,
            people=words,
            within=words_of(within),
        )
    return found


@cache
def _names() -> dict[str, str]:
    """Usual name by every name of a place, the parts of countries among them."""
    names = {name: name for name in _places()}
    for place in _places().values():
        for alias in place.aliases:
            names.setdefault(alias.removeprefix("the "), place.name)
    for inside, _ in _parts():
        for alias in inside:
            names.setdefault(alias, inside[0])
    for place in _places().values():
        for spellings in place.capitals:
            for spelling in spellings:
                names.setdefault(spelling, spellings[0])
    return names


@cache
def _parts() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Names of each part, and the whole that it lies in."""
    lines = read_list("places")["tables"]["parts"].strip().splitlines()
    halves = (line.partition(">") for line in lines)
    return tuple((words_of(inside), whole.strip()) for inside, _, whole in halves)


@cache
def _wholes() -> dict[str, frozenset[str]]:
    """What each place lies in directly, by usual name."""
    wholes: dict[str, set[str]] = {}
    for place in _places().values():
        wholes.setdefault(place.name, set()).update(place.within)
        for capital in place.capitals:
            wholes.setdefault(_names()[capital[0]], set()).add(place.name)
    for inside, whole in _parts():
        wholes.setdefault(inside[0], set()).add(_names().get(whole, whole))
    return {name: frozenset(found - {name}) for name, found in wholes.items()}


@cache
def _demonyms() -> dict[str, str]:
    demonyms: dict[str, str] = {}
    for place in _places().values():
        for word in (*place.adjectives, *place.people):
            demonyms.setdefault(word, place.name)
    return demonyms


@cache
def _capitals() -> dict[str, tuple[str, ...]]:
    capitals: dict[str, tuple[str, ...]] = {}
    for place in _places().values():
        for spelling in (spelling for capital in place.capitals for spelling in capital):
            capitals[spelling] = (*capitals.get(spelling, ()), place.name)
    return capitals


def _spelt(word: str) -> tuple[str, ...]:
    """The spellings under which *word* is looked up, the given one first."""
    plain = " ".join(word.replace("’", "'").split())
    plain = plain[4:] if plain[:4].lower() == "the " else plain
    return (plain, plain.title()) if plain.isupper() and len(plain) > len("U.S.A") else (plain,)


@lru_cache(maxsize=50_000)
def place_name(name: str) -> str | None:
    """The usual name of a place: ``place_name("U.K.") == "United Kingdom"``; ``None`` when unknown."""
    return next((_names()[word] for word in _spelt(name) if word in _names()), None)


def place(name: str) -> Place | None:
    """What is known of a country, former state or region, by any of its names."""
    return _places().get(place_name(name) or "")


def is_country(name: str) -> bool:
    """Whether *name* names a country or a former state."""
    found = place(name)
    return found is not None and found.kind != "region"


def demonym(word: str) -> str | None:
    """The country or region of an adjective or people's name: ``demonym("Danish") == "Denmark"``."""
    return next((_demonyms()[spelt] for spelt in _spelt(word) if spelt in _demonyms()), None)


@lru_cache(maxsize=50_000)
def country_of_capital(city: str) -> tuple[str, ...]:
    """The countries whose capital *city* is or was, today's first: Moscow gives Russia, then the Soviet Union."""
    return next((_capitals()[word] for word in _spelt(city) if word in _capitals()), ())


@lru_cache(maxsize=50_000)
def lies_in(inner: str, outer: str) -> bool | None:
    """
    Whether one place lies in the other, or is the same.

    Returns:
        ``True`` or ``False`` when both are known here, ``None`` otherwise.  A place whose whole is not listed,
        and a former state, whose lands now bear other names, give ``True`` or ``None``.
    """
    start, goal = place_name(inner), place_name(outer)
    if start is None or goal is None:
        return None
    reached, waiting = {start}, [start]
    while waiting:
        wholes = _wholes().get(waiting.pop(), frozenset())
        waiting += wholes - reached
        reached |= wholes
    if goal in reached:
        return True
    known = _places().get(goal)
    vague = known is not None and known.kind != "country" and known.name not in _continents()
    return None if vague or not reached & (_continents() - {start}) else False


def can_lie_in(inner: str, outer: str) -> bool:
    """
    Whether one place lies in the other, or may for all that is listed here.

    An unlisted place can lie in every land, region and part of a land that the lists know parts of; a place whose own
    part of a land is listed ("Chicago") does not lie in another part ("Texas").
    """
    known = lies_in(inner, outer)
    if known is not None:
        return known
    start, goal = place_name(inner), place_name(outer)
    if start is not None and goal in _provinces():
        return not _provinces() & (_wholes().get(start, frozenset()) | {start})
    return goal in _places() or goal in _provinces()


@cache
def _provinces() -> frozenset[str]:
    """The parts of lands, by usual name, that are listed as regions or have listed parts themselves."""
    parts = {whole for inside, _ in _parts() for whole in _wholes()[inside[0]]}
    listed = {place.name for place in _places().values() if place.kind == "region"} - _continents()
    lands = {place.name for place in _places().values() if place.kind != "region"} - _continents()
    return frozenset(name for name in (parts | listed) - lands if _wholes().get(name, frozenset()) & (lands | parts))


@cache
def _continents() -> frozenset[str]:
    return frozenset(continent for place in _places().values() if place.kind == "country" for continent in place.within)


@cache
def _lands() -> dict[str, str]:
    """Usual name in lower case by every name, adjective and people's name of a country, in lower case."""
    lands: dict[str, str] = {}
    for place in _places().values():
        if place.kind != "region":
            for word in (place.name, *place.aliases, *place.adjectives, *place.people):
                lands.setdefault(word.lower().replace(".", "").removeprefix("the "), place.name.lower())
    return lands


def land_of(word: str) -> str:
    """
    The country or former state that *word* names or describes, whatever its case; ``""`` when none.

    >>> land_of("danish")
    'denmark'
    """
    return _lands().get(word.lower().replace(".", "").removeprefix("the "), "")
