"""
The words of a participant that are not names or values: where the source has them, and what excludes them.

Two descriptions of one noun exclude each other when a modifier does: Russian and Chinese, guilty and innocent,
prime minister and foreign minister.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from claimcheck.language import lexicon
from claimcheck.language.names import country, name_words
from claimcheck.language.terms import search_forms, stem
from claimcheck.model import Argument, Entity, Slot, SlotRelation, Statement

from . import words as lexical
from .entities import only_excepted
from .pair import Pair
from .phrases import is_figure
from .relations import COPULAS, KEPT
from .rows import IN_CONTEXT, IN_SENTENCE, IN_TOPIC, STRONG_TIE, WEIGHT_WORD, Row
from .sides import Side, Source

_NUMBER_WORDS = frozenset(
    {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen"}
    | {"hundred", "thousand", "million", "billion", "trillion", "percent", "per", "cent", "half", "third", "quarter"}
    | {"tenth", "about", "roughly", "around", "nearly", "almost", "approximately", "some", "more", "less", "than"}
    | {"least", "most", "over", "under"}
)


def word_units(pair: Pair, argument: Argument) -> Sequence[str]:
    """The words of a participant of the claim that are not names, dates, numbers or exclusive words."""
    return _word_units(pair.mine, pair.claim, tuple(pair.parts), argument)


@functools.lru_cache(maxsize=KEPT)
def _word_units(mine: Side, claim: Statement, parts: Sequence[Statement], argument: Argument) -> Sequence[str]:
    return tuple(_units(mine, claim, parts, argument))


def _units(mine: Side, claim: Statement, parts: Sequence[Statement], argument: Argument) -> Iterator[str]:
    named = mine.inner(argument)
    names = {w for e in named for n in (e.name, *e.aliases) for w in name_words(n)}
    lands = {country(e.name) for e in named} - {""}
    dates = [t.span.text.lower() for s in (claim, *parts) for t in s.times]
    dated = {w for date in dates for w in date.replace(".", " ").replace(",", " ").split()}
    counted = {f for q in claim.quantities for w in q.span.text.lower().split() for f in (w, stem(w))}
    amount = argument.quantifier.split()
    if argument.head in lexicon.cues("measure") and any(argument.span.contains(q.span) for q in claim.quantities):
        amount.append(argument.head)
    for word in argument.words:
        if word in counted or stem(word) in counted or word in amount or len(word) == 1:
            continue
        if word in names or word in dated or (country(word) and country(word) in lands):
            continue
        if any(c.isdigit() for c in word) or (word in _NUMBER_WORDS and claim.quantities):
            continue
        if word not in claim.exclusive:
            yield word


def find_word(pair: Pair, word: str, counterpart: Argument | None) -> float:
    """How surely a word of the claim is in the source: in its counterpart, the statement, the sentence, around it."""
    if only_excepted(pair, word):
        return 0.0
    value = pair.theirs.best(word, counterpart.words) if counterpart is not None else 0.0
    value = value or pair.best(word) or pair.best_anywhere(word) * IN_SENTENCE
    if value or _counts_people(pair, word):
        return value or IN_SENTENCE
    known = pair.theirs.around
    if word not in known:
        known[word] = _around(pair.theirs, word)
    return known[word]


def _counts_people(pair: Pair, word: str) -> bool:
    """Whether the source leaves out the people whom it counts: "at least 2,000 marched"."""
    return any(map(is_figure, pair.source.in_slot(Slot.SUBJECT))) and word in lexicon.cues("person_noun")


def _around(theirs: Source, word: str) -> float:
    """How surely a word that no statement of the sentence has is in the rest of it, or around it."""
    if _in_mentions(theirs, word) or stem(word) in theirs.sentence.words:
        return IN_SENTENCE
    before = [w for s in theirs.before[-1:] for st in s.statements for a in st.arguments for w in a.words]
    forms = set(search_forms(word))
    if forms <= theirs.topics or lexical.best(word, before):
        return IN_TOPIC
    return IN_CONTEXT if forms <= theirs.page else 0.0


def _in_mentions(theirs: Source, word: str) -> bool:
    """Whether the sentence names the word's country, or somebody whose role the word gives."""
    named = [e for m in theirs.sentence.mentions if (e := theirs.side.entity(m.entity)) is not None]
    land = country(word)
    if land and any(country(e.name) == land for e in named):
        return True
    return any(lexical.best(word, role.split()) for e in named for role in e.roles)


# ------------------------------------------------------------------------------ roles


def is_role(pair: Pair, argument: Argument) -> bool:
    """Whether the argument says what somebody is: its words must then stand together in the source."""
    copular = pair.claim.lemma in COPULAS and argument.slot is Slot.OBJECT and not argument.link
    return copular and lexicon.is_role(argument.head)


def find_in_role(pair: Pair, word: str, counterpart: Argument | None) -> float:
    """How surely a word of a role stands in the source's counterpart."""
    if counterpart is None:
        return 0.0
    names = [w for e in pair.theirs.side.inner(counterpart) for w in name_words(e.name)]
    return lexical.best(word, [*counterpart.words, *names])


def role_phrase(argument: Argument) -> str:
    """The role with the word before it: "foreign minister"."""
    said = argument.span.text.lower().split()
    place = said.index(argument.head) if argument.head in said else 0
    before = said[place - 1] if place else ""
    return f"{before} {argument.head}" if before in argument.words and not country(before) else argument.head


# --------------------------------------------------------------------------- clashes


def clash_row(
    pair: Pair, argument: Argument, units: Sequence[str], inner: Sequence[Entity], counterpart: Argument | None
) -> Row | None:
    """
    The row for two modifiers of one noun that exclude each other: Russian and Chinese, guilty and innocent.

    Args:
        pair: The two statements.
        argument: The claim's participant.
        units: Its words that are not names or values.
        inner: Whom and what it names besides its head.
        counterpart: The source's participant that shares most with it.
    """
    if counterpart is None or pair.tie.strength < STRONG_TIE:
        return None
    shares_head = lexical.likeness(argument.head, counterpart.head) >= lexical.FOUND
    found = list(_other_lands(pair, inner, counterpart)) if shares_head else []
    found += _opposites(pair, argument, units, counterpart, shares_head=shares_head)
    if not found and shares_head and is_role(pair, argument):
        found = [*_other_modifier(pair, argument, counterpart), *_other_office(pair, argument, counterpart)][:1]
    if not found:
        return None
    note, rule = found[-1]
    return Row(
        slot=argument.slot,
        relation=SlotRelation.DIFFERS,
        coverage=0.0,
        weight=WEIGHT_WORD,
        claim=argument.span,
        source=counterpart.span,
        note=note,
        rule=rule,
        specific=True,
    )


def _other_lands(pair: Pair, inner: Sequence[Entity], counterpart: Argument) -> Iterator[tuple[str, str]]:
    """Another country as the modifier of the same noun: the note and the rule."""
    theirs = [e for e in pair.theirs.side.inner(counterpart) if country(e.name)]
    lands = {country(e.name) for e in theirs}
    for entity in inner:
        land = country(entity.name)
        if land and lands and land not in lands:
            rule = "role" if of_one(pair, counterpart) else "participant"
            yield f"{entity.name} is not {', '.join(sorted(e.name for e in theirs))}", rule


def of_one(pair: Pair, counterpart: Argument) -> bool:
    """Whether a description is of somebody named, or of the subject of a copula: Danish voters are not Swedish ones."""
    if pair.claim.lemma in COPULAS or pair.source.form == "apposition":
        return True
    return pair.theirs.side.head(counterpart) is not None


def _opposites(
    pair: Pair, argument: Argument, units: Sequence[str], counterpart: Argument, *, shares_head: bool
) -> Iterator[tuple[str, str]]:
    """A word of the counterpart that is the opposite of one of the claim's: the note and the rule."""
    by_marriage = "-in-law" in argument.span.text.lower()
    for word in units:
        if pair.best(word) >= lexical.FOUND or (word == argument.head and by_marriage):
            continue
        if stem(word) in pair.theirs.sentence.words and not pair.best_anywhere(word):
            continue  # what grammar has lost of the sentence may be what the claim is about
        other = lexical.opposite(word, counterpart.words)
        if other and (shares_head or word == argument.head):
            yield f"“{word}” is the opposite of “{other}”", "relation"


def _other_modifier(pair: Pair, argument: Argument, counterpart: Argument) -> Iterator[tuple[str, str]]:
    """One role described alike but for one word on either side: the note and the rule."""
    words = [w for w in argument.words if w != argument.head and not any(c.isdigit() for c in w)]
    mine = [w for w in words if lexical.best(w, counterpart.words) == 0]
    rest = [w for w in counterpart.words if w != counterpart.head and not w.isdigit()]
    theirs = [w for w in rest if lexical.best(w, argument.words) == 0]
    shared = [w for w in words if w not in mine]
    if lexicon.role_markers("former") & {*mine, *theirs}:
        return  # an office that is over is no other office
    if len(mine) == len(theirs) == 1 and (shared or pair.times()) and mine[0] not in pair.theirs.vocabulary:
        yield f"“{mine[0]}” is not “{theirs[0]}”", "role"


def _other_office(pair: Pair, argument: Argument, counterpart: Argument) -> Iterator[tuple[str, str]]:
    """Another office that one person at a time holds, at the claim's time: the note and the rule."""
    mine, theirs = role_phrase(argument), role_phrase(counterpart)
    if pair.times() and mine != theirs and lexicon.single_holder(mine) and lexicon.single_holder(theirs):
        yield f"“{mine}” is not “{theirs}”", "role"
