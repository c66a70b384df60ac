"""
Names: finding them, normalising them, and telling whether two names can mean one thing.

The only module that imports rapidfuzz.  Fuzzy matching catches spelling variants of one long word
("Andreyev", "Andreev"); it never merges names whose short parts differ, however alike they look.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import define, field, frozen
from rapidfuzz import fuzz, process

from claimcheck.model import EntityKind

from . import lexicon
from .given_names import is_person_title, same_given_name, short_forms
from .pipeline import Parse, Token

#: Two words of a name are spelling variants from this ratio (0-100) on, and from this length on.
VARIANT_RATIO = 84.0
VARIANT_LENGTH = 6

KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
    "EVENT": EntityKind.EVENT,
    "WORK_OF_ART": EntityKind.WORK,
    "LAW": EntityKind.WORK,
    "PRODUCT": EntityKind.WORK,
    "LANGUAGE": EntityKind.OTHER,
}

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_QUOTED = re.compile(r"[\"“”()\[\]]")
#: Tokens at which the model's entities are cut.
_SEPARATORS = frozenset({"--", "—", "–", ";", "/", "(", ")", "[", "]"})
#: Small words inside names that carry no identity.
_LINKS = frozenset({"of", "the", "de", "la", "le", "du", "von", "van", "der", "den", "and", "al", "el", "bin", "ibn"})
#: "The North" is short for the country whose name begins so.
_DIRECTIONS = frozenset({"north", "south", "east", "west"})
#: What stands between the figures of a score, and the highest of them: a "747-400" belongs to a name.
_DASHES, _MOST_SCORED = frozenset({"-", "–"}), 199
#: Parts of speech that no name begins or ends with.
_NO_START = frozenset({"DET", "PUNCT", "PART", "ADP", "SPACE", "PRON"})
_NO_END = frozenset({"PUNCT", "PART", "SPACE", "DET", "ADP", "CCONJ"})
#: Longest title, in words, that is looked for before or in a name.
_LONGEST_TITLE = 5
#: Most digits of a number that belongs to a name ("Apollo 11"): four are a year.
_NAME_DIGITS = 3
#: Most letters of an acronym, and fewest of a word that alone stands for an organisation's longer name.
_LONGEST_ACRONYM = 6
_TELLING_WORD = 4
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


class NameRelation(StrEnum):
    """How two names stand to each other."""

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"


@functools.lru_cache(maxsize=50_000)
def name_words(name: str) -> tuple[str, ...]:
    """
    The words of *name*, normalised: no accents, case, dots, possessive, titles or articles.

    >>> name_words("Secretary of State Clara K. Weissmann’s")
    ('clara', 'k', 'weissmann')
    """
    plain = _POSSESSIVE.sub("", _QUOTED.sub(" ", name).strip())
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = _WORD.findall(plain.replace(".", "").casefold())
    while words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return tuple(_without_titles(words))


def _without_titles(words: list[str]) -> list[str]:
    """Drop leading titles ("prime minister"), unless nothing would be left."""
    while length := _title(words):
        words = words[length:]
    return words


def _title(words: list[str]) -> int:
    """How many words before the last one are a title."""
    lengths = range(min(_LONGEST_TITLE, len(words) - 1), 0, -1)
    return next((length for length in lengths if lexicon.is_title(" ".join(words[:length]))), 0)


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if same_given_name(a, b):
        return True
    if min(len(a), len(b)) < VARIANT_LENGTH or a[0] != b[0]:
        return False
    return fuzz.ratio(a, b, score_cutoff=VARIANT_RATIO) > 0


@functools.lru_cache(maxsize=50_000)
def country(name: str) -> str:
    """The country that *name* stands for as a name, abbreviation or demonym, lower-case, or ""."""
    return lexicon.land_of(" ".join(name_words(name)))


@functools.lru_cache(maxsize=100_000)
def compare_names(a: str, b: str) -> NameRelation:
    """
    Compare two names as they stand, without any document.

    Args:
        a: A name, with or without titles.
        b: Another.
    Returns:
        ``same``; ``compatible`` when one is a shorter form that could mean the other ("Falk", "Otto
        Falk"); ``different`` when they cannot be one ("Otto Falk", "Clara Falk").

    >>> compare_names("Clara K. Weissmann", "Clara Weissmann")
    <NameRelation.SAME: 'same'>
    """
    country_a, country_b = country(a), country(b)
    if country_a or country_b:
        return NameRelation.SAME if country_a == country_b else NameRelation.DIFFERENT
    return compare_words(name_words(a), name_words(b))


def compare_words(a: tuple[str, ...], b: tuple[str, ...]) -> NameRelation:
    """Compare two names given as normalised words: see `compare_names`."""
    if not a or not b:
        return NameRelation.DIFFERENT
    if a == b:
        return NameRelation.SAME
    if _is_acronym(a, b) or _is_acronym(b, a):
        return NameRelation.SAME
    initials_a, initials_b = _initials(a), _initials(b)
    core_a, core_b = core(a), core(b)
    if initials_a and initials_b and initials_a != initials_b:
        return NameRelation.DIFFERENT
    short, long = (core_a, core_b) if len(core_a) <= len(core_b) else (core_b, core_a)
    used: set[int] = set()
    for word in short:
        place = next((i for i, other in enumerate(long) if i not in used and _same_word(word, other)), None)
        if place is None:
            return NameRelation.DIFFERENT
        used.add(place)
    if len(short) == len(long):
        return NameRelation.SAME
    left_out = [word for i, word in enumerate(long) if i not in used]
    if len(short) >= 2 and {0, len(long) - 1} <= used and all(len(word) == 1 for word in left_out):
        return NameRelation.SAME
    if "".join(short) == "".join(long):
        return NameRelation.SAME
    return NameRelation.COMPATIBLE


@functools.lru_cache(maxsize=50_000)
def _initials(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for w in words if len(w) == 1)


@functools.lru_cache(maxsize=50_000)
def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that carry a name's identity, all when none does."""
    found = tuple(w for w in words if len(w) > 1 and w not in _LINKS and w not in _GENERATIONS)
    return found or words


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) != 1 or len(long) < 2 or not 2 <= len(short[0]) <= _LONGEST_ACRONYM:
        return False
    return short[0] in _acronyms(long)


def _acronyms(words: tuple[str, ...]) -> tuple[str, str]:
    """The first letters of a name, with and without those of small words."""
    return "".join(w[0] for w in words), "".join(w[0] for w in words if w not in _LINKS)


# ------------------------------------------------------------------- names in one text


@define(slots=True, eq=False)
class NameMention:
    """A name as it stands in one parse: tokens ``[first, last)`` without title and possessive."""

    parse: int
    first: int
    last: int
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    label: str
    title: str = ""
    head: Token | None = None
    sole: tuple[Known, ...] = ()


def find_names(parse: Parse, number: int) -> list[NameMention]:
    """
    The names in one parse, in text order, not overlapping.

    The model's entities come first; runs of proper nouns that it left out are added.
    """
    collector = _Collector(parse=parse, number=number)
    for name in parse.names:
        if name.label in KINDS:
            for first, last in _split_name(parse, name.first, name.last):
                collector.add(first, last, name.label)
    for first, last in _proper_runs(parse, collector.taken):
        collector.add(first, last, "")
    return collector.in_order()


def find_surnames(
    parse: Parse, number: int, found: Sequence[NameMention], surnames: frozenset[str]
) -> list[NameMention]:
    """
    Surnames of people named elsewhere in the document that the model took for something else.

    Args:
        parse: The parse.
        number: Its number.
        found: The names that were found in it.
        surnames: Last words of the document's names of people, normalised.
    """
    collector = _Collector(parse=parse, number=number, found=list(found))
    for name in found:
        collector.take(name.first, name.last)
    for token in parse.tokens:
        if token.text[0].isupper() and not collector.taken[token.i] and token.low in surnames:
            collector.add(token.i, token.i + 1, "PERSON")
    return collector.in_order()


def _split_name(parse: Parse, first: int, last: int) -> Iterable[tuple[int, int]]:
    """Cut an entity at a possessive in its middle ("Otto's father Ivo Falk"), at a bracket or at a spaced dash."""
    start = first
    for i in range(first, last):
        token = parse.tokens[i]
        if (token.tag == "POS" and i + 1 < last) or token.text in _SEPARATORS:
            if start < i:
                yield start, i
            start = i + 1
    if start < last:
        yield start, last


def _proper_runs(parse: Parse, taken: list[bool]) -> Iterable[tuple[int, int]]:
    tokens = parse.tokens
    i = 0
    while i < len(tokens):
        if taken[i] or not _is_proper(tokens[i]) or tokens[i].ent in {"DATE", "TIME"}:
            i += 1
            continue
        j = i + 1
        while j < len(tokens) and not taken[j] and tokens[j].pos == "PROPN" and tokens[j].ent not in {"DATE", "TIME"}:
            j += 1
        title = lexicon.is_title(" ".join(t.low for t in tokens[i:j]))
        if not (title and j < len(tokens) and taken[j]):
            yield i, j
        i = j


def _is_proper(token: Token) -> bool:
    """Whether a token is a name: as tagged, or a listed place that the tagger took for a noun."""
    if token.pos == "PROPN":
        return any(c.isalpha() for c in token.text)
    return token.pos == "NOUN" and token.dep == "pobj" and lexicon.place_name(token.text) is not None


@define(kw_only=True, eq=False)
class _Collector:
    """The names of one parse while they are found, and which tokens they take."""

    parse: Parse
    number: int
    found: list[NameMention] = field(factory=list)
    taken: list[bool] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.taken = [False] * len(self.parse.tokens)

    def take(self, first: int, last: int) -> None:
        """Let no other name have the tokens ``[first, last)``."""
        self.taken[first:last] = [True] * (last - first)

    def add(self, first: int, last: int, label: str) -> None:
        """Add the name at ``[first, last)`` without what does not belong to it, unless its tokens are taken."""
        tokens = self.parse.tokens
        while first < last and self._is_no_start(first):
            first += 1
        last = next((i for i in range(first, last) if in_score(tokens, i)), last)
        while first < last and self._is_no_end(last - 1):
            last -= 1
        last = _to_end_of_hyphens(tokens, first, last, label)
        last = _with_number(tokens, first, last, self.taken)
        if first >= last or any(self.taken[first:last]):
            return
        first, title = _strip_title(tokens, first, last, label)
        self.take(first, last)
        start, end = tokens[first].start, tokens[last - 1].end
        text = self.parse.text[start:end]
        words = name_words(text)
        if words:
            head = _head_of(tokens[first:last])
            self.found.append(NameMention(self.number, first, last, start, end, text, words, label, title, head))

    def in_order(self) -> list[NameMention]:
        """What was found, in text order."""
        return sorted(self.found, key=lambda mention: mention.first)

    def _is_no_start(self, place: int) -> bool:
        """Whether no name begins there: nor does one in the middle of "222m" or "41C"."""
        token = self.parse.tokens[place]
        in_figures = token.start > 0 and self.parse.text[token.start - 1].isdigit()
        return token.pos in _NO_START or self.taken[place] or in_figures

    def _is_no_end(self, place: int) -> bool:
        token = self.parse.tokens[place]
        return token.pos in _NO_END or token.low == "the" or self.taken[place]


def in_score(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token is one of two figures with a dash between them: the score behind a name, and no part of it."""
    for first in (place, place - 2):
        run = tokens[first : first + 3] if first >= 0 else ()
        if len(run) == 3 and run[1].text in _DASHES and run[0].end == run[1].start and run[1].end == run[2].start:
            return all(t.text.isdigit() and int(t.text) <= _MOST_SCORED for t in (run[0], run[2]))
    return False


def _head_of(tokens: Sequence[Token]) -> Token:
    """The first token that hangs on something outside, or else the last one."""
    first, last = tokens[0].i, tokens[-1].i
    outside = (t for t in tokens if t.head is t or not first <= t.head.i <= last)
    return next(outside, tokens[-1])


def _with_number(tokens: Sequence[Token], first: int, last: int, taken: Sequence[bool]) -> int:
    """Take in the number that a name ends in: "Apollo 11", "Vostok 6"."""
    if not first < last < len(tokens) or taken[last] or tokens[last - 1].pos != "PROPN" or in_score(tokens, last):
        return last
    number = tokens[last]
    counts = last + 1 < len(tokens) and tokens[last + 1].pos in {"NOUN", "SYM"} and tokens[last + 1].head is number.head
    short = number.text.isdigit() and len(number.text) <= _NAME_DIGITS
    joined = number.head in (tokens[last - 1], *(t for t in tokens[first:last])) or number.dep == "nummod"
    return last + 1 if short and joined and not counts and number.ent not in {"DATE", "MONEY", "PERCENT"} else last


def _to_end_of_hyphens(tokens: Sequence[Token], first: int, last: int, label: str) -> int:
    """Take in what a hyphen joins to the name: the tagger may stop at "Han Min" in "Han Min-jae"."""
    while first < last < len(tokens) - 1 and tokens[last].text == "-":
        joined = tokens[last - 1].end == tokens[last].start and tokens[last].end == tokens[last + 1].start
        after = tokens[last + 1]
        if not joined or after.pos != "PROPN" or (after.text[0].isupper() and not label):
            break
        last += 2
    return last


def _strip_title(tokens: Sequence[Token], first: int, last: int, label: str) -> tuple[int, str]:
    """Move *first* past a title inside the name, and gather the title words before it."""
    inside = first
    if label in {"PERSON", "", "ORG"}:
        for length in range(min(_LONGEST_TITLE, last - first - 1), 0, -1):
            if lexicon.is_title(" ".join(t.low for t in tokens[first : first + length])):
                inside = first + length
                break
    before = inside
    for length in range(min(_LONGEST_TITLE, inside), 0, -1):
        if lexicon.is_title(" ".join(t.low for t in tokens[inside - length : inside]).replace("- ", "-")):
            before = inside - length
            break
    return inside, " ".join(t.low for t in tokens[before:inside])


# --------------------------------------------------------------- the names of a document


@define(slots=True, eq=False)
class Known:
    """An entity in the making: what a document says about one name."""

    id: str
    words: tuple[str, ...]
    name: str
    kind: EntityKind
    count: int = 0
    aliases: list[str] = field(factory=list)
    roles: list[str] = field(factory=list)
    gender: str = ""

    def mentioned(self, mention: NameMention) -> None:
        """Note a mention: its form of the name, and its title, which may show that a person is meant."""
        self.count += 1
        if mention.text not in self.aliases and mention.text != self.name:
            self.aliases.append(mention.text)
        if mention.title and mention.title not in self.roles:
            self.roles.append(mention.title)
            if is_person_title(mention.title):
                self.kind = EntityKind.PERSON


@frozen(kw_only=True)
class Cast:
    """
    Who and what a document names: entities, and for each form of a name the entities it can mean.

    The ids of the entities are numbered from ``first`` on.
    """

    known: list[Known]
    candidates: dict[tuple[str, ...], tuple[Known, ...]]
    first: int = 0

    def next_id(self) -> str:
        """The id of the entity that is added next."""
        return f"e{self.first + len(self.known)}"


def gather(mentions: Sequence[NameMention], first: int = 0) -> Cast:
    """
    Group the names of one document into entities; what the whole document says outvotes one tag.

    A short form ("Falk") belongs to every longer name it could abbreviate; `coreference` then decides each
    mention by its place.

    Args:
        mentions: All names of the document, or of a section of it.
        first: Number of the first entity: how many the sections before have.
    """
    forms: dict[tuple[str, ...], list[NameMention]] = {}
    for mention in mentions:
        key = form_of(mention)
        forms.setdefault(key, []).append(mention)
    cast = Cast(known=[], candidates={}, first=first)
    known, candidates = cast.known, cast.candidates
    shelves = Shelves()
    for key in sorted(forms, key=lambda k: (-len(core(k)), -len(forms[k]), k)):
        group = forms[key]
        kind = _kind_of(key, group)
        fits = [known[place] for place in shelves.near(key) if _fits(key, kind, known[place])]
        same = [k for k in fits if compare_words(key, k.words) is NameRelation.SAME]
        fits = same[:1] or fits
        if not fits:
            fits = [Known(cast.next_id(), key, _best_form(group), kind)]
            shelves.add(key, len(known))
            known.extend(fits)
        candidates[key] = tuple(fits)
        if len(fits) == 1:
            for mention in group:
                fits[0].mentioned(mention)
    return cast


class Shelves:
    """
    Names by their words, so that a name need not be compared with every other of a document.

    Names come with the most words first, as `gather` takes them: one of two that can mean the same is then the shorter
    one, all of whose words the longer one has, or it is an acronym.
    """

    def __init__(self) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._long_by_letter: dict[str, list[str]] = {}
        self._by_acronym: dict[str, list[int]] = {}
        self._single: dict[str, list[int]] = {}

    def add(self, words: tuple[str, ...], place: int) -> None:
        """Keep the name of *words* under a number that grows from name to name."""
        for word in dict.fromkeys(core(words)):
            if word not in self._by_word and len(word) >= VARIANT_LENGTH:
                self._long_by_letter.setdefault(word[0], []).append(word)
            self._by_word.setdefault(word, []).append(place)
        for acronym in dict.fromkeys(_acronyms(words)):
            self._by_acronym.setdefault(acronym, []).append(place)
        if len(words) == 1:
            self._single.setdefault(words[0], []).append(place)

    def near(self, words: tuple[str, ...]) -> list[int]:
        """The numbers of the names that *words* may stand to as `compare_words` says, and of few others, in order."""
        shelves = [self._with(word) for word in core(words)]
        fewest = min(shelves, key=len)
        found = set(fewest)
        if len(words) == 1:
            found.update(self._by_acronym.get(words[0], ()))
        for acronym in _acronyms(words):
            found.update(self._single.get(acronym, ()))
        return sorted(found)

    def _with(self, word: str) -> list[int]:
        """The numbers of the names with a word that is the same as *word*, or a form or spelling of it."""
        forms = {word, *short_forms(word)}
        if len(word) >= VARIANT_LENGTH:
            others = self._long_by_letter.get(word[0], ())
            alike = process.extract(word, others, scorer=fuzz.ratio, score_cutoff=VARIANT_RATIO, limit=None)
            forms.update(form for form, _, _ in alike)
        return [place for form in sorted(forms) for place in self._by_word.get(form, ())]


def _kind_of(key: tuple[str, ...], group: Sequence[NameMention]) -> EntityKind:
    """What most mentions of a form are tagged as; "X University" is no person, whatever X is."""
    kind = _vote(group)
    if kind is EntityKind.PERSON and len(key) > 2 and lexicon.is_common_noun(key[-1]):
        return EntityKind.ORGANISATION
    return kind


def form_of(mention: NameMention) -> tuple[str, ...]:
    """The key under which `Cast.candidates` knows the mention."""
    land = country(mention.text)
    return tuple(land.split()) if land else mention.words


def _fits(key: tuple[str, ...], kind: EntityKind, known: Known) -> bool:
    if len(key) == 1 and len(known.words) == 1:
        return compare_words(key, known.words) is NameRelation.SAME
    relation = compare_words(key, known.words)
    if relation is NameRelation.SAME:
        return True
    if relation is NameRelation.DIFFERENT:
        return False
    if known.kind is EntityKind.PERSON:
        # a place or nationality is not a short form of a person, but a mistagged surname is
        if lexicon.land_of(" ".join(key)):
            return False
        return len(key) > 1 or key[0] in (known.words[-1], known.words[0])
    if key[0] in _DIRECTIONS and len(key) == 1:
        return known.kind is EntityKind.PLACE and key[0] == known.words[0]
    if len(key) == 1 and len(known.words) > 1 and known.kind is EntityKind.ORGANISATION:
        return key[0] == known.words[0] and len(key[0]) >= _TELLING_WORD and not lexicon.is_common_noun(key[0])
    if kind is EntityKind.PERSON or len(key) < 2:
        return False
    return key == known.words[-len(key) :] or key == known.words[: len(key)]


def _vote(group: Sequence[NameMention]) -> EntityKind:
    """The kind that countries, titles, or else most of the model's tags give; of equals the first by name."""
    if country(group[0].text):
        return EntityKind.PLACE
    if any(m.title and is_person_title(m.title) for m in group):
        return EntityKind.PERSON
    votes = Counter(KINDS[m.label] for m in group if m.label)
    kind = min(votes, key=lambda kind: (-votes[kind], kind)) if votes else EntityKind.OTHER
    if kind is not EntityKind.PLACE and all(_where(m) for m in group):
        listed = lexicon.place_name(group[0].text) is not None
        return EntityKind.PLACE if listed or kind is EntityKind.PERSON else kind
    return kind


def _where(mention: NameMention) -> bool:
    """Whether a name stands where a place does: nobody is born or lives *in* a person."""
    head = mention.head
    return head is not None and head.dep == "pobj" and head.head.low in {"in", "near"} and not head.child("poss")


def _best_form(group: Sequence[NameMention]) -> str:
    """The commonest way to write the name, the longest of equals."""
    counts = Counter(m.text for m in group)
    return min(counts, key=lambda text: (-counts[text], -len(text), text))
