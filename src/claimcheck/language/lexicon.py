"""
What English words mean to the matcher: which predicates report the same event, imply or exclude one another, which
nouns and adjectives can stand for each other, and which words give polarity, modality and source.

All of it is data (``data/*.toml``, each with its source note); nothing is read before the first question.
Lemmas are looked up in lower case.  A predicate lemma may be a verb with particle or preposition ("turn down",
"meet with"), a verb with its light object ("take office"), "be" with an adjective ("be dead"), or an event noun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from attrs import frozen

from claimcheck.model import Slot

from .kinship import Kin, broader_kin, compose_kin, kin, kin_exclude, kin_words
from .places import Place, can_lie_in, country_of_capital, demonym, is_country, land_of, lies_in, place, place_name
from .wordlists import blocks_of, normalise, read_list, rows_of, words_of

#: Words of which it is kept what they mean; a server or an archive meets any number of them.
KEPT = 50_000

__all__ = [
    "Kin",
    "Lexical",
    "Place",
    "RelationClass",
    "agent_classes",
    "antonyms",
    "are_antonyms",
    "broader",
    "broader_kin",
    "can_lie_in",
    "compose_kin",
    "country_of_capital",
    "cues",
    "demonym",
    "derivations",
    "implied",
    "is_country",
    "is_event_noun",
    "is_reporting",
    "is_role",
    "is_title",
    "kin",
    "kin_exclude",
    "kin_words",
    "land_of",
    "lies_in",
    "patient_classes",
    "phrases",
    "place",
    "place_name",
    "relate",
    "relation_class",
    "relation_class_ids",
    "relation_classes",
    "role_markers",
    "role_words",
    "roles_exclude",
    "same_sense",
    "share_of",
    "single_holder",
    "synonyms",
    "title_length",
]


class Lexical(StrEnum):
    """
    How one predicate stands to another.

    ``same`` word; ``synonym``; ``entails``: the first implies the second (assassinate, kill); ``entailed``: the other
    way round; ``inverse``: true with subject and object exchanged (buy from, sell to); ``object_entails``: the second
    is true of the first's object (kill, die); ``object_entailed``: the other way round; ``opposite``: both cannot be
    true of the same participants at the same time; ``unrelated``: nothing is known.
    """

    SAME = "same"
    SYNONYM = "synonym"
    INVERSE = "inverse"
    ENTAILS = "entails"
    ENTAILED = "entailed"
    OBJECT_ENTAILS = "object_entails"
    OBJECT_ENTAILED = "object_entailed"
    OPPOSITE = "opposite"
    UNRELATED = "unrelated"


@frozen(kw_only=True)
class RelationClass:
    """
    Words that report the same event or state.

    Args:
        id: Unique name.
        group: The field it belongs to ("crime and courts").
        verbs: Predicate lemmas.
        nouns: Nominalisations.
        agents: Nouns for the subject ("winner").
        patients: Nouns for the object ("appointee").
        implies: Ids whose truth follows for the same subject and object.
        object_implies: Ids whose truth follows with this one's object as subject.
        inverse: Ids that hold with subject and object exchanged.
        opposite: Ids that exclude it.
        symmetric: Whether subject and object may be exchanged.
        one_time: ``"subject"`` or ``"object"``: the participant for whom it happens once only; "" when it recurs.
        single: Slots with one value once participants and occasion are fixed.
        single_then: Slots with one value once participants and time are fixed.
        many: Slots that can hold several at one time, whatever another sense of the verb says.
        event: ``False`` for states.
    """

    id: str
    group: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    implies: frozenset[str] = frozenset()
    object_implies: frozenset[str] = frozenset()
    inverse: frozenset[str] = frozenset()
    opposite: frozenset[str] = frozenset()
    symmetric: bool = False
    one_time: str = ""
    single: frozenset[Slot] = frozenset()
    single_then: frozenset[Slot] = frozenset()
    many: frozenset[Slot] = frozenset()
    event: bool = True

    @property
    def contest(self) -> bool:
        """Whether who does it to somebody excludes that the other does it to him: to beat, to lose to."""
        return not self.inverse.isdisjoint(self.opposite)


# ------------------------------------------------------------------------- predicates

#: What may stand before the noun of a listed phrase and says nothing.
_DETERMINERS = frozenset({"a", "an", "the", "one's", "his", "her", "its", "their", "my", "our"})
#: Words that are no longer than this are no plurals.
_SHORT = 3
_WORD_LISTS = ("verbs", "nouns", "agents", "patients")


@cache
def _classes() -> dict[str, RelationClass]:
    """Every class by id; ``inverse`` and ``opposite`` hold both ways whichever side the list names."""
    entries = [
        (group["name"], entry) for group in read_list("relations")["group"] for entry in blocks_of(group["classes"])
    ]
    both: dict[str, dict[str, set[str]]] = {"inverse": defaultdict(set), "opposite": defaultdict(set)}
    for _, entry in entries:
        for key, found in both.items():
            for other in words_of(entry.get(key, "")):
                found[entry["id"]].add(other)
                found[other].add(entry["id"])
    return {entry["id"]: _relation_class(group, entry, both) for group, entry in entries}


def _relation_class(group: str, entry: dict[str, str], both: dict[str, dict[str, set[str]]]) -> RelationClass:
    """One class from its lines; *both* holds its inverses and opposites."""
    class_id = entry["id"]
    fields: dict[str, Any] = {key: words_of(entry[key]) for key in _WORD_LISTS if key in entry}
    fields |= {key: frozenset(words_of(entry[key])) for key in ("implies", "object_implies") if key in entry}
    fields |= {key: frozenset(found[class_id]) for key, found in both.items() if class_id in found}
    return RelationClass(
        id=class_id,
        group=group,
        symmetric=entry.get("symmetric") == "true",
        one_time=entry.get("one_time", ""),
        single=frozenset(map(Slot, words_of(entry.get("single", "")))),
        single_then=frozenset(map(Slot, words_of(entry.get("single_then", "")))),
        many=frozenset(map(Slot, words_of(entry.get("many", "")))),
        event=entry.get("event") != "false",
        **fields,
    )


@cache
def _class_index(field: str) -> dict[str, frozenset[str]]:
    """Ids by word of ``verbs``, ``nouns``, ``agents`` or ``patients``."""
    index: dict[str, set[str]] = defaultdict(set)
    for entry in _classes().values():
        for word in getattr(entry, field):
            index[word].add(entry.id)
            if field == "verbs" and " " in word:
                index[_bare(word)].add(entry.id)
    return {word: frozenset(ids) for word, ids in index.items()}


def _bare(phrase: str) -> str:
    """A phrase as a predicate is looked up, without determiners and plurals: "go to the polls" is "go to poll"."""
    verb, *rest = phrase.split()
    kept = [w for w in rest if w not in _DETERMINERS]
    return " ".join((verb, *(w if len(w) <= _SHORT or w in cues("preposition") else _noun_forms(w)[-1] for w in kept)))


def _looked_up(index: dict[str, frozenset[str]], lemma: str) -> frozenset[str]:
    """The entry of *lemma*, or else of what stays when its last preposition goes ("travel in" is travel)."""
    if lemma in index:
        return index[lemma]
    start, _, last = lemma.rpartition(" ")
    return index.get(start, frozenset()) if last in cues("preposition") else frozenset()


def _noun_forms(noun: str) -> tuple[str, ...]:
    """A noun, and its singular if it looks like a regular plural."""
    if noun.endswith("ies"):
        return noun, noun[:-3] + "y"
    return (noun, noun[:-1]) if noun.endswith("s") and not noun.endswith("ss") else (noun,)


def _nouns_of(field: str, noun: str) -> frozenset[str]:
    index = _class_index(field)
    return next((index[form] for form in _noun_forms(noun) if form in index), frozenset())


@lru_cache(maxsize=KEPT)
def relation_classes(lemma: str, *, pos: str = "") -> frozenset[str]:
    """
    The classes that a predicate can belong to.

    Args:
        lemma: Verb, verb with particle, preposition or light object, or event noun.
        pos: ``"verb"`` or ``"noun"`` when it is known; "" looks in both.
    Returns:
        Ids; several for a word of several senses, none for an unknown word.
    """
    word = normalise(lemma)
    found: frozenset[str] = frozenset()
    if pos != "noun":
        found |= _looked_up(_class_index("verbs"), word)
    if pos != "verb":
        found |= _nouns_of("nouns", word)
    return found


def relation_class_ids() -> frozenset[str]:
    """The ids of all classes."""
    return frozenset(_classes())


def relation_class(class_id: str) -> RelationClass:
    """
    The class with that id.

    Raises:
        KeyError: If there is none.
    """
    return _classes()[class_id]


def agent_classes(noun: str) -> frozenset[str]:
    """The classes whose subject *noun* names: "founder" gives ``found``."""
    return _nouns_of("agents", normalise(noun))


def patient_classes(noun: str) -> frozenset[str]:
    """The classes whose object *noun* names: "appointee" gives ``appoint``."""
    return _nouns_of("patients", normalise(noun))


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for lemma in _class_index("verbs"):
        first, *others = lemma.split()
        if others:
            found[first].append((first, *others))
    return found


@lru_cache(maxsize=KEPT)
def phrases(verb: str) -> tuple[tuple[str, ...], ...]:
    """The listed predicates of several words that begin with *verb*, longest first: ``("take", "control", "of")``."""
    return tuple(sorted(_phrases().get(normalise(verb), ()), key=lambda words: (-len(words), words)))


@cache
def implied(class_id: str) -> frozenset[str]:
    """
    A class and everything that its truth implies for the same subject and object.

    Raises:
        KeyError: If there is no such class.
    """
    reached, waiting = {class_id}, [class_id]
    while waiting:
        waiting += (more := _classes()[waiting.pop()].implies - reached)
        reached |= more
    return frozenset(reached)


def _closure(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(following for class_id in ids for following in implied(class_id))


def _of_object(ids: Iterable[str]) -> frozenset[str]:
    """What follows from the classes and their implications for the object."""
    return _closure(following for class_id in ids for following in _classes()[class_id].object_implies)


def is_event_noun(noun: str) -> bool:
    """Whether a noun reports an event or state of some class ("assassination", "talks")."""
    return bool(_nouns_of("nouns", normalise(noun)))


@lru_cache(maxsize=KEPT)
def relate(first: str, second: str, *, first_pos: str = "", second_pos: str = "") -> Lexical:
    """
    How the predicate *first* stands to the predicate *second*; verbs and event nouns compare with each other.

    Words of several senses are read in the senses that bring them closest, so that ``opposite`` needs every shared
    reading to fail first.

    Args:
        first: Predicate lemma.
        second: Predicate lemma.
        first_pos: ``"verb"`` or ``"noun"`` when it is known.
        second_pos: The same of *second*.

    >>> relate("assassination", "kill")
    <Lexical.ENTAILS: 'entails'>
    """
    one, other = normalise(first), normalise(second)
    if one == other:
        return Lexical.SAME
    ids, others = relation_classes(one, pos=first_pos), relation_classes(other, pos=second_pos)
    if ids & others:
        return Lexical.SYNONYM
    if any(_classes()[class_id].inverse & others for class_id in ids):
        return Lexical.INVERSE
    up, other_up = _closure(ids), _closure(others)
    if up & others:
        return Lexical.ENTAILS
    if ids & other_up:
        return Lexical.ENTAILED
    if _of_object(up) & others:
        return Lexical.OBJECT_ENTAILS
    if _of_object(other_up) & ids:
        return Lexical.OBJECT_ENTAILED
    if other in antonyms(one) or any(_classes()[class_id].opposite & other_up for class_id in up):
        return Lexical.OPPOSITE
    return Lexical.SYNONYM if same_sense(one, other) and not (ids and others) else Lexical.UNRELATED


@cache
def _suffixes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = rows_of(read_list("suffixes")["rules"])
    endings = ((ending, tuple(verb.strip() for verb in verbs.split(","))) for ending, verbs in rows)
    return tuple(sorted(endings, key=lambda row: -len(row[0])))


def _by_suffix(noun: str, known: Collection[str], *, shortest: int) -> tuple[str, ...]:
    """The *known* verbs that a noun is formed from (arrival, arrive), its stem having *shortest* letters or more."""
    for ending, replacements in _suffixes():
        stem = noun.removesuffix(ending)
        if stem != noun and len(stem) >= shortest:
            undoubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
            forms = [form for end in replacements for form in (stem + end, undoubled + end) if form in known]
            if forms:
                return tuple(dict.fromkeys(forms))
    return ()


def _common_start(one: str, other: str) -> int:
    """How many letters two words share at their beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=KEPT)
def derivations(noun: str) -> tuple[str, ...]:
    """
    The verbs that an event or agent noun stands for, best first.

    A verb of the noun's class that the noun is formed from (assassination, assassinate), or else the class's plain
    verb (demise, die); a noun in no class is traced by its suffix to any listed verb.
    """
    word = _noun_forms(normalise(noun))[-1]
    ids = relation_classes(noun, pos="noun") | agent_classes(noun) | patient_classes(noun)
    verbs = [verb for class_id in sorted(ids) for verb in _classes()[class_id].verbs if " " not in verb]
    if word in verbs:
        return (word,)
    if not ids:
        return _by_suffix(word, _class_index("verbs"), shortest=5)
    if regular := _by_suffix(word, verbs, shortest=2):
        return regular
    kindred = sorted({verb for verb in verbs if _common_start(word, verb) > len(verb) // 2 + 1})
    return tuple(kindred or (_classes()[class_id].verbs[0] for class_id in sorted(ids)))


# -------------------------------------------------------------- nouns, adjectives, adverbs


@cache
def _senses() -> tuple[tuple[tuple[str, str], ...], dict[str, list[int]]]:
    """The lines of the synonym list as (words, broader words), and the numbers of the lines that hold each word."""
    sets = "\n".join(section["sets"].strip() for section in read_list("synonyms")["section"])
    lines = tuple((left, right) for left, _, right in (line.partition(">") for line in sets.splitlines()))
    index: dict[str, list[int]] = defaultdict(list)
    for number, (left, _) in enumerate(lines):
        for word in words_of(left):
            index[word].append(number)
    return lines, index


def _senses_of(word: str) -> list[tuple[str, str]]:
    lines, index = _senses()
    return [lines[number] for number in index.get(word, ())]


@lru_cache(maxsize=KEPT)
def synonyms(word: str) -> frozenset[str]:
    """The nouns, adjectives or adverbs that can stand for *word*."""
    plain = normalise(word)
    return frozenset(other for left, _ in _senses_of(plain) for other in words_of(left)) - {plain}


def same_sense(first: str, second: str) -> bool:
    """Whether two nouns, adjectives or adverbs are the same or can stand for each other."""
    one, other = normalise(first), normalise(second)
    return one == other or other in synonyms(one)


@lru_cache(maxsize=KEPT)
def broader(word: str) -> frozenset[str]:
    """What is true of everything that *word* names: the broader terms, two steps up, with their synonyms."""
    plain = normalise(word)
    found: set[str] = set()
    step = {plain}
    for _ in range(2):
        step = {term for narrow in step for _, right in _senses_of(narrow) for term in words_of(right)}
        step |= {term for wide in step for term in synonyms(wide)}
        found |= step
    return frozenset(found - {plain} - synonyms(plain))


@cache
def _antonyms() -> dict[str, list[str]]:
    """For each word the lists that exclude it, unparsed."""
    found: dict[str, list[str]] = defaultdict(list)
    for section in read_list("antonyms")["section"]:
        for left, right in rows_of(section["pairs"]):
            for side, against in ((left, right), (right, left)):
                for word in words_of(side):
                    found[word].append(against)
    return found


@lru_cache(maxsize=KEPT)
def antonyms(word: str) -> frozenset[str]:
    """The words that exclude *word* of the same thing at the same time (verbs, adjectives, nouns, adverbs)."""
    return frozenset(other for against in _antonyms().get(normalise(word), ()) for other in words_of(against))


# ------------------------------------------------------------------------ roles and cues


@cache
def _roles() -> dict[str, tuple[str, ...]]:
    lists: dict[str, Any] = read_list("roles")["lists"]
    return {name: words_of(text) for name, text in lists.items() if name != "exclusive"}


@cache
def _titles() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(normalise(title).replace(".", "").split()) for title in _roles()["titles"])


@cache
def _longest_title() -> int:
    return max(len(title) for title in _titles())


def title_length(words: Sequence[str]) -> int:
    """How many of the first *words* are a title ("Prime Minister", "Dr."); 0 when none.  Case does not count."""
    plain = tuple(word.replace(".", "").lower() for word in words[: _longest_title()])
    return next((n for n in range(len(plain), 0, -1) if plain[:n] in _titles()), 0)


def is_title(words: str | Sequence[str]) -> bool:
    """Whether *words*, as a whole, are a title that stands before names."""
    parts = words.split() if isinstance(words, str) else words
    return bool(parts) and title_length(parts) == len(parts)


@cache
def role_words() -> frozenset[str]:
    """Lower-case words for what a person is: role nouns, titles, and the people nouns of the synonym list."""
    people = next(section for section in read_list("synonyms")["section"] if section["name"] == "people")
    listed = words_of(people["sets"].replace(">", ","))
    return frozenset((*_roles()["nouns"], *listed, *(" ".join(title) for title in _titles())))


@cache
def _verbs() -> frozenset[str]:
    known = {verb.split()[0] for verb in _class_index("verbs")}
    lists = ("planned", "attempted", "unrealised", "implicative", "possible", "required", "stopped")
    return frozenset(known | {w.split()[0] for name in lists for w in cues(name)} | _reporting())


def is_verb(lemma: str) -> bool:
    """Whether the lists know *lemma* as a verb."""
    return lemma in _verbs()


def is_role(noun: str) -> bool:
    """Whether a noun says what a person is ("historian", "minister")."""
    return noun in role_words()


def is_common_noun(word: str) -> bool:
    """Whether the lists know *word* as an ordinary noun or adjective, not only as part of a name."""
    return word in role_words() or bool(synonyms(word)) or bool(broader(word)) or is_event_noun(word)


def role_markers(name: str) -> frozenset[str]:
    """
    Words beside a role: ``former``, ``then``, ``acting``, ``late``, ``future``, ``current`` or, of whoever is not quite
    in it, ``rank``.

    Raises:
        KeyError: If there is no such list.
    """
    return frozenset(_roles()[name])


@cache
def _exclusive_roles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in read_list("roles")["lists"]["exclusive"].strip().splitlines():
        group = words_of(line)
        for role in group:
            found[role].update(group)
    return {role: frozenset(others - {role}) for role, others in found.items()}


def roles_exclude(first: str, second: str) -> bool:
    """Whether one person cannot be both in the same body, case or event at the same time (prosecutor, defendant)."""
    return normalise(second) in _exclusive_roles().get(normalise(first), frozenset())


def single_holder(role: str) -> bool:
    """Whether one person at a time holds the role in one body ("prime minister" of a country)."""
    return normalise(role) in _roles()["single_holder"]


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {entry["name"]: frozenset(words_of(entry["words"])) for entry in read_list("cues")["list"]}


def cues(name: str) -> frozenset[str]:
    """
    The cue words of a list: ``negation``, ``planned``, ``possible``, ``factive`` ... (see ``data/cues.toml``).

    Raises:
        KeyError: If there is no such list.
    """
    return _cues()[name]


@cache
def _shares() -> dict[str, tuple[float, float]]:
    rows = (entry.rsplit(" ", 2) for entry in cues("quantifier"))
    return {word: (float(low), float(high)) for word, low, high in rows}


def share_of(quantifier: str) -> tuple[float, float] | None:
    """From and to which share of a set, in percent, a quantifier says: of "most" more than half; else ``None``."""
    return _shares().get(quantifier)


@cache
def _reporting() -> frozenset[str]:
    return cues("reporting") | cues("factive") | cues("non_factive") | cues("thought")


def is_reporting(verb: str) -> bool:
    """Whether a verb lemma reports what somebody says or thinks."""
    return verb in _reporting()


def are_antonyms(first: str, second: str) -> bool:
    """Whether two words exclude each other of the same thing at the same time."""
    return normalise(second) in antonyms(first)
